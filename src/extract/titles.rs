//! Ministers with their fields in full, as the text has them: "Minister of Livestock, Agriculture and Fisheries", whom rules know by one of them.

use super::reader::Reader;
use crate::fact::{Claim, Kind, Slot, Value};
use crate::language::{Class, Lang, Meaning};
use crate::text::Span;

/// Roles that have fields, by what is in them; and those of speakers and chairmen, whom texts name by their chamber.
const FIELDED: [&str; 7] = [
    "Minister",
    "Secretary",
    "Undersecretary",
    "Speaker",
    "Chairman",
    "Director",
    "Commissioner",
];
/// Roles that are called so whatever the words are.
const USUAL: [&str; 9] = [
    "Prime Minister",
    "Foreign Minister",
    "Defence Minister",
    "Finance Minister",
    "Interior Minister",
    "Secretary-General",
    "High Commissioner",
    "Minister Plenipotentiary",
    "Minister Resident",
];

/// Gives the visitors of claims their titles in full.
pub(super) fn titles(reader: &Reader<'_>, claims: &mut [Claim]) {
    for claim in claims.iter_mut().filter(|c| c.fact.kind == Kind::Visit) {
        let Some(Value::Office(office)) = claim.fact.get(Slot::Role) else {
            continue;
        };
        let Some(Value::Person(visitor)) = claim.fact.get(Slot::Visitor) else {
            continue;
        };
        let Some(role) = in_full(reader, &visitor.name, &office.role, claim.statement()) else {
            continue;
        };
        let mut office = office.clone();
        office.role = role;
        claim.fact.set(Slot::Role, Value::Office(office));
    }
}

/// Whether a role may have a field that the text says in more words.
fn fielded(role: &str) -> bool {
    FIELDED.iter().any(|w| role.contains(w)) && !USUAL.iter().any(|w| role.ends_with(w))
}

/// The title of somebody who has a role, from the words that give it: those of the sentence told of, or the last before it.
fn in_full(reader: &Reader<'_>, name: &str, role: &str, told: Span) -> Option<String> {
    fielded(role).then_some(())?;
    let person = reader.people.known.get(reader.people.find(name)?)?;
    let mut held = person.offices.iter().rev();
    let held = held.find(|held| held.role == role && held.at < told.end)?;
    let title = title(reader, said_at(reader, held.at)?)?;
    // "Luis Vega (Trade)": a field alone is no title.
    let whole = FIELDED.iter().any(|w| title.contains(w));
    (title != role && whole).then_some(title)
}

/// How many items back from where an office's words begin the one is looked for that it belongs to.
const NEAR: usize = 3;

/// Where the office stands whose words begin there.
fn said_at(reader: &Reader<'_>, at: usize) -> Option<Span> {
    let items = &reader.sentence_at(at)?.items;
    let behind = items.partition_point(|i| i.span.start <= at);
    let near = items.get(behind.saturating_sub(NEAR)..behind)?.iter();
    let offices = near.filter_map(|i| i.actor()?.office.as_ref());
    offices.map(|o| o.span).find(|span| span.start == at)
}

/// The English title that an office's words make.
pub(super) fn title(reader: &Reader<'_>, said: Span) -> Option<String> {
    let words = said.of(&reader.doc.text);
    if reader.lexicon.lang == Lang::En {
        as_written(reader, said)
    } else {
        reader.lexicon.title(words)
    }
}

/// English words as they are, without the state whose office it is.
fn as_written(reader: &Reader<'_>, said: Span) -> Option<String> {
    let text = &reader.doc.text;
    let (tokens, ids) = reader.lexicon.tokens(text, said);
    let meaning = |at: usize, is: &dyn Fn(&Meaning) -> bool| {
        let rest = ids.get(at..).unwrap_or(&[]).iter().copied();
        reader
            .lexicon
            .matches_of(rest)
            .any(|(_, known)| known.meanings().iter().any(is))
    };
    let small = |at: usize, class: Class| meaning(at, &|m| *m == Meaning::Class(class));
    let body = |at: usize| meaning(at, &|m| matches!(m, Meaning::Body(..)));
    let whose = |at: &usize| {
        let behind = at + 1 + usize::from(small(at + 1, Class::Article));
        small(*at, Class::Of) && body(behind)
    };
    let end = (1..tokens.len()).find(whose).unwrap_or(tokens.len());
    let start = usize::from(body(0));
    let mut title = String::new();
    for (at, token) in tokens.iter().enumerate().take(end).skip(start) {
        let word = token.span.of(text);
        let joins = [Class::Of, Class::For, Class::And, Class::Article];
        if !title.is_empty() && token.spaced {
            title.push(' ');
        }
        if token.capital || joins.iter().any(|c| small(at, *c)) {
            title.push_str(word);
        } else {
            let mut letters = word.chars();
            title.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            title.push_str(letters.as_str());
        }
    }
    let title = title.trim_end_matches(|c: char| !c.is_alphanumeric());
    let usual = reader.lexicon.office(title);
    let usual = usual.and_then(|role| reader.lexicon.offices.get(role));
    let usual = usual.filter(|role| !fielded(role));
    (!title.is_empty() && !title.contains('\n'))
        .then(|| usual.map_or(title, String::as_str).to_owned())
}
