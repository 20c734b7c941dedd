//! When a treaty was signed of which the sentence gives no date: the day just told, or the visit or meeting at which it was.

use super::Scene;
use crate::extract::items::ItemKind;
use crate::extract::reader::Sentence;
use crate::fact::{
    Claim, Day, Edtf, Evidence, EvidenceRole, Kind, Modality, Polarity, Slot, Value,
};
use crate::language::Class;
use crate::text::Span;

/// How many sentences back the visit or meeting may be told, in the same block.
const REACH: usize = 4;
/// How many in a text without sections.
const FAR: usize = 9;
/// How many claims back it is looked for.
const CLAIMS: usize = 12;

/// The date of the occasion that a sentence on a signing belongs to, with the passages that tell it.
pub(super) fn occasion(
    scene: &Scene<'_>,
    sentence: &Sentence<'_>,
) -> Option<(Edtf, Vec<Evidence>)> {
    let reader = scene.reader;
    let index = reader.sentence_index(sentence.span.start)?;
    if long_past(scene, sentence) {
        return None;
    }
    if let Some((day, span)) = reader.day_told(index) {
        return Some((day, vec![telling(span)]));
    }
    // A press statement has a title, and no headings.
    let plain = reader.block(sentence)?.under.len() < 2;
    let told: Vec<(usize, Edtf, &Claim)> = scene
        .earlier
        .last_of_any([Kind::Visit, Kind::Meeting])
        .take(CLAIMS)
        .filter(|c| c.modality == Modality::Asserted && c.polarity == Polarity::Affirmed)
        .filter_map(|c| {
            let place = reader.sentence_index(c.statement().start)?;
            let date = when(c).filter(|d| reader.is_news(d))?;
            Some((place, date, c))
        })
        .collect();
    let reach = if plain { FAR } else { REACH };
    let mut later = None;
    for place in (index.saturating_sub(reach)..index).rev() {
        let there = reader.sentences.get(place)?;
        if !plain && there.block != sentence.block {
            break;
        }
        let last = told.iter().filter(|(at, ..)| *at == place);
        if let Some((_, date, claim)) = last.max_by_key(|(_, date, _)| date.start) {
            // What was told since of a later time is of another occasion.
            return (later <= date.year()).then(|| (*date, passages(claim)));
        }
        let years = there.items.iter().filter_map(|i| {
            if let ItemKind::Date(found) = &i.kind {
                found.date?.year()
            } else {
                None
            }
        });
        later = later.max(years.max());
    }
    // A statement that tells of one visit alone.
    let mut visits = scene.earlier.last_of(Kind::Visit).take(CLAIMS);
    let first = visits.next()?;
    let date = when(first).filter(|d| reader.is_news(d))?;
    let alone = plain && visits.all(|v| when(v).is_none_or(|d| d == date));
    alone.then(|| (date, passages(first)))
}

fn telling(span: Span) -> Evidence {
    let role = EvidenceRole::Date;
    Evidence { span, role }
}

/// Where a visit or meeting is told, and the passages that its date is taken from.
fn passages(claim: &Claim) -> Vec<Evidence> {
    let dated = claim.evidence.iter();
    let dated = dated.filter(|e| e.role == EvidenceRole::Date).copied();
    std::iter::once(telling(claim.statement()))
        .chain(dated)
        .collect()
}

/// The date of a visit or meeting; of one of several days what they share.
fn when(claim: &Claim) -> Option<Edtf> {
    let date = |slot: Slot| match claim.fact.get(slot) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    };
    let start = date(Slot::Start).or_else(|| date(Slot::Date))?;
    let last = date(Slot::End).unwrap_or(start);
    let (first, last) = (start.start?, last.end.or(last.start)?);
    common(first, last).map(Edtf::on)
}

/// What the days of an interval share: the month, the year.
pub(in crate::extract) fn shared(date: Edtf) -> Option<Edtf> {
    common(date.start?, date.end?).map(Edtf::on)
}

/// The day, month or year that two points share.
fn common(first: Day, last: Day) -> Option<Day> {
    let month = first.month.filter(|m| last.month == Some(*m));
    (first.year == last.year).then(|| Day {
        year: first.year,
        month,
        day: first
            .day
            .filter(|d| month.is_some() && last.day == Some(*d)),
    })
}

/// "had signed": before the occasion.
fn long_past(scene: &Scene<'_>, sentence: &Sentence<'_>) -> bool {
    let reader = scene.reader;
    scene.frame.is_some_and(|frame| {
        (frame.at.saturating_sub(3)..=frame.at)
            .filter_map(|i| sentence.items.get(i))
            .filter(|i| !i.is_np())
            .any(|i| {
                let words = i.span.of(&reader.doc.text);
                reader.lexicon.has_class(words, Class::Pluperfect)
            })
    })
}
