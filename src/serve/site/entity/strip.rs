//! Dated facts → a strip of bars and points over the years, a lane for each kind, beside the lists that say the same.

use crate::serve::site::dates;
use crate::serve::site::facts::{Fact, KINDS, Teller};
use std::collections::BTreeMap;

/// Width of the strip, in its own units.
const WIDTH: f64 = 640.0;
/// Height of a lane.
const LANE: f64 = 22.0;

/// A strip; without marks where there is nothing to draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    pub(super) marks: Vec<Mark>,
    pub(super) lanes: Vec<(&'static str, f64)>,
    pub(super) ticks: Vec<(i32, f64)>,
    pub(super) height: f64,
}

/// A bar or a point.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) class: &'static str,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) name: String,
    pub(super) address: String,
}

impl Strip {
    /// Draws those facts that have a date; fewer than two are no strip.
    pub(super) fn of(facts: &BTreeMap<String, Fact>, teller: &Teller<'_>) -> Self {
        let mut dated: Vec<(&'static str, i32, i32, &Fact)> = facts
            .values()
            .filter_map(|fact| {
                let (from, to) = fact.years()?;
                Some((fact.class, from, to, fact))
            })
            .collect();
        dated.sort_by(|a, b| (a.1, a.2, &a.3.iri).cmp(&(b.1, b.2, &b.3.iri)));
        let first = dated.iter().map(|(_, from, _, _)| *from).min();
        let last = dated.iter().map(|(_, _, to, _)| *to).max();
        let (Some(first), Some(last)) = (first, last) else {
            return Self::default();
        };
        if dated.len() < 2 || first == last {
            return Self::default();
        }
        let years = f64::from(last - first + 1);
        let x = |year: i32| (f64::from(year - first) / years * WIDTH).round();
        let lanes: Vec<(&'static str, f64)> = KINDS
            .into_iter()
            .filter(|kind| dated.iter().any(|(class, _, _, _)| class == kind))
            .enumerate()
            .map(|(at, kind)| (kind, at as f64 * LANE))
            .collect();
        let marks = dated
            .iter()
            .filter_map(|(class, from, to, fact)| {
                let (_, y) = lanes.iter().find(|(kind, _)| kind == class)?;
                let line = teller.line(fact, None);
                let head: String = line.head.iter().map(|piece| piece.text.as_str()).collect();
                Some(Mark {
                    class,
                    x: x(*from),
                    y: y + 4.0,
                    width: (x(*to + 1) - x(*from)).max(7.0),
                    name: format!("{}: {head}", line.date),
                    address: line.address,
                })
            })
            .collect();
        let step = [1, 2, 5, 10, 20, 25, 50, 100]
            .into_iter()
            .find(|step| (last - first) / step <= 8)
            .unwrap_or(200);
        let mut ticks = Vec::new();
        let mut year = first.div_euclid(step) * step;
        while year <= last {
            if year >= first {
                ticks.push((year, x(year)));
            }
            year += step;
        }
        Self {
            height: lanes.len() as f64 * LANE,
            marks,
            lanes,
            ticks,
        }
    }
}

impl Fact {
    /// The years from its beginning to its end.
    fn years(&self) -> Option<(i32, i32)> {
        let since = dates::years(self.text("earliest"));
        let until = dates::years(self.text("latest"));
        let (from, _) = since.or(until)?;
        let (_, to) = until.or(since)?;
        Some((from, to.max(from)))
    }
}
