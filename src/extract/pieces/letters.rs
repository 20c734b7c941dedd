//! Letters behind a name that tell its bearer's honours, "Ana Soto, CMG": no part of the name and nobody by themselves.

use super::{Piece, PieceKind};
use crate::language::Class;

/// Takes away the letters that stand behind names, and the commas before them.
pub(super) fn without_letters(text: &str, pieces: &mut Vec<Piece<'_>>) {
    if !pieces.iter().any(|p| is_letters(text, p)) {
        return;
    }
    let mut at = 0;
    while at < pieces.len() {
        let named = pieces.get(at).is_some_and(|p| p.kind == PieceKind::Name);
        let comma = usize::from(is_comma(pieces, at + 1));
        let letters = at + 1 + comma;
        if named && pieces.get(letters).is_some_and(|p| is_letters(text, p)) {
            pieces.drain(at + 1..=letters);
            while let Some(end) = dotted(text, pieces, at + 1) {
                pieces.drain(at + 1..end);
            }
        } else {
            at += 1;
        }
    }
}

fn is_comma(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at).is_some_and(|p| p.sign() == Some(','))
}

/// Whether a piece is such letters, with a capital at the least.
fn is_letters(text: &str, piece: &Piece<'_>) -> bool {
    piece.is(Class::NameLetters) && piece.span.of(text).starts_with(char::is_uppercase)
}

/// The end of a comma with two letters behind it that go on with a row of them: ", C.B." behind "K.C.M.G.". Alone they would be initials.
fn dotted(text: &str, pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let first = pieces.get(at + 1).filter(|_| is_comma(pieces, at))?;
    let rest = pieces.get(at + 2..)?;
    let hung = rest
        .iter()
        .take_while(|p| !p.spaced && p.sign() != Some(','));
    let more = hung.clone().count();
    let span = hung
        .last()
        .map_or(first.span, |last| first.span.to(last.span));
    let letters: Vec<&str> = span.of(text).split_terminator('.').collect();
    let single = |l: &&str| l.len() == 1 && l.starts_with(char::is_uppercase);
    (letters.len() == 2 && letters.iter().all(single)).then_some(at + 2 + more)
}
