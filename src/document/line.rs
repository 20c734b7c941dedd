//! Text → lines, and the form that each line is found to have: heading, bullet, table row, entry, label, running text.

use crate::text::Span;

/// One line of the text, without its line ending and the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words.
    pub(super) span: Span,
    /// Columns of white space before its words (a tab counts four).
    pub(super) indent: usize,
}

/// What a list item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A sign such as `-` or `•`; all dashes count as `-`.
    Sign(char),
    /// `1.`, `1)` or `(1)`: the characters around the number.
    Number(char, char),
    /// `a)` or `(a)`.
    Letter(char),
    /// No bullet: a line that its neighbours show to be an item.
    Bare,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing.
    Blank,
    /// Signs without words, or a keyword of the format.
    Markup,
    /// The document's title.
    Title(Span),
    /// A heading and its level.
    Heading(u8, Span),
    /// A list item.
    Item(Marker, Span),
    /// A table's header row, with its cells.
    HeaderRow(Span, Vec<Span>),
    /// A table's row, with its cells.
    Row(Span, Vec<Span>),
    /// `Key: value` of a fact sheet.
    Entry(Span, Span),
    /// A line that introduces what follows.
    Label(Span),
    /// A line of running text that begins a paragraph.
    Text(Span),
    /// A line that goes on with the block before it.
    More(Span),
}

/// A text cut into lines, with what is known of each so far.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    lines: Vec<Line>,
    forms: Vec<Form>,
}

impl<'t> Lines<'t> {
    /// Cuts a text into lines; all that have a letter or digit are running text, the others blank or markup.
    pub(super) fn new(text: &'t str) -> Self {
        let mut lines = Vec::new();
        let mut forms = Vec::new();
        let mut start = 0;
        for raw in text.split_inclusive('\n') {
            let span = Span::new(start, start + raw.len()).trim(text);
            let indent = raw
                .chars()
                .take_while(|c| c.is_whitespace())
                .map(|c| if c == '\t' { 4 } else { 1 })
                .sum();
            forms.push(if span.is_empty() {
                Form::Blank
            } else if span.of(text).chars().any(char::is_alphanumeric) {
                Form::Text(span)
            } else {
                Form::Markup
            });
            lines.push(Line { span, indent });
            start += raw.len();
        }
        Self { text, lines, forms }
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The form of a line; past either end all is blank.
    pub(super) fn form(&self, at: usize) -> &Form {
        self.forms.get(at).unwrap_or(&Form::Blank)
    }

    /// Says what a line is.
    pub(super) fn set(&mut self, at: usize, form: Form) {
        if let Some(slot) = self.forms.get_mut(at) {
            *slot = form;
        }
    }

    /// The line itself.
    pub(super) fn line(&self, at: usize) -> Line {
        self.lines.get(at).copied().unwrap_or(Line {
            span: Span::new(self.text.len(), self.text.len()),
            indent: 0,
        })
    }

    /// The words of a line.
    pub(super) fn words(&self, at: usize) -> &'t str {
        self.line(at).span.of(self.text)
    }

    /// The span of a line that is still running text.
    pub(super) fn running(&self, at: usize) -> Option<Span> {
        match self.form(at) {
            Form::Text(span) => Some(*span),
            Form::Blank
            | Form::Markup
            | Form::Title(_)
            | Form::Heading(..)
            | Form::Item(..)
            | Form::HeaderRow(..)
            | Form::Row(..)
            | Form::Entry(..)
            | Form::Label(_)
            | Form::More(_) => None,
        }
    }

    /// The line after `at` that is neither blank nor markup.
    pub(super) fn next_words(&self, at: usize) -> Option<usize> {
        (at + 1..self.len()).find(|&next| !matches!(self.form(next), Form::Blank | Form::Markup))
    }

    /// The line before `at` that is neither blank nor markup.
    pub(super) fn previous_words(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .find(|&before| !matches!(self.form(before), Form::Blank | Form::Markup))
    }

    /// Whether the line before is blank (or there is none).
    pub(super) fn after_gap(&self, at: usize) -> bool {
        at.checked_sub(1)
            .is_none_or(|before| *self.form(before) == Form::Blank)
    }

    /// Every stretch `start..end` of neighbouring lines of running text.
    pub(super) fn stretches(&self) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for at in (0..self.len()).filter(|&at| self.running(at).is_some()) {
            match found.last_mut() {
                Some((_, end)) if *end == at => *end += 1,
                _ => found.push((at, at + 1)),
            }
        }
        found
    }
}

/// Whether the last sign of a line closes a sentence.
pub(super) fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '”', '»', '’', ')', ']', ' ', '\u{a0}', '\u{202f}'])
        .ends_with(['.', '!', '?', '…'])
}

/// Whether a line has letters, and all of them are capitals.
pub(super) fn in_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_uppercase()).count() > 1 && !words.chars().any(char::is_lowercase)
}

/// Number of words between white space.
pub(super) fn word_count(words: &str) -> usize {
    words.split_whitespace().count()
}
