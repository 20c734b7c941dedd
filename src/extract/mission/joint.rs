//! "The embassies of A and B were closed", "las embajadas turca y egipcia": the further states whose missions one plural noun names.

use super::places::plural;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::Class;

/// The states beside the one that the phrase of a mission itself names.
pub(super) fn joint(reader: &Reader<'_>, items: &[Item], index: usize) -> Vec<usize> {
    let several = items.get(index).filter(|i| plural(i));
    let Some(np) = several
        .and_then(Item::mission)
        .filter(|np| np.sending.is_some())
    else {
        return Vec::new();
    };
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::Of) || i.sign(',');
    let run = |words: &mut dyn Iterator<Item = &Item<'_>>, adjectives: bool| {
        let mut found = Vec::new();
        let mut joined = false;
        for item in words {
            if let ItemKind::Body(body, adjective) = item.kind {
                let of = item.prep.is_empty() || item.has_prep(Class::Of);
                if !of || adjectives && !adjective || !(joined || adjectives) {
                    break;
                }
                found.push(body);
            } else if item.is(Class::And) {
                joined = true;
            } else if !small(item) {
                break;
            }
        }
        if joined { found } else { Vec::new() }
    };
    let behind = items.get(index + 1..).unwrap_or(&[]);
    let before = items.get(..index).unwrap_or(&[]);
    let mut found = run(&mut behind.iter(), false);
    if found.is_empty() {
        found = run(&mut before.iter().rev(), true);
        found.reverse();
    }
    found.retain(|b| {
        Some(*b) != np.sending && Some(*b) != np.receiving && !reader.is_organisation(*b)
    });
    found
}
