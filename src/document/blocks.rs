//! Lines with their forms → the document's blocks, each with its sentences, headings, label and header row.

use super::line::{Form, Lines};
use super::list::{Nesting, nested};
use super::sentence;
use super::statement::{Turn, turns};
use super::term;
use super::words::Words;
use super::{Block, BlockKind};
use crate::text::Span;

/// How far a sign more than one before an item stands for, in columns.
const NESTED: usize = 2;

/// Turns lines into blocks, in order of the text.
pub(super) fn assemble(lines: &Lines<'_>, words: &Words) -> Vec<Block> {
    let mut assembly = Assembly::new(lines.text, words);
    let mut at = 0;
    while at < lines.len() {
        // A block goes on over the lines that follow it.
        let mut end = at + 1;
        while let Form::More(_) = lines.form(end) {
            end += 1;
        }
        let last = (at + 1 < end).then(|| lines.line(end - 1).span);
        assembly.add(lines, at, last);
        at = end;
    }
    assembly.blocks
}

struct Assembly<'a> {
    text: &'a str,
    words: &'a Words,
    blocks: Vec<Block>,
    /// (level, block) of the open headings, outermost first.
    headings: Vec<(u8, usize)>,
    nesting: Nesting,
    label: Option<usize>,
    header: Option<usize>,
    asked: bool,
    /// The level of the headings that head parts of the list of one above them.
    parted: Option<u8>,
}

impl<'a> Assembly<'a> {
    fn new(text: &'a str, words: &'a Words) -> Self {
        Self {
            text,
            words,
            blocks: Vec::new(),
            headings: Vec::new(),
            nesting: Nesting::default(),
            label: None,
            header: None,
            asked: false,
            parted: None,
        }
    }

    /// Adds the block of a line; `last` is the last of the lines that go on with it.
    fn add(&mut self, lines: &Lines<'_>, at: usize, last: Option<Span>) {
        let whole = |span: Span| last.map_or(span, |last| span.to(last));
        match lines.form(at) {
            Form::Blank | Form::Markup => {}
            Form::Title(span) => {
                self.leave();
                self.label = None;
                self.push(BlockKind::Title, whole(*span));
            }
            Form::Heading(level, span) => {
                self.leave();
                self.label = None;
                self.asked = false;
                let level = self.level(lines, at, (*level, *span));
                self.headings.retain(|(outer, _)| *outer < level);
                let block = self.push(BlockKind::Heading(level), whole(*span));
                self.headings.push((level, block));
            }
            Form::Label(span) => {
                self.leave();
                self.label = None;
                let block = self.push(BlockKind::Label, whole(*span));
                self.label = Some(block);
            }
            Form::Item(marker, span) => {
                self.header = None;
                let block = self.push(BlockKind::Item, whole(*span));
                let line = lines.line(at);
                let indent = line.indent + NESTED * nested(line.span.of(self.text));
                let (depth, parent) = self
                    .nesting
                    .add(indent, *marker, block, lines.after_gap(at));
                if let Some(item) = self.blocks.get_mut(block) {
                    item.depth = depth;
                    item.label = parent.or(item.label);
                }
            }
            Form::Entry(key, value) => {
                self.leave();
                let block = self.push(BlockKind::Entry, whole(*value));
                if let Some(entry) = self.blocks.get_mut(block) {
                    entry.key = Some(*key);
                }
            }
            Form::HeaderRow(span, cells) => {
                self.leave();
                let block = self.push(BlockKind::HeaderRow, *span);
                self.header = Some(block);
                self.set_cells(block, cells);
            }
            Form::Row(span, cells) => {
                self.nesting.close();
                let block = self.push(BlockKind::Row, *span);
                self.set_cells(block, cells);
            }
            Form::Text(span) | Form::More(span) => self.add_text(whole(*span)),
        }
    }

    /// The level of a heading: one right below another of its level, and above a list, heads a part of it ("Ambassadors", "Lagos", "Abuja"), and so
    /// does the next as long as there is nothing but lists.
    fn level(&mut self, lines: &Lines<'_>, at: usize, (level, words): (u8, Span)) -> u8 {
        // Markup says the level.
        if lines.line(at).span.trim(self.text) != words {
            return level;
        }
        let next = lines.next_words(at).map(|next| lines.form(next));
        let lists = matches!(
            next,
            Some(Form::Item(..) | Form::Row(..) | Form::HeaderRow(..))
        );
        let before = self.blocks.last().map(|b| b.kind);
        let right_below = before == Some(BlockKind::Heading(level));
        let listed = matches!(before, Some(BlockKind::Item | BlockKind::Row));
        let goes_on = listed && self.parted == Some(level);
        self.parted = (lists && (right_below || goes_on)).then_some(level);
        self.parted.map_or(level, |level| level + 1)
    }

    /// Ends the list and the table that were open.
    fn leave(&mut self) {
        self.nesting.close();
        self.header = None;
    }

    /// Adds running text, cut where questions and answers begin; text that ends in a colon introduces what follows.
    fn add_text(&mut self, span: Span) {
        self.leave();
        self.label = None;
        let mut last = None;
        for (turn, part) in turns(self.text, span, self.words, &mut self.asked) {
            let kind = match turn {
                Turn::Text => BlockKind::Paragraph,
                Turn::Question => BlockKind::Question,
                Turn::Answer => BlockKind::Answer,
            };
            last = Some(self.push(kind, part));
        }
        if span.of(self.text).ends_with(':') {
            self.label = last;
        }
    }

    fn set_cells(&mut self, block: usize, cells: &[Span]) {
        if let Some(row) = self.blocks.get_mut(block) {
            row.cells = cells.to_vec();
        }
    }

    /// "- Ana Soto. 1979-1980": the stop between the name of an item and the term behind it ends no sentence.
    fn with_term(&self, mut sentences: Vec<Span>) -> Vec<Span> {
        if let [name, term] = sentences.as_slice()
            && term::is_term(term.of(self.text))
            && term::may_name(name.of(self.text).trim_end_matches('.'))
        {
            let whole = Span::new(name.start, term.end);
            sentences.clear();
            sentences.push(whole);
        }
        sentences
    }

    /// Adds a block with its sentences, headings, label and header; gives its index.
    fn push(&mut self, kind: BlockKind, span: Span) -> usize {
        let sentences = match kind {
            BlockKind::Title
            | BlockKind::Heading(_)
            | BlockKind::Label
            | BlockKind::HeaderRow
            | BlockKind::Row => vec![span],
            BlockKind::Item => self.with_term(sentence::split(self.text, span, self.words)),
            BlockKind::Paragraph | BlockKind::Entry | BlockKind::Question | BlockKind::Answer => {
                sentence::split(self.text, span, self.words)
            }
        };
        let introduced = match kind {
            BlockKind::Item | BlockKind::Entry | BlockKind::HeaderRow | BlockKind::Row => {
                self.label
            }
            BlockKind::Title
            | BlockKind::Heading(_)
            | BlockKind::Label
            | BlockKind::Paragraph
            | BlockKind::Question
            | BlockKind::Answer => None,
        };
        self.blocks.push(Block {
            kind,
            span,
            key: None,
            cells: Vec::new(),
            sentences,
            under: self.headings.iter().map(|&(_, block)| block).collect(),
            label: introduced,
            header: (kind == BlockKind::Row).then_some(self.header).flatten(),
            depth: 0,
        });
        self.blocks.len() - 1
    }
}
