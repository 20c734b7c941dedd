//! "(1864–1937)", "created in 1888, closed in 1900", "1784, suppressed in 1808, restored in 1830": what stands behind a mission's name or
//! city → the periods of its life.

use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Edtf, Fact, Slot, Value};
use crate::language::Class;

/// One period of a mission's life, with the days that are told of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) opened: Option<Edtf>,
    pub(super) closed: Option<Edtf>,
    again: bool,
}

/// What a verb or noun before a date says that happened then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Opened,
    Closed,
    Reopened,
}

impl Period {
    fn told(self) -> bool {
        self.opened.is_some() || self.closed.is_some()
    }

    /// Sets the days of a fact.
    pub(super) fn put(&self, fact: &mut Fact) {
        for (slot, date) in [(Slot::Opened, self.opened), (Slot::Closed, self.closed)] {
            if let Some(date) = date {
                fact.set(slot, Value::Date(date));
            }
        }
        if self.again {
            fact.set(Slot::Status, Value::Term("reopened".to_owned()));
        }
    }
}

/// The periods that the items from `from` to before `to` tell; of two dates without a word the later is the end.
pub(super) fn periods(
    reader: &Reader<'_>,
    sentence: &Sentence,
    (from, to): (usize, usize),
) -> Vec<Period> {
    let items = &sentence.items;
    let mut found = Vec::new();
    let mut now = Period::default();
    let mut word = None;
    for at in from..to.min(items.len()) {
        let Some(item) = items.get(at) else { break };
        word = turn(reader, item).or(word);
        if !matches!(item.kind, ItemKind::Date(_)) {
            continue;
        }
        word = word.or_else(|| column(reader, sentence, item));
        let dated = reader.date(sentence, Some(at));
        let Some(date) = dated.date else { continue };
        match word.take() {
            None => plain(&mut now, &dated),
            Some(Turn::Closed) => {
                let ends = date.start.or(date.end).map(Edtf::on);
                now.closed = ends;
                found.push(now);
                now = Period::default();
                // "closed from 1977 to 1981": open again when that time was over.
                if let Some(end) = date.end.filter(|_| date.interval && date.start.is_some()) {
                    now.opened = Some(Edtf::on(end));
                    now.again = true;
                }
            }
            Some(turn) => {
                if now.told() {
                    found.push(now);
                }
                now = Period {
                    again: turn == Turn::Reopened,
                    ..Period::default()
                };
                plain(&mut now, &dated);
            }
        }
    }
    if now.told() {
        found.push(now);
    }
    found
}

/// "Year closed": what the head of its column says that a date of a row is of.
fn column(reader: &Reader<'_>, sentence: &Sentence, item: &Item) -> Option<Turn> {
    let head = reader.column_head(sentence, item.span)?;
    let head = head.of(&reader.doc.text);
    let says = |class: Class| {
        let mut words = std::iter::once(head).chain(head.split(' '));
        words.any(|w| reader.lexicon.has_class(w, class))
    };
    (says(Class::KeyClosed) && !says(Class::KeyOpened)).then_some(Turn::Closed)
}

/// A date without a word for what happened.
fn plain(now: &mut Period, dated: &Dated) {
    let Some(date) = dated.date else { return };
    if now.opened.is_some() {
        now.closed = now.closed.or(date.start.or(date.end).map(Edtf::on));
        return;
    }
    let until = matches!(dated.bound, Bound::Until | Bound::Before);
    match (date.start, date.end) {
        (Some(day), None) if until => now.closed = Some(Edtf::on(day)),
        (Some(first), last) => {
            now.opened = Some(if last.is_some() || date.interval {
                Edtf::on(first)
            } else {
                date
            });
            now.closed = last.map(Edtf::on);
        }
        (None, last) => now.closed = last.map(Edtf::on),
    }
}

/// What a trigger of the rules of missions says.
fn turn(reader: &Reader<'_>, item: &Item) -> Option<Turn> {
    let ItemKind::Trigger(forms) = &item.kind else {
        return None;
    };
    forms.iter().find_map(|(rule, _)| {
        let rule = reader.lexicon.rules.get(*rule)?;
        if !rule.id.starts_with("mission.") {
            return None;
        }
        let again = rule.set.get("status").is_some_and(|s| s == "reopened");
        match rule.set.get("slot").map(String::as_str) {
            Some("opened") if again => Some(Turn::Reopened),
            Some("opened") => Some(Turn::Opened),
            Some("closed") => Some(Turn::Closed),
            _ => None,
        }
    })
}
