//! A word that stands for a state ("it", "the country", "elle"), or for two ("both") → the state that the text spoke of last, or the two sides.

use super::state;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::language::Class;

/// The subject right before the item `at`, if it is a word that stands for a state.
fn pointer(items: &[Item<'_>], at: usize) -> Option<usize> {
    let adverb = |i: &Item| {
        i.is(Class::Have)
            || i.is(Class::Be)
            || i.is(Class::Temporal)
            || i.is(Class::Likewise)
            || matches!(i.kind, ItemKind::Date(_))
            || i.kind == ItemKind::Word && i.meanings.is_empty() && i.folded != "it"
    };
    // "Elle reste membre": the verb of which the noun is said.
    let verb = at.checked_sub(1).filter(|&i| {
        let noun = items.get(at).is_some_and(|x| x.verb.is_none());
        noun && items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Trigger(_)) && x.verb.is_some())
    });
    let word = (0..verb.unwrap_or(at))
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| !adverb(x)))?;
    let stands = |i: &Item| {
        i.folded == "it"
            || i.kind == ItemKind::Word && i.is(Class::TheState)
            || i.actor().is_some_and(|a| {
                a.name.is_none() && a.office.is_none() && a.stand == Some(Stand::He)
            })
    };
    items.get(word).is_some_and(stands).then_some(word)
}

/// "A and B recognised it, and in 1966 it was admitted to": whether the subject before the item `at` stands for a state of which the clause before
/// tells what others did.
pub(super) fn acted_upon(items: &[Item<'_>], at: usize) -> bool {
    let before = pointer(items, at).and_then(|word| items.get(..word));
    before.is_some_and(|b| b.iter().any(Item::is_finite) && b.iter().any(|i| i.is(Class::And)))
}

/// The state that the subject before the item `at` stands for, if it is such a word.
pub(super) fn pointed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    at: usize,
) -> Option<usize> {
    let items = &sentence.items;
    let word = pointer(items, at)?;
    let before = items.get(..word)?;
    if before.iter().any(|i| state(reader, i).is_some()) {
        return last_subject(reader, before);
    }
    let earlier = index.checked_sub(1).and_then(|i| reader.sentences.get(i));
    let earlier = earlier.filter(|s| s.block == sentence.block);
    // "The country joined the United Nations": the one that the document is about.
    let home = items.get(word).filter(|i| i.is(Class::TheState));
    let home = home.and_then(|_| reader.home());
    earlier
        .and_then(|s| last_subject(reader, &s.items))
        .or(home)
}

/// The only state that items name without a preposition, where no person is named with it.
pub(super) fn last_subject(reader: &Reader<'_>, items: &[Item]) -> Option<usize> {
    let mut named = items
        .iter()
        .filter(|i| i.prep.is_empty() && !i.genitive)
        .filter_map(|i| state(reader, i));
    let first = named.next()?;
    let person = items
        .iter()
        .any(|i| i.actor().is_some_and(|a| a.name.is_some()));
    (!person && named.all(|other| other == first)).then_some(first)
}

/// Whom "both" stands for: the sides where the title names them, or the states before them that the paragraph speaks of; else the only state of the title and the one last named beside it, or the two
/// last named, in the paragraph up to the sentence; where it names none, the sides or the state of the heading above.
pub(super) fn two(reader: &Reader<'_>, items: &[Item]) -> Vec<usize> {
    let index = items
        .first()
        .and_then(|i| reader.sentence_index(i.span.start));
    let Some(index) = index else {
        return reader.sides.clone();
    };
    let block = reader.sentences.get(index).map(|s| s.block);
    let mut found: Vec<usize> = reader.home().into_iter().collect();
    let paragraph = reader.sentences.get(..=index).unwrap_or(&[]);
    let before = paragraph
        .iter()
        .rev()
        .take_while(|s| Some(s.block) == block);
    if reader.paired {
        let named: Vec<usize> = before
            .flat_map(|s| &s.items)
            .filter_map(Item::body)
            .collect();
        let sides = reader.sides.iter().map(|&side| {
            let earlier = |b: &&usize| **b != side && reader.same_state(**b, side);
            let spoken = named
                .iter()
                .find(earlier)
                .filter(|_| !named.contains(&side));
            spoken.copied().unwrap_or(side)
        });
        return sides.collect();
    }
    for item in before.flat_map(|s| s.items.iter().rev()) {
        let named = item.body().filter(|b| !reader.is_organisation(*b));
        let at = || item.city().filter(|_| !item.has_prep(Class::In));
        let placed = || at().and_then(|c| reader.state_of_city(c));
        if let Some(body) = named.or_else(placed)
            && !found.contains(&body)
        {
            found.push(body);
        }
        if found.len() == 2 {
            return found;
        }
    }
    reader.pair_at(index)
}
