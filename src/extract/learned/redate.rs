//! Which dates belong to what a rule has told: those that it has given, others that a text names near, or none.

use super::choose::{filled, put};
use super::dates::{DateOption, between_days, blank, options_of};
use super::features::{Part, name};
use super::fills::rule;
use super::judge::{person, place};
use super::occasion::{journeys, occasions};
use super::scene::Scene;
use crate::extract::items::{Item, ItemKind};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot};
use crate::language::Class;
use crate::text::Span;

/// How much more (hundredths) another date must weigh than the one that a rule has given, and than none where it has given none.
const SURER: i32 = 60;

/// The dates of facts of a kind, each with the name of the model that weighs what may be it.
const fn asked(kind: Kind) -> &'static [(Slot, &'static str)] {
    match kind {
        Kind::Visit => &[(Slot::Start, "visit.start.told")],
        Kind::Treaty => &[
            (Slot::Signed, "treaty.signed.told"),
            (Slot::InForce, "treaty.in_force.told"),
        ],
        Kind::Relations => &[(Slot::Date, "relations.date.told")],
        // Of posts, missions and meetings what rules tell is as often right as what weighs more.
        Kind::Appointment
        | Kind::Mission
        | Kind::Meeting
        | Kind::MissionEvent
        | Kind::Membership
        | Kind::Observation => &[],
    }
}

/// Slots of a fact whose items its dates stand beside.
const BESIDE: [Slot; 3] = [Slot::To, Slot::City, Slot::Parties];

/// What a rule has told, with the dates that it may be of.
pub(super) struct Redated<'m> {
    /// Its number among the claims.
    pub(super) number: usize,
    /// Its sentence.
    pub(super) index: usize,
    /// The fact without its dates.
    pub(super) fact: Fact,
    /// For each slot the date that is told, and what may be.
    pub(super) dates: Vec<(Slot, Option<Edtf>, Vec<DateOption<'m>>)>,
}

/// What rules have told in a sentence.
pub(super) fn told<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Redated<'s>>) {
    for (number, claim) in scene.told.numbered(scene.index) {
        let slots = asked(claim.fact.kind);
        if slots.is_empty() || !claim.holds() {
            continue;
        }
        let dated = slots.iter().any(|(slot, _)| claim.fact.has(*slot));
        if !dated && scene.dates.is_empty() {
            continue;
        }
        let anchors = anchors(scene, claim);
        let dates = slots
            .iter()
            .map(|(slot, model)| {
                let own = claim.fact.date(*slot).copied();
                let p = Part::new(model);
                (*slot, own, weighed(scene, claim, p, *slot, &anchors))
            })
            .collect();
        let mut fact = claim.fact.clone();
        fact.slots.retain(|slot, _| !Slot::DATES.contains(slot));
        found.push(Redated {
            number,
            index: scene.index,
            fact,
            dates,
        });
    }
}

/// The items of what a rule has told that its dates stand beside: who, or the word that told it, and where.
fn anchors(scene: &Scene<'_, '_>, claim: &Claim) -> [Option<usize>; 3] {
    let (who, _, _) = person(scene, &claim.fact);
    let trigger = claim.trigger.and_then(|span| {
        let mut items = scene.sentence.items.iter();
        items.position(|i| i.span.contains(span))
    });
    let values = BESIDE.iter().flat_map(|slot| claim.fact.all(*slot));
    let goal = values
        .map(|value| place(scene, value).0)
        .find(Option::is_some)
        .flatten();
    [who.or(trigger), goal, trigger]
}

/// "Relations, opened in 1918, were severed": whether the sentence tells another event between the same states on a date.
fn of_other_event(scene: &Scene<'_, '_>, fact: &Fact, date: Option<Edtf>) -> bool {
    let mut told = scene.told.numbered(scene.index);
    date.is_some_and(|date| {
        told.any(|(_, claim)| {
            let other = &claim.fact;
            let same = other
                .all(Slot::Parties)
                .iter()
                .all(|p| fact.all(Slot::Parties).contains(p));
            other.kind == Kind::Relations
                && same
                && other.get(Slot::Event) != fact.get(Slot::Event)
                && other.date(Slot::Date) == Some(&date)
        })
    })
}

