//! What a document taken whole tells of places, for claims whose own words leave them open: the seat of an ambassador or a mission, the
//! city of a visit, the place of a meeting. Only what the document names, and only where it names one.

use super::clauses::Clauses;
use super::items::{Item, ItemKind};
use super::offices::is_consular;
use super::reader::Reader;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Class;
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How often what was filled in may fill in more: a city of a visit, then that of the companions, then the place of their meetings.
const ROUNDS: usize = 3;

/// Fills in places of a document's claims from its other claims.
pub(super) fn settle(reader: &Reader<'_>, claims: &mut [Claim]) {
    let cities = cities(reader);
    for _ in 0..ROUNDS {
        if !fill(reader, &cities, claims) {
            return;
        }
    }
}

/// Fills in the places that the claims as they are tell; whether there was any.
fn fill(reader: &Reader<'_>, cities: &BTreeMap<usize, Span>, claims: &mut [Claim]) -> bool {
    let places = Places::new(reader, cities, claims);
    let found: Vec<(usize, Value, Span)> = claims
        .iter()
        .enumerate()
        .filter_map(|(index, claim)| {
            let (place, from) = places.of(reader, claim)?;
            Some((index, place, from))
        })
        .collect();
    let any = !found.is_empty();
    for (index, place, from) in found {
        let Some(claim) = claims.get_mut(index) else {
            continue;
        };
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
    any
}

/// A place with the sentence that names it.
type Told<'c> = (&'c Value, Span);

/// What somebody did in a year, with its place and its number among the claims.
type Deeds<'c> = BTreeMap<(&'c Value, i32), Vec<(usize, &'c Fact, Told<'c>)>>;

/// Where journeys went, by the state visited and the first day; with the last.
type Journeys<'c> = BTreeMap<(&'c Value, &'c Value), Vec<(Option<&'c Value>, Told<'c>)>>;

/// Where the claims of a document that hold say that something is or was.
#[derive(Debug)]
struct Places<'c> {
    /// Seats of missions by sender, receiver and whether they are consular; none where several are told.
    seats: BTreeMap<(&'c Value, &'c Value, bool), Option<Told<'c>>>,
    /// The same of missions in a third state.
    abroad: BTreeMap<(&'c Value, &'c Value, bool), Option<Told<'c>>>,
    /// Those of whom a mission is told of which nobody says where it is.
    unplaced: BTreeSet<(&'c Value, &'c Value, bool)>,
    /// Meetings with a day and a place by who takes part.
    meetings: Deeds<'c>,
    /// Visits with a day and a city by visitor.
    visits: Deeds<'c>,
    /// Visits with a city by the state visited and the first day; their last days, and where they went.
    journeys: Journeys<'c>,
    /// Cities that the document names, each with the sentence that does first.
    cities: &'c BTreeMap<usize, Span>,
}

impl<'c> Places<'c> {
    fn new(reader: &Reader<'_>, cities: &'c BTreeMap<usize, Span>, claims: &'c [Claim]) -> Self {
        let mut places = Self {
            seats: BTreeMap::new(),
            abroad: BTreeMap::new(),
            unplaced: BTreeSet::new(),
            meetings: Deeds::new(),
            visits: Deeds::new(),
            journeys: Journeys::new(),
            cities,
        };
        for (index, claim) in claims.iter().enumerate().filter(|(_, c)| c.holds()) {
            let fact = &claim.fact;
            match fact.kind {
                Kind::Mission | Kind::Appointment => places.add_seat(reader, claim),
                Kind::Meeting => {
                    if let Some(place) = fact.get(Slot::Place) {
                        let deed = (index, fact, (place, claim.statement()));
                        add(&mut places.meetings, fact.all(Slot::Participants), deed);
                    }
                }
                Kind::Visit => {
                    if let Some(city) = fact.get(Slot::City) {
                        let deed = (index, fact, (city, claim.statement()));
                        let visitor = fact.all(Slot::Visitor).get(..1).unwrap_or(&[]);
                        add(&mut places.visits, visitor, deed);
                        if let Some(journey) = journey(fact) {
                            let journeys = places.journeys.entry(journey).or_default();
                            journeys.push((fact.get(Slot::End), (city, claim.statement())));
                        }
                    }
                }
                Kind::Treaty
                | Kind::MissionEvent
                | Kind::Relations
                | Kind::Membership
                | Kind::Observation => {}
            }
        }
        places
    }

