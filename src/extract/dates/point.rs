//! Pieces → one point of time as written: a day, a month, a year or a decade, in figures or words.

use super::{Part, Reader, Told};
use crate::extract::pieces::{Piece, PieceKind};
use crate::language::{Class, Meaning, TriggerForm};
use crate::text::Span;

/// The numbers of the months as Roman numerals.
const MONTHS: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

impl Reader<'_> {
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let first = self.pieces.get(from).map_or(Span::default(), |p| p.span);
        self.pieces
            .get(to.saturating_sub(1))
            .map_or(first, |p| first.to(p.span))
    }

    pub(super) fn digits(&self, i: usize) -> Option<(i32, usize)> {
        let piece = self.pieces.get(i).filter(|p| p.kind == PieceKind::Number)?;
        let count = piece.folded.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = piece.folded.split_at_checked(count)?;
        (!rest.starts_with(['.', ',', ' ', '\u{a0}', '\u{202f}'])).then_some(())?;
        Some((digits.parse().ok()?, digits.len()))
    }

    pub(super) fn year(&self, i: usize) -> Option<i32> {
        self.digits(i)
            .filter(|&(n, len)| len == 4 && (1200..=2100).contains(&n))
            .map(|(n, _)| n)
    }

    pub(super) fn day(&self, i: usize) -> Option<u8> {
        self.digits(i)
            .filter(|&(n, len)| len <= 2 && (1..=31).contains(&n))
            .and_then(|(n, _)| u8::try_from(n).ok())
    }

    pub(super) fn month(&self, i: usize) -> Option<u8> {
        self.pieces.get(i)?.meanings.iter().find_map(|m| {
            if let Meaning::Month(m) = m {
                Some(*m)
            } else {
                None
            }
        })
    }

    /// A number written as a word ("first", "tres").
    pub(super) fn spelled(&self, i: usize) -> Option<u32> {
        self.pieces.get(i)?.meanings.iter().find_map(|m| {
            if let Meaning::Number(n) = m {
                Some(*n)
            } else {
                None
            }
        })
    }

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.pieces.get(i).is_some_and(|p| p.is(class))
    }

    pub(super) fn sign(&self, i: usize, c: char) -> bool {
        self.pieces.get(i).and_then(Piece::sign) == Some(c)
    }

    pub(super) fn dash(&self, i: usize) -> bool {
        ['–', '-', '—', '/', '−', '→']
            .into_iter()
            .any(|c| self.sign(i, c))
    }

    /// "the 24th day of November", "los 24 días del mes de noviembre": the index of the month behind such words, or of what leads to it.
    fn behind_day(&self, i: usize) -> Option<usize> {
        let days = self.pieces.get(i).filter(|p| p.is(Class::Days))?;
        // "two days in November" and "dos días de noviembre" last; only of the month is it a day.
        let one = !days.folded.ends_with('s');
        let of = |j: usize| j + usize::from(self.is(j, Class::Of));
        let mut next = of(i + 1);
        let told = self.is(next, Class::Months);
        if told {
            next = of(next + 1);
        }
        (one || told).then_some(())?;
        self.month(next).map(|_| next)
    }

    /// A day number, with the full stop or raised letter that some write after it; a word only before its month ("the first of May").
    pub(super) fn day_number(&self, i: usize) -> Option<(u8, usize)> {
        let Some(day) = self.day(i) else {
            let day = self.spelled(i).and_then(|n| u8::try_from(n).ok())?;
            let next = self.behind_day(i + 1).unwrap_or(i + 1);
            let month = next + usize::from(self.is(next, Class::Of));
            let dated = (1..=31).contains(&day) && self.month(month).is_some();
            return dated.then_some((day, next));
        };
        if let Some(next) = self.behind_day(i + 1) {
            return Some((day, next));
        }
        let raised = |j: usize| {
            let raised = |p: &Piece| !p.spaced && matches!(&*p.folded, "º" | "°" | "o");
            self.pieces.get(j).is_some_and(raised)
        };
        if raised(i + 1) {
            return Some((day, i + 2));
        }
        let stop = self.sign(i + 1, '.')
            && (raised(i + 2)
                || self.month(i + 2).is_some()
                || self.dash(i + 2)
                || self.is(i + 2, Class::DateTo)
                || self.is(i + 2, Class::And)
                || self.day(i + 2).is_some());
        let behind = if stop { i + 2 } else { i + 1 };
        Some((day, if raised(behind) { behind + 1 } else { behind }))
    }

    /// "2001-05-03", the year first.
    fn year_first(&self, i: usize) -> Option<(Part, usize)> {
        let joined = |j: usize| {
            self.pieces.get(j).is_some_and(|p| !p.spaced)
                && self.pieces.get(j + 1).is_some_and(|p| !p.spaced)
        };
        let sign = ['-', '/'].into_iter().find(|c| self.sign(i + 1, *c))?;
        (self.sign(i + 3, sign) && joined(i + 1) && joined(i + 3)).then_some(())?;
        let part = Part {
            year: Some(self.year(i)?),
            month: Some(self.day(i + 2).filter(|m| *m <= 12)?),
            day: Some(self.day(i + 4)?),
            ..Part::default()
        };
        Some((part, i + 5))
    }

    /// "IX-1958" in a table: the month in Roman numerals, without a day.
    fn roman_month(&self, i: usize) -> Option<(Part, usize)> {
        let word = self.pieces.get(i).filter(|p| self.row && p.capital)?;
        let (roman, year) = word.folded.split_once('-')?;
        let month = MONTHS.iter().position(|m| *m == roman)?;
        let year = year.parse().ok().filter(|y| (1200..=2100).contains(y))?;
        let part = Part {
            year: Some(year),
            month: u8::try_from(month + 1).ok(),
            ..Part::default()
        };
        Some((part, i + 1))
    }

    /// "15-VII-1981", "15.VII.1981" in a table or a line: the month in Roman numerals. In prose such dates are those of sources.
    fn roman(&self, i: usize) -> Option<(Part, usize)> {
        let joint = |j: usize| self.dash(j) || self.sign(j, '.');
        let word = self
            .pieces
            .get(i + 2)
            .filter(|p| (self.row || self.line) && joint(i + 1) && p.capital)?;
        // A hyphen joins the month and the year to one word.
        let (roman, year, next) = match word.folded.split_once('-') {
            Some((roman, year)) => (roman, year.parse().ok()?, i + 3),
            None => (&*word.folded, self.year(i + 4)?, i + 5),
        };
        (next == i + 3 || joint(i + 3)).then_some(())?;
        let month = MONTHS.iter().position(|m| *m == roman)?;
        let part = Part {
            year: Some(year).filter(|y| (1200..=2100).contains(y)),
            month: u8::try_from(month + 1).ok(),
            day: Some(self.day(i)?),
            ..Part::default()
        };
        part.year.is_some().then_some((part, next))
    }

    /// "3/5/2001", "3-5-2001", "3.5.2001"; with full stops the day comes first in every language.
    pub(super) fn numeric(&self, i: usize) -> Option<(Part, usize)> {
        let first = self.pieces.get(i).filter(|p| p.kind == PieceKind::Number)?;
        let mut dotted = first.folded.split('.');
        let dotted = [dotted.next(), dotted.next(), dotted.next(), dotted.next()];
        let stops = dotted.get(2).is_some_and(Option::is_some) || self.sign(i + 1, '.');
        let (numbers, next) = if let [Some(day), Some(month), Some(year), None] = dotted {
            let numbers = [day.parse().ok()?, month.parse().ok()?, year.parse().ok()?];
            (year.len() == 4).then_some(())?;
            (numbers, i + 1)
        } else {
            let parted = |j: usize| {
                ['/', '-', '.']
                    .into_iter()
                    .find(|c| self.sign(j, *c))
                    .filter(|_| self.pieces.get(j).is_some_and(|p| !p.spaced))
            };
            let sign = parted(i + 1)?;
            (parted(i + 3)? == sign).then_some(())?;
            self.day(i)?;
            self.day(i + 2)?;
            let numbers = [self.digits(i)?.0, self.digits(i + 2)?.0, self.year(i + 4)?];
            (numbers, i + 5)
        };
        let [a, b, year] = numbers;
        let (day, month) = match (self.figures_day_first || stops || a > 12, b > 12) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            _ => return None,
        };
        let part = Part {
            year: Some(year).filter(|y| (1200..=2100).contains(y)),
            month: u8::try_from(month).ok().filter(|m| (1..=12).contains(m)),
            day: u8::try_from(day).ok().filter(|d| (1..=31).contains(d)),
            ..Part::default()
        };
        (part.year.is_some() && part.month.is_some() && part.day.is_some()).then_some((part, next))
    }

    /// "05.2005", "05/2005", "5.2005": a month in figures and its year; of one figure only before a point, or at the head of a line.
    fn month_and_year(&self, i: usize) -> Option<(Part, usize)> {
        let first = self.pieces.get(i).filter(|p| p.kind == PieceKind::Number)?;
        let tight = |j: usize| self.pieces.get(j).is_some_and(|p| !p.spaced);
        // "12/05/1999": of a date whose first number may be the month.
        let goes_on = i
            .checked_sub(1)
            .is_some_and(|before| self.sign(before, '/') && tight(i));
        (!goes_on).then_some(())?;
        let (month, year, next) = if let Some((month, year)) = first.folded.split_once('.') {
            if month.len() == 4 {
                return self.year_and_month((month, year), i);
            }
            let plain = year.len() == 4;
            (month, year.parse().ok().filter(|_| plain)?, i + 1)
        } else {
            // "11-2016" only at the head of a line: elsewhere it may be a number.
            let dash = i == 0 && self.sign(i + 1, '-');
            ((self.sign(i + 1, '/') || dash) && tight(i + 1) && tight(i + 2)).then_some(())?;
            (&*first.folded, self.year(i + 2)?, i + 3)
        };
        let pointed = next == i + 1 && year >= 1900;
        let figures = month.len() == 2 || month.len() == 1 && (pointed || i == 0);
        let known = figures && (1800..=2100).contains(&year);
        let month = month
            .parse()
            .ok()
            .filter(|m| known && (1..=12).contains(m))?;
        let part = Part {
            year: Some(year),
            month: Some(month),
            ..Part::default()
        };
        Some((part, next))
    }

    /// "1996.3": a year and its month, beside a dash or in brackets, where no quantity stands.
    fn year_and_month(&self, (year, month): (&str, &str), i: usize) -> Option<(Part, usize)> {
        let edge = |at: Option<usize>| {
            at.is_some_and(|at| self.dash(at) || self.sign(at, '(') || self.sign(at, ')'))
        };
        (edge(i.checked_sub(1)) || edge(Some(i + 1))).then_some(())?;
        let year: i32 = year.parse().ok().filter(|y| (1800..=2100).contains(y))?;
        let month: u8 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
        let part = Part {
            year: Some(year),
            month: Some(month),
            ..Part::default()
        };
        Some((part, i + 1))
    }

    /// One point: day and month with or without year, month with or without year, or a year.
    pub(super) fn part(&self, at: usize) -> Option<(Part, usize)> {
        let mut i = at;
        let decade = |i: usize| self.is(i, Class::Decade) && self.decade(i).is_some();
        while self.is(i, Class::Weekday)
            || self.is(i, Class::Article)
            || self.is(i, Class::DatePart) && !decade(i)
            || (i > at && self.sign(i, ','))
        {
            i += 1;
        }
        while self.is(i, Class::DatePart) && !decade(i) || (i > at && self.is(i, Class::Of)) {
            i += 1;
        }
        if let Some(numeric) = self
            .year_first(i)
            .or_else(|| self.roman(i))
            .or_else(|| self.roman_month(i))
            .or_else(|| self.numeric(i))
            .or_else(|| self.month_and_year(i))
        {
            return Some(numeric);
        }
        if let Some(decade) = self.decade(i) {
            return Some(decade);
        }
        let mut part = Part::default();
        if let Some((day, next)) = self.day_number(i) {
            // "12 (24) May 1870": old style and new.
            let (day, next) = match self.day(next + 1) {
                Some(new) if self.sign(next, '(') && self.sign(next + 2, ')') => {
                    (day.max(new), next + 3)
                }
                _ => (day, next),
            };
            let mut j = next;
            if self.is(j, Class::Of) {
                j += 1;
            }
            // "el 5 del mes de mayo"
            if self.is(j, Class::Months) && self.is(j + 1, Class::Of) && self.month(j + 2).is_some()
            {
                j += 2;
            }
            // "3-May-2019"
            let hyphened = self.sign(j, '-') && self.month(j + 1).is_some();
            if hyphened && self.sign(j + 2, '-') && self.year(j + 3).is_some() {
                part.day = Some(day);
                part.month = self.month(j + 1);
                part.year = self.year(j + 3);
                return Some((part, j + 4));
            }
            part.day = Some(day);
            // "the 7th of that month": the month is that of the last date read.
            if self.is(j, Class::SameMonth) {
                part.told = Told::Month;
                return Some((part, j + 1));
            }
            let Some(month) = self.month(j) else {
                part.told = self.day_alone(i, next)?;
                return Some((part, next));
            };
            part.month = Some(month);
            i = j + 1;
        } else if let Some(month) = self.month(i) {
            part.month = Some(month);
            i += 1;
            // "June Yvonne Clarke": before another capitalised word that means nothing a month is a given name.
            let named = self.pieces.get(i).is_some_and(|p| {
                p.spaced && p.capital && p.meanings.is_empty() && p.kind != PieceKind::Number
            });
            if named {
                return None;
            }
            // "Sept. 25, 2023": the stop of a shortened month before its day.
            let stop = self.sign(i, '.') && self.is(i - 1, Class::MonthShort);
            // "May the 3rd"
            let the = self.is(i, Class::Article)
                && self.pieces.get(i + 1).is_some_and(|p| p.folded.len() > 2);
            let number = i + usize::from(stop || the);
            if let Some(day) = self.day(number)
                && (number == i || self.pieces.get(number).is_some_and(|p| p.spaced))
            {
                part.day = Some(day);
                i = number + 1;
            }
        } else if let Some(year) = self.year(i) {
            part.year = Some(year);
            return Some((part, i + 1));
        } else {
            return None;
        }
        if self.sign(i, '.') && self.year(i + 1).is_some() {
            i += 1;
        }
        let mut j = i;
        while self.sign(j, ',') || self.is(j, Class::Of) || self.is(j, Class::DatePart) {
            j += 1;
        }
        if j <= i + 2
            && let Some(year) = self.year(j)
        {
            part.year = Some(year);
            i = j + 1;
        }
        Some((part, i))
    }

    /// A day's number without a month: "Monday 12", "on the 7th", "le 7", "el día 7".
    fn day_alone(&self, i: usize, next: usize) -> Option<Told> {
        let before = i.checked_sub(1)?;
        let after = self.pieces.get(next);
        // "a las 10:45": the hour of a day.
        let minutes =
            self.sign(next, ':') && self.digits(next + 1).is_some_and(|(_, len)| len == 2);
        if minutes && self.pieces.get(next).is_some_and(|p| !p.spaced) {
            return None;
        }
        let ends = after.is_none_or(|p| p.sign().is_some());
        if self.is(before, Class::Weekday) {
            // "el miércoles 16 recibió a …", "mercredi 16 le ministre …": no number of what follows.
            let small = self.day_first && after.is_some_and(|p| self.no_noun(p));
            return (ends || small).then_some(Told::Month);
        }
        let written = self.pieces.get(i)?.folded.ends_with(char::is_alphabetic);
        // What is counted or ranked is named behind its number.
        let goes_on = after.is_none_or(|p| {
            !matches!(p.sign(), Some('%' | '€' | '$' | '-' | '–' | '/' | '(')) && self.no_noun(p)
        });
        // "el 28 se entrevistó con", "le 31 il", "on the 5th President Vega": a verb or whoever acts.
        let acts = after.is_some_and(|p| {
            let tells = |m: &Meaning| {
                matches!(
                    m,
                    Meaning::Trigger(_, TriggerForm::Finite | TriggerForm::Planned)
                )
            };
            if self.day_first {
                p.folded == "se" || p.meanings.iter().any(tells)
            } else {
                let on = before.checked_sub(1).and_then(|b| self.pieces.get(b));
                let office = |m: &Meaning| matches!(m, Meaning::Office(_));
                on.is_some_and(|b| b.folded == "on") && p.capital && p.meanings.iter().any(office)
            }
        });
        let goes_on = goes_on || acts;
        let led = self.is(before, Class::Article) || self.is(before, Class::DatePart);
        (led && goes_on && written != self.day_first).then_some(Told::Alone)
    }

    /// Whether a piece is a sign or a small word or verb, and so nothing that a number before it could count.
    pub(super) fn no_noun(&self, piece: &Piece) -> bool {
        let counted = [
            Class::People,
            Class::Million,
            Class::Billion,
            Class::Thousand,
            Class::Percent,
            Class::Rank,
            Class::Days,
            Class::Weeks,
            Class::Months,
            Class::Years,
        ];
        piece.sign().is_some()
            || !counted.iter().any(|c| piece.is(*c))
                && piece
                    .meanings
                    .iter()
                    .any(|m| matches!(m, Meaning::Class(_) | Meaning::Verb(_)))
    }

    /// "the 1920s", "1920's", "les années 1920", "los años veinte".
    pub(super) fn decade(&self, i: usize) -> Option<(Part, usize)> {
        let made = |year: i32, next: usize| {
            let part = Part {
                year: Some(year),
                decade: true,
                ..Part::default()
            };
            Some((part, next))
        };
        let round = |year: &i32| year % 10 == 0;
        if self.is(i, Class::Decade) {
            let next = i + 2;
            if let Some(year) = self.year(i + 1).filter(round) {
                let more = (self.is(next, Class::And) || self.dash(next))
                    && self.year(next + 1).is_some_and(|y| !round(&y));
                return if more { None } else { made(year, next) };
            }
            let short = self.digits(i + 1).map(|(n, _)| n);
            let spelled = || self.spelled(i + 1).and_then(|n| i32::try_from(n).ok());
            let tens = short.or_else(spelled).filter(round)?;
            return if (20..=90).contains(&tens) {
                made(1900 + tens, next)
            } else {
                None
            };
        }
        let year = self.year(i)?;
        let led = i
            .checked_sub(1)
            .is_some_and(|b| self.is(b, Class::Article) || self.is(b, Class::DatePart));
        let unspaced = |j: usize, word: &str| {
            let is = |p: &Piece| !p.spaced && &*p.folded == word;
            self.pieces.get(j).is_some_and(is)
        };
        if unspaced(i + 1, "s") {
            return made(year, i + 2);
        }
        let apostrophe = self.sign(i + 1, '\'') || self.sign(i + 1, '’');
        if led && round(&year) && apostrophe && unspaced(i + 2, "s") {
            return made(year, i + 3);
        }
        None
    }
}
