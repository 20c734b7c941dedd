//! "the ambassador in Lusaka, Zambia, is …": a state behind a seat that says where the city lies → part of the phrase of the post or mission.

use super::{Reader, Sentence};
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;
use crate::text::Span;

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

    /// The seats of missions that open their sentences.
    pub(super) fn seat_ahead(&mut self) {
        for sentence in &mut self.sentences {
            if let Some((mission, city, span)) = opening_seat(&sentence.items)
                && let Some(ItemKind::Mission(np)) =
                    sentence.items.get_mut(mission).map(|i| &mut i.kind)
            {
                np.cities.push((city, span, false));
            }
        }
    }

    /// "The consulate of Peru in the Malian capital": the seat of a mission by the state whose capital it is.
    pub(super) fn seat_in_capitals(&mut self) {
        let gazetteer = self.gazetteer;
        for sentence in &mut self.sentences {
            let found: Vec<_> = (2..sentence.items.len())
                .filter(|&at| sentence.items.get(at).is_some_and(|i| i.is(Class::Capital)))
                .filter_map(|at| {
                    let (mission, state) = before_capital(&sentence.items, at)?;
                    let span = sentence.items.get(at)?.span;
                    Some((mission, gazetteer.capital_of(state)?, span))
                })
                .collect();
            for (mission, city, span) in found {
                if let Some(ItemKind::Mission(np)) =
                    sentence.items.get_mut(mission).map(|i| &mut i.kind)
                {
                    np.cities.push((city, span, false));
                }
            }
        }
    }
}

/// "In Lima, an honorary consulate is run by X": the city that opens a sentence, with the mission without a seat that is new in it.
fn opening_seat(items: &[Item<'_>]) -> Option<(usize, usize, Span)> {
    let at = items.iter().position(|i| !i.is(Class::In))?;
    let city = items.get(at).filter(|i| at > 0 || i.has_prep(Class::In))?;
    let small = |i: &Item<'_>| i.sign(',') || i.is(Class::Indefinite);
    let mission = (at + 1..items.len()).find(|&i| !items.get(i).is_some_and(small))?;
    let new = items.get(mission.checked_sub(1)?)?.is(Class::Indefinite);
    let np = items.get(mission)?.mission().filter(|_| new)?;
    let bare = np.cities.is_empty() && np.receiving.is_none();
    Some((mission, city.city().filter(|_| bare)?, city.span))
}

/// The mission without a seat whose phrase goes on with the capital at an item, and the state whose capital it is.
fn before_capital(items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let adjective = |i: Option<usize>| i.and_then(|i| items.get(i)?.adjective());
    let before = adjective(at.checked_sub(1));
    let of = || {
        let named = items.get(at + 1..items.len().min(at + 4))?;
        let led = named.first().is_some_and(|i| i.is(Class::Of));
        named.iter().find_map(Item::named_body).filter(|_| led)
    };
    let state = before.or_else(|| adjective(Some(at + 1))).or_else(of)?;
    let first = at - usize::from(before.is_some());
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::In);
    let last = items.get(..first)?.iter().rposition(|i| !small(i))?;
    let led = items.get(last + 1..first)?.iter().any(|i| i.is(Class::In));
    let np = items.get(last)?.mission().filter(|_| led)?;
    let fits = np.cities.is_empty() && np.receiving.is_none_or(|r| r == state);
    fits.then_some((last, state))
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
