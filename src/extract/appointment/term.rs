//! Dates of a sentence → the term of somebody in a post: when it begins and ends.

use crate::extract::lasting::{until_before, until_behind, until_bound};
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
            // "X (1914–1918), who died in office": years tell the whole term.
            Some("end") if !dated.date.is_some_and(|d| d.interval && d.end.is_some()) => {
                term.end = dated.date.and_then(day);
            }
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
        let mut dated = reader.date(sentence, date);
        // "held it from 2021 to 2024, when X took over": who comes does so at the end.
        let when = |at: usize| {
            let behind = sentence.items.get(at + 1..at + 3);
            matches!(behind, Some([comma, when]) if comma.sign(',') && when.is(Class::When))
        };
        if slot == Some("start") && date.is_some_and(when) {
            let end = dated.date.and_then(|d| d.end.filter(|_| d.interval));
            dated.date = end.map(Edtf::on).or(dated.date);
        }
        let mut term = Self::of(&dated, slot);
        if slot == Some("start") && term.end.is_none() {
            term.end = kept_until(reader, sentence, date);
        }
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

    /// Whether it tells a beginning or an end that a fact does not have.
    pub(super) fn says_more(&self, fact: &Fact) -> bool {
        self.start.is_some() && !fact.has(Slot::Start) || self.end.is_some() && !fact.has(Slot::End)
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

/// "was appointed consul, a post that he kept until his death in 1930": when the post ended that begins at a date.
fn kept_until(reader: &Reader<'_>, sentence: &Sentence<'_>, date: Option<usize>) -> Option<Edtf> {
    let items = &sentence.items;
    let post = items.iter().position(|i| i.is(Class::PostNoun))?;
    let comma = items.get(post.checked_sub(1)?)?;
    let relative = items
        .get(post + 1)
        .is_some_and(|i| i.is(Class::Relative) || i.actor().is_some());
    let until = (post + 1..items.len().min(post + 10))
        .find(|&i| until_before(items, i) || until_bound(items, i))?;
    (comma.sign(',') && relative && Some(until) != date).then_some(())?;
    let dated = reader.date(sentence, Some(until)).date?;
    dated.start.or(dated.end).map(Edtf::on)
}
