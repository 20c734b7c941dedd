//! A stretch of text → tokens: words, numbers and punctuation, each with its span and its folded form.

use crate::text::Span;
use std::borrow::Cow;
use std::sync::LazyLock;
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
pub struct Token<'t> {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Lower case, apostrophes straight, accents off where the word has more than two letters; borrowed where it is written like that.
    pub folded: Cow<'t, str>,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether white space (or the start) stands before it.
    pub spaced: bool,
}

/// Folds a word for look-ups: lower case, straight apostrophe, accents off where more than two letters remain.
#[must_use]
pub fn fold(word: &str) -> Cow<'_, str> {
    let mut spare = String::new();
    match folded_in(word, &mut spare) {
        None => Cow::Borrowed(word),
        Some(_) => Cow::Owned(spare),
    }
}

/// Splits a form of `words.toml` into the folded words that the tokeniser would give.
pub(super) fn folded(form: &str) -> Vec<Cow<'_, str>> {
    tokens(form, Span::new(0, form.len()))
        .into_iter()
        .map(|t| t.folded)
        .collect()
}

/// A word folded, in the space of `spare`; `None` where it is written like that.
pub(super) fn folded_in<'s>(word: &str, spare: &'s mut String) -> Option<&'s str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return None;
    }
    spare.clear();
    if word.is_ascii() {
        spare.push_str(word);
        spare.make_ascii_lowercase();
    } else if !fold_latin(word, spare) {
        *spare = fold_any(word);
    }
    Some(spare)
}

/// Folding of words in any script.
fn fold_any(word: &str) -> String {
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

/// How many letters from U+0000 on [`LATIN`] holds: those of Western and Central European languages.
const LATIN_LETTERS: u32 = 0x250;

/// Each letter in lower case, and that without its accent, where both are one character; else nothing.
static LATIN: LazyLock<Vec<Option<(char, char)>>> = LazyLock::new(|| {
    let one = |text: String| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    (0..LATIN_LETTERS)
        .map(|code| {
            let letter = char::from_u32(code)?.to_string();
            let lower = one(fold_any(&letter))?;
            // Three letters are enough for accents to fall.
            let bare = fold_any(&letter.repeat(3));
            let mut bare = bare.chars();
            let first = bare.next()?;
            (bare.clone().count() == 2 && bare.all(|c| c == first)).then_some((lower, first))
        })
        .collect()
});

/// Folding of words in Latin letters without marks of their own, which need no normalisation, into an empty string; `false` where a word has others.
fn fold_latin(word: &str, folded: &mut String) -> bool {
    let short = word.chars().nth(2).is_none();
    for c in word.chars() {
        folded.push(match c {
            '\0'..='\x7f' => c.to_ascii_lowercase(),
            c if is_apostrophe(c) => '\'',
            '‐'..='…' | '€' => c,
            c => match LATIN.get(c as usize) {
                Some(Some((lower, bare))) => *if short { lower } else { bare },
                Some(None) | None => return false,
            },
        });
    }
    true
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{2011}')
}

/// Words that lose their vowel before another word and so stand apart from it ("l'", "d'", "qu'").
const ELISIONS: &[&str] = &[
    "l", "d", "n", "s", "j", "m", "c", "t", "qu", "jusqu", "lorsqu", "puisqu", "dell", "nell",
];

/// The characters of a stretch of text by their byte.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    words: &'t str,
}

