//! What slots of facts mean: what tells a value from others, when two dates can be one, when a fact was, what a treaty's title means.

use super::names::fold;
use super::topics::{Title, Topics};
use crate::fact::{BodyClass, Edtf, Fact, Kind, Slot, Value};
use std::collections::BTreeSet;

/// Years that may lie between adoption and signature of a treaty.
const ADOPTED_TO_SIGNED: i32 = 5;
/// Years that may lie between signature and a date of which the text does not say what it is of.
const UNSTATED: i32 = 2;
/// Years that may lie between signature and entry into force.
const SIGNED_TO_IN_FORCE: i32 = 15;

/// What tells a value from others of its slot: bodies and places by key, persons by name, the rest by its text.
pub(crate) fn denotation(value: &Value) -> String {
    match value {
        Value::Person(person) => person.name.clone(),
        Value::Body(body) => format!("{}:{}", class_name(body.class), body.key),
        Value::Place(place) => place.key.clone(),
        Value::Office(office) => {
            let of = office.of.as_ref().map(|b| b.key.as_str());
            format!("{}@{}", fold(&office.role), of.unwrap_or_default())
        }
        Value::Date(date) => date.to_string(),
        Value::Term(text) | Value::Text(text) | Value::Number(text) => text.clone(),
    }
}

/// The word for a class of bodies.
pub(crate) fn class_name(class: BodyClass) -> &'static str {
    match class {
        BodyClass::State => "state",
        BodyClass::Government => "government",
        BodyClass::Organisation => "organisation",
    }
}

/// All values of a slot as a set.
pub(crate) fn denotations(fact: &Fact, slot: Slot) -> BTreeSet<String> {
    fact.all(slot).iter().map(denotation).collect()
}

/// Whether of two places one is a house, of which no state is told, and so may lie in the other.
pub(crate) fn may_lie_in(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Place(a), Value::Place(b)) => a.state.is_none() != b.state.is_none(),
        _ => false,
    }
}

/// One side says nothing, or both the same.
pub(crate) fn agree(a: &Fact, b: &Fact, slot: Slot) -> bool {
    match (a.get(slot), b.get(slot)) {
        (Some(x), Some(y)) if may_lie_in(x, y) => true,
        (Some(x), Some(y)) => denotation(x) == denotation(y),
        (None, _) | (_, None) => true,
    }
}

/// Both say the same, or both nothing.
pub(crate) fn equal(a: &Fact, b: &Fact, slot: Slot) -> bool {
    a.has(slot) == b.has(slot) && agree(a, b, slot)
}

/// One side gives no date, or both can be the same time.
pub(crate) fn dates_agree(a: Option<&Edtf>, b: Option<&Edtf>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => can_be_same(a, b),
        (None, _) | (_, None) => true,
    }
}

/// Whether two dates can be the same; "about" reaches two years either way.
pub(crate) fn can_be_same(a: &Edtf, b: &Edtf) -> bool {
    if a.compatible(b) {
        return true;
    }
    let near = matches!((a.year(), b.year()), (Some(x), Some(y)) if (x - y).abs() <= 2);
    (a.approximate || b.approximate) && near
}

/// The role in a slot, folded.
pub(crate) fn role(fact: &Fact, slot: Slot) -> Option<String> {
    match fact.get(slot) {
        Some(Value::Office(office)) => Some(fold(&office.role)),
        Some(_) | None => None,
    }
}

/// The time of a fact as one date: an event's date, a stay from its first day to its last, a treaty's first known date.
pub(crate) fn time(fact: &Fact) -> Option<Edtf> {
    let slots: &[Slot] = match fact.kind {
        Kind::Visit => {
            return match (fact.date(Slot::Start), fact.date(Slot::End)) {
                (Some(start), Some(end)) => match (start.start, end.end.or(end.start)) {
                    (Some(first), Some(last)) if first <= last => Some(Edtf::between(first, last)),
                    _ => Some(*start),
                },
                (Some(date), None) | (None, Some(date)) => Some(*date),
                (None, None) => None,
            };
        }
        Kind::Treaty => &[
            Slot::Signed,
            Slot::Adopted,
            Slot::Dated,
            Slot::InForce,
            Slot::Ended,
        ],
        Kind::Mission => &[Slot::Opened, Slot::Closed],
        Kind::Appointment | Kind::Membership => &[Slot::Start, Slot::End],
        Kind::MissionEvent | Kind::Relations | Kind::Meeting | Kind::Observation => &[Slot::Date],
    };
    slots.iter().find_map(|&slot| fact.date(slot).copied())
}

