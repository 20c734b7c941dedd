//! Claims → claims whose passages tell every part of their dates: what a date without a year was completed from, and where a date stands that a
//! claim has from the words around it.

use super::items::{Item, ItemKind};
use super::marks::dated;
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Value};
use crate::text::Span;

/// How often a date may be completed from another one ("on the 9th" ← "October" ← "2022").
const STEPS: usize = 24;

/// How many sentences back, and then on, a date is looked for that no passage of its claim gives.
const REACH: usize = 400;

/// What numbers of four digits may be years.
const YEARS: std::ops::Range<u16> = 1000..2200;

/// How well a date in the text gives that of a claim, at worst: it is the same, or an end of an interval.
const GIVEN: u8 = 1;
/// One lies within the other.
const NEAR: u8 = 2;

/// Cites what the dates of claims rest on.
pub(super) fn cite(reader: &Reader<'_>, claims: &mut [Claim]) {
    for claim in claims {
        cite_dates(reader, claim);
        // A day or month whose year stands nowhere in the text is none that the text tells.
        let day = |date: &Edtf| date.start.is_some_and(|day| day.month.is_some());
        if claim.fact.dates().any(day) && !tells_year(reader, claim) {
            for values in claim.fact.slots.values_mut() {
                values.retain(|value| !matches!(value, Value::Date(_)));
            }
            claim.fact.slots.retain(|_, values| !values.is_empty());
        }
    }
}

/// Cites what the dates of a claim rest on.
fn cite_dates(reader: &Reader<'_>, claim: &mut Claim) {
    let dates: Vec<Edtf> = claim.fact.dates().copied().collect();
    // What a bulletin tells of its month rests on the line that names the month.
    if let Some((month, span)) = reader.day.filter(|(own, _)| own.day.is_none())
        && dates.iter().any(|d| d.year() == Some(month.year))
        && !claim.evidence.iter().any(|e| e.span.contains(span))
    {
        claim.evidence.push(Evidence {
            span,
            role: EvidenceRole::Date,
        });
    }
    for date in dates {
        let given = cited(reader, claim, &date, GIVEN);
        let before = if given.is_none() {
            earlier(reader, claim, &date)
        } else {
            None
        };
        let nowhere = given.is_none() && before.is_none();
        let mut from = given
            .or(before.map(Some))
            .or_else(|| cited(reader, claim, &date, NEAR))
            .or_else(|| beside(reader, claim, &date).map(Some))
            .flatten();
        // "el 3 de mayo" ← "mayo" ← "mayo" ← "mayo de 2019": what was said before is cited once.
        let mut told: Vec<&str> = Vec::new();
        for _ in 0..STEPS {
            let Some(span) = from.take() else { break };
            from = completed(reader, span);
            let words = reader.doc.words(span);
            if told.contains(&words) && from.is_some() {
                continue;
            }
            told.push(words);
            if !claim.evidence.iter().any(|e| e.span.contains(span)) {
                claim.evidence.push(Evidence {
                    span,
                    role: EvidenceRole::Date,
                });
            }
        }
        let month = date.start.is_some_and(|day| day.month.is_some());
        if month
            && nowhere
            && cited(reader, claim, &date, GIVEN).is_none()
            && let Some(span) = ahead(reader, claim, &date)
        {
            claim.evidence.push(Evidence {
                span,
                role: EvidenceRole::Date,
            });
        }
        if let Some(span) = date.year().and_then(|year| untold(reader, claim, year)) {
            claim.evidence.push(Evidence {
                span,
                role: EvidenceRole::Date,
            });
        }
    }
}

/// A date that is written with this year, where no passage of the claim has any year though the document has: the nearest before, else the first behind.
fn untold(reader: &Reader<'_>, claim: &Claim, year: i32) -> Option<Span> {
    let of_year = |item: &Item| {
        let ItemKind::Date(found) = &item.kind else {
            return None;
        };
        let date = found.date.filter(|_| found.from.is_none())?;
        let ends = [date.start, date.end].into_iter().flatten();
        ends.map(|day| day.year)
            .any(|y| y == year)
            .then_some(item.span)
    };
    // "Seven years later" counts from a year, whichever.
    if tells_year(reader, claim) {
        return None;
    }
    let start = claim.statement().start;
    let at = reader.sentences.partition_point(|s| s.span.start <= start);
    let (before, behind) = reader.sentences.split_at_checked(at)?;
    let mut near = before.iter().rev().chain(behind);
    near.find_map(|s| s.items.iter().rev().find_map(of_year))
}

