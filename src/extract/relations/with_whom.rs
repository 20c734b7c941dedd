//! With whom a state has the relations of which a verb tells, where a pronoun or a relative stands for it.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Kind, Slot};
use crate::language::Class;

/// "recognised South Sudan and established relations with it": the body that a pronoun behind "with" stands for.
pub(super) fn with_it(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    frame: &Frame,
    actors: &[usize],
    earlier: &[Claim],
) -> Option<usize> {
    let with = (frame.at..frame.clause.1).find(|&i| {
        let him = |x: &Item<'_>| {
            let actor = x.actor().filter(|a| a.name.is_none() && a.office.is_none());
            actor.is_some_and(|a| a.stand.is_some()) || x.is(Class::MissionIt)
        };
        // "with its government": of the same state.
        let its = matches!(items.get(i..i + 3), Some([with, its, power])
            if with.is(Class::With) && its.is(Class::Possessive) && power.is(Class::Government));
        let pronoun = |x: &Item<'_>| him(x) && x.has_prep(Class::With);
        its || items.get(i).is_some_and(pronoun)
    })?;
    let before = items.get(..with)?.iter().rev().filter_map(Item::body);
    let mut before = before.filter(|b| !actors.contains(b) && !reader.is_organisation(*b));
    // "Peru recognised Mali in 1961. In 1971 it broke off relations with it."
    let told = || {
        let [actor] = *actors else { return None };
        let last = earlier.last().filter(|c| reader.near(index, c, 1))?;
        let of_relations = last.fact.kind == Kind::Relations && last.holds();
        let parties = last.fact.all(Slot::Parties).iter();
        let parties: Vec<usize> = parties.filter_map(|v| reader.body_of(v)).collect();
        let [a, b] = *parties.as_slice() else {
            return None;
        };
        let other = if a == actor { b } else { a };
        (of_relations && parties.contains(&actor)).then_some(other)
    };
    before.next().or_else(told)
}

/// "broke off the same day those it had with Taiwan": the body behind "with" in the relative clause of a pronoun that is the verb's object.
pub(super) fn those_with(items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let behind = items.get(frame.at + 1..)?;
    let end = behind.iter().position(|i| i.sign(';') || i.sign(','));
    let behind = behind.get(..end.unwrap_or(behind.len()))?;
    let relative = behind.iter().position(|i| i.is(Class::Relative))?;
    let (said, clause) = behind.split_at(relative);
    let plain = |i: &Item<'_>| matches!(i.kind, ItemKind::Word | ItemKind::Date(_));
    if !said.iter().all(plain) || said.iter().any(|i| i.is(Class::Relations)) {
        return None;
    }
    let with = clause.iter().find(|i| i.has_prep(Class::With))?;
    with.named_body()
}

/// "Peru broke them off": whether a verb's object is nothing but a pronoun.
pub(super) fn object_pronoun(items: &[Item<'_>], frame: &Frame) -> bool {
    let pronoun = |i: &usize| {
        items.get(*i).is_some_and(|x| {
            let stands = x
                .actor()
                .is_some_and(|a| a.name.is_none() && a.stand.is_some());
            x.is(Class::They) || stands
        })
    };
    !frame.object.is_empty() && frame.object.iter().all(pronoun)
}

/// "South Sudan, with which Serbia has established relations": the body that the relative stands for.
pub(super) fn with_which(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let relative = (frame.clause.0..frame.at).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) && x.has_prep(Class::With))
    })?;
    items
        .get(..relative)?
        .iter()
        .rev()
        .find_map(|i| i.named_body().filter(|b| !reader.is_organisation(*b)))
}

/// "which Peru had broken off": whether a state alone stands between a relative and the auxiliary of a verb.
pub(super) fn which_it_had(sentence: &Sentence<'_>, frame: &Frame) -> bool {
    let before = sentence.items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let mut before = before.iter().rev();
    let had = before.next().is_some_and(|i| i.is(Class::Have));
    let state = before.next().is_some_and(|i| i.named_body().is_some());
    let which = before.find(|i| !i.is(Class::Article));
    had && state && which.is_some_and(|i| i.is(Class::Relative))
}
