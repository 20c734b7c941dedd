//! A block's words → its sentences: full stops that end one, told from those of abbreviations, initials, numbers, ordinals and addresses;
//! a missing space after a full stop does not hide its end.

use super::words::Words;
use crate::text::Span;

/// The most bytes of a sentence. What is longer is a list or a mistake; it is cut between two of its parts, for reading one takes more than its share
/// of time.
const LONGEST: usize = 16 * 1024;

const STOPS: [char; 4] = ['.', '!', '?', '…'];
/// The first byte of `…`, which other signs share.
const FIRST_OF_ELLIPSIS: u8 = 0xe2;
const CLOSERS: &[char] = &['"', '”', '»', '’', '\'', ')', ']'];
const OPENERS: &[char] = &[
    '"', '“', '«', '‘', '\'', '(', '[', '¿', '¡', '—', '–', '-', '•',
];

/// The sentences of `span`, in order, without white space at their ends; every letter of the span lies in one of them.
pub(super) fn split(text: &str, span: Span, words: &Words) -> Vec<Span> {
    let inside = span.of(text);
    let mut found = Vec::new();
    let mut start = 0;
    let mut skip = 0;
    let stop = |byte: u8| matches!(byte, b'.' | b'!' | b'?' | FIRST_OF_ELLIPSIS);
    while let Some(at) = inside
        .as_bytes()
        .get(skip..)
        .and_then(|rest| rest.iter().position(|byte| stop(*byte)))
        .map(|ahead| skip + ahead)
    {
        if !after(inside, at).starts_with(STOPS) {
            skip = at + 1;
            continue;
        }
        let end = stop_end(inside, at);
        skip = end;
        if ends(inside, start, at, end, words) {
            found.push(Span::new(span.start + start, span.start + end).trim(text));
            start = end;
        }
    }
    found.push(Span::new(span.start + start, span.end).trim(text));
    if found
        .iter()
        .any(|sentence| sentence.of(text).len() > LONGEST)
    {
        found = found.into_iter().flat_map(|s| cut(text, s)).collect();
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// A sentence in parts that are not too long: up to a semicolon, else a comma, else a space.
fn cut(text: &str, mut sentence: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    while sentence.of(text).len() > LONGEST {
        let words = sentence.of(text);
        let whole = (0..=LONGEST).rev().find(|at| words.is_char_boundary(*at));
        let most = before(words, whole.unwrap_or(words.len()));
        let ends = [';', ',', ' '].into_iter().find_map(|c| most.rfind(c));
        let end = sentence.start + ends.map_or(most.len(), |at| at + 1);
        parts.push(Span::new(sentence.start, end).trim(text));
        sentence = Span::new(end, sentence.end).trim(text);
    }
    parts.push(sentence);
    parts
}

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or("")
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// Where the stop that begins at `at` ends, with further stops, closing quotes and brackets, and a note's number (`.[3]`).
fn stop_end(text: &str, at: usize) -> usize {
    let mut rest = after(text, at).trim_start_matches(STOPS);
    loop {
        let next = rest.trim_start_matches(CLOSERS);
        let next = next
            .strip_prefix('[')
            .and_then(|note| {
                note.trim_start_matches(|c: char| c.is_ascii_digit())
                    .strip_prefix(']')
            })
            .unwrap_or(next);
        let spaced = next.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let next = spaced
            .strip_prefix(['»', '”'])
            .filter(|_| next.len() - spaced.len() <= 2)
            .unwrap_or(next);
        if next.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = next;
    }
}

/// Whether the stop `at..end` ends the sentence that began at `start`.
fn ends(text: &str, start: usize, at: usize, end: usize, words: &Words) -> bool {
    let rest = after(text, end);
    let Some(next) = rest.chars().next() else {
        return true;
    };
    let sentence = text.get(start..at).unwrap_or("");
    let single = after(text, at).starts_with('.') && !after(text, at).starts_with("..");
    if !next.is_whitespace() {
        return ends_without_space(text, start, at, end);
    }
    if goes_on_after_date(sentence, rest) {
        return false;
    }
    let following = rest.trim_start().trim_start_matches(OPENERS).trim_start();
    let opened = rest.trim_start().starts_with(OPENERS);
    let Some(first) = following.chars().next() else {
        return true;
    };
    if first.is_lowercase() {
        return false;
    }
    if !single || end > at + 1 {
        // After `!`, `?`, an ellipsis or a closing quote, a capital, a number or an opening quote begins a new sentence.
        return !single || !is_abbreviated(sentence, following, words);
    }
    if !first.is_uppercase() && !first.is_numeric() && !opened {
        // A letter without case, or a sign.
        return first.is_alphabetic();
    }
    !is_abbreviated(sentence, following, words) && !is_ordinal(sentence, following, words)
}

/// Whether a date at the start is parted from what happened by a stop and a dash (`5 October 2004. — Accession …`).
fn goes_on_after_date(sentence: &str, rest: &str) -> bool {
    let dated = sentence.ends_with(|c: char| c.is_ascii_digit())
        && sentence.split_whitespace().count() <= 6;
    dated && rest.trim_start().starts_with(['—', '–'])
}

/// Whether the full stop after `sentence` belongs to an abbreviation or an initial, given what follows.
fn is_abbreviated(sentence: &str, following: &str, words: &Words) -> bool {
    let token = sentence
        .rsplit(|c: char| c.is_whitespace() || "([«“\"‘/–—".contains(c))
        .next()
        .unwrap_or("");
    let bare = token.rsplit(['\'', '’']).next().unwrap_or(token);
    let may_go_on = !is_function_word(following, words);
    for word in [token, bare] {
        if let Some(&may_end) = words.abbreviations.get(word) {
            return !may_end || may_go_on;
        }
    }
    let mut letters = bare.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let dotted = bare.contains('.')
        && bare
            .split('.')
            .all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
    let hyphenated = bare.contains('-')
        && bare
            .split(['-', '.'])
            .all(|part| part.chars().count() <= 1 && part.chars().all(char::is_uppercase));
    (initial || dotted || hyphenated) && may_go_on
}

/// Whether the text begins with a function word, which a name after an initial never is.
fn is_function_word(following: &str, words: &Words) -> bool {
    let word = following
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("");
    // One letter may be the next initial.
    let single = following
        .get(word.len()..)
        .is_some_and(|rest| word.chars().count() == 1 && rest.starts_with('.'));
    !single && words.function.contains(&word.to_lowercase())
}

/// The month whose name is also a function word.
const MONTH: &str = "May ";

/// Whether the full stop is that of an ordinal in a date (`15–24. August 1959`, `27. January–4. February`).
fn is_ordinal(sentence: &str, following: &str, words: &Words) -> bool {
    let digits = sentence.len()
        - sentence
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .len();
    // "12. May 2011": a month that is written like a verb.
    let year = || {
        let year = following.strip_prefix(MONTH).map(str::trim_start);
        let digits = |w: &str| w.chars().take_while(char::is_ascii_digit).count();
        year.is_some_and(|year| digits(year) == 4)
    };
    if !(1..=2).contains(&digits) || is_function_word(following, words) && !year() {
        return false;
    }
    let word = following.len() - following.trim_start_matches(char::is_alphabetic).len();
    let mut rest = after(following, word).chars();
    match (rest.next(), rest.next()) {
        (None, _) => true,
        (Some('–' | '—' | '-' | ' ' | '\u{a0}'), Some(next)) => next.is_ascii_digit(),
        (Some(_), _) => false,
    }
}

/// Whether a stop with no space after it ends a sentence: a word or number of some length before it, a capital that begins a word after it, and
/// no address around it.
fn ends_without_space(text: &str, start: usize, at: usize, end: usize) -> bool {
    let rest = after(text, end);
    let opened = rest.starts_with(['«', '“', '¿', '¡']);
    let mut following = rest
        .trim_start_matches(['«', '“', '¿', '¡', ' ', '\u{a0}', '\u{202f}'])
        .chars();
    let capital = following.next().is_some_and(char::is_uppercase);
    let second = following.next();
    let sentence = text.get(start..at).unwrap_or("");
    // `they left.M. Petit …`: an initial or short title after a word of some length.
    let titled = second == Some('.')
        && following.next().is_some_and(char::is_whitespace)
        && sentence
            .chars()
            .rev()
            .take(3)
            .filter(|c| c.is_lowercase())
            .count()
            == 3;
    let word = second.is_none_or(|c| c.is_lowercase() || c.is_whitespace() || "'’-".contains(c));
    if !capital || !(word || titled) {
        return opened && !capital && rest.starts_with(['¿', '¡']);
    }
    let token_start = before(text, at)
        .rfind(char::is_whitespace)
        .map_or(0, |space| space + 1);
    let token = after(text, token_start).trim_start();
    let token = token.split(char::is_whitespace).next().unwrap_or("");
    let address =
        token.contains('@') || token.contains("://") || token.to_lowercase().contains("www.");
    if address {
        return false;
    }
    if end > at + 1 || !after(text, at).starts_with('.') {
        return true;
    }
    let mut back = sentence.chars().rev();
    match (back.next(), back.next()) {
        (Some(last), Some(previous)) => {
            last.is_numeric()
                || "%€$)]»”\"’".contains(last)
                || (last.is_lowercase() && previous.is_alphabetic())
                || (last.is_uppercase() && previous.is_uppercase())
        }
        (Some(_), None) | (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Lang;

    fn shown(lang: Lang, text: &str) -> Vec<&str> {
        split(text, Span::new(0, text.len()), Words::of(lang))
            .into_iter()
            .map(|span| span.of(text))
            .collect()
    }

    /// Splits a text whose sentence ends are marked with `|`, and wants the same ends.
    fn same(lang: Lang, marked: &str) {
        let parts: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(shown(lang, &marked.replace('|', "")), parts);
    }

    #[test]
    fn what_is_too_long_is_cut_between_its_parts() {
        let list = "Ana Soto, 1901; ".repeat(3000);
        let parts = shown(Lang::En, list.trim());
        assert!(parts.len() > 2 && parts.iter().all(|p| p.len() <= LONGEST));
        assert!(parts.iter().all(|p| p.ends_with("1901;")));
        assert_eq!(parts.join(" "), list.trim());
        let word = "é".repeat(20_000);
        assert_eq!(shown(Lang::Fr, &word).concat(), word);
    }

    #[test]
    fn english() {
        for marked in [
            "Mr. A. B. Young met Dr. Lee Jr. in the U.S. Embassy.| They left.",
            "P. J. Lee came to the U.S.| The visit was short.",
            "He came from 20. to 26. July 1954.| Later 15–24. August 1959.",
            "It lasted from 27. January–4. February 1968 and 9–11. February 1970.| This was the last.",
            "Trade was worth 3.5 million; it fell by 2.000.| In 1967.[3]| No. 5 followed.",
            "“They agreed.” |Then they said: “No.”",
            "It ended in 1981.| Four ministers left.",
            "R.A. Lee signed.| See www.example.Org for more.",
            "St. John is the seat of the c. 1950s office.| (It closed.)",
        ] {
            same(Lang::En, marked);
        }
    }

    #[test]
    fn french() {
        for marked in [
            "S.E. M. Jean Petit a été reçu.|Les deux ministres ont parlé ; ils sont partis.",
            "Le 1er mai 2012.|Le ministre a vu Mme Petit.|L'entrée en vigueur suivra.",
            "LL.EE. MM. Petit et Grand ont vu S.A.S. le Prince.| Il a dit : « Oui. »| Puis il est parti.",
            "5 octobre 2004. — Adhésion au Conseil.| Les villes sont grandes.|M. Petit est parti.",
            "Cela vaut 3.000 euros, p. ex. pour l'O.N.U. et d'autres.| Viendra-t-il ?|Nous verrons...| Peut-être.",
            "J.-P. Petit est parti.|À Paris, il a plu.",
        ] {
            same(Lang::Fr, marked);
        }
    }

    #[test]
    fn spanish() {
        for marked in [
            "El Sr. D. Juan Rey visitó EE. UU. en mayo.| El canciller lo recibió.",
            "Se firmó en EE. UU.| La visita terminó.|¿Vendrá?| No se sabe.",
            "La N.º 5 del art. 3 rige.| El comercio sumó 1.291 millones.",
        ] {
            same(Lang::Es, marked);
        }
    }
}
