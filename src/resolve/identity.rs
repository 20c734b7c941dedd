//! Persons and events as they were found → why each is one, and from which others it was kept apart although much speaks for them.

use super::across::{numbered, together};
use super::entities::Entities;
use super::evidence::{Evidence, Reason};
use super::handles::Handle;
use super::people::People;
use super::rulings::Rulings;
use super::topics::Topics;
use super::weigh::{Comparison, weigh};
use super::within::{GENERAL, PLAIN};
use super::world::{Account, Apart, Event, Identity, Join, Member};
use crate::fact::{Fact, Kind, Slot};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Others that a thing is told to be kept apart from: those nearest to it.
const SHOWN: usize = 3;
/// Of a large part, how many of the next events each is compared with.
const NEXT: usize = 40;

/// The identities of persons and events that several documents tell of, or that were kept apart from others; sorted by what they are about.
pub(crate) fn identities(
    persons: &[Identity],
    accounts: &[Account],
    people: &People,
    events: &[Event],
    parts: &[Vec<usize>],
    topics: &Topics,
    rulings: &Rulings,
) -> Vec<Identity> {
    let mut found = persons.to_vec();
    let how = Comparison {
        topics,
        person: |a, b| a == b,
    };
    let told = Told {
        accounts,
        facts: accounts
            .iter()
            .map(|account| numbered(account, people))
            .collect(),
        how,
        rulings,
    };
    found.extend(told.events(events, parts));
    found.retain(|identity| identity.joins.len() > 1 || !identity.apart.is_empty());
    found.sort_by(|a, b| a.about.cmp(&b.about));
    found
}

/// The names behind every person, sorted by id.
pub(crate) fn persons(people: &People, entities: &Entities) -> Vec<Identity> {
    let id = |number: usize| entities.id(&Handle::Person(number)).map(str::to_owned);
    let mut found: BTreeMap<usize, Identity> = BTreeMap::new();
    for (number, person) in people.persons.iter().enumerate() {
        let Some(about) = id(number) else {
            continue;
        };
        let joins = person.mentions.iter().map(|(source, name, evidence)| Join {
            member: Member::Name {
                source: *source,
                name: name.clone(),
            },
            evidence: *evidence,
        });
        let identity = found.entry(number).or_default();
        identity.about = about;
        identity.joins = joins.collect();
        for (other, evidence) in &person.apart {
            let sides = [(number, *other), (*other, number)];
            for (this, that) in sides {
                let apart = id(that).map(|other| Apart {
                    other,
                    evidence: *evidence,
                });
                found.entry(this).or_default().apart.extend(apart);
            }
        }
    }
    let mut found: Vec<Identity> = found
        .into_values()
        .filter(|identity| !identity.about.is_empty())
        .map(nearest)
        .collect();
    found.sort_by(|a, b| a.about.cmp(&b.about));
    found
}

/// Keeps the nearest of those that a thing was kept apart from.
fn nearest(mut identity: Identity) -> Identity {
    let rank = |apart: &Apart| (Reverse(apart.evidence.weight()), apart.other.clone());
    identity.apart.sort_by_cached_key(rank);
    identity.apart.dedup_by(|a, b| a.other == b.other);
    identity.apart.truncate(SHOWN);
    identity
}

struct Told<'a> {
    accounts: &'a [Account],
    facts: Vec<Fact>,
    how: Comparison<'a>,
    rulings: &'a Rulings,
}

