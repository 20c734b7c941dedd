//! Entities and sources of candidates → for each entity its link, its candidates, or why it has none.
//!
//! Entities help each other: a mission is known by its states and its city, a person by their office. So all are scored in rounds, each against
//! the links of the round before, until nothing changes: the order of entities never matters.

use super::decisions::{Decision, Verdict};
use super::facts::facts;
use super::index::Match;
use super::names::{Name, Nouns};
use super::namesakes::alone;
use super::score::{AHEAD, Around, Known, OFFERED, ONE_SOURCE, Reason, Score, THRESHOLD, score};
use super::source::{Source, SourceError};
use super::subject::Subject;
use super::{Item, ItemType, Qid};
use std::collections::{BTreeMap, BTreeSet};

/// Most rounds; what changes still after these is left as it is.
const ROUNDS: usize = 6;
/// Most candidates of one entity that are looked at.
const CANDIDATES: usize = 60;
/// Most candidates of one entity that are kept.
const KEPT: usize = 5;

/// An item that an entity may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The item.
    pub id: Qid,
    /// Its label, in the first language that has one.
    pub label: String,
    /// What the item is said to be.
    pub description: String,
    /// What is known of it: dates, offices, places, in words.
    pub facts: Vec<String>,
    /// Between 0 and 1.
    pub score: f64,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Which sources gave it.
    pub sources: BTreeSet<&'static str>,
}

/// What became of an entity.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is linked to the first of its candidates, which are sorted from the best on.
    Linked(Vec<Candidate>),
    /// A person linked it.
    Decided(Candidate),
    /// None is certain; sorted from the best on.
    Candidates(Vec<Candidate>, String),
    /// It has none, and why.
    Unlinked(String),
}

/// Links entities.
pub struct Linker<'a> {
    /// The entities, by IRI.
    pub subjects: &'a BTreeMap<String, Subject>,
    /// Where candidates come from.
    pub sources: &'a [&'a dyn Source],
    /// Words for missions and offices.
    pub nouns: &'a Nouns,
    /// What people decided.
    pub decisions: &'a [Decision],
    /// Languages of labels, the best first.
    pub languages: &'a [String],
}

/// What is known so far.
#[derive(Default)]
struct State<'s> {
    /// Ids that entities may be, by their IRIs.
    candidates: BTreeMap<&'s str, BTreeSet<Qid>>,
    items: BTreeMap<Qid, Item>,
    /// The names of entities and of items, made ready to be compared.
    ours: BTreeMap<&'s str, Vec<Name>>,
    theirs: BTreeMap<Qid, Vec<Name>>,
    /// Which sources gave an item.
    sources: BTreeMap<Qid, BTreeSet<&'static str>>,
    /// Items of pages.
    pages: BTreeMap<(String, String), Qid>,
    /// Ids that were asked for, near or far.
    asked: BTreeSet<(bool, Qid)>,
    /// Far sources may be asked.
    far: bool,
}

