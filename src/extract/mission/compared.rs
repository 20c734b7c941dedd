//! A table that compares two states: a row whose first cell names a kind of mission, and in the column of each state the cities of the other where it
//! has one ("| Honorary consulates in the other country | Lima, Cusco | Kobe |" under "| | Japan | Peru |").

use super::life::periods;
use super::places::{Placed, base};
use crate::document::BlockKind;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole};
use crate::language::{Class, Rule};
use crate::text::Span;

/// The missions that such a row gives.
pub(in crate::extract) fn compared(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let block = reader.block(sentence)?;
    let header = reader.doc.blocks.get(block.header?)?;
    let (key, cells) = block.cells.split_first()?;
    let inside = |cell: Span| {
        let items = sentence.items.iter().enumerate();
        items.filter(move |(_, i)| cell.contains(i.span))
    };
    let mut named = inside(*key).filter_map(|(_, i)| i.mission());
    let np = named.next()?;
    let plain = np.sending.is_none() && np.receiving.is_none() && np.cities.is_empty();
    let unreal = |i: &Item<'_>| [Class::Planned, Class::Not].iter().any(|c| i.is(*c));
    let only = named.next().is_none() && plain && !inside(*key).any(|(_, i)| unreal(i));
    (block.kind == BlockKind::Row && only).then_some(())?;
    let heads = header.cells.iter().skip(1);
    let columns: Vec<(Span, Span, usize)> = cells
        .iter()
        .zip(heads)
        .filter_map(|(cell, head)| Some((*cell, *head, reader.state_heading(*head)?)))
        .collect();
    let [(_, _, one), (_, _, other)] = columns.as_slice() else {
        return None;
    };
    let mut claims = Vec::new();
    for (cell, head, sending) in &columns {
        let there = if sending == one { *other } else { *one };
        if inside(*cell).any(|(_, i)| unreal(i)) {
            continue;
        }
        for (at, item) in inside(*cell) {
            let city = item
                .city()
                .filter(|c| reader.state_of_city(*c) == Some(there));
            let Some(city) = city else { continue };
            let placed = Placed {
                kind: np.kind,
                sending: *sending,
                receiving: Some(there),
                city: Some(city),
                ..Placed::default()
            };
            let mut fact = base(reader, &placed);
            // "Kobe (since 1995)", "Kobe, since 1 May 1995"
            let behind = inside(*cell).skip_while(|(n, _)| *n <= at);
            let own = behind.take_while(|(_, i)| i.city().is_none());
            let end = own.last().map_or(at, |(n, _)| n);
            if let Some(life) = periods(reader, sentence, (at + 1, end + 1)).first() {
                life.put(&mut fact);
            }
            let evidence = vec![Evidence {
                span: *head,
                role: EvidenceRole::Heading,
            }];
            claims.push(reader.claim(fact, rule, sentence, None, evidence, Vec::new()));
        }
    }
    Some(claims).filter(|c| !c.is_empty())
}
