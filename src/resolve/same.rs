//! Two facts of one kind → whether they can be the same event or relator, as far as their slots tell.

use super::names::fold;
use super::topics::{Title, Topics};
use crate::fact::{BodyClass, Edtf, Fact, Kind, Slot, Value};
use std::collections::BTreeSet;

/// How facts are compared: what titles mean, and when two names of persons are one person.
#[derive(Clone, Copy)]
pub(crate) struct Comparison<'a> {
    /// Meanings of treaty titles.
    pub(crate) topics: &'a Topics,
    /// Whether two names are one person's.
    pub(crate) person: fn(&str, &str) -> bool,
}

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

/// One side says nothing, or both the same.
fn agree(a: &Fact, b: &Fact, slot: Slot) -> bool {
    match (a.get(slot), b.get(slot)) {
        (Some(x), Some(y)) => denotation(x) == denotation(y),
        (None, _) | (_, None) => true,
    }
}

/// Both say the same, or both nothing.
fn equal(a: &Fact, b: &Fact, slot: Slot) -> bool {
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

fn role(fact: &Fact, slot: Slot) -> Option<String> {
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

/// Whether the two can be one. A date that one of them lacks is no hindrance; whether it is enough, the caller decides.
pub(crate) fn can_be_one(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    a.kind == b.kind
        && match a.kind {
            Kind::Visit => visit(a, b, how),
            Kind::Treaty => treaty(a, b, how),
            Kind::Mission => {
                mission(a, b)
                    && dates_agree(a.date(Slot::Opened), b.date(Slot::Opened))
                    && dates_agree(a.date(Slot::Closed), b.date(Slot::Closed))
            }
            Kind::MissionEvent => mission_event(a, b, how),
            Kind::Appointment => appointment(a, b, how),
            Kind::Relations => {
                relations(a, b) && dates_agree(a.date(Slot::Date), b.date(Slot::Date))
            }
            Kind::Membership => equal(a, b, Slot::State) && equal(a, b, Slot::Organisation),
            Kind::Meeting => meeting(a, b, how),
            Kind::Observation => {
                observation(a, b)
                    && equal(a, b, Slot::Value)
                    && dates_agree(a.date(Slot::Date), b.date(Slot::Date))
            }
        }
}

fn visit(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    let (from, dates) = (
        agree(a, b, Slot::From),
        dates_agree(time(a).as_ref(), time(b).as_ref()),
    );
    let to = match (a.has(Slot::To), b.has(Slot::To)) {
        (true, true) => agree(a, b, Slot::To),
        (false, false) | (true, false) | (false, true) => {
            !denotations(a, Slot::City).is_disjoint(&denotations(b, Slot::City))
        }
    };
    let who = match (a.person(Slot::Visitor), b.person(Slot::Visitor)) {
        (Some(x), Some(y)) => (how.person)(&x.name, &y.name),
        (None, None) => role(a, Slot::Role) == role(b, Slot::Role) && equal(a, b, Slot::From),
        // An office alone is a named holder of it only where both give the same time.
        (Some(_), None) | (None, Some(_)) => {
            let same_office =
                role(a, Slot::Role).is_some() && role(a, Slot::Role) == role(b, Slot::Role);
            same_office && equal(a, b, Slot::From) && time(a).is_some() && time(b).is_some()
        }
    };
    who && to && from && dates
}

/// What a treaty's title means.
pub(crate) fn title(fact: &Fact, topics: &Topics) -> Title {
    let parties: Vec<String> = fact.all(Slot::Parties).iter().map(Value::text).collect();
    let parties: Vec<&str> = parties.iter().map(String::as_str).collect();
    let kind = fact.text(Slot::Kind);
    let title = fact.text(Slot::Title);
    topics.title(if title.is_empty() { &kind } else { &title }, &parties)
}

fn treaty(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    let (p, q) = (denotations(a, Slot::Parties), denotations(b, Slot::Parties));
    if !(p.is_subset(&q) || q.is_subset(&p)) || !treaty_dates(a, b) {
        return false;
    }
    let (x, y) = (title(a, how.topics), title(b, how.topics));
    let same_time = matches!((time(a), time(b)), (Some(s), Some(t)) if s == t || (s.compatible(&t) && s.precision() >= 2 && t.precision() >= 2));
    let alike = if x.is_bare() && y.is_bare() {
        same_time && p == q
    } else {
        x.like(&y) || (same_time && x.within(&y))
    };
    alike
        && (p == q
            || same_time
            || (p.len() >= 2 && q.len() >= 2 && time(a).is_some() && time(b).is_some())
            || p.is_empty()
            || q.is_empty())
}

/// Dates of one kind can be the same; dates of different kinds lie as far apart as they may.
fn treaty_dates(a: &Fact, b: &Fact) -> bool {
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

/// The same kind of mission of the same sender in the same place; periods aside.
pub(crate) fn mission(a: &Fact, b: &Fact) -> bool {
    equal(a, b, Slot::Kind)
        && equal(a, b, Slot::Sending)
        && equal(a, b, Slot::Receiving)
        && equal(a, b, Slot::City)
}

fn mission_event(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    let person = match (a.person(Slot::Person), b.person(Slot::Person)) {
        (Some(x), Some(y)) => (how.person)(&x.name, &y.name),
        (None, _) | (_, None) => true,
    };
    person
        && equal(a, b, Slot::Event)
        && equal(a, b, Slot::Sending)
        && agree(a, b, Slot::Receiving)
        && agree(a, b, Slot::Kind)
        && agree(a, b, Slot::City)
        && dates_agree(a.date(Slot::Date), b.date(Slot::Date))
        && dates_agree(a.date(Slot::Deadline), b.date(Slot::Deadline))
}

fn appointment(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    let who = match (a.person(Slot::Person), b.person(Slot::Person)) {
        (Some(x), Some(y)) => (how.person)(&x.name, &y.name),
        (None, None) => a.date(Slot::Start).is_some() && b.date(Slot::Start).is_some(),
        (Some(_), None) | (None, Some(_)) => false,
    };
    let both = |fact: &Fact| {
        fact.date(Slot::Start)
            .and_then(Edtf::year)
            .zip(fact.date(Slot::End).and_then(Edtf::year))
    };
    // A term that ends before the other begins is another one, even where each gives only one of its dates.
    let apart = |x: &Fact, y: &Fact| matches!((x.date(Slot::End).and_then(Edtf::year), y.date(Slot::Start).and_then(Edtf::year)), (Some(end), Some(start)) if end < start);
    who && role(a, Slot::Role) == role(b, Slot::Role)
        && agree(a, b, Slot::Sending)
        && agree(a, b, Slot::Receiving)
        && agree(a, b, Slot::City)
        && dates_agree(a.date(Slot::Start), b.date(Slot::Start))
        && (dates_agree(a.date(Slot::End), b.date(Slot::End))
            || both(a) == both(b) && both(a).is_some())
        && !apart(a, b)
        && !apart(b, a)
}

/// The same event between the same parties; dates aside. Each side may raise or lower its own representation.
pub(crate) fn relations(a: &Fact, b: &Fact) -> bool {
    let event = a.text(Slot::Event);
    let own_act = event == "upgraded" || event == "downgraded";
    equal(a, b, Slot::Event)
        && denotations(a, Slot::Parties) == denotations(b, Slot::Parties)
        && (!own_act || agree(a, b, Slot::Actor))
}

fn meeting(a: &Fact, b: &Fact, how: Comparison<'_>) -> bool {
    let names = |fact: &Fact| -> Vec<String> {
        fact.all(Slot::Participants)
            .iter()
            .map(Value::text)
            .collect()
    };
    let missing = |from: &[String], other: &[String]| {
        from.iter()
            .filter(|x| !other.iter().any(|y| (how.person)(x, y)))
            .count()
    };
    let (names_a, names_b) = (names(a), names(b));
    let (roles_a, roles_b) = (denotations(a, Slot::Roles), denotations(b, Slot::Roles));
    let shared = missing(&names_a, &names_b) < names_a.len() || !roles_a.is_disjoint(&roles_b);
    let (only_a, only_b) = (missing(&names_a, &names_b), missing(&names_b, &names_a));
    let (office_a, office_b) = (
        roles_a.difference(&roles_b).count(),
        roles_b.difference(&roles_a).count(),
    );
    // Whom one gives by name the other may give by office, or leave out altogether.
    let same_people = (only_a <= office_b && only_b <= office_a)
        || only_a + office_a == 0
        || only_b + office_b == 0;
    shared
        && same_people
        && dates_agree(a.date(Slot::Date), b.date(Slot::Date))
        && agree(a, b, Slot::Place)
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
