//! Words → what they mean in diplomatic prose, by their beginnings.

use crate::document::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The senses of one language's words.
#[derive(Debug, Default)]
pub(super) struct Senses {
    whole: HashMap<&'static str, Vec<&'static str>>,
    begin: HashMap<&'static str, Vec<&'static str>>,
}

impl Senses {
    fn parse(text: &'static str) -> Self {
        let mut senses = Self::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some((word, sense)) = line.split_once('\t') {
                let map = if word.ends_with('$') {
                    &mut senses.whole
                } else {
                    &mut senses.begin
                };
                map.entry(word.trim_end_matches('$'))
                    .or_default()
                    .push(sense);
            }
        }
        senses
    }

    /// Those of a folded word: by the whole word, else by its longest beginning that has one.
    pub(super) fn of(&self, word: &str) -> &[&'static str] {
        if let Some(found) = self.whole.get(word) {
            return found;
        }
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.rev()
            .take_while(|end| *end >= 4)
            .find_map(|end| self.begin.get(word.get(..end)?))
            .map_or(&[], Vec::as_slice)
    }
}

static EN: LazyLock<Senses> =
    LazyLock::new(|| Senses::parse(include_str!("../../../data/languages/en/senses.tsv")));
static FR: LazyLock<Senses> =
    LazyLock::new(|| Senses::parse(include_str!("../../../data/languages/fr/senses.tsv")));
static ES: LazyLock<Senses> =
    LazyLock::new(|| Senses::parse(include_str!("../../../data/languages/es/senses.tsv")));

/// The senses of a language.
pub(super) fn senses(lang: Lang) -> &'static Senses {
    match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
        Lang::Es => &ES,
    }
}
