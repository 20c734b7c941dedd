//! Appointments: heads of mission, envoys and consuls, in prose, infoboxes and lists.

mod framed;
mod listed;
mod mentioned;
mod run;
mod settle;
mod spoken;
mod succession;
mod term;

use super::frame::Frame;
use super::items::{Item, OfficeNp};
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, Fact, Kind, Slot};
use crate::language::{Class, Rule};
pub(super) use framed::claims;
pub(super) use listed::{entry, listed};
pub(super) use mentioned::mentioned;
pub(super) use run::runs;
pub(super) use settle::settle;
pub(super) use spoken::headed_kind;
use term::Term;

/// The post that a text speaks of.
#[derive(Clone, Debug, Default)]
struct Post {
    role: String,
    sending: Option<usize>,
    receiving: Option<usize>,
    city: Option<usize>,
}

impl Post {
    /// The post that an office as a noun phrase names.
    fn of(office: &OfficeNp, role: String) -> Self {
        Self {
            role,
            sending: office.of,
            receiving: office.to,
            city: office.city,
        }
    }

    /// Whether nothing but the role is said.
    fn bare(&self) -> bool {
        self.sending.is_none() && self.receiving.is_none() && self.city.is_none()
    }

    /// The post with what its own words leave open taken from another.
    fn or(self, other: &Self) -> Self {
        Self {
            sending: self.sending.or(other.sending),
            receiving: self.receiving.or(other.receiving),
            city: self.city.or(other.city),
            ..self
        }
    }
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
    term: &Term,
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
    term.put(&mut fact);
    let mut all = evidence;
    all.extend(term.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, frame, all, term.flags.clone()))
}

/// "Ambassador to Peru, Bolivia and Chile": the bodies behind the one that the office of a post is accredited to.
fn further(reader: &Reader<'_>, items: &[Item<'_>], post: &Post) -> Vec<usize> {
    let office = |i: &Item<'_>| {
        i.actor().and_then(|a| a.office.as_ref()).is_some_and(|o| {
            o.to.is_some() && o.to == post.receiving && reader.role_name(o.role) == post.role
        })
    };
    let Some(at) = items.iter().position(office) else {
        return Vec::new();
    };
    let mut bodies = Vec::new();
    let mut joined = false;
    for (i, item) in items.iter().enumerate().skip(at + 1) {
        if item.sign(',') || item.is(Class::And) {
            joined = true;
        } else if let Some(body) = item.named_body().filter(|_| joined && !item.genitive) {
            let verb = items
                .get(i + 1)
                .is_some_and(|n| n.is_finite() || n.is(Class::Be) || n.is(Class::Have));
            if verb {
                break;
            }
            bodies.push(body);
            joined = false;
        } else if !(item.is(Class::Article)
            || item.is(Class::To)
            || item.is(Class::In)
            || item.is(Class::Before))
        {
            break;
        }
    }
    bodies
}

/// The same post to another body.
fn also(reader: &Reader<'_>, claim: &Claim, body: usize) -> Option<Claim> {
    let mut other = claim.clone();
    other.fact.set(Slot::Receiving, reader.body_value(body)?);
    Some(other)
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

/// Whether an office belongs to a kind of mission.
fn consistent(reader: &Reader<'_>, role: &str, kind: usize) -> bool {
    let consulate = reader
        .lexicon
        .missions
        .get(kind)
        .is_some_and(|k| k.contains("consul"));
    super::offices::is_consular(role) == consulate
}
