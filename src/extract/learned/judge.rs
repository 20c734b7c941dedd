//! How likely what a rule has told is stated: where sentences are new, rules err as readers do.

use super::Draft;
use super::alike::same;
use super::choose::stands;
use super::dates::{DateOption, between_days, options};
use super::features::{Features, Part, name};
use super::fills::rule;
use super::scene::Scene;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence, Who};
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::Class;
use std::collections::BTreeSet;

/// How little (hundredths) what a rule tells must weigh not to be told.
const fn doubtful(kind: Kind) -> Option<i32> {
    match kind {
        Kind::Visit | Kind::Appointment | Kind::Mission | Kind::Meeting => Some(-40),
        Kind::MissionEvent
        | Kind::Treaty
        | Kind::Membership
        | Kind::Observation
        | Kind::Relations => None,
    }
}

/// The claims of rules for which so little speaks that they are not to be told, by number. What the weights would tell of the same sentence by
/// themselves they do not doubt: the rule knows more of its dates.
pub(super) fn doubted(
    reader: &Reader<'_>,
    told: &[Claim],
    drafts: &[Draft<'_>],
) -> BTreeSet<usize> {
    let beside = |index: usize| {
        let from = drafts.partition_point(|d| d.index < index);
        let here = drafts
            .iter()
            .skip(from)
            .take_while(move |d| d.index == index);
        here.filter(|d| d.rule.is_none() && stands(d))
    };
    let doubted: BTreeSet<usize> = drafts
        .iter()
        .filter_map(|draft| {
            let least = doubtful(draft.fact.kind)?;
            let number = draft.rule.filter(|_| draft.weight < least)?;
            let claim = told.get(number)?;
            let mut likely = beside(draft.index);
            let spoken_for = likely.any(|d| same(&d.fact, &claim.fact))
                || plainly_listed(reader, claim)
                || by_office(reader, claim)
                || again(reader, told, number)
                || unweighed(claim);
            (!spoken_for).then_some(number)
        })
        .collect();
    // "in 2005 and in October 2010": of the dates that one verb has none is doubted where another is not.
    let dates = |a: usize, b: usize| {
        let both = told.get(a).zip(told.get(b));
        both.is_some_and(|(a, b)| one_of_dates(reader, a, b))
    };
    let stands = |number: usize| {
        let near = number.saturating_sub(DATES)..=number + DATES;
        near.into_iter()
            .any(|other| !doubted.contains(&other) && dates(number, other))
    };
    doubted.iter().copied().filter(|n| !stands(*n)).collect()
}

/// Among how many claims before and behind one of a verb its others are looked for.
const DATES: usize = 4;

/// Whether two claims tell the same visitor's visits to the same state by one verb, each with a date of its own, in a list that names nobody.
fn one_of_dates(reader: &Reader<'_>, a: &Claim, b: &Claim) -> bool {
    let same = |slot: Slot| a.fact.get(slot) == b.fact.get(slot);
    let visits = a.fact.kind == Kind::Visit && b.fact.kind == Kind::Visit;
    let dated = a.fact.has(Slot::Start) && b.fact.has(Slot::Start) && !same(Slot::Start);
    let verb = a.rule == b.rule && a.trigger.is_some() && a.trigger == b.trigger;
    let one = visits && dated && verb && b.holds() && same(Slot::Visitor) && same(Slot::To);
    let Some(sentence) = reader.sentence_at(a.statement().start).filter(|_| one) else {
        return false;
    };
    let start = |claim: &Claim| claim.fact.date(Slot::Start)?.start;
    let between = between_days(&sentence.items, start(a), start(b));
    let tells = |i: &Item<'_>| i.actor().is_some() || i.is_finite();
    between.is_none_or(|between| !between.iter().any(tells))
}

/// How many sentences back a visit is told that another of the same visitor follows.
const AGAIN: usize = 2;

/// "He returned in 1989": whether a visit is told by a sentence that names nobody and no other state, right behind one of the same visitor to
/// the same state at another time.
fn again(reader: &Reader<'_>, told: &[Claim], number: usize) -> bool {
    let Some((claim, before)) = told.get(number).zip(told.get(..number)) else {
        return false;
    };
    let visit = |c: &Claim| c.fact.kind == Kind::Visit && c.holds() && c.fact.has(Slot::Start);
    let sentence = reader.sentence_at(claim.statement().start);
    let Some(sentence) = sentence.filter(|_| visit(claim) && claim.fact.has(Slot::Visitor)) else {
        return false;
    };
    let at = reader.sentence_index(sentence.span.start).unwrap_or(0);
    let to = claim.fact.get(Slot::To).and_then(|v| reader.body_of(v));
    let other = |i: &Item<'_>| {
        let place = i.city().and_then(|c| reader.state_of_city(c));
        let place = place.or(i.named_body());
        i.actor()
            .is_some_and(|a| a.name.is_some() || a.office.is_some())
            || place
                .zip(to)
                .is_some_and(|(p, to)| !reader.same_state(p, to))
    };
    let mut near = before.iter().rev().take_while(|c| {
        let told = reader.sentence_index(c.statement().start);
        told.is_some_and(|told| told + AGAIN >= at)
    });
    let same = |c: &&Claim| {
        let slot = |s: Slot| c.fact.get(s) == claim.fact.get(s);
        let block = reader.sentence_at(c.statement().start).map(|s| s.block);
        visit(c)
            && slot(Slot::Visitor)
            && slot(Slot::To)
            && !slot(Slot::Start)
            && block == Some(sentence.block)
    };
    // "He returned to power in 1989", "regresó a su país": what stands behind the verb says something else of it.
    // "A second visit took place in 1989": that it was made says nothing else.
    let took_place = reader.lexicon.listed(Class::TookPlace);
    let small = |i: &Item<'_>| {
        let made = |v: &String| *v == i.folded || v.split(' ').any(|w| w == i.folded);
        if took_place.iter().any(made) {
            return true;
        }
        let words = [
            Class::In,
            Class::About,
            Class::There,
            Class::Again,
            Class::DateFrom,
        ];
        let word = words.iter().any(|c| i.is(*c)) && !i.is(Class::Capital);
        i.is_date() || matches!(i.kind, ItemKind::Sign(_)) || word
    };
    let verb = |i: &Item<'_>| claim.trigger.is_some_and(|t| i.span.overlaps(t));
    let verb = sentence.items.iter().position(verb);
    let behind = verb.and_then(|v| sentence.items.get(v + 1..));
    let bare = behind.is_some_and(|b| b.iter().all(small));
    bare && !sentence.items.iter().any(other) && near.find(same).is_some()
}

