//! What brackets, the rest of a line of a list and the sentence behind make of a claim.

use super::{GROUP, clause_end, happened, part_start, takes_back};
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Kind, Modality, Slot};
use crate::language::{Class, TriggerForm};

/// Within how many items the line or sentence behind takes back what was told.
const OPENING: usize = 6;

/// How many items such a line or sentence has at most.
const SHORT: usize = 24;

/// Whether an item is a date of a claim, or begins with one.
fn dated(claim: &Claim) -> impl Fn(&Item<'_>) -> bool {
    let dates: Vec<Edtf> = claim.fact.dates().copied().collect();
    move |i| {
        let ItemKind::Date(found) = &i.kind else {
            return false;
        };
        found.date.is_some_and(|d| {
            let first = d.start.map(Edtf::on);
            dates.contains(&d) || first.is_some_and(|first| dates.contains(&first))
        })
    }
}

/// Where the date of a visit stands.
pub(super) fn date_of(items: &[Item<'_>], claim: &Claim) -> Option<usize> {
    let visit = claim.fact.kind == Kind::Visit;
    items.iter().position(dated(claim)).filter(|_| visit)
}

/// "Tax convention, 1972 (under review)": whether brackets stand around a place, behind the date of a treaty, which is there.
pub(super) fn reviewed(items: &[Item<'_>], at: usize, claim: &Claim) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let open = before.iter().rposition(|i| i.sign('('));
    let before = open.and_then(|open| before.get(..open));
    let dated = dated(claim);
    claim.fact.kind == Kind::Treaty && before.is_some_and(|before| before.iter().any(dated))
}

/// "2013 (to be confirmed)", "Gdańsk (proposed)", "Ana Soto (takes up her post in autumn)": what the brackets make of it that stand right behind the words
/// of a claim or behind its date.
pub(super) fn in_brackets(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
    claim: &Claim,
) -> Option<Modality> {
    let receiving = reader.body_in(&claim.fact, Slot::Receiving);
    let covered = |i: &Item<'_>| {
        let body = i.named_body().filter(|_| claim.fact.kind == Kind::Mission);
        body.is_some() && body == receiving
    };
    let dated = dated(claim);
    let own = |(i, item): &(usize, &Item<'_>)| *i == at || dated(item) || covered(item);
    let open_at = items.iter().enumerate().filter(own).find_map(|(i, _)| {
        let next = i + 1;
        items.get(next).filter(|i| i.sign('(')).map(|_| next)
    })?;
    let inside = items.get(open_at + 1..).unwrap_or(&[]);
    let close = inside.iter().position(|i| i.sign(')'))?;
    let inside = inside.get(..close).unwrap_or(&[]);
    let closed = claim.fact.kind == Kind::Mission && claim.fact.has(Slot::Closed);
    let day = |i: &Item<'_>| matches!(&i.kind, ItemKind::Date(found) if found.date.is_some_and(|d| d.precision() == 3));
    let signed = claim.fact.kind == Kind::Treaty && inside.iter().any(day);
    if closed || signed {
        return None;
    }
    let open = |i: &Item<'_>| {
        let meant = [
            Class::Planned,
            Class::Expected,
            Class::Hypothetical,
            Class::Future,
        ];
        let post = i.is(Class::NotHeld) && claim.fact.kind == Kind::Appointment;
        post || i.verb == Some(TriggerForm::Planned) || meant.iter().any(|c| i.is(*c))
    };
    let undone = |i: usize| takes_back(inside, i, claim);
    let found = (0..inside.len()).find_map(undone);
    let exists = reviewed(items, open_at + 1, claim);
    let found = found.filter(|m| !(exists && *m == Modality::Hypothetical));
    let found = found.or_else(|| (!exists && inside.iter().any(open)).then_some(Modality::Planned));
    found.filter(|_| !happened(inside, claim))
}

/// "Proposed for 2018: Ana Soto", "Honorary consulate in Lima: awaiting approval": how a line of a list is meant that tells nothing by a verb.
pub(super) fn meant(items: &[Item<'_>], at: usize, claim: &Claim) -> Option<Modality> {
    let start = part_start(items, at);
    let own = items.get(start..clause_end(items, at, false))?;
    let rest = items.get(start + own.len()..).unwrap_or(&[]);
    let other = |i: &Item<'_>| i.actor().is_some() || i.is_date() || i.city().is_some();
    let rest = if rest.iter().any(other) { &[] } else { rest };
    let meant = |i: &Item<'_>| {
        MEANT
            .iter()
            .find(|(class, _)| i.is(*class))
            .map(|(_, meant)| *meant)
    };
    let told = |i: &Item<'_>| {
        i.is_finite() && !i.is(Class::Planned) || i.is(Class::Be) || i.is(Class::Have)
    };
    let ended = claim.fact.has(Slot::End) || claim.fact.has(Slot::Closed);
    let stands = matches!(claim.fact.kind, Kind::Visit | Kind::Meeting);
    if ended || stands || own.iter().any(told) {
        return None;
    }
    own.iter().chain(rest).find_map(meant)
}

/// What words of a line of a list that tells nothing by a verb make of it.
const MEANT: [(Class, Modality); 5] = [
    (Class::Cancelled, Modality::Cancelled),
    (Class::Undone, Modality::Cancelled),
    (Class::Planned, Modality::Planned),
    (Class::Expected, Modality::Expected),
    (Class::Hypothetical, Modality::Hypothetical),
];

/// What a short sentence behind that of a claim, in the same paragraph or line, makes of it: "Postponed.", "The visit was called off."
pub(super) fn behind(
    reader: &Reader<'_>,
    next: &Sentence<'_>,
    claim: &Claim,
    line: bool,
) -> Option<Modality> {
    let items = &next.items;
    if items.len() > SHORT || claim.fact.kind == Kind::Mission {
        return None;
    }
    let own = |i: &Item<'_>| {
        let noun = match claim.fact.kind {
            Kind::Visit => i.is_noun_for(reader.lexicon, "visit"),
            Kind::Meeting => i.is_noun_for(reader.lexicon, "meeting"),
            Kind::MissionEvent
            | Kind::Mission
            | Kind::Treaty
            | Kind::Appointment
            | Kind::Relations
            | Kind::Membership
            | Kind::Observation => false,
        };
        let holder = claim.fact.kind == Kind::Appointment
            && i.actor().is_some_and(|a| a.stand == Some(Stand::He));
        noun || holder || i.is(Class::It)
    };
    let opening = items.iter().take(OPENING);
    if !line && !opening.clone().any(own) {
        return None;
    }
    let other = |i: &Item<'_>| {
        !own(i)
            && (i.actor().is_some()
                || i.is_date()
                || i.named_body().is_some()
                || matches!(i.kind, ItemKind::Treaty(_) | ItemKind::Mission(_)))
    };
    let opening = opening.take_while(|i| !other(i)).count();
    let found = (0..opening).find_map(|i| Some((i, takes_back(items, i, claim)?)));
    let (at, modality) = found?;
    let denied = items.get(at).is_some_and(|i| i.is(Class::Not));
    let rest = if denied { at + 1 + GROUP } else { at + 1 };
    let rest = items.get(rest..).unwrap_or(&[]);
    (!happened(rest, claim)).then_some(modality)
}
