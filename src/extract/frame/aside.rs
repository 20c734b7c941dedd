//! What stands between commas beside a verb's subject and is not of the verb: relative clauses, words that say whose successor somebody is.

use crate::extract::items::{Item, ItemKind, Stand};
use crate::language::{Class, TriggerForm};

/// How many items back from its end an aside opens that says whose successor somebody is.
const RELATION: usize = 6;

/// "X, Y's successor, went to Lima", "X, the successor of Y, …": where what stands between commas ends at an item and says no more than whose successor
/// somebody is, the comma that opens it.
pub(super) fn relation_aside(items: &[Item], at: usize) -> Option<usize> {
    items.get(at + 1).filter(|i| i.sign(','))?;
    let first = at.saturating_sub(RELATION);
    let open = first + items.get(first..at)?.iter().rposition(|i| i.sign(','))?;
    let relation = [Stand::Successor, Stand::Predecessor];
    let related = |i: &Item| {
        let stands = i.actor().and_then(|a| a.stand);
        stands.is_some_and(|s| relation.contains(&s))
    };
    let aside = items.get(open + 1..=at)?;
    let told = |i: &Item| i.is_finite() || i.is(Class::And) || i.is(Class::Possessive);
    let name = items.get(open.checked_sub(1)?)?;
    let named = name.actor().is_some_and(|a| a.name.is_some());
    let whose = |i: &Item| i.genitive || i.has_prep(Class::Of);
    let of = aside.iter().any(|i| i.actor().is_some() && whose(i));
    (named && of && aside.iter().any(related) && !aside.iter().any(told)).then_some(open)
}

/// The relative clause between commas that ends right before a verb ("X, whom Y had met in Lima, received Z"; "called on X, who was in
/// Lima, and spoke with Z"): its relative and the comma that closes it.
pub(in crate::extract) fn relative_aside(
    items: &[Item],
    start: usize,
    at: usize,
) -> Option<(usize, usize)> {
    let close = (start..at).rev().find(|&i| {
        items.get(i).is_some_and(|x| {
            let small = [Class::Have, Class::Be, Class::Not, Class::Then, Class::And];
            !small.iter().any(|c| x.is(*c))
        })
    })?;
    items.get(close).filter(|x| x.sign(','))?;
    let open = (start + 1..close).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) || x.is(Class::Whose))
            && (items.get(i - 1).is_some_and(|x| x.sign(','))
                || i > 1
                    && items.get(i - 2).is_some_and(|x| x.sign(','))
                    && !items.get(i - 1).is_some_and(Item::is_np))
    })?;
    let told = items.get(open..close)?;
    told.iter()
        .any(|i| i.verb.is_some() || i.is(Class::Have) || i.is(Class::Be))
        .then_some((open, close))
}

/// The clause without commas that tells what somebody else does with what the verb is said of, and ends right before the verb ("the consulate that Peru
/// had in Oran was closed", "the embassy Peru opened in 1960 was closed"): its first item and its last.
pub(super) fn object_relative(items: &[Item], start: usize, at: usize) -> Option<(usize, usize)> {
    let get = |i: usize| items.get(i);
    let small = [Class::Have, Class::Be, Class::Not, Class::Then];
    let last = (start..at)
        .rev()
        .find(|&i| get(i).is_some_and(|x| !(small.iter().any(|c| x.is(*c)) || reflexive(x))))?;
    let ends = |x: &Item| x.sign(',') || x.sign(';') || x.sign(':') || x.sign('(');
    let first = (start..last).rev().find(|&i| get(i).is_some_and(ends));
    let first = first.map_or(start, |i| i + 1);
    let thing = |x: &Item| {
        matches!(x.kind, ItemKind::Mission(_) | ItemKind::Treaty(_)) || x.is(Class::Relations)
    };
    let head = (first..last).find(|&i| get(i).is_some_and(|x| thing(x) && x.prep.is_empty()))?;
    let led = get(head + 1)?.is(Class::Relative);
    let subject = head + 1 + usize::from(led);
    let does = |x: &Item| {
        let state = x.named_body().is_some() && !x.genitive || x.is(Class::BothStates);
        x.prep.is_empty() && (state || x.actor().is_some())
    };
    let subject = (subject..last).find(|&i| get(i).is_some_and(|x| !x.is(Class::Article)));
    let subject = subject.filter(|&i| get(i).is_some_and(does))?;
    let told = items.get(subject + 1..=last)?;
    let other = |x: &Item| x.is(Class::Relative) || thing(x);
    let verb = told
        .iter()
        .position(|x| x.verb.is_some() || x.is(Class::Have))?;
    // "the embassy Peru" without its verb is no clause.
    let near = verb <= 1 || told.get(..verb)?.iter().all(|x| !x.is_np());
    (near && !told.iter().any(other)).then_some((head + 1, last))
}

/// "se", "s'": the pronoun of a verb that says what happens to its subject.
fn reflexive(item: &Item) -> bool {
    matches!(item.folded.as_ref(), "se" | "s" | "s'")
}

/// "the third Arab state, after A and B, to recognise C": whether a state stands between commas among those who did it before.
pub(super) fn after_others(items: &[Item], at: usize) -> bool {
    let state = |i: &&Item| {
        let small = [Class::And, Class::Article];
        i.named_body().is_some() || i.kind == ItemKind::Word && small.iter().any(|c| i.is(*c))
    };
    let before = items.get(..at).unwrap_or(&[]);
    let open = before.len() - before.iter().rev().take_while(state).count();
    let led = open.checked_sub(1).and_then(|i| items.get(i));
    let comma = open.checked_sub(2).and_then(|i| items.get(i));
    let behind = items.iter().skip(at).find(|i| !state(i));
    led.is_some_and(|i| i.is(Class::DateAfter))
        && comma.is_some_and(|i| i.sign(','))
        && behind.is_some_and(|i| i.sign(','))
}

/// "An embassy headed by X was opened": whether who stands behind "by" before a verb is told of the participle right before it.
pub(super) fn of_participle(items: &[Item], by: usize, verb: usize) -> bool {
    let before = items.get(..by).unwrap_or(&[]).iter().rev();
    let mut before = before.skip_while(|i| {
        i.is(Class::By) && matches!(i.kind, ItemKind::Word) || i.is(Class::Article)
    });
    // The preposition by itself, or within the words of the participle.
    let within = |i: &Item| {
        [" by", " par", " por"]
            .iter()
            .any(|by| i.folded.ends_with(by))
    };
    let led = items.get(by).is_some_and(|i| i.has_prep(Class::By));
    let said = |i: &Item| i.verb == Some(TriggerForm::Participle) || i.is(Class::MissionHead);
    let who = items.get(by).is_some_and(|i| i.actor().is_some());
    who && by < verb && before.next().is_some_and(|i| said(i) && (led || within(i)))
}
