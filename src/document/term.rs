//! A term at the start or the end of a line, or as the whole of it: "1927–1932", "since June 1990", "du 3 mai 1950 au 8.6.1954".

use super::line::{ends_sentence, word_count};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a word may be in a term (`data/languages/*/terms.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// A month.
    Month,
    /// What stands for today ("in office", "présent").
    Now,
    /// What joins dates ("since", "jusqu'au").
    With,
}

static WORDS: LazyLock<BTreeMap<&'static str, Word>> = LazyLock::new(|| {
    let files = [
        include_str!("../../data/languages/en/terms.tsv"),
        include_str!("../../data/languages/fr/terms.tsv"),
        include_str!("../../data/languages/es/terms.tsv"),
    ];
    let rows = files.into_iter().flat_map(str::lines);
    rows.filter_map(|row| {
        let (kind, word) = row.split_once('\t')?;
        let kind = match kind {
            "month" => Word::Month,
            "now" => Word::Now,
            _ => Word::With,
        };
        Some((word, kind))
    })
    .collect()
});

/// What a piece of a line is in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// "1951", "03.05.1951", "1951/53".
    Year,
    /// "3", "1er", a month.
    Part,
    /// "today".
    Now,
    /// "since", a dash, a bracket.
    Between,
    /// What no term has.
    Other,
}

/// The pieces of a line with their places: words, and signs between them.
fn pieces(words: &str) -> Vec<(usize, usize, Piece)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = words.get(at..).and_then(|rest| rest.chars().next()) {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let rest = words.get(at..).unwrap_or("");
        let figures = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-');
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | 'º' | '°' | 'ª');
        let length = |of: &dyn Fn(char) -> bool| rest.find(|c| !of(c)).unwrap_or(rest.len());
        let (end, piece) = if first.is_ascii_digit() {
            let run = length(&figures);
            let day = rest
                .get(..run)
                .unwrap_or("")
                .trim_end_matches(['.', '/', '-']);
            let word = length(&inner);
            match dated(day) {
                Some(piece) if word <= day.len() => (day.len(), piece),
                _ => (word, part(rest.get(..word).unwrap_or(""))),
            }
        } else if first.is_alphabetic() {
            let word = length(&inner);
            (word, of_word(rest.get(..word).unwrap_or(""), at == 0))
        } else if "-–—−‒/→,:.()[]|;\u{2009}".contains(first) {
            (first.len_utf8(), Piece::Between)
        } else {
            (first.len_utf8(), Piece::Other)
        };
        found.push((at, at + end.max(1), piece));
        at += end.max(1);
    }
    found
}

/// Figures that are a year, or hold one: "1951", "3/5/1951", "1951-53", "05.1951".
fn dated(figures: &str) -> Option<Piece> {
    let parts: Vec<&str> = figures.split(['.', '/', '-']).collect();
    let year = |part: &&str| part.len() == 4 && (part.starts_with('1') || part.starts_with('2'));
    let small = |part: &&str| matches!(part.len(), 1 | 2);
    let fits = parts.len() <= 4 && parts.iter().all(|part| year(part) || small(part));
    (fits && parts.iter().any(year)).then_some(Piece::Year)
}

/// "3", "1er", "2nd".
fn part(word: &str) -> Piece {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let rest = word.get(digits.len()..).unwrap_or("");
    let ordinal = ["", "er", "st", "nd", "rd", "th", "º", "°", "ª"].contains(&rest);
    if ordinal && matches!(digits.len(), 1 | 2) {
        Piece::Part
    } else {
        Piece::Other
    }
}

/// A word by itself; what joins dates counts with a capital only at the start of the line.
fn of_word(word: &str, first: bool) -> Piece {
    let small = word
        .chars()
        .flat_map(char::to_lowercase)
        .collect::<String>();
    let lower = word.starts_with(char::is_lowercase);
    match WORDS.get(small.as_str()) {
        Some(Word::Month) => Piece::Part,
        Some(Word::Now) if lower || first => Piece::Now,
        Some(Word::With) if lower || first => Piece::Between,
        Some(Word::Now) => Piece::Now,
        Some(Word::With) | None => Piece::Other,
    }
}

fn has_year(pieces: &[(usize, usize, Piece)]) -> bool {
    pieces.iter().any(|(_, _, piece)| *piece == Piece::Year)
}

/// Whether a line is a term and nothing else.
pub(super) fn is_term(words: &str) -> bool {
    let pieces = pieces(words);
    has_year(&pieces) && pieces.iter().all(|(_, _, piece)| *piece != Piece::Other)
}

/// Signs between a term and what stands beside it.
const BESIDE: &[char] = &[
    ' ', '\u{a0}', '\u{202f}', '\t', ',', ':', '-', '–', '—', '→', '|', ';', '/', '.',
];

/// What follows the term that a line begins with; `None` where it begins with none.
pub(super) fn after_term(words: &str) -> Option<&str> {
    let pieces = pieces(words);
    let own = pieces.iter().position(|(_, _, p)| *p == Piece::Other)?;
    let (term, _) = pieces.split_at_checked(own)?;
    let last = term.iter().rposition(|(_, _, p)| *p != Piece::Between)?;
    let (_, end, _) = term.get(last)?;
    let rest = words.get(*end..)?.trim_start_matches([')', ']']);
    has_year(term).then(|| rest.trim_start_matches(BESIDE))
}

/// What stands before the term that a line ends with; `None` where it ends with none.
pub(super) fn before_term(words: &str) -> Option<&str> {
    let pieces = pieces(words);
    let own = pieces.iter().rposition(|(_, _, p)| *p == Piece::Other)?;
    let (_, term) = pieces.split_at_checked(own + 1)?;
    // "(acting) 1951", "Jr. 1951": the sign belongs to the name.
    let of_name = |start: usize| {
        words
            .get(start..)
            .is_some_and(|w| w.starts_with([')', ']', '.']))
    };
    let (start, _, _) = term.iter().find(|(start, _, _)| !of_name(*start))?;
    has_year(term).then(|| words.get(..*start).unwrap_or("").trim_end_matches(BESIDE))
}

/// Small words within names.
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "le", "du", "des", "d'", "van", "von", "der", "den", "da",
    "do", "dos", "di", "y", "e", "i", "al", "el", "bin", "bint", "ibn", "ben", "af", "av", "zu",
    "ter", "ten", "to",
];

/// Whether words may name somebody who held a post: "Ana Soto", "Soto (Ana)", "Luis de la Vega (vice-consul)", "SOTO, Ana", "M. Juan Paz, minister".
pub(super) fn may_name(words: &str) -> bool {
    let mut stretches = words.split(['(', '[', ';']);
    let name = stretches.next().unwrap_or("").trim_end();
    let mut parts = name.split(", ");
    let (first, second) = (parts.next().unwrap_or(""), parts.next());
    // "Soto (Ana)"
    let second = second.or(stretches.next().map(|w| w.trim_end_matches([')', ' '])));
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let named = |part: &str| {
        part.split_whitespace()
            .all(|w| capital(&w) || PARTICLES.contains(&w) || w.starts_with(['"', '“', '«']))
    };
    let capitals = |part: &str| part.split_whitespace().filter(capital).count();
    let given = second.filter(|part| named(part)).map_or(0, capitals);
    let small = |w: &&str| PARTICLES.contains(w);
    let begins = first
        .split_whitespace()
        .find(|w| !small(w))
        .is_some_and(|w| capital(&w));
    begins
        && words.chars().count() <= 90
        && word_count(first) <= 8
        && named(first)
        && capitals(first) + given >= 2
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '/' | '|'))
        && (!ends_sentence(words) || is_initialled(words))
}

/// Whether the last word is an initial or a short form ("Jr.").
fn is_initialled(words: &str) -> bool {
    words
        .split_whitespace()
        .next_back()
        .is_some_and(|w| w.chars().filter(|c| c.is_alphabetic()).count() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_every_make() {
        for term in [
            "1951",
            "1951–1953",
            "since June 1990",
            "Depuis 1974",
            "du 3 mai 1950 au 8 juin 1954",
            "03/05/1950 - 08/06/1954",
            "1er février 2001 – présent",
            "mayo de 1950 a junio de 1954",
            "12.03.1951 –",
            "05/1951–06/1953",
            "1965-69",
        ] {
            assert!(is_term(term), "{term}");
        }
        for none in [
            "Ana Soto",
            "3 May",
            "Lima 1951",
            "in office",
            "Rue 14 juillet",
        ] {
            assert!(!is_term(none), "{none}");
        }
    }

    #[test]
    fn names_beside_terms() {
        assert_eq!(after_term("1951–1953 : Ana Soto"), Some("Ana Soto"));
        assert_eq!(after_term("De 1951 à 1953, Ana Soto"), Some("Ana Soto"));
        assert_eq!(after_term("(1951-1953) D. Luis Paz"), Some("D. Luis Paz"));
        assert_eq!(after_term("1999 → Ana Soto"), Some("Ana Soto"));
        assert_eq!(after_term("Ana Soto 1999"), None);
        assert_eq!(before_term("Ana Soto (1951–1953)"), Some("Ana Soto"));
        assert_eq!(before_term("Ana Soto, since 3 May 1951"), Some("Ana Soto"));
        assert_eq!(
            before_term("Luis de la Vega . 8.6.1951 – en el cargo"),
            Some("Luis de la Vega")
        );
        assert_eq!(before_term("They met in Lima"), None);
    }

    #[test]
    fn names_are_no_sentences() {
        for name in [
            "Ana Soto",
            "Luis de la Vega (vice-consul)",
            "SOTO, Ana",
            "de la Vega, Luis",
            "Soto (Ana)",
            "M. Juan Paz, ministre",
        ] {
            assert!(may_name(name), "{name}");
        }
        for none in [
            "Lima",
            "Relations politiques",
            "He was there",
            "Ana Soto met him",
        ] {
            assert!(!may_name(none), "{none}");
        }
    }
}
