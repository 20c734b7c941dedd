//! Between whom an event of relations is, and who brought it about.

use super::actors::acting;
use super::apart::{led_behind_date, of_main_clause};
use super::own_side::{side_spoken_of, two_before};
use super::recognition::{
    apposed, government_in, granted, obtained, of_no_state, of_or_behind, recognition,
    which_it_recognised, whose_independence,
};
use super::spoken::{before, continued, named_before, whose_own};
use super::with_whom::{object_pronoun, those_with, which_it_had, with_it, with_which};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence};
use crate::language::{Class, Rule, TriggerForm};

/// The two sides of one event.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) parties: [usize; 2],
    pub(super) actor: Option<usize>,
}

impl Pair {
    /// The same between others: the one common to both, and another.
    pub(super) fn with(&self, common: usize, other: usize) -> Self {
        Self {
            parties: [common, other],
            actor: self.actor,
        }
    }
}

/// The events that one frame tells, and what tells the sides that the sentence leaves out.
#[derive(Clone, Debug, Default)]
pub(super) struct Between {
    pub(super) pairs: Vec<Pair>,
    pub(super) evidence: Vec<Evidence>,
}

/// Where a frame stands, what was told before it, and its year.
pub(super) struct Scene<'s> {
    pub(super) reader: &'s Reader<'s>,
    pub(super) index: usize,
    pub(super) sentence: &'s Sentence<'s>,
    pub(super) rule: &'s Rule,
    pub(super) frame: &'s Frame,
    pub(super) earlier: &'s [Claim],
    pub(super) year: Option<i32>,
}

/// How many items from a verb the relations stand that it is said of, where a hyphen joins the names of their sides.
const HYPHENED: usize = 5;

/// "Mali–Chile relations were established": the sides that a hyphen joins before the word for relations, before a verb or right behind it.
fn hyphened(items: &[Item<'_>], at: usize) -> Option<[usize; 2]> {
    let near = at.saturating_sub(HYPHENED)..(at + HYPHENED).min(items.len());
    let relations = near
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Relations)))?;
    let joins = |i: &Item<'_>| ['-', '–', '—', '‑'].iter().any(|c| i.sign(*c));
    // "les relations chilo-péruviennes"
    let behind = items.get(relations + 1..relations + 4);
    if let Some([first, hyphen, second]) = behind
        && let (Some(a), Some(b)) = (first.adjective(), second.adjective())
        && joins(hyphen)
    {
        return Some([a, b]);
    }
    let [first, hyphen, second] = items.get(relations.checked_sub(3)?..relations)? else {
        return None;
    };
    let joined = joins(hyphen);
    Some([first.body().filter(|_| joined)?, second.body()?])
}

