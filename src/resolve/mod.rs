//! Claims of many documents → entities and events of one world; what sources disagree on is kept.
//!
//! In steps, one file each: the claims of one document become its accounts; people are told apart; across documents accounts become
//! events; what they name becomes entities; where they differ becomes conflicts. Nothing depends on the order of the sources.

mod across;
mod conflict;
mod entities;
mod events;
mod evidence;
mod handles;
mod holders;
mod identity;
mod ids;
mod impossible;
mod keys;
mod names;
mod parts;
mod people;
mod same;
mod topics;
mod weigh;
mod within;
mod world;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use evidence::{ENOUGH, Evidence, Reason};
pub use ids::stable;
pub use names::{fold, slug};
pub use topics::{Concept, Title, Topics, TopicsError};
pub use world::{
    Account, Apart, ClaimRef, Conflict, Entity, EntityKind, Event, Fault, Grade, Holder, Identity,
    Impossible, Join, Member, Side, Source, Supported, World,
};

/// Reconciles what all sources say. The result depends on the set of sources alone, not on their order; of two sources with one document
/// id, the first by its claims is read.
#[must_use]
pub fn resolve(sources: &[Source], topics: &Topics) -> World {
    let mut sorted: Vec<&Source> = sources.iter().collect();
    sorted.sort_by(|a, b| {
        a.document
            .cmp(&b.document)
            .then_with(|| a.claims.cmp(&b.claims))
    });
    sorted.dedup_by(|a, b| a.document == b.document);
    let accounts: Vec<Account> = sorted
        .iter()
        .enumerate()
        .flat_map(|(at, source)| within::accounts(at, &source.claims, topics))
        .collect();
    let people = people::people(&accounts);
    let across::Found { groups, parts } = across::events(&accounts, &people, topics);
    let entities = entities::entities(&sorted, &accounts, &people);
    let ground = events::Ground {
        sources: &sorted,
        accounts: &accounts,
        people: &people,
        entities: &entities,
        topics,
    };
    let events = events::events(&groups, &ground);
    let conflicts = conflict::conflicts(&sorted, &accounts, &events, topics);
    let identities = identity::identities(&accounts, &people, &entities, &events, &parts, topics);
    World {
        impossible: impossible::impossible(&sorted, &events, &entities, &people),
        holders: holders::holders(&events),
        identities,
        sources: sorted
            .iter()
            .map(|source| source.document.clone())
            .collect(),
        entities: entities.list(),
        accounts,
        events,
        conflicts,
    }
}
