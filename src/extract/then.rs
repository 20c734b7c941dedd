//! States as they were: what a text tells of a city or of a side in the time of a historical state is told of that one, where the text speaks
//! of it there.

use super::items::Item;
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use std::collections::BTreeSet;

/// How many sentences back a text still speaks of a state.
const REACH: usize = 40;

/// Slots that hold states.
const STATES: [Slot; 6] = [
    Slot::From,
    Slot::To,
    Slot::Sending,
    Slot::Receiving,
    Slot::Parties,
    Slot::Actor,
];

/// Puts a historical state for the one that followed it, where the text speaks of the former and the fact is of its time.
pub(super) fn then(reader: &Reader<'_>, claims: &mut [Claim]) {
    let items = reader.sentences.iter().flat_map(|s| &s.items);
    let spoken: BTreeSet<usize> = items.filter_map(Item::body).collect();
    let ended = |body: usize| {
        let body = reader.gazetteer.bodies().get(body)?;
        body.until.filter(|_| body.kind == "historical")
    };
    let former: Vec<(usize, i32)> = spoken
        .into_iter()
        .filter_map(|body| Some((body, ended(body)?)))
        .collect();
    if former.is_empty() {
        return;
    }
    for claim in claims {
        let Some(year) = year(&claim.fact) else {
            continue;
        };
        let Some(index) = reader.sentence_index(claim.statement().start) else {
            continue;
        };
        for slot in STATES {
            let values = claim.fact.all(slot).iter();
            let states: Vec<Value> = values
                .map(|value| {
                    let now = reader.body_of(value);
                    let then = now.and_then(|now| spoken_of(reader, &former, index, now, year));
                    then.and_then(|b| reader.body_value(b))
                        .unwrap_or_else(|| value.clone())
                })
                .collect();
            if states.as_slice() != claim.fact.all(slot) {
                claim.fact.slots.insert(slot, states);
            }
        }
    }
}

/// The year in which a fact was or began.
fn year(fact: &Fact) -> Option<i32> {
    let told = matches!(
        fact.kind,
        Kind::Visit | Kind::Appointment | Kind::Mission | Kind::Relations
    );
    let slots = [
        Slot::Start,
        Slot::Opened,
        Slot::Date,
        Slot::End,
        Slot::Closed,
    ];
    let dated = slots.iter().find_map(|s| fact.date(*s)?.year());
    dated.filter(|_| told)
}

/// The historical state of which the text spoke last, where it did so of it and not of the one that followed it.
fn spoken_of(
    reader: &Reader<'_>,
    former: &[(usize, i32)],
    index: usize,
    now: usize,
    year: i32,
) -> Option<usize> {
    let earlier = |body: usize| {
        let known = former.iter().find(|(f, _)| *f == body);
        known.filter(|_| reader.same_state(body, now) && body != now)
    };
    let (known, _) = former.iter().find_map(|(f, _)| earlier(*f))?;
    let sentences = reader.sentences.get(index.saturating_sub(REACH)..=index)?;
    // Of two that became one state each is spoken of in its own section alone.
    let section = |s: &&Sentence<'_>| reader.block(s).map(|b| &b.under);
    let here = sentences.last().and_then(|s| section(&s));
    let twin = reader.twin(*known).is_some();
    let near = sentences.iter().rev();
    let last = near
        .take_while(|s| !twin || section(s) == here)
        .find_map(|s| {
            let mut bodies = s.items.iter().filter_map(Item::body);
            // The state as it is now, named in the sentence, is the one meant.
            let own: Vec<usize> = bodies
                .by_ref()
                .filter(|b| *b == now || earlier(*b).is_some())
                .collect();
            own.iter().find(|b| **b == now).or(own.first()).copied()
        })?;
    earlier(last)
        .filter(|(_, until)| year <= *until)
        .map(|(f, _)| *f)
}