impl Told<'_> {
    fn events(&self, events: &[Event], parts: &[Vec<usize>]) -> Vec<Identity> {
        let mut of: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, event) in events.iter().enumerate() {
            of.extend(event.accounts.iter().map(|&account| (account, at)));
        }
        let mut found: Vec<Identity> = events
            .iter()
            .map(|event| Identity {
                about: event.id.clone(),
                joins: self.joins(event),
                apart: Vec::new(),
            })
            .collect();
        for part in parts {
            let mut here: Vec<usize> = part.iter().filter_map(|at| of.get(at)).copied().collect();
            here.sort_unstable();
            here.dedup();
            for (at, &a) in here.iter().enumerate() {
                for &b in here.iter().skip(at + 1).take(NEXT) {
                    let (Some(x), Some(y)) = (events.get(a), events.get(b)) else {
                        continue;
                    };
                    let Some(evidence) = self.apart(x, y) else {
                        continue;
                    };
                    for (this, that) in [(a, y), (b, x)] {
                        if let Some(identity) = found.get_mut(this) {
                            identity.apart.push(Apart {
                                other: that.id.clone(),
                                evidence,
                            });
                        }
                    }
                }
            }
        }
        found.into_iter().map(nearest).collect()
    }

    /// Each account of an event with what speaks for its being of it: the strongest of what it shares with one before it.
    fn joins(&self, event: &Event) -> Vec<Join> {
        let mut joins = Vec::new();
        for (nth, &account) in event.accounts.iter().enumerate() {
            let Some(fact) = self.facts.get(account) else {
                continue;
            };
            let before = event.accounts.iter().take(nth);
            let evidence = before
                .filter_map(|&other| self.facts.get(other))
                .map(|other| joined(weigh(other, fact, self.how), other, fact))
                .max_by_key(|evidence| (!evidence.is_vetoed(), evidence.weight()))
                .map(|evidence| self.by_decision(evidence, event, account))
                .unwrap_or_default();
            joins.push(Join {
                member: Member::Account(account),
                evidence,
            });
        }
        joins
    }

    /// The evidence of an account's being of an event, or that somebody decided so, where nothing else would have put it there.
    fn by_decision(&self, evidence: Evidence, event: &Event, account: usize) -> Evidence {
        let sets = &self.rulings.same_accounts;
        let Some(set) = sets.get(&account).filter(|_| evidence.is_vetoed()) else {
            return evidence;
        };
        let others = event.accounts.iter().filter(|&&at| at != account);
        let mut decided = Evidence::default();
        decided.add(Reason::Decided);
        if others
            .filter_map(|at| sets.get(at))
            .any(|other| other == set)
        {
            decided
        } else {
            evidence
        }
    }

    /// What speaks for two events being one, and why they are not; `None` where too little speaks for it.
    fn apart(&self, x: &Event, y: &Event) -> Option<Evidence> {
        let numbered: Vec<Fact> = [x, y]
            .iter()
            .filter_map(|event| {
                let own: Vec<Account> = event
                    .accounts
                    .iter()
                    .filter_map(|&at| {
                        let account = self.accounts.get(at)?;
                        let fact = self.facts.get(at)?.clone();
                        Some(Account {
                            fact,
                            ..account.clone()
                        })
                    })
                    .collect();
                together(&own, &(0..own.len()).collect::<Vec<_>>())
            })
            .collect();
        let [a, b] = numbered.as_slice() else {
            return None;
        };
        let mut evidence = weigh(a, b, self.how);
        let decided = x.accounts.iter().any(|&one| {
            let with = |other: &usize| self.rulings.other_accounts.contains(&(one, *other));
            y.accounts.iter().any(with)
        });
        evidence.add_if(decided, Reason::DecidedOther);
        if evidence.is_enough() {
            let sources = |event: &Event| -> Vec<usize> {
                let all = event
                    .accounts
                    .iter()
                    .filter_map(|&at| self.accounts.get(at));
                all.map(|account| account.source).collect()
            };
            let theirs = sources(y);
            let both = sources(x).iter().any(|source| theirs.contains(source));
            evidence.add(if both {
                Reason::ToldApart
            } else {
                Reason::Rival
            });
        }
        evidence.is_near_miss().then_some(evidence)
    }
}

/// The evidence of what was joined: what two facts differ in was overruled, and says so.
fn joined(mut evidence: Evidence, a: &Fact, b: &Fact) -> Evidence {
    if a.kind == Kind::Mission {
        let kinds = [a.text(Slot::Kind), b.text(Slot::Kind)];
        if evidence.has(Reason::OtherKind)
            && kinds.iter().all(|kind| kind == GENERAL || kind == PLAIN)
        {
            evidence = evidence.without(Reason::OtherKind);
            evidence.add(Reason::LooseKind);
        }
        if evidence.has(Reason::OtherCity) && !(a.has(Slot::City) && b.has(Slot::City)) {
            evidence = evidence.without(Reason::OtherCity);
        }
        evidence.add_if(!evidence.has(Reason::SameCity), Reason::OneHouse);
    }
    for veto in [
        Reason::OtherTime,
        Reason::OtherNumber,
        Reason::OtherParties,
        Reason::OtherCity,
    ] {
        if evidence.has(veto) {
            evidence = evidence.without(veto);
            evidence.add(Reason::Disputed);
        }
    }
    evidence
}
