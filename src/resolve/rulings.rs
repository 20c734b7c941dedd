//! Decisions and the world without them → rulings: what must and must not be one, and which value leads; and decisions that rule nothing.

use super::decisions::{Decision, Named, Verdict};
use super::ids::short_hash;
use super::people::{People, Person};
use super::world::{ClaimRef, Decided, Identity, Member, World};
use crate::diagnostic::Diagnostic;
use crate::fact::{Fact, Slot, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A name in a source.
pub(crate) type Name = (usize, String);

/// What was decided, in terms of what documents bring. Sets are numbered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rulings {
    /// Names that are one person's, by set.
    pub(crate) same_names: BTreeMap<Name, usize>,
    /// Names that are not, either way round.
    pub(crate) other_names: BTreeSet<(Name, Name)>,
    /// Accounts that are of one event, by set.
    pub(crate) same_accounts: BTreeMap<usize, usize>,
    /// Accounts that are not, either way round.
    pub(crate) other_accounts: BTreeSet<(usize, usize)>,
    /// Leading values.
    pub(crate) preferred: Vec<Preferred>,
    /// For each decision that rules something: its index, and members of the things that it is about.
    pub(crate) about: Vec<(usize, Vec<Member>)>,
}

/// A value that leads.
#[derive(Clone, Debug)]
pub(crate) struct Preferred {
    /// One member of the thing.
    pub(crate) of: Member,
    /// The slot; `None` for a person's name.
    pub(crate) slot: Option<Slot>,
    /// The value as text.
    pub(crate) value: String,
}

/// What a decision names: names of one person, or accounts of one event.
#[derive(Clone, Debug)]
enum Thing {
    Person(Vec<Name>),
    Event(Vec<usize>),
}

/// Code of a decision that rules nothing.
const IDLE: &str = "decision.not-applied";

/// Finds in the world what decisions are about. `claims` gives the place of a claim by the last part of its IRI.
pub(crate) fn rulings(
    world: &World,
    facts: &dyn Fn(ClaimRef) -> Option<Fact>,
    decisions: &[Decision],
    claims: &BTreeMap<String, ClaimRef>,
) -> (Rulings, Vec<Diagnostic>) {
    let look = Look {
        world,
        facts,
        claims,
    };
    let (mut rulings, mut idle) = (Rulings::default(), Vec::new());
    for (at, decision) in decisions.iter().enumerate() {
        if let Err(why) = look.rule(at, decision, &mut rulings) {
            let message = format!(
                "the decision {} of {} ({}) does not apply: {why}",
                decision.verdict.name(),
                decision.who,
                decision.when
            );
            idle.push(
                decision.warning(IDLE, message).help(
                    "correct the row or take it out; `chancery explain` shows IRIs and claims",
                ),
            );
        }
    }
    (rulings, idle)
}

struct Look<'a> {
    world: &'a World,
    facts: &'a dyn Fn(ClaimRef) -> Option<Fact>,
    claims: &'a BTreeMap<String, ClaimRef>,
}

