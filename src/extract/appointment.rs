//! Appointments: heads of mission, envoys and consuls, in prose, infoboxes and lists.

mod listed;
mod spoken;
mod succession;

use super::frame::Frame;
use super::items::{Item, ItemKind, OfficeNp};
use super::offices::is_head_of_mission;
use super::reader::{Dated, Reader, Sentence};
use super::told::Told;
use crate::fact::{Claim, Evidence, Fact, Kind, Slot};
use crate::language::{Class, Rule};
pub(super) use listed::{entry, listed, under_heading};
use succession::succession;

/// The post that a text speaks of.
#[derive(Clone, Debug, Default)]
struct Post {
    role: String,
    sending: Option<usize>,
    receiving: Option<usize>,
    city: Option<usize>,
}

#[expect(
    clippy::too_many_arguments,
    reason = "every part of an appointment, once"
)]
fn claim(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: Option<&Frame>,
    person: usize,
    post: &Post,
    dated: &Dated,
    evidence: Vec<Evidence>,
) -> Option<Claim> {
    let mut fact = Fact::new(Kind::Appointment);
    fact.set(Slot::Person, reader.person_value(person)?);
    fact.set(Slot::Role, reader.office_value(&post.role, None));
    if let Some(value) = post.sending.and_then(|b| reader.body_value(b)) {
        fact.set(Slot::Sending, value);
    }
    if let Some(value) = post.receiving.and_then(|b| reader.body_value(b)) {
        fact.set(Slot::Receiving, value);
    }
    if let Some(value) = post.city.and_then(|c| reader.city_value(c)) {
        fact.set(Slot::City, value);
    }
    match rule.set.get("slot").map(String::as_str) {
        Some("start") => {
            if let Some(date) = dated.date.and_then(|d| d.start) {
                fact.set(
                    Slot::Start,
                    crate::fact::Value::Date(crate::fact::Edtf::on(date)),
                );
            }
        }
        Some("end") => {
            if let Some(date) = dated.date.and_then(|d| d.start.or(d.end)) {
                fact.set(
                    Slot::End,
                    crate::fact::Value::Date(crate::fact::Edtf::on(date)),
                );
            }
        }
        _ => dated.put_range(&mut fact, Slot::Start, Slot::End),
    }
    let mut all = evidence;
    all.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, frame, all, dated.flags.clone()))
}

/// Fills sides that the words leave open from the document's mission or its sides.
fn complete(reader: &Reader<'_>, post: &mut Post) -> bool {
    let mut assumed = false;
    if let Some(own) = &reader.own_mission
        && (post.sending.is_none() || post.sending == Some(own.sending))
        && (post.receiving.is_none() || post.receiving == own.receiving)
        && (post.city.is_none() || post.city == own.city)
        && consistent(reader, &post.role, own.kind)
    {
        assumed = post.sending.is_none() || post.receiving.is_none();
        post.sending = Some(own.sending);
        post.receiving = post.receiving.or(own.receiving);
        post.city = post.city.or(own.city);
    }
    if post.receiving.is_none() {
        post.receiving = post.city.and_then(|c| reader.state_of_city(c));
    }
    if post.receiving.is_none()
        && let Some(sending) = post.sending
        && reader.own_mission.is_none()
    {
        post.receiving = reader
            .home()
            .filter(|home| *home != sending)
            .or_else(|| reader.other_side(sending));
        assumed |= post.receiving.is_some();
    }
    if post.sending.is_none()
        && let Some(receiving) = post.receiving
    {
        post.sending = reader.other_side(receiving);
        assumed |= post.sending.is_some();
    }
    assumed
}

/// The date of a term right behind an office: "X, consul (2013–2018)", "X, ambassador from 1992 to 1994", "the consul is, since 2019, X".
fn term(items: &[Item], at: usize) -> Option<usize> {
    let lasting = |i: usize| {
        items.get(i).is_some_and(|x| {
            matches!(&x.kind, ItemKind::Date(found)
                if found.bound == super::dates::Bound::Since
                    || found.date.is_some_and(|d| d.interval))
        })
    };
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    if sign(at + 1, '(') && sign(at + 3, ')') {
        return Some(at + 2);
    }
    let copula = (at + 1..at + 4).any(|i| items.get(i).is_some_and(|x| x.is(Class::Be)));
    let reach = if copula { 5 } else { 2 };
    (at + 1..=at + reach).find(|&i| lasting(i))
}

