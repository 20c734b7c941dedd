//! Whether a verb in the future is no more than a form: French and Spanish tell the past in it, too.

use super::{cue, group};
use crate::extract::frame::breaks;
use crate::extract::items::Item;
use crate::language::{Class, TriggerForm};

/// Whether a trigger stands in the future of a clause of its own: not of one that depends on another ("announced that he will come"), but for
/// what is told of a mission ("un consulat qui sera transformé en ambassade en 1965").
pub(in crate::extract::frame) fn future(
    items: &[Item],
    at: usize,
    start: usize,
    form: TriggerForm,
) -> bool {
    let left = items.get(start..at).unwrap_or(&[]);
    let mut cues = group(left).iter().filter(|i| cue(i).is_some()).peekable();
    let own = form == TriggerForm::Planned || cues.peek().is_some();
    let of_mission = |n: usize| {
        let before = left.get(..n).unwrap_or(&[]).iter().rev();
        let mut before = before.skip_while(|i| i.city().or(i.body()).is_some());
        before.next().is_some_and(|i| i.mission().is_some())
    };
    // "X, who had led the mission, would return": what commas close off depends on nothing.
    let closed = |n: usize| {
        let open = n.checked_sub(1).and_then(|i| left.get(i));
        let behind = left.get(n + 1..).unwrap_or(&[]);
        open.is_some_and(|i| i.sign(',')) && behind.last().is_some_and(|i| i.sign(','))
    };
    let depends = |(n, i): (usize, &Item)| {
        i.is(Class::Relative) && !of_mission(n) && !closed(n) || i.is(Class::Today)
    };
    own && cues.all(|i| i.is(Class::Future))
        && !hoped(left)
        && !left.iter().enumerate().any(depends)
        && !items.iter().any(|i| i.is(Class::Speech))
        && !conditional(items)
}

/// "Promised he would come", "it was hoped Chile would open": whether the English "would" at the end of these items depends on a verb before it.
fn hoped(left: &[Item]) -> bool {
    let would = left.iter().rposition(|i| i.folded.starts_with("would"));
    let Some(before) = would.and_then(|at| left.get(..at)) else {
        return false;
    };
    let part = before.rsplit(|i| breaks(i) || i.sign(',') || i.is(Class::And));
    let verb = |i: &Item| i.is_finite() || i.is(Class::Be) || i.is(Class::Have) || cue(i).is_some();
    part.into_iter().next().unwrap_or(&[]).iter().any(verb)
}

/// "Si la Norvège reconnaissait …, le Pérou ouvrirait": whether a sentence has a condition.
fn conditional(items: &[Item]) -> bool {
    items.iter().enumerate().any(|(i, item)| {
        let begins = i.checked_sub(1).and_then(|b| items.get(b));
        ["si", "s'il", "s'ils", "if", "unless"].contains(&item.folded.as_ref())
            && begins.is_none_or(|b| b.sign(',') || breaks(b))
    })
}
