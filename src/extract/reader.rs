//! A document, analysed: sentences as items, its persons, its two sides, and the helpers that every kind of fact uses.

mod analysed;
mod before;
mod bodies;
mod both;
mod dated;
mod datelines;
mod described;
mod heads;
mod homonyms;
mod host;
mod introduced;
mod inverted;
mod leaders;
mod letterhead;
mod lines;
mod ministers;
mod namesakes;
mod openers;
mod ours;
mod own_minister;
mod partner;
mod placed;
mod republic;
mod salient;
mod seats;
mod sides;
mod speaker;
mod successions;
mod unsaid;
mod who;
mod years;

use super::dates::DateContext;
use super::frame::Frame;
use super::items::{Item, Named, items};
use super::people::People;
use super::pieces::{Piece, pieces};
use crate::document::{Block, BlockKind, Document};
use crate::fact::{Claim, Day, Edtf, Evidence, EvidenceRole, Fact, Flag, Modality, Polarity};
use crate::language::{Class, Classes, Gazetteer, Lexicon, Rule};
use crate::text::Span;
use analysed::{Analysed, analysed, prose};
pub(super) use dated::Dated;
pub(super) use leaders::Looks;
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
pub(super) use successions::Then;
use years::{first_year, item_year, last_year};

/// A sentence (or list item, entry, heading) with its items.
#[derive(Clone, Debug)]
pub(super) struct Sentence<'a> {
    pub(super) block: usize,
    pub(super) span: Span,
    pub(super) items: Vec<Item<'a>>,
}

impl<'a> Sentence<'a> {
    /// The same with other items before its own, and how many those are.
    pub(super) fn behind(&self, mut before: Vec<Item<'a>>) -> (Self, usize) {
        let from = before.len();
        before.extend(self.items.iter().cloned().map(|mut item| {
            item.list += from;
            item
        }));
        let whole = Self {
            items: before,
            ..self.clone()
        };
        (whole, from)
    }
}

/// Among how many blocks the month of a bulletin stands.
const LETTERHEAD: usize = 5;

/// How many blocks before a heading the one is looked for that it belongs to.
const HEADINGS: usize = 80;

/// Who takes part in something: a person, an office, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Who {
    /// Index in [`Reader::people`].
    pub(super) person: Option<usize>,
    /// English role.
    pub(super) role: Option<String>,
    /// Body by index.
    pub(super) of: Option<usize>,
    /// Passages that tell who it is, beside the statement.
    pub(super) evidence: Vec<Evidence>,
    /// "his counterpart": takes the role of the one it is the counterpart of.
    pub(super) counterpart: bool,
}

/// The mission that a document is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnMission {
    pub(super) kind: usize,
    pub(super) sending: usize,
    pub(super) receiving: Option<usize>,
    pub(super) city: Option<usize>,
    pub(super) span: Span,
    /// Whether the text says that it was raised to what it is: then it was less before.
    pub(super) raised: bool,
}

