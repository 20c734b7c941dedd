//! The city from which a mission covers another state, and the claim that it does.

use super::places::{Placed, base};
use crate::extract::items::{MissionNp, OfficeNp};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Claim, Evidence, Slot};
use crate::language::Rule;

/// The city of a mission, else the capital of the state where it stands.
pub(super) fn of_mission(reader: &Reader<'_>, np: &MissionNp) -> Option<usize> {
    let city = np.cities.first().map(|c| c.0);
    city.or_else(|| reader.capital_of(np.receiving?))
}

/// The city of an office, else the capital of the state to which its holder is sent.
pub(super) fn of_office(reader: &Reader<'_>, office: &OfficeNp) -> Option<usize> {
    office.city.or_else(|| reader.capital_of(office.to?))
}

/// The claim of a mission that covers a state since a date, or `until` it.
pub(super) fn told(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    placed: &Placed,
    dated: Dated,
    until: bool,
    further: impl IntoIterator<Item = Evidence>,
) -> Claim {
    let mut fact = base(reader, placed);
    let first = if until { Slot::Closed } else { Slot::Opened };
    dated.put_range(&mut fact, first, Slot::Closed);
    let mut evidence = dated.evidence;
    evidence.extend(further);
    reader.claim(fact, rule, sentence, None, evidence, dated.flags)
}
