//! "24 January 1942: rupture", "1973. Ruptura.", "3 May 1979 – Resumption of relations.": a line of a chronicle that is nothing but its day and the
//! noun of an event → the event, between the two whose relations the text or its part is of.

use super::between::between;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole};
use crate::language::{Class, Rule};

/// The claim of a line of which the date is known, where nothing but the noun, with or without the word for relations, stands behind it.
pub(super) fn bare(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    date: &Dated,
) -> Option<Claim> {
    let items = &sentence.items;
    let small = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Sign(c) if c != '(' && c != '?')
            || i.is(Class::Article)
            || i.is_date()
    };
    let mut words = items.iter().filter(|i| !small(i));
    let noun = words.next()?;
    let event = noun
        .rules(reader.lexicon)
        .find(|r| r.fact == "relations" && r.set.contains_key("noun"))
        .and_then(|r| r.set.get("event"))?;
    let of_states = |i: &Item<'_>| {
        i.is(Class::Of) || i.is(Class::In) || i.is(Class::Relations) && !i.folded.contains("consul")
    };
    let dates = items.iter().filter(|i| i.is_date()).count();
    (dates < 2 && words.all(of_states)).then_some(())?;
    let parties: [usize; 2] = reader.pair_at(index).as_slice().try_into().ok()?;
    let fact = between(reader, items, event, parties, date)?;
    let mut evidence = reader.side_evidence();
    evidence.extend(date.evidence.iter().copied());
    evidence.push(Evidence {
        span: noun.span,
        role: EvidenceRole::Heading,
    });
    Some(reader.claim(fact, rule, sentence, None, evidence, date.flags.clone()))
}
