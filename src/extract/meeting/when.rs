//! When and where a meeting was that says neither: with the visit that it is told with.

use crate::extract::reader::Reader;
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot, Value};

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
            c.fact.has(Slot::Start)
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
    let end = visit.fact.date(Slot::End).and_then(|d| d.start);
    let Some(start) = visit.fact.date(Slot::Start) else {
        return;
    };
    let days = match (start.start, end) {
        (Some(first), Some(last)) if last != first => Edtf::between(first, last),
        _ => *start,
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
