//! Missions that weights find and rules have told otherwise: those of a state that another's covers, and those whose seat or day is another's.

use super::Draft;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Fact, Kind, Slot};
use std::collections::BTreeMap;

/// Takes from drafts the missions of which their sentences tell otherwise.
pub(super) fn drop_told(reader: &Reader<'_>, told: &[&Claim], drafts: &mut Vec<Draft<'_>>) {
    let covering = by_sentence(reader, told, |c| c.rule.ends_with(".covers"));
    drafts.retain(|d| !another_covers(&covering, d));
    let missions = by_sentence(reader, told, |_| true);
    drafts.retain(|d| !seated_elsewhere(reader, &missions, d));
}

/// The missions that rules have told, by sentence.
fn by_sentence<'c>(
    reader: &Reader<'_>,
    told: &[&'c Claim],
    of: impl Fn(&Claim) -> bool,
) -> BTreeMap<usize, Vec<&'c Fact>> {
    let mut found: BTreeMap<usize, Vec<&Fact>> = BTreeMap::new();
    let missions = |c: &&&Claim| c.holds() && c.fact.kind == Kind::Mission && of(c);
    for claim in told.iter().filter(missions) {
        if let Some(index) = reader.sentence_index(claim.statement().start) {
            found.entry(index).or_default().push(&claim.fact);
        }
    }
    found
}

/// "It was raised to an embassy in 1962": whether a draft puts a mission into a city that its sentence does not name, of which the sentence tells that
/// it was opened on that day elsewhere.
fn seated_elsewhere(
    reader: &Reader<'_>,
    missions: &BTreeMap<usize, Vec<&Fact>>,
    draft: &Draft<'_>,
) -> bool {
    let fact = &draft.fact;
    let Some(told) = missions
        .get(&draft.index)
        .filter(|_| fact.kind == Kind::Mission)
    else {
        return false;
    };
    let city = fact.get(Slot::City);
    let same = |t: &Fact, slots: &[Slot]| slots.iter().all(|s| t.get(*s) == fact.get(*s));
    let one = [Slot::Kind, Slot::Sending, Slot::Receiving, Slot::Opened];
    let elsewhere =
        |t: &&Fact| fact.has(Slot::Opened) && t.get(Slot::City) != city && same(t, &one);
    let names = |item: &Item<'_>| {
        let seats = item.mission().map_or(&[][..], |np| np.cities.as_slice());
        let cities = item.city().into_iter().chain(seats.iter().map(|c| c.0));
        cities
            .filter_map(|c| reader.city_value(c))
            .any(|c| Some(&c) == city)
    };
    let sentence = reader.sentences.get(draft.index);
    let named = sentence.is_some_and(|s| s.items.iter().any(names));
    // "The legation, opened in 1951, became an embassy in 1966": the day of the one is not that of the other.
    let place = [Slot::Sending, Slot::Receiving, Slot::City];
    let other = |t: &&Fact| {
        fact.has(Slot::Opened)
            && same(t, &[place.as_slice(), &[Slot::Opened]].concat())
            && t.get(Slot::Kind) != fact.get(Slot::Kind)
    };
    let raised = |t: &&Fact| same(t, &place) && same(t, &[Slot::Kind]) && t.has(Slot::Opened);
    told.iter().any(elsewhere) && !named || told.iter().any(other) && told.iter().any(raised)
}

/// "Peru is covered from the embassy in Quito": whether a draft gives the mission of which its sentence tells that to another state.
fn another_covers(covering: &BTreeMap<usize, Vec<&Fact>>, draft: &Draft<'_>) -> bool {
    let fact = &draft.fact;
    let same = |told: &&&Fact| told.has(Slot::City) && told.get(Slot::City) == fact.get(Slot::City);
    let mut told = covering
        .get(&draft.index)
        .into_iter()
        .flatten()
        .filter(same)
        .peekable();
    fact.kind == Kind::Mission
        && told.peek().is_some()
        && told.all(|t| t.get(Slot::Sending) != fact.get(Slot::Sending))
}
