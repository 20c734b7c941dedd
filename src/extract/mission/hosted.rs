//! Lists of states under a line that names missions and where they are: "Embassies in Kathmandu" and below it "Australia", "Denmark (closed in 2017)";
//! "Non-resident embassies" and "Argentina (New Delhi)".

use super::entries::told;
use super::places::Placed;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Rule};

/// Words that say of missions that they are none yet, or of others than states.
const UNREAL: &[Class] = &[
    Class::Planned,
    Class::Hypothetical,
    Class::Wished,
    Class::Requested,
    Class::Cancelled,
    Class::Not,
];

/// The mission of a state that an item of such a list names.
pub(in crate::extract) fn hosted(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let items = &sentence.items;
    let block = reader.block(sentence)?;
    let sending = items.first()?.named_body()?;
    let listed = block.kind == BlockKind::Item && !reader.is_organisation(sending);
    if !listed || !items.iter().skip(1).all(note) {
        return None;
    }
    let above = reader.above(sentence);
    let unreal = |i: &Item<'_>| UNREAL.iter().any(|c| i.is(*c));
    if above.iter().flat_map(|s| &s.items).any(unreal) {
        return None;
    }
    // The nearest line tells the kind; where they are, it or the title.
    let nearest = above
        .first()
        .and_then(|l| l.items.iter().find_map(Item::mission));
    let np = nearest.filter(|np| np.sending.is_none())?;
    let mut lines = above.iter().copied().chain(reader.titles().take(1));
    let (receiving, city) = lines.find_map(|line| place(reader, line))?;
    // "Argentina (New Delhi)": where the one is that covers it.
    let elsewhere = items.iter().skip(1).find_map(Item::city);
    let kind = items.iter().skip(1).find_map(Item::mission);
    let placed = Placed {
        kind: kind.map_or(np.kind, |np| np.kind),
        sending,
        receiving: Some(receiving),
        city: elsewhere.or(city),
        ..Placed::default()
    };
    if reader.same_state(sending, receiving) {
        return None;
    }
    Some(told(reader, sentence, rule, &placed, 1))
}

/// Where the missions are of which a line speaks: "Embassies in Kathmandu", "Diplomatic missions in Nepal".
fn place(reader: &Reader<'_>, line: &Sentence<'_>) -> Option<(usize, Option<usize>)> {
    let np = line.items.iter().find_map(Item::mission);
    if let Some(np) = np.filter(|np| np.sending.is_none()) {
        let city = np.cities.first().map(|c| c.0);
        let state = city.and_then(|c| reader.state_of_city(c)).or(np.receiving);
        return state.map(|state| (state, city));
    }
    let said = |i: &Item<'_>| i.is(Class::MissionSaid);
    line.items.iter().any(said).then_some(())?;
    let there = line
        .items
        .iter()
        .find(|i| i.has_prep(Class::In) && (i.city().is_some() || i.named_body().is_some()))?;
    match there.city() {
        Some(city) => Some((reader.state_of_city(city)?, Some(city))),
        None => Some((there.named_body()?, None)),
    }
}

/// Whether an item can stand in the note behind the state: a place, a date, a kind of mission, small words.
fn note(item: &Item<'_>) -> bool {
    let small = |i: &Item<'_>| {
        let known = [
            Class::In,
            Class::Since,
            Class::Article,
            Class::Until,
            Class::And,
        ];
        i.kind == ItemKind::Word && known.iter().any(|c| i.is(*c))
    };
    matches!(
        item.kind,
        ItemKind::City(_)
            | ItemKind::Date(_)
            | ItemKind::Mission(_)
            | ItemKind::Sign(_)
            | ItemKind::Trigger(_)
    ) || small(item)
}
