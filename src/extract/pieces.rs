//! A sentence → pieces: known words with their meanings, runs of capitalised words (names), numbers and signs.

mod accents;
mod acronyms;
mod combining;
mod given;
mod homographs;
mod letters;
mod names;
mod offices;
mod phrases;
mod places;
mod there;

use crate::language::{
    Class, Classes, Known, Lang, Lexicon, Meaning, Meanings, NameForm, Token, TokenKind, WordId,
};
use crate::text::Span;
use accents::{accented, loan, subjunctive, unaccented};
use letters::without_letters;
use names::{join_names, surnames};
use offices::{portfolios, shortened, split_office};
use phrases::{hides, leads, names_more};
use places::{city_nouns, crown, forms_alone, houses, plural_genitives, regions, state_forms};
use std::borrow::Cow;
use std::sync::LazyLock;

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
pub(super) struct Piece<'a> {
    pub(super) span: Span,
    pub(super) kind: PieceKind,
    pub(super) meanings: Meanings<'a>,
    /// Folded words, joined by spaces.
    pub(super) folded: Cow<'a, str>,
    /// Whether the first word has a capital.
    pub(super) capital: bool,
    /// Whether it is the first word of the sentence.
    pub(super) first: bool,
    /// Count of words.
    pub(super) words: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

