//! Whose relations a sentence tells of that names a third state alone, or none: the side, or the two states, that the sentences before it speak of.

use crate::extract::items::{Item, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::language::Class;

/// How many sentences back a side, or two states, were spoken of.
const BACK: usize = 3;

/// "Peru had drawn near to the Arab states. In 1973 it broke with Israel": in a text on two states the one of them that its sentence, or one right
/// before it, speaks of; of both the one that opens it.
pub(super) fn side_spoken_of(reader: &Reader<'_>, index: usize, third: usize) -> Option<usize> {
    let [a, b] = reader.sides.as_slice() else {
        return None;
    };
    if reader.home().is_some() || [a, b].iter().any(|s| reader.same_state(**s, third)) {
        return None;
    }
    let here = reader.sentences.get(index)?;
    let block = (index.saturating_sub(BACK)..=index).rev();
    let block = block.filter_map(|i| reader.sentences.get(i).map(|s| (i, s)));
    let mut block = block.take_while(|(_, s)| s.block == here.block);
    block.find_map(|(i, sentence)| in_sentence(reader, i, sentence))
}

/// The one side that a sentence speaks of; of both the one that opens it.
fn in_sentence(reader: &Reader<'_>, index: usize, sentence: &Sentence<'_>) -> Option<usize> {
    let side = |body: usize| {
        let mut sides = reader.sides.iter().copied();
        sides.find(|s| reader.same_state(*s, body))
    };
    let of = |item: &Item<'_>| {
        let capital = || {
            let city = item.city().filter(|_| !item.has_prep(Class::In))?;
            reader.capital_state(city)
        };
        let named = item.body().or_else(capital).and_then(side);
        named.or_else(|| {
            item.actor()?;
            let mut who = reader.who(index, item).into_iter();
            who.find_map(|w| side(w.of?))
        })
    };
    let named: Vec<(usize, bool)> = sentence
        .items
        .iter()
        .filter_map(|i| Some((of(i)?, i.prep.is_empty() && !i.genitive)))
        .collect();
    let (first, opens) = *named.first()?;
    let alone = named.iter().all(|(side, _)| *side == first);
    // "It broke off relations with Peru": the other of the two did.
    let with = |i: &Item<'_>| i.has_prep(Class::With) && of(i) == Some(first);
    if alone && sentence.items.iter().any(with) {
        return reader.other_side(first);
    }
    (alone || opens).then_some(first)
}

/// "Peru and Mali signed a treaty of peace in 1998. The two had broken off relations in 1990": the only two states that the sentence before names, where
/// one of them at least is none of the text's.
pub(super) fn two_before(reader: &Reader<'_>, index: usize) -> Option<[usize; 2]> {
    let here = reader.sentences.get(index)?;
    let before = reader.sentences.get(index.checked_sub(1)?)?;
    let named = before.items.iter().filter(|i| i.prep.is_empty());
    let joined = before
        .items
        .iter()
        .enumerate()
        .any(|(at, i)| i.named_body().is_some() && i.list != at && i.prep.is_empty());
    let mut named: Vec<usize> = named
        .filter_map(Item::named_body)
        .filter(|b| !reader.is_organisation(*b))
        .collect();
    named.sort_unstable();
    named.dedup();
    let two: [usize; 2] = named.try_into().ok()?;
    let own =
        |b: &usize| reader.home() == Some(*b) || reader.home().is_none() && reader.is_side(*b);
    (before.block == here.block && joined && !two.iter().all(own)).then_some(two)
}

/// "Le Pérou rompit avec le Mali. Il reconnut le Tchad …", "… et qu'il a rétabli ses relations": the state that a pronoun stands for, where it begins the
/// sentence, or one of those before it in a row of sentences that name nobody; in a sheet on a state that state.
pub(super) fn state_before(reader: &Reader<'_>, index: usize, item: &Item<'_>) -> Option<usize> {
    let stands = |item: &Item<'_>| {
        let plain = |a: &&crate::extract::items::Actor| {
            a.name.is_none() && a.office.is_none() && a.body.is_none()
        };
        let actor = item.actor().filter(plain);
        actor.is_some_and(|a| a.stand == Some(Stand::He))
    };
    stands(item).then_some(())?;
    let here = reader.sentences.get(index)?;
    let named = |i: &Item<'_>| {
        let actor = i.actor();
        actor.is_some_and(|a| a.name.is_some() || a.office.is_some())
    };
    let opening = |items: &[Item<'_>]| {
        let first = items.iter().find(|i| i.is_np() && !i.is_date())?;
        let free = first.prep.is_empty() && !first.genitive;
        let state = first.named_body().filter(|_| free);
        state.filter(|s| !reader.is_organisation(*s))
    };
    let at = here.items.iter().position(|i| i.span == item.span)?;
    let before = here.items.get(..at)?;
    if before.iter().any(named) {
        return None;
    }
    let verb = before.iter().any(Item::is_finite);
    if let Some(state) = opening(before).filter(|_| verb) {
        return Some(state);
    }
    let back = (index.saturating_sub(BACK)..index).rev();
    let back = back.filter_map(|i| reader.sentences.get(i));
    for sentence in back.take_while(|s| s.block == here.block) {
        if sentence.items.iter().any(named) {
            return None;
        }
        if let Some(state) = opening(&sentence.items) {
            return Some(state);
        }
        let first = sentence.items.iter().find(|i| i.is_np() && !i.is_date());
        if !first.is_some_and(stands) {
            return None;
        }
    }
    let titled = reader.titled().filter(|t| reader.home() != Some(*t));
    titled.filter(|_| reader.home().is_some())
}
