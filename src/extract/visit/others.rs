//! "The visit of X in 1981 was followed by that of Y in 1983": visits for which a pronoun stands.

use super::claims;
use crate::extract::frame::frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::Claim;
use crate::language::{Class, Head, Rule, TriggerForm};

/// How many sentences back the noun may stand that the pronoun takes up.
const REACH: usize = 1;

/// Claims of the pronouns of a sentence that stand for a visit named in it or the sentence before.
pub(in crate::extract) fn others(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut found = Vec::new();
    for at in 0..items.len() {
        if !stands(items, at) {
            continue;
        }
        let before = noun(reader, items.get(..at).unwrap_or(&[])).or_else(|| {
            let opens = items
                .get(..at)?
                .iter()
                .all(|i| !i.is_np() && !i.is_finite());
            let block = |i: usize| reader.sentences.get(i).map(|s| s.block);
            (index.saturating_sub(REACH)..index)
                .rev()
                .filter(|&i| opens && block(i) == block(index))
                .find_map(|i| noun(reader, &reader.sentences.get(i)?.items))
        });
        let Some(rule) = before else { continue };
        if let Some(frame) = frame(items, at, rule, TriggerForm::Finite) {
            let own = claims(reader, index, sentence, rule, &frame, earlier);
            // Where it says no place of its own, it went where the visit went that it is named with.
            if own.is_empty() {
                let mut same = rule.clone();
                same.set.insert("place".to_owned(), "earlier".to_owned());
                found.extend(claims(reader, index, sentence, &same, &frame, earlier));
            } else {
                found.extend(own);
            }
        }
    }
    found
}

/// Whether a pronoun with the one whose visit it is stands at `at`: "that of X", "celle du roi", "la de Y".
pub(super) fn stands(items: &[Item], at: usize) -> bool {
    const WORDS: &[&str] = &[
        "that", "those", "one", "celle", "celui", "celles", "ceux", "la", "el", "las", "los",
    ];
    let pronoun = items
        .get(at)
        .is_some_and(|i| matches!(i.kind, ItemKind::Word) && WORDS.contains(&i.folded.as_ref()));
    let of = items
        .get(at + 1)
        .is_some_and(|i| matches!(i.kind, ItemKind::Word) && (i.is(Class::Of) || i.is(Class::By)));
    let small = |i: &Item| i.is(Class::Article) || i.is(Class::Honorific) || i.is(Class::Temporal);
    let whose = items
        .get(at + 2..)
        .unwrap_or(&[])
        .iter()
        .find(|i| !small(i));
    pronoun
        && of
        && whose.is_some_and(|i| {
            i.actor()
                .is_some_and(|a| a.name.is_some() || a.office.is_some())
        })
}

/// The rule of the last noun of a visit among these items, when no noun of another event stands behind it.
fn noun<'r>(reader: &Reader<'r>, items: &[Item]) -> Option<&'r Rule> {
    items.iter().rev().find_map(|i| {
        let ItemKind::Trigger(forms) = &i.kind else {
            return None;
        };
        let rules = forms
            .iter()
            .filter_map(|(rule, _)| reader.lexicon.rules.get(*rule));
        rules
            .filter(|r| r.head == Head::Noun && i.verb.is_none())
            .map(|r| (r.fact == "visit").then_some(r))
            .next()
    })?
}
