//! Documents that changed → the documents that a change of the world can be told from: made of these alone, the world before and the world
//! after differ in just what they differ in when made of all.
//!
//! What is touched must be whole: all documents that have a say in it are brought in, by their ties. What is not touched may be told by a
//! part of its documents only; then it comes out wrong, but the same before and after.

use super::conflict::can_deny;
use super::decisions::Decision;
use super::handles::{Handle, handle, mission_handle, relation_handle};
use super::impossible::may_be;
use super::keys::denial_keys;
use super::parts::parts;
use super::people::{self, Mention};
use super::rulings::Rulings;
use super::ties::{self, Holding, Tying};
use super::world::{Account, Source};
use super::{Steps, accounts, ruled, steps};
use crate::fact::{Fact, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// A document that came, changed or went.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Its id.
    pub document: String,
    /// What it said; `None` where it was not there.
    pub old: Option<Source>,
    /// What it says; `None` where it is no longer.
    pub new: Option<Source>,
}

/// What people decided.
#[derive(Clone, Copy)]
pub struct Deciding<'a> {
    /// All decisions.
    pub decisions: &'a [Decision],
    /// Of each claim that they name, by the last part of its IRI, its document and its place there.
    pub claims: &'a BTreeMap<String, (String, usize)>,
}

/// Where documents are found by their ties, as they are now.
pub trait Shared {
    /// Why they cannot be read.
    type Error;

    /// The documents that have a tie.
    ///
    /// # Errors
    /// As all of these: where the documents cannot be read.
    fn documents(&self, tie: u64) -> Result<Vec<String>, Self::Error>;

    /// Of each form of a tie the first document that has it and is not among `except`.
    ///
    /// # Errors
    /// As [`Shared::documents`].
    fn firsts(&self, tie: u64, except: &BTreeSet<&str>) -> Result<Vec<String>, Self::Error>;

    /// What a document says.
    ///
    /// # Errors
    /// As [`Shared::documents`].
    fn source(&self, document: &str) -> Result<Option<Source>, Self::Error>;
}

/// The ids of the documents that a change of the world can be told from, the changed ones among them. `decided` is what people had decided
/// before and what they have now, each decision naming claims: what these are of counts as touched.
///
/// # Errors
/// As [`Shared::documents`].
pub fn touched<S: Shared>(
    changed: &[Changed],
    decided: [Deciding<'_>; 2],
    shared: &S,
    by: Tying<'_>,
) -> Result<BTreeSet<String>, S::Error> {
    let mut near = Near {
        shared,
        changed: changed.iter().map(|one| one.document.as_str()).collect(),
        sources: BTreeMap::new(),
        looked: BTreeSet::new(),
        asked: BTreeMap::new(),
        accounts: BTreeSet::new(),
        things: BTreeSet::new(),
        decided: BTreeSet::new(),
    };
    for deciding in decided {
        for (document, _) in deciding.claims.values() {
            near.load(document)?;
            near.decided.insert(document.clone());
        }
    }
    loop {
        let mut sources = [Vec::new(), Vec::new()];
        for (version, list) in sources.iter_mut().enumerate() {
            let own = changed.iter().filter_map(|one| {
                let said = if version == 0 { &one.old } else { &one.new };
                said.clone()
            });
            list.extend(own.chain(near.sources.values().cloned()));
        }
        let [old, new] = &sources;
        let [before, after] = decided;
        let versions = [Version::of(old, before, by), Version::of(new, after, by)];
        if near.bring(&versions, by)? || near.differ(&versions) {
            continue;
        }
        let all = near.sources.into_keys();
        return Ok(all
            .chain(near.changed.into_iter().map(str::to_owned))
            .collect());
    }
}

/// An account of a document that did not change: the document, and its first claim there.
type Place = (String, usize);

struct Near<'a, S> {
    shared: &'a S,
    changed: BTreeSet<&'a str>,
    /// Documents that were brought in.
    sources: BTreeMap<String, Source>,
    /// Ties whose documents were all brought in (`true`), or the first of each form.
    looked: BTreeSet<(u64, bool)>,
    /// Whether any document looks for persons by a key.
    asked: BTreeMap<u64, bool>,
    /// Accounts of other documents that came to be of another event, or to name another thing.
    accounts: BTreeSet<Place>,
    /// Things that are called otherwise, came or went.
    things: BTreeSet<Handle>,
    /// Documents that decisions name.
    decided: BTreeSet<String>,
}

