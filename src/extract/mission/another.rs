//! "Another, in Kobe, was closed in 2009", "Otro, en Trujillo", "un troisième, à Lyon": one more mission of the kind told of, in a city of its own.

use super::spoken::Spoken;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, MissionNp};
use crate::extract::reader::Reader;
use crate::fact::Evidence;
use crate::language::Class;

/// The longest word for one more, in items.
const LONGEST: usize = 3;

/// The mission that a word for one more means, which stands before the verb of a frame with its city.
pub(super) fn another(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    spoken: &Spoken<'_>,
) -> Option<(MissionNp, Evidence)> {
    let opens = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| items.get(i));
        before.is_none_or(|i| i.sign(';') || i.sign(',') || i.is(Class::And))
    };
    let word = |at: usize, count: usize| {
        let words = items.get(at..at + count).unwrap_or(&[]).iter();
        let words: Vec<&str> = words.map(|i| i.folded.as_ref()).collect();
        reader.lexicon.lists(Class::Another, &words.join(" "))
    };
    let behind = (0..frame.at).filter(|&at| opens(at));
    let mut behind = behind.filter_map(|at| {
        let count = (1..=LONGEST).rev().find(|&count| word(at, count))?;
        (at + count <= frame.at).then_some(at + count)
    });
    let from = behind.next()?;
    let small = |i: &&Item| i.sign(',') || i.kind == ItemKind::Word && i.is(Class::In);
    let mut seat = items.get(from..frame.at)?.iter().skip_while(small);
    let item = seat.next().filter(|i| i.has_prep(Class::In))?;
    let city = item.city()?;
    // "Another, in Kobe under X, was closed": nothing else that the verb could be said of.
    if seat.any(|i| i.prep.is_empty() && i.is_np() && !i.is_date()) {
        return None;
    }
    let (told, evidence) = spoken.nearest()?;
    let there = reader.state_of_city(city)?;
    (Some(there) != told.sending).then_some(())?;
    let np = MissionNp {
        receiving: told
            .receiving
            .filter(|r| reader.same_state(*r, there))
            .or(Some(there)),
        cities: vec![(city, item.span, false)],
        ..told
    };
    Some((np, evidence))
}
