//! When offices were held → whether one was held on a day, where the text tells a beginning and no end.
//!
//! Such a tenure ends, for those who ask, when the next one who is told to have had the same office began, and after [`YEARS`] at the latest:
//! who was appointed in 1512 is not in office today.

use crate::fact::{Edtf, YearMonthDay};

/// Longest that a tenure without a told end is taken to last, in years.
const YEARS: i32 = 10;

/// Someone's time in an office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenure {
    /// The office, or the mission that is headed.
    pub office: String,
    /// The first day that it can have begun.
    pub from: YearMonthDay,
    /// The last day that it can have ended.
    pub until: YearMonthDay,
    /// It began, and no end is told.
    pub open: bool,
    /// Who had it.
    pub holder: String,
}

impl Tenure {
    /// Whether a day within these can have been a day of it.
    #[must_use]
    pub fn meets(&self, first: YearMonthDay, last: YearMonthDay) -> bool {
        self.from <= last && first <= self.until
    }
}

/// Gives those that are open their last days.
pub fn settle(tenures: &mut [Tenure]) {
    tenures.sort();
    let begun: Vec<(String, YearMonthDay, String)> = tenures
        .iter()
        .map(|one| (one.office.clone(), one.from, one.holder.clone()))
        .collect();
    for tenure in tenures.iter_mut().filter(|tenure| tenure.open) {
        let at = begun.partition_point(|(office, from, _)| {
            (office.as_str(), *from) <= (tenure.office.as_str(), tenure.until)
        });
        let next = begun
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|(office, _, _)| *office == tenure.office)
            .find(|(_, _, holder)| *holder != tenure.holder)
            .map(|(_, from, _)| *from);
        let (year, month, day) = tenure.from;
        let longest = (year + YEARS, month, day);
        tenure.until = next.map_or(longest, |next| next.min(longest));
    }
}

/// The first and last day that a date in EDTF can mean, or a point in time of ISO 8601, of which the day counts.
#[must_use]
pub fn days(text: &str) -> Option<(YearMonthDay, YearMonthDay)> {
    let text = text.trim();
    let (day, _) = text.split_once('T').unwrap_or((text, ""));
    let (first, last) = Edtf::parse(day)?.range();
    Some((first.unwrap_or((1, 1, 1)), last.unwrap_or((9999, 12, 31))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenure(office: &str, from: i32, until: Option<i32>, holder: &str) -> Tenure {
        Tenure {
            office: office.to_owned(),
            from: (from, 1, 1),
            until: (until.unwrap_or(from), 12, 31),
            open: until.is_none(),
            holder: holder.to_owned(),
        }
    }

    #[test]
    fn an_open_tenure_ends_with_the_next() {
        let mut told = [
            tenure("a", 1960, None, "first"),
            tenure("a", 1966, Some(1969), "second"),
            tenure("a", 1970, None, "third"),
            tenure("b", 1961, None, "elsewhere"),
            tenure("a", 1972, None, "third"),
        ];
        settle(&mut told);
        let on = |day: &str| -> Vec<&str> {
            let (first, last) = days(day).unwrap();
            let met = told
                .iter()
                .filter(|one| one.office == "a" && one.meets(first, last));
            met.map(|one| one.holder.as_str()).collect()
        };
        assert_eq!(on("1964-11-20"), ["first"]);
        assert_eq!(on("1964-11-20T00:00:00Z"), ["first"]);
        assert_eq!(on("1967"), ["second"]);
        assert_eq!(on("1975"), ["third", "third"]);
        assert_eq!(on("1960/1961"), ["first"]);
        assert!(on("1990").is_empty() && on("1959").is_empty());
        assert_eq!(days("in May"), None);
    }
}
