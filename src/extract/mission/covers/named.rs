//! Which words of a sentence name the mission that covers other states.

use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::language::Class;

/// "an embassy in A (also accredited to B), a consulate in C": the mission right before the bracket that tells it.
pub(super) fn before_bracket(items: &[Item], at: usize) -> Option<usize> {
    let mut before = (0..at).rev();
    let sign = |i: usize, c: char| items.get(i).is_some_and(|x| x.sign(c));
    let open = before.find(|&i| sign(i, '(') || sign(i, ')'))?;
    let owner = open.checked_sub(1).filter(|_| sign(open, '('))?;
    items.get(owner)?.mission().map(|_| owner)
}

/// "That in A was opened in 2018, and that in B now covers C": the mission behind the joint before the verb, where one stands there.
pub(super) fn of_clause(items: &[Item], frame: &Frame, first: usize) -> usize {
    let between = items.get(first + 1..frame.at).unwrap_or(&[]);
    let joint = between
        .windows(2)
        .rposition(|w| matches!(w, [comma, and] if comma.sign(',') && and.is(Class::And)));
    let Some(joint) = joint.map(|at| first + 2 + at) else {
        return first;
    };
    let mut behind = joint + 1..frame.at;
    let own = behind.find(|&i| items.get(i).is_some_and(|x| x.is_np()));
    let own = own.filter(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| x.mission().is_some() && x.prep.is_empty())
    });
    own.unwrap_or(first)
}

/// "The embassy in Lima was opened under X, with responsibility also for …": the mission that opens the clause, behind a noun's preposition.
pub(super) fn opening(items: &[Item], frame: &Frame) -> Option<usize> {
    let led = items.get(frame.at)?.folded.starts_with("with ");
    let mut before = (frame.clause.0..frame.at).filter(|_| led);
    let first = before.find(|&i| items.get(i).is_some_and(Item::is_np))?;
    let mission = items.get(first)?;
    (mission.mission().is_some() && mission.prep.is_empty()).then_some(first)
}

/// "Its jurisdiction extends to …": a noun that belongs to the mission spoken of, without a state or mission before the verb.
pub(super) fn possessive(items: &[Item], frame: &Frame) -> Option<usize> {
    let before = items.get(frame.clause.0..frame.at)?;
    if before.iter().any(|i| i.is_np() && i.prep.is_empty()) {
        return None;
    }
    let at = before.iter().position(|i| i.is(Class::Possessive))?;
    Some(frame.clause.0 + at)
}