    fn add_seat(&mut self, reader: &Reader<'_>, claim: &'c Claim) {
        let fact = &claim.fact;
        let (Some(sending), Some(receiving)) = (fact.get(Slot::Sending), fact.get(Slot::Receiving))
        else {
            return;
        };
        let sides = (sending, receiving, consular(fact));
        let Some(city) = fact.get(Slot::City) else {
            if fact.kind == Kind::Mission {
                self.unplaced.insert(sides);
            }
            return;
        };
        let seats = if lies_in(reader, city, receiving) {
            &mut self.seats
        } else {
            &mut self.abroad
        };
        seats
            .entry(sides)
            .and_modify(|known| *known = known.filter(|(place, _)| *place == city))
            .or_insert(Some((city, claim.statement())));
    }

    /// The place that a claim leaves open.
    fn of(&self, reader: &Reader<'_>, claim: &Claim) -> Option<(Value, Span)> {
        let fact = &claim.fact;
        match fact.kind {
            Kind::Appointment | Kind::Mission if !fact.has(Slot::City) => {
                self.seat(reader, fact, claim.statement())
            }
            Kind::Visit if !fact.has(Slot::City) => {
                let stay = self.stay(reader, fact);
                stay.or_else(|| named(reader, claim))
                    .or_else(|| self.party(fact))
            }
            Kind::Meeting if !fact.has(Slot::Place) => self.venue(fact),
            Kind::Appointment
            | Kind::Mission
            | Kind::Visit
            | Kind::Meeting
            | Kind::Treaty
            | Kind::MissionEvent
            | Kind::Relations
            | Kind::Membership
            | Kind::Observation => None,
        }
    }

    /// Where the missions of the same sender to the same receiver stand that such a one heads: in the receiver, else, where no mission is told of
    /// whose seat nobody says, in a third state.
    fn seat(&self, reader: &Reader<'_>, fact: &Fact, told: Span) -> Option<(Value, Span)> {
        let sides = (fact.get(Slot::Sending)?, fact.get(Slot::Receiving)?);
        let key = (sides.0, sides.1, consular(fact));
        let owned = |(city, from): (&Value, Span)| (city.clone(), from);
        let known = self.seats.get(&key);
        if let Some(seat) = known.copied().flatten() {
            return Some(owned(seat));
        }
        let abroad = || self.abroad.get(&key).copied().flatten().map(owned);
        let capital = || capital(reader, fact, self.cities, told);
        if known.is_none() && !self.unplaced.contains(&key) {
            return abroad().or_else(capital);
        }
        capital().or_else(|| abroad().filter(|_| known.is_none()))
    }

    /// Where the visitor met somebody during the visit, in the state visited.
    fn stay(&self, reader: &Reader<'_>, visit: &Fact) -> Option<(Value, Span)> {
        let to = visit.get(Slot::To)?;
        let visitor = visit.all(Slot::Visitor).get(..1)?;
        let meetings = deeds(&self.meetings, visitor, years(visit));
        only(
            meetings
                .into_iter()
                .filter(|(_, meeting, _)| together(visit, meeting))
                .map(|(_, _, told)| told)
                .filter(|(place, _)| lies_in(reader, place, to)),
        )
    }

    /// The city to which others went on the same days: those who travel together are in one place.
    fn party(&self, visit: &Fact) -> Option<(Value, Span)> {
        let others = self.journeys.get(&journey(visit)?)?.iter();
        let end = visit.get(Slot::End);
        only(others.filter(|o| o.0 == end).map(|(_, told)| *told))
    }

    /// The city of the visit during which one of those who met was a guest.
    fn venue(&self, meeting: &Fact) -> Option<(Value, Span)> {
        let visits = deeds(
            &self.visits,
            meeting.all(Slot::Participants),
            years(meeting),
        );
        only(
            visits
                .into_iter()
                .filter(|(_, visit, _)| together(visit, meeting))
                .map(|(_, _, told)| told),
        )
    }
}

/// Whether a mission or a post is a consular one.
pub(super) fn consular(fact: &Fact) -> bool {
    match fact.get(Slot::Role) {
        Some(Value::Office(office)) => is_consular(&office.role),
        Some(_) | None => fact.text(Slot::Kind).contains("consul"),
    }
}

/// What those who travel together have in common: the state visited, and the day they came.
fn journey(visit: &Fact) -> Option<(&Value, &Value)> {
    let day = visit.date(Slot::Start)?.start?.day;
    let key = (visit.get(Slot::To)?, visit.get(Slot::Start)?);
    day.map(|_| key)
}

/// The one of several places, with the sentence that names it first.
fn only<'c>(mut places: impl Iterator<Item = (&'c Value, Span)>) -> Option<(Value, Span)> {
    let (first, from) = places.next()?;
    places
        .all(|(other, _)| other == first)
        .then(|| (first.clone(), from))
}

