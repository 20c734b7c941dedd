//! Pieces → dates: points, intervals and relative dates, resolved only against dates that the document itself gives.

mod context;

use super::pieces::{Piece, PieceKind};
use crate::fact::Edtf;
use crate::language::{Class, Classes, Meaning};
use crate::text::Span;
pub(super) use context::DateContext;
use std::sync::LazyLock;

/// A date as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateFound {
    pub(super) span: Span,
    /// The date; `None` when nothing in the document resolves it.
    pub(super) date: Option<Edtf>,
    /// From where it took a year or day.
    pub(super) from: Option<Span>,
    /// A deadline: "before 10 June", "until 1954".
    pub(super) bound: Bound,
}

/// What a word before a date makes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Bound {
    /// The date itself.
    #[default]
    None,
    /// Since it.
    Since,
    /// Until it.
    Until,
    /// Before it.
    Before,
    /// After it.
    After,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Part {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
    decade: bool,
    same_year: bool,
    last: bool,
    /// A weekday with a day's number: the month is that of the last date.
    weekday: bool,
}

/// Whether a date can begin with a piece.
fn leads(piece: &Piece<'_>) -> bool {
    static LEADS: LazyLock<Classes> = LazyLock::new(|| {
        Classes::of([
            Class::Article,
            Class::Between,
            Class::DateAbout,
            Class::DateAfter,
            Class::DateBefore,
            Class::DateFrom,
            Class::DatePart,
            Class::DayAfter,
            Class::DayBefore,
            Class::SameDay,
            Class::SameMonth,
            Class::SameYear,
            Class::Since,
            Class::Today,
            Class::Tomorrow,
            Class::Until,
            Class::Weekday,
            Class::YearAfter,
            Class::YearBefore,
            Class::Yesterday,
        ])
    });
    piece.kind == PieceKind::Number
        || !piece.meanings.classes().and(*LEADS).is_empty()
        || piece
            .meanings
            .iter()
            .any(|m| matches!(m, Meaning::Month(_) | Meaning::Number(_)))
}

/// Reads a date that begins at piece `at`; gives the index after it and the date, and remembers it in `context`.
pub(super) fn date(
    pieces: &[Piece],
    at: usize,
    context: &mut DateContext,
) -> Option<(usize, DateFound)> {
    let reader = Reader {
        pieces,
        day_first: context.day_first,
    };
    let first = pieces.get(at).filter(|p| leads(p))?;
    let (mut i, mut bound, mut about) = (at, Bound::None, false);
    let mut between = false;
    loop {
        let piece = pieces.get(i)?;
        if piece.is(Class::DateAbout) {
            about = true;
        } else if piece.is(Class::Between) {
            between = true;
        } else if piece.is(Class::Since) && !reader.range_from(i + 1) {
            bound = Bound::Since;
        } else if piece.is(Class::DateFrom) && i == at {
            // "from 4 to 6 August"
        } else if piece.is(Class::Until) {
            bound = Bound::Until;
        } else if piece.is(Class::DateBefore) {
            bound = Bound::Before;
        } else if piece.is(Class::DateAfter) {
            bound = Bound::After;
        } else if !(piece.is(Class::DatePart)
            || (i > at && (piece.is(Class::Article) || piece.is(Class::Of) || piece.is(Class::In))))
        {
            break;
        }
        i += 1;
    }
    if let Some((next, date, from)) = reader.relative(i, context) {
        let found = DateFound {
            span: first.span.to(reader.span(i, next)),
            date,
            from,
            bound,
        };
        context.remember(&found);
        return Some((next, found));
    }
    let prefixed = i > at || context.row;
    let (mut next, start, end, open) = reader.range(i, between, prefixed)?;
    // "of that year" after a part without a year
    let mut start = start;
    if start.year.is_none() && end.is_none_or(|e| e.year.is_none()) {
        let mut j = next;
        while pieces
            .get(j)
            .is_some_and(|p| p.is(Class::Of) || p.sign() == Some(','))
        {
            j += 1;
        }
        if pieces.get(j).is_some_and(|p| p.is(Class::SameYear)) {
            next = j + 1;
            start.same_year = true;
        } else if pieces.get(next).is_some_and(|p| p.is(Class::Last)) {
            next += 1;
            start.last = true;
        }
    }
    let span = first.span.to(reader.span(i, next));
    let (date, from) =
        context.complete(start, end, open, pieces.first().map_or(0, |p| p.span.start));
    let mut date = date;
    if about {
        date = date.map(Edtf::about);
    }
    let found = DateFound {
        span,
        date,
        from,
        bound: if open { Bound::Since } else { bound },
    };
    context.remember(&found);
    Some((next, found))
}

