//! "Peru recognised it on 3 May, as Chile had done on 2 May and Mali on the 14th": what another state is told to have done before or after, with no verb of
//! its own.

use super::enumerated::run;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::{Class, Lexicon};

/// How many words say that somebody did the same.
const WORDS: usize = 4;

/// The states of which words behind a frame say that they did what it tells, each with the item of its date.
pub(super) fn done(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Vec<(usize, Option<usize>)> {
    let Some((at, count)) = said(reader.lexicon, items, frame.at + 1) else {
        return Vec::new();
    };
    let free = |i: &Item<'_>| (i.prep.is_empty() || i.has_prep(Class::As)) && !i.genitive;
    let state = |i: usize| {
        let item = items.get(i).filter(|x| free(x))?;
        let capital = || reader.capital_state(item.city()?);
        let state = item.named_body().or_else(capital);
        state.filter(|s| !reader.is_organisation(*s))
    };
    // "as A had done on 2 May", "ce que fit A le 2 mai", "como lo hizo A"
    let before = at
        .checked_sub(1)
        .filter(|&i| i > frame.at && state(i).is_some());
    let pronoun = at.checked_sub(2).filter(|&i| {
        let light = items
            .get(i + 1)
            .is_some_and(|x| !x.is_np() || x.actor().is_some());
        i > frame.at && light && state(i).is_some()
    });
    let which = || {
        let relative = at.checked_sub(1).and_then(|i| items.get(i))?;
        let comma = at.checked_sub(2).filter(|_| relative.is(Class::Relative))?;
        let named = comma
            .checked_sub(1)
            .filter(|_| items.get(comma).is_some_and(|x| x.sign(',')))?;
        (named > frame.at && named_alone(items, named)).then_some(named)
    };
    let behind = (at + count..at + count + 3).find(|&i| state(i).is_some());
    let Some(who) = before.or(pronoun).or_else(which).or(behind) else {
        return Vec::new();
    };
    let Some(state) = items
        .get(who)
        .and_then(Item::named_body)
        .or_else(|| state(who))
    else {
        return Vec::new();
    };
    let from = who.max(at + count - 1) + 1;
    let stops = |i: &Item<'_>| i.is_finite() || i.sign(';') || i.sign('.') || i.is_np();
    let near =
        (from..items.len().min(from + 5)).take_while(|&i| items.get(i).is_some_and(|x| !stops(x)));
    let date = { near }.find(|&i| items.get(i).is_some_and(Item::is_date));
    let mut found = vec![(state, date)];
    if let Some(date) = date {
        let rest = run(reader, items, (date + 1, items.len()));
        found.extend(rest.into_iter().filter(|(_, date)| date.is_some()));
    }
    found
}

/// "Peru recognised it on 3 May, followed by Chile on 4 May and Mali in 1965": the states that a participle says to have followed, each with the item
/// of its date.
pub(super) fn followers(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Vec<(usize, Option<usize>)> {
    let follows = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        i.is_finite() && rules.any(|r| r.id.ends_with("relations.likewise"))
    };
    let by = |i: &Item<'_>| {
        [Class::By, Class::Of]
            .iter()
            .any(|c| i.is(*c) || i.has_prep(*c))
    };
    let comma = |at: usize| {
        at.checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| i.sign(','))
    };
    let led = |at: usize| items.get(at + 1).is_some_and(by);
    let found = (frame.at + 1..items.len())
        .find(|&at| items.get(at).is_some_and(follows) && comma(at) && led(at));
    let Some(at) = found else {
        return Vec::new();
    };
    let word = items.get(at + 1).is_some_and(|i| !i.is_np());
    run(reader, items, (at + 1 + usize::from(word), items.len()))
}

/// "Peru resumed relations with Mali on 3 May; Chile, later, on 12 August": the states behind a semicolon that a comma parts from their date, the verb
/// left out: they did the same.
pub(super) fn subjects(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Vec<(usize, Option<usize>)> {
    let one = |semicolon: usize| {
        let article = |i: &usize| items.get(*i).is_some_and(|x| x.is(Class::Article));
        let at = { semicolon + 1..items.len() }.find(|i| !article(i))?;
        let item = items.get(at).filter(|i| i.prep.is_empty() && !i.genitive)?;
        let capital = || reader.capital_state(item.city()?);
        let state = item.named_body().or_else(capital)?;
        items.get(at + 1).filter(|i| i.sign(','))?;
        let light = |i: &Item<'_>| i.sign(',') || i.kind == ItemKind::Word && !i.is_finite();
        let date = { at + 2..items.len().min(at + 8) }
            .find(|&i| items.get(i).is_none_or(|x| !light(x)))
            .filter(|&i| items.get(i).is_some_and(Item::is_date))?;
        (!reader.is_organisation(state)).then_some((state, Some(date)))
    };
    let semicolon = |at: &usize| items.get(*at).is_some_and(|i| i.sign(';'));
    { frame.at + 1..items.len() }
        .filter(semicolon)
        .filter_map(one)
        .collect()
}

/// "unlike A, which did so in 2008": whether a state stands behind words that liken, free or led by one of them.
fn named_alone(items: &[Item<'_>], at: usize) -> bool {
    items
        .get(at)
        .is_some_and(|i| i.named_body().is_some() && !i.genitive)
}

/// Where words that say that somebody did the same stand, and how many they are.
fn said(lexicon: &Lexicon, items: &[Item<'_>], from: usize) -> Option<(usize, usize)> {
    (from..items.len()).find_map(|at| {
        let count = (1..=WORDS).rev().find(|count| {
            let words = items.get(at..at + count).unwrap_or(&[]);
            let words: Vec<&str> = words.iter().map(|i| i.folded.as_ref()).collect();
            words.len() == *count && lexicon.lists(Class::HadDone, &words.join(" "))
        })?;
        Some((at, count))
    })
}
