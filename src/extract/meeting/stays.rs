//! "The king received him in Lima", told far from his only visit there: a meeting that says no day lies within the days of that visit.

use crate::extract::reader::Reader;
use crate::extract::settle::lies_in;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::text::Span;

/// A visit with its first day and where it is told.
struct Stay {
    fact: Fact,
    start: Edtf,
    told: Span,
}

/// Gives meetings without a day the days of the one visit during which they can have been, wherever in the document it is told.
pub(in crate::extract) fn stays(reader: &Reader<'_>, claims: &mut [Claim]) {
    let stays: Vec<Stay> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Visit && c.holds())
        .filter_map(|c| {
            Some(Stay {
                fact: c.fact.clone(),
                start: *c.fact.date(Slot::Start)?,
                told: c.statement(),
            })
        })
        .collect();
    for claim in claims.iter_mut() {
        let undated = claim.fact.kind == Kind::Meeting && !claim.fact.has(Slot::Date);
        if !undated || !claim.holds() {
            continue;
        }
        let Some(stay) = only(reader, &stays, &claim.fact) else {
            continue;
        };
        let end = stay.fact.date(Slot::End).and_then(|d| d.start);
        let days = match (stay.start.start, end) {
            (Some(first), Some(last)) if last != first => Edtf::between(first, last),
            _ => stay.start,
        };
        claim.fact.set(Slot::Date, Value::Date(days));
        claim.evidence.push(Evidence {
            span: stay.told,
            role: EvidenceRole::Date,
        });
    }
}

/// The one visit of somebody who takes part to the state where the others are; told more than once, the finest.
fn only<'s>(reader: &Reader<'_>, stays: &'s [Stay], meeting: &Fact) -> Option<&'s Stay> {
    let all = meeting.all(Slot::Participants);
    (all.len() > 1).then_some(())?;
    let fits = |stay: &&Stay| {
        let Some((visitor, to)) = stay.fact.get(Slot::Visitor).zip(stay.fact.get(Slot::To)) else {
            return false;
        };
        let host = match meeting.get(Slot::Place) {
            Some(place) => lies_in(reader, place, to),
            None => {
                let mut others = all.iter().filter(|p| *p != visitor);
                others.any(|p| at_home(reader, p, to))
            }
        };
        host && all.contains(visitor)
    };
    let mut found = stays.iter().filter(fits);
    let first = found.next()?;
    found.try_fold(first, |known, other| {
        let same = known.start.compatible(&other.start);
        let finer = other.start.precision() > known.start.precision();
        same.then_some(if finer { other } else { known })
    })
}

/// Whether somebody holds an office of a state.
fn at_home(reader: &Reader<'_>, who: &Value, state: &Value) -> bool {
    let Value::Person(person) = who else {
        return false;
    };
    let known = reader.people.find(&person.name);
    let known = known.and_then(|p| reader.people.known.get(p));
    let body = reader.body_of(state);
    known.zip(body).is_some_and(|(known, body)| {
        let held = known.offices.iter().filter_map(|o| o.of);
        let mut states = held.chain(known.leads);
        states.any(|of| reader.same_state(of, body))
    })
}
