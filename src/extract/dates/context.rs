//! The dates read so far → the missing parts of the next one.

use super::{Bound, DateFound, Part, Told};
use crate::document::Lang;
use crate::fact::{Day, Edtf};
use crate::language::Lexicon;
use crate::text::Span;

/// How many days before its own a document's news are.
const RECENT: i64 = 60;

/// How many bytes stand at most before a year that leads its sentence.
const LEAD: usize = 8;

/// What the text before a date gives to complete it.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct DateContext {
    /// The day (or month, year) that the document says it is of.
    pub(in crate::extract) document: Option<(Day, Span)>,
    /// The last date read, and where.
    pub(in crate::extract) last: Option<(Edtf, Span)>,
    /// The year read after it from which something lasts, and where: "the year after" counts from it, nothing else does.
    pub(in crate::extract) since: Option<(Edtf, Span)>,
    /// The date read after it before which something was, and where: "had never come before 1997; in April of that year".
    pub(in crate::extract) before: Option<(Edtf, Span)>,
    /// Below a table, the last date read above it, and where the last of the table stands.
    pub(in crate::extract) above: Option<(Option<(Edtf, Span)>, Span)>,
    /// The last full day read, and where.
    pub(in crate::extract) day: Option<(Day, Span)>,
    /// The last full day read that lies shortly before the document's own day: of what it tells, not of what it looks back on.
    pub(in crate::extract) recent: Option<(Day, Span)>,
    /// The day on which the text says that a state became independent; none of several that differ.
    pub(in crate::extract) independence: Option<Option<(Edtf, Span)>>,
    /// Whether the language writes the day before the month.
    pub(in crate::extract) day_first: bool,
    /// Whether "3/5/2001" is the third of May, as French and Spanish have it; English may mean either: another date of the document tells
    /// ("23/5/2001"), or it is read only where one of its numbers is no month.
    pub(in crate::extract) figures_day_first: bool,
    /// Monday to Sunday, folded.
    pub(in crate::extract) weekdays: Vec<String>,
    /// Whether what is read is a row of a table, where a bare year needs no word before it.
    pub(in crate::extract) row: bool,
    /// Whether what is read is a line of its own, and no running text: an item of a list, an entry, a short line without a stop.
    pub(in crate::extract) line: bool,
    /// Whether what is read is an item of a list that follows another.
    pub(in crate::extract) listed: bool,
    /// The year that a heading, label or entry gives to all below it.
    pub(in crate::extract) heading: Option<(i32, Span)>,
}

impl DateContext {
    /// What is known before anything is read.
    pub(in crate::extract) fn new(lexicon: &Lexicon) -> Self {
        Self {
            day_first: lexicon.lang != Lang::En,
            figures_day_first: lexicon.lang != Lang::En,
            weekdays: lexicon.weekdays.clone(),
            ..Self::default()
        }
    }

    /// What is known of a document before it is read.
    pub(in crate::extract) fn of(lexicon: &Lexicon, text: &str) -> Self {
        let context = Self::new(lexicon);
        Self {
            figures_day_first: context.figures_day_first || days_first(text),
            ..context
        }
    }

    pub(super) fn remember(&mut self, found: &DateFound) {
        let Some(date) = found.date else { return };
        self.before = (found.bound == Bound::Before).then_some((date, found.span));
        if matches!(
            found.bound,
            Bound::None | Bound::Since | Bound::After | Bound::Until
        ) {
            // "relations since 1948" says nothing of the year that the next sentence speaks of.
            let own = self.document.is_none();
            // "a regime that had come to power the previous year": a look back, after which the text goes on where it was.
            let back = |(last, _): (Edtf, Span)| last.year() > date.year();
            if found.from.is_some() && date.precision() == 1 && self.last.is_some_and(back) {
                return;
            }
            if found.bound != Bound::Since || own && (date.precision() > 1 || self.last.is_none()) {
                self.last = Some((date, found.span));
                self.since = None;
            } else {
                self.since = Some((date, found.span));
            }
            // Since when something lasts is no day that a dated statement tells of.
            let told = found.bound != Bound::Since || own;
            let full = date.start.filter(|d| d.day.is_some() && !date.interval);
            if let Some(day) = full.filter(|_| told) {
                self.day = Some((day, found.span));
                if self.recently(day) {
                    self.recent = self.day;
                }
            }
            // "from 27 to 29 April": the month of "on the 28th".
            let last = date.end.filter(|d| d.day.is_some() && date.interval);
            if let Some(day) = last.filter(|day| self.recently(*day)) {
                self.recent = Some((day, found.span));
            }
        }
    }

