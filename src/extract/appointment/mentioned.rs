//! Whom a sentence gives as head of a mission in passing: "the consul, X", "X was ambassador until 1957", "a legation under X".

use super::beside::{Beside, date_behind, later_offices};
use super::term::Term;
use super::{Post, also, claim, complete, further, spoken};
use crate::extract::dates::Bound;
use crate::extract::frame::passive_before;
use crate::extract::items::{Item, ItemKind};
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Fact, Kind, Slot};
use crate::language::{Class, Rule, TriggerForm};

/// The city of one of the document's sides that a sentence names as a place.
fn city_of_side(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<usize> {
    items
        .iter()
        .filter(|i| i.has_prep(Class::In))
        .filter_map(Item::city)
        .find(|city| {
            reader
                .state_of_city(*city)
                .is_some_and(|s| reader.is_side(s))
        })
}

/// "in La Guaira a Danish consul, X": the city right before an office, nothing but small words between.
fn seat_beside(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let small = |i: &&Item<'_>| {
        matches!(i.kind, ItemKind::Word)
            && [Class::Article, Class::Indefinite, Class::Temporal]
                .iter()
                .any(|c| i.is(*c))
    };
    let before = items.get(..at)?.iter().rev().find(|i| !small(i))?;
    let city = before.city().filter(|_| before.has_prep(Class::In))?;
    reader
        .state_of_city(city)
        .is_some_and(|s| reader.is_side(s))
        .then_some(city)
}

/// "our ambassador in Lima", "Peru was represented by its consul": the state to which a possessive before an office points.
fn owner(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    let words = before.iter().rev();
    let mut words = words.skip_while(|i| i.is(Class::Temporal) || i.is(Class::MissionFirst));
    let word = words.next().filter(|i| i.is(Class::Possessive))?;
    if word.is(Class::Our) {
        return reader.home();
    }
    let clause = before
        .iter()
        .rev()
        .take_while(|i| !(i.sign(';') || i.is(Class::Relative)));
    let state = |i: &Item<'_>| {
        let office = i.actor().and_then(|a| a.office.as_ref()?.of.or(a.body));
        let mission = i.mission().and_then(|np| np.sending);
        i.body().or(office).or(mission)
    };
    clause
        .filter_map(state)
        .find(|b| !reader.is_organisation(*b))
}

