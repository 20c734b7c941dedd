//! Lines → list items: bullets, numbers, and lines without a bullet that their neighbours show to be a list.

use super::line::{Form, Lines, Marker, ends_sentence, word_count};
use super::numbered::{mark_numbered, without_number};
use super::term::{after_term, before_term, is_term, may_name};
use crate::text::Span;

const SIGNS: &[char] = &[
    '-', '*', '•', '·', '–', '—', '‣', '▪', '●', '○', '◦', '■', '‐', '−', '#', '+',
];

/// Signs that stand twice before an item of a list in an item.
const NESTED: &[char] = &['*', '#'];

/// How many of such signs a line begins with more than one.
pub(super) fn nested(line: &str) -> usize {
    let first = line.chars().next().filter(|c| NESTED.contains(c));
    let signs = first.map_or(0, |sign| line.chars().take_while(|c| *c == sign).count());
    signs.saturating_sub(1)
}

/// Marks the lines that begin with a bullet or with a number of a running count.
pub(super) fn mark_bullets(lines: &mut Lines<'_>) {
    for at in 0..lines.len() {
        let Some(span) = lines.running(at) else {
            continue;
        };
        if let Some((sign, words)) = signed(lines.text, span) {
            lines.set(at, Form::Item(Marker::Sign(sign), words));
        }
    }
    mark_numbered(lines);
}

/// The sign that a line begins with, and the words after it.
fn signed(text: &str, span: Span) -> Option<(char, Span)> {
    let mut chars = span.of(text).chars();
    let sign = chars.next().filter(|c| SIGNS.contains(c))?;
    // "** Berlin": an item of the list in an item.
    let rest = chars
        .as_str()
        .trim_start_matches(|c| NESTED.contains(&sign) && c == sign);
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let sign = match sign {
        '–' | '—' | '‐' | '−' => '-',
        other => other,
    };
    let words = Span::new(span.end - rest.len(), span.end).trim(text);
    (!words.is_empty()).then_some((sign, words))
}

/// Marks lists without bullets: short lines right after a line that ends in a colon, and neighbouring lines that each begin with a date
/// (`20 April 1943: …`, `April 2023 — …`).
pub(super) fn mark_bare(lines: &mut Lines<'_>) {
    mark_pairs(lines);
    for (start, end) in lines.stretches() {
        let mut at = start;
        while at < end {
            let stop = dated_run(lines, at, end);
            if stop >= at + 2 {
                set_bare(lines, at, stop);
                at = stop;
                continue;
            }
            let stop = holders(lines, at, end);
            if stop > at {
                for line in at..stop {
                    if !parts_holders(lines, line, end) {
                        set_bare(lines, line, line + 1);
                    }
                }
                at = stop;
                continue;
            }
            // "To Peru:" among them is the next label.
            let label = |line: usize| {
                let words = lines.words(line);
                words.ends_with(':') && word_count(words) <= LABEL
            };
            let last = (at + 1..end).find(|&next| label(next)).unwrap_or(end);
            if lines.words(at).ends_with(':') && end >= at + 3 {
                let short = (at + 1..last).all(|next| lines.words(next).chars().count() <= 200);
                if short && !ends_sentence(lines.words(at + 1)) {
                    set_bare(lines, at + 1, last);
                    at = last;
                    continue;
                }
            }
            at += 1;
        }
    }
}

/// Marks lists of which each item is a line with a name and one with a term, in either order.
fn mark_pairs(lines: &mut Lines<'_>) {
    let running: Vec<usize> = (0..lines.len())
        .filter(|&at| lines.running(at).is_some() && is_short(lines.words(at)))
        .collect();
    let pairs: Vec<(usize, bool)> = running
        .iter()
        .filter_map(|&at| {
            lines.running(at + 1)?;
            let (first, second) = (lines.words(at), lines.words(at + 1));
            if !is_short(second) {
                return None;
            }
            let (name, term) = (may_name(first), is_term(first));
            let named = name && !term && is_term(second);
            let termed = term && !name && may_name(second) && !is_term(second);
            (named || termed).then_some((at, named))
        })
        .collect();
    let mut end = 0;
    let mut kind = None;
    for (index, &(at, named)) in pairs.iter().enumerate() {
        let follows = end > 0 && lines.next_words(end - 1) == Some(at) && kind == Some(named);
        let ahead = pairs.get(index + 1..).unwrap_or(&[]).iter();
        let mut alike = ahead.filter(|(next, other)| *next > at + 1 && *other == named);
        let next = alike.next().map(|(next, _)| *next);
        let begins = next.is_some() && lines.next_words(at + 1) == next;
        if at < end || !(follows || begins) {
            continue;
        }
        set_bare(lines, at, at + 1);
        lines.set(at + 1, Form::More(lines.line(at + 1).span));
        end = at + 2;
        kind = Some(named);
    }
}

