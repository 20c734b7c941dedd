//! Numbers with a unit: money, persons, per cent and ranks, millions multiplied out.

use super::pieces::{Piece, PieceKind};
use crate::document::Lang;
use crate::language::{Class, Meaning};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// A currency by index in the gazetteer.
    Currency(usize),
    /// Persons.
    People,
    /// Per cent.
    Percent,
    /// A place in a list.
    Rank,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    /// Plain decimal notation.
    pub(super) value: String,
    pub(super) unit: Unit,
}

fn currency(piece: Option<&Piece>) -> Option<usize> {
    piece?.meanings.iter().find_map(|m| {
        if let Meaning::Currency(i) = m {
            Some(*i)
        } else {
            None
        }
    })
}

/// A number as written in a language → digits and an optional fraction.
fn decimal(written: &str, lang: Lang) -> Option<(String, String)> {
    let core: String = written
        .chars()
        .take_while(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
        })
        .collect();
    let point = if lang == Lang::En { '.' } else { ',' };
    let other = if lang == Lang::En { ',' } else { '.' };
    let (whole, fraction) = match core.rsplit_once(point) {
        Some((whole, fraction)) => (whole.to_owned(), fraction.to_owned()),
        None => (core.clone(), String::new()),
    };
    // A group of other than three digits after the other sign is a fraction ("2.5" in French text).
    if fraction.is_empty()
        && let Some((head, tail)) = whole.rsplit_once(other)
        && tail.len() != 3
    {
        return Some((
            head.chars().filter(char::is_ascii_digit).collect(),
            tail.to_owned(),
        ));
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some((
        digits,
        fraction.chars().filter(char::is_ascii_digit).collect(),
    ))
}

/// A bare number as written ("4,300", "63.º", "98e") in plain decimal notation.
pub(super) fn plain(written: &str, lang: Lang) -> Option<String> {
    written
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some(())?;
    let (digits, fraction) = decimal(written, lang)?;
    Some(shift(&digits, &fraction, 0))
}

/// Moves the decimal point to the right.
fn shift(digits: &str, fraction: &str, zeros: usize) -> String {
    let mut whole = digits.to_owned();
    let taken: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(zeros)
        .collect();
    whole.push_str(&taken);
    let rest: String = fraction.chars().skip(zeros).collect();
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{rest}")
    }
}

