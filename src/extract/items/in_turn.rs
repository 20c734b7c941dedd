//! Several who hold one office of states told in turn: "the foreign ministers of Peru (A) and Chile (B)", "Presidents A (Peru) and B (Chile)".

use super::several::{plural, unranked};
use super::{Actor, Item, ItemKind, OfficeNp};
use crate::language::{Class, Lexicon};

/// How many small words stand at most between one and the next: ", and of the".
const JOINT: usize = 5;

/// One of them: the items where the name and the state stand, and which items tell of both.
struct One {
    name: usize,
    body: Option<usize>,
    range: (usize, usize),
}

/// Makes one item of each of two or more whose office is said once, before the first, and whose names and states stand side by side.
pub(super) fn in_turn(items: &mut Vec<Item<'_>>, lexicon: &Lexicon) {
    let mut at = 0;
    let mut changed = false;
    while at < items.len() {
        let found = shared(items, at, lexicon)
            .map(|(office, states)| (several(items, at, states), office))
            .filter(|(all, _)| all.len() > 1);
        if let Some((all, office)) = found {
            for one in all.iter().rev() {
                merge(items, one, &office);
            }
            changed = true;
        }
        at += 1;
    }
    if changed {
        for (at, item) in items.iter_mut().enumerate() {
            item.list = at;
        }
    }
}

/// The office of several at an item, and whether their states come before their names.
fn shared(items: &[Item<'_>], at: usize, lexicon: &Lexicon) -> Option<(OfficeNp, bool)> {
    let item = items.get(at)?;
    let actor = item.actor().filter(|a| a.stand.is_none())?;
    let office = actor.office.as_ref().filter(|o| !o.former)?;
    let told = office.of.is_some() || office.to.is_some();
    // "the presidents of Peru, A, and Chile, B", not "Presidents A of Peru and B".
    let last = actor.name_span.is_some_and(|n| n.end == item.span.end);
    let one_of = (told != actor.name.is_some() || last) && office.city.is_none();
    (one_of && plural(&item.folded, lexicon.lang)).then(|| (office.clone(), told))
}

fn several(items: &[Item<'_>], at: usize, states: bool) -> Vec<One> {
    let mut found: Vec<One> = Vec::new();
    let mut start = at;
    loop {
        let one = if states {
            named_behind(items, at, start)
        } else {
            placed_behind(items, start)
        };
        let Some(one) = one else { break };
        let end = one.range.1;
        found.push(one);
        let small = |i: &&Item<'_>| {
            i.sign(',')
                || i.sign(';')
                || i.is(Class::And)
                || states && (i.is(Class::Of) || i.is(Class::In) || i.is(Class::To))
                || i.is(Class::Article)
                || i.is(Class::Honorific)
        };
        let behind = items.get(end..).unwrap_or(&[]);
        let joint = behind.iter().take_while(small).count();
        if joint == 0 || joint > JOINT {
            break;
        }
        start = end + joint;
    }
    found
}

/// "Peru (A)", "Peru, A": the state at an item, or the office of one, and the name behind it.
fn named_behind(items: &[Item<'_>], first: usize, at: usize) -> Option<One> {
    let item = items.get(at)?;
    let state = item.named_body();
    if at != first {
        state?;
    } else if item.actor().is_some_and(|a| a.name.is_some()) {
        return Some(One {
            name: at,
            body: None,
            range: (at, at + 1),
        });
    }
    let bracket = items.get(at + 1)?.sign('(');
    let comma = items.get(at + 1)?.sign(',');
    let name = (at + 2..at + 4).find(|&i| !items.get(i).is_some_and(|x| x.is(Class::Honorific)))?;
    items.get(name).filter(|i| unranked(i))?;
    let closed = items.get(name + 1);
    let end = if bracket {
        closed.filter(|i| i.sign(')'))?;
        name + 2
    } else {
        let ends = |i: &Item<'_>| {
            i.sign(',') || i.sign(';') || i.sign('.') || i.is(Class::And) || i.verb.is_some()
        };
        closed
            .is_none_or(ends)
            .then_some(name + 1)
            .filter(|_| comma)?
    };
    Some(One {
        name,
        body: state.filter(|_| at != first),
        range: (at, end),
    })
}

/// "A (Peru)", "A, of Peru,": the name at an item and its state behind it.
fn placed_behind(items: &[Item<'_>], at: usize) -> Option<One> {
    let name = items.get(at)?.actor()?.name.is_some();
    let bracket = items.get(at + 1)?.sign('(');
    let comma = items.get(at + 1)?.sign(',') && items.get(at + 2)?.is(Class::Of);
    let from = if bracket { at + 2 } else { at + 3 };
    let small = items.get(from)?.is(Class::Article);
    let place = from + usize::from(small);
    let body = items.get(place)?.named_body()?;
    let closed = items.get(place + 1);
    let end = if bracket {
        closed.filter(|i| i.sign(')'))?;
        place + 2
    } else {
        let parted = closed.filter(|i| i.sign(','));
        let joint = closed.is_none_or(|i| i.is(Class::And) || i.sign('.') || i.sign(';'));
        // The comma that closes "of Peru" goes with it.
        (parted.is_some() || joint).then(|| place + 1 + usize::from(parted.is_some()))?
    };
    (name && (bracket || comma)).then_some(One {
        name: at,
        body: Some(body),
        range: (at, end),
    })
}

/// Makes one item of the name, the state and the words that join them.
fn merge(items: &mut Vec<Item<'_>>, one: &One, office: &OfficeNp) {
    let Some(named) = items.get(one.name).and_then(Item::actor).cloned() else {
        return;
    };
    let (start, end) = one.range;
    let Some(span) = items.get(end - 1).map(|i| i.span) else {
        return;
    };
    // "the ambassadors of Peru in A, X, and in B, Y": what is told first is told in turn.
    let mut office = office.clone();
    if let Some(body) = one.body {
        match office.to.is_some() {
            true => office.to = Some(body),
            false => office.of = Some(body),
        }
    }
    let Some(item) = items.get_mut(start) else {
        return;
    };
    item.kind = ItemKind::Actor(Actor {
        name: named.name,
        name_span: named.name_span,
        titled: named.titled,
        office: Some(office),
        ..Actor::default()
    });
    item.span = item.span.to(span);
    items.drain(start + 1..end);
    // "of Chile (B)": the joint before it says no more than that.
    let small = |i: &Item<'_>| i.is(Class::Of) || i.is(Class::In) || i.is(Class::To);
    let of = start.checked_sub(1).filter(|_| one.body.is_some());
    let of = of.filter(|&i| items.get(i).is_some_and(small) && start > 1);
    let joined = of.and_then(|i| items.get(i.checked_sub(1)?));
    if joined.is_some_and(|i| i.sign(',') || i.sign(';') || i.is(Class::And))
        && let Some(of) = of
    {
        items.remove(of);
    }
}