/// How many words the label of a list in a list has at most.
const LABEL: usize = 4;

fn set_bare(lines: &mut Lines<'_>, start: usize, end: usize) {
    for at in start..end {
        lines.set(at, Form::Item(Marker::Bare, lines.line(at).span));
    }
}

/// How many lines that end with years, right under each other or with one that says more between, are a list.
const HOLDERS: usize = 3;

/// Where the run of lines of a kind ends.
fn run(lines: &Lines<'_>, (start, end): (usize, usize), of_kind: fn(&str) -> bool) -> usize {
    (start..end)
        .find(|&at| !of_kind(lines.words(at)))
        .unwrap_or(end)
}

/// Where the run of lines that end with years ends: those that say more ("Ana Soto (vice-consul) — 1931-1946", "Luis Vega, since 3 May 2015") belong
/// to it, as long as there are no more of them than of the others before them.
fn holders(lines: &Lines<'_>, start: usize, end: usize) -> usize {
    let (mut plain, mut more, mut heads) = (0, 0, 0);
    for at in start..end {
        let words = lines.words(at);
        if ends_with_years(words) {
            plain += 1;
        } else if more < plain && tells_a_year(words) {
            more += 1;
        } else if parts_holders(lines, at, end) {
            heads += 1;
        } else {
            break;
        }
    }
    if plain >= HOLDERS {
        start + plain + more + heads
    } else {
        start
    }
}

/// "Ambassadors" among them: whether a short line without figures heads those below it, which end with years.
fn parts_holders(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    let words = without_number(lines.words(at));
    let plain = !words.contains(|c: char| c.is_ascii_digit()) && !words.ends_with(['.', ',', ';']);
    let heads = at + 1 < end && ends_with_years(lines.words(at + 1));
    heads && plain && words.starts_with(char::is_uppercase) && word_count(words) <= 8
}

/// Whether a short line begins with a capital, names a year and is no sentence.
fn tells_a_year(words: &str) -> bool {
    let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
    let figures = |c: char| !c.is_ascii_digit();
    words.chars().count() <= 90
        && words.starts_with(char::is_uppercase)
        && !ends_sentence(words)
        && !words.ends_with(':')
        && words.split(figures).any(year)
}

/// Where the run of lines that begin with a date ends.
fn dated_run(lines: &Lines<'_>, start: usize, end: usize) -> usize {
    run(lines, (start, end), begins_with_date)
}

/// Letters of a line that may be one of a list, and no more.
const SHORT: usize = 100;

/// How many words an office and a name have at most.
const NAMED: usize = 9;

fn is_short(words: &str) -> bool {
    words.len() <= 2 * SHORT && words.chars().count() <= SHORT
}

/// "Ana Soto (2004–2006)", "Luis de la Vega, minister, 1737–1742": whether a short line begins with a name and ends with a term.
fn ends_with_years(words: &str) -> bool {
    let uncounted = without_count(words);
    is_short(words)
        && before_term(uncounted).is_some_and(|name| may_name(name) || parted(uncounted, name))
}

/// "Norway (3 May 1951)", "South Korea, 1990", "Minister of Trade Ana Soto – 3 May 1951": whether a few words, with a capital all or at both ends,
/// stand before a term in brackets or behind a sign.
fn parted(words: &str, name: &str) -> bool {
    let rest = words.get(name.len()..).unwrap_or("").trim_start();
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let all = word_count(name) <= 4 && name.split(' ').all(|w| capital(w) || w.len() <= 3);
    let ends = name.rsplit(' ').take(2).all(capital) && word_count(name) <= NAMED;
    rest.starts_with(['(', '[', ',', '–', '—', ':', '-'])
        && capital(name)
        && (all || ends)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || " -'’.".contains(c))
}

/// "3 Ana Soto 1989 1993": the words behind the number of the line.
fn without_count(words: &str) -> &str {
    let counts = |n: &str| n.len() <= 3 && n.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    words
        .split_once(' ')
        .filter(|(count, _)| counts(count))
        .map_or(words, |(_, rest)| rest)
}

