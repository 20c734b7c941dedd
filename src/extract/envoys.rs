//! The states that stand beside the names of envoys: "A (Norway), B (Chile)", "A of Norway and B of Chile", "of Norway, A; of Chile, B".

use super::items::{Item, ItemKind};
use crate::language::Class;

/// How many items may stand behind a state in brackets.
const BRACKETS: usize = 6;

/// Whether an item names somebody.
fn is_named(item: &Item<'_>) -> bool {
    item.actor().is_some_and(|a| a.name.is_some())
}

/// "of the", "from" before a state.
fn is_small(item: &Item<'_>) -> bool {
    let small = [Class::Of, Class::Article, Class::From];
    matches!(item.kind, ItemKind::Word) && small.iter().any(|c| item.is(*c))
}

/// "A (Norway)", "A (Norway, resident in Bonn)": the state alone in brackets behind an item, and the city in which the brackets say that one resides.
pub(super) fn state_in_brackets(items: &[Item<'_>], at: usize) -> Option<(usize, Option<usize>)> {
    let behind = items.get(at + 1..)?;
    let [open, state, rest @ ..] = behind else {
        return None;
    };
    let state = state.named_body().filter(|_| open.sign('('))?;
    let close = rest.iter().take(BRACKETS).position(|i| i.sign(')'))?;
    let said = rest.get(..close)?;
    let city = said.iter().find_map(Item::city);
    // "resident in Bonn", "con residencia en México": which may be a state's name.
    let placed = |i: &Item<'_>| i.is(Class::PostPlaced) || i.is(Class::Resided);
    let resides = said.first().is_some_and(|i| i.sign(','))
        && said.iter().any(placed)
        && said.iter().any(|i| i.city().or(i.named_body()).is_some());
    (said.is_empty() || resides).then_some((state, city))
}

/// "Norway (A)", "the ambassadors of Norway (A)": the state before the brackets in which a name stands.
fn state_before_brackets(items: &[Item<'_>], at: usize) -> Option<usize> {
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let open = at
        .checked_sub(1)
        .filter(|&i| sign(i, '(') && sign(at + 1, ')'))?;
    let before = items.get(open.checked_sub(1)?)?;
    let office = before.actor().filter(|a| a.name.is_none());
    before.named_body().or_else(|| office?.office.as_ref()?.of)
}

/// The state in brackets beside a name: behind it, or before it where the name is in brackets.
pub(super) fn state_by_brackets(items: &[Item<'_>], at: usize) -> Option<usize> {
    items.get(at).filter(|i| is_named(i))?;
    let behind = state_in_brackets(items, at).map(|(state, _)| state);
    behind.or_else(|| state_before_brackets(items, at))
}

/// Whether a holder is one of several who stand beside their states in brackets.
pub(super) fn by_state(items: &[Item<'_>], at: usize) -> bool {
    let beside = |i: usize| state_by_brackets(items, i).is_some();
    beside(at) && (0..items.len()).any(|i| i != at && beside(i))
}

/// "Ana Soto of Peru": the state right behind a name.
fn state_of_name(items: &[Item<'_>], at: usize) -> Option<usize> {
    items.get(at).filter(|i| is_named(i))?;
    let state = (at + 1..at + 4).find(|&i| items.get(i).is_none_or(|x| !is_small(x)))?;
    let of = |i: &&Item<'_>| i.has_prep(Class::Of) || i.has_prep(Class::From);
    items.get(state).filter(of).and_then(Item::named_body)
}

/// "the ambassadors of Peru, Chile and Mali, A, B and C respectively": the names behind the states of an office, as many as they are, each with its
/// state and the item of the office.
pub(super) fn in_order(items: &[Item<'_>]) -> Vec<(usize, usize, usize)> {
    let joint = |i: &Item<'_>| {
        is_small(i) || i.sign(',') || i.sign(':') || i.is(Class::And) || i.is(Class::Respectively)
    };
    let office = |i: &Item<'_>| i.actor().filter(|a| a.name.is_none())?.office.as_ref()?.of;
    let found = (0..items.len()).filter_map(|at| {
        let first = items.get(at).and_then(office)?;
        let behind = || items.iter().enumerate().skip(at + 1);
        let listed = behind().take_while(|(_, i)| i.named_body().is_some() || joint(i));
        let listed = listed.filter_map(|(i, x)| Some((i, x.named_body()?)));
        let listed: Vec<(usize, usize)> = listed.collect();
        let last = listed.last()?.0;
        let named = behind().skip_while(|(i, _)| *i <= last);
        let named = named.take_while(|(_, i)| is_named(i) || joint(i));
        let named: Vec<usize> = named.filter(|(_, i)| is_named(i)).map(|(i, _)| i).collect();
        let states = std::iter::once(first).chain(listed.iter().map(|(_, state)| *state));
        let pairs = named.iter().copied().zip(states);
        (named.len() == listed.len() + 1).then(|| {
            pairs
                .map(move |(name, state)| (name, state, at))
                .collect::<Vec<_>>()
        })
    });
    found.flatten().collect()
}

/// "of Norway, A, Chile, B and Mali, C": whether the bare state before a comma and a name is one of several that stand so.
fn alternates(items: &[Item<'_>], state: usize) -> bool {
    let parted = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| items.get(i));
        before.is_some_and(|x| x.sign(',') || x.sign(';') || x.sign(':') || x.is(Class::And))
    };
    let pair = |i: usize| {
        let named =
            items.get(i + 1).is_some_and(|x| x.sign(',')) && items.get(i + 2).is_some_and(is_named);
        let bare = |x: &Item<'_>| {
            x.named_body().is_some() && (x.prep.is_empty() && parted(i) || x.has_prep(Class::Of))
        };
        let office = |x: &Item<'_>| {
            let actor = x.actor();
            let sent = |a: &&super::items::Actor| a.office.as_ref().is_some_and(|o| o.of.is_some());
            actor.filter(sent).is_some_and(|a| a.name.is_some())
        };
        let item = items.get(i);
        item.is_some_and(|x| named && bare(x) || office(x))
    };
    pair(state) && (0..items.len()).any(|i| i != state && pair(i))
}

/// "Ana Soto, of Peru", "of Peru, Ana Soto", "Ana Soto of Peru", "Ana Soto (Peru)", "Peru's Ana Soto": the state that is named beside a name without
/// an office.
pub(super) fn state_beside(items: &[Item<'_>], at: usize) -> Option<usize> {
    items.get(at).filter(|i| is_named(i))?;
    let sign = |i: usize| items.get(i).is_some_and(|x| x.sign(','));
    // "of Peru, Ana Soto, and Chile, Luis Vega": of the second, too.
    let of = |i: usize, bare: bool| {
        let item = items.get(i)?;
        let state = item.named_body()?;
        let bare = || bare && item.prep.is_empty() && alternates(items, i);
        (item.has_prep(Class::Of) || bare()).then_some(state)
    };
    let state = (at + 2..at + 5).find(|&i| items.get(i).is_none_or(|x| !is_small(x)));
    let behind = || of(state?, false).filter(|_| sign(at + 1));
    // "Luis Vega of Chile, Ana Soto": the state belongs to the name before it.
    let taken = |state: usize| {
        let before = (0..state)
            .rev()
            .find(|&i| items.get(i).is_none_or(|x| !is_small(x)));
        before.is_some_and(|i| state_of_name(items, i).is_some())
    };
    let before = || {
        let state = at.checked_sub(2).filter(|&i| sign(i + 1))?;
        of(state, true).filter(|_| !taken(state))
    };
    let owner = || {
        let genitive = at.checked_sub(1)?;
        items.get(genitive).filter(|i| i.is(Class::Genitive))?;
        items.get(genitive.checked_sub(1)?)?.named_body()
    };
    state_of_name(items, at)
        .or_else(owner)
        .or_else(behind)
        .or_else(before)
        .or_else(|| state_by_brackets(items, at))
}
