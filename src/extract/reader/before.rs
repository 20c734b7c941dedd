//! What a sentence tells as done before that of which the text speaks.

use super::{Reader, Sentence};
use crate::extract::items::Item;
use crate::language::Class;

/// How near to each other an auxiliary and its adverb stand, in items.
const BESIDE: usize = 4;

impl Reader<'_> {
    /// "She had already visited Peru": whether a sentence tells what was done before that of which the one before speaks.
    pub(in crate::extract) fn tells_before(&self, sentence: &Sentence) -> bool {
        let past = |i: &Item| i.is(Class::Pluperfect) || i.is(Class::Be);
        let before = |i: &Item| self.lexicon.lists(Class::DoneBefore, &i.folded);
        sentence.items.windows(BESIDE).any(|near| {
            let (first, rest) = near.split_first().unzip();
            first.is_some_and(|f| past(f) && rest.is_some_and(|r| r.iter().any(before)))
                || first.is_some_and(|f| before(f) && rest.is_some_and(|r| r.iter().any(past)))
        })
    }
}
