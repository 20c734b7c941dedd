//! Holders of one office in several cities, each named beside his own: "its honorary consuls are A in Turku, B in Oulu (since 2005) and C in Vaasa",
//! "in Cusco it has an honorary consul, A, and in Arequipa another, B".

use super::beside::appointed;
use super::spoken::role_of;
use super::term::Term;
use super::{Post, claim, complete};
use crate::extract::items::{Item, ItemKind};
use crate::extract::lasting::lasts;
use crate::extract::offices::{is_consular, is_head_of_mission};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Rule};

/// How many items stand at most between a holder and his city.
const BESIDE: usize = 9;

/// How many items behind a holder, or his city, his term may be told.
const TERM: usize = 5;

/// Somebody with the city in which he holds the office.
struct Placed {
    /// The item that names him.
    at: usize,
    person: usize,
    city: usize,
    /// The item of his date, and whether it tells only when he was appointed.
    date: Option<(usize, bool)>,
}

/// The claims of those who hold the office that a sentence names in two or more cities.
pub(in crate::extract) fn scattered(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some((office, placed)) = read(reader, items) else {
        return Vec::new();
    };
    let claims = placed.into_iter().filter_map(|one| {
        let mut post = Post {
            city: Some(one.city),
            receiving: reader.state_of_city(one.city),
            ..office.clone()
        };
        post.sending = post.sending.filter(|s| Some(*s) != post.receiving);
        let mut evidence = Vec::new();
        if complete(reader, &mut post) {
            evidence.extend(reader.side_evidence());
        }
        post.sending?;
        let slot = one.date.and_then(|(_, named)| named.then_some("start"));
        let term = Term::read(reader, sentence, one.date.map(|(at, _)| at), slot);
        claim(
            reader, sentence, rule, None, one.person, &post, &term, evidence,
        )
    });
    claims.collect()
}

/// The items of a sentence that name those whom [`scattered`] tells of.
pub(super) fn scattered_at(reader: &Reader<'_>, items: &[Item<'_>]) -> Vec<usize> {
    read(reader, items).map_or_else(Vec::new, |(_, placed)| {
        placed.iter().map(|one| one.at).collect()
    })
}

/// The office of a sentence and who holds it where.
fn read(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<(Post, Vec<Placed>)> {
    let (first, office) = items
        .iter()
        .enumerate()
        .find_map(|(at, item)| Some((at, office(reader, items, at, item)?)))?;
    let names: Vec<usize> = (first..items.len())
        .filter(|&at| items.get(at).is_some_and(|i| named(reader, i, &office)))
        .collect();
    if names.len() < 2 {
        return None;
    }
    let place = |behind: bool| {
        let placed = names.iter().enumerate().filter_map(|(nth, &at)| {
            let before = nth.checked_sub(1).and_then(|i| names.get(i)).copied();
            let next = names.get(nth + 1).copied().unwrap_or(items.len());
            one(reader, items, at, before, next, behind)
        });
        let placed: Vec<Placed> = placed.collect();
        let mut cities: Vec<usize> = placed.iter().map(|p| p.city).collect();
        cities.sort_unstable();
        cities.dedup();
        let each = cities.len() == placed.len() && placed.len() == names.len();
        each.then_some(placed)
    };
    Some((office, place(true).or_else(|| place(false))?))
}

/// The consular office of several, or of the first of them, at an item: "its honorary consuls", "an honorary consul", "consulates".
fn office(reader: &Reader<'_>, items: &[Item<'_>], at: usize, item: &Item<'_>) -> Option<Post> {
    let sender = || {
        let before = items.get(..at)?.iter().rev();
        let place = |i: &&Item<'_>| i.has_prep(Class::In) || i.has_prep(Class::To);
        let mut before = before.filter(|i| !place(i));
        before.find_map(|i| i.named_body().or_else(|| i.adjective()))
    };
    if let Some(np) = item.mission() {
        let role = role_of(reader.lexicon.missions.get(np.kind)?)?;
        return is_consular(&role).then(|| Post {
            role,
            sending: np.sending.or_else(sender),
            ..Post::default()
        });
    }
    let office = item.actor()?.office.as_ref().filter(|o| !o.former)?;
    let role = reader.lexicon.offices.get(office.role)?;
    (is_head_of_mission(role) && is_consular(role)).then(|| Post {
        role: role.clone(),
        sending: office.of.or_else(sender),
        ..Post::default()
    })
}

/// Whether an item names somebody of no other office.
fn named(reader: &Reader<'_>, item: &Item<'_>, office: &Post) -> bool {
    item.actor().is_some_and(|a| {
        let other = a.office.as_ref().map(|o| reader.role_name(o.role));
        let known = a.name.as_ref().and_then(|n| reader.people.find(n));
        // A copula may have given the office the name of another item.
        let own = a
            .name_span
            .is_none_or(|span| item.span.start <= span.start && span.end <= item.span.end);
        own && known.is_some() && other.is_none_or(|role| role == office.role)
    })
}

/// Who is named at an item, with the city behind or before him.
fn one(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    at: usize,
    before: Option<usize>,
    next: usize,
    behind: bool,
) -> Option<Placed> {
    let name = items.get(at)?.actor()?.name.as_ref()?;
    let person = reader.people.find(name)?;
    let seat = |i: usize| {
        let item = items.get(i)?;
        let own = item.city().filter(|_| item.has_prep(Class::In));
        let mission = || item.mission().and_then(|np| np.cities.last()).map(|c| c.0);
        let office = || item.actor().and_then(|a| a.office.as_ref()?.city);
        let apart = i != at && !behind;
        own.or_else(|| mission().filter(|_| apart))
            .or_else(|| office().filter(|_| apart))
    };
    let (at_city, city) = if behind {
        let from = at + 1 + usize::from(items.get(at + 1).is_some_and(|i| i.sign(',')));
        (from, seat(from).filter(|_| from < next)?)
    } else {
        let from = before.map_or(0, |b| b + 1).max(at.saturating_sub(BESIDE));
        let found = (from..at).rev().find_map(|i| Some((i, seat(i)?)))?;
        let between = items.get(found.0 + 1..at)?;
        between.iter().all(|i| leads(reader, i)).then_some(found)?
    };
    reader.state_of_city(city)?;
    let last = at.max(at_city);
    // "A in Turku and B, who lives in Oulu": nothing else is told of them.
    let date = (last + 1..next.min(last + TERM)).find(|&i| items.get(i).is_some_and(Item::is_date));
    let date = date.filter(|&d| {
        let between = items.get(last + 1..d).unwrap_or(&[]);
        !between
            .iter()
            .any(|i| i.is(Class::And) || i.sign(';') || i.is_np())
    });
    let since = date.filter(|&d| lasts(items, d)).map(|d| (d, false));
    let date = since.or_else(|| appointed(reader, items, last).map(|d| (d, true)));
    Some(Placed {
        at,
        person,
        city,
        date,
    })
}

/// Whether an item may stand between a city and who holds the office there: "another", "headed by", "whose holder is".
fn leads(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let post = item.rules(reader.lexicon).any(|r| r.fact == "appointment");
    let verb = item.is_finite() && !item.is(Class::Be) && !item.is(Class::Have) && !post;
    let office = item.actor().is_none_or(|a| a.name.is_none());
    let place = item.city().is_some() || item.named_body().is_some();
    !verb
        && office
        && !item.sign(';')
        && (!place || !item.has_prep(Class::In))
        && !matches!(item.kind, ItemKind::Treaty(_) | ItemKind::Quantity(_))
}
