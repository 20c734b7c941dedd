//! The dates that the occasion of an act may give it, where its sentence has none: the visit or meeting told with it, the document's own day.

use super::dates::{DateOption, blank};
use super::features::{Part, name};
use super::scene::Scene;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Day, Edtf, Fact, Kind, Slot};

/// How many sentences back a visit or meeting is told that may be the occasion.
const REACH: usize = 8;

/// Whether one who takes part is the visitor, or takes part in the meeting before.
fn shared(fact: &Fact, claim: &Claim) -> bool {
    let those = [Slot::Visitor, Slot::Participants];
    let mut those = those.iter().flat_map(|s| claim.fact.all(*s));
    those.any(|who| fact.all(Slot::Participants).contains(who))
}

/// The month of a day.
fn month(day: Day) -> Edtf {
    Edtf::on(Day { day: None, ..day })
}

/// How many sentences back a visit is told that somebody may have joined.
const JOINED: usize = 5;

/// The days of visits to the same state told in the sentence or shortly before: who came along has none of their own.
pub(super) fn journeys<'s>(scene: &Scene<'s, '_>, p: Part<'_>, fact: &Fact) -> Vec<DateOption<'s>> {
    let reader: &Reader<'_> = scene.reader;
    let mut found: Vec<DateOption<'_>> = Vec::new();
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let to = reader.body_in(fact, Slot::To);
    let same = |claim: &Claim| {
        let other = reader.body_in(&claim.fact, Slot::To);
        to.zip(other).is_some_and(|(a, b)| reader.same_state(a, b))
    };
    let along = (0..scene.sentence.items.len()).any(|at| scene.means(at, "accompany"));
    if !along && !scene.dates.is_empty() {
        return found;
    }
    for (back, claim) in scene.last(Kind::Visit, JOINED) {
        if !claim.holds() || !same(claim) || found.len() > 1 {
            continue;
        }
        let Some(date) = claim.fact.days() else {
            continue;
        };
        if found.iter().any(|o| o.date == Some(date)) {
            continue;
        }
        let who = claim.fact.get(Slot::Visitor);
        let who = if who.is_some() && who == fact.get(Slot::Visitor) {
            "own"
        } else {
            "other"
        };
        let near = ["here", "1", "2"].get(back).copied().unwrap_or("far");
        let along = if along { "/along" } else { "/alone" };
        let mut f = blank(scene, p);
        f.add(&name![p, "|journey:", who]);
        f.add(&name![p, "|journey:", who, "/back:", near]);
        f.add(&name![p, "|journey:", who, along]);
        f.add(&name![p, "|journey:", who, along, "/back:", near]);
        let rank = found.len().to_string();
        f.add(&name![p, "|journey/rank:", &rank]);
        if block(scene.index) == block(scene.index - back) {
            f.add(&name![p, "|journey:", who, along, "/block"]);
        }
        let many = if date.interval { "/days" } else { "/day" };
        f.add(&name![p, "|journey:", who, along, many]);
        found.push(DateOption {
            date: Some(date),
            evidence: claim.evidence.iter().map(|e| e.span).collect(),
            features: f,
            others: true,
            before: false,
        });
    }
    found
}

/// The dates that occasions give a fact.
pub(super) fn occasions<'s>(
    scene: &Scene<'s, '_>,
    p: Part<'_>,
    fact: &Fact,
) -> Vec<DateOption<'s>> {
    let reader: &Reader<'_> = scene.reader;
    let mut found: Vec<DateOption<'_>> = Vec::new();
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    for kind in [Kind::Visit, Kind::Meeting] {
        let near = scene.last(kind, REACH);
        let dated = near.iter().filter(|(_, c)| c.holds());
        let news = |claim: &Claim| claim.fact.days().filter(|d| reader.is_news(d));
        let Some((back, claim, date)) = dated
            .filter_map(|(back, claim)| Some((*back, *claim, news(claim)?)))
            .min_by_key(|(back, claim, _)| (!shared(fact, claim), *back))
        else {
            continue;
        };
        let mut f = blank(scene, p);
        let told = kind.name();
        f.add(&name![p, "|occasion:", told]);
        f.add(&name![
            p,
            "|occasion:",
            told,
            "/back:",
            &back.min(4).to_string()
        ]);
        if shared(fact, claim) {
            f.add(&name![p, "|occasion:", told, "/shared"]);
        }
        if block(scene.index) == block(scene.index - back) {
            f.add(&name![p, "|occasion:", told, "/block"]);
        }
        let many = if date.interval { "/days" } else { "/day" };
        f.add(&name![p, "|occasion:", told, many]);
        found.push(DateOption {
            date: Some(date),
            evidence: claim.evidence.iter().map(|e| e.span).collect(),
            features: f,
            others: false,
            before: false,
        });
    }
    if let Some((day, span)) = reader.day {
        for (date, how) in [(Edtf::on(day), "day"), (month(day), "month")] {
            let mut f = blank(scene, p);
            f.add(&name![p, "|issued"]);
            f.add(&name![p, "|issued:", how]);
            let occasion = if found.is_empty() {
                "/alone"
            } else {
                "/beside"
            };
            f.add(&name![p, "|issued:", how, occasion]);
            found.push(DateOption {
                date: Some(date),
                evidence: vec![span],
                features: f,
                others: false,
                before: false,
            });
        }
    }
    found
}
