//! Names of persons → whether two of them can belong to one person; and text folded for comparison and for IRIs.

use super::spelling::{alike, skeleton};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case without accents; letters that do not decompose are written with plain Latin ones.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            '’' | 'ʼ' => folded.push('\''),
            '‐' | '‑' | '–' | '—' => folded.push('-'),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

/// Folded text with a hyphen for whatever is not an ASCII letter or digit: the readable part of an IRI. May be empty.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if c != '\'' && c != '.' && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// A slug cut at a hyphen so that it has at most `most` characters.
#[must_use]
pub(crate) fn short_slug(text: &str, most: usize) -> String {
    let mut short = String::new();
    for part in slug(text).split('-') {
        if short.is_empty() {
            short.extend(part.chars().take(most));
        } else if short.len() + 1 + part.len() <= most {
            short.push('-');
            short.push_str(part);
        } else {
            break;
        }
    }
    short
}

/// How alike two names are, from the closest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// The same names, accents, case, hyphens and particles aside.
    Same,
    /// One is a shorter form of the other: given name and a surname agree, the rest is absent or an initial.
    Shortened,
    /// One is a surname that the other has.
    Surname,
    /// The same or a shorter form, but only one has Jr. or Sr. behind it.
    Generation,
    /// The same or a shorter form as another language or alphabet spells it, or with the family name first.
    Spelled,
    /// One is a surname that the other has, spelled otherwise.
    SpelledSurname,
}

#[derive(Debug)]
struct Parts {
    /// Folded names without particles; a single letter is an initial.
    names: Vec<String>,
    /// `jr`, `sr`, or a numeral.
    generation: Option<String>,
}

const PARTICLES: &[&str] = &[
    "de", "del", "da", "do", "dos", "das", "di", "du", "des", "d", "van", "von", "der", "den",
    "ter", "zu", "bin", "ibn", "la", "las", "los", "le", "el", "al", "y", "e", "of",
];

/// Particles that also stand as a first name or a name of one's own: kept in first place.
const KEPT_FIRST: &[&str] = &["al", "le", "el", "e", "y"];

fn generation(word: &str) -> Option<String> {
    match fold(word).trim_matches(|c: char| !c.is_alphanumeric()) {
        "jr" | "junior" | "hijo" | "fils" | "filho" => return Some("jr".to_owned()),
        "sr" | "senior" | "padre" | "pere" | "pai" => return Some("sr".to_owned()),
        _ => {}
    }
    let roman = !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    roman.then(|| word.to_lowercase())
}

fn parts(name: &str) -> Parts {
    let name = name.replace(['-', '‐', '‑', '–'], " ");
    let mut words: Vec<&str> = name
        .split([' ', '\u{a0}', ','])
        .filter(|w| !w.is_empty())
        .collect();
    let mut generation_found = None;
    if words.len() > 1 {
        // A numeral may have "of X" behind it; it never comes first.
        if let Some(at) = (1..words.len())
            .rev()
            .find(|&at| words.get(at).and_then(|w| generation(w)).is_some())
        {
            let last = at + 1 == words.len() || words.get(at + 1).is_some_and(|w| fold(w) == "of");
            if last {
                generation_found = words.get(at).and_then(|w| generation(w));
                words.truncate(at);
            }
        }
    }
    let mut names = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let folded = fold(word);
        let folded = match folded.split_once('\'') {
            Some(("d" | "l" | "dell", rest)) => rest.to_owned(),
            Some(_) => folded.replace('\'', ""),
            None => folded,
        };
        let first = at == 0 && words.len() > 1;
        if PARTICLES.contains(&folded.as_str()) && !(first && KEPT_FIRST.contains(&folded.as_str()))
        {
            continue;
        }
        names.extend(
            folded
                .split('.')
                .map(|n| n.trim_matches(|c: char| !c.is_alphanumeric()))
                .filter(|n| !n.is_empty())
                // "Rudolph" is also spelled "Rudolf".
                .map(|n| n.replace("ph", "f")),
        );
    }
    if names.is_empty() {
        names.push(fold(&name));
    }
    Parts {
        names,
        // The first of a name is often written without its numeral.
        generation: generation_found.filter(|generation| generation != "i"),
    }
}

/// How many names a name has, particles and generation aside; initials count.
#[must_use]
pub(crate) fn length(name: &str) -> usize {
    parts(name).names.len()
}

/// Whether a name has a numeral or Jr., Sr. behind it, which tells its bearer from others of the name.
#[must_use]
pub(crate) fn has_generation(name: &str) -> bool {
    parts(name).generation.is_some()
}

/// A string that names of [`Likeness::Same`] persons share.
#[must_use]
pub(crate) fn same_key(name: &str) -> String {
    let parts = parts(name);
    format!(
        "{}|{}",
        parts.names.join(" "),
        parts.generation.unwrap_or_default()
    )
}