impl Piece<'_> {
    pub(super) fn is(&self, class: Class) -> bool {
        self.meanings.is(class)
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

/// A sentence's tokens with their numbers in the lexicon.
struct Words<'a> {
    tokens: Vec<Token<'a>>,
    ids: Vec<WordId>,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, span: Span, lexicon: &'a Lexicon) -> Self {
        let (tokens, ids) = lexicon.tokens(text, span);
        let words = Self { tokens, ids };
        if words.tokens.iter().any(hyphened) {
            words.parted(text, lexicon)
        } else {
            words
        }
    }

    /// Whether the parts of a word with hyphens are names of bodies or cities, the first also with the words before it, the last with those behind
    /// ("Guinea Ecuatorial-Corea del Sur").
    fn joins_names(&self, at: usize, lexicon: &Lexicon) -> bool {
        let names = |words: &[WordId]| {
            lexicon
                .matches_of(words.iter().copied())
                .any(|(count, known)| count == words.len() && known.meanings().iter().any(is_place))
        };
        let Some(token) = self.tokens.get(at) else {
            return false;
        };
        let parts: Vec<WordId> = token.folded.split('-').map(|p| lexicon.word(p)).collect();
        let [first, middle @ .., last] = parts.as_slice() else {
            return false;
        };
        let begins = (at.saturating_sub(3)..=at).any(|from| {
            let mut words = self.ids.get(from..at).unwrap_or(&[]).to_vec();
            words.push(*first);
            names(&words)
        });
        let ends = (at + 1..=at + 4).any(|to| {
            let mut words = vec![*last];
            words.extend(self.ids.get(at + 1..to).unwrap_or(&[]));
            names(&words)
        });
        begins && ends && middle.iter().all(|word| names(&[*word]))
    }

    /// "membre de l'Organisation mondiale du commerce": whether the words of a phrase that rules start from end within a name that goes on behind it.
    fn cuts_name(&self, at: usize, count: usize, known: &Known, lexicon: &Lexicon) -> bool {
        let starts = |m: &Meaning| matches!(m, Meaning::Trigger(..));
        let named = |start: usize| {
            let rest = self.ids.get(at + start..).unwrap_or(&[]);
            self.tokens.get(at + start).is_some_and(|t| t.capital)
                && lexicon.matches_of(rest.iter().copied()).any(|(n, name)| {
                    let body = |m: &Meaning| matches!(m, Meaning::Body(_, form) if form.is_name());
                    start + n > count && n > 1 && name.meanings().iter().any(body)
                })
        };
        known.meanings().iter().any(starts) && (1..count).any(named)
    }

    /// Whether the noun of a treaty stands near, of whose title the word is a part ("traité d'amitié franco-péruvien", "Anglo-Chilean Treaty").
    fn beside_treaty(&self, at: usize, lexicon: &Lexicon) -> bool {
        let treaty = |word: &WordId| {
            let mut known = lexicon.matches_of([*word]);
            known.any(|(_, k)| k.meanings().iter().any(|m| matches!(m, Meaning::Treaty(_))))
        };
        let near = at.saturating_sub(4)..self.ids.len().min(at + 3);
        self.ids.get(near).unwrap_or(&[]).iter().any(treaty)
    }

    /// Parts a word such as "Chile-Perú" where every part is a name of a body or city, "avril-octobre", and "mid-1990" without its hyphen.
    fn parted(self, text: &'a str, lexicon: &'a Lexicon) -> Self {
        let names = |word: &str| {
            lexicon
                .matches_of([lexicon.word(word)])
                .any(|(_, known)| known.meanings().iter().any(is_place))
        };
        let joined: Vec<bool> = (0..self.tokens.len())
            .map(|at| {
                let word = self.tokens.get(at).filter(|t| hyphened(t));
                word.is_some_and(|t| {
                    months(&t.folded, lexicon)
                        || combining::joins(&t.folded, lexicon) && !self.beside_treaty(at, lexicon)
                        || t.capital && !names(&t.folded) && self.joins_names(at, lexicon)
                })
            })
            .collect();
        let mut parted = Self {
            tokens: Vec::with_capacity(self.tokens.len()),
            ids: Vec::with_capacity(self.ids.len()),
        };
        for ((token, id), all) in self.tokens.into_iter().zip(self.ids).zip(joined) {
            if let Some(at) = token
                .folded
                .find('-')
                .filter(|_| dated(&token.folded, lexicon))
            {
                let Span { start, end } = token.span;
                parted.add(text, Span::new(start, start + at), lexicon);
                parted.add(text, Span::new(start + at + 1, end), lexicon);
            } else if !all {
                parted.tokens.push(token);
                parted.ids.push(id);
            } else {
                let mut start = token.span.start;
                for (index, word) in token.span.of(text).split('-').enumerate() {
                    if index > 0 {
                        parted.add(text, Span::new(start - 1, start), lexicon);
                    }
                    parted.add(text, Span::new(start, start + word.len()), lexicon);
                    parted.combined(lexicon);
                    start += word.len() + 1;
                }
            }
        }
        parted
    }

    /// Puts the adjective in the place of the last word where that is a form of it which stands only before a hyphen ("franco-").
    fn combined(&mut self, lexicon: &'a Lexicon) {
        let Some(adjective) = self
            .tokens
            .last()
            .and_then(|t| combining::adjective(&t.folded, lexicon))
        else {
            return;
        };
        if let (Some(token), Some(id)) = (self.tokens.last_mut(), self.ids.last_mut()) {
            *id = lexicon.word(adjective);
            token.folded = Cow::Borrowed(adjective);
        }
    }

    fn add(&mut self, text: &'a str, span: Span, lexicon: &'a Lexicon) {
        let (tokens, ids) = lexicon.tokens(text, span);
        self.tokens.extend(tokens);
        self.ids.extend(ids);
    }

    /// Whether a number stands beside so many tokens, their full stop passed over.
    fn numbered(&self, at: usize, count: usize) -> bool {
        let number = |t: &Token<'_>| t.kind == TokenKind::Number;
        let mut behind = self.tokens.get(at + count..).unwrap_or(&[]).iter();
        at.checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(number)
            || behind.find(|t| t.folded != ".").is_some_and(number)
    }

    /// Whether a number or the name of a month stands at a token.
    fn dates(&self, at: usize, lexicon: &Lexicon) -> bool {
        let month = |word: WordId| {
            let mut known = lexicon.matches_of([word]);
            known.any(|(_, k)| k.meanings().iter().any(|m| matches!(m, Meaning::Month(_))))
        };
        self.tokens
            .get(at)
            .is_some_and(|t| t.kind == TokenKind::Number)
            || self.ids.get(at).copied().is_some_and(month)
    }

    /// The numbers of the tokens from `at` on.
    fn from(&self, at: usize) -> &[WordId] {
        self.ids.get(at..).unwrap_or(&[])
    }
}

fn is_place(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Body(..) | Meaning::City(_))
}

/// Whether a word is a part of a time with a hyphen before it or an ordinal with one behind it: "mid-1990", "mi-mai", "fourth-largest".
fn dated(word: &str, lexicon: &Lexicon) -> bool {
    word.split_once('-').is_some_and(|(part, time)| {
        let month = |m: &Meaning| matches!(m, Meaning::Month(_));
        lexicon.has_class(part, Class::Ordinal) && lexicon.meanings(word).is_empty()
            || lexicon.has_class(part, Class::DatePart)
                && (time.len() == 4 && time.bytes().all(|b| b.is_ascii_digit())
                    || lexicon.meanings(time).iter().any(month))
    })
}

