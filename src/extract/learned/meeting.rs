//! Who may have met whom.

use super::Draft;
use super::features::{self, name};
use super::scene::Scene;
use crate::extract::items::{Actor, Item, ItemKind, Stand};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::Who;
use crate::fact::{Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Class;

/// How many sentences back a visit is told whose visitor may take part in a meeting.
const REACH: usize = 6;

/// How many persons of earlier sentences may take part.
const CARRIED: usize = 3;

/// One who may take part: where the sentence speaks of whom, or how the text before does.
struct Part {
    at: Option<usize>,
    who: Who,
    how: &'static str,
}

/// Those of whom the sentence speaks, and those of whom the sentences before it do: who was on a visit, who was named last.
fn parts(scene: &Scene<'_, '_>) -> Vec<Part> {
    let reader = scene.reader;
    let actors = scene.actors.iter().map(|(at, who)| Part {
        at: *at,
        who: who.clone(),
        how: if at.is_some() { "here" } else { "spoken" },
    });
    let mut found: Vec<Part> = actors.collect();
    if found.iter().all(|part| part.at.is_none()) {
        return found;
    }
    let own = found.len();
    let mut carry = |person: usize, span, how: &'static str| {
        if found.len() >= own + CARRIED || found.iter().any(|p| p.who.person == Some(person)) {
            return;
        }
        let evidence = vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }];
        found.push(Part {
            at: None,
            who: reader.described(person, &Actor::default(), span, evidence),
            how,
        });
    };
    for (back, claim) in scene.last(Kind::Visit, REACH) {
        let visitor = claim.fact.get(Slot::Visitor).filter(|_| claim.holds());
        if let Some(Value::Person(visitor)) = visitor
            && let Some(person) = reader.people.find(&visitor.name)
        {
            let how = match back {
                0 => "visitor",
                1 => "visitor-1",
                _ => "visitor-2",
            };
            carry(person, claim.statement(), how);
        }
    }
    let before = scene.index.checked_sub(1);
    if let Some(last) = before
        .and_then(|i| reader.sentences.get(i))
        .filter(|s| s.block == scene.sentence.block)
    {
        for item in last.items.iter().rev() {
            if let Some(name) = item.actor().and_then(|a| a.name.as_ref())
                && let Some(person) = reader.people.find(name)
            {
                carry(person, last.span, "named");
            }
        }
    }
    found
}

/// The name of a word that stands for a person.
fn stands(stand: Stand) -> &'static str {
    match stand {
        Stand::He => "he",
        Stand::Latter => "latter",
        Stand::Him => "him",
        Stand::ThePerson => "person",
        Stand::Both => "both",
        Stand::Counterpart => "counterpart",
        Stand::Successor => "successor",
        Stand::Predecessor => "predecessor",
    }
}

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { features::Part::new("meeting") };
    if scene.actors.is_empty() {
        return;
    }
    let parts = parts(scene);
    if parts.len() < 2 {
        return;
    }
    let mut shared = scene.shared(p);
    if scene.hopeless(&shared) || greeted(scene) {
        return;
    }
    for item in &scene.sentence.items {
        if let ItemKind::Actor(actor) = &item.kind
            && let Some(stand) = actor.stand
        {
            shared.add(&name![p, "|stand:", stands(stand)]);
        }
    }
    scene.rules(&mut shared, p);
    for (n, one) in parts.iter().enumerate() {
        for other in parts.iter().skip(n + 1) {
            let (a, b) = (one.at, other.at);
            if a.is_none() && b.is_none() || only_possible(scene, a, b) {
                continue;
            }
            if !(surely(scene, &one.who) && surely(scene, &other.who)) {
                continue;
            }
            if one.who.person.is_none() && other.who.person.is_none()
                || one.who.person == other.who.person
            {
                continue;
            }
            if ceremony(scene, &one.who, &other.who) {
                continue;
            }
            let mut f = shared.clone();
            scene.who(&mut f, p, "a", &one.who);
            scene.who(&mut f, p, "b", &other.who);
            scene.around(&mut f, p, "a", a);
            scene.around(&mut f, p, "b", b);
            scene.between(&mut f, p, "ab", a, b);
            if let (Some(a), Some(b)) = (a, b) {
                scene.clause(&mut f, (p, "a-"), Some(b), a);
                scene.clause(&mut f, (p, "b-"), Some(a), b);
            }
            f.add(&name![p, "|how:", one.how, "/", other.how]);
            let sides = match (one.who.of, other.who.of) {
                (Some(x), Some(y)) if reader.same_state(x, y) => "one",
                (Some(_), Some(_)) => "two",
                _ => "unknown",
            };
            f.add(&name![p, "|of:", sides]);
            if scene.unlikely(&f) {
                continue;
            }
            let mut fact = Fact::new(Kind::Meeting);
            let add = |fact: &mut Fact, who: &Who, with: &Who| {
                if let Some(value) = who.person.and_then(|x| reader.person_value(x)) {
                    fact.add(Slot::Participants, value);
                } else if let Some(role) = who
                    .role
                    .as_ref()
                    .or(with.role.as_ref().filter(|_| who.counterpart))
                {
                    let of = who
                        .of
                        .or_else(|| with.of.and_then(|of| reader.other_side(of)));
                    fact.add(Slot::Roles, reader.office_value(role, of));
                }
            };
            add(&mut fact, &one.who, &other.who);
            add(&mut fact, &other.who, &one.who);
            if fact.all(Slot::Participants).len() + fact.all(Slot::Roles).len() < 2 {
                continue;
            }
            let evidence = [one.who.evidence.clone(), other.who.evidence.clone()].concat();
            found.extend(scene.candidate(p, fact, f, &[(Slot::Date, [a, b])], evidence));
        }
    }
}

/// Whether somebody is surely a person: by an office, a title, a list of persons.
fn surely(scene: &Scene<'_, '_>, who: &Who) -> bool {
    let known = who.person.and_then(|x| scene.reader.people.known.get(x));
    who.role.is_some() || known.is_none_or(|k| k.sure || !k.offices.is_empty())
}

/// "explored the possibility of a meeting between A and B": whether both are named behind a word for what may be.
fn only_possible(scene: &Scene<'_, '_>, a: Option<usize>, b: Option<usize>) -> bool {
    let items = &scene.sentence.items;
    let first = a.into_iter().chain(b).min().unwrap_or(0);
    let before = items.get(..first).unwrap_or(&[]).iter().rev();
    let mut before = before.take_while(|i| !(i.sign(';') || i.sign('.')));
    a.is_some() && b.is_some() && before.any(|i| i.is(Class::Hypothetical))
}

/// "received the credentials of five ambassadors": whether one of two is told by no more than an office at a ceremony, or both head missions.
fn ceremony(scene: &Scene<'_, '_>, one: &Who, other: &Who) -> bool {
    let reader = scene.reader;
    let nobody = |who: &Who| who.person.is_none() && who.of.is_none();
    let heads = |who: &Who| who.role.as_deref().is_some_and(is_head_of_mission);
    let mut items = scene.sentence.items.iter();
    let nothing = nobody(one) || nobody(other) || heads(one) && heads(other);
    nothing && items.any(|i| reader.is_credentials(i))
}

/// "He was greeted at the airport by X": who greets a guest has not met him for talks.
fn greeted(scene: &Scene<'_, '_>) -> bool {
    let items = &scene.sentence.items;
    let talks = |i: &Item<'_>| i.is_noun_for(scene.reader.lexicon, "meeting") || i.is(Class::Talks);
    items.iter().any(|i| i.is(Class::Airport)) && !items.iter().any(talks)
}
