//! A word that stands for a state ("it", "the country", "elle") → the state that the text spoke of last as a subject.

use super::state;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::language::Class;

/// The state that the subject before the item `at` stands for, if it is such a word.
pub(super) fn pointed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    at: usize,
) -> Option<usize> {
    let items = &sentence.items;
    let adverb = |i: &Item| {
        i.is(Class::Have)
            || i.is(Class::Be)
            || i.is(Class::Temporal)
            || i.is(Class::Likewise)
            || matches!(i.kind, ItemKind::Date(_))
            || i.kind == ItemKind::Word && i.meanings.is_empty() && i.folded != "it"
    };
    let word = (0..at).rev().find(|&i| items.get(i).is_some_and(|x| !adverb(x)))?;
    let stands = items.get(word).is_some_and(|i| {
        i.folded == "it"
            || i.kind == ItemKind::Word && i.is(Class::TheState)
            || i.actor().is_some_and(|a| {
                a.name.is_none() && a.office.is_none() && a.stand == Some(Stand::He)
            })
    });
    let before = items.get(..word).filter(|_| stands)?;
    if before.iter().any(|i| state(reader, i).is_some()) {
        return last_subject(reader, before);
    }
    let earlier = reader.sentences.get(index.checked_sub(1)?)?;
    last_subject(reader, &earlier.items).filter(|_| earlier.block == sentence.block)
}

/// The only state that items name without a preposition, where no person is named with it.
fn last_subject(reader: &Reader<'_>, items: &[Item]) -> Option<usize> {
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