/// A document, analysed.
pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) sentences: Vec<Sentence<'a>>,
    pub(super) people: People,
    /// For each person the side that the name looks like one of, once that was asked.
    looks: Vec<OnceCell<Option<(usize, i32)>>>,
    /// The two states (or bodies) that the document is about, in the order of its title.
    pub(super) sides: Vec<usize>,
    /// Whether paragraphs, sections or rows are headed by the names of many states, of which none is the other side.
    by_states: bool,
    /// In such a text the state of the part that is being read, which is the other side there.
    part: Cell<Option<usize>>,
    /// Whether the title names both sides.
    pub(super) paired: bool,
    /// Where the sides are named.
    pub(super) sides_span: Option<Span>,
    pub(super) own_mission: Option<OwnMission>,
    /// Whether the document speaks of legations, whose heads are called ministers.
    pub(super) legations: bool,
    /// The year that the document is of, else the last one that it speaks of.
    pub(super) year: Option<i32>,
    /// Whether the document gives its own day: a statement, a readout.
    pub(super) issued: bool,
    /// That day, and where it is told.
    pub(super) day: Option<(Day, Span)>,
    /// Historical states and those that followed them, where the text speaks of both, with the last year of the former.
    successions: Vec<(usize, usize, i32)>,
    /// States of today that the text speaks of beside the one that they were part of, with its first and last year.
    predecessors: Vec<(usize, usize, std::ops::RangeInclusive<i32>)>,
    /// The one state that the title names, whoever's document it is.
    titled: Option<usize>,
    /// The currency that a bare "dollar" of this text is, once it was asked for.
    pub(super) own_dollar: OnceCell<Option<&'static str>>,
    /// How often the text names each city in which somebody or something may be, once it was asked for.
    pub(super) cities_named: OnceCell<BTreeMap<usize, usize>>,
    /// The only state of the title.
    home: Option<usize>,
    /// The minister of the ministry that issues the document, and whether that is a foreign ministry.
    minister: Option<usize>,
    /// The state that issues a statement, also where its title names both sides.
    issuer: Option<usize>,
    ministry: bool,
    /// Whether it is a joint communiqué, which speaks for both sides.
    communique: bool,
    /// The sentence that tells of a ceremony at which the envoys handed over their credentials of whom the document speaks.
    pub(super) ceremony: Option<usize>,
    /// What heads of state the sides can have.
    heads: heads::Heads,
    /// The stretches between quotation marks, in order of the text.
    quotes: Vec<Span>,
    /// Indexes of the sentences of titles.
    titles: Vec<usize>,
    /// For each block the date of the line above it, in a chronicle; empty elsewhere.
    lines: Vec<Option<(Edtf, Span)>>,
    /// For each block the one above it that is nothing but the name of a state; empty where there are no two such.
    state_lines: Vec<Option<usize>>,
    /// For each block the classes of the words of its sentences.
    classes: Vec<Classes>,
    /// The role that a description of two office-holders first gives them ("the two ministers").
    pub(super) both_role: Option<&'a str>,
    /// The first words of the full names of the sides ("Confederation").
    state_nouns: Vec<(String, usize)>,
    /// Person last spoken of as a subject, per sentence: (sentence index, person).
    salient: Vec<(usize, usize, Span)>,
    /// Whom alone a heading or the key of an entry names: (block, person).
    headed: Vec<(usize, usize, Span)>,
}

impl<'a> Reader<'a> {
    /// Analyses a document.
    pub(super) fn new(doc: &'a Document, lexicon: &'a Lexicon, gazetteer: &'a Gazetteer) -> Self {
        let Analysed {
            sentences,
            day,
            communique,
        } = analysed(doc, lexicon, gazetteer);
        let own = day.map(|(day, _)| day.year);
        let mut reader = Self {
            issued: own.is_some(),
            day,
            year: own.or_else(|| last_year(&sentences)),
            doc,
            lexicon,
            gazetteer,
            sentences,
            people: People::default(),
            looks: Vec::new(),
            sides: Vec::new(),
            by_states: false,
            part: Cell::new(None),
            paired: false,
            sides_span: None,
            own_mission: None,
            legations: false,
            successions: Vec::new(),
            predecessors: Vec::new(),
            titled: None,
            own_dollar: OnceCell::new(),
            cities_named: OnceCell::new(),
            home: None,
            minister: None,
            issuer: None,
            ministry: false,
            communique,
            ceremony: None,
            heads: heads::Heads::default(),
            quotes: Vec::new(),
            titles: Vec::new(),
            lines: Vec::new(),
            state_lines: Vec::new(),
            classes: Vec::new(),
            both_role: None,
            salient: Vec::new(),
            headed: Vec::new(),
            state_nouns: Vec::new(),
        };
        reader.turn_names();
        reader.note_blocks();
        reader.note_lines();
        reader.note_state_lines();
        reader.note_quotes();
        reader.choose_places();
        reader.choose_cities();
        reader.find_sides();
        reader.choose_cities_of_sides();
        reader.find_heads();
        reader.find_seat();
        reader.choose_governments();
        reader.choose_states();
        reader.choose_surnames();
        reader.close_seats();
        reader.seat_in_capitals();
        reader.seat_ahead();
        reader.settle_ours();
        reader.find_placed();
        reader.find_ministers();
        reader.find_presidents();
        reader.find_successions();
        reader.find_people();
        reader.know_leaders();
        reader.find_own_minister();
        reader.open_plainly();
        reader.find_salient();
        reader.both_role = reader
            .sentences
            .iter()
            .flat_map(|s| &s.items)
            .find(|i| i.is(Class::BothPersons))
            .and_then(|i| lexicon.both_role(&i.folded));
        reader
    }

