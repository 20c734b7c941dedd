//! A query → entities that may be meant, the best first, each with its score and its reasons.

use super::wanted::{Asked, Role};
use super::{Ours, OursError, by_property, class, iri, kind};
use crate::link::online::Query;
use crate::link::score::{AHEAD, Around, Reason, Score, THRESHOLD, score};
use crate::link::{Item, ItemType, Qid};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Candidates of a query that does not say how many it wants.
const LIMIT: usize = 10;
/// Most candidates of a query.
const MOST: usize = 100;
/// What is less likely is left out.
const UNLIKELY: f64 = 0.05;
/// What speaks so strongly against an entity that it is no rival of the others: another state, another city.
const AGAINST: f64 = -0.5;
/// What being the only one weighs. In a graph it weighs more than among all that Wikidata has: who asks whether a name stands in it means its only
/// bearer there, if nothing speaks against it.
const ALONE: f64 = 0.7;

/// An entity that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its IRI, without the base.
    pub id: String,
    /// Its preferred name.
    pub name: String,
    /// A few words that tell it from its namesakes.
    pub description: String,
    /// Its class in the ontology, without the namespace.
    pub class: String,
    /// Between 0 and 1.
    pub score: f64,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Whether it is good enough, and far enough ahead of the next, to be taken without asking a person.
    pub certain: bool,
}

impl Found {
    pub(super) fn of(item: &Item, base: &str) -> Self {
        let iri = iri(item);
        Self {
            id: iri.strip_prefix(base).unwrap_or(iri).to_owned(),
            name: item.label(&[]),
            description: item.description.clone(),
            class: class(item).to_owned(),
            score: 0.0,
            reasons: Vec::new(),
            certain: false,
        }
    }
}

impl Ours {
    /// The entities that a query may mean, the best first. Types, where any are given, bind; properties weigh.
    ///
    /// # Errors
    /// [`OursError`] when the store can't be asked for what has no name.
    pub fn find(&self, store: &Store, query: &Query) -> Result<Vec<Found>, OursError> {
        let name = query.name.trim();
        let mut asked = self.asked(query);
        let ids = self.candidates(store, query, &asked)?;
        let candidates: Vec<Item> = ids
            .iter()
            .filter_map(|id| self.index.item(*id))
            .filter(|item| {
                query.types.is_empty() || query.types.iter().any(|one| one == class(item))
            })
            .collect();
        let offices: BTreeSet<Qid> = candidates
            .iter()
            .flat_map(|item| item.positions.iter().map(|position| position.office))
            .collect();
        let items: BTreeMap<Qid, Item> = offices
            .into_iter()
            .filter_map(|id| Some((id, self.index.item(id)?)))
            .collect();
        self.of_noun(&mut asked, &items);
        let scores = self.scored(name, &asked, &candidates, &items);
        let limit = query.limit.map_or(LIMIT, |limit| limit as usize).min(MOST);
        Ok(self.ranked(scores, limit))
    }

    /// Entities of the name, else those of which the properties tell.
    fn candidates(
        &self,
        store: &Store,
        query: &Query,
        asked: &Asked,
    ) -> Result<Vec<Qid>, OursError> {
        let name = query.name.trim();
        let mut ids: Vec<Qid> = self.identified(name).into_iter().collect();
        ids.extend(self.index.look_up(name).into_iter().map(|(id, _)| id));
        let described = |kind: ItemType| {
            matches!(
                kind,
                ItemType::Mission | ItemType::Relation | ItemType::Office | ItemType::Visit
            )
        };
        let kinds: BTreeSet<ItemType> = if query.types.is_empty() {
            ItemType::ALL.into_iter().collect()
        } else {
            query.types.iter().filter_map(|one| kind(one)).collect()
        };
        if asked.any {
            for kind in kinds {
                // a name that nobody has does not become anybody's by an office
                if name.is_empty() || (described(kind) && !query.types.is_empty()) {
                    let iris = by_property::entities(store, asked, kind)?;
                    ids.extend(
                        iris.iter()
                            .filter_map(|iri| self.index.page(super::IRI, iri)),
                    );
                }
            }
        }
        let mut seen = BTreeSet::new();
        ids.retain(|id| seen.insert(*id));
        Ok(ids)
    }

