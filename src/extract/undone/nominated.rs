//! "X was nominated as ambassador to Peru", "Kenya refused agrément to X", "our ambassador will be X": who is named for a post and is not told to
//! have taken it up.

use super::own_item;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Kind, Modality, Slot};
use crate::language::Class;

/// Words of a part of a sentence, with the place of the item that begins at each byte.
struct Words {
    text: String,
    starts: Vec<(usize, usize)>,
}

impl Words {
    fn new(items: &[Item<'_>], (from, to): (usize, usize)) -> Self {
        let mut text = String::from(" ");
        let mut starts = Vec::new();
        for (at, item) in items.iter().enumerate().take(to).skip(from) {
            starts.push((text.len(), at));
            text.push_str(&item.folded);
            text.push(' ');
        }
        Self { text, starts }
    }

    /// The items that hold the first and the last word of each place of a phrase.
    fn found<'w>(&'w self, phrase: &'w str) -> impl Iterator<Item = (usize, usize)> + 'w {
        let item = |byte: usize| {
            let before = self.starts.partition_point(|(start, _)| *start <= byte);
            before.checked_sub(1).and_then(|i| self.starts.get(i))
        };
        let spaced = |at: usize| {
            let behind = self.text.get(at + phrase.len()..);
            let led = self.text.get(..at).is_some_and(|b| b.ends_with(' '));
            led && behind.is_some_and(|b| b.starts_with(' '))
        };
        let places = self.text.match_indices(phrase).map(|(at, _)| at);
        places
            .filter(move |at| spaced(*at))
            .filter_map(move |at| Some((item(at)?.1, item(at + phrase.len() - 1)?.1)))
    }

    fn tells(&self, phrases: &[String]) -> bool {
        phrases.iter().any(|p| self.found(p).next().is_some())
    }
}

/// The part of a sentence that an item stands in, between signs that begin another one.
fn part(items: &[Item<'_>], at: usize) -> (usize, usize) {
    let sign = |i: &usize| items.get(*i).is_some_and(|x| x.sign(';'));
    let from = (0..at).rev().find(sign).map_or(0, |i| i + 1);
    let to = (at + 1..items.len()).find(sign);
    (from, to.unwrap_or(items.len()))
}

/// What the words around somebody make of a post that he is named for.
pub(super) fn nominated(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    claim: &Claim,
) -> Option<Modality> {
    let post = claim.fact.kind == Kind::Appointment && !claim.fact.has(Slot::End);
    let at = own_item(reader, items, claim).filter(|_| post)?;
    let words = Words::new(items, part(items, at));
    let listed = |class: Class| reader.lexicon.listed(class);
    // "nominated to succeed Y": Y held the post.
    let before = items.get(at.saturating_sub(BEFORE)..at).unwrap_or(&[]);
    let stems = listed(Class::PostSucceeds);
    let succeeded = |i: &Item<'_>| stems.iter().any(|s| i.folded.starts_with(s.as_str()));
    if before.iter().any(succeeded) || words.tells(listed(Class::PostTaken)) {
        return None;
    }
    if words.tells(listed(Class::PostProposed)) {
        return Some(Modality::Planned);
    }
    // "will be", "proposed": said of the one who stands right behind, or whose office does.
    let small = |i: &&Item<'_>| i.is(Class::Article) || i.is(Class::Indefinite);
    let leads = |(_, last): (usize, usize)| {
        let next = (last + 1..items.len()).find(|i| items.get(*i).is_some_and(|x| !small(&x)));
        let office = |i: usize| {
            let actor = items.get(i).and_then(Item::actor);
            actor.is_some_and(|a| a.name.is_none() && a.office.is_some())
        };
        next.is_some_and(|next| next == at || next > at && office(next))
    };
    let phrases = listed(Class::PostAhead).iter();
    let ahead = phrases.flat_map(|p| words.found(p)).any(leads);
    ahead.then_some(Modality::Planned)
}

/// Within how many items before a predecessor the verb stands that says so.
const BEFORE: usize = 3;
