//! Which of a sentence's dates is the one of a treaty that a frame speaks of.

use super::dated::of_inner;
use super::labelled::{is_period, label};
use super::np;
use crate::extract::frame::{Frame, of_what_was_before, right_behind_treaty};
use crate::extract::items::{Item, ItemKind, respective};
use crate::fact::{Edtf, Slot};
use crate::language::Class;

/// How far before a verb its date may stand.
const REACH: usize = 40;

/// The date of the treaty at item `at`, one of the `treaties` that a frame of signing speaks of; `whole` is the date of the frame.
pub(super) fn signed(
    items: &[Item<'_>],
    frame: &Frame,
    treaties: &[usize],
    at: usize,
    whole: Option<usize>,
) -> Option<usize> {
    if let Some(date) = respective(items, treaties, at) {
        return Some(date);
    }
    let lead = lead(items, frame, at);
    // "The agreement was initialled in March and signed in July": behind the verb, where that stands behind the treaty.
    let from = if frame.at > at && treaties.iter().all(|t| *t <= at || *t > frame.at) {
        frame.at
    } else {
        at
    };
    let behind = behind(items, from).or_else(|| behind(items, at));
    let apart = |date: usize| {
        items
            .get(from.min(date) + 1..date)
            .is_some_and(|b| b.iter().any(|i| i.is(Class::And) || i.sign(',')))
    };
    // "In 1968 they signed a trade agreement, and in 1971 another": what stands behind a joint is the next one's.
    // "signed in 1992 a trade agreement, by now out of date": nor is it that of what was signed on another.
    let between = between(items, frame, at);
    let early = between.filter(|_| frame.at < at);
    let own = behind.filter(|d| lead.is_none() && early.is_none() || !apart(*d));
    own.or(between)
        .or_else(|| led(items, at))
        .or(lead)
        .or(behind)
        .or_else(|| {
            let next = next_joined(items, at).filter(|next| *next != at);
            let shared = next.and_then(|next| signed(items, frame, treaties, next, whole));
            let mut dates = items.iter().filter(|i| i.is_date());
            let alone = dates.next().is_some() && dates.next().is_none();
            // "agreements on A, B and C in 1979": who has none shares that of the next who has.
            let apart = |w: usize| {
                let (from, to) = (at.min(w), at.max(w));
                let between = items.get(from + 1..to).unwrap_or(&[]);
                between.iter().any(|i| np(i).is_some())
            };
            shared.or_else(|| whole.filter(|w| alone || !apart(*w)))
        })
}

/// "X was a guest from 3 to 5 May 2013; the two signed an agreement": the only date of the sentence, in a clause before that of the frame.
pub(super) fn told_before(items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let mut dates = items.iter().enumerate().filter(|(_, i)| i.is_date());
    let (at, _) = dates.next()?;
    let modal = frame.modality == crate::fact::Modality::Asserted;
    let pluperfect = items
        .get(frame.at.saturating_sub(2)..=frame.at)
        .is_some_and(|b| b.iter().any(|i| i.is(Class::Pluperfect)));
    let others = right_behind_treaty(items, at);
    (dates.next().is_none() && at < frame.clause.0 && modal && !pluperfect && !others).then_some(at)
}

/// Whether an entry into force is of no year before that of the signature.
pub(super) fn follows(signed: Option<Edtf>, force: Option<Edtf>) -> bool {
    let years = signed
        .and_then(|d| d.year())
        .zip(force.and_then(|d| d.year()));
    years.is_none_or(|(signed, force)| force >= signed)
}

/// The next treaty of an enumeration: nothing but commas, conjunctions and plain words between.
fn next_joined(items: &[Item<'_>], at: usize) -> Option<usize> {
    let next = (at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| np(x).is_some()))?;
    let between = items.get(at + 1..next)?;
    let joint = between.iter().any(|i| i.sign(',') || i.is(Class::And));
    let clear = between.iter().all(|i| {
        !(i.is_finite() || i.is(Class::Relative) || i.sign(';') || i.is(Class::But) || i.is_date())
    });
    (joint && clear).then_some(next)
}

/// "followed on 22 December 1739 by a treaty": the date between a verb and its treaty.
fn between(items: &[Item<'_>], frame: &Frame, at: usize) -> Option<usize> {
    let (from, to) = (frame.at.min(at), frame.at.max(at));
    let inside = items.get(from + 1..to)?;
    let clear = inside
        .iter()
        .all(|i| np(i).is_none() && !i.is(Class::Relative) && !i.sign('('));
    let first = inside.iter().position(Item::is_date)?;
    // "A trade agreement was signed in 1990, and in 1995 a tax treaty": the date behind the joint.
    let last = inside.iter().rposition(Item::is_date)?;
    let joint = |i: &Item<'_>| i.is(Class::And) || i.sign(',') || i.sign(';');
    let parted = inside.get(first..last)?.iter().any(joint) && frame.at < at;
    let date = if parted { last } else { first };
    clear.then_some(from + 1 + date)
}

/// Whether an item stands for a treaty.
fn one(item: &Item<'_>) -> bool {
    np(item).is_some() || item.is(Class::MissionOne) && !item.is(Class::Article)
}

/// The date behind a treaty or its verb, before the next treaty and outside another clause.
fn behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    let mut found = None;
    for i in at + 1..items.len() {
        let item = items.get(i)?;
        // ", which was signed in 2010": a relative right behind the noun is of the treaty.
        let relative = item.is(Class::Relative) && i > at + 2;
        if item.sign(';') || item.is(Class::But) || relative || np(item).is_some() {
            break;
        }
        let inner = || {
            let named = (0..i).rfind(|&t| items.get(t).is_some_and(|x| np(x).is_some()));
            named.is_some_and(|t| of_inner(items, t) == Some(i))
        };
        // "an agreement for 1993–1997": how long it is meant to last.
        let term = is_period(item)
            && (item.has_prep(Class::For) || items.get(i - 1).is_some_and(|x| x.is(Class::For)));
        if item.is_date()
            && label(items, i, |x| !x.sign(';')) != Some(Slot::InForce)
            && !inner()
            && !term
        {
            found = Some(i);
            break;
        }
    }
    found.filter(|&date| !leads_next(items, at, date))
}

/// "…, and in 1991 a memorandum", "and on 9 June another": a date behind a joint that opens what is said of the next treaty.
fn leads_next(items: &[Item<'_>], at: usize, date: usize) -> bool {
    let joint = items
        .get(date.saturating_sub(4).max(at + 1)..date)
        .is_some_and(|b| b.iter().any(|i| i.is(Class::And) || i.sign(',')));
    let next = (date + 1..items.len()).find(|&i| items.get(i).is_some_and(one));
    joint && next.is_some_and(|next| bare(items, date + 1, next))
}

/// Whether nothing but commas, articles and adjectives stands between two items.
fn bare(items: &[Item<'_>], from: usize, to: usize) -> bool {
    items.get(from..to).is_some_and(|between| {
        between.len() < 5
            && between.iter().all(|i| {
                i.sign(',')
                    || i.adjective().is_some()
                    || matches!(i.kind, ItemKind::Word)
                        && !i.is_finite()
                        && !i.is(Class::And)
                        && (i.is(Class::Article) || i.meanings.classes().is_empty())
            })
    })
}

/// "and, in 1991, a memorandum": the date right before a treaty.
fn led(items: &[Item<'_>], at: usize) -> Option<usize> {
    let date = (at.saturating_sub(5)..at)
        .rev()
        .find(|&i| items.get(i).is_some_and(Item::is_date))?;
    let joins = |i: &Item<'_>| i.is(Class::And) || i.sign(',') || i.sign(';');
    let joint = items
        .get(date.saturating_sub(3)..date)
        .is_some_and(|b| b.iter().any(joins));
    (joint && bare(items, date + 1, at)).then_some(date)
}

/// Whether a date stands in brackets that open right before it.
fn bracketed(items: &[Item<'_>], date: usize) -> bool {
    date.checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.sign('('))
}

/// "In 1968 the two countries signed …": the date before the verb, with no other verb and no treaty between.
fn lead(items: &[Item<'_>], frame: &Frame, at: usize) -> Option<usize> {
    let first = at.min(frame.at);
    let date = (frame.clause.0.max(first.saturating_sub(REACH))..first)
        .rev()
        .take_while(|&i| {
            items
                .get(i)
                .is_some_and(|x| np(x).is_none() && !x.is_finite() && !x.is(Class::Relative))
        })
        .find(|&i| items.get(i).is_some_and(Item::is_date) && !bracketed(items, i))?;
    // "Two years after the talks of 1967": the date of something else.
    let phrase = items
        .get(frame.clause.0..date)
        .unwrap_or(&[])
        .rsplit(|i| i.sign(','))
        .next()
        .unwrap_or(&[]);
    let counted = phrase
        .iter()
        .any(|i| i.is(Class::Years) || i.is(Class::Months) || i.is(Class::Weeks))
        && phrase
            .iter()
            .any(|i| i.is(Class::DateAfter) || i.is(Class::OfEvent));
    let since = of_what_was_before(items.get(frame.clause.0..date).unwrap_or(&[]));
    (!counted && !since && !right_behind_treaty(items, date)).then_some(date)
}
