//! Appointments: heads of mission, envoys and consuls, in prose, infoboxes and lists.

mod accredits;
mod beside;
mod chain;
mod covering;
mod credentials;
mod ellipsis;
mod entry;
mod first;
mod former;
mod framed;
mod held;
mod listed;
mod mentioned;
mod numbered;
mod proform;
mod remarks;
mod rows;
mod run;
mod scattered;
mod settle;
mod spoken;
mod succession;
mod term;
mod wider;

use super::frame::Frame;
use super::items::{Item, ItemKind, OfficeNp, own_date};
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};
pub(super) use chain::chained;
pub(super) use covering::covering;
pub(super) use credentials::{holders, presents};
pub(super) use ellipsis::elliptic;
pub(super) use entry::entry;
pub(super) use first::first_heads;
pub(super) use former::former_seats;
pub(super) use framed::claims;
pub(super) use held::held_earlier;
pub(super) use listed::{heading_role, is_open, listed, of_heads};
pub(super) use mentioned::mentioned;
pub(super) use proform::proform;
pub(super) use rows::is_row;
pub(super) use run::runs;
pub(super) use scattered::scattered;
pub(super) use settle::{settle, uncross};
pub(super) use spoken::{headed, headed_kind, post_in, role_of};
use term::Term;

/// How many items behind a holder his residence may be told.
const RESIDENCE: usize = 12;

/// The post that a text speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Post {
    pub(super) role: String,
    pub(super) sending: Option<usize>,
    pub(super) receiving: Option<usize>,
    pub(super) city: Option<usize>,
}

impl Post {
    /// The post that an office as a noun phrase names.
    pub(super) fn of(office: &OfficeNp, role: String) -> Self {
        Self {
            role,
            sending: office.of,
            receiving: office.to,
            city: office.city,
        }
    }

    /// That of whoever heads a mission of which no more is said.
    fn ambassador() -> Self {
        Self {
            role: "Ambassador".to_owned(),
            ..Self::default()
        }
    }

    /// Whether nothing but the role is said.
    fn bare(&self) -> bool {
        self.sending.is_none() && self.receiving.is_none() && self.city.is_none()
    }

    /// The post with what its own words leave open taken from another.
    fn or(self, other: &Self) -> Self {
        // "formerly ambassador to A": the seat of a post elsewhere is not its seat.
        let elsewhere = self
            .receiving
            .zip(other.receiving)
            .is_some_and(|(a, b)| a != b);
        Self {
            sending: self.sending.or(other.sending),
            receiving: self.receiving.or(other.receiving),
            city: self.city.or(other.city.filter(|_| !elsewhere)),
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
    let post = &of_section(reader, sentence, post);
    let mut fact = held_by(reader, person, post)?;
    if let Some(city) = residence(reader, &sentence.items, person, post) {
        fact.set(Slot::City, city);
    }
    term.put(&mut fact);
    let mut all = evidence;
    all.extend(term.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, frame, all, term.flags.clone()))
}

/// "The ambassador, X" in the section on another state than the text's own: that state's there, where the words leave both sides open.
fn of_section(reader: &Reader<'_>, sentence: &Sentence<'_>, post: &Post) -> Post {
    let open = post.sending.is_none() && post.receiving.is_none() && post.city.is_none();
    let index = reader.sentence_index(sentence.span.start);
    let state = index.filter(|_| open).and_then(|i| reader.section_state(i));
    match (state, reader.home()) {
        (Some(state), Some(home)) => Post {
            sending: Some(state),
            receiving: Some(home),
            ..post.clone()
        },
        _ => post.clone(),
    }
}

/// A further place of a post: a state or city that stands behind its first, with a date of its own.
struct Further {
    body: Option<usize>,
    city: Option<usize>,
    date: Option<usize>,
}

/// "Ambassador to Peru, Bolivia and Chile", "consul in Genoa (1901–1904) and in Marseille (1904–1910)": the places behind the first of the
/// office that a post is of.
fn further(reader: &Reader<'_>, items: &[Item<'_>], post: &Post) -> Vec<Further> {
    let office = |i: &Item<'_>| {
        i.actor().and_then(|a| a.office.as_ref()).is_some_and(|o| {
            let state = o.to.is_some() && o.to == post.receiving;
            let city = o.city.is_some() && o.city == post.city;
            (state || city) && reader.role_name(o.role) == post.role
        })
    };
    let Some(at) = items.iter().position(office) else {
        return Vec::new();
    };
    let cities = items.get(at).is_some_and(|i| {
        let office = i.actor().and_then(|a| a.office.as_ref());
        office.is_some_and(|o| o.to.is_none())
    });
    let mut found = Vec::new();
    let mut joined = false;
    for (i, item) in items.iter().enumerate().skip(at + 1) {
        let small = [
            Class::Article,
            Class::To,
            Class::In,
            Class::Before,
            Class::From,
            Class::Of,
        ];
        let place = item.named_body().is_some() || cities && item.city().is_some();
        if item.sign(',') || item.is(Class::And) {
            joined = true;
        } else if place && joined && !item.genitive {
            let verb = items
                .get(i + 1)
                .is_some_and(|n| n.is_finite() || n.is(Class::Be) || n.is(Class::Have));
            if verb {
                break;
            }
            found.push(Further {
                body: item
                    .named_body()
                    .filter(|_| !cities || item.city().is_none()),
                city: item.city().filter(|_| cities),
                date: own_date(items, i),
            });
            joined = false;
        } else if !(matches!(item.kind, ItemKind::Sign('(' | ')') | ItemKind::Date(_))
            || small.iter().any(|c| item.is(*c)))
        {
            break;
        }
    }
    // Dates of their own part the places of a career; without them a city behind a comma may be anything.
    if cities {
        found.retain(|f| f.date.is_some());
    }
    found
}

