//! What a document dates after its own day is to come: it is planned, whatever the words ("Visit of X (23–24 June)" in a statement of the 19th).

use super::items::ItemKind;
use super::reader::Reader;
use crate::fact::{Claim, Day, Edtf, Modality, Slot, Value};
use crate::language::Class;

/// The slots of a claim that tell when it begins.
const BEGINS: [Slot; 5] = [
    Slot::Start,
    Slot::Date,
    Slot::Signed,
    Slot::Opened,
    Slot::InForce,
];

/// Whether a day, month or year begins after a full day.
fn after(date: Day, own: Day) -> bool {
    let begins = (date.month.or(Some(1)), date.day.or(Some(1)));
    (date.year, begins) > (own.year, (own.month, own.day))
}

/// "Will travel on Thursday": the weekday that is still to come, not the one that is over.
fn weekday_ahead(reader: &Reader<'_>, claim: &mut Claim, own: Day) {
    let Some(sentence) = reader.sentence_at(claim.statement().start) else {
        return;
    };
    for slot in BEGINS {
        let Some(date) = claim.fact.date(slot).copied() else {
            continue;
        };
        let weekday = sentence.items.iter().any(|i| {
            let words = i.span.of(&reader.doc.text);
            matches!(&i.kind, ItemKind::Date(found) if found.date == Some(date))
                && !words.contains(|c: char| c.is_ascii_digit())
                && words
                    .split(' ')
                    .any(|w| reader.lexicon.has_class(w, Class::Weekday))
        });
        let next = date.start.and_then(|day| day.plus_days(7));
        if let Some(next) =
            next.filter(|next| weekday && after(*next, own) && !after_day(date, own))
        {
            claim.fact.set(slot, Value::Date(Edtf::on(next)));
        }
    }
}

fn after_day(date: Edtf, own: Day) -> bool {
    date.start.is_some_and(|first| after(first, own))
}

/// Makes claims that begin after the document's own day planned ones.
pub(super) fn ahead(reader: &Reader<'_>, claims: &mut [Claim]) {
    let Some((own, _)) = reader.day.filter(|(own, _)| own.day.is_some()) else {
        return;
    };
    for claim in claims
        .iter_mut()
        .filter(|c| c.modality == Modality::Planned)
    {
        weekday_ahead(reader, claim, own);
    }
    for claim in claims
        .iter_mut()
        .filter(|c| c.modality == Modality::Asserted)
    {
        let dates = BEGINS.iter().filter_map(|slot| claim.fact.date(*slot));
        let mut firsts = dates.filter_map(|date| date.start);
        if firsts.next().is_some_and(|first| after(first, own)) {
            claim.modality = Modality::Planned;
        }
    }
}