struct Reader<'p> {
    pieces: &'p [Piece<'p>],
    /// Whether the language writes the day before the month.
    day_first: bool,
}

impl Reader<'_> {
    fn span(&self, from: usize, to: usize) -> Span {
        let first = self.pieces.get(from).map_or(Span::default(), |p| p.span);
        self.pieces
            .get(to.saturating_sub(1))
            .map_or(first, |p| first.to(p.span))
    }

    fn digits(&self, i: usize) -> Option<(i32, usize)> {
        let piece = self.pieces.get(i).filter(|p| p.kind == PieceKind::Number)?;
        let count = piece.folded.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = piece.folded.split_at_checked(count)?;
        (!rest.starts_with(['.', ',', ' ', '\u{a0}', '\u{202f}'])).then_some(())?;
        Some((digits.parse().ok()?, digits.len()))
    }

    fn year(&self, i: usize) -> Option<i32> {
        self.digits(i)
            .filter(|&(n, len)| len == 4 && (1200..=2100).contains(&n))
            .map(|(n, _)| n)
    }

    fn day(&self, i: usize) -> Option<u8> {
        self.digits(i)
            .filter(|&(n, len)| len <= 2 && (1..=31).contains(&n))
            .and_then(|(n, _)| u8::try_from(n).ok())
    }

    fn month(&self, i: usize) -> Option<u8> {
        self.pieces.get(i)?.meanings.iter().find_map(|m| {
            if let Meaning::Month(m) = m {
                Some(*m)
            } else {
                None
            }
        })
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.pieces.get(i).is_some_and(|p| p.is(class))
    }

    fn sign(&self, i: usize, c: char) -> bool {
        self.pieces.get(i).and_then(Piece::sign) == Some(c)
    }

    fn dash(&self, i: usize) -> bool {
        ['–', '-', '—', '/', '−']
            .into_iter()
            .any(|c| self.sign(i, c))
    }

    /// Whether a range "from … to" begins here, so that the word before is its "from".
    fn range_from(&self, i: usize) -> bool {
        self.range(i, false, true)
            .is_some_and(|(_, _, end, _)| end.is_some())
    }

    /// A day number, with the full stop that some write after it.
    fn day_number(&self, i: usize) -> Option<(u8, usize)> {
        let day = self.day(i)?;
        let stop = self.sign(i + 1, '.')
            && (self.month(i + 2).is_some()
                || self.dash(i + 2)
                || self.is(i + 2, Class::DateTo)
                || self.is(i + 2, Class::And)
                || self.day(i + 2).is_some());
        Some((day, if stop { i + 2 } else { i + 1 }))
    }

    /// "3/5/2001", "3-5-2001", "3.5.2001".
    fn numeric(&self, i: usize) -> Option<(Part, usize)> {
        let first = self.pieces.get(i).filter(|p| p.kind == PieceKind::Number)?;
        let mut dotted = first.folded.split('.');
        let dotted = [dotted.next(), dotted.next(), dotted.next(), dotted.next()];
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
        let (day, month) = match (self.day_first || a > 12, b > 12) {
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

    /// One point: day and month with or without year, month with or without year, or a year.
    fn part(&self, at: usize) -> Option<(Part, usize)> {
        let mut i = at;
        while self.is(i, Class::Weekday)
            || self.is(i, Class::Article)
            || self.is(i, Class::DatePart)
            || (i > at && self.sign(i, ','))
        {
            i += 1;
        }
        while self.is(i, Class::DatePart) || (i > at && self.is(i, Class::Of)) {
            i += 1;
        }
        if let Some(numeric) = self.numeric(i) {
            return Some(numeric);
        }
        let mut part = Part::default();
        if let Some((day, next)) = self.day_number(i) {
            let mut j = next;
            if self.is(j, Class::Of) {
                j += 1;
            }
            // "the 7th of that month": the month is that of the last date read.
            if self.is(j, Class::SameMonth) {
                part.day = Some(day);
                part.weekday = true;
                return Some((part, j + 1));
            }
            let Some(month) = self.month(j) else {
                // "Monday 12": the month is that of the last date read.
                let weekday = i
                    .checked_sub(1)
                    .is_some_and(|before| self.is(before, Class::Weekday));
                let ends = self.pieces.get(next).is_none_or(|p| p.sign().is_some());
                part.day = Some(day);
                part.weekday = true;
                return (weekday && ends).then_some((part, next));
            };
            part.day = Some(day);
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
            if let Some(day) = self.day(i)
                && self.pieces.get(i).is_some_and(|p| p.spaced)
                && !self.dash(i + 1)
            {
                part.day = Some(day);
                i += 1;
            }
        } else if let Some(year) = self.year(i) {
            part.year = Some(year);
            if self
                .pieces
                .get(i + 1)
                .is_some_and(|p| p.folded == "s" && !p.spaced)
            {
                part.decade = true;
                i += 1;
            }
            return Some((part, i + 1));
        } else {
            return None;
        }
        let mut j = i;
        while self.sign(j, ',') || self.is(j, Class::Of) {
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

    /// A point or an interval: (index after, start, end, open at the end).
    fn range(
        &self,
        i: usize,
        between: bool,
        prefixed: bool,
    ) -> Option<(usize, Part, Option<Part>, bool)> {
        let joins = |j: usize| {
            self.dash(j) || self.is(j, Class::DateTo) || (between && self.is(j, Class::And))
        };
        // "4 to 6 August 2024", "29 and 30 July", "15–24. August": a day without a month first.
        let mut k = i;
        while self.is(k, Class::Weekday) || self.is(k, Class::Article) {
            k += 1;
        }
        if let Some((day, next)) = self.day_number(k)
            && self.month(next).is_none()
            && (joins(next) || self.is(next, Class::And))
        {
            let mut j = next + 1;
            while self.is(j, Class::Article) || self.is(j, Class::Weekday) {
                j += 1;
            }
            if let Some((end, after)) = self.part(j)
                && end.day.is_some()
            {
                let start = Part {
                    day: Some(day),
                    ..end
                };
                return Some((after, start, Some(end), false));
            }
        }
        let (mut start, next) = self.part(i)?;
        if start.month.is_none() && !start.weekday && !prefixed && !self.year_stands(i, next) {
            return None;
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
                if plausible && start.decade == end.decade {
                    return Some((after, start, Some(end), false));
                }
            }
            // "1957–60"
            if let (Some(year), Some(short)) = (
                start.year,
                self.digits(j)
                    .filter(|&(_, len)| len == 2 && self.dash(next)),
            ) && start.month.is_none()
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
        let led = before.is_none_or(|p| {
            p.is(Class::In)
                || p.is(Class::Since)
                || p.is(Class::Until)
                || p.is(Class::Of)
                || p.is(Class::By)
                || p.is(Class::DateFrom)
                || p.is(Class::DateTo)
                || p.is(Class::Between)
                || matches!(
                    p.sign(),
                    Some('(' | ',' | ';' | '–' | '—' | '-' | '|' | '/')
                )
                || p.is(Class::And)
                || p.meanings.iter().any(|m| matches!(m, Meaning::Month(_)))
                // "dates from 1892", "goes back to 1892": a verb with its preposition.
                || p.words > 1 && p.meanings.iter().any(|m| matches!(m, Meaning::Trigger(..)))
                || at.checked_sub(1).is_some_and(|i| self.year(i).is_some())
        });
        let priced = before.is_some_and(|p| {
            p.meanings.iter().any(|m| matches!(m, Meaning::Currency(_))) || p.is(Class::DateAbout)
        });
        // "President: 1997": alone behind a colon, at the end or before another sign.
        let keyed = before.is_some_and(|p| p.sign() == Some(':'))
            && after.is_none_or(|p| matches!(p.sign(), Some(',' | ';' | '(' | '.')));
        let led = led || keyed;
        let strongly = before.is_some_and(|p| {
            p.is(Class::In) || p.is(Class::Since) || p.is(Class::Until) || p.sign() == Some('(')
        });
        // "1957-1960" is a term, whatever stands before it.
        let ends = self.year(next + 1).is_some() || self.month(next + 1).is_some();
        let term = self.dash(next) && ends && !before.is_some_and(|p| p.kind == PieceKind::Number);
        !priced
            && (term
                || strongly && !after.is_some_and(|p| p.is(Class::People))
                || (led && !counted)
                || (!counted && before.is_none()))
    }

    /// "Three days later", "the year before", "that year", "today": index after, date, and where it was taken from.
    fn relative(
        &self,
        i: usize,
        context: &DateContext,
    ) -> Option<(usize, Option<Edtf>, Option<Span>)> {
        let year = |delta: i32| {
            let (last, span) = context.last?;
            Some((Edtf::in_year(last.year()? + delta), span))
        };
        let document = |days: i64| {
            let (day, span) = context.document?;
            Some((
                Edtf::on(if days == 0 { day } else { day.plus_days(days)? }),
                span,
            ))
        };
        let done = |next: usize, found: Option<(Edtf, Span)>| {
            Some((next, found.map(|f| f.0), found.map(|f| f.1)))
        };
        let piece = self.pieces.get(i)?;
        if piece.is(Class::SameYear) {
            return done(i + 1, year(0));
        }
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
                let month = crate::fact::Day::checked(day.year + years, Some(day.month?), None)?;
                Some((Edtf::on(month), span))
            });
            return done(next, found);
        }
        if piece.is(Class::YearBefore) {
            return done(i + 1, year(-1));
        }
        if piece.is(Class::YearAfter) {
            return done(i + 1, year(1));
        }
        if piece.is(Class::SameDay) {
            return done(i + 1, context.last.filter(|(d, _)| d.precision() == 3));
        }
        let near = |days: i64| {
            let (day, span) = context.day?;
            Some((Edtf::on(day.plus_days(days)?), span))
        };
        if piece.is(Class::DayAfter) {
            return done(i + 1, near(1));
        }
        if piece.is(Class::DayBefore) {
            return done(i + 1, near(-1));
        }
        if piece.is(Class::Today) {
            return done(i + 1, document(0));
        }
        if piece.is(Class::Yesterday) {
            return done(i + 1, document(-1));
        }
        if piece.is(Class::Tomorrow) {
            return done(i + 1, document(1));
        }
        let number = self.digits(i).map(|(n, _)| n).or_else(|| {
            piece.meanings.iter().find_map(|m| {
                if let Meaning::Number(n) = m {
                    i32::try_from(*n).ok()
                } else {
                    None
                }
            })
        })?;
        let unit = self.pieces.get(i + 1)?;
        let direction = self.pieces.get(i + 2)?;
        let sign = if direction.is(Class::Later) {
            1
        } else if direction.is(Class::Earlier) {
            -1
        } else {
            return None;
        };
        let found = if unit.is(Class::Days) {
            context.day.and_then(|(day, span)| {
                Some((Edtf::on(day.plus_days(i64::from(number * sign))?), span))
            })
        } else if unit.is(Class::Months) {
            context.last.and_then(|(date, span)| {
                Some((Edtf::on(date.start?.plus_months(number * sign)?), span))
            })
        } else if unit.is(Class::Years) {
            year(number * sign)
        } else {
            return None;
        };
        done(i + 3, found)
    }
}
