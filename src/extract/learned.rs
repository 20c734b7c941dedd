//! What sentences state in ways that no rule knows: candidates with features, and weights that tell which of them are stated.
//!
//! Where a sentence says something in new words, its persons, places, missions and dates still stand in a certain order, with words of certain
//! senses between them. The weights are data (`data/learned/weights.tsv`), fitted by a script to documents with gold.

mod acting;
mod alike;
mod among;
mod appointment;
mod busy;
mod choose;
mod context;
mod dates;
mod elses;
mod evidence;
mod features;
mod fills;
mod judge;
mod meant;
mod meeting;
mod membership;
mod mission;
mod missions;
mod model;
mod near;
mod observation;
mod occasion;
mod redate;
mod relations;
mod roles;
mod scene;
mod seats;
mod treaty;
mod trees;
mod venues;
mod visit;

use super::items::Item;
use super::reader::Reader;
use crate::fact::{Claim, Edtf, Evidence, Fact, Kind, Slot};
use crate::text::Span;
use alike::Known;
use dates::DateOption;
use features::Features;
pub use fills::Choice;
pub(super) use model::Model;
use redate::Redated;
use scene::Scene;
pub use seats::Seat;
use std::collections::BTreeMap;
use std::ops::Range;
use trees::Live;

/// A date that may fill a slot, or none, with the names of its features.
pub type Dating = (Option<Edtf>, Vec<String>);

/// A fact that a sentence may state, for the script that fits the weights.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The fact without the dates in question.
    pub fact: Fact,
    /// The sentence, in bytes of the document's text.
    pub sentence: Span,
    /// The names of its features; none of what a rule has told, of which the dates alone are asked.
    pub features: Option<Vec<String>>,
    /// For each slot of a date the dates that may fill it, with the names of their features.
    pub dates: Vec<(Slot, Vec<Dating>)>,
}

/// A fact that a sentence may state, and how it stands among the others of its document, for the script that fits trees.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The fact without the dates in question.
    pub fact: Fact,
    /// The sentence, in bytes of the document's text.
    pub sentence: Span,
    /// How it stands, in numbers by name.
    pub numbers: Vec<(&'static str, i32)>,
    /// The names of its features.
    pub features: Vec<String>,
}

/// What rules have told, by sentence.
struct ByRules<'s> {
    told: Vec<(usize, &'s Claim)>,
    /// For each its number among the claims.
    numbers: Vec<usize>,
}

impl<'s> ByRules<'s> {
    fn new(reader: &Reader<'_>, told: &'s [Claim]) -> Self {
        let at = |(number, claim): (usize, &'s Claim)| {
            Some((reader.sentence_index(claim.statement().start)?, number))
        };
        let mut found: Vec<(usize, usize)> = told.iter().enumerate().filter_map(at).collect();
        found.sort_by_key(|(at, _)| *at);
        let claim = |(at, number): &(usize, usize)| Some((*at, told.get(*number)?));
        Self {
            told: found.iter().filter_map(claim).collect(),
            numbers: found.iter().map(|(_, number)| *number).collect(),
        }
    }

    /// All that is told, by sentence.
    fn all(&self) -> impl Iterator<Item = &(usize, &'s Claim)> {
        self.told.iter()
    }

    /// The places of what is told from one sentence up to another, which is not looked at.
    fn range(&self, from: usize, to: usize) -> Range<usize> {
        let first = self.told.partition_point(|(at, _)| *at < from);
        first..self.told.partition_point(|(at, _)| *at < to)
    }

