//! Several who hold one office that is said once: "Presidents A, B and C of Peru".

use super::{Item, ItemKind, OfficeNp};
use crate::document::Lang;
use crate::extract::offices::is_head_of_mission;
use crate::language::{Class, Lexicon};

/// Gives the office of the first of a list, where its noun is one of several, to those of the list who are named without one.
pub(super) fn share_office(items: &mut [Item], lexicon: &Lexicon) {
    for at in 1..items.len() {
        let Some(first) = items
            .get(at)
            .filter(|i| i.list != at && unranked(i))
            .and_then(|i| items.get(i.list))
        else {
            continue;
        };
        let held = first.actor().filter(|a| a.name.is_some());
        let Some(held) = held.and_then(|a| a.office.as_ref()).cloned() else {
            continue;
        };
        let role = lexicon.offices.get(held.role).map_or("", String::as_str);
        if is_head_of_mission(role) || !plural(&first.folded, lexicon.lang) {
            continue;
        }
        let (list, of) = (items.get(at).map(|i| i.list), state_behind(items, at));
        // "Foreign Ministers A and B met": two of whom no state is told may be of two.
        if of.or(held.of).is_none() {
            continue;
        }
        let office = OfficeNp {
            role: held.role,
            of: of.or(held.of),
            span: held.span,
            ..OfficeNp::default()
        };
        give(items, at, office);
        // "Presidents A and B of Peru": of whom nothing else is said.
        for before in (0..at).rev() {
            if of.is_some() && held.of.is_none() && items.get(before).map(|i| i.list) == list {
                state(items, before, of);
            }
        }
    }
}

/// Whether an item names somebody and says nothing else of who that is.
fn unranked(item: &Item) -> bool {
    item.actor()
        .is_some_and(|a| a.name.is_some() && a.office.is_none() && a.stand.is_none())
}

/// Whether the noun of an office is one of several: "presidents", "ministers of trade", "prime ministers", "ministres du commerce".
fn plural(office: &str, lang: Lang) -> bool {
    let of = |w: &&str| !["of", "for"].contains(w);
    let mut words = office.split(' ').take_while(of);
    let noun = if lang == Lang::En {
        words.last()
    } else {
        words.next()
    };
    noun.is_some_and(|w| w.ends_with('s'))
}

/// The state that "of" names right behind an item.
fn state_behind(items: &[Item], at: usize) -> Option<usize> {
    let of = items.get(at + 1).filter(|i| i.is(Class::Of));
    let small = |i: &&Item| i.is(Class::Article);
    let mut behind = items.get(of.map(|_| at + 2)?..)?.iter();
    behind.find(|i| !small(i))?.named_body()
}

fn give(items: &mut [Item], at: usize, office: OfficeNp) {
    if let Some(Item {
        kind: ItemKind::Actor(actor),
        ..
    }) = items.get_mut(at)
    {
        actor.office = Some(office);
    }
}

fn state(items: &mut [Item], at: usize, of: Option<usize>) {
    if let Some(Item {
        kind: ItemKind::Actor(actor),
        ..
    }) = items.get_mut(at)
        && let Some(office) = actor.office.as_mut()
    {
        office.of = office.of.or(of);
    }
}