impl Linker<'_> {
    /// What becomes of each entity, by IRI.
    ///
    /// # Errors
    /// [`SourceError`] when a source fails.
    pub fn link(
        &self,
        progress: &dyn Fn(usize, usize),
    ) -> Result<BTreeMap<String, Outcome>, SourceError> {
        let named = self.subjects.iter();
        let named = named.map(|(iri, subject)| (iri.as_str(), Name::of(&subject.names)));
        let mut state = State {
            ours: named.collect(),
            ..State::default()
        };
        let everything: Vec<&str> = self.subjects.keys().map(String::as_str).collect();
        let outcomes = self.stage(&mut state, &everything, false, progress)?;
        let open: Vec<&str> = outcomes
            .iter()
            .filter(|(_, outcome)| outcome.linked().is_none())
            .filter_map(|(iri, _)| self.subjects.get_key_value(iri))
            .map(|(iri, _)| iri.as_str())
            .collect();
        if !self.sources.iter().any(|source| source.is_far()) || open.is_empty() {
            return Ok(outcomes);
        }
        self.stage(&mut state, &open, true, progress)
    }

    /// Asks near or far sources for candidates of some entities, then scores all entities in rounds.
    fn stage<'s>(
        &'s self,
        state: &mut State<'s>,
        of: &[&'s str],
        far: bool,
        progress: &dyn Fn(usize, usize),
    ) -> Result<BTreeMap<String, Outcome>, SourceError> {
        let asked: Vec<&Subject> = of
            .iter()
            .filter_map(|iri| self.subjects.get(*iri))
            .collect();
        for source in self.sources.iter().filter(|source| source.is_far() == far) {
            source.prepare(&asked)?;
        }
        for (done, iri) in of.iter().enumerate() {
            progress(done, of.len());
            let Some(subject) = self.subjects.get(*iri) else {
                continue;
            };
            let ids = state.candidates.entry(iri).or_default();
            for source in self.sources.iter().filter(|source| source.is_far() == far) {
                ids.extend(source.named(subject)?.into_iter().take(CANDIDATES));
            }
        }
        progress(of.len(), of.len());
        self.pages(state, of, far)?;
        state.far = far;
        let labels: BTreeMap<String, String> = self
            .subjects
            .iter()
            .map(|(iri, subject)| (iri.clone(), subject.label.clone()))
            .collect();
        let places: BTreeMap<String, (f32, f32)> = self
            .subjects
            .iter()
            .filter_map(|(iri, subject)| Some((iri.clone(), subject.at?)))
            .collect();
        let mut linked = self.decided();
        let mut outcomes = BTreeMap::new();
        for _ in 0..ROUNDS {
            self.between(&linked, state, of)?;
            self.fetch(state)?;
            let around = Around {
                linked: &linked,
                items: &state.items,
                labels: &labels,
                places: &places,
                nouns: self.nouns,
            };
            outcomes = self
                .subjects
                .iter()
                .map(|(iri, subject)| {
                    let list = self.scored(subject, iri, state, &around);
                    (iri.clone(), self.outcome(subject, list))
                })
                .collect();
            self.one_entity_an_item(&mut outcomes);
            let now: BTreeMap<String, Qid> = outcomes
                .iter()
                .filter_map(|(iri, outcome)| Some((iri.clone(), outcome.linked()?.id)))
                .collect();
            if now == linked {
                break;
            }
            linked = now;
        }
        Ok(outcomes)
    }

    /// Items of the articles that were read.
    fn pages<'s>(
        &'s self,
        state: &mut State<'s>,
        of: &[&'s str],
        far: bool,
    ) -> Result<(), SourceError> {
        let subjects = || {
            of.iter()
                .filter_map(|iri| Some((*iri, self.subjects.get(*iri)?)))
        };
        let wanted: BTreeSet<(String, String)> = subjects()
            .flat_map(|(_, subject)| subject.pages.clone())
            .filter(|page| !state.pages.contains_key(page))
            .collect();
        let wanted: Vec<(String, String)> = wanted.into_iter().collect();
        if !wanted.is_empty() {
            for source in self.sources.iter().filter(|source| source.is_far() == far) {
                state.pages.extend(source.pages(&wanted)?);
            }
        }
        for (iri, subject) in subjects() {
            let ids = subject
                .pages
                .iter()
                .filter_map(|page| state.pages.get(page));
            state.candidates.entry(iri).or_default().extend(ids);
        }
        Ok(())
    }

    /// Missions and relations that are found by their states.
    fn between<'s>(
        &'s self,
        linked: &BTreeMap<String, Qid>,
        state: &mut State<'s>,
        open: &[&'s str],
    ) -> Result<(), SourceError> {
        for (iri, subject) in self.subjects {
            let of = |iris: &BTreeSet<String>| -> Vec<Qid> {
                iris.iter()
                    .filter_map(|iri| linked.get(iri))
                    .copied()
                    .collect()
            };
            let (kind, pairs) = if subject.kind == Some(ItemType::Mission) {
                let (from, to) = (of(&subject.sending), of(&subject.receiving));
                let pairs = from
                    .iter()
                    .flat_map(|one| to.iter().map(move |other| (*one, *other)));
                (ItemType::Mission, pairs.collect::<Vec<_>>())
            } else if subject.kind == Some(ItemType::Relation)
                && let [one, other] = of(&subject.parties).as_slice()
            {
                (ItemType::Relation, vec![(*one.min(other), *one.max(other))])
            } else {
                continue;
            };
            let ids = state.candidates.entry(iri).or_default();
            for (one, other) in pairs {
                for source in self.sources {
                    let asked = !source.is_far()
                        || (state.far && open.binary_search(&iri.as_str()).is_ok());
                    if asked {
                        ids.extend(source.between(kind, one, other)?);
                    }
                }
            }
        }
        Ok(())
    }

    /// Fetches the items that are candidates and the offices that these held.
    fn fetch(&self, state: &mut State<'_>) -> Result<(), SourceError> {
        let wanted: BTreeSet<Qid> = state.candidates.values().flatten().copied().collect();
        self.items(state, wanted)?;
        let offices: BTreeSet<Qid> = state
            .items
            .values()
            .flat_map(|item| item.positions.iter().map(|position| position.office))
            .collect();
        self.items(state, offices)?;
        // A former id gives way to the present one.
        let former: BTreeMap<Qid, Qid> = state
            .items
            .values()
            .flat_map(|item| item.former.iter().map(|old| (*old, item.id)))
            .collect();
        for ids in state.candidates.values_mut() {
            *ids = ids
                .iter()
                .map(|id| *former.get(id).unwrap_or(id))
                .filter(|id| state.items.contains_key(id))
                .collect();
        }
        Ok(())
    }

    /// Near sources are asked for all items, far ones only for those that no other can vouch for.
    fn items(&self, state: &mut State<'_>, wanted: BTreeSet<Qid>) -> Result<(), SourceError> {
        for far in [false, true] {
            if far && !state.far {
                return Ok(());
            }
            let alone = |id: &Qid| {
                let sources = state.sources.get(id);
                sources.is_none_or(|sources| sources.len() == 1 && self.one_source(*id))
            };
            let new: Vec<Qid> = wanted
                .iter()
                .copied()
                .filter(|id| !far || alone(id))
                .filter(|id| !state.asked.contains(&(far, *id)))
                .collect();
            state.asked.extend(new.iter().map(|id| (far, *id)));
            if new.is_empty() {
                continue;
            }
            // What a later source tells of an item is fuller.
            for source in self.sources.iter().filter(|source| source.is_far() == far) {
                for item in source.items(&new)? {
                    state
                        .sources
                        .entry(item.id)
                        .or_default()
                        .insert(source.name());
                    state.theirs.insert(item.id, Name::all(item.names()));
                    state.items.insert(item.id, item);
                }
            }
        }
        Ok(())
    }

    /// Whether a table knows an item of one source alone.
    fn one_source(&self, id: Qid) -> bool {
        self.sources
            .iter()
            .any(|source| source.agreeing(id) == Some(1))
    }

    fn decided(&self) -> BTreeMap<String, Qid> {
        self.subjects
            .iter()
            .filter_map(|(iri, subject)| Some((iri.clone(), self.accepted(subject)?)))
            .collect()
    }

    fn accepted(&self, subject: &Subject) -> Option<Qid> {
        self.decisions
            .iter()
            .filter(|decision| decision.is_of(subject))
            .find_map(|decision| match decision.verdict {
                Verdict::Same(id) => Some(id),
                Verdict::Different(_) | Verdict::None => None,
            })
    }

    fn rejected(&self, subject: &Subject, id: Qid) -> bool {
        self.decisions.iter().any(|decision| {
            decision.is_of(subject)
                && match decision.verdict {
                    Verdict::Different(other) => other == id,
                    Verdict::None => true,
                    Verdict::Same(_) => false,
                }
        })
    }

    /// The candidates of an entity, the best first.
    fn scored(
        &self,
        subject: &Subject,
        iri: &str,
        state: &State<'_>,
        around: &Around<'_>,
    ) -> Vec<Candidate> {
        let ids = state.candidates.get(iri).into_iter().flatten();
        let known = Known {
            it: subject,
            names: state.ours.get(iri).map_or(&[], Vec::as_slice),
        };
        let scores: Vec<(Known<'_, Item>, Score)> = ids
            .filter_map(|id| state.items.get(id))
            .filter(|item| !self.rejected(subject, item.id))
            .map(|item| {
                let names = state.theirs.get(&item.id).map_or(&[][..], Vec::as_slice);
                let item = Known { it: item, names };
                let score = score(&known, &item, around);
                (item, score)
            })
            .collect();
        let alone = alone(&known, &scores);
        let mut list: Vec<Candidate> = scores
            .into_iter()
            .map(|(Known { it: item, .. }, mut found)| {
                if alone == Some(item.id) {
                    let state = subject.kind == Some(ItemType::State);
                    let weight = if state { 0.5 } else { 0.3 };
                    found.because("alone", "no other of the name fits", weight);
                }
                let page = subject
                    .pages
                    .iter()
                    .find(|page| state.pages.get(*page) == Some(&item.id));
                if let Some((lang, title)) = page {
                    found.because("page", format!("{lang}: {title}"), 0.6);
                }
                self.vouched(&mut found, subject, item, state);
                Candidate {
                    id: item.id,
                    label: item.label(
                        &self
                            .languages
                            .iter()
                            .map(String::as_str)
                            .collect::<Vec<_>>(),
                    ),
                    description: item.description.clone(),
                    facts: facts(item, &state.items, self.languages),
                    score: found.value(),
                    reasons: found.reasons,
                    sources: state.sources.get(&item.id).cloned().unwrap_or_default(),
                }
            })
            .filter(|candidate| candidate.score > 0.0)
            .collect();
        list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        list
    }

    /// What the sources say of an item by themselves.
    fn vouched(&self, found: &mut Score, subject: &Subject, item: &Item, state: &State<'_>) {
        for source in self.sources {
            if source.keyed(subject) == Some(item.id) {
                found.because("key", subject.key.clone().unwrap_or_default(), 0.5);
            }
            if let Some((found_said, weight)) = source.says(subject, item.id) {
                found.because(source.name(), found_said, weight);
            }
            match source.agreeing(item.id) {
                Some(sources) if sources > 1 => {
                    found.because("sources", format!("{sources} agree"), 0.5);
                }
                Some(_)
                    if state
                        .sources
                        .get(&item.id)
                        .is_some_and(|all| all.len() == 1) =>
                {
                    found.cap = Some(ONE_SOURCE);
                }
                Some(_) | None => {}
            }
        }
    }

    fn outcome(&self, subject: &Subject, mut list: Vec<Candidate>) -> Outcome {
        if let Some(id) = self.accepted(subject) {
            let at = list.iter().position(|candidate| candidate.id == id);
            let mut candidate = at.map(|at| list.swap_remove(at)).unwrap_or(Candidate {
                id,
                label: id.to_string(),
                description: String::new(),
                facts: Vec::new(),
                score: 1.0,
                reasons: Vec::new(),
                sources: BTreeSet::new(),
            });
            candidate.score = 1.0;
            return Outcome::Decided(candidate);
        }
        let Some(best) = list.first() else {
            return Outcome::Unlinked("no item has such a name".to_owned());
        };
        if best.score < OFFERED {
            return Outcome::Unlinked(format!(
                "nothing fits: the best, {}, has {:.3}",
                best.id, best.score
            ));
        }
        let second = list.get(1).map_or(0.0, |second| second.score);
        let why = if best.score < THRESHOLD {
            Some(format!("{:.3} is not certain", best.score))
        } else if 1.0 - second < AHEAD * (1.0 - best.score) {
            Some(format!(
                "{} is as likely",
                list.get(1).map_or(best.id, |second| second.id)
            ))
        } else {
            None
        };
        list.retain(|candidate| candidate.score >= OFFERED);
        list.truncate(KEPT);
        match why {
            Some(why) => Outcome::Candidates(list, why),
            None => Outcome::Linked(list),
        }
    }

    /// Of entities that would be linked to one item, the best keeps it.
    fn one_entity_an_item(&self, outcomes: &mut BTreeMap<String, Outcome>) {
        let mut claims: BTreeMap<Qid, Vec<(String, f64)>> = BTreeMap::new();
        for (iri, outcome) in outcomes.iter() {
            if let Some(best) = outcome.linked() {
                let score = if matches!(outcome, Outcome::Decided(_)) {
                    2.0
                } else {
                    best.score
                };
                claims
                    .entry(best.id)
                    .or_default()
                    .push((iri.clone(), score));
            }
        }
        for (id, mut rivals) in claims {
            if rivals.len() < 2 {
                continue;
            }
            rivals.sort_by(|(a, one), (b, other)| other.total_cmp(one).then_with(|| a.cmp(b)));
            let best = rivals.first().map_or(0.0, |(_, score)| *score);
            let tied = rivals.iter().filter(|(_, score)| *score >= best).count() > 1;
            for (iri, _) in rivals.iter().skip(usize::from(!tied)) {
                if let Some(outcome) = outcomes.get_mut(iri)
                    && let Outcome::Linked(list) = outcome
                {
                    let why = format!("another entity is {id} too");
                    *outcome = Outcome::Candidates(std::mem::take(list), why);
                }
            }
        }
    }
}

impl Outcome {
    /// The item that it is linked to.
    #[must_use]
    pub fn linked(&self) -> Option<&Candidate> {
        match self {
            Self::Linked(list) => list.first(),
            Self::Decided(candidate) => Some(candidate),
            Self::Candidates(..) | Self::Unlinked(_) => None,
        }
    }
}

/// How a name was found, for people.
#[must_use]
pub fn found_by(how: Match) -> &'static str {
    match how {
        Match::Folded => "name",
        Match::Reordered => "the words of its name",
        Match::Typo => "a name with a typo",
    }
}
