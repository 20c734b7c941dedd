//! Entities of a graph → items of Wikidata: candidates from several sources, one scorer, decisions of people, and why.

pub mod decisions;
mod entity;
mod facts;
mod far;
mod fit;
pub mod graph;
pub mod index;
mod item;
mod linker;
mod names;
mod namesakes;
pub mod online;
mod ours;
pub mod properties;
mod quickstatements;
pub mod record;
mod score;
mod source;
pub mod statements;
mod subject;
mod table;

pub use entity::{Entity, EntityError, entity};
pub use far::{Reconciliation, Wikidata};
pub use graph::is_link;
pub use index::settle_types;
pub use index::{Index, IndexBuilder, IndexError, Keep, Made, Match};
pub use item::{Item, ItemType, NoQid, Position, Qid, When};
pub use linker::{Candidate, Linker, Outcome, found_by};
pub use names::{Nouns, bag, folded};
pub use ours::{Found, Ours, OursError, learn, tenure};
pub use record::{Link, Relation};
pub use score::{OFFERED, Reason, Score, THRESHOLD};
pub use source::{Source, SourceError};
pub use subject::{Held, Subject, subjects};
pub use table::Table;
