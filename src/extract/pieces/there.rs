//! "il y a rencontré X": where he did it, and not how long ago.

use crate::document::Lang;
use crate::language::{Lexicon, Meaning, Token, TriggerForm, WordId};

/// Whether "il y a" are a pronoun, a place and an auxiliary, with the participle right behind them.
pub(super) fn acts_there(tokens: &[Token<'_>], behind: Option<&WordId>, lexicon: &Lexicon) -> bool {
    let participle = |m: &Meaning| matches!(m, Meaning::Trigger(_, TriggerForm::Participle));
    let [he, there, has] = tokens else {
        return false;
    };
    lexicon.lang == Lang::Fr
        && [he, there, has].map(|t| t.folded.as_ref()) == ["il", "y", "a"]
        && lexicon
            .matches_of(behind.copied())
            .any(|(_, known)| known.meanings().iter().any(participle))
}