/// Everybody whom a sentence gives as head of a mission.
pub(in crate::extract) fn mentioned(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    index: usize,
    told: &Told,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let items = &sentence.items;
    for at in 0..items.len() {
        let held = held_here(reader, items, at);
        let headed = held.is_none();
        let headed_by_office = !headed;
        let found = held.map(|held| (held, None)).or_else(|| {
            let (person, post, opened) = spoken::heads(reader, index, sentence, at, told)?;
            Some((
                Held {
                    person,
                    post,
                    named: at,
                },
                opened,
            ))
        });
        let Some((held, opened)) = found else {
            continue;
        };
        let Held {
            person,
            mut post,
            named,
        } = held;
        let mut evidence = Vec::new();
        if !headed
            && post.bare()
            && reader.own_mission.is_none()
            && reader.heading_side(sentence).is_none()
            && let Some((spoken, from)) = spoken::post(reader, index, told, Some(&post.role))
        {
            post = Post {
                role: post.role,
                ..spoken
            };
            evidence.push(from);
        }
        if post.sending.is_none()
            && let Some(side) = reader.heading_side(sentence)
        {
            post.sending = Some(side);
            evidence.extend(reader.heading_evidence(sentence));
        }
        if post.sending.is_none() && headed_by_office {
            let from = post.receiving;
            let from = from.or(post.city.and_then(|c| reader.state_of_city(c)));
            post.sending = owner(reader, items, at).filter(|s| Some(*s) != from);
        }
        let beside = Beside::read(reader, items, at.max(named));
        let here = |city: &usize| {
            let state = reader.state_of_city(*city);
            state != post.sending && post.receiving.is_none_or(|r| Some(r) == state)
        };
        if headed_by_office && post.city.is_none() {
            post.city = beside.city.filter(here);
        }
        if post.bare() {
            post.city = city_of_side(reader, items);
        }
        if headed_by_office && post.city.is_none() && post.receiving.is_none() {
            post.city =
                seat_beside(reader, items, at).filter(|c| reader.state_of_city(*c) != post.sending);
        }
        let explicit = (
            post.receiving
                .or(post.city.and_then(|c| reader.state_of_city(c))),
            post.city,
        );
        if complete(reader, &mut post) {
            evidence.extend(reader.side_evidence());
        }
        // "X, consul in Hamburg, was named ambassador in Oslo": sent by the same state.
        if post.sending.is_none() {
            post.sending =
                sender(reader, sentence, told, person).filter(|s| Some(*s) != post.receiving);
        }
        if post.sending.is_none() && post.receiving.is_none() {
            continue;
        }
        let date = date_of(items, at, named).or_else(|| {
            // "A su frente está, desde 2022, X": the date stands between.
            let near = at.saturating_sub(5)..at;
            near.rev().find(|&d| !headed_by_office && lasts(items, d))
        });
        let later = later_offices(reader, items, at);
        let date = date
            .or(beside.since)
            .or_else(|| date_behind(items, at).filter(|_| !later.is_empty()));
        let term = match (date, beside.named) {
            (Some(_), _) => Term::read(reader, sentence, date, None),
            (None, Some(_)) => Term::read(reader, sentence, beside.named, Some("start")),
            (None, None) => Term::default(),
        };
        let opened = opened.or_else(|| {
            begins(items, at, named)
                .then(|| opened_here(sentence, told, &post))
                .flatten()
        });
        let Some(mut claim) = claim(reader, sentence, rule, None, person, &post, &term, evidence)
        else {
            continue;
        };
        let further = further(reader, items, &post);
        if let Some(opened) = opened
            && date.is_none()
            && !claim.fact.has(Slot::Start)
        {
            // "A legation was opened in 1929 under X": with the mission the term begins.
            claim.fact.set(Slot::Start, opened);
        }
        let said = told
            .last_of(Kind::Appointment)
            .take(64)
            .chain(&claims)
            .any(|t| {
                t.fact.kind == Kind::Appointment
                    && t.statement() == claim.statement()
                    && t.fact.get(Slot::Person) == claim.fact.get(Slot::Person)
                    && !elsewhere(reader, &t.fact, explicit)
                    && !(term.says_more(&t.fact)
                        && t.fact.get(Slot::Role) == claim.fact.get(Slot::Role))
            })
            || headed && spoken::told_before(told, &claim);
        if !said {
            let others = further
                .into_iter()
                .filter_map(|place| also(reader, sentence, &claim, &place));
            let mut others: Vec<Claim> = others.collect();
            others.extend(
                later
                    .iter()
                    .filter_map(|l| super::also_as(reader, sentence, &claim, *l)),
            );
            claims.push(claim);
            claims.extend(others);
        }
    }
    claims
}

/// "with X as consul", "its first consul was X": words that make somebody the head of a mission from its first day.
fn begins(items: &[Item<'_>], at: usize, named: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]).iter().rev().take(3);
    let all = |class: Class| before.clone().any(|i| i.is(class));
    let first = all(Class::Possessive) && before.clone().any(|i| i.is(Class::MissionFirst));
    let with = named
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.is(Class::With) || i.is(Class::Honorific));
    let with = with || items.get(named).is_some_and(|i| i.has_prep(Class::With));
    named < at && all(Class::As) && with || first
}

/// The day on which the sentence says that the mission of a post was opened.
fn opened_here(sentence: &Sentence<'_>, told: &Told, post: &Post) -> Option<crate::fact::Value> {
    told.last_of(Kind::Mission)
        .take_while(|t| t.statement() == sentence.span)
        .filter(|t| t.holds())
        .find(|t| {
            crate::extract::settle::consular(&t.fact)
                == crate::extract::offices::is_consular(&post.role)
        })
        .and_then(|t| t.fact.get(Slot::Opened).cloned())
}

/// Who sends a person of whom the sentence tells another post that says so.
fn sender(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    told: &Told,
    person: usize,
) -> Option<usize> {
    let value = reader.person_value(person)?;
    told.last_about(Kind::Appointment, &value.text())
        .take_while(|t| t.statement() == sentence.span)
        .find_map(|t| reader.body_in(&t.fact, Slot::Sending))
}

/// Whether a post told of somebody is in another state or city than the one that the words of another name.
fn elsewhere(
    reader: &Reader<'_>,
    fact: &Fact,
    (state, city): (Option<usize>, Option<usize>),
) -> bool {
    let other = |said: Option<usize>, told: Option<usize>| {
        said.zip(told).is_some_and(|(said, told)| said != told)
    };
    other(state, reader.body_in(fact, Slot::Receiving))
        || other(city, reader.city_in(fact, Slot::City))
}

