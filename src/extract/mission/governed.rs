//! Which of the missions before a verb it is said of: the one it leans on, that which begins the clause, and none that stood before the verb's time.

use super::infinitive_of;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// "It had an embassy in A until 1979, when an embassy was opened in B": what stands before the day which a clause of time tells of is not what
/// its verb is said of, where the clause names a mission of its own.
pub(super) fn before_its_time(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    indexes: &mut Vec<usize>,
) {
    let time = |i: usize| {
        let led = items.get(i).is_some_and(|x| x.is(Class::When));
        let mut before = items.get(..i).unwrap_or(&[]).iter().rev();
        led && before
            .find(|x| !x.sign(',') && !x.is(Class::Article))
            .is_some_and(Item::is_date)
    };
    let Some(when) = (0..frame.at).rev().find(|&i| time(i)) else {
        return;
    };
    let mission = |x: &Item| x.mission().is_some();
    if !items.iter().skip(when).any(mission) {
        return;
    }
    indexes.retain(|&i| i > when);
    // "hasta 1979, cuando se abrió una embajada", "fecha en que fue abierta la embajada": what it is done to stands behind the verb.
    let before = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let reflexive = before.is_some_and(|i| reader.reflexive(i));
    if indexes.is_empty() && (frame.passive || reflexive) {
        let mut behind = (frame.at + 1..frame.clause.1).take(3);
        let subject = |i: &usize| {
            let item = items.get(*i);
            item.is_some_and(|x| mission(x) && x.prep.is_empty() && !x.is(Class::NoMission))
        };
        indexes.extend(behind.find(subject));
    }
}

/// "its closure": whether what a noun tells happened to something spoken of.
pub(super) fn possessed(items: &[Item], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.is(Class::Possessive))
}

/// "The consulate in Kisumu, founded by X in 1981, lasted …": the mission that begins the clause, an apposition in commas passed over.
pub(super) fn parted_by_commas(items: &[Item], frame: &Frame) -> Option<usize> {
    let before = items.get(frame.clause.0..frame.at)?;
    let mut last = before
        .iter()
        .rev()
        .skip_while(|i| i.is(Class::Be) || i.is(Class::Have));
    last.next().filter(|i| i.sign(',') || i.sign(')'))?;
    let at = frame.clause.0 + before.iter().position(|i| i.is_np())?;
    let mission = items.get(at)?;
    let comma = items.get(at + 1)?;
    (mission.mission().is_some() && mission.prep.is_empty() && (comma.sign(',') || comma.sign('(')))
        .then_some(at)
}

/// "the embassy in Lima, closed in 1931": the mission that stands before the verb, with nothing that makes a clause between.
pub(super) fn governed(items: &[Item], frame: &Frame) -> Option<usize> {
    let before = items.get(frame.clause.0..frame.at)?;
    before
        .iter()
        .rev()
        .take_while(|i| {
            !(i.is_finite()
                || i.verb == Some(TriggerForm::Base)
                || matches!(i.kind, ItemKind::Actor(_)))
                || matches!(i.kind, ItemKind::Mission(_))
        })
        .position(|i| {
            matches!(i.kind, ItemKind::Mission(_))
                && (i.prep.is_empty() || i.has_prep(Class::Of) || i.has_prep(Class::By))
        })
        .map(|back| frame.at - 1 - back)
        .filter(|&i| infinitive_of(items, i).is_none())
}
