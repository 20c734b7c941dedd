//! A number of a sentence → the words around it that speak of it, not of another number.

use super::is_party;
use super::measure::measure_of;
use crate::extract::items::{Item, ItemKind};
use crate::extract::quantity::Unit;
use crate::extract::reader::Reader;
use crate::language::Class;

/// From the quantity before (or the last semicolon) to the next one.
pub(super) fn stretch(items: &[Item], at: usize, last: Option<usize>) -> (usize, usize) {
    let start = (0..at)
        .rev()
        .take_while(|&i| last.is_none_or(|l| i > l))
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
        .last()
        .unwrap_or(at);
    let end = (at + 1..items.len())
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.sign(';') || matches!(x.kind, ItemKind::Quantity(_)))
        })
        .unwrap_or(items.len());
    (start, end)
}

/// "Exports from A to B were 3 million, while B's exports to A were 2 million": where what tells of the next number begins, if it says itself what
/// that measures and states are named before the first.
pub(super) fn of_next(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    (start, end): (usize, usize),
    at: usize,
) -> Option<usize> {
    let sum = |i: &Item<'_>| matches!(&i.kind, ItemKind::Quantity(q) if q.unit != Unit::Rank);
    let own = items.get(start..at)?;
    let measures = |i: &Item<'_>| measure_of(reader, i).is_some();
    if !own.iter().any(|i| is_party(reader, i)) || !own.iter().any(measures) {
        return None;
    }
    if items.get(end)?.sign(';') {
        let behind = items.get(end + 1..)?;
        let number = behind.iter().position(sum)?;
        return behind.get(..number)?.iter().any(measures).then_some(end);
    }
    let behind = items.get(at + 1..end)?;
    let measure = behind.iter().position(measures)?;
    let joint = |i: &Item<'_>| i.sign(',') || i.is(Class::And) || i.is(Class::But);
    let first = behind.get(..measure)?.iter().rposition(joint)?;
    Some(at + 1 + first)
}
