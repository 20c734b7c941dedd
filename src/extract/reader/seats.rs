//! "the ambassador in Lusaka, Zambia, is …": a state behind a seat that says where the city lies → part of the phrase of the post or mission.

use super::{Reader, Sentence};
use crate::extract::items::Item;

impl Reader<'_> {
    /// Takes the states that stand between commas behind the seat of a post or mission, and lies in them, out of the sentences.
    pub(super) fn close_seats(&mut self) {
        let gazetteer = self.gazetteer;
        for sentence in &mut self.sentences {
            let mut at = 0;
            while at < sentence.items.len() {
                let items = &sentence.items;
                let state = items.get(at).and_then(seat).map(|c| gazetteer.state_of(c));
                let placed = state.flatten().filter(|state| {
                    let behind = items.get(at + 2);
                    items.get(at + 1).is_some_and(|i| i.sign(','))
                        && behind.is_some_and(|i| i.named_body() == Some(*state) && !i.genitive)
                });
                if placed.is_some() && closed(items, at + 3) {
                    take(sentence, at);
                }
                at += 1;
            }
        }
    }
}

/// The city of a post or mission whose phrase ends with it.
fn seat(item: &Item<'_>) -> Option<usize> {
    let office = || {
        let office = item.actor().filter(|a| a.name.is_none())?.office.as_ref()?;
        office.city
    };
    let mission = || match item.mission()?.cities.as_slice() {
        [only] => Some(only.0),
        _ => None,
    };
    office().or_else(mission)
}

/// Whether a comma or the end of the sentence stands there, and not the next member of a list.
fn closed(items: &[Item<'_>], at: usize) -> bool {
    items.get(at).is_none_or(|i| i.sign('.') || i.sign(';'))
        || items.get(at).is_some_and(|i| i.sign(','))
            && items.get(at + 1).is_some_and(|i| i.named_body().is_none())
}

/// Takes the comma and the state behind an item out, and the comma behind them where no name follows it.
fn take(sentence: &mut Sentence<'_>, at: usize) {
    let comma = sentence.items.get(at + 3).is_some_and(|i| i.sign(','));
    let named = sentence.items.get(at + 4);
    let named = named.is_some_and(|i| i.actor().is_some_and(|a| a.name.is_some()));
    let count = if comma && !named { 3 } else { 2 };
    sentence.items.drain(at + 1..at + 1 + count);
    for item in sentence.items.iter_mut().skip(at + 1) {
        if item.list > at {
            item.list = item.list.saturating_sub(count).max(at + 1);
        }
    }
}
