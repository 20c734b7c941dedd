//! "X was nominated as ambassador to Peru", "Kenya refused agrément to X", "our ambassador will be X": who is named for a post and is not told to
//! have taken it up.

use crate::extract::items::Item;
use crate::extract::phrases::Phrases;
use crate::extract::reader::Reader;
use crate::language::Class;

/// Within how many items before a predecessor the verb stands that says so.
const BEFORE: usize = 3;

/// Whether the part of a sentence that somebody stands in, at `at` of its items, says that he is only named for a post.
pub(super) fn nominated(reader: &Reader<'_>, part: &[Item<'_>], at: usize) -> bool {
    // "nominated to succeed Y": Y held the post.
    let before = part.get(at.saturating_sub(BEFORE)..at).unwrap_or(&[]);
    let stems = reader.lexicon.listed(Class::PostSucceeds);
    let succeeded = |i: &Item<'_>| stems.iter().any(|s| i.folded.starts_with(s.as_str()));
    let phrases = Phrases::of(reader.lexicon, part);
    if before.iter().any(succeeded) || phrases.say(Class::PostTaken) {
        return false;
    }
    // "will be", "proposed": said of the one who stands right behind, or whose office does.
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::Indefinite);
    let leads = |last: usize| {
        let mut behind = part.iter().enumerate().skip(last + 1);
        let next = behind.find(|(_, i)| !small(i));
        next.is_some_and(|(next, item)| {
            let office = item
                .actor()
                .is_some_and(|a| a.name.is_none() && a.office.is_some());
            next == at || next > at && office
        })
    };
    phrases.say(Class::PostProposed) || phrases.ends(Class::PostAhead).any(leads)
}