    /// The first year that the document speaks of.
    fn first_year(&self) -> Option<i32> {
        first_year(&self.sentences)
    }

    /// Whether a frame in the future tells of what is past, seen from the document's year: "il sera remplacé en 1932".
    pub(super) fn tells_past(&self, sentence: &Sentence, frame: &Frame) -> bool {
        let date = frame.date.and_then(|at| sentence.items.get(at));
        frame.future
            && date
                .and_then(item_year)
                .is_some_and(|year| Some(year) < self.year)
    }

    /// The pieces of a sentence again.
    pub(super) fn pieces(&self, sentence: &Sentence<'_>) -> Vec<Piece<'a>> {
        let prose = self
            .block(sentence)
            .is_some_and(|block| prose(self.doc, block, sentence.span));
        pieces(&self.doc.text, sentence.span, self.lexicon, prose)
    }

    /// Notes the titles, and the classes of words of each block.
    fn note_blocks(&mut self) {
        self.classes = vec![Classes::default(); self.doc.blocks.len()];
        for (index, sentence) in self.sentences.iter().enumerate() {
            if let Some(classes) = self.classes.get_mut(sentence.block) {
                for item in &sentence.items {
                    classes.extend(item.meanings.classes());
                }
            }
            let block = self.doc.blocks.get(sentence.block);
            if block.is_some_and(|b| b.kind == BlockKind::Title) {
                self.titles.push(index);
            }
        }
    }

    /// The sentences of titles.
    pub(super) fn titles(&self) -> impl Iterator<Item = &Sentence<'a>> {
        let titles = self.titles.iter();
        titles.filter_map(|&index| self.sentences.get(index))
    }

