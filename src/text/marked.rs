//! A stretch of a text and names for parts of it → its words, with carets under each part and the part's name below.

use super::Span;
use unicode_normalization::char::is_combining_mark;

/// A character as shown, and the byte that it stands at.
type Shown = (char, usize);

/// The words of `span` on lines of at most `width` characters (a longer word has a line of its own), white space made one space. Under the words of
/// each mark stand carets, and its name below them; marks of one stretch share their carets, and names that would run into each other stand in
/// rows of their own. A mark without a name has carets alone; one that does not lie in `span` is left out.
///
/// ```
/// use chancery::text::{Span, marked};
/// let text = "Peru opened an embassy.";
/// let marks = [(Span::new(0, 4), "who"), (Span::new(5, 11), "trigger")];
/// let lines = ["Peru opened an embassy.", "^^^^ ^^^^^^", "who  trigger"];
/// assert_eq!(marked(text, Span::new(0, text.len()), &marks, 80), lines);
/// ```
#[must_use]
pub fn marked(text: &str, span: Span, marks: &[(Span, &str)], width: usize) -> Vec<String> {
    let mut named: Vec<(Span, String)> = Vec::new();
    for (at, name) in marks {
        match named.iter_mut().find(|(known, _)| known == at) {
            Some((_, names)) if names.split(", ").all(|n| n != *name) => {
                names.push_str(if names.is_empty() { "" } else { ", " });
                names.push_str(name);
            }
            Some(_) => {}
            None => named.push((*at, (*name).to_owned())),
        }
    }
    named.sort_by_key(|(at, _)| (at.start, usize::MAX - at.end));
    let mut shown = Vec::new();
    for line in wrapped(text, span, width) {
        shown.push(line.iter().map(|(c, _)| c).collect());
        shown.extend(under(&line, &named));
    }
    shown
}

/// The words of a span, broken into lines.
fn wrapped(text: &str, span: Span, width: usize) -> Vec<Vec<Shown>> {
    let mut lines: Vec<Vec<Shown>> = vec![Vec::new()];
    let mut at = span.start;
    for part in span.of(text).split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let from = at;
        at += part.len();
        if word.is_empty() {
            continue;
        }
        let letters = word.char_indices().map(|(i, c)| (c, from + i));
        if let Some(line) = lines.last_mut().filter(|line| !line.is_empty()) {
            if columns(line) + 1 + word.chars().count() <= width {
                // The space takes the byte before its word, so that a mark over two words has no gap.
                line.push((' ', from.saturating_sub(1)));
                line.extend(letters);
            } else {
                lines.push(letters.collect());
            }
        } else if let Some(line) = lines.last_mut() {
            line.extend(letters);
        }
    }
    lines
}

/// How many columns characters take; accents that stand over the letter before them take none.
fn columns(line: &[Shown]) -> usize {
    line.iter().filter(|(c, _)| !is_combining_mark(*c)).count()
}

/// Rows of carets and names for the marks in a line, as few as there can be without one name running into the next.
fn under(line: &[Shown], marks: &[(Span, String)]) -> Vec<String> {
    let mut rows: Vec<(String, String)> = Vec::new();
    for (span, name) in marks {
        let covered = |(_, at): &Shown| span.start <= *at && *at < span.end;
        let Some(first) = line.iter().position(|c| covered(c) && c.0 != ' ') else {
            continue;
        };
        let last = line.iter().rposition(covered).unwrap_or(first);
        let column = columns(line.get(..first).unwrap_or(&[]));
        let carets = columns(line.get(first..=last).unwrap_or(&[])).max(1);
        // A name stands once, where the words begin.
        let begins = line.get(first).is_some_and(|(_, at)| *at == span.start);
        let name = if begins { name.as_str() } else { "" };
        let free = |row: &(String, String)| {
            let used = row.0.chars().count().max(row.1.chars().count());
            used == 0 || used < column
        };
        let at = rows.iter().position(free).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push((String::new(), String::new()));
        }
        if let Some((under, names)) = rows.get_mut(at) {
            let pad = |row: &str| " ".repeat(column.saturating_sub(row.chars().count()));
            under.push_str(&format!("{}{}", pad(under), "^".repeat(carets)));
            if !name.is_empty() {
                names.push_str(&format!("{}{name}", pad(names)));
            }
        }
    }
    let lines = rows.into_iter().flat_map(|(carets, names)| [carets, names]);
    lines.filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, marks: &[(&str, &str)], width: usize) -> Vec<String> {
        let spans: Vec<(Span, &str)> = marks
            .iter()
            .map(|(words, name)| {
                let at = text.find(words).unwrap();
                (Span::new(at, at + words.len()), *name)
            })
            .collect();
        marked(text, Span::new(0, text.len()), &spans, width)
    }

    #[test]
    fn names_that_would_touch_stand_in_rows_of_their_own() {
        let marks = [
            ("Soto", "visitor"),
            ("came", "trigger"),
            ("Lima", "city"),
            ("Lima", "to"),
            ("Lima", "to"),
        ];
        let wanted = [
            "Ana Soto came to Lima.",
            "    ^^^^         ^^^^",
            "    visitor      city, to",
            "         ^^^^",
            "         trigger",
        ];
        assert_eq!(show("Ana Soto came to Lima.", &marks, 80), wanted);
    }

    #[test]
    fn long_stretches_are_wrapped_and_accents_keep_their_columns() {
        let text = "E\u{301}tienne\n  a visité  le Pérou.";
        let marks = [("visité  le", "x"), ("Pérou", "to")];
        let wanted = [
            "E\u{301}tienne a visité",
            "          ^^^^^^",
            "          x",
            "le Pérou.",
            "^^ ^^^^^",
            "   to",
        ];
        assert_eq!(show(text, &marks, 17), wanted);
    }

    #[test]
    fn marks_outside_are_left_out() {
        let text = "one two";
        let shown = marked(text, Span::new(0, 3), &[(Span::new(4, 7), "x")], 80);
        assert_eq!(shown, ["one"]);
    }
}
