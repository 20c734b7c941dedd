//! Lists of states under a line that names missions and where they are: "Embassies in Kathmandu" and below it "Australia", "Denmark (closed in 2017)";
//! "Non-resident embassies" and "Argentina (New Delhi)"; "Honorary consulates: Peru, Chile", "Pokhara: Norway (consulate, since 1998)", "From Delhi: Peru".

use super::entries::{lives, told};
use super::heirs::lists;
use super::life::periods;
use super::places::Placed;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, MissionNp};
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
    if above.iter().flat_map(|s| &s.items).any(unreal) {
        return None;
    }
    // The nearest line tells the kind; where they are, it or the title.
    let nearest = above
        .first()
        .and_then(|l| l.items.iter().find_map(Item::mission));
    let np = nearest.filter(|np| np.sending.is_none())?;
    let (receiving, city) = host(reader, sentence)?;
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

/// What a line tells that names, before a colon, a kind of mission, a city of the state whose missions the title announces, or one from which they cover
/// it; behind the colon stand the states that send.
pub(in crate::extract) fn senders(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let keyed = reader.keyed(sentence);
    let whole = keyed.as_ref().map_or(sentence, |(whole, _)| whole);
    let items = &whole.items;
    let colon = items.iter().position(|i| i.sign(':'))?;
    let (lead, rest) = items.split_at(colon);
    let [lead] = lead else { return None };
    let (receiving, there) = host(reader, sentence)?;
    let kind_above = || {
        let above = reader.above(sentence);
        let mut named = above
            .iter()
            .flat_map(|l| &l.items)
            .filter_map(Item::mission);
        named.next().map(|np| np.kind)
    };
    let city = lead.city();
    let elsewhere = city.filter(|c| reader.state_of_city(*c) != Some(receiving));
    let bare = |np: &&MissionNp| np.sending.is_none() && np.cities.is_empty();
    let (kind, city) = match (lead.mission().filter(bare), city) {
        (Some(np), _) => (Some(np.kind), there),
        (None, Some(city)) if elsewhere.is_none() => (None, Some(city)),
        (None, Some(city)) if lead.has_prep(Class::From) || lead.has_prep(Class::Since) => {
            (reader.lexicon.mission("embassy"), Some(city))
        }
        _ => return None,
    };
    let listed = |i: &Item<'_>| note(i) || matches!(i.kind, ItemKind::Body(..)) || unreal(i);
    if !rest.iter().all(listed) {
        return None;
    }
    let states: Vec<usize> = (colon..items.len())
        .filter(|&at| items.get(at).is_some_and(|i| i.named_body().is_some()))
        .collect();
    let mut claims = Vec::new();
    for (nth, &at) in states.iter().enumerate() {
        let until = states.get(nth + 1).copied().unwrap_or(items.len());
        let own = items.get(at..until).unwrap_or(&[]);
        let sending = own.first().and_then(Item::named_body)?;
        let said = own.iter().find_map(Item::mission).map(|np| np.kind);
        let kind = said.or(kind).or_else(kind_above);
        if own.iter().any(unreal) || reader.same_state(sending, receiving) {
            continue;
        }
        let placed = Placed {
            kind: kind?,
            sending,
            receiving: Some(receiving),
            city,
            ..Placed::default()
        };
        let evidence = reader.heading_evidence(sentence);
        let life = periods(reader, whole, (at + 1, until));
        let claim = |fact| reader.claim(fact, rule, sentence, None, evidence.clone(), Vec::new());
        claims.extend(lives(reader, &placed, life).into_iter().map(claim));
    }
    Some(claims).filter(|c| !c.is_empty())
}

/// Whether a word says of a mission that it is none yet.
pub(super) fn unreal(item: &Item<'_>) -> bool {
    UNREAL.iter().any(|c| item.is(*c))
}

/// Where the missions are that the lines above a sentence, or the title, announce.
pub(super) fn host(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<(usize, Option<usize>)> {
    let above = reader.above(sentence);
    let mut lines = above.into_iter().chain(reader.titles().take(1));
    lines.find_map(|line| place(reader, line))
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
    let said = line.items.iter().any(said) || lists(reader, &line.items, Class::Missions);
    said.then_some(())?;
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
