//! What a heading or the key of a line says of what stands below or behind it.

use super::class::Class;
use super::lexicon::{Lexicon, Meaning};
use super::token::folded;
use std::borrow::Cow;

/// How many bytes the words before the colon of a line that cites something have at most.
const KEY: usize = 40;

impl Lexicon {
    /// Whether a heading says that no facts stand below it: it begins with such a word, or joins one by "and" ("Notes", "Culture and sport"),
    /// but no "Side notes".
    #[must_use]
    pub fn skips(&self, heading: &str) -> bool {
        let words = folded(heading);
        let words = lettered(&words);
        (0..words.len()).any(|i| {
            let before = i.checked_sub(1).and_then(|before| words.get(before..i));
            let joined = before.is_none_or(|and| self.begins(and, Class::And));
            joined && self.begins(words.get(i..).unwrap_or(&[]), Class::SkipHeading)
        })
    }

    /// "Source: A. Soto, The Embassy of …": whether a line says before its colon that it names what was read.
    #[must_use]
    pub fn cites(&self, line: &str) -> bool {
        let colon = line.bytes().take(KEY).position(|b| b == b':');
        let words = colon.and_then(|at| line.get(..at)).map(folded);
        words.is_some_and(|words| self.begins(lettered(&words), Class::Citation))
    }

    fn begins(&self, words: &[Cow<'_, str>], class: Class) -> bool {
        self.matches(words.iter().map(AsRef::as_ref))
            .iter()
            .any(|(_, m)| m.contains(&Meaning::Class(class)))
    }
}

/// Words from the first with a letter on: without the signs and numbers before a heading or the key of a line.
fn lettered<'w, 't>(words: &'w [Cow<'t, str>]) -> &'w [Cow<'t, str>] {
    let letters = |word: &Cow<'_, str>| word.chars().any(char::is_alphabetic);
    let first = words.iter().position(letters).unwrap_or(0);
    words.get(first..).unwrap_or(&[])
}
