//! "The embassy moved from Rio de Janeiro to Brasília in 1972": a mission closes in one city and opens in another.

use super::places::{Placed, base, places};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Claim, Slot};
use crate::language::{Class, Rule};

/// A mission that moves, as its phrase tells of it.
pub(super) struct Moving<'a> {
    /// Index of the item that names it.
    pub(super) index: usize,
    pub(super) np: &'a MissionNp,
    /// Whose it is, where the phrase does not say.
    pub(super) owner: Option<usize>,
    pub(super) dated: &'a Dated,
}

/// What a rule of moving tells of the old seat and the new.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    moving: &Moving<'_>,
) -> Vec<Claim> {
    let items = &sentence.items;
    let city_from = |class: Class| {
        (frame.at..items.len())
            .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
            .find_map(|i| {
                let item = items.get(i)?;
                item.city().filter(|_| item.has_prep(class))
            })
    };
    // The preposition may be part of the verb ("moved to").
    let next = items
        .get(frame.at + 1)
        .filter(|i| i.prep.is_empty())
        .and_then(Item::city);
    let to = next.or_else(|| city_from(Class::To));
    let Some(to) = to.or_else(|| city_from(Class::In)) else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for old in places(reader, items, moving.index, moving.np, moving.owner) {
        let from = old.city.or_else(|| city_from(Class::From));
        if from == Some(to) {
            continue;
        }
        let new = Placed {
            city: Some(to),
            ..old
        };
        let mut told = |placed: &Placed, slot: Slot| {
            let mut fact = base(reader, placed);
            moving.dated.put(&mut fact, slot);
            let mut evidence = reader.side_evidence();
            evidence.extend(moving.dated.evidence.iter().copied());
            let flags = moving.dated.flags.clone();
            claims.push(reader.claim(fact, rule, sentence, Some(frame), evidence, flags));
        };
        told(&new, Slot::Opened);
        if from.is_some() {
            let old = Placed { city: from, ..old };
            told(&old, Slot::Closed);
        }
    }
    claims
}
