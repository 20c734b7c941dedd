//! Dates of sentences → the years that they speak of.

use super::Sentence;
use crate::extract::items::{Item, ItemKind};
use crate::fact::Day;
use crate::text::Span;

/// The year of a date that says its own.
pub(super) fn item_year(item: &Item) -> Option<i32> {
    if let ItemKind::Date(found) = &item.kind {
        found.date.filter(|_| found.from.is_none())?.year()
    } else {
        None
    }
}

/// Whether an item is a date that nothing yet completes.
pub(super) fn undated(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Date(found) if found.date.is_none())
}

/// The first year that sentences speak of.
pub(super) fn first_year(sentences: &[Sentence]) -> Option<i32> {
    let items = sentences.iter().flat_map(|s| &s.items);
    items.filter_map(item_year).min()
}

/// The last year that sentences speak of.
pub(super) fn last_year(sentences: &[Sentence]) -> Option<i32> {
    let items = sentences.iter().flat_map(|s| &s.items);
    items.filter_map(item_year).max()
}

/// From how many later years that a text names on a day cannot be its own.
const LATER: usize = 5;

/// The years that a text names, each once.
pub(super) fn written(text: &str) -> Vec<i32> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let years = words
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok());
    let mut years: Vec<i32> = years.filter(|y| (1500..=2100).contains(y)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Whether a day can be that of a text that names these years: of later ones it has plans at most.
pub(super) fn own_day((day, _): &(Day, Span), written: &[i32]) -> bool {
    written.iter().filter(|y| **y > day.year).count() < LATER
}

/// How many years back the news of a bulletin look, and from how many years before that on a text tells history.
const LONG_AGO: (i32, usize) = (10, 6);

/// Whether a text of a month that names these years tells news: a history that was brought up to date then names many earlier ones.
pub(super) fn news((month, _): &(Day, Span), written: &[i32]) -> bool {
    let (back, most) = LONG_AGO;
    let ago = written.iter().filter(|y| **y < month.year - back);
    ago.count() < most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_older_than_what_it_tells() {
        let years = written(
            "On 3 May 1960 it opened; in 1971, 1980, 1985, 1990 and 1999 it was moved. No. 12000.",
        );
        assert_eq!(years, [1960, 1971, 1980, 1985, 1990, 1999]);
        let day = |year: i32| {
            let day = Day {
                year,
                month: None,
                day: None,
            };
            (day, Span { start: 0, end: 4 })
        };
        assert!(!own_day(&day(1960), &years) && own_day(&day(1971), &years));
        assert!(news(&day(1981), &years) && !news(&day(2010), &years));
    }
}
