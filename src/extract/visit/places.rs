//! Where a visit goes: states and cities named, and what "there", "the country", "the capital" stand for.

use crate::document::BlockKind;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Kind, Slot};
use crate::language::Class;

/// Where a visit goes: a body, with the city when one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Goal {
    pub(super) to: usize,
    pub(super) city: Option<usize>,
}

/// How many sentences back a visit may have been told that another returns.
const FAR: usize = 12;

/// Where the last visit told in this or the sentence before went to, or had come from.
pub(super) fn told_goal(
    reader: &Reader<'_>,
    index: usize,
    earlier: &Told,
    slot: Slot,
) -> Option<Goal> {
    let last = earlier.last_of(Kind::Visit).next()?;
    let told = reader.sentence_index(last.statement().start)?;
    let to = reader.body_in(&last.fact, slot).filter(|_| {
        let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
        // What is returned was told before, wherever in the section.
        slot == Slot::From && reader.in_section(index, last, FAR)
            || told + 1 >= index
            || told + 3 >= index && block(told) == block(index)
    })?;
    Some(Goal { to, city: None })
}

/// What "there" (where the rule allows it), "the country", "the capital" in a frame stand for, for a visitor from a state.
pub(super) fn pointed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    places: &[usize],
    from: Option<usize>,
    by_there: bool,
) -> Option<Goal> {
    let items = &sentence.items;
    let away = || {
        from.and_then(|f| reader.other_side(f))
            .or_else(|| reader.home().filter(|h| from.is_some_and(|f| f != *h)))
    };
    let spoken = |items: &[Item]| {
        items
            .iter()
            .rev()
            .filter_map(|x| place(reader, x).or_else(|| seat(reader, x)))
            .find(|g| Some(g.to) != from)
    };
    // The state or city named last before an item, in this block.
    let named = |at: usize| {
        let here = spoken(items.get(..at).unwrap_or(&[]));
        here.or_else(|| {
            (index.saturating_sub(2)..index)
                .rev()
                .filter_map(|s| reader.sentences.get(s))
                .filter(|s| s.block == sentence.block || asked(reader, s, sentence))
                .find_map(|s| spoken(&s.items))
        })
    };
    for &i in places {
        let Some(item) = items.get(i) else { continue };
        // "visited that capital", "visitó ese país": the one named last, and not the other side's.
        let far = i.checked_sub(1).and_then(|b| items.get(b));
        let far = far.is_some_and(|b| reader.lexicon.lists(Class::That, &b.folded));
        let word = matches!(item.kind, ItemKind::Word);
        let stands = item.is(Class::Capital) || word && item.is(Class::TheState);
        if let Some(goal) = named(i).filter(|_| far && stands) {
            let city = goal.city.or_else(|| reader.capital_of(goal.to));
            let city = city.filter(|_| item.is(Class::Capital));
            return Some(Goal { city, ..goal });
        }
        if item.is(Class::Capital)
            && let Some(to) = away()
        {
            let city = reader.capital_of(to);
            return Some(Goal { to, city });
        }
        if matches!(item.kind, ItemKind::Word)
            && item.is(Class::TheState)
            && let Some(to) = away().or_else(|| named(i).map(|g| g.to))
        {
            return Some(Goal { to, city: None });
        }
    }
    // In an article on a mission its own city is where "the city" and "there" are, where no other is named.
    let of_mission = || {
        let own = reader.own_mission.as_ref()?;
        let goal = Goal {
            to: own.receiving?,
            city: own.city,
        };
        (from != Some(goal.to) && goal.city.is_some()).then_some(goal)
    };
    let clause = frame.at..frame.clause.1.min(frame.at + 5);
    let town = clause.clone().find(|&i| {
        let own = items.get(i).filter(|x| matches!(x.kind, ItemKind::Word));
        // "the city of Lima", "the city's mayor"
        let of_other = items
            .get(i + 1)
            .is_some_and(|n| n.is(Class::Of) || n.has_prep(Class::Of));
        // "the city", "this city", and not "a city".
        let article = i.checked_sub(1).and_then(|b| items.get(b));
        let told = article.is_some_and(|a| {
            (a.is(Class::Article) || a.is(Class::This)) && !a.is(Class::Indefinite)
        });
        told && own.is_some_and(|x| x.is(Class::TheCity)) && !of_other
    });
    if let Some(town) = town {
        let goal = named(town).filter(|g| g.city.is_some()).or_else(of_mission);
        if goal.is_some() {
            return goal;
        }
    }
    if !by_there {
        return None;
    }
    // "Il y effectua, en revanche, une visite": before the verb that carries the noun.
    let back = if frame.object.is_empty() && frame.at > 4 {
        7
    } else {
        4
    };
    let near = frame.clause.0.max(frame.at.saturating_sub(back))..frame.clause.1.min(frame.at + 8);
    // "was here in October": in the state for which the statement speaks.
    let here = |i: usize| items.get(i).is_some_and(|x| x.is(Class::Here));
    let home = reader.home().filter(|h| {
        let guest = from.is_some_and(|f| !reader.same_state(f, *h));
        guest && reader.issued && near.clone().any(here)
    });
    if let Some(to) = home {
        return Some(Goal { to, city: None });
    }
    let there = near.clone().find(|&i| {
        // "There were talks": no place.
        let exists = items.get(i + 1).is_some_and(|n| n.is(Class::Be));
        // "s'y rendit": the pronoun stands within the verb.
        let within = |x: &Item| x.folded.starts_with("s' y ");
        items
            .get(i)
            .is_some_and(|x| x.is(Class::There) || within(x))
            && !(exists && i + 1 == frame.at)
    })?;
    named(there).or_else(of_mission)
}