/// Whether a word is two months with a hyphen between, a month and the day of the next to which it lasts ("30 octobre-2 novembre"), or a month and
/// its year ("3-May-2019").
fn months(word: &str, lexicon: &Lexicon) -> bool {
    let month = |part: &str| {
        let meanings = lexicon.meanings(part);
        meanings.iter().any(|m| matches!(m, Meaning::Month(_)))
    };
    let figures =
        |part: &str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit());
    word.split_once('-')
        .is_some_and(|(a, b)| month(a) && (month(b) || figures(b)))
}

/// Whether a word has a hyphen.
fn hyphened(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Word && token.folded.contains('-')
}

/// Classes whose words tell headings and the columns of tables apart; in a sentence of prose they mean nothing, but that a treaty is in force.
static OF_LAYOUT: LazyLock<Classes> = LazyLock::new(|| {
    let layout = |c: &Class| c.of_layout() && *c != Class::ColumnInForce;
    Classes::of(Class::ALL.iter().copied().filter(layout))
});

/// The article that a contraction holds.
fn article_in(piece: &Piece<'_>, lexicon: &Lexicon) -> Option<&'static str> {
    match (lexicon.lang, piece.folded.as_ref()) {
        (Lang::Fr, "au" | "du") => Some("le"),
        (Lang::Es, "al" | "del") => Some("el"),
        _ => None,
    }
}

/// "au Caire", "del Cairo", "du pays andin": the names and descriptions of places whose article is part of the contraction before a token, with how many tokens each has.
fn contracted<'a>(
    before: Option<&Piece<'_>>,
    words: &Words<'_>,
    at: usize,
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = (usize, &'a Known)> {
    let article = before.and_then(|p| article_in(p, lexicon));
    let capital = words.tokens.get(at).is_some_and(|t| t.capital);
    let name: Vec<WordId> = article.map_or_else(Vec::new, |article| {
        let article = Some(lexicon.word(article));
        let behind = words.from(at).iter().take(4).copied();
        article.into_iter().chain(behind).collect()
    });
    lexicon
        .matches_of(name)
        .filter(move |(count, known)| {
            let place = || capital && known.meanings().iter().any(is_place);
            *count > 1 && place() || *count > 2 && known.is(Class::TheState)
        })
        .map(|(count, known)| (count - 1, known))
}

/// Splits the sentence at `span` of `text` into pieces; in `prose` words of headings hide no others ("presidents who visited").
pub(super) fn pieces<'a>(
    text: &'a str,
    span: Span,
    lexicon: &'a Lexicon,
    prose: bool,
) -> Vec<Piece<'a>> {
    let mut words = Words::new(text, span, lexicon);
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(words.tokens.len());
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = words.tokens.get(at) {
        let rest = words.from(at);
        found.clear();
        found.extend(lexicon.matches_of(rest.iter().copied()));
        let least = found.last().map_or(0, |(count, _)| *count);
        let names = contracted(pieces.last(), &words, at, lexicon);
        found.extend(names.filter(|(count, _)| *count > least));
        let first = rest.first().copied().unwrap_or(WordId::UNKNOWN);
        if lexicon.begins_phrase(first) {
            let least = found.last().map_or(0, |(count, _)| *count);
            let parted = lexicon.parted_matches(rest).into_iter();
            found.extend(parted.filter(|(count, _)| *count > least));
        }
        if found.is_empty() && !lexicon.begins_phrase(first) {
            let unknown = words.tokens.get_mut(at..=at).unwrap_or(&mut []);
            push(&mut pieces, text, unknown, Meanings::default(), at == 0);
            at += 1;
            continue;
        }
        let longest = found.iter().rev().find_map(|&(count, known)| {
            if prose && count > 1 && known.only(*OF_LAYOUT) && hides(lexicon, rest, count) {
                return None;
            }
            if count > 1 && words.dates(at + count, lexicon) && leads(lexicon, rest, count, known) {
                return None;
            }
            if count > 1 && words.cuts_name(at, count, known, lexicon) {
                return None;
            }
            if count > 1 && known.is(Class::MissionIt) && names_more(lexicon, rest, count) {
                return None;
            }
            let written = words.tokens.get(at..at + count).unwrap_or(&[]);
            if there::acts_there(written, rest.get(count), lexicon) {
                return None;
            }
            let last = words.tokens.get(at + count - 1)?;
            // "la république de Chine": the form of a state is written small in its name.
            let form = || count > 1 && lexicon.has_class(&token.folded, Class::StateForm);
            // "La reunión" is no island at the head of a sentence, where its article alone has a capital.
            let article = || lexicon.has_class(&token.folded, Class::Article);
            let whole = last.capital || count > 1 && !(count == 2 && article());
            let named = token.capital && whole || form();
            let mut meanings =
                known.written(named, || acronyms::written(text, &words.tokens, at, known));
            match lexicon.lang {
                crate::document::Lang::Fr => accented(text, token, &mut meanings),
                crate::document::Lang::Es => {
                    subjunctive(text, written, &mut meanings);
                    if let [only] = written {
                        unaccented(text, span, only, &mut meanings, lexicon);
                    }
                }
                crate::document::Lang::En if count == 1 => {
                    loan(text, token, &mut meanings, lexicon);
                }
                crate::document::Lang::En => {}
            }
            (!meanings.is_empty()).then_some((count, meanings))
        });
        // An office whose words are parted by an adjective of a state: "ministre belge des Affaires étrangères".
        let parted = (lexicon.lang != crate::document::Lang::En)
            .then(|| split_office(rest, lexicon))
            .flatten()
            .filter(|(count, _)| *count > longest.as_ref().map_or(0, |(n, _)| *n));
        let (mut count, mut meanings) = parted
            .or_else(|| shortened(longest, rest, &found, lexicon))
            .unwrap_or((1, Meanings::default()));
        // "the Republic" in "the Republic of Korea" is no state spoken of: the name begins behind the article.
        let republic = count == 2
            && meanings.is(Class::TheState)
            && lexicon
                .matches_of(rest.get(count).copied())
                .any(|(_, known)| known.is(Class::Of));
        // "La Unión" in "La Unión Africana" is no city: a longer name begins behind the article.
        let longer = || {
            let both = meanings.is(Class::BothPersons);
            // "the ministers" in "the ministers resident" are no two who were spoken of.
            let named = |known: &Known| {
                let body = |m: &Meaning| matches!(m, Meaning::Body(..));
                let office = |m: &Meaning| both && matches!(m, Meaning::Office(_));
                known.all().iter().any(|m| body(m) || office(m))
            };
            let article = lexicon
                .matches_of(rest.first().copied())
                .any(|(_, known)| known.is(Class::Article));
            let behind = rest.iter().skip(1).copied();
            // "the presidents" in "the presidents Soto and Vega": whose office it is is said behind.
            // "los presidentes chilenos Soto y Vega": behind the adjective of their state.
            let holder = |i: usize| {
                let token = words.tokens.get(at + i);
                token.is_some_and(|t| t.capital && t.kind == TokenKind::Word)
            };
            let adjective = || {
                let next = lexicon.matches_of(rest.get(count).copied());
                next.filter_map(|(_, known)| known.adjective())
                    .next()
                    .is_some()
            };
            let held = both && (holder(count) || adjective() && holder(count + 1));
            let least = count + usize::from(!held);
            article
                && lexicon
                    .matches_of(behind)
                    .any(|(words, known)| words + 1 >= least && named(known))
        };
        if republic || count > 1 && longer() {
            meanings = lexicon
                .matches_of(rest.first().copied())
                .next()
                .map(|(_, known)| known.all())
                .unwrap_or_default();
            count = 1;
        }
        // "Como embajador …": no town in Italy at the head of a sentence.
        if at == 0 && meanings.is(Class::As) {
            meanings.retain(|m| !matches!(m, Meaning::City(_)));
        }
        if meanings.is(Class::MonthShort) && !words.numbered(at, count) {
            let short = Meaning::Class(Class::MonthShort);
            meanings.retain(|m| !matches!(m, Meaning::Month(_)) && *m != short);
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
    state_forms(&mut pieces);
    if lexicon.lang == Lang::En {
        plural_genitives(&mut pieces);
    } else {
        forms_alone(&mut pieces, lexicon);
    }
    regions(&mut pieces, lexicon);
    crown(&mut pieces, lexicon);
    city_nouns(&mut pieces, lexicon);
    houses(&mut pieces, lexicon);
    portfolios(&mut pieces, lexicon);
    surnames(text, &mut pieces, lexicon);
    let mut pieces = join_names(text, pieces, lexicon);
    without_letters(text, &mut pieces);
    pieces
}

fn push<'a>(
    pieces: &mut Vec<Piece<'a>>,
    text: &str,
    tokens: &mut [Token<'a>],
    meanings: Meanings<'a>,
    first: bool,
) {
    let folded = match tokens {
        [only] => std::mem::take(&mut only.folded),
        ref several => {
            let words: Vec<&str> = several.iter().map(|t| t.folded.as_ref()).collect();
            Cow::Owned(words.join(" "))
        }
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
