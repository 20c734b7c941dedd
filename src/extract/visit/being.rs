//! Stays told by the verb of being.

use super::claims;
use crate::extract::frame::frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::Claim;
use crate::language::{Class, Head, Rule, TriggerForm};

/// Whether a word that nobody knows has the ending of a participle: "was ordained in Lima".
fn participle(item: &Item) -> bool {
    const ENDINGS: &[&str] = &["ed", "é", "ée", "és", "ées", "ado", "ada", "ido", "ida"];
    matches!(item.kind, ItemKind::Word)
        && item.meanings.is_empty()
        && item.span.len() > 4
        && ENDINGS.iter().any(|end| item.folded.ends_with(end))
}

/// "The Queen was in Lima", "el rey estuvo dos días en Quito": the verb of being with a place, no participle or noun between, is a stay.
pub(in crate::extract) fn being(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    at: usize,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let after = items.get(at + 1..).unwrap_or(&[]);
    let place = |i: &Item| {
        matches!(i.kind, ItemKind::Body(_, false) | ItemKind::City(_))
            || i.is(Class::Capital)
            || i.is(Class::TheState)
            || i.is(Class::TheCity)
            || i.is(Class::There)
            || i.is(Class::Here) && reader.issued
    };
    let told = after.iter().take(7).position(place).is_some_and(|to| {
        let between = after.get(..to).unwrap_or(&[]);
        let led = after.get(to).is_some_and(|i| {
            let pronoun = i.is(Class::There) || i.is(Class::Here);
            pronoun || i.has_prep(Class::In) || i.has_prep(Class::To)
        });
        let other = between.iter().any(|i| {
            i.verb.is_some() && !i.is(Class::Be)
                || i.actor().is_some() && !i.genitive
                || i.sign(';')
                || i.sign(':')
                || i.is(Class::And)
                || i.is(Class::Born)
                || participle(i)
                || i.is(Class::Of)
                || matches!(
                    i.kind,
                    ItemKind::Mission(_) | ItemKind::Treaty(_) | ItemKind::Quantity(_)
                )
        });
        led && !other
    });
    // French and Spanish set "there" before the verb.
    let before = at
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.is(Class::There));
    let participle = after.first().is_some_and(|i| i.verb.is_some());
    if !(told || before && !participle) || rule.head != Head::Verb {
        return Vec::new();
    }
    frame(items, at, rule, TriggerForm::Finite)
        .map(|frame| claims(reader, index, sentence, rule, &frame, earlier))
        .unwrap_or_default()
}
