//! Who concluded a treaty: whom the sentence names, completed by the sides that the text is about there.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Evidence;
use crate::language::{Class, Rule};

/// The parties of a treaty, with what tells those that the sentence leaves out.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    pub(super) bodies: Vec<usize>,
    pub(super) evidence: Vec<Evidence>,
    /// Whether the sentence itself names one of them as such.
    pub(super) named: bool,
}

/// "with the European Union", "between A and B", "(along with Colombia)": what such a phrase brings.
fn brings(item: &Item<'_>) -> bool {
    (item.has_prep(Class::With) || item.has_prep(Class::Between))
        && matches!(item.kind, ItemKind::Body(_, false) | ItemKind::City(_))
}

/// The parties of a frame's treaties: its subject, and those whom a phrase of the sentence brings.
pub(super) fn of_frame(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
) -> Parties {
    let items = &sentence.items;
    let roles = frame.role(items, rule, "party");
    let mut bodies = reader.bodies(items, &roles);
    if bodies.is_empty() {
        for item in roles.iter().filter_map(|&i| items.get(i)) {
            bodies.extend(reader.who(index, item).iter().filter_map(|w| w.of));
        }
    }
    for i in frame.phrases.iter().copied().chain(0..frame.at) {
        if items.get(i).is_some_and(brings) {
            add(&mut bodies, reader.bodies(items, &[i]));
        }
    }
    completed(reader, index, bodies)
}

/// The parties of a treaty mentioned at item `at`: those whom a phrase behind it brings.
pub(super) fn of_mention(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    at: usize,
) -> Parties {
    let items = &sentence.items;
    let mut bodies = Vec::new();
    for (i, item) in items.iter().enumerate().skip(at + 1) {
        if item.is_finite() || item.sign(';') || matches!(item.kind, ItemKind::Treaty(_)) {
            break;
        }
        if brings(item) {
            add(&mut bodies, reader.bodies(items, &[i]));
        }
    }
    // "the India–Bhutan Friendship Treaty"
    if let [Some(a), Some(dash), Some(b)] =
        [3, 2, 1].map(|n| at.checked_sub(n).and_then(|i| items.get(i)))
        && ['–', '-', '‑'].iter().any(|c| dash.sign(*c))
        && let (Some(a), Some(b)) = (a.body(), b.body())
    {
        add(&mut bodies, vec![a, b]);
    }
    if bodies.is_empty() {
        bodies.extend(only_two(reader, index, items));
    }
    completed(reader, index, bodies)
}

/// The two states of a sentence that names no others, where one of them alone is a side of what the text is about there.
fn only_two(reader: &Reader<'_>, index: usize, items: &[Item<'_>]) -> Vec<usize> {
    let mut states: Vec<usize> = Vec::new();
    for item in items {
        let state = item
            .body()
            .filter(|b| !reader.is_organisation(*b))
            .or_else(|| {
                let city = item.city().filter(|_| !item.has_prep(Class::In));
                city.and_then(|c| reader.capital_state(c))
            });
        if let Some(state) = state
            && !states.iter().any(|s| reader.same_state(*s, state))
        {
            states.push(state);
        }
    }
    let pair = reader.pair_at(index);
    let sides = states
        .iter()
        .filter(|s| pair.iter().any(|p| reader.same_state(*p, **s)))
        .count();
    if states.len() == 2 && sides == 1 {
        states
    } else {
        Vec::new()
    }
}

fn add(bodies: &mut Vec<usize>, more: Vec<usize>) {
    for body in more {
        if !bodies.contains(&body) {
            bodies.push(body);
        }
    }
}

/// Completes parties that the sentence names by those that the text is about there.
pub(super) fn completed(reader: &Reader<'_>, index: usize, mut bodies: Vec<usize>) -> Parties {
    bodies.dedup();
    let named = !bodies.is_empty();
    let mut evidence = Vec::new();
    if bodies.len() < 2 {
        let missing = match bodies.first() {
            Some(&one) => reader
                .partner(index, one)
                .or_else(|| side_named(reader, index, one))
                .into_iter()
                .collect(),
            None => reader.pair_at(index),
        };
        if !missing.is_empty() {
            evidence = reader.side_evidence();
        }
        bodies.extend(missing);
    }
    Parties {
        bodies,
        evidence,
        named,
    }
}

/// The side that a sentence on a treaty with a third state names, or the sentence before it.
fn side_named(reader: &Reader<'_>, index: usize, third: usize) -> Option<usize> {
    let here = reader.sentences.get(index)?;
    let before = index.checked_sub(1).and_then(|i| reader.sentences.get(i));
    std::iter::once(here)
        .chain(before.filter(|b| b.block == here.block))
        .find_map(|s| {
            s.items
                .iter()
                .filter_map(Item::body)
                .find(|b| reader.is_side(*b) && *b != third)
        })
}
