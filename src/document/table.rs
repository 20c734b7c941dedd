//! Lines → table rows with their cells: `| a | b |`, tabs, columns set apart by spaces or leaders, ` / ` or ` | ` between the cells.

use super::line::{Form, Lines};
use super::term::is_term;
use crate::text::Span;

/// How many dots a leader has at least.
const LEADER: usize = 3;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// `| a | b |`
    Pipes,
    /// A tab, two spaces and more, or a leader of dots.
    Columns,
    /// ` / `
    Slash,
    /// ` | `
    Bar,
    /// ` || `
    DoubleBar,
    /// ` · `
    Dot,
    /// ` — `
    Dash,
    /// `;`
    Semicolon,
}

const SEPARATORS: &[Separator] = &[
    Separator::Pipes,
    Separator::Columns,
    Separator::Bar,
    Separator::DoubleBar,
    Separator::Slash,
    Separator::Dot,
    Separator::Dash,
    Separator::Semicolon,
];

/// Marks tables: neighbouring lines (text or bullets) with the same separator; the first row is the header where it has no number.
pub(super) fn mark(lines: &mut Lines<'_>) {
    let mut at = 0;
    while at < lines.len() {
        // "{| class="wikitable"", not "{| Ministers", which says what the rows are.
        if lines.words(at).starts_with("{|") && lines.words(at).contains('=') {
            lines.set(at, Form::Markup);
        }
        let found = SEPARATORS
            .iter()
            .find_map(|&separator| table_at(lines, at, separator));
        match found {
            Some(rows) => {
                let last = rows.last().map_or(at, |(row, _)| *row);
                set_rows(lines, rows);
                at = last + 1;
            }
            None => at += 1,
        }
    }
}

/// The rows (line, cells) of the table that begins at a line.
fn table_at(
    lines: &Lines<'_>,
    start: usize,
    separator: Separator,
) -> Option<Vec<(usize, Vec<Span>)>> {
    // "| 2021 | 2022" over "Exports | 1.5 | 2.5": the first column has no head.
    let headless = separator == Separator::Bar && lines.words(start).starts_with("| ");
    let first = if headless {
        Separator::Pipes
    } else {
        separator
    };
    let mut first = row(lines, start, first, None)?;
    // Years over columns set apart by spaces: the first column has no head.
    let next = || row(lines, start + 1, separator, Some(first.len() + 1));
    if (separator == Separator::Columns || headless)
        && first.len() > 1
        && first.iter().all(|cell| is_fiscal_year(cell.of(lines.text)))
        && next().is_some_and(|cells| cells.len() == first.len() + 1)
    {
        let at = first.first().map_or(0, |cell| cell.start);
        first.insert(0, Span::new(at, at));
    }
    let width = first.len();
    let mut rows = vec![(start, first)];
    for at in start + 1..lines.len() {
        match lines.form(at) {
            Form::Markup => continue,
            Form::Text(_) | Form::Item(..) => match row(lines, at, separator, Some(width)) {
                Some(cells) if cells.len() <= width || separator == Separator::Pipes => {
                    // Two cells parted by a slash make a table only where bullets follow a line of text.
                    let listed = matches!(lines.form(at), Form::Item(..));
                    let slight = separator != Separator::Pipes && separator != Separator::Columns;
                    let headed = listed && lines.running(start).is_some();
                    if slight && width < 3 && !headed && !holds_term(lines.text, &cells) {
                        return None;
                    }
                    rows.push((at, cells))
                }
                _ => break,
            },
            Form::Blank
            | Form::Title(_)
            | Form::Heading(..)
            | Form::HeaderRow(..)
            | Form::Row(..)
            | Form::Entry(..)
            | Form::Label(_)
            | Form::More(_) => break,
        }
    }
    let headed = lines.running(start).is_some()
        && rows
            .iter()
            .skip(1)
            .all(|&(at, _)| matches!(lines.form(at), Form::Item(..)));
    let terms = || {
        rows.iter()
            .skip(1)
            .all(|(_, cells)| holds_term(lines.text, cells))
    };
    let bars = || {
        let next = rows.len() == 1 && start + 1 < lines.len();
        next && row(lines, start + 1, Separator::Bar, None).is_some_and(|c| c.len() > width)
    };
    let enough = match separator {
        Separator::Pipes => !bars(),
        Separator::Columns => rows.len() >= 2 || leader(lines.words(start)).is_some(),
        Separator::Slash | Separator::Bar => {
            rows.len() >= 2 && (width >= 3 || headed) || rows.len() >= 3 && terms()
        }
        // "Lima · Quito · La Paz" over "Oslo · Riga · Bern" is no table: rows of three cells and more hold numbers.
        Separator::DoubleBar | Separator::Dot => {
            let number = |(at, _): &(usize, Vec<Span>)| {
                lines.words(*at).contains(|c: char| c.is_ascii_digit())
            };
            rows.len() >= 2 && width >= 3 && rows.iter().skip(1).all(number)
                || rows.len() >= 3 && terms()
        }
        // "Year — Exports — Imports" over years and numbers.
        Separator::Dash => {
            let year = |cells: &[Span]| cells.first().is_some_and(|c| is_year(c.of(lines.text)));
            rows.len() >= 2 && width >= 3 && rows.iter().skip(1).all(|(_, cells)| year(cells))
        }
        // A stretch of prose may have as many.
        Separator::Semicolon => rows.len() >= 3 && terms(),
    };
    enough.then_some(rows)
}

