//! A row of a table of agreements → the treaty that it names, with the dates that columns and labels give a sense.

use super::labelled::label;
use super::{Scene, draft, np, parties};
use crate::extract::items::Item;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Class;
use crate::text::Span;

/// A row of a table of treaties: title, date of signature, entry into force, by the words of the header and of the cells.
pub(in crate::extract) fn row(scene: &Scene<'_>) -> Option<Claim> {
    let &Scene {
        reader,
        sentence,
        rule,
        ..
    } = scene;
    let block = reader.block(sentence)?;
    let header = block.header.and_then(|h| reader.doc.blocks.get(h));
    let items = &sentence.items;
    let column = |class: Class| {
        header?
            .cells
            .iter()
            .position(|c| reader.lexicon.has_class(c.of(&reader.doc.text), class))
            .and_then(|i| block.cells.get(i))
            .copied()
    };
    let in_cell = |cell: Span| items.iter().filter(move |i| cell.contains(i.span));
    let names = |cell: &Span| in_cell(*cell).find_map(np).is_some();
    let headed = column(Class::ColumnTitle);
    let listed = reader.under(sentence, Class::TreatyHeading);
    let title = match headed.filter(|c| names(c) || column(Class::ColumnSigned).is_some()) {
        Some(cell) => cell,
        // Without such a header: the cell that is nothing but a treaty's name.
        None => *block
            .cells
            .iter()
            .find(|c| in_cell(**c).find_map(np).is_some_and(|np| np.described))
            .filter(|_| listed || header.is_none() || column(Class::ColumnSigned).is_some())?,
    };
    // "12 May 1997 | Ana Soto, Deputy Minister | working visit": the subject of who came.
    let who = |i: &Item<'_>| {
        let actor = i.actor().filter(|_| !title.contains(i.span));
        actor.is_some_and(|a| a.name.is_some())
    };
    if !names(&title) && items.iter().any(who) {
        return None;
    }
    // "| 1974 | The agreement is signed on 8 May. |": the sentence of a chronicle is no title.
    let words = title.of(&reader.doc.text).trim();
    let tells = in_cell(title).any(|i| i.is_finite() || i.is(Class::Be));
    if words.ends_with('.') && tells {
        return None;
    }
    let force_cell = column(Class::ColumnInForce);
    // "not yet in force" below "Status"
    let status = || {
        let mut others = block.cells.iter().filter(|c| **c != title).copied();
        others.find(|c| in_cell(*c).any(|i| i.is(Class::ColumnInForce)))
    };
    // "4 June 2003 | not yet" below "Signed | In force": it is signed all the same.
    let told = force_cell.or_else(status).filter(|cell| {
        let mut others = block.cells.iter().filter(|c| **c != title && *c != cell);
        others.any(|c| in_cell(*c).any(Item::is_date))
    });
    let outside =
        |i: &&Item<'_>| !title.contains(i.span) && !told.is_some_and(|cell| cell.contains(i.span));
    if words.len() < 5 || items.iter().filter(outside).any(draft) {
        return None;
    }
    let (mut signed, mut force) = (None, None);
    for cell in block.cells.iter().filter(|c| **c != title) {
        for (at, item) in items.iter().enumerate() {
            if !item.is_date() || !cell.contains(item.span) {
                continue;
            }
            match label(items, at, |i| cell.contains(i.span)) {
                Some(Slot::InForce) => force = force.or(Some(at)),
                Some(_) => signed = signed.or(Some(at)),
                None if force_cell == Some(*cell) => force = force.or(Some(at)),
                None => signed = signed.or(Some(at)),
            }
        }
    }
    if signed.is_none() && force.is_none() && !listed {
        return None;
    }
    let kind = in_cell(title)
        .find_map(np)
        .and_then(|np| reader.lexicon.treaties.get(np.kind).cloned())
        .unwrap_or_else(|| "other".to_owned());
    let others: Vec<usize> = (0..items.len())
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| !title.contains(x.span) && x.named_body().is_some())
        })
        .collect();
    let parties = parties::completed(scene, reader.bodies(items, &others));
    if parties.bodies.len() < 2 {
        return None;
    }
    let mut fact = Fact::new(Kind::Treaty);
    fact.set(Slot::Title, Value::Text(words.to_owned()));
    fact.set(Slot::Kind, Value::Term(kind));
    for value in parties.bodies.iter().filter_map(|b| reader.body_value(*b)) {
        fact.add(Slot::Parties, value);
    }
    let mut flags = Vec::new();
    for (date, slot) in [(signed, Slot::Signed), (force, Slot::InForce)] {
        if date.is_some() {
            let dated = reader.date(sentence, date);
            dated.put(&mut fact, slot);
            flags.extend(dated.flags);
        }
    }
    let mut evidence = parties.evidence;
    evidence.extend(header.map(|h| Evidence {
        span: h.span,
        role: EvidenceRole::Heading,
    }));
    Some(reader.claim(fact, rule, sentence, None, evidence, flags))
}
