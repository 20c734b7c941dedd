//! Entities of a graph → items of Wikidata: candidates from several sources, one scorer, decisions of people, and why.

mod entity;
pub mod index;
mod item;
mod names;
pub mod properties;
mod score;
mod subject;
mod table;

pub use entity::{Entity, EntityError, entity};
pub use index::{Index, IndexBuilder, IndexError, Keep, Made, Match};
pub use item::{Item, ItemType, NoQid, Position, Qid, When};
pub use names::{Nouns, bag, folded};
pub use score::{OFFERED, Reason, Score, THRESHOLD};
pub use subject::{Held, Subject, subjects};
pub use table::Table;
