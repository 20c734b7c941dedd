//! Dates told from another: "three days later", "the year before", "that year", "today", "last May", "on Tuesday".

use super::{DateContext, Part, Reader, Told};
use crate::extract::pieces::{Piece, PieceKind};
use crate::fact::{Day, Edtf};
use crate::language::{Class, Meaning};
use crate::text::Span;

/// A date and where it was taken from; neither where nothing in the document resolves it.
type Resolved = Option<(Edtf, Span)>;

/// What a date is told to be away from another by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl DateContext {
    /// So many units from the last date read.
    fn away(&self, unit: Unit, count: i32) -> Resolved {
        let days =
            |(day, span): (Day, Span), n: i32| Some((Edtf::on(day.plus_days(i64::from(n))?), span));
        match unit {
            Unit::Days => days(self.day_near()?, count),
            Unit::Weeks => days(self.day_near()?, count.checked_mul(7)?),
            Unit::Months => {
                let (date, span) = self.told_last()?;
                Some((Edtf::on(date.start?.plus_months(count)?), span))
            }
            Unit::Years => {
                let (date, span) = self.before.or(self.since).or_else(|| self.told_last())?;
                Some((Edtf::in_year(date.year()?.checked_add(count)?), span))
            }
        }
    }

    /// So many units from the day of the document.
    fn of_now(&self, unit: Unit, count: i32) -> Resolved {
        let (day, span) = self.document?;
        let date = match unit {
            // A bulletin of a month has no today.
            Unit::Days if day.day.is_none() => return None,
            Unit::Days => Edtf::on(if count == 0 {
                day
            } else {
                day.plus_days(i64::from(count))?
            }),
            Unit::Weeks => return None,
            Unit::Months => Edtf::on(day.plus_months(count)?),
            Unit::Years => Edtf::in_year(day.year.checked_add(count)?),
        };
        Some((date, span))
    }

    /// The weekday (0 Monday) on or, when it is `past`, before the day of the document.
    fn weekday(&self, weekday: usize, past: bool) -> Resolved {
        let (day, span) = self.document?;
        let back = (7 + day.weekday()? - i64::try_from(weekday).ok()?) % 7;
        let back = if back == 0 && past { 7 } else { back };
        Some((Edtf::on(day.plus_days(-back)?), span))
    }

    /// The first such weekday behind the day of the document.
    fn weekday_ahead(&self, weekday: usize) -> Resolved {
        let (day, span) = self.document?;
        let ahead = (7 + i64::try_from(weekday).ok()? - day.weekday()?) % 7;
        let ahead = if ahead == 0 { 7 } else { ahead };
        Some((Edtf::on(day.plus_days(ahead)?), span))
    }

    fn told(&self, part: Part) -> Resolved {
        let (date, from) = self.complete(part, None, false, 0);
        date.zip(from)
    }
}