    /// What is told from one sentence up to another, which is not looked at.
    fn within(&self, from: usize, to: usize) -> &[(usize, &'s Claim)] {
        self.told.get(self.range(from, to)).unwrap_or(&[])
    }

    /// What is told in a sentence, each with its number among the claims.
    fn numbered(&self, index: usize) -> impl Iterator<Item = (usize, &'s Claim)> {
        let range = self.range(index, index + 1);
        let numbers = self.numbers.get(range.clone()).unwrap_or(&[]);
        let claims = self.told.get(range).unwrap_or(&[]);
        let both = numbers.iter().zip(claims);
        both.map(|(number, (_, claim))| (*number, *claim))
    }
}

/// A fact that a sentence may state.
#[derive(Clone, Debug)]
struct Draft<'m> {
    index: usize,
    fact: Fact,
    features: Features<'m>,
    /// The number among the claims of what a rule has told, where it is that.
    rule: Option<usize>,
    /// What it weighs among the others of its document, in hundredths.
    weight: i32,
    dates: Vec<(Slot, Vec<DateOption<'m>>)>,
    evidence: Vec<Evidence>,
    /// How much its date weighs.
    sure: i32,
    /// How much more than that it has none.
    surer: i32,
    /// Whether the sentence tells it again of another date.
    again: bool,
    /// The item that names the post, where its words say themselves where that is: "later ambassador to Chile".
    seat: Option<usize>,
}

impl<'m> Draft<'m> {
    fn new(
        index: usize,
        fact: Fact,
        features: Features<'m>,
        dates: Vec<(Slot, Vec<DateOption<'m>>)>,
    ) -> Self {
        Self {
            index,
            fact,
            features,
            rule: None,
            weight: 0,
            dates,
            evidence: Vec::new(),
            sure: i32::MIN,
            surer: 0,
            again: false,
            seat: None,
        }
    }
}

/// The candidates of all sentences of a document, but those that a model finds too unlikely, and what rules have told with the dates that it may be of.
fn drafts<'s>(
    reader: &'s Reader<'_>,
    told: &'s ByRules<'s>,
    cities: &'s [usize],
    model: Option<&'s Model>,
) -> (Vec<Draft<'s>>, Vec<Redated<'s>>) {
    let (mut drafts, mut redated) = (Vec::new(), Vec::new());
    for index in 0..reader.sentences.len() {
        let Some(scene) = Scene::new(reader, index, told, cities, model) else {
            continue;
        };
        judge::candidates(&scene, &mut drafts);
        let found = &mut drafts;
        visit::candidates(&scene, found);
        appointment::candidates(&scene, found);
        meeting::candidates(&scene, found);
        mission::candidates(&scene, found);
        treaty::candidates(&scene, found);
        membership::candidates(&scene, found);
        observation::candidates(&scene, found);
        relations::candidates(&scene, found);
        redate::told(&scene, &mut redated);
    }
    (drafts, redated)
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
    let (drafts, redated) = drafts(reader, &told, &cities, None);
    let named = |(slot, options): (Slot, Vec<DateOption<'_>>)| {
        let options = options.into_iter().map(|o| (o.date, o.features.names));
        (slot, options.collect())
    };
    let new = drafts.into_iter().filter_map(|draft| {
        Some(Candidate {
            fact: draft.fact,
            sentence: reader.sentences.get(draft.index)?.span,
            features: Some(draft.features.names),
            dates: draft.dates.into_iter().map(named).collect(),
        })
    });
    let told = redated.into_iter().filter_map(|redated| {
        let dates = redated.dates.into_iter();
        Some(Candidate {
            fact: redated.fact,
            sentence: reader.sentences.get(redated.index)?.span,
            features: None,
            dates: dates.map(|(slot, _, all)| named((slot, all))).collect(),
        })
    });
    new.chain(told).collect()
}

/// The posts of a document with the sides and cities that they may have, and its visits with the offices that the visitors may have held, with their
/// features by name.
pub(super) fn seats(reader: &Reader<'_>, told: &[Claim]) -> Vec<Seat> {
    let cities = cities(reader);
    let told = ByRules::new(reader, told);
    let (drafts, _) = drafts(reader, &told, &cities, None);
    let of = |kind: Kind| {
        let new = drafts.iter().filter(|d| d.rule.is_none());
        let of_kind = new.filter(move |d| d.fact.kind == kind);
        of_kind.map(|d| (d.index, &d.fact))
    };
    let mut found = seats::seats(reader, &told, &cities, of(Kind::Appointment));
    found.extend(roles::roles(reader, &told, of(Kind::Visit)));
    let both = of(Kind::Visit).chain(of(Kind::Meeting));
    found.extend(venues::venues(reader, &told, both));
    found
}

/// Gives the posts and visits of a document the sides, cities and offices that are likeliest.
pub(super) fn fill(reader: &Reader<'_>, claims: &mut [Claim], model: &Model) {
    seats::seat(reader, claims, model);
    roles::give(reader, claims, model);
    venues::place(reader, claims, model);
}

/// The candidates that a model does not find too unlikely, each with how it stands among the others: the numbers that trees are fitted to.
pub(super) fn standings(reader: &Reader<'_>, told: &[Claim], model: &Model) -> Vec<Standing> {
    let cities = cities(reader);
    let by_rules = ByRules::new(reader, told);
    let (drafts, _) = drafts(reader, &by_rules, &cities, Some(model));
    let numbers = among::numbers(reader, &drafts, &Known::new(told.iter().collect()));
    let found = drafts.into_iter().zip(numbers);
    found
        .filter_map(|(draft, numbers)| {
            Some(Standing {
                fact: draft.fact,
                sentence: reader.sentences.get(draft.index)?.span,
                numbers: among::NAMES.into_iter().zip(numbers).collect(),
                features: draft.features.names,
            })
        })
        .collect()
}

/// What rules have told of a document, but for what the weights doubt, and the claims that they find beside it.
pub(super) fn claims(
    reader: &Reader<'_>,
    mut told: Vec<Claim>,
    model: &Model,
) -> (Vec<Claim>, Vec<Claim>) {
    let cities = cities(reader);
    let by_rules = ByRules::new(reader, &told);
    let (mut drafts, redated) = drafts(reader, &by_rules, &cities, Some(model));
    let numbers = among::numbers(reader, &drafts, &Known::new(told.iter().collect()));
    let mut live = Live::new();
    // A kind after the other: its trees stay near.
    for kind in Kind::ALL {
        let all = drafts.iter_mut().zip(&numbers);
        for (draft, numbers) in all.filter(|(draft, _)| draft.fact.kind == *kind) {
            let asked = &draft.features.asked;
            let weight = model.trees.weigh(*kind, numbers, asked, &mut live);
            draft.weight = weight.unwrap_or_else(|| draft.features.score());
        }
    }
    let mut doubted = judge::doubted(reader, &told, &drafts);
    drafts.retain(|draft| draft.rule.is_none());
    // What is told elsewhere without doubt is told here, too: a line of a list of what the prose tells.
    let sure = told.iter().enumerate();
    let sure = sure.filter(|(n, c)| !doubted.contains(n) && c.holds());
    let sure = Known::new(sure.map(|(_, c)| c).collect());
    let twin = |number: &usize| {
        told.get(*number).is_some_and(|c| {
            let mut same = sure.same(&c.fact).into_iter();
            same.any(|other| alike::one_time(&c.fact, &other.fact))
        })
    };
    let twins: Vec<usize> = doubted.iter().copied().filter(twin).collect();
    for number in twins {
        doubted.remove(&number);
    }
    // "ambassador to A, B and C", "visited A, B and C": what the words say of several they say of each.
    let fellow = |number: &usize| {
        told.get(*number).is_some_and(|c| {
            let mut others = told.iter().enumerate();
            others.any(|(n, other)| !doubted.contains(&n) && judge::fellows(c, other))
        })
    };
    let fellows: Vec<usize> = doubted.iter().copied().filter(fellow).collect();
    for number in fellows {
        doubted.remove(&number);
    }
    let given = |r: &Redated<'_>| Some((r.number, r.given(told.get(r.number)?)?));
    let redated: BTreeMap<usize, Claim> = redated.iter().filter_map(given).collect();
    let numbered = told.iter().enumerate();
    let held: Vec<&Claim> = numbered
        .filter(|(number, _)| !doubted.contains(number))
        .map(|(number, claim)| redated.get(&number).unwrap_or(claim))
        .collect();
    let mut likely = choose::choose(reader, &held, drafts);
    for (number, claim) in redated {
        if let Some(told) = told.get_mut(number) {
            *told = claim;
        }
    }
    let mut number = 0..;
    told.retain(|_| !number.next().is_some_and(|n| doubted.contains(&n)));
    busy::undated(&told, &mut likely);
    (told, likely)
}
