//! Whom a sentence gives as head of a mission in passing: "the consul, X", "X was ambassador until 1957", "a legation under X".

use super::beside::{Beside, date_behind, later_offices};
use super::credentials::beside_at;
use super::held::{Held, date_of, held_earlier, held_here};
use super::rows::terms_behind;
use super::scattered::scattered_at;
use super::term::Term;
use super::{Post, also, claim, complete, further, spoken};
use crate::extract::dates::Bound;
use crate::extract::envoys::by_state;
use crate::extract::items::{Item, ItemKind, OfficeNp};
use crate::extract::lasting::lasts;
use crate::extract::mission::city_before;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Fact, Kind, Slot};
use crate::language::{Class, Rule};

/// The city of one of the document's sides that a clause names as a place, before the office at an item rather than behind it.
fn city_of_side(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let of_side = |city: &usize| {
        let state = reader.state_of_city(*city);
        state.is_some_and(|s| reader.is_side(s))
    };
    let place = |i: &Item<'_>| {
        let mission = i.mission().and_then(|np| np.cities.first().map(|c| c.0));
        let own = i.city().filter(|_| i.has_prep(Class::In));
        own.or(mission).filter(of_side)
    };
    let clause = |i: &&Item<'_>| !i.sign(';');
    let mut before = items.get(..at)?.iter().rev().take_while(clause);
    let mut behind = items.get(at..)?.iter().take_while(clause);
    before.find_map(place).or_else(|| behind.find_map(place))
}

/// "opened its embassy in Lima, with X as ambassador": whether a mission with its seat stands before an office in its clause.
fn seated_before(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let mut before = before.take_while(|i| !i.sign(';'));
    let mission = before.find_map(Item::mission);
    mission.is_some_and(|np| !np.cities.is_empty())
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
pub(super) fn owner(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
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
        let body = i.body().or(office).or(mission);
        body.filter(|b| !reader.is_organisation(*b))
    };
    // "Peru is represented in Chile by its consul": not where, or before whom, it has him.
    let place = |i: &&Item<'_>| {
        let preps = [Class::In, Class::To, Class::Before];
        preps.iter().any(|c| i.has_prep(*c))
    };
    let acts =
        |i: &Item<'_>| i.is_finite() || i.is(Class::Be) || matches!(i.kind, ItemKind::Trigger(_));
    let verb = clause.clone().position(acts);
    let subject = clause.clone().skip(verb.map_or(0, |at| at + 1));
    let whose = subject.filter(|i| !place(i)).find_map(state);
    whose.or_else(|| clause.filter_map(state).next())
}

