//! "The visits paid by A to X in 2004 and by B to Y in 2005": further visitors of a noun, each with a date of his own and, it may be, a place.

use super::{Goal, claim, goals};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Modality, Slot};
use crate::language::{Class, Head, Rule};

/// The claims of all agents of a noun but the first, where each has a date of his own; none elsewhere. `told` are those of the frame itself.
pub(super) fn agents(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    told: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some(pattern) = told.first() else {
        return Vec::new();
    };
    if rule.head != Head::Noun || frame.modality != Modality::Asserted {
        return Vec::new();
    }
    let (from, to) = (
        reader.body_in(&pattern.fact, Slot::From),
        reader.body_in(&pattern.fact, Slot::To),
    );
    let mut found = Vec::new();
    for (at, end) in parts(items, frame.at).into_iter().skip(1) {
        let Some(item) = items.get(at) else { break };
        let part = at + 1..end;
        let when = part.clone().find(|&i| is_date(items, i));
        let dated = reader.date(sentence, when);
        let placed = |i: &usize| {
            let item = items.get(*i);
            item.is_some_and(|x| x.city().or(x.named_body()).is_some() && !x.prep.is_empty())
        };
        let places: Vec<usize> = part.filter(placed).collect();
        let own = goals(reader, items, &places).first().copied();
        for who in reader.who(index, item).into_iter().take(1) {
            // Without a place of his own: where the first went, or came from, where he is at home there.
            let home = |body: usize| who.of.is_some_and(|of| reader.same_state(of, body));
            let shared = || {
                let there = to.filter(|t| !home(*t)).or(from)?;
                Some(Goal {
                    to: there,
                    city: None,
                })
            };
            let Some(goal) = own.or_else(shared) else {
                continue;
            };
            let whence = who.of.or_else(|| reader.whence(index, who.person, goal.to));
            if whence.is_some_and(|w| reader.same_state(w, goal.to)) {
                continue;
            }
            let kind = pattern.fact.text(Slot::Kind);
            let evidence = who.evidence.clone();
            found.extend(claim(
                reader,
                sentence,
                rule,
                Some(frame),
                &who,
                whence,
                goal,
                &dated,
                &kind,
                evidence,
            ));
        }
    }
    found
}

fn is_date(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(Item::is_date)
}

/// The agents behind a noun and where the part of each ends; none where one has no date in his part, or what joins them is no joint.
fn parts(items: &[Item], noun: usize) -> Vec<(usize, usize)> {
    let tells =
        |i: &Item| i.sign(';') || i.is(Class::Be) || i.is(Class::Have) || i.is(Class::Relative);
    let agent = |i: &usize| {
        let item = items.get(*i);
        item.is_some_and(|x| x.actor().is_some() && x.has_prep(Class::By))
    };
    let end = (noun + 1..items.len())
        .find(|&i| items.get(i).is_some_and(tells))
        .unwrap_or(items.len());
    let starts: Vec<usize> = (noun + 1..end).filter(agent).collect();
    let ends = starts.iter().skip(1).copied().chain([end]);
    let parts: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let joined = |at: usize| {
        let small = |i: &&Item| matches!(i.kind, ItemKind::Word) && !i.is(Class::And);
        let before = items.get(..at).unwrap_or(&[]).iter().rev();
        let mut before = before.skip_while(small);
        before
            .next()
            .is_some_and(|i| i.is(Class::And) || i.sign(','))
    };
    let whole = parts
        .iter()
        .all(|&(at, end)| (at + 1..end).any(|i| is_date(items, i)));
    let listed = parts.iter().skip(1).all(|&(at, _)| joined(at));
    if parts.len() > 1 && whole && listed {
        parts
    } else {
        Vec::new()
    }
}