/// "Ana Soto: 1990–1994": whether a line is a name, a colon and a span of years.
pub(super) fn name_with_years(words: &str) -> bool {
    is_short(words)
        && words
            .split_once(": ")
            .is_some_and(|(name, term)| is_term(term) && may_name(name.trim_end()))
}

/// "1927-1932 Ana Soto", "since June 1990 Ana Soto", "3 May 2001, Minister of Trade Ana Soto": whether a short line begins with a term, and a few
/// words follow that may name somebody.
pub(super) fn begins_with_term(words: &str) -> bool {
    is_short(words)
        && after_term(words).is_some_and(|rest| {
            let few = rest.starts_with(char::is_uppercase) && word_count(rest) <= NAMED;
            may_name(rest) || few && !ends_sentence(rest)
        })
}

/// "3-05-2009. President, Ana Soto", "octobre 2018. — Le président": whether a line's first sentence is nothing but a date.
fn begins_with_dated_sentence(words: &str) -> bool {
    let Some((head, rest)) = words.split_once(". ") else {
        return false;
    };
    let figures = |w: &str| w.bytes().all(|b| b.is_ascii_digit() || b"-/.".contains(&b));
    let year = head.get(head.len().saturating_sub(4)..);
    let year = year.is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
    // A month, with a day before it or an article between.
    let parts: Vec<&str> = head.split(' ').collect();
    let letters = parts
        .iter()
        .filter(|w| !figures(w) && w.chars().count() > 3);
    year && parts.len() <= 5
        && letters.count() <= 1
        && head
            .chars()
            .all(|c| c.is_alphanumeric() || " -/.".contains(c))
        && rest
            .trim_start_matches(['—', '–', '-', ' '])
            .starts_with(char::is_uppercase)
        && word_count(rest) <= 40
}

/// "08-05-2010 President Ana Soto", "18/19.11.2004 …", "2004-11-18 …", "05.2010 …": whether a line begins with a day or a month in figures, and
/// words follow.
fn begins_with_day(words: &str) -> bool {
    words.split_once(' ').is_some_and(|(day, rest)| {
        let parts: Vec<&str> = day.split(['-', '–', '/', '.']).collect();
        let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
        let years = parts.iter().filter(|p| p.len() == 4).count();
        let sizes = parts.iter().all(|p| matches!(p.len(), 1 | 2 | 4));
        let word = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '–' | '—' | '-'));
        parts.len() >= 2 && years == 1 && sizes && parts.iter().all(digits) && word
    })
}

/// Whether a line begins with a day in figures, or a number stands before a colon or dash within the first words.
fn begins_with_date(words: &str) -> bool {
    if begins_with_term(words) || begins_with_day(words) || begins_with_dated_sentence(words) {
        return true;
    }
    let end = words
        .char_indices()
        .nth(45)
        .map_or(words.len(), |(at, _)| at);
    let head = words.get(..end).unwrap_or(words);
    if !head.contains([':', '—', '–']) {
        return false;
    }
    [": ", " : ", " — ", " – ", ". —", ". –"]
        .iter()
        .filter_map(|mark| head.find(mark))
        .min()
        .and_then(|at| head.get(..at))
        .is_some_and(|head| head.chars().any(|c| c.is_ascii_digit()) && word_count(head) <= 6)
}

/// How deep each item of a list stands: by indentation, or by a second kind of bullet.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// (indent, marker, block) of the open items, outermost first.
    open: Vec<(usize, Marker, usize)>,
}

impl Nesting {
    /// Ends the list.
    pub(super) fn close(&mut self) {
        self.open.clear();
    }

