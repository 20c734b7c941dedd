//! The facts of an entity → those that it has most to do with, around it in a drawing that is a list of links too.

use crate::serve::site::facts::{Fact, Teller};
use std::collections::BTreeMap;
use std::f64::consts::TAU;

/// Most neighbours.
const MOST: usize = 10;

/// A drawing of an entity and its neighbours, in a field of 640 by 320 with the entity in its middle.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    pub(super) around: Vec<Neighbour>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    pub(super) class: &'static str,
    pub(super) name: String,
    pub(super) address: String,
    /// How many facts are shared.
    pub(super) n: usize,
    pub(super) x: f64,
    pub(super) y: f64,
    /// On which side of its point the name stands: `start`, `middle`, `end`.
    pub(super) anchor: &'static str,
    /// How far below its point.
    pub(super) below: f64,
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
        let total = counted.len().max(1) as f64;
        let around = counted
            .into_iter()
            .enumerate()
            .map(|(at, (iri, n))| {
                let angle = TAU * (at as f64 + 0.5) / total - TAU / 4.0;
                let (x, y) = (
                    (320.0 + 175.0 * angle.cos()).round(),
                    (160.0 + 120.0 * angle.sin()).round(),
                );
                let piece = teller.thing(iri);
                let (anchor, below) = if x > 345.0 {
                    ("start", 5.0)
                } else if x < 295.0 {
                    ("end", 5.0)
                } else {
                    ("middle", if y > 160.0 { 20.0 } else { -12.0 })
                };
                Neighbour {
                    class: teller.names.of_iri(iri).map_or("", |thing| thing.class),
                    name: short(&piece.text),
                    address: piece.address,
                    n,
                    x,
                    y,
                    anchor,
                    below,
                    weight: (1.0 + 3.0 * n as f64 / most as f64).round(),
                }
            })
            .collect();
        Self { around }
    }
}

/// A name that fits beside its point.
fn short(name: &str) -> String {
    const LONGEST: usize = 22;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}
