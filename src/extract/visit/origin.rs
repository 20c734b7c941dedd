//! Whence a visitor comes, and whither, where his own words do not tell it: what was told of him before, who speaks, of whose people the
//! sentence speaks.

use super::places::{Goal, place};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Who};
use crate::extract::told::Told;
use crate::fact::{Kind, Slot};
use crate::language::{Class, Lang, Rule};

/// The state from which the text has told somebody to travel before.
pub(super) fn travelled_from(reader: &Reader<'_>, who: &Who, earlier: &Told) -> Option<usize> {
    let known = reader.people.known.get(who.person?)?;
    let told = earlier.last_about(Kind::Visit, &known.name).next()?;
    reader.body_in(&told.fact, Slot::From)
}

/// The state of an office that the text gives none: in a statement that of the one who speaks; in a text on an embassy, where no place is
/// said, that which sends it.
pub(super) fn own_state(reader: &Reader<'_>, who: &Who, nowhere: bool) -> Option<usize> {
    who.role.as_ref()?;
    let sending = || {
        let own = reader.own_mission.as_ref()?;
        nowhere.then_some(own.sending)
    };
    reader
        .home()
        .filter(|_| reader.issued && !nowhere)
        .or_else(sending)
}

/// "King X visited the country" in the section on another state than the text's own: of that state.
pub(super) fn of_section(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    places: &[usize],
) -> Option<usize> {
    let country = |i: &usize| {
        let item = items.get(*i);
        item.is_some_and(|x| matches!(x.kind, ItemKind::Word) && x.is(Class::TheState))
    };
    let state = reader.section_state(index)?;
    places.iter().any(country).then_some(state)
}

/// "Del lado peruano, …", "On the Peruvian side": the side of whose people a sentence says that it speaks.
pub(super) fn on_side(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    before.iter().enumerate().rev().find_map(|(i, item)| {
        let body = item.body().filter(|b| reader.is_side(*b))?;
        let led = i.checked_sub(1).and_then(|b| before.get(b));
        let english = reader.lexicon.lang == Lang::En && item.folded.ends_with("side");
        (english || led.is_some_and(|x| x.is(Class::Side))).then_some(body)
    })
}

/// "Invited by the Norwegian authorities, the minister …": of the side that did not invite.
pub(super) fn invited(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    let invited = items
        .get(..at)?
        .iter()
        .rposition(|i| i.is(Class::Invited))?;
    let behind = items.get(invited + 1..at)?;
    let by = behind
        .iter()
        .position(|i| i.is(Class::By) || i.is(Class::Of))?;
    let host = behind.get(by + 1..)?.iter().take(4);
    let state = |i: &Item| {
        let office = || i.actor().and_then(|a| a.office.as_ref()?.of);
        i.body().or_else(office)
    };
    let host = host
        .take_while(|i| !i.sign(','))
        .find_map(state)
        .filter(|b| reader.is_side(*b))?;
    reader.other_side(host)
}

/// "From Peru to Chile: X went in 2001": the direction that the words before a colon give to what follows.
pub(super) fn direction(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<(usize, usize)> {
    let colon = items.get(..at)?.iter().position(|i| i.sign(':'))?;
    let head = items.get(..colon)?;
    let side = |class: Class| {
        let mut found = head.iter().filter(|i| i.has_prep(class));
        found.find_map(|i| i.named_body().filter(|b| reader.is_side(*b)))
    };
    let (from, to) = (side(Class::From)?, side(Class::To)?);
    (from != to && !head.iter().any(Item::is_finite)).then_some((from, to))
}

/// "From Lima came X": who comes from one side comes to the other.
pub(super) fn whence(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
    from: Option<usize>,
) -> Option<Goal> {
    rule.set.get("implied").filter(|i| *i == "side")?;
    let side = items
        .get(frame.clause.0..frame.clause.1)?
        .iter()
        .filter(|i| i.has_prep(Class::From))
        .find_map(|i| place(reader, i))
        .map(|g| g.to)
        .filter(|s| reader.is_side(*s) && from.is_none_or(|f| reader.same_state(f, *s)))?;
    reader.other_side(side).map(|to| Goal { to, city: None })
}

/// "She had gone to Lima as prime minister of Peru": the office in which somebody travels, and whose it is.
pub(super) fn office_as(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
) -> Option<(String, Option<usize>)> {
    let near = frame.at + 1..frame.clause.1.min(frame.at + 10);
    let at = near.clone().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::As) && matches!(x.kind, ItemKind::Word))
    })?;
    let office = items
        .get(at + 1..)?
        .iter()
        .find(|i| !(i.is(Class::Article) || i.is(Class::Temporal)))?;
    let actor = office.actor().filter(|a| a.name.is_none())?;
    let office = actor.office.as_ref()?;
    Some((reader.role_name(office.role), office.of))
}

/// "had talks in Lima with his Peruvian counterpart": whether somebody of a state takes part in what is told of a place of it.
pub(super) fn hosted(reader: &Reader<'_>, items: &[Item], state: usize) -> bool {
    items.iter().filter_map(Item::actor).any(|actor| {
        let of = actor
            .body
            .or_else(|| actor.office.as_ref().and_then(|o| o.of));
        of.is_some_and(|of| reader.same_state(of, state))
    })
}

/// "The minister had talks with her Peruvian counterpart": the side of one who has a counterpart of the other.
pub(super) fn counterpart(reader: &Reader<'_>, items: &[Item]) -> Option<usize> {
    let other = items.iter().filter_map(Item::actor).find_map(|actor| {
        let counterpart = actor.stand == Some(Stand::Counterpart);
        actor.body.filter(|b| counterpart && reader.is_side(*b))
    })?;
    reader.other_side(other)
}
