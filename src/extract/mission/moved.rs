//! "The embassy moved from Rio de Janeiro to Brasília in 1972": a mission closes in one city and opens in another.

use super::places::{Placed, base, places};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, Rule};

/// A mission that moves, as its phrase tells of it.
pub(super) struct Moving<'a> {
    /// Index of the item that names it.
    pub(super) index: usize,
    pub(super) np: &'a MissionNp,
    /// Whose it is, where the phrase does not say.
    pub(super) owner: Option<usize>,
    pub(super) dated: &'a Dated,
}

/// What a rule of moving tells of the old seat and the new.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    moving: &Moving<'_>,
) -> Vec<Claim> {
    let items = &sentence.items;
    // "moved its embassy's accounts to Geneva"
    if items.get(moving.index).is_some_and(|i| i.genitive) {
        return Vec::new();
    }
    let city_from = |class: Class| {
        (frame.at..items.len())
            .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
            .find_map(|i| {
                let item = items.get(i)?;
                item.city().filter(|_| item.has_prep(class))
            })
    };
    // The preposition may be part of the verb ("moved to").
    let next = items
        .get(frame.at + 1)
        .filter(|i| i.prep.is_empty())
        .and_then(Item::city);
    if rule.set.contains_key("left") {
        let to = city_from(Class::For).or_else(|| city_from(Class::To));
        return left(reader, sentence, rule, frame, moving, (next, to));
    }
    let to = next.or_else(|| city_from(Class::To));
    let to = to.or_else(|| city_from(Class::In));
    let Some(to) = to.or_else(|| to_capital(reader, items, frame, moving)) else {
        return Vec::new();
    };
    // "The embassy moved from Bergen to Oslo": of neither state more is said than where it goes.
    let mut np = moving.np.clone();
    let there = reader.state_of_city(to).filter(|s| Some(*s) != np.sending);
    let open = np.receiving.is_none() && np.cities.is_empty();
    np.receiving = np.receiving.or(there.filter(|_| open && reader.paired));
    let further = further(items, frame);
    let mut claims = Vec::new();
    for old in places(reader, items, moving.index, &np, moving.owner) {
        // "est transférée de Bergen à Oslo": the old seat as well as the new stands behind the verb.
        let of = || {
            let mut behind = items
                .iter()
                .skip(frame.at + 1)
                .take_while(|x| x.city() != Some(to));
            behind.find_map(|x| x.city().filter(|_| x.has_prep(Class::Of)))
        };
        let from = old.city.filter(|city| *city != to);
        let from = from.or_else(|| city_from(Class::From)).or_else(of);
        if from == Some(to) || from.is_none() && old.city == Some(to) {
            continue;
        }
        let new = Placed {
            city: Some(to),
            ..old
        };
        let mut told = |placed: &Placed, slot: Slot, dated: &Dated| {
            let mut fact = base(reader, placed);
            dated.put(&mut fact, slot);
            let mut evidence = reader.side_evidence();
            evidence.extend(dated.evidence.iter().copied());
            let flags = dated.flags.clone();
            claims.push(reader.claim(fact, rule, sentence, Some(frame), evidence, flags));
        };
        told(&new, Slot::Opened, moving.dated);
        if from.is_some() {
            let old = Placed { city: from, ..old };
            told(&old, Slot::Closed, moving.dated);
        }
        if let Some((city, date)) = further {
            let dated = reader.date(sentence, Some(date));
            let next = Placed {
                city: Some(city),
                ..new
            };
            told(&new, Slot::Closed, &dated);
            told(&next, Slot::Opened, &dated);
        }
    }
    claims
}

/// "moved to the capital in 2008": the capital of the state in which it stands.
fn to_capital(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    moving: &Moving<'_>,
) -> Option<usize> {
    let behind = items.get(frame.at + 1..frame.clause.1)?.iter();
    let mut own = behind.take_while(|i| !i.is_date() && !i.sign(','));
    own.find(|i| i.is(Class::Capital))?;
    let np = moving.np;
    let of_seat = || reader.state_of_city(np.cities.first()?.0);
    reader.capital_of(np.receiving.or_else(of_seat)?)
}

/// "The legation left Rio de Janeiro for Petrópolis in 1894", "the embassy left Tripoli in 2014": closed in the one city, open in the other where one
/// is named.
fn left(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    moving: &Moving<'_>,
    (from, to): (Option<usize>, Option<usize>),
) -> Vec<Claim> {
    // "He left Tripoli in 2014": a pronoun may mean somebody.
    let named = sentence.items.get(moving.index).and_then(Item::mission);
    let Some(from) = from.filter(|_| frame.date.is_some() && named.is_some()) else {
        return Vec::new();
    };
    let there = reader.state_of_city(from);
    let mut np = moving.np.clone();
    np.cities.clear();
    np.receiving = np.receiving.or(there);
    let mut claims = Vec::new();
    for placed in places(reader, &sentence.items, moving.index, &np, moving.owner) {
        if placed.receiving != there || there == Some(placed.sending) {
            continue;
        }
        for (city, slot) in [(Some(from), Slot::Closed), (to, Slot::Opened)] {
            let Some(city) = city else { continue };
            let mut fact = base(
                reader,
                &Placed {
                    city: Some(city),
                    ..placed
                },
            );
            moving.dated.put(&mut fact, slot);
            let mut evidence = reader.side_evidence();
            evidence.extend(moving.dated.evidence.iter().copied());
            let flags = moving.dated.flags.clone();
            claims.push(reader.claim(fact, rule, sentence, Some(frame), evidence, flags));
        }
    }
    claims
}

/// How many items stand between the day of a move and that of the next.
const NEXT: usize = 7;

/// "moved to A in 1970 and back to B in 1976": the city to which it moves next, and its date.
fn further(items: &[Item<'_>], frame: &Frame) -> Option<(usize, usize)> {
    let first = frame.date.filter(|d| *d > frame.at)?;
    let joint = items.get(first + 1)?;
    (joint.is(Class::And) || joint.sign(',') || joint.is(Class::Then)).then_some(())?;
    let mut behind =
        (first + 2..items.len().min(first + NEXT)).filter_map(|i| Some((i, items.get(i)?)));
    let (at, city) = behind.find(|(_, i)| i.is_np() || i.is_finite())?;
    let city = city.city().filter(|_| city.has_prep(Class::To))?;
    let (date, _) = (at + 1..items.len().min(at + 3))
        .filter_map(|i| Some((i, items.get(i)?)))
        .find(|(_, i)| i.is_date())?;
    Some((city, date))
}

/// "The consulate in A moved to B in 1988 and was closed in 1991": the city in which what a sentence says has moved goes on.
pub(super) fn new_seat(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    earlier: &Told,
    (kind, sending): (usize, Option<usize>),
) -> Option<usize> {
    let moved = |c: &Claim| {
        let same = reader.lexicon.mission(&c.fact.text(Slot::Kind)) == Some(kind);
        let whose = sending.is_none() || reader.body_in(&c.fact, Slot::Sending) == sending;
        c.rule.ends_with(".moved") && c.fact.has(Slot::Opened) && c.holds() && same && whose
    };
    let mut here = earlier.here(Kind::Mission, sentence.span);
    here.find(|c| moved(c))
        .and_then(|c| reader.city_in(&c.fact, Slot::City))
}