/// The city of one of the document's sides that a sentence names as a place.
fn city_of_side(reader: &Reader<'_>, items: &[Item]) -> Option<usize> {
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

/// Whether an office belongs to a kind of mission.
fn consistent(reader: &Reader<'_>, role: &str, kind: usize) -> bool {
    let consulate = reader
        .lexicon
        .missions
        .get(kind)
        .is_some_and(|k| k.contains("consul"));
    super::offices::is_consular(role) == consulate
}

/// Everybody whom a sentence gives as head of a mission.
pub(super) fn mentioned(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    index: usize,
    told: &Told,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for at in 0..sentence.items.len() {
        let held = held_here(reader, &sentence.items, at);
        let headed = held.is_none();
        let found = held
            .map(|(person, post)| (person, post, None))
            .or_else(|| spoken::heads(reader, index, sentence, at, told));
        let Some((person, mut post, opened)) = found else {
            continue;
        };
        let mut evidence = Vec::new();
        if !headed
            && post.sending.is_none()
            && post.receiving.is_none()
            && post.city.is_none()
            && reader.own_mission.is_none()
            && reader.heading_side(sentence).is_none()
            && let Some((spoken, from)) = spoken::post(reader, index, told, &post.role)
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
        if post.sending.is_none() && post.receiving.is_none() && post.city.is_none() {
            post.city = city_of_side(reader, &sentence.items);
        }
        if complete(reader, &mut post) {
            evidence.extend(reader.side_evidence());
        }
        if post.sending.is_none() && post.receiving.is_none() {
            continue;
        }
        // "Name (2013–2018)"; "The ambassador is, since January 2019, X".
        let since = sentence.items.iter().position(
            |i| matches!(&i.kind, ItemKind::Date(d) if d.bound == super::dates::Bound::Since),
        );
        let copula = sentence
            .items
            .get(at)
            .and_then(Item::actor)
            .is_some_and(|a| a.name.is_none());
        let dated = match term(&sentence.items, at).or(since.filter(|_| copula)) {
            Some(date) => reader.date(sentence, Some(date)),
            None => Dated::default(),
        };
        let Some(mut claim) = claim(
            reader, sentence, rule, None, person, &post, &dated, evidence,
        ) else {
            continue;
        };
        if let Some(opened) = opened
            && !claim.fact.has(Slot::Start)
        {
            // "A legation was opened in 1929 under X": with the mission the term begins.
            claim.fact.set(Slot::Start, opened);
        }
        let said = told.iter().chain(&claims).any(|t| {
            t.fact.kind == Kind::Appointment
                && t.statement() == claim.statement()
                && t.fact.get(Slot::Person) == claim.fact.get(Slot::Person)
        }) || headed && spoken::told_before(told, &claim);
        if !said {
            claims.push(claim);
        }
    }
    claims
}

/// A person with an office of a head of mission at an item: in one phrase, or joined by a copula ("The current consul is X").
fn held_here(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<(usize, Post)> {
    let item = items.get(at)?;
    let actor = item.actor()?;
    let office = actor.office.as_ref().filter(|o| !o.former)?;
    let role = reader.role_name(office.role);
    if !is_head_of_mission(&role) {
        return None;
    }
    let person = match &actor.name {
        Some(name) => reader.people.find(name),
        None => {
            let be = (at + 1..at + 4)
                .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Be) || x.sign(':')));
            let Some(be) = be else {
                return was(reader, items, at).map(|person| (person, post_of(office, role)));
            };
            items.get(be + 1..be + 5)?.iter().find_map(|x| {
                let other = x
                    .actor()
                    .filter(|a| a.office.is_none() && x.prep.is_empty())?;
                other.name.as_ref().and_then(|n| reader.people.find(n))
            })
        }
    }?;
    Some((person, post_of(office, role)))
}

fn post_of(office: &OfficeNp, role: String) -> Post {
    Post {
        role,
        sending: office.of,
        receiving: office.to,
        city: office.city,
    }
}

/// The person of whom the words before an office say that they were it: "Ana Soto was consul from 1939 to 1941".
fn was(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    let filler = |i: &Item| {
        [
            Class::Article,
            Class::Temporal,
            Class::DatePart,
            Class::Earlier,
        ]
        .iter()
        .any(|c| i.is(*c))
    };
    let be = (at.saturating_sub(4)..at)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| !filler(x)))?;
    let verb = items.get(be)?;
    let denied = items
        .get(be.saturating_sub(2)..be)?
        .iter()
        .any(|i| i.is(Class::Not));
    let copula = verb.is(Class::Be) && !verb.is(Class::Planned);
    // "with X as its first consul": right behind the name.
    let as_office = verb.is(Class::As)
        && be
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| i.actor().is_some_and(|a| a.name.is_some()));
    if as_office {
        let name = items.get(be - 1)?.actor()?.name.as_ref()?;
        return reader.people.find(name).filter(|_| !denied);
    }
    (copula && !denied).then_some(())?;
    let subject = items
        .get(..be)?
        .iter()
        .rev()
        .take_while(|i| !i.sign(';') && !matches!(i.kind, ItemKind::Trigger(_)));
    subject
        .filter(|i| i.prep.is_empty())
        .find_map(|i| i.actor()?.name.as_ref())
        .and_then(|name| reader.people.find(name))
}

