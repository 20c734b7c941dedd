//! Of whom a sentence tells that names one state, or none: the sides of the text, or the state spoken of beside the text's own.

use super::{Reader, Sentence};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;

/// How many states lead paragraphs of a bulletin at least.
const MANY: usize = 3;

/// How many sentences back a state was spoken of.
const BACK: usize = 6;

/// How many blocks an answer has at most before one of its own.
const ANSWER: usize = 3;

/// Whether a sign parts the name that a paragraph, entry or row is headed by from what it tells.
fn ends_name(item: &Item<'_>) -> bool {
    ['.', '—', '–', '-', ':'].iter().any(|c| item.sign(*c))
}

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
        if let Some(head) = self.headed_by(index) {
            return Some(head);
        }
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

    /// "CHINA. …", "Kuwait — …": the state that a paragraph's first word says it is about.
    pub(super) fn led_by(&self, block: usize) -> Option<usize> {
        let first = self.sentences_of(block).first()?;
        let (state, rest) = first.items.split_first()?;
        let alone = rest.first().is_none_or(ends_name);
        // "Panama. — …", "Kuwait. — …": also a city.
        let capital = || self.capital_state(state.city()?);
        let state = state.named_body().or_else(capital);
        state.filter(|b| alone && !self.is_organisation(*b))
    }

    /// The state whose name alone a heading or the first cell of a row is.
    fn names_alone(&self, block: usize) -> Option<usize> {
        let first = self.sentences_of(block).first()?;
        let row = self.doc.blocks.get(block)?.cells.first();
        let within = |i: &&Item<'_>| row.is_none_or(|cell| cell.contains(i.span));
        let items = first.items.iter().filter(within);
        let mut items = items.filter(|i| !i.is(Class::Article));
        let state = items.next()?.named_body()?;
        let alone = items.all(|i| i.sign(':'));
        (alone && !self.is_organisation(state)).then_some(state)
    }

    /// "Peru: relations since 1983": the state that is the key of an entry.
    fn keyed_by(&self, block: usize) -> Option<usize> {
        let key = self.items_of(self.doc.blocks.get(block)?.key?);
        let mut words = key.iter().filter(|i| !i.is(Class::Article));
        let state = words.next()?.named_body()?;
        let alone = words.all(|i| matches!(i.kind, ItemKind::Sign(_)));
        (alone && !self.is_organisation(state)).then_some(state)
    }

    /// Whether paragraphs or sections are led by the names of many states: a bulletin, a survey, in which none of them is the other side.
    pub(super) fn tells_by_states(&self) -> bool {
        let blocks = 0..self.doc.blocks.len();
        let state = |b: usize| {
            let kind = self.doc.blocks.get(b)?.kind;
            if matches!(kind, BlockKind::Paragraph | BlockKind::Item) {
                return self.led_by(b);
            }
            if kind == BlockKind::Entry {
                return self.keyed_by(b);
            }
            let heads = matches!(
                kind,
                BlockKind::Heading(_) | BlockKind::Label | BlockKind::Row
            );
            heads.then(|| self.names_alone(b)).flatten()
        };
        let mut led: Vec<usize> = blocks.filter_map(state).collect();
        led.sort_unstable();
        led.dedup();
        led.len() >= MANY
    }

    /// "With Norway relations date from 1969" in a sheet on Peru of another state's ministry: the state that the sheet is about, where the block
    /// names it and not the one whose ministry wrote it.
    pub(in crate::extract) fn whose_sheet(&self, index: usize, third: usize) -> Option<usize> {
        let home = self.home?;
        let titled = self.titled.filter(|t| !self.same_state(*t, home))?;
        let here = self.sentences.get(index)?;
        let block = self.sentences_of(here.block);
        let named = |state: usize| {
            let mut bodies = block.iter().flat_map(|s| &s.items).filter_map(Item::body);
            bodies.any(|b| self.same_state(b, state))
        };
        let we = |i: &Item<'_>| i.is(Class::We) || i.is(Class::Our);
        let ours = block.iter().flat_map(|s| &s.items).any(we);
        let other = !self.same_state(third, titled) && !self.same_state(third, home);
        (other && !ours && named(titled) && !named(home)).then_some(titled)
    }

    /// The one state beside the document's own under whose name a sentence stands: its block begins with it ("Peru. Established in 1983.", "Peru:
    /// relations since 1983"), or the line or heading right above is it.
    pub(in crate::extract) fn headed_by(&self, index: usize) -> Option<usize> {
        let home = self.home.filter(|_| !self.issued)?;
        let here = self.sentences.get(index)?;
        let first = self.sentences_of(here.block).first()?;
        let row = self.block(here)?.cells.first();
        let cell = |i: &Item<'_>| row.is_some_and(|cell| !cell.contains(i.span));
        let alone = |items: &[Item<'_>]| {
            let small = |i: &&Item<'_>| i.is(Class::Article) || i.sign(';');
            let mut words = items.iter().filter(|i| !small(i));
            let state = words.next()?.named_body()?;
            let ended = words.next().is_none_or(|i| ends_name(i) || cell(i));
            (ended && !self.is_organisation(state)).then_some(state)
        };
        let own = alone(&first.items)
            .filter(|_| row.is_some() || first.items.len() > 1 || first.span != here.span);
        let key = || alone(&self.items_of(self.block(here)?.key?));
        let above = || {
            let above = self.above(here);
            let line = above.first()?;
            let titled = self.block(line)?.kind == BlockKind::Title;
            let only = line.items.len() < 4 && !titled;
            alone(&line.items).filter(|_| only)
        };
        let state = own.or_else(key).or_else(above);
        state.filter(|s| !self.same_state(*s, home))
    }

    /// The state whose section or row a sentence stands in, of a text that is parted by states.
    pub(in crate::extract) fn section_state(&self, index: usize) -> Option<usize> {
        self.headed_by(index).filter(|_| self.by_states)
    }

    /// Reads on at a sentence: of a text that is parted by states, in the part of one of them; nowhere in particular where there is none.
    pub(in crate::extract) fn read_at(&self, index: Option<usize>) {
        if self.by_states {
            self.part.set(index.and_then(|i| self.section_state(i)));
        }
    }

    /// The state of the part that is being read.
    pub(super) fn part(&self) -> Option<usize> {
        self.part.get()
    }

    /// The two states of which "both" are: those that the part being read is about, else the sides of the document.
    pub(in crate::extract) fn both_here(&self) -> Vec<usize> {
        self.parted()
            .map_or_else(|| self.sides.clone(), |(home, part)| vec![home, part])
    }

    /// The text's own state and the one of the part that is being read.
    pub(in crate::extract) fn parted(&self) -> Option<(usize, usize)> {
        self.home.zip(self.part())
    }

    /// The other of the two states that the part being read is about.
    pub(super) fn other_in_part(&self, side: usize) -> Option<usize> {
        let (home, part) = (self.home?, self.part()?);
        if self.same_state(home, side) {
            return Some(part);
        }
        self.same_state(part, side).then_some(home)
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
        let led = self.led_by(here.block);
        let led = led.filter(|b| !self.same_state(*b, home));
        // "CHINA. … The two countries established relations on the day on which Peru broke with Taiwan."
        let both = |i: &Item| i.is(Class::BothStates);
        let mut named = here.items.iter().take_while(|i| led.is_none() || !both(i));
        let first = named.find_map(state);
        let before = || {
            let before = (index.saturating_sub(BACK)..index).rev();
            let before = before.filter_map(|s| self.sentences.get(s));
            before.take_while(|s| s.block == here.block)
        };
        // "The first Peruvian envoy to the islands"
        let envoy = |item: &Item| {
            let actor = item.actor()?;
            let of = actor.office.as_ref().and_then(|o| o.of).or(actor.body);
            of.filter(|b| !self.is_organisation(*b) && !self.same_state(*b, home))
        };
        // "They spoke of Chad": a topic of talks is not whom they are with, where the title names that.
        let titled = |item: &Item| state(item).filter(|b| self.in_title(*b));
        self.headed_by(index)
            .or(first)
            .or(led)
            .or_else(|| before().find_map(|s| s.items.iter().rev().find_map(titled)))
            .or_else(|| before().find_map(|s| s.items.iter().rev().find_map(state)))
            .or_else(|| before().find_map(|s| s.items.iter().rev().find_map(envoy)))
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
