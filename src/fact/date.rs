//! Dates as precise as a text gives them: a small part of EDTF (ISO 8601-2), with bounds in days.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A day as year, month (from 1) and day (from 1).
pub type YearMonthDay = (i32, u8, u8);

/// A calendar day or a vaguer point: a year, a month of a year, or a day. Proleptic Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// Year, 1 to 9999.
    pub year: i32,
    /// Month, 1 to 12, where known.
    pub month: Option<u8>,
    /// Day of the month, where known (only with a month).
    pub day: Option<u8>,
}

/// A date or interval as the text gives it.
///
/// Written: `1964`, `1960-02`, `2012-11-16`; `1874~` (about 1874); `198X` (the eighties); `2013-10-25/2013-10-26`
/// (interval); `1874/..` (since), `../1941-06-10` (before or until).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    /// First point; absent in `../1941`.
    pub start: Option<Day>,
    /// Last point of an interval; `None` in a single date and in an open one.
    pub end: Option<Day>,
    /// Whether it is an interval, open ones included.
    pub interval: bool,
    /// "About": `~`.
    pub approximate: bool,
    /// A decade (`198X`): the start's year is its first.
    pub decade: bool,
}

/// The first and last day that a date can mean, as ISO days (`1964-01-01`, `1964-12-31`); an open side is `None`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Bounds {
    /// Not before.
    pub earliest: Option<String>,
    /// Not after.
    pub latest: Option<String>,
}

impl Day {
    /// A year.
    #[must_use]
    pub fn year(year: i32) -> Self {
        Self {
            year,
            month: None,
            day: None,
        }
    }

    /// A month or day, if the calendar has it.
    #[must_use]
    pub fn checked(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let fits = (1..=9999).contains(&year)
            && match (month, day) {
                (None, None) => true,
                (None, Some(_)) => false,
                (Some(month), None) => (1..=12).contains(&month),
                (Some(month), Some(day)) => {
                    (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month)
                }
            };
        fits.then_some(Self { year, month, day })
    }

    /// The first day it can mean, as (year, month, day).
    #[must_use]
    pub fn first(self) -> (i32, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it can mean, as (year, month, day).
    #[must_use]
    pub fn last(self) -> (i32, u8, u8) {
        let month = self.month.unwrap_or(12);
        (
            self.year,
            month,
            self.day.unwrap_or_else(|| days_in(self.year, month)),
        )
    }

    /// How precise: 1 a year, 2 a month, 3 a day.
    #[must_use]
    pub fn precision(self) -> u8 {
        1 + u8::from(self.month.is_some()) + u8::from(self.day.is_some())
    }

    /// The day `n` days later (earlier when negative); only for a full day.
    #[must_use]
    pub fn plus_days(self, n: i64) -> Option<Self> {
        let (Some(month), Some(day)) = (self.month, self.day) else {
            return None;
        };
        let (mut year, mut month, mut day) = (self.year, month, i64::from(day) + n);
        while day < 1 {
            (year, month) = if month == 1 {
                (year - 1, 12)
            } else {
                (year, month - 1)
            };
            day += i64::from(days_in(year, month));
        }
        while day > i64::from(days_in(year, month)) {
            day -= i64::from(days_in(year, month));
            (year, month) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
        }
        Self::checked(year, Some(month), u8::try_from(day).ok())
    }

    /// The day of the week, 0 for Monday; only of a full day.
    #[must_use]
    pub fn weekday(self) -> Option<i64> {
        let (month, day) = (i64::from(self.month?), i64::from(self.day?));
        // Sakamoto's method: January and February count with the year before.
        let (year, shift) = (
            i64::from(self.year) - i64::from(month < 3),
            [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4].get(usize::try_from(month - 1).ok()?)?,
        );
        Some((year + year / 4 - year / 100 + year / 400 + shift + day + 6).rem_euclid(7))
    }

    /// The month `n` months later (earlier when negative), as a month; only where a month is known.
    #[must_use]
    pub fn plus_months(self, n: i32) -> Option<Self> {
        let months = self.year * 12 + i32::from(self.month?) - 1 + n;
        Self::checked(
            months.div_euclid(12),
            u8::try_from(months.rem_euclid(12) + 1).ok(),
            None,
        )
    }
}

/// Days of a month in the Gregorian calendar.
fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Edtf {
    /// A single date.
    #[must_use]
    pub fn on(day: Day) -> Self {
        Self {
            start: Some(day),
            end: None,
            interval: false,
            approximate: false,
            decade: false,
        }
    }

    /// A year.
    #[must_use]
    pub fn in_year(year: i32) -> Self {
        Self::on(Day::year(year))
    }

    /// From one point to another; the same point twice is a single date.
    #[must_use]
    pub fn between(start: Day, end: Day) -> Self {
        if start == end {
            Self::on(start)
        } else {
            Self {
                end: Some(end),
                interval: true,
                ..Self::on(start)
            }
        }
    }

    /// Since a point: `1874/..`.
    #[must_use]
    pub fn since(day: Day) -> Self {
        Self {
            interval: true,
            ..Self::on(day)
        }
    }

    /// Until or before a point: `../1941-06-10`.
    #[must_use]
    pub fn until(day: Day) -> Self {
        Self {
            start: None,
            end: Some(day),
            interval: true,
            approximate: false,
            decade: false,
        }
    }

    /// The same, about.
    #[must_use]
    pub fn about(mut self) -> Self {
        self.approximate = true;
        self
    }

    /// A decade by its first year.
    #[must_use]
    pub fn decade(first: i32) -> Self {
        Self {
            decade: true,
            ..Self::in_year(first)
        }
    }

    /// The year in which it starts (or, with no start, ends).
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.start.or(self.end).map(|d| d.year)
    }

