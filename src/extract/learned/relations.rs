//! Which events of relations there may have been, and between whom.

use super::Draft;
use super::alike;
use super::features::{Part, name};
use super::near::{apart, nearest};
use super::scene::{CARRIED, Scene};
use crate::extract::items::Item;
use crate::extract::reader::Sentence;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Senses};
use std::borrow::Cow;

const P: Part<'_> = Part::new("relations");

/// The events, with the senses of words that may tell each.
const EVENTS: &[(&str, &[&str])] = &[
    ("established", &["open", "relations"]),
    ("severed", &["break", "close"]),
    ("resumed", &["resume", "return"]),
    ("recognised", &["recognise", "independence"]),
    ("upgraded", &["raise"]),
    ("downgraded", &["lower"]),
];

/// How many states of a sentence may be parties, and how many of them are paired with each other.
const STATES: usize = 12;
const PAIRED: usize = 5;

/// How many sentences back something told of a pair is looked for.
const KNOWN: usize = 40;

/// A state that may be a party: the item that names it, if one does.
#[derive(Clone, Copy, Debug)]
struct Party {
    at: Option<usize>,
    body: usize,
}

/// Two states, and how the text tells of them.
struct Pair {
    parties: [Party; 2],
    how: &'static str,
}

/// What a claim tells of: the event and its parties.
struct Last<'c> {
    event: Cow<'c, str>,
    parties: [usize; 2],
    back: usize,
}

fn last<'c>(scene: &Scene<'_, '_>, back: usize, claim: &'c Claim) -> Option<Last<'c>> {
    let parties = claim.fact.all(Slot::Parties);
    let of = |n: usize| scene.reader.body_of(parties.get(n)?);
    Some(Last {
        event: alike::words(&claim.fact, Slot::Event),
        parties: [of(0)?, of(1)?],
        back,
    })
}

/// The states that a sentence names, each once, the first place of each.
fn named(scene: &Scene<'_, '_>) -> Vec<Party> {
    let reader = scene.reader;
    let mut found: Vec<Party> = Vec::new();
    for at in 0..scene.sentence.items.len() {
        for body in reader.bodies(&scene.sentence.items, &[at]) {
            if found.len() < STATES
                && !reader.is_organisation(body)
                && found.iter().all(|p| p.body != body)
            {
                found.push(Party { at: Some(at), body });
            }
        }
    }
    found
}

/// The states that the sentence before names last.
fn spoken(scene: &Scene<'_, '_>) -> Vec<usize> {
    let Some(before) = before(scene) else {
        return Vec::new();
    };
    let reader = scene.reader;
    let mut found: Vec<usize> = Vec::new();
    for body in before.items.iter().rev().filter_map(Item::body) {
        if found.len() < 2 && !reader.is_organisation(body) && !found.contains(&body) {
            found.push(body);
        }
    }
    found
}

/// The sentence before in the same paragraph.
fn before<'s>(scene: &Scene<'s, '_>) -> Option<&'s Sentence<'s>> {
    let before = scene.reader.sentences.get(scene.index.checked_sub(1)?)?;
    (before.block == scene.sentence.block).then_some(before)
}

/// Between whom an event that a sentence tells may be.
fn pairs(scene: &Scene<'_, '_>, before: &[Last<'_>]) -> Vec<Pair> {
    let reader = scene.reader;
    let here = named(scene);
    let party = |body: usize| {
        let at = here.iter().find(|p| reader.same_state(p.body, body));
        Party {
            at: at.and_then(|p| p.at),
            body,
        }
    };
    let mut found: Vec<Pair> = Vec::new();
    let mut add = |a: Party, b: Party, how: &'static str| {
        let has = |p: &Pair, body: usize| p.parties.iter().any(|x| x.body == body);
        let known = found.iter().any(|p| has(p, a.body) && has(p, b.body));
        if !reader.same_state(a.body, b.body) && !known {
            found.push(Pair {
                parties: [a, b],
                how,
            });
        }
    };
    for (n, a) in here.iter().enumerate().take(PAIRED) {
        for b in here.iter().take(PAIRED).skip(n + 1) {
            let side = |p: &Party| reader.is_side(p.body);
            let how = match (side(a), side(b)) {
                (true, true) => "sides-named",
                (false, false) => "others-named",
                (true, false) | (false, true) => "side-other-named",
            };
            add(*a, *b, how);
        }
    }
    let home = reader.home();
    if let [a, b] = reader.pair_at(scene.index).as_slice() {
        let how = if home.is_some() { "focus" } else { "sides" };
        add(party(*a), party(*b), how);
    }
    if let [a, b] = reader.sides.as_slice() {
        add(party(*a), party(*b), "sides");
    }
    let own = home.filter(|h| !reader.is_side(*h));
    for side in reader.sides.iter().chain(&own) {
        for other in &here {
            if !reader.is_side(other.body) {
                add(party(*side), *other, "side-other");
            }
        }
    }
    if let Some(last) = before.first() {
        let [a, b] = last.parties;
        add(party(a), party(b), "told");
        for other in &here {
            add(party(a), *other, "told-other");
            add(party(b), *other, "told-other");
        }
    }
    for spoken in spoken(scene) {
        for side in reader.sides.iter().chain(&own) {
            add(party(*side), party(spoken), "side-spoken");
        }
        for other in &here {
            add(*other, party(spoken), "spoken");
        }
    }
    found
}

