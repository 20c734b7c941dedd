//! A table of what treaties are about and are called in several languages → a title's meaning, comparable over languages.

use super::names::fold;
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Concepts of treaty titles with their words in every language; read from `data/languages/topics.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    /// First word of a phrase → (all its words, concept, language), longest phrase first.
    phrases: BTreeMap<String, Vec<(Vec<String>, Concept, String)>>,
}

/// What a phrase of a title stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concept {
    /// What the treaty is about (`free-trade`).
    Topic(String),
    /// What most treaties are about (`cooperation`): tells two apart only where nothing else does.
    Weak(String),
    /// What the instrument is called (`agreement`); those that texts use for one another share a concept.
    Noun(String),
    /// What makes it another treaty than the one of the same name (`additional`).
    Modifier(String),
    /// Says nothing (`on`, `between`).
    Stop,
}

/// A line of the table that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TopicsError {
    /// Not three columns.
    #[error("topics line {line}: expected three columns (concept, language, words) parted by tabs")]
    Columns {
        /// Line, from 1.
        line: usize,
    },
    /// A concept of no known class.
    #[error(
        "topics line {line}: concept {concept:?} must begin with topic/, weak/, noun/ or modifier/, or be stop"
    )]
    Concept {
        /// Line, from 1.
        line: usize,
        /// What stands there.
        concept: String,
    },
}

impl Topics {
    /// Reads the table: concept, language, words (phrases parted by `|`), with tabs between; `#` begins a comment line; the header line
    /// begins with `concept`.
    ///
    /// # Errors
    ///
    /// The first line that has not three columns or a concept of no known class.
    pub fn parse(table: &str) -> Result<Self, TopicsError> {
        let mut phrases: BTreeMap<String, Vec<(Vec<String>, Concept, String)>> = BTreeMap::new();
        for (at, row) in table.lines().enumerate() {
            let line = at + 1;
            if row.trim().is_empty()
                || row.starts_with('#')
                || (at == 0 && row.starts_with("concept\t"))
            {
                continue;
            }
            let mut columns = row.split('\t');
            let (Some(name), Some(lang), Some(list), None) = (
                columns.next(),
                columns.next(),
                columns.next(),
                columns.next(),
            ) else {
                return Err(TopicsError::Columns { line });
            };
            let concept = match name.split_once('/') {
                Some(("topic", rest)) => Concept::Topic(rest.to_owned()),
                Some(("weak", rest)) => Concept::Weak(rest.to_owned()),
                Some(("noun", rest)) => Concept::Noun(rest.to_owned()),
                Some(("modifier", rest)) => Concept::Modifier(rest.to_owned()),
                None if name == "stop" => Concept::Stop,
                Some(_) | None => {
                    return Err(TopicsError::Concept {
                        line,
                        concept: name.to_owned(),
                    });
                }
            };
            for phrase in list.split('|') {
                let phrase = words(phrase);
                if let Some(first) = phrase.first() {
                    phrases.entry(first.clone()).or_default().push((
                        phrase.clone(),
                        concept.clone(),
                        lang.to_owned(),
                    ));
                }
            }
        }
        for list in phrases.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        Ok(Self { phrases })
    }

    /// The meaning of a title. Words of the parties' names say nothing about what it is about.
    #[must_use]
    pub fn title(&self, title: &str, parties: &[&str]) -> Title {
        let words = words(title);
        let party_words: Vec<String> = parties
            .iter()
            .flat_map(|name| self::words(name))
            .filter(|w| w.len() > 2)
            .collect();
        let mut meaning = Title::default();
        let mut langs: BTreeMap<&str, usize> = BTreeMap::new();
        let mut rest = words.as_slice();
        while let Some((word, behind)) = rest.split_first() {
            let here: Vec<_> = self
                .phrases
                .get(word)
                .map_or(&[][..], Vec::as_slice)
                .iter()
                .filter(|(phrase, _, _)| rest.starts_with(phrase))
                .collect();
            let longest = here.first().map_or(0, |(phrase, _, _)| phrase.len());
            if longest == 0 {
                let of_party = party_words.iter().any(|p| {
                    p == word
                        || (p.len() > 3
                            && word.len() > 3
                            && word.chars().take(4).eq(p.chars().take(4)))
                });
                if !of_party && word.chars().count() > 1 {
                    meaning.words.insert(singular(word));
                }
                rest = behind;
                continue;
            }
            // "Protocol to the Treaty" is a protocol: the first noun says what it is.
            let first_noun = meaning.nouns.is_empty();
            for (_, concept, lang) in here.iter().filter(|(phrase, _, _)| phrase.len() == longest) {
                *langs.entry(lang).or_default() += 1;
                match concept {
                    Concept::Topic(name) => meaning.topics.insert(name.clone()),
                    Concept::Weak(name) => meaning.weak.insert(name.clone()),
                    Concept::Noun(name) if first_noun => meaning.nouns.insert(name.clone()),
                    Concept::Noun(_) => false,
                    Concept::Modifier(name) => meaning.modifiers.insert(name.clone()),
                    Concept::Stop => false,
                };
            }
            rest = rest.get(longest..).unwrap_or_default();
        }
        let best = langs.values().copied().max().unwrap_or(0);
        let mut leading = langs
            .iter()
            .filter(|&(_, &n)| n == best)
            .map(|(&lang, _)| lang);
        meaning.lang = match (leading.next(), leading.next()) {
            (Some(lang), None) => Some(lang.to_owned()),
            _ => None,
        };
        meaning
    }
}

