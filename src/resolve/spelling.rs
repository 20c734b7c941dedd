//! One name as several languages and alphabets spell it → what all spellings share.
//!
//! "Hicham" and "Hisham", "Gorbatchev" and "Gorbachov" are one name heard and written down in different languages; vowels are heard most
//! differently, so consonants tell. "Jean" and "Juan" are one name translated; a table knows these (`data/languages/given-names.tsv`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Groups of consonants, longest first, and what they have in common over languages.
const SOUNDS: &[(&str, &str)] = &[
    ("shtch", "S"),
    ("chtch", "S"),
    ("tsch", "S"),
    ("shch", "S"),
    ("tch", "S"),
    ("sch", "S"),
    ("ch", "S"),
    ("sh", "S"),
    ("dzh", "J"),
    ("dj", "J"),
    ("zh", "J"),
    ("j", "J"),
    ("kh", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "v"),
    ("ck", "k"),
    ("qu", "k"),
    ("q", "k"),
    ("ce", "s"),
    ("ci", "s"),
    ("cy", "s"),
    ("c", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("f", "v"),
    ("z", "s"),
];

const GIVEN: &str = include_str!("../../data/languages/given-names.tsv");

/// Given names, each with the first of its line.
static TRANSLATED: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = GIVEN.lines().filter(|line| !line.starts_with('#'));
    let groups = lines.filter_map(|line| Some((line, line.split('\t').next()?)));
    groups
        .flat_map(|(line, first)| line.split('\t').map(move |name| (name, first)))
        .collect()
});

/// A folded name as it sounds, whatever language wrote it: groups of consonants by their sound, vowels as they are. Of a given name that
/// languages translate, the English form.
fn heard(name: &str) -> String {
    let mut rest = TRANSLATED.get(name).copied().unwrap_or(name);
    let mut heard = String::new();
    // "Yeltsin" is also "Eltsine".
    let silent = rest.strip_prefix(['y', 'h']);
    rest = silent.filter(|b| b.starts_with(is_vowel)).unwrap_or(rest);
    while let Some(first) = rest.chars().next() {
        let known = SOUNDS.iter().find(|(letters, _)| rest.starts_with(letters));
        let mut own = [0; 4];
        let (letters, sound) = match (known, rest.strip_prefix("ou")) {
            (Some((letters, sound)), _) => (letters.len(), *sound),
            // Arabic "w" is French "ou" before a vowel.
            (None, Some(behind)) if behind.starts_with(is_vowel) => (2, "v"),
            (None, Some(_)) => (2, "u"),
            (None, None) if first == 'y' => (1, "i"),
            (None, None) if first == 'h' => (1, ""),
            (None, None) => (first.len_utf8(), &*first.encode_utf8(&mut own)),
        };
        if sound.is_empty() || !heard.ends_with(sound) {
            heard.push_str(sound);
        }
        rest = rest.get(letters..).unwrap_or_default();
    }
    heard
}

/// What the spellings of a folded name share: its consonants as they sound, and whether it begins with a vowel.
pub(super) fn skeleton(name: &str) -> String {
    let heard = heard(name);
    let mut consonants = String::new();
    for (at, c) in heard.chars().enumerate() {
        match is_vowel(c) {
            true if at == 0 => consonants.push('A'),
            false if !consonants.ends_with(c) => consonants.push(c),
            _ => {}
        }
    }
    consonants
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether two folded names can be two spellings, or two languages' forms, of one: their consonants sound alike, and of all sounds at most one
/// differs.
pub(super) fn alike(a: &str, b: &str) -> bool {
    skeleton(a) == skeleton(b) && nearly(&heard(a), &heard(b))
}

/// Whether two words are the same but for one letter.
fn nearly(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(&long).take_while(|(x, y)| x == y).count();
    let rest = |word: &[char], from: usize| word.get(from..).unwrap_or_default().to_vec();
    match long.len() - short.len() {
        0 => rest(&short, same + 1) == rest(&long, same + 1),
        1 => rest(&short, same) == rest(&long, same + 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (a, b) in [
            ("hicham", "hisham"),
            ("gorbatchev", "gorbachov"),
            ("ouahbi", "wahbi"),
            ("eltsine", "yeltsin"),
            ("poutine", "putin"),
            ("mohamed", "muhammad"),
            ("juan", "john"),
            ("felipe", "philippe"),
        ] {
            assert!(alike(a, b), "{} {}", skeleton(a), skeleton(b));
        }
        for (a, b) in [
            ("brant", "braun"),
            ("soto", "sosa"),
            ("ana", "eva"),
            ("reyes", "rios"),
            ("martin", "morton"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn the_table_of_given_names_is_in_normal_form() {
        let mut seen = std::collections::BTreeSet::new();
        for line in GIVEN.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.split('\t').count() > 1, "{line}");
            for name in line.split('\t') {
                assert_eq!(name, super::super::names::fold(name));
                assert!(seen.insert(name), "{name} stands twice");
            }
        }
    }
}
