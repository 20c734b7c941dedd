//! "On the second day the president received him": which day of a visit a meeting was on, by the words that count them.

use super::when::{REACH, visit};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Day, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, fold};

/// How many items before its clause the words may stand ("…, and on the second day X received him").
const BEFORE: usize = 6;

/// How many items the words that count a day are at most.
const WORDS: usize = 4;

/// A day of a visit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nth {
    /// So many days after the first.
    After(i64),
    Last,
}

impl Nth {
    /// That day of a visit whose first and last are told.
    fn of(self, visit: &Fact) -> Option<Day> {
        let day = |slot: Slot| visit.date(slot)?.start.filter(|d| d.day.is_some());
        let (first, last) = day(Slot::Start).zip(day(Slot::End))?;
        match self {
            Self::After(days) => first.plus_days(days).filter(|d| *d <= last),
            Self::Last => Some(last),
        }
    }
}

/// The classes of words that count a visit's days.
const COUNTS: [(Class, Nth); 4] = [
    (Class::FirstDay, Nth::After(0)),
    (Class::SecondDay, Nth::After(1)),
    (Class::ThirdDay, Nth::After(2)),
    (Class::LastDay, Nth::Last),
];

/// Those of words that leave the day unsaid, of which others have spoken before: "on the first day A received him, on the last B".
const SHORT: [(Class, Nth); 2] = [
    (Class::SecondOne, Nth::After(1)),
    (Class::LastOne, Nth::Last),
];

/// The day that the words of a sentence count for the meeting of one at `met`, in or right before a clause: the nearest before it, with no date
/// between, else those behind.
fn counted(
    reader: &Reader<'_>,
    items: &[Item],
    (start, end): (usize, usize),
    met: usize,
) -> Option<Nth> {
    let lead = items.get(..start)?.iter().rev().take(BEFORE);
    let lead = lead
        .take_while(|i| !(i.is_finite() || i.sign(';') || i.sign('.')))
        .count();
    let clause = start - lead..end;
    let all: Vec<(usize, Nth)> = (0..items.len())
        .filter_map(|at| Some((at, said(reader, items.get(at..)?, &COUNTS)?)))
        .collect();
    let short = clause.clone().filter_map(|at| {
        let before = all.first().is_some_and(|(first, _)| *first < at);
        let rest = items.get(at..).filter(|_| before)?;
        Some((at, said(reader, rest, &SHORT).filter(|_| alone(rest))?))
    });
    let mut found: Vec<(usize, Nth)> = all.iter().copied().chain(short).collect();
    found.retain(|(at, _)| clause.contains(at));
    let before = found
        .iter()
        .filter(|(at, _)| *at < met)
        .max_by_key(|(at, _)| *at);
    if let Some((at, nth)) = before {
        let dated = items.get(*at..met)?.iter().any(Item::is_date);
        return (!dated).then_some(*nth);
    }
    let mut behind = found.iter().map(|(_, nth)| nth);
    let nth = *behind.next()?;
    behind.all(|n| *n == nth).then_some(nth)
}

/// Whether words that count a day of a visit begin at an item.
pub(in crate::extract) fn counts_day(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let rest = items.get(at..).unwrap_or(&[]);
    said(reader, rest, &COUNTS).is_some()
}

/// What the words count with which items begin.
fn said(reader: &Reader<'_>, items: &[Item], classes: &[(Class, Nth)]) -> Option<Nth> {
    let mut words = String::new();
    for item in items.iter().take(WORDS) {
        words.push_str(&item.folded);
        words.push(' ');
    }
    let begins = |class: Class| {
        let mut listed = reader.lexicon.listed(class).iter();
        listed.any(|phrase| words.starts_with(&format!("{phrase} ")))
    };
    classes
        .iter()
        .find(|(class, _)| begins(*class))
        .map(|(_, nth)| *nth)
}

/// Whether "the last" at the beginning of items is said of no other noun: a sign, somebody or a verb stands behind it.
fn alone(items: &[Item]) -> bool {
    let small = |i: &&Item| {
        let number = i.meanings.is_empty() || i.is(Class::Article) || i.is(Class::In);
        matches!(i.kind, ItemKind::Word) && i.verb.is_none() && number && !i.is(Class::By)
    };
    let words = items.iter().take_while(small).count();
    let next = items.get(words);
    words < WORDS
        && next.is_some_and(|i| {
            matches!(i.kind, ItemKind::Sign(_))
                || i.actor().is_some()
                || i.is(Class::By)
                || i.verb.is_some()
        })
}

