//! The dated facts of the served generation → their days in order, by which a window of time is counted or listed at once. They are read once per
//! generation, by whoever needs them first.

use super::facts::{KINDS, PREFIXES, text};
use crate::serve::Shared;
use crate::serve::problem::Problem;
use crate::serve::rows::Row;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::sync::Mutex;

/// A day as a number that sorts: 19640203.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp(pub(super) u32);

/// A fact with the first day that it may have begun on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) day: Stamp,
    /// Place in [`KINDS`].
    pub(super) kind: u8,
    pub(super) iri: Box<str>,
}

/// The events of a generation, by their days.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) dated: Vec<Event>,
    /// How many facts have no date.
    pub(super) undated: usize,
}

/// The events that are at hand, with their generation.
#[derive(Default)]
pub(in crate::serve) struct Kept(Mutex<Option<(Option<String>, Arc<Events>)>>);

/// A part of the time, and how many facts of each kind begin in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bin {
    pub(super) first: Stamp,
    pub(super) last: Stamp,
    /// Kind and direction → number.
    pub(super) n: BTreeMap<(u8, &'static str), usize>,
}

impl Stamp {
    /// Reads `1964-02-03`, and what begins so: a year or a month stands for its first day, or its last with `end`.
    pub(super) fn read(iso: &str, end: bool) -> Option<Self> {
        let mut parts = iso.get(..10).unwrap_or(iso).split('-');
        let year: u32 = parts
            .next()?
            .parse()
            .ok()
            .filter(|year| (1..=9999).contains(year))?;
        let mut part = |least: u32, most: u32| match parts.next() {
            None => Some(if end { most } else { least }),
            Some(text) => text
                .parse()
                .ok()
                .filter(|number| (least..=most).contains(number)),
        };
        Some(Self(year * 10_000 + part(1, 12)? * 100 + part(1, 31)?))
    }

    /// `1964-02-03`
    pub(super) fn iso(self) -> String {
        format!(
            "{:04}-{:02}-{:02}",
            self.0 / 10_000,
            self.0 / 100 % 100,
            self.0 % 100
        )
    }

    /// Months since the year 0.
    fn month(self) -> u32 {
        self.0 / 10_000 * 12 + self.0 / 100 % 100 - 1
    }

    /// The first day of a month that is counted from the year 0.
    fn of_month(month: u32) -> Self {
        Self(month / 12 * 10_000 + (month % 12 + 1) * 100 + 1)
    }

    /// The day with which its month ends.
    fn end_of_month(self) -> Self {
        let (year, month) = (self.0 / 10_000, self.0 / 100 % 100);
        let day = (28..=31).rev().find(|day| {
            let year = i32::try_from(year).unwrap_or_default();
            let (month, day) = (u8::try_from(month).ok(), u8::try_from(*day).ok());
            crate::fact::Day::checked(year, month, day).is_some()
        });
        Self(self.0 / 100 * 100 + day.unwrap_or(28))
    }
}

impl Shared {
    /// The dated facts of the present generation. A remote store is asked once, when the first reader comes.
    ///
    /// # Errors
    /// What kept the store from telling them.
    pub(super) async fn events(&self) -> Result<Arc<Events>, Problem> {
        let version = self.pool.version();
        let mut kept = self.events.0.lock().await;
        if let Some((of, events)) = kept.as_ref()
            && *of == version
        {
            return Ok(Arc::clone(events));
        }
        let mut read = Vec::new();
        for kind in KINDS {
            let rows = self.all_rows(format!(
                "{PREFIXES}SELECT ?f ?day WHERE {{ ?f a dip:{kind} OPTIONAL {{ ?f dip:earliest ?e }} OPTIONAL {{ ?f dip:latest ?l }} BIND(COALESCE(?e, ?l) AS ?day) }}"
            ));
            read.push(rows.await?);
        }
        let events = Arc::new(Events::of(&read));
        *kept = Some((version, Arc::clone(&events)));
        Ok(events)
    }
}

impl Events {
    /// Of the rows of each kind; where sources differ, the first day counts.
    fn of(read: &[Vec<Row>]) -> Self {
        let mut events = Self::default();
        for (kind, rows) in (0..).zip(read) {
            let mut days: BTreeMap<&str, Option<Stamp>> = BTreeMap::new();
            for row in rows {
                let day = Stamp::read(text(row, "day"), false);
                let held = days.entry(text(row, "f")).or_insert(day);
                if held.is_none() || day.is_some_and(|day| Some(day) < *held) {
                    *held = day;
                }
            }
            for (iri, day) in days {
                match day {
                    Some(day) => events.dated.push(Event {
                        day,
                        kind,
                        iri: iri.into(),
                    }),
                    None => events.undated += 1,
                }
            }
        }
        events.dated.sort();
        events
    }

    /// Those among some IRIs; all of them where none are named.
    pub(super) fn among<'e>(&'e self, chosen: Option<&BTreeSet<String>>) -> Vec<&'e Event> {
        self.dated
            .iter()
            .filter(|event| chosen.is_none_or(|chosen| chosen.contains(&*event.iri)))
            .collect()
    }
}

/// Most parts that a window is cut into.
const BINS: u32 = 60;

/// Months, years, decades, centuries, in months.
const UNITS: [u32; 10] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/// Counts events by parts of a window that are as short as a drawing can show; parts without events are left out.
pub(super) fn bins(
    events: &[&Event],
    (from, to): (Stamp, Stamp),
    way: impl Fn(&Event) -> &'static str,
) -> Vec<Bin> {
    let months = to.month().saturating_sub(from.month()) + 1;
    let unit = UNITS
        .into_iter()
        .find(|unit| months / unit <= BINS)
        .unwrap_or(1200);
    let days = months <= 2;
    let mut bins: Vec<Bin> = Vec::new();
    for event in events {
        let (first, last) = if days {
            (event.day, event.day)
        } else {
            let month = event.day.month() / unit * unit;
            let last = Stamp::of_month(month + unit - 1).end_of_month();
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
            *bin.n.entry((event.kind, way(event))).or_default() += 1;
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
        let february = Stamp::read("2012-02", false).unwrap();
        assert_eq!(february.end_of_month().iso(), "2012-02-29");
    }

    #[test]
    fn parts_are_as_short_as_can_be_shown() {
        let event = |iso: &str| Event {
            day: Stamp::read(iso, false).unwrap(),
            kind: 0,
            iri: iso.into(),
        };
        let events: Vec<Event> = ["1826-01-01", "1829-12-31", "1830-01-01", "2012-11-16"]
            .into_iter()
            .map(event)
            .collect();
        let all: Vec<&Event> = events.iter().collect();
        let window = |from: &str, to: &str| {
            (
                Stamp::read(from, false).unwrap(),
                Stamp::read(to, true).unwrap(),
            )
        };
        let shown = |window| -> Vec<(String, String, usize)> {
            bins(&all, window, |_| "")
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
