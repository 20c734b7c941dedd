//! The world: what all documents say together. Plain data, in a fixed order; no RDF here.

use crate::fact::{Claim, Fact, Slot, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What one document brings into the world: its claims, in order of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The document's id.
    pub document: String,
    /// Its claims.
    pub claims: Vec<Claim>,
}

/// A claim by its source (index in the sorted sources) and its place among that source's claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimRef {
    /// Index of the source, sources sorted by document id.
    pub source: usize,
    /// Index of the claim in its source.
    pub claim: usize,
}

/// What one document, taken whole, says of one event or relator: its claims about it merged, the most precise value of each slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Index of the source.
    pub source: usize,
    /// The merged slots.
    pub fact: Fact,
    /// The claims behind it, sorted.
    pub claims: Vec<ClaimRef>,
}

/// What an entity of the world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// `dip:Person`
    Person,
    /// `dip:State`
    State,
    /// `dip:Government`
    Government,
    /// `dip:Organisation`
    Organisation,
    /// `dip:City` or `dip:Place`
    Place,
    /// `dip:Office`
    Office,
    /// `dip:Mission`, one over all its phases.
    Mission,
    /// `dip:BilateralRelation`
    Relation,
}

/// A thing that lasts: person, state, mission, office … Events refer to it by `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Path under the base IRI: `person/charles-de-gaulle`, `state/france`, `mission/peru-france-paris-consulate-general`.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// Preferred name.
    pub name: String,
    /// Every name that documents give it, with the language of the document; sorted.
    pub names: Vec<(String, String)>,
    /// Key in the gazetteer, where it comes from there.
    pub key: Option<String>,
    /// Claims that mention it, sorted.
    pub claims: Vec<ClaimRef>,
}

/// A value of an event's slot in the world, with the claims that support it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supported {
    /// The value, as the best account gives it.
    pub value: Value,
    /// Id of the entity that the value denotes, for persons, bodies, places and offices.
    pub entity: Option<String>,
    /// Claims that say so, sorted.
    pub claims: Vec<ClaimRef>,
}

/// An event or relator of the world (visit, treaty, mission phase, appointment, relation event, membership, meeting, observation).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Path under the base IRI: `visit/france-peru-1964-charles-de-gaulle`.
    pub id: String,
    /// The kind of fact and, per slot, the leading value of each (for sorting and IRIs).
    pub fact: Fact,
    /// Every value that a source gives, per slot; several where sources disagree.
    pub values: BTreeMap<Slot, Vec<Supported>>,
    /// The mission that a phase, appointment or mission event belongs to; the bilateral relation of a relation event.
    pub of: Option<String>,
    /// Indexes of the accounts it was made of, sorted.
    pub accounts: Vec<usize>,
    /// All claims behind it, sorted.
    pub claims: Vec<ClaimRef>,
}

/// How sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Both cannot be true.
    Contradiction,
    /// One is vaguer than the other.
    DifferentPrecision,
    /// Dates of different kinds (adopted, signed).
    DifferentKindOfDate,
}

/// A functional slot on which sources differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Path under the base IRI.
    pub id: String,
    /// Id of the event or entity it is about.
    pub about: String,
    /// The slot.
    pub slot: Slot,
    /// How they differ.
    pub grade: Grade,
    /// Each side: its value and the claims that give it, in a fixed order.
    pub sides: Vec<Supported>,
}

/// All of it. Every list is sorted by id (accounts by source, then first claim).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// The documents' ids, sorted; [`ClaimRef::source`] indexes this.
    pub sources: Vec<String>,
    /// Accounts of the documents. Claims that do not hold (planned, denied …) have none.
    pub accounts: Vec<Account>,
    /// Things that last.
    pub entities: Vec<Entity>,
    /// What happened or holds.
    pub events: Vec<Event>,
    /// Where sources differ.
    pub conflicts: Vec<Conflict>,
}
