//! A date in EDTF → words for it, as precise as the date is known and no more.

use super::words::Language;
use crate::fact::{Day, Edtf};

/// A date as a reader of the language writes it; what is no date stands as it is.
pub(in crate::serve) fn said(edtf: &str, language: Language) -> String {
    Edtf::parse(edtf).map_or_else(|| edtf.to_owned(), |date| words(&date, language))
}

/// From one date to another, either of which may be empty.
pub(in crate::serve) fn span(start: &str, end: &str, language: Language) -> String {
    match (Edtf::parse(start), Edtf::parse(end)) {
        (Some(from), Some(to)) if from == to => words(&from, language),
        (Some(from), Some(to)) => {
            let days = from.precision() == 3 && to.precision() == 3;
            let (from, to) = (words(&from, language), words(&to, language));
            between(&from, &to, days, language)
        }
        // what has begun has no end that anybody tells
        (Some(from), None) if from.interval || from.decade => words(&from, language),
        (Some(from), None) => open("since", &words(&from, language), &from, language),
        (None, Some(to)) if to.interval || to.decade => words(&to, language),
        (None, Some(to)) => open("until", &words(&to, language), &to, language),
        (None, None) => [start, end]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" – "),
    }
}

/// "since 1874", "until 10 June 1941": some languages say it otherwise of days.
fn open(word: &str, shown: &str, date: &Edtf, language: Language) -> String {
    let days = if date.precision() == 3 { "_day" } else { "" };
    language.fill(&format!("date.{word}{days}"), &[("date", shown)])
}

/// The years that a date spans, for an axis: `1874`, or `2013` and `2014`.
pub(in crate::serve) fn years(edtf: &str) -> Option<(i32, i32)> {
    let date = Edtf::parse(edtf)?;
    let (first, last) = date.range();
    let first = first.or(last)?.0;
    Some((first, last.map_or(first, |day| day.0)))
}

fn words(date: &Edtf, language: Language) -> String {
    let about = |text: String| {
        if date.approximate {
            language.fill("date.about", &[("date", &text)])
        } else {
            text
        }
    };
    match (date.start, date.end) {
        (Some(start), _) if date.decade => {
            about(language.fill("date.decade", &[("year", &start.year.to_string())]))
        }
        (Some(start), Some(end)) => about(interval(start, end, language)),
        (Some(start), None) if date.interval => {
            open("since", &about(day(start, language)), date, language)
        }
        (Some(start), None) => about(day(start, language)),
        (None, Some(end)) => open("until", &about(day(end, language)), date, language),
        (None, None) => String::new(),
    }
}

/// "25–26 October 2013", "1913 – 1925".
fn interval(start: Day, end: Day, language: Language) -> String {
    match (start.month, start.day, end.day) {
        (Some(month), Some(first), Some(last))
            if start.year == end.year && start.month == end.month =>
        {
            let days = format!("{first}–{last}");
            whole(&days, month, start.year, language)
        }
        (None, _, _) if end.month.is_none() => format!("{}–{}", start.year, end.year),
        _ => {
            let days = start.precision() == 3 && end.precision() == 3;
            between(&day(start, language), &day(end, language), days, language)
        }
    }
}

fn between(from: &str, to: &str, days: bool, language: Language) -> String {
    let year = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year(from) && year(to) {
        return format!("{from}–{to}");
    }
    let key = if days {
        "date.between_days"
    } else {
        "date.between"
    };
    language.fill(key, &[("from", from), ("to", to)])
}

fn day(day: Day, language: Language) -> String {
    match (day.month, day.day) {
        (Some(month), Some(1)) => whole(&language.say("date.first"), month, day.year, language),
        (Some(month), Some(number)) => whole(&number.to_string(), month, day.year, language),
        (Some(month), None) => language.fill(
            "date.month",
            &[
                ("month", &name(month, language)),
                ("year", &day.year.to_string()),
            ],
        ),
        (None, _) => day.year.to_string(),
    }
}

fn whole(days: &str, month: u8, year: i32, language: Language) -> String {
    language.fill(
        "date.day",
        &[
            ("day", days),
            ("month", &name(month, language)),
            ("year", &year.to_string()),
        ],
    )
}

fn name(month: u8, language: Language) -> String {
    language.say(&format!("date.m{month}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, French, Spanish};

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        for (edtf, english, french, spanish) in [
            ("1964", "1964", "1964", "1964"),
            (
                "1960-02",
                "February 1960",
                "février 1960",
                "febrero de 1960",
            ),
            (
                "2012-11-16",
                "16 November 2012",
                "16 novembre 2012",
                "16 de noviembre de 2012",
            ),
            (
                "2012-05-01",
                "1 May 2012",
                "1er mai 2012",
                "1 de mayo de 2012",
            ),
            ("1874~", "about 1874", "vers 1874", "hacia 1874"),
            ("198X", "1980s", "années 1980", "años 1980"),
            ("1874/..", "since 1874", "depuis 1874", "desde 1874"),
            (
                "../1941-06-10",
                "until 10 June 1941",
                "jusqu’au 10 juin 1941",
                "hasta el 10 de junio de 1941",
            ),
            (
                "2013-10-25/2013-10-26",
                "25–26 October 2013",
                "25–26 octobre 2013",
                "25–26 de octubre de 2013",
            ),
            ("1913/1925", "1913–1925", "1913–1925", "1913–1925"),
            (
                "2001-12/2002-01",
                "December 2001 to January 2002",
                "de décembre 2001 à janvier 2002",
                "de diciembre de 2001 a enero de 2002",
            ),
            ("some day", "some day", "some day", "some day"),
        ] {
            assert_eq!(said(edtf, English), english);
            assert_eq!(said(edtf, French), french);
            assert_eq!(said(edtf, Spanish), spanish);
        }
        assert_eq!(span("2013", "2018", English), "2013–2018");
        assert_eq!(span("2022", "", French), "depuis 2022");
        assert_eq!(span("", "1942-11", Spanish), "hasta noviembre de 1942");
        assert_eq!(span("1874/..~", "", English), "since about 1874");
        assert_eq!(span("1874~", "", French), "depuis vers 1874");
        assert_eq!(
            span("1941-05-03", "1941-06-10", French),
            "du 3 mai 1941 au 10 juin 1941"
        );
        assert_eq!(span("", "", English), "");
        assert_eq!(years("2001-12/2002-01"), Some((2001, 2002)));
        assert_eq!(years("../1941"), Some((1941, 1941)));
    }
}
