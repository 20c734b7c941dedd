//! Items of a sentence → the same items with their prepositions, their lists and what they share.

use super::{Actor, Item, ItemKind, Stand, bracketed};
use crate::extract::dates::Bound;
use crate::language::{Class, Classes, Meaning, TriggerForm};
use std::sync::LazyLock;

/// "X was the first president of Peru to …": the office after a copula is X's, so that what is told of it is told of X.
pub(super) fn copula(items: &mut [Item]) {
    for at in 2..items.len() {
        let Some(office) = items.get(at).filter(|i| i.prep.is_empty()) else {
            continue;
        };
        if !office.actor().is_some_and(|a| {
            let other = a.office.as_ref().is_some_and(|o| o.possessive || o.former);
            unnamed(a) && !other
        }) {
            continue;
        }
        let verb = |end: usize| {
            (0..end).rev().find(|&i| {
                items.get(i).is_some_and(|x| {
                    !(x.is(Class::Article)
                        || x.is(Class::Temporal)
                        || matches!(x.kind, ItemKind::Body(_, true)))
                })
            })
        };
        let be = verb(at).and_then(|i| dated_aside(items, i).map_or(Some(i), verb));
        let Some(be) = be.filter(|&i| items.get(i).is_some_and(|x| x.is(Class::Be))) else {
            continue;
        };
        // "X, who had come in 1990, was the first president to …"
        let apposed = items.get(be.saturating_sub(1)).is_some_and(|x| x.sign(','))
            && items.get(1).is_some_and(|x| x.sign(','))
            && items.get(2).is_some_and(|x| x.is(Class::Relative));
        let name = (if apposed { Some(0) } else { be.checked_sub(1) })
            .and_then(|i| items.get(i))
            .filter(|x| x.prep.is_empty())
            .and_then(Item::actor)
            .and_then(|a| Some((a.name.clone()?, a.name_span?, a.office.clone())));
        if let Some((name, span, held)) = name
            && let Some(Item {
                kind: ItemKind::Actor(actor),
                ..
            }) = items.get_mut(at)
        {
            actor.name = Some(name);
            actor.name_span = Some(span);
            actor.stand = None;
            // "King X was the first head of state to …": what X is said to be held before says more.
            let held = held.filter(|office| !office.former);
            if held.is_some() {
                actor.office = held;
            }
        }
    }
}

/// "became, in May 1990, the first": the comma that opens the date that the one at `close` closes.
fn dated_aside(items: &[Item], close: usize) -> Option<usize> {
    items.get(close).filter(|x| x.sign(','))?;
    let open = (0..close).rev().take(5).find(|&i| {
        items.get(i).is_some_and(|x| {
            !(matches!(x.kind, ItemKind::Date(_)) || x.is(Class::In) || x.is(Class::About))
        })
    })?;
    items
        .get(open)
        .filter(|x| x.sign(',') && open + 1 < close)
        .map(|_| open)
}

/// An office, or a person described ("the first Danish monarch"), that no name stands beside.
fn unnamed(actor: &Actor) -> bool {
    let described = match actor.stand {
        Some(stand) => stand == Stand::ThePerson,
        None => actor.office.is_some(),
    };
    actor.name.is_none() && described
}

/// "The first president of Peru to visit Chile was X": the office before the copula is X's, so that what is told of it is told of X.
pub(super) fn predicate(items: &mut [Item]) {
    for at in 0..items.len() {
        let only = |x: &Item| {
            matches!(
                x.folded.as_ref(),
                "only" | "unico" | "unica" | "seul" | "seule"
            )
        };
        let ranked = (at.saturating_sub(3)..at).any(|i| {
            items
                .get(i)
                .is_some_and(|x| x.is(Class::Temporal) || only(x))
        });
        let unnamed = items
            .get(at)
            .is_some_and(|i| i.prep.is_empty() && i.actor().is_some_and(unnamed));
        if !ranked || !unnamed {
            continue;
        }
        // The copula: the first verb that makes a clause, the infinitive or relative of the office passed over.
        let relative = items
            .get(at + 1..)
            .is_some_and(|rest| rest.iter().take(2).any(|i| i.is(Class::Relative)));
        let mut passed = !relative;
        let be = (at + 1..items.len()).take(24).find(|&i| {
            let Some(item) = items.get(i) else {
                return false;
            };
            if item.is(Class::Be) && passed {
                return true;
            }
            passed |= item.is_finite();
            false
        });
        let Some(be) = be else { continue };
        // "the only president to have visited Peru is X"
        let done = |i: &Item| i.verb == Some(TriggerForm::Participle);
        let clean = items.get(at + 1..be).is_some_and(|b| {
            b.iter()
                .all(|i| !i.sign(';') && !i.sign(':') && (relative || !i.is_finite() || done(i)))
        });
        let named = (be + 1..items.len()).find(|&i| {
            items.get(i).is_some_and(|x| {
                !(x.is(Class::Article) || x.is(Class::Honorific) || x.is(Class::Temporal))
            })
        });
        let found = named
            .and_then(|i| items.get(i))
            .filter(|x| clean && x.prep.is_empty())
            .and_then(Item::actor)
            .and_then(|a| Some((a.name.clone()?, a.name_span?, a.office.clone())));
        if let Some((name, span, held)) = found
            && let Some(Item {
                kind: ItemKind::Actor(actor),
                ..
            }) = items.get_mut(at)
        {
            actor.name = Some(name);
            actor.name_span = Some(span);
            actor.stand = None;
            // "The ambassador is X, previously consul in A": what X was before is another post.
            if let Some(held) = held.filter(|office| !office.former) {
                actor.office = Some(held);
            }
        }
    }
}

