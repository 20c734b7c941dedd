//! Who signs: the states and persons that a frame of signing names as such, or others, who conclude no treaties.

use super::Scene;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, Head};

/// Who acts in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acts {
    /// States, or persons who act for states.
    States,
    /// The sentence does not say.
    Unsaid,
    /// A company, a university, a city, persons of whom nothing is known.
    Others,
}

/// The bodies that act in a frame or stand in its `roles`, and who acts.
pub(super) fn acting(scene: &Scene<'_>, frame: &Frame, roles: &[usize]) -> (Vec<usize>, Acts) {
    let reader = scene.reader;
    let items = &scene.sentence.items;
    let mut bodies = reader.bodies(items, roles);
    if bodies.is_empty() {
        for item in roles.iter().filter_map(|&i| items.get(i)) {
            bodies.extend(reader.who(scene.index, item).iter().filter_map(|w| w.of));
        }
        bodies.dedup();
    }
    if scene.rule.head != Head::Verb {
        return (bodies, Acts::Unsaid);
    }
    let subject: Vec<&Item<'_>> = frame
        .subject
        .iter()
        .filter_map(|&i| items.get(i))
        .filter(|i| !matches!(i.kind, ItemKind::Treaty(_)))
        .collect();
    // "The agreement, signed in 2007, …": said of the treaty, whether or not an auxiliary stands there.
    let said_of_treaty = frame.passive || subject.len() < frame.subject.len();
    let acts = if subject.is_empty() {
        let unknown = if said_of_treaty {
            agent_unknown(items, frame)
        } else {
            noun_before(items, frame)
        };
        if unknown { Acts::Others } else { Acts::Unsaid }
    } else if subject.iter().any(|i| acts_for_state(scene, i))
        || subject.iter().filter(|i| i.actor().is_some()).count() > 1
    {
        Acts::States
    } else {
        Acts::Others
    };
    (bodies, acts)
}

/// Whether an item can conclude a treaty: a state or organisation, somebody who holds an office, a word that stands for them.
fn acts_for_state(scene: &Scene<'_>, item: &Item<'_>) -> bool {
    match &item.kind {
        ItemKind::Body(..) => true,
        ItemKind::City(city) => scene.reader.capital_state(*city).is_some(),
        ItemKind::Actor(actor) => {
            actor.office.is_some()
                || actor.stand.is_some()
                || actor.titled
                || !scene.reader.who(scene.index, item).is_empty()
        }
        ItemKind::Word => !item.is(Class::Capital),
        ItemKind::Date(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_)
        | ItemKind::Trigger(_)
        | ItemKind::Sign(_) => false,
    }
}

/// Whether a word stands for those who conclude treaties, or is no noun.
fn passes(item: &Item<'_>) -> bool {
    let classes = [
        Class::Government,
        Class::BothStates,
        Class::BothPersons,
        Class::TheTwo,
        Class::TheState,
        Class::They,
        Class::We,
        Class::He,
        Class::Relative,
        Class::Temporal,
        Class::Delegation,
        Class::Again,
        Class::Counterpart,
    ];
    classes.iter().any(|c| item.is(*c))
}

/// Whether a word has the ending of an adverb.
fn adverb(item: &Item<'_>) -> bool {
    let ends = ["ly", "ment", "mente"];
    matches!(item.kind, ItemKind::Word) && ends.iter().any(|end| item.folded.ends_with(end))
}

/// "The company signed …", "The University of Ghana signed …": a noun that nobody knows stands before the verb as its subject.
fn noun_before(items: &[Item<'_>], frame: &Frame) -> bool {
    let mut noun = false;
    for item in items
        .get(frame.clause.0..frame.at)
        .unwrap_or(&[])
        .iter()
        .rev()
    {
        let auxiliary = item.is(Class::Have) || item.is(Class::Be) || item.is(Class::Not);
        // "se firmó"
        let reflexive = item.meanings.is_empty() && item.span.len() <= 2;
        if !noun && (auxiliary || reflexive || item.is(Class::Then) || adverb(item)) {
            continue;
        }
        if passes(item) || item.is(Class::Opener) || item.is_finite() {
            return false;
        }
        match &item.kind {
            ItemKind::Word if item.is(Class::And) => return noun,
            ItemKind::Word if item.is(Class::Article) || item.is(Class::Of) => {}
            // What stands behind a preposition is no subject.
            ItemKind::Word if leads(item) => return false,
            ItemKind::Word => noun = true,
            ItemKind::Body(..) | ItemKind::City(_) | ItemKind::Actor(_) | ItemKind::Mission(_) => {
                if item.adjective().is_none() && !item.has_prep(Class::Of) {
                    return false;
                }
                noun |= item.adjective().is_none();
            }
            ItemKind::Sign(_) | ItemKind::Date(_) | ItemKind::Quantity(_) => return noun,
            ItemKind::Treaty(_) | ItemKind::Trigger(_) => return false,
        }
    }
    noun
}

/// Whether a word is a preposition other than one of belonging.
fn leads(item: &Item<'_>) -> bool {
    [
        Class::In,
        Class::To,
        Class::From,
        Class::With,
        Class::Between,
        Class::For,
        Class::By,
        Class::About,
        Class::Before,
        Class::Since,
        Class::Until,
        Class::DateAfter,
        Class::DateBefore,
        Class::As,
        Class::When,
    ]
    .iter()
    .any(|c| item.is(*c))
}

/// "signed by the company and the ministry": a passive whose agent is nobody known.
fn agent_unknown(items: &[Item<'_>], frame: &Frame) -> bool {
    let by = (frame.at + 1..frame.clause.1.min(frame.at + 6)).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Word) && x.is(Class::By))
    });
    let Some(by) = by else { return false };
    let agent = items
        .get(by + 1..frame.clause.1)
        .unwrap_or(&[])
        .iter()
        .find(|x| !(x.is(Class::Article) || x.adjective().is_some() || adverb(x)));
    agent.is_some_and(|x| {
        matches!(x.kind, ItemKind::Word)
            && !passes(x)
            && !x.is(Class::Possessive)
            && !x.is(Class::Indefinite)
    })
}