/// The sides of what a frame tells.
pub(super) fn told(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &[Claim],
) -> Option<Between> {
    let items = &sentence.items;
    if rule.set.contains_key("apart") && !led_behind_date(reader.lexicon, items, frame.at) {
        return None;
    }
    if let Some(pair) = hyphened(items, frame.at) {
        let states = pair.iter().all(|b| !reader.is_organisation(*b));
        return states.then(|| Between {
            pairs: vec![Pair {
                parties: pair,
                actor: None,
            }],
            evidence: Vec::new(),
        });
    }
    let recognised = rule
        .set
        .get("event")
        .is_some_and(|event| event == "recognised");
    let year = reader
        .date(sentence, frame.date)
        .date
        .and_then(|d| d.year());
    let kept = |body: &usize| recognised || !reader.is_organisation(*body);
    let mut actors = acting(reader, index, items, rule, frame)?;
    let unsaid = actors.is_empty();
    let main = unsaid.then(|| of_main_clause(items, frame)).flatten();
    actors.extend(main);
    let mut members = frame.role(items, rule, "party");
    // "…, and Spain in 2011": what stands free behind the date has a date of its own.
    if let Some(date) = frame.date.filter(|d| *d > frame.at) {
        // "reconnut le 3 mai le Mali et le Tchad": nothing else is recognised.
        let behind = |i: usize| items.get(date + 1..i).unwrap_or(&[]);
        let free = |i: &usize| {
            let mut between = behind(*i).iter();
            between.all(|x| x.body().is_some() || x.is(Class::Article) || x.is(Class::And))
        };
        let verb = items.get(frame.at + 1..date).unwrap_or(&[]);
        let straight = recognised && !frame.passive && !verb.iter().any(Item::is_np);
        members.retain(|&i| {
            let led = items.get(i).is_some_and(|x| !x.prep.is_empty());
            i < date || led || straight && free(&i)
        });
        if recognised && frame.passive {
            let by = frame.role(items, rule, "actor");
            let before: Vec<usize> = by.iter().copied().filter(|i| *i < date).collect();
            // "recognised on 6 March by A, B and C"
            actors = reader.bodies(items, if before.is_empty() { &by } else { &before });
        }
    }
    // "in solidarity with A", "over the war between A and B", "with the exception of A"
    let bystander = |i: usize| {
        let before = items.get(frame.at + 1..i).unwrap_or(&[]).iter().rev();
        let mut near = before
            .take(8)
            .take_while(|x| !(x.sign(',') || x.is_finite()));
        i > frame.at && near.any(|x| x.is(Class::Bystander))
    };
    members.retain(|&i| !bystander(i));
    // "broke with A in 1998 and established relations with B": A is the other verb's.
    let verb = rule.head == crate::language::Head::Verb && !frame.passive;
    // "Relations between A and B resume": the relations are what the verb is said of.
    let said_of = verb
        .then(|| relations_before(items, frame))
        .flatten()
        .filter(|_| frame.object.is_empty());
    members.retain(|&i| {
        if said_of.is_some_and(|at| at < i && i < frame.at) {
            return true;
        }
        let apart = items.get(i..frame.at).is_some_and(|b| {
            b.iter()
                .any(|x| x.is(Class::And) || matches!(x.kind, ItemKind::Date(_)))
        });
        !(verb && i < frame.at && apart || before_other_verb(items, frame, i))
    });
    // "the independence of A, B's former colony": who owns what stands in apposition is none of them.
    members.retain(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.body().is_none() || !apposed(items, frame, i))
    });
    // "Había reconocido Chile a Eslovenia": in Spanish who is recognised has a preposition, who does it behind the verb has none.
    let spanish = reader.doc.lang == crate::document::Lang::Es;
    if recognised && spanish && verb && actors.is_empty() {
        let to = |i: &usize| items.get(*i).is_some_and(|x| x.has_prep(Class::To));
        let free = |i: &usize| items.get(*i).is_some_and(|x| x.prep.is_empty());
        if members.iter().any(to) && members.iter().any(free) {
            let doing: Vec<usize> = members.iter().copied().filter(free).collect();
            actors = reader.bodies(items, &doing);
            members.retain(to);
        }
    }
    let mut others = reader.bodies(items, &members);
    let noun = rule.head == crate::language::Head::Noun;
    if recognised && of_no_state(reader, items, rule, frame) {
        return None;
    }
    if recognised && noun {
        if let Some((giver, given)) = granted(reader, items, frame) {
            (actors, others) = (giver, given);
        } else if let Some(obtained) = obtained(reader, items, frame) {
            others = obtained;
        }
        others.retain(|o| !actors.contains(o));
    }
    if recognised
        && verb
        && let Some(whose) = whose_independence(reader, items, frame)
    {
        if actors.is_empty() {
            actors = std::mem::take(&mut others);
        }
        others = vec![whose];
        actors.retain(|a| *a != whose);
    }
    if recognised && verb && others.is_empty() && !actors.is_empty() {
        others = which_it_recognised(reader, items, frame);
        let power = government_in(reader, items, frame).filter(|_| others.is_empty());
        // "went to A, and B recognised the government in its capital": A is none of those who do it.
        actors.retain(|a| Some(*a) != power);
        others.extend(power);
        others.retain(|o| !actors.contains(o));
    }
    if recognised && others.is_empty() {
        others = of_or_behind(reader, items, frame);
    }
    if !recognised && others.iter().all(|o| actors.contains(o)) {
        others.extend(with_which(reader, items, frame));
    }
    // "a rompu avec nous"
    let us = |i: &usize| {
        let item = items.get(*i);
        let led = |x: &Item<'_>| x.has_prep(Class::With) || *i == frame.at + 1;
        item.is_some_and(|x| x.is(Class::We) && led(x))
    };
    if !recognised && others.is_empty() && (frame.at + 1..frame.clause.1).any(|i| us(&i)) {
        others.extend(reader.home().filter(|home| !actors.contains(home)));
    }
    if !recognised && others.is_empty() {
        others.extend(those_with(items, frame));
    }
    if !recognised && others.is_empty() {
        others.extend(with_it(reader, index, items, frame, &actors, earlier));
    }
    // "Bonn obtained the resumption of relations": who obtains it is one of the two.
    if !recognised && noun && actors.is_empty() && others.is_empty() {
        let start = frame.clause.0;
        let verb = (start..frame.at).rev().find(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.is_finite() || x.is(Class::Obtained))
        });
        let free = |i: &usize| {
            items
                .get(*i)
                .is_some_and(|x| x.prep.is_empty() && !x.genitive)
        };
        let subject = verb.and_then(|verb| (start..verb).rev().find(free));
        others = reader.bodies(items, &subject.into_iter().collect::<Vec<_>>());
        if others.is_empty() {
            let city = subject.and_then(|at| items.get(at)?.city());
            others.extend(city.and_then(|city| reader.state_of_city(city)));
        }
    }
    // "With Peru, relations were restored": the phrase opens the clause.
    if !recognised && others.is_empty() {
        let led: Vec<usize> = (frame.clause.0..frame.at)
            .filter(|&i| items.get(i).is_some_and(|x| x.has_prep(Class::With)))
            .collect();
        others = reader.bodies(items, &led);
    }
    // "Both countries": those that the sentence or the one before named, rather than those that the text is about.
    let acting = frame.role(items, rule, "actor");
    let both = |i: &usize| items.get(*i).is_some_and(|x| x.is(Class::BothStates));
    if !recognised && others.is_empty() && !acting.is_empty() && acting.iter().all(both) {
        actors.clear();
    }
    // "A announced the suspension of its relations with B": who announces it does it.
    if !recognised && noun && actors.is_empty() && others.len() == 1 {
        actors.extend(announcing(reader, items, frame).filter(|a| !others.contains(a)));
    }
    // "Relations with the European Union": with no state.
    let with_none = !recognised && !others.is_empty() && !others.iter().any(kept);
    if with_none && !actors.is_empty() {
        return None;
    }
    actors.retain(kept);
    others.retain(kept);
    let infinitive = items
        .get(frame.at)
        .is_some_and(|i| i.verb == Some(TriggerForm::Base));
    if rule.set.contains_key("finite") && infinitive && main.is_none() {
        return None;
    }
    if rule.set.contains_key("mutual") {
        let mut both: Vec<usize> = actors.iter().chain(&others).copied().collect();
        both.dedup();
        if both.len() < 2 {
            both = match both.first() {
                Some(&one) => std::iter::once(one)
                    .chain(reader.partner(index, one))
                    .collect(),
                None => reader.pair_at(index),
            };
        }
        let [a, b] = both.as_slice() else {
            return None;
        };
        let pair = |a: usize, b: usize| Pair {
            parties: [a, b],
            actor: Some(a),
        };
        return Some(Between {
            pairs: vec![pair(*a, *b), pair(*b, *a)],
            evidence: reader.side_evidence(),
        });
    }
    // "Recognition by A came in 1837": of the other side.
    let by = frame
        .role(items, rule, "actor")
        .iter()
        .any(|&i| items.get(i).is_some_and(|x| x.has_prep(Class::By)));
    // "Les deux pays rompent le 3 mai 1971": who acts are the two.
    let two = rule.set.contains_key("alone") && {
        let before = frame.at.checked_sub(1).and_then(|i| items.get(i));
        before.is_some_and(|i| i.is(Class::BothStates))
    };
    if rule.set.get("explicit").is_some_and(|e| e == "actor") && actors.is_empty() && !two
        || rule.set.get("explicit").is_some_and(|e| e == "party") && others.is_empty()
        || rule.set.get("explicit").is_some_and(|e| e == "both")
            && (actors.is_empty() || others.is_empty() && !by)
    {
        return None;
    }
    let scene = Scene {
        reader,
        index,
        sentence,
        rule,
        frame,
        earlier,
        year,
    };
    let mut told = if recognised {
        recognition(&scene, &actors, &others)
    } else {
        between(&scene, &actors, &others)
    };
    told.pairs.retain(|p| p.parties[0] != p.parties[1]);
    (!told.pairs.is_empty()).then_some(told)
}

