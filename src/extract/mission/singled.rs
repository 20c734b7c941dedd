//! The one city of a list that a verb is said of: "consulates in A and B (opened in 1990)", "in A, B and C, the last of which was closed".

use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp};
use crate::language::Class;

/// How many items back from a word in brackets they may open.
const BRACKET: usize = 8;

/// The city right before the brackets in which an item stands.
pub(in crate::extract) fn city_before(items: &[Item], at: usize) -> Option<usize> {
    let before = items.get(at.saturating_sub(BRACKET)..at)?;
    let open = before.iter().rposition(|i| i.sign('(') || i.sign(')'))?;
    before.get(open).filter(|i| i.sign('('))?;
    let named = before.get(open.checked_sub(1)?)?;
    let last = named.mission().and_then(|np| np.cities.last());
    named.city().or_else(|| last.map(|c| c.0))
}

/// "consulates in A, B and C, the last of which was closed": the city that words before a verb single out.
fn last_of(items: &[Item], frame: &Frame) -> Option<usize> {
    // "in A, B and C, the last opened in 2014", "ce dernier ouvert en 2014"
    let helper = |i: &Item| i.is(Class::Be) || i.is(Class::Have);
    let subject = items.get(..frame.at)?.iter().rposition(|i| !helper(i))?;
    let latter = |i: &Item| i.is(Class::Latter) || i.is(Class::Last);
    if items.get(subject).is_some_and(latter) {
        let before = items.get(..subject)?;
        let joint =
            |i: &Item| i.is(Class::Article) || i.sign(',') || i.sign(';') || i.is(Class::And);
        let np = before.iter().rev().find(|i| !joint(i))?;
        let last = np.mission().and_then(|np| np.cities.last());
        return np.city().or_else(|| last.map(|c| c.0));
    }
    let relative = (frame.at.saturating_sub(4)..frame.at)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Relative)))?;
    let words = items.get(relative.saturating_sub(3)..relative)?;
    let last = words.iter().position(|x| x.is(Class::Last))?;
    let before = items.get(..relative.saturating_sub(words.len() - last))?;
    before.iter().rev().find_map(Item::city).or_else(|| {
        let np = before.iter().rev().find_map(Item::mission)?;
        np.cities.last().map(|c| c.0)
    })
}

/// The city that a verb is said of.
pub(super) fn singled_out(items: &[Item], frame: &Frame) -> Option<usize> {
    city_before(items, frame.at).or_else(|| last_of(items, frame))
}

/// Of missions, the one that stands in a city; where none of them does, the one before the verb that does, else the nearest before it.
pub(super) fn standing_in(
    items: &[Item],
    frame: &Frame,
    city: usize,
    mut missions: Vec<usize>,
) -> Vec<usize> {
    let mission = |i: &usize| items.get(*i).and_then(Item::mission);
    let there = |i: &usize| mission(i).is_some_and(|np| np.cities.iter().any(|c| c.0 == city));
    let named = missions.iter().copied().find(there);
    let mut before = (0..frame.at).rev();
    if let Some(named) = named.or_else(|| before.clone().find(there)) {
        return vec![named];
    }
    missions.extend(before.find(|i| mission(i).is_some()));
    missions.retain(|&i| i < frame.at);
    missions
}

/// A mission in a city that the text names before an item, and in no other.
pub(super) fn with_seat(items: &[Item], at: usize, city: usize, np: &MissionNp) -> MissionNp {
    let seat = |i: &Item| {
        let seats = i.mission().map_or(&[][..], |np| np.cities.as_slice());
        let own = i.city().map(|found| (found, i.span, false));
        seats.iter().copied().chain(own).find(|c| c.0 == city)
    };
    let before = items.get(..at).unwrap_or(&[]);
    MissionNp {
        cities: before.iter().rev().find_map(seat).into_iter().collect(),
        ..np.clone()
    }
}
