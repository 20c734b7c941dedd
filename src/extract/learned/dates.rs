//! The dates that may fill a slot of a candidate: those of its sentence, the one that its paragraph carries, and none.

use super::features::{Features, Part, figure, name};
use super::scene::Scene;
use crate::extract::items::{Item, ItemKind};
use crate::fact::{Day, Edtf, Slot};
use crate::language::Senses;
use crate::text::Span;

pub(super) fn blank<'s>(scene: &Scene<'s, '_>, p: Part<'_>) -> Features<'s> {
    let mut f = Features::with_room(scene.model);
    if scene.model.is_some() {
        f.add(&name![p, "|intercept"]);
    }
    f
}

/// The items from the first date that begins on one day to the first that begins on another.
pub(super) fn between_days<'i, 'a>(
    items: &'i [Item<'a>],
    one: Option<Day>,
    other: Option<Day>,
) -> Option<&'i [Item<'a>]> {
    let at = |day: Day| {
        let begins = |i: &Item<'_>| {
            if let ItemKind::Date(found) = &i.kind {
                found.date.and_then(|d| d.start) == Some(day)
            } else {
                false
            }
        };
        items.iter().position(begins)
    };
    let (one, other) = (at(one?)?, at(other?)?);
    items.get(one.min(other)..one.max(other))
}

/// How the date stands to the items of a candidate.
fn option<'s>(
    scene: &Scene<'s, '_>,
    p: Part<'_>,
    at: usize,
    anchors: &[Option<usize>],
) -> Features<'s> {
    let mut f = blank(scene, p);
    f.add(&name![p, "|here"]);
    scene.around(&mut f, p, "d", Some(at));
    for (n, anchor) in anchors.iter().enumerate() {
        let tag = ["a", "b", "c"].get(n).copied().unwrap_or("x");
        scene.between(&mut f, p, tag, *anchor, Some(at));
    }
    let dates = &scene.dates;
    scene.once(&mut f, (p, "rank"), [Some(at), None], |f| {
        f.add(&name![p, "|of:", &figure(dates.len().min(4))]);
        let rank = dates.iter().position(|&d| d == at).unwrap_or(0).min(4);
        f.add(&name![p, "|rank:", &figure(rank)]);
    });
    if let Some(first) = anchors.first().copied().flatten() {
        let near = dates.iter().min_by_key(|d| d.abs_diff(first)) == Some(&at);
        f.add(&name![p, if near { "|nearest" } else { "|not-nearest" }]);
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
        f.add(&name![p, "|", tag, who]);
    }
    let [who, other] = [0, 1].map(|n| anchors.get(n).copied().flatten());
    scene.clause(&mut f, (p, "c:"), who, at);
    let near = match other {
        Some(other) if scene.clauses.together(other, at) => "/together",
        Some(_) => "/apart",
        None => "/open",
    };
    f.add(&name![p, "|c:", scene.acts(who, at), near]);
    scene.once(&mut f, (p, "written"), [Some(at), None], |f| {
        written(scene, f, p, at);
    });
    f
}

/// How a date is written, and what rules have told of it.
fn written(scene: &Scene<'_, '_>, f: &mut Features<'_>, p: Part<'_>, at: usize) {
    let Some(ItemKind::Date(found)) = scene.item(at).map(|i| &i.kind) else {
        return;
    };
    if let Some(date) = found.date {
        for (_, claim) in scene.told.within(scene.index, scene.index + 1) {
            for slot in Slot::DATES {
                if claim.fact.date(slot) == Some(&date) {
                    f.add(&name![p, "|told:", claim.fact.kind.name(), slot.name()]);
                }
            }
        }
    }
    let precision = found.date.map_or(0, |d| d.precision());
    f.add(&name![p, "|precision:", &precision.to_string()]);
    f.add(&name![p, "|bound:", &format!("{:?}", found.bound)]);
    if found.date.is_some_and(|d| d.interval) {
        f.add(&name![p, "|interval"]);
    }
    if found.from.is_some() {
        f.add(&name![p, "|completed"]);
    }
}

