//! The world → facts that cannot be as they are told: an end before a start, a mission in its own state, a visit after a death. Nothing is
//! repaired or left out; a reader is told.

use super::entities::Entities;
use super::handles::Handle;
use super::people::People;
use super::same;
use super::world::{Account, ClaimRef, Event, Fault, Impossible, Source};
use crate::fact::{Body, BodyClass, Edtf, Fact, Kind, Slot, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Ends of the ids of the rules that tell of a death, in every language.
pub(crate) const DEATH: &str = ".appointment.died";
/// Years over which nobody takes part in public life.
const LONG: i32 = 80;

/// All faults, sorted by id.
pub(crate) fn impossible(
    sources: &[&Source],
    events: &[Event],
    entities: &Entities,
    people: &People,
) -> Vec<Impossible> {
    let mut found: Vec<Impossible> = Vec::new();
    let mut acts: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        let mut add = |fault, slots: &[Slot]| found.push(told(event, fault, slots));
        for &(first, second, fault) in orders(event.fact.kind) {
            if before(event.fact.date(second), event.fact.date(first)) {
                add(fault, &[first, second]);
            }
        }
        if let Some((fault, slots)) = at_home(&event.fact) {
            add(fault, slots);
        }
        for supported in [Slot::Visitor, Slot::Person, Slot::Participants]
            .iter()
            .filter_map(|slot| event.values.get(slot))
            .flatten()
        {
            if let Some(id) = supported.entity.as_deref() {
                acts.entry(id).or_default().push(event);
            }
        }
    }
    for number in 0..people.persons.len() {
        let Some(id) = entities.id(&Handle::Person(number)) else {
            continue;
        };
        let own = acts.get(id).map_or(&[][..], Vec::as_slice);
        found.extend(after_death(sources, own));
        found.extend(outside_term(own));
        found.extend(long_life(id, own));
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

/// Whether what accounts tell of one person may come to be impossible, whatever other documents add to the dates.
pub(crate) fn may_be<'a>(
    sources: &[&Source],
    own: impl Iterator<Item = &'a Account> + Clone,
) -> bool {
    let claims = own.clone().flat_map(|account| &account.claims);
    let dies = claims.into_iter().any(|at| tells_death(sources, *at));
    let years = own
        .clone()
        .filter_map(|account| same::time(&account.fact)?.year());
    let lives = matches!((years.clone().min(), years.max()), (Some(first), Some(last)) if last - first > LONG / 2);
    let of = |kind| own.clone().any(|account| account.fact.kind == kind);
    dies || lives || (of(Kind::Visit) && of(Kind::Appointment))
}

fn tells_death(sources: &[&Source], at: ClaimRef) -> bool {
    let claim = sources
        .get(at.source)
        .and_then(|source| source.claims.get(at.claim));
    claim.is_some_and(|claim| claim.rule.ends_with(DEATH))
}

fn told(event: &Event, fault: Fault, slots: &[Slot]) -> Impossible {
    let values = slots
        .iter()
        .filter_map(|slot| event.values.get(slot)?.first());
    let claims: BTreeSet<ClaimRef> = values
        .flat_map(|value| value.claims.iter().copied())
        .collect();
    of(
        &event.id,
        fault,
        if claims.is_empty() {
            event.claims.iter().copied().collect()
        } else {
            claims
        },
    )
}

fn of(about: &str, fault: Fault, claims: BTreeSet<ClaimRef>) -> Impossible {
    Impossible {
        id: format!("impossible/{}-{}", about.replace('/', "-"), fault.name()),
        about: about.to_owned(),
        fault,
        claims: claims.into_iter().collect(),
    }
}

/// Dates of which the second cannot come before the first.
fn orders(kind: Kind) -> &'static [(Slot, Slot, Fault)] {
    match kind {
        Kind::Visit | Kind::Appointment | Kind::Membership => {
            &[(Slot::Start, Slot::End, Fault::EndBeforeStart)]
        }
        Kind::Mission => &[(Slot::Opened, Slot::Closed, Fault::EndBeforeStart)],
        Kind::Treaty => &[
            (Slot::Signed, Slot::InForce, Fault::InForceBeforeSignature),
            (Slot::Adopted, Slot::InForce, Fault::InForceBeforeSignature),
            (Slot::InForce, Slot::Ended, Fault::EndBeforeStart),
            (Slot::Signed, Slot::Ended, Fault::EndBeforeStart),
        ],
        Kind::MissionEvent | Kind::Relations | Kind::Meeting | Kind::Observation => &[],
    }
}

/// Whether a date is over before another can begin.
fn before(early: Option<&Edtf>, late: Option<&Edtf>) -> bool {
    let (Some(early), Some(late)) = (early, late) else {
        return false;
    };
    let open = early.approximate || late.approximate;
    !open && matches!((early.range().1, late.range().0), (Some(end), Some(start)) if end < start)
}

