//! Cities of one name in several states: which of them the document means.

use super::{Reader, Sentence};
use crate::extract::items::{Item, ItemKind};
use crate::language::{Gazetteer, Lexicon, Meaning};
use crate::text::Span;
use std::collections::BTreeMap;

/// How many times as often as the state of the best-known city of a name another must be spoken of, so that its city is meant.
const OFTENER: usize = 3;

/// How many times at least it is spoken of where that of the best-known city is not spoken of at all.
const SPOKEN: usize = 2;

/// A capital with so many people, and so many times as many as its namesake, is always the one meant: "London".
const GREAT: u64 = 2_000_000;
const GREATER: u64 = 15;

/// What joins the islands of a state's name.
const JOINED: [&str; 5] = [" and ", " & ", " et ", "-et-", " y "];

/// What tells the cities of one name apart.
struct Spoken<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    gazetteer: &'a Gazetteer,
    /// How often each state is spoken of, and the one spoken of most.
    states: BTreeMap<usize, usize>,
    most: usize,
}

impl Spoken<'_> {
    fn count(&self, city: usize) -> usize {
        let state = self.gazetteer.state_of(city);
        let count = state.and_then(|state| self.states.get(&state));
        count.copied().unwrap_or(0)
    }

    /// The city of the name at `span` that the document means, rather than the best-known one.
    fn meant(&self, known: usize, span: Span) -> usize {
        let written = span.of(self.text);
        let called = |at: usize| {
            let city = self.gazetteer.cities().get(at);
            city.is_some_and(|c| c.names.iter().any(|name| name == written))
        };
        // "Victoria" is what others call Hong Kong.
        let least = if called(known) {
            SPOKEN.max(OFTENER * self.count(known))
        } else {
            1
        };
        if self.most < least {
            return known;
        }
        let meanings = self.lexicon.meanings(span.of(self.text));
        let others = meanings.iter().filter_map(|m| {
            if let Meaning::City(city) = m {
                Some(*city)
            } else {
                None
            }
        });
        let best = others.max_by_key(|city| (self.count(*city), std::cmp::Reverse(*city)));
        best.filter(|city| {
            self.count(*city) >= least && !self.greater(known, *city, span.of(self.text))
        })
        .unwrap_or(known)
    }

    /// Whether a city is a capital beside which a namesake is hardly meant.
    fn greater(&self, known: usize, other: usize, written: &str) -> bool {
        let city = |at: usize| self.gazetteer.cities().get(at);
        city(known).zip(city(other)).is_some_and(|(known, other)| {
            // "Victoria" is not what Hong Kong is called.
            let own = known.names.iter().any(|name| name == written);
            own && known.capital && known.population >= GREAT.max(GREATER * other.population)
        })
    }

    fn settle(&self, sentence: &mut Sentence<'_>) {
        for item in &mut sentence.items {
            let span = item.span;
            if let ItemKind::City(city) = &mut item.kind {
                *city = self.meant(*city, span);
            } else if let ItemKind::Mission(np) = &mut item.kind {
                for (city, span, _) in &mut np.cities {
                    *city = self.meant(*city, *span);
                }
            }
        }
    }
}

impl Reader<'_> {
    /// "Victoria", "Filadelfia": of cities of one name that of a state which the document speaks of far more often than of the best-known one's.
    pub(super) fn choose_cities(&mut self) {
        let mut states: BTreeMap<usize, usize> = BTreeMap::new();
        let items = self.sentences.iter().flat_map(|s| &s.items);
        for body in items.filter_map(Item::body) {
            *states.entry(body).or_default() += 1;
        }
        let spoken = Spoken {
            text: &self.doc.text,
            lexicon: self.lexicon,
            gazetteer: self.gazetteer,
            most: states.values().copied().max().unwrap_or(0),
            states,
        };
        for sentence in &mut self.sentences {
            spoken.settle(sentence);
        }
    }

    /// A city of the same name in another state.
    pub(in crate::extract) fn namesake(&self, city: usize, state: usize) -> Option<usize> {
        let name = self.gazetteer.cities().get(city)?.names.first()?;
        let meanings = self.lexicon.meanings(name);
        let mut cities = meanings.iter().filter_map(|m| {
            if let Meaning::City(city) = m {
                Some(*city)
            } else {
                None
            }
        });
        cities.find(|c| {
            self.state_of_city(*c)
                .is_some_and(|s| self.same_state(s, state))
        })
    }

    /// "Cartagena", "Santiago": of cities of one name that of a side of the document, where the best-known one's state is none and is not spoken of.
    pub(super) fn choose_cities_of_sides(&mut self) {
        let states = self.sides.iter().map(|side| (*side, SPOKEN));
        let items = self.sentences.iter().flat_map(|s| &s.items);
        let spoken_of = items.filter_map(Item::body);
        let others = spoken_of.filter(|b| !self.sides.contains(b));
        let spoken = Spoken {
            text: &self.doc.text,
            lexicon: self.lexicon,
            gazetteer: self.gazetteer,
            most: SPOKEN,
            states: others.map(|b| (b, SPOKEN)).chain(states).collect(),
        };
        for sentence in &mut self.sentences {
            spoken.settle(sentence);
        }
        self.choose_islands();
    }

    /// "Trinidad", "San Vicente": a town elsewhere is no town where the name of a side begins with its name ("Trinidad and Tobago").
    fn choose_islands(&mut self) {
        let gazetteer = self.gazetteer;
        let mut islands: Vec<(String, usize)> = Vec::new();
        for side in &self.sides {
            for name in gazetteer.names_of(*side) {
                let first = JOINED.iter().find_map(|and| name.text.split_once(and));
                let first = first.map(|(first, _)| crate::language::fold(first).into_owned());
                islands.extend(first.map(|first| (first, *side)));
            }
        }
        if islands.is_empty() {
            return;
        }
        let sides = &self.sides;
        for item in self.sentences.iter_mut().flat_map(|s| &mut s.items) {
            let state = item.city().and_then(|city| gazetteer.state_of(city));
            if state.is_none_or(|state| sides.contains(&state)) {
                continue;
            }
            let island = islands.iter().find(|(name, _)| *name == item.folded);
            if let Some((_, side)) = island {
                item.kind = ItemKind::Body(*side, false);
            }
        }
    }
}
