//! Items that are dates alone, under a line that speaks of visits ("He has visited it seven times:"): one visit each, of the visitor and to
//! the place told last.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::Rule;

/// Claims of the dates of an item; `earlier` are the claims read so far.
pub(in crate::extract) fn again(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let bare = |item: &Item| matches!(item.kind, ItemKind::Date(_) | ItemKind::Sign(_));
    let visits = |item: &Item| item.rules(reader.lexicon).any(|r| r.fact == "visit");
    let Some(label) = reader.block(sentence).and_then(|b| b.label) else {
        return Vec::new();
    };
    let introduced = reader
        .above(sentence)
        .iter()
        .any(|s| s.block == label && s.items.iter().any(visits));
    if !introduced || !sentence.items.iter().all(bare) {
        return Vec::new();
    }
    // The visit told by the line itself or by the sentence before it.
    let told = earlier
        .last_of(Kind::Visit)
        .find(|c| c.fact.has(Slot::To))
        .filter(|c| c.holds());
    let Some(told) = told else { return Vec::new() };
    let dates = sentence
        .items
        .iter()
        .enumerate()
        .filter(|(_, i)| matches!(i.kind, ItemKind::Date(_)))
        .map(|(at, _)| reader.date(sentence, Some(at)));
    dates
        .map(|dated| {
            let mut fact = told.fact.clone();
            for slot in [Slot::Start, Slot::End, Slot::City] {
                fact.slots.remove(&slot);
            }
            fact.set(Slot::Kind, Value::Term("other".to_owned()));
            dated.put_range(&mut fact, Slot::Start, Slot::End);
            let mut evidence = reader.heading_evidence(sentence);
            evidence.push(Evidence {
                span: told.statement(),
                role: EvidenceRole::Antecedent,
            });
            evidence.extend(dated.evidence.iter().copied());
            reader.claim(fact, rule, sentence, None, evidence, dated.flags)
        })
        .collect()
}