/// Whether a sentence is the question that another answers.
fn asked(reader: &Reader<'_>, question: &Sentence, answer: &Sentence) -> bool {
    let kind = |s: &Sentence| reader.block(s).map(|b| b.kind);
    let next = question.block + 1 == answer.block;
    next && kind(question) == Some(BlockKind::Question) && kind(answer) == Some(BlockKind::Answer)
}

/// The city in which a mission stands that an item names.
fn seat(reader: &Reader<'_>, item: &Item) -> Option<Goal> {
    let (city, ..) = item.mission()?.cities.last()?;
    let to = reader.state_of_city(*city)?;
    Some(Goal {
        to,
        city: Some(*city),
    })
}

/// The place that an item names.
pub(super) fn place(reader: &Reader<'_>, item: &Item) -> Option<Goal> {
    if let Some(city) = item.city() {
        return reader.state_of_city(city).map(|to| Goal {
            to,
            city: Some(city),
        });
    }
    item.named_body().map(|to| Goal { to, city: None })
}

/// "the Peruvian capital", "la capitale du Pérou": the state beside the word.
fn capital(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<Goal> {
    let body = |i: usize, adjective: bool| {
        items.get(i).and_then(|x| {
            if adjective {
                x.adjective()
            } else {
                x.named_body()
            }
        })
    };
    let before = at.checked_sub(1).and_then(|i| body(i, true));
    let owner = before.or_else(|| body(at + 1, true)).or_else(|| {
        let of = items.get(at + 1).is_some_and(|x| x.is(Class::Of));
        let skip = usize::from(items.get(at + 2).is_some_and(|x| x.is(Class::Article)));
        body(at + 2 + skip, false).filter(|_| of)
    });
    let to = owner?;
    Some(Goal {
        to,
        city: reader.capital_of(to),
    })
}

/// "Peruvian soil", "le sol péruvien": the adjective of a state beside a word for its land.
fn soil(items: &[Item], at: usize) -> bool {
    let is = |i: Option<usize>| {
        i.and_then(|i| items.get(i))
            .is_some_and(|x| x.is(Class::Soil))
    };
    is(Some(at + 1)) || is(at.checked_sub(1))
}

/// Destinations: bodies as they are, cities with their states; a city and the state it lies in are one.
pub(super) fn goals(reader: &Reader<'_>, items: &[Item], places: &[usize]) -> Vec<Goal> {
    let mut goals: Vec<Goal> = Vec::new();
    for &i in places {
        let Some(item) = items.get(i) else { continue };
        // "the Temple of the Tooth": a name with the article of a noun and what it is of is no town.
        let noun = item.city().is_some()
            && i.checked_sub(1)
                .and_then(|b| items.get(b))
                .is_some_and(|x| x.is(Class::Article))
            && items.get(i + 1).is_some_and(|x| x.is(Class::Of));
        if noun {
            continue;
        }
        let adjective = matches!(item.kind, ItemKind::Body(_, true));
        let goal = if item.is(Class::Capital) {
            capital(reader, items, i)
        } else if adjective && items.get(i + 1).is_some_and(|n| n.is(Class::Capital)) {
            capital(reader, items, i + 1)
        } else if adjective && soil(items, i) {
            item.body().map(|to| Goal { to, city: None })
        } else {
            place(reader, item)
        };
        let Some(goal) = goal else { continue };
        match goals.iter_mut().find(|g| g.to == goal.to) {
            Some(same) => same.city = same.city.or(goal.city),
            None => goals.push(goal),
        }
    }
    goals
}

/// "a tour of three countries: Peru, Chile and Mali": the places of which at least two are listed behind the colon that ends a clause.
pub(super) fn listed_behind(reader: &Reader<'_>, items: &[Item], end: usize) -> Vec<Goal> {
    if !items.get(end).is_some_and(|i| i.sign(':')) {
        return Vec::new();
    }
    let small = |i: &Item| {
        let word = [Class::Article, Class::And, Class::In, Class::To];
        i.sign(',') || matches!(i.kind, ItemKind::Word) && word.iter().any(|c| i.is(*c))
    };
    let listed = |i: &Item| small(i) || place(reader, i).is_some();
    let rest = end + 1..items.len();
    let list: Vec<usize> = rest
        .take_while(|&i| items.get(i).is_some_and(listed))
        .collect();
    let closed = items
        .get(end + 1 + list.len())
        .is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)));
    let goals = goals(reader, items, &list);
    if closed && goals.len() > 1 {
        goals
    } else {
        Vec::new()
    }
}

/// Whether a word for what was expected or wished stands right before a place.
pub(super) fn awaited(items: &[Item], at: usize) -> bool {
    let before = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    let word = before
        .iter()
        .rev()
        .find(|i| !(i.is(Class::In) || i.is(Class::To) || i.is(Class::Article)));
    word.is_some_and(|i| {
        [Class::Expected, Class::Planned, Class::Wished]
            .iter()
            .any(|c| i.is(*c))
    })
}

/// Whether a noun stands behind "after", with nothing but small words between.
pub(super) fn after(items: &[Item], at: usize) -> bool {
    let before = items.get(at.saturating_sub(5)..at).unwrap_or(&[]);
    before
        .iter()
        .rev()
        .take_while(|i| matches!(i.kind, ItemKind::Word))
        .any(|i| i.is(Class::DateAfter))
}