    /// Notes the day on which a state became independent.
    pub(super) fn independent(&mut self, found: &DateFound) {
        let full = |d: &Edtf| d.precision() == 3 && !d.interval;
        let Some(day) = found.date.filter(full).filter(|_| found.from.is_none()) else {
            return;
        };
        self.independence = match self.independence {
            None => Some(Some((day, found.span))),
            Some(known) => Some(known.filter(|(other, _)| *other == day)),
        };
    }

    /// Whether a day lies within two months before the document's own.
    fn recently(&self, day: Day) -> bool {
        self.document.is_some_and(|(own, _)| {
            let (year, month, last) = own.last();
            let own = Day::checked(year, Some(month), Some(last));
            own.is_some_and(|own| {
                let first = own.plus_days(-RECENT);
                first.is_some_and(|first| first <= day && day <= own)
            })
        })
    }

    /// The date that "four years later" counts from: the last read, but below a table none of its rows.
    pub(super) fn told_last(&self) -> Option<(Edtf, Span)> {
        let (last, at) = self.last?;
        match self.above {
            Some((above, row)) if row == at => above,
            _ => Some((last, at)),
        }
    }

    /// The last day of a stay, where it is the last date read: "from 3 to 5 May 2002; two weeks later".
    fn stay(&self) -> Option<(Day, Span)> {
        let (date, span) = self.last?;
        let end = date.end.filter(|d| d.day.is_some() && date.interval)?;
        let later = self.day.is_none_or(|(_, at)| at.start < span.start);
        later.then_some((end, span))
    }

    /// The day that "the next day" counts from: the last one read, but for a look back in an earlier paragraph of a document that has a day
    /// of its own.
    pub(super) fn day_near(&self) -> Option<(Day, Span)> {
        // "took office on 2 March 1985, came in October 1987 and was received the next day": a day that the text does not give.
        let back = |(day, at): &(Day, Span)| {
            let last = self.last.filter(|(_, span)| span.start > at.start);
            let month = last.and_then(|(date, _)| date.end.or(date.start));
            month.is_some_and(|m| m.day.is_none() && (m.year, m.month) != (day.year, day.month))
        };
        let here = self.last.is_some();
        let near = self.stay().or(self.day.filter(|day| !back(day)));
        near.filter(|_| here).or(self.recent).or(near)
    }

    /// The year for a date without one: of the last date read, of the heading, of the document.
    /// A document that gives its own day (a statement, a bulletin) speaks of its own year, but for what its sentence says.
    fn year_for(&self, sentence: usize) -> Option<(i32, Span)> {
        let document = self.document.map(|(day, span)| (day.year, span));
        self.last
            .filter(|(_, span)| document.is_none() || span.start >= sentence)
            .and_then(|(date, span)| Some((date.end.or(date.start)?.year, span)))
            .or(self.heading)
            .or(document)
    }

    /// "An agreement, negotiated in 1976, was signed on 24 August", in a paper of the end of August 1979: the paper's own year for a day shortly
    /// before its own, where the sentence has told no more than a year.
    fn news_of(&self, part: Part, sentence: usize) -> Option<(i32, Span)> {
        let (own, span) = self.document.filter(|(own, _)| own.day.is_some())?;
        // A line of its own has the year that leads it, and so has a sentence: "2000: …", "In 2000 …".
        let prose = !self.line && !self.row && self.heading.is_none();
        let aside = |(last, at): (Edtf, Span)| last.precision() == 1 && at.start > sentence + LEAD;
        let year = prose && self.last.is_some_and(aside);
        let day = Day::checked(own.year, part.month, part.day)?;
        (year && day.day.is_some() && self.recently(day)).then_some((own.year, span))
    }

    /// The month of a day's number alone, in a document that gives its own day and has told nothing in the sentence: that of the last day told
    /// that is recent, else its own; of a later day than its own no passage tells the month.
    fn near_issue(&self, part: Part, sentence: usize) -> Option<(Day, Span)> {
        let (own, span) = self.document.filter(|(own, _)| own.month.is_some())?;
        // What a bulletin of a month looks back on, in the same sentence too, gives no month to its days.
        let here = |(last, at): &(Edtf, Span)| {
            at.start >= sentence && own.day.is_some()
                || last.start.is_some_and(|day| self.recently(day))
        };
        if self.last.as_ref().is_some_and(here) {
            return None;
        }
        // "el jueves 16" in a paper of the 1st: not of its own month.
        let later = |(recent, _): &(Day, Span)| {
            let month = |day: Day| (day.year, day.month);
            month(*recent) == month(own) && own.day.is_some() && part.day > own.day
        };
        if self.recent.is_some() {
            return self.recent.filter(|recent| !later(recent));
        }
        (own.day.is_none() || part.day <= own.day).then_some((own, span))
    }

