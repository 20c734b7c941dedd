//! The subjects that a title lists: "friendship, commerce and navigation".

use super::kind;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Meaning, TriggerForm};

/// Whether a word can stand in an enumeration of a title's subjects: no verb, name, article or preposition.
pub(super) fn plain(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Word
        && piece.meanings.iter().all(|m| {
            matches!(
                m,
                Meaning::Topic(_)
                    | Meaning::Measure(_)
                    | Meaning::Class(Class::Thing)
                    | Meaning::Verb(TriggerForm::Base)
            ) || matches!(m, Meaning::Class(c) if c.of_layout())
        })
}

/// How far before a comma the preposition may stand that leads to what a title is about.
const TITLE: usize = 8;

/// Whether a comma of a title goes on to further subjects: "friendship, commerce and navigation", "d'amitié, de commerce et de navigation".
pub(super) fn enumeration(pieces: &[Piece<'_>], comma: usize) -> bool {
    let mut at = comma + 1;
    let mut joined = false;
    // "on trade, on culture and on tourism"
    let title = pieces.get(comma.saturating_sub(TITLE)..comma);
    let about = title.is_some_and(|t| t.iter().any(|p| p.is(Class::About)));
    let to = to_each(pieces, comma);
    // "Friendship, Commerce, and Navigation": a comma before the last of three.
    let earlier = comma.saturating_sub(3)..comma;
    let third = |p: &Piece<'_>| p.sign() == Some(',');
    if pieces.get(at).is_some_and(|p| p.is(Class::And))
        && pieces.get(earlier).is_some_and(|p| p.iter().any(third))
    {
        joined = true;
        at += 1;
    }
    for _ in 0..6 {
        while pieces.get(at).is_some_and(|p| {
            let again = about && p.is(Class::About) || to && (p.is(Class::To) || p.is(Class::In));
            p.is(Class::Of) || p.is(Class::Article) || again
        }) {
            at += 1;
        }
        if !pieces.get(at).is_some_and(plain) {
            return false;
        }
        at += 1;
        if joined {
            return true;
        }
        // A word with its adjective.
        if pieces.get(at).is_some_and(|p| plain(p) && !p.capital) {
            at += 1;
        }
        joined = pieces.get(at).is_some_and(|p| p.is(Class::And));
        if !joined && pieces.get(at).and_then(Piece::sign) != Some(',') {
            return false;
        }
        at += 1;
        if !joined && pieces.get(at).is_some_and(|p| p.is(Class::And)) {
            joined = true;
            at += 1;
        }
    }
    false
}

/// "relatifs à la pêche, au tourisme et à la culture": whether what leads to the subjects before a place ends in "to", which each of them repeats.
pub(super) fn to_each(pieces: &[Piece<'_>], at: usize) -> bool {
    let title = pieces.get(at.saturating_sub(TITLE)..at).unwrap_or(&[]);
    let about = title.iter().rfind(|p| p.is(Class::About));
    let ends = [" a", " au", " aux", " al"];
    about.is_some_and(|p| ends.iter().any(|end| p.folded.ends_with(end)))
}

/// "Treaty of Friendship, Commerce, and Navigation": the comma before the last of three subjects of a proper title.
pub(super) fn last_of_three(pieces: &[Piece<'_>], comma: usize) -> bool {
    let mut earlier = pieces
        .get(comma.saturating_sub(3)..comma)
        .into_iter()
        .flatten();
    let noun = |p: &Piece<'_>| {
        p.capital
            && p.body().is_none()
            && p.office().is_none()
            && p.city().is_none()
            && kind(p).is_none()
    };
    earlier.any(|p| p.sign() == Some(','))
        && pieces.get(comma + 1).is_some_and(|p| p.is(Class::And))
        && pieces.get(comma + 2).is_some_and(noun)
}
