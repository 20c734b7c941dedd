//! A stretch of text → tokens: words, numbers and punctuation, each with its span and its folded form.

use crate::text::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, or an initial with its full stop.
    Word,
    /// Digits, with separators inside; an ordinal keeps its suffix in the folded form.
    Number,
    /// One sign.
    Sign,
}

/// A token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Lower case, apostrophes straight, accents off where the word has more than two letters.
    pub folded: String,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether white space (or the start) stands before it.
    pub spaced: bool,
}

/// Folds a word for look-ups: lower case, straight apostrophe, accents off where more than two letters remain.
#[must_use]
pub fn fold(word: &str) -> String {
    let lower: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .collect();
    if lower.is_ascii() || lower.chars().count() <= 2 {
        return lower.nfc().collect();
    }
    lower
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'ø' => 'o',
            'ł' => 'l',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{2011}')
}

/// Words that lose their vowel before another word and so stand apart from it ("l'", "d'", "qu'").
const ELISIONS: &[&str] = &[
    "l", "d", "n", "s", "j", "m", "c", "t", "qu", "jusqu", "lorsqu", "puisqu", "dell", "nell",
];

/// Splits the words of `text` at `span` into tokens; spans count from the beginning of `text`.
#[must_use]
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let words = span.of(text);
    let chars: Vec<(usize, char)> = words
        .char_indices()
        .map(|(at, c)| (at + span.start, c))
        .collect();
    let end_of = |i: usize| chars.get(i).map_or(span.start + words.len(), |&(at, _)| at);
    let char_at = |i: usize| chars.get(i).map(|&(_, c)| c);
    let is_digit = |i: usize| char_at(i).is_some_and(|c| c.is_ascii_digit());
    let is_letter = |i: usize| {
        char_at(i).is_some_and(|c| c.is_alphabetic() || is_combining_mark(c) || c == 'ʻ')
    };
    let mut tokens = Vec::new();
    let mut spaced = true;
    let mut i = 0;
    while let Some(c) = char_at(i) {
        let start = i;
        if c.is_whitespace() {
            spaced = true;
            i += 1;
            continue;
        }
        let kind = if c.is_ascii_digit() {
            i = end_of_number(&char_at, i);
            TokenKind::Number
        } else if is_letter(i) {
            loop {
                while is_letter(i) || (is_digit(i) && i > start) {
                    i += 1;
                }
                let Some(next) = char_at(i) else { break };
                if is_hyphen(next) && (is_letter(i + 1) || is_digit(i + 1)) {
                    i += 1;
                    continue;
                }
                let last = char_at(i + 1).is_none();
                if is_apostrophe(next) && (is_letter(i + 1) || last) {
                    let head: String = (start..i)
                        .filter_map(char_at)
                        .flat_map(char::to_lowercase)
                        .collect();
                    if ELISIONS.contains(&head.as_str()) {
                        i += 1;
                        break;
                    }
                    if last {
                        break;
                    }
                    if char_at(i + 1).is_some_and(|c| c == 's' || c == 'S') && !is_letter(i + 2) {
                        break;
                    }
                    i += 1;
                    continue;
                }
                if next == '.' && i == start + 1 && c.is_uppercase() {
                    i += 1;
                }
                break;
            }
            TokenKind::Word
        } else if is_apostrophe(c)
            && char_at(i + 1).is_some_and(|c| c == 's' || c == 'S')
            && !is_letter(i + 2)
            && (i == 0 || is_letter(i - 1))
        {
            i += 2;
            TokenKind::Word
        } else {
            i += 1;
            TokenKind::Sign
        };
        let token = Span::new(end_of(start), end_of(i));
        tokens.push(Token {
            span: token,
            folded: fold(token.of(text)),
            kind,
            capital: c.is_uppercase(),
            spaced,
        });
        spaced = false;
    }
    tokens
}

/// The index after a number: digits, separators between groups of digits, and an ordinal suffix.
fn end_of_number(char_at: &impl Fn(usize) -> Option<char>, start: usize) -> usize {
    let is_digit = |i: usize| char_at(i).is_some_and(|c| c.is_ascii_digit());
    let run = |mut i: usize| {
        while is_digit(i) {
            i += 1;
        }
        i
    };
    let mut i = run(start);
    let first = i - start;
    loop {
        let group = run(i + 1) - (i + 1);
        let joins = match char_at(i) {
            Some('.' | ',') => group > 0,
            Some('\u{a0}' | '\u{202f}' | '\u{2009}' | ' ') => group == 3 && first <= 3,
            _ => false,
        };
        if !joins {
            break;
        }
        i = run(i + 1);
    }
    let mut suffix = i;
    while suffix < i + 3
        && char_at(suffix).is_some_and(|c| c.is_alphabetic() || c == 'º' || c == 'ª')
    {
        suffix += 1;
    }
    let letters: String = (i..suffix).filter_map(char_at).collect();
    let ends = !char_at(suffix).is_some_and(char::is_alphabetic);
    if ends
        && matches!(
            letters.as_str(),
            "st" | "nd" | "rd" | "th" | "er" | "re" | "e" | "ème" | "o" | "a" | "º" | "ª"
        )
    {
        suffix
    } else {
        i
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text, Span::new(0, text.len()))
            .into_iter()
            .map(|t| t.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn splits_elisions_possessives_numbers_and_ranges() {
        assert_eq!(
            words("l’Élysée, Peru's d'Angelo"),
            ["l’", "Élysée", ",", "Peru", "'s", "d'", "Angelo"]
        );
        assert_eq!(words("l'"), ["l'"]);
        assert_eq!(words("'s"), ["'s"]);
        assert_eq!(
            words("1 500 in 2012–2016, €3.5 on 1er"),
            [
                "1 500", "in", "2012", "–", "2016", ",", "€", "3.5", "on", "1er"
            ]
        );
        assert_eq!(words("P. J. Soto-Vera."), ["P.", "J.", "Soto-Vera", "."]);
    }

    #[test]
    fn folds_accents_of_longer_words_only() {
        assert_eq!(
            (
                fold("Pérou").as_str(),
                fold("à").as_str(),
                fold("Đại").as_str()
            ),
            ("perou", "à", "dai")
        );
    }
}
