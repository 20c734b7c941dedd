//! What the whole document tells of where heads of mission resided, for appointments whose own words leave it open.

use crate::extract::offices::is_consular;
use crate::fact::{Claim, Fact, Kind, Slot, Value};

/// Fills in the seat of appointments from the document's missions of the same sender: where all of them that such a one can head stand in
/// one city of the receiving state.
pub(in crate::extract) fn settle(claims: &mut [Claim]) {
    let missions: Vec<Claim> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Mission && c.fact.has(Slot::City))
        .cloned()
        .collect();
    for claim in claims.iter_mut() {
        if claim.fact.kind != Kind::Appointment || claim.fact.has(Slot::City) {
            continue;
        }
        let role = role(&claim.fact);
        let same = |slot: Slot, mission: &Fact| {
            claim.fact.has(slot) && claim.fact.get(slot) == mission.get(slot)
        };
        let mut seats = missions
            .iter()
            .filter(|m| {
                same(Slot::Sending, &m.fact)
                    && same(Slot::Receiving, &m.fact)
                    && m.fact.text(Slot::Kind).contains("consul") == is_consular(&role)
            })
            .filter_map(|m| Some((m.fact.get(Slot::City)?, m.statement())));
        let Some((city, from)) = seats.next() else {
            continue;
        };
        if seats.all(|(other, _)| other == city) {
            claim.fact.set(Slot::City, city.clone());
            let evidence = crate::fact::Evidence {
                span: from,
                role: crate::fact::EvidenceRole::Context,
            };
            if !claim.evidence.contains(&evidence) && claim.statement() != from {
                claim.evidence.push(evidence);
            }
        }
    }
}

fn role(fact: &Fact) -> String {
    if let Some(Value::Office(office)) = fact.get(Slot::Role) {
        office.role.clone()
    } else {
        fact.text(Slot::Role)
    }
}
