//! Lines that a number or letter counts → list items, and headings where they stand above what they head.

use super::line::{Form, Lines, Marker, in_capitals, word_count};
use crate::text::Span;

/// Marks lines that are counted: `2.1 Visits`, `2. Visits`, `(b) Visits`.
pub(super) fn mark_numbered(lines: &mut Lines<'_>) {
    mark_subheadings(lines);
    mark_numbers(lines);
}

/// `2.1 Visits`, `2.1.3. Visits`, where several lines are counted so, or a line before is the "2.": the words of a heading in a heading.
fn mark_subheadings(lines: &mut Lines<'_>) {
    let counted = |at: usize| {
        let span = lines.running(at)?;
        let (number, words) = span.of(lines.text).split_once(' ')?;
        let number = number.strip_suffix(['.', ')']).unwrap_or(number);
        let digits = |n: &str| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
        let depth = number.split('.').count();
        let whole = (2..=3).contains(&depth) && number.split('.').all(digits);
        let named = words.starts_with(char::is_uppercase) && titles(words);
        let words = Span::new(span.end - words.len(), span.end).trim(lines.text);
        let major = number.split('.').next()?.parse::<u32>().ok()?;
        (whole && named).then_some((at, depth, major, words))
    };
    let found: Vec<(usize, usize, u32, Span)> = (0..lines.len()).filter_map(counted).collect();
    let under = |&(at, _, major, _): &(usize, usize, u32, Span)| {
        let mut before = (0..at).filter_map(|b| numbered(lines.text, lines.running(b)?));
        before
            .any(|(marker, number, _)| number == major && matches!(marker, Marker::Number(' ', _)))
    };
    if found.len() > 1 || found.iter().any(under) {
        for (at, depth, _, words) in found {
            let level = if depth > 2 { 4 } else { 3 };
            lines.set(at, Form::Heading(level, words));
        }
    }
}

/// Marks numbered lines: a number counts as a bullet only where 1 is followed by 2 and so on, so that a line that begins with a date stays text.
fn mark_numbers(lines: &mut Lines<'_>) {
    let found: Vec<(usize, Marker, u32, Span)> = (0..lines.len())
        .filter_map(|at| {
            let (marker, number, words) = numbered(lines.text, lines.running(at)?)?;
            Some((at, marker, number, words))
        })
        .collect();
    let mut counted: Vec<(Marker, u32)> = Vec::new();
    for (index, &(at, marker, number, words)) in found.iter().enumerate() {
        let last = counted.iter_mut().find(|(known, _)| *known == marker);
        let follows = last
            .as_ref()
            .is_some_and(|(_, before)| *before + 1 == number);
        let begins = number == 1
            && found
                .iter()
                .skip(index + 1)
                .find(|(_, other, _, _)| *other == marker)
                .is_some_and(|&(_, _, next, _)| next == 2);
        if !follows && !begins {
            continue;
        }
        match last {
            Some((_, before)) => *before = number,
            None => counted.push((marker, number)),
        }
        let heading = |&(at, marker, _, words): &(usize, Marker, u32, Span)| {
            is_numbered_heading(lines, at, (marker, words))
                || leads_lines(lines, at, (marker, words))
        };
        let alike = || found.iter().filter(|(_, other, ..)| *other == marker);
        let over = |&(at, _, _, words): &(usize, Marker, u32, Span)| leads_list(lines, at, words);
        let heads = is_numbered_heading(lines, at, (marker, words))
            || is_heading_in_capitals(lines, at, words)
            || alike().count() > 2 && alike().all(heading)
            || alike().count() > 1 && alike().all(over);
        // "A. Soto" begins a line with an initial.
        if !heads && marker == Marker::Letter('A') {
            continue;
        }
        // "I. The monarchy" may stand below a heading in capitals.
        if heads && matches!(marker, Marker::Number('I', _)) {
            continue;
        }
        let form = if heads {
            Form::Heading(2, words)
        } else {
            Form::Item(marker, words)
        };
        lines.set(at, form);
    }
}

/// The words of a line behind what counts it: "B. Ambassadors", "IV. Consuls", "2) Ministers".
pub(super) fn without_number(words: &str) -> &str {
    let Some((number, rest)) = words.split_once(' ') else {
        return words;
    };
    let sign = number.strip_suffix(['.', ')']).unwrap_or("");
    let counts = |c: char| c.is_ascii_digit() || "IVX".contains(c);
    let letter = sign.len() == 1 && sign.starts_with(|c: char| c.is_ascii_alphabetic());
    let counted = !sign.is_empty() && sign.len() <= 4 && sign.chars().all(counts);
    if letter || counted { rest } else { words }
}