    fn scored<'c>(
        &self,
        name: &str,
        asked: &Asked,
        candidates: &'c [Item],
        items: &BTreeMap<Qid, Item>,
    ) -> Vec<(&'c Item, Score)> {
        let linked = asked.known.iter().map(|(iri, item)| (iri.clone(), item.id));
        let linked: BTreeMap<String, Qid> = linked.collect();
        let labels = asked
            .known
            .iter()
            .map(|(iri, item)| (iri.clone(), item.label(&[])));
        let labels: BTreeMap<String, String> = labels.collect();
        let places = asked.known.iter();
        let places = places.filter_map(|(iri, item)| Some((iri.clone(), item.coordinates?)));
        let places: BTreeMap<String, (f32, f32)> = places.collect();
        let around = Around {
            linked: &linked,
            items,
            places: &places,
            labels: &labels,
            nouns: &self.nouns,
        };
        let identified = self.identified(name);
        let mut scores: Vec<(&Item, Score)> = candidates
            .iter()
            .filter_map(|item| {
                let kind = *item.types.first()?;
                let named = if identified == Some(item.id) {
                    ""
                } else {
                    name
                };
                let subject = asked.subject(named, kind, item.types.len() > 1);
                let mut found = score(&subject, item, &around);
                if identified == Some(item.id) {
                    found.because("id", name, 0.99);
                }
                if kind == ItemType::Person && !asked.entities.contains_key(&Role::Office) {
                    active(&mut found, asked, item);
                }
                (found.value() > UNLIKELY).then_some((item, found))
            })
            .collect();
        let mut fitting = scores.iter_mut().filter(|(_, score)| is_rival(score));
        if let (Some((_, only)), None) = (fitting.next(), fitting.next())
            && is_clear(only, asked)
        {
            only.because("alone", "no other in the graph", ALONE);
        }
        scores
    }

    fn ranked(&self, scores: Vec<(&Item, Score)>, limit: usize) -> Vec<Found> {
        let mut ranked: Vec<Found> = scores
            .into_iter()
            .map(|(item, score)| Found {
                score: score.value(),
                reasons: score.reasons,
                ..Found::of(item, &self.base)
            })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        let second = ranked.get(1).map_or(0.0, |found| found.score);
        if let Some(first) = ranked.first_mut() {
            let ahead = (1.0 - second) >= AHEAD * (1.0 - first.score);
            first.certain = first.score >= THRESHOLD && ahead;
        }
        ranked.truncate(limit);
        ranked
    }
}

/// Whether a person held any office at the time that was asked for.
fn active(score: &mut Score, asked: &Asked, item: &Item) {
    let Some((first, last)) = asked.date else {
        return;
    };
    let then = item.positions.iter().any(|position| {
        let (start, end) = (position.start, position.end);
        start.is_some_and(|start| start.range().0 <= last)
            && end.is_some_and(|end| first <= end.range().1)
    });
    if then {
        score.because("date", format!("in office in {}", first.0), 0.3);
    }
}

fn is_rival(score: &Score) -> bool {
    score.reasons.iter().all(|reason| reason.weight > AGAINST)
}

/// Whether nothing speaks against an entity, and something for it that was asked for beside its name.
fn is_clear(score: &Score, asked: &Asked) -> bool {
    let against = score.reasons.iter().any(|reason| reason.weight < 0.0);
    let named = ["type", "name", "names in languages"];
    let fits = score
        .reasons
        .iter()
        .any(|reason| !named.contains(&reason.what.as_str()) && reason.weight > 0.0);
    !against && (fits || !asked.any)
}
