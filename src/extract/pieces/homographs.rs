//! Words that are also names of persons, by language: "Peter Day", "Maurice Delvaux", "de la Torre".

use super::Piece;
use crate::language::{Lang, Lexicon};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What part of a name such a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Homograph {
    /// A given name that is also a state's.
    Given,
    /// A surname that is also a common noun, a place's name or a title.
    Surname,
    /// A common noun that ends a surname behind a particle ("de la Torre").
    Behind,
}

static WORDS: LazyLock<BTreeSet<(Lang, Homograph, &str)>> = LazyLock::new(|| {
    let files = [
        (
            Lang::En,
            include_str!("../../../data/languages/en/homographs.tsv"),
        ),
        (
            Lang::Fr,
            include_str!("../../../data/languages/fr/homographs.tsv"),
        ),
        (
            Lang::Es,
            include_str!("../../../data/languages/es/homographs.tsv"),
        ),
    ];
    let rows = files
        .into_iter()
        .flat_map(|(lang, file)| file.lines().map(move |row| (lang, row)));
    rows.filter_map(|(lang, row)| {
        let (kind, word) = row.split_once('\t')?;
        let kind = match kind {
            "given" => Homograph::Given,
            "surname" => Homograph::Surname,
            "behind" => Homograph::Behind,
            _ => return None,
        };
        Some((lang, kind, word))
    })
    .collect()
});

pub(super) fn is_homograph(piece: &Piece<'_>, kind: Homograph, lexicon: &Lexicon) -> bool {
    WORDS.contains(&(lexicon.lang, kind, &*piece.folded))
}
