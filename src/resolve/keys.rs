//! Facts → keys. Two facts that can be one event share a key; what shares none, directly or over others, is decided apart.
//!
//! Keys are read from a fact alone, its persons being known by number.

use super::names::fold;
use super::same::{self, denotation};
use super::topics::Topics;
use crate::fact::{Edtf, Fact, Kind, Slot, Value};
use std::collections::BTreeSet;

/// Years that a meeting's date may span for it to be found in other documents.
const YEARS: i32 = 10;

/// The keys of a fact, each beginning with its kind. A fact that can be one with no other has none.
pub(crate) fn keys(fact: &Fact, topics: &Topics) -> Vec<String> {
    let of = |slots: &[Slot]| -> Vec<String> {
        slots
            .iter()
            .flat_map(|&slot| fact.all(slot))
            .map(denotation)
            .collect()
    };
    let all = match fact.kind {
        Kind::Visit => {
            let office = (fact.has(Slot::Role) && fact.has(Slot::From)).then(|| {
                let from = of(&[Slot::From]).join("");
                format!("{}@{from}", fold(&role(fact)))
            });
            let who: Vec<String> = of(&[Slot::Visitor]).into_iter().chain(office).collect();
            pairs(&who, &of(&[Slot::To, Slot::City]))
        }
        Kind::Treaty => pairs(
            &couples(&same::denotations(fact, Slot::Parties)),
            &about(fact, topics),
        ),
        Kind::Mission => vec![of(&[Slot::Sending, Slot::Receiving]).join(">")],
        Kind::MissionEvent => vec![format!(
            "{}>{}",
            fact.text(Slot::Event),
            of(&[Slot::Sending]).join("")
        )],
        Kind::Appointment if fact.has(Slot::Person) => {
            let role = vec![fold(&role(fact))];
            pairs(&of(&[Slot::Person]), &role)
        }
        Kind::Appointment => vec![format!(
            "{}>{}",
            fold(&role(fact)),
            of(&[Slot::Sending, Slot::Receiving]).join(">")
        )],
        // What lies between two events of relations counts, so all those of the same parties are decided together.
        Kind::Relations => vec![set(fact, Slot::Parties)],
        Kind::Observation => dispute_key(fact).into_iter().collect(),
        Kind::Membership => vec![of(&[Slot::State, Slot::Organisation]).join(">")],
        Kind::Meeting => pairs(
            &of(&[Slot::Participants, Slot::Roles]),
            &years(fact.date(Slot::Date)),
        ),
    };
    let kind = fact.kind.name();
    all.into_iter().map(|key| format!("{kind}>{key}")).collect()
}

fn pairs(first: &[String], second: &[String]) -> Vec<String> {
    first
        .iter()
        .flat_map(|a| second.iter().map(move |b| format!("{a}>{b}")))
        .collect()
}

/// All pairs of a treaty's parties; a lone party by itself.
fn couples(parties: &BTreeSet<String>) -> Vec<String> {
    let parties: Vec<&String> = parties.iter().collect();
    if let [one] = parties.as_slice() {
        return vec![(*one).clone()];
    }
    let behind = |at: usize| parties.iter().skip(at + 1);
    parties
        .iter()
        .enumerate()
        .flat_map(|(at, a)| behind(at).map(move |b| format!("{a}+{b}")))
        .collect()
}

/// What a treaty is about: titles that can name one treaty share something of it.
fn about(fact: &Fact, topics: &Topics) -> Vec<String> {
    let title = same::title(fact, topics);
    let mut about: Vec<String> = title.topics.iter().cloned().collect();
    about.extend(title.words.iter().map(|word| format!("={word}")));
    if title.topics.is_empty() {
        let weak: Vec<&str> = title.weak.iter().map(String::as_str).collect();
        about.push(format!("~{}", weak.join("+")));
    }
    about
}