/// The years in which a visit or meeting was, as far as they are told; none where its day is not.
fn years(fact: &Fact) -> impl Iterator<Item = i32> + use<> {
    let year = |slot: Slot| fact.date(slot).and_then(|d| d.start).map(|d| d.year);
    let first = year(Slot::Start).or_else(|| year(Slot::Date));
    let last = year(Slot::End).or(first);
    first
        .zip(last)
        .map(|(first, last)| first..=last)
        .into_iter()
        .flatten()
}

/// Adds to what persons did in the years of a deed.
fn add<'c>(known: &mut Deeds<'c>, who: &'c [Value], deed: (usize, &'c Fact, Told<'c>)) {
    for year in years(deed.1) {
        for person in who {
            known.entry((person, year)).or_default().push(deed);
        }
    }
}

/// What persons did in some years, in order of the claims.
fn deeds<'c>(
    known: &Deeds<'c>,
    who: &[Value],
    years: impl Iterator<Item = i32>,
) -> Vec<(usize, &'c Fact, Told<'c>)> {
    let mut found: Vec<(usize, &Fact, Told<'_>)> = years
        .flat_map(|year| who.iter().map(move |person| (person, year)))
        .filter_map(|key| known.get(&key))
        .flatten()
        .copied()
        .collect();
    found.sort_by_key(|(index, _, _)| *index);
    found
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
        // "the Kuwaiti capital", "la capital de Kuwait"
        for (at, _) in sentence
            .items
            .iter()
            .enumerate()
            .filter(|(_, i)| i.is(Class::Capital))
        {
            let near = sentence
                .items
                .get(at.saturating_sub(2)..(at + 3).min(sentence.items.len()));
            let body = near.unwrap_or(&[]).iter().find_map(Item::body);
            if let Some(city) = body.and_then(|b| reader.capital_of(b)) {
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
    statement: Span,
) -> Option<(Value, Span)> {
    (!consular(mission)).then_some(())?;
    let receiving = mission.get(Slot::Receiving)?;
    let city = reader.capital_of(reader.body_in(mission, Slot::Receiving)?)?;
    let value = reader.city_value(city)?;
    // A city that is its state (Monaco) needs no other name.
    let alike =
        matches!((&value, receiving), (Value::Place(p), Value::Body(b)) if p.name == b.name);
    let from = named
        .get(&city)
        .copied()
        .or_else(|| alike.then_some(statement))?;
    Some((value, from))
}

/// Whether a day or span of days of one lies within that of the other, as far as they are told.
pub(super) fn together(visit: &Fact, meeting: &Fact) -> bool {
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

/// Whether a place lies in a state of today.
pub(super) fn lies_in(reader: &Reader<'_>, place: &Value, state: &Value) -> bool {
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

/// The one city of the state visited that the sentence of the visit, or the one after it in its block, names; none of where somebody else
/// acts alone, nor of another year.
fn named(reader: &Reader<'_>, visit: &Claim) -> Option<(Value, Span)> {
    let to = reader.body_in(&visit.fact, Slot::To)?;
    let index = reader.sentence_index(visit.statement().start)?;
    let here = reader.sentences.get(index)?;
    let told: Vec<i32> = years(&visit.fact).collect();
    let of_other_year = |item: &Item<'_>| {
        let year = if let ItemKind::Date(found) = &item.kind {
            found.date.and_then(|d| d.year())
        } else {
            None
        };
        !told.is_empty() && year.is_some_and(|y| !told.contains(&y))
    };
    let next = reader
        .sentences
        .get(index + 1)
        .filter(|s| s.block == here.block && !s.items.iter().any(of_other_year));
    let visitor = visit.fact.get(Slot::Visitor);
    let other = |item: &Item<'_>| {
        let name = item.actor().and_then(|a| a.name.as_ref());
        let person = name.and_then(|n| reader.people.find(n));
        person.is_some() && person.and_then(|p| reader.person_value(p)).as_ref() != visitor
    };
    std::iter::once(here).chain(next).find_map(|sentence| {
        let clauses = Clauses::new(&sentence.items);
        // Whether somebody else acts there alone: he receives nobody.
        let theirs = |at: usize| {
            let Some(acting) = clauses.acting(at) else {
                return false;
            };
            let with = |(i, item): (usize, &Item<'_>)| {
                i != acting && item.actor().is_some() && clauses.together(i, at)
            };
            sentence.items.get(acting).is_some_and(other)
                && !sentence.items.iter().enumerate().any(with)
        };
        let mut cities = sentence.items.iter().enumerate().filter_map(|(at, i)| {
            let city = i.city().filter(|c| reader.state_of_city(*c) == Some(to))?;
            (!theirs(at)).then_some(city)
        });
        let first = cities.next()?;
        cities.all(|c| c == first).then_some(())?;
        Some((reader.city_value(first)?, sentence.span))
    })
}
