//! Observations: numbers with a measure, about the two sides, with their time.

use super::items::{Item, ItemKind};
use super::quantity::Unit;
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Meaning, Rule};

/// Claims of the numbers of a sentence.
pub(super) fn claims(reader: &Reader<'_>, sentence: &Sentence, rule: &Rule) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims = Vec::new();
    if items.iter().any(|i| i.is(Class::Target)) {
        return claims;
    }
    for (at, item) in items.iter().enumerate() {
        let ItemKind::Quantity(quantity) = &item.kind else {
            continue;
        };
        let measure = match quantity.unit {
            Unit::People => community(items, at).then(|| "community".to_owned()),
            Unit::Rank => Some("rank".to_owned()),
            Unit::Currency(_) | Unit::Percent => nearest_measure(reader, items, at),
        };
        let Some(measure) = measure else { continue };
        let Some(of) = about(reader, items, at, &measure) else {
            continue;
        };
        let mut fact = Fact::new(Kind::Observation);
        let fell = quantity.unit == Unit::Percent
            && items
                .get(at.saturating_sub(6)..at)
                .unwrap_or(&[])
                .iter()
                .any(|i| i.is(Class::Fell));
        let value = if fell {
            format!("-{}", quantity.value)
        } else {
            quantity.value.clone()
        };
        fact.set(Slot::Measure, Value::Term(measure));
        for body in of {
            if let Some(value) = reader.body_value(body) {
                fact.add(Slot::Of, value);
            }
        }
        fact.set(Slot::Value, Value::Number(value));
        let unit = match quantity.unit {
            Unit::Currency(index) => reader
                .gazetteer
                .currencies()
                .get(index)
                .map(|c| c.code.clone())
                .unwrap_or_default(),
            Unit::People => "people".to_owned(),
            Unit::Percent => "percent".to_owned(),
            Unit::Rank => "rank".to_owned(),
        };
        fact.set(Slot::Unit, Value::Term(unit));
        let dated = reader.date(sentence, date_near(items, at));
        if dated.date.is_none() && quantity.unit == Unit::People {
            // A number of people without a time is of no use to anybody.
        }
        dated.put(&mut fact, Slot::Date);
        let mut evidence = dated.evidence.clone();
        evidence.extend(reader.side_evidence());
        claims.push(reader.claim(fact, rule, sentence, None, evidence, dated.flags));
    }
    claims
}

/// The measure that the number belongs to: nearest before it, else after it.
fn nearest_measure(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<String> {
    let of = |item: &Item| {
        item.meanings.iter().find_map(|m| {
            if let Meaning::Measure(i) = m {
                reader.lexicon.measures.get(*i).cloned()
            } else {
                None
            }
        })
    };
    let before = items
        .get(..at)?
        .iter()
        .rev()
        .take_while(|i| !i.sign(';'))
        .find_map(of);
    before.or_else(|| items.get(at + 1..)?.iter().take(6).find_map(of))
}

/// Whether people counted live somewhere: "2,658 French nationals resided in Peru", "a community of 300 people".
fn community(items: &[Item], at: usize) -> bool {
    let community = |i: &Item| {
        i.is(Class::Resided) || i.meanings.iter().any(|m| matches!(m, Meaning::Measure(_)))
    };
    items.iter().any(community)
        && items
            .get(at + 1..)
            .unwrap_or(&[])
            .iter()
            .take(4)
            .any(|i| i.is(Class::People) || matches!(i.kind, ItemKind::Body(_, true)))
}

/// About whom, in the order that the measure asks for.
fn about(reader: &Reader<'_>, items: &[Item], at: usize, measure: &str) -> Option<Vec<usize>> {
    let mut adjectives = Vec::new();
    let mut named = Vec::new();
    let mut placed = Vec::new();
    let mut genitive = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let body = match item.kind {
            ItemKind::Body(body, adjective) if !reader.is_organisation(body) => {
                if item.genitive {
                    genitive.push((index, body));
                } else if adjective {
                    adjectives.push((index, body));
                } else if item.has_prep(Class::In) || item.has_prep(Class::To) {
                    placed.push((index, body));
                } else {
                    named.push((index, body));
                }
                continue;
            }
            ItemKind::City(city) => reader.state_of_city(city),
            ItemKind::Body(..)
            | ItemKind::Actor(_)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => None,
        };
        placed.extend(body.map(|b| (index, b)));
    }
    let other = |body: usize| reader.other_side(body);
    let near = |list: &[(usize, usize)]| {
        list.iter()
            .min_by_key(|(i, _)| i.abs_diff(at))
            .map(|(_, b)| *b)
    };
    let pair = |first: Option<usize>, second: Option<usize>| match (first, second) {
        (Some(a), Some(b)) if a != b => Some(vec![a, b]),
        (Some(a), _) => other(a).map(|b| vec![a, b]),
        (None, Some(b)) => other(b).map(|a| vec![a, b]),
        (None, None) => None,
    };
    match measure {
        "community" => pair(near(&adjectives), near(&placed).or_else(|| near(&named))),
        "exports" | "investment" | "aid" => pair(
            near(&genitive)
                .or_else(|| near(&adjectives))
                .or_else(|| near(&named)),
            near(&placed),
        ),
        "imports" => pair(
            near(&genitive)
                .or_else(|| near(&adjectives))
                .or_else(|| near(&named)),
            near(&placed),
        ),
        "rank" => {
            // "Peru is France's 93rd partner": the one ranked, then the one in whose list.
            let list = near(&genitive).or_else(|| near(&placed));
            pair(near(&named).filter(|n| Some(*n) != list), list)
        }
        _ => {
            let mut both: Vec<usize> = named
                .iter()
                .chain(&adjectives)
                .chain(&placed)
                .chain(&genitive)
                .map(|(_, b)| *b)
                .collect();
            both.dedup();
            both.retain(|b| reader.is_side(*b));
            both.dedup();
            if both.len() < 2 {
                (reader.sides.len() == 2).then(|| reader.sides.clone())
            } else {
                both.truncate(2);
                Some(both)
            }
        }
    }
}

fn date_near(items: &[Item], at: usize) -> Option<usize> {
    let dated = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let after = (at + 1..items.len())
        .take_while(|&i| {
            items
                .get(i)
                .is_some_and(|x| !x.sign(';') && !matches!(x.kind, ItemKind::Quantity(_)))
        })
        .find(dated);
    let before = (0..at).rev().find(dated);
    after
        .filter(|a| before.is_none_or(|b| a - at <= at - b))
        .or(before)
}