/// Reads a quantity that begins at piece `at`: the index after it and the quantity. Millions without a unit take the currency named
/// `before` them in the sentence ("from 2 million dollars in 2009 to 3 million in 2013").
pub(super) fn quantity(
    text: &str,
    pieces: &[Piece],
    at: usize,
    lang: Lang,
    before: Option<usize>,
) -> Option<(usize, Quantity)> {
    let get = |i: usize| pieces.get(i);
    let is = |i: usize, class: Class| get(i).is_some_and(|p| p.is(class));
    let mut i = at;
    let leading = currency(get(i));
    if leading.is_some() {
        i += 1;
    }
    let number = get(i)?;
    let spelled = number.meanings.iter().find_map(|m| {
        if let Meaning::Number(n) = m {
            Some(n.to_string())
        } else {
            None
        }
    });
    let (digits, fraction) = match number.kind {
        PieceKind::Number => decimal(number.span.of(text), lang)?,
        PieceKind::Word | PieceKind::Name | PieceKind::Sign(_) => (spelled?, String::new()),
    };
    let mut next = i + 1;
    let mut zeros = 0;
    let scale = |j: usize| {
        if is(j, Class::Million) {
            6
        } else if is(j, Class::Crore) {
            7
        } else if is(j, Class::Lakh) {
            5
        } else if is(j, Class::Billion) {
            9
        } else if is(j, Class::Thousand) {
            3
        } else {
            0
        }
    };
    while scale(next) > 0 {
        zeros += scale(next);
        next += 1;
    }
    let value = shift(&digits, &fraction, zeros);
    if let Some(unit) = leading {
        if currency(get(next)).is_some() {
            next += 1;
        }
        return Some((
            next,
            Quantity {
                value,
                unit: Unit::Currency(unit),
            },
        ));
    }
    let skip_of = if is(next, Class::Of) { next + 1 } else { next };
    if let Some(unit) = currency(get(skip_of)) {
        return Some((
            skip_of + 1,
            Quantity {
                value,
                unit: Unit::Currency(unit),
            },
        ));
    }
    let bare = get(next).is_none_or(|p| {
        p.sign().is_some()
            || p.meanings.iter().any(|m| match m {
                Meaning::Class(class) => {
                    *class != Class::People
                        && *class != Class::Percent
                        && (*class != Class::Of
                            || get(next + 1).is_some_and(|n| {
                                n.meanings.iter().any(|m| matches!(m, Meaning::Measure(_)))
                            }))
                }
                Meaning::Verb(_) => true,
                Meaning::Trigger(..)
                | Meaning::Body(..)
                | Meaning::City(_)
                | Meaning::Office(_)
                | Meaning::Month(_)
                | Meaning::Number(_)
                | Meaning::Mission(_)
                | Meaning::Treaty(_)
                | Meaning::Topic(_)
                | Meaning::Measure(_)
                | Meaning::Currency(_) => false,
            })
    });
    if let Some(unit) = before.filter(|_| zeros > 0 && bare) {
        return Some((
            next,
            Quantity {
                value,
                unit: Unit::Currency(unit),
            },
        ));
    }
    if is(next, Class::Percent) {
        return Some((
            next + 1,
            Quantity {
                value,
                unit: Unit::Percent,
            },
        ));
    }
    if value.len() <= 3
        && !value.contains('.')
        && let Some(next) = rank(pieces, at, next)
    {
        return Some((
            next,
            Quantity {
                value,
                unit: Unit::Rank,
            },
        ));
    }
    let people = |j: usize| get(j).is_some_and(|p| p.is(Class::People) || p.adjective().is_some());
    let near = people(next)
        || (is(next, Class::Of) && people(next + 1))
        || (get(next).is_some_and(|p| p.meanings.is_empty() && p.sign().is_none())
            && is(next + 1, Class::People));
    if near && number.kind == PieceKind::Number {
        return Some((
            next,
            Quantity {
                value,
                unit: Unit::People,
            },
        ));
    }
    None
}

/// Whether a number counts a place in a list, and the index behind it: "52nd largest supplier", "92.º mercado", "ranked 52nd", "puesto 71.º".
fn rank(pieces: &[Piece], at: usize, next: usize) -> Option<usize> {
    let get = |i: usize| pieces.get(i);
    let raised = |i: usize| {
        get(i)
            .is_some_and(|p| !p.spaced && matches!(p.folded.as_ref(), "º" | "ª" | "°" | "o" | "a"))
    };
    let stop = get(next).and_then(Piece::sign) == Some('.');
    let (next, marked) = if stop && raised(next + 1) {
        (next + 2, true)
    } else if raised(next) {
        (next + 1, true)
    } else {
        (next, false)
    };
    let spelled = get(at).is_some_and(|p| p.kind != PieceKind::Number);
    if spelled && !get(at).is_some_and(|p| p.is(Class::Ordinal)) {
        return None;
    }
    let ordinal = marked
        || spelled
        || get(at).is_some_and(|p| p.folded.ends_with(|c: char| !c.is_ascii_digit()));
    let behind = (next..next + 4)
        .take_while(|&j| get(j).is_some_and(|p| p.sign().is_none()))
        .any(|j| get(j).is_some_and(|p| p.is(Class::Rank)));
    let before = ordinal
        && (at.saturating_sub(3)..at)
            .rev()
            .take_while(|&j| get(j).is_some_and(|p| p.sign().is_none()))
            .any(|j| get(j).is_some_and(|p| p.is(Class::Rank)));
    (behind || before).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_as_each_language_writes_them() {
        let read = |text: &str, lang: Lang, zeros: usize| {
            decimal(text, lang)
                .map(|(d, f)| shift(&d, &f, zeros))
                .unwrap_or_default()
        };
        assert_eq!(read("2,658", Lang::En, 0), "2658");
        assert_eq!(read("238.5", Lang::En, 6), "238500000");
        assert_eq!(read("1.291", Lang::Es, 6), "1291000000");
        assert_eq!(read("229,4", Lang::Es, 6), "229400000");
        assert_eq!(read("4,5", Lang::Fr, 0), "4.5");
        assert_eq!(read("2.5", Lang::Fr, 0), "2.5");
    }
}
