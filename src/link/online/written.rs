//! How names and titles are written before the API is asked.

use crate::link::Qid;
use crate::link::properties::Property;
use unicode_normalization::UnicodeNormalization;

/// Most characters of a name that is searched for.
const LONGEST_NAME: usize = 200;
/// What no title of a page can hold.
pub(super) const NOT_IN_TITLES: &[char] =
    &['#', '<', '>', '[', ']', '{', '}', '|', '\n', '\u{fffd}'];

/// A name with single spaces, in NFC, not too long.
pub(super) fn plain(name: &str) -> String {
    let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.nfc().take(LONGEST_NAME).collect()
}

/// A title as the wiki writes it: no `_`, no needless space, NFC, its first letter a capital.
pub(super) fn normal(title: &str) -> String {
    let spaced = title.replace('_', " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut chars = words.join(" ").nfc().collect::<Vec<_>>().into_iter();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// The words of a name, without what CirrusSearch would take for an operator
/// (<https://www.mediawiki.org/wiki/Help:CirrusSearch>).
pub(super) fn words(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            c if c.is_alphanumeric() => c,
            '\'' | '’' | '.' | '-' | '·' => c,
            _ => ' ',
        })
        .collect();
    plain
        .split_whitespace()
        .map(|word| word.trim_start_matches(['-', '.', '\'']))
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "AND" | "OR" | "NOT" => word.to_lowercase(),
            _ => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// What CirrusSearch takes for: one of these properties leads to this item
/// (<https://www.mediawiki.org/wiki/Help:WikibaseCirrusSearch>).
pub(super) fn stating(properties: &[Property], item: Qid) -> String {
    let one_of: Vec<String> = properties
        .iter()
        .map(|property| format!("{property}={item}"))
        .collect();
    format!("haswbstatement:{}", one_of.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_one_form() {
        assert_eq!(normal("treaty_of__Ancón "), "Treaty of Ancón");
        assert_eq!(normal("e\u{301}lyse\u{301}e"), "Élysée");
        assert_eq!(normal("_"), "");
    }

    #[test]
    fn names_hold_no_operators() {
        assert_eq!(words("São Tomé-et-Príncipe"), "São Tomé-et-Príncipe");
        assert_eq!(
            words(r#"-Embassy "of" X: insource:/a+/ (Lima)*"#),
            "Embassy of X insource a Lima"
        );
        assert_eq!(words("O'Higgins AND U.S."), "O'Higgins and U.S.");
        assert_eq!(words("—"), "");
    }
}
