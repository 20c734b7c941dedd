//! "came to Lima in May, after Quito and Bogotá": where the visitor of a visit had been right before.

use super::places::{Goal, place};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Day, Edtf, Kind, Slot, Value};
use crate::language::Class;

/// The stages before each of these visits that stand behind it in the sentence: of each no more than the year is told.
pub(super) fn earlier(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    at: usize,
    claims: &[Claim],
) -> Vec<Claim> {
    let told = |c: &&Claim| c.fact.kind == Kind::Visit && c.holds() && c.fact.has(Slot::Visitor);
    let Some(last) = claims.iter().rfind(told) else {
        return Vec::new();
    };
    let same = |c: &&Claim| c.fact.get(Slot::To) == last.fact.get(Slot::To);
    let goals = stages(reader, &sentence.items, at);
    let visits = claims.iter().filter(told).filter(same);
    visits
        .flat_map(|visit| goals.iter().filter_map(|g| stage(reader, visit, *g)))
        .collect()
}

/// The visit as one of an earlier stage.
fn stage(reader: &Reader<'_>, visit: &Claim, goal: Goal) -> Option<Claim> {
    let is = |slot: Slot| {
        reader
            .body_in(&visit.fact, slot)
            .is_some_and(|b| reader.same_state(b, goal.to))
    };
    if is(Slot::From) || is(Slot::To) || reader.is_organisation(goal.to) {
        return None;
    }
    let mut claim = visit.clone();
    let year = visit.fact.date(Slot::Start)?.start?.year;
    for slot in [Slot::City, Slot::End] {
        claim.fact.slots.remove(&slot);
    }
    let year = Day {
        year,
        month: None,
        day: None,
    };
    claim.fact.set(Slot::Start, Value::Date(Edtf::on(year)));
    claim.fact.set(Slot::To, reader.body_value(goal.to)?);
    if let Some(city) = goal.city {
        claim.fact.set(Slot::City, reader.city_value(city)?);
    }
    claim.fact.set(Slot::Kind, Value::Term("other".to_owned()));
    // It is a stage of a journey, whose day no other date of the sentence is.
    claim.rule = format!("{}.visit.legs", reader.doc.lang.tag());
    Some(claim)
}

/// The places behind a word for "after" that follows a place or a date, where nothing but them stands before the next sign.
fn stages(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<Goal> {
    let stands = |i: usize| {
        let before = items.get(..i).unwrap_or(&[]).iter().rev();
        let mut before = before.skip_while(|x| x.sign(','));
        before
            .next()
            .is_some_and(|x| x.is_date() || place(reader, x).is_some())
    };
    let after = (at + 1..items.len()).find(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| x.is(Class::DateAfter) && matches!(x.kind, ItemKind::Word))
            && stands(i)
    });
    let Some(after) = after else {
        return Vec::new();
    };
    let mut goals = Vec::new();
    let mut next = after + 1;
    while let Some(item) = items.get(next) {
        let small = [Class::Article, Class::And, Class::In, Class::To, Class::Of];
        if let Some(goal) = place(reader, item) {
            goals.push(goal);
        } else if !(item.sign(',')
            || matches!(item.kind, ItemKind::Word) && small.iter().any(|c| item.is(*c)))
        {
            break;
        }
        next += 1;
    }
    let signs = ['.', ';', ')', ':', '—', '–'];
    let closed = items
        .get(next)
        .is_none_or(|i| signs.iter().any(|c| i.sign(*c)));
    if closed { goals } else { Vec::new() }
}
