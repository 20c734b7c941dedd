//! Several who hold one office that is said once: "Presidents A, B and C of Peru".

use super::{Actor, Item, ItemKind, OfficeNp};
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

/// "the foreign ministers of Peru and Chile, X and Y, met": gives each of several who are told by their states the name that stands in the same
/// place of the row behind the comma.
pub(super) fn share_names(items: &mut [Item]) {
    let mut at = 0;
    while at < items.len() {
        let offices = row(items, at, unnamed);
        let Some(last) = offices.last().copied() else {
            at += 1;
            continue;
        };
        at = last + 1;
        if offices.len() < 2 || !items.get(last + 1).is_some_and(|i| i.sign(',')) {
            continue;
        }
        let small = |i: usize| items.get(i).is_some_and(|x| x.is(Class::Honorific));
        let first = (last + 2..last + 4)
            .find(|i| !small(*i))
            .unwrap_or(last + 2);
        let names = row(items, first, unranked);
        let ends = names.last().and_then(|last| items.get(last + 1));
        let closed = ends.is_none_or(|i| !(i.is(Class::And) || i.is(Class::Of)));
        if names.len() != offices.len() || !closed {
            continue;
        }
        for (office, name) in offices.iter().zip(&names) {
            let Some(named) = items.get(*name).and_then(Item::actor).cloned() else {
                continue;
            };
            if let Some(ItemKind::Actor(actor)) = items.get_mut(*office).map(|i| &mut i.kind) {
                actor.name = named.name;
                actor.name_span = named.name_span;
                actor.titled |= named.titled;
            }
            if let Some(item) = items.get_mut(*name) {
                item.kind = ItemKind::Word;
            }
        }
    }
}

/// "the King and Queen of Norway, Paul and Ana", "los reyes Pablo y Ana": of a couple the first is king, the second queen, each by a given name, which
/// may be that of a place, too.
pub(super) fn couple(items: &mut [Item], text: &str, lexicon: &Lexicon) {
    for at in 0..items.len() {
        let Some(office) = items.get(at).and_then(|i| couple_of(i, lexicon)) else {
            continue;
        };
        let queen = lexicon.offices.iter().position(|role| role == "Queen");
        let Some(queen) = queen else { continue };
        // The names stand right behind, or behind a comma, after the state of an adjective.
        let mut next = at + 1;
        let comma = items.get(next).is_some_and(|i| i.sign(','));
        next += usize::from(comma);
        let named = items
            .get(at)
            .and_then(Item::actor)
            .and_then(|a| a.name.clone());
        let mut names: Vec<usize> = Vec::new();
        if named.is_none() || comma {
            next = behind_honorific(items, next);
            names.extend(given(items, next, text).then_some(next));
            next += 1;
        }
        if named.is_some() && !comma {
            names.push(at);
        }
        let joint = items.get(next).is_some_and(|i| i.is(Class::And));
        let second = behind_honorific(items, next + 1);
        let [first] = names.as_slice() else { continue };
        // "los reyes Pablo de Noruega y Olaf de Dinamarca": two kings.
        let other = items.get(second + 1).is_some_and(|i| i.is(Class::Of))
            && (second + 2..second + 4)
                .any(|i| items.get(i).is_some_and(|x| x.named_body().is_some()));
        if !joint || other || !given(items, second, text) {
            continue;
        }
        let first = *first;
        for (at, role) in [(first, office.role), (second, queen)] {
            let Some(item) = items.get_mut(at) else {
                continue;
            };
            let (name, name_span) = match item.actor() {
                Some(actor) if actor.name.is_some() => (actor.name.clone(), actor.name_span),
                _ => (Some(item.span.of(text).to_owned()), Some(item.span)),
            };
            item.kind = ItemKind::Actor(Actor {
                name,
                name_span,
                titled: true,
                office: Some(OfficeNp {
                    role,
                    of: office.of,
                    span: office.span,
                    ..OfficeNp::default()
                }),
                ..Actor::default()
            });
        }
        if first != at
            && let Some(item) = items.get_mut(at)
        {
            item.kind = ItemKind::Word;
        }
    }
}

/// The office of a couple that an item tells by the word for both.
fn couple_of(item: &Item, lexicon: &Lexicon) -> Option<OfficeNp> {
    let office = item.actor()?.office.as_ref()?;
    lexicon.offices.get(office.role).filter(|r| *r == "King")?;
    let mut both = lexicon.listed(Class::RoyalCouple).iter();
    let both = both.any(|words| item.folded.contains(words.as_str()));
    both.then(|| office.clone())
}

/// The item behind the words of honour before a name: "doña", "SS.MM.".
fn behind_honorific(items: &[Item], at: usize) -> usize {
    let small = |i: &usize| items.get(*i).is_some_and(|x| x.is(Class::Honorific));
    at + (at..items.len()).take_while(small).count()
}

/// Whether an item is a single name with a capital, of somebody or of a place.
fn given(items: &[Item], at: usize, text: &str) -> bool {
    items.get(at).is_some_and(|item| {
        let bare = match &item.kind {
            ItemKind::Actor(actor) => actor.name.is_some() && actor.stand.is_none(),
            ItemKind::City(_) | ItemKind::Word => true,
            ItemKind::Body(..)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_) => false,
        };
        bare && item.span.of(text).starts_with(char::is_uppercase)
    })
}

/// The items of a kind that stand in a row from `at`, commas, a joint and articles between.
fn row(items: &[Item], at: usize, of: impl Fn(&Item) -> bool) -> Vec<usize> {
    let mut found = Vec::new();
    let mut next = at;
    while items.get(next).is_some_and(&of) {
        found.push(next);
        let small = |i: &usize| {
            let item = items.get(*i);
            item.is_some_and(|x| {
                x.sign(',') || x.is(Class::And) || x.is(Class::Article) || x.is(Class::Of)
            })
        };
        let joint = (next + 1..items.len()).take_while(small).count();
        let joined = items.get(next + 1..next + 1 + joint).unwrap_or(&[]);
        // A comma alone parts the offices from the names.
        let goes_on = (1..=3).contains(&joint) && items.get(next + 1 + joint).is_some_and(&of);
        let last = joined.iter().any(|i| i.is(Class::And));
        let comma = joined.first().is_some_and(|i| i.sign(','));
        if !(goes_on && (last || comma)) {
            break;
        }
        next += 1 + joint;
    }
    found
}

/// Whether an item tells somebody by an office of a state alone, which is none of a head of mission.
fn unnamed(item: &Item) -> bool {
    let actor = item
        .actor()
        .filter(|a| a.name.is_none() && a.stand.is_none());
    let office = actor.and_then(|a| a.office.as_ref());
    office.is_some_and(|o| o.of.is_some() && o.to.is_none() && o.city.is_none() && !o.former)
}

/// Whether an item names somebody and says nothing else of who that is.
pub(super) fn unranked(item: &Item) -> bool {
    item.actor()
        .is_some_and(|a| a.name.is_some() && a.office.is_none() && a.stand.is_none())
}

/// Whether the noun of an office is one of several: "presidents", "ministers of trade", "prime ministers", "ministres du commerce".
pub(super) fn plural(office: &str, lang: Lang) -> bool {
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
