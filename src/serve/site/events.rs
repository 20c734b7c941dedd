//! When facts begin → how many in each part of a window of time, or which. Of all facts of a generation only the numbers by month are kept, and
//! single ones are asked for when a window is small; those of two states or of an entity come with their days.

use super::facts::{KINDS, PREFIXES, local, text};
use crate::serve::Shared;
use crate::serve::problem::Problem;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A day as a number that sorts: 19640203.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp(u32);

/// A fact, or some that are alike, with the first day that they may have begun on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) day: Stamp,
    pub(super) kind: &'static str,
    /// Which; empty for some.
    pub(super) iri: String,
    /// How many.
    pub(super) n: usize,
}

/// The numbers of a generation: an event for each month and kind, at the first of the month.
#[derive(Debug, Default)]
pub(in crate::serve) struct Months {
    pub(super) counted: Vec<Event>,
    /// How many facts have no date.
    pub(super) undated: usize,
}

/// A part of the time, and how many facts of each kind and direction begin in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bin {
    pub(super) first: Stamp,
    pub(super) last: Stamp,
    pub(super) n: BTreeMap<(&'static str, &'static str), usize>,
}

/// A window of time, both days within.
pub(super) type Window = (Stamp, Stamp);

impl Stamp {
    /// Before all days.
    pub(super) const FIRST: Self = Self(10_101);

    /// Reads `1964-02-03`, and what begins so: a year or a month stands for its first day, or its last with `end`.
    pub(super) fn read(iso: &str, end: bool) -> Option<Self> {
        let mut parts = iso.get(..10).unwrap_or(iso).split('-');
        let year = parts.next()?.parse().ok();
        let year: u32 = year.filter(|year| (1..=9999).contains(year))?;
        let mut part = |least: u32, most: u32| match parts.next() {
            None => Some(if end { most } else { least }),
            Some(text) => {
                let number = text.parse().ok();
                number.filter(|number| (least..=most).contains(number))
            }
        };
        Some(Self(year * 10_000 + part(1, 12)? * 100 + part(1, 31)?))
    }

    /// `1964-02-03`
    pub(super) fn iso(self) -> String {
        let (year, month, day) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Months since the year 0.
    fn month(self) -> u32 {
        self.0 / 10_000 * 12 + self.0 / 100 % 100 - 1
    }

    /// The first day of a month that is counted from the year 0.
    fn of_month(month: u32) -> Self {
        Self(month / 12 * 10_000 + (month % 12 + 1) * 100 + 1)
    }

    /// The day with which its month begins.
    pub(super) fn month_begins(self) -> Self {
        Self::of_month(self.month())
    }

    /// The day with which its month ends.
    pub(super) fn month_ends(self) -> Self {
        let (year, month) = (self.0 / 10_000, self.0 / 100 % 100);
        let day = (28..=31).rev().find(|day| {
            let year = i32::try_from(year).unwrap_or_default();
            let (month, day) = (u8::try_from(month).ok(), u8::try_from(*day).ok());
            crate::fact::Day::checked(year, month, day).is_some()
        });
        Self(self.0 / 100 * 100 + day.unwrap_or(28))
    }
}

/// The class of facts that an IRI names.
pub(super) fn kind(iri: &str) -> Option<&'static str> {
    let class = local(iri);
    KINDS.into_iter().find(|kind| *kind == class)
}

impl Shared {
    /// The numbers of the present generation. A remote store is asked once, when the first reader comes.
    ///
    /// # Errors
    /// What kept the store from telling them.
    pub(super) async fn months(&self) -> Result<Arc<Months>, Problem> {
        self.events
            .of(self.pool.version(), self.count_months())
            .await
    }

    async fn count_months(&self) -> Result<Months, Problem> {
        // where sources differ, the first day counts
        let rows = self.rows(format!(
            "{PREFIXES}SELECT ?kind ?month (COUNT(?f) AS ?n) WHERE {{
  {{ SELECT ?f ?kind (MIN(STR(COALESCE(?e, ?l))) AS ?day) WHERE {{ VALUES ?kind {{ {} }} ?f a ?kind OPTIONAL {{ ?f dip:earliest ?e }} OPTIONAL {{ ?f dip:latest ?l }} }} GROUP BY ?f ?kind }}
  BIND(SUBSTR(?day, 1, 7) AS ?month) }} GROUP BY ?kind ?month",
            classes(&[])
        ));
        let mut months = Months::default();
        for row in rows.await? {
            let n = text(&row, "n").parse().unwrap_or(0);
            match (
                kind(text(&row, "kind")),
                Stamp::read(text(&row, "month"), false),
            ) {
                (Some(kind), Some(day)) => months.counted.push(Event {
                    day,
                    kind,
                    iri: String::new(),
                    n,
                }),
                (Some(_), None) => months.undated += n,
                (None, _) => {}
            }
        }
        months.counted.sort();
        Ok(months)
    }

    /// The first facts that begin in a window, by their days.
    ///
    /// # Errors
    /// What kept the store from telling them.
    pub(super) async fn events(
        &self,
        window: Window,
        kinds: &[String],
        most: usize,
    ) -> Result<Vec<Event>, Problem> {
        self.within(
            "?f ?kind ?day (1 AS ?n)",
            &format!("ORDER BY ?day ?f LIMIT {most}"),
            window,
            kinds,
        )
        .await
    }

    /// How many facts begin on each day of a window.
    ///
    /// # Errors
    /// What kept the store from telling them.
    pub(super) async fn days(
        &self,
        window: Window,
        kinds: &[String],
    ) -> Result<Vec<Event>, Problem> {
        let what = "?kind ?day (COUNT(DISTINCT ?f) AS ?n)";
        self.within(what, "GROUP BY ?kind ?day", window, kinds)
            .await
    }

    async fn within(
        &self,
        what: &str,
        how: &str,
        (from, to): Window,
        kinds: &[String],
    ) -> Result<Vec<Event>, Problem> {
        let between = format!(
            "FILTER(STR(?d) >= \"{}\" && STR(?d) <= \"{}\")",
            from.iso(),
            to.iso()
        );
        let kinds = classes(kinds).replace(' ', ", ");
        // what is in the window first, so that all else is asked of few
        let rows = self
            .rows(format!(
                "{PREFIXES}SELECT {what} WHERE {{
  {{ SELECT ?f ?kind (MIN(STR(?d)) AS ?day) WHERE {{
    {{ SELECT ?f ?d WHERE {{ {{ ?f dip:earliest ?d {between} }} UNION {{ ?f dip:latest ?d {between} }} }} }}
    ?f a ?kind FILTER(?kind IN ({kinds}))
    FILTER NOT EXISTS {{ ?f dip:earliest ?b FILTER(?b < ?d) }} }} GROUP BY ?f ?kind }} }} {how}"
            ))
            .await?;
        let mut events: Vec<Event> = rows
            .iter()
            .filter_map(|row| {
                Some(Event {
                    day: Stamp::read(text(row, "day"), false)?,
                    kind: kind(text(row, "kind"))?,
                    iri: text(row, "f").to_owned(),
                    n: text(row, "n").parse().ok()?,
                })
            })
            .collect();
        events.sort();
        Ok(events)
    }
}

