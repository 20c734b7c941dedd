//! "The two foreign ministers, A and B, spoke": a sentence that names who met means nobody else by its noun.

use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Kind, Slot, Value};
use std::collections::BTreeMap;

/// Drops meetings that weights alone find between persons whom a sentence does not name, where a rule tells one of two whom it does.
pub(in crate::extract) fn unnamed(reader: &Reader<'_>, claims: &mut Vec<Claim>) {
    let mut named: BTreeMap<usize, bool> = BTreeMap::new();
    for claim in claims.iter().filter(|c| told(c) && !likely(c)) {
        let at = claim.statement().start;
        let here = all_here(reader, claim, 2);
        *named.entry(at).or_default() |= here;
    }
    claims.retain(|claim| {
        let other = named.get(&claim.statement().start) == Some(&true);
        !(other && told(claim) && likely(claim) && none_here(reader, claim))
    });
}

fn told(claim: &Claim) -> bool {
    claim.fact.kind == Kind::Meeting && claim.holds()
}

fn likely(claim: &Claim) -> bool {
    claim.rule.ends_with(".likely")
}

/// Whether a sentence names somebody who takes part.
fn here(reader: &Reader<'_>, claim: &Claim, who: &Value) -> bool {
    let Value::Person(person) = who else {
        return false;
    };
    let person = reader.people.find(&person.name);
    let sentence = reader.sentence_at(claim.statement().start);
    let items = sentence.map_or(&[][..], |s| &s.items);
    let names = |item: &Item| {
        let name = item.actor().and_then(|a| a.name.as_ref());
        name.and_then(|n| reader.people.find(n))
            .is_some_and(|p| Some(p) == person)
    };
    items.iter().any(names)
}

/// Whether so many take part, and all of them are named.
fn all_here(reader: &Reader<'_>, claim: &Claim, many: usize) -> bool {
    let all = claim.fact.all(Slot::Participants);
    all.len() == many && all.iter().all(|who| here(reader, claim, who))
}

fn none_here(reader: &Reader<'_>, claim: &Claim) -> bool {
    let mut all = claim.fact.all(Slot::Participants).iter();
    !all.any(|who| here(reader, claim, who))
}