fn item_office<'i>(items: &'i [Item<'_>], at: usize) -> Option<&'i OfficeNp> {
    items.get(at)?.actor()?.office.as_ref()
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
    let mut beside = beside_at(reader, index, sentence);
    beside.extend(scattered_at(reader, items));
    // Who stands beside his own state is told of with it.
    let apart = |at: usize| by_state(items, at) || beside.contains(&at);
    for at in 0..items.len() {
        if apart(at) {
            continue;
        }
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
        // "received three ambassadors in Oslo: A (Peru), B (Chile)"
        if apart(named) {
            continue;
        }
        let mut evidence = Vec::new();
        let mut beside = Beside::read(reader, items, at.max(named));
        // "X, appointed in 1937, was the first ambassador"
        if named < at && beside.named.is_none() && beside.since.is_none() {
            beside.named = Beside::read(reader, items, named).named;
        }
        // "Ambassador X, based in Brussels": another post than the one spoken of.
        let here = || {
            let name = reader.person_value(person)?.text();
            let mut told = told.last_about(Kind::Appointment, &name);
            told.next()
                .filter(|t| t.statement() == sentence.span)
                .cloned()
        };
        if beside.since.is_none() && here().is_some() {
            beside.city = None;
        }
        if headed_by_office && post.bare() && beside.since.is_none() {
            post.city = beside.city;
        }
        if !headed
            && post.bare()
            && !seated_before(items, at)
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
        let here = |city: &usize| {
            let state = reader.state_of_city(*city);
            state != post.sending && post.receiving.is_none_or(|r| Some(r) == state)
        };
        // "consulates in A (consul: X) and B (consul: Y)": each where his bracket stands.
        let bracketed = city_before(items, at).filter(|_| headed_by_office);
        if let Some(city) = bracketed.filter(|_| post.city.is_none()) {
            post.city = Some(city).filter(here);
            let mission = items.iter().take(at).rev().find_map(Item::mission);
            let head =
                mission.and_then(|np| spoken::role_of(reader.lexicon.missions.get(np.kind)?));
            // A consul of an honorary consulate is one.
            post.role = head
                .filter(|head| head.ends_with(&post.role))
                .unwrap_or(post.role);
        }
        if headed_by_office && post.city.is_none() {
            post.city = beside.city.filter(here);
        }
        if post.bare() {
            post.city = city_of_side(reader, items, at);
        }
        if headed_by_office && post.city.is_none() && post.receiving.is_none() {
            post.city =
                seat_beside(reader, items, at).filter(|c| reader.state_of_city(*c) != post.sending);
        }
        if post.receiving.is_none() {
            post.receiving = accredited_here(reader, items, &post);
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
        // "headed from 2015 to 2019 by X, formerly consul in A": what stands before the office is not of it.
        let former = item_office(items, at).is_some_and(|o| o.former) || held_earlier(items, at);
        // "was ambassador from 2005 to 2010 and later ambassador to B": nor of what came later.
        let later = |d: usize| {
            let between = items.get(d + 1..at).unwrap_or(&[]);
            between.iter().any(|i| i.is(Class::Later))
        };
        let date = date_of(items, at, named).filter(|d| *d > at || !former && !later(*d));
        let date = date.or_else(|| {
            // "A su frente está, desde 2022, X": the date stands between.
            let near = at.saturating_sub(5)..at;
            near.rev().find(|&d| !headed_by_office && lasts(items, d))
        });
        // "received its first consul, X, in January 1889": the date behind the comma that closes who came.
        let came = || {
            let comma = items.get(named + 1).filter(|i| i.sign(','));
            let at = named + 2 + usize::from(items.get(named + 2).is_some_and(|i| i.is(Class::In)));
            let verb = items
                .get(..at)?
                .iter()
                .rev()
                .take(8)
                .any(|i| received(reader, i));
            comma.filter(|_| verb)?;
            items.get(at).filter(|i| i.is_date()).map(|_| at)
        };
        if date.is_none() && beside.since.is_none() {
            beside.named = came().or(beside.named);
        }
        let later = later_offices(reader, items, at);
        let date = date
            .or(beside.since)
            .or_else(|| date_behind(items, at).filter(|_| !later.is_empty()));
        let introduced = || introduction(items, at).filter(|_| headed_by_office);
        let term = match (date, beside.named.or_else(introduced)) {
            (Some(_), _) => Term::read(reader, sentence, date, None),
            (None, named @ Some(_)) => Term::read(reader, sentence, named, Some("start")),
            (None, None) => Term::default(),
        };
        let opened = opened.or_else(|| {
            begins(items, at, named)
                .then(|| opened_here(reader, sentence, at, told, &post))
                .flatten()
        });
        let Some(mut claim) = claim(reader, sentence, rule, None, person, &post, &term, evidence)
        else {
            continue;
        };
        let further = further(reader, items, &post);
        if let Some(opened) = opened.clone()
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
                    && !to_end(reader, t)
                    && t.fact.get(Slot::Person) == claim.fact.get(Slot::Person)
                    && !elsewhere(reader, &t.fact, explicit)
                    && !((term.says_more(&t.fact) || opened.is_some() && !t.fact.has(Slot::Start))
                        && (t.fact.get(Slot::Role) == claim.fact.get(Slot::Role)
                            || said_with_term(t, &claim)))
            })
            || headed && spoken::told_before(told, &claim);
        // "Ambassador X held talks": whose post the text has told says nothing of another.
        let bare = item_office(items, at).is_some_and(|o| {
            o.of.is_none() && o.to.is_none() && o.city.is_none() && o.further.is_empty()
        });
        let known = bare
            && headed_by_office
            && !claim.fact.has(Slot::Start)
            && !claim.fact.has(Slot::End)
            && posted_elsewhere(told, &claim);
        if !said && !known {
            let others = further
                .into_iter()
                .filter_map(|place| also(reader, sentence, &claim, &place));
            let mut others: Vec<Claim> = others.collect();
            let again = date.map_or_else(Vec::new, |date| terms_again(items, date));
            others.extend(again.into_iter().map(|date| {
                let mut other = claim.clone();
                other.fact.slots.remove(&Slot::Start);
                other.fact.slots.remove(&Slot::End);
                Term::read(reader, sentence, Some(date), None).put(&mut other.fact);
                other
            }));
            others.extend(
                later
                    .iter()
                    .filter_map(|l| super::also_as(reader, sentence, &claim, *l)),
            );
            claims.push(claim);
            claims.extend(others);
        }
    }
    as_in_other(&mut claims);
    claims
}