/// Whether the weights know nothing of the rule of a claim: it is younger than they are, and its words leave no choice.
fn unweighed(claim: &Claim) -> bool {
    const YOUNG: [&str; 2] = ["visit.sent", "visit.replaced"];
    YOUNG.iter().any(|id| claim.rule.ends_with(id))
}

/// Slots that say of whom a fact is told.
const PERSONS: [Slot; 3] = [Slot::Visitor, Slot::Person, Slot::Participants];

/// Slots that say of which states and places a fact is told.
const PLACES: [(Slot, &str); 8] = [
    (Slot::From, "from"),
    (Slot::To, "to"),
    (Slot::Sending, "sending"),
    (Slot::Receiving, "receiving"),
    (Slot::City, "city"),
    (Slot::Place, "place"),
    (Slot::Parties, "party"),
    (Slot::State, "state"),
];

/// The end of the name of the rule of lists of visits.
const LISTED: &str = "visit.list";

/// Whether a claim is a line of a list that a heading or label calls one of visits, with who came and when: it needs no other words.
fn plainly_listed(reader: &Reader<'_>, claim: &Claim) -> bool {
    let named = claim.fact.has(Slot::Visitor) || claim.fact.has(Slot::Role);
    let whole = claim.fact.has(Slot::Start) && named;
    let sentence = || reader.sentence_at(claim.statement().start);
    let line = |s: &Sentence<'_>| {
        reader
            .block(s)
            .is_some_and(|b| b.kind != BlockKind::Paragraph)
    };
    let headed = |s: &&Sentence<'_>| line(s) && reader.under(s, Class::VisitHeading);
    claim.rule.ends_with(LISTED) && whole && sentence().filter(headed).is_some()
}

/// "The Peruvian president visited Norway in 1950": whether a visit is told of an office's holder with his state and the day, whom the document
/// nowhere names.
fn by_office(reader: &Reader<'_>, claim: &Claim) -> bool {
    let fact = &claim.fact;
    let whole = [Slot::Role, Slot::From, Slot::To, Slot::Start];
    let unnamed = fact.kind == Kind::Visit && !fact.has(Slot::Visitor);
    let Some(Value::Office(office)) = fact.get(Slot::Role) else {
        return false;
    };
    let of = fact.get(Slot::From).and_then(|v| reader.body_of(v));
    let Some(sentence) = reader.sentence_at(claim.statement().start) else {
        return false;
    };
    let says = |i: &Item<'_>| {
        let own = i.actor().and_then(|a| a.office.as_ref());
        own.is_some_and(|o| o.of == of && reader.role_name(o.role) == office.role)
    };
    let holder = reader
        .people
        .holder(&office.role, of, reader.doc.text.len());
    // Who was named right before may be meant.
    let named = |s: &Sentence<'_>| {
        let mut actors = s.items.iter().filter_map(Item::actor);
        actors.any(|a| a.name.is_some())
    };
    let at = reader.sentence_index(sentence.span.start).unwrap_or(0);
    let near = reader
        .sentences
        .get(at.saturating_sub(3)..=at)
        .unwrap_or(&[]);
    unnamed
        && whole.iter().all(|s| fact.has(*s))
        && sentence.items.iter().any(says)
        && holder.is_none()
        && !near.iter().any(named)
}

