//! A row of a table → a line for each of its cells that has a number: what its column and its row say, then the cell.

use super::measure::measure_of;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::quantity::{Unit, currency_of};
use crate::extract::reader::{Reader, Sentence};
use crate::language::{Class, Meaning};
use crate::text::Span;

/// How long (bytes) a line before a table is at most that tells what it counts.
const CAPTION: usize = 120;
/// How long (bytes) a line behind a table is at most that does.
const BELOW: usize = 60;

/// A line of a sheet, or a cell behind the heads of its column and row.
pub(super) struct Line<'a> {
    pub(super) sentence: Sentence<'a>,
    /// Index of the first item of the cell itself, or behind the line's key.
    pub(super) from: usize,
    /// The head of its column, or the heading that tells its unit.
    pub(super) head: Option<Span>,
}

/// The words of the nearest heading, where they say what the numbers below it count, and in which money unless these do: "Trade (million US
/// dollars)".
pub(super) fn unit_above<'a>(
    reader: &Reader<'a>,
    sentence: &Sentence<'a>,
    (with_unit, keyed): (bool, bool),
) -> Vec<Item<'a>> {
    let above = reader.above(sentence);
    let nearest = above.first().map_or(&[][..], |s| s.items.as_slice());
    // A line with a number of its own heads none.
    if nearest
        .iter()
        .any(|i| !i.is_date() && i.folded.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Vec::new();
    }
    let money = money(nearest);
    let measured = items_measure(reader, nearest);
    if !(money || with_unit) || !(measured || keyed && money) {
        return Vec::new();
    }
    let mut words = nearest.to_vec();
    if let Some(last) = words.last() {
        words.push(Item::colon(last.span, words.len()));
    }
    words
}

/// Whether some words say of what the sums are: exports, trade, aid.
pub(super) fn items_measure(reader: &Reader<'_>, items: &[Item<'_>]) -> bool {
    let sums =
        |i: &Item<'_>| measure_of(reader, i).is_some_and(|m| m != "community" && m != "other");
    items.iter().any(sums)
}

/// Whether some words name money.
fn money(items: &[Item<'_>]) -> bool {
    items.iter().any(|i| currency_of(&i.meanings).is_some())
}

/// The money that the numbers of a table count where its row does not say it: by a line right before the table, by its first row
/// ("Turnover, USD mln"), or by the head of one of its columns ("Million USD | 2015 | 2016").
fn unit_of_table<'a>(reader: &Reader<'a>, sentence: &Sentence<'a>) -> Vec<Item<'a>> {
    let header = reader.block(sentence).and_then(|b| b.header);
    let Some(header) = header else {
        return Vec::new();
    };
    let heads = reader.doc.blocks.get(header).map(|b| b.cells.as_slice());
    let heads = heads.unwrap_or(&[]).iter().copied();
    let caption = header
        .checked_sub(1)
        .and_then(|at| reader.doc.blocks.get(at));
    // "Fishing comes first. Trade (million euros):"
    let caption = caption.and_then(|b| {
        let line = matches!(
            b.kind,
            BlockKind::Paragraph | BlockKind::Label | BlockKind::Heading(_)
        );
        let last = *b.sentences.last().filter(|_| line)?;
        let leads = b.sentences.len() == 1 || last.of(&reader.doc.text).ends_with(':');
        (leads && last.len() <= CAPTION).then_some(last)
    });
    // "(in millions of US dollars)", below the table
    let mut below = reader.doc.blocks.iter().skip(header + 1);
    let below = below
        .find(|b| b.kind != BlockKind::Row)
        .filter(|b| b.kind == BlockKind::Paragraph && b.span.len() <= BELOW);
    let first = reader.doc.blocks.get(header + 1);
    let stub = first
        .filter(|b| b.kind == BlockKind::Row)
        .and_then(|b| b.cells.first());
    let spans = caption.into_iter().chain(stub.copied());
    let spans = spans.chain(below.map(|b| b.span)).chain(heads);
    for span in spans {
        let items = reader.items_of(span);
        if money(&items) {
            // "Trade balance (millions of euros)", "Turnover, USD mln": the unit stands behind what is counted.
            let from = items.iter().rposition(|i| i.sign('(') || i.sign(','));
            let unit = items.get(from.map_or(0, |at| at + 1)..).unwrap_or(&items);
            let unit = if money(unit) { unit } else { &items };
            let mut words = unit.to_vec();
            words.push(Item::colon(span, words.len()));
            return words;
        }
    }
    Vec::new()
}

/// The cells of a row that tell how much something was.
pub(super) fn cells<'a>(reader: &Reader<'a>, sentence: &Sentence<'a>) -> Vec<Line<'a>> {
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
    let above = unit_above(reader, sentence, (false, false));
    let told = !above.is_empty() || money(&stub);
    let above = if told {
        above
    } else {
        unit_of_table(reader, sentence)
    };
    // "Exports | Imports | Total"
    let heads: Vec<Vec<Item<'a>>> = header.cells.iter().map(|c| reader.items_of(*c)).collect();
    let names = |wanted: &str| {
        let is = |i: &Item<'a>| measure_of(reader, i).as_deref() == Some(wanted);
        heads.iter().flatten().any(is)
    };
    let both = names("exports") && names("imports") && !names("trade");
    let trade = reader.lexicon.measures.iter().position(|m| m == "trade");
    let trade = trade.filter(|_| both);
    let mut found = Vec::new();
    for (cell, head) in cells.iter().zip(header.cells.iter().skip(1)) {
        let items = within(cell);
        let counts = items.iter().any(|i| {
            matches!(i.kind, ItemKind::Quantity(_))
                || i.folded.starts_with(|c: char| c.is_ascii_digit())
        });
        let mut column = reader.items_of(*head);
        if let [only] = column.as_mut_slice()
            && let Some(trade) = trade
            && reader.lexicon.lists(Class::Whole, &only.folded)
        {
            only.meanings = std::iter::once(Meaning::Measure(trade)).collect();
        }
        // Two states side by side are compared, not related.
        if matches!(column.as_slice(), [only] if only.named_body().is_some()) {
            continue;
        }
        // "grant of 5 million euros", below "Notes"
        let own = items.iter().any(
            |i| matches!(&i.kind, ItemKind::Quantity(q) if matches!(q.unit, Unit::Currency(_))),
        ) && items_measure(reader, &items);
        let keyed = measures(&column) || measures(&stub) || own;
        if !counts || !keyed && above.is_empty() {
            continue;
        }
        let part = |items: Vec<Item<'a>>| Sentence {
            items,
            ..sentence.clone()
        };
        let (keys, _) = part(stub.clone()).behind(column);
        let (mut keys, _) = keys.behind(above.clone());
        keys.items.push(Item::colon(*head, keys.items.len()));
        let (sentence, from) = part(items).behind(keys.items);
        found.push(Line {
            sentence,
            from,
            head: Some(*head),
        });
    }
    found
}
