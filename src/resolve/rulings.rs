//! Decisions and the world without them → rulings: what must and must not be one, and which value leads; and decisions that rule nothing.

use super::decisions::{CONTRADICTS, Decision, NOT_APPLIED, Named, Verdict};
use super::handles::{Handle, mission_handle};
use super::world::{ClaimRef, Member, World};
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
    /// Missions that are one, by set.
    pub(crate) same_missions: BTreeMap<Handle, usize>,
    /// Leading values.
    pub(crate) preferred: Vec<Preferred>,
    /// For each decision that rules something: its index, and what it is about.
    pub(crate) about: Vec<(usize, Vec<About>)>,
}

/// What a decision is about, by what does not depend on names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Member(Member),
    Mission(Handle),
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

/// What a decision names: names of one person, accounts of one event, or a mission.
#[derive(Clone, Debug)]
pub(crate) enum Thing {
    Person(Vec<Name>),
    Event(Vec<usize>),
    Mission(Handle),
}

/// Why a decision rules nothing.
enum Idle {
    /// It finds nothing to rule.
    NotApplied(String),
    /// Another says the opposite, and rules.
    Contradicts(String),
}

impl From<String> for Idle {
    fn from(why: String) -> Self {
        Self::NotApplied(why)
    }
}

impl From<&str> for Idle {
    fn from(why: &str) -> Self {
        Self::NotApplied(why.to_owned())
    }
}

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
        // Rows of "same" come first (decisions are sorted), so they are known where others contradict them.
        if let Err(why) = look.rule(at, decision, decisions, &mut rulings) {
            let said = format!(
                "the decision {} of {} ({})",
                decision.verdict.name(),
                decision.who,
                decision.when
            );
            idle.push(match why {
                Idle::NotApplied(why) => decision
                    .warning(NOT_APPLIED, format!("{said} does not apply: {why}"))
                    .help(
                        "correct the row or take it out; `chancery explain` shows IRIs and claims",
                    ),
                Idle::Contradicts(other) => decision
                    .warning(
                        CONTRADICTS,
                        format!("{said} contradicts {other}, which was followed"),
                    )
                    .help("agree on one of the two and take the other out"),
            });
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
    fn rule(
        &self,
        at: usize,
        decision: &Decision,
        decisions: &[Decision],
        out: &mut Rulings,
    ) -> Result<(), Idle> {
        let this = self.find(&decision.this)?;
        let mut about = vec![this.about()];
        match decision.verdict {
            Verdict::Prefer => {
                out.preferred.push(self.preferred(&this, decision)?);
            }
            Verdict::Same => {
                let that = self.find(&decision.that)?;
                about.push(that.about());
                out.join(&this, &that)?;
            }
            Verdict::Different => {
                let that = self.find(&decision.that)?;
                about.push(that.about());
                if let Some(other) = out.joined(&this, &that, decisions) {
                    return Err(Idle::Contradicts(other));
                }
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
        if let Some(handle) = self.mission(path) {
            return Ok(Thing::Mission(handle));
        }
        let known = self.world.entities.iter().any(|entity| entity.id == path);
        Err(match (known, path.is_empty()) {
            (true, _) => {
                format!(
                    "{path} is one by its key; only persons, missions and facts can be decided on"
                )
            }
            (false, true) => format!("no document makes the claim {} any more", named.claim),
            (false, false) => format!("nothing is called {path} any more"),
        })
    }

    /// A mission by its id: some fact is of it.
    fn mission(&self, id: &str) -> Option<Handle> {
        let mut events = self.world.events.iter();
        let event = events.find(|event| event.of.as_deref() == Some(id))?;
        mission_handle(&event.fact)
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
        if path.starts_with("mission/") {
            let fact = self
                .world
                .accounts
                .get(account)
                .map(|account| &account.fact);
            let handle = fact.and_then(mission_handle);
            return handle
                .map(Thing::Mission)
                .ok_or_else(|| "its claim tells of no mission".to_owned());
        }
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
            Thing::Mission(_) => {
                return Err(
                    "of a mission nothing can be preferred; name one of its phases".to_owned(),
                );
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
            of: match this.about() {
                About::Member(member) => member,
                About::Mission(_) => return Err(none()),
            },
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
            (Thing::Mission(a), Thing::Mission(b)) => {
                return Err(if a == b {
                    "both are one mission: the same kind, sender, receiver and city".to_owned()
                } else {
                    "the two missions are two without it".to_owned()
                });
            }
            (Thing::Person(_) | Thing::Event(_) | Thing::Mission(_), _) => {
                return Err(UNLIKE.to_owned());
            }
        }
        Ok(())
    }
}

/// Why two things of different sorts are not decided on.
pub(crate) const UNLIKE: &str = "the two are not things of one sort (persons, facts or missions)";

impl Thing {
    fn about(&self) -> About {
        match self {
            Self::Person(names) => {
                let (source, name) = names.first().cloned().unwrap_or_default();
                About::Member(Member::Name { source, name })
            }
            Self::Event(accounts) => {
                let account = accounts.first().copied().unwrap_or(usize::MAX);
                About::Member(Member::Account(account))
            }
            Self::Mission(handle) => About::Mission(handle.clone()),
        }
    }
}