/// The post that a sentence gives a person.
pub(super) fn post_in(reader: &Reader<'_>, sentence: &Sentence<'_>, person: usize) -> Option<Post> {
    (0..sentence.items.len())
        .filter(|&at| !held_earlier(&sentence.items, at))
        .filter_map(|at| held_here(reader, &sentence.items, at))
        .find(|held| held.person == person)
        .map(|held| held.post)
}

/// Who holds a post by the words of a sentence.
struct Held {
    person: usize,
    post: Post,
    /// The item that names the person.
    named: usize,
}

/// The date of a term that a phrase tells: "X, consul (2013–2018)", "X, ambassador from 1992 to 1994", "the consul is, since 2019, X",
/// "since 2015 the consul has been X".
fn date_of(items: &[Item<'_>], at: usize, named: usize) -> Option<usize> {
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
                    !x.sign(';') && x.actor().is_none() && !verb
                })
            })
            .find(|&d| lasts(items, d))
    };
    // "X, in post since 2015": small words between.
    let since = |i: usize| {
        (i + 1..i + 7)
            .take_while(|&d| {
                items.get(d).is_some_and(|x| {
                    !x.is_np()
                        && !x.sign(';')
                        && !x.sign('.')
                        && !x.is_finite()
                        && !x.is(Class::And)
                        && !x.is(Class::Relative)
                })
            })
            .find(|&d| {
                items.get(d).is_some_and(
                    |x| matches!(&x.kind, ItemKind::Date(found) if found.bound == Bound::Since),
                )
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
        .or_else(|| behind(first).filter(|_| first != last))
        .or_else(|| since(last))
        .or_else(agent)
        .or_else(before)
}

/// A person with an office of a head of mission at an item: in one phrase, or joined by a copula ("The current consul is X").
fn held_here(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<Held> {
    let item = items.get(at)?;
    let actor = item.actor()?;
    let office = actor.office.as_ref().filter(|o| !o.former)?;
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
            .or_else(|| was(reader, items, at))?,
    };
    Some(Held {
        person,
        post,
        named,
    })
}

/// "by an honorary consul, Mr X, since 2009": the one named between commas behind an office.
fn apposed(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
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
                .filter(|a| a.office.is_none() && named.prep.is_empty())?;
            let name = other.name.as_ref()?;
            Some((reader.people.find(name)?, i))
        })
}

/// The person of whom the words before an office say that they were it: "Ana Soto was consul from 1939 to 1941".
fn was(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<(usize, usize)> {
    let filler = |i: &Item<'_>| {
        let dated = matches!(i.kind, ItemKind::Date(_)) || i.is(Class::Since);
        !(i.is(Class::Be) || i.is(Class::As))
            && (dated
                || [
                    Class::Article,
                    Class::Temporal,
                    Class::DatePart,
                    Class::Earlier,
                    Class::Possessive,
                ]
                .iter()
                .any(|c| i.is(*c)))
    };
    let mut be = (at.saturating_sub(4)..at)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| !filler(x)))?;
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
        let name = items.get(i)?.actor()?.name.as_ref()?;
        Some((reader.people.find(name)?, i))
    };
    // "with X as its first consul": right behind the name.
    if verb.is(Class::As)
        && let Some(found) = be.checked_sub(1).and_then(find)
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
                    && !passive_before(items.get(..i).unwrap_or(&[]));
                let verb = matches!(x.kind, ItemKind::Trigger(_)) && !x.is(Class::Have);
                !x.sign(';') && (!verb || participle)
            })
        })
        .filter(|&i| items.get(i).is_some_and(|x| x.prep.is_empty()))
        .find_map(find)
}

/// "X, who had been ambassador in A before, …": whether an office stands in a relative clause that tells of an earlier time.
pub(super) fn held_earlier(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let Some(relative) = before.iter().rposition(|i| i.is(Class::Relative)) else {
        return false;
    };
    let clause = items.get(relative..at).unwrap_or(&[]);
    let earlier =
        |i: &Item<'_>| i.is(Class::Earlier) || i.is(Class::Formerly) || i.is(Class::Former);
    clause.len() < 7 && clause.iter().any(earlier)
}
