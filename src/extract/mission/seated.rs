//! Seats that stand apart from the noun of their mission: "a legation was opened in Oslo".

use super::places::Placed;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::language::{Class, Rule};
use crate::text::Span;

/// "a legation was opened in Oslo", "the embassy of Peru is located in Oslo", "Oslo had a consulate": the seat stands apart from the noun.
pub(super) fn seated(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    np: &mut MissionNp,
) {
    let items = &sentence.items;
    if !np.cities.is_empty() {
        return;
    }
    let fits = |city: usize| {
        let state = reader.state_of_city(city);
        np.receiving.is_none_or(|r| state == Some(r))
            && (np.sending.is_none() || state != np.sending)
    };
    let placed = |i: &usize| {
        let item = items.get(*i)?;
        item.city()
            .filter(|c| item.has_prep(Class::In) && fits(*c))
            .map(|c| (c, item.span, item.list))
    };
    // "Embassies were opened in both capitals": in that of each, the other's.
    let (start, end) = frame.clause;
    let clause = items.get(start..end).unwrap_or(&[]);
    if np.sending.is_none()
        && np.receiving.is_none()
        && let Some(item) = clause.iter().find(|i| i.is(Class::BothCapitals))
    {
        let sides = reader.both_here();
        let two = sides.len() == 2;
        let sides = sides.into_iter().filter(|_| two);
        let capitals = sides.filter_map(|side| reader.capital_of(side));
        np.cities
            .extend(capitals.map(|city| (city, item.span, false)));
        return;
    }
    let mut phrases = frame.phrases.iter().filter_map(placed);
    if let Some((city, span, list)) = phrases.next() {
        np.cities.push((city, span, false));
        let rest = phrases.filter(|(_, _, other)| *other == list);
        np.cities
            .extend(rest.map(|(city, span, _)| (city, span, false)));
        return;
    }
    if rule.set.get("seat").is_some_and(|s| s == "subject") {
        let subject = frame.subject.iter().filter_map(|&i| items.get(i));
        let city = subject
            .filter_map(|i| Some((i.city()?, i.span)))
            .find(|(c, _)| np.sending.is_some() && fits(*c));
        np.cities.extend(city.map(|(c, span)| (c, span, false)));
    }
}

/// "Peru opened in Kobe a consulate": the city of one of the sides right before the noun.
pub(super) fn city_right_before(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
) -> Option<(usize, Span, bool)> {
    let small = |i: &&Item<'_>| i.is(Class::Article) || i.is(Class::Indefinite);
    let mut before = items.get(..at)?.iter().rev().skip_while(small);
    let item = before.next().filter(|i| i.has_prep(Class::In))?;
    let city = item.city()?;
    let side = reader
        .state_of_city(city)
        .is_some_and(|s| reader.is_side(s));
    side.then_some((city, item.span, false))
}

/// "An embassy of Peru was opened in Tokyo": the city that stands behind the verb, in the receiving state.
pub(super) fn city_behind(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    placed: &Placed,
) -> Option<usize> {
    let after = items.get(frame.at + 1..frame.clause.1)?;
    after
        .iter()
        .filter(|i| i.has_prep(Class::In))
        .find_map(Item::city)
        .filter(|c| placed.receiving.is_some() && reader.state_of_city(*c) == placed.receiving)
}
