//! Presence: an office-holder of one side who does something, whatever it is, at a day in a place of the other → a visit.

use super::claims;
use super::origin::hosted;
use crate::extract::frame::{Frame, frame};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Modality, Polarity, Slot};
use crate::language::{Class, Lang, Rule, TriggerForm};

/// The rule whose verbs say that one is not, or not as a guest, where they place him ("was born in", "died in", "phoned").
const ELSEWHERE: &str = "visit.elsewhere";

/// Claims of the verbs of a sentence that no rule of visits knows; `told` are the claims of the sentence.
pub(in crate::extract) fn present(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    from: usize,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let has = |test: &dyn Fn(&Item) -> bool| items.iter().any(test);
    let dated = has(&|i| matches!(i.kind, ItemKind::Date(_)));
    let acting = has(&|i| i.actor().is_some());
    if !dated || !acting || !has(&located) || has(&|i| i.is(Class::ByTelephone)) {
        return Vec::new();
    }
    let told = earlier.get(from..).unwrap_or(&[]);
    let again = |claim: &Claim| {
        told.iter().any(|t| {
            [Slot::Visitor, Slot::To]
                .iter()
                .all(|s| t.fact.get(*s) == claim.fact.get(*s))
        })
    };
    let mut found: Vec<Claim> = Vec::new();
    for at in verbs(reader, items) {
        let Some(frame) = frame(items, at, rule, TriggerForm::Finite) else {
            continue;
        };
        let sure = frame.modality == Modality::Asserted && frame.polarity == Polarity::Affirmed;
        let place = frame.role(items, rule, "place");
        if frame.passive || !sure || !place.iter().any(|&p| adjunct(items, &frame, p)) {
            continue;
        }
        let new = claims(reader, index, sentence, rule, &frame, earlier);
        // On such loose ground only where somebody of that state takes part.
        let with_host = |c: &Claim| {
            let to = reader.body_in(&c.fact, Slot::To);
            to.is_some_and(|to| hosted(reader, items, to))
        };
        let new = new.into_iter().filter(|c| c.holds() && with_host(c));
        for claim in new.filter(|c| !again(c)) {
            if found.iter().all(|f| f.fact != claim.fact) {
                found.push(claim);
            }
        }
    }
    found
}

/// A city or state behind a preposition of place.
fn located(item: &Item) -> bool {
    (item.city().is_some() || item.named_body().is_some())
        && (item.has_prep(Class::In) || item.has_prep(Class::To))
}

/// The verbs of a sentence that could tell what somebody does somewhere.
fn verbs(reader: &Reader<'_>, items: &[Item]) -> Vec<usize> {
    let elsewhere = |i: &Item| {
        let ItemKind::Trigger(forms) = &i.kind else {
            return false;
        };
        forms.iter().any(|(rule, _)| {
            let rule = reader.lexicon.rules.get(*rule);
            rule.is_some_and(|r| r.id == ELSEWHERE)
        })
    };
    (0..items.len())
        .filter(|&at| {
            items.get(at).is_some_and(|i| {
                let tells = matches!(i.verb, Some(TriggerForm::Finite | TriggerForm::Participle));
                let known = tells && !elsewhere(i) && !i.is(Class::Be) && !i.is(Class::Have);
                known || unknown(reader, items, at)
            })
        })
        .collect()
}

/// Whether a word that nobody knows stands as a verb behind a person: "President X apologised in …".
fn unknown(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let endings: &[&str] = match reader.lexicon.lang {
        Lang::En => &["ed"],
        Lang::Fr => &["a", "it", "ut"],
        Lang::Es => &["ó"],
    };
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    let acts = before.is_some_and(|i| i.actor().is_some() && i.prep.is_empty());
    items.get(at).is_some_and(|i| {
        let word = i.span.of(&reader.doc.text);
        acts && matches!(i.kind, ItemKind::Word)
            && i.meanings.is_empty()
            && word.chars().all(char::is_lowercase)
            && endings.iter().any(|end| word.ends_with(end))
    })
}

/// Whether a place says where something is done, and is no part of what it is done to: it opens the clause, or the verb has no object
/// but a person.
fn adjunct(items: &[Item], frame: &Frame, place: usize) -> bool {
    if place < frame.at {
        let before = items.get(frame.clause.0..place).unwrap_or(&[]);
        return before.iter().all(|i| {
            matches!(
                i.kind,
                ItemKind::Word | ItemKind::Date(_) | ItemKind::Sign(_)
            ) && i.verb.is_none()
                && !i.is(Class::Article)
        });
    }
    let between = items.get(frame.at + 1..place).unwrap_or(&[]);
    let adverb = |i: &&Item| {
        matches!(i.kind, ItemKind::Word)
            && (i.is(Class::Then)
                || i.is(Class::Again)
                || i.folded.ends_with("ly")
                || i.folded.ends_with("mente"))
    };
    let Some(first) = between.iter().find(|i| !adverb(i)) else {
        return true;
    };
    let led = [
        Class::In,
        Class::To,
        Class::With,
        Class::For,
        Class::About,
        Class::Before,
        Class::From,
        Class::During,
        Class::As,
    ];
    match &first.kind {
        ItemKind::Date(_) | ItemKind::Sign(_) | ItemKind::Actor(_) => true,
        ItemKind::Word => led.iter().any(|c| first.is(*c)),
        ItemKind::Body(..)
        | ItemKind::City(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_)
        | ItemKind::Trigger(_) => !first.prep.is_empty(),
    }
}
