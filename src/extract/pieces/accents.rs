//! Forms that only their accents tell apart: what a word as it is written can mean.

use crate::language::{Class, Head, Lexicon, Meaning, Meanings, Token, TriggerForm, fold};
use crate::text::Span;

/// Of a French form that without its accent is both ("signe", "signé"), leaves the one that is written.
pub(super) fn accented(text: &str, token: &Token<'_>, known: &mut Meanings<'_>) {
    let form = |m: &Meaning| {
        if let Meaning::Verb(form) | Meaning::Trigger(_, form) = m {
            Some(*form)
        } else {
            None
        }
    };
    let has = |wanted: TriggerForm| known.iter().any(|m| form(m) == Some(wanted));
    if !has(TriggerForm::Finite) || !has(TriggerForm::Participle) {
        return;
    }
    let word = token.span.of(text);
    let acute = word.ends_with('é') || word.ends_with("és");
    if acute || word.ends_with('e') || word.ends_with("es") {
        let dropped = if acute {
            TriggerForm::Finite
        } else {
            TriggerForm::Participle
        };
        known.retain(|m| form(m) != Some(dropped));
    }
}

/// An English loan that is an office with its accent ("chargé") is another word without ("they were in charge"), but in brackets behind a name.
pub(super) fn loan(text: &str, token: &Token<'_>, known: &mut Meanings<'_>, lexicon: &Lexicon) {
    let before = text.get(..token.span.start).unwrap_or("");
    if lexicon.lists(Class::Accented, &token.folded)
        && token.span.of(text).is_ascii()
        && !before.ends_with('(')
    {
        known.retain(|m| !matches!(m, Meaning::Office(_)));
    }
}

/// A Spanish form without its accent is no future ("visitará") but the subjunctive that tells of the past: "la visita que realizara".
pub(super) fn subjunctive(text: &str, tokens: &[Token<'_>], known: &mut Meanings<'_>) {
    let planned = |m: &Meaning| {
        matches!(
            m,
            Meaning::Verb(TriggerForm::Planned) | Meaning::Trigger(_, TriggerForm::Planned)
        )
    };
    let past = |t: &Token<'_>| {
        let word = t.span.of(text);
        word.len() > 4 && (word.ends_with("ra") || word.ends_with("ran"))
    };
    if known.iter().any(planned) && tokens.iter().any(past) {
        *known = known
            .iter()
            .filter(|m| !matches!(m, Meaning::Class(Class::Planned | Class::Future)))
            .map(|m| {
                if let Meaning::Trigger(rule, TriggerForm::Planned) = m {
                    Meaning::Trigger(*rule, TriggerForm::Finite)
                } else if *m == Meaning::Verb(TriggerForm::Planned) {
                    Meaning::Verb(TriggerForm::Finite)
                } else {
                    *m
                }
            })
            .chain(std::iter::once(Meaning::Class(Class::Subjunctive)))
            .collect();
    }
}

/// Endings of Spanish verbs whose past has no accent on its "o": "tuvo", "hizo", "vino", "dijo".
const STRONG: [&str; 11] = [
    "uvo", "hizo", "viso", "quiso", "vino", "dijo", "dujo", "trajo", "pudo", "puso", "cupo",
];

/// A Spanish noun that without its accent is written like a past ("destino", "destinó") is none in a text that has accents.
pub(super) fn unaccented(
    text: &str,
    span: Span,
    token: &Token<'_>,
    known: &mut Meanings<'_>,
    lexicon: &Lexicon,
) {
    let word = token.span.of(text);
    let plain = word.ends_with('o') && !STRONG.iter().any(|end| word.ends_with(end));
    let of_verb = |rule: usize| {
        lexicon
            .rules
            .get(rule)
            .is_some_and(|r| r.head == Head::Verb)
    };
    let verb = |m: &Meaning| {
        if let Meaning::Trigger(rule, TriggerForm::Finite) = m {
            of_verb(*rule)
        } else {
            *m == Meaning::Verb(TriggerForm::Finite)
        }
    };
    let participle = |m: &Meaning| {
        matches!(
            m,
            Meaning::Verb(TriggerForm::Participle) | Meaning::Trigger(_, TriggerForm::Participle)
        )
    };
    let past = known.contains(&Meaning::Verb(TriggerForm::Finite)) && !known.iter().any(participle);
    let accents = || span.of(text).contains(['á', 'é', 'í', 'ó', 'ú', 'ñ']);
    if plain && past && accents() {
        // "intercambio" is a measure as a noun too, "destino" is not.
        let noun = lexicon.lists(Class::MeasureNoun, &fold(word));
        known.retain(|m| !verb(m) && (noun || !matches!(m, Meaning::Measure(_))));
    }
}