/// "from 1961 to 1965 and from 1970 to 1974": the dates of further terms of the same holder, behind which no other is named.
fn terms_again(items: &[Item<'_>], date: usize) -> Vec<usize> {
    let mut terms = terms_behind(items, date);
    let other = |d: usize| {
        let comma = usize::from(items.get(d + 1).is_some_and(|i| i.sign(',')));
        let next = items.get(d + 1 + comma);
        next.is_some_and(|i| i.is_np() && (comma == 0 || i.prep.is_empty()))
    };
    if terms.last().is_some_and(|d| other(*d)) {
        terms.pop();
    }
    terms
}

/// "The ambassador of Peru, X, resident in Oslo", in a paper of a state that is neither: the state to which he is accredited.
fn accredited_here(reader: &Reader<'_>, items: &[Item<'_>], post: &Post) -> Option<usize> {
    let (city, sending) = post.city.zip(post.sending)?;
    let at = items.iter().position(|i| i.city() == Some(city))?;
    let led = items.get(at.saturating_sub(2)..at)?;
    let resides = |i: &Item<'_>| reader.lexicon.lists(Class::Residing, &i.folded);
    led.iter().any(resides).then_some(())?;
    let here = reader.home().or_else(|| reader.other_side(sending))?;
    let there = reader.state_of_city(city)?;
    let apart = ![sending, there].iter().any(|s| reader.same_state(*s, here));
    (apart && sending != there).then_some(here)
}

/// "The ambassador, X, will leave in May": whether a claim tells the end of a post as what has not come, so that its holder has it.
fn to_end(reader: &Reader<'_>, claim: &Claim) -> bool {
    let id = claim.rule.split_once('.').map(|(_, id)| id);
    let rule = id.and_then(|id| reader.lexicon.rule(id));
    let ends = rule.is_some_and(|r| r.set.get("slot").is_some_and(|s| s == "end"));
    ends && !claim.holds()
}

/// Whether a text has told where somebody heads a mission, in another state than a claim would have it.
fn posted_elsewhere(told: &Told, claim: &Claim) -> bool {
    let name = claim.fact.text(Slot::Person);
    let mut posts = told.last_about(Kind::Appointment, &name);
    posts.any(|t| {
        let placed = t.fact.has(Slot::Receiving);
        t.holds()
            && placed
            && is_head_of_mission(&t.fact.text(Slot::Role))
            && t.fact.get(Slot::Receiving) != claim.fact.get(Slot::Receiving)
    })
}

/// "Minister from 1955, he became ambassador in 1957": whether an office is another than the one told, each with a beginning of its own.
fn said_with_term(told: &Claim, claim: &Claim) -> bool {
    let start = |c: &Claim| c.fact.get(Slot::Start).cloned();
    told.fact.get(Slot::Role) != claim.fact.get(Slot::Role)
        && start(claim).is_some()
        && start(told).is_some()
        && start(claim) != start(told)
}