/// Classes of facts for a query: all of them, or those that are chosen.
fn classes(chosen: &[String]) -> String {
    let kinds = KINDS
        .iter()
        .filter(|kind| chosen.is_empty() || chosen.iter().any(|one| one == **kind));
    let kinds: Vec<String> = kinds.map(|kind| format!("dip:{kind}")).collect();
    kinds.join(" ")
}

/// Most parts that a window is cut into.
const BINS: u32 = 60;

/// Months, years, decades, centuries, in months.
const UNITS: [u32; 10] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/// Whether a window is cut into days.
pub(super) fn by_day((from, to): Window) -> bool {
    to.month().saturating_sub(from.month()) < 2
}

/// Counts events by parts of a window that are as short as a drawing can show; parts without events are left out.
pub(super) fn bins(
    events: &[Event],
    window: Window,
    way: impl Fn(&Event) -> &'static str,
) -> Vec<Bin> {
    let months = window.1.month().saturating_sub(window.0.month()) + 1;
    let unit = UNITS
        .into_iter()
        .find(|unit| months / unit <= BINS)
        .unwrap_or(1200);
    let days = by_day(window);
    let mut bins: Vec<Bin> = Vec::new();
    for event in events {
        let (first, last) = if days {
            (event.day, event.day)
        } else {
            let month = event.day.month() / unit * unit;
            let last = Stamp::of_month(month + unit - 1).month_ends();
            (Stamp::of_month(month), last)
        };
        if bins.last().is_none_or(|bin| bin.first != first) {
            bins.push(Bin {
                first,
                last,
                n: BTreeMap::new(),
            });
        }
        if let Some(bin) = bins.last_mut() {
            *bin.n.entry((event.kind, way(event))).or_default() += event.n;
        }
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        let read = |iso: &str, end| Stamp::read(iso, end).map(Stamp::iso);
        assert_eq!(read("1964-02-03", false).as_deref(), Some("1964-02-03"));
        assert_eq!(read("1964", false).as_deref(), Some("1964-01-01"));
        assert_eq!(read("1964", true).as_deref(), Some("1964-12-31"));
        assert_eq!(read("1964-02-03T00:00:00Z", true), read("1964-02-03", true));
        for wrong in ["", "x", "-5", "1964-13", "1964-02-40", "12345", "é64-02-03"] {
            assert_eq!(read(wrong, false), None, "{wrong}");
        }
        let february = Stamp::read("2012-02-11", false).unwrap();
        assert_eq!(february.month_begins().iso(), "2012-02-01");
        assert_eq!(february.month_ends().iso(), "2012-02-29");
    }

    #[test]
    fn parts_are_as_short_as_can_be_shown() {
        let event = |iso: &str| Event {
            day: Stamp::read(iso, false).unwrap(),
            kind: "Visit",
            iri: iso.to_owned(),
            n: 1,
        };
        let events = ["1826-01-01", "1829-12-31", "1830-01-01", "2012-11-16"].map(event);
        let window = |from: &str, to: &str| {
            (
                Stamp::read(from, false).unwrap(),
                Stamp::read(to, true).unwrap(),
            )
        };
        let shown = |window| -> Vec<(String, String, usize)> {
            bins(&events, window, |_| "")
                .iter()
                .map(|bin| (bin.first.iso(), bin.last.iso(), bin.n.values().sum()))
                .collect()
        };
        let part = |from: &str, to: &str, n| (from.to_owned(), to.to_owned(), n);
        assert_eq!(
            shown(window("1826", "2012")),
            [
                part("1825-01-01", "1829-12-31", 2),
                part("1830-01-01", "1834-12-31", 1),
                part("2010-01-01", "2014-12-31", 1)
            ]
        );
        assert_eq!(shown(window("2012-11", "2012-12")).len(), 4);
        assert_eq!(
            shown(window("2010", "2012"))[3],
            part("2012-11-01", "2012-11-30", 1)
        );
    }
}
