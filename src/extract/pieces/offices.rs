//! Offices among the pieces: those that end before a longer name, those parted by an adjective, and the fields of ministers.

use super::Piece;
use crate::language::{Class, Known, Lexicon, Meaning, Meanings, WordId};

/// Only behind a minister are "Trade" and "Innovation" fields; elsewhere they are words as others are ("Bilateral Investment Treaty").
pub(super) fn portfolios(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    let minister = |p: &Piece<'_>| {
        let role = p.office().and_then(|role| lexicon.offices.get(role));
        role.is_some_and(|role| role.contains("Minister") || role.contains("Secretary"))
    };
    let mut reach = 0;
    for piece in pieces {
        if minister(piece) {
            reach = 16;
        } else if piece.sign().is_some_and(|s| s != ',' && s != ';') {
            reach = 0;
        } else if reach > 0 {
            reach -= 1;
        } else if piece.is(Class::Portfolio) {
            piece
                .meanings
                .retain(|m| *m != Meaning::Class(Class::Portfolio));
        }
    }
}

/// The longest match, or the office that begins it and is to be read alone.
pub(super) fn shortened<'a>(
    longest: Option<(usize, Meanings<'a>)>,
    rest: &[WordId],
    found: &[(usize, &Known)],
    lexicon: &Lexicon,
) -> Option<(usize, Meanings<'a>)> {
    let whole = longest?;
    Some(
        shorter_office(rest, found, lexicon)
            .filter(|(n, _)| *n < whole.0)
            .unwrap_or(whole),
    )
}

/// An office that begins a longer match but is to be read alone: "Prince Albert" before a numeral is no city, and in "président de la
/// République populaire de Chine" the republic belongs to the name of the state.
fn shorter_office<'a>(
    rest: &[WordId],
    found: &[(usize, &Known)],
    lexicon: &Lexicon,
) -> Option<(usize, Meanings<'a>)> {
    let office = |m: &Meaning| matches!(m, Meaning::Office(_));
    let &[_, .., (whole, longest)] = found else {
        return None;
    };
    let longest = longest.meanings();
    let place = || longest.iter().all(|m| matches!(m, Meaning::City(_)));
    found.iter().rev().skip(1).find_map(|&(count, known)| {
        if !known.meanings().iter().any(office) {
            return None;
        }
        // The state's name begins inside the longer office and ends behind it.
        let longer_name = || {
            longest.iter().any(office)
                && (count + 1..whole).any(|start| {
                    lexicon
                        .matches_of(rest.iter().skip(start).copied())
                        .any(|(n, known)| {
                            start + n > whole
                                && known
                                    .meanings()
                                    .iter()
                                    .any(|m| matches!(m, Meaning::Body(_, form) if form.is_name()))
                        })
                })
        };
        (place() || longer_name()).then(|| {
            let kept = known.meanings().iter().copied().filter(office).collect();
            (count, kept)
        })
    })
}

/// An office with one adjective of a state after its first word: the office's meaning and the state's.
pub(super) fn split_office<'a>(
    rest: &[WordId],
    lexicon: &Lexicon,
) -> Option<(usize, Meanings<'a>)> {
    let [first, second, ..] = rest else {
        return None;
    };
    if !lexicon.begins_phrase(*first) {
        return None;
    }
    let (_, parting) = lexicon.matches_of([*second]).next()?;
    let body = parting.adjective()?;
    let without = rest.iter().take(1).chain(rest.iter().skip(2));
    let office = |known: &Known| {
        let mut meanings = known.meanings().iter();
        meanings.find(|m| matches!(m, Meaning::Office(_))).copied()
    };
    let (count, office) = lexicon
        .matches_of(without.copied())
        .filter(|(n, _)| *n > 1)
        .filter_map(|(n, known)| Some((n, office(known)?)))
        .last()?;
    Some((count + 1, [office, body].into_iter().collect()))
}
