//! Acronyms as they are written: "UN", "AfDB", "Otan".

use crate::language::{Known, Meaning, NameForm, Token, TokenKind};

/// From how many letters on an acronym that can be spoken is written as a word, too.
const SPOKEN: usize = 4;

/// Whether a word that can be an acronym is written as one: in capitals ("UN", but not "Un"), with several ("AfDB"), or, if it is nothing else, as a
/// word that no name runs into ("Nato", "l'Otan"; but not "Alba Soto").
pub(super) fn written(text: &str, tokens: &[Token<'_>], at: usize, known: &Known) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let word = token.span.of(text);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    letters < 2
        || !word.chars().any(char::is_lowercase)
        || capitals > 1
        || (letters >= SPOKEN || token.folded == "onu")
            && token.folded.contains(['a', 'e', 'i', 'o', 'u'])
            && alone(known)
            && stands_alone(tokens, at)
}

/// Whether the word means nothing but the bodies whose acronym it is.
fn alone(known: &Known) -> bool {
    let acronym = |m: &Meaning| matches!(m, Meaning::Body(_, NameForm::Acronym));
    known.all().iter().all(acronym)
}

/// Whether words of the sentence stand before it, and no other name directly before or behind.
fn stands_alone(tokens: &[Token<'_>], at: usize) -> bool {
    let name = |t: &Token<'_>| t.kind == TokenKind::Word && t.capital;
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let opens = |t: &Token<'_>| at == 1 && t.folded.len() < 4;
    before.is_some_and(|t| !name(t) || opens(t)) && !tokens.get(at + 1).is_some_and(name)
}
