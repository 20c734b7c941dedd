//! The keys by which an item is found, each with a letter before it for its kind.

use crate::link::names::{bag, folded};
use crate::link::properties::{COUNTRY, JURISDICTION, OPERATOR, PARTICIPANT};
use crate::link::{Item, ItemType, Qid};
use std::collections::BTreeSet;

/// Longest name that is a key, in bytes.
pub(in crate::link) const LONGEST: usize = 200;

/// A name, folded.
pub(in crate::link) fn name(folded: &str) -> String {
    format!("n{folded}")
}

/// A name's words, sorted.
pub(in crate::link) fn words(folded: &str) -> String {
    format!("b{}", bag(folded))
}

/// A page of Wikipedia.
pub(in crate::link) fn page(lang: &str, title: &str) -> String {
    format!("p{lang}:{}", title.replace('_', " "))
}

/// Missions of one state in another, or the relations of two.
pub(in crate::link) fn between(kind: ItemType, of: Qid, with: Qid) -> String {
    format!("s{}:{of}:{with}", kind.name())
}

/// All keys of an item.
pub(in crate::link) fn of(item: &Item) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, text) in item.names() {
        let name_folded = folded(text);
        if name_folded.is_empty() || name_folded.len() > LONGEST {
            continue;
        }
        let sorted = bag(&name_folded);
        if sorted != name_folded && !sorted.is_empty() {
            keys.insert(format!("b{sorted}"));
        }
        keys.insert(name(&name_folded));
    }
    for (lang, title) in &item.pages {
        keys.insert(page(lang, title));
    }
    if item.types.contains(&ItemType::Mission) {
        for of in item.linked(OPERATOR) {
            for with in item.linked(COUNTRY).chain(item.linked(JURISDICTION)) {
                keys.insert(between(ItemType::Mission, of, with));
            }
        }
    }
    if item.types.contains(&ItemType::Relation) {
        let parties: BTreeSet<Qid> = item
            .linked(PARTICIPANT)
            .chain(item.linked(COUNTRY))
            .collect();
        if let [one, other] = parties.into_iter().collect::<Vec<_>>().as_slice() {
            keys.insert(between(ItemType::Relation, *one, *other));
        }
    }
    keys
}
