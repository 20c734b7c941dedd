//! Marks of an encyclopedia's article: `= Title =`, `==Section==`, and the fact sheet at its head (`Infobox`, `- Key: value`, `Key: value`).

use super::line::{Form, Lines, word_count};
use super::list::name_with_years;
use crate::text::Span;

/// Whether a line with `#` stands in a list of such lines, as wikis number them, and is no heading.
fn numbered(lines: &Lines<'_>, at: usize) -> bool {
    let signed = |line: usize| line < lines.len() && lines.words(line).starts_with("# ");
    at.checked_sub(1).is_some_and(signed) || signed(at + 1)
}

/// Marks headings between equals signs, and lines that begin with `>>`.
pub(super) fn mark_headings(lines: &mut Lines<'_>) {
    for at in 0..lines.len() {
        let Some(span) = lines.running(at) else {
            continue;
        };
        if let Some((level, words)) = between_equals(lines.text, span) {
            lines.set(at, Form::Heading(level, words));
        } else if let Some(rest) = lines.words(at).strip_prefix(">>") {
            let words = Span::new(span.end - rest.len(), span.end).trim(lines.text);
            lines.set(at, Form::Heading(2, words));
        } else if let Some(rest) = lines.words(at).strip_prefix("# ")
            && !numbered(lines, at)
        {
            let words = Span::new(span.end - rest.len(), span.end).trim(lines.text);
            lines.set(at, Form::Heading(1, words));
        } else if let Some(words) = emphasised(lines, at, span) {
            let lead = words.of(lines.text).ends_with(':');
            lines.set(
                at,
                if lead {
                    Form::Label(words)
                } else {
                    Form::Heading(EMPHASISED, words)
                },
            );
        }
    }
}

/// The level of a heading that is written as a line in bold or italics.
const EMPHASISED: u8 = 5;

/// The words of a short line that is set in bold or italics from end to end, `'''1998'''` or `**Visits**`, and stands above other lines.
fn emphasised(lines: &Lines<'_>, at: usize, span: Span) -> Option<Span> {
    let words = span.of(lines.text);
    let marks = ["'''''", "'''", "''", "**", "__"].into_iter();
    let (mark, inside) = marks
        .filter_map(|mark| Some((mark, words.strip_prefix(mark)?.strip_suffix(mark)?)))
        .next()?;
    let short = word_count(inside) <= 12 && !inside.ends_with(['.', ';', ',', '!', '?']);
    let whole = !inside.contains(mark) && inside.contains(char::is_alphanumeric);
    let start = span.start + mark.len();
    let words = Span::new(start, start + inside.len()).trim(lines.text);
    let between = lines.previous_words(at).is_some() && lines.next_words(at).is_some();
    (short && whole && between).then_some(words)
}

/// Level and words of `== … ==`, with or without spaces around the words.
fn between_equals(text: &str, span: Span) -> Option<(u8, Span)> {
    let words = span.of(text);
    let before = words.len() - words.trim_start_matches('=').len();
    let after = words.len() - words.trim_end_matches('=').len();
    let level = before.min(after);
    if level == 0 {
        return None;
    }
    let words = Span::new(span.start + level, span.end - level).trim(text);
    (!words.is_empty()).then_some((u8::try_from(level.min(6)).unwrap_or(6), words))
}

/// Marks fact sheets: `- Key: value` items before the first paragraph or section, and neighbouring lines of the form `Key: value` anywhere.
/// `speakers` are the signs of question and answer, which look like keys and are none.
pub(super) fn mark_fact_sheets(lines: &mut Lines<'_>, speakers: &[&str]) {
    mark_infobox(lines);
    for (start, end) in lines.stretches() {
        let mut at = start;
        while at < end {
            let stop = (at..end)
                .find(|&line| {
                    lines
                        .running(line)
                        .and_then(|span| key_value(lines.text, span))
                        .is_none_or(|(key, value)| {
                            value.len() > 200 || speakers.contains(&key.of(lines.text))
                        })
                })
                .unwrap_or(end);
            // "Ana Soto: 1990–1994": lines of those who held a post.
            let terms = (at..stop).all(|line| name_with_years(lines.words(line)));
            if stop >= at + 2 && !terms {
                for line in at..stop {
                    set_entry(lines, line);
                }
            }
            at = stop.max(at) + 1;
        }
    }
}

