//! Pieces → dates: points, intervals and relative dates, resolved only against dates that the document itself gives.

mod context;
mod point;
mod range;
mod relative;
#[cfg(test)]
mod tests;

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

/// A point of time as written; what is not written is told from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Part {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
    decade: bool,
    told: Told,
}

/// From where a part that has no year of its own takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Told {
    /// From the text before.
    #[default]
    Before,
    /// So many years from the last date read ("in May of the following year").
    Year(i32),
    /// So many years from the document's own ("in May last year").
    Now(i32),
    /// The last one before the document's day ("last May").
    Past,
    /// The first after the last date read ("the following May").
    Next,
    /// The last before the last date read ("the previous May").
    Previous,
    /// Its month too is that of the last date read ("Monday 12", "the 7th of that month").
    Month,
    /// So is that of a day's number alone ("on the 7th").
    Alone,
}

/// Whether a date can begin with a piece.
fn leads(piece: &Piece<'_>) -> bool {
    static LEADS: LazyLock<Classes> = LazyLock::new(|| {
        Classes::of([
            Class::Ago,
            Class::Article,
            Class::BeforeYesterday,
            Class::Between,
            Class::DateAbout,
            Class::DateAfter,
            Class::DateBefore,
            Class::DateFrom,
            Class::DatePart,
            Class::DayAfter,
            Class::DayBefore,
            Class::Days,
            Class::Decade,
            Class::IndependenceDay,
            Class::Months,
            Class::Next,
            Class::Past,
            Class::Previous,
            Class::SameDay,
            Class::SameMonth,
            Class::SameYear,
            Class::Since,
            Class::Some,
            Class::This,
            Class::ThisMonth,
            Class::ThisYear,
            Class::Today,
            Class::Tomorrow,
            Class::Until,
            Class::Weekday,
            Class::Weeks,
            Class::YearAfter,
            Class::YearBefore,
            Class::Years,
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
        figures_day_first: context.figures_day_first,
        row: context.row,
        line: context.line,
    };
    let first = pieces
        .get(at)
        .filter(|p| leads(p) || context.row && p.capital)?;
    let Lead {
        next: i,
        mut bound,
        about,
        between,
    } = reader.lead(at)?;
    let (next, date, from) = match reader.relative(i, context) {
        Some((next, date, from)) => {
            let (next, finer) = reader.finer(next, date, context);
            (next, finer.or(date), from)
        }
        None => {
            let prefixed = i > at || context.row;
            let (next, start, end, open) = reader.range(i, between, prefixed)?;
            let (next, start) = reader.year_behind(next, start, end);
            let far = |(_, span): (Edtf, Span)| span.end + FAR < first.span.start;
            let issued = context.document.is_some_and(|(own, _)| own.month.is_some());
            if start.told == Told::Alone && !issued && context.last.is_none_or(far) {
                return None;
            }
            let sentence = pieces.first().map_or(0, |p| p.span.start);
            let (date, from) = context.complete(start, end, open, sentence);
            let since = bound == Bound::Since;
            let date = date.map(|d| if since { context.since(d, start) } else { d });
            // "From 1955", with no end told.
            let origin = first.is(Class::DateFrom) && !first.is(Class::Of);
            if open || origin && end.is_none() && bound == Bound::None {
                bound = Bound::Since;
            }
            let only_year = end.is_none() && !open && start.month.is_none() && !start.decade;
            let (next, finer) = match date.filter(|_| only_year && bound == Bound::None) {
                Some(_) => reader.finer(next, date, context),
                None => (next, None),
            };
            (next, finer.or(date), from)
        }
    };
    let found = DateFound {
        span: first.span.to(reader.span(i, next)),
        date: if about { date.map(Edtf::about) } else { date },
        from,
        bound,
    };
    context.remember(&found);
    let near = at.saturating_sub(BESIDE)..pieces.len().min(next + BESIDE);
    let independent = |p: &Piece| p.is(Class::Independent);
    if pieces
        .get(near)
        .is_some_and(|near| near.iter().any(independent))
    {
        context.independent(&found);
    }
    Some((next, found))
}

/// How many pieces from a date a word stands that says that a state became independent then.
const BESIDE: usize = 5;

/// How many bytes before a day's number alone the date may stand that gives its month.
const FAR: usize = 300;

/// What leads a date in.
struct Lead {
    /// Index behind it.
    next: usize,
    bound: Bound,
    about: bool,
    between: bool,
}

struct Reader<'p> {
    pieces: &'p [Piece<'p>],
    /// Whether the language writes the day before the month.
    day_first: bool,
    /// Whether dates in figures do.
    figures_day_first: bool,
    /// Whether the pieces are a row of a table.
    row: bool,
    /// Whether they are a line of their own.
    line: bool,
}

impl Reader<'_> {
    /// The words before a date: "since", "between", "about", "the end of".
    fn lead(&self, at: usize) -> Option<Lead> {
        let mut lead = Lead {
            next: at,
            bound: Bound::None,
            about: false,
            between: false,
        };
        loop {
            let i = lead.next;
            let piece = self.pieces.get(i)?;
            if self.beside(i)
                || self.past(i)
                || self.unit_told(i)
                || self.is(i, Class::Decade) && self.decade(i).is_some()
            {
                return Some(lead);
            } else if piece.is(Class::DateAbout) {
                lead.about = true;
            } else if piece.is(Class::Between) {
                lead.between = true;
            } else if piece.is(Class::Since) && !self.range_from(i + 1) {
                lead.bound = Bound::Since;
            } else if piece.is(Class::DateFrom) && i == at {
                // "from 4 to 6 August"
            } else if piece.is(Class::Until) {
                lead.bound = Bound::Until;
            } else if piece.is(Class::DateBefore) {
                lead.bound = Bound::Before;
            } else if piece.is(Class::DateAfter) {
                lead.bound = Bound::After;
            } else if !(piece.is(Class::DatePart)
                || i > at
                    && [Class::Article, Class::Of, Class::In]
                        .iter()
                        .any(|c| piece.is(*c)))
            {
                return Some(lead);
            }
            lead.next += 1;
        }
    }
}
