//! A document and its claims → what each sentence and list item gave: facts, no fact, or words of the trade that were not understood.

use crate::document::{BlockKind, Document};
use crate::fact::Claim;
use crate::language::{Lexicon, Meaning, tokens};
use crate::text::Span;

/// What a sentence gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Claims state something by it.
    Facts,
    /// Nothing, and nothing in it speaks of what is looked for.
    NoFact,
    /// Nothing, although it has words that tell of visits, missions, treaties, offices or relations.
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
    /// Its words of the trade.
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

/// Says of each sentence of a document what it gave.
#[must_use]
pub fn coverage(document: &Document, claims: &[Claim], lexicon: &Lexicon) -> Coverage {
    let mut stated: Vec<(usize, usize)> = claims
        .iter()
        .enumerate()
        .map(|(index, claim)| (claim.statement().start, index))
        .collect();
    stated.sort_unstable();
    let mut lines = Vec::new();
    for block in &document.blocks {
        let heads = match block.kind {
            BlockKind::Title | BlockKind::Heading(_) | BlockKind::Label | BlockKind::HeaderRow => {
                true
            }
            BlockKind::Paragraph
            | BlockKind::Item
            | BlockKind::Entry
            | BlockKind::Row
            | BlockKind::Question
            | BlockKind::Answer => false,
        };
        for &span in &block.sentences {
            let from = stated.partition_point(|(start, _)| *start < span.start);
            let here = stated.iter().skip(from);
            let claims: Vec<usize> = here
                .take_while(|(start, _)| *start < span.end)
                .map(|(_, index)| *index)
                .collect();
            if heads && claims.is_empty() {
                continue;
            }
            let words = words_of_the_trade(&document.text, span, lexicon);
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

/// Words that trigger a rule, or name a mission or treaty.
fn words_of_the_trade(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Span> {
    let tokens = tokens(text, span);
    let ids: Vec<_> = tokens.iter().map(|t| lexicon.word(&t.folded)).collect();
    let telling = |meaning: &Meaning| {
        matches!(
            meaning,
            Meaning::Trigger(..) | Meaning::Mission(_) | Meaning::Treaty(_)
        )
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = ids.iter().skip(at).copied();
        let longest = lexicon.matches_of(rest).last();
        let count = longest.map_or(1, |(count, _)| count);
        if longest.is_some_and(|(_, known)| known.meanings().iter().any(telling))
            && let Some(last) = tokens.get(at + count - 1)
        {
            found.push(token.span.to(last.span));
        }
        at += count;
    }
    found
}
