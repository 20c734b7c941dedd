//! Dates of a sentence → the term of somebody in a post: when it begins and ends.

use crate::extract::dates::{Bound, DateFound};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Edtf, Evidence, Fact, Flag, Kind, Slot, Value};
use crate::language::Class;

/// When a term begins and ends, as far as a text tells, and the passages that tell it.
#[derive(Clone, Debug, Default)]
pub(super) struct Term {
    pub(super) start: Option<Edtf>,
    pub(super) end: Option<Edtf>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) flags: Vec<Flag>,
}

impl Term {
    /// The term that a date gives to what happens at it: `slot` is `start` of who comes, `end` of who goes, nothing of who is in post.
    pub(super) fn of(dated: &Dated, slot: Option<&str>) -> Self {
        let day = |d: Edtf| d.start.or(d.end).map(Edtf::on);
        let mut term = Self {
            evidence: dated.evidence.clone(),
            flags: dated.flags.clone(),
            ..Self::default()
        };
        match slot {
            // "was appointed from 1990 to 1994": years tell the whole term.
            Some("start") if !dated.date.is_some_and(|d| d.interval) => {
                term.start = dated.date.and_then(|d| d.start).map(Edtf::on);
            }
            Some("end") => term.end = dated.date.and_then(day),
            _ => {
                let mut fact = Fact::new(Kind::Appointment);
                dated.put_range(&mut fact, Slot::Start, Slot::End);
                term.start = fact.date(Slot::Start).copied();
                term.end = fact.date(Slot::End).copied();
            }
        }
        term
    }

    /// The term that the date at an item of a sentence gives, with an end told behind it: "from 1855 until his death in 1872".
    pub(super) fn read(
        reader: &Reader<'_>,
        sentence: &Sentence<'_>,
        date: Option<usize>,
        slot: Option<&str>,
    ) -> Self {
        let dated = reader.date(sentence, date);
        let mut term = Self::of(&dated, slot);
        let Some(at) = date.filter(|_| slot != Some("end")) else {
            return term;
        };
        let items = &sentence.items;
        if term.end.is_none() && until_before(items, at) {
            term.end = term.start.take();
        } else if term.end.is_none()
            && let Some(until) = until_behind(items, at)
        {
            term.end = reader
                .date(sentence, Some(until))
                .date
                .and_then(|d| d.start.or(d.end))
                .map(Edtf::on);
        }
        term
    }

    /// Sets the dates of a fact.
    pub(super) fn put(&self, fact: &mut Fact) {
        for (slot, date) in [(Slot::Start, self.start), (Slot::End, self.end)] {
            if let Some(date) = date {
                fact.set(slot, Value::Date(date));
            }
        }
    }
}

fn date_at<'i>(items: &'i [Item<'_>], at: usize) -> Option<&'i DateFound> {
    if let ItemKind::Date(found) = &items.get(at)?.kind {
        Some(found)
    } else {
        None
    }
}

fn until(item: &Item<'_>) -> bool {
    item.is(Class::Until)
}

/// What parts a date from words before it: another phrase, a sign, a verb.
fn parts(item: &Item<'_>) -> bool {
    item.is_np() || item.is_finite() || matches!(item.kind, ItemKind::Sign(_) | ItemKind::Date(_))
}

/// "until his death in 1872", "to 1985": whether "until" stands before a date with few words between, or "to" right before it.
fn until_before(items: &[Item<'_>], at: usize) -> bool {
    if date_at(items, at).is_none_or(|d| d.bound != Bound::None) {
        return false;
    }
    let before = items.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    let to = before.last().is_some_and(|i| i.is(Class::DateTo));
    to || before.iter().rev().take_while(|i| !parts(i)).any(until)
}

/// The date behind another up to which something lasts.
fn until_behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    let next = (at + 1..items.len()).take(7).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)) || x.is_finite() || x.is_np())
    })?;
    let found = date_at(items, next)?;
    // "de 1855 à sa mort en 1872".
    let own = items
        .get(at + 1..next)?
        .windows(2)
        .any(|two| matches!(two, [to, his] if to.is(Class::DateTo) && his.is(Class::Possessive)));
    let said = own || items.get(at + 1..next)?.iter().any(until);
    (found.bound == Bound::Until || said).then_some(next)
}

/// Whether a date is of something that lasts: since, until, from … to.
pub(super) fn lasts(items: &[Item<'_>], at: usize) -> bool {
    date_at(items, at).is_some_and(|d| {
        matches!(d.bound, Bound::Since | Bound::Until)
            || d.date.is_some_and(|d| d.interval)
            || until_before(items, at)
            || until_behind(items, at).is_some()
    })
}
