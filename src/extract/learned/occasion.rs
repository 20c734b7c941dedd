//! The dates that the occasion of an act may give it, where its sentence has none: the visit or meeting told with it, the document's own day.

use super::dates::{DateOption, blank};
use super::features::{Part, name};
use super::scene::Scene;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Day, Edtf, Fact, Kind, Slot};

/// How many sentences back a visit or meeting is told that may be the occasion.
const REACH: usize = 8;

/// The days of a visit or meeting.
fn days(claim: &Claim) -> Option<Edtf> {
    let start = *claim
        .fact
        .date(Slot::Start)
        .or_else(|| claim.fact.date(Slot::Date))?;
    let end = claim.fact.date(Slot::End).and_then(|d| d.start);
    Some(match (start.start, end) {
        (Some(first), Some(last)) if first != last => Edtf::between(first, last),
        _ => start,
    })
}

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
        let Some((back, claim, date)) = dated
            .filter_map(|(back, claim)| Some((*back, *claim, days(claim)?)))
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
            });
        }
    }
    found
}
