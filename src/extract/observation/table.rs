//! A row of a table → a line for each of its cells that has a number: what its column and its row say, then the cell.

use super::measure::measure_of;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::language::Class;
use crate::text::Span;

/// A cell behind the heads of its column and row.
pub(super) struct Cell<'a> {
    pub(super) line: Sentence<'a>,
    /// Index of the first item of the cell itself.
    pub(super) from: usize,
    /// The head of its column.
    pub(super) head: Span,
}

/// The cells of a row that tell how much something was.
pub(super) fn cells<'a>(reader: &Reader<'a>, sentence: &Sentence<'a>) -> Vec<Cell<'a>> {
    let row = reader.block(sentence).filter(|b| b.kind == BlockKind::Row);
    let header = row
        .and_then(|b| b.header)
        .and_then(|h| reader.doc.blocks.get(h));
    let (Some(row), Some(header)) = (row, header) else {
        return Vec::new();
    };
    let within = |cell: &Span| -> Vec<Item<'a>> {
        let items = sentence.items.iter().filter(|i| cell.contains(i.span));
        items
            .cloned()
            .enumerate()
            .map(|(index, item)| Item {
                list: index,
                ..item
            })
            .collect()
    };
    let measures = |items: &[Item<'a>]| {
        items
            .iter()
            .any(|i| measure_of(reader, i).is_some() || i.is(Class::People))
    };
    let Some((first, cells)) = row.cells.split_first() else {
        return Vec::new();
    };
    let stub = within(first);
    let mut found = Vec::new();
    for (cell, head) in cells.iter().zip(header.cells.iter().skip(1)) {
        let items = within(cell);
        let counts = items.iter().any(|i| {
            matches!(i.kind, ItemKind::Quantity(_))
                || i.folded.starts_with(|c: char| c.is_ascii_digit())
        });
        let column = reader.items_of(*head);
        if !counts || !measures(&column) && !measures(&stub) {
            continue;
        }
        let part = |items: Vec<Item<'a>>| Sentence {
            items,
            ..sentence.clone()
        };
        let (mut keys, _) = part(stub.clone()).behind(column);
        keys.items.push(Item::colon(*head, keys.items.len()));
        let (line, from) = part(items).behind(keys.items);
        found.push(Cell {
            line,
            from,
            head: *head,
        });
    }
    found
}
