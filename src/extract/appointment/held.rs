//! Who holds a post by the words of a sentence, and since when: in one phrase, in apposition, by a copula.

use super::Post;
use crate::extract::dates::Bound;
use crate::extract::frame::{passive_before, reduced};
use crate::extract::items::{Item, ItemKind, OfficeNp, Stand};
use crate::extract::lasting::{lasts, until_before, until_bound};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::language::{Class, TriggerForm};

/// How many items stand at most between the commas behind a name in front of "as".
const ASIDE: usize = 9;

/// The post that a sentence gives a person.
pub(super) fn post_in(reader: &Reader<'_>, sentence: &Sentence<'_>, person: usize) -> Option<Post> {
    (0..sentence.items.len())
        .filter(|&at| !held_earlier(&sentence.items, at))
        .filter_map(|at| held_here(reader, &sentence.items, at))
        .find(|held| held.person == person)
        .map(|held| held.post)
}

/// Who holds a post by the words of a sentence.
pub(super) struct Held {
    pub(super) person: usize,
    pub(super) post: Post,
    /// The item that names the person.
    pub(super) named: usize,
}

/// The date of a term that a phrase tells: "X, consul (2013–2018)", "X, ambassador from 1992 to 1994", "the consul is, since 2019, X",
/// "since 2015 the consul has been X".
pub(super) fn date_of(items: &[Item<'_>], at: usize, named: usize) -> Option<usize> {
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let bracketed = |i: usize| {
        let date = (i + 2..i + 5).find(|&d| {
            items
                .get(d)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        })?;
        (sign(i + 1, '(') && sign(date + 1, ')')).then_some(date)
    };
    let (first, last) = (at.min(named), at.max(named));
    let copula =
        (first.saturating_sub(3)..=last + 3).any(|i| items.get(i).is_some_and(|x| x.is(Class::Be)));
    let reach = if copula { 5 } else { 2 };
    let behind = |i: usize| {
        (i + 1..=i + reach)
            .take_while(|&d| {
                items.get(d).is_some_and(|x| {
                    let verb = x.is_finite() && !x.is(Class::Have);
                    // "by X and from 1933 by Y": the next one's.
                    let next = d == i + 1 && x.is(Class::And);
                    !x.sign(';') && !next && x.actor().is_none() && !verb
                })
            })
            .find(|&d| lasts(items, d))
    };
    // "X, resté en poste jusqu'en 1965": a participle right behind the comma.
    let stays = |d: usize| {
        let verb = items.get(d).and_then(|x| x.verb);
        let comma = d.checked_sub(1).and_then(|c| items.get(c));
        verb == Some(TriggerForm::Participle) && comma.is_some_and(|x| x.sign(','))
    };
    let until_at = |items: &[Item<'_>], d: usize| until_bound(items, d) || until_before(items, d);
    // "X, in post since 2015": small words between.
    let since = |i: usize| {
        (i + 1..i + 7)
            .take_while(|&d| {
                items.get(d).is_some_and(|x| {
                    !x.is_np()
                        && !x.sign(';')
                        && !x.sign('.')
                        && (!x.is_finite() || x.is(Class::PostPlaced) || stays(d))
                        && !x.is(Class::And)
                        && !x.is(Class::Relative)
                })
            })
            .find(|&d| {
                let placed = || {
                    let between = items.get(i + 1..d).unwrap_or(&[]);
                    between.iter().any(|x| x.is(Class::PostPlaced))
                };
                items.get(d).is_some_and(|x| {
                    let ItemKind::Date(found) = &x.kind else {
                        return false;
                    };
                    found.bound == Bound::Since || placed() && until_at(items, d)
                })
            })
    };
    let before = || {
        let all = items.get(..first)?;
        let clean = all.iter().all(|i| {
            i.actor().is_none() && (!i.is_finite() || i.is(Class::Be)) && !i.is(Class::Relative)
        });
        (0..first).find(|&d| clean && copula && lasts(items, d))
    };
    // "From 1950 to 1955 it was represented by X": the time before a passive whose agent he is.
    let agent = || {
        let by = [at, named]
            .iter()
            .any(|&i| items.get(i).is_some_and(|x| x.has_prep(Class::By)));
        let all = items.get(..first)?;
        let verbs = all
            .iter()
            .filter(|i| i.is_finite() && !i.is(Class::Be) && !i.is(Class::Have))
            .count();
        let alone = !all
            .iter()
            .any(|i| i.actor().is_some() || i.is(Class::Relative));
        (0..first).find(|&d| by && verbs < 2 && alone && lasts(items, d))
    };
    bracketed(last)
        .or_else(|| bracketed(first))
        .or_else(|| behind(last))
        .or_else(|| behind(first).filter(|_| first != last && !another_office(items, first, last)))
        .or_else(|| since(last))
        .or_else(agent)
        .or_else(before)
}

/// "X, consul in A from 1996 to 2004, was ambassador in B": whether the first of two items has an office of its own beside that of the other.
fn another_office(items: &[Item<'_>], first: usize, other: usize) -> bool {
    let role = |i: usize| Some(items.get(i)?.actor()?.office.as_ref()?.role);
    role(first).is_some_and(|own| role(other).is_some_and(|role| role != own))
}

/// A person with an office of a head of mission at an item: in one phrase, or joined by a copula ("The current consul is X").
pub(super) fn held_here(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<Held> {
    let item = items.get(at)?;
    let actor = item.actor()?;
    // "X, a former ambassador to Peru": with its seat it is told of X.
    let seated = |o: &&OfficeNp| o.to.or(o.city).is_some();
    let office = actor.office.as_ref().filter(|o| !o.former || seated(o))?;
    let role = reader.role_name(office.role);
    if !is_head_of_mission(&role) {
        return None;
    }
    let mut post = Post::of(office, role);
    post.sending = post.sending.or_else(|| reader.genitive_city(items, at));
    let (person, named) = match &actor.name {
        Some(name) => {
            // A copula may have given the office the name of another item.
            let named = actor.name_span.and_then(|span| {
                items
                    .iter()
                    .position(|i| i.span.start <= span.start && span.end <= i.span.end)
            });
            (reader.people.find(name)?, named.unwrap_or(at))
        }
        None => apposed(reader, items, at)
            .or_else(|| is_named(reader, items, at))
            .or_else(|| was(reader, items, at))
            .or_else(|| once(reader, items, at).filter(|_| seated(&office)))?,
    };
    Some(Held {
        person,
        post,
        named,
    })
}

/// "by an honorary consul, Mr X, since 2009": the one named between commas behind an office.
fn apposed(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    // "the consul in that city, X"
    let at = at + usize::from(items.get(at + 1).is_some_and(|i| i.is(Class::There)));
    items.get(at + 1).filter(|i| i.sign(','))?;
    let title = |i: &Item<'_>| i.is(Class::Honorific) || i.sign('.');
    let named = (at + 2..at + 5).find(|&i| items.get(i).is_some_and(|x| !title(x)))?;
    let item = items.get(named).filter(|i| i.prep.is_empty())?;
    let actor = item
        .actor()
        .filter(|a| a.office.is_none() && a.stand.is_none())?;
    let closed = items
        .get(named + 1)
        .is_none_or(|i| i.sign(',') || i.sign('.') || i.sign('(') || i.sign(';'));
    let person = reader.people.find(actor.name.as_ref()?)?;
    closed.then_some((person, named))
}

/// "The current consul in Cusco has been X", "Consul: X": whom a copula behind an office names.
fn is_named(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let be = (at + 1..items.len())
        .take(14)
        .take_while(|&i| {
            items.get(i).is_some_and(|x| {
                x.actor().is_none()
                    && !x.sign(';')
                    && !x.is(Class::Relative)
                    && !x.is(Class::And)
                    && (!x.is_finite() || x.is(Class::Be) || x.is(Class::Have))
            })
        })
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Be) || x.sign(':')))?;
    if items.get(be + 1).is_some_and(|x| x.is(Class::Not)) {
        return None;
    }
    (be + 1..be + 7)
        .take_while(|&i| {
            items
                .get(i)
                .is_some_and(|x| !x.is_finite() || x.is(Class::Be))
        })
        .find_map(|i| {
            let named = items.get(i)?;
            let other = named
                .actor()
                .filter(|a| a.office.as_ref().is_none_or(|o| o.former) && named.prep.is_empty())?;
            let name = other.name.as_ref()?;
            Some((reader.people.find(name)?, i))
        })
}

/// "the", "his", "Peruvian", "Peru's": words before an office that tell whose it is, or nothing.
fn describes(item: &Item<'_>) -> bool {
    let small = [
        Class::Article,
        Class::Indefinite,
        Class::Possessive,
        Class::Temporal,
    ];
    item.kind == ItemKind::Word && small.iter().any(|c| item.is(*c))
        || item.adjective().is_some()
        || item.genitive && item.named_body().is_some()
}

/// "X, previously consul in Lima, …", "X, later ambassador to Peru, …": whom a word for another time between commas gives an office.
fn once(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let times = [
        Class::Earlier,
        Class::Formerly,
        Class::Former,
        Class::Then,
        Class::Later,
    ];
    let time = |i: &Item<'_>| times.iter().any(|c| i.is(*c));
    let before = items.get(..at)?;
    let comma = before
        .iter()
        .rposition(|i| !(describes(i) || i.kind == ItemKind::Word && time(i)))?;
    items.get(comma).filter(|i| i.sign(','))?;
    let told = items.get(at)?.actor()?.office.as_ref()?.former;
    (told || before.get(comma..)?.iter().any(time)).then_some(())?;
    let closed = items.get(at + 1).is_none_or(|i| {
        matches!(i.kind, ItemKind::Sign(_) | ItemKind::Date(_)) || i.is(Class::And)
    });
    let named = comma.checked_sub(1)?;
    let name = items.get(named)?.actor()?.name.as_ref()?;
    Some((reader.people.find(name).filter(|_| closed)?, named))
}

/// The person of whom the words before an office say that they were it: "Ana Soto was consul from 1939 to 1941".
fn was(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let filler = |i: &Item<'_>| {
        let dated = matches!(i.kind, ItemKind::Date(_)) || i.is(Class::Since);
        !(i.is(Class::Be) || i.is(Class::As))
            && (dated
                || i.genitive && i.named_body().is_some()
                || i.adjective().is_some()
                || [
                    Class::Article,
                    Class::Temporal,
                    Class::DatePart,
                    Class::Earlier,
                    Class::Possessive,
                    Class::Genitive,
                    Class::MissionFirst,
                    Class::Ordinal,
                    Class::Again,
                ]
                .iter()
                .any(|c| i.is(*c)))
    };
    let mut be = (at.saturating_sub(6)..at)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| !filler(x)))?;
    // "is moreover ambassador to …": an adverb right behind the verb.
    let adverb = |i: usize| {
        let item = items.get(i);
        item.is_some_and(|x| {
            matches!(x.kind, ItemKind::Word) && x.meanings.is_empty() && x.verb.is_none()
        })
    };
    if adverb(be) && be > 0 && items.get(be - 1).is_some_and(|x| x.is(Class::Be)) {
        be -= 1;
    }
    // "X was consul in A (1990–1995) and ambassador in B": the offices before it in the list passed over.
    if items
        .get(be)
        .is_some_and(|x| x.is(Class::And) || x.sign(','))
    {
        let listed = |i: &Item<'_>| {
            filler(i)
                || i.is(Class::And)
                || matches!(
                    i.kind,
                    ItemKind::Sign(',' | '(' | ')') | ItemKind::Date(_) | ItemKind::City(_)
                )
                || i.actor()
                    .is_some_and(|a| a.name.is_none() && a.office.is_some())
                || matches!(i.kind, ItemKind::Word) && (i.is(Class::In) || i.is(Class::From))
        };
        be = (0..be)
            .rev()
            .find(|&i| items.get(i).is_some_and(|x| !listed(x)))?;
    }
    let verb = items.get(be)?;
    let denied = items
        .get(be.saturating_sub(2)..be)?
        .iter()
        .any(|i| i.is(Class::Not));
    if denied {
        return None;
    }
    let find = |i: usize| {
        let item = items.get(i)?;
        let actor = item.actor()?;
        if let Some(name) = &actor.name {
            return Some((reader.people.find(name)?, i));
        }
        // "She had been ambassador to …"
        let seat = items.get(at)?.actor()?.office.as_ref()?;
        let he = actor.stand == Some(Stand::He) && seat.to.or(seat.city).is_some();
        let index = reader
            .sentence_index(items.first()?.span.start)
            .filter(|_| he)?;
        Some((reader.last_person(index, item.span)?.0, i))
    };
    // "con X, antiguo cónsul en Quito, como embajador": the preposition is the office's.
    if items.get(at).is_some_and(|i| i.has_prep(Class::As))
        && let Some(found) = before_aside(items, at).and_then(find)
    {
        return Some(found);
    }
    // "with X as its first consul": right behind the name.
    if verb.is(Class::As)
        && let Some(found) = be.checked_sub(1).and_then(find)
    {
        return Some(found);
    }
    if verb.is(Class::As)
        && let Some(found) = before_aside(items, be).and_then(find)
    {
        return Some(found);
    }
    (verb.is(Class::Be) && !verb.is(Class::Planned)).then_some(())?;
    (0..be)
        .rev()
        .take_while(|&i| {
            items.get(i).is_some_and(|x| {
                // "X, appointed by Y, had been ambassador": a participle makes no clause.
                let participle = x.verb == Some(TriggerForm::Participle)
                    && !passive_before(items.get(..i).unwrap_or(&[]))
                    || reduced(items, i);
                let verb = matches!(x.kind, ItemKind::Trigger(_)) && !x.is(Class::Have);
                !x.sign(';') && (!verb || participle)
            })
        })
        .filter(|&i| items.get(i).is_some_and(|x| x.prep.is_empty()))
        .find_map(find)
}

