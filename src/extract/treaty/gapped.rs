//! "A trade agreement was signed in 1980 and a cultural agreement in 1985": treaties whose verb is left out, beside one that has it.

use super::np;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;

/// The treaties before and behind a frame's own that have a date of their own and no verb.
pub(super) fn gapped(items: &[Item<'_>], frame: &Frame, treaties: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    let last = treaties.iter().copied().max().unwrap_or(frame.at);
    let told = last.max(frame.at);
    let mut at = (told + 1..items.len()).find(|&i| items.get(i).is_none_or(|x| !placed(x)));
    // "In 1962 they signed a trade agreement; in 1970, a cultural agreement"
    let lead = frame.date.is_some_and(|d| d < frame.at);
    let own = lead || at.is_some_and(|end| dates(items, told + 1, end));
    while let Some((treaty, next)) = at.filter(|_| own).and_then(|from| behind(items, from)) {
        found.push(treaty);
        at = Some(next);
    }
    // "In 1980 a trade agreement and in 1985 a cultural agreement were signed"
    let first = treaties.iter().copied().min();
    let mut at = first.filter(|first| *first < frame.at);
    while let Some(treaty) = at.and_then(|next| before(items, next)) {
        found.push(treaty);
        at = Some(treaty);
    }
    found.retain(|t| !treaties.contains(t));
    found
}

/// "signed an agreement, under which A will fund wells, and a convention on visas": the treaty that goes on behind what a relative clause
/// says of the last.
pub(super) fn resumed(items: &[Item<'_>], treaties: &[usize]) -> Option<usize> {
    let last = treaties.iter().copied().max()?;
    let relative =
        (last + 1..last + 4).find(|&i| items.get(i).is_some_and(|x| x.is(Class::Relative)))?;
    let joint = (relative + 1..items.len()).find(|&i| {
        let and = items.get(i + 1).is_some_and(|x| x.is(Class::And));
        and && items.get(i).is_some_and(|x| x.sign(','))
    })?;
    let clause = items.get(relative..joint)?;
    let article = items.get(joint + 2).filter(|x| x.is(Class::Indefinite))?;
    let treaty = joint + 3;
    let named = items.get(treaty).and_then(np).is_some() && article.kind == ItemKind::Word;
    (named && clause.iter().all(|x| np(x).is_none() && !x.sign(';'))).then_some(treaty)
}

/// "an agreement on fisheries, a tax convention and …": the treaties before one, with nothing but joints and articles between.
pub(super) fn joined_before(items: &[Item<'_>], last: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = last;
    loop {
        let small = |i: usize| {
            items.get(i).is_some_and(|x| {
                let article = x.kind == ItemKind::Word && x.is(Class::Article);
                x.sign(',') || x.is(Class::And) || article
            })
        };
        let before = (0..at).rev().find(|&i| !small(i));
        let Some(before) = before.filter(|&i| i + 1 < at && items.get(i).and_then(np).is_some())
        else {
            return found;
        };
        found.push(before);
        at = before;
    }
}

/// "The first bilateral agreement, a trade agreement, was signed": whether the second treaty stands between commas and says what the first is.
pub(super) fn apposed(items: &[Item<'_>], first: usize, second: usize) -> bool {
    let between = items.get(first + 1..second).unwrap_or(&[]);
    let [comma, words @ ..] = between else {
        return false;
    };
    let small = |i: &Item<'_>| i.is(Class::Indefinite) || i.adjective().is_some();
    comma.sign(',')
        && words.len() < 3
        && words.iter().all(small)
        && items.get(second + 1).is_some_and(|i| i.sign(','))
        && items
            .get(second + 2)
            .is_some_and(|i| !i.is(Class::And) && np(i).is_none())
}

/// Whether an item only says when and where.
fn placed(item: &Item<'_>) -> bool {
    let small = item.kind == ItemKind::Word
        && !item.is(Class::And)
        && !item.is_finite()
        && ![Class::Not, Class::Relative, Class::But]
            .iter()
            .any(|c| item.is(*c));
    item.is_date() || item.city().is_some() || small
}

/// Whether a date stands among the items from one to another.
fn dates(items: &[Item<'_>], from: usize, to: usize) -> bool {
    let inside = items.get(from..to).unwrap_or(&[]);
    inside.iter().any(Item::is_date)
}

/// What stands behind a joint: a treaty with its date and no verb, and where that ends.
fn behind(items: &[Item<'_>], joint: usize) -> Option<(usize, usize)> {
    let joins = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| x.sign(',') || x.sign(';') || x.is(Class::And))
    };
    joins(joint).then_some(())?;
    let from = joint + 1 + usize::from(joins(joint + 1));
    // "in 1970, a cultural agreement"
    let comma = |i: usize| {
        let date = i.checked_sub(1).and_then(|b| items.get(b));
        items.get(i).is_some_and(|x| x.sign(',')) && date.is_some_and(Item::is_date)
    };
    let led = |i: &usize| !items.get(*i).is_some_and(placed) && !comma(*i);
    let treaty = (from..items.len()).find(led)?;
    items.get(treaty).and_then(np)?;
    let end = (treaty + 1..items.len())
        .find(|&i| items.get(i).is_none_or(|x| !placed(x)))
        .unwrap_or(items.len());
    let ends = items.get(end).is_none_or(|x| joins(end) || x.sign('.'));
    let dated = dates(items, from, treaty) || dates(items, treaty + 1, end);
    (ends && dated).then_some((treaty, end))
}

/// A treaty with its date right before it, and a joint between it and what is said of the next.
fn before(items: &[Item<'_>], next: usize) -> Option<usize> {
    let lead = (0..next)
        .rev()
        .find(|&i| items.get(i).is_none_or(|x| !placed(x)))?;
    let joint = items.get(lead)?;
    (joint.sign(',') || joint.is(Class::And)).then_some(())?;
    dates(items, lead + 1, next).then_some(())?;
    let comma = lead
        .checked_sub(1)
        .filter(|&i| items.get(i).is_some_and(|x| x.sign(',')));
    let treaty = comma.unwrap_or(lead).checked_sub(1)?;
    items.get(treaty).and_then(np)?;
    let first = (0..treaty)
        .rev()
        .take_while(|&i| items.get(i).is_some_and(placed))
        .last()?;
    dates(items, first, treaty).then_some(treaty)
}