/// A date that no word of the sentence tells, the passages that do, and how.
pub(super) type Carried = (Edtf, Vec<Span>, &'static str);

/// The date that the entry, the paragraph or the sentence before gives a sentence.
fn carried(scene: &Scene<'_, '_>) -> Option<Carried> {
    let entry = scene.reader.entry_date(scene.sentence);
    let led = entry.evidence.first().map(|e| e.span);
    // "She had already visited Peru": not on the day of which the sentence before speaks.
    let before = scene.reader.tells_before(scene.sentence);
    let told = || scene.reader.day_told(scene.index).filter(|_| !before);
    entry
        .date
        .map(|d| (d, led.into_iter().collect(), "entry"))
        .or_else(|| told().map(|(d, span)| (d, vec![span], "told")))
        .or_else(|| {
            said_before(scene)
                .filter(|_| !before)
                .map(|(d, spans)| (d, spans, "before"))
        })
}

/// The last date that the sentence before tells, in the same block.
fn said_before(scene: &Scene<'_, '_>) -> Option<(Edtf, Vec<Span>)> {
    let before = scene.reader.sentences.get(scene.index.checked_sub(1)?)?;
    let found = before.items.iter().rev().find_map(|item| {
        if let ItemKind::Date(found) = &item.kind {
            let date = found.date.filter(|d| scene.reader.is_news(d));
            date.map(|date| (date, found.from))
        } else {
            None
        }
    });
    found
        .filter(|_| before.block == scene.sentence.block)
        .map(|(date, from)| (date, [before.span].into_iter().chain(from).collect()))
}

/// The date that the sentence behind tells, in the same block, where nobody is named in it: "X, Ambassador. Credentials: 12 March 2001."
fn said_behind<'s>(scene: &Scene<'s, '_>, p: Part<'_>) -> Option<DateOption<'s>> {
    let behind = scene.reader.sentences.get(scene.index + 1)?;
    let named = |i: &Item<'_>| i.actor().is_some_and(|actor| actor.name.is_some());
    // "X went to Lima. Relations have been established since 1970": another event's.
    let event = |i: &Item<'_>| {
        let mut rules = i.rules(scene.reader.lexicon);
        rules.any(|r| r.fact == "relations")
    };
    let other = behind.items.iter().any(|i| named(i) || event(i));
    if behind.block != scene.sentence.block || other {
        return None;
    }
    let mut items = behind.items.iter().enumerate();
    let (at, found) = items.find_map(|(at, item)| {
        if let ItemKind::Date(found) = &item.kind {
            Some((at, found))
        } else {
            None
        }
    })?;
    let date = found.date?;
    let before = behind.items.get(..at).unwrap_or(&[]);
    let mut f = blank(scene, p);
    scene.once(&mut f, (p, "behind"), [None; 2], |f| {
        f.add(&name![p, "|behind"]);
        f.add(&name![p, "|behind:", &figure(scene.dates.len().min(2))]);
        f.add(&name![p, "|behind/at:", &figure(at.min(3))]);
        let short = if behind.items.len() <= at + 3 {
            "/ends"
        } else {
            "/goes-on"
        };
        f.add(&name![p, "|behind/at:", &figure(at.min(3)), short]);
        let of = Senses::embedded(scene.reader.doc.lang);
        for item in before {
            for sense in of.of(&item.folded) {
                f.add(&name![p, "|behind:", *sense]);
            }
        }
        let he = before.iter().any(|i| i.actor().is_some());
        f.add(&name![p, "|behind:", if he { "he" } else { "nobody" }]);
        f.add(&name![p, "|precision:", &date.precision().to_string()]);
        f.add(&name![p, "|bound:", &format!("{:?}", found.bound)]);
    });
    Some(DateOption {
        date: Some(date),
        evidence: [behind.span].into_iter().chain(found.from).collect(),
        features: f,
        others: true,
        before: false,
    })
}

/// The options for a slot.
pub(super) fn options<'s>(
    scene: &Scene<'s, '_>,
    p: Part<'_>,
    anchors: &[Option<usize>],
) -> Vec<DateOption<'s>> {
    options_of(scene, p, anchors, |_| true)
}

/// The options for a slot, of the dates of the sentence those at the items that can fill it.
pub(super) fn options_of<'s>(
    scene: &Scene<'s, '_>,
    p: Part<'_>,
    anchors: &[Option<usize>],
    can: impl Fn(usize) -> bool,
) -> Vec<DateOption<'s>> {
    // Those of the sentence, of one before or behind it, and none.
    let mut found: Vec<DateOption<'_>> = Vec::with_capacity(scene.dates.len() + 3);
    for (at, item) in scene.sentence.items.iter().enumerate() {
        if let ItemKind::Date(date) = &item.kind
            && let Some(edtf) = date.date
            && can(at)
        {
            found.push(DateOption {
                date: Some(edtf),
                evidence: date.from.into_iter().collect(),
                features: option(scene, p, at, anchors),
                others: scene.acts(anchors.first().copied().flatten(), at) == "somebody",
                before: false,
            });
        }
    }
    let here = found.len();
    if let Some((date, evidence, how)) = scene.carried.get_or_init(|| carried(scene)) {
        let mut f = blank(scene, p);
        scene.once(&mut f, (p, "carried"), [None; 2], |f| {
            f.add(&name![p, "|carried:", how]);
            f.add(&name![p, "|carried,here:", &figure(here.min(2))]);
            f.add(&name![p, "|precision:", &date.precision().to_string()]);
        });
        found.push(DateOption {
            date: Some(*date),
            evidence: evidence.clone(),
            features: f,
            others: false,
            before: *how != "entry",
        });
    }
    found.extend(said_behind(scene, p));
    let mut f = blank(scene, p);
    scene.once(&mut f, (p, "no-date"), [None; 2], |f| {
        f.add(&name![p, "|no-date"]);
        f.add(&name![p, "|no-date,here:", &figure(here.min(2))]);
        for at in 0..scene.sentence.items.len() {
            let class = scene.kind_at(at).text();
            if class.starts_with("c:date") {
                f.add(&name![p, "|no-date:", class]);
            }
        }
    });
    found.push(DateOption {
        date: None,
        evidence: Vec::new(),
        features: f,
        others: false,
        before: false,
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
    /// Whether it stands in a clause in which somebody else acts.
    pub(super) others: bool,
    /// Whether the sentence before tells it, and no word of this one.
    pub(super) before: bool,
}