/// "The union with A was dissolved, and relations were established": whether another verb stands between a state and the relations before the verb.
fn before_other_verb(items: &[Item<'_>], frame: &Frame, at: usize) -> bool {
    let between = items.get(at + 1..frame.at).unwrap_or(&[]);
    let free = |i: &Item<'_>| i.is(Class::Relations) && i.prep.is_empty();
    let relations = between.iter().rposition(free);
    let first = relations.and_then(|r| between.get(..r)).unwrap_or(&[]);
    let verb = first.iter().rposition(|i| i.is_finite() || i.is(Class::Be));
    let behind = verb.and_then(|v| first.get(v + 1..)).unwrap_or(&[]);
    frame.passive
        && behind
            .iter()
            .any(|i| i.is(Class::And) || i.sign(',') || i.sign(';'))
}

/// The state that announces or orders what a noun names, or whose relations it says they are.
fn announcing(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let start = frame.clause.0;
    let verb = (start..frame.at).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is_finite() || x.is(Class::Announced))
    })?;
    let own = items
        .get(frame.at + 1..frame.clause.1)?
        .iter()
        .take(3)
        .any(|x| x.is(Class::Possessive));
    let announced = items.get(verb).is_some_and(|x| x.is(Class::Announced));
    (own || announced).then_some(())?;
    let subject = (start..verb).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.prep.is_empty() && !x.genitive && x.is_np() && !x.is_date())
    })?;
    reader.bodies(items, &[subject]).into_iter().next()
}

