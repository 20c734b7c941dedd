//! Heads of mission who look after other states than the one in which they reside, by what a clause speaks of: "its ambassador in Oslo, X,
//! handles Icelandic affairs".

use super::held::{date_of, held_here};
use super::mentioned::owner;
use super::term::Term;
use super::wider::wider;
use super::{Post, claim};
use crate::extract::items::Item;
use crate::extract::mission::coverings;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, Rule};

/// What words for representing and accrediting have in them, in the three languages.
const VERBS: [&str; 3] = ["represent", "accredit", "acredit"];

/// Claims of the posts of heads of mission in a third state, one for each state that they cover.
pub(in crate::extract) fn covering(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for found in coverings(reader, index, sentence, told) {
        let Some(held) = held_here(reader, &sentence.items, found.seat) else {
            continue;
        };
        let term = Term::read(reader, sentence, found.date, None);
        for receiving in &found.covered {
            let post = Post {
                role: held.post.role.clone(),
                sending: Some(found.sending),
                receiving: Some(*receiving),
                city: Some(found.city),
            };
            let evidence = reader.side_evidence();
            let Some(claim) = claim(
                reader,
                sentence,
                rule,
                None,
                held.person,
                &post,
                &term,
                evidence,
            ) else {
                continue;
            };
            let name = claim.fact.text(Slot::Person);
            let said = told
                .last_about(Kind::Appointment, &name)
                .take(16)
                .any(|t| t.fact.get(Slot::Receiving) == claim.fact.get(Slot::Receiving));
            if !said {
                claims.push(claim);
            }
        }
    }
    for at in 0..sentence.items.len() {
        let found = elsewhere(reader, sentence, rule, at);
        claims.extend(found.filter(|claim| !told_there(told, &claims, claim)));
    }
    let further = wider(reader, index, sentence, rule, told);
    for claim in further {
        if !told_there(told, &claims, &claim) {
            claims.push(claim);
        }
    }
    claims
}

/// Whether somebody was told to have a post in the state of a claim.
fn told_there(told: &Told, here: &[Claim], claim: &Claim) -> bool {
    let name = claim.fact.text(Slot::Person);
    let earlier = told.last_about(Kind::Appointment, &name).take(16);
    let same = |t: &Claim| {
        t.fact.get(Slot::Person) == claim.fact.get(Slot::Person)
            && t.fact.get(Slot::Receiving) == claim.fact.get(Slot::Receiving)
    };
    earlier.chain(here).any(same)
}

/// "Peru is represented in Prague by its ambassador in Berlin, X": the post of who is named at an item in the state of the first place.
fn elsewhere(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    at: usize,
) -> Option<Claim> {
    let items = &sentence.items;
    let held = held_here(reader, items, at)?;
    let city = held.post.city?;
    let seat = reader.state_of_city(city)?;
    let before = items.get(..at)?;
    let breaks = |i: &Item<'_>| i.sign(';') || i.is(Class::Relative);
    let start = before.iter().rposition(breaks).map_or(0, |i| i + 1);
    let clause = before.get(start..)?;
    let verb = clause
        .iter()
        .position(|i| VERBS.iter().any(|v| i.folded.contains(v)))?;
    let place = |i: &Item<'_>| {
        let led = [Class::In, Class::To, Class::Before];
        led.iter().any(|c| i.has_prep(*c)).then_some(())?;
        let there = || reader.state_of_city(i.city()?);
        i.body().or_else(there)
    };
    // "is represented in Peru by": the preposition may belong to the verb.
    let next = clause.get(verb + 1).filter(|i| i.prep.is_empty());
    let near = clause.get(verb + 1..)?.iter().filter_map(place);
    let receiving = next
        .and_then(Item::named_body)
        .into_iter()
        .chain(near)
        .find(|b| !reader.is_organisation(*b) && *b != seat)?;
    let sending = held.post.sending.or_else(|| owner(reader, items, at))?;
    (sending != receiving && sending != seat).then_some(())?;
    let post = Post {
        role: held.post.role,
        sending: Some(sending),
        receiving: Some(receiving),
        city: Some(city),
    };
    let term = Term::read(reader, sentence, date_of(items, at, held.named), None);
    claim(
        reader,
        sentence,
        rule,
        None,
        held.person,
        &post,
        &term,
        Vec::new(),
    )
}
