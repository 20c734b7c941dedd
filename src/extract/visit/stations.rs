//! Stations of a journey: places that have days of their own in one list ("Lima (3–5 May), Quito (6–7) and, on the 9th, Bogotá").

use super::places::{Goal, place};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Day, Edtf};
use crate::language::Class;

/// A place of a journey, and when one was there.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) goal: Goal,
    pub(super) dated: Option<Dated>,
}

/// What a list of stations is made of.
enum Part {
    Place(Goal),
    /// A day, and whether a joint right before it gives it to the place that follows ("and, on the 9th, Bogotá").
    When(Dated, bool),
}

/// The stations that are listed behind an item: at least two of them with days of their own, or one whose day stands before it; else none.
pub(super) fn stops(reader: &Reader<'_>, sentence: &Sentence, behind: usize) -> Vec<Stop> {
    let items = &sentence.items;
    let opens = |i: &Item| matches!(i.kind, ItemKind::Date(_)) || placed(reader, i).is_some();
    let apart = |i: &Item| i.actor().is_some() || i.is_finite() || i.is(Class::Relative);
    let Some(first) = (behind + 1..items.len())
        .take_while(|&i| !items.get(i).is_some_and(apart))
        .find(|&i| items.get(i).is_some_and(opens))
    else {
        return Vec::new();
    };
    let parts = parts(reader, sentence, first);
    let stops = paired(parts);
    let dated = stops.iter().filter(|s| s.dated.is_some()).count();
    if stops.len() < 2 || dated == 0 {
        return Vec::new();
    }
    stops
}

/// The days of one station of a journey; where it has none of its own, the day said before the verb, or the month of the journey.
pub(super) fn station_dates(
    reader: &Reader<'_>,
    sentence: &Sentence,
    frame: &Frame,
    stops: &[Stop],
    goal: Goal,
    dated: &Dated,
) -> Vec<Dated> {
    let Some(stop) = stops.iter().find(|s| s.goal.to == goal.to) else {
        return Vec::new();
    };
    let whole = || {
        let before = (frame.clause.0..frame.at).rev().find(|&i| {
            let item = sentence.items.get(i);
            item.is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        });
        let mut whole = before.map_or_else(|| dated.clone(), |d| reader.date(sentence, Some(d)));
        whole.drop_day();
        whole
    };
    vec![stop.dated.clone().unwrap_or_else(whole)]
}

/// The state or city of an item that can be a station.
fn placed(reader: &Reader<'_>, item: &Item) -> Option<Goal> {
    place(reader, item)
        .filter(|g| !reader.is_organisation(g.to) && !item.has_prep(Class::Of) && !item.genitive)
        // "procedente de Nueva York": whence somebody comes.
        .filter(|_| !item.has_prep(Class::From) || item.has_prep(Class::To))
}

/// The places and days of a list from an item on, up to anything else.
fn parts(reader: &Reader<'_>, sentence: &Sentence, first: usize) -> Vec<Part> {
    let items = &sentence.items;
    let mut parts: Vec<Part> = Vec::new();
    let mut month = sentence.items.iter().find_map(day_of);
    let mut joined = false;
    let mut i = first;
    while let Some(item) = items.get(i) {
        if let Some(goal) = placed(reader, item) {
            match parts.last_mut() {
                // "San José, Costa Rica"
                Some(Part::Place(last)) if last.to == goal.to => {
                    last.city = last.city.or(goal.city)
                }
                _ => parts.push(Part::Place(goal)),
            }
            joined = false;
        } else if matches!(item.kind, ItemKind::Date(_)) {
            month = day_of(item).or(month);
            parts.push(Part::When(reader.date(sentence, Some(i)), joined));
            joined = false;
        } else if let Some((days, end)) = bare_days(items, i, month) {
            parts.push(Part::When(days, joined));
            joined = false;
            i = end;
            continue;
        } else if item.is(Class::And) || item.is(Class::Then) {
            joined = true;
        } else if !small(item) {
            break;
        }
        i += 1;
    }
    parts
}

/// What may stand between places and days.
fn small(item: &Item) -> bool {
    let signs = [',', ';', '(', ')', '–', '—', '-', ':', '.'];
    let words = [
        Class::In,
        Class::To,
        Class::From,
        Class::Of,
        Class::About,
        Class::Article,
        Class::DateFrom,
        Class::DateTo,
        Class::Weekday,
        Class::Days,
    ];
    if let ItemKind::Sign(c) = item.kind {
        return signs.contains(&c);
    }
    matches!(item.kind, ItemKind::Word) && words.iter().any(|c| item.is(*c))
}

/// The first day of an item that is a date with a month.
fn day_of(item: &Item) -> Option<Day> {
    let ItemKind::Date(found) = &item.kind else {
        return None;
    };
    found.date?.start.filter(|d| d.month.is_some())
}

/// "17–19", "del 17 al 20", "(23)" in the month told last, and the index behind it.
fn bare_days(items: &[Item], at: usize, month: Option<Day>) -> Option<(Dated, usize)> {
    let number = |i: usize| {
        let item = items.get(i).filter(|x| matches!(x.kind, ItemKind::Word))?;
        item.folded
            .parse::<u8>()
            .ok()
            .filter(|n| (1..=31).contains(n))
    };
    let first = number(at)?;
    let month = month?;
    let day = |n: u8| Day::checked(month.year, month.month, Some(n));
    let joint = items.get(at + 1).is_some_and(|x| {
        x.sign('–') || x.sign('-') || x.sign('—') || x.is(Class::DateTo) || x.is(Class::And)
    });
    let last = number(at + 2).filter(|n| joint && *n > first);
    let (date, end) = match last {
        Some(last) => (Edtf::between(day(first)?, day(last)?), at + 3),
        None => (Edtf::on(day(first)?), at + 1),
    };
    let dated = Dated {
        date: Some(date),
        ..Dated::default()
    };
    Some((dated, end))
}

/// Gives each place the day that stands behind it, or where the list is made the other way round, before it.
fn paired(parts: Vec<Part>) -> Vec<Stop> {
    let is_place = |p: Option<&Part>| matches!(p, Some(Part::Place(_)));
    let (opens, ends) = (is_place(parts.first()), is_place(parts.last()));
    let days = parts.len() - parts.iter().filter(|p| is_place(Some(p))).count();
    // "Lima, Quito and Bogotá in May": one day at the end is that of all.
    if opens && !ends && days < 2 {
        return Vec::new();
    }
    let mut stops: Vec<Stop> = Vec::new();
    let mut ahead: Option<Dated> = None;
    for part in parts {
        match part {
            Part::Place(goal) => stops.push(Stop {
                goal,
                dated: ahead.take(),
            }),
            Part::When(dated, joined) => {
                let before = if opens { ends && joined } else { ends };
                match stops.last_mut() {
                    Some(last) if !before => last.dated = last.dated.take().or(Some(dated)),
                    None if !before => {}
                    _ => ahead = Some(dated),
                }
            }
        }
    }
    stops
}
