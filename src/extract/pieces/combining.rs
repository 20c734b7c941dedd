//! Forms of adjectives of states that stand only before a hyphen: "franco-péruvien", "Sino-Chilean", "hispano-chilena".

use crate::language::{Lang, Lexicon, Meaning, fold};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// For each language the adjective of each form, both folded.
static FORMS: LazyLock<BTreeMap<(Lang, String), String>> = LazyLock::new(|| {
    let files = [
        (
            Lang::En,
            include_str!("../../../data/languages/en/combining.tsv"),
        ),
        (
            Lang::Fr,
            include_str!("../../../data/languages/fr/combining.tsv"),
        ),
        (
            Lang::Es,
            include_str!("../../../data/languages/es/combining.tsv"),
        ),
    ];
    let rows = files
        .into_iter()
        .flat_map(|(lang, file)| file.lines().map(move |row| (lang, row)));
    rows.filter_map(|(lang, row)| {
        let (form, adjective) = row.split_once('\t')?;
        Some((
            (lang, fold(form).into_owned()),
            fold(adjective).into_owned(),
        ))
    })
    .collect()
});

/// The adjective that a folded word is a form of.
pub(super) fn adjective(word: &str, lexicon: &Lexicon) -> Option<&'static str> {
    let key = (lexicon.lang, word.to_owned());
    FORMS.get(&key).map(String::as_str)
}

/// Whether a folded word joins adjectives of two states or more by hyphens, the first ones perhaps in a form of their own.
pub(super) fn joins(word: &str, lexicon: &Lexicon) -> bool {
    let of_state = |part: &str| {
        let known = |m: &Meaning| matches!(m, Meaning::Body(_, form) if !form.is_name());
        lexicon.meanings(part).iter().any(known)
    };
    let Some((first, last)) = word.rsplit_once('-') else {
        return false;
    };
    // "Austro-Hungarian" is of one state.
    if !lexicon.meanings(word).is_empty() {
        return false;
    }
    let mut first = first.split('-');
    of_state(last) && first.all(|part| adjective(part, lexicon).is_some() || of_state(part))
}