/// Ties whose documents are wanted: all (`true`), or the first of each form.
type Wants = BTreeSet<(u64, bool)>;

impl<S: Shared> Near<'_, S> {
    /// Brings in the documents that what is touched needs to be whole; whether there were any.
    fn bring(&mut self, versions: &[Version<'_>; 2], by: Tying<'_>) -> Result<bool, S::Error> {
        let mut wants = Wants::new();
        let things = self.things.iter().flat_map(|handle| {
            let sets = versions
                .iter()
                .flat_map(|version| version.rulings.missions(handle));
            sets.collect::<BTreeSet<Handle>>()
        });
        for handle in &things.collect::<BTreeSet<Handle>>() {
            wants.insert((ties::thing(handle), true));
            wants.insert((ties::belonging(handle), true));
            wants.insert((ties::link_to(handle), false));
        }
        let denied = versions
            .iter()
            .flat_map(|version| version.denied(&self.changed));
        let denied: Vec<&Fact> = denied.collect();
        for fact in &denied {
            let keys = denial_keys(fact);
            if keys.is_empty() {
                wants.insert((ties::of_kind(fact.kind), true));
            }
            let any = std::iter::once("*").chain(keys.iter().map(String::as_str));
            wants.extend(any.map(|key| (ties::deniable(fact.kind, key), true)));
        }
        for version in versions {
            let relevant = version.relevant(self, &denied);
            let inputs = version.inputs(self, &relevant, &mut wants)?;
            for account in version.accounts_at(&inputs) {
                version.of_account(account, by, &mut wants);
            }
            self.names(version, &inputs, &mut wants)?;
        }
        self.look(wants)
    }

    /// What is needed to tell who the persons are that accounts and changed documents name.
    fn names(
        &mut self,
        version: &Version<'_>,
        accounts: &BTreeSet<usize>,
        wants: &mut Wants,
    ) -> Result<(), S::Error> {
        let mut named: BTreeSet<(usize, &str)> = BTreeSet::new();
        for account in version.accounts_at(accounts) {
            named.extend(ties::named(account).map(|name| (account.source, name)));
        }
        let asks: BTreeSet<String> = version.mentions.iter().flat_map(Mention::asks).collect();
        for part in &version.mention_parts {
            let mentions = || part.iter().filter_map(|&at| version.mentions.get(at));
            let meant = |mention: &Mention| {
                let (source, name) = mention.place();
                named.contains(&(source, name.as_str()))
                    || self.is_changed(version.document(source))
            };
            if !mentions().any(meant) {
                continue;
            }
            for mention in mentions() {
                wants.extend(mention.keys().iter().map(|key| (ties::name(key), true)));
                for key in mention.open_keys() {
                    if asks.contains(&key) || self.is_asked(ties::asked(&key))? {
                        wants.insert((ties::open(&key), true));
                    }
                }
            }
        }
        Ok(())
    }

    fn is_asked(&mut self, tie: u64) -> Result<bool, S::Error> {
        if let Some(&asked) = self.asked.get(&tie) {
            return Ok(asked);
        }
        let asked = self.any(tie)?;
        self.asked.insert(tie, asked);
        Ok(asked)
    }

    fn any(&self, tie: u64) -> Result<bool, S::Error> {
        Ok(!self.shared.firsts(tie, &BTreeSet::new())?.is_empty())
    }

    fn is_changed(&self, document: &str) -> bool {
        self.changed.contains(document)
    }

    fn look(&mut self, wants: Wants) -> Result<bool, S::Error> {
        let mut more = false;
        for (tie, all) in wants {
            if !self.looked.insert((tie, all)) {
                continue;
            }
            let found = if all {
                self.shared.documents(tie)?
            } else {
                self.shared.firsts(tie, &self.changed)?
            };
            for document in found {
                more |= self.load(&document)?;
            }
        }
        Ok(more)
    }

    /// Brings a document in; whether it was not there.
    fn load(&mut self, document: &str) -> Result<bool, S::Error> {
        if self.is_changed(document) || self.sources.contains_key(document) {
            return Ok(false);
        }
        let source = self.shared.source(document)?;
        Ok(source.is_some_and(|source| self.sources.insert(document.to_owned(), source).is_none()))
    }

    /// Finds accounts of documents that did not change which came to be of another event or to name another thing, and things that are
    /// called otherwise; whether there are new ones.
    fn differ(&mut self, [old, new]: &[Version<'_>; 2]) -> bool {
        let (before, after) = (old.told(&self.changed), new.told(&self.changed));
        let others = |(place, told): &(&Place, &String)| before.get(*place) != Some(*told);
        let moved: Vec<Place> = after
            .iter()
            .filter(others)
            .map(|(place, _)| place.clone())
            .collect();
        let (before, after) = (old.things(), new.things());
        let things = before.iter().chain(&after).filter(|(handle, called)| {
            before.get(*handle) != Some(*called) || after.get(*handle) != Some(*called)
        });
        let things: Vec<Handle> = things.map(|(handle, _)| (*handle).clone()).collect();
        let known = self.accounts.len() + self.things.len();
        self.accounts.extend(moved);
        self.things.extend(things);
        self.accounts.len() + self.things.len() > known
    }
}

/// The world of the documents that were brought in, before or after the change, up to its events.
struct Version<'a> {
    sources: Vec<&'a Source>,
    accounts: Vec<Account>,
    mentions: Vec<Mention>,
    mention_parts: Vec<Vec<usize>>,
    steps: Steps,
    rulings: Rulings,
}