/// Whether an item is a word that says what somebody is whose name follows: "with the historian X", "con la jueza X".
fn noun_before_name(items: &[Item], at: usize) -> bool {
    let named = |i: &Item| i.actor().is_some_and(|a| a.name.is_some());
    let verb = |m: &Meaning| matches!(m, Meaning::Verb(_));
    let noun = items.get(at).is_some_and(|i| {
        matches!(i.kind, ItemKind::Word) && i.meanings.iter().all(verb) && i.verb.is_none()
    });
    noun && items.get(at + 1).is_some_and(named)
}

/// "ouvrit des ambassades", "Des consulats …": whether the French word that is both article and preposition is the former, at the beginning,
/// behind a verb or behind a preposition.
fn indefinite(items: &[Item], at: usize) -> bool {
    let both =
        |i: &Item| i.is(Class::Article) && i.is(Class::Of) && matches!(i.kind, ItemKind::Word);
    if !items.get(at).is_some_and(both) {
        return false;
    }
    let Some(before) = at.checked_sub(1).and_then(|i| items.get(i)) else {
        return true;
    };
    let led = [Class::In, Class::To, Class::With, Class::By, Class::For];
    before.verb.is_some()
        || matches!(before.kind, ItemKind::Word) && led.iter().any(|c| before.is(*c))
}

/// "The nations of Mali and Peru": whether a word stands between a noun for several states and the first of their names.
fn of_states(items: &[Item], at: usize) -> bool {
    let of = |i: &Item| i.is(Class::Of) || i.is(Class::Article);
    let named = |i: usize| items.get(i).is_some_and(|x| x.named_body().is_some());
    let next = (at..at + 3).find(|&i| !items.get(i).is_some_and(of));
    let noun = (0..at).rev().find(|&i| !items.get(i).is_some_and(of));
    let several = noun
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.is(Class::StatesNoun));
    let pair = next.filter(|&i| named(i)).is_some_and(|i| {
        items.get(i + 1).is_some_and(|x| x.is(Class::And)) && (i + 2..i + 4).any(named)
    });
    items.get(at).is_some_and(of) && several && pair
}

/// Gives each noun phrase the classes of the preposition directly before it.
pub(super) fn prepositions(items: &mut [Item]) {
    static PREPOSITIONS: LazyLock<Classes> = LazyLock::new(|| {
        Classes::of([
            Class::To,
            Class::In,
            Class::From,
            Class::Of,
            Class::By,
            Class::With,
            Class::Between,
            Class::For,
            Class::About,
            Class::Before,
            Class::Since,
            Class::Until,
            Class::As,
        ])
    });
    let mut pending = Classes::default();
    for at in 0..items.len() {
        let noun = noun_before_name(items, at);
        let article = indefinite(items, at);
        let states = of_states(items, at);
        let Some(item) = items.get_mut(at) else { break };
        if article {
            item.prep = pending;
            continue;
        }
        let classes = item.meanings.classes().and(*PREPOSITIONS);
        if states && matches!(item.kind, ItemKind::Word) {
            item.prep = Classes::default();
        } else if !classes.is_empty() && matches!(item.kind, ItemKind::Word) {
            pending = classes;
        } else if item.is_np() || matches!(item.kind, ItemKind::Date(_) | ItemKind::Quantity(_)) {
            let adjective = matches!(item.kind, ItemKind::Body(_, true));
            item.prep = pending;
            if !adjective {
                pending = Classes::default();
            }
        } else if matches!(item.kind, ItemKind::Word)
            && (item.is(Class::Article)
                || item.is(Class::Possessive)
                || item.is(Class::Temporal)
                || item.is(Class::Former)
                || item.is(Class::TheState)
                || item.is(Class::BothStates)
                || item.is(Class::BothPersons)
                || item.is(Class::Honorific)
                || item.is(Class::Formerly)
                || item.is(Class::VisitOfficial))
        {
            item.prep = pending;
        } else if matches!(item.kind, ItemKind::Trigger(_) | ItemKind::Sign(_)) {
            pending = Classes::default();
        } else {
            item.prep = pending;
            if !noun {
                pending = Classes::default();
            }
        }
    }
}

