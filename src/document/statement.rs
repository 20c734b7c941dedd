//! Marks of a ministry's statement or fact sheet: title line, headings in capitals or on lines of their own, labels, and questions with their answers.

use super::line::{Form, Lines, Marker, ends_sentence, in_capitals, word_count};
use super::list::begins_with_term;
use super::numbered::{titles, without_number};
use super::words::Words;
use crate::text::Span;

/// How much shorter than the widest a line may be that was wrapped at a width.
const RAGGED: usize = 25;

/// Joins the lines of paragraphs that were wrapped at a width.
pub(super) fn join_wrapped(lines: &mut Lines<'_>) {
    for (start, end) in lines.stretches() {
        let widths: Vec<usize> = (start..end)
            .map(|at| lines.words(at).chars().count())
            .collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        if !(50..=130).contains(&widest) {
            continue;
        }
        // A paragraph goes on behind each full line, and ends with the first that is shorter.
        let full = |at: &usize| widths.get(at - start).is_some_and(|w| w + RAGGED >= widest);
        let mut at = start;
        while at < end {
            let short = (at..end).find(|line| !full(line)).unwrap_or(end);
            let behind = (short + 1).min(end);
            join_paragraph(lines, at, behind, (at, behind) == (start, end));
            at = behind;
        }
    }
}

/// Joins the lines of one paragraph, where one of them begins in the middle of a sentence; of a stretch with others, those that do not end one.
fn join_paragraph(lines: &mut Lines<'_>, start: usize, end: usize, whole: bool) {
    // Lines that all begin with a capital or a number are a list, however alike their widths.
    let goes_on = |words: &str| words.starts_with(char::is_lowercase) && !begins_with_term(words);
    let broken = (start + 1..end).any(|at| goes_on(lines.words(at)));
    if !broken || end - start < 3 {
        return;
    }
    for at in start + 1..end {
        if whole || !ends_sentence(lines.words(at - 1)) {
            lines.set(at, Form::More(lines.line(at).span));
        }
    }
}

/// Joins a line that begins in the middle of a sentence to the one before, and an indented line to its list item.
pub(super) fn join_broken(lines: &mut Lines<'_>) {
    for at in 1..lines.len() {
        if lines.running(at).is_none() {
            continue;
        }
        let words = lines.words(at);
        let before = lines.words(at - 1);
        let small = words.starts_with(char::is_lowercase);
        let open = !before.ends_with([':', ';']) && !ends_sentence(before);
        let joins = match lines.form(at - 1) {
            Form::Item(..) => lines.line(at).indent > lines.line(at - 1).indent || (small && open),
            Form::More(_) | Form::Text(_) => small && open,
            Form::Blank
            | Form::Markup
            | Form::Title(_)
            | Form::Heading(..)
            | Form::HeaderRow(..)
            | Form::Row(..)
            | Form::Entry(..)
            | Form::Label(_) => false,
        };
        if joins {
            lines.set(at, Form::More(lines.line(at).span));
        }
    }
}

/// Marks the title: `= … =`, else the first line where it is short and no sentence; under a letterhead in capitals, the short line that stands
/// alone after it. Gives the line after the head of the document, where headings may begin.
pub(super) fn mark_title(lines: &mut Lines<'_>, of: &Words) -> usize {
    let Some(first) =
        (0..lines.len()).find(|&at| !matches!(lines.form(at), Form::Blank | Form::Markup))
    else {
        return 0;
    };
    if let Form::Heading(1, span) = *lines.form(first) {
        lines.set(first, Form::Title(span));
        return first + 1;
    }
    if lines.running(first).is_none() {
        return first;
    }
    let end = (first..lines.len())
        .find(|&at| lines.running(at).is_none())
        .unwrap_or(lines.len());
    if end > first + 1
        && in_capitals(lines.words(first))
        && let Some(title) = title_under_letterhead(lines, end)
    {
        lines.set(title, Form::Title(lines.line(title).span));
        return title + 1;
    }
    let words = lines.words(first);
    if word_count(words) > 30 || words.chars().count() > 200 || words.ends_with([':', ';', ',']) {
        return first;
    }
    if states(lines, first, of) {
        return first;
    }
    let span = lines.line(first).span;
    let stop = usize::from(words.ends_with('.') && !words.ends_with(".."));
    lines.set(
        first,
        Form::Title(Span::new(span.start, span.end - stop).trim(lines.text)),
    );
    end
}

