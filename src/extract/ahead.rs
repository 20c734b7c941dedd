//! What a document dates after its own day is to come: it is planned, whatever the words ("Visit of X (23–24 June)" in a statement of the 19th).

use super::reader::Reader;
use crate::fact::{Claim, Day, Modality, Slot};

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

/// Makes claims that begin after the document's own day planned ones.
pub(super) fn ahead(reader: &Reader<'_>, claims: &mut [Claim]) {
    let Some((own, _)) = reader.day.filter(|(own, _)| own.day.is_some()) else {
        return;
    };
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
