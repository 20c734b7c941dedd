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
    whole: Table<&'static str, Vec<&'static str>>,
    /// The beginnings by their own first bytes, the longest first.
    begin: Table<[u8; LEAST], Vec<Meant>>,
}

/// The beginning of a word, and its senses.
type Meant = (&'static str, Vec<&'static str>);

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
            if let Some(whole) = word.strip_suffix('$') {
                senses.whole.insert(whole, meant);
            } else if let Some(first) = word.as_bytes().first_chunk() {
                beginnings.entry(*first).or_default().push((word, meant));
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

    /// Those of a folded word, or of the first word of an expression that has any ("break off").
    #[must_use]
    pub fn of(&self, expression: &str) -> &[&'static str] {
        let found = self.of_word(expression);
        if !found.is_empty() || !expression.contains(' ') {
            return found;
        }
        let words = expression.split(' ').map(|word| self.of_word(word));
        words
            .into_iter()
            .find(|found| !found.is_empty())
            .unwrap_or(&[])
    }

    /// Those of a word: by the whole word, else by its longest beginning that has one.
    fn of_word(&self, word: &str) -> &[&'static str] {
        if let Some(found) = self.whole.get(word) {
            return found;
        }
        let first = word.as_bytes().first_chunk::<LEAST>();
        let alike = first.and_then(|first| self.begin.get(first));
        let mut alike = alike.into_iter().flatten();
        alike
            .find(|(begin, _)| word.starts_with(begin))
            .map_or(&[], |(_, senses)| senses.as_slice())
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
