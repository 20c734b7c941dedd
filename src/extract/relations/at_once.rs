//! "Kenya became independent on 12 December 1963. Peru recognised it at once": the day of what was done without delay is that of the independence told
//! of before.

use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::phrases::Phrases;
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Evidence, EvidenceRole};
use crate::language::Class;

/// The day on which a clause says that something was done at once, where it or the sentence before tells of independence.
pub(super) fn at_once(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    frame: &Frame,
) -> Option<Dated> {
    let (start, end) = frame.clause;
    let clause = sentence.items.get(start..end)?;
    let phrases = Phrases::of(reader.lexicon, clause);
    phrases.say(Class::AtOnce).then_some(())?;
    let free = |i: &Item<'_>| i.is(Class::Independence);
    let last = |items: &[Item<'_>]| {
        let mut dates = (0..items.len()).filter(|&i| items.get(i).is_some_and(Item::is_date));
        let only = dates.next().filter(|_| dates.next().is_none())?;
        items.iter().any(free).then_some(only)
    };
    let before = sentence.items.get(..frame.at)?;
    if let Some(at) = last(before) {
        return Some(reader.date(sentence, Some(at)));
    }
    if before.iter().any(Item::is_date) {
        return None;
    }
    let told = reader.sentences.get(index.checked_sub(1)?)?;
    let at = last(&told.items).filter(|_| told.block == sentence.block)?;
    let mut dated = reader.date(told, Some(at));
    dated.evidence.push(Evidence {
        span: told.span,
        role: EvidenceRole::Context,
    });
    Some(dated)
}