/// The relations without a preposition before a verb, with no other verb between.
fn relations_before(items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let before = items.get(frame.clause.0..frame.at)?;
    let at = before
        .iter()
        .rposition(|i| i.is(Class::Relations) && i.prep.is_empty())?;
    let between = before.get(at + 1..)?;
    (between.iter().all(|i| !i.is_finite())).then_some(frame.clause.0 + at)
}

/// Between whom relations were established, severed, resumed, raised or lowered.
fn between(scene: &Scene<'_>, actors: &[usize], others: &[usize]) -> Between {
    let &Scene {
        reader,
        index,
        sentence,
        rule,
        frame,
        earlier,
        year,
    } = scene;
    let mut told = Between::default();
    let beside: Vec<usize> = others
        .iter()
        .copied()
        .filter(|o| !actors.contains(o))
        .collect();
    let plain = |a: usize, b: usize| Pair {
        parties: [a, b],
        actor: None,
    };
    match (actors, beside.as_slice()) {
        ([actor], [_, ..]) => {
            told.pairs = beside
                .iter()
                .map(|&o| Pair {
                    parties: [*actor, o],
                    actor: Some(*actor),
                })
                .collect();
        }
        ([_, _, ..], [_, ..]) => {
            for &actor in actors {
                told.pairs.extend(beside.iter().map(|&o| plain(actor, o)));
            }
        }
        ([a, b], []) | ([], [a, b]) => {
            // "Relations with A and B" are the text's own state's with each of them.
            let with = actors.is_empty()
                && frame.role(&sentence.items, rule, "party").iter().any(|&i| {
                    sentence
                        .items
                        .get(i)
                        .is_some_and(|x| x.has_prep(Class::With) && !x.has_prep(Class::Between))
                });
            let own = reader
                .partner(index, *a)
                .or_else(|| reader.side_left(*a, year))
                .or_else(|| side_spoken_of(reader, index, *a))
                .or_else(|| before(reader, earlier, *a))
                .filter(|own| own != b);
            match own {
                Some(own) if with => told.pairs = vec![plain(own, *a), plain(own, *b)],
                None if with => {}
                Some(_) | None => told.pairs = vec![plain(*a, *b)],
            }
        }
        ([], []) => {
            let clause = sentence
                .items
                .get(frame.clause.0..frame.clause.1)
                .unwrap_or(&[]);
            let both = clause.iter().any(|i| i.is(Class::BothStates));
            let free = rule.args.values().all(|v| v != "required");
            let of_others = continued(scene).filter(|_| both || free);
            if let Some((pair, from)) = of_others {
                told.pairs = vec![pair];
                told.evidence = vec![from];
            } else if let Some([a, b]) = named_before(scene)
                .or_else(|| two_before(reader, index))
                .filter(|_| both)
            {
                told.pairs = vec![plain(a, b)];
            } else if (both || free)
                && let [a, b] = reader.pair_at(index).as_slice()
            {
                told.pairs = vec![plain(*a, *b)];
                told.evidence = reader.side_evidence();
            }
        }
        ([actor], []) => {
            // "A broke with B in 1973 and resumed relations in 1994": B is the other.
            let them = object_pronoun(&sentence.items, frame);
            let going_on = continued(scene).filter(|(pair, from)| {
                let here = sentence.span.contains(from.span);
                (here || them) && pair.parties.contains(actor)
            });
            let other = going_on.map(|(pair, _)| {
                let [a, b] = pair.parties;
                if a == *actor { b } else { a }
            });
            let first = || whose_own(scene, *actor);
            // "the relations that A had broken off": with whom, the clause does not say of one that the text is not about.
            let relative = which_it_had(sentence, frame) && !reader.is_side(*actor);
            let unsaid = || {
                let partner = reader.partner(index, *actor);
                partner
                    .or_else(|| reader.side_left(*actor, year))
                    .or_else(|| side_spoken_of(reader, index, *actor))
                    .or_else(|| before(reader, earlier, *actor))
            };
            let other = other.or_else(first);
            let other = other.or_else(|| if relative { None } else { unsaid() });
            told.evidence = reader.side_evidence();
            told.pairs.extend(other.map(|other| Pair {
                parties: [*actor, other],
                actor: Some(*actor),
            }));
        }
        ([], [other]) => {
            let own = reader
                .whose_sheet(index, *other)
                .or_else(|| reader.partner(index, *other))
                .or_else(|| reader.side_left(*other, year))
                .or_else(|| side_spoken_of(reader, index, *other))
                .or_else(|| before(reader, earlier, *other));
            told.evidence = reader.side_evidence();
            told.pairs.extend(own.map(|own| plain(own, *other)));
        }
        // "Denmark, Norway and Sweden established relations": each with the state that the text is about.
        (many, []) | ([], many) => {
            let own = many.first().and_then(|&m| {
                let left = || side_spoken_of(reader, index, m).filter(|_| actors.is_empty());
                reader.partner(index, m).or_else(left)
            });
            match own.filter(|own| !many.contains(own)) {
                Some(own) => told.pairs = many.iter().map(|&m| plain(own, m)).collect(),
                None => {
                    if let [a, b, ..] = many {
                        told.pairs = vec![plain(*a, *b)];
                    }
                }
            }
        }
    }
    told
}
