//! Which date of a sentence is the day on which a mission of it was opened or closed.

use crate::extract::dates::{Bound, DateFound};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, MissionNp, dates_in_a_row};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Claim, Edtf, Fact, Polarity, Slot, Value};
use crate::language::Class;

/// "a consulate in A (Ana Soto, since 1998)": the frame without its date, where that stands in brackets behind somebody named there.
pub(super) fn without_holder(items: &[Item], frame: &Frame) -> Option<Frame> {
    let before = items.get(..frame.date?)?.iter().rev();
    let sign = |i: &&Item| i.sign('(') || i.sign(')');
    let opened = before.clone().find(sign).is_some_and(|i| i.sign('('));
    let mut within = before.take_while(|i| !i.sign('('));
    let named = within.any(|i| i.actor().is_some_and(|a| a.name.is_some()));
    (opened && named).then(|| Frame {
        date: None,
        ..frame.clone()
    })
}

/// "kept a legation from 1965 to 1972, when it was closed", "until 1979, when an embassy was opened": what a clause of time tells happened at the end of
/// the time before it.
pub(super) fn at_its_end(items: &[Item], frame: &Frame, dated: Dated) -> Dated {
    let until = dated.bound == Bound::Until;
    let last = |d: Edtf| {
        let interval = d.interval.then_some(d.end).flatten();
        interval.or_else(|| d.start.or(d.end).filter(|_| until))
    };
    let Some(end) = dated.date.and_then(last) else {
        return dated;
    };
    let led = frame.date.filter(|d| *d < frame.at).is_some_and(|d| {
        let between = items.get(d + 1..frame.at).unwrap_or(&[]);
        between
            .iter()
            .any(|i| i.is(Class::Relative) || i.is(Class::When))
    });
    if !led {
        return dated;
    }
    Dated {
        date: Some(Edtf::on(end)),
        bound: Bound::None,
        ..dated
    }
}

/// Sets the day on which a mission was opened or closed to the frame's date.
pub(super) fn put(items: &[Item], frame: &Frame, dated: &Dated, fact: &mut Fact, slot: Slot) {
    if dated.bound == Bound::Until && slot != Slot::Closed && !late(items, frame, dated) {
        return;
    }
    dated.put(fact, slot);
    if let Some(date) = fact.date(slot).copied()
        && frame.date.is_some_and(|d| circumstance(items, frame.at, d))
        && let Some(year) = date.year()
    {
        fact.set(slot, Value::Date(Edtf::in_year(year)));
    }
    if let Some(date) = fact.date(slot).copied()
        && let Some(start) = date.start
        && date.interval
        && (date.end.is_none() || slot == Slot::Closed)
    {
        fact.set(slot, Value::Date(Edtf::on(start)));
    }
}

/// "closed from 1977 to 1981": it opened again when that time was over.
pub(super) fn reopened(fact: &Fact, dated: &Dated) -> Option<Fact> {
    let end = dated
        .date
        .filter(|d| d.interval && d.start.is_some())?
        .end?;
    let mut again = fact.clone();
    again.slots.remove(&Slot::Closed);
    again.set(Slot::Opened, Value::Date(Edtf::on(end)));
    again.set(Slot::Status, Value::Term("reopened".to_owned()));
    Some(again)
}

/// "was not opened until 1967", "ne fut ouverte qu'en 1967": it was opened then.
pub(in crate::extract) fn late(items: &[Item], frame: &Frame, dated: &Dated) -> bool {
    let only = frame.date.is_some_and(|date| {
        let between = items.get(frame.at + 1..date).unwrap_or(&[]);
        between.iter().any(|i| i.is(Class::NothingBut))
    });
    frame.polarity == Polarity::Denied
        && (only || matches!(dated.bound, Bound::Until | Bound::Before))
}

/// The date of one of several subjects where there are as many dates behind the verb ("in 1961, 1974 and 1980 respectively").
pub(super) fn respectively(
    items: &[Item],
    frame: &Frame,
    count: usize,
    nth: usize,
) -> Option<usize> {
    let dates: Vec<usize> = (frame.at + 1..items.len())
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        })
        .collect();
    (count > 1 && dates.len() == count).then(|| dates.get(nth).copied())?
}

/// Where the frame's date stands between missions: the date of one of them. "A consulate in A in 1970 and one in B" gives it to the first,
/// "consulates in A and, from 1970, a legation in B" to the second.
pub(super) fn parted(
    items: &[Item],
    frame: &Frame,
    indexes: &[usize],
    index: usize,
) -> Option<Option<usize>> {
    let date = frame.date.filter(|d| *d > frame.at)?;
    let before = indexes.iter().any(|&m| m < date);
    let after = indexes.iter().any(|&m| m > date);
    if !(before && after) {
        return None;
    }
    let led = items
        .get(..date)?
        .iter()
        .rev()
        .find(|i| !i.sign(','))
        .is_some_and(|i| i.is(Class::And));
    Some(match (index < date, led) {
        (true, false) | (false, true) => Some(date),
        (true, true) => None,
        (false, false) => date_behind(items, index),
    })
}

