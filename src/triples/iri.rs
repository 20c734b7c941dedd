//! Documents, claims and events → their IRIs under the base.

use super::Said;
use crate::fact::Claim;
use crate::resolve::{Account, ClaimRef, World, stable};
use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// All that stands under a base, as one data set: its description tells sources and licences.
#[must_use]
pub fn dataset_iri(base: &str) -> String {
    format!("{base}dataset")
}

/// The IRI of a document, which is also that of its graph.
#[must_use]
pub fn document_iri(base: &str, id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{base}document/{}", escaped(id)))
}

/// The IRIs of a document's claims, in their order; `text` is the document's.
#[must_use]
pub fn claim_iris(base: &str, document: &str, claims: &[Claim], text: &str) -> Vec<NamedNode> {
    let iri = |hash: String| NamedNode::new_unchecked(claim_iri(base, &hash));
    claim_hashes(document, claims, text)
        .into_iter()
        .map(iri)
        .collect()
}

fn claim_iri(base: &str, hash: &str) -> String {
    format!("{base}claim/{hash}")
}

/// A document's id as part of an IRI: what may not stand there is percent-encoded, letters of any script stay.
fn escaped(id: &str) -> String {
    let mut path = String::with_capacity(id.len());
    for c in id.chars() {
        let letter = !c.is_ascii() && c.is_alphanumeric();
        if letter
            || c.is_ascii_alphanumeric()
            || matches!(
                c,
                '-' | '.' | '_' | '~' | '/' | '+' | ',' | '(' | ')' | ':' | '@'
            )
        {
            path.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(path, "%{byte:02X}");
            }
        }
    }
    path
}

/// The IRIs of claims and all that is needed to speak of them.
pub(super) struct Names<'a> {
    /// Where entities live.
    base: &'a str,
    /// Per source of the world, what its document says.
    sources: Vec<Said<'a>>,
    /// Per document, its place among the sources.
    places: BTreeMap<&'a str, usize>,
    /// Per source, its accounts with the event that each is of.
    accounts: BTreeMap<usize, Vec<(&'a Account, &'a str)>>,
    /// The event that a claim supports.
    supports: BTreeMap<ClaimRef, &'a str>,
}

impl<'a> Names<'a> {
    /// `said` are the sources of the world in its order.
    pub(super) fn new(world: &'a World, said: Vec<Said<'a>>, base: &'a str) -> Self {
        let supports = world
            .events
            .iter()
            .flat_map(|event| event.claims.iter().map(|at| (*at, event.id.as_str())))
            .collect();
        let mut accounts: BTreeMap<usize, Vec<(&Account, &str)>> = BTreeMap::new();
        for event in &world.events {
            for account in event
                .accounts
                .iter()
                .filter_map(|&at| world.accounts.get(at))
            {
                accounts
                    .entry(account.source)
                    .or_default()
                    .push((account, event.id.as_str()));
            }
        }
        let places = said
            .iter()
            .enumerate()
            .map(|(at, said)| (said.document, at))
            .collect();
        Self {
            base,
            places,
            accounts,
            sources: said,
            supports,
        }
    }

    /// Something under the base.
    pub(super) fn iri(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.base))
    }

    /// What all documents of a base are part of.
    pub(super) fn dataset(&self) -> NamedNode {
        NamedNode::new_unchecked(dataset_iri(self.base))
    }

    pub(super) fn document(&self, id: &str) -> NamedNode {
        document_iri(self.base, id)
    }

    fn hash(&self, at: ClaimRef) -> &str {
        self.sources
            .get(at.source)
            .and_then(|source| source.hashes.get(at.claim))
            .map_or("", String::as_str)
    }

    pub(super) fn claim(&self, at: ClaimRef) -> NamedNode {
        NamedNode::new_unchecked(claim_iri(self.base, self.hash(at)))
    }

    /// The `nth` passage of a claim, from 1.
    pub(super) fn passage(&self, at: ClaimRef, nth: usize) -> NamedNode {
        self.iri(&format!("passage/{}-{nth}", self.hash(at)))
    }

    /// An account, named by the smallest of its claims: no claim is in two accounts.
    pub(super) fn account(&self, claims: &[ClaimRef]) -> NamedNode {
        let smallest = claims.iter().map(|&at| self.hash(at)).min().unwrap_or("");
        self.iri(&format!("account/{smallest}"))
    }

    pub(super) fn supports(&self, at: ClaimRef) -> Option<NamedNode> {
        self.supports.get(&at).map(|id| self.iri(id))
    }

    /// The claims of a document, with their places.
    pub(super) fn claims(&self, document: &str) -> impl Iterator<Item = (ClaimRef, &'a Claim)> {
        let source = self.places.get(document).copied();
        let claims = source
            .and_then(|source| self.sources.get(source))
            .map_or(&[][..], |named| named.claims);
        let source = source.unwrap_or(0);
        claims
            .iter()
            .enumerate()
            .map(move |(claim, said)| (ClaimRef { source, claim }, said))
    }

    /// The accounts of a document, each with the id of the event that it is of.
    pub(super) fn accounts(&self, document: &str) -> &[(&'a Account, &'a str)] {
        let found = self
            .places
            .get(document)
            .and_then(|source| self.accounts.get(source));
        found.map_or(&[], Vec::as_slice)
    }

    /// The language of the document that a claim stands in; empty where it is not known.
    pub(super) fn lang(&self, at: ClaimRef) -> &str {
        self.sources.get(at.source).map_or("", |source| source.lang)
    }
}

/// A hash per claim, of its document, kind, slots, quote and, where another claim has all these too, its place among them: the last part of
/// its IRI. `text` is the document's.
#[must_use]
pub fn claim_hashes(document: &str, claims: &[Claim], text: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    claims
        .iter()
        .map(|claim| {
            let line = format!(
                "{}\u{1f}{}",
                stable(document, claim),
                claim.statement().of(text)
            );
            let occurrence = seen.entry(line.clone()).or_default();
            *occurrence += 1;
            let mut hash = String::with_capacity(16);
            for byte in Sha256::digest(format!("{line}\u{1f}{occurrence}").as_bytes())
                .iter()
                .take(8)
            {
                let _ = write!(hash, "{byte:02x}");
            }
            hash
        })
        .collect()
}