/// Whether a passage of a claim has a year in figures.
fn tells_year(reader: &Reader<'_>, claim: &Claim) -> bool {
    claim.evidence.iter().any(|evidence| {
        let words = evidence.span.of(&reader.doc.text);
        let mut runs = words.split(|c: char| !c.is_ascii_digit());
        runs.any(|run| run.len() == 4 && run.parse().is_ok_and(|n| YEARS.contains(&n)))
    })
}

/// The dates of a sentence that give a date so well, each with what it was completed from.
fn giving<'r>(
    sentence: &'r Sentence,
    date: &Edtf,
    well: u8,
) -> impl DoubleEndedIterator<Item = (Span, Option<Span>)> + use<'r> {
    let date = *date;
    sentence.items.iter().filter_map(move |item: &Item| {
        if let ItemKind::Date(found) = &item.kind
            && dated(found.date.as_ref()?, &date)? <= well
        {
            Some((found.span, found.from))
        } else {
            None
        }
    })
}

/// What the date in the claim's passages that gives this date was completed from; `None` where none gives it.
fn cited(reader: &Reader<'_>, claim: &Claim, date: &Edtf, well: u8) -> Option<Option<Span>> {
    claim.evidence.iter().find_map(|evidence| {
        let first = reader
            .sentences
            .partition_point(|s| s.span.end <= evidence.span.start);
        let rest = reader.sentences.get(first..)?.iter();
        rest.take_while(|s| s.span.start < evidence.span.end)
            .flat_map(|s| giving(s, date, well))
            .find(|(span, _)| evidence.span.overlaps(*span))
            .map(|(_, from)| from)
    })
}

/// What a date of the year in the claim's sentence was completed from, for a date that no words give alone ("on the 15th in A, from the 17th to the
/// 20th in B").
fn beside(reader: &Reader<'_>, claim: &Claim, date: &Edtf) -> Option<Span> {
    let sentence = reader.sentence_at(claim.statement().start)?;
    sentence.items.iter().find_map(|item| {
        let ItemKind::Date(found) = &item.kind else {
            return None;
        };
        found
            .from
            .filter(|_| found.date.and_then(|d| d.year()) == date.year())
    })
}

/// Where this date stands that the claim's passages do not tell: in the key of its entry, else the nearest before it in the document.
fn earlier(reader: &Reader<'_>, claim: &Claim, date: &Edtf) -> Option<Span> {
    let after = reader
        .sentences
        .partition_point(|s| s.span.start < claim.statement().start);
    let sentence = reader.sentence_at(claim.statement().start);
    let keyed = sentence.and_then(|s| {
        let (whole, _) = reader.keyed(s)?;
        giving(&whole, date, GIVEN).next()?;
        reader.block(s)?.key
    });
    let told = || {
        let before = reader.sentences.get(..after)?.iter().rev().take(REACH);
        let found = before.flat_map(|s| giving(s, date, GIVEN).rev()).next();
        found.map(|(span, _)| span)
    };
    keyed.or_else(told)
}

/// Where a date stands that neither the claim's passages tell nor what is before them: the nearest behind.
fn ahead(reader: &Reader<'_>, claim: &Claim, date: &Edtf) -> Option<Span> {
    let start = claim.statement().start;
    let first = reader.sentences.partition_point(|s| s.span.start <= start);
    let mut behind = reader.sentences.get(first..)?.iter().take(REACH);
    behind.find_map(|s| giving(s, date, GIVEN).next().map(|(span, _)| span))
}

/// What the date at a span was completed from.
fn completed(reader: &Reader<'_>, span: Span) -> Option<Span> {
    let items = &reader.sentence_at(span.start)?.items;
    items.iter().find_map(|item| {
        if let ItemKind::Date(found) = &item.kind
            && found.span == span
        {
            found.from
        } else {
            None
        }
    })
}
