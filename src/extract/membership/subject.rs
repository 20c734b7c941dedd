//! Whose membership a sentence tells: its subject, a state nearer to the verb, the one spoken of.

use super::apposed::apposed;
use super::pointed::{acted_upon, last_subject, pointed, two};
use super::{both, named, organisation, state, walk};
use crate::document::BlockKind;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Polarity;
use crate::language::{Class, Lang, Rule};
use crate::text::Span;

/// The states that the subject names: "Norway, but not Kenya, belongs to NATO" is told of Norway; "the latter" is the second of the two
/// named before.
pub(super) fn subject(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &mut Frame,
) -> Vec<usize> {
    let mut states = named_states(reader, index, sentence, rule, frame);
    let other = walk::contrasted(reader, &sentence.items, frame.at);
    if let Some(other) = other.filter(|_| states.len() > 1) {
        states.retain(|state| *state != other);
    }
    states
}

fn named_states(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &mut Frame,
) -> Vec<usize> {
    let items = &sentence.items;
    if let Some(aside) = walk::not_aside(reader, items, frame.at) {
        frame.polarity = Polarity::Affirmed;
        return aside;
    }
    let before = items.get(..frame.at).unwrap_or(&[]);
    // "A, B and C are, like D and E, members of F": of all.
    let likened =
        named::likened(items, frame.at).map(|_| named::copular(reader, items, rule, frame.at));
    if let Some(all) = likened.filter(|all| !all.is_empty()) {
        return all;
    }
    let apposed = apposed(reader, items, rule, frame.at);
    if !apposed.is_empty() {
        return apposed;
    }
    let inverted = behind_relative(reader, items, frame.at);
    if !inverted.is_empty() {
        return inverted;
    }
    // "The two face the ocean and both belong to": right before the verb, or in one word with it.
    let adverb = |i: &&Item| matches!(i.kind, ItemKind::Word) && i.meanings.is_empty();
    let nearest = before.iter().rev().find(|i| !adverb(i));
    let two_of_them = |i: &Item| both(i) || i.is(Class::TheTwo) && i.folded == "both";
    if frame
        .subject
        .iter()
        .any(|&i| items.get(i).is_some_and(both))
        || nearest.is_some_and(two_of_them)
        || items
            .get(frame.at)
            .is_some_and(|i| both(i) && i.folded.starts_with("both "))
    {
        return two(reader, items);
    }
    // "They are members of": the states spoken of, where none is named before the verb.
    let clause = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let they = |i: &Item| {
        let actor = i.actor().filter(|a| a.name.is_none() && a.office.is_none());
        i.is(Class::They) || actor.is_some_and(|a| a.stand == Some(Stand::Both))
    };
    if clause.iter().any(they) && clause.iter().all(|i| state(reader, i).is_none()) {
        return two(reader, items);
    }
    if frame.subject.is_empty() && before.iter().rev().take(3).any(|i| i.is(Class::We)) {
        return reader.home().into_iter().collect();
    }
    // "the former", "la segunda": right before the verb.
    let word = (0..frame.at)
        .rev()
        .filter_map(|i| items.get(i))
        .find(|i| !(i.is(Class::Have) || i.is(Class::Not) || i.is(Class::Only)));
    let which = word.and_then(|w| {
        ["former", "latter"].iter().position(|key| {
            rule.set
                .get(*key)
                .is_some_and(|words| words.split('|').any(|x| x == w.folded))
        })
    });
    let stands = word.and_then(Item::actor).and_then(|a| a.stand);
    let which = which.or((stands == Some(Stand::Latter)).then_some(1));
    if let Some(which) = which {
        let states = |items: &[Item]| {
            let mut named: Vec<usize> = Vec::new();
            for body in items.iter().filter_map(|i| state(reader, i)) {
                if !named.contains(&body) {
                    named.push(body);
                }
            }
            Some(named).filter(|n| n.len() == 2)
        };
        let earlier = || {
            let last = reader.sentences.get(index.checked_sub(1)?)?;
            states(&last.items).filter(|_| last.block == sentence.block)
        };
        let named = states(before).or_else(earlier);
        return named
            .unwrap_or_else(|| reader.sides.clone())
            .get(which)
            .copied()
            .into_iter()
            .collect();
    }
    if acted_upon(items, frame.at) {
        let state = || pointed(reader, index, sentence, frame.at);
        return reader.home().or_else(state).into_iter().collect();
    }
    let alike = walk::alike(reader, items, (frame.clause.0, frame.at));
    if !alike.is_empty() {
        return alike;
    }
    let apart = parted(reader, items, frame).or_else(|| it(reader, items, frame.at));
    if let Some(state) = apart {
        return vec![state];
    }
    let mut members: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "member"));
    members.retain(|b| !reader.is_organisation(*b));
    if members.is_empty() && frame.subject.is_empty() {
        members = named::copular(reader, items, rule, frame.at);
        // "Sweden's membership of the European Union"
        let owner = frame.at.checked_sub(1).and_then(|i| items.get(i));
        let owner = owner.filter(|x| x.genitive).and_then(|x| state(reader, x));
        members.extend(owner);
    }
    if members.is_empty() {
        members.extend(pointed(reader, index, sentence, frame.at));
    }
    if members.is_empty() {
        members = elided(reader, index, sentence, frame.at);
    }
    if members.is_empty() {
        members = unsaid(reader, index, sentence, frame.at);
    }
    // Nearer than the subject: "Peru praised the part of Mali within ECOWAS".
    let nearer = beside(reader, items, frame.at).filter(|_| !members.is_empty());
    nearer.map_or(members, |state| vec![state])
}