/// Claims of an appointment rule's frame: named, appointed, presented credentials, took up or left a post.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims = Vec::new();
    let dated = reader.date(sentence, frame.date);
    if rule.args.values().any(|v| v == "predecessor") {
        return succession(reader, index, sentence, rule, frame, earlier);
    }
    // The post named after the verb ("handed over his letters as the first ambassador"), else one named before it.
    let (before, after) = items.split_at(frame.at.min(items.len()));
    let post_here = after.iter().chain(before.iter().rev()).find_map(|i| {
        let office = i.actor()?.office.as_ref()?;
        let role = reader.role_name(office.role);
        is_head_of_mission(&role).then_some(Post {
            role,
            sending: office.of,
            receiving: office.to,
            city: office.city,
        })
    });
    // Credentials: whoever in the sentence heads a mission, or is named with a state in brackets.
    let credentials = rule.set.get("holder").is_some_and(|h| h == "mission");
    let holders: Vec<usize> = if credentials {
        (0..items.len())
            .filter(|&i| items.get(i).is_some_and(|x| x.actor().is_some()))
            .collect()
    } else {
        frame.role(items, rule, "holder")
    };
    for i in holders {
        let Some(item) = items.get(i) else { continue };
        let bracketed = credentials.then(|| bracketed_state(items, i)).flatten();
        if let Some(sending) = bracketed
            && let Some(person) = item
                .actor()
                .and_then(|a| a.name.as_ref())
                .and_then(|n| reader.people.find(n))
        {
            let mut post = Post {
                role: "Ambassador".to_owned(),
                sending: Some(sending),
                ..Post::default()
            };
            let evidence = if complete(reader, &mut post) {
                reader.side_evidence()
            } else {
                Vec::new()
            };
            claims.extend(claim(
                reader,
                sentence,
                rule,
                Some(frame),
                person,
                &post,
                &dated,
                evidence,
            ));
            continue;
        }
        for who in reader.who(index, item) {
            let Some(person) = who.person else { continue };
            let from_own = who
                .role
                .clone()
                .filter(|r| is_head_of_mission(r))
                .map(|role| {
                    let office = item.actor().and_then(|a| a.office.clone());
                    Post {
                        role,
                        sending: who.of,
                        receiving: office.as_ref().and_then(|o| o.to),
                        city: office.and_then(|o| o.city),
                    }
                })
                // "X became ambassador of A in B": the post said here tells the rest.
                .map(|own| match &post_here {
                    Some(here) if here.role == own.role => Post {
                        sending: own.sending.or(here.sending),
                        receiving: own.receiving.or(here.receiving),
                        city: own.city.or(here.city),
                        ..own
                    },
                    _ => own,
                });
            let inherited = || {
                let ends = rule.set.get("slot").is_some_and(|s| s == "end");
                (!credentials && !ends)
                    .then(|| inherited_post(reader, index, sentence, person))
                    .flatten()
            };
            let Some(mut post) = from_own
                .or_else(|| post_here.clone().filter(|_| !credentials))
                .or_else(inherited)
                .or_else(|| spoken::held(reader, earlier, Some(person)))
                .or_else(|| spoken::heads(reader, index, sentence, i, earlier).map(|(_, p, _)| p))
            else {
                continue;
            };
            let mut evidence = who.evidence.clone();
            if post.sending.is_none()
                && post.receiving.is_none()
                && post.city.is_none()
                && reader.own_mission.is_none()
                && let Some((spoken, from)) = spoken::post(reader, index, earlier, &post.role)
            {
                post = Post {
                    role: post.role,
                    ..spoken
                };
                evidence.push(from);
            }
            let assumed = complete(reader, &mut post);
            if assumed {
                evidence.extend(reader.side_evidence());
            }
            claims.extend(claim(
                reader,
                sentence,
                rule,
                Some(frame),
                person,
                &post,
                &dated,
                evidence,
            ));
        }
    }
    claims
}

/// "Name (State)": the state in brackets behind a name.
fn bracketed_state(items: &[Item], at: usize) -> Option<usize> {
    let open = items.get(at + 1).is_some_and(|i| i.sign('('));
    let close = items.get(at + 3).is_some_and(|i| i.sign(')'));
    if let Some(ItemKind::Body(body, false)) = items.get(at + 2).map(|i| &i.kind) {
        (open && close).then_some(*body)
    } else {
        None
    }
}

/// "Her successor, Y, presented her credentials": Y has the post of the head of mission spoken of before.
fn inherited_post(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    person: usize,
) -> Option<Post> {
    let successor = sentence
        .items
        .iter()
        .filter_map(Item::actor)
        .any(|a| a.stand == Some(super::items::Stand::Successor));
    let (other, _) = successor
        .then(|| reader.last_other(index, &[person]))
        .flatten()?;
    let held = reader.people.office_at(other, sentence.span.start)?;
    is_head_of_mission(&held.role).then(|| Post {
        role: held.role.clone(),
        sending: held.of,
        ..Post::default()
    })
}
