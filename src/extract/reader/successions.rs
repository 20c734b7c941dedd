//! Historical states and those that followed them: which of them a name or a date means.

use super::Reader;
use crate::extract::items::{Item, ItemKind};
use crate::fact::Edtf;
use crate::language::Meaning;

/// The first and the last year of states that others followed in whole or in part, by their gazetteer keys.
const LIVES: &[(&str, std::ops::RangeInclusive<i32>, &[&str])] = &[
    ("austria-hungary", 1868..=1917, &["AUT", "HUN"]),
    ("czechoslovakia", 1919..=1992, &["CZE", "SVK"]),
    ("ottoman-empire", 1300..=1921, &["TUR"]),
    ("soviet-union", 1923..=1990, &["RUS"]),
    ("yugoslavia", 1930..=1990, &["SRB"]),
];

/// Historical states of which two became one, by their gazetteer keys: the name of that one means neither of them in particular.
const TWINS: &[(&str, &str)] = &[
    ("east-germany", "west-germany"),
    ("north-vietnam", "south-vietnam"),
    ("north-yemen", "south-yemen"),
];

/// How a year stands to the time of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::extract) enum Then {
    /// Within it.
    Its,
    /// The year is not known.
    Unknown,
    /// Outside.
    Other,
}

impl Reader<'_> {
    /// The states that followed a state, or that it followed, where the text names both; and whether a year is of its own time as they part it.
    pub(in crate::extract) fn kin(&self, body: usize, year: Option<i32>) -> Vec<(usize, Then)> {
        let then = |its: fn(i32, i32) -> bool, until: i32| match year {
            Some(year) if its(year, until) => Then::Its,
            Some(_) => Then::Other,
            None => Then::Unknown,
        };
        let kin = self.successions.iter();
        let kin = kin.filter_map(|&(earlier, later, until)| {
            if earlier == body {
                Some((later, then(|year, until| year <= until, until)))
            } else if later == body {
                Some((earlier, then(|year, until| year > until, until)))
            } else {
                None
            }
        });
        kin.collect()
    }

    /// A name that is a historical state's and a city's is the city's where the text names the state that it lies in ("Nassau").
    pub(super) fn choose_places(&mut self) {
        let gazetteer = self.gazetteer;
        let historical = |body: usize| {
            gazetteer
                .bodies()
                .get(body)
                .is_some_and(|b| b.kind == "historical")
        };
        let spoken: std::collections::BTreeSet<usize> = self
            .sentences
            .iter()
            .flat_map(|s| s.items.iter().filter_map(Item::body))
            .collect();
        for item in self.sentences.iter_mut().flat_map(|s| &mut s.items) {
            if !item.named_body().is_some_and(historical) {
                continue;
            }
            let city = item.meanings.iter().find_map(|m| {
                if let Meaning::City(city) = m {
                    Some(*city)
                } else {
                    None
                }
            });
            let there = city
                .and_then(|c| gazetteer.cities().get(c))
                .and_then(|c| gazetteer.body_index(&c.state));
            if let Some(city) = city
                && there.is_some_and(|state| spoken.contains(&state))
            {
                item.kind = ItemKind::City(city);
            }
        }
    }

    /// The historical state with which another became one.
    pub(in crate::extract) fn twin(&self, earlier: usize) -> Option<usize> {
        let key = self.body_key(earlier);
        let mut pairs = TWINS.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
        let (_, other) = pairs.find(|(own, _)| *own == key)?;
        self.gazetteer.body_index(other)
    }

    /// The historical states that the text names together with those that followed them.
    pub(super) fn find_successions(&mut self) {
        let bodies = self.gazetteer.bodies();
        let spoken: std::collections::BTreeSet<usize> = self
            .sentences
            .iter()
            .flat_map(|s| s.items.iter().filter_map(Item::body))
            .collect();
        self.successions = spoken
            .iter()
            .filter_map(|&earlier| {
                let body = bodies.get(earlier)?;
                let later = self.gazetteer.body_index(body.of.as_ref()?)?;
                // Of two that became one state neither is meant by its name, unless the text speaks of both.
                let meant = self.twin(earlier).is_none_or(|twin| spoken.contains(&twin));
                let known = body.kind == "historical" && spoken.contains(&later) && meant;
                known.then_some((earlier, later, body.until?))
            })
            .collect();
        let key = |key: &str| self.gazetteer.body_index(key);
        let lives = LIVES.iter().filter_map(|(state, years, parts)| {
            let earlier = key(state).filter(|e| spoken.contains(e))?;
            let parts = parts.iter().filter_map(|part| key(part));
            Some(parts.map(move |part| (part, earlier, years.clone())))
        });
        self.predecessors = lives.flatten().collect();
    }

    /// The state that a historical one has become by a date, where the text speaks of that one too, or the one that it was part of then;
    /// `items` do not name it.
    pub(in crate::extract) fn state_then(
        &self,
        items: &[Item<'_>],
        body: usize,
        date: Option<Edtf>,
    ) -> usize {
        let Some(year) = date.and_then(|d| d.year()) else {
            return body;
        };
        if items.iter().any(|i| i.body() == Some(body)) {
            return body;
        }
        let then = self
            .successions
            .iter()
            .find(|(earlier, _, until)| *earlier == body && year > *until);
        let before = || {
            let mut states = self.predecessors.iter();
            let (_, earlier, _) =
                states.find(|(s, _, years)| *s == body && years.contains(&year))?;
            Some(*earlier)
        };
        then.map(|(_, later, _)| *later)
            .or_else(before)
            .unwrap_or(body)
    }

    /// The side to what a third state does after the other side is no more ("Slovenia was recognised in 1992", of Canada and Yugoslavia).
    pub(in crate::extract) fn side_left(&self, third: usize, year: Option<i32>) -> Option<usize> {
        let over = |side: usize| {
            let until = self.gazetteer.bodies().get(side).and_then(|b| b.until);
            matches!((until, year), (Some(until), Some(year)) if year >= until)
        };
        match self.sides.as_slice() {
            [a, b] if *a == third || *b == third => None,
            [a, b] if over(*a) && !over(*b) => Some(*b),
            [a, b] if over(*b) && !over(*a) => Some(*a),
            _ => None,
        }
    }
}
