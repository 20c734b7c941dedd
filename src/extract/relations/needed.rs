//! Whether the thing that a rule is about is what its trigger is said of.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Sentence;
use crate::language::{Class, Head, Rule, TriggerForm};

/// Whether an item stands within a few words of the trigger.
fn near(sentence: &Sentence<'_>, frame: &Frame, item: &Item<'_>) -> bool {
    sentence
        .items
        .iter()
        .position(|i| i.span == item.span)
        .is_some_and(|at| at.abs_diff(frame.at) <= 4)
}

/// "Rompues en 1941, les relations …": a participle that opens the sentence, and behind its comma what it is said of.
fn opening(sentence: &Sentence<'_>, frame: &Frame) -> bool {
    let items = &sentence.items;
    let opens = items
        .get(..frame.at)
        .is_some_and(|b| b.iter().all(|i| !i.is_np() && !i.is_finite()));
    let reach = frame.at + 1..items.len().min(frame.at + 7);
    let comma = reach
        .clone()
        .find(|&i| items.get(i).is_some_and(|x| x.sign(',')));
    opens
        && comma.is_some_and(|comma| {
            let behind = items.get(comma + 1..).unwrap_or(&[]);
            let clear = items
                .get(frame.at + 1..comma)
                .is_some_and(|b| b.iter().all(|i| !i.is_finite()));
            clear
                && behind
                    .iter()
                    .find(|i| !(i.is(Class::Article) || i.is(Class::Possessive)))
                    .is_some_and(|i| i.is(Class::Relations))
        })
}

/// "Relations were established in 1920, suspended during the war and restored in 1950": verbs that share the relations before the first.
fn chained(sentence: &Sentence<'_>, frame: &Frame) -> bool {
    let before = sentence.items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let joint = before
        .iter()
        .rev()
        .find(|i| !(i.is(Class::Again) || i.is(Class::Then) || i.is(Class::Be)))
        .is_some_and(|i| i.is(Class::And) || i.sign(','));
    let Some(at) = before
        .iter()
        .rposition(|i| i.is(Class::Relations) && i.prep.is_empty())
    else {
        return false;
    };
    let between = before.get(at + 1..).unwrap_or(&[]);
    let verbs = between.iter().filter(|i| i.is_finite()).count();
    let subject = between.iter().any(|i| {
        i.is_np() && i.prep.is_empty() || i.is(Class::Relative) || i.is(Class::BothStates)
    });
    joint && verbs > 0 && between.iter().any(|i| i.is(Class::Be)) && !subject
}

/// "Talks on resuming relations broke down": whether the relations before a verb are what was talked of, and no more.
fn talked_of(sentence: &Sentence<'_>, frame: &Frame) -> bool {
    let before = sentence.items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let Some(at) = before.iter().rposition(|i| i.is(Class::Relations)) else {
        return false;
    };
    let behind = before.get(at + 1..).unwrap_or(&[]);
    let mut led = before.get(..at).unwrap_or(&[]).iter().rev();
    // "Talks on resuming relations opened in 1961 and were broken off"
    let subject = |i: &Item<'_>| i.is_np() && i.prep.is_empty() || i.sign(';');
    let joined = behind.iter().any(|i| i.is(Class::And)) && !behind.iter().any(subject);
    (joined || behind.iter().all(|i| !i.is_finite()))
        && led
            .by_ref()
            .take_while(|i| {
                i.is(Class::Talks) || !(i.is_finite() || matches!(i.kind, ItemKind::Sign(_)))
            })
            .any(|i| i.is(Class::Talks))
}

/// "Entered into relations and opened a legation": whether a mission or treaty is what the verb does something to, and relations are not.
fn done_to_other(sentence: &Sentence<'_>, frame: &Frame) -> bool {
    let items = || frame.object.iter().filter_map(|&i| sentence.items.get(i));
    let other = |i: &Item<'_>| matches!(i.kind, ItemKind::Mission(_) | ItemKind::Treaty(_));
    !frame.passive && items().next().is_some_and(other) && !items().any(|i| i.is(Class::Relations))
}

