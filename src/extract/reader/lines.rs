//! Lines that are nothing but a date, as chronicles have them, and headings of that form → the date of what stands below each.

use super::dated::day_alone;
use super::{Reader, Sentence};
use crate::document::{Block, BlockKind, Document};
use crate::extract::dates::{Bound, DateContext};
use crate::extract::items::{Item, ItemKind, Named, items};
use crate::extract::pieces::pieces;
use crate::fact::Edtf;
use crate::language::{Class, Lexicon};
use crate::text::Span;

/// How many such lines make a chronicle; a statement has one or two.
const LINES: usize = 3;

/// How many bytes such a line has at most.
const LENGTH: usize = 60;

/// Among how many blocks a statement's date line stands.
const HEAD: usize = 6;

/// Within how many letters of its beginning an entry of a chronicle has its day.
const ENTRY: usize = 40;

/// Whether a document is a chronicle: most paragraphs begin with a day and a sign or capital, two paragraphs are days, months or years and nothing else, the entries standing below them, or three
/// begin with a sentence that is.
pub(super) fn is_chronicle(doc: &Document, lexicon: &Lexicon, dates: &DateContext) -> bool {
    let dated = |span: &Span| {
        let text = span.of(&doc.text);
        if text.len() >= LENGTH || !text.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let pieces = pieces(&doc.text, *span, lexicon, false);
        let mut dates = dates.clone();
        let mut named = Named::default();
        let found = items(&doc.text, &pieces, lexicon, &mut dates, &mut named);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        figures_alone(text) && digits > 3 || year_alone(text) || day_alone(&found)
    };
    let paragraphs = || {
        let blocks = doc.blocks.iter();
        blocks.filter(|block| block.kind == BlockKind::Paragraph)
    };
    let lines = paragraphs().map(|block| &block.span);
    let openers = paragraphs()
        .filter(|block| block.sentences.len() > 1)
        .filter_map(|block| block.sentences.first());
    // "Lima, 3 May 2001" above a statement with an agenda of days at its end.
    let placed = |block: &&Block| {
        let text = block.span.of(&doc.text);
        let before = text.split(|c: char| c.is_ascii_digit()).next();
        let head = heads(block.kind) || block.kind == BlockKind::Title;
        head && before.is_some_and(|b| b.contains(',')) && dated(&block.span)
    };
    let dateline = || doc.blocks.iter().take(HEAD).any(|block| placed(&block));
    // "3 May 1951. — Recognition by Peru": a day and a sign before what it tells.
    let entry = |block: &&Block| {
        let text = block.span.of(&doc.text);
        let end = text
            .char_indices()
            .nth(ENTRY)
            .map_or(text.len(), |(at, _)| at);
        let span = Span::new(block.span.start, block.span.start + end);
        let figures = text
            .get(..end)
            .is_some_and(|t| t.contains(|c: char| c.is_ascii_digit()));
        let pieces = if figures {
            pieces(&doc.text, span, lexicon, false)
        } else {
            Vec::new()
        };
        let (mut dates, mut named) = (dates.clone(), Named::default());
        let found = items(&doc.text, &pieces, lexicon, &mut dates, &mut named);
        let day = |i: &Item<'_>| {
            let ItemKind::Date(found) = &i.kind else {
                return false;
            };
            let start = found.date.filter(|d| !d.interval).and_then(|d| d.start);
            start.is_some_and(|d| d.day.is_some())
        };
        let signs = ['.', ':', '—', '–', '-'];
        // "3 May 1951 Recognition by Peru": or a capital behind it.
        let led = text.starts_with(|c: char| c.is_ascii_digit());
        let capital = |i: &Item<'_>| i.span.of(&doc.text).starts_with(char::is_uppercase);
        let next = |i: &Item<'_>| signs.iter().any(|c| i.sign(*c)) || led && capital(i);
        found.first().is_some_and(day) && found.get(1).is_some_and(next)
    };
    let entries = || {
        let (found, all) = paragraphs().fold((0, 0), |(found, all), block| {
            (found + usize::from(entry(&block)), all + 1)
        });
        found > 1 && found * 3 >= all * 2
    };
    lines.filter(|span| dated(span)).take(2).count() > 1
        || entries()
        || openers.filter(|span| dated(span)).take(LINES).count() == LINES && !dateline()
}

/// Whether a block of this kind can be such a line: an item of a list of dates stands for itself.
pub(super) fn heads(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Label
    )
}

/// Whether a block stands below words for visits, treaties, missions or their heads.
pub(super) fn lists_events(doc: &Document, block: &Block, lexicon: &Lexicon) -> bool {
    let lists = [
        Class::VisitHeading,
        Class::TreatyHeading,
        Class::MissionHeading,
        Class::HeadsHeading,
    ];
    block.under.iter().chain(&block.label).any(|&at| {
        let words = doc.blocks.get(at).map_or("", |b| b.span.of(&doc.text));
        lists.iter().any(|c| lexicon.has_class(words, *c))
    })
}

/// Whether a line is a date in figures, which needs no words around it: "8-VIII-1949", "29.12.1950".
pub(super) fn figures_alone(line: &str) -> bool {
    let line = line.trim_matches([';', ':', ' ', '*']);
    let figure = |c: char| c.is_ascii_digit() || "IVX.-/ –".contains(c);
    line.len() <= 12 && line.chars().all(figure) && line.contains(|c: char| c.is_ascii_digit())
}

