//! What a document taken whole tells of posts: the sides that an appointment's own words leave open.

use super::spoken::{HEAD_OF_MISSION, role_of};
use super::{accredits, credentials};
use crate::extract::reader::Reader;
use crate::extract::settle::consular;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::text::Span;
use std::collections::BTreeMap;

/// A mission or post of which both sides are told, with the sentence that tells it.
struct Sides {
    consular: bool,
    sending: Value,
    receiving: Value,
    city: Option<Value>,
    from: Span,
}

fn sides(claim: &Claim) -> Option<Sides> {
    matches!(claim.fact.kind, Kind::Mission | Kind::Appointment).then_some(())?;
    let fact = &claim.fact;
    Some(Sides {
        consular: consular(fact),
        sending: fact.get(Slot::Sending)?.clone(),
        receiving: fact.get(Slot::Receiving)?.clone(),
        city: fact.get(Slot::City).cloned(),
        from: claim.statement(),
    })
}

/// Gives appointments whose sides are open those of the mission or post told last before them that fits what they say, else of the next.
pub(in crate::extract) fn settle(reader: &Reader<'_>, claims: &mut [Claim]) {
    let told: Vec<(usize, Sides)> = claims
        .iter()
        .enumerate()
        .filter(|(_, c)| c.holds())
        .filter_map(|(at, claim)| Some((at, sides(claim)?)))
        .collect();
    let open = |fact: &Fact| {
        fact.kind == Kind::Appointment && !(fact.has(Slot::Sending) && fact.has(Slot::Receiving))
    };
    for (index, claim) in claims.iter_mut().enumerate() {
        if !open(&claim.fact) {
            continue;
        }
        let here = told.partition_point(|(at, _)| *at < index);
        let (before, after) = told.split_at(here);
        let near = || before.iter().rev().chain(after).map(|(_, sides)| sides);
        let found = near()
            .find(|sides| fits(&claim.fact, sides) && consular(&claim.fact) == sides.consular)
            .or_else(|| near().find(|sides| fits(&claim.fact, sides)));
        if let Some(sides) = found {
            claim.fact.set(Slot::Sending, sides.sending.clone());
            claim.fact.set(Slot::Receiving, sides.receiving.clone());
            let evidence = Evidence {
                span: sides.from,
                role: EvidenceRole::Context,
            };
            if claim.statement() != sides.from && !claim.evidence.contains(&evidence) {
                claim.evidence.push(evidence);
            }
        } else {
            other_side(reader, claim);
        }
    }
    credentials::date(reader, claims);
    accredits::begun(reader, claims);
    name_heads(reader, claims);
}

/// Gives those who are called heads of a post the office of who heads the mission told of between the same states: "the Peruvian post in Lima is
/// headed by X", in a text on an embassy.
fn name_heads(reader: &Reader<'_>, claims: &mut [Claim]) {
    let head = |fact: &Fact| {
        let role = fact.get(Slot::Role);
        fact.kind == Kind::Appointment
            && matches!(role, Some(Value::Office(o)) if o.role == HEAD_OF_MISSION)
    };
    if !claims.iter().any(|c| head(&c.fact)) {
        return;
    }
    let same = |a: &Fact, b: &Fact, slot: Slot| a.has(slot) && a.get(slot) == b.get(slot);
    let missions: Vec<Fact> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Mission && c.holds())
        .map(|c| c.fact.clone())
        .collect();
    for claim in claims.iter_mut().filter(|c| head(&c.fact)) {
        let fact = &claim.fact;
        let sides = [Slot::Sending, Slot::Receiving];
        let mut kinds = missions
            .iter()
            .filter(|m| sides.iter().all(|s| same(m, fact, *s)))
            .filter(|m| !m.has(Slot::City) || !fact.has(Slot::City) || same(m, fact, Slot::City))
            .map(|m| m.text(Slot::Kind))
            .filter(|kind| kind != "mission");
        if let Some(role) = kinds.next().and_then(|kind| role_of(&kind)) {
            claim.fact.set(Slot::Role, reader.office_value(&role, None));
        }
    }
}

/// Whether an open post can be of these sides.
fn fits(fact: &Fact, sides: &Sides) -> bool {
    let agrees = |slot: Slot, value: &Value| fact.get(slot).is_none_or(|own| own == value);
    let city = match (fact.get(Slot::City), &sides.city) {
        (Some(own), Some(city)) => own == city,
        (Some(_), None) => false,
        (None, _) => true,
    };
    agrees(Slot::Sending, &sides.sending) && agrees(Slot::Receiving, &sides.receiving) && city
}

/// Of the document's two sides the one that is not said.
fn other_side(reader: &Reader<'_>, claim: &mut Claim) {
    for (said, open) in [
        (Slot::Sending, Slot::Receiving),
        (Slot::Receiving, Slot::Sending),
    ] {
        let other = reader
            .body_in(&claim.fact, said)
            .and_then(|body| reader.other_side(body))
            .and_then(|body| reader.body_value(body));
        if let Some(value) = other.filter(|_| !claim.fact.has(open)) {
            claim.fact.set(open, value);
        }
    }
}

/// Drops of what is only likely the posts that a sentence gives somebody else, where it gives their holder another: "appointed A ambassador to Peru
/// and B ambassador to Chile" does not send A to Chile.
pub(in crate::extract) fn uncross(told: &[Claim], likely: &mut Vec<Claim>) {
    let posted = |c: &Claim| c.fact.kind == Kind::Appointment && c.fact.has(Slot::Receiving);
    let mut posts: BTreeMap<Span, Vec<&Claim>> = BTreeMap::new();
    for claim in told.iter().filter(|c| posted(c)) {
        let here = posts.entry(claim.statement()).or_default();
        here.push(claim);
    }
    likely.retain(|claim| {
        let fact = &claim.fact;
        let here = posts.get(&claim.statement());
        let Some(here) = here.filter(|_| posted(claim)) else {
            return true;
        };
        let here = || here.iter();
        let same = |t: &Claim, slot: Slot| t.fact.get(slot) == fact.get(slot);
        let own = here().any(|t| same(t, Slot::Person) && !same(t, Slot::Receiving));
        let others = here()
            .any(|t| !same(t, Slot::Person) && same(t, Slot::Receiving) && same(t, Slot::Role));
        !(own && others)
    });
}
