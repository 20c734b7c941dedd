//! The dates that may fill a slot of a candidate: those of its sentence, the one that its paragraph carries, and none.

use super::features::Features;
use super::scene::Scene;
use crate::extract::items::{Item, ItemKind};
use crate::fact::{Edtf, Slot};
use crate::text::Span;

pub(super) fn blank<'s>(scene: &Scene<'s, '_>, p: &str) -> Features<'s> {
    let mut f = Features::new(scene.model);
    if scene.model.is_some() {
        f.add(&[p, "|intercept"]);
    }
    f
}

/// How the date stands to the items of a candidate.
fn option<'s>(
    scene: &Scene<'s, '_>,
    p: &str,
    at: usize,
    anchors: &[Option<usize>],
) -> Features<'s> {
    let mut f = blank(scene, p);
    f.add(&[p, "|here"]);
    scene.around(&mut f, p, "d", Some(at));
    for (n, anchor) in anchors.iter().enumerate() {
        let tag = ["a", "b", "c"].get(n).copied().unwrap_or("x");
        scene.between(&mut f, p, tag, *anchor, Some(at));
    }
    let dates: Vec<usize> = (0..scene.sentence.items.len())
        .filter(|&i| scene.item(i).is_some_and(Item::is_date))
        .collect();
    f.add(&[p, "|of:", &dates.len().min(4).to_string()]);
    let rank = dates.iter().position(|&d| d == at).unwrap_or(0).min(4);
    f.add(&[p, "|rank:", &rank.to_string()]);
    if let Some(first) = anchors.first().copied().flatten() {
        let near = dates.iter().min_by_key(|d| d.abs_diff(first)) == Some(&at);
        f.add(&[p, if near { "|nearest" } else { "|not-nearest" }]);
    }
    // Whose it is: who stands nearest before it, and behind it.
    let somebody = |i: &usize| scene.item(*i).is_some_and(|x| x.actor().is_some());
    let before = (0..at).rev().find(somebody);
    let behind = (at + 1..scene.sentence.items.len()).find(somebody);
    for (tag, other) in [("before:", before), ("behind:", behind)] {
        let who = if other.is_none() {
            "nobody"
        } else if anchors.contains(&other) {
            "own"
        } else {
            "other"
        };
        f.add(&[p, "|", tag, who]);
    }
    if let Some(ItemKind::Date(found)) = scene.item(at).map(|i| &i.kind) {
        // What rules have told of it.
        if let Some(date) = found.date {
            for (_, claim) in scene.told.within(scene.index, scene.index + 1) {
                for slot in Slot::DATES {
                    if claim.fact.date(slot) == Some(&date) {
                        f.add(&[p, "|told:", claim.fact.kind.name(), slot.name()]);
                    }
                }
            }
        }
        let precision = found.date.map_or(0, |d| d.precision());
        f.add(&[p, "|precision:", &precision.to_string()]);
        f.add(&[p, "|bound:", &format!("{:?}", found.bound)]);
        if found.date.is_some_and(|d| d.interval) {
            f.add(&[p, "|interval"]);
        }
        if found.from.is_some() {
            f.add(&[p, "|completed"]);
        }
    }
    f
}

/// The last date that the sentence before tells, in the same block.
fn said_before(scene: &Scene<'_, '_>) -> Option<(Edtf, Vec<Span>)> {
    let before = scene.reader.sentences.get(scene.index.checked_sub(1)?)?;
    let found = before.items.iter().rev().find_map(|item| {
        if let ItemKind::Date(found) = &item.kind {
            found.date.map(|date| (date, found.from))
        } else {
            None
        }
    });
    found
        .filter(|_| before.block == scene.sentence.block)
        .map(|(date, from)| (date, [before.span].into_iter().chain(from).collect()))
}

/// The options for a slot.
pub(super) fn options<'s>(
    scene: &Scene<'s, '_>,
    p: &str,
    anchors: &[Option<usize>],
) -> Vec<DateOption<'s>> {
    let mut found: Vec<DateOption<'_>> = Vec::new();
    for (at, item) in scene.sentence.items.iter().enumerate() {
        if let ItemKind::Date(date) = &item.kind
            && let Some(edtf) = date.date
        {
            found.push(DateOption {
                date: Some(edtf),
                evidence: date.from.into_iter().collect(),
                features: option(scene, p, at, anchors),
            });
        }
    }
    let here = found.len();
    let entry = scene.reader.entry_date(scene.sentence);
    let led = entry.evidence.first().map(|e| e.span);
    let carried: Option<(Edtf, Vec<Span>, &str)> = entry
        .date
        .map(|d| (d, led.into_iter().collect(), "entry"))
        .or_else(|| {
            scene
                .reader
                .day_told(scene.index)
                .map(|(d, span)| (d, vec![span], "told"))
                .or_else(|| said_before(scene).map(|(d, spans)| (d, spans, "before")))
        });
    if let Some((date, evidence, how)) = carried {
        let mut f = blank(scene, p);
        f.add(&[p, "|carried:", how]);
        f.add(&[p, "|carried,here:", &here.min(2).to_string()]);
        f.add(&[p, "|precision:", &date.precision().to_string()]);
        found.push(DateOption {
            date: Some(date),
            evidence,
            features: f,
        });
    }
    let mut f = blank(scene, p);
    f.add(&[p, "|no-date"]);
    f.add(&[p, "|no-date,here:", &here.min(2).to_string()]);
    for at in 0..scene.sentence.items.len() {
        if let Some(class) = scene.kinds.get(at).filter(|k| k.starts_with("c:date")) {
            f.add(&[p, "|no-date:", class]);
        }
    }
    found.push(DateOption {
        date: None,
        evidence: Vec::new(),
        features: f,
    });
    found
}

/// A date that may fill a slot, or that none does.
#[derive(Clone, Debug)]
pub(super) struct DateOption<'m> {
    /// The date.
    pub(super) date: Option<Edtf>,
    /// The passages that it is taken from, beside the sentence.
    pub(super) evidence: Vec<Span>,
    /// What speaks for and against it.
    pub(super) features: Features<'m>,
}
