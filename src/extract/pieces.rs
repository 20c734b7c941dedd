//! A sentence → pieces: known words with their meanings, runs of capitalised words (names), numbers and signs.

use crate::language::{
    Class, Lexicon, Meaning, NameForm, Token, TokenKind, TriggerForm, WordId, tokens,
};
use crate::text::Span;

/// What a piece is, beside its meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// One or more words with meanings, or an unknown word.
    Word,
    /// A run of capitalised words that the lexicon does not know as one name.
    Name,
    /// Digits.
    Number,
    /// One sign.
    Sign(char),
}

/// One or more tokens that stand for one thing.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) kind: PieceKind,
    pub(super) meanings: Vec<Meaning>,
    /// Folded words, joined by spaces.
    pub(super) folded: String,
    /// Whether the first word has a capital.
    pub(super) capital: bool,
    /// Whether it is the first word of the sentence.
    pub(super) first: bool,
    /// Count of words.
    pub(super) words: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Piece {
    pub(super) fn is(&self, class: Class) -> bool {
        self.meanings
            .iter()
            .any(|m| matches!(m, Meaning::Class(own) if *own == class))
    }

    pub(super) fn sign(&self) -> Option<char> {
        if let PieceKind::Sign(c) = self.kind {
            Some(c)
        } else {
            None
        }
    }

    /// The body that it names or describes; where a word is both ("Filipinas", "filipinas"), the name.
    pub(super) fn body(&self) -> Option<(usize, NameForm)> {
        let mut bodies = self.meanings.iter().filter_map(|m| {
            if let Meaning::Body(i, form) = m {
                Some((*i, *form))
            } else {
                None
            }
        });
        let first = bodies.next()?;
        if first.1.is_name() {
            return Some(first);
        }
        Some(bodies.find(|(_, form)| form.is_name()).unwrap_or(first))
    }

    pub(super) fn body_named(&self) -> Option<usize> {
        // A word may be a state's name and its adjective ("Luxembourg").
        self.body()
            .filter(|(_, form)| form.is_name())
            .map(|(i, _)| i)
    }

    pub(super) fn adjective(&self) -> Option<usize> {
        if self.body_named().is_some() {
            return None;
        }
        self.meanings.iter().find_map(|m| {
            if let Meaning::Body(i, NameForm::Adjective | NameForm::Demonym) = m {
                Some(*i)
            } else {
                None
            }
        })
    }

    pub(super) fn city(&self) -> Option<usize> {
        self.meanings.iter().find_map(|m| {
            if let Meaning::City(i) = m {
                Some(*i)
            } else {
                None
            }
        })
    }

    pub(super) fn office(&self) -> Option<usize> {
        self.meanings.iter().find_map(|m| {
            if let Meaning::Office(i) = m {
                Some(*i)
            } else {
                None
            }
        })
    }
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Meanings that a word may have only when it is written with a capital.
fn needs_capital(meaning: &Meaning, lexicon: &Lexicon) -> bool {
    match meaning {
        Meaning::Body(_, NameForm::Adjective | NameForm::Demonym) => {
            lexicon.lang == crate::document::Lang::En
        }
        Meaning::Body(..) | Meaning::City(_) => true,
        Meaning::Month(_) => lexicon.lang == crate::document::Lang::En,
        Meaning::Class(_)
        | Meaning::Office(_)
        | Meaning::Number(_)
        | Meaning::Mission(_)
        | Meaning::Treaty(_)
        | Meaning::Topic(_)
        | Meaning::Measure(_)
        | Meaning::Currency(_)
        | Meaning::Verb(_)
        | Meaning::Trigger(..) => false,
    }
}

/// A sentence's tokens with their numbers in the lexicon.
struct Words {
    tokens: Vec<Token>,
    ids: Vec<WordId>,
}

impl Words {
    fn new(text: &str, span: Span, lexicon: &Lexicon) -> Self {
        let tokens = part_hyphens(text, tokens(text, span), lexicon);
        let ids = tokens.iter().map(|t| lexicon.word(&t.folded)).collect();
        Self { tokens, ids }
    }

    /// The numbers of the tokens from `at` on.
    fn from(&self, at: usize) -> &[WordId] {
        self.ids.get(at..).unwrap_or(&[])
    }
}

/// Parts a word such as "Chile-Perú" where every part is a name of a body or city.
fn part_hyphens(text: &str, tokens: Vec<Token>, lexicon: &Lexicon) -> Vec<Token> {
    let hyphen = |token: &Token| {
        token.capital && token.kind == TokenKind::Word && token.folded.contains('-')
    };
    if !tokens.iter().any(hyphen) {
        return tokens;
    }
    let names = |word: &str| {
        lexicon
            .matches_of([lexicon.word(word)])
            .any(|(_, meanings)| {
                meanings
                    .iter()
                    .any(|m| matches!(m, Meaning::Body(..) | Meaning::City(_)))
            })
    };
    let mut parted = Vec::with_capacity(tokens.len());
    for token in tokens {
        let all = hyphen(&token) && !names(&token.folded) && token.folded.split('-').all(names);
        if !all {
            parted.push(token);
            continue;
        }
        let words = token.span.of(text);
        let mut start = token.span.start;
        for (index, word) in words.split('-').enumerate() {
            if index > 0 {
                parted.extend(crate::language::tokens(text, Span::new(start - 1, start)));
            }
            parted.extend(crate::language::tokens(
                text,
                Span::new(start, start + word.len()),
            ));
            start += word.len() + 1;
        }
    }
    parted
}

/// Whether a word is written as an acronym: in capitals ("UN", but not "Un").
fn capitals(text: &str, token: &Token) -> bool {
    let word = token.span.of(text);
    word.chars().filter(|c| c.is_alphabetic()).count() < 2 || !word.chars().any(char::is_lowercase)
}

/// Of a French form that without its accent is both ("signe", "signé"), the one that is written.
fn accented(text: &str, token: &Token, mut known: Vec<Meaning>, lexicon: &Lexicon) -> Vec<Meaning> {
    if lexicon.lang != crate::document::Lang::Fr {
        return known;
    }
    let form = |m: &Meaning| {
        if let Meaning::Verb(form) | Meaning::Trigger(_, form) = m {
            Some(*form)
        } else {
            None
        }
    };
    let both = known.iter().any(|m| form(m) == Some(TriggerForm::Finite))
        && known
            .iter()
            .any(|m| form(m) == Some(TriggerForm::Participle));
    let word = token.span.of(text);
    let acute = word.ends_with('é') || word.ends_with("és");
    if both && (acute || word.ends_with('e') || word.ends_with("es")) {
        let dropped = if acute {
            TriggerForm::Finite
        } else {
            TriggerForm::Participle
        };
        known.retain(|m| form(m) != Some(dropped));
    }
    known
}

/// Splits the sentence at `span` of `text` into pieces.
pub(super) fn pieces(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Piece> {
    let mut words = Words::new(text, span, lexicon);
    let mut pieces: Vec<Piece> = Vec::with_capacity(words.tokens.len());
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = words.tokens.get(at) {
        let rest = words.from(at);
        found.clear();
        found.extend(lexicon.matches_of(rest.iter().copied()));
        let longest = found.iter().rev().find_map(|&(count, meanings)| {
            let last = words.tokens.get(at + count - 1)?;
            let named = token.capital && (last.capital || count > 1);
            let known: Vec<Meaning> = meanings
                .iter()
                .filter(|m| named || !needs_capital(m, lexicon))
                .filter(|m| {
                    !matches!(m, Meaning::Body(_, NameForm::Acronym)) || capitals(text, token)
                })
                .copied()
                .collect();
            let known = accented(text, token, known, lexicon);
            (!known.is_empty()).then_some((count, known))
        });
        // An office whose words are parted by an adjective of a state: "ministre belge des Affaires étrangères".
        let parted = split_office(rest, lexicon)
            .filter(|(count, _)| *count > longest.as_ref().map_or(0, |(n, _)| *n));
        let (mut count, mut meanings) = parted
            .or_else(|| shortened(longest, rest, &found, lexicon))
            .unwrap_or((1, Vec::new()));
        // "the Republic" in "the Republic of Korea" is no state spoken of: the name begins behind the article.
        if count > 1
            && meanings.contains(&Meaning::Class(Class::TheState))
            && lexicon
                .matches_of(rest.get(count).copied())
                .any(|(_, m)| m.contains(&Meaning::Class(Class::Of)))
        {
            meanings = lexicon
                .matches_of(rest.first().copied())
                .next()
                .map(|(_, m)| m.to_vec())
                .unwrap_or_default();
            count = 1;
        }
        push(
            &mut pieces,
            text,
            words.tokens.get_mut(at..at + count).unwrap_or(&mut []),
            meanings,
            at == 0,
        );
        at += count;
    }
    surnames(&mut pieces, lexicon);
    join_names(text, pieces)
}

/// The longest match, or the office that begins it and is to be read alone.
fn shortened(
    longest: Option<(usize, Vec<Meaning>)>,
    rest: &[WordId],
    found: &[(usize, &[Meaning])],
    lexicon: &Lexicon,
) -> Option<(usize, Vec<Meaning>)> {
    let whole = longest?;
    Some(
        shorter_office(rest, found, lexicon)
            .filter(|(n, _)| *n < whole.0)
            .unwrap_or(whole),
    )
}

/// Takes from words that stand where a name stands what else they mean: a month, a monarch's office or a city as part of a person's
/// name ("Ana Julio Soto", "Luis Duque", "President Castro").
fn surnames(pieces: &mut [Piece], lexicon: &Lexicon) {
    for at in 1..pieces.len() {
        let (Some(piece), Some(before)) = (pieces.get(at), pieces.get(at - 1)) else {
            continue;
        };
        if !piece.capital || piece.words > 1 || piece.kind != PieceKind::Word || !piece.spaced {
            continue;
        }
        let named = strong(before);
        let titled = before.office().is_some() || before.is(Class::Honorific);
        let next_named = pieces.get(at + 1).is_some_and(|p| p.spaced && strong(p));
        let month = |m: &Meaning| matches!(m, Meaning::Month(_));
        let royal = |m: &Meaning| matches!(m, Meaning::Office(i) if lexicon.offices.get(*i).is_some_and(|role| super::offices::is_royal(role)));
        let city = |m: &Meaning| matches!(m, Meaning::City(_) | Meaning::Class(Class::Particle));
        let money = |m: &Meaning| matches!(m, Meaning::Currency(_));
        let counted = before.kind == PieceKind::Number
            || before.is(Class::Million)
            || before.is(Class::Billion);
        let names_money = !counted && (named || titled || next_named);
        let names_month =
            lexicon.lang != crate::document::Lang::En && (named || titled || next_named);
        let names_royal =
            named || (titled && lexicon.lang != crate::document::Lang::En && !next_named);
        // An initial that is also a title ("D. Luis", "Juan D. Soto").
        let initial = named && piece.folded.ends_with('.');
        let surname = !piece.meanings.is_empty()
            && (initial
                || piece.meanings.iter().all(month) && names_month
                || piece.meanings.iter().all(money) && names_money
                || piece.meanings.iter().all(royal) && names_royal
                || piece.meanings.iter().all(city) && before.office().is_some() && !before.capital);
        if surname && let Some(piece) = pieces.get_mut(at) {
            piece.meanings.clear();
        }
    }
}

/// An office that begins a longer match but is to be read alone: "Prince Albert" before a numeral is no city, and in "président de la
/// République populaire de Chine" the republic belongs to the name of the state.
fn shorter_office(
    rest: &[WordId],
    found: &[(usize, &[Meaning])],
    lexicon: &Lexicon,
) -> Option<(usize, Vec<Meaning>)> {
    let office = |meanings: &[Meaning]| meanings.iter().any(|m| matches!(m, Meaning::Office(_)));
    let &(whole, longest) = found.last()?;
    let place = longest.iter().all(|m| matches!(m, Meaning::City(_)));
    found.iter().rev().skip(1).find_map(|&(count, meanings)| {
        if !office(meanings) {
            return None;
        }
        let kept: Vec<Meaning> = meanings
            .iter()
            .filter(|m| matches!(m, Meaning::Office(_)))
            .copied()
            .collect();
        if place {
            return Some((count, kept));
        }
        // The state's name begins inside the longer office and ends behind it.
        let longer_name = office(longest)
            && (count + 1..whole).any(|start| {
                lexicon
                    .matches_of(rest.iter().skip(start).copied())
                    .any(|(n, m)| {
                        start + n > whole
                            && m.iter()
                                .any(|m| matches!(m, Meaning::Body(_, form) if form.is_name()))
                    })
            });
        longer_name.then_some((count, kept))
    })
}

/// An office with one adjective of a state after its first word: the office's meaning and the state's.
fn split_office(rest: &[WordId], lexicon: &Lexicon) -> Option<(usize, Vec<Meaning>)> {
    let (_, adjective) = lexicon.matches_of(rest.get(1).copied()).next()?;
    let body = adjective
        .iter()
        .find(|m| matches!(m, Meaning::Body(_, NameForm::Adjective)))?;
    let without = rest.iter().take(1).chain(rest.iter().skip(2));
    let office = |m: &&Meaning| matches!(m, Meaning::Office(_));
    let (count, meanings) = lexicon
        .matches_of(without.copied())
        .filter(|(n, m)| *n > 1 && m.iter().any(|m| office(&m)))
        .last()?;
    Some((count + 1, vec![*meanings.iter().find(office)?, *body]))
}

fn push(
    pieces: &mut Vec<Piece>,
    text: &str,
    tokens: &mut [Token],
    meanings: Vec<Meaning>,
    first: bool,
) {
    let folded = match tokens {
        [only] => std::mem::take(&mut only.folded),
        ref several => several
            .iter()
            .map(|t| t.folded.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    };
    let (Some(head), Some(last)) = (tokens.first(), tokens.last()) else {
        return;
    };
    let kind = match head.kind {
        TokenKind::Word => PieceKind::Word,
        TokenKind::Number => PieceKind::Number,
        TokenKind::Sign => head
            .span
            .of(text)
            .chars()
            .next()
            .map_or(PieceKind::Word, PieceKind::Sign),
    };
    pieces.push(Piece {
        span: head.span.to(last.span),
        kind,
        meanings,
        folded,
        capital: head.capital,
        first: first || pieces.iter().all(|p| matches!(p.kind, PieceKind::Sign(_))),
        words: tokens.len(),
        spaced: head.spaced,
    });
}

/// Whether a piece can be part of a person's name: an unknown capitalised word, or a known single-word city or such within a run.
fn name_part(piece: &Piece) -> bool {
    piece.kind == PieceKind::Word
        && piece.capital
        && piece.words == 1
        && !piece.folded.starts_with('\'')
        && piece.meanings.iter().all(|m| match m {
            Meaning::City(_) | Meaning::Class(Class::Particle) => true,
            Meaning::Body(_, form) => form.is_name(),
            // "Mark", "Grant": within a sentence a capital makes a name of a verb; at its beginning every word has one.
            Meaning::Verb(form) => {
                !piece.first || matches!(form, TriggerForm::Base) && piece.meanings.len() == 1
            }
            Meaning::Class(_)
            | Meaning::Office(_)
            | Meaning::Month(_)
            | Meaning::Number(_)
            | Meaning::Mission(_)
            | Meaning::Treaty(_)
            | Meaning::Topic(_)
            | Meaning::Measure(_)
            | Meaning::Currency(_)
            | Meaning::Trigger(..) => false,
        })
}

fn strong(piece: &Piece) -> bool {
    name_part(piece)
        // "Viendra-t-il", "A-t-elle": a verb with its pronoun.
        && !piece.folded.contains("-t-")
        && piece
            .meanings
            .iter()
            .all(|m| matches!(m, Meaning::Class(Class::Particle) | Meaning::Verb(_)))
}

/// Joins runs of capitalised words, with particles, initials and numerals inside, into names.
fn join_names(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        // "M. Le Brun": behind a title or office a capital particle begins the name.
        let led = piece.is(Class::Particle)
            && piece.capital
            && pieces.get(at + 1).is_some_and(|p| p.spaced && strong(p))
            && (runs.last().map_or(0, |run| run.1)..at)
                .rev()
                .filter_map(|before| pieces.get(before))
                .find(|p| p.sign() != Some('.'))
                .is_some_and(|p| p.is(Class::Honorific) || p.office().is_some());
        if !name_part(piece) && !led {
            at += 1;
            continue;
        }
        let mut end = if led { at + 2 } else { at + 1 };
        // "M. Hollande", "Mr Jordan": after a title the name of a place is a person's.
        let titled = at
            .checked_sub(1)
            .and_then(|before| pieces.get(before))
            .is_some_and(|p| p.is(Class::Honorific) && p.capital);
        let mut has_strong = strong(piece) || titled || led;
        while let Some(next) = pieces.get(end) {
            if !next.spaced {
                break;
            }
            let particle = next.is(Class::Particle)
                && pieces
                    .get(end + 1)
                    .is_some_and(|p| name_part(p) && p.words == 1);
            let two_particles = next.is(Class::Particle)
                && pieces.get(end + 1).is_some_and(|p| p.is(Class::Particle))
                && pieces.get(end + 2).is_some_and(name_part);
            if name_part(next) {
                has_strong |= strong(next);
                end += 1;
            } else if two_particles {
                end += 3;
                has_strong = true;
            } else if particle && next.capital && pieces.get(end + 1).is_some_and(strong) {
                end += 2;
                has_strong = true;
            } else if particle && !next.capital {
                // "Ramon de Lima": a particle before a place alone is a preposition, unless the word after is no place.
                let after = pieces.get(end + 1);
                if after.is_some_and(|p| !strong(p)) {
                    break;
                }
                end += 2;
                has_strong = true;
            } else if is_roman(next.span.of(text)) {
                end += 1;
                has_strong = true;
                break;
            } else {
                break;
            }
        }
        // Places at the end of a run of places only stay places; a first city or state before a strong word joins it.
        if !has_strong || (end == at + 1 && piece.city().is_some() && !titled) {
            at += 1;
            continue;
        }
        // A state's name at the start is not a given name ("Peru Ambassador").
        if piece.body_named().is_some() && !titled {
            at += 1;
            continue;
        }
        runs.push((at, end));
        at = end;
    }
    if runs.is_empty() {
        return pieces;
    }
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().enumerate();
    let mut runs = runs.into_iter().peekable();
    while let Some((at, piece)) = pieces.next() {
        if let Some((_, end)) = runs.next_if(|(start, _)| *start == at) {
            let rest = pieces.by_ref().take(end - at - 1).map(|(_, p)| p);
            joined.push(rest.fold(name_of(piece), longer));
        } else {
            joined.push(piece);
        }
    }
    joined
}

/// A piece as a name that begins with it.
fn name_of(piece: Piece) -> Piece {
    Piece {
        kind: PieceKind::Name,
        meanings: Vec::new(),
        capital: true,
        words: 1,
        ..piece
    }
}

/// A name with the piece that follows it.
fn longer(mut name: Piece, piece: Piece) -> Piece {
    name.span = name.span.to(piece.span);
    name.folded.push(' ');
    name.folded.push_str(&piece.folded);
    name.words += 1;
    name
}
