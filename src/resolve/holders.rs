//! Offices without a name ("his Peruvian counterpart") → who held them, where the graph itself says who held the office on that day.
//!
//! It says so by a term that covers the day, or by acts in the office before and after it with nobody else in it between. Where it names two,
//! or nobody, the office stays without a name.

use super::world::{ClaimRef, Event, Holder};
use crate::fact::{Edtf, Kind, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// Years within which acts before and after a day show that an office was held throughout.
const THROUGHOUT: i32 = 6;

type Day = (i32, u8, u8);

/// What one event tells of a person's holding an office: at least from the first of the days to the second, if both are known.
#[derive(Clone, Debug)]
struct Holding<'e> {
    person: &'e str,
    event: &'e Event,
    /// By then it was held.
    from: Option<Day>,
    /// Until then it was held.
    to: Option<Day>,
}

/// Holders for the events that give an office without a name, sorted by id.
pub(crate) fn holders(events: &[Event]) -> Vec<Holder> {
    let mut held: BTreeMap<&str, Vec<Holding<'_>>> = BTreeMap::new();
    for event in events {
        if let Some((office, holding)) = holding(event) {
            held.entry(office).or_default().push(holding);
        }
    }
    let mut found = Vec::new();
    for event in events {
        let Some(days) = event.time().and_then(|time| days(&time)) else {
            continue;
        };
        for (slot, office) in open_offices(event) {
            let known = held.get(office).map_or(&[][..], Vec::as_slice);
            if let Some((person, because)) = holder(known, days, event) {
                let claims: BTreeSet<ClaimRef> = because
                    .iter()
                    .flat_map(|event| event.claims.iter().copied())
                    .collect();
                let name = office.rsplit('/').next().unwrap_or(office);
                let mut because: Vec<String> =
                    because.iter().map(|event| event.id.clone()).collect();
                because.sort();
                because.dedup();
                found.push(Holder {
                    id: format!("holder/{}/{name}", event.id.replace('/', "-")),
                    event: event.id.clone(),
                    slot,
                    office: office.to_owned(),
                    person: person.to_owned(),
                    because,
                    claims: claims.into_iter().collect(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

fn days(date: &Edtf) -> Option<(Day, Day)> {
    match (date.approximate, date.range()) {
        (false, (Some(first), Some(last))) => Some((first, last)),
        _ => None,
    }
}

/// The office and the holder that an event tells of.
fn holding(event: &Event) -> Option<(&str, Holding<'_>)> {
    let entity = |slot| event.values.get(&slot)?.first()?.entity.as_deref();
    let (person, from, to) = match event.fact.kind {
        Kind::Appointment => {
            let day = |slot| event.fact.date(slot).and_then(days);
            let (start, end) = (day(Slot::Start), day(Slot::End));
            (
                Slot::Person,
                start.map(|days| days.1),
                end.map(|days| days.0),
            )
        }
        Kind::Visit => {
            let (first, last) = event.time().as_ref().and_then(days)?;
            // Of a visit in some month or year, the day is not known.
            let (from, to) = if event.time()?.precision() >= 3 {
                (first, last)
            } else {
                (last, first)
            };
            (Slot::Visitor, Some(from), Some(to))
        }
        Kind::Treaty
        | Kind::Mission
        | Kind::MissionEvent
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => {
            return None;
        }
    };
    let holding = Holding {
        person: entity(person)?,
        event,
        from,
        to,
    };
    Some((entity(Slot::Role)?, holding))
}

/// The offices of an event whose holders it does not name.
fn open_offices(event: &Event) -> Vec<(Slot, &str)> {
    let slot = match event.fact.kind {
        Kind::Meeting => Slot::Roles,
        Kind::Visit if !event.fact.has(Slot::Visitor) => Slot::Role,
        Kind::Visit
        | Kind::Treaty
        | Kind::Mission
        | Kind::MissionEvent
        | Kind::Appointment
        | Kind::Relations
        | Kind::Membership
        | Kind::Observation => {
            return Vec::new();
        }
    };
    let values = event.values.get(&slot).map_or(&[][..], Vec::as_slice);
    values
        .iter()
        .filter_map(|value| Some((slot, value.entity.as_deref()?)))
        .collect()
}

/// Who held an office on the days of an event, and the events that say so.
fn holder<'e>(
    known: &[Holding<'e>],
    (first, last): (Day, Day),
    event: &Event,
) -> Option<(&'e str, Vec<&'e Event>)> {
    let taking_part: Vec<&str> = event
        .values
        .get(&Slot::Participants)
        .into_iter()
        .flatten()
        .filter_map(|value| value.entity.as_deref())
        .collect();
    let mut found: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for holding in known {
        let covers = matches!((holding.from, holding.to), (Some(from), Some(to)) if from <= first && last <= to);
        if covers {
            found.entry(holding.person).or_default().push(holding.event);
        }
    }
    if found.is_empty() {
        // The last that the office is told of before, and the first after.
        let before = known
            .iter()
            .filter_map(|holding| {
                Some((
                    holding.from.max(holding.to.filter(|to| *to <= first))?,
                    holding,
                ))
            })
            .filter(|(day, _)| *day <= first)
            .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.event.id.cmp(&x.event.id)));
        let after = known
            .iter()
            .filter_map(|holding| {
                Some((
                    holding.from.filter(|from| *from >= last).or(holding.to)?,
                    holding,
                ))
            })
            .filter(|(day, _)| *day >= last)
            .min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.event.id.cmp(&y.event.id)));
        if let (Some((from, x)), Some((to, y))) = (before, after)
            && x.person == y.person
            && to.0 - from.0 <= THROUGHOUT
            && !left(x, from, first)
            && !others(known, x.person, from, to)
        {
            found
                .entry(x.person)
                .or_default()
                .extend([x.event, y.event]);
        }
    }
    found.retain(|person, _| !taking_part.contains(person));
    let mut one = found.into_iter();
    match (one.next(), one.next()) {
        (Some(holder), None) => Some(holder),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// Whether a term is told to have ended between.
fn left(holding: &Holding<'_>, from: Day, first: Day) -> bool {
    holding.event.fact.kind == Kind::Appointment
        && holding.to.is_some_and(|to| from <= to && to < first)
}

/// Whether anybody else is told to have been in the office between two days, or may have been.
fn others(known: &[Holding<'_>], person: &str, from: Day, to: Day) -> bool {
    known
        .iter()
        .filter(|holding| holding.person != person)
        .any(|holding| {
            let starts = holding.from.or(holding.to);
            let ends = holding.to.or(holding.from);
            matches!((starts, ends), (Some(a), Some(b)) if a.min(b) <= to && from <= a.max(b))
        })
}
