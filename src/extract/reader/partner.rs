//! Of whom a sentence tells that names one state, or none: the sides of the text, or the state spoken of beside the text's own.

use super::{Reader, Sentence};
use crate::document::BlockKind;
use crate::extract::items::Item;
use crate::language::Class;

/// How many sentences back a state was spoken of.
const BACK: usize = 6;

/// How many blocks an answer has at most before one of its own.
const ANSWER: usize = 3;

impl Reader<'_> {
    /// The two that a sentence is about where it names none: the sides of the document; where its title names one state alone, that one and
    /// the state spoken of last: in the sentence, earlier in its block, in a heading above it.
    pub(in crate::extract) fn pair_at(&self, index: usize) -> Vec<usize> {
        match self.home {
            Some(home) => match self.state_at(index, home) {
                Some(other) => vec![home, other],
                None => self.sides.clone(),
            },
            None => self.beside_own(index).unwrap_or_else(|| self.sides.clone()),
        }
    }

    /// "Tonga", a heading in an article on the embassy in Fiji: the sender of the document's mission and the one other state that the heading names.
    fn beside_own(&self, index: usize) -> Option<Vec<usize>> {
        let own = self.own_mission.as_ref()?;
        let heading = self.heading(self.sentences.get(index)?)?;
        let [only] = heading.items.as_slice() else {
            return None;
        };
        let other = only.named_body().filter(|b| !self.is_organisation(*b))?;
        (!self.is_side(other)).then(|| vec![own.sending, other])
    }

    /// The other party to what a sentence tells of a state.
    pub(in crate::extract) fn partner(&self, index: usize, state: usize) -> Option<usize> {
        match self.home {
            Some(home) if self.same_state(home, state) => self
                .state_at(index, home)
                .or_else(|| self.other_side(state)),
            Some(home) => Some(home),
            None => self.other_side(state),
        }
    }

    /// Whence somebody comes to a state, of whom the text tells no state: from the other side, unless he is known to have led another state; in a text
    /// on one state, which has many others, from the one that the sentence, its block before it or the heading above it names alone.
    pub(in crate::extract) fn whence(
        &self,
        index: usize,
        person: Option<usize>,
        to: usize,
    ) -> Option<usize> {
        let alone = self
            .home
            .filter(|_| !self.issued && self.own_mission.is_none());
        let from = match alone {
            Some(home) if self.same_state(home, to) => self.named_alone(index, home),
            Some(home) => Some(home),
            None => self.other_side(to),
        };
        from.filter(|from| !person.is_some_and(|p| self.leads_elsewhere(p, *from)))
    }

    /// The one state beside the document's own that a sentence or its block before it names; where they name none, the one of the heading above.
    fn named_alone(&self, index: usize, home: usize) -> Option<usize> {
        let here = self.sentences.get(index)?;
        let others = |sentence: &Sentence<'_>| {
            let bodies = sentence.items.iter().filter_map(Item::body);
            let others = bodies.filter(|b| !self.is_organisation(*b) && !self.same_state(*b, home));
            others.collect::<Vec<usize>>()
        };
        let block = self.sentences.get(..=index).unwrap_or(&[]).iter().rev();
        let block = block.take_while(|s| s.block == here.block);
        let mut named: Vec<usize> = block.flat_map(others).collect();
        named.sort_unstable();
        named.dedup();
        if named.is_empty() {
            let above = self.above(here).into_iter();
            let above = above.filter(|s| self.block(s).is_some_and(|b| b.kind != BlockKind::Title));
            named = above
                .map(others)
                .find(|n| !n.is_empty())
                .unwrap_or_default();
        }
        match named.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The state beside the document's own that is spoken of at a sentence.
    fn state_at(&self, index: usize, home: usize) -> Option<usize> {
        let here = self.sentences.get(index)?;
        let state = |item: &Item| {
            item.body()
                .or_else(|| {
                    let city = item.city().filter(|_| !item.has_prep(Class::In))?;
                    self.capital_state(city)
                })
                .filter(|b| !self.is_organisation(*b) && !self.same_state(*b, home))
        };
        let first = here.items.iter().find_map(state);
        let before = || {
            let before = (index.saturating_sub(BACK)..index).rev();
            let before = before.filter_map(|s| self.sentences.get(s));
            before.take_while(|s| s.block == here.block)
        };
        // "They spoke of Chad": a topic of talks is not whom they are with, where the title names that.
        let titled = |item: &Item| state(item).filter(|b| self.in_title(*b));
        first
            .or_else(|| before().find_map(|s| s.items.iter().rev().find_map(titled)))
            .or_else(|| before().find_map(|s| s.items.iter().rev().find_map(state)))
            .or_else(|| {
                let asked = self.sentences_of(self.question_of(here)?).iter();
                let mut asked: Vec<usize> =
                    asked.flat_map(|s| &s.items).filter_map(state).collect();
                asked.sort_unstable();
                asked.dedup();
                match asked.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                }
            })
            .or_else(|| {
                self.above(here)
                    .into_iter()
                    .filter(|s| self.block(s).is_some_and(|b| b.kind != BlockKind::Title))
                    .find_map(|s| s.items.iter().find_map(state))
            })
    }

    /// Whether the title names a state.
    fn in_title(&self, state: usize) -> bool {
        let mut named = self.titles().flat_map(|s| &s.items).filter_map(Item::body);
        named.any(|b| self.same_state(b, state))
    }

    /// The block of the question that a sentence answers: the one before an answer, or a paragraph right before that ends in a question mark.
    fn question_of(&self, here: &Sentence<'_>) -> Option<usize> {
        let answer = self.block(here)?.kind == BlockKind::Answer;
        let before = here.block.checked_sub(1)?;
        let nearest = (before.saturating_sub(ANSWER)..=before).rev().find(|at| {
            let kind = self.doc.blocks.get(*at).map(|b| b.kind);
            kind == Some(BlockKind::Question)
        });
        let asks = |at: &usize| {
            let block = self.doc.blocks.get(*at);
            block.is_some_and(|b| b.span.of(&self.doc.text).trim_end().ends_with('?'))
        };
        nearest.filter(|_| answer).or(Some(before).filter(asks))
    }
}