/// The claims of rules in a sentence as drafts.
pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    for (number, claim) in scene.told.numbered(scene.index) {
        if claim.holds() && doubtful(claim.fact.kind).is_some() {
            found.push(draft(scene, number, claim));
        }
    }
}

fn draft<'s>(scene: &Scene<'s, '_>, number: usize, claim: &Claim) -> Draft<'s> {
    let mut fact = claim.fact.clone();
    fact.slots.retain(|slot, _| !Slot::DATES.contains(slot));
    let (features, dates) = weigh(scene, claim);
    Draft {
        rule: Some(number),
        ..Draft::new(scene.index, fact, features, dates)
    }
}

/// The one in the sentence of whom a fact is told, and how it is spoken of him.
pub(super) fn person<'s>(
    scene: &'s Scene<'_, '_>,
    fact: &Fact,
) -> (Option<usize>, Option<&'s Who>, &'static str) {
    let reader = scene.reader;
    let named = PERSONS.iter().flat_map(|s| fact.all(*s)).next();
    let office = [Slot::Role, Slot::Roles];
    let role = office.iter().flat_map(|s| fact.all(*s)).next();
    let is = |who: &Who| match (named, role) {
        (Some(name), _) => {
            let own = who.person.and_then(|p| reader.person_value(p));
            own.as_ref() == Some(name)
        }
        (None, Some(Value::Office(office))) => who.role.as_ref() == Some(&office.role),
        (None, _) => false,
    };
    let Some((at, who)) = scene.actors.iter().find(|(_, w)| is(w)) else {
        return (None, None, "elsewhere");
    };
    let item = at.and_then(|i| scene.item(i)).and_then(Item::actor);
    let how = match item {
        None => "spoken",
        Some(actor) if actor.name.is_some() => "named",
        Some(actor) if actor.stand.is_some() => "stood-for",
        Some(_) => "office",
    };
    (*at, Some(who), how)
}

/// The item that names a state or place of a fact, and how.
pub(super) fn place(scene: &Scene<'_, '_>, value: &Value) -> (Option<usize>, &'static str) {
    let reader = scene.reader;
    let body = reader.body_of(value);
    let how = |item: &Item<'_>| {
        if let (Some(own), Some(body)) = (item.body(), body) {
            let how = if item.adjective().is_some() {
                "adjective"
            } else {
                "name"
            };
            return reader.same_state(own, body).then_some(how);
        }
        let city = item.city()?;
        match (value, body) {
            (Value::Place(_), _) => {
                (reader.city_value(city).as_ref() == Some(value)).then_some("city")
            }
            (_, Some(body)) => {
                let state = reader.state_of_city(city)?;
                reader.same_state(state, body).then_some("city-of")
            }
            _ => None,
        }
    };
    let items = scene.sentence.items.iter().enumerate();
    let mut found = items.filter_map(|(at, item)| Some((at, how(item)?)));
    found
        .next()
        .map_or((None, "elsewhere"), |(at, how)| (Some(at), how))
}

