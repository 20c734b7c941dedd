//! A document and its claims → what each sentence and list item gave: facts, no fact, or words of the trade that were not understood.

use crate::document::{Block, BlockKind, Document};
use crate::fact::Claim;
use crate::language::{Class, Lexicon, Meaning, Token, TokenKind};
use crate::text::Span;

/// What a sentence gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Claims state something by it.
    Facts,
    /// Nothing, and nothing in it tells of a fact that is looked for.
    NoFact,
    /// Nothing, although it tells of a visit, mission, treaty, office or relations, and names who or where or when.
    NotUnderstood,
}

impl Outcome {
    /// The words for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::NoFact => "no fact",
            Self::NotUnderstood => "not understood",
        }
    }
}

/// A sentence or list item and what it gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub span: Span,
    /// What it gave.
    pub outcome: Outcome,
    /// Indexes of the claims that it states.
    pub claims: Vec<usize>,
    /// Its words that tell of facts and that no claim took: why it is not understood, or what beside its facts may have been missed.
    pub words: Vec<Span>,
}

/// What all sentences of a document gave, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Each sentence and list item; titles, headings, labels and heads of tables only where they state something.
    pub lines: Vec<Line>,
}

impl Coverage {
    /// How many sentences had an outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines.iter().filter(|l| l.outcome == outcome).count()
    }
}

/// Says of each sentence of a document what it gave; `taken` are, for each claim, the words that triggered its rule or fill its slots.
///
/// A sentence without claims is not understood when it has a verb or noun that a rule starts from (of a measure: with a number), and names a state, a city, a person, an office or
/// a date beside it. Of an entry of a fact sheet the key is looked at too; of an item of a list or table, the heading that says what it lists. What
/// stands in a section without facts ("See also") is none.
#[must_use]
pub fn coverage(
    document: &Document,
    claims: &[Claim],
    taken: &[Vec<Span>],
    lexicon: &Lexicon,
) -> Coverage {
    let mut stated: Vec<(usize, usize)> = claims
        .iter()
        .enumerate()
        .map(|(index, claim)| (claim.statement().start, index))
        .collect();
    stated.sort_unstable();
    let mut lines = Vec::new();
    for block in &document.blocks {
        let skipped = above(document, block).any(|(_, words)| lexicon.skips(words))
            || lexicon.cites(block.span.of(&document.text));
        for &span in &block.sentences {
            let from = stated.partition_point(|(start, _)| *start < span.start);
            let here = stated.iter().skip(from);
            let claims: Vec<usize> = here
                .take_while(|(start, _)| *start < span.end)
                .map(|(_, index)| *index)
                .collect();
            if heads(block) && claims.is_empty() {
                continue;
            }
            let mut words = Vec::new();
            if !skipped {
                words = telling(document, block, span, claims.is_empty(), lexicon);
                let free = |word: &Span| {
                    let taken = claims.iter().filter_map(|at| taken.get(*at)).flatten();
                    taken.into_iter().all(|by| !by.overlaps(*word))
                };
                words.retain(free);
            }
            let outcome = if !claims.is_empty() {
                Outcome::Facts
            } else if words.is_empty() {
                Outcome::NoFact
            } else {
                Outcome::NotUnderstood
            };
            lines.push(Line {
                span,
                outcome,
                claims,
                words,
            });
        }
    }
    Coverage { lines }
}

/// Whether a block stands over others.
fn heads(block: &Block) -> bool {
    match block.kind {
        BlockKind::Title | BlockKind::Heading(_) | BlockKind::Label | BlockKind::HeaderRow => true,
        BlockKind::Paragraph
        | BlockKind::Item
        | BlockKind::Entry
        | BlockKind::Row
        | BlockKind::Question
        | BlockKind::Answer => false,
    }
}

/// The label and the headings that a block stands under, nearest first, with their words.
fn above<'d>(document: &'d Document, block: &'d Block) -> impl Iterator<Item = (Span, &'d str)> {
    let indexes = block
        .label
        .into_iter()
        .chain(block.under.iter().rev().copied());
    indexes
        .filter_map(|at| document.blocks.get(at))
        .map(|block| (block.span, document.words(block.span)))
}

