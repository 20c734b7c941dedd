//! Numbers by decade or year → bars of an SVG, beside which stands a table that says the same.

use super::frame::Frame;
use std::collections::BTreeMap;

/// Most bars; beyond, the first ones are left out.
const MOST: usize = 60;
/// Height of the drawing, in its own units.
const HEIGHT: f64 = 120.0;
/// Width of a bar with what is between it and the next.
const STEP: f64 = 18.0;

/// A chart of bars.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Bars {
    /// From the left to the right.
    pub(in crate::serve) bars: Vec<Bar>,
    /// Width of the drawing.
    pub(in crate::serve) width: f64,
    /// Height of the bars.
    pub(in crate::serve) height: f64,
    /// Words for the whole.
    pub(in crate::serve) label: String,
}

/// A bar.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Bar {
    /// What it stands for: `1960`.
    pub(in crate::serve) name: String,
    /// How many.
    pub(in crate::serve) n: usize,
    /// Its left edge.
    pub(in crate::serve) x: f64,
    /// Its upper edge.
    pub(in crate::serve) y: f64,
    /// Its height.
    pub(in crate::serve) height: f64,
    /// Whether its name stands below it.
    pub(in crate::serve) named: bool,
}

impl Bars {
    /// Bars of numbers by decade; decades without any have none.
    pub(in crate::serve) fn of_decades(counted: &BTreeMap<i32, usize>, frame: &Frame) -> Self {
        let (Some(first), Some(last)) = (counted.keys().next(), counted.keys().next_back()) else {
            return Self::default();
        };
        let most = counted.values().copied().max().unwrap_or(1).max(1);
        let span = i32::try_from(MOST).unwrap_or(60) * 10;
        let first = (*first).max(last - span + 10);
        let mut bars = Vec::new();
        let mut decade = first;
        while decade <= *last {
            let n = counted.get(&decade).copied().unwrap_or(0);
            // what is there is seen
            let height = if n == 0 {
                0.0
            } else {
                (n as f64 / most as f64 * HEIGHT).max(2.0)
            };
            bars.push(Bar {
                name: decade.to_string(),
                n,
                x: bars.len() as f64 * STEP,
                y: HEIGHT - height,
                height,
                named: decade.rem_euclid(50) == 0,
            });
            decade += 10;
        }
        Self {
            width: bars.len() as f64 * STEP,
            height: HEIGHT,
            label: frame.language.fill(
                "home.decades_label",
                &[
                    ("from", &first.to_string()),
                    ("to", &(last + 9).to_string()),
                ],
            ),
            bars,
        }
    }
}