pub(super) fn same_category(a: &ItemKind, b: &ItemKind) -> bool {
    match (a, b) {
        (ItemKind::Actor(_), ItemKind::Actor(_))
        | (ItemKind::Mission(_), ItemKind::Mission(_))
        | (ItemKind::Treaty(_), ItemKind::Treaty(_)) => true,
        (ItemKind::Body(_, x), ItemKind::Body(_, y)) => x == y,
        (ItemKind::City(_), ItemKind::City(_) | ItemKind::Body(_, false))
        | (ItemKind::Body(_, false), ItemKind::City(_)) => true,
        _ => false,
    }
}

/// Joins noun phrases of one kind that stand with commas and "and" between them into lists.
pub(super) fn coordinate(items: &mut [Item]) {
    for at in 1..items.len() {
        let Some(item) = items.get(at) else { continue };
        if !item.is_np() {
            continue;
        }
        let mut joined = false;
        let mut compared = false;
        let mut previous = None;
        for j in (0..at).rev() {
            let Some(between) = items.get(j) else { break };
            if between.is_np() {
                previous = Some(j);
                break;
            }
            // "A (March 1980; May 1984, on a state visit) and B": what a bracket says of a member parts it not from the next.
            if joined && bracketed(items, j) {
                continue;
            }
            let bracket = between.sign('(') && items.get(j + 1).is_some_and(|n| n.is(Class::And));
            // "tanto A como B", "tant A que B"
            let alike = (between.is(Class::As) || between.folded == "que")
                && items
                    .get(j.saturating_sub(6)..j)
                    .is_some_and(|before| before.iter().any(|i| i.is(Class::AsMuch)));
            let joins = between.sign(',') || between.is(Class::And) || bracket || alike;
            // "A in 1961, B in 1970", "A (1961), B (1970)": a member may have a date of its own.
            let dated = joined
                && (matches!(between.kind, ItemKind::Date(_))
                    || between.sign('(')
                    || between.sign(')')
                    || matches!(between.kind, ItemKind::Word)
                        && (between.is(Class::About) || between.is(Class::Since)));
            let passes = dated
                || j + 1 == at && noun_before_name(items, j)
                || matches!(between.kind, ItemKind::Word)
                    && (between.is(Class::Article)
                        || between.is(Class::Possessive)
                        || between.is(Class::Formerly)
                        || between.is(Class::Temporal)
                        || between.is(Class::Honorific)
                        || between.is(Class::Genitive)
                        || [Class::In, Class::To, Class::With, Class::Of, Class::Between]
                            .iter()
                            .any(|c| between.is(*c)));
            if !joins && !passes {
                break;
            }
            joined |= joins;
            compared |= alike;
        }
        let Some(previous) = previous.filter(|_| joined) else {
            continue;
        };
        let Some(member) = items.get(previous) else {
            continue;
        };
        // "has, besides the embassy, a consulate in A": no list.
        if named_beside(items, previous) {
            continue;
        }
        // "exported 3 million to Peru, and Peru exported 2 million": nobody is listed twice.
        let twice = item.named_body().is_some() && item.named_body() == member.named_body();
        if !same_category(&member.kind, &item.kind) || twice {
            continue;
        }
        let (list, prep) = (member.list, member.prep);
        // "…, and France opened": what a verb follows directly begins a clause, unless the list itself is its subject.
        let pronoun = items.get(at + 1).is_some_and(|n| {
            n.is(Class::There)
                || n.is(Class::Him)
                || n.actor().is_some_and(|a| a.stand == Some(Stand::Him))
        });
        let verb_after = items.get(at + 1 + usize::from(pronoun)).is_some_and(|n| {
            matches!(n.kind, ItemKind::Trigger(_))
                || n.is(Class::Have)
                || n.is(Class::Be)
                || n.is(Class::Light)
        });
        // "At the invitation of A, B, who …, has paid a visit": parted by a comma alone and before a verb, it is the subject.
        let comma_only =
            !(previous + 1..at).any(|j| items.get(j).is_some_and(|x| x.is(Class::And)));
        let apposed = matches!(item.kind, ItemKind::Actor(_))
            && items.get(at + 1).is_some_and(|n| n.sign(','))
            && items.get(at + 2).is_some_and(|n| {
                matches!(n.kind, ItemKind::Trigger(_))
                    || n.is(Class::Have)
                    || n.is(Class::Be)
                    || n.is(Class::Light)
            });
        let verb_after = verb_after || (comma_only && apposed);
        // "Received by A, then by B, he …": a pronoun of the subject joins no list.
        let subject = item.actor().is_some_and(|a| a.stand == Some(Stand::He));
        let verb_after = verb_after || subject;
        let own_prep = item.prep;
        // "As members of the Commonwealth, Peru maintains …": behind the object of a noun and a comma alone, the subject.
        if verb_after && comma_only && previous == list && led(items, list) {
            continue;
        }
        // "Peru recognised Chile, and Norway did so too": behind the object of one verb, the subject of the next.
        if verb_after && prep.is_empty() && own_prep.is_empty() && object(items, list) {
            continue;
        }
        if verb_after && !prep.is_empty() && !prep.contains(Class::Between) && own_prep.is_empty() {
            continue;
        }
        if !own_prep.is_empty() && !prep.is_empty() && own_prep != prep {
            continue;
        }
        if let Some(item) = items.get_mut(at) {
            item.list = list;
            if item.prep.is_empty() || compared {
                item.prep = prep;
            }
        }
    }
}

