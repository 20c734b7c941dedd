//! Who says what a sentence tells: the speaker of a quotation, of reported speech, or of "according to X".

use super::{Reader, Sentence};
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;
use crate::text::Span;

/// Signs that open and close quotations; the straight one does both.
const QUOTES: &[(char, char)] = &[('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];

impl Reader<'_> {
    /// The speaker of what stands at a byte of a sentence, and the words that name the speaker.
    pub(in crate::extract) fn speaker(
        &self,
        sentence: &Sentence,
        at: Option<usize>,
    ) -> Option<(String, Span)> {
        let at = at.unwrap_or(sentence.span.start);
        let index = self.sentence_index(sentence.span.start)?;
        self.reporter(index, sentence, at)
            .or_else(|| self.quoted(index, at))
    }

    /// "X said that …", "…, X said", "according to X, …": the one who reports the clause at a byte.
    fn reporter(&self, index: usize, sentence: &Sentence, at: usize) -> Option<(String, Span)> {
        let items = &sentence.items;
        let inside = self.in_quotes(sentence, at);
        items.iter().enumerate().find_map(|(i, item)| {
            if item.is(Class::AccordingTo) {
                return self
                    .source(index, items, i)
                    .filter(|(_, span)| at < item.span.start || at > span.end);
            }
            if !item.is(Class::Speech) || item.span.start == at {
                return None;
            }
            let behind = items.get(i + 1..).unwrap_or(&[]);
            let that = behind
                .iter()
                .take(5)
                .position(|n| n.is(Class::Relative) || n.sign(':'));
            let reports = that.is_some_and(|p| behind.get(p).is_some_and(|n| n.span.start < at));
            let ahead = at < item.span.start;
            // ", said X": what stands before the comma is what was said.
            let follows = ahead
                && items
                    .get(..i)?
                    .iter()
                    .rev()
                    .take(4)
                    .any(|n| n.sign(',') || n.sign('”') || n.sign('»') || n.sign('"'));
            let closes = follows && behind.len() <= 6;
            if !(reports || closes || inside && !self.in_quotes(sentence, item.span.start)) {
                return None;
            }
            let left = items
                .get(..i)?
                .iter()
                .rev()
                .take(6)
                .take_while(|n| !n.sign(';'))
                .find(|n| can_speak(n));
            let right = behind
                .iter()
                .take(4)
                .take_while(|n| !n.is(Class::Relative))
                .find(|n| can_speak(n));
            let who = if follows {
                right.or(left)
            } else {
                left.or(right)
            }?;
            Some((self.name(index, who)?, who.span))
        })
    }

    /// A quotation that runs over sentences: whoever was named as its speaker before it, in the same block.
    fn quoted(&self, index: usize, at: usize) -> Option<(String, Span)> {
        let sentence = self.sentences.get(index)?;
        if !self.in_quotes(sentence, at) {
            return None;
        }
        let same = |s: &&Sentence| s.block == sentence.block;
        let near = |s: &usize| s.abs_diff(index) <= 6;
        let before = (0..index).rev().take_while(near);
        let behind = (index + 1..self.sentences.len()).take_while(near);
        before.chain(behind).find_map(|i| {
            let s = self.sentences.get(i).filter(same)?;
            let speech = s.items.iter().position(|n| n.is(Class::Speech))?;
            let from = speech.saturating_sub(6);
            let who = s
                .items
                .iter()
                .skip(from)
                .take(speech - from + 5)
                .find(|n| can_speak(n))?;
            Some((self.name(i, who)?, who.span))
        })
    }

    /// Whom "according to" at an item names: a person, an office, a state, or what stands there up to the comma ("the Ministry of …").
    fn source(&self, index: usize, items: &[Item], at: usize) -> Option<(String, Span)> {
        let end = |n: &&Item| !matches!(n.kind, ItemKind::Sign(_));
        let words: Vec<&Item> = items.get(at + 1..)?.iter().take_while(end).collect();
        if let Some(who) = words.iter().take(3).find(|n| n.actor().is_some()) {
            return Some((self.name(index, who)?, who.span));
        }
        let first = words.iter().find(|n| !n.is(Class::Article))?;
        let span = first.span.to(words.last()?.span);
        (words.len() <= 10).then(|| (span.of(&self.doc.text).to_owned(), span))
    }

    /// Whether a byte of a sentence stands inside quotation marks that a clause could fill.
    fn in_quotes(&self, sentence: &Sentence, at: usize) -> bool {
        let before = self.quotes.partition_point(|span| span.start <= at);
        let last = before.checked_sub(1).and_then(|i| self.quotes.get(i));
        let block = self.block(sentence);
        last.is_some_and(|q| at <= q.end && block.is_some_and(|b| b.span.start <= q.start))
    }

    /// Notes the stretches between quotation marks, each within its block: from behind the opening mark to the closing one, or to the
    /// block's end.
    pub(super) fn note_quotes(&mut self) {
        let mut quoted = Vec::new();
        for block in &self.doc.blocks {
            let words = block.span.of(&self.doc.text);
            if ![b'"', 0xc2, 0xe2]
                .iter()
                .any(|first| words.as_bytes().contains(first))
            {
                // No byte with which a mark begins.
                continue;
            }
            let mut open: Option<(char, usize)> = None;
            for (at, c) in words.char_indices() {
                let at = block.span.start + at;
                match open {
                    Some((close, start)) if c == close => {
                        quoted.push(Span::new(start, at));
                        open = None;
                    }
                    None => {
                        open = QUOTES
                            .iter()
                            .find(|(opens, _)| *opens == c)
                            .map(|(_, closes)| (*closes, at + c.len_utf8()));
                    }
                    Some(_) => {}
                }
            }
            if let Some((_, start)) = open {
                quoted.push(Span::new(start, block.span.end));
            }
        }
        self.quotes = quoted;
    }

    fn name(&self, index: usize, item: &Item) -> Option<String> {
        if let Some(body) = item.named_body() {
            return self.body(body).map(|b| b.name);
        }
        let who = self.who(index, item).into_iter().next()?;
        if let Some(person) = who.person {
            return self.people.known.get(person).map(|k| k.name.clone());
        }
        Some(self.office_value(&who.role?, who.of).text())
    }
}

fn can_speak(item: &Item) -> bool {
    item.actor().is_some() || item.named_body().is_some()
}