/// What speaks for and against what a rule has told, and the dates that it may be of.
fn weigh<'s>(
    scene: &Scene<'s, '_>,
    claim: &Claim,
) -> (Features<'s>, Vec<(Slot, Vec<DateOption<'s>>)>) {
    let reader = scene.reader;
    let fact = &claim.fact;
    let p = Part::new(fact.kind.name());
    let mut f = scene.shared(p);
    let rule = rule(claim);
    f.add(&name![p, "|rule"]);
    f.add(&name![p, "|rule:", rule]);
    f.add(&name![p, "|rule:", &claim.rule]);
    f.add(&name![
        p,
        "|rule/confidence:",
        &(claim.confidence / 10).to_string()
    ]);
    let spans = claim.evidence.len().min(4).to_string();
    f.add(&name![p, "|rule/spans:", &spans]);
    for flag in &claim.flags {
        f.add(&name![p, "|rule/flag:", &format!("{flag:?}")]);
    }
    let trigger = claim.trigger.and_then(|span| {
        let items = scene.sentence.items.iter();
        items.clone().position(|i| i.span.contains(span))
    });
    scene.around(&mut f, p, "rule-t", trigger);
    let (at, who, how) = person(scene, fact);
    f.add(&name![p, "|rule-who:", how]);
    f.add(&name![p, "|rule-who:", how, "/", rule]);
    if let Some(who) = who {
        scene.who(&mut f, p, "rule-a", who);
    }
    scene.around(&mut f, p, "rule-a", at);
    scene.between(&mut f, p, "rule-at", at, trigger);
    if let Some(trigger) = trigger {
        scene.clause(&mut f, (p, "rule-t-"), at, trigger);
    }
    let mut goal = None;
    for (slot, name) in PLACES {
        for value in fact.all(slot) {
            let (there, how) = place(scene, value);
            let prep = there.map_or("", |i| scene.prep_at(i));
            f.add(&name![p, "|rule-", name, ":", how, prep]);
            if let Some(body) = reader.body_of(value) {
                let side = if reader.is_side(body) {
                    "side"
                } else {
                    "third"
                };
                f.add(&name![p, "|rule-", name, ":", side]);
            }
            let near = match (there, trigger) {
                (Some(a), Some(b)) if scene.clauses.together(a, b) => "together",
                (Some(_), Some(_)) => "apart",
                _ => "open",
            };
            f.add(&name![p, "|rule-", name, ":", near]);
            if [Slot::To, Slot::City, Slot::Receiving].contains(&slot) {
                goal = goal.or(there);
            }
        }
        if !fact.has(slot) {
            f.add(&name![p, "|rule-", name, ":none"]);
        }
    }
    if let (Some(a), Some(b)) = (goal, trigger.or(at)) {
        scene.between(&mut f, p, "rule-tg", Some(b), Some(a));
    }
    dated(scene, &mut f, p, fact, at.or(trigger));
    let rivals = scene.told.within(scene.index, scene.index + 1);
    let rivals = rivals.iter().filter(|(_, c)| c.fact.kind == fact.kind);
    f.add(&name![
        p,
        "|rule-rivals:",
        &rivals.count().min(4).to_string()
    ]);
    let mut dates = Vec::new();
    // Of several visits of one person each has its date.
    let again = |c: &Claim| {
        c.fact.kind == Kind::Visit && c.fact.get(Slot::Visitor) == fact.get(Slot::Visitor)
    };
    let told = scene.told.within(scene.index, scene.index + 1);
    if fact.kind == Kind::Visit && told.iter().filter(|(_, c)| again(c)).count() == 1 {
        dates.push((
            Slot::Start,
            options(scene, const { Part::new("visit.start") }, &[at, goal]),
        ));
    }
    (f, dates)
}

/// Features of where the dates of a fact stand.
fn dated(scene: &Scene<'_, '_>, f: &mut Features<'_>, p: Part<'_>, fact: &Fact, of: Option<usize>) {
    let items = &scene.sentence.items;
    for slot in Slot::DATES {
        let Some(date) = fact.date(slot) else {
            continue;
        };
        let name = slot.name();
        let is = |i: &Item<'_>| {
            let ItemKind::Date(found) = &i.kind else {
                return false;
            };
            found
                .date
                .is_some_and(|d| d == *date || d.start == date.start || d.end == date.start)
        };
        let Some(at) = items.iter().position(is) else {
            f.add(&name![p, "|rule-date:", name, ":elsewhere"]);
            continue;
        };
        let acts = scene.acts(of, at);
        f.add(&name![p, "|rule-date:", name, ":", acts]);
        let near = of.is_some_and(|of| scene.clauses.together(of, at));
        f.add(&name![
            p,
            "|rule-date:",
            name,
            if near { ":near" } else { ":apart" },
        ]);
        scene.around(f, p, "rule-d", Some(at));
    }
    if Slot::DATES.iter().all(|s| !fact.has(*s)) {
        f.add(&name![p, "|rule-date:none"]);
    }
}

/// Whether one rule has told in one sentence of the same person the same of two places: posts of one office, visits of one time.
pub(super) fn fellows(a: &Claim, b: &Claim) -> bool {
    let same = |slots: &[Slot]| slots.iter().all(|s| a.fact.get(*s) == b.fact.get(*s));
    let told = a.rule == b.rule && a.trigger == b.trigger && a.statement() == b.statement();
    let alike = match a.fact.kind {
        Kind::Appointment => same(&[Slot::Person, Slot::Role, Slot::Sending, Slot::Start]),
        Kind::Visit => same(&[
            Slot::Visitor,
            Slot::Role,
            Slot::From,
            Slot::Start,
            Slot::End,
        ]),
        Kind::Mission
        | Kind::MissionEvent
        | Kind::Treaty
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => false,
    };
    told && alike && a.trigger.is_some() && a.fact.kind == b.fact.kind
}
