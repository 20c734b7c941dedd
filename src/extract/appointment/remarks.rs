//! Remarks of a row that lists a head of mission → the other states to which he was accredited from there, and the posts that he held elsewhere: "| X |
//! 1990 | 1995 | Also accredited to A from 1993 |", "| X | 1990 | 1995 | Later ambassador to B (1997–2001) |".

use super::term::Term;
use super::{Post, claim};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, bracketed};
use crate::extract::lasting::lasts;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence};
use crate::language::{Class, Rule};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What words for accrediting have in them, in the three languages.
const STEMS: [&str; 2] = ["accredit", "acredit"];

/// The rule whose words say that somebody is accredited to another state, too.
const ACCREDITED: &str = "appointment.accredited";

/// The further posts of a person whom a row gives a post.
pub(super) fn accredited(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    person: usize,
    (post, of_row): (&Post, &Term),
    evidence: &[Evidence],
) -> Vec<Claim> {
    let items = &sentence.items;
    let row = reader.block(sentence).map(|b| b.kind) == Some(BlockKind::Row);
    let says = |i: &Item<'_>| {
        let stem = STEMS.iter().any(|stem| i.folded.contains(stem));
        stem || i.rules(reader.lexicon).any(|r| r.id.ends_with(ACCREDITED))
    };
    let said = items.iter().position(says);
    let too = too(reader, items).filter(|_| said.is_none());
    let Some(at) = said.or(too).filter(|_| row) else {
        return Vec::new();
    };
    let before = items.get(..=at).unwrap_or(&[]).iter().rev();
    let mut before = before.take_while(|i| !i.sign('|'));
    // "n'est plus accrédité à A": the denial may be part of other words.
    let denied = |word: &str| reader.lexicon.has_class(word, Class::Not);
    let other = |i: &Item<'_>| {
        let told = i.tells_earlier() || i.is(Class::Not) || i.is(Class::Planned);
        told || i.folded.split(' ').any(denied)
    };
    if before.any(other) {
        return Vec::new();
    }
    let remark = items.get(at..).unwrap_or(&[]).iter().enumerate();
    let remark = remark.take_while(|(_, i)| !(i.sign('|') || i.sign(';')));
    let known = [post.sending, post.receiving];
    let mut states: Vec<usize> = Vec::new();
    let mut date = None;
    for (n, item) in remark {
        if item.is_date() {
            date = date.or(Some(at + n));
        } else if let Some(state) = item.named_body()
            && !reader.is_organisation(state)
            && !known.contains(&Some(state))
            && !states.contains(&state)
        {
            states.push(state);
        }
    }
    let mut term = Term::read(reader, sentence, date, Some("start"));
    // "| 1975–1976 | Also Iceland |": as long as the row says, if it does not say since when.
    if too.is_some() {
        let start = if date.is_none() { of_row.start } else { None };
        term.start = term.start.or(start);
        term.end = term.end.or(of_row.end);
    }
    let seat = || seat_named(reader, post.receiving?);
    let there = |state: usize| Post {
        receiving: Some(state),
        city: post.city.or_else(seat),
        ..post.clone()
    };
    let told = states.into_iter().filter_map(|state| {
        let post = there(state);
        claim(
            reader,
            sentence,
            rule,
            None,
            person,
            &post,
            &term,
            evidence.to_vec(),
        )
    });
    told.collect()
}

/// "| Also Iceland |": the word with which a cell begins that names nothing but other states.
fn too(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<usize> {
    (1..items.len()).find(|&at| {
        let opens = items.get(at - 1).is_some_and(|i| i.sign('|'));
        let word = items.get(at).map(|i| i.folded.as_ref());
        let also = word.is_some_and(|word| reader.lexicon.lists(Class::Inner, word));
        let cell = items.get(at + 1..).unwrap_or(&[]).iter();
        let mut cell = cell.take_while(|i| !i.sign('|')).peekable();
        let state = cell.peek().is_some_and(|i| i.named_body().is_some());
        let plain = |i: &Item<'_>| {
            i.named_body().is_some()
                || i.is(Class::And)
                || i.sign(',')
                || i.is_date()
                || i.is(Class::Since)
        };
        opens && also && state && cell.all(plain)
    })
}