/// Whether one of the cells is a term ("1951–1953") and another is none.
fn holds_term(text: &str, cells: &[Span]) -> bool {
    let terms = cells.iter().filter(|cell| is_term(cell.of(text))).count();
    terms > 0 && terms < cells.len()
}

/// The cells of a line; a bullet before them is left out unless only with it the row is as wide as the header.
fn row(
    lines: &Lines<'_>,
    at: usize,
    separator: Separator,
    width: Option<usize>,
) -> Option<Vec<Span>> {
    let whole = lines.line(at).span;
    let words = match lines.form(at) {
        Form::Text(span) | Form::Item(_, span) => *span,
        Form::Blank
        | Form::Markup
        | Form::Title(_)
        | Form::Heading(..)
        | Form::HeaderRow(..)
        | Form::Row(..)
        | Form::Entry(..)
        | Form::Label(_)
        | Form::More(_) => return None,
    };
    let inner = cells(lines.text, words, separator);
    let narrow = |width| inner.as_ref().is_none_or(|inner| inner.len() < width);
    if let Some(width) = width.filter(|&width| separator == Separator::Columns && narrow(width))
        && let Some(outer) = cells(lines.text, whole, separator)
        && outer.len() == width
    {
        return Some(outer);
    }
    inner
}

/// Cuts a line at a separator; `None` where it has fewer than two cells, or reads like prose.
fn cells(text: &str, span: Span, separator: Separator) -> Option<Vec<Span>> {
    let words = span.of(text);
    let borders: Vec<(usize, usize)> = match separator {
        Separator::Pipes => {
            // "! Name !! From" over "| Ann Lee || 1951": the rows of wikitext.
            let head = || words.strip_prefix('!').filter(|w| w.contains("!!"));
            let inner = words.strip_prefix('|').or_else(head)?;
            let inner = inner.strip_suffix('|').unwrap_or(inner);
            let start = span.start + 1;
            let inside = Span::new(start, start + inner.len());
            let marks = ["!!", "||"];
            let mark = marks.into_iter().find(|mark| inner.contains(mark));
            let cut = inner
                .match_indices(mark.unwrap_or("|"))
                .map(|(at, mark)| (at, at + mark.len()))
                .collect();
            return Some(between(text, inside, cut));
        }
        Separator::Columns => gaps(words),
        Separator::Slash => marked(words, " / ")?,
        Separator::Bar => marked(words, " | ")?,
        Separator::DoubleBar => marked(words, " || ")?,
        Separator::Dot => marked(words, " · ")?,
        Separator::Dash => marked(words, " — ")?,
        Separator::Semicolon if words.chars().count() > 200 => return None,
        Separator::Semicolon => words
            .match_indices(';')
            .map(|(at, mark)| (at, at + mark.len()))
            .collect(),
    };
    if borders.is_empty() {
        return None;
    }
    let found = between(text, span, borders);
    let last = found.len() - 1;
    let prose = found.iter().enumerate().any(|(index, cell)| {
        let words = cell.of(text);
        let length = words.chars().count();
        let stopped = words.ends_with(['.', '!', '?', ':', ';']) && !is_shortened(words);
        length > 120 || (index < last && length > 6 && stopped)
    });
    (!prose).then_some(found)
}

