//! When and where a meeting was that says neither: with the visit that it is told with.

use crate::extract::reader::Reader;
use crate::extract::settle::lies_in;
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};

/// How many sentences after a visit a meeting is still told of it; and in a statement that gives its own day.
pub(super) const REACH: usize = 3;
pub(super) const STATEMENT: usize = 12;

/// The last visit of one who takes part in a meeting, among those told shortly before.
pub(super) fn visit<'t>(
    reader: &Reader<'_>,
    index: usize,
    claim: &Claim,
    earlier: &'t Told,
    reach: usize,
) -> Option<&'t Claim> {
    earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, reach))
        .find(|c| {
            // "received in Lima": during no visit elsewhere.
            let place = claim.fact.get(Slot::Place).zip(c.fact.get(Slot::To));
            place.is_none_or(|(place, to)| lies_in(reader, place, to))
                && c.fact.has(Slot::Start)
                && c.modality == claim.modality
                && c.polarity == claim.polarity
                && c.fact
                    .get(Slot::Visitor)
                    .is_some_and(|v| claim.fact.all(Slot::Participants).contains(v))
        })
}

/// A meeting without a day of its own, told with the visit of one who takes part or in the three sentences after it, lies within the
/// days of that visit; told right with it or after it, also in its city.
pub(super) fn during(
    reader: &Reader<'_>,
    index: usize,
    claim: &mut Claim,
    earlier: &Told,
    reach: usize,
) {
    let visit = visit(reader, index, claim, earlier, reach);
    let Some(visit) = visit else { return };
    let told = visit.statement();
    let Some(near) = reader.sentence_index(told.start) else {
        return;
    };
    let Some(days) = visit.fact.days() else {
        return;
    };
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let city = visit.fact.get(Slot::City).filter(|_| {
        !claim.fact.has(Slot::Place) && near + 1 >= index && block(near) == block(index)
    });
    if let Some(city) = city {
        claim.fact.set(Slot::Place, city.clone());
    }
    claim.fact.set(Slot::Date, Value::Date(days));
    let evidence = Evidence {
        span: told,
        role: EvidenceRole::Date,
    };
    if near != index && !claim.evidence.contains(&evidence) {
        claim.evidence.push(evidence);
    }
}

/// "1934 — Visit of X to Lima on 5 July. He met Y": a meeting of whose date only the year or month of its entry is known lies within the days of
/// the visit of one who takes part that the entry tells.
pub(super) fn finer(reader: &Reader<'_>, index: usize, claim: &mut Claim, earlier: &Told) -> bool {
    let Some(own) = claim.fact.date(Slot::Date).copied() else {
        return false;
    };
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let within = |visit: &Claim| {
        let told = reader.sentence_index(visit.statement().start)?;
        let start = *visit.fact.date(Slot::Start)?;
        let (first, date) = (start.start?, own.start?);
        let same = first.year == date.year && (date.month.is_none() || date.month == first.month);
        let finer = start.precision() > own.precision() && block(told) == block(index);
        (same && finer && !own.interval).then_some(())
    };
    let fits = visit(reader, index, claim, earlier, REACH).and_then(within);
    if fits.is_some() {
        during(reader, index, claim, earlier, REACH);
    }
    fits.is_some()
}
