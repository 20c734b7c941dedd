//! What a title goes on with behind the verb of its noun: "an agreement was signed in 1999 on visas", "three agreements were signed: on visas, …".

use super::after::{belongs_after, is_month};
use super::subjects::plain;
use super::trimmed;
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Head, Lang, Lexicon, Meaning, TriggerForm};
use crate::text::Span;

/// How many pieces that say when, where and by whom may stand behind the verb.
const REACH: usize = 16;

/// The words behind a verb of signing, or behind a comma or colon where the noun is `counted`, that say what an instrument is about.
pub(super) fn tail(
    pieces: &[Piece<'_>],
    from: usize,
    counted: bool,
    lexicon: &Lexicon,
) -> Option<Span> {
    let verb = verb(pieces, from, lexicon);
    let first = match verb {
        Some(verb) => subject(pieces, verb + 1, counted, lexicon)?,
        None => joint(pieces, from)?,
    };
    let mut end = first + 1;
    while belongs_after(pieces, end, false, lexicon) {
        end += 1;
    }
    let last = trimmed(pieces, first + 1, end);
    (last > first + 1).then_some(())?;
    // "the first agreement, on trade, was signed": between commas.
    let comma = |i: usize| pieces.get(i).is_some_and(|p| p.sign() == Some(','));
    (verb.is_some() || counted || comma(from) && comma(last)).then_some(())?;
    Some(pieces.get(first)?.span.to(pieces.get(last - 1)?.span))
}

/// The verb of signing that says of the noun before it that it was signed: "was also signed", "signed", "ont été conclus".
fn verb(pieces: &[Piece<'_>], from: usize, lexicon: &Lexicon) -> Option<usize> {
    let auxiliary = |p: &Piece<'_>| {
        p.is(Class::Be) || p.is(Class::Have) || lexicon.lists(Class::Inner, &p.folded)
    };
    let verb = (from..pieces.len()).find(|&i| !pieces.get(i).is_some_and(auxiliary))?;
    let signs = |m: &Meaning| {
        if let Meaning::Trigger(rule, _) = m {
            let rule = lexicon.rules.get(*rule);
            rule.is_some_and(|r| r.fact == "treaty" && r.id.ends_with("treaty.signed"))
        } else {
            false
        }
    };
    pieces.get(verb)?.meanings.iter().any(signs).then_some(verb)
}

/// Where what it is about begins behind the verb: "on visas", "defining the border", "to abolish visas".
fn subject(pieces: &[Piece<'_>], from: usize, counted: bool, lexicon: &Lexicon) -> Option<usize> {
    for i in from..pieces.len().min(from + REACH) {
        let piece = pieces.get(i)?;
        if leads(pieces, i, lexicon) || aims(pieces, i, lexicon) {
            return Some(i);
        }
        if piece.sign().is_some() {
            return joint(pieces, i).filter(|_| counted);
        }
        if !placed(piece, lexicon) {
            return None;
        }
    }
    None
}

/// "three agreements, on visas, …": what is told behind a comma or colon that stands here.
fn joint(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let sign = pieces.get(at)?.sign()?;
    let about = pieces.get(at + 1)?;
    let next = pieces.get(at + 2)?;
    let article = usize::from(next.is(Class::Article));
    let noun = pieces.get(at + 2 + article)?;
    let noun = plain(noun) || article > 0 && noun.kind == PieceKind::Word && !noun.capital;
    let subject = about.is(Class::About) && !about.is(Class::Of) && noun;
    (matches!(sign, ',' | ':') && subject).then_some(at + 1)
}

/// Whether a piece only says when, where or by whom.
fn placed(piece: &Piece<'_>, lexicon: &Lexicon) -> bool {
    let small = [
        Class::In,
        Class::Of,
        Class::Article,
        Class::About,
        Class::Between,
        Class::With,
        Class::By,
        Class::And,
        Class::BothStates,
        Class::Government,
        Class::DatePart,
        Class::During,
    ];
    // "during the visit of 3 May"
    let visit = |m: &Meaning| {
        let rule = |rule: &usize| lexicon.rules.get(*rule);
        matches!(m, Meaning::Trigger(r, _) if rule(r).is_some_and(|r| r.fact == "visit" && r.head == Head::Noun))
    };
    piece.kind == PieceKind::Number
        || piece.meanings.iter().any(visit)
        || is_month(piece)
        || piece.body().is_some()
        || piece.city().is_some()
        || small.iter().any(|c| piece.is(*c))
}

/// Whether "on" leads here to what an instrument is about, not to a day, an occasion or somebody.
fn leads(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let about = |p: &Piece<'_>| p.is(Class::About) && !p.is(Class::Of);
    let article = pieces.get(at + 1).is_some_and(|p| p.is(Class::Article));
    let noun = |p: &Piece<'_>| {
        let time = [
            Class::Of,
            Class::Article,
            Class::Weekday,
            Class::SameDay,
            Class::SameMonth,
            Class::SameYear,
            Class::DateAfter,
            Class::DatePart,
            Class::Ordinal,
            Class::Past,
            Class::Temporal,
            Class::Possessive,
        ];
        let long = lexicon.lang != Lang::En && p.folded.len() > 4;
        let word = p.kind == PieceKind::Word && !p.capital && (article || long);
        (word || plain(p))
            && !lexicon.lists(Class::NoSubject, &p.folded)
            && !time.iter().any(|c| p.is(*c))
            && !is_month(p)
            && p.body().is_none()
            && p.office().is_none()
    };
    pieces.get(at).is_some_and(about) && pieces.get(at + 1 + usize::from(article)).is_some_and(noun)
}

/// "defining the border", "to avoid double taxation": in English a verb that tells what the instrument does.
fn aims(pieces: &[Piece<'_>], at: usize, lexicon: &Lexicon) -> bool {
    let has = |i: usize, wanted: TriggerForm| {
        pieces.get(i).is_some_and(|p| {
            let forms = p.meanings.iter().filter_map(|m| lexicon.verb_form(m));
            let others = forms.clone().any(|form| form != wanted);
            forms.count() > 0 && !others
        })
    };
    let unknown = |p: &Piece<'_>| {
        p.kind == PieceKind::Word && p.meanings.is_empty() && p.folded.ends_with("ing")
    };
    let led = pieces
        .get(at)
        .is_some_and(|p| p.is(Class::To) && !p.capital);
    lexicon.lang == Lang::En
        && (pieces.get(at).is_some_and(unknown)
            || has(at, TriggerForm::Gerund)
            || led && has(at + 1, TriggerForm::Base))
}