impl Reader<'_> {
    fn unit(&self, i: usize) -> Option<Unit> {
        [
            (Class::Days, Unit::Days),
            (Class::Weeks, Unit::Weeks),
            (Class::Months, Unit::Months),
            (Class::Years, Unit::Years),
        ]
        .into_iter()
        .find(|(class, _)| self.is(i, *class))
        .map(|(_, unit)| unit)
    }

    fn article_before(&self, i: usize) -> bool {
        i.checked_sub(1)
            .is_some_and(|before| self.is(before, Class::Article))
    }

    /// A day or month without a year, and the index behind it.
    fn yearless(&self, i: usize) -> Option<(Part, usize)> {
        self.part(i).filter(|(part, _)| {
            part.year.is_none() && part.month.is_some() && part.told == Told::Before
        })
    }

    /// "Le mois suivant", "el año pasado": a unit told from another by the word behind it.
    pub(super) fn unit_told(&self, i: usize) -> bool {
        self.unit(i).is_some()
            && [Class::Last, Class::Next, Class::Previous]
                .iter()
                .any(|c| self.is(i + 1, *c))
    }

    /// "The following May", "the next month": what stands behind "following" or "previous" is told from the last date.
    pub(super) fn beside(&self, i: usize) -> bool {
        (self.is(i, Class::Next) || self.is(i, Class::Previous))
            && (self.unit(i + 1).is_some()
                || self.article_before(i) && self.yearless(i + 1).is_some())
    }

    /// "Last May", "el pasado 3 de mayo", "last year", "last Monday"; but "the last year of his term".
    pub(super) fn past(&self, i: usize) -> bool {
        self.is(i, Class::Past)
            && (self.day_first || !self.article_before(i))
            && (self.unit(i + 1).is_some()
                || self.is(i + 1, Class::Weekday)
                || self.yearless(i + 1).is_some())
    }

    /// A date told from another: index behind it, the date, and where it was taken from.
    pub(super) fn relative(
        &self,
        i: usize,
        context: &DateContext,
    ) -> Option<(usize, Option<Edtf>, Option<Span>)> {
        let (next, found) = self
            .fixed(i, context)
            .or_else(|| self.told_beside(i, context))
            .or_else(|| self.told_now(i, context))
            .or_else(|| self.counted(i, context))?;
        Some((next, found.map(|f| f.0), found.map(|f| f.1)))
    }

    /// "That year", "the next day", "today".
    fn fixed(&self, i: usize, context: &DateContext) -> Option<(usize, Resolved)> {
        let piece = self.pieces.get(i)?;
        if piece.is(Class::SameMonth) {
            // "in the same month of the following year"
            let of = i + 1 + usize::from(self.is(i + 1, Class::Of));
            let (next, years) = if self.is(of, Class::YearAfter) {
                (of + 1, 1)
            } else if self.is(of, Class::YearBefore) {
                (of + 1, -1)
            } else {
                (i + 1, 0)
            };
            let found = context.last.and_then(|(date, span)| {
                let day = date.end.or(date.start)?;
                let month = Day::checked(day.year + years, Some(day.month?), None)?;
                Some((Edtf::on(month), span))
            });
            return Some((next, found));
        }
        // "the day after he had left", "un an après son élection"
        if piece.is(Class::OfEvent) && self.event(i + 1) {
            let years = piece.is(Class::YearBefore) || piece.is(Class::YearAfter);
            let years = years.then_some(if piece.is(Class::YearBefore) { 1 } else { -1 })?;
            let found = context.away(Unit::Years, years);
            return self.beside_year(i).then_some((i + 1, found));
        }
        let found = if piece.is(Class::SameYear) {
            context.away(Unit::Years, 0)
        } else if piece.is(Class::YearBefore) {
            context.away(Unit::Years, -1)
        } else if piece.is(Class::YearAfter) {
            context.away(Unit::Years, 1)
        } else if piece.is(Class::SameDay) {
            let told = context.last.filter(|(d, _)| d.precision() == 3);
            // "Agreement on Investment, of the same date": the item above has it.
            let above = || context.day.filter(|_| context.listed).or(context.recent);
            told.or_else(|| above().map(|(day, span)| (Edtf::on(day), span)))
        } else if piece.is(Class::IndependenceDay) {
            // "on the day of independence, 30 September 1966", "on 30 September 1966, independence day": that it is said.
            let comma = |at: Option<usize>| at.is_some_and(|at| self.sign(at, ','));
            let said = comma(i.checked_sub(1)) && i > 1
                || comma(Some(i + 1)) && self.part(i + 2).is_some();
            let day = context.independence.flatten().filter(|_| !said)?;
            Some(day)
        } else if piece.is(Class::DayAfter) {
            context.away(Unit::Days, 1)
        } else if piece.is(Class::DayBefore) {
            context.away(Unit::Days, -1)
        } else if piece.is(Class::Today) {
            context.of_now(Unit::Days, 0)
        } else if piece.is(Class::Yesterday) {
            context.of_now(Unit::Days, -1)
        } else if piece.is(Class::BeforeYesterday) {
            context.of_now(Unit::Days, -2)
        } else if piece.is(Class::ThisMonth) {
            context.of_now(Unit::Months, 0)
        } else if piece.is(Class::ThisYear) {
            context.of_now(Unit::Years, 0)
        } else if piece.is(Class::Tomorrow) {
            context.of_now(Unit::Days, 1)
        } else {
            return None;
        };
        Some((i + 1, found))
    }

    /// Whether what stands behind "a year after" names an event or who did it.
    fn event(&self, i: usize) -> bool {
        [
            Class::Of,
            Class::Article,
            Class::Possessive,
            Class::Relative,
            Class::He,
            Class::Relations,
        ]
        .iter()
        .any(|c| self.is(i, *c))
            || self
                .pieces
                .get(i)
                .is_some_and(|p| matches!(p.folded.as_ref(), "it" | "they"))
    }

    /// "in 1960, a year before relations were established": whether a year stands right before a comma before a piece, so that what follows is told
    /// from it, the other way round.
    fn beside_year(&self, i: usize) -> bool {
        let year = i.checked_sub(2).and_then(|y| self.pieces.get(y));
        let comma = i > 0 && self.sign(i - 1, ',');
        let digits = |p: &Piece<'_>| {
            let all = p.folded.chars().all(|c| c.is_ascii_digit());
            p.kind == PieceKind::Number && p.folded.len() == 4 && all
        };
        comma && year.is_some_and(digits)
    }

    /// "The following month", "le mois suivant", "the previous May".
    fn told_beside(&self, i: usize, context: &DateContext) -> Option<(usize, Resolved)> {
        let step = |j: usize| {
            if self.is(j, Class::Next) {
                Some((1, Told::Next))
            } else if self.is(j, Class::Previous) {
                Some((-1, Told::Previous))
            } else {
                None
            }
        };
        if let Some(unit) = self.unit(i) {
            let (count, _) = step(i + 1)?;
            let goes_on = self.is(i + 2, Class::Article) || self.is(i + 2, Class::Possessive);
            return (!goes_on || self.day_first).then_some((i + 2, context.away(unit, count)));
        }
        let (count, told) = step(i).filter(|_| self.beside(i))?;
        if let Some(unit) = self.unit(i + 1) {
            return Some((i + 2, context.away(unit, count)));
        }
        let (part, next) = self.yearless(i + 1)?;
        Some((next, context.told(Part { told, ..part })))
    }

    /// "Last year", "this month", "el pasado 3 de mayo", "last Monday", "on Tuesday": told from the document's day.
    fn told_now(&self, i: usize, context: &DateContext) -> Option<(usize, Resolved)> {
        let weekday = |j: usize| {
            let piece = self.pieces.get(j)?;
            context.weekdays.iter().position(|w| *w == piece.folded)
        };
        if self.past(i) {
            if let Some(day) = weekday(i + 1).filter(|_| self.part(i + 1).is_none()) {
                return Some((i + 2, context.weekday(day, true)));
            }
            if let Some(unit) = self.unit(i + 1) {
                return Some((i + 2, context.of_now(unit, -1)));
            }
            let (part, next) = self.yearless(i + 1)?;
            let told = Told::Past;
            return Some((next, context.told(Part { told, ..part })));
        }
        if self.is(i, Class::Coming)
            && let Some(day) = weekday(i + 1).filter(|_| self.part(i + 1).is_none())
        {
            return Some((i + 2, context.weekday_ahead(day)));
        }
        if let Some(day) = weekday(i).filter(|_| self.is(i + 1, Class::Coming)) {
            return Some((i + 2, context.weekday_ahead(day)));
        }
        if self.is(i, Class::This) {
            if let Some(unit @ (Unit::Years | Unit::Months)) = self.unit(i + 1) {
                return Some((i + 2, context.of_now(unit, 0)));
            }
            if let Some((part, next)) = self.yearless(i + 1) {
                let told = Told::Now(0);
                return Some((next, context.told(Part { told, ..part })));
            }
        }
        let at = i + usize::from(self.is(i, Class::This));
        if let Some(day) = weekday(at).filter(|_| self.part(at).is_none()) {
            context.document?;
            let past = self.is(at + 1, Class::Last);
            let next = at + 1 + usize::from(past);
            let first = context.weekday(day, past);
            return Some(
                self.to_weekday(next, first, context)
                    .unwrap_or((next, first)),
            );
        }
        let unit = self.unit(i).filter(|_| self.is(i + 1, Class::Last))?;
        Some((i + 2, context.of_now(unit, -1)))
    }

    /// "Monday and Tuesday", "de lundi à mercredi": from a weekday to one of the six behind it, the index behind which and the days; of two that are
    /// only joined the second follows the first.
    fn to_weekday(
        &self,
        next: usize,
        first: Resolved,
        context: &DateContext,
    ) -> Option<(usize, Resolved)> {
        let joined = self.is(next, Class::And);
        (joined || self.is(next, Class::DateTo) || self.dash(next)).then_some(())?;
        let at = next + 1 + usize::from(self.is(next + 1, Class::Article));
        let word = self.pieces.get(at)?;
        let last = context.weekdays.iter().position(|w| *w == word.folded)?;
        self.part(at).is_none().then_some(())?;
        let (start, span) = first?;
        let start = start.start?;
        let days = (7 + i64::try_from(last).ok()? - start.weekday()?) % 7;
        let end = start.plus_days(days)?;
        let (document, _) = context.document?;
        let told = days == 1 || !joined && days > 1;
        let over = end <= document || start > document;
        (told && over).then(|| (at + 1, Some((Edtf::between(start, end), span))))
    }

    /// "Three days later", "two years ago", "hace dos años", "some weeks later".
    fn counted(&self, i: usize, context: &DateContext) -> Option<(usize, Resolved)> {
        let ago = self.is(i, Class::Ago);
        let at = i + usize::from(ago);
        let vague = self.is(at, Class::Some);
        let one = || (self.is(at, Class::Article) && self.unit(at + 1).is_some()).then_some(1);
        let number = self
            .digits(at)
            .map(|(n, _)| n)
            .or_else(|| self.spelled(at).and_then(|n| i32::try_from(n).ok()))
            .or_else(one)
            .or(vague.then_some(0))?;
        let unit = self.unit(at + 1)?;
        let behind = at + 2;
        if ago || self.is(behind, Class::Ago) {
            let next = if ago { behind } else { behind + 1 };
            let found = context.of_now(unit, -number).filter(|_| !vague);
            return Some((next, found));
        }
        let sign = if self.is(behind, Class::Later) {
            1
        } else if self.is(behind, Class::Earlier) {
            -1
        } else {
            return None;
        };
        // "in 1960, two years before establishing relations"
        let gerund = self.pieces.get(behind + 1).is_some_and(|p| {
            let mut verbs = p.meanings.iter();
            verbs.any(|m| matches!(m, Meaning::Verb(_))) && p.folded.contains("ing")
        });
        let one = self.pieces.get(behind).is_none_or(|p| p.words == 1);
        let follows = one && (gerund || self.event(behind + 1));
        if follows && unit == Unit::Years && self.beside_year(i) {
            let found = context.away(unit, -number * sign).filter(|_| !vague);
            return Some((behind + 1, found));
        }
        // "two years after the treaty" is told from the treaty.
        let of = [
            Class::Of,
            Class::Article,
            Class::Possessive,
            Class::Relative,
        ]
        .iter()
        .any(|c| self.is(behind + 1, *c));
        if of && self.pieces.get(behind).is_none_or(|p| p.words == 1) && self.day_first {
            return None;
        }
        let found = context.away(unit, number * sign).filter(|_| !vague);
        Some((behind + 1, found))
    }

    /// "In 1990, on 3 May", "two days later, on 5 May 1990", "1990 (3 May)", "1990, May: …": the finer date that follows says when it was.
    pub(super) fn finer(
        &self,
        next: usize,
        date: Option<Edtf>,
        context: &DateContext,
    ) -> (usize, Option<Edtf>) {
        let none = (next, None);
        let bracket = self.sign(next, '(');
        if !self.sign(next, ',') && !bracket {
            return none;
        }
        let mut j = next + 1;
        while j < next + 4
            && [Class::In, Class::About, Class::Article, Class::DatePart]
                .iter()
                .any(|c| self.is(j, *c))
        {
            j += 1;
        }
        let Some((after, start, end, false)) = self.range(j, false, true) else {
            return none;
        };
        // "1990, May: …": what heads a line is written from the coarse to the fine.
        let heads = || {
            let ends = [':', '.', '–', '—', '-'];
            next == 1 && ends.iter().any(|c| self.sign(after, *c))
        };
        let led = if bracket {
            self.sign(after, ')')
        } else {
            j > next + 1 || start.day.is_some() || heads()
        };
        if start.month.is_none() || start.told != Told::Before || !led {
            return none;
        }
        let (after, start) = self.year_behind(after, start, end);
        let year = date.and_then(|d| d.year());
        let filled = |part: Part| Part {
            year: part.year.or(year),
            ..part
        };
        let finer = context.complete(filled(start), end.map(filled), false, 0).0;
        let agrees = |finer: &Edtf| date.is_none_or(|d| d.compatible(finer));
        match finer.filter(|f| (start.year.is_some() || year.is_some()) && agrees(f)) {
            Some(finer) => (after + usize::from(bracket), Some(finer)),
            None => none,
        }
    }

    /// What behind a part without a year tells its year: "of that year", "last year", "dernier", or a year further on ("in May and June 1990").
    pub(super) fn year_behind(&self, next: usize, start: Part, end: Option<Part>) -> (usize, Part) {
        if start.year.is_some() || end.is_some_and(|e| e.year.is_some()) || start.month.is_none() {
            return (next, start);
        }
        let told = |behind: usize, told: Told| (behind, Part { told, ..start });
        let mut j = next;
        while self.is(j, Class::Of)
            || self.is(j, Class::Article) && !self.is(j, Class::This)
            || self.sign(j, ',')
        {
            j += 1;
        }
        if self.is(j, Class::SameYear) {
            return told(j + 1, Told::Year(0));
        }
        if self.is(j, Class::YearAfter) {
            return told(j + 1, Told::Year(1));
        }
        if self.is(j, Class::YearBefore) {
            return told(j + 1, Told::Year(-1));
        }
        if self.is(j, Class::This) && self.unit(j + 1) == Some(Unit::Years) {
            return told(j + 2, Told::Now(0));
        }
        if self.is(j, Class::ThisYear) {
            return told(j + 1, Told::Now(0));
        }
        let last = self.is(j, Class::Past) && self.unit(j + 1) == Some(Unit::Years)
            || self.unit(j) == Some(Unit::Years) && self.is(j + 1, Class::Last);
        if last {
            return told(j + 2, Told::Now(-1));
        }
        let goes_on = self.is(next + 1, Class::Article) || self.is(next + 1, Class::Possessive);
        if self.is(next, Class::Last) {
            return told(next + 1, Told::Past);
        }
        if self.is(next, Class::Next) && !goes_on {
            return told(next + 1, Told::Next);
        }
        if self.is(next, Class::Previous) && !goes_on {
            return told(next + 1, Told::Previous);
        }
        let year = if end.is_none() {
            self.year_further(next, start)
        } else {
            None
        };
        let year = year.or(start.year);
        (next, Part { year, ..start })
    }

    /// The year that the last of several dates gives to those before it.
    fn year_further(&self, next: usize, start: Part) -> Option<i32> {
        let mut j = next;
        for _ in 0..6 {
            let joints = [Class::And, Class::Or, Class::Again];
            let joined = self.sign(j, ',') || joints.iter().any(|c| self.is(j, *c));
            joined.then_some(())?;
            while [
                Class::And,
                Class::Or,
                Class::Again,
                Class::Then,
                Class::In,
                Class::Article,
                Class::About,
            ]
            .iter()
            .any(|c| self.is(j, *c))
                || self.sign(j, ',')
            {
                j += 1;
            }
            let (part, after) = self.part(j)?;
            part.month?;
            if let Some(year) = part.year {
                return Some(year - i32::from(start.month > part.month));
            }
            j = after;
        }
        None
    }
}