impl Look<'_> {
    fn rule(&self, at: usize, decision: &Decision, out: &mut Rulings) -> Result<(), String> {
        let this = self.find(&decision.this)?;
        let mut about = vec![this.first()];
        match decision.verdict {
            Verdict::Prefer => {
                out.preferred.push(self.preferred(&this, decision)?);
            }
            Verdict::Same => {
                let that = self.find(&decision.that)?;
                about.push(that.first());
                out.join(&this, &that)?;
            }
            Verdict::Different => {
                let that = self.find(&decision.that)?;
                about.push(that.first());
                self.part(decision, this, that, out)?;
            }
        }
        out.about.push((at, about));
        Ok(())
    }

    /// What a decision names, by its claim if that is known, else by its path.
    fn find(&self, named: &Named) -> Result<Thing, String> {
        if let Some(&claim) = self.claims.get(&named.claim) {
            return self.by_claim(claim, &named.path);
        }
        let path = named.path.as_str();
        if let Some(event) = self.world.events.iter().find(|event| event.id == path) {
            return Ok(Thing::Event(event.accounts.clone()));
        }
        let names = self.names(path);
        if !names.is_empty() {
            return Ok(Thing::Person(names));
        }
        let known = self.world.entities.iter().any(|entity| entity.id == path);
        Err(match (known, path.is_empty()) {
            (true, _) => {
                format!("{path} is one by its key; only persons and facts can be decided on")
            }
            (false, true) => format!("no document makes the claim {} any more", named.claim),
            (false, false) => format!("nothing is called {path} any more"),
        })
    }

    /// All names of a person, by its id.
    fn names(&self, id: &str) -> Vec<Name> {
        self.world
            .persons
            .iter()
            .find(|identity| identity.about == id)
            .map(|identity| {
                let names = identity.joins.iter().filter_map(|join| match &join.member {
                    Member::Name { source, name } => Some((*source, name.clone())),
                    Member::Account(_) => None,
                });
                names.collect()
            })
            .unwrap_or_default()
    }

    /// The account of a claim; of a path to a person, the name in the claim that is most like it.
    fn by_claim(&self, claim: ClaimRef, path: &str) -> Result<Thing, String> {
        if let Some(wanted) = path.strip_prefix("person/") {
            let fact = (self.facts)(claim).ok_or("the claim is not there any more")?;
            let names = fact.slots.values().flatten().filter_map(|value| {
                let Value::Person(person) = value else {
                    return None;
                };
                Some(person.name.clone())
            });
            let shared = |name: &String| {
                let slug = super::names::slug(name);
                let own: BTreeSet<&str> = slug.split('-').collect();
                wanted.split('-').filter(|part| own.contains(part)).count()
            };
            let name = names
                .max_by_key(|name| (shared(name), std::cmp::Reverse(name.clone())))
                .ok_or("its claim names no person")?;
            return Ok(Thing::Person(vec![(claim.source, name)]));
        }
        let account = self
            .world
            .accounts
            .iter()
            .position(|account| account.claims.contains(&claim))
            .ok_or("its claim is planned, denied or the like, and in no fact")?;
        Ok(Thing::Event(vec![account]))
    }

    fn preferred(&self, this: &Thing, decision: &Decision) -> Result<Preferred, String> {
        let value = decision.value.clone();
        let none = || {
            format!(
                "no document gives {} {:?}",
                decision.property, decision.value
            )
        };
        let slot = match this {
            Thing::Person(names) if decision.property == "name" => {
                let all = self.whole(names);
                if !all.iter().any(|(_, name)| *name == value) {
                    return Err(none());
                }
                None
            }
            Thing::Person(_) => {
                return Err("of a person, only the name can be preferred".to_owned());
            }
            Thing::Event(accounts) => {
                let event = self
                    .world
                    .events
                    .iter()
                    .find(|event| accounts.iter().any(|at| event.accounts.contains(at)))
                    .ok_or("it is in no fact")?;
                let slot = event
                    .values
                    .keys()
                    .find(|slot| slot.name() == decision.property)
                    .ok_or_else(none)?;
                let given = event.values.get(slot).into_iter().flatten();
                if !given.into_iter().any(|one| one.value.text() == value) {
                    return Err(none());
                }
                Some(*slot)
            }
        };
        Ok(Preferred {
            of: this.first(),
            slot,
            value,
        })
    }

    /// All names of the person that has one of these.
    fn whole(&self, names: &[Name]) -> Vec<Name> {
        let has = |id: &str| self.names(id).iter().any(|name| names.contains(name));
        let person = self.world.persons.iter().find(|one| has(&one.about));
        person.map(|one| self.names(&one.about)).unwrap_or_default()
    }

    fn part(
        &self,
        decision: &Decision,
        this: Thing,
        that: Thing,
        out: &mut Rulings,
    ) -> Result<(), String> {
        match (this, that) {
            (Thing::Person(a), Thing::Person(b)) => {
                if a.iter().any(|name| b.contains(name)) {
                    return Err("both are the same name in one document; name two claims in which the names differ".to_owned());
                }
                for x in &a {
                    for y in &b {
                        out.other_names.insert((x.clone(), y.clone()));
                        out.other_names.insert((y.clone(), x.clone()));
                    }
                }
            }
            (Thing::Event(a), Thing::Event(b)) => {
                if a.iter().any(|account| b.contains(account)) {
                    let way = if decision.this.claim.is_empty() {
                        "they are one; name a claim of each"
                    } else {
                        "one document tells of both as one, and its account cannot be parted"
                    };
                    return Err(way.to_owned());
                }
                for &x in &a {
                    for &y in &b {
                        out.other_accounts.extend([(x, y), (y, x)]);
                    }
                }
            }
            (Thing::Person(_), Thing::Event(_)) | (Thing::Event(_), Thing::Person(_)) => {
                return Err("a person is no fact".to_owned());
            }
        }
        Ok(())
    }
}

impl Thing {
    fn first(&self) -> Member {
        match self {
            Self::Person(names) => {
                let (source, name) = names.first().cloned().unwrap_or_default();
                Member::Name { source, name }
            }
            Self::Event(accounts) => {
                Member::Account(accounts.first().copied().unwrap_or(usize::MAX))
            }
        }
    }
}

impl Rulings {
    /// Whether somebody decided that a name is not that of a person.
    pub(crate) fn parts(&self, source: usize, name: &str, person: &Person) -> bool {
        !self.other_names.is_empty()
            && person.mentions.iter().any(|(other_source, other, _)| {
                let (this, that) = ((source, name.to_owned()), (*other_source, other.clone()));
                self.other_names.contains(&(this, that))
            })
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
        let id = |member: &Member| match member {
            Member::Account(at) => {
                let event = world
                    .events
                    .iter()
                    .find(|event| event.accounts.contains(at));
                event.map(|event| event.id.clone())
            }
            Member::Name { .. } => {
                let has = |one: &&Identity| one.joins.iter().any(|join| join.member == *member);
                world.persons.iter().find(has).map(|one| one.about.clone())
            }
        };
        let mut decided: Vec<Decided> = self
            .about
            .iter()
            .filter_map(|(at, members)| {
                let decision = decisions.get(*at)?;
                let mut about: Vec<String> = members.iter().filter_map(id).collect();
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

    fn join(&mut self, this: &Thing, that: &Thing) -> Result<(), String> {
        match (this, that) {
            (Thing::Person(a), Thing::Person(b)) => {
                into_one_set(&mut self.same_names, a.iter().chain(b))
            }
            (Thing::Event(a), Thing::Event(b)) => {
                into_one_set(&mut self.same_accounts, a.iter().chain(b))
            }
            (Thing::Person(_), Thing::Event(_)) | (Thing::Event(_), Thing::Person(_)) => {
                return Err("a person is no fact".to_owned());
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
