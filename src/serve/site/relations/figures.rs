//! Numbers about two states → tables of them, and a chart of those that were taken more than once.

use crate::serve::site::dates;
use crate::serve::site::facts::{Fact, Line, Teller, capital};
use std::collections::BTreeMap;

/// Size of a chart, in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 160.0;

/// All numbers, by what was measured and in which unit.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Figures {
    /// Each measure.
    pub(in crate::serve) series: Vec<Series>,
}

/// The numbers of one measure.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Series {
    /// "Trade (USD)"
    pub(in crate::serve) name: String,
    /// The numbers by date.
    pub(in crate::serve) rows: Vec<(String, Line)>,
    /// Their places on the chart; empty for a single one.
    pub(in crate::serve) points: Vec<Point>,
    /// The line through them.
    pub(in crate::serve) path: String,
    /// Years at the ends of the axis.
    pub(in crate::serve) from: i32,
    /// The last one.
    pub(in crate::serve) to: i32,
}

/// A point of a chart.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Point {
    pub(in crate::serve) x: f64,
    pub(in crate::serve) y: f64,
    /// The year, the number, and who says so.
    pub(in crate::serve) name: String,
    /// Where it is told.
    pub(in crate::serve) address: String,
}

impl Figures {
    /// Charts of observations.
    pub(in crate::serve) fn of(facts: &[Fact], teller: &Teller<'_>) -> Self {
        let mut by: BTreeMap<(String, String, String), Vec<&Fact>> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.class == "Observation") {
            let subject = match fact.all("subject") {
                [one] => teller.value(one).text,
                _ => String::new(),
            };
            let key = (
                fact.text("measure").to_owned(),
                fact.text("unit").to_owned(),
                subject,
            );
            by.entry(key).or_default().push(fact);
        }
        let series = by
            .into_iter()
            .map(|((measure, unit, subject), mut facts)| {
                facts.sort_by(|a, b| (a.since(), &a.iri).cmp(&(b.since(), &b.iri)));
                let mut name = capital(&teller.frame.value(&measure));
                if !subject.is_empty() {
                    name = format!("{name}, {subject}");
                }
                if !unit.is_empty() {
                    name = format!("{name} ({})", teller.frame.value(&unit));
                }
                series(name, &facts, teller)
            })
            .collect();
        Self { series }
    }

    /// Whether there are none.
    pub(in crate::serve) fn is_empty(&self) -> bool {
        self.series.is_empty()
    }
}

fn series(name: String, facts: &[&Fact], teller: &Teller<'_>) -> Series {
    let rows: Vec<(String, Line)> = facts
        .iter()
        .map(|fact| (teller.amount(fact), teller.line(fact, None)))
        .collect();
    let dated: Vec<(i32, f64, String, String)> = facts
        .iter()
        .zip(&rows)
        .filter_map(|(fact, (shown, line))| {
            let (year, _) = dates::years(fact.text("date"))?;
            let amount = fact.text("amount").parse().ok()?;
            let source = line.sentences.first().map_or("", |one| one.title.as_str());
            let name = format!("{year}: {shown} ({source})");
            Some((year, amount, name, line.address.clone()))
        })
        .collect();
    let mut series = Series {
        name,
        rows,
        ..Series::default()
    };
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else {
        return series;
    };
    (series.from, series.to) = (first.0, last.0);
    if series.from == series.to {
        return series;
    }
    let most = dated.iter().map(|(_, n, _, _)| *n).fold(0.0, f64::max);
    let years = f64::from(series.to - series.from);
    for (year, n, name, address) in dated {
        let share = if most > 0.0 { n / most } else { 0.0 };
        let (x, y) = (
            (f64::from(year - series.from) / years * WIDTH).round(),
            (HEIGHT - share * HEIGHT).round(),
        );
        series
            .path
            .push_str(if series.path.is_empty() { "M" } else { "L" });
        series.path.push_str(&format!("{x} {y}"));
        series.points.push(Point {
            x,
            y,
            name,
            address,
        });
    }
    series
}
