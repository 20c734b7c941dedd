//! Delegations that travel or are received: who leads one makes its visit.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::{Class, Rule};

/// How many items behind the delegation its leader may be told.
const REACH: usize = 14;

/// "A delegation led by X travelled to …", "Lima received a delegation headed by X": the item of whoever leads the delegation that is the
/// frame's subject or object.
pub(super) fn leader(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<usize> {
    let delegation = |i: &usize| {
        items.get(*i).is_some_and(|x| {
            x.is(Class::Delegation) && (x.prep.is_empty() || x.has_prep(Class::To))
        })
    };
    let before = (frame.clause.0..frame.at).rev().find(delegation);
    let at = before.or_else(|| (frame.at + 1..frame.clause.1).find(delegation))?;
    let leads = |i: usize| {
        items.get(i).is_some_and(|x| {
            x.is(Class::MissionHead)
                || x.rules(reader.lexicon)
                    .any(|r| r.needs.as_deref() == Some(Class::Delegation.name()))
        })
    };
    (at + 1..items.len())
        .take(REACH)
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
        .filter(|&i| items.get(i).is_some_and(|x| x.actor().is_some()))
        .find(|&i| {
            let small =
                |x: &Item| x.is(Class::By) || x.is(Class::Article) || x.is(Class::Honorific);
            (at + 1..i)
                .rev()
                .find(|&j| !items.get(j).is_some_and(small))
                .is_some_and(leads)
        })
}

/// "X led a British delegation to Lima", "une délégation britannique": of what state the delegation of a frame's clause is.
pub(super) fn home(items: &[Item], rule: &Rule, frame: &Frame) -> Option<usize> {
    rule.needs
        .as_deref()
        .filter(|n| *n == Class::Delegation.name())?;
    let (start, end) = frame.clause;
    let at = (start..end).find(|&i| items.get(i).is_some_and(|x| x.is(Class::Delegation)))?;
    let small = |x: &Item| x.body().is_none() && matches!(x.kind, ItemKind::Word);
    let before = items.get(start..at)?.iter().rev().take(3);
    let before = before
        .skip_while(|x| small(x) && !x.is(Class::Article))
        .find_map(Item::adjective);
    before.or_else(|| items.get(at + 1)?.adjective())
}