impl Cursor<'_> {
    fn char_at(self, at: usize) -> Option<char> {
        match self.words.as_bytes().get(at)? {
            byte @ 0..=0x7f => Some(char::from(*byte)),
            _ => self.words.get(at..)?.chars().next(),
        }
    }

    fn is_digit(self, at: usize) -> bool {
        self.words
            .as_bytes()
            .get(at)
            .is_some_and(u8::is_ascii_digit)
    }

    fn is_letter(self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_letter)
    }

    /// "Ana D'Almeida", "the envoy, D'Angelo": whether what begins at `start` with a capital before its apostrophe, within a sentence, is part of a
    /// name that goes on at `after`; "Côte D'Ivoire" is a state.
    fn elides_in_name(self, start: usize, after: usize) -> bool {
        let capital = matches!(self.char_at(start), Some('D' | 'L'));
        let Some((before, name)) = self.words.get(..start).zip(self.words.get(after..)) else {
            return false;
        };
        let mut letters = name.chars();
        let spelt = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase);
        let within = before.strip_suffix(' ').is_some_and(|b| {
            let last = b.chars().next_back();
            last.is_some_and(|c| is_letter(c) || c == ',')
        });
        capital && spelt && within && !name.starts_with("Ivoire")
    }

    /// The byte behind a run of digits.
    fn digits(self, at: usize) -> usize {
        let rest = self.words.as_bytes().get(at..).unwrap_or(&[]);
        let run = rest.iter().position(|byte| !byte.is_ascii_digit());
        at + run.unwrap_or(rest.len())
    }

    /// The byte behind a run of letters and digits.
    fn letters(self, mut at: usize) -> usize {
        loop {
            let rest = self.words.as_bytes().get(at..).unwrap_or(&[]);
            let run = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
            at += run.unwrap_or(rest.len());
            match self.char_at(at).filter(|c| !c.is_ascii() && is_letter(*c)) {
                Some(letter) => at += letter.len_utf8(),
                None => return at,
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        c.is_alphabetic() || is_combining_mark(c) || c == 'ʻ'
    }
}

fn is_elision(head: &str) -> bool {
    head.len() <= 7
        && head.is_ascii()
        && ELISIONS.iter().any(|word| head.eq_ignore_ascii_case(word))
}

/// A token without its folded form.
pub(super) struct RawToken {
    pub(super) span: Span,
    kind: TokenKind,
    capital: bool,
    spaced: bool,
}

impl RawToken {
    /// The token with its folded form.
    pub(super) fn folded(self, folded: Cow<'_, str>) -> Token<'_> {
        Token {
            span: self.span,
            folded,
            kind: self.kind,
            capital: self.capital,
            spaced: self.spaced,
        }
    }
}

/// Splits the words of `text` at `span` into tokens; spans count from the beginning of `text`.
#[must_use]
pub fn tokens(text: &str, span: Span) -> Vec<Token<'_>> {
    words(text, span)
        .map(|raw| {
            let folded = fold(raw.span.of(text));
            raw.folded(folded)
        })
        .collect()
}

/// The tokens of `text` at `span`, not yet folded.
pub(super) fn words(text: &str, span: Span) -> impl Iterator<Item = RawToken> {
    let words = span.of(text);
    let cursor = Cursor { words };
    let mut spaced = true;
    let mut before = None;
    let mut i = 0;
    std::iter::from_fn(move || {
        let (start, c) = loop {
            let c = cursor.char_at(i)?;
            if !c.is_whitespace() {
                break (i, c);
            }
            spaced = true;
            before = Some(c);
            i += c.len_utf8();
        };
        let after = i + c.len_utf8();
        let kind = if c.is_ascii_digit() {
            i = end_of_number(cursor, i);
            TokenKind::Number
        } else if is_letter(c) {
            i = end_of_word(cursor, start, c);
            TokenKind::Word
        } else if is_apostrophe(c)
            && let Some('s' | 'S') = cursor.char_at(after)
            && !cursor.is_letter(after + 1)
            && before.is_none_or(is_letter)
        {
            i = after + 1;
            TokenKind::Word
        } else {
            i = after;
            TokenKind::Sign
        };
        let word = words.get(start..i).unwrap_or("");
        let token = RawToken {
            span: Span::new(span.start + start, span.start + i),
            kind,
            capital: c.is_uppercase(),
            spaced,
        };
        before = word.chars().next_back();
        spaced = false;
        Some(token)
    })
}

/// Names and titles inside names that are written short before a full stop, as initials are ("Guðni Th. Soto", "Ana binti Pg. Soto").
const SHORT_NAMES: &[&str] = &["Ch", "Chr", "Hj", "Md", "Pg", "St", "Th", "Wm"];

/// Signs of money that are written together with their sum ("R26.4 billion", "RM6.1 billion", "NOK112 million").
const MONEY: &[&str] = &[
    "R", "RM", "Rs", "NRs", "Tk", "KSh", "Ksh", "TSh", "USh", "DM", "FF", "Kz", "RMB", "USD",
    "EUR", "GBP", "CHF", "NOK", "SEK", "DKK", "AUD", "CAD", "NZD", "PLN", "CZK", "INR", "JPY",
    "ZAR", "KES",
];

/// Months that are written together with their day by mistake ("June10", "mai12").
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// The byte behind a word that begins at `start` with the letter `first`: letters, digits inside, hyphens and apostrophes between, the stop of
/// an initial; an elided word ends at its apostrophe.
fn end_of_word(cursor: Cursor<'_>, start: usize, first: char) -> usize {
    let mut i = start + first.len_utf8();
    let single = i;
    let run = cursor.words.get(start..cursor.letters(i)).unwrap_or("");
    let sign = run.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = run.len() - sign.len();
    let month = || digits < 3 && MONTHS.contains(&sign.to_lowercase().as_str());
    if digits > 0 && (MONEY.contains(&sign) || month()) {
        return start + sign.len();
    }
    loop {
        i = cursor.letters(i);
        let Some(next) = cursor.char_at(i) else {
            return i;
        };
        let after = i + next.len_utf8();
        if is_hyphen(next) && (cursor.is_letter(after) || cursor.is_digit(after)) {
            i = after;
            continue;
        }
        let last = cursor.char_at(after).is_none();
        if is_apostrophe(next) && (cursor.is_letter(after) || last) {
            // "Sassou N'Guesso", "M'Bow": a name, and no word left out.
            let capital = cursor.char_at(after).is_some_and(char::is_uppercase);
            let named = i == single
                && capital
                && (matches!(first, 'N' | 'M') || cursor.elides_in_name(start, after));
            if !named && is_elision(cursor.words.get(start..i).unwrap_or("")) {
                return after;
            }
            let genitive =
                matches!(cursor.char_at(after), Some('s' | 'S')) && !cursor.is_letter(after + 1);
            if last || genitive {
                return i;
            }
            i = after;
            continue;
        }
        // "King Harald V.": a numeral at the end of a sentence is no initial.
        let numeral = last && matches!(first, 'I' | 'V' | 'X');
        let short = || SHORT_NAMES.contains(&cursor.words.get(start..i).unwrap_or(""));
        let initial = i == single && first.is_uppercase() && !numeral || !last && short();
        return if next == '.' && initial { after } else { i };
    }
}

/// The byte behind a number: digits, separators between groups of digits, and an ordinal suffix.
fn end_of_number(cursor: Cursor<'_>, start: usize) -> usize {
    let run = |i: usize| cursor.digits(i);
    let mut i = run(start);
    let first = i - start;
    while let Some(c) = cursor.char_at(i) {
        let after = i + c.len_utf8();
        let end = run(after);
        let group = end - after;
        let joins = match c {
            '.' | ',' => group > 0,
            '\u{a0}' | '\u{202f}' | '\u{2009}' | ' ' => group == 3 && first <= 3,
            _ => false,
        };
        if !joins {
            break;
        }
        i = end;
    }
    let mut suffix = i;
    for _ in 0..3 {
        let Some(c) = cursor
            .char_at(suffix)
            .filter(|c| c.is_alphabetic() || matches!(c, 'º' | 'ª'))
        else {
            break;
        };
        suffix += c.len_utf8();
    }
    let ends = !cursor.char_at(suffix).is_some_and(char::is_alphabetic);
    let ordinal = matches!(
        cursor.words.get(i..suffix).unwrap_or(""),
        "st" | "nd"
            | "rd"
            | "d"
            | "th"
            | "er"
            | "re"
            | "e"
            | "ème"
            | "ᵉʳ"
            | "ʳᵉ"
            | "ᵉ"
            | "o"
            | "a"
            | "º"
            | "ª"
    );
    if ends && ordinal { suffix } else { i }
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
        assert_eq!(
            words("Ana D'Almeida in Côte D'Ivoire"),
            ["Ana", "D'Almeida", "in", "Côte", "D'", "Ivoire"]
        );
        assert_eq!(words("'s"), ["'s"]);
        assert_eq!(
            words("1 500 in 2012–2016, €3.5 on 1er"),
            [
                "1 500", "in", "2012", "–", "2016", ",", "€", "3.5", "on", "1er"
            ]
        );
        assert_eq!(words("P. J. Soto-Vera."), ["P.", "J.", "Soto-Vera", "."]);
        assert_eq!(
            words("n'a, Paz N'Guesso"),
            ["n'", "a", ",", "Paz", "N'Guesso"]
        );
        assert_eq!(words("R26.4 of R2D"), ["R", "26.4", "of", "R2D"]);
    }

    #[test]
    fn folds_accents_of_longer_words_only() {
        assert_eq!(
            (
                fold("Pérou").as_ref(),
                fold("à").as_ref(),
                fold("Đại").as_ref()
            ),
            ("perou", "à", "dai")
        );
    }

    #[test]
    fn folding_in_short_is_folding_in_full() {
        let letters: Vec<char> = (0..0x2200).filter_map(char::from_u32).collect();
        for &letter in &letters {
            for word in [
                letter.to_string(),
                format!("{letter}a"),
                format!("Ab{letter}"),
                format!("{letter}É’{letter}"),
                format!("{letter}\u{301}x"),
            ] {
                assert_eq!(fold(&word), fold_any(&word), "{word:?}");
            }
        }
    }
}
