//! Claims of many documents → entities and events of one world; what sources disagree on is kept.

mod world;

pub use world::{
    Account, ClaimRef, Conflict, Entity, EntityKind, Event, Grade, Source, Supported, World,
};