/// "besides the embassy", "outre son ambassade": whether a mission is only named beside what is told.
pub(in crate::extract) fn named_beside(items: &[Item], at: usize) -> bool {
    let mission = items.get(at).is_some_and(|i| i.mission().is_some());
    let small = |i: &&Item| i.is(Class::Article) || i.is(Class::Possessive);
    let mut before = items
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .skip_while(small);
    let led = before.next().is_some_and(|i| i.is(Class::Besides));
    // "compte en outre des consulats": of no word behind it.
    let also = before.next().is_some_and(|i| i.folded == "en");
    mission && led && !also
}

/// "besides its embassy": whether a word says whose something is that no article leads.
pub(in crate::extract) fn possessed(items: &[Item], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    before.is_some_and(|i| i.is(Class::Possessive))
}

/// Whether a trigger that is no verb stands right before an item, with nothing but an article between: "members of the Commonwealth".
fn led(items: &[Item], at: usize) -> bool {
    let mut before = items.get(..at).unwrap_or(&[]).iter();
    before
        .rfind(|i| !i.is(Class::Article))
        .is_some_and(|i| matches!(i.kind, ItemKind::Trigger(_)) && i.verb.is_none())
}

/// Whether a verb stands right before an item, with nothing but an article between.
fn object(items: &[Item], at: usize) -> bool {
    let mut before = items.get(..at).unwrap_or(&[]).iter().rev();
    before
        .find(|i| !(i.is(Class::Article) || i.is(Class::Possessive)))
        .is_some_and(|i| {
            i.is_finite() || i.verb.is_some() && matches!(i.kind, ItemKind::Trigger(_))
        })
}

/// "an embassy and a consulate general in Paris": the first takes the places and sides of the second.
pub(super) fn share_cities(items: &mut [Item]) {
    for at in (0..items.len().saturating_sub(1)).rev() {
        let Some(ItemKind::Mission(first)) = items.get(at).map(|i| &i.kind) else {
            continue;
        };
        if !first.cities.is_empty() || named_beside(items, at) {
            continue;
        }
        let next = items
            .iter()
            .enumerate()
            .skip(at + 1)
            .find(|(_, i)| matches!(i.kind, ItemKind::Mission(_)));
        let Some((
            index,
            Item {
                kind: ItemKind::Mission(second),
                list,
                ..
            },
        )) = next
        else {
            continue;
        };
        let joins = |i: &Item| i.is(Class::And) || i.sign(',');
        let between_only_joins = items.get(at + 1..index).is_some_and(|b| {
            b.iter().any(joins)
                && b.iter()
                    .all(|i| joins(i) || i.is(Class::Article) || i.is(Class::Temporal))
        });
        if *list != at && !between_only_joins {
            continue;
        }
        // "opened in A a consulate in 2012, and an embassy in B": each has its own.
        if items
            .get(at + 1..index)
            .is_some_and(|b| b.iter().any(Item::is_date))
        {
            continue;
        }
        // "outre son ambassade, des consulats à A et B": one mission does not stand in several cities.
        if second.cities.len() > 1 && first.possessive && *list != at {
            continue;
        }
        let (cities, sending, receiving) =
            (second.cities.clone(), second.sending, second.receiving);
        if let Some(Item {
            kind: ItemKind::Mission(first),
            ..
        }) = items.get_mut(at)
        {
            first.cities = cities;
            first.sending = first.sending.or(sending);
            first.receiving = first.receiving.or(receiving);
        }
    }
}

