//! Where a meeting was that no words of its own place: in the city of the visit told last before it in the paragraph, of one who takes part.

use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Senses};
use crate::text::Span;

/// The sense of words for speaking from afar.
const AFAR: &str = "telephone";

/// How many sentences after a visit a meeting is still where it led.
const REACH: usize = 5;

/// A visit as it is told: in which sentence, by whom, when and where to.
struct Stay {
    at: usize,
    visitor: Value,
    days: Option<Edtf>,
    city: Option<Value>,
    statement: Span,
}

/// How many blocks at the head of a statement may say where it was made.
const DATELINES: usize = 2;

/// The city of an entry that begins with it and its days ("Lima, 24-26 March. Official visit. The president received …"), as the first lines of a
/// statement do that say where it was made.
pub(super) fn of_entry(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<usize> {
    let first = reader.sentences_of(sentence.block).first()?;
    let [place, comma, day, stop, ..] = first.items.as_slice() else {
        return None;
    };
    let headed = comma.sign(',') && stop.sign('.') && day.is_date() && sentence.block > DATELINES;
    place.city().filter(|_| headed)
}

/// Gives meetings without a place the city of the visit told last before them.
pub(in crate::extract) fn scenes(reader: &Reader<'_>, claims: &mut [Claim]) {
    let stay = |claim: &Claim| {
        let fact = &claim.fact;
        (fact.kind == Kind::Visit && claim.holds()).then_some(())?;
        Some(Stay {
            at: reader.sentence_index(claim.statement().start)?,
            visitor: fact.get(Slot::Visitor)?.clone(),
            days: fact.days(),
            city: fact.get(Slot::City).cloned(),
            statement: claim.statement(),
        })
    };
    let mut stays: Vec<Stay> = claims.iter().filter_map(stay).collect();
    stays.sort_by_key(|s| s.at);
    let of = Senses::embedded(reader.doc.lang);
    for claim in claims.iter_mut() {
        let open = claim.fact.kind == Kind::Meeting && !claim.fact.has(Slot::Place);
        let index = reader.sentence_index(claim.statement().start);
        let Some(index) = index.filter(|_| open && claim.holds()) else {
            continue;
        };
        let Some(sentence) = reader.sentences.get(index) else {
            continue;
        };
        let afar = |item: &Item<'_>| of.of(&item.folded).contains(&AFAR);
        if sentence.items.iter().any(afar) {
            continue;
        }
        let all = claim.fact.all(Slot::Participants);
        let before = stays.partition_point(|s| s.at <= index);
        let mut near = stays.get(..before).unwrap_or(&[]).iter().rev();
        let last = near.find(|s| all.contains(&s.visitor));
        let here = last.filter(|s| {
            let block = reader.sentences.get(s.at).map(|x| x.block);
            let told = block == Some(sentence.block) && s.at + REACH >= index;
            let date = claim.fact.date(Slot::Date);
            let day = date.is_none_or(|d| s.days.is_none_or(|days| during(&days, d)));
            told && day && !elsewhere(reader, s, index, sentence)
        });
        let Some((city, statement)) = here.and_then(|s| Some((s.city.clone()?, s.statement)))
        else {
            continue;
        };
        claim.fact.set(Slot::Place, city);
        let evidence = Evidence {
            span: statement,
            role: EvidenceRole::Context,
        };
        if claim.statement() != statement && !claim.evidence.contains(&evidence) {
            claim.evidence.push(evidence);
        }
    }
}

/// How many days after somebody came a meeting is still where he came to, of whom the text does not say when he left.
const STAY: i64 = 6;

/// Whether a day can be one of a visit: of its days, or soon after the only one that is told.
fn during(days: &Edtf, date: &Edtf) -> bool {
    let last = days.start.filter(|_| !days.interval);
    let last = last.and_then(|d| d.plus_days(STAY));
    let soon = days.start.zip(last).zip(date.start);
    days.compatible(date)
        || soon.is_some_and(|((first, last), day)| {
            first.day.is_some() && day.day.is_some() && first < day && day <= last
        })
}

/// Whether a sentence between a visit and a meeting, or that of the meeting, names another city or state in which something is.
fn elsewhere(reader: &Reader<'_>, stay: &Stay, index: usize, sentence: &Sentence<'_>) -> bool {
    let other = |item: &Item<'_>| {
        let led = item.has_prep(Class::In) || item.has_prep(Class::To);
        let city = item.city().and_then(|c| reader.city_value(c));
        let named = city.is_some() && city != stay.city;
        led && (named
            || item
                .named_body()
                .is_some_and(|b| !reader.is_organisation(b)))
    };
    let between = reader.sentences.get(stay.at + 1..index).unwrap_or(&[]);
    let here = Some(sentence).filter(|_| stay.at != index);
    between.iter().chain(here).flat_map(|s| &s.items).any(other)
}
