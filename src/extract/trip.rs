//! Several persons on one trip: of whom the words alone tell that they came, the visit of the others tells in what kind, until when and where to.

use super::reader::Reader;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};

/// How many sentences apart those who travel together may be named.
const REACH: usize = 2;

/// Whether two visits by different persons are one trip: between the same states from the same day on.
fn together(a: &Fact, b: &Fact) -> bool {
    let same = |slot: Slot| a.has(slot) && a.get(slot) == b.get(slot);
    same(Slot::From)
        && same(Slot::To)
        && same(Slot::Start)
        && a.get(Slot::Visitor) != b.get(Slot::Visitor)
        && a.date(Slot::Start).is_some_and(|d| d.precision() > 1)
}

/// Gives visits that weights alone tell the kind, end and city of the visit of those who travelled along.
pub(super) fn trip(reader: &Reader<'_>, claims: &mut [Claim]) {
    let at = |c: &Claim| reader.sentence_index(c.statement().start);
    let plain = |fact: &Fact| matches!(fact.get(Slot::Kind), Some(Value::Term(k)) if k == "other");
    let visit = |c: &&Claim| c.fact.kind == Kind::Visit && c.holds();
    let mut told: Vec<(usize, Claim)> = claims
        .iter()
        .filter(visit)
        .filter(|c| !c.rule.ends_with(".likely") && !plain(&c.fact))
        .filter_map(|c| Some((at(c)?, c.clone())))
        .collect();
    // In order of the text, so that those near are found without looking at all.
    told.sort_by_key(|(at, _)| *at);
    for claim in claims.iter_mut() {
        let likely = claim.rule.ends_with(".likely") && plain(&claim.fact);
        let Some(here) = at(claim).filter(|_| likely && visit(&&*claim)) else {
            continue;
        };
        let first = told.partition_point(|(there, _)| there + REACH < here);
        let near = told.iter().skip(first);
        let mut near = near.take_while(|(there, _)| *there <= here + REACH);
        let Some((_, other)) = near.find(|(_, o)| together(&claim.fact, &o.fact)) else {
            continue;
        };
        for slot in [Slot::Kind, Slot::End, Slot::City] {
            let open = slot == Slot::Kind || !claim.fact.has(slot);
            if let Some(value) = other.fact.get(slot).filter(|_| open) {
                claim.fact.set(slot, value.clone());
            }
        }
        let evidence = Evidence {
            span: other.statement(),
            role: EvidenceRole::Antecedent,
        };
        if claim.statement() != evidence.span && !claim.evidence.contains(&evidence) {
            claim.evidence.push(evidence);
        }
    }
}
