//! Items that head what stands below them → headings: "■ VISITS" or "— Visits —" between gaps, "3. Visits" right above its lines.

use super::line::{Form, Lines, Marker};
use super::numbered::titles;
use crate::text::Span;

/// How many items of a kind there are at least, where they are headings.
const SECTIONS: usize = 3;

/// Marks as headings the items of each kind that all have the look of one, and all have something of their own below them.
pub(super) fn mark(lines: &mut Lines<'_>) {
    let mut kinds: Vec<(Marker, Vec<(usize, Span)>)> = Vec::new();
    for at in 0..lines.len() {
        let Form::Item(marker @ (Marker::Sign(_) | Marker::Number(..)), words) = *lines.form(at)
        else {
            continue;
        };
        match kinds.iter_mut().find(|(known, _)| *known == marker) {
            Some((_, items)) => items.push((at, words)),
            None => kinds.push((marker, vec![(at, words)])),
        }
    }
    for (marker, items) in kinds {
        if items.len() >= SECTIONS && heads(lines, marker, &items) {
            for (at, words) in items {
                let span = Span::new(words.start, words.start + bare(words.of(lines.text)).len());
                lines.set(at, Form::Heading(2, span));
            }
        }
    }
}

/// The words of a line without the dashes that close it.
fn bare(words: &str) -> &str {
    words.trim_end_matches(['-', '–', '—', '.', ' ', '■', '•'])
}

/// Whether all items of a kind head something: their words are those of a heading, and what stands below them differs from one to the next.
fn heads(lines: &Lines<'_>, marker: Marker, items: &[(usize, Span)]) -> bool {
    let signed = matches!(marker, Marker::Sign(_));
    let named = |&(at, words): &(usize, Span)| {
        let shown = words.of(lines.text);
        let alone = lines.after_gap(at) && *lines.form(at + 1) == Form::Blank;
        let stops = shown.ends_with(['.', '-']) && signed && alone;
        titles(if stops { bare(shown) } else { shown })
            && !bare(shown).is_empty()
            && shown.starts_with(char::is_uppercase)
            && lines.line(at).indent == 0
            && (alone || !signed)
    };
    if !items.iter().all(named) {
        return false;
    }
    let ends = items.iter().skip(1).map(|(at, _)| *at);
    let bodies: Vec<(usize, bool)> = items
        .iter()
        .zip(ends.chain([lines.len()]))
        .map(|((at, _), end)| {
            let below = (at + 1..end).filter(|&l| !matches!(lines.form(l), Form::Blank));
            let listed = |l: usize| {
                matches!(
                    lines.form(l),
                    Form::Item(..) | Form::Row(..) | Form::HeaderRow(..) | Form::Heading(..)
                )
            };
            (below.clone().count(), below.clone().any(listed))
        })
        .collect();
    let (most, least) = (
        bodies.iter().map(|(n, _)| *n).max(),
        bodies.iter().map(|(n, _)| *n).min(),
    );
    let differ = most > least && most > Some(1) || bodies.iter().any(|(_, listed)| *listed);
    least > Some(0) && differ
}

#[cfg(test)]
mod tests {
    use super::super::list::mark_bullets;
    use super::*;

    fn headings(text: &str) -> usize {
        let mut lines = Lines::new(text);
        mark_bullets(&mut lines);
        mark(&mut lines);
        (0..lines.len())
            .filter(|&at| matches!(lines.form(at), Form::Heading(..)))
            .count()
    }

    #[test]
    fn items_that_head_sections_are_headings() {
        let signed = "■ VISITS\n\nThe King came.\nHe left.\n\n■ TREATIES\n\nNone was signed.\n\n■ TRADE\n\nIt fell.\n";
        assert_eq!(headings(signed), 3);
        let dashes = "— VISITS —\n\nThe King came.\nHe left.\n\n— TREATIES —\n\nNone.\n\n— TRADE —\n\nIt fell.\n";
        assert_eq!(headings(dashes), 3);
        let dense = "1. Relations\nThey were established in 1967.\n2. Visits\nThe King came.\nThe Queen came.\n3. Trade\nIt fell.\n";
        assert_eq!(headings(dense), 3);
    }

    #[test]
    fn items_of_a_list_are_none() {
        assert_eq!(
            headings("- Trade Agreement\n\n- Cultural Agreement\n\n- Air Agreement\n"),
            0
        );
        let told = "1. Trade Agreement\nSigned in 1967.\n2. Air Agreement\nSigned in 1968.\n3. Tax Treaty\nSigned in 1970.\n";
        assert_eq!(headings(told), 0);
        assert_eq!(
            headings("1. Ana Soto\n2. Luis Vega\n3. Juan Paz\nHe left.\nHe died.\n"),
            0
        );
    }
}
