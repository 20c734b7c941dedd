//! "Exports and imports were 40 and 30 million respectively": which measure and which date each number has.

use super::measure::measure_of;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::Class;

/// What a number has by its place in the order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The item that names its measure, and the part of the sentence that tells about whom it is.
    pub(super) measure: Option<(usize, (usize, usize))>,
    /// Its date.
    pub(super) date: Option<usize>,
}

/// The places of the numbers of a sentence that has a "respectively", with the item of each.
pub(super) fn places(reader: &Reader<'_>, items: &[Item]) -> Vec<(usize, Place)> {
    if !items.iter().any(|i| i.is(Class::Respectively)) {
        return Vec::new();
    }
    let indexes = |found: &dyn Fn(&Item) -> bool| -> Vec<usize> {
        let all = items.iter().enumerate();
        all.filter(|(_, i)| found(i)).map(|(at, _)| at).collect()
    };
    let numbers = indexes(&|i| matches!(i.kind, ItemKind::Quantity(_)));
    let Some(first) = numbers.first().copied() else {
        return Vec::new();
    };
    let measures = indexes(&|i| measure_of(reader, i).is_some());
    let measures: Vec<usize> = measures.into_iter().filter(|i| *i < first).collect();
    let dates = indexes(&|i| matches!(i.kind, ItemKind::Date(_)));
    let ordered = |list: &[usize]| list.len() == numbers.len() && list.len() > 1;
    let and = |at: usize| {
        let before = (0..at).rev();
        before
            .take_while(|i| !measures.contains(i))
            .find(|i| items.get(*i).is_some_and(|x| x.is(Class::And)))
    };
    let place = |index: usize| {
        let measure = measures
            .get(index)
            .filter(|_| ordered(&measures))
            .map(|at| {
                let start = and(*at).filter(|_| index > 0).unwrap_or(0);
                let end = measures.get(index + 1).and_then(|next| and(*next));
                (*at, (start, end.unwrap_or(first)))
            });
        Place {
            measure,
            date: dates.get(index).copied().filter(|_| ordered(&dates)),
        }
    };
    let all = numbers.iter().enumerate();
    all.map(|(index, at)| (*at, place(index))).collect()
}
