//! What a document taken whole tells of places, for claims whose own words leave them open: the seat of an ambassador or a mission, the
//! city of a visit, the place of a meeting. Only what the document names, and only where it names one.

use super::items::ItemKind;
use super::offices::is_consular;
use super::reader::Reader;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::text::Span;
use std::collections::BTreeMap;

/// Fills in places of a document's claims from its other claims.
pub(super) fn settle(reader: &Reader<'_>, claims: &mut [Claim]) {
    let told: Vec<Claim> = claims
        .iter()
        .filter(|c| c.holds())
        .filter(|c| {
            matches!(
                c.fact.kind,
                Kind::Mission | Kind::Appointment | Kind::Visit | Kind::Meeting
            )
        })
        .cloned()
        .collect();
    let named_cities = cities(reader);
    for claim in claims.iter_mut() {
        let found = match claim.fact.kind {
            Kind::Appointment if !claim.fact.has(Slot::City) => seat(&claim.fact, &told),
            Kind::Mission if !claim.fact.has(Slot::City) => {
                seat(&claim.fact, &told).or_else(|| capital(reader, &claim.fact, &named_cities))
            }
            Kind::Visit if !claim.fact.has(Slot::City) => {
                stay(reader, claim, &told).or_else(|| named(reader, claim))
            }
            Kind::Meeting if !claim.fact.has(Slot::Place) => venue(&claim.fact, &told),
            Kind::Appointment
            | Kind::Mission
            | Kind::Visit
            | Kind::Meeting
            | Kind::Treaty
            | Kind::MissionEvent
            | Kind::Relations
            | Kind::Membership
            | Kind::Observation => None,
        };
        let Some((place, from)) = found else { continue };
        let slot = if claim.fact.kind == Kind::Meeting {
            Slot::Place
        } else {
            Slot::City
        };
        claim.fact.set(slot, place);
        let evidence = Evidence {
            span: from,
            role: EvidenceRole::Context,
        };
        if claim.statement() != from && !claim.evidence.contains(&evidence) {
            claim.evidence.push(evidence);
        }
    }
}

fn consular(fact: &Fact) -> bool {
    match fact.get(Slot::Role) {
        Some(Value::Office(office)) => is_consular(&office.role),
        Some(_) | None => fact.text(Slot::Kind).contains("consul"),
    }
}

/// The one of several places, with the sentence that names it first.
fn only<'c>(mut places: impl Iterator<Item = (&'c Value, Span)>) -> Option<(Value, Span)> {
    let (first, from) = places.next()?;
    places
        .all(|(other, _)| other == first)
        .then(|| (first.clone(), from))
}

/// Where the missions of the same sender to the same receiver stand that such a one heads.
fn seat(fact: &Fact, told: &[Claim]) -> Option<(Value, Span)> {
    let same = |slot: Slot, other: &Fact| fact.has(slot) && fact.get(slot) == other.get(slot);
    only(
        told.iter()
            .filter(|t| matches!(t.fact.kind, Kind::Mission | Kind::Appointment))
            .filter(|t| same(Slot::Sending, &t.fact) && same(Slot::Receiving, &t.fact))
            .filter(|t| consular(&t.fact) == consular(fact))
            .filter_map(|t| Some((t.fact.get(Slot::City)?, t.statement()))),
    )
}

/// The cities that the document names, each with the sentence that names it first.
fn cities(reader: &Reader<'_>) -> BTreeMap<usize, Span> {
    let mut found = BTreeMap::new();
    for sentence in &reader.sentences {
        for item in &sentence.items {
            let seats = item.mission().map_or(&[][..], |np| np.cities.as_slice());
            let seats = seats.iter().map(|(city, _, _)| *city);
            let office = item.actor().and_then(|a| a.office.as_ref()?.city);
            for city in seats.chain(item.city()).chain(office) {
                found.entry(city).or_insert(sentence.span);
            }
        }
    }
    found
}

/// An embassy or legation stands in the capital, where the document names it.
fn capital(
    reader: &Reader<'_>,
    mission: &Fact,
    named: &BTreeMap<usize, Span>,
) -> Option<(Value, Span)> {
    (!consular(mission)).then_some(())?;
    let city = reader.capital_of(reader.body_in(mission, Slot::Receiving)?)?;
    Some((reader.city_value(city)?, *named.get(&city)?))
}

/// Whether a day or span of days of one lies within that of the other, as far as they are told.
fn together(visit: &Fact, meeting: &Fact) -> bool {
    let (Some(start), Some(met)) = (visit.date(Slot::Start), meeting.date(Slot::Date)) else {
        return false;
    };
    let end = visit.date(Slot::End).and_then(|d| d.start);
    match (start.start, end, met.start) {
        (Some(first), last, Some(day)) => {
            first.first() <= day.last() && day.first() <= last.unwrap_or(first).last()
        }
        (None, _, _) | (_, _, None) => false,
    }
}

/// Where the visitor met somebody during the visit, in the state visited.
fn stay(reader: &Reader<'_>, visit: &Claim, told: &[Claim]) -> Option<(Value, Span)> {
    let visitor = visit.fact.get(Slot::Visitor)?;
    let to = visit.fact.get(Slot::To)?;
    only(
        told.iter()
            .filter(|t| t.fact.kind == Kind::Meeting && together(&visit.fact, &t.fact))
            .filter(|t| t.fact.all(Slot::Participants).contains(visitor))
            .filter_map(|t| Some((t.fact.get(Slot::Place)?, t.statement())))
            .filter(|(place, _)| lies_in(reader, place, to)),
    )
}

fn lies_in(reader: &Reader<'_>, place: &Value, state: &Value) -> bool {
    let (Value::Place(place), Value::Body(state)) = (place, state) else {
        return false;
    };
    reader
        .gazetteer
        .city_index(&place.key)
        .and_then(|city| reader.state_of_city(city))
        .and_then(|of| reader.body(of))
        .is_some_and(|of| of.key == state.key)
}

/// The one city of the state visited that the sentence of the visit, or the one after it in its block, names.
fn named(reader: &Reader<'_>, visit: &Claim) -> Option<(Value, Span)> {
    let to = reader.body_in(&visit.fact, Slot::To)?;
    let index = reader.sentence_index(visit.statement().start)?;
    let here = reader.sentences.get(index)?;
    let next = reader
        .sentences
        .get(index + 1)
        .filter(|s| s.block == here.block);
    std::iter::once(here).chain(next).find_map(|sentence| {
        let mut cities = sentence.items.iter().filter_map(|i| {
            if let ItemKind::City(city) = i.kind {
                (reader.state_of_city(city) == Some(to)).then_some(city)
            } else {
                None
            }
        });
        let first = cities.next()?;
        cities.all(|c| c == first).then_some(())?;
        Some((reader.city_value(first)?, sentence.span))
    })
}

/// The city of the visit during which one of those who met was a guest.
fn venue(meeting: &Fact, told: &[Claim]) -> Option<(Value, Span)> {
    let participants = meeting.all(Slot::Participants);
    only(
        told.iter()
            .filter(|t| t.fact.kind == Kind::Visit && together(&t.fact, meeting))
            .filter(|t| {
                t.fact
                    .get(Slot::Visitor)
                    .is_some_and(|v| participants.contains(v))
            })
            .filter_map(|t| Some((t.fact.get(Slot::City)?, t.statement()))),
    )
}
