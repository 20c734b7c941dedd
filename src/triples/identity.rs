//! What the reconciliation found and people decided → triples: why things are one, or two; holders of offices; what cannot be as it is told.

use super::Triples;
use super::document::in_language;
use super::iri::Names;
use super::vocabulary::*;
use crate::fact::{Kind, Slot};
use crate::resolve::{
    Conflict, Decided, Evidence, Holder, Identity, Impossible, Member, Verdict, World,
};
use oxigraph::model::{Literal, NamedNode};

/// Who held an office that an event gives without a name.
pub(super) fn holder(out: &mut Triples, holder: &Holder, names: &Names<'_>) {
    let node = names.iri(&holder.id);
    out.add(&node, TYPE, HOLDER.into_owned());
    out.add(&node, ABOUT, names.iri(&holder.event));
    out.add(&node, HELD_OFFICE, names.iri(&holder.office));
    out.add(&node, HELD_BY, names.iri(&holder.person));
    for because in &holder.because {
        out.add(&node, BECAUSE, names.iri(because));
    }
    for &at in &holder.claims {
        out.add(&node, SUPPORTED_BY, names.claim(at));
    }
}

/// The holder as one who takes part in the event.
pub(super) fn participant(out: &mut Triples, holder: &Holder, names: &Names<'_>) {
    let (event, person) = (names.iri(&holder.event), names.iri(&holder.person));
    out.add(&event, FOUND_PARTICIPANT, person);
}

/// What a person decided, who and when; `kind` is that of the fact that it is about.
pub(super) fn decided(out: &mut Triples, decided: &Decided, kind: Option<Kind>, names: &Names<'_>) {
    let node = names.iri(&decided.id);
    let decision = &decided.decision;
    out.add(&node, TYPE, DECISION.into_owned());
    out.add(&node, TYPE, PROV_ACTIVITY.into_owned());
    let verdict = decision.verdict.name();
    out.add(&node, VERDICT, Literal::new_simple_literal(verdict));
    for about in &decided.about {
        out.add(&node, ABOUT, names.iri(about));
    }
    if decision.verdict == Verdict::Prefer {
        let slot = Slot::ALL
            .iter()
            .find(|slot| slot.name() == decision.property);
        let on = match (kind, slot) {
            (Some(kind), Some(slot)) => property(kind, *slot),
            _ => LABEL,
        };
        out.add(&node, ON_PROPERTY, on.into_owned());
        out.add(
            &node,
            RDF_VALUE,
            Literal::new_simple_literal(&decision.value),
        );
    }
    let when = Literal::new_typed_literal(&decision.when, EDTF);
    out.add(&node, DCT_DATE, when);
    if !decision.why.is_empty() {
        out.add(&node, COMMENT, Literal::new_simple_literal(&decision.why));
    }
    let who = names.iri(&format!("{}/who", decided.id));
    out.add(&node, ASSOCIATED_WITH, who.clone());
    out.add(&who, TYPE, PROV_AGENT.into_owned());
    out.add(&who, LABEL, Literal::new_simple_literal(&decision.who));
}

/// The decisions that say which side of a conflict leads.
pub(super) fn settled(out: &mut Triples, conflict: &Conflict, world: &World, names: &Names<'_>) {
    let on = |decided: &&Decided| {
        decided.decision.verdict == Verdict::Prefer
            && decided.about.contains(&conflict.about)
            && conflict
                .sides
                .iter()
                .any(|side| side.slot.name() == decided.decision.property)
    };
    for decided in world.decided.iter().filter(on) {
        let by = names.iri(&decided.id);
        out.add(&names.iri(&conflict.id), SETTLED_BY, by);
    }
}

/// What cannot be as it is told; `label` is that of what it is about.
pub(super) fn impossible(
    out: &mut Triples,
    impossible: &Impossible,
    names: &Names<'_>,
    label: &str,
) {
    let node = names.iri(&impossible.id);
    out.add(&node, TYPE, IMPOSSIBILITY.into_owned());
    out.add(&node, ABOUT, names.iri(&impossible.about));
    out.add(
        &node,
        REASON,
        Literal::new_simple_literal(impossible.fault.name()),
    );
    let words = format!("{label}: {}", impossible.fault.words());
    out.add(&node, LABEL, in_language(&words, "en"));
    for &at in &impossible.claims {
        out.add(&node, SUPPORTED_BY, names.claim(at));
    }
}

/// Why something is one over its documents, and what it was kept apart from.
pub(super) fn write(out: &mut Triples, identity: &Identity, world: &World, names: &Names<'_>) {
    members(out, identity, world, names);
    for (nth, apart) in (1..).zip(&identity.apart) {
        // Each of the two is told from the other by the same reasons: written once.
        let told_by_other = world
            .identities
            .binary_search_by(|other| other.about.as_str().cmp(&apart.other))
            .ok()
            .and_then(|at| world.identities.get(at))
            .is_some_and(|other| other.apart.iter().any(|back| back.other == identity.about));
        if told_by_other && apart.other < identity.about {
            continue;
        }
        let node = names.iri(&format!("distinction/{}/{nth}", flat(&identity.about)));
        out.add(&node, TYPE, DISTINCTION.into_owned());
        out.add(&node, ABOUT, names.iri(&identity.about));
        out.add(&node, DISTINCT_FROM, names.iri(&apart.other));
        weighed(out, &node, apart.evidence);
    }
}

/// An id as one part of another.
fn flat(id: &str) -> String {
    id.replace('/', "-")
}

fn members(out: &mut Triples, identity: &Identity, world: &World, names: &Names<'_>) {
    if identity.joins.len() < 2 {
        return;
    }
    for (nth, join) in (1..).zip(&identity.joins) {
        let node = names.iri(&format!("identification/{}/{nth}", flat(&identity.about)));
        out.add(&node, TYPE, IDENTIFICATION.into_owned());
        out.add(&node, ABOUT, names.iri(&identity.about));
        match &join.member {
            Member::Account(at) => {
                if let Some(account) = world.accounts.get(*at) {
                    out.add(&node, JOINS, names.account(&account.claims));
                }
            }
            Member::Name { source, name } => {
                out.add(&node, JOINED_NAME, Literal::new_simple_literal(name));
                if let Some(document) = world.sources.get(*source) {
                    out.add(&node, DERIVED_FROM, names.document(document));
                }
            }
        }
        weighed(out, &node, join.evidence);
    }
}

fn weighed(out: &mut Triples, node: &NamedNode, evidence: Evidence) {
    out.add(node, WEIGHT, Literal::from(i64::from(evidence.weight())));
    for reason in evidence.reasons() {
        out.add(node, REASON, Literal::new_simple_literal(reason.name()));
    }
}