/// What a treaty's title means.
pub(crate) fn title(fact: &Fact, topics: &Topics) -> Title {
    let parties: Vec<String> = fact.all(Slot::Parties).iter().map(Value::text).collect();
    let parties: Vec<&str> = parties.iter().map(String::as_str).collect();
    let kind = fact.text(Slot::Kind);
    let title = fact.text(Slot::Title);
    topics.title(if title.is_empty() { &kind } else { &title }, &parties)
}

/// Dates of one kind can be the same; dates of different kinds lie as far apart as they may.
pub(crate) fn treaty_dates(a: &Fact, b: &Fact) -> bool {
    let same_kind = [
        Slot::Signed,
        Slot::Adopted,
        Slot::Dated,
        Slot::InForce,
        Slot::Ended,
    ];
    if same_kind
        .iter()
        .any(|&slot| !dates_agree(a.date(slot), b.date(slot)))
    {
        return false;
    }
    let year = |fact: &Fact, slot| fact.date(slot).and_then(Edtf::year);
    let near = |s: Slot, t: Slot, most: i32| {
        let one = |x: &Fact, y: &Fact| !matches!((year(x, s), year(y, t)), (Some(p), Some(q)) if (p - q).abs() > most);
        one(a, b) && one(b, a)
    };
    // Where both give a date of one kind, that decides; a date of unstated kind is mostly that of signature.
    let decided = same_kind.iter().any(|&slot| a.has(slot) && b.has(slot));
    decided
        || (near(Slot::Signed, Slot::Adopted, ADOPTED_TO_SIGNED)
            && near(Slot::Signed, Slot::Dated, UNSTATED)
            && near(Slot::Adopted, Slot::Dated, UNSTATED)
            && [Slot::Signed, Slot::Adopted, Slot::Dated]
                .iter()
                .all(|&slot| near(slot, Slot::InForce, SIGNED_TO_IN_FORCE)))
}

/// Kinds of mission that are one house under changing ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// Embassy, legation, high commission, nunciature.
    Diplomatic,
    /// Consulate general, consulate and lesser posts.
    Consular,
    /// Any other.
    Other,
}

/// The family of a mission's kind.
pub(crate) fn family(kind: &str) -> Family {
    let kind = fold(kind);
    if kind.contains("consul") {
        Family::Consular
    } else if ["embassy", "legation", "high commission", "nunciature"].contains(&kind.as_str()) {
        Family::Diplomatic
    } else {
        Family::Other
    }
}

/// Acts of one side upon its own representation.
pub(crate) fn own_act(event: &str) -> bool {
    event == "upgraded" || event == "downgraded"
}

/// The same thing counted in the same unit; number and time aside.
pub(crate) fn observation(a: &Fact, b: &Fact) -> bool {
    let list = |fact: &Fact| {
        fact.all(Slot::Of)
            .iter()
            .map(denotation)
            .collect::<Vec<_>>()
    };
    equal(a, b, Slot::Measure)
        && equal(a, b, Slot::Unit)
        && (list(a) == list(b)
            || (a.text(Slot::Measure) == "trade"
                && denotations(a, Slot::Of) == denotations(b, Slot::Of)))
}

/// Whether one event of relations undoes the other.
pub(crate) fn opposite(event: &str, other: &str) -> bool {
    match event {
        "severed" | "suspended" => matches!(other, "resumed" | "established"),
        "established" | "resumed" | "recognised" => matches!(other, "severed" | "suspended"),
        "upgraded" => other == "downgraded",
        "downgraded" => other == "upgraded",
        _ => false,
    }
}
