//! Documents that changed → the documents that a change of the world can be told from: made of these alone, the world before and the world
//! after differ in just what they differ in when made of all.
//!
//! What is touched must be whole: all documents that have a say in it are brought in, by their ties. What is not touched may be told by a
//! part of its documents only; then it comes out wrong, but the same before and after.

mod version;

use super::decisions::Decision;
use super::handles::Handle;
use super::keys::denial_keys;
use super::people::Mention;
use super::ties::{self, Tying};
use super::world::Source;
use crate::fact::Fact;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use version::Version;

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
        known: BTreeMap::new(),
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
        let [before, after] = decided;
        let old = changed.iter().filter_map(|one| one.old.as_ref());
        let new = changed.iter().filter_map(|one| one.new.as_ref());
        let brought = near.sources.clone();
        let versions = [
            Version::of(old.chain(brought.values().map(Arc::as_ref)), before, by),
            Version::of(new.chain(brought.values().map(Arc::as_ref)), after, by),
        ];
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
    sources: BTreeMap<String, Arc<Source>>,
    /// Ties whose documents were all brought in (`true`), or the first of each form.
    looked: BTreeSet<(u64, bool)>,
    /// Whether any document has a tie.
    known: BTreeMap<u64, bool>,
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
                    if asks.contains(&key) || self.any(ties::asked(&key))? {
                        wants.insert((ties::open(&key), true));
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether any document has a tie.
    fn any(&mut self, tie: u64) -> Result<bool, S::Error> {
        if let Some(&any) = self.known.get(&tie) {
            return Ok(any);
        }
        let any = !self.shared.firsts(tie, &BTreeSet::new())?.is_empty();
        self.known.insert(tie, any);
        Ok(any)
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
        Ok(source.is_some_and(|source| {
            let source = Arc::new(source);
            self.sources.insert(document.to_owned(), source).is_none()
        }))
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