/// The years in which something may have been; none where it has no date, or one too wide to find it by.
fn years(date: Option<&Edtf>) -> Vec<String> {
    let Some(date) = date else {
        return Vec::new();
    };
    let wide = if date.approximate { 2 } else { 0 };
    match date.range() {
        (Some((first, ..)), Some((last, ..))) if last - first <= YEARS => (first - wide
            ..=last + wide)
            .map(|year| year.to_string())
            .collect(),
        _ => Vec::new(),
    }
}

pub(crate) fn role(fact: &Fact) -> String {
    match fact.get(Slot::Role) {
        Some(Value::Office(office)) => office.role.clone(),
        Some(_) | None => String::new(),
    }
}

fn set(fact: &Fact, slot: Slot) -> String {
    same::denotations(fact, slot)
        .into_iter()
        .collect::<Vec<_>>()
        .join("+")
}

/// Keys of which a denied fact and an event that it denies share one, whatever their persons are called; none where either can meet any of
/// its kind.
pub(crate) fn denial_keys(fact: &Fact) -> Vec<String> {
    let each = |slots: &[Slot]| -> Vec<String> {
        let values = slots.iter().flat_map(|&slot| fact.all(slot));
        values.map(denotation).collect()
    };
    let one = |slots: &[Slot]| {
        let values: Vec<String> = slots
            .iter()
            .map(|&slot| fact.get(slot).map(denotation).unwrap_or_default())
            .collect();
        vec![values.join(">")]
    };
    match fact.kind {
        Kind::Visit => pairs(
            &each(&[Slot::To, Slot::City]),
            &years(same::time(fact).as_ref()),
        ),
        Kind::Treaty => each(&[Slot::Parties]),
        Kind::Mission => one(&[Slot::Sending, Slot::Receiving]),
        Kind::MissionEvent => one(&[Slot::Event, Slot::Sending]),
        Kind::Appointment => vec![fold(&role(fact))],
        Kind::Relations => vec![set(fact, Slot::Parties)],
        Kind::Membership => one(&[Slot::State, Slot::Organisation]),
        Kind::Observation => one(&[Slot::Measure, Slot::Unit]),
        Kind::Meeting => years(fact.date(Slot::Date)),
    }
}

/// A key that two facts share when they differ only in what sources may dispute.
pub(crate) fn dispute_key(fact: &Fact) -> Option<String> {
    match fact.kind {
        Kind::Relations => Some(format!(
            "{}>{}",
            fact.text(Slot::Event),
            set(fact, Slot::Parties)
        )),
        Kind::Appointment => fact.has(Slot::Person).then(|| {
            format!(
                "{}>{}>{}>{}",
                set(fact, Slot::Person),
                fold(&role(fact)),
                set(fact, Slot::Sending),
                set(fact, Slot::Receiving)
            )
        }),
        Kind::Observation => {
            let of: Vec<String> = fact.all(Slot::Of).iter().map(denotation).collect();
            let of = if fact.text(Slot::Measure) == "trade" {
                set(fact, Slot::Of)
            } else {
                of.join("+")
            };
            Some(format!(
                "{}>{of}>{}",
                fact.text(Slot::Measure),
                fact.text(Slot::Unit)
            ))
        }
        // Named people who met on one day, wherever that was.
        Kind::Meeting => {
            let day = fact.date(Slot::Date).filter(|date| date.precision() == 3)?;
            let named = same::denotations(fact, Slot::Participants).len() > 1;
            named.then(|| format!("{}>{day}", set(fact, Slot::Participants)))
        }
        // One title on one day, whoever is named as party.
        Kind::Treaty => {
            let day = [Slot::Signed, Slot::Adopted]
                .iter()
                .find_map(|&slot| fact.date(slot).filter(|date| date.precision() == 3))?;
            let title = fact.text(Slot::Title);
            (!title.is_empty()).then(|| format!("{}>{day}", fold(&title)))
        }
        Kind::Visit | Kind::Mission | Kind::MissionEvent | Kind::Membership => None,
    }
}
