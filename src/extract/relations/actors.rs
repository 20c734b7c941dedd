//! Who is told to have brought about an event of relations.

use super::own_side;
use crate::document::BlockKind;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::Reader;
use crate::language::{Class, Rule};

/// The states that a frame says to act, by name, by a pronoun, by somebody who acts for one; nothing where a government acts that is nobody's known.
pub(super) fn acting(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    rule: &Rule,
    frame: &Frame,
) -> Option<Vec<usize>> {
    let acting = frame.role(items, rule, "actor").into_iter();
    let acting: Vec<usize> = acting
        .map(|i| member_before(reader, items, i).unwrap_or(i))
        .map(|i| stressed(items, i).unwrap_or(i))
        .collect();
    let mut actors = reader.bodies(items, &acting);
    if let Some(home) = reader.home().filter(|_| we_act(items, frame)) {
        actors = vec![home];
    }
    if actors.is_empty() {
        for i in acting {
            if let Some(item) = items.get(i) {
                match own_side::state_before(reader, index, item) {
                    Some(state) => actors.push(state),
                    None => actors.extend(reader.who(index, item).iter().filter_map(|w| w.of)),
                }
            }
        }
        actors.dedup();
    }
    let row = reader.sentences.get(index).and_then(|s| reader.block(s));
    let row = row.is_some_and(|b| b.kind == BlockKind::Row);
    if let Some(state) = it(reader, items, frame).filter(|_| !row) {
        actors = vec![state];
    }
    if actors.is_empty()
        && let Some(state) = of_government(reader, index, items, frame)
    {
        actors.push(state?);
    }
    Some(actors)
}

/// "Peru broke off relations with A, when it recognised B": the state that opens the sentence, for which the word right before the verb stands.
fn it(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let before = items.get(..frame.at).filter(|_| !frame.passive)?;
    let small = |i: &&Item<'_>| i.is(Class::Have) || i.is(Class::Temporal);
    let word = before.iter().rposition(|i| !small(&i))?;
    let stands = before.get(word).filter(|i| i.kind == ItemKind::Word)?;
    (stands.is(Class::MissionIt) && !stands.folded.contains(' ')).then_some(())?;
    // "On 3 May 2012 Peru restored relations with A, which it had broken off in 2008"
    let mut opening = before.get(..word)?.iter();
    let first = opening.find(|i| i.is_np() && !i.is_date())?;
    let free = first.prep.is_empty() && !first.genitive;
    let verb = before.get(..word)?.iter().any(|i| i.is_finite());
    let state = first.named_body().filter(|_| free && verb)?;
    (!reader.is_organisation(state)).then_some(state)
}

/// "Le Pérou, lui, rompit avec le Mali": the state before a pronoun between commas that only stresses it.
fn stressed(items: &[Item<'_>], at: usize) -> Option<usize> {
    let stands = items.get(at)?.actor()?;
    let pronoun = stands.name.is_none() && stands.office.is_none() && stands.body.is_none();
    let comma = |i: usize| items.get(i).is_some_and(|x| x.sign(','));
    let closed = comma(at + 1) && at.checked_sub(1).is_some_and(comma);
    let state = at.checked_sub(2).filter(|_| pronoun && closed)?;
    items.get(state)?.named_body().map(|_| state)
}

/// "We have broken off relations with it": whether a word for the speaker's own state stands right before a verb.
fn we_act(items: &[Item<'_>], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let small = |i: &&Item<'_>| {
        i.is(Class::Have) && !i.is(Class::We)
            || i.is(Class::Temporal)
            || i.kind == ItemKind::Word && i.meanings.is_empty()
    };
    let subject = before.iter().rev().find(|i| !small(i));
    // "Rompimos con él": the verb itself says who.
    let verb = items.get(frame.at);
    !frame.passive
        && [subject, verb]
            .into_iter()
            .flatten()
            .any(|i| i.is(Class::We))
}

/// "Peru, a member of the Andean Community, recognised …": the state before what only says where it belongs.
fn member_before(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let body = items.get(at)?.named_body();
    body.filter(|b| reader.is_organisation(*b))?;
    let before = items.get(..at)?;
    let comma = before.iter().rposition(|i| i.sign(','))?;
    let apposed = before.get(comma + 1..)?;
    let noun = |i: &Item<'_>| !(i.is_np() || i.is_finite() || i.is(Class::Relative));
    let says = |i: &Item<'_>| i.is(Class::Of) || matches!(i.kind, ItemKind::Trigger(_));
    let member = apposed.iter().any(says) && apposed.iter().all(noun);
    let state = comma.checked_sub(1).filter(|_| member)?;
    items.get(state)?.named_body().map(|_| state)
}

/// "The government in Oslo recognised …", "El gobierno de Ana Soto reconoció …": the state of whose government the words before a verb tell; that of
/// somebody whose state nothing tells is unknown (`Some(None)`).
fn of_government(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    frame: &Frame,
) -> Option<Option<usize>> {
    let before = items
        .get(frame.clause.0..frame.at)
        .filter(|_| !frame.passive)?;
    let noun = before.iter().rposition(|i| i.is(Class::Government))?;
    let mut behind = before.get(noun + 1..)?.iter();
    let whose = behind.find(|i| !matches!(i.kind, ItemKind::Word))?;
    let led = whose.has_prep(Class::Of) || whose.has_prep(Class::In) || whose.genitive;
    let him = |i: &Item<'_>| i.actor().is_some_and(|a| a.stand == Some(Stand::Him));
    let alone = behind.all(|i| matches!(i.kind, ItemKind::Word | ItemKind::Date(_)) || him(i));
    (led && alone).then_some(())?;
    let city = || reader.state_of_city(whose.city()?);
    let person = || reader.who(index, whose).into_iter().find_map(|w| w.of);
    let state = whose.named_body().or_else(city).or_else(person);
    (state.is_some() || whose.actor().is_some()).then_some(state)
}