/// A number and its signs at the start of a line, and the words after it.
fn numbered(text: &str, span: Span) -> Option<(Marker, u32, Span)> {
    let words = span.of(text);
    let (open, rest) = match words.strip_prefix('(') {
        Some(rest) => ('(', rest),
        None => (' ', words),
    };
    let end = rest.find(['.', ')', '°', 'º'])?;
    let (number, rest) = rest.split_at_checked(end)?;
    let mut chars = rest.chars();
    let close = chars.next()?;
    let rest = chars.as_str();
    if !rest.starts_with(char::is_whitespace) || (open == '(') != (close == ')' && open == '(') {
        return None;
    }
    let words = Span::new(span.end - rest.len(), span.end).trim(text);
    if let Some(roman) = roman(number).filter(|_| close != '°' && close != 'º') {
        return Some((Marker::Number('I', close), roman, words));
    }
    let mut letters = number.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => {
            let marker = match (letter.is_ascii_lowercase(), close) {
                (true, ')') => open,
                (true, _) => close,
                (false, _) => 'A',
            };
            let first = u32::from('a');
            let count = u32::from(letter.to_ascii_lowercase()) - first + 1;
            let plain = ['.', ')'].contains(&close);
            plain.then_some((Marker::Letter(marker), count, words))
        }
        (Some(_), _) if number.len() <= 3 => {
            let number = number.parse().ok()?;
            Some((Marker::Number(open, close), number, words))
        }
        _ => None,
    }
}

/// "I", "IV", "XII": up to 39, in capitals.
fn roman(word: &str) -> Option<u32> {
    let rest = word.trim_start_matches('X');
    let tens = word.len() - rest.len();
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let ones = ones.iter().position(|one| *one == rest)?;
    let number = u32::try_from(10 * tens + ones).ok()?;
    (1..=39).contains(&number).then_some(number)
}

/// `2. Economic relations` after a gap, right above the lines that it heads.
fn leads_lines(lines: &Lines<'_>, at: usize, (marker, words): (Marker, Span)) -> bool {
    let listed = matches!(
        lines.form(at + 1),
        Form::Item(Marker::Sign(_), _) | Form::Heading(..)
    );
    let text = lines.running(at + 1).is_some_and(|span| {
        let shown = span.of(lines.text);
        let counted = numbered(lines.text, span);
        counted.map_or(shown.starts_with(char::is_uppercase), |(of, ..)| {
            of != marker
        })
    });
    let next = listed || text;
    lines.after_gap(at) && next && titles(words.of(lines.text))
}

/// `b) Visits to Peru` after a gap or another heading, right above a list or lines that begin with a day.
fn leads_list(lines: &Lines<'_>, at: usize, words: Span) -> bool {
    let below = lines.next_words(at).is_some_and(|next| {
        let signed = matches!(lines.form(next), Form::Item(Marker::Sign(_), _));
        let shown = lines.running(next).map(|span| span.of(lines.text));
        let dated = |shown: &str| shown.starts_with(|c: char| c.is_ascii_digit());
        let row = |shown: &str| shown.contains(['|', '\t']);
        signed || shown.is_some_and(|s| row(s) || dated(s) && numbered_words(s).is_none())
    });
    let shown = words.of(lines.text);
    let headed = at.checked_sub(1).map(|before| lines.form(before));
    let opens = lines.after_gap(at) || headed.is_some_and(|f| matches!(f, Form::Heading(..)));
    let named = shown.starts_with(char::is_uppercase);
    below && opens && named && titles(shown.trim_end_matches(':'))
}

/// The words of a line behind a number that counts it.
fn numbered_words(line: &str) -> Option<&str> {
    let (number, words) = line.split_once(' ')?;
    let counts = number.strip_suffix(['.', ')'])?;
    let short = counts.len() <= 2 && counts.bytes().all(|b| b.is_ascii_digit());
    short.then_some(words)
}

/// Whether the words of a line may be those of a heading: few, and without a stop.
pub(super) fn titles(shown: &str) -> bool {
    word_count(shown) <= 8 && !shown.ends_with(['.', ':', ';', ',', '!', '?'])
}

/// `2. Economic relations` alone between blank lines, before running text.
fn is_numbered_heading(lines: &Lines<'_>, at: usize, (marker, words): (Marker, Span)) -> bool {
    let shown = words.of(lines.text);
    let alone = lines.after_gap(at) && *lines.form(at + 1) == Form::Blank;
    let before_text = lines.next_words(at).is_some_and(|next| {
        let text = lines.running(next);
        let subheading = matches!(lines.form(next), Form::Heading(..));
        let counted = |next| numbered(lines.text, next).is_some_and(|(of, ..)| of == marker);
        let listed = matches!(lines.form(next), Form::Item(Marker::Sign(_), _));
        subheading || listed || text.is_some_and(|next| !counted(next))
    });
    alone && before_text && titles(shown)
}

/// `2. ECONOMIC RELATIONS` after a gap, above the text that it heads.
fn is_heading_in_capitals(lines: &Lines<'_>, at: usize, words: Span) -> bool {
    let shown = words.of(lines.text);
    let next = lines.next_words(at).map(|next| lines.words(next));
    let heads = next.is_some_and(|next| !in_capitals(next));
    lines.after_gap(at) && in_capitals(shown) && titles(shown) && heads
}
