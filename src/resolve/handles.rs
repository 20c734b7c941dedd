//! A value of a fact → the handle of the entity that it denotes: what the entity is found by, whatever it is called.

use super::names::slug;
use super::people::People;
use super::same::{Family, denotation, family};
use super::world::EntityKind;
use crate::fact::{Body, BodyClass, Fact, Kind, Office, Slot, Value};

/// What an entity is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Handle {
    /// By number in [`People`].
    Person(usize),
    /// By class and key.
    Body(BodyClass, String),
    /// By key.
    Place(String),
    /// By the slug of its English title.
    Office(String),
    /// By family, sender, receiver and (but for embassies, which move) city.
    Mission(Family, String, String, String),
    /// By its two parties, sorted.
    Relation(String, String),
}

/// What a value of a fact denotes.
pub(crate) fn handle(
    value: &Value,
    slot: Slot,
    source: usize,
    fact: &Fact,
    people: &People,
) -> Option<Handle> {
    match value {
        Value::Person(person) => people.get(source, &person.name).map(Handle::Person),
        Value::Body(body) => Some(body_handle(body)),
        Value::Place(place) => Some(Handle::Place(place.key.clone())),
        Value::Office(office) => Some(Handle::Office(slug(&office_title(office, slot, fact)))),
        Value::Date(_) | Value::Term(_) | Value::Text(_) | Value::Number(_) => None,
    }
}

/// The handle of a body.
pub(crate) fn body_handle(body: &Body) -> Handle {
    Handle::Body(body.class, body.key.clone())
}

/// The body whose office it is: the sender, where the fact has one.
pub(crate) fn office_body<'f>(office: &'f Office, slot: Slot, fact: &'f Fact) -> Option<&'f Body> {
    let side = match (fact.kind, slot) {
        (Kind::Visit, Slot::Role) => Slot::From,
        (Kind::Appointment, Slot::Role) => Slot::Sending,
        _ => return office.of.as_ref(),
    };
    fact.body(side).or(office.of.as_ref())
}

/// "Consul General of Peru in Paris", "Ambassador of Peru to France", "President of Peru".
pub(crate) fn office_title(office: &Office, slot: Slot, fact: &Fact) -> String {
    let mut title = office.role.clone();
    if let Some(body) = office_body(office, slot, fact) {
        title.push_str(" of ");
        title.push_str(&body.name);
    }
    if fact.kind == Kind::Appointment {
        match (fact.place(Slot::City), fact.body(Slot::Receiving)) {
            (Some(city), _) if consular(&office.role) => {
                title.push_str(&format!(" in {}", city.name))
            }
            (_, Some(body)) => title.push_str(&format!(" to {}", body.name)),
            (Some(city), None) => title.push_str(&format!(" in {}", city.name)),
            (None, None) => {}
        }
    }
    title
}

fn consular(role: &str) -> bool {
    slug(role).contains("consul")
}

/// The mission that a mission's phase or event, or an appointment, is of.
pub(crate) fn mission_handle(fact: &Fact) -> Option<Handle> {
    let family = match fact.kind {
        Kind::MissionEvent if !fact.has(Slot::Kind) => return None,
        Kind::Mission | Kind::MissionEvent => family(&fact.text(Slot::Kind)),
        Kind::Appointment => match fact.get(Slot::Role) {
            Some(Value::Office(office)) if consular(&office.role) => Family::Consular,
            Some(Value::Office(office))
                if HEADS.iter().any(|head| slug(&office.role).contains(head)) =>
            {
                Family::Diplomatic
            }
            Some(_) | None => return None,
        },
        Kind::Visit
        | Kind::Treaty
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => return None,
    };
    let key = |slot| fact.get(slot).map(denotation).unwrap_or_default();
    let city = if family == Family::Diplomatic {
        String::new()
    } else {
        key(Slot::City)
    };
    fact.has(Slot::Sending)
        .then(|| Handle::Mission(family, key(Slot::Sending), key(Slot::Receiving), city))
}

/// Parts of the titles of those who head an embassy or legation.
const HEADS: &[&str] = &[
    "ambassador",
    "charge-daffaires",
    "minister-plenipotentiary",
    "minister-resident",
    "envoy",
    "high-commissioner",
    "nuncio",
];

/// The relation that an event of it belongs to: that of its two parties.
pub(crate) fn relation_handle(fact: &Fact) -> Option<Handle> {
    let [Value::Body(a), Value::Body(b)] = fact.all(Slot::Parties) else {
        return None;
    };
    let (a, b) = (
        denotation(&Value::Body(a.clone())),
        denotation(&Value::Body(b.clone())),
    );
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    (fact.kind == Kind::Relations && a != b).then_some(Handle::Relation(a, b))
}

/// What it stands for.
pub(crate) fn kind(handle: &Handle) -> EntityKind {
    match handle {
        Handle::Person(_) => EntityKind::Person,
        Handle::Body(BodyClass::State, _) => EntityKind::State,
        Handle::Body(BodyClass::Government, _) => EntityKind::Government,
        Handle::Body(BodyClass::Organisation, _) => EntityKind::Organisation,
        Handle::Place(_) => EntityKind::Place,
        Handle::Office(_) => EntityKind::Office,
        Handle::Mission(..) => EntityKind::Mission,
        Handle::Relation(..) => EntityKind::Relation,
    }
}
