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
