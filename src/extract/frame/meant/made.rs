//! What was done after all: a visit that somebody made or prepared, whatever else is said of it, what somebody came for, and a "ne" that
//! denies nothing.

use super::{cue, group};
use crate::extract::frame::{breaks, is_finite_trigger};
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, TriggerForm};

/// "Realizó … una visita a Lima, aplazada en mayo": whether a verb that says no more than that somebody made what follows ends these items.
pub(in crate::extract) fn made(left: &[Item]) -> bool {
    let light = left.iter().rposition(|i| i.is(Class::Light));
    let Some(light) = light else { return false };
    let between = left.get(light + 1..).unwrap_or(&[]);
    let verb = left
        .get(light)
        .is_some_and(|i| i.verb != Some(TriggerForm::Planned));
    let told =
        |i: &Item| matches!(i.kind, ItemKind::Word | ItemKind::Date(_)) && !is_finite_trigger(i);
    let before = left.get(..light).unwrap_or(&[]);
    verb && between.iter().all(told)
        && group(before)
            .iter()
            .all(|i| cue(i).is_none() && !i.is(Class::Not))
}

/// "A préparé", "preparó", "prepared": whether an item is the verb of preparing in the past, and nothing is still being prepared.
pub(super) fn prepared(left: &[Item], item: &Item) -> bool {
    let at = left.iter().position(|i| i.span == item.span);
    let before = at.and_then(|at| left.get(..at)).unwrap_or(&[]).last();
    let helped = |class: Class| before.is_some_and(|i| i.is(class));
    match item.folded.as_ref() {
        "preparo" | "prepararon" | "preparerent" => true,
        "prepared" => !helped(Class::Be),
        "prepare" => helped(Class::Have),
        _ => false,
    }
}

/// Whether a comma ends these items, which tells what follows of something that went before.
pub(super) fn apposed(before: &[Item]) -> bool {
    before.last().is_some_and(|i| i.sign(','))
}

/// "Avant que le roi ne vînt": whether the only negation of a verb is the French "ne" of a clause of time, which denies nothing.
pub(super) fn expletive(group: &[Item], left: &[Item]) -> bool {
    let mut denials = group
        .iter()
        .filter(|i| i.is(Class::Not) || i.is(Class::Denied));
    let ne = denials
        .next()
        .is_some_and(|i| i.folded == "ne" || i.folded == "n'");
    let part = left.rsplit(|i| breaks(i)).next().unwrap_or(&[]);
    let led = part.windows(2).any(|pair| match pair {
        [before, that] => before.is(Class::DateBefore) && that.is(Class::Relative),
        _ => false,
    }) || part
        .iter()
        .any(|i| i.folded == "avant que" || i.folded == "avant qu'");
    ne && denials.next().is_none() && led
}

/// "Il se rendit à Lima pour y rencontrer", "viajó a Lima para entrevistarse con": whether an infinitive tells what a verb of the past led to.
pub(super) fn came_to(left: &[Item]) -> bool {
    let small =
        |i: &&Item| matches!(i.kind, ItemKind::Word) && i.span.len() <= 4 && !i.is(Class::For);
    let mut before = left.iter().rev().skip_while(small);
    let led = before.next().is_some_and(|i| i.is(Class::For));
    let verb = || before.take(12).find(|i| is_finite_trigger(i));
    led && verb().is_some_and(|i| i.verb != Some(TriggerForm::Planned) && cue(i).is_none())
}

/// How many items may stand between a word for waiting and its date, or between "before" and the infinitive.
const NEAR: usize = 3;

/// "Attendit 1970 pour ouvrir une ambassade", "before opening an embassy in 1970": whether an infinitive or gerund tells what was done, as the date of
/// the waiting or its own date behind it says.
pub(super) fn done_in_the_end(left: &[Item], right: &[Item]) -> bool {
    let waited = left.iter().rposition(|i| i.is(Class::Awaited));
    let dated = |at: usize| left.iter().skip(at + 1).take(NEAR).any(Item::is_date);
    let plain = |at: usize| {
        !left
            .iter()
            .skip(at + 1)
            .any(|i| is_finite_trigger(i) || cue(i).is_some())
    };
    if waited.is_some_and(|at| dated(at) && plain(at)) {
        return true;
    }
    let last = left.len().saturating_sub(NEAR);
    let before = left.iter().rposition(|i| i.is(Class::DateBefore));
    let own = right.iter().take_while(|i| !breaks(i)).any(Item::is_date);
    before.is_some_and(|at| at >= last && !left.iter().skip(at + 1).any(Item::is_np)) && own
}
