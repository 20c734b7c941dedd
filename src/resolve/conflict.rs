//! Events and all claims → where sources differ: on a date or number, on its precision, on the kind of date, or on whether it is so at all.

use super::ids::{self, Wanted};
use super::names;
use super::same::{self, can_be_same};
use super::topics::Topics;
use super::weigh::{Comparison, can_be_one};
use super::world::{Account, ClaimRef, Conflict, Event, Grade, Side, Source, Supported};
use crate::fact::{Claim, Fact, Kind, Modality, Polarity, Slot, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Conflicts sorted by id.
pub(crate) fn conflicts(
    sources: &[&Source],
    accounts: &[Account],
    events: &[Event],
    topics: &Topics,
) -> Vec<Conflict> {
    let mut found: Vec<(Conflict, String)> = Vec::new();
    for event in events {
        let name = event.id.replace('/', "-");
        for &slot in disputed_slots(event.fact.kind) {
            if let Some((grade, sides)) = on_slot(event, accounts, slot) {
                found.push((
                    Conflict {
                        id: String::new(),
                        about: event.id.clone(),
                        slot: Some(slot),
                        grade,
                        sides,
                    },
                    format!("conflict/{name}-{}", names::slug(slot.name())),
                ));
            }
        }
        if event.fact.kind == Kind::Treaty
            && let Some(sides) = kinds_of_date(event, accounts)
        {
            let slot = sides.first().map(|side| side.slot);
            found.push((
                Conflict {
                    id: String::new(),
                    about: event.id.clone(),
                    slot,
                    grade: Grade::DifferentKindOfDate,
                    sides,
                },
                format!("conflict/{name}-kind-of-date"),
            ));
        }
    }
    found.extend(denials(sources, events, topics));
    let wanted: Vec<Wanted> = found
        .iter()
        .map(|(conflict, key)| Wanted {
            key: key.clone(),
            longer: key.clone(),
            smallest: ids::smallest(
                sources,
                conflict.sides.iter().flat_map(|side| &side.said.claims),
            ),
        })
        .collect();
    let mut conflicts: Vec<Conflict> = found
        .into_iter()
        .zip(ids::assign(&wanted))
        .map(|((conflict, _), id)| Conflict { id, ..conflict })
        .collect();
    conflicts.sort_by(|a, b| a.id.cmp(&b.id));
    conflicts
}

/// Slots of which an event has one value in truth.
fn disputed_slots(kind: Kind) -> &'static [Slot] {
    match kind {
        Kind::Visit | Kind::Appointment | Kind::Membership => &[Slot::Start, Slot::End],
        Kind::Treaty => &[
            Slot::Signed,
            Slot::Adopted,
            Slot::Dated,
            Slot::InForce,
            Slot::Ended,
        ],
        Kind::Mission => &[Slot::Opened, Slot::Closed],
        Kind::MissionEvent | Kind::Relations | Kind::Meeting => &[Slot::Date],
        Kind::Observation => &[Slot::Value],
    }
}

/// What the documents, each taken whole, say of a slot.
fn told<'e>(
    event: &'e Event,
    accounts: &[Account],
    slot: Slot,
) -> Vec<(BTreeSet<usize>, &'e Supported)> {
    let mut by_value: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for account in event.accounts.iter().filter_map(|&at| accounts.get(at)) {
        let Some(value) = account.fact.get(slot) else {
            continue;
        };
        let values = event.values.get(&slot).map_or(&[][..], Vec::as_slice);
        if let Some(at) = values
            .iter()
            .position(|supported| same::denotation(&supported.value) == same::denotation(value))
        {
            by_value.entry(at).or_default().insert(account.source);
        }
    }
    by_value
        .into_iter()
        .filter_map(|(at, documents)| Some((documents, event.values.get(&slot)?.get(at)?)))
        .collect()
}

fn on_slot(event: &Event, accounts: &[Account], slot: Slot) -> Option<(Grade, Vec<Side>)> {
    let told = told(event, accounts, slot);
    if told.len() < 2 {
        return None;
    }
    let both_true = |a: &Value, b: &Value| match (a, b) {
        (Value::Date(a), Value::Date(b)) => can_be_same(a, b),
        _ => false,
    };
    let contradiction = told.iter().any(|(_, a)| {
        told.iter()
            .any(|(_, b)| a.value != b.value && !both_true(&a.value, &b.value))
    });
    let grade = if contradiction {
        Grade::Contradiction
    } else {
        Grade::DifferentPrecision
    };
    Some((grade, sides(told.into_iter().map(|(_, said)| (slot, said)))))
}