/// "Was not opened until 1993", "no fue hasta 1993 cuando se abrió", "ne reconnut le Chili que trois ans plus tard": it was, then; the
/// negation and the bound go together.
pub(super) fn not_until(items: &mut [Item]) {
    for at in 0..items.len() {
        if !items.get(at).is_some_and(|i| i.is(Class::Not)) {
            continue;
        }
        if let Some(only) = only_then(items, at) {
            let than = |m: &Meaning| *m != Meaning::Class(Class::Relative);
            if let Some(item) = items.get_mut(only) {
                item.meanings.retain(than);
            }
            for not in items.get_mut(at..only).unwrap_or(&mut []) {
                not.meanings.retain(|m| *m != Meaning::Class(Class::Not));
            }
            continue;
        }
        let until = |i: &usize| {
            let item = items.get(*i);
            item.is_some_and(|x| matches!(&x.kind, ItemKind::Date(d) if d.bound == Bound::Until))
        };
        let ahead = (at + 1..items.len().min(at + 11)).take_while(|&i| {
            let item = items.get(i);
            item.is_some_and(|x| !matches!(x.kind, ItemKind::Sign(_)) && !x.is(Class::But))
        });
        let date = |i: &usize| items.get(*i).is_some_and(Item::is_date);
        let near = { ahead }.find(date).filter(until);
        // "No se reanudaron, pese a todo, hasta 1970"
        let Some(found) = near.or_else(|| behind_aside(items, at).filter(until)) else {
            continue;
        };
        if let Some(ItemKind::Date(found)) = items.get_mut(found).map(|i| &mut i.kind) {
            found.bound = Bound::None;
        }
        if let Some(not) = items.get_mut(at) {
            not.meanings.retain(|m| *m != Meaning::Class(Class::Not));
        }
    }
}

/// How many items from a negation another, or the word that takes it back, is near.
const NEAR: usize = 6;

/// "Ne furent établies, malgré tout, que le 5 mai": what stands behind the commas that hold an aside behind a negation.
fn behind_aside(items: &[Item], not: usize) -> Option<usize> {
    let ends = items.len().min(not + 28);
    let mut signs = (not + 1..ends).filter(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Sign(_)))
    });
    let comma = |i: usize| items.get(i).is_some_and(|x| x.sign(','));
    let open = signs.next().filter(|&i| comma(i))?;
    let closed = signs.next().filter(|&i| comma(i))?;
    let verb = |i: &Item| i.is_finite() || i.is(Class::Not);
    let aside = items.get(open + 1..closed)?;
    (!aside.iter().any(verb)).then_some(closed + 1)
}

/// "Ne … que le 5 mai", "no … sino en 1930", "ne passa que cinq heures": the word behind a negation that lets nothing but what follows stand:
/// a date, or anything where no other negation is near ("n'a pas dit que").
fn only_then(items: &[Item], not: usize) -> Option<usize> {
    let dated = |i: &Item| matches!(i.kind, ItemKind::Date(_));
    let ahead = (not + 1..items.len().min(not + 16)).take_while(|&i| {
        items
            .get(i)
            .is_some_and(|x| !matches!(x.kind, ItemKind::Sign(_)) && !x.is(Class::But))
    });
    let than = [Class::OnlyThen, Class::NothingBut];
    let denies = |x: &Item| x.is(Class::Not);
    let before = items.get(not.saturating_sub(NEAR)..not).unwrap_or(&[]);
    let alone = |i: usize| {
        let between = items.get(not + 1..i).unwrap_or(&[]);
        between.len() < NEAR && !between.iter().chain(before).any(denies)
    };
    let leads = |&i: &usize| {
        let item = items.get(i);
        item.is_some_and(|x| than.iter().any(|c| x.is(*c)))
    };
    ahead
        .chain(behind_aside(items, not))
        .filter(leads)
        .find(|&i| {
            if items.get(i).is_some_and(|x| x.is(Class::NothingBut)) && alone(i) {
                return true;
            }
            let mut behind = items.get(i + 1..).unwrap_or(&[]).iter();
            behind
                .find(|x| !(x.is(Class::Article) || x.is(Class::In) || x.is(Class::Until)))
                .is_some_and(dated)
        })
}