/// The word that may tell an event: of those of its senses the one nearest to relations or to a date; for one that begins relations, else
/// relations themselves.
fn anchor(scene: &Scene<'_, '_>, event: &str, senses: &[&str]) -> Option<usize> {
    let items = &scene.sentence.items;
    let near = |i: &usize| {
        let far = |of: Option<usize>| of.map_or(items.len(), |at| at.abs_diff(*i));
        far(nearest(items, *i, |x| x.is(Class::Relations))).min(far(nearest(
            items,
            *i,
            Item::is_date,
        )))
    };
    let of = |sense: &str| {
        let tells = |i: &usize| scene.means(*i, sense);
        (0..items.len()).filter(tells).min_by_key(near)
    };
    let relations = || items.iter().position(|i| i.is(Class::Relations));
    let (first, rest) = senses.split_first()?;
    of(first)
        .or_else(|| relations().filter(|_| event == "established"))
        .or_else(|| rest.iter().find_map(|s| of(s)))
}

/// In what order the word of an event and the parties stand.
fn order(at: Option<usize>, a: Option<usize>, b: Option<usize>) -> String {
    let mut places = [(at, 'e'), (a, 'a'), (b, 'b')];
    places.sort();
    places
        .iter()
        .filter_map(|(at, name)| at.map(|_| *name))
        .collect()
}