/// "from 1967 to 1979 and again from 1992": the further time right behind a date.
pub(super) fn again(items: &[Item], date: usize) -> Option<usize> {
    let small = [
        Class::And,
        Class::Again,
        Class::Then,
        Class::In,
        Class::From,
        Class::Since,
    ];
    let mut behind = items.iter().enumerate().skip(date + 1);
    let (at, next) = behind.find(|(_, i)| !(i.sign(',') || small.iter().any(|c| i.is(*c))))?;
    let lasting = |d: &DateFound| d.bound == Bound::Since || d.date.is_some_and(|d| d.interval);
    let ends = items
        .get(at + 1)
        .is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)));
    let found = matches!(&next.kind, ItemKind::Date(d) if lasting(d));
    (at > date + 1 && found && ends).then_some(at)
}

/// The next date behind a mission, before any other mission or verb.
fn date_behind(items: &[Item], index: usize) -> Option<usize> {
    (index + 1..items.len())
        .take_while(|&i| {
            items
                .get(i)
                .is_some_and(|x| !matches!(x.kind, ItemKind::Mission(_) | ItemKind::Trigger(_)))
        })
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        })
}

/// Whether the date belongs to the frame's trigger: in its clause, with no comma and other verb between.
pub(super) fn own_date(items: &[Item], frame: &Frame, date: usize) -> bool {
    let (from, to) = if date < frame.at {
        (date, frame.at)
    } else {
        (frame.at, date)
    };
    let between = items.get(from + 1..to).unwrap_or(&[]);
    if date > frame.at {
        // After a list of places a date speaks of the last of them only.
        !between.iter().any(|i| i.is(Class::Formerly))
    } else {
        // "Peru has kept a presence since 1841, opening …"
        let since = items
            .get(date)
            .is_some_and(|i| matches!(&i.kind, ItemKind::Date(d) if d.bound == Bound::Since));
        // "Since 2019 Peru has had an embassy": the first verb behind the date.
        let first = date <= 1
            && !between
                .iter()
                .any(|i| i.verb.is_some() && !i.is(Class::Have) && !i.is(Class::Be));
        // A date at the head of the sentence speaks for all that the sentence tells.
        (!since || first)
            && (date <= 1
                || !between
                    .iter()
                    .any(|i| matches!(i.kind, ItemKind::Trigger(_))))
    }
}

/// Whether the date stands in a clause of circumstance (", with the envoy arriving on …"): it gives no more than the year.
fn circumstance(items: &[Item], at: usize, date: usize) -> bool {
    let between = items.get(at + 1..date).unwrap_or(&[]);
    between
        .iter()
        .zip(between.iter().skip(1))
        .any(|(a, b)| a.sign(',') && b.is(Class::With))
}

/// "A and B opened embassies in each other's capitals in 2006 and 2007": gives each of those who open missions the date that stands in its place.
pub(super) fn in_turn(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    frame: &Frame,
    owners: &[usize],
    claims: &mut [Claim],
) {
    let items = &sentence.items;
    let dated = |i: &usize| items.get(*i).is_some_and(Item::is_date);
    let Some(first) = (frame.at + 1..items.len()).find(dated) else {
        return;
    };
    let dates = dates_in_a_row(items, first);
    if owners.len() < 2 || dates.len() != owners.len() || claims.len() != owners.len() {
        return;
    }
    let place = |c: &Claim| {
        let sending = reader.body_in(&c.fact, Slot::Sending)?;
        owners.iter().position(|o| reader.same_state(*o, sending))
    };
    let places: Vec<Option<usize>> = claims.iter().map(place).collect();
    let all = (0..owners.len()).all(|n| places.contains(&Some(n)));
    let opened = claims.iter().all(|c| c.fact.has(Slot::Opened));
    if !all || !opened {
        return;
    }
    for (claim, place) in claims.iter_mut().zip(places) {
        if let Some(date) = place.and_then(|n| dates.get(n)) {
            reader
                .date(sentence, Some(*date))
                .put(&mut claim.fact, Slot::Opened);
        }
    }
}

/// Whether a date stands before the last of the cities of a phrase.
pub(super) fn before_city(items: &[Item], date: usize, np: &MissionNp) -> bool {
    let date = items.get(date).map_or(0, |i| i.span.start);
    np.cities.iter().any(|c| c.1.start > date)
}
