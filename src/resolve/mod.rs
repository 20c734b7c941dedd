//! Claims of many documents → entities and events of one world; what sources disagree on is kept.
//!
//! In steps, one file each: the claims of one document become its accounts; people are told apart; across documents accounts become
//! events; what they name becomes entities; where they differ becomes conflicts. Nothing depends on the order of the sources.

mod across;
mod conflict;
mod context;
mod decisions;
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
mod ruled;
mod rulings;
mod same;
mod spelling;
mod ties;
mod topics;
mod touched;
mod weigh;
mod within;
mod world;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use rulings::Rulings;
use std::collections::BTreeMap;

pub use decisions::{COLUMNS, CONTRADICTS, Decision, NOT_APPLIED, Named, Verdict, decisions};
pub use evidence::{ENOUGH, Evidence, Reason};
pub use ids::stable;
pub use names::{fold, slug};
pub use ties::{Tie, Tying, claim_tie, ties};
pub use topics::{Concept, Title, Topics, TopicsError};
pub use touched::{Changed, Deciding, Shared, touched};
pub use world::{
    Account, Apart, ClaimRef, Conflict, Decided, Entity, EntityKind, Event, Fault, Grade, Holder,
    Identity, Impossible, Join, Member, Side, Source, Supported, World,
};

/// Reconciles what all sources say. The result depends on the set of sources alone, not on their order; of two sources with one document
/// id, the first by its claims is read.
#[must_use]
pub fn resolve(sources: &[Source], topics: &Topics) -> World {
    let (sorted, accounts) = accounts(sources, topics);
    world(&sorted, accounts, topics, &Rulings::default())
}

/// The same with what people decided: the world is first made without decisions, as they name things by what a build without them calls
/// them, then again under them. `claims` gives the document and the place of a claim by the last part of its IRI. Decisions that rule
/// nothing are told of.
#[must_use]
pub fn resolve_decided(
    sources: &[Source],
    topics: &Topics,
    decisions: &[Decision],
    claims: &BTreeMap<String, (String, usize)>,
) -> (World, Vec<Diagnostic>) {
    let (sorted, accounts) = accounts(sources, topics);
    let (rulings, idle) = ruled(&sorted, &accounts, topics, decisions, claims);
    let mut world = world(&sorted, accounts, topics, &rulings);
    world.decided = rulings.decided(&world, decisions);
    (world, idle)
}

/// What decisions rule in the world of some accounts, and those that rule nothing.
fn ruled(
    sorted: &[&Source],
    accounts: &[Account],
    topics: &Topics,
    decisions: &[Decision],
    claims: &BTreeMap<String, (String, usize)>,
) -> (Rulings, Vec<Diagnostic>) {
    if decisions.is_empty() {
        return (Rulings::default(), Vec::new());
    }
    let without = world(sorted, accounts.to_vec(), topics, &Rulings::default());
    let places: BTreeMap<String, ClaimRef> = claims
        .iter()
        .filter_map(|(hash, (document, claim))| {
            let source = without.sources.binary_search(document).ok()?;
            let claim = *claim;
            Some((hash.clone(), ClaimRef { source, claim }))
        })
        .collect();
    let fact = |at: ClaimRef| {
        let claim = sorted.get(at.source)?.claims.get(at.claim)?;
        Some(claim.fact.clone())
    };
    rulings::rulings(&without, &fact, decisions, &places)
}

/// The steps of a world up to its events.
struct Steps {
    people: people::People,
    found: across::Found,
    entities: entities::Entities,
    events: Vec<Event>,
}

fn steps(sorted: &[&Source], accounts: &[Account], topics: &Topics, rulings: &Rulings) -> Steps {
    let mut people = people::people(accounts, rulings);
    rulings.prefer_names(&mut people);
    let found = across::events(accounts, &people, topics, rulings);
    let entities = entities::entities(sorted, accounts, &people, rulings);
    let ground = events::Ground {
        sources: sorted,
        accounts,
        people: &people,
        entities: &entities,
        topics,
        rulings,
    };
    let events = events::events(&found.groups, &ground);
    Steps {
        people,
        found,
        entities,
        events,
    }
}

fn accounts<'s>(
    sources: impl IntoIterator<Item = &'s Source>,
    topics: &Topics,
) -> (Vec<&'s Source>, Vec<Account>) {
    let mut sorted: Vec<&Source> = sources.into_iter().collect();
    sorted.sort_by(|a, b| {
        a.document
            .cmp(&b.document)
            .then_with(|| a.claims.cmp(&b.claims))
    });
    sorted.dedup_by(|a, b| a.document == b.document);
    let accounts = sorted
        .iter()
        .enumerate()
        .flat_map(|(at, source)| within::accounts(at, &source.claims, topics))
        .collect();
    (sorted, accounts)
}

fn world(sorted: &[&Source], accounts: Vec<Account>, topics: &Topics, rulings: &Rulings) -> World {
    let Steps {
        people,
        found,
        entities,
        events,
    } = steps(sorted, &accounts, topics, rulings);
    let conflicts = conflict::conflicts(sorted, &accounts, &events, topics);
    let persons = identity::persons(&people, &entities);
    let identities = identity::identities(
        &persons,
        &accounts,
        &people,
        &events,
        &found.parts,
        topics,
        rulings,
    );
    World {
        decided: Vec::new(),
        impossible: impossible::impossible(sorted, &events, &entities, &people),
        holders: holders::holders(&events),
        identities,
        persons,
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
