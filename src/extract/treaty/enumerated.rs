//! "agreements on culture, science and fisheries" → one title for each instrument.

use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::extract::reader::Reader;
use crate::language::{Class, Lexicon, Meaning};

/// How many words of an enumeration a subject may have.
const REACH: usize = 7;

/// One instrument of an enumeration: its title, and the date in brackets behind it.
pub(super) struct One {
    pub(super) title: String,
    pub(super) date: Option<usize>,
}

/// "agreements on culture, science (1990) and fisheries": one title each, in the singular; nothing where the noun is none of many.
pub(super) fn enumerated(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
    phrase: &TreatyNp,
) -> Vec<One> {
    let title = phrase.title.of(&reader.doc.text);
    let Some((lead, own)) = headed(reader.lexicon, title) else {
        return Vec::new();
    };
    let preposition = lead.rsplit(' ').next().unwrap_or_default().to_owned() + " ";
    let mut subjects: Vec<(String, Option<usize>)> = Vec::new();
    let parts: Vec<&str> = own.split(',').map(str::trim).collect();
    let last = parts.len() - 1;
    for (i, part) in parts.into_iter().enumerate() {
        // "culture, science and fisheries"
        match joined(reader.lexicon, part).filter(|_| i > 0 && i == last) {
            Some((a, b)) => subjects.extend([a, b].map(|s| (s.to_owned(), None))),
            None => subjects.push((part.to_owned(), None)),
        }
    }
    subjects.retain(|(s, _)| !s.is_empty());
    // Behind the title's own words the others follow, with commas and a last "and".
    let mut next = at + 1;
    if let Some((date, behind)) = bracket(items, next) {
        if let Some(last) = subjects.last_mut() {
            last.1 = Some(date);
        }
        next = behind;
    }
    while let Some(joint) = items.get(next) {
        if !(joint.sign(',') || joint.is(Class::And)) {
            break;
        }
        let oxford = joint.sign(',') && items.get(next + 1).is_some_and(|i| i.is(Class::And));
        let from = next + 1 + usize::from(oxford);
        let mut to = from;
        while items.get(to).is_some_and(|i| {
            matches!(i.kind, ItemKind::Word)
                && !i.is_finite()
                && !i.is(Class::And)
                && !i.is(Class::In)
                && !i.is(Class::Be)
                && !i.is(Class::Have)
                && to < from + REACH
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
        let words = head.span.to(tail.span).of(&reader.doc.text);
        let words = words.strip_prefix(preposition.as_str()).unwrap_or(words);
        let dated = bracket(items, to);
        subjects.push((words.to_owned(), dated.map(|(date, _)| date)));
        next = dated.map_or(to, |(_, behind)| behind);
    }
    if subjects.len() < 2 {
        return Vec::new();
    }
    subjects
        .into_iter()
        .map(|(subject, date)| One {
            title: format!("{lead} {subject}"),
            date,
        })
        .collect()
}

/// "bilateral agreements on culture" → "bilateral agreement on", and the rest.
fn headed<'t>(lexicon: &Lexicon, title: &'t str) -> Option<(String, &'t str)> {
    let noun = title.split(' ').find(|w| {
        let means = |m: &Meaning| matches!(m, Meaning::Treaty(_));
        lexicon.meanings(w).iter().any(means)
    })?;
    let single = noun.strip_suffix('s')?;
    let (before, behind) = title.split_once(noun)?;
    let (preposition, own) = behind.trim_start().split_once(' ')?;
    let leads = [Class::About, Class::Of, Class::For, Class::In];
    leads
        .iter()
        .any(|c| lexicon.has_class(preposition, *c))
        .then(|| (format!("{before}{single} {preposition}"), own))
}

/// "science and fisheries" → both.
fn joined<'t>(lexicon: &Lexicon, part: &'t str) -> Option<(&'t str, &'t str)> {
    let word = part.split(' ').find(|w| lexicon.has_class(w, Class::And))?;
    let (a, b) = part.split_once(&format!(" {word} "))?;
    Some((a.trim(), b.trim()))
}

/// "(1984)": a date in brackets, and the index behind them.
fn bracket(items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let found = items.get(at).is_some_and(|i| i.sign('('))
        && items.get(at + 1).is_some_and(Item::is_date)
        && items.get(at + 2).is_some_and(|i| i.sign(')'));
    found.then_some((at + 1, at + 3))
}