/// "went there in 1974 and returned in 1978": whether a rule has told another visit of the same visitor to the same state on a date, and
/// nobody else is named between that and the date that it has given this one.
fn of_other_visit(scene: &Scene<'_, '_>, fact: &Fact, own: Option<Edtf>, date: Edtf) -> bool {
    let mut told = scene.told.numbered(scene.index);
    let same = |other: &Fact, slot: Slot| other.get(slot) == fact.get(slot);
    let joined = || {
        let items = &scene.sentence.items;
        let between = between_days(items, own?.start, date.start)?;
        let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
        Some(!between.iter().any(named))
    };
    fact.kind == Kind::Visit
        && own.is_some_and(|own| own.year() != date.year())
        && joined() == Some(true)
        && told.any(|(_, claim)| {
            let other = &claim.fact;
            let visit = other.kind == Kind::Visit && claim.holds();
            visit
                && other.date(Slot::Start) == Some(&date)
                && same(other, Slot::Visitor)
                && same(other, Slot::To)
        })
}

/// "A recognised B; the embassy was opened in 1998": whether a semicolon parts a date from what a rule has told, and a mission stands with it.
fn parted(items: &[Item<'_>], at: usize, date: usize) -> bool {
    let stop = |i: &Item<'_>| i.sign(';');
    let start = items.get(..date).and_then(|b| b.iter().rposition(stop));
    let start = start.map_or(0, |i| i + 1);
    let end = items.iter().skip(date).position(stop);
    let end = end.map_or(items.len(), |i| date + i);
    let clause = items.get(start..end).unwrap_or(&[]);
    let verb = clause.iter().any(|i| i.is_finite() || i.is(Class::Be));
    !(start..end).contains(&at) && verb && clause.iter().any(|i| i.mission().is_some())
}

/// Whether the sentence before tells of another treaty that it was signed on a date.
fn of_other_treaty(scene: &Scene<'_, '_>, fact: &Fact, date: Option<Edtf>) -> bool {
    let before = scene.index.saturating_sub(1);
    let mut told = scene.told.within(before, scene.index).iter();
    let title = fact.text(Slot::Title);
    date.is_some_and(|date| {
        told.any(|(_, claim)| {
            claim.fact.kind == Kind::Treaty
                && claim.fact.date(Slot::Signed) == Some(&date)
                && claim.fact.text(Slot::Title) != title
        })
    })
}

/// What may be a date of what a rule has told.
fn weighed<'s>(
    scene: &Scene<'s, '_>,
    claim: &Claim,
    p: Part<'_>,
    slot: Slot,
    anchors: &[Option<usize>; 3],
) -> Vec<DateOption<'s>> {
    let fact = &claim.fact;
    let own = fact.date(slot).copied();
    let relations = fact.kind == Kind::Relations;
    let parted = |date: usize| anchors[2].is_some_and(|at| parted(&scene.sentence.items, at, date));
    let given = |at: usize| {
        let ItemKind::Date(found) = &scene.item(at)?.kind else {
            return None;
        };
        filled(fact.kind, slot, found.date?)
    };
    let mut found = options_of(scene, p, anchors, |date| {
        let told = own.is_some() && given(date) == own;
        // "Trade Agreement of 3 May 1983; Agreement on visas, in force since 2016": the day of the other.
        let entered = slot == Slot::Signed && fact.has(Slot::InForce);
        let beyond = || {
            let at = anchors.iter().flatten().next().copied().unwrap_or(date);
            let between = scene.sentence.items.get(at.min(date)..at.max(date));
            entered && between.is_some_and(|b| b.iter().any(|i| i.sign(';')))
        };
        let other = own.is_none() && (relations && parted(date) || beyond());
        let again = given(date).is_some_and(|d| of_other_visit(scene, fact, own, d));
        told || !(scene.of_else(fact, slot, date) || other || again)
    });
    if fact.kind == Kind::Visit {
        found.extend(journeys(scene, p, fact));
    }
    if slot == Slot::Signed {
        found.extend(occasions(scene, p, fact));
    }
    // "A and B signed a declaration on 3 May 2009. The visa agreement came into force in 2010": the day of the other.
    let in_force = slot == Slot::Signed && own.is_none() && fact.has(Slot::InForce);
    found.retain(|o| !(in_force && o.before && of_other_treaty(scene, fact, o.date)));
    let is = |o: &DateOption<'_>| o.date.and_then(|d| filled(fact.kind, slot, d)) == own;
    if own.is_some() && !found.iter().any(is) {
        let mut f = blank(scene, p);
        f.add(&name![p, "|elsewhere"]);
        f.add(&name![p, "|elsewhere/", rule(claim)]);
        found.push(DateOption {
            date: own,
            evidence: Vec::new(),
            features: f,
            others: false,
            before: false,
        });
    }
    if own.is_none() && fact.kind == Kind::Relations {
        found.retain(|o| !of_other_event(scene, fact, o.date));
    }
    // What is in force was signed before.
    let begun = |own: Slot, other: Slot| {
        let date = fact.date(other).filter(|_| slot == own);
        date.and_then(|d| d.start)
    };
    let force = begun(Slot::Signed, Slot::InForce);
    let signed = begun(Slot::InForce, Slot::Signed);
    let ordered = |date: Edtf| {
        force.is_none_or(|force| date.start <= Some(force))
            && signed.is_none_or(|signed| date.start >= Some(signed) || date.precision() < 3)
    };
    found.retain(|o| o.date == own || o.date.is_none_or(ordered));
    let other = Slot::DATES.iter().filter(|s| **s != slot);
    let others: Vec<Edtf> = other.filter_map(|s| fact.date(*s).copied()).collect();
    for option in &mut found {
        let date = option.date.and_then(|d| filled(fact.kind, slot, d));
        let how = match (own, date) {
            (Some(own), Some(date)) if own == date => "own",
            (Some(own), Some(date)) if date.year() != own.year() => "other-year",
            (Some(own), Some(date)) if date.precision() > own.precision() => "finer",
            (Some(own), Some(date)) if date.precision() < own.precision() => "coarser",
            (Some(_), Some(_)) => "other",
            (Some(_), None) => "none",
            (None, Some(_)) => "new",
            (None, None) => "open",
        };
        let f = &mut option.features;
        f.add(&name![p, "|is:", how]);
        f.add(&name![p, "|is:", how, "/", rule(claim)]);
        if date.is_some_and(|d| others.contains(&d)) {
            f.add(&name![p, "|is:", how, "/end"]);
        }
    }
    found
}

