//! What a title goes on with behind its parties, its date or its short form: "with Peru on fisheries", "of 1985 on scientific cooperation".

use super::after::{belongs_after, is_month};
use super::trimmed;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Lexicon, Meaning};
use crate::text::Span;

/// How many pieces may name the parties within a title.
const PARTIES: usize = 20;

/// "with Peru on fisheries", "between A and B on the transfer of prisoners": where the words begin that go on behind the parties.
fn behind_parties(pieces: &[Piece<'_>], from: usize) -> Option<usize> {
    let leads = pieces.get(from)?;
    (leads.is(Class::With) || leads.is(Class::Between)).then_some(())?;
    let mut named = false;
    for i in from + 1..pieces.len().min(from + PARTIES) {
        let piece = pieces.get(i)?;
        if piece.body().is_some() || piece.is(Class::BothStates) {
            named = true;
        } else if piece.is(Class::About) || piece.is(Class::For) {
            return named.then_some(i);
        } else if !(piece.is(Class::Article)
            || piece.is(Class::And)
            || piece.is(Class::Of)
            || piece.is(Class::Government)
            || piece.sign() == Some(','))
        {
            return None;
        }
    }
    None
}

/// "Agreement between A and B on the Protection of …": whether what a title goes on with behind its parties is written with a capital.
pub(super) fn subject_capital(pieces: &[Piece<'_>], from: usize) -> bool {
    let subject = behind_parties(pieces, from).and_then(|leads| {
        let mut behind = pieces.get(leads + 1..)?.iter();
        behind.find(|p| !p.is(Class::Article))
    });
    subject.is_some_and(|p| p.capital && p.body().is_none() && !p.is(Class::Weekday))
}

/// "of 1985 on scientific cooperation", "du 3 mai 1985 sur la pêche": where the words begin that go on behind the date.
fn behind_date(pieces: &[Piece<'_>], from: usize) -> Option<usize> {
    pieces.get(from)?.is(Class::Of).then_some(())?;
    let dates = |p: &&Piece<'_>| p.kind == PieceKind::Number || is_month(p) || p.is(Class::Of);
    let date = pieces.get(from + 1..)?.iter().take_while(dates).count();
    let last = pieces.get(from + date)?;
    let year = last.kind == PieceKind::Number && last.span.len() == 4;
    let leads = pieces.get(from + date + 1)?;
    let about = leads.is(Class::About) || leads.is(Class::For);
    (year && about && !leads.is(Class::Of)).then_some(from + date + 1)
}

/// What a title goes on with behind its parties or its date.
pub(super) fn tail(
    pieces: &[Piece<'_>],
    from: usize,
    proper: bool,
    lexicon: &Lexicon,
) -> Option<Span> {
    let first = behind_parties(pieces, from).or_else(|| behind_date(pieces, from))?;
    // "on 3 May": no subject.
    let subject = pieces.get(first + 1).is_some_and(|p| {
        p.kind != PieceKind::Number
            && p.sign().is_none()
            && !p.is(Class::Weekday)
            && p.body().is_none()
            && !is_month(p)
    });
    subject.then_some(())?;
    let mut end = first + 1;
    while belongs_after(pieces, end, proper, lexicon) {
        end += 1;
    }
    let last = trimmed(pieces, first + 1, end);
    (last > first + 1).then_some(())?;
    Some(pieces.get(first)?.span.to(pieces.get(last - 1)?.span))
}

/// The piece behind a short form in brackets: "(MoU)", "(EPA)".
pub(super) fn short_form(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let short = pieces.get(at + 1)?;
    let capital = short.capital && short.words == 1 && short.span.len() <= 8;
    let closed = pieces.get(at)?.sign() == Some('(') && pieces.get(at + 2)?.sign() == Some(')');
    let number = short
        .meanings
        .iter()
        .any(|m| matches!(m, Meaning::Month(_)));
    (capital && closed && !number && short.city().is_none() && short.body().is_none())
        .then_some(at + 3)
}