/// Whether a first line is a sentence of the text: it ends as one, and begins as one ("The President visited …") or has nothing behind it.
fn states(lines: &Lines<'_>, at: usize, of: &Words) -> bool {
    let words = lines.words(at);
    let begins = words.split_whitespace().next();
    let function = begins.is_some_and(|word| of.function.contains(&word.to_lowercase()));
    words.ends_with('.') && word_count(words) >= 6 && (function || lines.next_words(at).is_none())
}

/// The short line that stands alone after a letterhead that ends at `end`, with a longer line after it.
fn title_under_letterhead(lines: &Lines<'_>, end: usize) -> Option<usize> {
    let title = lines.next_words(end - 1)?;
    let words = lines.words(title);
    let short = word_count(words) <= 30 && !ends_sentence(words);
    let follows = lines.running(lines.next_words(title)?)?;
    (stands_alone(lines, title) && short && follows.len() > words.len()).then_some(title)
}

/// Whether a line of text stands between blank lines.
fn stands_alone(lines: &Lines<'_>, at: usize) -> bool {
    lines.running(at).is_some() && lines.after_gap(at) && *lines.form(at + 1) == Form::Blank
}

/// Marks headings without markup, in documents that have no headings with markup but the title: lines in capitals, and short lines without a
/// stop that open a stretch of text or a list.
pub(super) fn mark_plain_headings(lines: &mut Lines<'_>, head: usize) {
    let marked = (0..lines.len())
        .any(|at| lines.words(at).starts_with("==") && matches!(lines.form(at), Form::Heading(..)));
    if marked {
        return;
    }
    let mut outer = (0..lines.len()).any(|at| matches!(lines.form(at), Form::Heading(..)));
    for at in head..lines.len() {
        let Some(span) = lines.running(at) else {
            continue;
        };
        let words = lines.words(at);
        if lines.after_gap(at)
            && in_capitals(words)
            && word_count(words) <= 14
            && !words.ends_with(':')
            && lines.next_words(at).is_some()
        {
            outer = true;
            lines.set(at, Form::Heading(2, span));
        }
    }
    let candidates: Vec<usize> = (head..lines.len())
        .filter(|&at| may_be_heading(lines, at))
        .collect();
    for &at in &candidates {
        let neighbour =
            |near: Option<usize>| near.is_some_and(|near| candidates.binary_search(&near).is_ok());
        if neighbour(lines.next_words(at)) && neighbour(lines.previous_words(at)) {
            continue;
        }
        let level = if outer { 3 } else { 2 };
        lines.set(at, Form::Heading(level, lines.line(at).span));
    }
}

/// A short line after a gap, without a stop at its end, with longer text, a list, a table or a gap after it.
fn may_be_heading(lines: &Lines<'_>, at: usize) -> bool {
    let words = lines.words(at);
    let next = lines.next_words(at).map(|next| lines.form(next));
    let tabled = matches!(next, Some(Form::HeaderRow(..) | Form::Item(..)));
    // "Countries with which Peru has established diplomatic relations", right above their table.
    let (most, length) = if tabled { (14, 110) } else { (8, 70) };
    let short = word_count(words) <= most && words.chars().count() <= length;
    let named = words.starts_with(char::is_uppercase)
        && !words.ends_with(['.', ':', ';', ',', '!', '?', '…'])
        && !words.contains(": ");
    if lines.running(at).is_none() || !short || !named || !lines.after_gap(at) {
        return false;
    }
    let Some(next) = lines.next_words(at) else {
        return false;
    };
    let after_colon = lines
        .previous_words(at)
        .is_some_and(|before| lines.words(before).ends_with(':'));
    let opens = match lines.form(next) {
        Form::Text(span) => {
            next > at + 1
                || span.len() > 2 * words.len() && ends_sentence(span.of(lines.text))
                || span.len() > 160
                || leads_list(lines, next)
        }
        Form::Item(..)
        | Form::HeaderRow(..)
        | Form::Row(..)
        | Form::Entry(..)
        | Form::Label(_)
        | Form::Heading(..) => true,
        Form::Blank | Form::Markup | Form::Title(_) | Form::More(_) => false,
    };
    opens && !after_colon
}

/// Whether a line is the label of a list right below it: "Visits" / "To Chile" / "- President X, 3 May 2001".
fn leads_list(lines: &Lines<'_>, at: usize) -> bool {
    let words = lines.words(at);
    let listed = matches!(lines.form(at + 1), Form::Item(..) | Form::HeaderRow(..));
    listed && word_count(words) <= 8 && !ends_sentence(words)
}

