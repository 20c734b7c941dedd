//! Which date is that of a member of a list: its own, that of the next member, one of as many dates as members.

use super::{Item, ItemKind, Stand};
use crate::extract::dates::Bound;
use crate::language::{Class, TriggerForm};

/// How many items of a bracket stand on either side of one in it.
const BRACKET: usize = 40;

/// Whether an item stands in brackets: "X (March 1980; March 1984) and Y went".
pub(in crate::extract) fn bracketed(items: &[Item], at: usize) -> bool {
    let bracket = |i: &&Item| i.sign('(') || i.sign(')');
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let behind = items.get(at + 1..).unwrap_or(&[]).iter();
    let before = before.take(BRACKET).find(bracket);
    let behind = behind.take(BRACKET).find(bracket);
    before.is_some_and(|i| i.sign('(')) && behind.is_some_and(|i| i.sign(')'))
}

/// The date that stands directly behind a member of a list, as its own: "A in 1961, B in 1970", "A (1961)".
pub(in crate::extract) fn own_date(items: &[Item], at: usize) -> Option<usize> {
    // "A, in 1961, and B, in 1970", "y con A, el 3 de mayo de 1961": between commas.
    let ends = |at: usize| {
        let ends = |i: &Item| [',', ';', '.', ')'].iter().any(|c| i.sign(*c));
        items.get(at).is_none_or(|i| ends(i) || i.is(Class::And))
    };
    let led = |i: &Item| i.is(Class::In) || i.is(Class::About) || i.is(Class::Since);
    // "in A, since 1998, and in B, since 2007": the word is in the date.
    let since = |i: &Item| matches!(&i.kind, ItemKind::Date(d) if d.bound == Bound::Since);
    let apart = items.get(at + 1).is_some_and(|i| i.sign(','))
        && items.get(at + 2).is_some_and(|i| {
            let with = || items.get(at).is_some_and(|x| x.has_prep(Class::With));
            led(i) && ends(at + 4) || i.is_date() && ends(at + 3) && (since(i) || with())
        });
    items
        .iter()
        .enumerate()
        .skip(at + 1 + usize::from(apart))
        .find(|(n, i)| {
            !(i.sign('(')
                || all_of_them(items, *n)
                || matches!(i.kind, ItemKind::Word)
                    && [
                        Class::In,
                        Class::About,
                        Class::Article,
                        Class::Since,
                        Class::From,
                        Class::Of,
                    ]
                    .iter()
                    .any(|c| i.is(*c)))
        })
        .filter(|(_, i)| matches!(i.kind, ItemKind::Date(_)))
        .map(|(date, _)| date)
}

/// "A, B and C (both in 1961)", "(all three in 1985)": a word in brackets before a date that says that it is of several.
pub(in crate::extract) fn all_of_them(items: &[Item], at: usize) -> bool {
    let silent = |i: &Item| matches!(i.kind, ItemKind::Word) && i.verb.is_none();
    let open = (at.saturating_sub(2)..at).rev().find(|&i| {
        let before = items.get(i);
        before.is_some_and(|x| x.sign('(')) || !before.is_some_and(silent)
    });
    open.and_then(|i| items.get(i)).is_some_and(|x| x.sign('('))
        && items.get(at).is_some_and(|i| {
            i.is(Class::TheTwo)
                || i.is(Class::BothStates)
                || i.actor().is_some_and(|a| a.stand == Some(Stand::Both))
                || silent(i) && i.meanings.is_empty()
                || matches!(i.kind, ItemKind::Quantity(_))
        })
}

/// The date of one of several members of a list that have dates of their own, else that of the whole frame.
pub(in crate::extract) fn date_among(
    items: &[Item],
    members: &[usize],
    at: usize,
    whole: Option<usize>,
) -> Option<usize> {
    if let Some(date) = respective(items, members, at) {
        return Some(date);
    }
    let own: Vec<usize> = members.iter().filter_map(|&i| own_date(items, i)).collect();
    if own.is_empty() {
        return whole;
    }
    // "With A they were established in 1961, with B in 1970": that of the verb stands nearer than the next member's own.
    let verbs = whole.filter(|w| *w > at && !own.contains(w));
    let next = own.iter().copied().find(|&d| d > at);
    if verbs.is_some_and(|w| next.is_none_or(|n| w < n)) && own_date(items, at).is_none() {
        return whole;
    }
    let alone = members.len() < 2 || whole.is_none_or(|w| own.contains(&w));
    // "with A they were established in 1968, and with B in 1970": behind the verb's own date another's.
    let later = own_date(items, at).filter(|_| whole.is_some_and(|w| w < at));
    if own.len() < 2 && alone && later.is_none() {
        return whole;
    }
    // "in A and B in 1961": who has none shares that of the next who has.
    own_date(items, at).or(next).or(whole)
}

/// "with A, B and C in 1970, 1971 and 1972 respectively", "A and B were signed in 1980 and 1985": as many dates as members, in their order.
pub(in crate::extract) fn respective(
    items: &[Item],
    members: &[usize],
    at: usize,
) -> Option<usize> {
    let last = members.iter().max().filter(|_| members.len() > 1)?;
    let dates = dates_behind(items, last + 1);
    (dates.len() == members.len()).then_some(())?;
    let mut order = members.to_vec();
    order.sort_unstable();
    let place = order.iter().position(|&m| m == at)?;
    dates.get(place).copied()
}

/// "1970, 1971 and in 1972": the dates from an item on, up to anything but commas and small words between them.
pub(in crate::extract) fn dates_in_a_row(items: &[Item], from: usize) -> Vec<usize> {
    let joints = [Class::And, Class::In, Class::Respectively];
    let small = |i: &Item| i.sign(',') || joints.iter().any(|c| i.is(*c));
    let behind = items.iter().enumerate().skip(from);
    let run = behind.take_while(|(_, i)| i.is_date() || small(i));
    run.filter(|(_, i)| i.is_date()).map(|(at, _)| at).collect()
}

/// The dates in a row from an item on, a verb before them passed over: "were opened in 1980 and 1985".
pub(in crate::extract) fn dates_behind(items: &[Item], from: usize) -> Vec<usize> {
    let verb =
        |i: &&Item| i.is(Class::Be) || i.is(Class::Have) || matches!(i.kind, ItemKind::Trigger(_));
    // "in A and B, closed in 1998 and 2004"
    let comma = items.get(from).is_some_and(|i| i.sign(','));
    let participle = items.get(from + 1).and_then(|i| i.verb) == Some(TriggerForm::Participle);
    let from = from + usize::from(comma && participle);
    let verbs = items.iter().skip(from).take_while(verb).count();
    dates_in_a_row(items, from + verbs)
}
