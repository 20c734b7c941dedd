//! "decided in 2010 to open an embassy", "the plan to reopen the embassy": whether what a verb says of a mission is no more than meant.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, TriggerForm};

/// "decided in 2010 to open", "compte établir": what was decided on, and a verb that leads to another, tell of no mission.
pub(super) fn only_meant(items: &[Item], frame: &Frame) -> bool {
    let base = |i: Option<&Item>| i.is_some_and(|x| x.verb == Some(TriggerForm::Base));
    let trigger = items.get(frame.at);
    if trigger.is_some_and(|i| i.is_finite()) && base(items.get(frame.at + 1)) {
        return true;
    }
    let before = items.get(..frame.at).unwrap_or(&[]);
    let above = before
        .iter()
        .rev()
        .find(|i| i.is_finite() || i.is(Class::Decided));
    base(trigger) && above.is_some_and(|i| i.is(Class::Decided))
}

/// The infinitive whose object a mission is ("the plan to reopen the embassy was dropped").
pub(super) fn infinitive_of(items: &[Item], index: usize) -> Option<usize> {
    let before = items.get(..index)?;
    let at = before.iter().rposition(|i| {
        !(i.is(Class::Article)
            || i.is(Class::Temporal)
            || i.is(Class::Possessive)
            || matches!(i.kind, ItemKind::Body(_, true)))
    })?;
    (items.get(at)?.verb == Some(TriggerForm::Base)).then_some(at)
}

/// "gave up the project of a legation", "a consulate was considered, and given up": whether a mission is no more than planned or thought of where a verb
/// tells of its end.
pub(super) fn of_a_plan(items: &[Item], mission: usize, verb: usize) -> bool {
    let between = items.get(mission.min(verb) + 1..mission.max(verb));
    let between = between.unwrap_or(&[]);
    if mission < verb {
        let mooted = between.iter().position(|i| i.is(Class::Mooted));
        let be = mooted
            .and_then(|at| at.checked_sub(1))
            .and_then(|i| between.get(i));
        return be.is_some_and(|i| i.is(Class::Be));
    }
    let of = items.get(mission);
    let of = of.is_some_and(|i| i.has_prep(Class::Of) || i.genitive);
    of && between.iter().rev().take(3).any(planned) || of_project(items, mission)
}

/// Whether a word says that something is no more than planned.
fn planned(item: &Item) -> bool {
    let plan = [
        Class::Hypothetical,
        Class::Planned,
        Class::Undone,
        Class::Wished,
    ];
    plan.iter().any(|c| item.is(*c))
}

/// "el proyecto de una legación": whether a phrase of a plan, which holds the preposition, stands right before a mission.
pub(super) fn of_project(items: &[Item], mission: usize) -> bool {
    let before = items.get(..mission).unwrap_or(&[]).iter().rev();
    let mut before = before.filter(|i| !i.is(Class::Article));
    let led = |i: &Item| planned(i) && i.kind == ItemKind::Word && i.folded.contains(' ');
    before.next().is_some_and(led)
}
