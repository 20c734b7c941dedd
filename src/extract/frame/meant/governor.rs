//! What the word that governs a noun makes of what the noun tells: talked of, announced, decided.

use super::{adverb, cue, group};
use crate::extract::frame::is_finite_trigger;
use crate::extract::items::{Item, ItemKind};
use crate::fact::Modality;
use crate::language::Class;

/// Whether a word may stand between a verb and its object.
fn small(item: &Item) -> bool {
    item.is(Class::Article)
        || item.is(Class::Possessive)
        || item.is(Class::Temporal)
        || adverb(item)
}

/// Whether a word says when.
fn when(item: &Item) -> bool {
    item.is_date() || item.is(Class::In)
}

/// "Discussed the resumption", "étudièrent la reprise": whether the verb whose object begins at the end of these items says that it was
/// talked of.
pub(super) fn object_of_talk(left: &[Item]) -> bool {
    let between = |i: &&Item| small(i) || when(i) || i.is(Class::About);
    let governor = left.iter().rev().take(7).find(|i| !between(i));
    governor.is_some_and(|i| i.is(Class::TalkedOf))
}

/// "Regretted the closure", "se félicitent de la signature": whether the verb whose object begins at the end of these items says what somebody
/// thinks of it.
pub(in crate::extract::frame) fn object_of_reaction(left: &[Item]) -> bool {
    let between = |i: &&Item| small(i) || i.is(Class::Of) || i.is(Class::About);
    let governor = left.iter().rev().take(6).find(|i| !between(i));
    governor.is_some_and(|i| i.is(Class::Reacts))
}

/// "Was announced", "s'annonce": whether the verb behind a noun says that a step is announced, decided or allowed.
pub(super) fn decides(right: &[Item]) -> bool {
    let near = right.iter().take(8).take_while(|i| !i.sign(','));
    let mut verbs = near.filter(|i| !(i.is(Class::Be) || i.is(Class::Have)));
    verbs
        .find(|i| i.verb.is_some() || decision(i))
        .is_some_and(decision)
}

/// Whether a word says that a step is announced, decided or allowed.
fn decision(item: &Item) -> bool {
    item.is(Class::Agreed) || item.is(Class::Approved)
}

/// "Announced the opening of an embassy", "decided on its closure": whether the verb whose object begins at the end of these items only says
/// that it is to be.
pub(super) fn object_of_decision(left: &[Item]) -> bool {
    let between = |i: &&Item| small(i) || when(i) || i.is(Class::About);
    let governor = left.iter().rev().take(7).find(|i| !between(i));
    governor.is_some_and(decision)
}

/// "Approved the signing of a treaty": whether the verb whose object begins at the end of these items only allows it.
pub(super) fn object_of_leave(left: &[Item]) -> bool {
    let between = |i: &&Item| small(i) || when(i) || i.is(Class::For) || i.is(Class::Of);
    let governor = left.iter().rev().take(7).find(|i| !between(i));
    governor.is_some_and(|i| i.is(Class::Authorised))
}

/// "Talks on opening", "pourparlers sur la reprise": whether the word before the preposition at the end of these items says that what
/// follows was talked of.
pub(super) fn talked_of(left: &[Item]) -> bool {
    let mut before = left.iter().rev().filter(|i| !i.is(Class::Article));
    let about = [Class::About, Class::For, Class::Of, Class::To, Class::In];
    before
        .next()
        .is_some_and(|i| about.iter().any(|c| i.is(*c)))
        && before
            .find(|i| i.is(Class::Talks) || !(when(i) || adverb(i)))
            .is_some_and(|i| i.is(Class::Talks))
}

/// How many items before a noun the verb stands that it goes with.
const CARRIED: usize = 5;

/// "Was to have paid a visit": what the auxiliaries say of a verb right before a noun, which ends these items.
pub(super) fn carried(left: &[Item]) -> Option<Modality> {
    let small = |i: &&Item| matches!(i.kind, ItemKind::Word) && !i.is(Class::And);
    let between = left.iter().rev().take(CARRIED);
    let between = between
        .take_while(|i| !is_finite_trigger(i) && small(i))
        .count();
    let at = left.len().checked_sub(between + 1)?;
    let verb = left.get(at).filter(|i| is_finite_trigger(i))?;
    let group = group(left.get(..at)?);
    let planned = group.iter().rev().find_map(cue);
    planned.filter(|m| *m == Modality::Planned && cue(verb).is_none())
}
