//! States that only say where a city is: "its embassy in Vienna, Austria, and …".

use super::Reader;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, Classes};

impl Reader<'_> {
    /// Gives the name of a state behind a comma and its own city a preposition that makes it nobody of whom something is told.
    pub(super) fn find_placed(&mut self) {
        let gazetteer = self.gazetteer;
        let placed = Classes::of([Class::As]);
        for sentence in &mut self.sentences {
            for at in 2..sentence.items.len() {
                let city = named_before(&sentence.items, at);
                let state = sentence.items.get(at).filter(|i| i.prep.is_empty());
                let state = state.and_then(Item::named_body);
                if state.is_none() || city.and_then(|c| gazetteer.state_of(c)) != state {
                    continue;
                }
                if let Some(item) = sentence.items.get_mut(at) {
                    item.prep = placed;
                    item.list = at;
                }
            }
        }
    }
}

/// The city right before the comma before an item.
fn named_before(items: &[Item<'_>], at: usize) -> Option<usize> {
    let [before, comma] = items.get(at.checked_sub(2)?..at)? else {
        return None;
    };
    let placed = before.has_prep(Class::In) || matches!(before.kind, ItemKind::Mission(_));
    let last = || before.mission()?.cities.last().map(|c| c.0);
    before
        .city()
        .or_else(last)
        .filter(|_| placed && comma.sign(','))
}