/// "The ambassador of A in B, X, is also ambassador to C": who sends, and the seat, are those of the person's other post in the sentence.
fn as_in_other(claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let open = claims
            .get(at)
            .filter(|c| !c.fact.has(Slot::Sending) && c.fact.has(Slot::Receiving));
        let other = open.and_then(|open| {
            claims.iter().find(|c| {
                c.fact.has(Slot::Sending)
                    && c.fact.get(Slot::Person) == open.fact.get(Slot::Person)
                    && c.fact.get(Slot::Sending) != open.fact.get(Slot::Receiving)
            })
        });
        let slots = other.map(|c| [Slot::Sending, Slot::City].map(|s| (s, c.fact.get(s).cloned())));
        let Some(claim) = claims.get_mut(at) else {
            continue;
        };
        for (slot, value) in slots.into_iter().flatten() {
            if let Some(value) = value.filter(|_| !claim.fact.has(slot)) {
                claim.fact.set(slot, value);
            }
        }
    }
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
    // "under a chargé d'affaires, X", "sous la direction d'un consul, X"
    let under = all(Class::MissionHead);
    named < at && all(Class::As) && with || first || under
}

/// Whether an item says that somebody was received.
fn received(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let mut rules = item.rules(reader.lexicon);
    rules.any(|r| r.id.ends_with(".received") || r.fact == "meeting" && item.is_finite())
}

/// "Lima received in 1951 a chargé d'affaires, X": the only date of the clause in which an office is spoken of for the first time.
fn introduction(items: &[Item<'_>], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    let graded = |i: &&Item<'_>| i.is(Class::Temporal) || i.adjective().is_some();
    let article = before
        .iter()
        .rev()
        .find(|i| !graded(i) || i.is(Class::Article))?;
    // "a consul in post since …" is dated by itself; "an ambassador" without a name may be any.
    article.is(Class::Indefinite).then_some(())?;
    let breaks = |i: &Item<'_>| i.sign(';') || i.sign('(') || i.sign(':') || i.is(Class::Relative);
    let start = before.iter().rposition(breaks).map_or(0, |i| i + 1);
    let behind = items.get(at..)?;
    let end = behind
        .iter()
        .position(breaks)
        .map_or(items.len(), |i| at + i);
    let clause = items.get(start..end)?;
    let several = clause
        .iter()
        .filter(|i| i.actor().is_some_and(|a| a.office.is_some()));
    let mut dates = (start..end).filter(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    });
    let only = dates.next().filter(|_| dates.next().is_none())?;
    let until = matches!(&items.get(only)?.kind, ItemKind::Date(d) if matches!(d.bound, Bound::Until | Bound::Before));
    (several.count() == 1 && clause.iter().any(Item::is_finite) && !until).then_some(only)
}

/// The day on which the sentence says that the mission of a post was opened.
fn opened_here(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    at: usize,
    told: &Told,
    post: &Post,
) -> Option<crate::fact::Value> {
    let place = (post.receiving, post.city);
    // "opened in 1948 under X, and was raised to an embassy in 1957": what is dated before him.
    let before = |t: &&Claim| {
        let opened = t.fact.date(Slot::Opened);
        opened.is_some()
            && (0..at).any(|i| {
                let dated = sentence.items.get(i).is_some_and(Item::is_date);
                dated && reader.date(sentence, Some(i)).date.as_ref() == opened
            })
    };
    let here = || {
        told.here(Kind::Mission, sentence.span)
            .filter(|t| t.holds() && !elsewhere(reader, &t.fact, place))
    };
    let akin = |t: &&Claim| {
        crate::extract::settle::consular(&t.fact)
            == crate::extract::offices::is_consular(&post.role)
    };
    // "A legation was opened in 1957 under X, minister; it became an embassy in 1961": that of his own rank.
    let headed = spoken::headed_kind(&post.role);
    let own = |t: &&Claim| headed.is_some_and(|kind| t.fact.text(Slot::Kind) == kind);
    let ahead = || here().filter(before);
    let opened = ahead()
        .find(own)
        .or_else(|| ahead().find(akin))
        .or_else(|| here().find(own))
        .or_else(|| here().find(akin));
    opened.and_then(|t| t.fact.get(Slot::Opened).cloned())
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