/// The names that may be surnames: all but the first, or the only one; initials aside. Two names alike share one.
#[must_use]
pub(crate) fn surnames(name: &str) -> Vec<String> {
    let names = parts(name).names;
    let skip = usize::from(names.len() > 1);
    names
        .into_iter()
        .skip(skip)
        .filter(|n| n.chars().count() > 1)
        .collect()
}

/// What two names alike share one of, however they are spelled and ordered: their surnames, what these sound like, and all names in order.
#[must_use]
pub(crate) fn blocks(name: &str) -> Vec<String> {
    let mut blocks = surnames(name);
    blocks.extend(sounds(&blocks));
    blocks.extend(whole_keys(name));
    blocks
}

/// What names sound like.
pub(crate) fn sounds(names: &[String]) -> Vec<String> {
    let sounds = names.iter().map(|name| skeleton(name));
    sounds.map(|sound| format!("~{sound}")).collect()
}

/// Keys that a full name shares with the same names in another order, and with names that are written as one.
fn whole_keys(name: &str) -> Vec<String> {
    let mut names = parts(name).names;
    if names.len() < 2 || names.iter().any(|name| is_initial(name)) {
        return Vec::new();
    }
    let joined = format!("={}", names.concat());
    names.sort();
    vec![joined, format!("%{}", names.join(" "))]
}

/// Keys that two full names share whenever one can be a form of the other: given name and each surname. None for a name that is short.
#[must_use]
pub(crate) fn full_keys(name: &str) -> Vec<String> {
    let parts = parts(name);
    match parts.names.split_first() {
        Some((given, rest)) if !is_initial(given) => {
            let whole = rest.iter().filter(|surname| !is_initial(surname));
            let mut keys: Vec<String> = Vec::new();
            for surname in whole {
                keys.push(format!("{given} {surname}"));
                keys.push(format!("~{} {}", skeleton(given), skeleton(surname)));
            }
            keys.extend(whole_keys(name));
            keys
        }
        Some(_) | None => Vec::new(),
    }
}

/// Keys of the same form with the initial of the given name, by which a name with an initial looks for full ones.
#[must_use]
pub(crate) fn initial_keys(name: &str) -> Vec<String> {
    let parts = parts(name);
    let Some((given, rest)) = parts.names.split_first() else {
        return Vec::new();
    };
    let initial: String = given.chars().take(1).collect();
    rest.iter()
        .filter(|surname| !is_initial(surname))
        .map(|surname| format!("{initial}. {surname}"))
        .collect()
}

/// Whether a name of several words begins with an initial.
#[must_use]
pub(crate) fn begins_with_initial(name: &str) -> bool {
    let names = parts(name).names;
    names.len() > 1 && names.first().is_some_and(|given| is_initial(given))
}

fn is_initial(name: &str) -> bool {
    name.chars().count() == 1
}

fn agrees(a: &str, b: &str) -> bool {
    a == b || (is_initial(a) && b.starts_with(a)) || (is_initial(b) && a.starts_with(b))
}

/// Whether two names can be one person's, and how alike they are.
///
/// Generations (Jr., II) must agree. A surname alone is like any name that has it behind the first place. Else the first names agree
/// (one may be an initial) and the shorter name's others stand in the longer one, in order.
#[must_use]
pub(crate) fn compare(a: &str, b: &str) -> Option<Likeness> {
    let (a, b) = (parts(a), parts(b));
    if a.generation != b.generation {
        // "Jr." may be left out; a numeral tells kings apart.
        let left_out = |g: &Option<String>| matches!(g.as_deref(), None | Some("jr" | "sr"));
        let one_lacks = a.generation.is_none() || b.generation.is_none();
        if !one_lacks || !left_out(&a.generation) || !left_out(&b.generation) {
            return None;
        }
        let full = a.names.len() > 1 && b.names.len() > 1;
        let like = compare_names(&a.names, &b.names, agrees).is_some();
        return (full && like).then_some(Likeness::Generation);
    }
    compare_names(&a.names, &b.names, agrees).or_else(|| spelled(&a, &b))
}

/// How alike two names are as other languages and alphabets spell them, or with the family name first.
fn spelled(a: &Parts, b: &Parts) -> Option<Likeness> {
    let full =
        |parts: &Parts| parts.names.len() > 1 && parts.names.iter().all(|name| !is_initial(name));
    if full(a) && full(b) {
        let [mut x, mut y] = [a.names.clone(), b.names.clone()];
        x.sort();
        y.sort();
        if x == y {
            return Some(Likeness::Spelled);
        }
        // "Ben Souda" is also written "Bensouda".
        if a.names.concat() == b.names.concat() {
            return Some(Likeness::Spelled);
        }
    }
    let sound = |x: &str, y: &str| agrees(x, y) || alike(x, y);
    match compare_names(&a.names, &b.names, sound)? {
        // Of a sovereign, the numeral is as good as a surname.
        Likeness::Same if a.names.len() > 1 || a.generation.is_some() => Some(Likeness::Spelled),
        Likeness::Shortened => Some(Likeness::Spelled),
        Likeness::Surname => Some(Likeness::SpelledSurname),
        Likeness::Same | Likeness::Generation | Likeness::Spelled | Likeness::SpelledSurname => {
            None
        }
    }
}

