//! Claims → the same, each once: of rules that tell the same fact of the same sentence the surest is named, with the passages of all.

use crate::fact::Claim;
use std::collections::BTreeMap;

/// Leaves of claims that say the same in the same words, in the same sense and by the same speaker, one in the place of the first.
pub(super) fn once(claims: Vec<Claim>) -> Vec<Claim> {
    let mut first = BTreeMap::new();
    let firsts: Vec<usize> = claims
        .iter()
        .enumerate()
        .map(|(index, c)| {
            let said = (c.statement(), c.modality, c.polarity, &c.speaker, &c.fact);
            *first.entry(said).or_insert(index)
        })
        .collect();
    let mut kept: BTreeMap<usize, Claim> = BTreeMap::new();
    for (claim, at) in claims.into_iter().zip(firsts) {
        if let Some(own) = kept.get_mut(&at) {
            merge(own, claim);
        } else {
            kept.insert(at, claim);
        }
    }
    kept.into_values().collect()
}

/// What another claim of the same has beside: its passages and what is odd about it; its rule where that is surer.
fn merge(own: &mut Claim, mut other: Claim) {
    if other.confidence > own.confidence {
        std::mem::swap(own, &mut other);
    }
    for evidence in other.evidence {
        if !own.evidence.contains(&evidence) {
            own.evidence.push(evidence);
        }
    }
    for flag in other.flags {
        if !own.flags.contains(&flag) {
            own.flags.push(flag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::once;
    use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Modality, Polarity};
    use crate::text::Span;

    fn claim(rule: &str, confidence: u8, behind: &[(usize, EvidenceRole)]) -> Claim {
        let passage = |start, role| Evidence {
            span: Span::new(start, start + 9),
            role,
        };
        let mut evidence = vec![passage(0, EvidenceRole::Statement)];
        evidence.extend(behind.iter().map(|(start, role)| passage(*start, *role)));
        Claim {
            fact: Fact::new(Kind::Treaty),
            modality: Modality::Asserted,
            polarity: Polarity::Affirmed,
            speaker: None,
            rule: rule.to_owned(),
            trigger: None,
            confidence,
            evidence,
            flags: Vec::new(),
        }
    }

    #[test]
    fn the_surest_of_the_same_stays_with_the_passages_of_all() {
        let doubtful = claim("a", 70, &[(20, EvidenceRole::Date)]);
        let mut planned = claim("b", 90, &[]);
        planned.modality = Modality::Planned;
        let sure = claim("c", 90, &[(40, EvidenceRole::Context)]);
        let left = once(vec![doubtful, planned, sure]);
        let told: Vec<(&str, usize)> = left.iter().map(|c| (&*c.rule, c.evidence.len())).collect();
        assert_eq!(told, [("c", 3), ("b", 1)]);
    }
}
