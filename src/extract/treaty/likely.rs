//! An instrument that a sentence names → the treaty that it may be, its dates apart, with what speaks of how it is named.

use super::dated::called_by;
use super::enumerated::{one_of, several};
use super::governed;
use super::listed::with_key;
use super::parties::{self, Mention, Parties};
use super::talked::initialled;
use super::{Scene, np};
use crate::document::Lang;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::extract::told::Told;
use crate::fact::{Evidence, Fact, Kind, Slot, Value};
use crate::language::Class;

/// A treaty that may have been concluded.
pub(in crate::extract) struct Likely {
    pub(in crate::extract) fact: Fact,
    pub(in crate::extract) evidence: Vec<Evidence>,
    /// Whether its noun is in the plural.
    pub(in crate::extract) several: bool,
    /// How its parties are told.
    pub(in crate::extract) parties: &'static str,
    /// How it is named.
    pub(in crate::extract) signs: Vec<&'static str>,
}

/// The treaty that an item of a sentence may be; none where the text does not tell two parties.
pub(in crate::extract) fn may_be(reader: &Reader<'_>, index: usize, at: usize) -> Option<Likely> {
    let sentence = reader.sentences.get(index)?;
    let phrase = np(sentence.items.get(at)?)?;
    // In Spanish the word also means to sign.
    if reader.doc.lang != Lang::Es && initialled(&sentence.items, at) {
        return None;
    }
    if signed_by_things(reader, &sentence.items, at) {
        return None;
    }
    // "Discussed the agreement of 3 May 1998" speaks of one that is.
    let items = &sentence.items;
    let meant = governed::only_meant(reader, items, at) || governed::to_be(items, at);
    if meant && called_by(items, at).is_none() {
        return None;
    }
    let phrase = &with_key(reader, sentence, (at, phrase));
    let scene = Scene {
        reader,
        index,
        sentence,
        rule: reader.lexicon.rule("treaty.likely")?,
        frame: None,
        earlier: &Told::default(),
    };
    let mention = Mention {
        at,
        phrase,
        listed: false,
    };
    let (parties, how) = parties(&scene, mention);
    let one = matches!(parties.bodies.as_slice(), [a, b] if reader.same_state(*a, *b));
    if parties.bodies.len() < 2 || one {
        return None;
    }
    let title = phrase.name(&reader.doc.text);
    let title = one_of(reader.lexicon, phrase, items.get(at)?.span, title);
    let mut signs = vec![if phrase.described {
        "described"
    } else {
        "bare"
    }];
    signs.extend(phrase.inner.then_some("inner"));
    signs.extend(phrase.city.map(|_| "of-city"));
    signs.extend((!phrase.parties.is_empty()).then_some("of-two"));
    signs.extend(parties::definite(&sentence.items, at).then_some("definite"));
    let capitals = title
        .split(' ')
        .filter(|w| w.starts_with(char::is_uppercase));
    signs.push(match capitals.count() {
        0 => "capitals:0",
        1 => "capitals:1",
        _ => "capitals:2",
    });
    let ours = |b: &usize| reader.is_side(*b);
    signs.push(if parties.bodies.iter().all(ours) {
        "sides"
    } else if parties.bodies.iter().any(ours) {
        "side"
    } else {
        "others"
    });
    let kind = reader.lexicon.treaties.get(phrase.kind)?.clone();
    let several = several(reader.lexicon, &title);
    let mut fact = Fact::new(Kind::Treaty)
        .with(Slot::Title, Value::Text(title))
        .with(Slot::Kind, Value::Term(kind));
    for body in parties.bodies {
        if let Some(value) = reader.body_value(body) {
            fact.add(Slot::Parties, value);
        }
    }
    Some(Likely {
        fact,
        several,
        evidence: parties.evidence,
        parties: how,
        signs,
    })
}

/// "The central banks signed a memorandum": whether what stands before the verb of signing is nobody who concludes treaties.
fn signed_by_things(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let signs = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.fact == "treaty");
    let verb = (0..at).rev().find(|&i| items.get(i).is_some_and(signs));
    let before = verb.and_then(|v| items.get(v.checked_sub(1)?));
    before.is_some_and(|i| i.kind == ItemKind::Word && i.is(Class::Thing))
}

/// The parties that the sentence tells of an instrument, else its only two states, else those that the text is about there.
fn parties(scene: &Scene<'_>, mention: Mention<'_>) -> (Parties, &'static str) {
    let told = parties::of_mention(scene, mention);
    if told.bodies.len() > 1 {
        let how = if told.named { "said" } else { "plain" };
        return (told, how);
    }
    if parties::known_of_many(scene, mention.phrase) {
        return (Parties::default(), "pair");
    }
    let mut states = parties::spoken_of(scene, &scene.sentence.items);
    states.retain(|s| !scene.reader.is_organisation(*s));
    if states.len() == 2 {
        return (parties::completed(scene, states), "two");
    }
    (parties::completed(scene, Vec::new()), "pair")
}