/// Whether a word of the class that a rule needs stands in the clause of the frame.
pub(in crate::extract) fn needed(
    sentence: &Sentence<'_>,
    frame: &Frame,
    rule: &Rule,
    class: Class,
) -> bool {
    let clause = sentence
        .items
        .get(frame.clause.0..frame.clause.1)
        .unwrap_or(&[]);
    // Relations that something else is said of do not make the frame's event: they must be what is established, broken or resumed.
    if class == Class::Relations && rule.head == Head::Verb {
        if talked_of(sentence, frame) || done_to_other(sentence, frame) {
            return false;
        }
        // "suspended its aid, not its relations"
        let denied = |at: usize| {
            let first = at.saturating_sub(2).max(frame.at + 1);
            let before = sentence.items.get(first..at);
            before.is_some_and(|b| b.iter().any(|i| i.is(Class::Not)))
        };
        let argument = frame
            .subject
            .iter()
            .chain(&frame.object)
            .filter(|&&i| !denied(i))
            // "set up a body for better relations": what another phrase is for is not what the verb is about.
            .filter(|&&i| {
                let between = sentence.items.get(frame.at + 1..i).unwrap_or(&[]);
                !between
                    .iter()
                    .any(|x| x.is(Class::For) || x.is(Class::Relative))
            })
            .filter_map(|&i| sentence.items.get(i));
        // "Relations and a legation were established": one of two things that the verb is said of.
        let joined = frame.passive
            && (frame.clause.0..frame.at).any(|at| {
                let and = sentence.items.get(at + 1).is_some_and(|n| n.is(Class::And));
                sentence
                    .items
                    .get(at)
                    .is_some_and(|i| i.is(class) && i.prep.is_empty() && and)
            });
        // "fifty years of relations, established in 1973".
        let adjacent = sentence
            .items
            .get(..frame.at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .find(|i| !(i.sign(',') || i.is(Class::Be) || i.is(Class::Have)))
            .is_some_and(|i| i.is(class));
        // "which Peru had broken off": the auxiliary right before the verb says nothing of them.
        let word = |at: &usize| {
            sentence
                .items
                .get(*at)
                .is_some_and(|i| !i.is_np() && !i.is(Class::Relations))
        };
        let mut words = (frame.clause.0..frame.at).rev().take_while(word);
        let helper = words.find(|&at| sentence.items.get(at).is_some_and(|i| i.is(Class::Have)));
        // Relations without a preposition in the clause, with no other verb between.
        let free = (frame.clause.0..frame.clause.1).any(|at| {
            let (from, to) = (at.min(frame.at), at.max(frame.at));
            let verb = |i: &Item<'_>| {
                matches!(&i.kind, ItemKind::Trigger(forms)
                    if forms.iter().any(|(_, f)| *f != TriggerForm::Base))
            };
            // "… relations in 1963, and an embassy was opened in 1971": another thing of which the verb is said.
            let other = |i: &Item<'_>| {
                at < frame.at
                    && i.prep.is_empty()
                    && matches!(i.kind, ItemKind::Mission(_) | ItemKind::Treaty(_))
            };
            sentence
                .items
                .get(at)
                .is_some_and(|i| i.is(class) && i.prep.is_empty())
                && !denied(at)
                && !sentence
                    .items
                    .get(from + 1..to)
                    .unwrap_or(&[])
                    .iter()
                    .enumerate()
                    .any(|(n, i)| {
                        let says = verb(i) && Some(from + 1 + n) != helper;
                        says || other(i) || at > frame.at && i.is(Class::For)
                    })
        });
        return joined
            || chained(sentence, frame)
            || opening(sentence, frame)
            || adjacent
            || free
            || argument.into_iter().any(|i| i.is(class))
            || clause.iter().any(|i| {
                i.is(class)
                    && (i.has_prep(Class::Of) || i.has_prep(Class::In) || i.has_prep(Class::To))
                    && near(sentence, frame, i)
            });
    }
    // "discussed relations and welcomed the opening of the embassy": of another thing.
    let behind = sentence.items.get(frame.at + 1..).unwrap_or(&[]).iter();
    let of = { behind }.find(|i| i.is_np() || i.is(class));
    let other = |i: &Item<'_>| matches!(i.kind, ItemKind::Mission(_) | ItemKind::Treaty(_));
    if class == Class::Relations && of.is_some_and(|i| i.has_prep(Class::Of) && other(i)) {
        return false;
    }
    clause.iter().any(|i| {
        i.is(class)
            || matches!(
                (&i.kind, class),
                (ItemKind::Mission(_), Class::MissionHeading)
            )
    })
}
