//! What words mean, as parts of the names of features: numbered once for all sentences.

use super::features::Part;
use crate::language::{Lang, Senses};
use std::sync::LazyLock;

/// The senses of each entry of a language, in their order.
type Meant = Vec<Vec<Part<'static>>>;

fn numbered(lang: Lang) -> Meant {
    let entries = Senses::embedded(lang).entries().iter();
    let parts = |senses: &Vec<&'static str>| senses.iter().copied().map(Part::new).collect();
    entries.map(parts).collect()
}

/// The senses of a folded word or expression, as [`Senses::of`] tells them.
pub(super) fn meant(lang: Lang, expression: &str) -> &'static [Part<'static>] {
    static EN: LazyLock<Meant> = LazyLock::new(|| numbered(Lang::En));
    static FR: LazyLock<Meant> = LazyLock::new(|| numbered(Lang::Fr));
    static ES: LazyLock<Meant> = LazyLock::new(|| numbered(Lang::Es));
    let all: &'static Meant = match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
        Lang::Es => &ES,
    };
    let entry = Senses::embedded(lang).entry_of(expression);
    let found = entry.and_then(|entry| all.get(entry));
    found.map_or(&[], Vec::as_slice)
}
