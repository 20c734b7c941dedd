//! The date of a number: that which stands nearest, else that of the heading above.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Edtf, Evidence, EvidenceRole};
use crate::language::Class;

/// The year (or day) of the nearest heading or label above that gives one.
pub(super) fn headed(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<(Edtf, Evidence)> {
    reader.above(sentence).into_iter().find_map(|heading| {
        let mut dates = heading.items.iter().filter_map(|i| {
            if let ItemKind::Date(found) = &i.kind {
                found.date
            } else {
                None
            }
        });
        let date = dates.next().filter(|_| dates.next().is_none())?;
        let evidence = Evidence {
            span: heading.span,
            role: EvidenceRole::Heading,
        };
        Some((date, evidence))
    })
}

/// The date of a number: the nearest of its stretch, that after it first; else the last before it.
pub(super) fn date_near(items: &[Item], at: usize) -> Option<usize> {
    let number = |x: &Item| {
        matches!(x.kind, ItemKind::Quantity(_))
            || x.kind == ItemKind::Word && x.folded.starts_with(|c: char| c.is_ascii_digit())
    };
    // "8 million (2009: 6 million)": a date before a colon in a bracket is that of what follows.
    let sign = |i: Option<usize>, c: char| i.and_then(|i| items.get(i)).is_some_and(|x| x.sign(c));
    let heads = |i: usize| sign(i.checked_sub(1), '(') && sign(Some(i + 1), ':');
    // "9 million, almost twice as much as in 2021": what it is compared with.
    let compared = |i: usize| {
        let before = items.get(i.saturating_sub(2)..i).unwrap_or(&[]);
        before.iter().any(|x| x.is(Class::Than))
    };
    let dated = |i: &usize| {
        items.get(*i).is_some_and(|x| {
            matches!(x.kind, ItemKind::Date(_)) && (*i < at || !heads(*i) && !compared(*i))
        })
    };
    let after = (at + 1..items.len())
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';') && !number(x)))
        .find(dated);
    let before = (0..at).rev().find(dated);
    // "42,000 (1970), 11,400 (1990)": a bracket right behind the number is its own.
    let bracket = after.filter(|a| a - at <= 2 && items.get(at + 1).is_some_and(|x| x.sign('(')));
    bracket
        .or(after.filter(|a| before.is_none_or(|b| a - at <= at - b)))
        .or(before)
        // "Exports were 4 and imports 3 million in 2020", but not "… 3 million, 2 per cent less than a year earlier".
        .or_else(|| {
            (at + 1..items.len())
                .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
                .find(|&i| {
                    items.get(i).is_some_and(
                        |x| matches!(&x.kind, ItemKind::Date(found) if found.from.is_none()),
                    ) && !heads(i)
                })
        })
}

/// The end of a period that something grew or fell in, for a sum of money: "between 2005 and 2015 trade doubled to 4 million".
pub(super) fn at_end(items: &[Item], at: usize, date: Edtf) -> Edtf {
    let before = items.get(..at).unwrap_or(&[]);
    match date.end {
        Some(end) if date.interval && before.iter().any(|i| i.is(Class::Grew)) => Edtf::on(end),
        Some(_) | None => date,
    }
}
