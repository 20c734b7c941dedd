//! The world of the documents that were brought in, before or after a change: what of it is touched, and what that needs to be whole.

use super::{Deciding, Near, Place, Shared, Wants};
use crate::fact::{Fact, Kind};
use crate::resolve::conflict::can_deny;
use crate::resolve::handles::{Handle, handle, mission_handle, relation_handle};
use crate::resolve::impossible::may_be;
use crate::resolve::keys::denial_keys;
use crate::resolve::parts::parts;
use crate::resolve::people::{self, Mention};
use crate::resolve::rulings::Rulings;
use crate::resolve::ties::{self, Holding, Tying};
use crate::resolve::world::{Account, Source};
use crate::resolve::{Steps, accounts, ruled, steps};
use std::collections::{BTreeMap, BTreeSet};

/// The world of the documents that were brought in, before or after the change, up to its events.
pub(super) struct Version<'a> {
    sources: Vec<&'a Source>,
    pub(super) accounts: Vec<Account>,
    pub(super) mentions: Vec<Mention>,
    pub(super) mention_parts: Vec<Vec<usize>>,
    steps: Steps,
    pub(super) rulings: Rulings,
}

impl<'a> Version<'a> {
    pub(super) fn of(
        sources: impl Iterator<Item = &'a Source>,
        deciding: Deciding<'_>,
        by: Tying<'_>,
    ) -> Self {
        let (sources, accounts) = accounts(sources, by.topics);
        let Deciding { decisions, claims } = deciding;
        let (rulings, _) = ruled(&sources, &accounts, by.topics, decisions, claims);
        let mentions = people::mentions(&accounts);
        let mention_parts = parts(&people::keys(&mentions, &rulings));
        let steps = steps(&sources, &accounts, by.topics, &rulings);
        Self {
            sources,
            accounts,
            mentions,
            mention_parts,
            steps,
            rulings,
        }
    }

