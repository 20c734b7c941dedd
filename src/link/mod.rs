//! Entities of a graph → items of Wikidata: candidates from several sources, one scorer, decisions of people, and why.

mod entity;
mod item;
pub mod properties;

pub use entity::{Entity, EntityError, entity};
pub use item::{Item, ItemType, NoQid, Position, Qid, When};
