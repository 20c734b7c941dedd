//! A document's claims → its ties: what it shares with all documents that can have a say in what becomes of its facts.
//!
//! A tie is read from one document alone. Documents that share none, directly or over others, never influence each other; so the ties of
//! the documents that changed lead to all that a change can touch ([`super::touched`]).

use super::entities::{Entities, entities};
use super::events;
use super::handles::{Handle, handle, mission_handle, relation_handle};
use super::keys::{denial_keys, keys};
use super::people::{self, People};
use super::rulings::Rulings;
use super::topics::Topics;
use super::within;
use super::world::{Account, Source};
use crate::fact::{Claim, Fact, Kind, Modality, Polarity, Slot, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that a document shares with others. Ties are hashes: two that are equal by chance bring in a document too many, and no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Tie {
    /// What is shared.
    pub key: u64,
    /// In which form the document has it; 0 where there is but one.
    pub form: u64,
}

/// What ties are read by, besides the documents.
#[derive(Clone, Copy)]
pub struct Tying<'a> {
    /// What treaties are about.
    pub topics: &'a Topics,
    /// A government's key → the key of the state that it governs or claims to.
    pub governs: &'a BTreeMap<String, String>,
}

/// The ties of a document, sorted.
#[must_use]
pub fn ties(source: &Source, by: Tying<'_>) -> Vec<Tie> {
    let accounts = within::accounts(0, &source.claims, by.topics);
    let mut found: BTreeSet<Tie> = BTreeSet::new();
    let mut one = |key: u64| {
        found.insert(Tie { key, form: 0 });
    };
    let mentions = people::mentions(&accounts);
    for mention in &mentions {
        mention.keys().iter().for_each(|key| one(name(key)));
        mention.open_keys().iter().for_each(|key| one(open(key)));
        mention.asks().iter().for_each(|key| one(asked(key)));
    }
    let people = people::people(&accounts, &Rulings::default());
    for account in &accounts {
        let fact = &account.fact;
        impersonal(fact, by.topics)
            .iter()
            .for_each(|key| one(event(key)));
        like(fact, by.topics).into_iter().for_each(&mut one);
        one(of_kind(fact.kind));
        let keys = denial_keys(fact);
        if keys.is_empty() {
            one(deniable(fact.kind, "*"));
        }
        keys.iter().for_each(|key| one(deniable(fact.kind, key)));
        for (holding, office) in offices(account, &people) {
            one(holding.tie(&office));
        }
        for of in [mission_handle(fact), relation_handle(fact)]
            .into_iter()
            .flatten()
        {
            one(belonging(&of));
        }
    }
    for (_, claim) in denials(source) {
        let keys = denial_keys(&claim.fact);
        if keys.is_empty() {
            one(denied(claim.fact.kind, "*"));
        }
        keys.iter()
            .for_each(|key| one(denied(claim.fact.kind, key)));
        one(denied(claim.fact.kind, ""));
    }
    let things = entities(&[source], &accounts, &people, &Rulings::default());
    things_of(&things, by, &mut found);
    found.into_iter().collect()
}

fn things_of(things: &Entities, by: Tying<'_>, found: &mut BTreeSet<Tie>) {
    for (handle, core) in things.cores() {
        if matches!(handle, Handle::Person(_)) {
            continue;
        }
        let own = hash("handle", &format!("{handle:?}"));
        found.insert(Tie {
            key: thing(handle),
            form: hash("core", &core),
        });
        found.extend(things.path(handle).map(|path| Tie {
            key: wanted(&path),
            form: own,
        }));
        for target in linked(things, handle, by) {
            found.insert(Tie {
                key: link_to(&target),
                form: own,
            });
        }
    }
}

/// What a thing is joined to, and the state that a government governs.
pub(crate) fn linked(things: &Entities, handle: &Handle, by: Tying<'_>) -> Vec<Handle> {
    let mut linked = things.links(handle);
    if let Handle::Body(crate::fact::BodyClass::Government, key) = handle {
        let state = by.governs.get(key);
        linked.extend(state.map(|key| Handle::Body(crate::fact::BodyClass::State, key.clone())));
    }
    linked
}

fn hash(sort: &str, words: &str) -> u64 {
    let mut sha = Sha256::new();
    sha.update(sort);
    sha.update([0x1f]);
    sha.update(words);
    let mut eight = [0; 8];
    for (byte, hashed) in eight.iter_mut().zip(sha.finalize()) {
        *byte = hashed;
    }
    u64::from_be_bytes(eight)
}

/// A claim, by the last part of its IRI: what decisions of people name.
#[must_use]
pub fn claim_tie(hash_of_claim: &str) -> u64 {
    hash("claim", hash_of_claim)
}

/// A key by which a person's name is found, whoever looks.
pub(crate) fn name(key: &str) -> u64 {
    hash("name", key)
}