    pub(super) fn block(&self, sentence: &Sentence) -> Option<&'a Block> {
        self.doc.blocks.get(sentence.block)
    }

    /// Whether a sentence leads what stands below it: it ends with a colon.
    pub(super) fn leads(&self, sentence: &Sentence<'_>) -> bool {
        let words = sentence.span.of(&self.doc.text);
        words.trim_end().ends_with(':')
    }

    /// Sentences of the headings and labels that a sentence stands under, nearest first.
    pub(super) fn above(&self, sentence: &Sentence<'_>) -> Vec<&Sentence<'a>> {
        let blocks = self.blocks_above(sentence);
        blocks.flat_map(|b| self.sentences_of(b)).collect()
    }

    /// The headings and labels that a sentence stands under, nearest first.
    fn blocks_above(&self, sentence: &Sentence<'_>) -> impl Iterator<Item = usize> + use<'a> {
        let block = self.block(sentence);
        // An item of a nested list stands under the item above it, and that under its own label.
        let mut labels = Vec::new();
        let mut label = block.and_then(|b| b.label);
        while let Some(at) = label.filter(|at| !labels.contains(at)) {
            labels.push(at);
            label = self.doc.blocks.get(at).and_then(|b| b.label);
        }
        let under = block.map_or(&[][..], |b| b.under.as_slice());
        let over = under.last().and_then(|at| self.heading_over(*at));
        let over = over.filter(|at| !under.contains(at));
        let headings = under.iter().rev().copied();
        let line = self.state_lines.get(sentence.block).copied().flatten();
        labels.into_iter().chain(line).chain(headings).chain(over)
    }

    /// "Visits", and right under it "To Peru" as another heading of its rank: the heading that one belongs to which says only whither or whence.
    fn heading_over(&self, heading: usize) -> Option<usize> {
        let way = |at: usize| {
            let items = self.sentences_of(at).iter().flat_map(|s| &s.items);
            let ways = [Class::To, Class::From, Class::In];
            let small =
                |i: &Item<'_>| i.sign(':') || i.is(Class::Article) || ways.iter().any(|c| i.is(*c));
            let mut words = items.filter(|i| !(small(i) && i.body().or(i.city()).is_none()));
            let leads = |i: &Item<'_>| {
                let place = i.body().is_some() || i.city().is_some();
                place && ways.iter().any(|c| i.has_prep(*c))
            };
            words.next().is_some_and(leads) && words.next().is_none()
        };
        let headings = || {
            let near = (heading.saturating_sub(HEADINGS)..heading).rev();
            near.filter(|at| {
                let block = self.doc.blocks.get(*at);
                block.is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)))
            })
        };
        way(heading).then(|| headings().find(|at| !way(*at)))?
    }

    /// The first sentence of the nearest heading.
    pub(super) fn heading(&self, sentence: &Sentence<'_>) -> Option<&Sentence<'a>> {
        let nearest = self.block(sentence)?.under.last()?;
        self.sentences_of(*nearest).first()
    }

    /// Index of the first sentence of a block.
    pub(super) fn first_of(&self, block: usize) -> Option<usize> {
        let first = self.sentences.partition_point(|s| s.block < block);
        self.sentences
            .get(first)
            .filter(|s| s.block == block)
            .map(|_| first)
    }

    /// The sentences of a block.
    pub(super) fn sentences_of(&self, block: usize) -> &[Sentence<'a>] {
        let first = self.sentences.partition_point(|s| s.block < block);
        let rest = self.sentences.get(first..).unwrap_or(&[]);
        let count = rest.partition_point(|s| s.block == block);
        rest.get(..count).unwrap_or(&[])
    }

    /// The first sentence of an entry of a fact sheet together with the entry's key, and how many items the key and its colon have.
    pub(super) fn keyed(&self, sentence: &Sentence<'a>) -> Option<(Sentence<'a>, usize)> {
        let key = self.block(sentence)?.key?;
        let mut whole = self.items_of(key);
        whole.push(Item::colon(key, whole.len()));
        Some(sentence.behind(whole))
    }

    /// The items of a stretch of the text that is no sentence: the key of an entry, a cell of a header.
    pub(super) fn items_of(&self, key: Span) -> Vec<Item<'a>> {
        let mut dates = DateContext::new(self.lexicon);
        let pieces = pieces(&self.doc.text, key, self.lexicon, false);
        items(
            &self.doc.text,
            &pieces,
            self.lexicon,
            &mut dates,
            &mut Named::default(),
        )
    }

    /// Whether a heading above (or a label) has a word of this class.
    pub(super) fn under(&self, sentence: &Sentence, class: Class) -> bool {
        self.blocks_above(sentence)
            .any(|b| self.classes.get(b).is_some_and(|c| c.contains(class)))
    }

    /// Index of the sentence that holds a byte of the text.
    pub(super) fn sentence_index(&self, byte: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        let index = after.checked_sub(1)?;
        self.sentences
            .get(index)
            .filter(|s| byte < s.span.end)
            .map(|_| index)
    }

    /// Whether a claim was told in a sentence or in so many before it.
    pub(super) fn near(&self, index: usize, claim: &Claim, reach: usize) -> bool {
        // "The embassy" below "France" is none of which the row or section on Malaysia spoke.
        let one = |told: usize| !self.by_states || self.headed_by(told) == self.headed_by(index);
        self.sentence_index(claim.statement().start)
            .is_some_and(|told| index.saturating_sub(told) <= reach && one(told))
    }

    /// Whether a claim was told in the section of a sentence, in it or in so many before it.
    pub(super) fn in_section(&self, index: usize, claim: &Claim, reach: usize) -> bool {
        let under = |s: &Sentence<'_>| self.block(s).map(|b| &b.under);
        let told = self.sentence_index(claim.statement().start);
        told.is_some_and(|told| {
            told <= index
                && index - told <= reach
                && self.sentences.get(told).map(under) == self.sentences.get(index).map(under)
        })
    }

    pub(super) fn sentence_at(&self, byte: usize) -> Option<&Sentence<'a>> {
        let after = self.sentences.partition_point(|s| s.span.start <= byte);
        self.sentences
            .get(after.checked_sub(1)?)
            .filter(|s| byte < s.span.end)
    }

    /// Makes a claim of a fact found by a rule's frame.
    pub(super) fn claim(
        &self,
        fact: Fact,
        rule: &Rule,
        sentence: &Sentence,
        frame: Option<&Frame>,
        extra: Vec<Evidence>,
        flags: Vec<Flag>,
    ) -> Claim {
        let (mut modality, polarity) = frame
            .map_or((Modality::Asserted, Polarity::Affirmed), |f| {
                (f.modality, f.polarity)
            });
        let mut speaker = None;
        if let Some(block) = self.block(sentence) {
            if block.kind == BlockKind::Question {
                modality = if modality == Modality::Asserted {
                    Modality::Hypothetical
                } else {
                    modality
                };
                speaker = Some("question".to_owned());
            } else if block.kind == BlockKind::Answer {
                speaker = Some("answer".to_owned());
            }
        }
        if sentence.span.of(&self.doc.text).trim_end().ends_with('?')
            && modality == Modality::Asserted
        {
            modality = Modality::Hypothetical;
        }
        let mut evidence = vec![Evidence {
            span: sentence.span,
            role: EvidenceRole::Statement,
        }];
        let at = frame.and_then(|f| sentence.items.get(f.at));
        if let Some((name, span)) = self.speaker(sentence, at.map(|i| i.span.start)) {
            speaker = Some(name);
            if !sentence.span.contains(span) {
                evidence.push(Evidence {
                    span,
                    role: EvidenceRole::Speaker,
                });
            }
        }
        for piece in extra {
            if !evidence.contains(&piece) && !(sentence.span.contains(piece.span)) {
                evidence.push(piece);
            }
        }
        Claim {
            fact,
            modality,
            polarity,
            speaker,
            rule: format!("{}.{}", self.doc.lang.tag(), rule.id),
            trigger: frame
                .and_then(|f| sentence.items.get(f.at))
                .map(|item| item.span),
            confidence: rule.confidence,
            evidence,
            flags,
        }
    }

    /// Headings and labels above a sentence as evidence.
    pub(super) fn heading_evidence(&self, sentence: &Sentence) -> Vec<Evidence> {
        let block = self.block(sentence);
        let labels = block.and_then(|b| b.label.or_else(|| b.under.last().copied()));
        labels
            .and_then(|b| self.doc.blocks.get(b))
            .map(|b| {
                vec![Evidence {
                    span: b.span,
                    role: EvidenceRole::Heading,
                }]
            })
            .unwrap_or_default()
    }

    /// Title or infobox as evidence for a side taken from there.
    pub(super) fn side_evidence(&self) -> Vec<Evidence> {
        self.sides_span
            .map(|span| {
                vec![Evidence {
                    span,
                    role: EvidenceRole::Context,
                }]
            })
            .unwrap_or_default()
    }
}
