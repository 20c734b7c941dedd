//! A line of text with carets under the words that a span covers.

use super::{Span, TextIndex};

/// The line where `span` starts and, under it, carets below the covered words; long lines are cut around the span at word borders.
#[must_use]
pub fn excerpt(text: &str, span: Span) -> String {
    const AROUND: usize = 60;
    let before = text.get(..span.start).unwrap_or("");
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text
        .get(span.start..)
        .and_then(|s| s.find('\n'))
        .map_or(text.len(), |at| span.start + at);
    let end = span.end.min(line_end);
    let left: Vec<char> = text
        .get(line_start..span.start)
        .unwrap_or("")
        .chars()
        .collect();
    let right: Vec<char> = text.get(end..line_end).unwrap_or("").chars().collect();
    let cut_left = left.len() > AROUND;
    let cut_right = right.len() > AROUND;
    let head: String = left
        .iter()
        .skip(left.len().saturating_sub(AROUND))
        .collect();
    let tail: String = right.iter().take(AROUND).collect();
    let words = text.get(span.start..end).unwrap_or("");
    let head = format!("{}{head}", if cut_left { "…" } else { "" });
    let tail = format!("{tail}{}", if cut_right { "…" } else { "" });
    let number = TextIndex::new(text).position(span.start).line.to_string();
    let gutter = " ".repeat(number.len());
    let indent = " ".repeat(head.chars().count());
    let carets = "^".repeat(words.chars().count().max(1));
    format!("{number} | {head}{words}{tail}\n{gutter} | {indent}{carets}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_at_the_words() {
        let text = "one\nthe état speaks";
        let shown = excerpt(text, Span::new(8, 13));
        assert_eq!(shown, "2 | the état speaks\n  |     ^^^^");
    }
}
