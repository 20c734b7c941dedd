//! "first from Lima, then, from 2004, from its embassy in Quito", "from Lima and, since 2004, from Quito": the next seat from which a state is covered, behind the one told of.

use super::places::Placed;
use super::seat;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, Rule};

/// How many items may stand between one seat and the next.
const REACH: usize = 12;

/// Claims of the seats that follow those of which a sentence has told.
pub(in crate::extract) fn further(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    if !items.iter().any(|i| i.is(Class::Then) || i.is(Class::And)) {
        return Vec::new();
    }
    let here = earlier.here(Kind::Mission, sentence.span);
    let told: Vec<&Claim> = here.filter(|c| covers(c) && c.holds()).collect();
    let mut claims = Vec::new();
    for claim in &told {
        let seat = |i: &Item<'_>| {
            let city = city(reader, i).and_then(|(city, _)| reader.city_value(city));
            city.is_some() && city.as_ref() == claim.fact.get(Slot::City)
        };
        let Some(at) = items.iter().position(seat) else {
            continue;
        };
        let Some((next, date)) = following(reader, items, at) else {
            continue;
        };
        let Some((city, kind)) = items.get(next).and_then(|i| city(reader, i)) else {
            continue;
        };
        let body = |slot: Slot| {
            let body = claim.fact.body(slot)?;
            reader.gazetteer.body_index(&body.key)
        };
        let (Some(sending), Some(receiving)) = (body(Slot::Sending), body(Slot::Receiving)) else {
            continue;
        };
        let told = told.iter().any(|c| {
            c.fact.get(Slot::City) == reader.city_value(city).as_ref()
                && c.fact.get(Slot::Receiving) == claim.fact.get(Slot::Receiving)
        });
        let same = reader.lexicon.mission(&claim.fact.text(Slot::Kind));
        let Some(kind) = kind.or(same).filter(|_| !told) else {
            continue;
        };
        let placed = Placed {
            kind,
            sending,
            receiving: Some(receiving),
            city: Some(city),
            ..Placed::default()
        };
        let dated = reader.date(sentence, date);
        let further = claim.evidence.iter().copied().skip(1);
        claims.push(seat::told(
            reader, sentence, rule, &placed, dated, false, further,
        ));
    }
    claims
}

/// The city of a seat, and the kind of mission where the words name it.
fn city(reader: &Reader<'_>, item: &Item<'_>) -> Option<(usize, Option<usize>)> {
    if let Some(np) = item.mission() {
        return Some((seat::of_mission(reader, np)?, Some(np.kind)));
    }
    if let Some(office) = item.actor().and_then(|a| a.office.as_ref()) {
        return Some((office.city?, super::covers::headed_by(reader, office)));
    }
    Some((item.city()?, None))
}

/// The next seat behind a word for "then", with its own date.
fn following(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    seat: usize,
) -> Option<(usize, Option<usize>)> {
    let (mut then, mut and) = (false, false);
    let mut date = None;
    for at in seat + 1..items.len().min(seat + 1 + REACH) {
        let item = items.get(at)?;
        if city(reader, item).is_some() {
            let behind = || {
                let next = (at + 1..at + 4).find(|&i| items.get(i).is_some_and(Item::is_date))?;
                let between = items.get(at + 1..next)?;
                let small = |i: &Item<'_>| matches!(i.kind, ItemKind::Word) && !i.is(Class::And);
                between
                    .iter()
                    .all(|i| small(i) || i.sign(','))
                    .then_some(next)
            };
            // "from Lima and, since 1990, from Quito": a day of its own stands for the word.
            let next = items.get(at + 1);
            let ends = next.is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)) || i.is_date());
            let joined = and && date.is_some() && ends;
            return (then || joined).then(|| (at, date.or_else(behind)));
        }
        then |= item.is(Class::Then);
        and |= item.is(Class::And);
        let small = item.is_date() || item.sign(',') || matches!(item.kind, ItemKind::Word);
        if !small || item.is_finite() || item.is(Class::Relative) {
            return None;
        }
        if (then || and) && item.is_date() {
            date = Some(at);
        }
    }
    None
}