impl<'a> Version<'a> {
    fn of(sources: &'a [Source], deciding: Deciding<'_>, by: Tying<'_>) -> Self {
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

    fn document(&self, source: usize) -> &'a str {
        self.sources
            .get(source)
            .map_or("", |source| source.document.as_str())
    }

    fn place(&self, account: &Account) -> Place {
        let claim = account.claims.first().map_or(usize::MAX, |at| at.claim);
        (self.document(account.source).to_owned(), claim)
    }

    fn accounts_at<'s>(&'s self, places: &'s BTreeSet<usize>) -> impl Iterator<Item = &'s Account> {
        places.iter().filter_map(|&at| self.accounts.get(at))
    }

    /// What changed documents deny.
    fn denied(&self, changed: &BTreeSet<&str>) -> Vec<&'a Fact> {
        let own = self
            .sources
            .iter()
            .filter(|source| changed.contains(source.document.as_str()));
        let denials = own.flat_map(|source| ties::denials(source));
        let facts = denials.map(|(_, claim)| &claim.fact);
        facts.filter(|fact| can_deny(fact)).collect()
    }

    /// The accounts of events that are touched.
    fn relevant<S>(&self, near: &Near<'_, S>, denied: &[&Fact]) -> BTreeSet<usize> {
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
    fn inputs<S: Shared>(
        &self,
        near: &Near<'_, S>,
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
    fn of_account(&self, account: &Account, by: Tying<'_>, wants: &mut Wants) {
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
    fn told(&self, changed: &BTreeSet<&str>) -> BTreeMap<Place, String> {
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
    fn things(&self) -> BTreeMap<&Handle, [&str; 2]> {
        let things = self.steps.entities.handles();
        things
            .filter(|handle| !matches!(handle, Handle::Person(_)))
            .map(|handle| (handle, self.called(handle)))
            .collect()
    }
}
