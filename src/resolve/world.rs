//! The world: what all documents say together. Plain data, in a fixed order; no RDF here.

use super::decisions::Decision;
use super::evidence::Evidence;
use super::within::finer;
use crate::fact::{Claim, Edtf, Fact, Polarity, Slot, Value};
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
    /// Path under the base IRI: `person/ana-soto`, `state/france`, `mission/peru-france-paris-consulate-general`.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// Preferred name.
    pub name: String,
    /// Every name that it has in the accounts, each with its language: `en` for names that the gazetteer or we give, empty for a
    /// person's name, which documents of any language spell alike; sorted.
    pub names: Vec<(String, String)>,
    /// Key in the gazetteer, where it comes from there.
    pub key: Option<String>,
    /// What it is joined to, by the slot that says how: a mission's sending and receiving body and city, an office's body (`of`), a
    /// city's state, a relation's parties. Ids of entities.
    pub links: BTreeMap<Slot, Vec<String>>,
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
    /// Path under the base IRI: `visit/peru-france-1964-ana-soto`.
    pub id: String,
    /// The kind of fact and, per slot, the leading value of each (for sorting and IRIs).
    pub fact: Fact,
    /// Every value that a source gives, per slot; several where sources disagree.
    pub values: BTreeMap<Slot, Vec<Supported>>,
    /// Slots whose leading value a person decided.
    pub preferred: Vec<Slot>,
    /// The mission that a phase, appointment or mission event belongs to; the bilateral relation of a relation event.
    pub of: Option<String>,
    /// Indexes of the accounts it was made of, sorted.
    pub accounts: Vec<usize>,
    /// All claims behind it, sorted.
    pub claims: Vec<ClaimRef>,
}

impl Event {
    /// When it happened or began, as one date: its leading date, a visit's stay, a treaty's first known date.
    #[must_use]
    pub fn time(&self) -> Option<Edtf> {
        super::same::time(&self.fact)
    }

    /// The values of a slot that stand: all that sources give, but for vaguer forms of another one (1960 beside 1960-02, "other" beside "state").
    #[must_use]
    pub fn standing(&self, slot: Slot) -> Vec<&Supported> {
        let values = self.values.get(&slot).map_or(&[][..], Vec::as_slice);
        let vaguer = |value: &Value| {
            matches!(value, Value::Date(_) | Value::Term(_))
                && values.iter().any(|other| finer(&other.value, value))
        };
        values
            .iter()
            .filter(|supported| !vaguer(&supported.value))
            .collect()
    }
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

/// One side of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The slot that the value stands in; differs between sides where dates are of different kinds.
    pub slot: Slot,
    /// Said to be so, or denied.
    pub polarity: Polarity,
    /// The value and the claims that give it (or deny it).
    pub said: Supported,
}

/// A functional slot on which sources differ, or an event that one source asserts and another denies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Path under the base IRI.
    pub id: String,
    /// Id of the event it is about; of an office, where sources differ on who held it.
    pub about: String,
    /// The slot; `None` where the whole event is asserted by one side and denied by the other.
    pub slot: Option<Slot>,
    /// How they differ.
    pub grade: Grade,
    /// Each side, in a fixed order.
    pub sides: Vec<Side>,
}

/// Why a fact cannot be as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It ends before it begins.
    EndBeforeStart,
    /// A treaty in force before it was signed or adopted.
    InForceBeforeSignature,
    /// A mission, or its head, in the state that sends it.
    MissionAtHome,
    /// A visit to the visitor's own state.
    VisitAtHome,
    /// Somebody acts after a death that a document tells of.
    AfterDeath,
    /// A visit in an office at a time that none of the visitor's known terms in it covers.
    OutsideTerm,
    /// Somebody acts over more years than anybody does.
    LongLife,
}

impl Fault {
    /// The word for it in the graph.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EndBeforeStart => "end-before-start",
            Self::InForceBeforeSignature => "in-force-before-signature",
            Self::MissionAtHome => "mission-at-home",
            Self::VisitAtHome => "visit-at-home",
            Self::AfterDeath => "after-death",
            Self::OutsideTerm => "outside-term",
            Self::LongLife => "long-life",
        }
    }

    /// The same for a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::EndBeforeStart => "it ends before it begins",
            Self::InForceBeforeSignature => "it is in force before it was signed",
            Self::MissionAtHome => "a mission in the state that sends it",
            Self::VisitAtHome => "a visit to the visitor's own state",
            Self::AfterDeath => "it happens after a death that a document tells of",
            Self::OutsideTerm => {
                "the visitor did not hold that office then, by the terms that documents tell of"
            }
            Self::LongLife => "one person acts over more than eighty years",
        }
    }
}

/// A fact that cannot be as it is told. It stands all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impossible {
    /// Path under the base IRI.
    pub id: String,
    /// Id of the event or person it is about.
    pub about: String,
    /// What is wrong.
    pub fault: Fault,
    /// The claims that together cannot be true, sorted.
    pub claims: Vec<ClaimRef>,
}

/// Who held an office that a document gives without a name, where the graph itself says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Path under the base IRI.
    pub id: String,
    /// Id of the event.
    pub event: String,
    /// The slot that gives the office: of a meeting's participant, or of a visitor.
    pub slot: Slot,
    /// Id of the office.
    pub office: String,
    /// Id of the person.
    pub person: String,
    /// Ids of the events that say so: a term that covers the day, or acts in the office before and after it.
    pub because: Vec<String>,
    /// The claims behind these, sorted.
    pub claims: Vec<ClaimRef>,
}

/// What documents bring that was found to be of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Member {
    /// An account, by index: of an event.
    Account(usize),
    /// A name in a source: of a person.
    Name {
        /// Index of the source.
        source: usize,
        /// The name as the document has it.
        name: String,
    },
}

/// One member of a thing and what spoke for its being of it; the first has nothing to be weighed against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// What was found to be of the thing.
    pub member: Member,
    /// Why.
    pub evidence: Evidence,
}

/// Another thing that much speaks for being this one, and why it is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Its id.
    pub other: String,
    /// What speaks for it, and the veto.
    pub evidence: Evidence,
}

/// Why a person or event is one over its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Id of the entity or event.
    pub about: String,
    /// All that was found to be of it.
    pub joins: Vec<Join>,
    /// Some of those that it was kept apart from, the nearest first.
    pub apart: Vec<Apart>,
}

/// A decision that was replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Path under the base IRI.
    pub id: String,
    /// The decision.
    pub decision: Decision,
    /// Ids of what it is about: one thing, or two where it says that they differ.
    pub about: Vec<String>,
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
    /// What people decided.
    pub decided: Vec<Decided>,
    /// Why things are one, or two: of what several documents tell, or what was kept apart.
    pub identities: Vec<Identity>,
    /// The names behind every person.
    pub persons: Vec<Identity>,
    /// What cannot be as it is told.
    pub impossible: Vec<Impossible>,
    /// Holders of offices whom no document names for an event.
    pub holders: Vec<Holder>,
}
