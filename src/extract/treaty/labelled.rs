//! Dates that stand beside a title in a list → which of them is the signature and which the entry into force.

use super::np;
use crate::extract::dates::{Bound, DateFound};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Slot;
use crate::language::{Class, Lexicon};

/// How many lines below a title may tell its dates.
const BELOW: usize = 4;
/// How far before its date a word for ratification stands.
const RATIFIED: usize = 5;

/// The sense that a label near before a date gives it: "in force 12 September 2006", "Signed: 8 November 2005".
pub(super) fn label(
    items: &[Item<'_>],
    at: usize,
    within: impl Fn(&Item<'_>) -> bool,
) -> Option<Slot> {
    let ends = items.get(at).is_some_and(
        |i| matches!(&i.kind, ItemKind::Date(d) if matches!(d.bound, Bound::Until | Bound::Before)),
    );
    items
        .get(at.saturating_sub(4)..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take_while(|i| within(i) && !i.is_date())
        .find_map(sense)
        // "en vigor hasta 1984": the end of it.
        .filter(|s| *s != Slot::InForce || !ends)
}

/// "(ratified by Peru in 2015)", "ratifiée l'année suivante": whether a date is that of the ratification.
pub(in crate::extract) fn of_ratification(
    lexicon: &Lexicon,
    items: &[Item<'_>],
    at: usize,
) -> bool {
    let before = items.get(at.saturating_sub(RATIFIED)..at).unwrap_or(&[]);
    before
        .iter()
        .rev()
        .take_while(|i| !i.is_date() && !i.sign(';') && !i.sign('('))
        .any(|i| lexicon.lists(Class::Ratified, &i.folded))
}

/// The sense that a word gives the date behind it.
fn sense(item: &Item<'_>) -> Option<Slot> {
    if item.is(Class::ColumnInForce) {
        Some(Slot::InForce)
    } else if item.is(Class::ColumnSigned) {
        Some(Slot::Signed)
    } else {
        None
    }
}

/// Whether an item is a span of time ("2020–2023"), or the end of one ("until 2023").
pub(super) fn is_period(item: &Item<'_>) -> bool {
    let period = |d: &DateFound| d.bound == Bound::Until || d.date.is_some_and(|d| d.interval);
    matches!(&item.kind, ItemKind::Date(d) if period(d))
}

/// The date behind a title and a comma, a place between: "Convention on double taxation, Tokyo, 20 February 1980".
pub(super) fn apposed_date(items: &[Item<'_>], at: usize) -> Option<usize> {
    let joint = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| [',', '.', ':', '–', '—'].iter().any(|c| x.sign(*c)))
    };
    let place = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::City(_)))
    };
    if !joint(at + 1) {
        return None;
    }
    let mut next = at + 2;
    if place(next) && joint(next + 1) {
        next += 2;
    }
    let ends = items
        .get(next + 1)
        .is_none_or(|x| x.sign(';') || x.sign('.') || x.sign(','));
    (items.get(next).is_some_and(Item::is_date) && ends).then_some(next)
}

/// Dates of later sentences of an item that a label tells the sense of: "… . Signed: 8 November 2005. In force: 12 September 2006."
pub(super) fn labelled_later<'r>(
    reader: &'r Reader<'_>,
    sentence: &Sentence<'_>,
    behind: &[Item<'_>],
    key: usize,
) -> Vec<(&'r Sentence<'r>, usize, Slot)> {
    let mut found: Vec<(&'r Sentence<'r>, usize, Slot)> = Vec::new();
    if key == 0 && behind.iter().any(|i| i.sign(';')) {
        return found;
    }
    let first = reader
        .sentences
        .partition_point(|s| s.span.start <= sentence.span.start);
    let later = reader.sentences.get(first..).unwrap_or(&[]).iter();
    for there in later.take_while(|s| s.block == sentence.block || told_below(reader, sentence, s))
    {
        if there.items.iter().any(|i| np(i).is_some()) {
            break;
        }
        if there.block != sentence.block {
            let date = there.items.iter().position(Item::is_date);
            if let Some(date) = date
                && let Some(slot) = keyed_sense(reader, there)
                && !found.iter().any(|(_, _, s)| *s == slot)
            {
                found.push((there, date, slot));
            }
            continue;
        }
        // "Treaty of Commerce. Lima, 7 December 1922": the place and day of the signature.
        if let Some(date) = place_and_day(&there.items)
            && found.is_empty()
        {
            found.push((there, date, Slot::Signed));
        }
        // "Signed in Lima by Ministers A and B on 5 May 1975."
        let opens = there.items.first().filter(|i| !i.is_np()).and_then(sense);
        for (at, item) in there.items.iter().enumerate() {
            if item.is_date()
                && let Some(slot) = label(&there.items, at, |_| true).or(opens)
                && !found.iter().any(|(_, _, s)| *s == slot)
            {
                found.push((there, at, slot));
            }
        }
    }
    found
}

/// The date of a sentence that begins with a place and a day, or a day alone.
fn place_and_day(items: &[Item<'_>]) -> Option<usize> {
    let at = items
        .iter()
        .take(3)
        .position(|i| !(matches!(i.kind, ItemKind::City(_)) || i.sign(',') || i.sign('(')))?;
    items
        .get(at)
        .is_some_and(|i| matches!(&i.kind, ItemKind::Date(d) if d.from.is_none()))
        .then_some(at)
}

/// "Signed: Lima, 3 May 2001", "In force since 4 June 2002": whether a line below a title, a few lines off at most, tells of it.
fn told_below(reader: &Reader<'_>, title: &Sentence<'_>, line: &Sentence<'_>) -> bool {
    let section = |s: &Sentence<'_>| reader.block(s).map(|b| &b.under);
    let near = line.block > title.block && line.block <= title.block + BELOW;
    let key = reader.block(line).is_some_and(|b| b.key.is_some());
    near && section(line) == section(title) && (key || keyed_sense(reader, line).is_some())
}

/// The sense that the key of a line, or the word that it opens with, gives its date.
pub(super) fn keyed_sense(reader: &Reader<'_>, line: &Sentence<'_>) -> Option<Slot> {
    let key = reader.block(line)?.key;
    let of_key = key.and_then(|key| reader.items_of(key).iter().find_map(sense));
    of_key.or_else(|| line.items.first().filter(|i| !i.is_date()).and_then(sense))
}