/// What a title says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// What it is about, in concepts of the table.
    pub topics: BTreeSet<String>,
    /// What many treaties are about.
    pub weak: BTreeSet<String>,
    /// What it calls itself.
    pub nouns: BTreeSet<String>,
    /// Additional, second …
    pub modifiers: BTreeSet<String>,
    /// Words that the table does not have, folded, without plural s.
    pub words: BTreeSet<String>,
    /// The language that most of its words are of, if one leads.
    pub lang: Option<String>,
}

impl Title {
    /// Whether it says nothing but what it calls itself ("bilateral agreement").
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.topics.is_empty() && self.weak.is_empty() && self.words.is_empty()
    }

    /// Whether both titles can name one treaty.
    #[must_use]
    pub fn like(&self, other: &Self) -> bool {
        if self.modifiers != other.modifiers {
            return false;
        }
        if !self.nouns.is_empty() && !other.nouns.is_empty() && self.nouns.is_disjoint(&other.nouns)
        {
            return false;
        }
        if self.is_bare() || other.is_bare() {
            return self.is_bare() && other.is_bare();
        }
        let other_language = matches!((&self.lang, &other.lang), (Some(a), Some(b)) if a != b);
        let strong = |t: &Self| -> BTreeSet<String> {
            let words = t
                .words
                .iter()
                .filter(|_| !other_language)
                .map(|w| format!("={w}"));
            t.topics.iter().cloned().chain(words).collect()
        };
        let (a, b) = (strong(self), strong(other));
        if a.is_empty() && b.is_empty() {
            return self.weak == other.weak;
        }
        let shared = a.intersection(&b).count();
        let all = a.union(&b).count();
        if other_language {
            return shared == all;
        }
        let smaller = a.len().min(b.len());
        shared == all || 5 * shared >= 3 * all || (shared == smaller && smaller >= 2)
    }

    /// Whether one title says no more than the other, and they share what it is about: weaker than [`Self::like`], for treaties of one date.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        let whole = |t: &Self| -> BTreeSet<String> {
            t.topics
                .iter()
                .cloned()
                .chain(t.words.iter().map(|w| format!("={w}")))
                .collect()
        };
        let (a, b) = (whole(self), whole(other));
        self.modifiers == other.modifiers
            && (self.nouns.is_empty()
                || other.nouns.is_empty()
                || !self.nouns.is_disjoint(&other.nouns))
            && !a.is_empty()
            && !b.is_empty()
            && (a.is_subset(&b) || b.is_subset(&a))
    }
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn singular(word: &str) -> String {
    let keep = word.len() < 5 || word.ends_with("ss");
    word.strip_suffix('s')
        .filter(|_| !keep)
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics() -> Topics {
        Topics::parse(include_str!("../../data/languages/topics.tsv")).unwrap()
    }

    fn like(a: &str, b: &str) -> bool {
        let topics = topics();
        let (a, b) = (
            topics.title(a, &["France", "Peru"]),
            topics.title(b, &["France", "Peru"]),
        );
        assert_eq!(a.like(&b), b.like(&a));
        a.like(&b)
    }

    #[test]
    fn one_treaty_in_several_languages() {
        assert!(like("accord de libre échange", "free trade agreement"));
        assert!(like("Tratado de Extradición", "Extradition Treaty"));
        assert!(like(
            "Convenio para evitar la doble imposición",
            "Convention on the avoidance of double taxation"
        ));
        assert!(like(
            "Traité d'amitié, de commerce et de navigation",
            "Treaty of Friendship, Commerce and Navigation"
        ));
        assert!(like(
            "Accord de coopération en matière de défense",
            "Agreement in Defense Cooperation"
        ));
    }

    #[test]
    fn treaties_of_one_year_stay_apart() {
        let titles = [
            "Agreement on Transportation Cooperation",
            "Extradition Treaty",
            "Agreement in Defense Cooperation",
            "Agreement on Educational Cooperation",
            "Agreement on Judicial Assistance in Criminal Matters",
            "Agreement on Judicial Assistance in Civil Matters",
            "Protocol to the Extradition Treaty",
            "Additional Protocol to the Extradition Treaty",
            "Treaty of Ancoria",
            "Treaty of Belloria",
            "Cooperation Agreement",
            "bilateral agreement",
        ];
        for (at, a) in titles.iter().enumerate() {
            for b in titles.iter().skip(at + 1) {
                assert!(!like(a, b), "{a} / {b}");
            }
        }
    }

    #[test]
    fn the_table_is_in_its_normal_form() {
        let table = include_str!("../../data/languages/topics.tsv");
        let rows: Vec<&str> = table
            .lines()
            .skip(1)
            .filter(|l| !l.starts_with('#'))
            .collect();
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(rows, sorted, "rows are sorted, each once");
        assert_eq!(
            Topics::parse("concept\tlang\twords\ntopic/x\ten").unwrap_err(),
            TopicsError::Columns { line: 2 }
        );
    }
}
