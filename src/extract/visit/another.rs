//! "Paid a visit to Lima in May and another to Quito in June", "una visita a Lima y otra a Quito": further visits of one visitor, whose noun is left out.

use super::listed::unreal;
use super::places::place;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Slot, Value};
use crate::language::{Class, Head, Rule};

/// Within how many items behind "another" its place stands.
const PLACE: usize = 6;

/// Within how many items behind its place its date stands.
const DATE: usize = 4;

/// The visits for which "another" stands behind the noun of a frame; `told` are the claims of the noun itself.
pub(super) fn another(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    told: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    // "paid a visit to": the noun stands within the verb.
    let noun = rule.head == Head::Noun || rule.id.ends_with("visit.verb");
    let Some(pattern) = told.last().filter(|_| noun) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for at in frame.at + 1..items.len() {
        if !stands(reader, items, at) {
            continue;
        }
        let led = |i: &Item| i.has_prep(Class::To);
        let goes = |i: &Item| matches!(i.kind, ItemKind::City(_) | ItemKind::Body(_, false));
        let behind = items.get(at + 1..).unwrap_or(&[]).iter().take(PLACE);
        let mut behind = behind.take_while(|i| !(i.sign(',') || i.is_finite() || i.is_date()));
        let Some(to) = behind.position(|i| goes(i) && led(i)).map(|n| at + 1 + n) else {
            continue;
        };
        let Some(goal) = items.get(to).and_then(|i| place(reader, i)) else {
            continue;
        };
        let from = reader.body_in(&pattern.fact, Slot::From);
        // "and another visit to Uganda was planned for June"
        let rest = items.get(at..).unwrap_or(&[]).iter();
        let mut rest = rest.take_while(|i| !i.sign(';'));
        if rest.any(unreal) {
            continue;
        }
        let again = reader.body_in(&pattern.fact, Slot::To) == Some(goal.to);
        if again || from.is_some_and(|f| reader.same_state(f, goal.to)) {
            continue;
        }
        let mut dates = (to + 1..items.len().min(to + 1 + DATE)).take_while(|&i| {
            let item = items.get(i);
            item.is_some_and(|x| !(x.is(Class::And) || x.is_finite() || x.sign(';')))
        });
        let date = dates.find(|&i| items.get(i).is_some_and(Item::is_date));
        let mut fact = pattern.fact.clone();
        for slot in [Slot::To, Slot::City, Slot::Start, Slot::End] {
            fact.slots.remove(&slot);
        }
        let Some(value) = reader.body_value(goal.to) else {
            continue;
        };
        fact.set(Slot::To, value);
        if let Some(city) = goal.city.and_then(|c| reader.city_value(c)) {
            fact.set(Slot::City, city);
        }
        fact.set(Slot::Kind, Value::Term("other".to_owned()));
        let dated = date
            .map(|d| reader.date(sentence, Some(d)))
            .unwrap_or_default();
        dated.put_range(&mut fact, Slot::Start, Slot::End);
        let mut evidence = pattern.evidence.get(1..).unwrap_or(&[]).to_vec();
        evidence.extend(dated.evidence.iter().copied());
        found.push(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags));
    }
    found
}

/// Whether "and another" stands at `at`.
fn stands(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let joined = at.checked_sub(1).and_then(|i| items.get(i));
    let joined = joined.is_some_and(|i| i.is(Class::And) || i.sign(',') || i.sign(';'));
    // "another", "otra"; "une autre"
    let one = |i: &Item| reader.lexicon.lists(Class::Another, &i.folded);
    let two = |i: &Item| {
        let next = items.get(at + 1).map_or("", |n| n.folded.as_ref());
        let both = format!("{} {next}", i.folded);
        reader.lexicon.lists(Class::Another, &both)
    };
    joined && items.get(at).is_some_and(|i| one(i) || two(i))
}
