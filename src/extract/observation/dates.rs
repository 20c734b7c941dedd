//! The date of a number: that which stands nearest, else that of the heading above.

use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Edtf, Evidence, EvidenceRole};
use crate::language::{Class, fold};

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

/// "9 million, almost twice as much as in 2021": whether a date is that of what something is compared with.
pub(in crate::extract) fn compared(items: &[Item], at: usize) -> bool {
    let before = items.get(at.saturating_sub(2)..at).unwrap_or(&[]);
    before.iter().any(|x| x.is(Class::Than))
}

/// The year of the sentence before, for a number in one that names no more than the year which it is compared with.
pub(super) fn year_before(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
) -> Option<(Edtf, Evidence)> {
    let items = &sentence.items;
    let mut dates = (0..items.len()).filter(|&i| items.get(i).is_some_and(Item::is_date));
    let only = dates.clone().next().is_some() && dates.all(|i| compared(items, i));
    let index = reader
        .sentence_index(sentence.span.start)
        .filter(|_| only)?;
    let before = reader.sentences.get(index.checked_sub(1)?)?;
    (before.block == sentence.block).then_some(())?;
    let date = before.items.iter().rev().find_map(|i| {
        if let ItemKind::Date(found) = &i.kind {
            found.date
        } else {
            None
        }
    })?;
    let evidence = Evidence {
        span: before.span,
        role: EvidenceRole::Date,
    };
    Some((Edtf::in_year(date.year()?), evidence))
}

/// How far behind a number the date of its own may stand where another stands nearer before it.
const JOINED: usize = 6;

/// Whether a date says when, not since or until when.
fn plain_date(items: &[Item], at: usize) -> bool {
    items
        .get(at)
        .is_some_and(|x| matches!(&x.kind, ItemKind::Date(found) if found.bound == Bound::None))
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
    let closed = |i: usize| {
        let between = items.get(i..at).unwrap_or(&[]);
        between.iter().any(|x| x.sign(')'))
    };
    let compared = |i: usize| compared(items, i);
    // "que en 2021" before a number may be no comparison.
    let than = |i: usize| {
        let before = items.get(i.saturating_sub(2)..i).unwrap_or(&[]);
        let told = |x: &Item| matches!(&x.kind, ItemKind::Date(d) if d.from.is_some());
        compared(i)
            && (items.get(i).is_some_and(told) || !before.iter().any(|x| x.is(Class::Relative)))
    };
    let dated = |i: &usize| {
        items.get(*i).is_some_and(|x| {
            let other = if *i < at {
                than(*i) || heads(*i) && closed(*i)
            } else {
                compared(*i) || heads(*i)
            };
            matches!(x.kind, ItemKind::Date(_)) && !other
        })
    };
    let after = (at + 1..items.len())
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';') && !number(x)))
        .find(dated);
    let before = (0..at).rev().find(dated);
    // "In 1975 trade was 24 million, and in 1982 exports were 17": what a joint leads to has a number of its own.
    let leads = |date: usize| {
        let near = items
            .get(date.saturating_sub(2).max(at + 1)..date)
            .unwrap_or(&[]);
        let more = items.get(date + 1..).unwrap_or(&[]).iter();
        let joined = near
            .first()
            .is_some_and(|x| x.is(Class::And) || x.sign(','));
        joined && more.take_while(|x| !x.sign(';')).any(number)
    };
    let after = after.filter(|a| before.is_none() || !leads(*a));
    // "41 million, against 27 million in 2012": the year of what it is compared with.
    let against = |date: usize| {
        let between = items.get(at + 1..date).unwrap_or(&[]);
        between.iter().any(|x| x.is(Class::Against))
    };
    // "42,000 (1970), 11,400 (1990)": a bracket right behind the number is its own.
    let bracket = after.filter(|a| a - at <= 2 && items.get(at + 1).is_some_and(|x| x.sign('(')));
    // "22 in Peru (2011); 290 in Chile (2010)": the date before belongs to the number before it.
    let parted = |b: usize| {
        let between = items.get(b..at).unwrap_or(&[]);
        between.iter().any(|x| x.sign(';'))
    };
    // "130 lived in Peru in 2019 and 85 in Chile in 2020": so does one that a joint parts from this number, where that has a date of its own.
    let joined = |b: usize| {
        let joint = items.get(b + 1).filter(|_| b < at);
        let joint = joint.is_some_and(|x| x.is(Class::And) || x.sign(','));
        let counted = items.get(..b).is_some_and(|x| x.iter().any(number));
        joint && counted && after.is_some_and(|a| a - at <= JOINED && plain_date(items, a))
    };
    let own = after.filter(|_| before.is_some_and(|b| parted(b) || joined(b)));
    bracket
        .or(own)
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
                        && !compared(i)
                        && !against(i)
                })
        })
        .or_else(|| behind_bracket(items, at))
}

/// "45 million (exports 15 million; imports 30 million) in 2015": the date right behind the bracket that follows a number.
fn behind_bracket(items: &[Item], at: usize) -> Option<usize> {
    items.get(at + 1)?.sign('(').then_some(())?;
    let close = (at + 2..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(')')))?;
    let date = (close + 1..items.len()).find(|&i| {
        let small = |x: &Item| x.is(Class::In) || x.is(Class::Article);
        items.get(i).is_some_and(|x| !small(x))
    })?;
    items.get(date)?.is_date().then_some(date)
}

/// The end of a period that something grew or fell in, for a sum of money: "between 2005 and 2015 trade doubled to 4 million".
pub(super) fn at_end(items: &[Item], at: usize, date: Edtf) -> Edtf {
    let before = items.get(..at).unwrap_or(&[]);
    match date.end {
        Some(end) if date.interval && before.iter().any(|i| i.is(Class::Grew)) => Edtf::on(end),
        Some(_) | None => date,
    }
}

/// The year of a date of people that is the document's own day: how many there were at the time it was written.
pub(super) fn in_year_of_own(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    date: Option<Edtf>,
) -> Option<Edtf> {
    let date = date?;
    let undated = !sentence.items.iter().any(Item::is_date);
    let day = reader.written_on().filter(|_| undated);
    let own = day.is_some_and(|(day, _)| Edtf::on(day) == date);
    if own {
        Some(Edtf::in_year(date.year()?))
    } else {
        Some(date)
    }
}

/// The year of a dated statement for a sentence without a date that says how many there are, with the passage that dates it: "There are 450
/// Chadians in Peru".
pub(super) fn of_present(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<(Edtf, Evidence)> {
    let (day, span) = reader.written_on()?;
    if sentence.items.iter().any(Item::is_date) {
        return None;
    }
    let rule = reader.lexicon.rule("observation.number")?;
    let words = rule.set.get("present")?;
    let text = fold(sentence.span.of(&reader.doc.text)).into_owned();
    let text = format!(" {text} ");
    let now = words
        .split('|')
        .any(|word| text.contains(&format!(" {word} ")));
    let role = EvidenceRole::Date;
    now.then(|| (Edtf::in_year(day.year), Evidence { span, role }))
}
