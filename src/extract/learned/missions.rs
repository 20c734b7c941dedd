//! Missions that weights find and rules have told otherwise: those of a state that another's covers, and those whose seat or day is another's.

use super::Draft;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::extract::told::covers;
use crate::fact::{Claim, Fact, Kind, Slot};
use std::collections::BTreeMap;

/// Takes from drafts the missions of which their sentences tell otherwise.
pub(super) fn drop_told(reader: &Reader<'_>, told: &[&Claim], drafts: &mut Vec<Draft<'_>>) {
    let mut by_sentence: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
    let missions = |c: &&&Claim| c.holds() && c.fact.kind == Kind::Mission;
    for claim in told.iter().filter(missions) {
        if let Some(index) = reader.sentence_index(claim.statement().start) {
            by_sentence.entry(index).or_default().push(claim);
        }
    }
    for draft in drafts.iter_mut().filter(|d| d.fact.kind == Kind::Mission) {
        let told = by_sentence.get(&draft.index);
        if told.is_some_and(|told| day_of_covering(reader, told, &draft.fact)) {
            draft.fact.slots.remove(&Slot::Opened);
            draft.fact.slots.remove(&Slot::Closed);
        }
    }
    drafts.retain(|draft| {
        let told = by_sentence.get(&draft.index);
        let told = told.filter(|_| draft.fact.kind == Kind::Mission);
        told.is_none_or(|told| {
            !another_covers(told, &draft.fact)
                && !seated_elsewhere(reader, told, draft)
                && !of_another_kind(told, &draft.fact)
        })
    });
}

/// Whether two facts agree in some slots.
fn agree(a: &Fact, b: &Fact, slots: &[Slot]) -> bool {
    slots.iter().all(|s| a.get(*s) == b.get(*s))
}

/// "Peru is covered from the embassy in Quito": whether a draft gives the mission of which its sentence tells that to another state.
fn another_covers(told: &[&Claim], fact: &Fact) -> bool {
    let there =
        |c: &&&Claim| covers(c) && c.fact.has(Slot::City) && agree(&c.fact, fact, &[Slot::City]);
    let mut told = told.iter().filter(there).peekable();
    told.peek().is_some() && told.all(|c| !agree(&c.fact, fact, &[Slot::Sending]))
}

/// "Since 1991 Mali has been covered by the Peruvian embassy in Dakar": whether the days of a draft are those since when its mission covers another
/// state than its own.
fn day_of_covering(reader: &Reader<'_>, told: &[&Claim], fact: &Fact) -> bool {
    let one = [Slot::Sending, Slot::City, Slot::Opened, Slot::Closed];
    let mut told = told
        .iter()
        .filter(|c| covers(c) && agree(&c.fact, fact, &one));
    let seat = reader.city_in(fact, Slot::City);
    let there = seat.and_then(|city| reader.state_of_city(city));
    (fact.has(Slot::Opened) || fact.has(Slot::Closed))
        && there.is_some()
        && reader.body_in(fact, Slot::Receiving) == there
        && told.any(|c| !agree(&c.fact, fact, &[Slot::Receiving]))
}

/// "It was raised to an embassy in 1962": whether a draft puts a mission into a city that its sentence does not name, of which the sentence tells that
/// it was opened on that day elsewhere.
fn seated_elsewhere(reader: &Reader<'_>, told: &[&Claim], draft: &Draft<'_>) -> bool {
    let fact = &draft.fact;
    let one = [Slot::Kind, Slot::Sending, Slot::Receiving, Slot::Opened];
    let elsewhere = |c: &&Claim| agree(&c.fact, fact, &one) && !agree(&c.fact, fact, &[Slot::City]);
    let names = |item: &Item<'_>| {
        let seats = item.mission().map_or(&[][..], |np| np.cities.as_slice());
        let mut cities = item.city().into_iter().chain(seats.iter().map(|c| c.0));
        cities.any(|c| reader.city_value(c).as_ref() == fact.get(Slot::City))
    };
    let sentence = reader.sentences.get(draft.index);
    fact.has(Slot::Opened)
        && told.iter().any(elsewhere)
        && !sentence.is_some_and(|s| s.items.iter().any(names))
}

/// "The legation, opened in 1951, became an embassy in 1966": whether the day of a draft is that of a mission of another kind there, and the sentence
/// tells when its own was opened.
fn of_another_kind(told: &[&Claim], fact: &Fact) -> bool {
    let place = [Slot::Sending, Slot::Receiving, Slot::City];
    let mut there = told.iter().filter(|c| agree(&c.fact, fact, &place));
    let kind = |c: &Claim| agree(&c.fact, fact, &[Slot::Kind]);
    let other = |c: &&&Claim| agree(&c.fact, fact, &[Slot::Opened]) && !kind(c);
    fact.has(Slot::Opened)
        && there.clone().any(|c| other(&c))
        && there.any(|c| kind(c) && c.fact.has(Slot::Opened))
}