/// Where a mark stands between cells; the last cell behind it may be empty ("Ana Soto · 2021 ·").
fn marked(words: &str, mark: &str) -> Option<Vec<(usize, usize)>> {
    let whole = words
        .match_indices(mark)
        .map(|(at, mark)| (at, at + mark.len()));
    let last = words
        .strip_suffix(mark.trim_end())
        .map(|rest| (rest.len(), words.len()));
    let found: Vec<(usize, usize)> = whole.collect();
    (!found.is_empty()).then(|| found.into_iter().chain(last).collect())
}

/// Whether the last word is a short form with stops of its own (`John Lee, S.J.`, `M.C.C.J.`), or two or three letters (`Jr.`).
fn is_shortened(words: &str) -> bool {
    let Some(word) = words
        .strip_suffix('.')
        .and_then(|w| w.split(' ').next_back())
    else {
        return false;
    };
    let letters = || word.chars().filter(|c| *c != '.');
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 3);
    let short = word.starts_with(char::is_uppercase) && letters().count() <= 3;
    (dotted || short) && letters().all(char::is_alphabetic)
}

/// The stretches between borders, trimmed; an empty cell is an empty span in its place.
fn between(text: &str, span: Span, borders: Vec<(usize, usize)>) -> Vec<Span> {
    let mut found = Vec::with_capacity(borders.len() + 1);
    let mut start = span.start;
    for (from, to) in borders {
        found.push(Span::new(start, span.start + from).trim(text));
        start = span.start + to;
    }
    found.push(Span::new(start, span.end).trim(text));
    found
}

/// Tabs, runs of two or more spaces, and leaders (`Name ..... 1951`, `Name . . . . 1951`).
fn gaps(words: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let bytes = words.as_bytes();
    if let Some(leader) = leader(words) {
        found.push(leader);
        return found;
    }
    // The last byte of a no-break space.
    if !bytes.contains(&b'\t') && !bytes.contains(&0xa0) && !words.contains("  ") {
        return found;
    }
    let mut open: Option<(usize, usize, bool)> = None;
    for (at, c) in words.char_indices() {
        if c == ' ' || c == '\t' || c == '\u{a0}' {
            let (start, count, tab) = open.unwrap_or((at, 0, false));
            open = Some((start, count + 1, tab || c == '\t'));
        } else if let Some((start, count, tab)) = open.take()
            && (count >= 2 || tab)
        {
            found.push((start, at));
        }
    }
    found
}

/// The first run of three dots or more, close together or apart, that stands between spaces.
fn leader(words: &str) -> Option<(usize, usize)> {
    words.match_indices(" .").find_map(|(at, _)| {
        let rest = words.get(at..)?;
        let behind = rest.trim_start_matches([' ', '.']);
        let led = rest.get(..rest.len() - behind.len())?;
        let dots = led.bytes().filter(|b| *b == b'.').count();
        (dots >= LEADER && led.ends_with(' ')).then(|| (at, words.len() - behind.len()))
    })
}

/// Whether a cell is a year.
fn is_year(words: &str) -> bool {
    let year = words.parse::<u16>().ok();
    words.len() == 4 && year.is_some_and(|year| (1800..=2100).contains(&year))
}

/// Whether a cell is a year, also one that begins within it: "2016", "2016-17", "2016/2017".
fn is_fiscal_year(words: &str) -> bool {
    let next = |w: &str| is_year(w) || w.len() == 2 && w.bytes().all(|b| b.is_ascii_digit());
    let parts = words.split_once(['-', '–', '/']);
    parts.map_or_else(
        || is_year(words),
        |(first, second)| is_year(first) && next(second),
    )
}

fn set_rows(lines: &mut Lines<'_>, rows: Vec<(usize, Vec<Span>)>) {
    let several = rows.len() > 1;
    let years = |cells: &[Span]| {
        let own = cells.get(1..).unwrap_or(&[]);
        own.len() > 1 && own.iter().all(|cell| is_fiscal_year(cell.of(lines.text)))
    };
    // "| | 2021 | 2022 |" over numbers, not "Ann Lee | 1951 | 1953" over others of the kind.
    let headed = rows.first().is_some_and(|(_, cells)| years(cells))
        && rows.iter().skip(1).all(|(_, cells)| !years(cells));
    let numbered = |cell: &Span| cell.of(lines.text).chars().any(|c| c.is_ascii_digit());
    let noted = noted(lines.text, &rows);
    for (index, (at, cells)) in rows.into_iter().enumerate() {
        let numbers = cells.iter().any(numbered);
        let span = match (cells.first(), cells.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => lines.line(at).span,
        };
        let form = if index == 0 && several && (!numbers || headed || noted) {
            Form::HeaderRow(span, cells)
        } else {
            Form::Row(span, cells)
        };
        lines.set(at, form);
    }
}