/// The words of a sentence that tell of a fact, where it names somebody, some place or some time; else none. Of an item that is `silent`, without
/// claims, its heading may tell it.
fn telling(
    document: &Document,
    block: &Block,
    span: Span,
    silent: bool,
    lexicon: &Lexicon,
) -> Vec<Span> {
    let text = &document.text;
    let words = Words::of(text, span, lexicon, block.kind == BlockKind::Paragraph);
    let counted = words.tokens.iter().any(|t| t.kind == TokenKind::Number);
    let measures = |m: &Meaning| {
        let measure = matches!(m, Meaning::Measure(_) | Meaning::Class(Class::Rank));
        measure && counted
    };
    let mut found = words.with(|m| tells(m) || measures(m));
    if let Some(key) = block.key {
        let key = Words::of(text, key, lexicon, false);
        found.extend(key.with(|m| tells(m) || opens(m) || measures(m)));
    }
    let listed = matches!(block.kind, BlockKind::Item | BlockKind::Row);
    if found.is_empty() && listed && silent {
        let lists = |m: &Meaning| {
            matches!(
                m,
                Meaning::Class(Class::VisitHeading | Class::HeadsHeading | Class::TreatyHeading)
            )
        };
        let heading = above(document, block)
            .map(|(span, _)| Words::of(text, span, lexicon, false).with(lists));
        found = heading
            .into_iter()
            .find(|f| !f.is_empty())
            .unwrap_or_default();
        // An item of a list names at least when; a name alone is often a link.
        if !words.has(is_month) && !words.has_year() {
            return Vec::new();
        }
    }
    if words.anchored() { found } else { Vec::new() }
}

/// A word that starts a rule, or names a mission or treaty.
fn tells(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Trigger(..) | Meaning::Mission(_) | Meaning::Treaty(_)
    )
}

/// A key of a fact sheet that opens an entry with a fact.
fn opens(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Office(_)
            | Meaning::Class(
                Class::KeyOpened | Class::KeySeat | Class::KeyAddress | Class::Relations
            )
    )
}

fn is_month(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Month(_))
}

/// The words of a stretch, each with what it can mean; of several that begin at one word, the longest.
struct Words<'l> {
    words: Vec<(Span, &'l [Meaning])>,
    tokens: Vec<Token<'l>>,
}

impl<'l> Words<'l> {
    fn of(text: &'l str, span: Span, lexicon: &'l Lexicon, prose: bool) -> Self {
        let (tokens, ids) = lexicon.tokens(text, span);
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = ids.iter().skip(at).copied();
            // Words of headings ("presidents who visited") hide no others.
            let layout = |m: &Meaning| matches!(m, Meaning::Class(class) if class.of_layout());
            let (count, meanings) = lexicon
                .matches_of(rest)
                .map(|(count, known)| (count, known.meanings()))
                .filter(|(_, meanings)| !prose || !meanings.iter().all(layout))
                .last()
                .unwrap_or((1, &[]));
            let last = tokens.get(at + count - 1).unwrap_or(token);
            words.push((token.span.to(last.span), meanings));
            at += count;
        }
        Self { words, tokens }
    }

    fn with(&self, telling: impl Fn(&Meaning) -> bool) -> Vec<Span> {
        let told = |(_, meanings): &&(Span, &[Meaning])| meanings.iter().any(&telling);
        self.words
            .iter()
            .filter(told)
            .map(|(span, _)| *span)
            .collect()
    }

    fn has(&self, telling: impl Fn(&Meaning) -> bool) -> bool {
        !self.with(telling).is_empty()
    }

    /// Whether a number can be a year.
    fn has_year(&self) -> bool {
        self.tokens.iter().any(|token| {
            token.kind == TokenKind::Number
                && token
                    .folded
                    .parse::<u16>()
                    .is_ok_and(|n| (1400..2100).contains(&n))
        })
    }

    /// Whether it names a state, a city, an office, a month, a year, or has a name: a capitalised word that nobody knows, inside the sentence.
    fn anchored(&self) -> bool {
        let names = |m: &Meaning| {
            matches!(
                m,
                Meaning::Body(..)
                    | Meaning::City(_)
                    | Meaning::Office(_)
                    | Meaning::Month(_)
                    | Meaning::Class(Class::Honorific | Class::BothStates)
            )
        };
        let name = |(span, meanings): &(Span, &[Meaning])| {
            let token = self.tokens.iter().find(|t| t.span.start == span.start);
            meanings.is_empty() && token.is_some_and(|t| t.kind == TokenKind::Word && t.capital)
        };
        self.has(names) || self.has_year() || self.words.iter().skip(1).any(name)
    }
}
