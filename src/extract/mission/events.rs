//! What else happens to missions: asked to be closed, renamed, moved, put under a protecting power.

use crate::extract::dates::Bound;
use crate::extract::frame::Frame;
use crate::extract::items::ItemKind;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Flag, Kind, Modality, Slot, Value};
use crate::language::Rule;

/// The event that a rule tells of, if it tells of none of a mission's days: its own, or that a closing was asked for.
pub(super) fn event(rule: &Rule, frame: &Frame, slot: Option<Slot>) -> Option<String> {
    let asked = slot == Some(Slot::Closed) && frame.modality == Modality::Requested;
    let own = rule.set.get("event").cloned();
    own.or_else(|| asked.then(|| "closed".to_owned()))
}

/// Makes an event of a fact of a mission: what happened, who did or asked it, the days of a request.
pub(super) fn fill(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    event: &str,
    fact: &mut Fact,
    flags: &mut Vec<Flag>,
) {
    let items = &sentence.items;
    fact.kind = Kind::MissionEvent;
    fact.set(Slot::Event, Value::Term(event.to_owned()));
    let mut actor = reader.bodies(items, &frame.role(items, rule, "actor"));
    if !rule.set.contains_key("event") {
        // Who asks: the first body of the sentence that is not the one asked.
        let named: Vec<usize> = (0..frame.at).collect();
        let asked = reader.body_in(fact, Slot::Sending);
        actor = reader.bodies(items, &named);
        actor.retain(|a| Some(*a) != asked);
    }
    if let Some(value) = actor.first().and_then(|a| reader.body_value(*a)) {
        fact.set(Slot::Actor, value);
    }
    // Only what is asked for has a day by which it is to be done.
    if event == "moved" {
        reader.date(sentence, frame.date).put(fact, Slot::Date);
    } else {
        request_dates(sentence, frame, fact, flags);
    }
}

/// An event that names no mission: "Switzerland acting as Peru's protecting power". Whose missions it concerns stands as genitive or after "of".
pub(super) fn alone(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    event: &str,
) -> Option<Claim> {
    let items = &sentence.items;
    let sending = *reader
        .bodies(items, &frame.role(items, rule, "sender"))
        .first()?;
    let actor = reader
        .bodies(items, &frame.role(items, rule, "actor"))
        .into_iter()
        .find(|a| *a != sending)?;
    let mut fact = Fact::new(Kind::MissionEvent);
    fact.set(Slot::Event, Value::Term(event.to_owned()));
    fact.set(Slot::Sending, reader.body_value(sending)?);
    fact.set(Slot::Actor, reader.body_value(actor)?);
    let mut evidence = Vec::new();
    if let Some(receiving) = reader.other_side(sending) {
        fact.set(Slot::Receiving, reader.body_value(receiving)?);
        evidence = reader.side_evidence();
    }
    let dated = reader.date(sentence, frame.date);
    dated.put(&mut fact, Slot::Date);
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags))
}

/// Dates of a request: the day it was made and the day by which something was asked for.
fn request_dates(sentence: &Sentence, frame: &Frame, fact: &mut Fact, flags: &mut Vec<Flag>) {
    // "that it be closed and the staff removed before 10 June": the deadline may stand behind what else was asked.
    let dates: Vec<_> = (frame.clause.0..sentence.items.len())
        .filter_map(|i| sentence.items.get(i))
        .take_while(|i| !i.sign(';'))
        .filter_map(|i| {
            if let ItemKind::Date(found) = &i.kind {
                Some(found)
            } else {
                None
            }
        })
        .collect();
    let deadline = dates
        .iter()
        .find(|d| matches!(d.bound, Bound::Before | Bound::Until))
        .and_then(|d| d.date);
    let made = dates
        .iter()
        .find(|d| matches!(d.bound, Bound::None))
        .and_then(|d| d.date);
    if let Some(day) = deadline.and_then(|d| d.start) {
        fact.set(Slot::Deadline, Value::Date(crate::fact::Edtf::until(day)));
        if made
            .and_then(|m| m.start)
            .is_some_and(|m| m.first() > day.last())
        {
            flags.push(Flag::DeadlineBeforeRequest);
        }
    }
    if let Some(made) = made {
        fact.set(Slot::Date, Value::Date(made));
    }
}
