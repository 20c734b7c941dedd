//! The facts of an entity → those that it has most to do with, beside it in a drawing that is a list of links too.

use crate::serve::site::facts::{Fact, Teller};
use std::collections::BTreeMap;

/// Most neighbours.
const MOST: usize = 10;
/// Height of a neighbour's row, in the drawing's own units.
const ROW: f64 = 26.0;

/// A drawing of an entity, at the left, and its neighbours one below the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    pub(super) around: Vec<Neighbour>,
    /// Height of the drawing.
    pub(super) height: f64,
    /// Half of it.
    pub(super) middle: f64,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    pub(super) class: &'static str,
    pub(super) name: String,
    pub(super) address: String,
    /// How many facts are shared.
    pub(super) n: usize,
    /// Where its row is.
    pub(super) y: f64,
    /// How thick the line to it is.
    pub(super) weight: f64,
}

impl Neighbours {
    /// Counts with whom an entity shares facts: those it takes part in, or what it names where it is one itself.
    pub(super) fn of(
        iri: &str,
        facts: &BTreeMap<String, Fact>,
        own: &BTreeMap<String, Fact>,
        teller: &Teller<'_>,
    ) -> Self {
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        let own = own.values().filter(|fact| !fact.class.is_empty());
        for fact in facts.values().chain(own) {
            let mut of_fact: Vec<&str> = fact
                .values
                .values()
                .flatten()
                .filter(|value| value.kind == "uri" && value.text != iri)
                .map(|value| value.text.as_str())
                .collect();
            of_fact.sort_unstable();
            of_fact.dedup();
            for other in of_fact {
                let known = teller.names.of_iri(other);
                if known.is_some_and(|thing| thing.class != "Office") {
                    *counted.entry(other).or_default() += 1;
                }
            }
        }
        let mut counted: Vec<(&str, usize)> = counted.into_iter().collect();
        counted.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        counted.truncate(MOST);
        let most = counted.first().map_or(1, |(_, n)| *n).max(1);
        let height = counted.len() as f64 * ROW;
        let around = counted
            .into_iter()
            .enumerate()
            .map(|(at, (iri, n))| {
                let piece = teller.thing(iri);
                Neighbour {
                    class: teller.names.of_iri(iri).map_or("", |thing| thing.class),
                    name: short(&piece.text),
                    address: piece.address,
                    n,
                    y: (at as f64 + 0.5) * ROW,
                    weight: (1.0 + 4.0 * n as f64 / most as f64).round(),
                }
            })
            .collect();
        Self {
            around,
            height,
            middle: height / 2.0,
        }
    }
}

/// A name that fits beside its point.
fn short(name: &str) -> String {
    const LONGEST: usize = 26;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}
