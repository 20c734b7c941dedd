//! "It has free trade agreements with A (2009), B (2011) and C (2013)": one with each of several states, where each has a date of its own.

use super::parties::{self, Parties};
use super::{Scene, claim, draft};
use crate::extract::items::{Item, TreatyNp, own_date};
use crate::fact::{Claim, Slot};
use crate::language::Class;

/// The claims of a noun in the plural at item `at` of which a sentence says with whom and when; none where one of those has no date.
pub(super) fn each(scene: &Scene<'_>, at: usize, phrase: &TreatyNp) -> Vec<Claim> {
    let &Scene {
        reader, sentence, ..
    } = scene;
    let items = &sentence.items;
    if !super::enumerated::several(reader.lexicon, &phrase.name(&reader.doc.text)) {
        return Vec::new();
    }
    let partner = |i: &usize| {
        let item = items.get(*i);
        item.is_some_and(|x| x.has_prep(Class::With) && x.named_body().is_some())
    };
    let first = (at + 1..at + 4).find(partner);
    let ends = |i: &usize| !items.get(*i).is_some_and(|x| x.is_finite() || x.sign(';'));
    let behind = (at + 1..items.len()).take_while(ends).filter(partner);
    let with: Vec<usize> = first.map_or_else(Vec::new, |_| behind.collect());
    let dated = |i: &usize| Some((items.get(*i)?.named_body()?, own_date(items, *i)?));
    let pairs: Vec<(usize, usize)> = with.iter().filter_map(dated).collect();
    let before = items.get(..at).unwrap_or(&[]);
    if pairs.len() < 2 || pairs.len() != with.len() || before.iter().any(draft) {
        return Vec::new();
    }
    let acts = |i: &Item<'_>| !i.has_prep(Class::In) && !i.has_prep(Class::With);
    let acting: Vec<Item<'_>> = before.iter().filter(|i| acts(i)).cloned().collect();
    let mut acting = parties::spoken_of(scene, &acting);
    acting.truncate(2);
    let one = |(body, date): &(usize, usize)| {
        let parties = match acting.as_slice() {
            [own] if own != body => Parties {
                bodies: vec![*own, *body],
                named: true,
                ..Parties::default()
            },
            [] => parties::completed(scene, vec![*body]),
            _ => return None,
        };
        claim(
            scene,
            phrase,
            parties,
            (Some(*date), Slot::Signed),
            Vec::new(),
        )
    };
    pairs.iter().filter_map(one).collect()
}
