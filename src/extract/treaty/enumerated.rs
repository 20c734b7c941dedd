//! "agreements on culture, science and fisheries" → one title for each instrument.

use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::extract::reader::Reader;
use crate::language::Class;

/// "agreements on culture, science and fisheries": one title each, in the singular; nothing where the noun is none of many.
pub(super) fn enumerated(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
    phrase: &TreatyNp,
) -> Vec<String> {
    let text = &reader.doc.text;
    let title = phrase.title.of(text);
    let mut words = title.split(' ');
    let (Some(noun), Some(preposition)) = (words.next(), words.next()) else {
        return Vec::new();
    };
    let Some(single) = noun.strip_suffix('s') else {
        return Vec::new();
    };
    let first = words.collect::<Vec<_>>().join(" ");
    let mut subjects: Vec<String> = first
        .split(',')
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect();
    // Behind the title's own words the others follow, with commas and a last "and".
    let mut next = at + 1;
    while let Some(joint) = items.get(next) {
        if !(joint.sign(',') || joint.is(Class::And)) {
            break;
        }
        let from = next + 1;
        let mut to = from;
        while items.get(to).is_some_and(|i| {
            matches!(i.kind, ItemKind::Word)
                && !i.is_finite()
                && !i.is(Class::And)
                && !i.is(Class::In)
                && !i.is(Class::Be)
                && !i.is(Class::Have)
                && to < from + 5
        }) {
            to += 1;
        }
        let (Some(head), Some(tail)) = (
            items.get(from),
            to.checked_sub(1).and_then(|t| items.get(t)),
        ) else {
            break;
        };
        if to == from {
            break;
        }
        let words = head.span.to(tail.span).of(text);
        let lead = format!("{preposition} ");
        subjects.push(
            words
                .strip_prefix(lead.as_str())
                .unwrap_or(words)
                .to_owned(),
        );
        next = to;
    }
    if subjects.len() < 2 {
        return Vec::new();
    }
    subjects
        .iter()
        .map(|subject| format!("{single} {preposition} {subject}"))
        .collect()
}