/// The date that a slot is to have instead of the one told, if any, with the passages that tell it.
type Other<'o> = (Slot, Option<Edtf>, &'o [Span]);

impl Redated<'_> {
    /// Slots that other dates fill by far more likely than those told.
    fn others(&self) -> Vec<Other<'_>> {
        let kind = self.fact.kind;
        let mut found = Vec::new();
        for (slot, own, options) in &self.dates {
            let value = |o: &DateOption<'_>| o.date.and_then(|d| filled(kind, *slot, d));
            let told = options.iter().filter(|o| value(o) == *own);
            let told = told.map(|o| o.features.score()).max();
            let best = options.iter().max_by_key(|o| o.features.score());
            let Some((told, best)) = told.zip(best) else {
                continue;
            };
            let date = value(best);
            if date != *own && best.features.score() >= told + SURER {
                found.push((*slot, best.date, best.evidence.as_slice()));
            }
        }
        found
    }

    /// A claim with the dates that are likelier than those told; none where those are the likeliest.
    pub(super) fn given(&self, told: &Claim) -> Option<Claim> {
        let others = self.others();
        if others.is_empty() {
            return None;
        }
        let mut claim = told.clone();
        for (slot, date, from) in others {
            // What a rule has told to be the date of another slot is not this one's, too.
            let dates = Slot::DATES.iter().chain(&[Slot::Adopted, Slot::Dated]);
            let value = date.and_then(|d| filled(told.fact.kind, slot, d));
            let mut elsewhere = dates.filter(|s| **s != slot);
            if value.is_some() && elsewhere.any(|s| told.fact.date(*s).copied() == value) {
                continue;
            }
            let mut fact = claim.fact.clone();
            fact.slots.remove(&slot);
            if slot == Slot::Start && fact.kind == Kind::Visit {
                fact.slots.remove(&Slot::End);
            }
            if let Some(date) = date {
                put(&mut fact, slot, date);
            }
            claim.fact = fact;
            for span in from {
                let told = |e: &Evidence| e.role == EvidenceRole::Date && e.span.contains(*span);
                if !claim.evidence.iter().any(told) {
                    claim.evidence.push(Evidence {
                        span: *span,
                        role: EvidenceRole::Date,
                    });
                }
            }
        }
        Some(claim)
    }
}