/// "También pertenecen a la OMC", "Es miembro de la ONU y pertenece a la Unión Africana": of whom a Spanish verb without a subject tells, the two states
/// of the text in the plural, the one that the sentence before is about, or the text.
fn unsaid(reader: &Reader<'_>, index: usize, sentence: &Sentence, at: usize) -> Vec<usize> {
    let items = &sentence.items;
    let before = items.get(..at).unwrap_or(&[]);
    let named = |i: &Item| i.is_np() && i.prep.is_empty() && !i.is_date();
    if reader.lexicon.lang != Lang::Es || before.iter().any(named) {
        return Vec::new();
    }
    let verb = |i: &Item| i.is_finite() || i.is(Class::Be);
    let alone = items
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .find(|i| verb(i));
    // "pertenecen a", "es miembro de": words that are one to the language, the verb first.
    let first = || {
        let words = items.get(at)?.span;
        let text = words.of(&reader.doc.text);
        let len = text.find(' ').unwrap_or(text.len());
        let first = reader.items_of(Span::new(words.start, words.start + len));
        first
            .first()
            .filter(|i| verb(i))
            .map(|i| i.folded.to_string())
    };
    let Some(word) = alone.map(|i| i.folded.to_string()).or_else(first) else {
        return Vec::new();
    };
    if word.ends_with('n') {
        return Some(two(reader, items))
            .filter(|_| reader.paired)
            .unwrap_or_default();
    }
    let last = index.checked_sub(1).and_then(|i| reader.sentences.get(i));
    let last = last.filter(|s| s.block == sentence.block);
    let told = last.and_then(|s| last_subject(reader, &s.items));
    told.or_else(|| reader.home()).into_iter().collect()
}

