//! Who signs: the states and persons that a frame of signing names as such, or others, who conclude no treaties.

use super::Scene;
use crate::extract::frame::{Frame, agent_unknown, noun_before};
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, Classes, Head};

/// Who acts in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acts {
    /// States, or persons who act for states.
    States,
    /// The sentence does not say.
    Unsaid,
    /// A company, a university, a city, persons of whom nothing is known.
    Others,
}

/// The bodies that act in a frame or stand in its `roles`, and who acts.
pub(super) fn acting(scene: &Scene<'_>, frame: &Frame, roles: &[usize]) -> (Vec<usize>, Acts) {
    let reader = scene.reader;
    let items = &scene.sentence.items;
    let mut bodies = reader.bodies(items, roles);
    // In a text on one state "the two countries" are that and the one whose section it is.
    let both = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.is(Class::BothStates) && x.kind == ItemKind::Word)
    };
    if reader.home().is_some() && roles.iter().any(both) {
        bodies = reader.pair_at(scene.index);
    }
    if bodies.is_empty() {
        for item in roles.iter().filter_map(|&i| items.get(i)) {
            bodies.extend(reader.who(scene.index, item).iter().filter_map(|w| w.of));
        }
        bodies.dedup();
    }
    if scene.rule.head != Head::Verb {
        return (bodies, Acts::Unsaid);
    }
    let subject: Vec<&Item<'_>> = frame
        .subject
        .iter()
        .filter_map(|&i| items.get(i))
        .filter(|i| !matches!(i.kind, ItemKind::Treaty(_)))
        .collect();
    // "The two companies signed": nobody named stands before the verb.
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let things = !frame.passive
        && before
            .windows(2)
            .any(|pair| matches!(pair, [two, x] if two.is(Class::TheTwo) && x.is(Class::Thing)))
        && !before
            .iter()
            .any(|x| x.body().is_some() || x.actor().is_some_and(|a| a.name.is_some()));
    if things {
        return (Vec::new(), Acts::Others);
    }
    if !frame.passive && !subject.is_empty() && subject_owned(items, frame) {
        return (Vec::new(), Acts::Others);
    }
    // "The agreement, signed in 2007, …": said of the treaty, whether or not an auxiliary stands there.
    let said_of_treaty = frame.passive || subject.len() < frame.subject.len();
    let acts = if subject.is_empty() {
        let unknown = if said_of_treaty {
            agent_unknown(items, frame)
        } else {
            noun_before(items, frame)
        };
        if unknown { Acts::Others } else { Acts::Unsaid }
    } else if subject.iter().any(|i| acts_for_state(scene, i))
        || subject.iter().filter(|i| i.actor().is_some()).count() > 1
    {
        Acts::States
    } else {
        Acts::Others
    };
    (bodies, acts)
}

/// "The universities of Lima and Bamako signed", "Peru Airlines signed": whether who stands before the verb only says whose things sign.
fn subject_owned(items: &[Item<'_>], frame: &Frame) -> bool {
    let thing = |i: &Item<'_>| i.kind == ItemKind::Word && i.is(Class::Thing);
    let place = |i: &Item<'_>| i.named_body().is_some() || i.city().is_some();
    let owner = |i: &Item<'_>| place(i) && i.has_prep(Class::Of);
    let small =
        |i: &&Item<'_>| !(i.is(Class::Article) || i.is(Class::Of) || i.adjective().is_some());
    let listed = |s: &usize| items.get(*s).map_or(*s, |i| i.list);
    let Some(mut first) = frame.subject.iter().map(listed).min() else {
        return false;
    };
    // "of Lima and Bamako signed": before a verb the second is none of the list.
    while let Some([other, and]) = first.checked_sub(2).and_then(|b| items.get(b..first))
        && and.is(Class::And)
        && place(other)
    {
        first -= 2;
    }
    let alone = frame
        .subject
        .iter()
        .all(|&s| items.get(s).is_some_and(place));
    let before = items.get(frame.clause.0..first).unwrap_or(&[]);
    let of =
        items.get(first).is_some_and(owner) && before.iter().rev().find(small).is_some_and(thing);
    // "Peru Airlines": a word that is nothing but such a thing.
    let only = Classes::of([Class::Thing]);
    let named = frame.subject.iter().all(|&s| {
        let next = items.get(s + 1).filter(|_| s + 1 < frame.at);
        next.is_some_and(|i| thing(i) && i.meanings.classes() == only)
    });
    alone && (of || named)
}

/// Whether an item can conclude a treaty: a state or organisation, somebody who holds an office, a word that stands for them.
fn acts_for_state(scene: &Scene<'_>, item: &Item<'_>) -> bool {
    match &item.kind {
        ItemKind::Body(..) => true,
        ItemKind::City(city) => scene.reader.capital_state(*city).is_some(),
        ItemKind::Actor(actor) => {
            actor.office.is_some()
                || actor.stand.is_some()
                || actor.titled
                || !scene.reader.who(scene.index, item).is_empty()
        }
        ItemKind::Word => !item.is(Class::Capital),
        ItemKind::Date(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_)
        | ItemKind::Trigger(_)
        | ItemKind::Sign(_) => false,
    }
}
