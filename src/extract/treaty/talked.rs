//! A treaty beside a verb of signing → whether it was only talked of, or initialled by another verb.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, word_before};
use crate::language::Class;

/// How far before a treaty the verb may stand whose object it is.
const GOVERNED: usize = 6;

/// How far before a verb the pronoun stands that is its object.
const PRONOUN: usize = 3;

/// "Negotiations on a free trade agreement ended in 2020": whether a treaty is what talks are about.
pub(super) fn only_talked_of(items: &[Item<'_>], at: usize) -> bool {
    let leads = [
        Class::Article,
        Class::About,
        Class::For,
        Class::Of,
        Class::To,
    ];
    word_before(items, at, &leads).is_some_and(|i| i.is(Class::Talks))
}

/// "They initialled an agreement on A and signed one on B": whether a treaty is the object of a verb before that of the frame, by which nobody signs.
pub(super) fn only_initialled(items: &[Item<'_>], at: usize, frame: &Frame) -> bool {
    let joined = items.get(at + 1..frame.at).unwrap_or(&[]);
    joined.iter().any(|i| i.is(Class::And)) && initialled(items, at) && !signs_it(items, frame)
}

/// "And signed it", "et l'ont signé", "y lo firmaron": whether the object of a verb is a pronoun.
fn signs_it(items: &[Item<'_>], frame: &Frame) -> bool {
    let near = items
        .get(frame.at.saturating_sub(PRONOUN)..frame.at)
        .unwrap_or(&[]);
    let before = near.iter().rev().take_while(|i| !i.is(Class::And));
    let pronoun = |i: &Item<'_>| {
        i.kind == ItemKind::Word
            && ["l'", "lo", "la", "los", "las", "le", "les"].contains(&i.folded.as_ref())
    };
    let next = items.get(frame.at + 1);
    let behind = next.is_some_and(|i| ["it", "them"].contains(&i.folded.as_ref()));
    behind || before.into_iter().any(pronoun)
}

/// Whether a treaty is the object of a verb of initialling.
pub(super) fn initialled(items: &[Item<'_>], at: usize) -> bool {
    let verb = |i: &&Item<'_>| i.verb.is_some() || i.is(Class::Initialled) || i.is_finite();
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let mut governs = before.take(GOVERNED).take_while(|i| !i.is(Class::And));
    governs.find(verb).is_some_and(|i| i.is(Class::Initialled))
}
