//! "Relations were established with several states: A (1983), B and C (both in 1985)": the states behind a colon, each with its day.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, all_of_them, own_date};
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// How far behind the verb the colon may stand.
const REACH: usize = 14;

/// Whether a word above or before a list says that what it names was not done, or is of something else than the relations of states.
pub(super) fn is_unsaid(item: &Item<'_>) -> bool {
    let unsaid = [
        Class::Not,
        Class::Planned,
        Class::Hypothetical,
        Class::OtherRelations,
        Class::Wished,
        Class::Talks,
    ];
    unsaid.iter().any(|c| item.is(*c))
}

/// The states that a list names behind a colon or with their dates in brackets, two at least, each with the item of its date.
pub(super) fn enumerated(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Vec<(usize, usize)> {
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    if let Some(colon) = behind.iter().take(REACH).position(|i| i.sign(':')) {
        let found = run(reader, items, (frame.at + 1 + colon + 1, items.len()));
        let dated: Option<Vec<_>> = found.into_iter().map(|(b, d)| Some((b, d?))).collect();
        return dated.filter(|d| d.len() > 1).unwrap_or_default();
    }
    // "with A (3 May 1991), B (4 June 1992) and C (5 July 1993)": each with its own in brackets.
    let first = behind
        .iter()
        .take(REACH)
        .position(|i| i.named_body().is_some());
    let bracketed = |(_, date): &(usize, Option<usize>)| {
        let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
        date.is_some_and(|d| sign(d + 1, ')') && d.checked_sub(1).is_some_and(|i| sign(i, '(')))
    };
    let Some(first) = first else {
        return Vec::new();
    };
    let found = run(reader, items, (frame.at + 1 + first, items.len()));
    if found.len() < 2 || !found.iter().all(bracketed) {
        return Vec::new();
    }
    let dated = found
        .into_iter()
        .filter_map(|(body, date)| Some((body, date?)));
    dated.collect()
}

/// States, each with the item of its date.
type Listed = Vec<(usize, Option<usize>)>;

/// "The first states to recognise A were B (1991) and C (1992)", "parmi les premiers à reconnaître A figurent B et C": the states that a verb says
/// an infinitive of, each with the item of its date, and the state that they did it to.
pub(super) fn who_did(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Option<(usize, Listed)> {
    let before = items.get(..frame.at)?;
    // "los primeros Estados": what is also written like a participle is a word here.
    let word = |i: &Item<'_>| matches!(i.kind, ItemKind::Word | ItemKind::Trigger(_));
    let small = |i: &Item<'_>| word(i) && !i.is_finite();
    let infinitive = items.get(frame.at)?.verb == Some(TriggerForm::Base);
    (infinitive && !before.is_empty() && before.iter().all(small)).then_some(())?;
    let behind = items.get(frame.at + 1..)?;
    let verb = behind
        .iter()
        .position(|i| i.is(Class::Be) || i.is_finite())?;
    let (object, done) = behind.split_at_checked(verb)?;
    let mut named = object.iter().filter_map(Item::named_body);
    let (Some(other), None) = (named.next(), named.next()) else {
        return None;
    };
    let rest = |i: &Item<'_>| i.named_body().is_some() || small(i);
    let denied = done.get(1).is_some_and(|i| i.is(Class::Not));
    let found = run(reader, items, (frame.at + 1 + verb + 1, items.len()));
    let told = object.iter().all(rest) && !found.is_empty();
    // "The first to recognise A was not B": of nobody.
    told.then(|| (other, if denied { Vec::new() } else { found }))
}

/// "Nepal, 3 June 1983; Kuwait, 23 May 1983: these are the ties of that decade", "New relations: A (2011), B (2012)": the states of a
/// sentence that tells of relations on one side of a colon and lists states with their dates on the other.
pub(super) fn roll(reader: &Reader<'_>, items: &[Item<'_>]) -> Vec<(usize, usize)> {
    let Some(colon) = items.iter().position(|i| i.sign(':')) else {
        return Vec::new();
    };
    let sides = [
        ((0, colon), (colon + 1, items.len())),
        ((colon + 1, items.len()), (0, colon)),
    ];
    for (words, list) in sides {
        let head = items.get(words.0..words.1).unwrap_or(&[]);
        let of_relations = head.iter().any(|i| i.is(Class::Relations));
        if !of_relations || head.iter().any(is_unsaid) {
            continue;
        }
        let found = run(reader, items, list);
        let dated: Option<Vec<_>> = found.into_iter().map(|(b, d)| Some((b, d?))).collect();
        if let Some(dated) = dated.filter(|d| d.len() > 1) {
            return dated;
        }
    }
    Vec::new()
}

/// The states that items list, each with the item of its date: its own, or that of the next which has one.
pub(super) fn run(reader: &Reader<'_>, items: &[Item<'_>], (from, to): (usize, usize)) -> Listed {
    let small = [
        Class::And,
        Class::Article,
        Class::With,
        Class::In,
        Class::About,
        Class::For,
    ];
    let dated = |at: usize| {
        items
            .get(at)
            .is_some_and(|i| matches!(i.kind, ItemKind::Date(_)))
    };
    let mut found = Listed::new();
    // "le 28 mars 1986 pour Tokyo": the date stands first.
    let mut led = None;
    for at in from..to {
        let Some(item) = items.get(at) else { break };
        let capital = || reader.capital_state(item.city()?);
        if let Some(body) = item
            .named_body()
            .or_else(capital)
            .filter(|_| !item.genitive)
        {
            if !reader.is_organisation(body) {
                // "Nepal, 3 June 1983", "Sweden, all three in August 1985"
                let comma = items
                    .get(at + 1)
                    .is_some_and(|x| x.sign(',') || x.sign('('))
                    && led.is_none();
                let date = (at + 2..to.min(at + 7)).find(|&i| {
                    let word = items.get(i).is_some_and(|x| x.is(Class::In));
                    !(word || of_several(items, i))
                });
                let behind = own_date(items, at).or(date.filter(|&i| comma && dated(i)));
                found.push((body, led.or(behind)));
            }
            continue;
        }
        if found.is_empty() && dated(at) || led.is_some() && dated(at) {
            led = Some(at);
        }
        let passes = match item.kind {
            ItemKind::Date(_) => true,
            ItemKind::Sign(c) => [',', ';', '(', ')', '.'].contains(&c),
            ItemKind::Word => {
                small.iter().any(|c| item.is(*c)) || all_of_them(items, at) || of_several(items, at)
            }
            ItemKind::Actor(_) | ItemKind::Quantity(_) | ItemKind::Trigger(_) => {
                all_of_them(items, at) || of_several(items, at)
            }
            ItemKind::Body(..) | ItemKind::City(_) | ItemKind::Mission(_) | ItemKind::Treaty(_) => {
                false
            }
        };
        if !passes {
            break;
        }
    }
    // "A and B (both in 1985)": who has no date of its own shares that of the next.
    let mut next = None;
    for (_, date) in found.iter_mut().rev() {
        next = date.or(next);
        *date = next;
    }
    found
}

/// "A, B and C, all three in 1985": a word between a comma and a date that says that it is of several.
fn of_several(items: &[Item<'_>], at: usize) -> bool {
    let comma = (at.saturating_sub(2)..at)
        .any(|i| items.get(i).is_some_and(|x| x.sign(',') || x.sign('(')));
    let date = items
        .get(at + 1..items.len().min(at + 4))
        .unwrap_or(&[])
        .iter()
        .any(|i| matches!(i.kind, ItemKind::Date(_)));
    comma && date && items.get(at).is_some_and(|i| !i.is_finite())
}