/// A key by which short forms of a person's name look for it.
pub(crate) fn open(key: &str) -> u64 {
    hash("open", key)
}

/// An open key that a document looks by.
pub(crate) fn asked(key: &str) -> u64 {
    hash("asked", key)
}

/// A key of an event that does not depend on who its persons are.
pub(crate) fn event(key: &str) -> u64 {
    hash("event", key)
}

/// A fact of a kind.
pub(crate) fn of_kind(kind: Kind) -> u64 {
    hash("kind", kind.name())
}

/// A fact that a denial can meet, by a key or (`*`) whatever its key is.
pub(crate) fn deniable(kind: Kind, key: &str) -> u64 {
    hash("deniable", &format!("{}>{key}", kind.name()))
}

/// A denial: with a key; with any fact of its kind (`*`); any of its kind (empty).
pub(crate) fn denied(kind: Kind, key: &str) -> u64 {
    hash("denied", &format!("{}>{key}", kind.name()))
}

/// Something that lasts and is no person; the form is all that a document says of what it is called and joined to.
pub(crate) fn thing(handle: &Handle) -> u64 {
    hash("thing", &format!("{handle:?}"))
}

/// A path that something would have as its IRI; the form is the thing.
pub(crate) fn wanted(path: &str) -> u64 {
    hash("path", path)
}

/// Something that is joined to a thing; the form is what is joined.
pub(crate) fn link_to(handle: &Handle) -> u64 {
    hash("link", &format!("{handle:?}"))
}

/// A fact that is of a mission or relation.
pub(crate) fn belonging(handle: &Handle) -> u64 {
    hash("of", &format!("{handle:?}"))
}

/// How a fact has to do with who holds an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holding {
    /// A person's term in it.
    Term,
    /// A person acts in it.
    Act,
    /// It is given without a name.
    Open,
}

impl Holding {
    /// The tie of such a fact.
    pub(crate) fn tie(self, office: &Handle) -> u64 {
        hash("holding", &format!("{self:?} {office:?}"))
    }
}

/// The offices of an account, with how it has to do with their holders.
pub(crate) fn offices(account: &Account, people: &People) -> Vec<(Holding, Handle)> {
    let fact = &account.fact;
    let (holding, slot) = match fact.kind {
        Kind::Appointment if fact.has(Slot::Person) => (Holding::Term, Slot::Role),
        Kind::Visit if fact.has(Slot::Visitor) => (Holding::Act, Slot::Role),
        Kind::Visit => (Holding::Open, Slot::Role),
        Kind::Meeting => (Holding::Open, Slot::Roles),
        Kind::Treaty
        | Kind::Mission
        | Kind::MissionEvent
        | Kind::Appointment
        | Kind::Relations
        | Kind::Membership
        | Kind::Observation => return Vec::new(),
    };
    let values = fact.all(slot).iter();
    values
        .filter_map(|value| Some((holding, handle(value, slot, account.source, fact, people)?)))
        .collect()
}

/// The keys of an event that do not depend on who its persons are. Facts that share a key with a person in it name one person, whose
/// names tie their documents.
pub(crate) fn impersonal(fact: &Fact, topics: &Topics) -> Vec<String> {
    if fact.kind == Kind::Appointment && fact.has(Slot::Person) {
        return Vec::new();
    }
    let mut fact = fact.clone();
    for slot in [Slot::Visitor, Slot::Participants] {
        fact.slots.remove(&slot);
    }
    keys(&fact, topics)
}

/// What facts share that can want one IRI although they share no key.
pub(crate) fn like(fact: &Fact, topics: &Topics) -> Vec<u64> {
    if fact.kind == Kind::Observation {
        let of: Vec<String> = fact.all(Slot::Of).iter().map(Value::text).collect();
        return vec![hash(
            "like",
            &format!("{}>{of:?}", fact.text(Slot::Measure)),
        )];
    }
    if keys(fact, topics).is_empty() {
        return vec![hash("like", &events::key(fact, None).0)];
    }
    Vec::new()
}

/// The claims of a document that deny something.
pub(crate) fn denials(source: &Source) -> impl Iterator<Item = (usize, &Claim)> {
    let denied =
        |claim: &Claim| claim.polarity == Polarity::Denied && claim.modality == Modality::Asserted;
    source
        .claims
        .iter()
        .enumerate()
        .filter(move |(_, claim)| denied(claim))
}

/// The names of the persons that an account names.
pub(crate) fn named(account: &Account) -> impl Iterator<Item = &str> {
    account
        .fact
        .slots
        .values()
        .flatten()
        .filter_map(|value| match value {
            Value::Person(person) => Some(person.name.as_str()),
            Value::Body(_)
            | Value::Place(_)
            | Value::Office(_)
            | Value::Date(_)
            | Value::Term(_)
            | Value::Text(_)
            | Value::Number(_) => None,
        })
}
