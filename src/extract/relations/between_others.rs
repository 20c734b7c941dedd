//! What looks like an event between states and is none: consular relations, those of cities or parliaments, an anniversary.

use crate::extract::frame::{Frame, agent_unknown, noun_before, stands_for_state};
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, Head, Rule};

/// How many items behind the word for relations those stand whose they are.
const REACH: usize = 9;

/// "Consular relations", without diplomatic ones.
pub(super) fn is_consular(relations: &Item<'_>) -> bool {
    relations.folded.contains("consul") && !relations.folded.contains("diplom")
}

/// Whether a frame tells of the relations of others than states, or of consular ones alone.
pub(super) fn of_others(
    text: &str,
    items: &[Item<'_>],
    frame: &Frame,
    rule: &Rule,
    named: bool,
) -> bool {
    let clause = frame.clause.0..frame.clause.1;
    let relations: Vec<usize> = clause
        .filter(|&i| items.get(i).is_some_and(|x| x.is(Class::Relations)))
        .collect();
    // "Consular relations were established in 1921, diplomatic ones in 1922": those nearest to the verb.
    let nearest = relations.iter().min_by_key(|i| i.abs_diff(frame.at));
    let consular = nearest.and_then(|&i| items.get(i)).is_some_and(is_consular);
    if consular {
        return true;
    }
    if relations
        .iter()
        .any(|&at| others_behind(items, at) || with_powers(items, at))
    {
        return true;
    }
    let verb = rule.head == Head::Verb;
    // "The airline established relations with its Peruvian partner"
    let state = |i: &Item<'_>| i.body().is_some();
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let stateless = verb && !frame.passive && !before.iter().any(state);
    let small = |i: &Item<'_>| !i.span.is_empty() && i.is(Class::Thing) && lower(text, i);
    if stateless && noun_before(items, frame) && before.iter().rev().take(3).any(small) {
        return true;
    }
    if named {
        return false;
    }
    verb && !frame.passive && noun_before(items, frame) && thing_before(items, frame)
        || verb && frame.passive && agent_unknown(items, frame)
}

/// Whether a word begins with a small letter.
fn lower(text: &str, item: &Item<'_>) -> bool {
    item.span.of(text).starts_with(char::is_lowercase)
}

/// Whether a word for a thing or a name that nobody knows stands before the verb: "the city of Porto", "the airline TAP", but "the junta".
fn thing_before(items: &[Item<'_>], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    before.iter().rev().take(REACH).any(|i| {
        i.is(Class::Thing) || i.city().is_some() || i.actor().is_some_and(|a| a.name.is_some())
    })
}

/// "relations with the Axis powers": several who are no states that the gazetteer knows.
fn with_powers(items: &[Item<'_>], at: usize) -> bool {
    let with = items.get(at + 1).is_some_and(|i| i.is(Class::With));
    let behind = items
        .get(at + 2..items.len().min(at + REACH))
        .unwrap_or(&[]);
    let mut phrase = behind
        .iter()
        .take_while(|i| !i.is_np() && !i.is_finite() && !matches!(i.kind, ItemKind::Sign(_)));
    with && phrase.any(|i| i.is(Class::Powers))
}

/// "relations between the two parliaments": a preposition behind the word, and no state, government or word for them.
fn others_behind(items: &[Item<'_>], at: usize) -> bool {
    let leads = |i: &Item<'_>| i.is(Class::With) || i.is(Class::Between);
    if !items.get(at + 1).is_some_and(leads) {
        return false;
    }
    let behind = items
        .get(at + 2..items.len().min(at + REACH))
        .unwrap_or(&[]);
    let phrase = behind
        .iter()
        .take_while(|i| !i.is_finite() && !i.is(Class::Be) && !i.is(Class::Have) && !i.sign(','));
    let mut noun = false;
    let pair = [Class::TheTwo, Class::BothStates, Class::Article];
    for item in phrase {
        let word = matches!(item.kind, ItemKind::Word);
        // "between the two parliaments", "between the Peruvian and Chilean associations"
        if word && pair.iter().any(|c| item.is(*c)) || item.adjective().is_some() {
            continue;
        }
        noun |= item.is(Class::Thing);
        if noun {
            return true;
        }
        if item.is_np() || stands_for_state(item) || item.is(Class::Relative) || !word {
            return false;
        }
    }
    noun
}

/// "In 2019 they celebrated the centenary of the establishment of relations": the date is that of the celebration.
pub(super) fn celebrated(items: &[Item<'_>], frame: &Frame, rule: &Rule) -> bool {
    let before = items
        .get(frame.clause.0.max(frame.at.saturating_sub(6))..frame.at)
        .unwrap_or(&[]);
    let anniversary = before.iter().rposition(|i| i.is(Class::Anniversary));
    let governed = anniversary.is_some_and(|at| {
        let between = before.get(at + 1..).unwrap_or(&[]);
        between
            .iter()
            .all(|i| matches!(i.kind, ItemKind::Word) && !i.is_finite() && !i.is(Class::And))
    });
    let bracketed = frame.date.is_some_and(|date| {
        date > frame.at
            && date
                .checked_sub(1)
                .and_then(|i| items.get(i))
                .is_some_and(|i| i.sign('(') || i.sign(','))
    });
    rule.head == Head::Noun && governed && !bracketed
}
