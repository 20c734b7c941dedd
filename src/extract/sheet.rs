//! Fact sheets that are tables of two columns, `| Opened | 1965 |` → the same document with an entry for each of their rows.

use crate::document::{Block, BlockKind, Document};
use crate::language::{Class, Lexicon, Meaning};
use std::ops::Range;

/// What the fact sheet of a mission is keyed by.
const KEYS: [Class; 5] = [
    Class::KeyOpened,
    Class::KeyClosed,
    Class::KeyAddress,
    Class::KeySeat,
    Class::KeyCovers,
];

/// The document with entries in the place of the rows of its fact sheets; `None` where it has no such table.
pub(super) fn with_entries(document: &Document, lexicon: &Lexicon) -> Option<Document> {
    let sheets: Vec<Range<usize>> = tables(&document.blocks)
        .into_iter()
        .filter(|table| is_sheet(document, lexicon, table))
        .collect();
    if sheets.is_empty() {
        return None;
    }
    let mut whole = document.clone();
    for block in sheets.into_iter().flatten() {
        if let Some(block) = whole.blocks.get_mut(block)
            && let [key, value] = *block.cells.as_slice()
        {
            *block = Block {
                kind: BlockKind::Entry,
                span: value,
                key: Some(key),
                cells: Vec::new(),
                sentences: vec![value],
                header: None,
                ..block.clone()
            };
        }
    }
    Some(whole)
}

/// The runs of rows of two cells, the first of which may have been taken for a header.
fn tables(blocks: &[Block]) -> Vec<Range<usize>> {
    let two = |b: &Block| {
        let row = matches!(b.kind, BlockKind::Row | BlockKind::HeaderRow);
        row && b.cells.len() == 2 && b.cells.iter().all(|c| !c.is_empty())
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| two(b)) {
        match found.last_mut() {
            Some(last) if last.end == at && block.kind == BlockKind::Row => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Whether the first cells are keys: one of them of a mission's life or seat, and another of the kind or an office.
fn is_sheet(document: &Document, lexicon: &Lexicon, table: &Range<usize>) -> bool {
    let rows = document.blocks.get(table.clone()).unwrap_or(&[]);
    let keys = rows.iter().filter_map(|b| b.cells.first());
    let words = keys.map(|key| document.words(*key).trim_end_matches(':'));
    let meant: Vec<_> = words.map(|key| lexicon.meanings(key)).collect();
    let known = |meanings: &&Vec<Meaning>, classes: &[Class]| {
        let known = |m: &Meaning| classes.iter().any(|c| *m == Meaning::Class(*c));
        meanings.iter().any(known)
    };
    let of_life = meant.iter().filter(|m| known(m, &KEYS)).count();
    let of_heads = meant.iter().filter(|m| {
        let office = |m: &Meaning| matches!(m, Meaning::Office(_));
        known(m, &[Class::HeadsHeading, Class::PostHead]) || m.iter().any(office)
    });
    of_life > 0 && of_life + of_heads.count() > 1
}
