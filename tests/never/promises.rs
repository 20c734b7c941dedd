//! What holds of every document and claim, whatever the file: spans on the borders of characters, quotes that are the file's bytes, dates no more
//! precise than the words behind them, ids that the gazetteer has. A promise that is broken is told in words.

use chancery::document::{Document, SourceMap};
use chancery::extract::Engine;
use chancery::fact::{Body, Claim, Day, Slot, Value};
use chancery::language::{Class, Gazetteer, Lexicon, Meaning, tokens};
use chancery::text::Span;
use std::collections::BTreeSet;

/// Words by which a date is told from another one, which may stand anywhere before.
const RELATIVE: &[Class] = &[
    Class::SameYear,
    Class::SameMonth,
    Class::SameDay,
    Class::DayAfter,
    Class::DayBefore,
    Class::YearBefore,
    Class::YearAfter,
    Class::Today,
    Class::Yesterday,
    Class::Tomorrow,
    Class::Weekday,
    Class::Last,
    Class::Past,
    Class::Next,
    Class::Previous,
    Class::This,
    Class::Ago,
    Class::Days,
    Class::Weeks,
    Class::Months,
    Class::Years,
    Class::Later,
    Class::Earlier,
];

/// The promises that a document read from a file breaks; `file` is its bytes.
pub(crate) fn of_document(document: &Document, file: &[u8]) -> Vec<String> {
    let mut broken = Vec::new();
    let bordered = |span: Span| document.text.get(span.start..span.end).is_some();
    let blocks = document.blocks.iter();
    let mut spans: Vec<Span> = blocks.clone().map(|block| block.span).collect();
    spans.extend(blocks.clone().flat_map(|block| &block.sentences));
    spans.extend(blocks.filter_map(|block| block.key));
    for span in spans {
        if !bordered(span) {
            broken.push(format!("{span:?} is off a character's border"));
        } else if let Some(place) = document.map.file_span(span)
            && (place.start > place.end || place.end > file.len())
        {
            broken.push(format!("{span:?} leads to {place:?}, outside the file"));
        }
    }
    if let SourceMap::Pieces(pieces) = &document.map {
        for &(text, at, len) in pieces {
            let words = document.text.as_bytes().get(text..text + len);
            if words.is_none() || words != file.get(at..at + len) {
                broken.push(format!(
                    "{len} bytes at {text} are not those of the file at {at}"
                ));
            }
        }
    }
    broken
}

/// The promises that the claims of a document break.
pub(crate) fn of_claims(
    document: &Document,
    claims: &[Claim],
    file: &[u8],
    engine: &Engine,
    gazetteer: &Gazetteer,
) -> Vec<String> {
    let mut broken = Vec::new();
    let marks = engine.marks(document, claims);
    for (claim, marks) in claims.iter().zip(marks) {
        let mut wrong: Vec<String> = Vec::new();
        for evidence in &claim.evidence {
            wrong.extend(quote(document, evidence.span, file));
        }
        if claim.statement().is_empty() {
            wrong.push("states nothing".to_owned());
        }
        for mark in marks {
            if document
                .text
                .get(mark.span.start..mark.span.end)
                .is_none_or(str::is_empty)
            {
                wrong.push(format!("{mark:?} stands for nothing"));
            }
        }
        for (slot, value) in values(claim) {
            wrong.extend(unknown(value, gazetteer).map(|id| format!("{id} is in no gazetteer")));
            if value_type_differs(slot, value) {
                wrong.push(format!("{} is {value:?}", slot.name()));
            }
        }
        if let Some(lexicon) = engine.lexicon(document.lang) {
            wrong.extend(dates(document, claim, lexicon));
        }
        let told = |wrong: String| {
            format!(
                "{wrong}\n  of {} ({}) in “{}”",
                claim.fact,
                claim.rule,
                claim.statement().of(&document.text)
            )
        };
        broken.extend(wrong.into_iter().map(told));
    }
    broken
}

fn values(claim: &Claim) -> impl Iterator<Item = (Slot, &Value)> {
    let slots = claim.fact.slots.iter();
    slots.flat_map(|(slot, values)| values.iter().map(move |value| (*slot, value)))
}

/// What is wrong with a quote: it lies on borders, and what the map says of it are the file's own bytes, but for what markup stands for.
fn quote(document: &Document, span: Span, file: &[u8]) -> Option<String> {
    let Some(words) = document.text.get(span.start..span.end) else {
        return Some(format!("{span:?} is off a character's border"));
    };
    if words.trim().is_empty() {
        return Some(format!("{span:?} is blank"));
    }
    let Some(place) = document.map.file_span(span) else {
        // A title that the file tells beside its text, or by its name; or a sentence of one.
        if document.title.contains(words.trim()) {
            return None;
        }
        return Some(format!("{words:?} stands nowhere in the file"));
    };
    let Some(raw) = file.get(place.start..place.end) else {
        return Some(format!("{words:?} stands outside the file"));
    };
    let SourceMap::Pieces(pieces) = &document.map else {
        return (raw != words.as_bytes())
            .then(|| format!("{words:?} is not what the file says there"));
    };
    // Letters that are no bytes of the file are entities, escapes or what a template shows.
    let first = pieces.partition_point(|&(text, _, len)| text + len <= span.start);
    let ours = pieces.get(first..).unwrap_or(&[]).iter();
    let kept: BTreeSet<usize> = ours
        .take_while(|(text, _, _)| *text < span.end)
        .flat_map(|&(text, _, len)| text..text + len)
        .collect();
    let made = words
        .char_indices()
        .any(|(at, c)| c.is_alphanumeric() && !kept.contains(&(span.start + at)));
    let markup = raw
        .iter()
        .any(|b| matches!(b, b'&' | b'\\' | b'{' | b'<' | b'[' | b'\''));
    // What is made after the last piece has no place to end at.
    let last = pieces
        .last()
        .is_some_and(|&(text, _, len)| text + len < span.end);
    (made && !markup && !last).then(|| format!("{words:?} has letters that the file has not"))
}

