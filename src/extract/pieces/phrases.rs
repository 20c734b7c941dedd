//! Phrases among the words of a sentence that are not to be read: they hide what begins inside them.

use crate::language::{Class, Classes, Known, Lexicon, Meaning, WordId};
use std::sync::LazyLock;

/// Whether a verb or the noun of a treaty or mission stands within the first `count` words, behind the first, or the first tells an event.
pub(super) fn hides(lexicon: &Lexicon, words: &[WordId], count: usize) -> bool {
    let tells = |known: &Known| {
        let mut meanings = known.meanings().iter();
        meanings.any(|m| matches!(m, Meaning::Trigger(..)))
    };
    let mut first = lexicon.matches_of(words.first().copied());
    first.any(|(_, known)| tells(known))
        || words.iter().take(count).skip(1).any(|word| {
            let mut known = lexicon.matches_of([*word]);
            known.any(|(_, known)| {
                let mut meanings = known.meanings().iter();
                meanings.any(|m| {
                    matches!(m, Meaning::Treaty(_) | Meaning::Mission(_))
                        || lexicon.verb_form(m).is_some()
                })
            })
        })
}

/// "La oficina de enlace", "la misión permanente": whether the noun of a mission begins within the first `count` words and ends behind them.
pub(super) fn names_more(lexicon: &Lexicon, words: &[WordId], count: usize) -> bool {
    (1..count).any(|start| {
        let inner = words.iter().skip(start).copied();
        lexicon.matches_of(inner).any(|(length, known)| {
            let mission = |m: &Meaning| matches!(m, Meaning::Mission(_));
            start + length > count && known.meanings().iter().any(mission)
        })
    })
}

/// "Served from 1976": whether the last word of a phrase leads to the date behind it, and the phrase is no verb of an event nor about time.
pub(super) fn leads(lexicon: &Lexicon, words: &[WordId], count: usize, phrase: &Known) -> bool {
    static OF_TIME: LazyLock<Classes> = LazyLock::new(|| {
        Classes::of([
            Class::DateFrom,
            Class::DateTo,
            Class::Since,
            Class::Until,
            Class::DateAbout,
            Class::DatePart,
            Class::DateAfter,
            Class::DateBefore,
            Class::During,
            Class::From,
            Class::Of,
            Class::In,
            Class::To,
        ])
    });
    let own = phrase.all();
    let other = own.classes().and(*OF_TIME).is_empty()
        && !own.iter().any(|m| matches!(m, Meaning::Trigger(..)));
    let led = |known: &Known| known.is(Class::DateFrom) || known.is(Class::Since);
    let last = words.get(count - 1).copied();
    other && lexicon.matches_of(last).any(|(_, known)| led(known))
}
