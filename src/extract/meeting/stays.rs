//! "The king received him in Lima", told far from his only visit there: a meeting that says no day lies within the days of that visit.

use crate::extract::reader::Reader;
use crate::extract::settle::lies_in;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::text::Span;

/// Gives meetings without a day the days of the one visit during which they can have been, wherever in the document it is told.
pub(in crate::extract) fn stays(reader: &Reader<'_>, claims: &mut [Claim]) {
    let visits: Vec<&Claim> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Visit && c.holds() && c.fact.has(Slot::Start))
        .collect();
    let undated = |c: &Claim| c.fact.kind == Kind::Meeting && c.holds() && !c.fact.has(Slot::Date);
    let found: Vec<(usize, Edtf, Span)> = claims
        .iter()
        .enumerate()
        .filter(|(_, c)| undated(c))
        .filter_map(|(number, c)| {
            let visit = only(reader, &visits, &c.fact)?;
            Some((number, visit.fact.days()?, visit.statement()))
        })
        .collect();
    for (number, days, span) in found {
        if let Some(claim) = claims.get_mut(number) {
            claim.fact.set(Slot::Date, Value::Date(days));
            claim.evidence.push(Evidence {
                span,
                role: EvidenceRole::Date,
            });
        }
    }
}

/// The one visit of somebody who takes part to the state where the others are; told more than once, the finest.
fn only<'c>(reader: &Reader<'_>, visits: &[&'c Claim], meeting: &Fact) -> Option<&'c Claim> {
    let all = meeting.all(Slot::Participants);
    (all.len() > 1).then_some(())?;
    let fits = |visit: &&Claim| {
        let fact = &visit.fact;
        let Some((visitor, to)) = fact.get(Slot::Visitor).zip(fact.get(Slot::To)) else {
            return false;
        };
        let host = || match meeting.get(Slot::Place) {
            Some(place) => lies_in(reader, place, to),
            None => {
                let mut others = all.iter().filter(|p| *p != visitor);
                others.any(|p| at_home(reader, p, to))
            }
        };
        all.contains(visitor) && host()
    };
    let mut found = visits.iter().copied().filter(fits);
    let first = found.next()?;
    found.try_fold(first, |known, other| {
        let (own, start) = (known.fact.date(Slot::Start)?, other.fact.date(Slot::Start)?);
        let finer = start.precision() > own.precision();
        let same = own.compatible(start);
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
