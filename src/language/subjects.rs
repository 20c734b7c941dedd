//! The words by which titles of treaties say what they are about, in every language; read from `data/languages/topics.tsv`.

use super::token::fold;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The table, embedded.
pub(super) const TABLE: &str = include_str!("../../data/languages/topics.tsv");

/// The words of all concepts but those of nouns of instruments and of words that say nothing, folded.
static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter_map(|row| {
        let mut columns = row.split('\t');
        let concept = columns.next()?;
        let about = ["topic/", "weak/", "modifier/"];
        about
            .iter()
            .any(|class| concept.starts_with(class))
            .then(|| columns.nth(1))
            .flatten()
    });
    rows.flat_map(|phrases| phrases.split(['|', ' ']))
        .filter(|word| word.len() > 3)
        .collect()
});

/// Whether a word of a treaty's title says what the treaty is about ("fisheries", "amistad"), in any of the languages.
#[must_use]
pub fn names_subject(word: &str) -> bool {
    let folded = fold(word);
    WORDS.contains(folded.as_ref())
        || folded
            .strip_suffix('s')
            .is_some_and(|one| WORDS.contains(one))
}
