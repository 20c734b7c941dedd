//! Where the one who visits stands in the sentence: behind the verb, behind the comma of a participle, before the comma of "on a visit".

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::language::{Class, Head, Lang, Rule, TriggerForm};

/// "X, [who is] in Lima on a visit": the person before the comma that opens the phrase of the noun at `at`.
pub(super) fn visiting(items: &[Item], at: usize) -> Option<usize> {
    let led = |i: &Item| i.is(Class::In) || i.is(Class::About) || i.is(Class::For);
    let small = |i: &Item| {
        let kind = i.is(Class::VisitOfficial) || i.is(Class::VisitWorking);
        kind || i.is(Class::Article) || i.is(Class::Temporal)
    };
    let word = |i: usize| items.get(i).filter(|x| !x.is_finite());
    let on = (0..at).rev().find(|&i| !items.get(i).is_some_and(small))?;
    word(on).filter(|x| led(x) && matches!(x.kind, ItemKind::Word))?;
    // "in Lima", "now", "currently".
    let comma = (0..on).rev().take(4).find(|&i| {
        !word(i).is_some_and(|x| {
            matches!(
                x.kind,
                ItemKind::Word | ItemKind::City(_) | ItemKind::Body(_, false)
            ) && !x.is(Class::And)
        })
    })?;
    items.get(comma).filter(|x| x.sign(','))?;
    let person = |i: usize| items.get(i).and_then(Item::actor);
    let last = comma.checked_sub(1)?;
    let actor = person(last)?;
    // "Y, the head of its diplomacy, on a visit": the name before the office.
    let named = last
        .checked_sub(2)
        .filter(|&i| items.get(i + 1).is_some_and(|x| x.sign(',')))
        .filter(|&i| actor.name.is_none() && person(i).is_some_and(|a| a.name.is_some()));
    let stands = actor.name.is_some() || actor.office.is_some();
    let met = |i: usize| {
        items.get(i).is_some_and(|x| !x.prep.is_empty())
            || items
                .get(..i)
                .is_some_and(|b| b.iter().any(Item::is_finite))
    };
    let found = named.unwrap_or(last);
    (stands && met(found)).then_some(found)
}

/// "Arrived in Lima in May 1993, he met X": who acts behind the comma of a participle that opens the sentence.
pub(super) fn opened_for<'i, 't>(items: &'i [Item<'t>], frame: &Frame) -> Option<&'i Item<'t>> {
    let participle = items
        .get(frame.at)
        .is_some_and(|i| i.verb == Some(TriggerForm::Participle));
    (frame.at == 0 && participle).then_some(())?;
    let comma = (1..items.len()).find(|&i| {
        let acts = items.get(i + 1);
        items.get(i).is_some_and(|x| x.sign(','))
            && acts.is_some_and(|x| x.actor().is_some() && x.prep.is_empty())
    })?;
    items.get(comma + 1)
}

/// "Quien sí estuvo en Lima, en 1993, fue el ministro X", "celui qui vint fut Y": who is named behind the verb of being, where a relative that has
/// no word before it tells what he did.
pub(super) fn cleft(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> Option<usize> {
    const WHO: &[&str] = &[
        "quien",
        "quienes",
        "celui qui",
        "celle qui",
        "ceux qui",
        "celles qui",
    ];
    let subject = rule.args.get("subject").is_some_and(|r| r == "visitor");
    let free = subject && rule.head == Head::Verb && !frame.passive;
    let before = items.get(..frame.at).filter(|_| free)?;
    let ends = |i: &Item| i.sign(';') || i.sign('.') || i.sign(':');
    let open = before.iter().rposition(ends).map_or(0, |i| i + 1);
    let part = before.get(open..)?;
    let led = |n: usize, i: &Item| {
        let pair = part
            .get(n + 1)
            .map_or(String::new(), |b| format!("{} {}", i.folded, b.folded));
        WHO.contains(&i.folded.as_ref()) || WHO.contains(&pair.as_str())
    };
    let who = (0..part.len()).find(|&n| part.get(n).is_some_and(|i| led(n, i)))?;
    if part.get(..who)?.iter().any(Item::is_np) || reader.lexicon.lang == Lang::En {
        return None;
    }
    let be =
        (frame.at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| x.is(Class::Be)))?;
    let named = (be + 1..be + 4).find(|&i| items.get(i).is_some_and(|x| x.actor().is_some()))?;
    items
        .get(named)
        .filter(|x| x.prep.is_empty())
        .map(|_| named)
}

/// "En 2013 lo hizo la presidenta X": a person without a preposition right behind a Spanish verb of going is its subject, whoever stands
/// before; the list it belongs to.
pub(super) fn behind(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> Option<usize> {
    let subject = rule.args.get("subject").is_some_and(|r| r == "visitor");
    // "Fue huésped del presidente": what follows is who receives.
    let other = rule.args.get("object").is_some_and(|r| r != "place");
    if reader.lexicon.lang != Lang::Es
        || rule.head != Head::Verb
        || frame.passive
        || !subject
        || other
    {
        return None;
    }
    let item = items
        .get(frame.at + 1..frame.clause.1)?
        .iter()
        .take_while(|i| !(i.sign(',') || i.is(Class::And) || i.is_finite()))
        .find(|i| i.actor().is_some())?;
    let named = item
        .actor()
        .is_some_and(|a| a.name.is_some() || a.office.is_some());
    (named && item.prep.is_empty()).then_some(item.list)
}

/// Whether what follows a verb can be its subject: it takes no person as its object, and no free noun stands before it.
pub(super) fn inverts(items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let subject = rule.args.get("subject").is_some_and(|r| r == "visitor");
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    rule.head == Head::Verb
        && rule.set.contains_key("implied")
        && subject
        && !frame.passive
        && frame.subject.is_empty()
        && !before
            .iter()
            .any(|i| i.actor().is_some() && i.prep.is_empty() || i.is(Class::Relative))
}
