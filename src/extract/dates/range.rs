//! Pieces → a point or an interval: "4 to 6 August 2024", "May 1957 – June 1960", "2013–present".

use super::{Part, Reader, Told};
use crate::extract::pieces::PieceKind;
use crate::language::{Class, Meaning};

/// How many years a term has at most.
const TERM: i32 = 40;
/// How many words of a title may stand between its year and its noun.
const TITLE: usize = 6;

impl Reader<'_> {
    /// Whether a range "from … to" begins here, so that the word before is its "from".
    pub(super) fn range_from(&self, i: usize) -> bool {
        self.range(i, false, true)
            .is_some_and(|(_, _, end, _)| end.is_some())
    }

    /// A point or an interval: (index after, start, end, open at the end).
    pub(super) fn range(
        &self,
        i: usize,
        between: bool,
        prefixed: bool,
    ) -> Option<(usize, Part, Option<Part>, bool)> {
        let joins = |j: usize| {
            self.dash(j) || self.is(j, Class::DateTo) || (between && self.is(j, Class::And))
        };
        if let Some(headed) = self.headed_by_year(i) {
            return Some(headed);
        }
        if let Some((next, start, end)) = self.columns(i) {
            return Some((next, start, Some(end), false));
        }
        if let Some((next, start, end)) = self.first_months(i) {
            return Some((next, start, Some(end), false));
        }
        if let Some((next, start, end)) = self.over_a_month(i) {
            return Some((next, start, Some(end), false));
        }
        if let Some((next, start, end)) = self.days(i, joins) {
            return Some((next, start, end, false));
        }
        let (mut start, mut next) = self.part(i)?;
        // "from Friday, May 3, to Sunday, May 5, 2019"
        let closed = prefixed && start.day.is_some() && self.sign(next, ',');
        next += usize::from(closed && self.is(next + 1, Class::DateTo));
        if start.month.is_none()
            && start.told == Told::Before
            && !prefixed
            && !self.year_stands(i, next)
        {
            return None;
        }
        if let Some((next, end)) = self.further_days(i, next, start, joins) {
            start.year = end.year;
            return Some((next, start, Some(end), false));
        }
        if joins(next) {
            let mut j = next + 1;
            if self.is(j, Class::DatePresent) {
                return Some((j + 1, start, None, true));
            }
            while self.is(j, Class::Article) || self.is(j, Class::DateTo) {
                j += 1;
            }
            if let Some((end, after)) = self.part(j) {
                if start.year.is_none() {
                    start.year = end.year.map(|y| {
                        if start.month > end.month && end.month.is_some() {
                            y - 1
                        } else {
                            y
                        }
                    });
                }
                // "1985 – 18 January: …" in a chronicle: the year heads the line, it opens no interval.
                let heads = start.month.is_none() && end.month.is_some() && end.year.is_none();
                let plausible = !heads
                    && (start.month.is_some() || end.month.is_some() || start.year <= end.year);
                // "30 April/12 May 1870": old style and new.
                let styles = self.sign(next, '/') && start.day.is_some() && end.day.is_some();
                if styles && end.year.is_some_and(|y| y < 1924) {
                    return Some((after, end, None, false));
                }
                if plausible && start.decade == end.decade {
                    return Some((after, start, Some(end), false));
                }
            }
            // "1957–60", "April 1957–60"
            if let (Some(year), Some(short)) = (
                start.year,
                self.digits(j)
                    .filter(|&(_, len)| len == 2 && self.dash(next)),
            ) && start.day.is_none()
                && (start.month.is_none() || short.0 > 12)
                && short.0 > year % 100
                && self.pieces.get(j).is_some_and(|p| !p.spaced)
            {
                return Some((
                    j + 1,
                    start,
                    Some(Part {
                        year: Some(year - year % 100 + short.0),
                        ..Part::default()
                    }),
                    false,
                ));
            }
            if self.dash(next)
                && self
                    .pieces
                    .get(j)
                    .is_none_or(|p| matches!(p.sign(), Some(')' | ']')))
            {
                return Some((next + 1, start, None, true));
            }
        }
        // "2007, September"? no: a comma ends a date.
        Some((next, start, None, false))
    }

    /// "1923 1929 Ana Soto", "Ana Soto 1923 1929": two years side by side, with nothing else at that end of the line.
    fn columns(&self, i: usize) -> Option<(usize, Part, Part)> {
        let year = |j: usize| {
            self.digits(j)
                .filter(|&(_, len)| len == 4)
                .map(|(year, _)| year)
        };
        let (first, last) = (year(i)?, year(i + 1)?);
        let name = |j: usize| {
            self.pieces
                .get(j)
                .is_some_and(|p| p.kind == PieceKind::Name)
        };
        let opens = i == 0 && name(2);
        let closes = i + 2 == self.pieces.len() && i.checked_sub(1).is_some_and(name);
        let term = first <= last && last < first + TERM && (opens || closes);
        let part = |year| Part {
            year: Some(year),
            ..Part::default()
        };
        term.then(|| (i + 2, part(first), part(last)))
    }

    /// "31-05/02-06-2022": days in figures of two months of one year.
    fn over_a_month(&self, i: usize) -> Option<(usize, Part, Part)> {
        let tight = |j: usize| self.pieces.get(j).is_some_and(|p| !p.spaced);
        let signs = self.sign(i + 1, '-') && self.sign(i + 3, '/');
        (signs && (i + 1..i + 9).all(tight)).then_some(())?;
        let (day, month) = (self.digits(i)?.0, self.digits(i + 2)?.0);
        let (end, next) = self.numeric(i + 4)?;
        let start = Part {
            day: u8::try_from(day).ok().filter(|d| (1..=31).contains(d)),
            month: u8::try_from(month).ok().filter(|m| (1..=12).contains(m)),
            ..end
        };
        let known = start.day.is_some() && start.month.is_some() && start.month < end.month;
        known.then_some((next, start, end))
    }

    /// "2018 7–8 June – …", "1962, 27 August–1 September: …", "1993 April: …" at the head of a line: the year before the days of a month, and a
    /// dash or colon behind them.
    fn headed_by_year(&self, i: usize) -> Option<(usize, Part, Option<Part>, bool)> {
        let year = self.year(i).filter(|_| i == 0)?;
        let days = 1 + usize::from(self.sign(1, ','));
        let spaced = self.pieces.get(days).is_some_and(|p| p.spaced);
        let begins = spaced && (self.month(days).is_some() || self.day(days).is_some());
        let (next, start, end, open) = begins.then(|| self.range(days, false, false))??;
        let dated = |part: &Part| Part {
            year: Some(year),
            ..*part
        };
        let closed = self.dash(next) || self.sign(next, ':');
        let bare = |part: &Part| part.month.is_some() && part.year.is_none();
        let fits = closed && bare(&start) && end.as_ref().is_none_or(bare);
        fits.then(|| (next, dated(&start), end.as_ref().map(dated), open))
    }

    /// "The first ten months of 2019", "les dix premiers mois de 2019".
    fn first_months(&self, i: usize) -> Option<(usize, Part, Part)> {
        let at = i + usize::from(self.is(i, Class::Article));
        let first = |j: usize| self.is(j, Class::Ordinal) && self.spelled(j) == Some(1);
        let count = if first(at) {
            at + 1
        } else {
            first(at + 1).then_some(at)?
        };
        let spelled = || u8::try_from(self.spelled(count)?).ok();
        let months = self.day(count).or_else(spelled)?;
        let of = at + 3 + usize::from(self.is(at + 3, Class::Of));
        let year = self.year(of).filter(|_| self.is(at + 2, Class::Months))?;
        let month = |month: u8| Part {
            year: Some(year),
            month: Some(month),
            ..Part::default()
        };
        (2..=12)
            .contains(&months)
            .then(|| (of + 1, month(1), month(months)))
    }

    /// "4 to 6 August 2024", "29 and 30 July", "15–24. August", "3, 4 and 5 May": days before their month; only the first where they do
    /// not follow each other.
    fn days(&self, i: usize, joins: impl Fn(usize) -> bool) -> Option<(usize, Part, Option<Part>)> {
        let mut k = i;
        while self.is(k, Class::Weekday)
            || self.is(k, Class::Article)
            || self.is(k, Class::DatePart)
        {
            k += 1;
        }
        let (first, behind) = self.day_number(k)?;
        self.month(behind).is_none().then_some(())?;
        let (mut day, mut next) = (first, behind);
        while self.sign(next, ',')
            && let Some((further, after)) = self.day_number(next + 1)
            && self.month(after).is_none()
            && !self.is(after, Class::Of)
        {
            (day, next) = (further, after);
        }
        let joined = joins(next);
        (joined || self.is(next, Class::And)).then_some(())?;
        let mut j = next + 1;
        while self.is(j, Class::Article) || self.is(j, Class::Weekday) {
            j += 1;
        }
        let (end, after) = self.part(j)?;
        let last = end.day.filter(|_| end.told != Told::Alone)?;
        let start = Part {
            day: Some(first),
            ..end
        };
        // "12/24 May 1870": old style and new.
        if self.sign(next, '/')
            && end.year.is_some_and(|y| y < 1924)
            && (10..=13).contains(&last.saturating_sub(first))
        {
            return Some((after, end, None));
        }
        // "tuvo lugar entre el 3 y el 5": a verb with its preposition may hold the "between".
        let held = i.checked_sub(1).and_then(|b| self.pieces.get(b));
        let held = held.is_some_and(|p| p.words > 1);
        if joined || held || last == day + 1 {
            Some((after, start, Some(end)))
        } else {
            Some((behind, start, None))
        }
    }

    /// "May 3–5, 1990", "May 3, 4 and 5": further days behind a month and its day.
    fn further_days(
        &self,
        i: usize,
        next: usize,
        start: Part,
        joins: impl Fn(usize) -> bool,
    ) -> Option<(usize, Part)> {
        let first = start.day.filter(|_| start.year.is_none())?;
        let month_first =
            next > i + 1 && self.day(next - 1) == Some(first) && self.month(next - 2).is_some();
        month_first.then_some(())?;
        let (mut day, mut j) = (first, next);
        loop {
            let joined = joins(j);
            let goes_on = joined || self.is(j, Class::And) || self.sign(j, ',');
            let further = self
                .day(j + 1)
                .filter(|d| goes_on && (joined || *d == day + 1));
            let Some(further) = further.filter(|d| *d > day && self.month(j + 2).is_none()) else {
                break;
            };
            (day, j) = (further, j + 2);
        }
        let year = self.year(j + usize::from(self.sign(j, ',')));
        let stands = year.is_some() || self.pieces.get(j).is_none_or(|p| self.no_noun(p));
        if day == first || !stands {
            return None;
        }
        let end = Part {
            day: Some(day),
            year,
            ..start
        };
        let behind = year.map_or(j, |_| j + 1 + usize::from(self.sign(j, ',')));
        Some((behind, end))
    }

    /// "the 1962 trade agreement", "their 1962 visa waiver agreement": whether a number tells the year of an instrument named behind it.
    fn of_instrument(&self, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.pieces.get(i));
        let leads = [Class::Article, Class::Possessive, Class::Genitive];
        let led = before.is_some_and(|p| leads.iter().any(|c| p.is(*c)));
        let noun = |p: &&crate::extract::pieces::Piece<'_>| {
            p.meanings.iter().any(|m| matches!(m, Meaning::Treaty(_)))
        };
        let word = |p: &&crate::extract::pieces::Piece<'_>| {
            p.kind == PieceKind::Word && !p.is(Class::Of) && !p.is(Class::Article)
        };
        let mut behind = self.pieces.get(next..).unwrap_or(&[]).iter().take(TITLE);
        led && behind
            .find(|p| noun(p) || !word(p))
            .as_ref()
            .is_some_and(noun)
    }

    /// Whether a bare number of four digits can be a year: what stands around it speaks for one.
    fn year_stands(&self, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.pieces.get(i));
        let after = self.pieces.get(next);
        let counted = after.is_some_and(|p| {
            p.is(Class::People)
                || p.is(Class::Million)
                || p.is(Class::Billion)
                || p.is(Class::Percent)
                || p.meanings.iter().any(|m| {
                    matches!(
                        m,
                        Meaning::Currency(_)
                            | Meaning::Measure(_)
                            | Meaning::Body(_, crate::language::NameForm::Adjective)
                    )
                })
                || (p.kind == PieceKind::Word && p.meanings.is_empty() && !p.capital && p.spaced)
        });
        // "Bilateral trade 2023: USD 152 million", "Trade 2023 | 152": the year of a label.
        let sum = |p: &crate::extract::pieces::Piece<'_>| {
            p.kind == PieceKind::Number
                || p.meanings.iter().any(|m| matches!(m, Meaning::Currency(_)))
        };
        let label = matches!(
            after.and_then(crate::extract::pieces::Piece::sign),
            Some(':' | '|')
        ) && self.pieces.get(next + 1).is_some_and(sum);
        let led = label
            || before.is_none_or(|p| {
                p.is(Class::In)
                || p.is(Class::Since)
                || p.is(Class::Until)
                || p.is(Class::OnlyThen)
                || p.is(Class::Awaited)
                || p.is(Class::Of)
                || p.is(Class::By)
                || p.is(Class::DateFrom)
                || p.is(Class::DateTo)
                || p.is(Class::Between)
                // "his 2003 visit", "the president's 2003 visit"
                || p.is(Class::Possessive)
                || p.is(Class::Genitive)
                || matches!(
                    p.sign(),
                    Some('(' | '[' | ',' | ';' | '–' | '—' | '-' | '|' | '/')
                )
                || p.is(Class::And)
                || p.is(Class::For)
                // "(signed 1993, in force 1996)"
                || p.is(Class::ColumnInForce)
                || p.is(Class::Dated)
                // "in both 2011 and 2014"
                || p.is(Class::TheTwo) && at.checked_sub(2).is_some_and(|i| self.is(i, Class::In))
                || p.meanings.iter().any(|m| matches!(m, Meaning::Month(_)))
                // "dates from 1892", "goes back to 1892": a verb with its preposition.
                || (p.words > 1 || after.is_none_or(|p| p.sign().is_some()))
                    && p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)))
                || at.checked_sub(1).is_some_and(|i| self.year(i).is_some())
            });
        let priced = before.is_some_and(|p| {
            p.meanings.iter().any(|m| matches!(m, Meaning::Currency(_))) || p.is(Class::DateAbout)
        });
        // "President: 1997": alone behind a colon, at the end or before another sign; "Ana Soto: 1997 to 2001".
        let goes_on = (self.dash(next) || self.is(next, Class::DateTo))
            && self
                .part(next + 1)
                .is_some_and(|(end, _)| end.year.is_some());
        let keyed = before.is_some_and(|p| p.sign() == Some(':'))
            && (goes_on || after.is_none_or(|p| matches!(p.sign(), Some(',' | ';' | '(' | '.'))));
        // "(estimate 2023)", "census 2011:"
        let counted_in = before.is_some_and(|p| p.is(Class::OfYear))
            && after.is_none_or(|p| matches!(p.sign(), Some(')' | ',' | ';' | ':')));
        let led = led || keyed || counted_in;
        let strongly = before.is_some_and(|p| {
            [
                Class::In,
                Class::Since,
                Class::Until,
                Class::During,
                Class::OnlyThen,
            ]
            .iter()
            .any(|c| p.is(*c))
                || p.sign() == Some('(')
        });
        // "the 2006 census", "according to 2014 figures"
        let named = after.is_some_and(|p| p.is(Class::OfYear)) || self.of_instrument(at, next);
        // "1957-1960" is a term, whatever stands before it.
        let ends = self.year(next + 1).is_some() || self.month(next + 1).is_some();
        let term = self.dash(next) && ends && !before.is_some_and(|p| p.kind == PieceKind::Number);
        !priced
            && (term
                || named
                || strongly && !after.is_some_and(|p| p.is(Class::People))
                || (led && !counted)
                || (!counted && before.is_none()))
    }
}