/// "94 years of diplomatic relations", "the 20th anniversary of diplomatic relations": whether a duration stands right before the relations.
fn years_of_relations(items: &[Item<'_>]) -> bool {
    let near = |at: usize| items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    let years = |at: usize| {
        let lasting = |i: &Item<'_>| i.is(Class::Years) || i.is(Class::Anniversary);
        near(at).iter().any(lasting)
    };
    (0..items.len()).any(|at| items.get(at).is_some_and(|i| i.is(Class::Relations)) && years(at))
}

/// Events of relations that a sentence may tell, between whomever.
pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let items = &scene.sentence.items;
    let dated = items.iter().any(Item::is_date);
    if !dated && reader.entry_date(scene.sentence).date.is_none() {
        return;
    }
    let before: Vec<Last<'_>> = scene
        .last(Kind::Relations, CARRIED)
        .into_iter()
        .filter_map(|(back, claim)| last(scene, back, claim))
        .collect();
    let related = items.iter().any(|i| i.is(Class::Relations));
    let mission = items.iter().any(|i| i.mission().is_some());
    let sense = |name: &str| (0..items.len()).any(|at| scene.means(at, name));
    let topic = related || sense("relations") || !before.is_empty();
    let mut events: Vec<(&str, Option<usize>, &str)> = Vec::new();
    for (event, senses) in EVENTS {
        let likely = match *event {
            "recognised" => true,
            "upgraded" | "downgraded" => topic || mission,
            _ => topic,
        };
        // "celebrate 94 years of diplomatic relations": they were established long before.
        let lasting = *event == "established" && years_of_relations(items);
        if let Some(at) = anchor(scene, event, senses).filter(|_| likely && !lasting) {
            events.push((event, Some(at), "word"));
        }
    }
    if let Some(last) = before.first().filter(|l| l.back > 0)
        && events.iter().all(|e| e.0 != last.event)
        && let Some((event, _)) = EVENTS.iter().find(|e| e.0 == last.event)
    {
        events.push((event, None, "carried"));
    }
    if let Some(before) = self::before(scene) {
        let of = Senses::embedded(reader.doc.lang);
        for item in &before.items {
            for sense in of.of(&item.folded) {
                if let Some((event, _)) = EVENTS
                    .iter()
                    .find(|(_, senses)| senses.first() == Some(sense))
                    && events.iter().all(|e| e.0 != *event)
                {
                    events.push((event, None, "word-before"));
                }
            }
        }
    }
    if events.is_empty() {
        return;
    }
    let shared = scene.shared(P);
    if scene.hopeless(&shared) {
        return;
    }
    let pairs = pairs(scene, &before);
    let from = scene.index.saturating_sub(KNOWN);
    let known: Vec<Last<'_>> = scene
        .told
        .within(from, scene.index + 1)
        .iter()
        .rev()
        .filter(|(_, c)| c.fact.kind == Kind::Relations)
        .filter_map(|(at, c)| last(scene, scene.index - at, c))
        .collect();
    for (event, at, how) in &events {
        let mut told = shared.clone();
        told.add(&name![P, "|event:", event]);
        told.add(&name![P, "|event:", event, "/", how]);
        for (name, is) in [("related", related), ("mission", mission)] {
            if is {
                told.add(&name![P, "|", event, "/", name]);
            }
        }
        let mut seen: Vec<&str> = Vec::new();
        for sense in scene.senses.iter().copied().flatten() {
            if !seen.contains(&sense.text()) {
                seen.push(sense.text());
                told.add(&name![P, "|", event, "/s:", sense]);
            }
        }
        if let Some(at) = at {
            let word = scene.word_at(*at);
            told.add(&name![P, "|", event, "/w:", scene.lang, ":", word]);
            told.add(&name![P, "|", event, "/kind:", scene.kind_at(*at)]);
            let of = apart(items, *at, nearest(items, *at, |x| x.is(Class::Relations)));
            told.add(&name![P, "|", event, "/relations:", of]);
            let date = apart(items, *at, nearest(items, *at, Item::is_date));
            told.add(&name![P, "|", event, "/date:", date]);
            told.add(&name![P, "|date:", date]);
        }
        scene.around(&mut told, P, "e", *at);
        scene.rules(&mut told, P);
        for pair in &pairs {
            let [a, b] = pair.parties;
            let orders: &[[Party; 2]] = if *event == "recognised" {
                &[[a, b], [b, a]]
            } else {
                &[[a, b]]
            };
            for [a, b] in orders {
                let mut f = told.clone();
                f.add(&name![P, "|pair:", pair.how]);
                f.add(&name![P, "|", event, "/pair:", pair.how]);
                let order = order(*at, a.at, b.at);
                f.add(&name![P, "|order:", &order]);
                f.add(&name![P, "|", event, "/order:", &order]);
                f.add(&name![P, "|pair/order:", pair.how, "/", &order]);
                for (tag, party) in [("a", a), ("b", b)] {
                    let side = if reader.is_side(party.body) {
                        "side"
                    } else {
                        "third"
                    };
                    f.add(&name![P, "|", tag, "of:", side]);
                    scene.around(&mut f, P, tag, party.at);
                }
                scene.between(&mut f, P, "ea", *at, a.at);
                scene.between(&mut f, P, "eb", *at, b.at);
                let of = |l: &&Last<'_>| {
                    let is = |x: usize, y: usize| {
                        reader.same_state(l.parties[0], x) && reader.same_state(l.parties[1], y)
                    };
                    is(a.body, b.body) || is(b.body, a.body)
                };
                match known.iter().find(of) {
                    Some(l) => {
                        let near = if l.back == 0 { "here" } else { "before" };
                        f.add(&name![P, "|", event, "/known:", &l.event, "/", near]);
                    }
                    None => f.add(&name![P, "|", event, "/known:none"]),
                }
                if scene.unlikely(&f) {
                    continue;
                }
                let mut fact =
                    Fact::new(Kind::Relations).with(Slot::Event, Value::Term((*event).to_owned()));
                for party in [a, b] {
                    if let Some(value) = reader.body_value(party.body) {
                        fact.add(Slot::Parties, value);
                    }
                }
                if *event == "recognised"
                    && let Some(value) = reader.body_value(a.body)
                {
                    fact.set(Slot::Actor, value);
                }
                // Of several states each may have a date of its own.
                let third = [a, b].into_iter().find(|p| !reader.is_side(p.body));
                let near = third.and_then(|p| p.at).or(b.at).or(a.at);
                let ask = [(Slot::Date, [*at, near])];
                found.extend(scene.candidate(P, fact, f, &ask, Vec::new()));
            }
        }
    }
}
