//! Words and rules of English, French and Spanish and the gazetteers, parsed from text handed in; the program's own data is embedded.

mod alternatives;
mod class;
mod described;
pub mod gazetteer;
pub(crate) mod hash;
mod headings;
mod known;
mod lang;
mod leaders;
mod lexicon;
mod origins;
mod senses;
mod subjects;
mod titles;
mod token;
mod trie;
mod verb;
mod words;

pub use class::{Class, Classes};
pub use gazetteer::{BodyEntry, CityEntry, Gazetteer, NameForm, ResidenceEntry};
pub use known::{Known, Meanings};
pub use lang::Lang;
pub use leaders::{Leaders, Led};
pub use lexicon::{Lexicon, Meaning, TriggerForm};
pub use origins::Origins;
pub use senses::Senses;
pub use subjects::names_subject;
pub use token::{Token, TokenKind, fold, tokens};
pub use trie::WordId;
pub use verb::{Conjugation, conjugate};
pub use words::{
    Example, Head, Irregular, Rule, Verbs, Words, parse_rules, parse_verbs, parse_words,
};

use crate::diagnostic::Diagnostic;

/// Whether a folded word behind a name tells its bearer from an elder or younger one of the name. Documents of all three languages write them so.
#[must_use]
pub fn is_generation(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "jr" | "sr" | "junior" | "senior"
    )
}

/// The words and rules of one language.
#[derive(Clone, Debug)]
pub struct Language {
    /// Which.
    pub lang: Lang,
    /// Its words.
    pub words: Words,
    /// Its verbs.
    pub verbs: Verbs,
    /// Its rules.
    pub rules: Vec<Rule>,
}

impl Language {
    /// Parses a language's three files.
    ///
    /// # Errors
    /// A diagnostic that names file, line and column.
    pub fn parse(lang: Lang, words: &str, verbs: &str, rules: &str) -> Result<Self, Diagnostic> {
        Ok(Self {
            lang,
            words: parse_words(lang, words)?,
            verbs: parse_verbs(lang, verbs)?,
            rules: parse_rules(lang, rules)?,
        })
    }

    /// The languages that are part of the program.
    ///
    /// # Errors
    /// As [`Language::parse`]; a test holds that the embedded data has none.
    pub fn embedded() -> Result<Vec<Self>, Diagnostic> {
        Ok(vec![
            Self::parse(
                Lang::En,
                include_str!("../../data/languages/en/words.toml"),
                include_str!("../../data/languages/en/verbs.toml"),
                include_str!("../../data/languages/en/rules.toml"),
            )?,
            Self::parse(
                Lang::Fr,
                include_str!("../../data/languages/fr/words.toml"),
                include_str!("../../data/languages/fr/verbs.toml"),
                include_str!("../../data/languages/fr/rules.toml"),
            )?,
            Self::parse(
                Lang::Es,
                include_str!("../../data/languages/es/words.toml"),
                include_str!("../../data/languages/es/verbs.toml"),
                include_str!("../../data/languages/es/rules.toml"),
            )?,
        ])
    }

    /// Joins the language with a gazetteer.
    ///
    /// # Errors
    /// A diagnostic for words that the engine has no use for or lacks.
    pub fn lexicon(&self, gazetteer: &Gazetteer) -> Result<Lexicon, Diagnostic> {
        Lexicon::new(
            self.lang,
            &self.words,
            &self.verbs,
            self.rules.clone(),
            gazetteer,
        )
    }
}

/// The words of each language, as text.
#[must_use]
pub fn embedded_words() -> [&'static str; 3] {
    [
        include_str!("../../data/languages/en/words.toml"),
        include_str!("../../data/languages/fr/words.toml"),
        include_str!("../../data/languages/es/words.toml"),
    ]
}

/// The data files that are part of the program, as text: what a build's fingerprint is made of.
#[must_use]
pub fn embedded_data() -> Vec<&'static str> {
    vec![
        include_str!("../../data/languages/en/words.toml"),
        include_str!("../../data/languages/en/verbs.toml"),
        include_str!("../../data/languages/en/rules.toml"),
        include_str!("../../data/languages/fr/words.toml"),
        include_str!("../../data/languages/fr/verbs.toml"),
        include_str!("../../data/languages/fr/rules.toml"),
        include_str!("../../data/languages/es/words.toml"),
        include_str!("../../data/languages/es/verbs.toml"),
        include_str!("../../data/languages/es/rules.toml"),
        subjects::TABLE,
        include_str!("../../data/gazetteer/bodies.tsv"),
        include_str!("../../data/gazetteer/names.tsv"),
        include_str!("../../data/gazetteer/cities.tsv"),
        include_str!("../../data/gazetteer/currencies.tsv"),
        include_str!("../../data/gazetteer/regions.tsv"),
        include_str!("../../data/gazetteer/residences.tsv"),
    ]
}
