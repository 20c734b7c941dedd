//! Given names that are written like other words: "Mark Soto", "Domingo Vega", "Will Soto, the minister, …".

use super::Piece;
use super::homographs::{Homograph, is_homograph};
use super::names::strong;
use crate::language::{Class, Lexicon, Meaning, TriggerForm};

/// "Julio Fiol Zúñiga (2018–2021)", "Mark Miles", "Franc Martin": a month or a currency that begins a line or sentence and goes on with a name is one.
pub(super) fn given_first(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    let apposed = pieces
        .get(2)
        .is_some_and(|p| matches!(p.sign(), Some(',' | '(')));
    let [first, second, ..] = pieces else {
        return;
    };
    let other = |m: &Meaning| matches!(m, Meaning::Month(_) | Meaning::Currency(_));
    let verb = |m: &Meaning| matches!(m, Meaning::Verb(TriggerForm::Base));
    let given = first.first && first.capital && first.words == 1;
    // "Will Soto, the foreign minister, …"
    let named = apposed && is_homograph(first, Homograph::Given, lexicon);
    let body = first.body().is_some();
    if given
        && (first.meanings.iter().any(other) && first.meanings.iter().all(|m| other(m) || verb(m))
            || named && !body)
        && second.spaced
        && strong(second)
    {
        first.meanings.clear();
    }
}

/// Whether an English word that is a given name, too, stands behind a verb or "with", where its state, month or verb would not.
pub(super) fn acted_before(piece: &Piece<'_>, before: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let acted = |m: &Meaning| {
        matches!(
            lexicon.verb_form(m),
            Some(TriggerForm::Finite | TriggerForm::Participle)
        )
    };
    lexicon.lang == crate::document::Lang::En
        && !piece.first
        && is_homograph(piece, Homograph::Given, lexicon)
        && !before.capital
        && (before.is(Class::With) || before.meanings.iter().any(acted))
}

/// "de Chile; Domingo Soto Vega, de": where days of the week have no capital, one that goes on with a name is a given name.
pub(super) fn given_as_day(pieces: &mut [Piece<'_>], lexicon: &Lexicon) {
    if lexicon.lang != crate::document::Lang::Es {
        return;
    }
    for at in 1..pieces.len() {
        let next = pieces.get(at).is_some_and(|p| p.spaced && strong(p));
        let Some(day) = pieces.get_mut(at - 1).filter(|_| next) else {
            continue;
        };
        let weekday = day.capital && day.words == 1 && day.is(Class::Weekday);
        if weekday {
            day.meanings.clear();
        }
    }
}