/// Gives a meeting the day of the visit that its words count, of the visit of one who takes part.
pub(super) fn of_visit(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    (frame, met): (&Frame, usize),
    claim: &mut Claim,
    earlier: &Told,
) {
    let nth = counted(reader, &sentence.items, frame.clause, met);
    let visit = visit(reader, index, claim, earlier, REACH);
    if let Some(day) = nth.zip(visit).and_then(|(nth, v)| nth.of(&v.fact)) {
        claim.fact.set(Slot::Date, Value::Date(Edtf::on(day)));
    }
}

/// Gives meetings that have the days of a whole visit the one that their sentence counts, whatever has told them.
pub(in crate::extract) fn counted_days(reader: &Reader<'_>, claims: &mut [Claim]) {
    let visits: Vec<(usize, Fact)> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Visit && c.holds() && c.fact.has(Slot::End))
        .filter_map(|c| Some((reader.sentence_index(c.statement().start)?, c.fact.clone())))
        .collect();
    let whole = |c: &Claim| c.fact.date(Slot::Date).copied().filter(|d| d.interval);
    for claim in claims.iter_mut().filter(|c| c.fact.kind == Kind::Meeting) {
        let Some((days, index)) = whole(claim).zip(reader.sentence_index(claim.statement().start))
        else {
            continue;
        };
        let all = claim.fact.all(Slot::Participants);
        let visit = visits.iter().rev().find(|(at, visit)| {
            let near = *at <= index && at + REACH >= index;
            near && visit.get(Slot::Visitor).is_some_and(|v| all.contains(v))
        });
        let Some((_, visit)) = visit else { continue };
        let dates = [Slot::Start, Slot::End].map(|s| visit.date(s).and_then(|d| d.start));
        let items = reader.sentences.get(index).map_or(&[][..], |s| &s.items);
        // Who is met, behind or before whom the words stand that count the day.
        let met = items.iter().rposition(|i| {
            let name = i.actor().and_then(|a| a.name.as_ref());
            let person = name.and_then(|n| reader.people.find(n));
            let person = person.and_then(|p| reader.person_value(p));
            person.is_some_and(|p| all.contains(&p) && visit.get(Slot::Visitor) != Some(&p))
        });
        let nth = counted(reader, items, (0, items.len()), met.unwrap_or(items.len()));
        let day = nth.filter(|_| dates == [days.start, days.end]);
        if let Some(day) = day.and_then(|nth| nth.of(visit)) {
            claim.fact.set(Slot::Date, Value::Date(Edtf::on(day)));
        }
    }
}

/// "On 3 May she was received by A, and the next day by B": the day after that of the visit or meeting told last of one who takes part, where the
/// words count from a day that the text does not give itself.
pub(super) fn next_day(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    claim: &mut Claim,
    earlier: &Told,
) -> bool {
    let next = frame.date.and_then(|d| sentence.items.get(d));
    let next = next.is_some_and(|d| {
        let words = fold(d.span.of(&reader.doc.text));
        reader.lexicon.lists(Class::NextDay, &words)
    });
    let told = earlier
        .last_of_any([Kind::Meeting, Kind::Visit])
        .take_while(|c| reader.near(index, c, REACH))
        .filter(|c| next && c.holds());
    let shared = |c: &&Claim| {
        let who = [Slot::Participants, Slot::Visitor];
        let mut who = who.iter().flat_map(|s| c.fact.all(*s));
        who.any(|p| claim.fact.all(Slot::Participants).contains(p))
    };
    let day = |c: &Claim| {
        let slot = if c.fact.kind == Kind::Visit {
            Slot::Start
        } else {
            Slot::Date
        };
        let date = c.fact.date(slot).filter(|d| !d.interval)?;
        date.start.filter(|d| d.day.is_some())
    };
    let last = told
        .filter(shared)
        .find_map(|c| Some((day(c)?, c.statement())));
    let Some((day, span)) = last.and_then(|(d, span)| Some((d.plus_days(1)?, span))) else {
        return false;
    };
    claim.fact.set(Slot::Date, Value::Date(Edtf::on(day)));
    claim.evidence.push(Evidence {
        span,
        role: EvidenceRole::Antecedent,
    });
    true
}
