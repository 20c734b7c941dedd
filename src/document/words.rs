//! The words of a language that reading a document needs, parsed from its data files: function words, abbreviations, signs of question and answer.

use super::Lang;
use crate::language::hash::Table;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Function words in lower case.
    pub(super) function: BTreeSet<String>,
    /// Abbreviations without their full stop; `true` where one may also end a sentence.
    pub(super) abbreviations: Table<String, bool>,
    /// What stands before a question (`Q`).
    pub(super) questions: Turns,
    /// What stands before an answer (`A`, `R`).
    pub(super) answers: Turns,
}

/// Signs that begin a speaker's turn.
#[derive(Debug)]
pub(super) struct Turns {
    /// The longest first; each begins with an ASCII character.
    pub(super) signs: Vec<String>,
    /// For each byte whether a sign begins with it.
    first: [bool; 128],
}

impl Turns {
    fn new(mut signs: Vec<String>) -> Self {
        signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
        let mut first = [false; 128];
        for byte in signs.iter().filter_map(|sign| sign.bytes().next()) {
            if let Some(begins) = first.get_mut(usize::from(byte)) {
                *begins = true;
            }
        }
        Self { signs, first }
    }

    /// Whether a sign begins with a byte.
    pub(super) fn begins(&self, byte: u8) -> bool {
        self.first
            .get(usize::from(byte))
            .is_some_and(|begins| *begins)
    }
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| {
    Words::parse(
        include_str!("../../data/languages/en/stopwords.txt"),
        include_str!("../../data/languages/en/abbreviations.txt"),
        include_str!("../../data/languages/en/turns.tsv"),
    )
});
static FRENCH: LazyLock<Words> = LazyLock::new(|| {
    Words::parse(
        include_str!("../../data/languages/fr/stopwords.txt"),
        include_str!("../../data/languages/fr/abbreviations.txt"),
        include_str!("../../data/languages/fr/turns.tsv"),
    )
});
static SPANISH: LazyLock<Words> = LazyLock::new(|| {
    Words::parse(
        include_str!("../../data/languages/es/stopwords.txt"),
        include_str!("../../data/languages/es/abbreviations.txt"),
        include_str!("../../data/languages/es/turns.tsv"),
    )
});

/// How many languages there are.
pub(super) const LANGS: usize = Lang::ALL.len();

/// For each of [`Lang::ALL`] whether a word is a function word of that language.
pub(super) type Uses = [bool; LANGS];

/// The function words of all languages.
#[derive(Debug)]
pub(super) struct FunctionWords {
    /// The words that [`pack`] packs.
    pub(super) short: Table<u64, Uses>,
    /// The others.
    pub(super) long: Table<String, Uses>,
    /// Length of the longest in bytes.
    pub(super) longest: usize,
}

/// Length in bytes of the words that are packed.
pub(super) const SHORT: usize = 8;

/// A word of a few ASCII letters as one number; `None` for others.
pub(super) fn pack(word: &str) -> Option<u64> {
    let short = word.len() <= SHORT && word.is_ascii();
    short.then(|| {
        word.bytes()
            .fold(0, |packed, byte| packed << 8 | u64::from(byte))
    })
}

static FUNCTION_WORDS: LazyLock<FunctionWords> = LazyLock::new(|| {
    let all = |lang: &Lang| &Words::of(*lang).function;
    let mut short = Table::default();
    let mut long = Table::default();
    for word in Lang::ALL.iter().flat_map(all) {
        let mut langs = [false; LANGS];
        for (uses, lang) in langs.iter_mut().zip(Lang::ALL) {
            *uses = all(lang).contains(word);
        }
        match pack(word) {
            Some(packed) => short.insert(packed, langs),
            None => long.insert(word.clone(), langs),
        };
    }
    let longest = Lang::ALL.iter().flat_map(all).map(String::len).max();
    FunctionWords {
        short,
        long,
        longest: longest.unwrap_or(0),
    }
});

impl Words {
    /// The function words of all languages together.
    pub(super) fn functions() -> &'static FunctionWords {
        &FUNCTION_WORDS
    }

    /// The words of a language, parsed once.
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Fr => &FRENCH,
            Lang::Es => &SPANISH,
        }
    }

    /// Reads the three files: one function word per line; one abbreviation per line, with a tab and `may end` where it may also end a sentence;
    /// `question` or `answer`, a tab and a sign per line.
    pub(super) fn parse(function: &str, abbreviations: &str, turns: &str) -> Self {
        let signs = |role: &str| {
            let found = turns
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .filter(|(kind, _)| *kind == role)
                .map(|(_, sign)| sign.to_owned());
            Turns::new(found.collect())
        };
        let mut known = Table::default();
        for line in abbreviations.lines().filter(|line| !line.is_empty()) {
            let (word, note) = line.split_once('\t').unwrap_or((line, ""));
            if let Some(bare) = word.strip_suffix('.') {
                known.insert(bare.to_owned(), note == "may end");
            }
        }
        Self {
            function: function
                .lines()
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            abbreviations: known,
            questions: signs("question"),
            answers: signs("answer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    #[test]
    fn word_lists_are_sorted_without_doubles_in_nfc() {
        for list in [
            include_str!("../../data/languages/en/stopwords.txt"),
            include_str!("../../data/languages/fr/stopwords.txt"),
            include_str!("../../data/languages/es/stopwords.txt"),
            include_str!("../../data/languages/en/abbreviations.txt"),
            include_str!("../../data/languages/fr/abbreviations.txt"),
            include_str!("../../data/languages/es/abbreviations.txt"),
            include_str!("../../data/languages/en/turns.tsv"),
            include_str!("../../data/languages/fr/turns.tsv"),
            include_str!("../../data/languages/es/turns.tsv"),
            include_str!("../../data/languages/en/wiki.tsv"),
            include_str!("../../data/languages/fr/wiki.tsv"),
            include_str!("../../data/languages/es/wiki.tsv"),
        ] {
            assert!(is_nfc(list));
            let lines: Vec<&str> = list.lines().collect();
            let mut sorted = lines.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(lines, sorted);
        }
    }
}
