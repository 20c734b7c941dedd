//! "They met in Lima in June 2011 and again in Quito in May 2012": further meetings of the same persons, with days and towns of their own.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Slot};
use crate::language::{Class, Rule};

/// The meetings that the list behind a meeting's date names.
pub(super) fn again(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    first: &Claim,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut found = Vec::new();
    let Some(mut at) = frame.date.filter(|&d| d > frame.at) else {
        return found;
    };
    while let Some((city, date)) = next(items, at) {
        at = date;
        let dated = reader.date(sentence, Some(date));
        if dated.date.is_none() {
            continue;
        }
        let mut fact = first.fact.clone();
        fact.slots.remove(&Slot::Date);
        if let Some(value) = city.and_then(|c| reader.city_value(c)) {
            fact.set(Slot::Place, value);
        } else {
            fact.slots.remove(&Slot::Place);
        }
        dated.put(&mut fact, Slot::Date);
        let mut evidence = first.evidence.get(1..).unwrap_or(&[]).to_vec();
        evidence.extend(dated.evidence.iter().copied());
        found.push(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags));
    }
    found
}

/// The next town, if any, and date behind the date at `at`: a joint and small words between, and nothing behind that begins a clause.
fn next(items: &[Item], at: usize) -> Option<(Option<usize>, usize)> {
    let joint = items.get(at + 1)?;
    if !(joint.is(Class::And) || joint.is(Class::Again) || joint.sign(',')) {
        return None;
    }
    let small = |x: &Item| {
        matches!(x.kind, ItemKind::Word)
            && [
                Class::And,
                Class::Again,
                Class::In,
                Class::Article,
                Class::Then,
            ]
            .iter()
            .any(|c| x.is(*c))
    };
    let mut city = None;
    let mut i = at + 2;
    while let Some(item) = items.get(i) {
        if matches!(item.kind, ItemKind::Date(_)) {
            break;
        }
        match item.city() {
            Some(found) if city.is_none() => city = Some(found),
            Some(_) => return None,
            None if small(item) => {}
            None => return None,
        }
        i += 1;
    }
    let ends = items.get(i + 1).is_none_or(|x| {
        matches!(x.kind, ItemKind::Sign(_)) && !(x.sign(',') && city.is_none()) || x.is(Class::And)
    });
    (ends && items.get(i).is_some()).then_some((city, i))
}
