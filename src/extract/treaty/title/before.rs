//! Which words before a treaty's noun belong to its title.

use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Head, Lang, Lexicon, Meaning, TriggerForm};

/// How many pieces before its noun a title may have.
const REACH: usize = 6;

/// From which piece on the words before the noun at `at` belong to its title.
pub(super) fn start(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> usize {
    let mut start = at;
    while let Some(before) = start.checked_sub(1).and_then(|i| pieces.get(i)) {
        // "General Cooperation Agreement": a rank where a name stands behind it.
        let ranked = before
            .meanings
            .iter()
            .all(|m| *m == Meaning::Class(Class::Honorific));
        let word = |p: &Piece<'_>| p.capital && p.sign().is_none();
        let general = start < at && before.capital && ranked && pieces.get(start).is_some_and(word);
        if !(belongs_before(before) || general || titled(before, lexicon))
            || at - start >= REACH
            || before.first && !before.capital
            || (before.is(Class::And) && at == start)
        {
            break;
        }
        start -= 1;
    }
    if lexicon.lang == Lang::En {
        start = start.min(modified(pieces, at).unwrap_or(at));
    }
    start
}

/// "the Vega–Soto Treaty": from which piece on the names, joined by a dash, of who signed belong to the title that begins at `start`.
pub(super) fn joined(pieces: &[Piece<'_>], start: usize, at: usize) -> Option<usize> {
    let name = |i: usize| {
        let piece = pieces.get(i)?;
        (piece.capital && piece.sign().is_none() && piece.body().is_none()).then_some(i)
    };
    // The last of them may be a city's too.
    let last = if start < at {
        start
    } else {
        at.checked_sub(1)?
    };
    let last = name(last)?;
    let dash = last.checked_sub(1)?;
    let signs = ['–', '-'].map(Some);
    signs.contains(&pieces.get(dash)?.sign()).then_some(())?;
    name(dash.checked_sub(1)?)
}

/// "an open skies agreement", "its reciprocal holiday visa agreement": in English whatever stands between an article or possessive and the
/// noun modifies it.
fn modified(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let reach = at.saturating_sub(REACH + 1)..at;
    let determiner = reach.rev().find(|&i| {
        pieces.get(i).is_some_and(|p| {
            p.is(Class::Article)
                || p.is(Class::Possessive)
                || p.is(Class::Genitive)
                || p.sign().is_some_and(|c| c != '-')
                || !modifies(p)
        })
    })?;
    let found = pieces.get(determiner)?;
    let determines = found.is(Class::Article)
        || found.is(Class::Possessive)
        || found.is(Class::Genitive)
        || found.kind == PieceKind::Number
        || found.body().is_some();
    // "Mali and Peru have signed agreements on fisheries"
    let acts = |p: &Piece<'_>| {
        p.meanings.iter().any(|m| {
            matches!(
                m,
                Meaning::Trigger(_, TriggerForm::Finite | TriggerForm::Participle)
            )
        })
    };
    // "This was followed by agreements on fisheries"
    let whole = |p: &Piece<'_>| acts(p) && (found.body().is_some() || p.words > 1);
    let told = pieces.get(determiner + 1).is_some_and(whole);
    if !determines || found.is(Class::Of) || told {
        return None;
    }
    // "the first new trade agreement": what only tells which.
    (determiner + 1..at).find(|&i| {
        pieces.get(i).is_some_and(|p| {
            !(p.is(Class::Temporal)
                || p.is(Class::Ordinal)
                || p.is(Class::Former)
                || p.is(Class::And)
                || p.meanings.iter().any(|m| matches!(m, Meaning::Number(_)))
                || p.sign().is_some())
        })
    })
}

/// Whether a word can modify a noun behind it.
fn modifies(piece: &Piece<'_>) -> bool {
    let blocked = [
        Class::Of,
        Class::In,
        Class::To,
        Class::From,
        Class::With,
        Class::By,
        Class::For,
        Class::About,
        Class::Between,
        Class::Before,
        Class::Since,
        Class::Until,
        Class::Relative,
        Class::Be,
        Class::Have,
        Class::Not,
        Class::But,
        Class::Or,
        Class::They,
        Class::We,
        Class::BothStates,
        Class::BothPersons,
        Class::When,
        Class::Then,
        Class::Hypothetical,
        Class::Cancelled,
        Class::Undone,
        Class::Planned,
        Class::Some,
    ];
    let other = |m: &Meaning| match m {
        Meaning::Body(..)
        | Meaning::City(_)
        | Meaning::Office(_)
        | Meaning::Month(_)
        | Meaning::Mission(_)
        | Meaning::Treaty(_)
        | Meaning::Currency(_) => true,
        Meaning::Verb(form) | Meaning::Trigger(_, form) => *form == TriggerForm::Planned,
        Meaning::Class(_) | Meaning::Number(_) | Meaning::Topic(_) | Meaning::Measure(_) => false,
    };
    piece.kind == PieceKind::Word
        && !blocked.iter().any(|c| piece.is(*c))
        && !piece.meanings.iter().any(other)
        || piece.sign() == Some('-')
}

/// "the Promotion and Protection Agreement": a noun in capitals, though elsewhere it tells of an event.
fn titled(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let noun = |m: &Meaning| {
        if let Meaning::Trigger(rule, _) = m {
            let rule = lexicon.rules.get(*rule);
            rule.is_some_and(|r| r.head == Head::Noun && r.fact != "treaty")
        } else {
            matches!(m, Meaning::Topic(_) | Meaning::Class(Class::Thing))
        }
    };
    piece.capital && !piece.first && piece.words == 1 && piece.meanings.iter().all(noun)
}

/// Whether a piece before the noun belongs to the title: a plain word or name that is no verb, article, preposition or state.
fn belongs_before(piece: &Piece<'_>) -> bool {
    piece.sign().is_none()
        && piece.kind != PieceKind::Number
        && piece.body().is_none()
        && piece.city().is_none()
        && (piece.is(Class::And)
            || piece.meanings.iter().all(|m| match m {
                Meaning::Topic(_)
                | Meaning::Measure(_)
                | Meaning::Class(Class::Thing)
                | Meaning::Verb(TriggerForm::Base | TriggerForm::Gerund) => true,
                Meaning::Class(_)
                | Meaning::Body(..)
                | Meaning::City(_)
                | Meaning::Office(_)
                | Meaning::Month(_)
                | Meaning::Number(_)
                | Meaning::Mission(_)
                | Meaning::Treaty(_)
                | Meaning::Currency(_)
                | Meaning::Verb(_)
                | Meaning::Trigger(..) => false,
            }))
}