/// An id that the gazetteer does not have.
fn unknown(value: &Value, gazetteer: &Gazetteer) -> Option<String> {
    let body = |body: &Body| {
        gazetteer
            .body(&body.key)
            .is_none()
            .then(|| body.key.clone())
    };
    match value {
        Value::Body(found) => body(found),
        Value::Office(office) => office.of.as_ref().and_then(body),
        Value::Place(place) => {
            if gazetteer.residences().iter().any(|r| r.key == place.key) {
                return None;
            }
            let city = gazetteer.city(&place.key);
            let state = |key: &String| gazetteer.body(key).is_none().then(|| key.clone());
            match city {
                None => Some(place.key.clone()),
                Some(_) => place.state.as_ref().and_then(state),
            }
        }
        Value::Person(_) | Value::Date(_) | Value::Term(_) | Value::Text(_) | Value::Number(_) => {
            None
        }
    }
}

fn value_type_differs(slot: Slot, value: &Value) -> bool {
    use chancery::fact::ValueType;
    let found = match value {
        Value::Person(_) => ValueType::Person,
        Value::Body(_) => ValueType::Body,
        Value::Place(_) => ValueType::Place,
        Value::Office(_) => ValueType::Office,
        Value::Date(_) => ValueType::Date,
        Value::Term(_) => ValueType::Term,
        Value::Text(_) => ValueType::Text,
        Value::Number(_) => ValueType::Number,
    };
    found != slot.value_type()
}

/// The months in Roman numerals.
const ROMAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

/// What words tell of time.
#[derive(Default)]
struct Told {
    numbers: BTreeSet<u32>,
    months: BTreeSet<u8>,
    relative: bool,
}

impl Told {
    fn add(&mut self, text: &str, span: Span, lexicon: &Lexicon) {
        let digits = span.of(text).split(|c: char| !c.is_ascii_digit());
        self.numbers
            .extend(digits.filter_map(|run| run.parse::<u32>().ok()));
        // "15-VII-1981": months in Roman numerals.
        let numeral = |word: &str| ROMAN.iter().position(|roman| *roman == word);
        let words = span.of(text).split(|c: char| !c.is_ascii_alphabetic());
        self.months.extend(
            words
                .filter_map(numeral)
                .filter_map(|at| u8::try_from(at + 1).ok()),
        );
        let tokens = tokens(text, span);
        for at in 0..tokens.len() {
            let words = tokens.iter().skip(at).map(|t| t.folded.as_ref());
            for meaning in lexicon.matches(words).iter().flat_map(|(_, m)| *m) {
                match meaning {
                    Meaning::Month(month) => {
                        self.months.insert(*month);
                    }
                    Meaning::Number(number) => {
                        self.numbers.insert(*number);
                    }
                    Meaning::Class(class) => self.relative |= RELATIVE.contains(class),
                    Meaning::Body(..)
                    | Meaning::City(_)
                    | Meaning::Office(_)
                    | Meaning::Mission(_)
                    | Meaning::Treaty(_)
                    | Meaning::Topic(_)
                    | Meaning::Measure(_)
                    | Meaning::Currency(_)
                    | Meaning::Trigger(..)
                    | Meaning::Verb(_) => {}
                }
            }
        }
    }

    /// The part of a date that these words do not tell.
    fn lacks(&self, day: Day) -> Option<String> {
        let has = |n: u32| self.numbers.contains(&n);
        let year = u32::try_from(day.year).unwrap_or(0);
        // "1957–60", "the 1950s"; "from November to May 1969", "in December", said in January: of the year before.
        let before = day.month.is_some() && has(year + 1);
        if !has(year) && !has(year % 100) && !before {
            return Some(format!("the year {year}"));
        }
        if let Some(month) = day.month
            && !self.months.contains(&month)
            && !has(month.into())
        {
            return Some(format!("the month {month} of {year}"));
        }
        let of_month = day.day.filter(|d| !has((*d).into()))?;
        Some(format!("the day {of_month} of {year}"))
    }
}

/// Dates of a claim that are more precise than its passages: each year, month and day must stand in them, or a word
/// that counts from another date ("the next day") and a year.
fn dates(document: &Document, claim: &Claim, lexicon: &Lexicon) -> Vec<String> {
    let mut told = Told::default();
    for evidence in &claim.evidence {
        told.add(&document.text, evidence.span, lexicon);
    }
    let dated = |(_, value): &(Slot, &Value)| matches!(value, Value::Date(_));
    if told.relative {
        let counts_from = told.numbers.iter().any(|n| (1000..2200).contains(n));
        let lacks = !counts_from && values(claim).any(|value| dated(&value));
        return lacks
            .then(|| "no passage tells the date that its dates count from".to_owned())
            .into_iter()
            .collect();
    }
    values(claim)
        .filter_map(|(slot, value)| {
            let Value::Date(date) = value else {
                return None;
            };
            let mut days = [date.start, date.end].into_iter().flatten();
            let lacking = days.find_map(|day| told.lacks(day))?;
            Some(format!(
                "{} {date}: no passage tells {lacking}",
                slot.name()
            ))
        })
        .collect()
}
