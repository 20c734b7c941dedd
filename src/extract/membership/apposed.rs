//! A noun of membership behind a comma → the states before it.

use super::state;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::language::{Class, Head, Rule};

/// "Unlike Norway, a member of NATO, Sweden …": the states right before a comma behind which a noun of membership stands.
pub(super) fn apposed(reader: &Reader<'_>, items: &[Item], rule: &Rule, at: usize) -> Vec<usize> {
    let noun = rule.head == Head::Noun && items.get(at).is_some_and(|i| i.verb.is_none());
    let small = |i: &Item| i.is(Class::Article) || i.is(Class::Temporal);
    let before = items.get(..at).unwrap_or(&[]);
    let comma = before.iter().rposition(|i| !small(i)).filter(|_| noun);
    let Some(named) = comma.filter(|&c| items.get(c).is_some_and(|i| i.sign(','))) else {
        return Vec::new();
    };
    let Some(last) = named.checked_sub(1).and_then(|i| items.get(i)) else {
        return Vec::new();
    };
    // The subject itself is told as before.
    if state(reader, last).is_none() || last.prep.is_empty() {
        return Vec::new();
    }
    let list = before.iter().filter(|i| i.list == last.list);
    list.filter_map(|i| state(reader, i)).collect()
}
