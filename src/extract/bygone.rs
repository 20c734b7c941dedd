//! States that were no more when something was: "visited Texas in May 2010" was a visit to the state that has its land.

use super::reader::Reader;
use crate::fact::{Claim, Value};

/// How many years after its end a state is still meant by its name, as by the last who serve it abroad.
const LINGERS: i32 = 2;

/// Puts the state that followed in the place of a historical one wherever a claim's first year is well behind its end.
pub(super) fn bygone(reader: &Reader<'_>, claims: &mut [Claim]) {
    for claim in claims {
        let years = claim.fact.dates().filter_map(|date| date.year());
        let Some(year) = years.min() else {
            continue;
        };
        for values in claim.fact.slots.values_mut() {
            for value in values.iter_mut() {
                if let Some(state) = followed_by(reader, value, year) {
                    *value = state;
                }
            }
            values.dedup();
        }
    }
}

/// The state that had followed a historical one by a year.
fn followed_by(reader: &Reader<'_>, value: &Value, year: i32) -> Option<Value> {
    let bodies = reader.gazetteer.bodies();
    let body = bodies.get(reader.body_of(value)?)?;
    let over = body.kind == "historical" && year > body.until? + LINGERS;
    let next = body.of.as_ref().filter(|_| over)?;
    reader.body_value(reader.gazetteer.body_index(next)?)
}