/// Whether the value of a key is a year, with a remark behind it at most: "2004 – state visit".
pub(super) fn begins_with_year(words: &str) -> bool {
    let (year, rest) = words.split_at_checked(4).unwrap_or((words, ""));
    let rest = rest.trim_start();
    let known = year
        .parse::<u16>()
        .is_ok_and(|y| (1500..=2100).contains(&y));
    known && (rest.is_empty() || rest.starts_with(['–', '—', '-', ',', ';', '(', '.']))
}

/// Whether a sentence is a year and nothing else: "1928. On 3 May …".
pub(super) fn year_alone(sentence: &str) -> bool {
    let year = sentence.trim().strip_suffix('.').unwrap_or("");
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// The date that items are, if they are nothing else.
pub(super) fn alone(items: &[Item<'_>]) -> Option<(Edtf, Span)> {
    let mut dates = items
        .iter()
        .filter(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let first = dates.next()?;
    let ItemKind::Date(found) = &first.kind else {
        return None;
    };
    // "22 April" below "21 April 2020": the year of a day may stand above.
    let whole = |date: Edtf| found.from.is_none() || of_days(&date);
    let date = found
        .date
        .filter(|d| whole(*d) && found.bound == Bound::None);
    let date = date.filter(|_| dates.next().is_none())?;
    Some((date, first.span))
}

/// Whether a date is a day, or some days.
pub(super) fn of_days(date: &Edtf) -> bool {
    let bounds = [
        date.start,
        date.end.filter(|_| date.interval).or(date.start),
    ];
    bounds.iter().all(|d| d.is_some_and(|d| d.day.is_some()))
}

impl Reader<'_> {
    /// Notes for each block the date of the line above it.
    pub(super) fn note_lines(&mut self) {
        let mut lines = vec![None; self.doc.blocks.len()];
        let mut current = None;
        let (mut count, mut days) = (0, 0);
        for (index, block) in self.doc.blocks.iter().enumerate() {
            if block.kind == BlockKind::Title {
                continue;
            }
            let own = match self.sentences_of(index) {
                [only] if heads(block.kind) => alone(&only.items),
                _ => None,
            };
            let heading = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Label);
            count += usize::from(own.is_some());
            days += usize::from(own.is_some_and(|(date, _)| of_days(&date)));
            if own.is_some() || heading {
                // A span of years or months dates nothing, one of days what was done in them.
                current = own.filter(|(date, _)| !date.interval || of_days(date));
            } else if let Some(line) = lines.get_mut(index) {
                *line = current;
            }
        }
        if count >= LINES || days == count && days > 1 {
            self.lines = lines;
        }
    }

    /// Notes for each block the paragraph above it that is nothing but the name of a state, as articles have them that go from state to state
    /// ("; Peru").
    pub(super) fn note_state_lines(&mut self) {
        let mut lines = vec![None; self.doc.blocks.len()];
        let mut current = None;
        let mut count = 0;
        for (index, block) in self.doc.blocks.iter().enumerate() {
            let own = block.kind == BlockKind::Paragraph && self.is_state_line(index);
            count += usize::from(own);
            if own {
                current = Some(index);
            } else if heads(block.kind) && block.kind != BlockKind::Paragraph {
                current = None;
            } else if let Some(line) = lines.get_mut(index) {
                *line = current;
            }
        }
        if count > 1 {
            self.state_lines = lines;
        }
    }

    /// Whether a block is the name of a state, or of several, and nothing else, not even a full stop.
    fn is_state_line(&self, block: usize) -> bool {
        let [only] = self.sentences_of(block) else {
            return false;
        };
        let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::And) || i.sign(';');
        let state = |i: &Item<'_>| i.named_body().is_some_and(|b| !self.is_organisation(b));
        only.items.iter().any(state) && only.items.iter().all(|i| state(i) || small(i))
    }

    /// The date of the line above the block of a sentence.
    pub(super) fn line_date(&self, sentence: &Sentence<'_>) -> Option<(Edtf, Span)> {
        self.lines.get(sentence.block).copied().flatten()
    }
}

impl Reader<'_> {
    /// The cell of the header that stands over a place in a row.
    pub(in crate::extract) fn column_head(
        &self,
        sentence: &Sentence<'_>,
        place: Span,
    ) -> Option<Span> {
        let block = self.block(sentence)?;
        let column = block.cells.iter().position(|c| c.contains(place))?;
        let header = self.doc.blocks.get(block.header?)?;
        header.cells.get(column).copied()
    }

    /// The one state that the head of a column names: "Peru" over "Lima".
    pub(in crate::extract) fn state_heading(&self, head: Span) -> Option<usize> {
        let words = self.items_of(head);
        let mut words = words.iter().filter(|i| !i.is(Class::Article));
        let state = words.next()?.named_body();
        let only = words.next().is_none();
        state.filter(|s| only && !self.is_organisation(*s))
    }
}

#[cfg(test)]
mod tests {
    use super::{figures_alone, year_alone};

    #[test]
    fn dates_in_figures() {
        assert!(figures_alone(";8-VIII-1949"));
        assert!(figures_alone("29.12.1950"));
        assert!(!figures_alone("XIV"));
        assert!(!figures_alone("5 May 1950"));
        assert!(year_alone("1928.") && !year_alone("1928") && !year_alone("No. 1928."));
    }
}