    /// Adds the item that becomes block `block`; gives its depth and the block of the item above it.
    pub(super) fn add(
        &mut self,
        indent: usize,
        marker: Marker,
        block: usize,
        after_gap: bool,
    ) -> (u8, Option<usize>) {
        if let Some(known) = self
            .open
            .iter()
            .position(|&(column, sign, _)| sign == marker && column.abs_diff(indent) <= 1)
        {
            self.open.truncate(known);
        } else {
            self.open
                .retain(|&(column, _, _)| column < indent || (column == indent && !after_gap));
        }
        let parent = self.open.last().map(|&(_, _, block)| block);
        let depth = u8::try_from(self.open.len()).unwrap_or(u8::MAX);
        self.open.push((indent, marker, block));
        (depth, parent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<Form> {
        let mut lines = Lines::new(text);
        mark_bullets(&mut lines);
        mark_bare(&mut lines);
        (0..lines.len()).map(|at| lines.form(at).clone()).collect()
    }

    #[test]
    fn a_date_is_no_bullet_but_a_count_is() {
        assert!(matches!(
            forms("12. May 1954 they met\n").first(),
            Some(Form::Text(_))
        ));
        assert!(
            forms("I. First\nII. Second\nIII. Third\n")
                .iter()
                .all(|form| matches!(form, Form::Item(Marker::Number('I', '.'), _)))
        );
        assert!(
            forms("1. First\n2. Second\n")
                .iter()
                .all(|form| matches!(form, Form::Item(Marker::Number(' ', '.'), _)))
        );
    }

    #[test]
    fn lines_that_begin_or_end_with_years_are_items() {
        let bare = |text: &str| {
            let found = forms(text);
            let items = found.iter();
            items
                .filter(|f| matches!(f, Form::Item(Marker::Bare, _)))
                .count()
        };
        let apart = "1968-1973, Ana Soto\n2017-July 2021, Luis Vega Paz (acting)\n";
        assert_eq!(bare(apart), 2);
        let terms = "1927-1932 Ana Soto (minister)\n1965–69 Luis Vega\nsince June 1990 Juan Paz\n";
        assert_eq!(bare(terms), 3);
        let days = "Visits since 2004\n18/19-11-2004 President Ana Soto, with all of the many ministers who went with her at the time\n08-05-2010 King Paul\n";
        assert_eq!(bare(days), 2);
        let months = "Visits\n02-2007 Secretary of State for Cooperation and Development, Ana Soto Paz, with many others beside her\n6.2011 King Paul: called off\n";
        assert_eq!(bare(months), 2);
        let stopped = "Visits\n29-06-2009. Presidenta, Ana Soto. Lima. La acompañó Juan Paz.\n31-05/02-06-2012. Rey\nOctubre de 2018. Ministro, Luis Vega.\n";
        assert_eq!(bare(stopped), 3);
        let long = "1974-1977 Ana Soto\nde 1982 à février 1984 Luis Vega\n2017-décembre 2020 Juan Paz (intérim)\njuin 1989-1994 Ana Paz\n";
        assert_eq!(bare(long), 4);
        assert_eq!(
            bare("from 1998 until 2001 he lived in Lima with Ana Soto\nde 1999 à 2003 la Liga\n"),
            0
        );
        let columns = "1923 1929 Ana Soto\n1929 1935 Luis Vega (acting)\n";
        assert_eq!(bare(columns), 2);
        let terms =
            "Ana Soto 1997-2001\nLuis de la Vega: 2003 a 2008\nJuan Paz, in office since 2021\n";
        assert_eq!(bare(terms), 3);
        assert_eq!(
            bare("Lima Treaty 1997\nAna Soto met him in 1998\nQuito 1999\n"),
            0
        );
        let holders = "Ana Soto (2004–2006)\nLuis Vega, minister, 1737–1742\nJuan Paz (1999)\n";
        assert_eq!(bare(holders), 3);
        let days = "Ana Soto, 3 May 1990\nLuis Vega, 8 de febrero de 1996 - 2000\nJuan Paz, mai 2000 – 3 juin 2004\n";
        assert_eq!(bare(days), 3);
        // "B. Ambassadors" among them heads those below it.
        let parted = "A. Ministers\nAna Soto, 1951–1952\nB. Ambassadors\nLuis Vega, 1960–1963\nJuan Paz, 1963–1969\n";
        assert_eq!(bare(parted), 3);
        assert_eq!(
            bare("They met in Lima in 1999\nand again in\nQuito in 2001\n"),
            0
        );
    }

    #[test]
    fn a_second_bullet_nests() {
        let mut nesting = Nesting::default();
        assert_eq!(nesting.add(0, Marker::Sign('•'), 4, true), (0, None));
        assert_eq!(nesting.add(0, Marker::Sign('-'), 5, false), (1, Some(4)));
        assert_eq!(nesting.add(0, Marker::Sign('•'), 6, false), (0, None));
        assert_eq!(nesting.add(2, Marker::Sign('•'), 7, false), (1, Some(6)));
    }

    #[test]
    fn lines_after_a_colon_are_items() {
        let found = forms("The holders were:\nA. Person, envoy, 1919–1933\nB. Person, envoy\n");
        assert!(matches!(found.get(2), Some(Form::Item(Marker::Bare, _))));
    }
}
