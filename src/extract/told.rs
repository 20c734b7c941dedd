//! The claims of a document told so far, in order of the text, found again by their kind or by what they tell of without a walk through all.

use crate::fact::{Claim, Kind, Slot};
use crate::text::Span;
use std::collections::BTreeMap;

/// Claims, as a slice in order of the text, with what finds them again.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    claims: Vec<Claim>,
    kinds: BTreeMap<Kind, OfKind>,
}

/// The claims of one kind, by index in [`Told::claims`].
#[derive(Clone, Debug, Default)]
struct OfKind {
    all: Vec<usize>,
    /// By the text of the slot that [`subject`] names.
    by_subject: BTreeMap<String, Vec<usize>>,
}

/// The slot by whose first value the claims of a kind are looked for.
fn subject(kind: Kind) -> Slot {
    match kind {
        Kind::Appointment => Slot::Person,
        Kind::Visit => Slot::Visitor,
        Kind::Mission | Kind::MissionEvent | Kind::Treaty => Slot::Kind,
        Kind::Relations => Slot::Event,
        Kind::Membership => Slot::Organisation,
        Kind::Meeting => Slot::Participants,
        Kind::Observation => Slot::Measure,
    }
}

/// Whether a claim tells of a mission that covers another state than that in which it stands.
pub(super) fn covers(claim: &Claim) -> bool {
    let rules = [
        ".covers",
        ".accredits",
        ".entrusts",
        ".third",
        ".belongs",
        ".further",
    ];
    claim.fact.kind == Kind::Mission && rules.iter().any(|rule| claim.rule.ends_with(rule))
}

impl Told {
    /// Adds a claim.
    pub(super) fn push(&mut self, claim: Claim) {
        let index = self.claims.len();
        let kind = claim.fact.kind;
        let found = self.kinds.entry(kind).or_default();
        found.all.push(index);
        let text = claim.fact.text(subject(kind));
        found.by_subject.entry(text).or_default().push(index);
        self.claims.push(claim);
    }

    /// The claims of a kind, the last first.
    pub(super) fn last_of(&self, kind: Kind) -> impl Iterator<Item = &Claim> {
        self.backwards([self.all(kind)])
    }

    /// The claims of a kind that a sentence has told, the last first.
    pub(super) fn here(&self, kind: Kind, sentence: Span) -> impl Iterator<Item = &Claim> {
        self.last_of(kind)
            .take_while(move |c| c.statement() == sentence)
    }

    /// The claims of several kinds, the last first.
    pub(super) fn last_of_any<const N: usize>(
        &self,
        kinds: [Kind; N],
    ) -> impl Iterator<Item = &Claim> {
        self.backwards(kinds.map(|kind| self.all(kind)))
    }

    fn all(&self, kind: Kind) -> &[usize] {
        self.kinds.get(&kind).map_or(&[][..], |k| &k.all)
    }

    /// The claims of a kind whose person, visitor, event or kind of mission or treaty is told with this text, the last first.
    pub(super) fn last_about(&self, kind: Kind, subject: &str) -> impl Iterator<Item = &Claim> {
        self.backwards([self.about(kind, subject)])
    }

    fn about(&self, kind: Kind, subject: &str) -> &[usize] {
        self.kinds
            .get(&kind)
            .and_then(|k| k.by_subject.get(subject))
            .map_or(&[][..], Vec::as_slice)
    }

    /// The claims of lists of indexes, each in ascending order, the last first.
    fn backwards<const N: usize>(&self, mut lists: [&[usize]; N]) -> impl Iterator<Item = &Claim> {
        std::iter::from_fn(move || {
            let list = lists.iter_mut().max_by_key(|list| list.last().copied())?;
            let (last, rest) = list.split_last()?;
            *list = rest;
            self.claims.get(*last)
        })
    }

    /// All of them.
    pub(super) fn into_claims(self) -> Vec<Claim> {
        self.claims
    }
}

impl Extend<Claim> for Told {
    fn extend<I: IntoIterator<Item = Claim>>(&mut self, claims: I) {
        claims.into_iter().for_each(|claim| self.push(claim));
    }
}

impl std::ops::Deref for Told {
    type Target = [Claim];

    fn deref(&self) -> &[Claim] {
        &self.claims
    }
}
