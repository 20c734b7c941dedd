//! Where a holder resides by the words of the sentence that names him, or of the next: "X, who resides in Lima", "He is resident in Oslo".

use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::Reader;
use crate::fact::{Fact, Slot};
use crate::language::{Class, Lang};

/// Whether a word says that somebody resides somewhere: "in post", "is resident".
fn resides(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let mut rules = item.rules(reader.lexicon);
    item.is(Class::PostPlaced) || rules.any(|r| r.id.ends_with(".resides"))
}

/// Whether words for residing stand right before a city.
pub(super) fn resident(reader: &Reader<'_>, items: &[Item<'_>], city: usize) -> bool {
    let placed = |at: usize| {
        let before = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
        before.iter().any(|i| resides(reader, i))
    };
    (0..items.len()).any(|at| {
        let there = items.get(at).and_then(Item::city) == Some(city);
        there && placed(at)
    })
}

/// How many items behind a holder it may be said where he resides, and behind that in which city.
const RESIDES: [usize; 2] = [6, 3];

/// How many items of a sentence about a holder may stand before the words for residing.
const LEAD: usize = 4;

/// How many items behind those words the city may stand.
const CITY: usize = 3;

/// The city in which the words right behind a holder say that he resides; nobody else is named between.
pub(super) fn residence(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let [near, city] = RESIDES;
    let behind = items.get(at + 1..)?;
    let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    let placed = |i: &Item<'_>| resides(reader, i) || i.is(Class::Resided);
    let own = behind.iter().take(near).take_while(|i| !named(i));
    let placed = own.clone().position(placed)?;
    let told = behind.get(placed..)?.iter().take(city + 1);
    told.take_while(|i| !named(i)).find_map(Item::city)
}

/// Whether an item names somebody else than the holder at another, whom a semicolon parts from him, or who has an office of another state behind his:
/// "A, ambassador of B, and C, ambassador of D, who resides in E".
pub(super) fn apart(items: &[Item<'_>], at: usize, other: usize) -> bool {
    let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    let between = items.get(at.min(other)..at.max(other)).unwrap_or(&[]);
    let parted = between.iter().any(|i| i.sign(';'));
    let each = at < other && own_state(items, at).is_some() && {
        let theirs = own_state(items, other);
        theirs.is_some() && theirs != own_state(items, at)
    };
    items.get(other).is_some_and(named) && (parted || each)
}

/// The state of the office that stands with a name, or right beside it.
fn own_state(items: &[Item<'_>], at: usize) -> Option<usize> {
    let office = |i: usize| items.get(i)?.actor()?.office.as_ref()?.of;
    let unnamed = |i: usize| {
        let actor = items.get(i).and_then(Item::actor);
        actor.is_some_and(|a| a.name.is_none())
    };
    let comma = |i: usize| items.get(i).is_some_and(|x| x.sign(','));
    let behind = || office(at + 2).filter(|_| comma(at + 1) && unnamed(at + 2));
    let before = || {
        let title = |i: &usize| {
            items
                .get(*i)
                .is_some_and(|x| x.is(Class::Honorific) || x.sign('.'))
        };
        let near = (at.saturating_sub(4)..at).rev().find(|i| !title(i))?;
        let led = near.checked_sub(1).filter(|_| comma(near))?;
        office(led).filter(|_| unnamed(led))
    };
    office(at).or_else(before).or_else(behind)
}

/// "The ambassador of Peru, X, arrived in May. He resides in Oslo": the city in which the sentence behind one that names a holder says that he resides.
pub(super) fn tells_next(reader: &Reader<'_>, index: usize, fact: &Fact) -> Option<usize> {
    let (here, next) = (
        reader.sentences.get(index)?,
        reader.sentences.get(index + 1)?,
    );
    let items = &next.items;
    let first = items
        .iter()
        .position(|i| !matches!(i.kind, ItemKind::Sign(_)))?;
    let item = items.get(first)?;
    let person = fact.get(Slot::Person)?;
    let value = |at: usize| reader.person_value(at);
    let he = item.actor().is_some_and(|a| a.stand == Some(Stand::He));
    let led = items
        .get(first..)?
        .iter()
        .take(LEAD)
        .position(|i| resides(reader, i))?;
    let meant = if he {
        let (who, _) = reader.last_person(index + 1, item.span)?;
        value(who).as_ref() == Some(person)
    } else {
        // "Reside en Roma": who is spoken of is not named again.
        let heads = here
            .items
            .iter()
            .filter(|i| reader.heads_mission(i))
            .count();
        led == 0 && reader.lexicon.lang == Lang::Es && heads == 1
    };
    (meant && here.block == next.block).then_some(())?;
    let words = items.get(first..)?;
    let denied = words
        .iter()
        .any(|i| i.is(Class::Not) || i.is(Class::Planned));
    let behind = words.get(led..)?.iter().take(CITY + 1);
    let city = behind
        .filter(|i| i.has_prep(Class::In) || i.city().is_some())
        .find_map(Item::city)?;
    let state = reader.state_of_city(city)?;
    let third = reader.body_in(fact, Slot::Sending) != Some(state);
    (third && !denied).then_some(city)
}
