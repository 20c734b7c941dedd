//! Which of the missions before a verb it is said of: the one it leans on, that which begins the clause, and none that stood before the verb's time.

use super::places::plural;
use super::wanted::infinitive_of;
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

/// "Peru with one in Arica, opened in 2009": the mission of another state than the verb before tells of, which stands with a preposition right before the
/// comma of a participle.
pub(super) fn right_before_comma(items: &[Item], frame: &Frame) -> Option<usize> {
    let verb = items.get(frame.at)?.verb == Some(TriggerForm::Participle);
    let comma = frame.at.checked_sub(1)?;
    (verb && frame.passive && items.get(comma)?.sign(',')).then_some(())?;
    let at = comma.checked_sub(1)?;
    let item = items.get(at)?;
    let own = item.mission()?.sending.is_some();
    (own && item.has_prep(Class::With)).then_some(at)
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

/// "De la embajada dependen los consulados de A y B": what a phrase says that others belong to is not what the verb is said of.
pub(super) fn without_above(items: &[Item], frame: &Frame, indexes: &mut Vec<usize>) {
    let leads = |i: usize| {
        let item = items.get(i).filter(|x| i < frame.at && !plural(x));
        item.is_some_and(|x| x.has_prep(Class::Of))
    };
    let free = |i: usize| i > frame.at && items.get(i).is_some_and(|x| x.prep.is_empty());
    if indexes.iter().any(|&i| free(i)) {
        indexes.retain(|&i| !leads(i));
    }
}

/// "It was closed in 1982, its duties passing to the consulate in A", "the embassy in A was opened and that in B began to cover C": what stands behind
/// the verb's day under a preposition, and what has a verb of its own, is not what the verb is said of.
pub(super) fn without_heirs(items: &[Item], frame: &Frame, indexes: &mut Vec<usize>) {
    let day = frame.date.filter(|_| frame.passive);
    let heir = |i: usize| {
        let to = items.get(i).is_some_and(|x| x.has_prep(Class::To));
        to && day.is_some_and(|d| frame.at < d && d < i)
    };
    let own = |i: usize| {
        let small = |x: &&Item| x.is(Class::Article) || x.is(Class::MissionOne);
        let mut before = items.get(..i).unwrap_or(&[]).iter().rev().skip_while(small);
        let joined = before.next().is_some_and(|x| x.is(Class::And));
        let verb = items
            .get(i + 1)
            .is_some_and(|x| x.is_finite() && !x.is(Class::Be));
        i > frame.at && joined && verb
    };
    indexes.retain(|&i| !heir(i) && !own(i));
}

/// "A consulate was opened in 1894 under X and closed in 1920": the mission before its head, where the verb is joined to what stands before.
pub(super) fn under_somebody(items: &[Item], frame: &Frame) -> Option<usize> {
    let and = frame.at.checked_sub(1)?;
    items.get(and).filter(|i| i.is(Class::And))?;
    let named = (frame.clause.0..and).rev().find(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| x.is_np() && !x.is_date())
    })?;
    let name = items.get(named)?.actor()?.name.is_some();
    let under = items.get(named.checked_sub(1)?)?.is(Class::MissionHead);
    let mission = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.mission().is_some() && x.prep.is_empty())
    };
    (frame.clause.0..named)
        .rev()
        .find(mission)
        .filter(|_| name && under)
}
