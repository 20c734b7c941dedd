//! Names as they are looked up: folded, as a bag of words, and what kind of mission a name speaks of.

use crate::resolve::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Articles and prepositions that names have in one form and lack in another; of the three languages that are read.
const SMALL: &[&str] = &[
    "a", "al", "and", "at", "au", "aux", "d", "da", "de", "del", "des", "do", "dos", "du", "e",
    "el", "en", "et", "for", "in", "l", "la", "las", "le", "les", "los", "of", "the", "to", "y",
];

/// Lower case without accents, a single space for whatever is no letter or digit.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            out.push(c);
        } else if c != '\'' && c != '.' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        } else if c == '\'' && !out.is_empty() {
            // "l'Union" is two words, "N'Djamena" is found by its bag or its aliases.
            out.push(' ');
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        fold(text).chars().for_each(push);
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out
}

/// The words of a folded name without the small ones, sorted: the same for "Brant Salas, Anselmo" and "Anselmo Brant Salas".
#[must_use]
pub fn bag(folded: &str) -> String {
    let mut words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !word.is_empty() && !SMALL.contains(word))
        .collect();
    words.sort_unstable();
    words.join(" ")
}

/// A name with the forms by which it is compared, made once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Language tag, or empty.
    pub(super) lang: String,
    /// As it is written.
    pub(super) text: String,
    /// As [`folded`] makes it.
    pub(super) folded: String,
    /// As [`bag`] makes it.
    pub(super) bag: String,
}

impl Name {
    /// These names, given as (language tag, text), made ready.
    pub(super) fn all<'n>(names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Vec<Self> {
        let ready = names.into_iter().map(|(lang, text)| {
            let folded = folded(text);
            Self {
                lang: lang.to_owned(),
                text: text.to_owned(),
                bag: bag(&folded),
                folded,
            }
        });
        ready.collect()
    }

    /// The names of an entity.
    pub(super) fn of(names: &BTreeSet<(String, String)>) -> Vec<Self> {
        Self::all(
            names
                .iter()
                .map(|(lang, text)| (lang.as_str(), text.as_str())),
        )
    }
}

/// Words for missions and offices, in all languages that are read → what claims call them.
#[derive(Clone, Debug, Default)]
pub struct Nouns {
    missions: Phrases,
    offices: Phrases,
}

/// Phrases by their first word, longest first.
#[derive(Clone, Debug, Default)]
struct Phrases(BTreeMap<String, Vec<(Vec<String>, String)>>);

impl Nouns {
    /// The words of `data/languages/*/words.toml`.
    ///
    /// # Errors
    /// What is wrong with the data of the program.
    pub fn embedded() -> Result<Self, String> {
        #[derive(serde::Deserialize)]
        struct Words {
            missions: BTreeMap<String, Vec<String>>,
            offices: BTreeMap<String, Vec<String>>,
        }
        let mut nouns = Self::default();
        for words in crate::language::embedded_words() {
            let words: Words = toml::from_str(words).map_err(|error| error.to_string())?;
            nouns.missions.add(words.missions);
            nouns.offices.add(words.offices);
        }
        nouns.missions.sort();
        nouns.offices.sort();
        Ok(nouns)
    }

    /// The kind of mission that a folded name speaks of ("embassy of peru paris", "british embassy lima").
    #[must_use]
    pub fn mission(&self, folded: &str) -> Option<&str> {
        self.missions.in_text(folded).map(|(kind, _)| kind)
    }

    /// The office that a folded name speaks of, and the name without it: "president of peru" is `President` and "of peru".
    #[must_use]
    pub fn office(&self, folded: &str) -> Option<(&str, String)> {
        self.offices.in_text(folded)
    }
}

impl Phrases {
    fn add(&mut self, words: BTreeMap<String, Vec<String>>) {
        for (meaning, forms) in words {
            for form in forms {
                let words: Vec<String> = folded(&form).split(' ').map(str::to_owned).collect();
                if let Some(first) = words.first().cloned() {
                    self.0
                        .entry(first)
                        .or_default()
                        .push((words, meaning.clone()));
                }
            }
        }
    }

    fn sort(&mut self) {
        for phrases in self.0.values_mut() {
            phrases.sort_by(|(a, one), (b, other)| {
                b.len()
                    .cmp(&a.len())
                    .then_with(|| (a, one).cmp(&(b, other)))
            });
            phrases.dedup_by(|(a, _), (b, _)| a == b);
        }
    }

    /// What the longest phrase in a folded text means, of several the first, and the text without it.
    fn in_text(&self, folded: &str) -> Option<(&str, String)> {
        let words: Vec<&str> = folded.split(' ').collect();
        let mut best: Option<(usize, usize, &str)> = None;
        for (at, word) in words.iter().enumerate() {
            let rest = words.get(at..).unwrap_or_default();
            let found = self.0.get(*word).and_then(|phrases| {
                phrases.iter().find(|(phrase, _)| {
                    rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(a, b)| a == b)
                })
            });
            if let Some((phrase, meaning)) = found
                && best.is_none_or(|(_, length, _)| length < phrase.len())
            {
                best = Some((at, phrase.len(), meaning));
            }
        }
        let (at, length, meaning) = best?;
        let (before, rest) = words.split_at(at);
        let rest = rest.get(length..).unwrap_or_default();
        Some((meaning, [before, rest].concat().join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_and_bagged() {
        for (name, key) in [
            ("São Tomé and Príncipe", "sao tome and principe"),
            ("  Embassy of Peru, Paris ", "embassy of peru paris"),
            ("J.-P. Müller", "j p muller"),
            ("U.S.A.", "usa"),
            ("l’Union", "l union"),
            ("L'Union", "l union"),
            ("東京", "東京"),
            ("-", ""),
        ] {
            assert_eq!(folded(name), key);
            assert_eq!(folded(&folded(name)), key);
        }
        assert_eq!(
            bag(&folded("Brant Salas, Anselmo")),
            bag(&folded("Anselmo Brant Salas"))
        );
        assert_eq!(
            bag(&folded("Embassy of Peru in Paris")),
            bag(&folded("Embassy of Peru, Paris"))
        );
    }

    #[test]
    fn missions_are_told_by_their_nouns() {
        let nouns = Nouns::embedded().unwrap();
        for (name, kind) in [
            (
                "Consulate General of Peru in Paris",
                Some("consulate general"),
            ),
            ("Ambassade du Pérou en France", Some("embassy")),
            (
                "Consulado General del Perú en París",
                Some("consulate general"),
            ),
            ("British High Commission, Nairobi", Some("high commission")),
            ("Paris", None),
        ] {
            assert_eq!(nouns.mission(&folded(name)), kind, "{name}");
        }
    }

    #[test]
    fn offices_are_told_by_their_names() {
        let nouns = Nouns::embedded().unwrap();
        for (name, office, rest) in [
            ("President of Peru", "President", "of peru"),
            (
                "ministre des Affaires étrangères du Pérou",
                "Foreign Minister",
                "du perou",
            ),
            ("Minister of Foreign Affairs", "Foreign Minister", ""),
        ] {
            assert_eq!(
                nouns.office(&folded(name)),
                Some((office, rest.to_owned())),
                "{name}"
            );
        }
    }
}
