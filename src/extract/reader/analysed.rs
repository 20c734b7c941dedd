//! Sentences → items, with the dates that the text before gives them, and the day that the document itself is of.

use super::dated::{briefs, closing_date, date_line, day_alone, issue_month, visited};
use super::datelines::dateline;
use super::lines::{
    alone, begins_with_year, figures_alone, heads, is_chronicle, lists_events, of_days, year_alone,
};
use super::namesakes::Namesakes;
use super::years::{item_year, news, own_day, undated, written};
use super::{LETTERHEAD, Sentence};
use crate::document::{Block, BlockKind, Document};
use crate::extract::dates::DateContext;
use crate::extract::items::{Item, ItemKind, Named, items};
use crate::extract::pieces::pieces;
use crate::fact::{Day, Edtf};
use crate::language::{Class, Gazetteer, Lexicon};
use crate::text::Span;

/// How many bytes a block has at least that is running text rather than a line of a letterhead.
const PARAGRAPH: usize = 160;

/// How many days lie between the lines of a digest of news at most.
const NEAR: i64 = 45;

/// Among how many blocks a line stands that says of which day a briefing is.
const HEAD: usize = 4;

/// What a document's sentences say, each by itself.
pub(super) struct Analysed<'a> {
    pub(super) sentences: Vec<Sentence<'a>>,
    /// The day, month or year that the document gives as its own, and where.
    pub(super) day: Option<(Day, Span)>,
    /// Whether it is a joint communiqué.
    pub(super) communique: bool,
}

/// Analyses the sentences of a document.
pub(super) fn analysed<'a>(
    doc: &'a Document,
    lexicon: &'a Lexicon,
    gazetteer: &Gazetteer,
) -> Analysed<'a> {
    let namesakes = Namesakes::of(doc, gazetteer);
    let mut dates = DateContext::of(lexicon, &doc.text);
    let mut named = Named::default();
    let mut sentences = Vec::new();
    let written = written(&doc.text);
    let own = |day: &(Day, Span)| own_day(day, &written);
    dates.document = closing_date(doc, lexicon, dates.clone()).filter(own);
    let chronicle = is_chronicle(doc, lexicon, &dates);
    let communique = is_communique(doc, lexicon);
    let mut line = None;
    let mut digest = Digest::default();
    // The date that leads the last entry of a chronicle.
    let mut entry = None;
    let mut above = None;
    // How many paragraphs of running text were read: the date of a statement stands in or before the first.
    let mut long = 0;
    for (index, block) in doc.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Label) {
            dates.heading = None;
            line = None;
            entry = None;
            named = Named::default();
        }
        let part = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Entry
        );
        // "Four years later" below a table counts from no row of it.
        let tabled = matches!(block.kind, BlockKind::Row | BlockKind::HeaderRow);
        if tabled && above.is_none() {
            above = Some(dates.last);
        } else if !tabled && let Some(before) = above.take() {
            dates.above = dates.last.map(|(_, row)| (before, row));
        }
        if dates.document.is_some() && part {
            // A new paragraph of a dated statement counts from the statement's own year again.
            dates.last = None;
        }
        long += usize::from(part && block.span.len() >= PARAGRAPH);
        if part && line.is_some() {
            // What stands below a year is of that year, whatever the block before told of others.
            dates.last = line;
        }
        // "22 April: …" below "21 April 2020: … since 1976": the year of the entry before.
        let figure = |c: char| c.is_ascii_digit();
        let led_by_day = part && block.span.of(&doc.text).starts_with(figure);
        let open = line.is_none() && dates.heading.is_none();
        if open && entry.is_some() && (led_by_day || chronicle && part) {
            dates.last = entry;
        }
        let (over, mut led) = (dates.heading, None);
        for &span in &block.sentences {
            let words = span.of(&doc.text);
            let opens = block.sentences.first() == Some(&span);
            // Nor of what the sentence before looked ahead to: "X (until 1980). In May …" below "1976".
            let year = |date: Option<(Edtf, Span)>| date.and_then(|(d, _)| d.year());
            if part && !opens && line.is_some() && year(dates.last) != year(line) {
                dates.last = line;
            }
            dates.listed = block.kind == BlockKind::Item
                && block.span.len() < PARAGRAPH
                && doc
                    .blocks
                    .get(index.wrapping_sub(1))
                    .is_some_and(|b| b.kind == BlockKind::Item);
            dates.row = block.kind == BlockKind::Row
                || chronicle && figures_alone(words)
                || opens && year_alone(words)
                || block.kind == BlockKind::Entry && opens && begins_with_year(words);
            dates.line = is_line(block, words);
            let mut pieces = pieces(&doc.text, span, lexicon, prose(doc, block, span));
            namesakes.settle(&mut pieces);
            let mut found = items(&doc.text, &pieces, lexicon, &mut dates, &mut named);
            // "Norway: 3 May 1951", "Opened: 3 May 1951": the day of something, unless the key says that it is the document's.
            let keyed = block.key.is_some_and(|key| {
                let is = |class| lexicon.has_class(key.of(&doc.text), class);
                let life = [Class::KeyOpened, Class::KeyClosed, Class::KeyEstablished];
                !is(Class::KeyDate) || life.into_iter().any(is)
            });
            // "Weekly bulletin – Lima, 19 September 2014", above days that read like a chronicle.
            let issue = index < LETTERHEAD && found.iter().any(|i| i.is(Class::Issue));
            let of_event = chronicle && !issue || keyed;
            let headed = || lists_events(doc, block, lexicon);
            // A line that is nothing but a day dates what stands below it.
            if !of_event
                && (day_alone(&found) || index < HEAD && briefs(&found))
                && let Some(own) =
                    date_line(&doc.text, &found, (index, block), span, headed).filter(own)
            {
                dates.document = Some(own);
                dates.recent = Some(own);
            }
            if !of_event
                && dates.document.is_none_or(|(own, _)| own.day.is_none())
                && (index < 6 || long < 2 && dateline(&found))
                && doc.title.len() < doc.text.len()
            {
                let day = date_line(&doc.text, &found, (index, block), span, headed);
                let month = || issue_month(&found, block, span).filter(|_| index < LETTERHEAD);
                let day = day.filter(own).or(dates.document);
                let news = |month: &(Day, Span)| own(month) && news(month, &written);
                dates.document = day.or_else(|| month().filter(news));
                // "Lima, 3 May 2001 – The minister today received …": "today" is the day before the dash.
                if dates.document.is_some() && found.iter().any(undated) {
                    found = items(&doc.text, &pieces, lexicon, &mut dates, &mut named);
                }
            }
            if part && opens {
                let other = alone(&found).is_some();
                entry = entry_head(&found).or(entry.filter(|_| !other));
            }
            let first = block.kind == BlockKind::Paragraph && long < 2;
            if dates.document.is_none() && first && communique {
                dates.document = visited(&found, lexicon).filter(own);
            }
            if chronicle && block.sentences.len() == 1 && heads(block.kind) {
                let year = |(date, _): &(Edtf, Span)| date.precision() == 1 && !date.interval;
                let own = alone(&found).filter(|l| year(l) || of_days(&l.0));
                digest.read(own, &mut dates);
                line = own.or(line);
            }
            // "2007: a state visit from 14 to 17 August. On the 15th …": the year that leads an entry is that of its other sentences.
            if opens && block.sentences.len() > 1 && dates.document.is_some() {
                led = led_year(&found);
                dates.heading = led.or(dates.heading);
            }
            sentences.push(Sentence {
                block: index,
                span,
                items: found,
            });
        }
        if led.is_some() {
            dates.heading = over;
        }
    }
    Analysed {
        sentences,
        day: digest.document.unwrap_or(dates.document),
        communique,
    }
}