/// The same post at another place.
fn also(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    claim: &Claim,
    place: &Further,
) -> Option<Claim> {
    let mut other = claim.clone();
    let body = place.body.or_else(|| reader.state_of_city(place.city?))?;
    other.fact.set(Slot::Receiving, reader.body_value(body)?);
    if place.date.is_some() {
        for slot in [Slot::City, Slot::Start, Slot::End] {
            other.fact.slots.remove(&slot);
        }
        Term::read(reader, sentence, place.date, None).put(&mut other.fact);
    }
    if let Some(city) = place.city.and_then(|c| reader.city_value(c)) {
        other.fact.set(Slot::City, city);
    }
    Some(other)
}

/// The same person in an office that follows in the same breath, from a date of its own.
fn also_as(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    claim: &Claim,
    (office, date): (&OfficeNp, usize),
) -> Option<Claim> {
    let mut other = claim.clone();
    let role = reader.role_name(office.role);
    other.fact.set(Slot::Role, reader.office_value(&role, None));
    for slot in [Slot::Start, Slot::End] {
        other.fact.slots.remove(&slot);
    }
    let city = office.city.and_then(|c| reader.city_value(c));
    let state = office.to.or_else(|| reader.state_of_city(office.city?));
    if let Some(state) = state.and_then(|s| reader.body_value(s)) {
        other.fact.slots.remove(&Slot::City);
        other.fact.set(Slot::Receiving, state);
    }
    if let Some(city) = city {
        other.fact.set(Slot::City, city);
    }
    let term = Term::read(reader, sentence, Some(date), Some("start"));
    term.put(&mut other.fact);
    other.fact.has(Slot::Start).then_some(other)
}

/// Fills sides that the words leave open from the document's mission or its sides.
fn complete(reader: &Reader<'_>, post: &mut Post) -> bool {
    let mut assumed = false;
    if super::offices::is_papal(&post.role) {
        post.sending = post.sending.or(reader.lexicon.holy_see);
    }
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
        // "has been named ambassador to Peru": by the one state whose document it is.
        let home = || reader.home().filter(|home| *home != receiving);
        post.sending = reader.other_side(receiving).or_else(home);
        assumed |= post.sending.is_some();
    }
    assumed
}

/// "X, minister to Peru with residence in Oslo": the city of a third state in which the words behind a holder say that he resides.
fn residence(reader: &Reader<'_>, items: &[Item<'_>], person: usize, post: &Post) -> Option<Value> {
    let receiving = post.receiving?;
    let who = |i: &Item<'_>| {
        let name = i.actor().and_then(|a| a.name.as_ref());
        name.and_then(|n| reader.people.find(n))
    };
    let at = items.iter().position(|i| who(i) == Some(person))?;
    let behind = items.get(at + 1..)?.iter().take(RESIDENCE);
    let mut behind = behind.take_while(|i| {
        let ends = i.sign(';') || i.sign('.') || who(i).is_some() || i.is(Class::Have);
        !ends && (!i.is_finite() || i.is(Class::PostPlaced))
    });
    behind.find(|i| i.is(Class::PostPlaced))?;
    let place = behind.find(|i| !matches!(i.kind, ItemKind::Word))?;
    let city = place.city().filter(|_| place.has_prep(Class::In))?;
    let state = reader.state_of_city(city)?;
    let third = state != receiving && Some(state) != post.sending;
    reader.city_value(city).filter(|_| third)
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

/// "Was nominated, but his agrément was refused": whether what stands behind a verb says that the receiving state did not consent.
pub(super) fn consent_refused(items: &[Item<'_>], at: usize) -> bool {
    let behind = items.get(at + 1..).unwrap_or(&[]);
    behind.iter().any(|i| i.is(Class::NotTaken))
        || behind.iter().enumerate().any(|(i, item)| {
            let near = behind
                .get(i.saturating_sub(6)..behind.len().min(i + 6))
                .unwrap_or(&[]);
            let refused = |x: &Item<'_>| x.is(Class::Refused) || x.is(Class::Not);
            item.is(Class::Agrement) && near.iter().any(refused)
        })
}

/// The fact that somebody held a post, its sides completed from the document.
pub(super) fn likely(reader: &Reader<'_>, person: usize, mut post: Post) -> Option<Fact> {
    complete(reader, &mut post);
    held_by(reader, person, &post)
}

/// The fact that somebody held a post, without its dates.
fn held_by(reader: &Reader<'_>, person: usize, post: &Post) -> Option<Fact> {
    let mut fact = Fact::new(Kind::Appointment);
    fact.set(Slot::Person, reader.person_value(person)?);
    fact.set(Slot::Role, reader.office_value(&post.role, None));
    // No state sends somebody to itself: where both are read as one, it is where the post is.
    let sending = post.sending.filter(|_| post.sending != post.receiving);
    if let Some(value) = sending.and_then(|b| reader.body_value(b)) {
        fact.set(Slot::Sending, value);
    }
    if let Some(value) = post.receiving.and_then(|b| reader.body_value(b)) {
        fact.set(Slot::Receiving, value);
    }
    if let Some(value) = post.city.and_then(|c| reader.city_value(c)) {
        fact.set(Slot::City, value);
    }
    Some(fact)
}
