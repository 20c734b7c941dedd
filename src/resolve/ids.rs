//! Readable keys → ids that differ: a key that several things share gets a suffix for each, made of its smallest claim.

use super::same::denotation;
use super::world::{ClaimRef, Source};
use crate::fact::{Claim, Slot, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A thing that wants an id: its key, a longer key for when the first is not its alone, and its smallest claim.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// The key that it would like.
    pub(crate) key: String,
    /// The key that it takes when another wants the first.
    pub(crate) longer: String,
    /// A stable serialisation of its smallest claim.
    pub(crate) smallest: String,
}

/// An id for each, all different: none depends on the order of the list.
pub(crate) fn assign(wanted: &[Wanted]) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for want in wanted {
        *count.entry(&want.key).or_default() += 1;
    }
    let second: Vec<&str> = wanted
        .iter()
        .map(|want| {
            if count.get(want.key.as_str()) == Some(&1) {
                want.key.as_str()
            } else {
                want.longer.as_str()
            }
        })
        .collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for key in &second {
        *count.entry(key).or_default() += 1;
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids = Vec::with_capacity(wanted.len());
    for (key, want) in second.iter().zip(wanted) {
        let id = if count.get(key) == Some(&1) {
            (*key).to_owned()
        } else {
            format!("{key}-{}", short_hash(&want.smallest))
        };
        // Two with one smallest claim (a claim that tells of two things): numbered in their order, which is the text's.
        let times = taken.entry(id.clone()).or_default();
        *times += 1;
        ids.push(if *times == 1 {
            id
        } else {
            format!("{id}-{times}")
        });
    }
    ids
}

/// The first eight hexadecimal digits of the SHA-256 of a text.
pub(crate) fn short_hash(text: &str) -> String {
    let mut hash = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(4) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// A claim in one line that does not depend on its place: document, kind and slots, with unprintable separators between.
#[must_use]
pub fn stable(document: &str, claim: &Claim) -> String {
    let mut line = format!("{document}\u{1f}{}", claim.fact.kind.name());
    for (slot, values) in &claim.fact.slots {
        let mut values: Vec<String> = values.iter().map(denotation).collect();
        if *slot != Slot::Of {
            values.sort();
        }
        let _ = write!(line, "\u{1f}{}={}", slot.name(), values.join("\u{1e}"));
    }
    line
}

/// The smallest of some claims, in its stable form.
pub(crate) fn smallest<'c>(
    sources: &[&Source],
    claims: impl IntoIterator<Item = &'c ClaimRef>,
) -> String {
    claims
        .into_iter()
        .filter_map(|at| {
            let source = sources.get(at.source)?;
            Some(stable(&source.document, source.claims.get(at.claim)?))
        })
        .min()
        .unwrap_or_default()
}

/// The parts of a key that are there, parted by hyphens.
pub(crate) fn join(parts: &[String]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("-")
}

/// The slug of a value's English name.
pub(crate) fn slug_of(value: Option<&Value>) -> String {
    value
        .map(|value| super::names::slug(&value.text()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_all_get_a_suffix() {
        let want = |key: &str, longer: &str, smallest: &str| Wanted {
            key: key.into(),
            longer: longer.into(),
            smallest: smallest.into(),
        };
        let ids = assign(&[
            want("a", "a", "x"),
            want("b", "b-1", "y"),
            want("b", "b-2", "z"),
            want("c", "c", "p"),
            want("c", "c", "q"),
        ]);
        assert_eq!(ids[..3], ["a", "b-1", "b-2"]);
        assert!(ids[3].starts_with("c-") && ids[3].len() == 10 && ids[3] != ids[4]);
    }
}