/// The list of `- Key: value` at the head of a document; the line before it names it (`Infobox` is a keyword and has no words of its own).
fn mark_infobox(lines: &mut Lines<'_>) {
    let mut named = None;
    for at in 0..lines.len() {
        match lines.form(at).clone() {
            Form::Blank | Form::Markup | Form::Title(_) | Form::Heading(1, _) => {}
            Form::Text(span) => {
                let short = word_count(span.of(lines.text)) <= 16 && span.len() <= 160;
                if !short {
                    return;
                }
                named = Some(at);
            }
            Form::Item(..) => {
                let end = (at..lines.len())
                    .find(|&line| !matches!(lines.form(line), Form::Item(..)))
                    .unwrap_or(lines.len());
                let keyed = (at..end)
                    .filter(|&line| item_key(lines, line).is_some())
                    .count();
                let held = |line: usize| {
                    let form = lines.form(line);
                    matches!(form, Form::Item(_, span) if name_with_years(span.of(lines.text)))
                };
                let holders = (at..end).filter(|&line| held(line)).count();
                if keyed * 2 <= end - at || holders * 2 > keyed {
                    return;
                }
                for line in at..end {
                    set_entry(lines, line);
                }
                if let Some(name) = named.filter(|name| name + 1 == at) {
                    let words = lines.line(name).span;
                    let keyword = words.of(lines.text).eq_ignore_ascii_case("infobox");
                    lines.set(
                        name,
                        if keyword {
                            Form::Markup
                        } else {
                            Form::Label(words)
                        },
                    );
                }
                return;
            }
            Form::Heading(..)
            | Form::HeaderRow(..)
            | Form::Row(..)
            | Form::Entry(..)
            | Form::Label(_)
            | Form::More(_) => return,
        }
    }
}

fn item_key(lines: &Lines<'_>, at: usize) -> Option<(Span, Span)> {
    match lines.form(at) {
        Form::Item(_, span) | Form::Text(span) => key_value(lines.text, *span),
        Form::Blank
        | Form::Markup
        | Form::Title(_)
        | Form::Heading(..)
        | Form::HeaderRow(..)
        | Form::Row(..)
        | Form::Entry(..)
        | Form::Label(_)
        | Form::More(_) => None,
    }
}

fn set_entry(lines: &mut Lines<'_>, at: usize) {
    if let Some((key, value)) = item_key(lines, at) {
        lines.set(at, Form::Entry(key, value));
    }
}

/// A short key without numbers, a colon, white space, and a value.
fn key_value(text: &str, span: Span) -> Option<(Span, Span)> {
    let words = span.of(text);
    let colon = words.match_indices(':').map(|(at, _)| at).find(|&at| {
        words
            .get(at + 1..)
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })?;
    let key = Span::new(span.start, span.start + colon).trim(text);
    let value = Span::new(span.start + colon + 1, span.end).trim(text);
    let shown = key.of(text);
    let fits = shown.chars().count() <= 48
        && word_count(shown) <= 6
        && shown.starts_with(char::is_alphabetic)
        && !shown.contains(". ")
        && !shown.contains(['?', '!', ';', ','])
        && shown.contains('(') == shown.contains(')')
        && !has_number(shown);
    (fits && !value.is_empty()).then_some((key, value))
}

/// Whether a number of its own stands in a key, as in a date; the digit of `Party1` does not count.
fn has_number(key: &str) -> bool {
    key.split_whitespace()
        .any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_with_and_without_spaces() {
        let text = "==History==\n=== To 1946 ===\na = b\n";
        let mut lines = Lines::new(text);
        mark_headings(&mut lines);
        assert_eq!(*lines.form(0), Form::Heading(2, Span::new(2, 9)));
        assert_eq!(*lines.form(1), Form::Heading(3, Span::new(16, 23)));
        assert!(matches!(lines.form(2), Form::Text(_)));
    }

    #[test]
    fn dates_and_speakers_are_no_keys() {
        assert!(key_value("Party1: Peru", Span::new(0, 12)).is_some());
        assert!(key_value("20 April 1943: the prince came", Span::new(0, 30)).is_none());
        let text = "Q: Did they meet?\nR: They did.\n";
        let mut lines = Lines::new(text);
        mark_fact_sheets(&mut lines, &["Q", "R"]);
        assert!(matches!(lines.form(0), Form::Text(_)));
    }
}