    /// "Since September", said in a document of January: of the year before, where the text does not tell the year.
    pub(super) fn since(&self, date: Edtf, start: Part) -> Edtf {
        let told = start.year.is_none() && start.told == Told::Before;
        let own = self.document.map(|(day, _)| day);
        match (date.start, own) {
            (Some(first), Some(own))
                if told
                    && !date.interval
                    && first.year == own.year
                    && own.month.is_some_and(|now| first.month > Some(now)) =>
            {
                Edtf::on(Day {
                    year: first.year - 1,
                    ..first
                })
            }
            _ => date,
        }
    }

    pub(super) fn complete(
        &self,
        start: Part,
        end: Option<Part>,
        open: bool,
        sentence: usize,
    ) -> (Option<Edtf>, Option<Span>) {
        let mut from = None;
        let mut fill = |part: Part| -> Option<Day> {
            let near = || {
                let (last, span) = self
                    .last
                    .or(self.document.map(|(day, span)| (Edtf::on(day), span)))?;
                Some((last.end.or(last.start)?, span))
            };
            let year = match (part.year, part.told) {
                (Some(year), _) => year,
                (None, Told::Month | Told::Alone) => {
                    let (near, span) = self.near_issue(part, sentence).or_else(near)?;
                    from = Some(span);
                    // "from 30 October to 1 November; on the 31st": the month of the first day, where the last has none of that number.
                    let first = self.last.and_then(|(last, _)| last.start);
                    let first = first.filter(|f| f.day.is_some() && f.day <= part.day);
                    let beyond = near.day.is_some() && near.day < part.day;
                    let near = first.filter(|f| beyond && *f < near).unwrap_or(near);
                    return Day::checked(near.year, Some(near.month?), part.day);
                }
                (None, Told::Year(years)) => {
                    let (last, span) = self.before.or(self.last)?;
                    from = Some(span);
                    last.end.or(last.start)?.year + years
                }
                (None, Told::Now(years)) => {
                    let (day, span) = self.document?;
                    from = Some(span);
                    day.year + years
                }
                (None, Told::Past) => {
                    let (day, span) = self.document?;
                    from = Some(span);
                    let this_year = part.month < day.month
                        || part.month == day.month && part.day.is_some() && part.day <= day.day;
                    day.year - i32::from(!this_year)
                }
                (None, Told::Next) => {
                    let (near, span) = near()?;
                    from = Some(span);
                    near.year + i32::from(near.month.is_none_or(|m| part.month <= Some(m)))
                }
                (None, Told::Previous) => {
                    let (near, span) = near()?;
                    from = Some(span);
                    near.year - i32::from(near.month.is_none_or(|m| part.month >= Some(m)))
                }
                (None, Told::Before) => {
                    let (year, span) = self
                        .news_of(part, sentence)
                        .or_else(|| self.year_for(sentence))?;
                    from = Some(span);
                    // In a document of January "in December" is the December before.
                    let past = self.document.is_some_and(|(day, _)| {
                        day.year == year
                            && day
                                .month
                                .zip(part.month)
                                .is_some_and(|(now, then)| then > now + 8)
                    });
                    if past { year - 1 } else { year }
                }
            };
            Day::checked(year, part.month, part.day)
        };
        let first = fill(start);
        let date = match (first, end) {
            (Some(first), _) if start.decade => Some(Edtf::decade(first.year)),
            (Some(first), Some(end)) => fill(end).map(|last| {
                if last < first {
                    Edtf::on(first)
                } else {
                    Edtf::between(first, last)
                }
            }),
            (Some(first), None) if open => Some(Edtf::since(first)),
            (Some(first), None) => Some(Edtf::on(first)),
            (None, _) => None,
        };
        (date, from)
    }
}

/// Whether dates in figures begin with a number that is no month, and none has one behind it ("23/5/2001").
fn days_first(text: &str) -> bool {
    let (mut days, mut months) = (false, false);
    for (at, _) in text.match_indices('/') {
        let before = text.get(..at).unwrap_or("");
        let first = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = |digits: &str| digits.parse::<u8>().ok().filter(|_| digits.len() <= 2);
        let rest = text.get(at + 1..).unwrap_or("");
        let (Some(first), Some((second, year))) = (
            before.get(first.len()..).and_then(number),
            rest.split_once('/'),
        ) else {
            continue;
        };
        let dated = year.bytes().take_while(u8::is_ascii_digit).count() == 4;
        if let Some(second) = number(second).filter(|_| dated) {
            days |= first > 12 && second <= 12;
            months |= second > 12;
        }
    }
    days && !months
}
