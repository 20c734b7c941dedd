//! Whether a date is of something that lasts, and up to when: "since", "until his death in 1872", "from 1855 to 1872".

use super::dates::{Bound, DateFound};
use super::items::{Item, ItemKind};
use crate::language::Class;

fn date_at<'i>(items: &'i [Item<'_>], at: usize) -> Option<&'i DateFound> {
    if let ItemKind::Date(found) = &items.get(at)?.kind {
        Some(found)
    } else {
        None
    }
}

fn until(item: &Item<'_>) -> bool {
    item.is(Class::Until)
}

/// What parts a date from words before it: another phrase, a sign, a verb.
fn parts(item: &Item<'_>) -> bool {
    item.is_np() || item.is_finite() || matches!(item.kind, ItemKind::Sign(_) | ItemKind::Date(_))
}

/// "until his death in 1872", "to 1985": whether "until" stands before a date with few words between, or "to" right before it.
pub(super) fn until_before(items: &[Item<'_>], at: usize) -> bool {
    if date_at(items, at).is_none_or(|d| d.bound != Bound::None) {
        return false;
    }
    // "hasta su muerte, acaecida en 1872"
    let own = items.get(at.saturating_sub(7)..at).unwrap_or(&[]);
    let own = own.iter().rev().take_while(|i| !parts(i) || i.sign(','));
    let own = own.skip_while(|i| !i.is(Class::Possessive)).nth(1);
    if own.is_some_and(until) {
        return true;
    }
    let before = items.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    let to = before.last().is_some_and(|i| i.is(Class::DateTo));
    to || before.iter().rev().take_while(|i| !parts(i)).any(until)
}

/// "until the arrival of Ambassador X in 1994": the word and the date behind it, where somebody is named between them and no verb.
pub(super) fn until_another(items: &[Item<'_>], from: usize) -> Option<(usize, usize)> {
    let word = (from..items.len()).find(|&i| items.get(i).is_some_and(until))?;
    let date = (word + 1..items.len()).take(14).find(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    })?;
    let between = items.get(word + 1..date)?;
    let named = between.iter().any(|i| i.actor().is_some());
    let broken = |i: &Item<'_>| i.is_finite() || i.is(Class::Be) || i.sign(';') || i.sign('.');
    (named && !between.iter().any(broken)).then_some((word, date))
}

/// Whether a date is told with its "until".
pub(super) fn until_bound(items: &[Item<'_>], at: usize) -> bool {
    date_at(items, at).is_some_and(|d| d.bound == Bound::Until)
}

/// The date behind another up to which something lasts.
pub(super) fn until_behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    let next = (at + 1..items.len()).take(7).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)) || x.is_finite() || x.is_np())
    })?;
    let found = date_at(items, next)?;
    // "de 1855 à sa mort en 1872".
    let own = items
        .get(at + 1..next)?
        .windows(2)
        .any(|two| matches!(two, [to, his] if to.is(Class::DateTo) && his.is(Class::Possessive)));
    let said = own || items.get(at + 1..next)?.iter().any(until);
    (found.bound == Bound::Until || said).then_some(next)
}

/// Whether a date is of something that lasts: since, until, from … to.
pub(super) fn lasts(items: &[Item<'_>], at: usize) -> bool {
    date_at(items, at).is_some_and(|d| {
        matches!(d.bound, Bound::Since | Bound::Until)
            || d.date.is_some_and(|d| d.interval)
            || until_before(items, at)
            || until_behind(items, at).is_some()
    })
}