/// "with X, a former consul in Quito, as ambassador": the name before what stands between commas in front of "as".
fn before_aside(items: &[Item<'_>], as_word: usize) -> Option<usize> {
    let comma = |i: &usize| items.get(*i).is_some_and(|x| x.sign(','));
    let close = as_word.checked_sub(1).filter(comma)?;
    // The office between the commas may have been read with the name.
    let with = |i: usize| {
        let led = i.checked_sub(1).and_then(|i| items.get(i));
        let own = items.get(i).is_some_and(|x| x.has_prep(Class::With));
        own || led.is_some_and(|x| x.is(Class::With))
    };
    let last = close.checked_sub(1)?;
    if items.get(last)?.actor().is_some_and(|a| a.name.is_some()) {
        return with(last).then_some(last);
    }
    let open = (close.saturating_sub(ASIDE)..close).rev().find(comma)?;
    let named = open.checked_sub(1)?;
    let aside = items.get(open + 1..close)?;
    let other = |i: &Item<'_>| i.is_finite() || i.actor().is_some_and(|a| a.name.is_some());
    (with(named) && !aside.iter().any(other)).then_some(named)
}

/// "X, who had been ambassador in A before, …", "X, previously ambassador in A, …": whether an office is told of an earlier time.
pub(in crate::extract) fn held_earlier(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let office = items.get(at).and_then(|i| i.actor()?.office.as_ref());
    let led = before
        .iter()
        .rev()
        .find(|i| i.tells_earlier() || !describes(i));
    let once = office.is_some_and(|o| o.former || led.is_some_and(Item::tells_earlier));
    if once {
        return true;
    }
    let Some(relative) = before.iter().rposition(|i| i.is(Class::Relative)) else {
        return false;
    };
    let clause = items.get(relative..at).unwrap_or(&[]);
    clause.len() < 7 && clause.iter().any(Item::tells_earlier)
}