/// News under lines that are nothing but their days, one shortly after the other: each is of its own day.
#[derive(Default)]
struct Digest {
    /// The last of these days.
    last: Option<Day>,
    /// The day that the document itself is of, put aside since the first of them.
    document: Option<Option<(Day, Span)>>,
}

impl Digest {
    /// Goes on from a line that is nothing but a date, if it is: what stands below it is said on that day.
    fn read(&mut self, line: Option<(Edtf, Span)>, dates: &mut DateContext) {
        let Some((date, span)) = line else { return };
        let day = date.end.or(date.start).filter(|d| d.day.is_some());
        let near = |last: Day| {
            let from = last.plus_days(-NEAR);
            let to = last.plus_days(NEAR);
            day.is_some_and(|day| from <= Some(day) && Some(day) <= to)
        };
        let own = dates.document.filter(|_| self.document.is_none());
        let follows = self.last.or(own.map(|(day, _)| day)).is_none_or(near);
        let aside = *self.document.get_or_insert(dates.document);
        self.last = day.or(self.last);
        dates.document = day
            .filter(|_| follows)
            .map_or(aside, |day| Some((day, span)));
    }
}

/// The day or month that leads an entry, parted from what it dates by a sign ("3 May 2001: …").
fn entry_head(items: &[Item<'_>]) -> Option<(Edtf, Span)> {
    let [lead, sign, ..] = items else {
        return None;
    };
    let parted = [':', '–', '—', '.'].iter().any(|c| sign.sign(*c));
    let ItemKind::Date(found) = &lead.kind else {
        return None;
    };
    let date = found.date.filter(|d| parted && d.precision() > 1)?;
    Some((date, lead.span))
}

/// The year of the date that leads an entry, parted from what it dates by a sign ("2007: …").
fn led_year(items: &[Item<'_>]) -> Option<(i32, Span)> {
    let [lead, sign, ..] = items else {
        return None;
    };
    let parted = [':', '–', '—', '.'].iter().any(|c| sign.sign(*c));
    Some((item_year(lead)?, lead.span)).filter(|_| parted)
}

/// Whether a line at the head of a document says that it is a joint communiqué.
fn is_communique(doc: &Document, lexicon: &Lexicon) -> bool {
    doc.blocks.iter().take(HEAD).any(|block| {
        let words = block.span.of(&doc.text);
        words.len() < PARAGRAPH && lexicon.has_class(words, Class::Communique)
    })
}

/// Whether a stretch of a block is a sentence of prose, and no heading or entry.
pub(super) fn prose(doc: &Document, block: &Block, span: Span) -> bool {
    let words = span.of(&doc.text);
    block.kind == BlockKind::Paragraph && words.ends_with(['.', '!', '?', '"', '”', '»', ')'])
}

/// Whether a stretch of a block is a line of its own: an item, an entry, a short paragraph of one sentence without a stop.
fn is_line(block: &Block, words: &str) -> bool {
    let short = block.span.len() <= PARAGRAPH && block.sentences.len() == 1;
    let listed = matches!(block.kind, BlockKind::Item | BlockKind::Entry);
    short && (listed || block.kind == BlockKind::Paragraph && !words.ends_with('.'))
}
