//! Events and all claims → where sources differ: on a date or number, on its precision, on the kind of date, or on whether it is so at all.

use super::ids::{self, Wanted};
use super::keys::denial_keys;
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
    found.extend(events.iter().filter_map(|event| parties(event, accounts)));
    found.extend(two_holders(events));
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
            Slot::City,
        ],
        Kind::Mission => &[Slot::Opened, Slot::Closed],
        Kind::MissionEvent => &[Slot::Date],
        Kind::Relations => &[Slot::Date, Slot::Actor],
        Kind::Meeting => &[Slot::Date, Slot::Place],
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
        _ => same::may_lie_in(a, b),
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

/// Documents that name parties of a treaty of which neither list is within the other. A text names the parties that concern it, so a list
/// within another contradicts nothing.
fn parties(event: &Event, accounts: &[Account]) -> Option<(Conflict, String)> {
    let slot = Slot::Parties;
    let mut lists: BTreeMap<BTreeSet<String>, (Vec<String>, BTreeSet<ClaimRef>)> = BTreeMap::new();
    let own = event.accounts.iter().filter_map(|&at| accounts.get(at));
    for account in own.filter(|account| account.fact.kind == Kind::Treaty && account.fact.has(slot))
    {
        let mut names: Vec<String> = account.fact.all(slot).iter().map(Value::text).collect();
        names.sort();
        let list = lists
            .entry(same::denotations(&account.fact, slot))
            .or_default();
        list.0 = names;
        list.1.extend(&account.claims);
    }
    let keys: Vec<BTreeSet<String>> = lists.keys().cloned().collect();
    lists.retain(|list, _| {
        keys.iter()
            .any(|other| !other.is_subset(list) && !list.is_subset(other))
    });
    let sides = lists.into_values().map(|(names, claims)| Side {
        slot,
        polarity: Polarity::Affirmed,
        said: Supported {
            value: Value::Text(names.join(", ")),
            entity: None,
            claims: claims.into_iter().collect(),
        },
    });
    let sides: Vec<Side> = sides.collect();
    let conflict = Conflict {
        id: String::new(),
        about: event.id.clone(),
        slot: Some(slot),
        grade: Grade::Contradiction,
        sides,
    };
    let key = format!("conflict/{}-parties", event.id.replace('/', "-"));
    (conflict.sides.len() > 1).then_some((conflict, key))
}

/// Offices that one person holds at a time, by the parts of their slugs.
const SINGLE: &[&str] = &[
    "president",
    "prime-minister",
    "foreign-minister",
    "ambassador",
    "high-commissioner",
    "consul-general",
    "chancellor",
    "king",
    "queen",
    "emperor",
    "secretary-general",
    "secretary-of-state",
];

/// Offices that two persons are told to have held at one time.
fn two_holders(events: &[Event]) -> Vec<(Conflict, String)> {
    let mut terms: BTreeMap<&str, Vec<(&Event, &Supported)>> = BTreeMap::new();
    for event in events.iter().filter(|e| e.fact.kind == Kind::Appointment) {
        let office = event.values.get(&Slot::Role).and_then(|list| list.first());
        let person = event
            .values
            .get(&Slot::Person)
            .and_then(|list| list.first());
        if let (Some(office), Some(person)) = (office.and_then(|o| o.entity.as_deref()), person) {
            let role = office.strip_prefix("office/").unwrap_or(office);
            // "vice-president-of-…", "deputy-prime-minister-of-…" do not begin so.
            if SINGLE.iter().any(|single| role.starts_with(single)) {
                terms.entry(office).or_default().push((event, person));
            }
        }
    }
    let mut found = Vec::new();
    for (office, terms) in terms {
        let clashes = |(a, x): &(&Event, &Supported)| {
            terms
                .iter()
                .any(|(b, y)| x.entity != y.entity && together_in_office(&a.fact, &b.fact))
        };
        let both: Vec<_> = terms.iter().filter(|term| clashes(term)).collect();
        if both.len() < 2 {
            continue;
        }
        let conflict = Conflict {
            id: String::new(),
            about: office.to_owned(),
            slot: Some(Slot::Person),
            grade: Grade::Contradiction,
            sides: sides(both.into_iter().map(|(_, person)| (Slot::Person, *person))),
        };
        found.push((
            conflict,
            format!("conflict/{}-holder", office.replace('/', "-")),
        ));
    }
    found
}

