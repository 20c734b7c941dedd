//! Tables of visits with a column for each direction ("Year | From Peru to Chile | From Chile to Peru") → a visit for each person of a cell.

use super::claimed::{claim, visit_kind};
use super::listed::unreal;
use super::places::{Goal, goals, place};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole};
use crate::language::{Class, Rule};

/// Claims of a row whose column heads say whence and whither.
pub(in crate::extract) fn columns(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let Some(row) = reader.block(sentence) else {
        return Vec::new();
    };
    let Some(header) = row.header.and_then(|h| reader.doc.blocks.get(h)) else {
        return Vec::new();
    };
    let items = &sentence.items;
    let dated = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let Some(first) = (0..items.len()).find(dated) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (cell, head) in row.cells.iter().zip(&header.cells) {
        let Some((from, to)) = way(reader, &reader.items_of(*head)) else {
            continue;
        };
        let within: Vec<usize> = (0..items.len())
            .filter(|i| items.get(*i).is_some_and(|x| cell.contains(x.span)))
            .collect();
        let words = || within.iter().filter_map(|i| items.get(*i));
        if words().any(|i| unreal(i)) {
            continue;
        }
        let date = within.iter().copied().find(dated).unwrap_or(first);
        let date = reader.date(sentence, Some(date));
        let city = goals(reader, items, &within);
        let city = city.into_iter().find(|g| g.to == to).and_then(|g| g.city);
        let (start, end) = (within.first().copied(), within.last().copied());
        let kind = match (start, end) {
            (Some(start), Some(end)) => visit_kind(items, start, (start, end + 1)),
            _ => continue,
        };
        for mut who in words().flat_map(|i| reader.who(index, i)) {
            who.of = Some(from);
            let mut evidence = who.evidence.clone();
            evidence.push(Evidence {
                span: *head,
                role: EvidenceRole::Heading,
            });
            let goal = Goal { to, city };
            found.extend(claim(
                reader,
                sentence,
                rule,
                None,
                &who,
                Some(from),
                goal,
                &date,
                kind,
                evidence,
            ));
        }
    }
    found
}

/// The two sides that the head of a column leads from and to.
fn way(reader: &Reader<'_>, head: &[Item]) -> Option<(usize, usize)> {
    let side = |item: &Item| {
        let named = place(reader, item).map(|g| g.to);
        named.filter(|b| reader.is_side(*b))
    };
    let led = |class: Class| {
        let mut led = head.iter().filter(|i| i.has_prep(class));
        led.find_map(side)
    };
    let to = led(Class::To).or_else(|| led(Class::In))?;
    let adjective = || {
        let mut bodies = head.iter().filter_map(Item::adjective);
        bodies.find(|b| reader.is_side(*b))
    };
    let from = led(Class::From)
        .or_else(|| led(Class::Of))
        .or_else(adjective);
    let from = from.or_else(|| reader.other_side(to))?;
    (from != to).then_some((from, to))
}