    /// How precise: 1 a year (0 a decade), 2 a month, 3 a day; an interval counts its finer end.
    #[must_use]
    pub fn precision(&self) -> u8 {
        if self.decade {
            return 0;
        }
        self.start
            .iter()
            .chain(self.end.iter())
            .map(|d| d.precision())
            .max()
            .unwrap_or(0)
    }

    /// First and last day as (year, month, day); an open side is `None`.
    #[must_use]
    pub fn range(&self) -> (Option<YearMonthDay>, Option<YearMonthDay>) {
        if self.decade {
            let year = self.start.map_or(1, |d| d.year);
            return (Some((year, 1, 1)), Some((year + 9, 12, 31)));
        }
        let first = self.start.map(Day::first);
        let last = if self.interval {
            self.end.map(Day::last)
        } else {
            self.start.map(Day::last)
        };
        (first, last)
    }

    /// First and last day as ISO text. An approximate date is widened by nothing: "about" has no agreed width.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        let iso = |(y, m, d): (i32, u8, u8)| format!("{y:04}-{m:02}-{d:02}");
        let (first, last) = self.range();
        Bounds {
            earliest: first.map(iso),
            latest: last.map(iso),
        }
    }

    /// Whether both can mean the same time: their ranges share a day.
    #[must_use]
    pub fn compatible(&self, other: &Self) -> bool {
        let ((a, b), (c, d)) = (self.range(), other.range());
        let before = |x: Option<(i32, u8, u8)>, y: Option<(i32, u8, u8)>| matches!((x, y), (Some(x), Some(y)) if x < y);
        !before(b, c) && !before(d, a)
    }

    /// Whether every day of `self` is a day of `other`, and `self` is the more precise.
    #[must_use]
    pub fn refines(&self, other: &Self) -> bool {
        self.precision() >= other.precision() && self.compatible(other) && !self.approximate
    }

    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (body, approximate) = text
            .strip_suffix('~')
            .map_or((text, false), |body| (body, true));
        let mut date = if let Some((start, end)) = body.split_once('/') {
            match (start, end) {
                ("..", end) => Self::until(parse_day(end)?),
                (start, "..") => Self::since(parse_day(start)?),
                (start, end) => Self {
                    end: Some(parse_day(end)?),
                    interval: true,
                    ..Self::on(parse_day(start)?)
                },
            }
        } else if let Some(decade) = body.strip_suffix('X') {
            (decade.len() == 3).then_some(())?;
            Self::decade(decade.parse::<i32>().ok()? * 10)
        } else {
            Self::on(parse_day(body)?)
        };
        date.approximate = approximate;
        Some(date)
    }
}

fn parse_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let two = |part: Option<&str>| match part {
        None => Some(None),
        Some(part) if part.len() == 2 => part.parse().ok().map(Some),
        Some(_) => None,
    };
    let (month, day) = (two(parts.next())?, two(parts.next())?);
    Day::checked(year, month, day)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |d| d.to_string());
        if self.decade {
            write!(f, "{}X", self.start.map_or(0, |d| d.year / 10))?;
        } else if self.interval {
            write!(f, "{}/{}", side(self.start), side(self.end))?;
        } else {
            write!(f, "{}", side(self.start))?;
        }
        if self.approximate {
            f.write_str("~")
        } else {
            Ok(())
        }
    }
}

impl Serialize for Edtf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("{text:?} is not a date in EDTF as used here"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parses() {
        for text in [
            "1964",
            "1960-02",
            "2012-11-16",
            "1874~",
            "198X",
            "2013-10-25/2013-10-26",
            "1874/..",
            "../1941-06-10",
            "2013/2018",
        ] {
            assert_eq!(
                Edtf::parse(text).map(|d| d.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in ["", "64", "1964-13", "1964-02-30", "1964-2", "x/1964"] {
            assert_eq!(Edtf::parse(text), None, "{text}");
        }
    }

    #[test]
    fn bounds_span_what_the_date_can_mean() {
        let bounds = |text: &str| Edtf::parse(text).map(|d| d.bounds()).unwrap_or_default();
        assert_eq!(
            bounds("1960-02"),
            Bounds {
                earliest: Some("1960-02-01".into()),
                latest: Some("1960-02-29".into())
            }
        );
        assert_eq!(
            bounds("1874/.."),
            Bounds {
                earliest: Some("1874-01-01".into()),
                latest: None
            }
        );
    }

    #[test]
    fn counts_days_over_months_and_years() {
        let day = Day::checked(1944, Some(12), Some(30));
        assert_eq!(
            day.and_then(|d| d.plus_days(3))
                .map(|d| d.to_string())
                .as_deref(),
            Some("1945-01-02")
        );
        assert_eq!(
            day.and_then(|d| d.plus_days(-30))
                .map(|d| d.to_string())
                .as_deref(),
            Some("1944-11-30")
        );
    }
}
