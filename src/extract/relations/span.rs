//! "Suspended from 1985 to 1987", "the breach lasted until 1934": a break with its end told → the break, and that relations were resumed.

use crate::extract::dates::Bound;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Dated;
use crate::fact::Edtf;
use crate::language::{Head, Rule};

/// The events that one tells, each with its date.
pub(super) fn parts(
    items: &[Item<'_>],
    rule: &Rule,
    frame: &Frame,
    event: &str,
    dated: Dated,
) -> Vec<(String, Dated)> {
    let as_told = |dated| vec![(event.to_owned(), dated)];
    if event != "severed" {
        return as_told(dated);
    }
    let on = |day| Dated {
        date: Some(Edtf::on(day)),
        ..dated.clone()
    };
    let ends = |dated| ("resumed".to_owned(), dated);
    if let Some(Edtf {
        start: Some(first),
        end: Some(last),
        interval: true,
        ..
    }) = dated.date
        && first.year < last.year
    {
        return vec![(event.to_owned(), on(first)), ends(on(last))];
    }
    if rule.head != Head::Noun {
        // "Relations were suspended until 1991": then they were resumed.
        if dated.bound == Bound::Until && frame.date > Some(frame.at) {
            return vec![(event.to_owned(), Dated::default()), ends(dated)];
        }
        return as_told(dated);
    }
    // "The breach of 1933 lasted until 1934": the end has a date of its own.
    let until = items
        .get(frame.at + 1..frame.clause.1)
        .unwrap_or(&[])
        .iter()
        .find_map(|i| {
            if let ItemKind::Date(found) = &i.kind {
                found.date.filter(|_| found.bound == Bound::Until)
            } else {
                None
            }
        });
    let end = |date| Dated {
        date: Some(date),
        ..dated.clone()
    };
    match until {
        Some(until) if dated.bound == Bound::Until => vec![ends(end(until))],
        Some(until) => vec![(event.to_owned(), dated.clone()), ends(end(until))],
        None => as_told(dated),
    }
}