/// "Later ambassador to A (1997–2001)", "ancien consul à B": the posts in other states that a line which lists somebody gives him beside that of the list.
pub(super) fn elsewhere(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    (person, first): (usize, usize),
    post: &Post,
    evidence: &[Evidence],
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims = Vec::new();
    for (at, item) in items.iter().enumerate().skip(first + 1) {
        let unnamed = item.actor().filter(|a| a.name.is_none());
        let Some(office) = unnamed.and_then(|a| a.office.as_ref()) else {
            continue;
        };
        let role = reader.role_name(office.role);
        let state = office.to.or_else(|| reader.state_of_city(office.city?));
        let told = is_head_of_mission(&role) && opens_remark(items, at);
        let Some(state) = state.filter(|s| told && Some(*s) != post.receiving) else {
            continue;
        };
        let sending = office.of.or(post.sending).filter(|s| *s != state);
        let own = Post {
            role,
            sending,
            receiving: Some(state),
            city: office.city,
        };
        let date = own_term(items, at);
        let slot = date.filter(|d| !lasts(items, *d)).map(|_| "start");
        let term = Term::read(reader, sentence, date, slot);
        let evidence = evidence.to_vec();
        claims.extend(claim(
            reader, sentence, rule, None, person, &own, &term, evidence,
        ));
    }
    claims
}

/// Whether an office begins a remark: nothing but words that tell when he held it between it and the sign before.
fn opens_remark(items: &[Item<'_>], at: usize) -> bool {
    let times = [
        Class::Formerly,
        Class::Earlier,
        Class::Former,
        Class::Later,
        Class::Then,
        Class::Temporal,
        Class::Article,
        Class::Indefinite,
    ];
    let former = |i: &Item<'_>| {
        i.actor()
            .and_then(|a| a.office.as_ref())
            .is_some_and(|o| o.former)
    };
    let time = |i: &Item<'_>| i.kind == ItemKind::Word && times.iter().any(|c| i.is(*c));
    let before = items.get(..at).unwrap_or(&[]);
    let sign = before.iter().rposition(|i| !time(i));
    let parted = sign
        .and_then(|i| before.get(i))
        .is_some_and(|i| ['|', ';', '('].iter().any(|c| i.sign(*c)));
    let timed = sign.is_some_and(|i| i + 1 < at) || items.get(at).is_some_and(former);
    let led = items.get(at).is_some_and(|i| i.prep.is_empty());
    parted && timed && led
}

/// The date of a post behind the office: in brackets, or of what lasts.
fn own_term(items: &[Item<'_>], at: usize) -> Option<usize> {
    let mut near = at + 1..items.len().min(at + 4);
    near.find(|&i| {
        items.get(i).is_some_and(Item::is_date) && (bracketed(items, i) || lasts(items, i))
    })
}

/// The city of a state in which a document sees its missions: the capital, where the text names it or no city of the state, else the one that it names
/// most.
pub(super) fn seat_named(reader: &Reader<'_>, state: usize) -> Option<usize> {
    let named = reader.cities_named.get_or_init(|| cities_named(reader));
    let there = || {
        let cities = named.iter();
        cities.filter(|(city, _)| reader.state_of_city(**city) == Some(state))
    };
    let most = there().max_by_key(|(city, times)| (**times, Reverse(**city)));
    let seat = |c: &usize| most.is_none() || named.contains_key(c);
    let capital = reader.capital_of(state).filter(seat);
    capital.or_else(|| most.map(|(city, _)| *city))
}

/// How often a document names each city in which somebody or something may be.
fn cities_named(reader: &Reader<'_>) -> BTreeMap<usize, usize> {
    let mut named: BTreeMap<usize, usize> = BTreeMap::new();
    for item in reader.sentences.iter().flat_map(|s| &s.items) {
        let office = item.actor().and_then(|a| a.office.as_ref()?.city);
        let mission = item.mission().and_then(|np| np.cities.first()).map(|c| c.0);
        if let Some(city) = item.city().or(office).or(mission) {
            *named.entry(city).or_default() += 1;
        }
    }
    named
}