/// Marks labels: short lines without a stop right before a list or table, and short lines that end in a colon.
pub(super) fn mark_labels(lines: &mut Lines<'_>) {
    for at in 0..lines.len() {
        let tabled = matches!(
            lines.form(at + 1),
            Form::HeaderRow(..) | Form::Row(..) | Form::Item(Marker::Bare, _)
        );
        // "b) Ministers" right above the rows or lines that it heads, "b) Visits to Peru" above those with a sign.
        let signed = matches!(lines.form(at + 1), Form::Item(Marker::Sign(_), _));
        let heads = |span: &Span| {
            let shown = span.of(lines.text);
            let plain = !shown.contains(|c: char| c.is_ascii_digit());
            tabled || signed && plain && titles(shown)
        };
        let counted =
            if let Form::Item(Marker::Letter(_) | Marker::Number(..), span) = lines.form(at) {
                Some(*span).filter(heads)
            } else {
                None
            };
        let Some(span) = lines.running(at).or(counted) else {
            continue;
        };
        let words = without_number(lines.words(at));
        let one = !words.contains(". ") && !words.ends_with(['.', '!', '?', '…']);
        if !one || word_count(words) > 20 || matches!(lines.form(at + 1), Form::More(_)) {
            continue;
        }
        let listed = matches!(
            lines.form(at + 1),
            Form::Item(..) | Form::HeaderRow(..) | Form::Row(..) | Form::Entry(..)
        );
        if listed || words.ends_with(':') {
            lines.set(at, Form::Label(span));
        }
    }
}

/// Who speaks in a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The text itself.
    Text,
    /// Someone asks.
    Question,
    /// The answer.
    Answer,
}

/// Cuts running text at the signs of question and answer (`Q - … ? R - …`), which may follow a sentence without a space. The signs belong to no
/// part. `asked` says whether a question of the text before still waits for its answer, and is brought up to date.
pub(super) fn turns(text: &str, span: Span, words: &Words, asked: &mut bool) -> Vec<(Turn, Span)> {
    let mut parts = Vec::new();
    let (mut turn, mut start) = (Turn::Text, span.start);
    let mut at = span.start;
    loop {
        let sought = if *asked {
            &words.answers
        } else {
            &words.questions
        };
        let rest = Span::new(at, span.end).of(text);
        let Some(ahead) = rest.bytes().position(|byte| sought.begins(byte)) else {
            break;
        };
        at += ahead;
        let rest = Span::new(at, span.end).of(text);
        let found = sign(rest, &sought.signs)
            .filter(|_| turn_begins(Span::new(span.start, at).of(text)))
            .filter(|&after| {
                *asked
                    || rest
                        .get(after..)
                        .is_some_and(|question| question.contains('?'))
            });
        match found {
            Some(after) => {
                parts.push((turn, Span::new(start, at).trim(text)));
                turn = if *asked { Turn::Answer } else { Turn::Question };
                *asked = !*asked;
                at += after;
                start = at;
            }
            // Signs begin with a letter of one byte.
            None => at += 1,
        }
    }
    parts.push((turn, Span::new(start, span.end).trim(text)));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// Whether a speaker may begin after these words: at the start, or after the end of a sentence.
fn turn_begins(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || ends_sentence(before)
}

/// Length of a sign such as `Q - ` at the start of the text, with the white space after it.
fn sign(rest: &str, signs: &[String]) -> Option<usize> {
    signs.iter().find_map(|sign| {
        let after = rest.strip_prefix(sign.as_str())?;
        let mark = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let end = mark.strip_prefix(['-', '–', '—', ':', '.'])?;
        let end = end.strip_prefix(['-', '–', '—']).unwrap_or(end);
        let words = end.trim_start();
        (words.len() < end.len()).then_some(rest.len() - words.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    fn shown(text: &str) -> Vec<(Turn, &str)> {
        let words = Words::of(Lang::Fr);
        let span = Span::new(0, text.len());
        turns(text, span, words, &mut false)
            .into_iter()
            .map(|(turn, span)| (turn, span.of(text)))
            .collect()
    }

    #[test]
    fn questions_glued_to_the_text_are_cut_out() {
        assert_eq!(
            shown("Il l'a dit.Q - Viendra-t-il ?R - Oui. Q : Quand ? R : Bientôt."),
            [
                (Turn::Text, "Il l'a dit."),
                (Turn::Question, "Viendra-t-il ?"),
                (Turn::Answer, "Oui."),
                (Turn::Question, "Quand ?"),
                (Turn::Answer, "Bientôt."),
            ]
        );
    }

    #[test]
    fn an_initial_asks_nothing() {
        assert_eq!(shown("Ils sont là. Q. Dupont part.").len(), 1);
    }
}
