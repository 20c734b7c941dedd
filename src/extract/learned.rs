//! What sentences state in ways that no rule knows: candidates with features, and weights that tell which of them are stated.
//!
//! Where a sentence says something in new words, its persons, places, missions and dates still stand in a certain order, with words of certain
//! senses between them. The weights are data (`data/learned/weights.tsv`), fitted by a script to documents with gold.

mod appointment;
mod choose;
mod context;
mod dates;
mod evidence;
mod features;
mod meeting;
mod membership;
mod mission;
mod model;
mod near;
mod observation;
mod occasion;
mod relations;
mod scene;
mod seats;
mod treaty;
mod visit;

use super::items::Item;
use super::reader::Reader;
use crate::fact::{Claim, Edtf, Evidence, Fact, Kind, Slot};
use crate::text::Span;
use choose::begins;
use dates::DateOption;
use features::Features;
pub(super) use model::Model;
use scene::Scene;
pub(super) use seats::seat;
pub use seats::{Choice, Seat};
use std::collections::BTreeSet;

/// A date that may fill a slot, or none, with the names of its features.
pub type Dating = (Option<Edtf>, Vec<String>);

/// A fact that a sentence may state, for the script that fits the weights.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The fact without the dates in question.
    pub fact: Fact,
    /// The sentence, in bytes of the document's text.
    pub sentence: Span,
    /// The names of its features.
    pub features: Vec<String>,
    /// For each slot of a date the dates that may fill it, with the names of their features.
    pub dates: Vec<(Slot, Vec<Dating>)>,
}

/// What rules have told, by sentence.
struct ByRules<'s> {
    told: Vec<(usize, &'s Claim)>,
    /// The kinds of which a fact is told without the date of its beginning.
    undated: BTreeSet<Kind>,
}

impl<'s> ByRules<'s> {
    fn new(reader: &Reader<'_>, told: &'s [Claim]) -> Self {
        let at = |claim: &'s Claim| Some((reader.sentence_index(claim.statement().start)?, claim));
        let mut found: Vec<(usize, &Claim)> = told.iter().filter_map(at).collect();
        found.sort_by_key(|(at, _)| *at);
        let undated = |fact: &&Fact| begins(fact.kind).is_some_and(|slot| !fact.has(slot));
        let undated = told.iter().map(|claim| &claim.fact).filter(undated);
        Self {
            told: found,
            undated: undated.map(|fact| fact.kind).collect(),
        }
    }

    /// The least that a candidate must weigh to stand, or to complete what is told without a date.
    fn asked(&self, kind: Kind) -> i32 {
        if self.undated.contains(&kind) {
            choose::completes(kind)
        } else {
            choose::enough(kind)
        }
    }

    /// All that is told, by sentence.
    fn all(&self) -> impl Iterator<Item = &(usize, &'s Claim)> {
        self.told.iter()
    }

    /// What is told from one sentence up to another, which is not looked at.
    fn within(&self, from: usize, to: usize) -> &[(usize, &'s Claim)] {
        let first = self.told.partition_point(|(at, _)| *at < from);
        let end = self.told.partition_point(|(at, _)| *at < to);
        self.told.get(first..end).unwrap_or(&[])
    }
}

/// A fact that a sentence may state.
#[derive(Clone, Debug)]
struct Draft<'m> {
    index: usize,
    fact: Fact,
    features: Features<'m>,
    dates: Vec<(Slot, Vec<DateOption<'m>>)>,
    evidence: Vec<Evidence>,
    /// How much its date weighs.
    sure: i32,
    /// How much more than that it has none.
    surer: i32,
    /// Whether the sentence tells it again of another date.
    again: bool,
}

/// The candidates of all sentences of a document; those that a model finds too unlikely are left out.
fn drafts<'s>(
    reader: &'s Reader<'_>,
    told: &'s ByRules<'s>,
    cities: &'s [usize],
    model: Option<&'s Model>,
) -> Vec<Draft<'s>> {
    let mut found = Vec::new();
    for index in 0..reader.sentences.len() {
        let Some(scene) = Scene::new(reader, index, told, cities, model) else {
            continue;
        };
        visit::candidates(&scene, &mut found);
        appointment::candidates(&scene, &mut found);
        meeting::candidates(&scene, &mut found);
        mission::candidates(&scene, &mut found);
        treaty::candidates(&scene, &mut found);
        membership::candidates(&scene, &mut found);
        observation::candidates(&scene, &mut found);
        relations::candidates(&scene, &mut found);
    }
    found
}

/// The cities that a document names, sorted.
fn cities(reader: &Reader<'_>) -> Vec<usize> {
    let items = reader.sentences.iter().flat_map(|s| &s.items);
    let mut cities: Vec<usize> = items.filter_map(Item::city).collect();
    cities.sort_unstable();
    cities.dedup();
    cities
}

/// All candidates with their features by name.
pub(super) fn candidates(reader: &Reader<'_>, told: &[Claim]) -> Vec<Candidate> {
    let cities = cities(reader);
    let told = ByRules::new(reader, told);
    let drafts = drafts(reader, &told, &cities, None);
    let named = |(slot, options): (Slot, Vec<DateOption<'_>>)| {
        let options = options.into_iter().map(|o| (o.date, o.features.names));
        (slot, options.collect())
    };
    drafts
        .into_iter()
        .filter_map(|draft| {
            Some(Candidate {
                fact: draft.fact,
                sentence: reader.sentences.get(draft.index)?.span,
                features: draft.features.names,
                dates: draft.dates.into_iter().map(named).collect(),
            })
        })
        .collect()
}

/// The posts of a document with the sides and cities that they may have, with their features by name.
pub(super) fn seats(reader: &Reader<'_>, told: &[Claim]) -> Vec<Seat> {
    let cities = cities(reader);
    let told = ByRules::new(reader, told);
    let drafts = drafts(reader, &told, &cities, None);
    let posts = drafts.iter().filter(|d| d.fact.kind == Kind::Appointment);
    seats::seats(reader, &told, &cities, posts.map(|d| (d.index, &d.fact)))
}

/// The claims that the weights find in a document, beside those that rules have told.
pub(super) fn claims(reader: &Reader<'_>, told: &[Claim], model: &Model) -> Vec<Claim> {
    let cities = cities(reader);
    let by_rules = ByRules::new(reader, told);
    let drafts = drafts(reader, &by_rules, &cities, Some(model));
    choose::choose(reader, told, drafts)
}
