//! What a document says of a person besides the name: states, offices, years; and how that of two mentions agrees.

use super::evidence::{Evidence, FAR, LIFE, NEAR, Reason};
use super::{names, same};
use crate::fact::{Body, BodyClass, Fact, Kind, Slot, Value};
use std::collections::BTreeSet;

/// What is known of a person.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// Keys of the states that the person stands for.
    pub(super) states: BTreeSet<String>,
    /// Keys of the states that the person is sent to.
    pub(super) others: BTreeSet<String>,
    /// Roles held, each with the key of its body where that is known.
    pub(super) offices: BTreeSet<(String, Option<String>)>,
    /// Years in which the person is told of.
    pub(super) years: BTreeSet<i32>,
    /// How many accounts name the person so.
    pub(super) accounts: usize,
}

impl Context {
    pub(super) fn join(&mut self, other: &Self) {
        self.states.extend(other.states.iter().cloned());
        self.others.extend(other.others.iter().cloned());
        self.offices.extend(other.offices.iter().cloned());
        self.years.extend(&other.years);
        self.accounts += other.accounts;
    }

    pub(super) fn gap(&self, other: &Self) -> Option<i32> {
        // Both sorted: the nearest two of both are neighbours in the merged order.
        let near = |year: &i32| {
            let before = other.years.range(..=*year).next_back();
            let after = other.years.range(*year..).next();
            before
                .into_iter()
                .chain(after)
                .map(|other| (year - other).abs())
                .min()
        };
        self.years.iter().filter_map(near).min()
    }

    pub(super) fn weigh(&self, other: &Self, evidence: &mut Evidence) {
        let unknown = self.states.is_empty() || other.states.is_empty();
        let shared = !self.states.is_disjoint(&other.states);
        evidence.add_if(shared, Reason::SameState);
        let turned = !shared
            && !self.states.is_disjoint(&other.others)
            && !other.states.is_disjoint(&self.others);
        evidence.add_if(turned, Reason::SidesTurned);
        evidence.add_if(!shared && !unknown && !turned, Reason::OtherState);
        let gap = self.gap(other);
        evidence.add_if(gap.is_some_and(|gap| gap <= NEAR), Reason::NearInTime);
        evidence.add_if(gap.is_some_and(|gap| gap > FAR), Reason::FarInTime);
        evidence.add_if(gap.is_some_and(|gap| gap > LIFE), Reason::LivesApart);
        if gap.is_none_or(|gap| gap <= NEAR) {
            let whole = |(_, of): &&(String, Option<String>)| of.is_some();
            let same = self
                .offices
                .intersection(&other.offices)
                .any(|office| whole(&office));
            let role = |(role, of): &(String, Option<String>)| {
                let agrees = |other: &Option<String>| of.is_none() || other.is_none();
                other.offices.iter().any(|(r, o)| r == role && agrees(o))
            };
            evidence.add_if(same, Reason::SameOffice);
            evidence.add_if(!same && self.offices.iter().any(role), Reason::SameRole);
        }
    }
}

/// What an account says of the person in a slot.
pub(super) fn context(fact: &Fact, slot: Slot) -> Context {
    let mut context = Context {
        accounts: 1,
        ..Context::default()
    };
    let sides = match fact.kind {
        Kind::Visit => Some((Slot::From, Slot::To)),
        Kind::Appointment | Kind::MissionEvent => Some((Slot::Sending, Slot::Receiving)),
        Kind::Treaty
        | Kind::Mission
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => None,
    };
    let side = sides.and_then(|(own, _)| fact.body(own));
    let other = sides.and_then(|(_, other)| fact.body(other));
    let state = |body: &Body| (body.class == BodyClass::State).then(|| body.key.clone());
    context.states.extend(side.and_then(state));
    context.others.extend(other.and_then(state));
    if slot != Slot::Participants
        && let Some(Value::Office(office)) = fact.get(Slot::Role)
    {
        context.states.extend(office.of.as_ref().and_then(state));
        let of = office.of.as_ref().or(side).map(|body| body.key.clone());
        context.offices.insert((names::fold(&office.role), of));
    }
    context
        .years
        .extend(same::time(fact).and_then(|date| date.year()));
    context
}
