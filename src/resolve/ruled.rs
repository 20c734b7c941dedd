//! Rulings → what they say of names, missions and things that are to be joined; the decisions as the world keeps them.

use super::decisions::Decision;
use super::handles::{Handle, mission_handle};
use super::ids::short_hash;
use super::people::{People, Person};
use super::rulings::{About, Rulings, Thing, UNLIKE};
use super::world::{Decided, Identity, Member, World};
use crate::fact::Fact;
use std::collections::{BTreeMap, BTreeSet};

impl Rulings {
    /// Whether somebody decided that a name is not that of a person.
    pub(crate) fn parts(&self, source: usize, name: &str, person: &Person) -> bool {
        !self.other_names.is_empty()
            && person.mentions.iter().any(|(other_source, other, _)| {
                let (this, that) = ((source, name.to_owned()), (*other_source, other.clone()));
                self.other_names.contains(&(this, that))
            })
    }

    /// The handle that a mission is found by: of those that were decided to be one, the first.
    pub(crate) fn mission(&self, handle: Handle) -> Handle {
        let Some(set) = self.same_missions.get(&handle) else {
            return handle;
        };
        let mut all = self.same_missions.iter();
        let first = all.find(|(_, other)| *other == set);
        first.map_or(handle, |(first, _)| first.clone())
    }

    /// All missions that were decided to be one with this, which is among them.
    pub(crate) fn missions(&self, handle: &Handle) -> Vec<Handle> {
        let set = self.same_missions.get(handle);
        let others = self
            .same_missions
            .iter()
            .filter(|(other, of)| set.is_some_and(|set| set == *of) && *other != handle);
        let others = others.map(|(other, _)| other.clone());
        std::iter::once(handle.clone()).chain(others).collect()
    }

    /// The decision that two things are the same, in words, if there is one.
    pub(crate) fn joined(
        &self,
        this: &Thing,
        that: &Thing,
        decisions: &[Decision],
    ) -> Option<String> {
        let sets = |thing: &Thing| -> BTreeSet<usize> {
            match thing {
                Thing::Person(names) => {
                    let sets = names.iter().filter_map(|name| self.same_names.get(name));
                    sets.copied().collect()
                }
                Thing::Event(accounts) => {
                    let sets = accounts.iter().filter_map(|at| self.same_accounts.get(at));
                    sets.copied().collect()
                }
                Thing::Mission(handle) => self
                    .same_missions
                    .get(handle)
                    .copied()
                    .into_iter()
                    .collect(),
            }
        };
        let (a, b) = (sets(this), sets(that));
        let set = *a.intersection(&b).next()?;
        let in_set = |about: &About| match about {
            About::Member(Member::Name { source, name }) => {
                matches!(this, Thing::Person(_))
                    && self.same_names.get(&(*source, name.clone())) == Some(&set)
            }
            About::Member(Member::Account(at)) => {
                matches!(this, Thing::Event(_)) && self.same_accounts.get(at) == Some(&set)
            }
            About::Mission(handle) => {
                matches!(this, Thing::Mission(_)) && self.same_missions.get(handle) == Some(&set)
            }
        };
        let ruling = self
            .about
            .iter()
            .find(|(_, about)| about.iter().any(in_set));
        let said = ruling.and_then(|(at, _)| decisions.get(*at)).map(|one| {
            format!(
                "the decision {} of {} ({})",
                one.verdict.name(),
                one.who,
                one.when
            )
        });
        Some(said.unwrap_or_else(|| "another decision".to_owned()))
    }

    /// Makes preferred names lead.
    pub(crate) fn prefer_names(&self, people: &mut People) {
        for preferred in self.preferred.iter().filter(|one| one.slot.is_none()) {
            let Member::Name { source, name } = &preferred.of else {
                continue;
            };
            let person = people.get(*source, name);
            let Some(person) = person.and_then(|number| people.persons.get_mut(number)) else {
                continue;
            };
            person.names.sort_by_key(|name| *name != preferred.value);
        }
    }

    /// The decisions that rule something, with the ids that the world has for what they are about.
    pub(crate) fn decided(&self, world: &World, decisions: &[Decision]) -> Vec<Decided> {
        let id = |about: &About| match about {
            About::Mission(handle) => {
                let handle = self.mission(handle.clone());
                let of_it = |fact: &Fact| {
                    mission_handle(fact).map(|one| self.mission(one)) == Some(handle.clone())
                };
                let event = world.events.iter().find(|event| of_it(&event.fact))?;
                event.of.clone()
            }
            About::Member(Member::Account(at)) => {
                let event = world
                    .events
                    .iter()
                    .find(|event| event.accounts.contains(at));
                event.map(|event| event.id.clone())
            }
            About::Member(member @ Member::Name { .. }) => {
                let has = |one: &&Identity| one.joins.iter().any(|join| join.member == *member);
                world.persons.iter().find(has).map(|one| one.about.clone())
            }
        };
        let mut decided: Vec<Decided> = self
            .about
            .iter()
            .filter_map(|(at, all)| {
                let decision = decisions.get(*at)?;
                let mut about: Vec<String> = all.iter().filter_map(id).collect();
                about.sort();
                about.dedup();
                let whole = format!(
                    "{} {:?} {:?} {} {} {} {}",
                    decision.verdict.name(),
                    decision.this,
                    decision.that,
                    decision.property,
                    decision.value,
                    decision.who,
                    decision.when
                );
                Some(Decided {
                    id: format!("decision/{}", short_hash(&whole)),
                    decision: decision.clone(),
                    about,
                })
            })
            .collect();
        decided.sort_by(|a, b| a.id.cmp(&b.id));
        decided.dedup_by(|a, b| a.id == b.id);
        decided
    }

    /// Puts two things together.
    pub(crate) fn join(&mut self, this: &Thing, that: &Thing) -> Result<(), String> {
        match (this, that) {
            (Thing::Person(a), Thing::Person(b)) => {
                into_one_set(&mut self.same_names, a.iter().chain(b))
            }
            (Thing::Event(a), Thing::Event(b)) => {
                into_one_set(&mut self.same_accounts, a.iter().chain(b))
            }
            (Thing::Mission(a), Thing::Mission(b)) => {
                into_one_set(&mut self.same_missions, [a, b].into_iter())
            }
            (Thing::Person(_) | Thing::Event(_) | Thing::Mission(_), _) => {
                return Err(UNLIKE.to_owned());
            }
        }
        Ok(())
    }
}

/// Puts things and all that is with any of them into one set.
fn into_one_set<'t, T: Ord + Clone + 't>(
    sets: &mut BTreeMap<T, usize>,
    things: impl Iterator<Item = &'t T>,
) {
    let things: Vec<&T> = things.collect();
    let old: BTreeSet<usize> = things
        .iter()
        .filter_map(|thing| sets.get(*thing))
        .copied()
        .collect();
    let new = old
        .first()
        .copied()
        .unwrap_or_else(|| sets.values().max().map_or(0, |last| last + 1));
    for set in sets.values_mut().filter(|set| old.contains(set)) {
        *set = new;
    }
    for thing in things {
        sets.insert(thing.clone(), new);
    }
}
