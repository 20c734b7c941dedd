//! The missions and posts that rules have told of a document.

use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::extract::settle::consular;
use crate::fact::{Claim, Kind, Slot, Value};
use crate::language::Class;
use crate::text::Span;
use std::collections::BTreeMap;

/// How many missions and posts with the same sides are several.
const SEVERAL: usize = 3;

/// The end of the name of the rule of who is called the holder of the post spoken of.
const TITULAR: &str = ".titular";

/// A mission or post that rules have told.
pub(super) struct Post<'c> {
    pub(super) index: usize,
    pub(super) mission: bool,
    pub(super) consular: bool,
    pub(super) person: Option<&'c Value>,
    pub(super) sides: [Option<usize>; 2],
    pub(super) city: Option<usize>,
    pub(super) from: Span,
}

/// The missions and posts of a document in order of the text.
pub(super) struct Posts<'c> {
    pub(super) all: Vec<Post<'c>>,
    pub(super) of: BTreeMap<&'c Value, Vec<usize>>,
    /// The two sides that most of them have, and whether those are nearly all.
    pub(super) most: Option<([usize; 2], bool)>,
}

impl<'c> Posts<'c> {
    pub(super) fn new(reader: &Reader<'_>, told: impl Iterator<Item = (usize, &'c Claim)>) -> Self {
        let told = told
            .filter(|(_, c)| matches!(c.fact.kind, Kind::Mission | Kind::Appointment) && c.holds());
        let mut all: Vec<Post<'c>> = told
            .map(|(index, claim)| Post {
                index,
                mission: claim.fact.kind == Kind::Mission,
                consular: consular(&claim.fact),
                person: claim.fact.get(Slot::Person),
                sides: [Slot::Sending, Slot::Receiving].map(|s| reader.body_in(&claim.fact, s)),
                city: reader.city_in(&claim.fact, Slot::City),
                from: claim.statement(),
            })
            .collect();
        all.sort_by_key(|p| p.index);
        let mut of: BTreeMap<&Value, Vec<usize>> = BTreeMap::new();
        let mut counts: BTreeMap<[usize; 2], usize> = BTreeMap::new();
        for (n, post) in all.iter().enumerate() {
            if let Some(person) = post.person {
                of.entry(person).or_default().push(n);
            }
            if let [Some(s), Some(r)] = post.sides {
                *counts.entry([s, r]).or_default() += 1;
            }
        }
        let told: usize = counts.values().sum();
        let most = counts.into_iter().max_by_key(|(_, n)| *n);
        // Of most of them, or only of more than others.
        let most = most.map(|(sides, n)| (sides, n >= SEVERAL && 3 * n >= 2 * told));
        Self { all, of, most }
    }

    /// "Peru opened an embassy in Oslo in 1994. Its first head was X": whether a sentence speaks of the head of the missions that it or the one before
    /// tells of, all of which are between two sides.
    pub(super) fn heads_here(
        &self,
        reader: &Reader<'_>,
        index: usize,
        sides: [Option<usize>; 2],
    ) -> bool {
        let Some(sentence) = reader.sentences.get(index) else {
            return false;
        };
        let titular = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.id.ends_with(TITULAR));
        let head = |i: &Item<'_>| i.is(Class::PostHead) || i.is(Class::MissionHead) || titular(i);
        if !sentence.items.iter().any(head) {
            return false;
        }
        let near = |at: usize| {
            let block = reader.sentences.get(at).map(|s| s.block);
            at == index || at + 1 == index && block == Some(sentence.block)
        };
        let mut told = self
            .all
            .iter()
            .filter(|p| p.mission && near(p.index))
            .map(|p| p.sides)
            .peekable();
        told.peek().is_some() && told.all(|of| of == sides)
    }
}
