//! "Relations were established with several states: A (1983), B and C (both in 1985)": the states behind a colon, each with its day.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, all_of_them, own_date};
use crate::extract::reader::Reader;
use crate::language::Class;

/// How far behind the verb the colon may stand.
const REACH: usize = 14;

/// The states that a list behind a colon names, two at least, each with the item of its date.
pub(super) fn enumerated(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Vec<(usize, usize)> {
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    let Some(colon) = behind.iter().take(REACH).position(|i| i.sign(':')) else {
        return Vec::new();
    };
    let small = [Class::And, Class::Article, Class::With, Class::In];
    let mut found: Vec<(usize, Option<usize>)> = Vec::new();
    for at in frame.at + 1 + colon + 1..items.len() {
        let Some(item) = items.get(at) else { break };
        if let Some(body) = item.named_body().filter(|_| !item.genitive) {
            if !reader.is_organisation(body) {
                found.push((body, own_date(items, at)));
            }
            continue;
        }
        let passes = match item.kind {
            ItemKind::Date(_) => true,
            ItemKind::Sign(c) => [',', ';', '(', ')'].contains(&c),
            ItemKind::Word => small.iter().any(|c| item.is(*c)) || all_of_them(items, at),
            ItemKind::Actor(_) | ItemKind::Quantity(_) | ItemKind::Trigger(_) => {
                all_of_them(items, at)
            }
            ItemKind::Body(..) | ItemKind::City(_) | ItemKind::Mission(_) | ItemKind::Treaty(_) => {
                false
            }
        };
        if !passes {
            break;
        }
    }
    // "A and B (both in 1985)": who has no date of its own shares that of the next.
    let mut next = None;
    for (_, date) in found.iter_mut().rev() {
        next = date.or(next);
        *date = next;
    }
    let dated: Option<Vec<_>> = found.into_iter().map(|(b, d)| Some((b, d?))).collect();
    dated.filter(|d| d.len() > 1).unwrap_or_default()
}