/// "State | Opened | Head of mission (2022)" over rows with their years elsewhere: whether the first row has no number but a year in the brackets of
/// one of its cells, and each row below has one in a column whose head has none.
fn noted(text: &str, rows: &[(usize, Vec<Span>)]) -> bool {
    let Some(((_, heads), rest)) = rows.split_first() else {
        return false;
    };
    let numbered = |words: &str| words.chars().any(|c| c.is_ascii_digit());
    let mut years = heads.iter().filter(|cell| numbered(cell.of(text)));
    let year = years.next().map(|cell| cell.of(text));
    let bracketed = year.is_some_and(|words| {
        words
            .split_once('(')
            .is_some_and(|(before, _)| !numbered(before) && !before.trim().is_empty())
    });
    let below = |cells: &[Span]| {
        let mut columns = cells.iter().zip(heads);
        columns.any(|(cell, head)| numbered(cell.of(text)) && !numbered(head.of(text)))
    };
    let only = years.next().is_none() && heads.len() > 2;
    bracketed && only && rest.iter().all(|(_, cells)| below(cells))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::list;

    fn shown(text: &str) -> Vec<Vec<&str>> {
        let mut lines = Lines::new(text);
        list::mark_bullets(&mut lines);
        mark(&mut lines);
        (0..lines.len())
            .filter_map(|at| {
                if let Form::HeaderRow(_, cells) | Form::Row(_, cells) = lines.form(at) {
                    Some(cells.iter().map(|cell| cell.of(text)).collect())
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn cells_of_every_layout() {
        assert_eq!(
            shown("| Title | Signed |\n|---|---|\n| Pact | |\n"),
            [["Title", "Signed"], ["Pact", ""]]
        );
        assert_eq!(
            shown(
                "{| class=\"wikitable\"\n! Name !! From\n|-\n| Ann Lee || 1951\n|-\n| Paul Roe || 1953\n|}\n"
            ),
            [["Name", "From"], ["Ann Lee", "1951"], ["Paul Roe", "1953"]]
        );
        assert_eq!(
            shown("Name / From / To\n- Ann Lee / 1951 / —\n"),
            [["Name", "From", "To"], ["Ann Lee", "1951", "—"]]
        );
        assert_eq!(
            shown("No.    Name    Years\n-    Ann Lee    1951\n"),
            [["No.", "Name", "Years"], ["-", "Ann Lee", "1951"]]
        );
    }

    #[test]
    fn years_head_columns() {
        let headed = |text: &str| {
            let mut lines = Lines::new(text);
            mark(&mut lines);
            matches!(lines.form(0), Form::HeaderRow(..))
        };
        assert!(headed("| | 2021 | 2022 |\n| Exports | 1.5 | 2.5 |\n"));
        assert!(headed("          2021   2022\nExports   1.5    2.5\n"));
        assert!(headed("          | 2021 | 2022\nExports | 1.5 | 2.5\n"));
        assert!(headed("Year — Exports — Imports\n2021 — 1.5 — 2.5\n"));
        assert!(!headed("Ann Lee | 1951 | 1953\nBob Ray | 1953 | 1960\n"));
    }

    #[test]
    fn leaders_and_short_forms_part_cells() {
        assert_eq!(
            shown("Ann Lee ...... 1951-1953\nBob Ray ..... 1953-1960\n"),
            [["Ann Lee", "1951-1953"], ["Bob Ray", "1953-1960"]]
        );
        assert_eq!(
            shown("Ann Lee . . . . May 1951 – 1953\n"),
            [["Ann Lee", "May 1951 – 1953"]]
        );
        assert_eq!(
            shown("1951 | Ann Lee, S.M.A. | nuncio\n1953 | Bob Ray Jr. | nuncio\n"),
            [
                ["1951", "Ann Lee, S.M.A.", "nuncio"],
                ["1953", "Bob Ray Jr.", "nuncio"]
            ]
        );
    }

    #[test]
    fn prose_is_no_table() {
        assert!(
            shown("They met here.  Then they left.\nThey met again.  Nobody came.\n").is_empty()
        );
        assert!(shown("- Ann Lee / Bob Ray\n- Ann Lee / Cy Orr\n").is_empty());
    }
}