    pub(super) fn document(&self, source: usize) -> &'a str {
        self.sources
            .get(source)
            .map_or("", |source| source.document.as_str())
    }

    fn place(&self, account: &Account) -> Place {
        let claim = account.claims.first().map_or(usize::MAX, |at| at.claim);
        (self.document(account.source).to_owned(), claim)
    }

    pub(super) fn accounts_at<'s>(
        &'s self,
        places: &'s BTreeSet<usize>,
    ) -> impl Iterator<Item = &'s Account> {
        places.iter().filter_map(|&at| self.accounts.get(at))
    }

    /// What changed documents deny.
    pub(super) fn denied(&self, changed: &BTreeSet<&str>) -> Vec<&'a Fact> {
        let own = self
            .sources
            .iter()
            .filter(|source| changed.contains(source.document.as_str()));
        let denials = own.flat_map(|source| ties::denials(source));
        let facts = denials.map(|(_, claim)| &claim.fact);
        facts.filter(|fact| can_deny(fact)).collect()
    }

    /// The accounts of events that are touched.
    pub(super) fn relevant<S>(&self, near: &Near<'_, S>, denied: &[&Fact]) -> BTreeSet<usize> {
        let mut by_key: BTreeSet<(Kind, String)> = BTreeSet::new();
        let mut all: BTreeSet<Kind> = BTreeSet::new();
        for fact in denied {
            let keys = denial_keys(fact);
            if keys.is_empty() {
                all.insert(fact.kind);
            }
            by_key.extend(keys.into_iter().map(|key| (fact.kind, key)));
        }
        let kinds: BTreeSet<Kind> = denied.iter().map(|fact| fact.kind).collect();
        let deniable = |fact: &Fact| {
            let keys = || denial_keys(fact);
            kinds.contains(&fact.kind)
                && (all.contains(&fact.kind)
                    || keys().is_empty()
                    || keys()
                        .into_iter()
                        .any(|key| by_key.contains(&(fact.kind, key))))
        };
        let own = self.accounts.iter().enumerate().filter(|(_, account)| {
            let document = self.document(account.source);
            near.changed.contains(document)
                || near.decided.contains(document)
                || near.accounts.contains(&self.place(account))
                || deniable(&account.fact)
        });
        self.whole(own.map(|(at, _)| at).collect())
    }

    /// With all accounts that are decided together with any of these.
    fn whole(&self, mut accounts: BTreeSet<usize>) -> BTreeSet<usize> {
        for part in &self.steps.found.parts {
            if part.iter().any(|at| accounts.contains(at)) {
                accounts.extend(part);
            }
        }
        accounts
    }

    /// The accounts of touched events, and of those that something told of touched events depends on.
    pub(super) fn inputs<S: Shared>(
        &self,
        near: &mut Near<'_, S>,
        relevant: &BTreeSet<usize>,
        wants: &mut Wants,
    ) -> Result<BTreeSet<usize>, S::Error> {
        let mut persons: BTreeSet<usize> = BTreeSet::new();
        let mut offices: BTreeSet<(Holding, Handle)> = BTreeSet::new();
        for account in self.accounts_at(relevant) {
            persons.extend(self.persons(account));
            for (holding, office) in ties::offices(account, &self.steps.people) {
                let open = Holding::Open.tie(&office);
                let mut need = match holding {
                    Holding::Term => vec![Holding::Term],
                    Holding::Act => Vec::new(),
                    Holding::Open => vec![Holding::Term, Holding::Act],
                };
                if holding != Holding::Open && near.any(open)? {
                    need = vec![Holding::Term, Holding::Act, Holding::Open];
                }
                wants.extend(need.iter().map(|holding| (holding.tie(&office), true)));
                offices.extend(need.into_iter().map(|holding| (holding, office.clone())));
            }
        }
        let mut acts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut inputs = relevant.clone();
        for (at, account) in self.accounts.iter().enumerate() {
            for person in self.persons(account).intersection(&persons) {
                acts.entry(*person).or_default().push(at);
            }
            let mut held = ties::offices(account, &self.steps.people).into_iter();
            if !offices.is_empty() && held.any(|held| offices.contains(&held)) {
                inputs.insert(at);
            }
        }
        for own in acts.into_values() {
            let accounts = own.iter().filter_map(|&at| self.accounts.get(at));
            if may_be(&self.sources, accounts) {
                inputs.extend(own);
            }
        }
        Ok(self.whole(inputs))
    }

    fn persons(&self, account: &Account) -> BTreeSet<usize> {
        ties::named(account)
            .filter_map(|name| self.steps.people.get(account.source, name))
            .collect()
    }

    /// What an event is of whose account this is, and what that names.
    fn handles(&self, account: &Account) -> Vec<Handle> {
        let fact = &account.fact;
        let mut handles: Vec<Handle> = Vec::new();
        for (&slot, values) in &fact.slots {
            let people = &self.steps.people;
            let of = values.iter();
            handles
                .extend(of.filter_map(|value| handle(value, slot, account.source, fact, people)));
        }
        handles.extend(mission_handle(fact).map(|handle| self.rulings.mission(handle)));
        handles.extend(relation_handle(fact));
        handles
    }

    /// What an account needs for its event to be whole and what it names to be called as it is.
    pub(super) fn of_account(&self, account: &Account, by: Tying<'_>, wants: &mut Wants) {
        let fact = &account.fact;
        let keys = ties::impersonal(fact, by.topics);
        wants.extend(keys.iter().map(|key| (ties::event(key), true)));
        wants.extend(
            ties::like(fact, by.topics)
                .into_iter()
                .map(|tie| (tie, true)),
        );
        let keys = denial_keys(fact);
        let any = if keys.is_empty() { "" } else { "*" };
        wants.insert((ties::denied(fact.kind, any), true));
        wants.extend(keys.iter().map(|key| (ties::denied(fact.kind, key), true)));
        for handle in self.handles(account) {
            let things = &self.steps.entities;
            for linked in ties::linked(things, &handle, by) {
                wants.insert((ties::thing(&linked), false));
            }
            if !matches!(handle, Handle::Person(_)) {
                let all = self.rulings.missions(&handle);
                wants.extend(all.iter().map(|handle| (ties::thing(handle), false)));
                let path = things.path(&handle);
                wants.extend(path.map(|path| (ties::wanted(&path), false)));
            }
        }
    }

    /// For each account of a document that did not change, the event that it is of and what the things that it names are called.
    pub(super) fn told(&self, changed: &BTreeSet<&str>) -> BTreeMap<Place, String> {
        let mut event: BTreeMap<usize, &str> = BTreeMap::new();
        for one in &self.steps.events {
            event.extend(one.accounts.iter().map(|&at| (at, one.id.as_str())));
        }
        let others = self
            .accounts
            .iter()
            .enumerate()
            .filter(|(_, account)| !changed.contains(self.document(account.source)));
        others
            .map(|(at, account)| {
                let mut told = event.get(&at).copied().unwrap_or_default().to_owned();
                for handle in self.handles(account) {
                    for part in self.called(&handle) {
                        told.push('\u{1f}');
                        told.push_str(part);
                    }
                }
                (self.place(account), told)
            })
            .collect()
    }

    fn called(&self, handle: &Handle) -> [&str; 2] {
        let things = &self.steps.entities;
        [things.id(handle), things.name(handle)].map(Option::unwrap_or_default)
    }

    /// What each thing that is no person is called.
    pub(super) fn things(&self) -> BTreeMap<&Handle, [&str; 2]> {
        let things = self.steps.entities.handles();
        things
            .filter(|handle| !matches!(handle, Handle::Person(_)))
            .map(|handle| (handle, self.called(handle)))
            .collect()
    }
}