/// A mission, its head or a visit in the very state that sends.
fn at_home(fact: &Fact) -> Option<(Fault, &'static [Slot])> {
    let state = |body: Option<&Body>| {
        body.filter(|body| body.class == BodyClass::State)
            .map(|body| body.key.clone())
    };
    let lies_in = |fact: &Fact| fact.place(Slot::City).and_then(|place| place.state.clone());
    match fact.kind {
        Kind::Visit => {
            let from = state(fact.body(Slot::From))?;
            let same = state(fact.body(Slot::To)) == Some(from);
            same.then_some((Fault::VisitAtHome, &[Slot::From, Slot::To]))
        }
        Kind::Mission | Kind::MissionEvent | Kind::Appointment => {
            let sending = state(fact.body(Slot::Sending))?;
            let receiving = state(fact.body(Slot::Receiving));
            // A mission to an organisation may stand in its own state.
            let to_body = fact.has(Slot::Receiving) && receiving.is_none();
            let home = receiving.as_ref() == Some(&sending)
                || (fact.kind == Kind::Mission
                    && !to_body
                    && receiving.is_none()
                    && lies_in(fact) == Some(sending));
            home.then_some((
                Fault::MissionAtHome,
                &[Slot::Sending, Slot::Receiving, Slot::City],
            ))
        }
        Kind::Treaty | Kind::Relations | Kind::Membership | Kind::Meeting | Kind::Observation => {
            None
        }
    }
}

/// What a person did after a death that a document tells of.
fn after_death(sources: &[&Source], own: &[&Event]) -> Vec<Impossible> {
    let death = |at: &&ClaimRef| tells_death(sources, **at);
    let deaths = own
        .iter()
        .filter(|event| event.fact.kind == Kind::Appointment)
        .flat_map(|event| event.values.get(&Slot::End).into_iter().flatten())
        .filter_map(|value| {
            let at: BTreeSet<ClaimRef> = value.claims.iter().filter(death).copied().collect();
            let Value::Date(date) = &value.value else {
                return None;
            };
            (!at.is_empty()).then_some((*date, at))
        });
    let Some((died, claims)) = deaths.min_by_key(|(date, _)| date.range().1) else {
        return Vec::new();
    };
    own.iter()
        .filter(|event| acts_then(event).is_some_and(|began| before(Some(&died), Some(&began))))
        .map(|event| {
            let all = claims.iter().chain(&event.claims).copied().collect();
            of(&event.id, Fault::AfterDeath, all)
        })
        .collect()
}

/// When a person did what an event tells: a term counts from its beginning.
fn acts_then(event: &Event) -> Option<Edtf> {
    match event.fact.kind {
        Kind::Appointment => event.fact.date(Slot::Start).copied(),
        Kind::Visit | Kind::Meeting | Kind::MissionEvent => event.time(),
        Kind::Treaty | Kind::Mission | Kind::Relations | Kind::Membership | Kind::Observation => {
            None
        }
    }
}

/// Visits in an office at a time that none of the person's known terms in it covers, all of them being known from first to last day.
fn outside_term(own: &[&Event]) -> Vec<Impossible> {
    let office = |event: &Event| event.values.get(&Slot::Role)?.first()?.entity.clone();
    let mut found = Vec::new();
    for visit in own.iter().filter(|event| event.fact.kind == Kind::Visit) {
        let (Some(held), Some(time)) = (office(visit), visit.time()) else {
            continue;
        };
        let terms: Vec<&&Event> = own
            .iter()
            .filter(|event| {
                event.fact.kind == Kind::Appointment && office(event).as_ref() == Some(&held)
            })
            .collect();
        let outside = |term: &&Event| {
            let (start, end) = (term.fact.date(Slot::Start), term.fact.date(Slot::End));
            start.is_some()
                && end.is_some()
                && (before(Some(&time), start) || before(end, Some(&time)))
        };
        if !terms.is_empty() && terms.iter().all(|term| outside(term)) {
            let claims = terms
                .iter()
                .flat_map(|term| &term.claims)
                .chain(&visit.claims);
            found.push(of(&visit.id, Fault::OutsideTerm, claims.copied().collect()));
        }
    }
    found
}

/// A person who is told to have acted over more years than anybody does.
fn long_life(id: &str, own: &[&Event]) -> Option<Impossible> {
    let dated = |event: &&&Event| Some((acts_then(event)?.year()?, event.id.clone()));
    let first = own
        .iter()
        .filter(|event| dated(event).is_some())
        .min_by_key(dated)?;
    let last = own
        .iter()
        .filter(|event| dated(event).is_some())
        .max_by_key(dated)?;
    let (from, to) = (acts_then(first)?.year()?, acts_then(last)?.year()?);
    let claims = first.claims.iter().chain(&last.claims).copied().collect();
    (to - from > LONG).then(|| of(id, Fault::LongLife, claims))
}