fn sides<'e>(told: impl Iterator<Item = (Slot, &'e Supported)>) -> Vec<Side> {
    let mut sides: Vec<Side> = told
        .map(|(slot, said)| Side {
            slot,
            polarity: Polarity::Affirmed,
            said: said.clone(),
        })
        .collect();
    sides.sort_by(|a, b| {
        (a.slot, &a.said.value, &a.said.claims).cmp(&(b.slot, &b.said.value, &b.said.claims))
    });
    sides
}

/// Documents that date a treaty by different acts, and not to the same time.
fn kinds_of_date(event: &Event, accounts: &[Account]) -> Option<Vec<Side>> {
    let kinds = [Slot::Signed, Slot::Adopted, Slot::Dated];
    let told: Vec<(Slot, BTreeSet<usize>, &Supported)> = kinds
        .iter()
        .flat_map(|&slot| {
            told(event, accounts, slot)
                .into_iter()
                .map(move |(documents, said)| (slot, documents, said))
        })
        .collect();
    let date = |said: &Supported| {
        if let Value::Date(date) = &said.value {
            Some(*date)
        } else {
            None
        }
    };
    let differ = |(s, d, x): &(Slot, BTreeSet<usize>, &Supported),
                  (t, e, y): &(Slot, BTreeSet<usize>, &Supported)| {
        s != t
            && d.is_disjoint(e)
            && matches!((date(x), date(y)), (Some(x), Some(y)) if !x.compatible(&y))
    };
    let apart: Vec<(Slot, &Supported)> = told
        .iter()
        .filter(|a| told.iter().any(|b| differ(a, b)))
        .map(|(slot, _, said)| (*slot, *said))
        .collect();
    (!apart.is_empty()).then(|| sides(apart.into_iter()))
}

/// Claims that deny what other claims assert.
fn denials(sources: &[&Source], events: &[Event], topics: &Topics) -> Vec<(Conflict, String)> {
    let how = Comparison {
        topics,
        person: |a, b| names::compare(a, b).is_some(),
    };
    let mut denied: Vec<(ClaimRef, &Claim)> = Vec::new();
    for (source, content) in sources.iter().enumerate() {
        for (claim, said) in content.claims.iter().enumerate() {
            if said.polarity == Polarity::Denied && said.modality == Modality::Asserted {
                denied.push((ClaimRef { source, claim }, said));
            }
        }
    }
    let mut found = Vec::new();
    for event in events {
        let against: Vec<ClaimRef> = denied
            .iter()
            .filter(|(_, claim)| denies(&claim.fact, &event.fact, how))
            .map(|(at, _)| *at)
            .collect();
        let Some((slot, leading)) = subject(event).filter(|_| !against.is_empty()) else {
            continue;
        };
        let side = |polarity, claims: Vec<ClaimRef>| Side {
            slot,
            polarity,
            said: Supported {
                claims,
                ..leading.clone()
            },
        };
        let sides = vec![
            side(Polarity::Affirmed, event.claims.clone()),
            side(Polarity::Denied, against),
        ];
        let conflict = Conflict {
            id: String::new(),
            about: event.id.clone(),
            slot: None,
            grade: Grade::Contradiction,
            sides,
        };
        found.push((
            conflict,
            format!("conflict/{}-denied", event.id.replace('/', "-")),
        ));
    }
    found
}

/// The value that a denied event is shown by.
fn subject(event: &Event) -> Option<(Slot, &Supported)> {
    let slots = [
        Slot::Title,
        Slot::Event,
        Slot::Visitor,
        Slot::Role,
        Slot::Person,
        Slot::Organisation,
        Slot::Kind,
        Slot::Participants,
        Slot::Measure,
    ];
    slots
        .iter()
        .find_map(|&slot| Some((slot, event.values.get(&slot)?.first()?)))
}

/// Whether a denied fact is the event's. What lasts can be denied without a date; a visit or meeting only with its date.
fn denies(denied: &Fact, event: &Fact, how: Comparison<'_>) -> bool {
    let dated = same::time(denied).is_some() && same::time(event).is_some();
    let lasts = match denied.kind {
        Kind::Treaty | Kind::Mission | Kind::Relations | Kind::Membership => true,
        Kind::Visit
        | Kind::MissionEvent
        | Kind::Appointment
        | Kind::Meeting
        | Kind::Observation => false,
    };
    (dated || (lasts && same::time(denied).is_none())) && can_be_one(denied, event, how)
}