/// "Malí, país de asociación de la cooperación peruana, ingresó en": the state that a description between commas parts from its verb.
fn parted(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<usize> {
    let clause = items.get(frame.clause.0..frame.at)?;
    let small = |i: &&Item| {
        i.is(Class::Article) || matches!(i.kind, ItemKind::Word) && i.meanings.is_empty()
    };
    let close = clause
        .iter()
        .rev()
        .find(|i| !(i.is(Class::Have) || i.is(Class::Not)))?;
    let first = clause.iter().position(|i| !small(&i))?;
    let (named, comma) = (clause.get(first)?, clause.get(first + 1)?);
    let told = clause
        .iter()
        .any(|i| i.is_finite() || i.is(Class::Relative) || i.is(Class::And));
    let parted = close.sign(',') && comma.sign(',') && first + 2 < clause.len();
    named
        .named_body()
        .filter(|b| parted && !told && named.prep.is_empty() && !reader.is_organisation(*b))
}

/// "the part of Mali within ECOWAS": the state right before words for membership that are no verb.
fn beside(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    items.get(at).filter(|i| i.verb.is_none())?;
    let before = items.get(at.checked_sub(1)?)?;
    let owner = before.has_prep(Class::Of) && at > 2;
    before
        .named_body()
        .filter(|b| owner && !reader.is_organisation(*b))
}

/// "the part of Mali in ECOWAS, of which it is a member": the state that a French pronoun before the verb of a relative stands for: the subject
/// before it, else the last that is named.
fn it(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    let clause = items.get(at.saturating_sub(5)..at)?;
    let relative = clause
        .iter()
        .rposition(|i| i.is(Class::Relative) || i.is(Class::Whose))?;
    let he = |i: &Item| {
        i.actor()
            .is_some_and(|a| a.stand == Some(Stand::He) && a.name.is_none())
    };
    clause.get(relative + 1..)?.iter().any(he).then_some(())?;
    let before = items.get(..at - (clause.len() - relative))?;
    let mut subject = before
        .iter()
        .filter(|i| i.prep.is_empty() && i.adjective().is_none());
    let last = || before.iter().rev().find_map(|i| state(reader, i));
    subject.find_map(|i| state(reader, i)).or_else(last)
}

/// "le Mercosur, auquel appartient l'Uruguay", "la OEA, a la que pertenecen Chile y Perú": the states right behind a verb that a relative of
/// French or Spanish leads.
fn behind_relative(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<usize> {
    let led = at.checked_sub(1).and_then(|i| items.get(i));
    let led = reader.lexicon.lang != Lang::En && led.is_some_and(|i| i.is(Class::Relative));
    let small =
        |x: &Item| x.kind == ItemKind::Word && (x.is(Class::Article) || x.meanings.is_empty());
    let first = (at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| !small(x)));
    let named = first.filter(|&i| {
        let item = items.get(i);
        led && item.is_some_and(|x| state(reader, x).is_some() && x.prep.is_empty())
    });
    named.map_or_else(Vec::new, |i| walk::states(reader, items, i).0)
}

/// "Peru joined the Andean Community and is a member of …", "It lies in Africa, … and belongs to …": whom the sentence opens with, where a
/// verb without a subject of its own is joined to the first.
fn elided(reader: &Reader<'_>, index: usize, sentence: &Sentence, at: usize) -> Vec<usize> {
    let items = &sentence.items;
    let verb = |i: &Item| i.is_finite() || matches!(i.kind, ItemKind::Trigger(_));
    let joins = |i: &Item| i.is(Class::And) || i.sign(',');
    let stops = |i: &Item| joins(i) || i.is_np() || verb(i) && !i.is(Class::Have);
    let before = items.get(..at).unwrap_or(&[]);
    let first = before.iter().position(verb);
    let joint = before.iter().rposition(stops);
    let joined = |at: &usize| before.get(*at).is_some_and(|i| !i.is_np() && !verb(i));
    let (Some(first), Some(joint)) = (first, joint.filter(joined)) else {
        return Vec::new();
    };
    let opening = before.get(..first).filter(|_| first < joint);
    let opening = opening.unwrap_or(&[]);
    if opening.iter().any(both) {
        return two(reader, items);
    }
    let person = |i: &Item| {
        let actor = i.actor();
        actor.is_some_and(|a| a.name.is_some() || a.office.is_some())
    };
    if opening.is_empty() || opening.iter().any(person) {
        return Vec::new();
    }
    let free = opening.iter().filter(|i| i.prep.is_empty() && !i.genitive);
    let named: Vec<usize> = free.filter_map(|i| state(reader, i)).collect();
    if named.is_empty() {
        let stands = pointed(reader, index, sentence, first);
        return stands.into_iter().collect();
    }
    named
}

/// The organisation spoken of last before an item: in the sentence, or in one of the two before it in the block.
pub(super) fn spoken(
    reader: &Reader<'_>,
    index: usize,
    at: usize,
) -> Option<(usize, crate::text::Span)> {
    let block = reader.sentences.get(index)?.block;
    // What an answer speaks of is what it was asked about.
    let asked = |at: usize| {
        reader
            .doc
            .blocks
            .get(at)
            .is_some_and(|b| b.kind == BlockKind::Question)
    };
    (index.saturating_sub(2)..=index)
        .rev()
        .filter_map(|s| reader.sentences.get(s).map(|x| (s, x)))
        .take_while(|(_, s)| s.block == block || s.block + 1 == block && asked(s.block))
        .find_map(|(s, sentence)| {
            let end = if s == index { at } else { sentence.items.len() };
            let before = sentence.items.get(..end)?;
            let found = before.iter().rev().find_map(|i| organisation(reader, i))?;
            Some((found, sentence.span))
        })
}
