//! What words mean in diplomatic prose, by their beginnings: more of them than rules name, and less exactly.

use super::Lang;
use super::hash::Table;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The least bytes of a beginning.
const LEAST: usize = 4;

/// The senses of one language's words.
#[derive(Clone, Debug, Default)]
pub struct Senses {
    /// The entries of whole words.
    whole: Table<&'static str, usize>,
    /// The beginnings by their own first bytes, the longest first.
    begin: Table<[u8; LEAST], Vec<Meant>>,
    /// The senses of each entry.
    entries: Vec<Vec<&'static str>>,
}

/// The beginning of a word, and its entry.
type Meant = (&'static str, usize);

impl Senses {
    fn parse(text: &'static str) -> Self {
        let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some((word, sense)) = line.split_once('\t') {
                of.entry(word).or_default().push(sense);
            }
        }
        let mut senses = Self::default();
        let begin = |word: &str| {
            let ends = word.char_indices().map(|(at, _)| at);
            ends.filter(|end| *end >= LEAST)
                .filter_map(|end| of.get(word.get(..end)?))
                .flatten()
                .copied()
                .collect::<Vec<_>>()
        };
        // A longer beginning means what its own beginnings do, too.
        let whole = of.iter().map(|(word, meant)| {
            let mut meant = meant.clone();
            for sense in begin(word) {
                if !meant.contains(&sense) {
                    meant.push(sense);
                }
            }
            (*word, meant)
        });
        let mut beginnings: BTreeMap<[u8; LEAST], Vec<Meant>> = BTreeMap::new();
        for (word, meant) in whole.collect::<Vec<_>>() {
            let entry = senses.entries.len();
            senses.entries.push(meant);
            if let Some(whole) = word.strip_suffix('$') {
                senses.whole.insert(whole, entry);
            } else if let Some(first) = word.as_bytes().first_chunk() {
                beginnings.entry(*first).or_default().push((word, entry));
            }
        }
        for (first, mut all) in beginnings {
            all.sort_by_key(|(word, _)| Reverse(word.len()));
            senses.begin.insert(first, all);
        }
        senses
    }

    /// The senses of a language.
    #[must_use]
    pub fn embedded(lang: Lang) -> &'static Self {
        static EN: LazyLock<Senses> =
            LazyLock::new(|| Senses::parse(include_str!("../../data/languages/en/senses.tsv")));
        static FR: LazyLock<Senses> =
            LazyLock::new(|| Senses::parse(include_str!("../../data/languages/fr/senses.tsv")));
        static ES: LazyLock<Senses> =
            LazyLock::new(|| Senses::parse(include_str!("../../data/languages/es/senses.tsv")));
        match lang {
            Lang::En => &EN,
            Lang::Fr => &FR,
            Lang::Es => &ES,
        }
    }

    /// The senses of each entry, of which each has one at least.
    #[must_use]
    pub fn entries(&self) -> &[Vec<&'static str>] {
        &self.entries
    }

    /// The senses of a folded word, or of the first word of an expression that has any ("break off").
    #[must_use]
    pub fn of(&self, expression: &str) -> &[&'static str] {
        let entry = self.entry_of(expression);
        let found = entry.and_then(|entry| self.entries.get(entry));
        found.map_or(&[], Vec::as_slice)
    }

    /// The entry of a folded word, or of the first word of an expression that has one.
    #[must_use]
    pub fn entry_of(&self, expression: &str) -> Option<usize> {
        let parted = || {
            let mut words = expression.split(' ');
            words.find_map(|word| self.of_word(word))
        };
        let found = self.of_word(expression);
        found.or_else(|| expression.contains(' ').then(parted)?)
    }

    /// That of a word: of the whole word, else of its longest beginning that has one.
    fn of_word(&self, word: &str) -> Option<usize> {
        if let Some(found) = self.whole.get(word) {
            return Some(*found);
        }
        let first = word.as_bytes().first_chunk::<LEAST>();
        let alike = first.and_then(|first| self.begin.get(first));
        let mut alike = alike.into_iter().flatten();
        let own = alike.find(|(begin, _)| word.starts_with(begin));
        own.map(|(_, entry)| *entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_has_the_senses_of_its_words() {
        let of = Senses::embedded(Lang::En);
        assert_eq!(of.of("broke off"), of.of("broke"));
        assert!(!of.of("broke off").is_empty());
    }

    #[test]
    fn every_line_is_a_word_and_a_sense() {
        for text in [
            include_str!("../../data/languages/en/senses.tsv"),
            include_str!("../../data/languages/fr/senses.tsv"),
            include_str!("../../data/languages/es/senses.tsv"),
        ] {
            for line in text.lines().skip(1) {
                let (word, sense) = line.split_once('\t').unwrap_or_default();
                let whole = word.ends_with('$');
                assert!(
                    !sense.is_empty() && (whole || word.len() >= LEAST),
                    "{line:?}"
                );
            }
        }
    }

    #[test]
    fn the_longest_beginning_tells() {
        let english = Senses::embedded(Lang::En);
        assert!(english.of("embassies").contains(&"mission"));
        assert!(english.of("qqq").is_empty());
    }
}