/// How alike two names are if their parts are one by `agrees`.
fn compare_names(a: &[String], b: &[String], agrees: fn(&str, &str) -> bool) -> Option<Likeness> {
    if a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a == b || (!is_initial(a) && !is_initial(b) && agrees(a, b)))
    {
        return Some(Likeness::Same);
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (Some((first, rest)), Some((long_first, long_rest))) =
        (short.split_first(), long.split_first())
    else {
        return None;
    };
    if rest.is_empty() {
        let has = long_rest
            .iter()
            .any(|name| !is_initial(name) && agrees(first, name));
        return (!is_initial(first) && has).then_some(Likeness::Surname);
    }
    if !agrees(first, long_first) {
        return None;
    }
    // "George W." is not "George H. W.": the first of two middle initials is not left out.
    if let ([middle, _, ..], Some(other)) = (rest, long_rest.first())
        && is_initial(middle)
        && !agrees(middle, other)
    {
        return None;
    }
    let mut remaining = long_rest.iter();
    let mut whole = false;
    for name in rest {
        let found = remaining.find(|other| agrees(name, other))?;
        whole |= !is_initial(name) && !is_initial(found);
    }
    whole.then_some(Likeness::Shortened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_forms_initials_accents_and_hyphens() {
        assert_eq!(
            compare("Anselmo Brànt", "ANSELMO BRANT"),
            Some(Likeness::Same)
        );
        assert_eq!(
            compare("Ana Ruiz-Vela", "Ana Ruiz Vela"),
            Some(Likeness::Same)
        );
        assert_eq!(
            compare("Ana Ruiz", "Ana Ruiz Vela"),
            Some(Likeness::Shortened)
        );
        assert_eq!(
            compare("A. Brant", "Anselmo K. Brant"),
            Some(Likeness::Shortened)
        );
        assert_eq!(
            compare("Luis de la Mora", "Luis Mora"),
            Some(Likeness::Same)
        );
        assert_eq!(compare("Mora", "Luis de la Mora"), Some(Likeness::Surname));
        assert_eq!(
            compare("De la Mora", "Luis de la Mora"),
            Some(Likeness::Surname)
        );
    }

    #[test]
    fn spellings_translations_and_orders_of_one_name() {
        for (a, b) in [
            ("Hicham Wahbi", "Hisham Ouahbi"),
            ("Juan Lucas VII", "John Luke VII"),
            ("Enrique XII", "Henri XII"),
            ("Kis Anna", "Anna Kis"),
            ("Ana Ben Sula", "Ana Bensula"),
            ("Nikolai Zelenin", "Nikolaï Ivanovitch Zelenine"),
        ] {
            assert_eq!(compare(a, b), Some(Likeness::Spelled), "{a} / {b}");
            let shared = |x: Vec<String>, y: Vec<String>| x.iter().any(|key| y.contains(key));
            let full = full_keys(a).is_empty() || shared(full_keys(a), full_keys(b));
            assert!(full && (shared(blocks(a), blocks(b)) || !full_keys(a).is_empty()));
        }
        assert_eq!(
            compare("Zelenine", "Nikolai Zelenin"),
            Some(Likeness::SpelledSurname)
        );
        for (a, b) in [
            ("Enrique", "Henri"),
            ("Enrique XII", "Henri XI"),
            ("Ana Reyes", "Ana Ríos"),
        ] {
            assert_eq!(compare(a, b), None, "{a} / {b}");
        }
    }

    #[test]
    fn different_persons() {
        for (a, b) in [
            ("Ana Ruiz", "Eva Ruiz"),
            ("Ana Ruiz", "Ana Vela"),
            ("Ana", "Ana Ruiz"),
            ("Otto Brant II", "Otto Brant III"),
            ("Otto Brant Sr.", "Otto Brant, Jr."),
            ("A. B.", "Ana Berta Ruiz"),
            ("Otto W. Brant", "Otto H. W. Brant"),
        ] {
            assert_eq!(compare(a, b), None, "{a} / {b}");
        }
        assert_eq!(compare("Karl II of Xland", "Karl II"), Some(Likeness::Same));
        assert_eq!(compare("Karl Otto I", "Karl Otto"), Some(Likeness::Same));
        assert_eq!(
            compare("Otto Brant", "Otto Brant Jr."),
            Some(Likeness::Generation)
        );
        assert_eq!(compare("Brant", "Otto Brant Jr."), None);
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Côte d'Ivoire"), "cote-divoire");
        assert_eq!(slug("  São Tomé & Príncipe "), "sao-tome-principe");
        assert_eq!(
            short_slug("Agreement on the Use of Air Services", 20),
            "agreement-on-the-use"
        );
    }
}