/// Whether two terms overlap for sure, by more than the days of a handover.
fn together_in_office(a: &Fact, b: &Fact) -> bool {
    let term = |fact: &Fact| {
        let (start, end) = (fact.date(Slot::Start)?, fact.date(Slot::End)?);
        let sure = !start.approximate && !end.approximate;
        sure.then_some((start.range().1?, end.range().0?))
    };
    let (Some((a_from, a_to)), Some((b_from, b_to))) = (term(a), term(b)) else {
        return false;
    };
    let (from, to) = (a_from.max(b_from), a_to.min(b_to));
    let months = |(year, month, _): (i32, u8, u8)| year * 12 + i32::from(month);
    months(to) - months(from) > 2
}

/// Claims that deny what other claims assert.
fn denials(sources: &[&Source], events: &[Event], topics: &Topics) -> Vec<(Conflict, String)> {
    let how = Comparison {
        topics,
        person: |a, b| names::compare(a, b).is_some(),
    };
    let denied = Denied::of(sources);
    let mut found = Vec::new();
    for event in events {
        let against = denied.against(event, how);
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

/// Denied claims, by what they share with the events that they can deny.
struct Denied<'c> {
    claims: Vec<(ClaimRef, &'c Claim)>,
    by_key: BTreeMap<(Kind, String), Vec<usize>>,
    /// Those that can meet any event of their kind.
    any: BTreeMap<Kind, Vec<usize>>,
}

impl<'c> Denied<'c> {
    fn of(sources: &[&'c Source]) -> Self {
        let mut found = Self {
            claims: Vec::new(),
            by_key: BTreeMap::new(),
            any: BTreeMap::new(),
        };
        for (source, content) in sources.iter().enumerate() {
            for (claim, said) in content.claims.iter().enumerate() {
                if said.polarity != Polarity::Denied || said.modality != Modality::Asserted {
                    continue;
                }
                let (at, kind) = (found.claims.len(), said.fact.kind);
                let keys = denial_keys(&said.fact);
                if keys.is_empty() {
                    found.any.entry(kind).or_default().push(at);
                }
                for key in keys {
                    found.by_key.entry((kind, key)).or_default().push(at);
                }
                found.claims.push((ClaimRef { source, claim }, said));
            }
        }
        found
    }

    /// The claims that deny an event.
    fn against(&self, event: &Event, how: Comparison<'_>) -> Vec<ClaimRef> {
        let kind = event.fact.kind;
        let keys = denial_keys(&event.fact);
        let mut near: BTreeSet<usize> =
            self.any.get(&kind).into_iter().flatten().copied().collect();
        if keys.is_empty() {
            let all = (0..).zip(&self.claims);
            near.extend(
                all.filter(|(_, (_, said))| said.fact.kind == kind)
                    .map(|(at, _)| at),
            );
        }
        for key in keys {
            near.extend(self.by_key.get(&(kind, key)).into_iter().flatten());
        }
        // A document that says both speaks of two times, or of two things.
        let both = |at: &ClaimRef| event.claims.iter().any(|own| own.source == at.source);
        near.iter()
            .filter_map(|&at| self.claims.get(at))
            .filter(|(at, claim)| !both(at) && denies(&claim.fact, &event.fact, how))
            .map(|(at, _)| *at)
            .collect()
    }
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

/// Whether a denied fact can be any event's. What lasts can be denied without a date; a visit or meeting only with its date.
pub(crate) fn can_deny(denied: &Fact) -> bool {
    same::time(denied).is_some()
        || match denied.kind {
            Kind::Treaty | Kind::Mission | Kind::Relations | Kind::Membership => true,
            Kind::Visit
            | Kind::MissionEvent
            | Kind::Appointment
            | Kind::Meeting
            | Kind::Observation => false,
        }
}

/// Whether a denied fact is the event's: what is denied with a date is so only of what has one.
fn denies(denied: &Fact, event: &Fact, how: Comparison<'_>) -> bool {
    let dates = same::time(event).is_some() || same::time(denied).is_none();
    can_deny(denied) && dates && can_be_one(denied, event, how)
}
