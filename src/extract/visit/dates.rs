//! The dates of a visit: several of one visitor, one of each of several visitors.

use super::places::{Goal, place};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, bracketed, date_among, own_date};
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::fact::Day;
use crate::language::{Class, Rule};

/// The dates of a list behind the sign at `at` ("on three occasions: in 1987, in May 1990 and in 1995", "three times (1964, 1971)").
pub(super) fn enumerated(items: &[Item], at: usize) -> Vec<usize> {
    let opens = items.get(at).is_some_and(|i| i.sign(':') || i.sign('('));
    let first = (at + 1..items.len()).take(3).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| !matches!(x.kind, ItemKind::Word) || x.verb.is_some())
    });
    let dated = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    if !opens || !first.is_some_and(dated) {
        return Vec::new();
    }
    (at + 1..items.len())
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';') && !x.sign(')')))
        .filter(|&i| {
            let led = i.checked_sub(1).and_then(|b| items.get(b));
            dated(i)
                && led.is_none_or(|b| {
                    matches!(b.kind, ItemKind::Sign(_))
                        || b.is(Class::In)
                        || b.is(Class::And)
                        || b.is(Class::About)
                        || b.is(Class::Article)
                })
        })
        .collect()
}

/// "visited Peru in 1960, 1964 and in 1971": the dates that follow a frame's date in one list, a visit each.
pub(super) fn further_dates(
    reader: &Reader<'_>,
    sentence: &Sentence,
    first: Option<usize>,
) -> Vec<Dated> {
    let items = &sentence.items;
    let dated = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let mut found = Vec::new();
    let mut at = match first {
        Some(first) => first + 1,
        None => return found,
    };
    while items.get(at).is_some() {
        let mut next = behind_note(items, at);
        let mut joined = false;
        while items.get(next).is_some_and(|x| {
            x.sign(',')
                || x.sign(';') && bracketed(items, next)
                || x.is(Class::And)
                || x.is(Class::Again)
                || x.is(Class::Then)
                || joined
                    && [Class::In, Class::About, Class::Article, Class::MissionOne]
                        .iter()
                        .any(|c| x.is(*c))
        }) {
            joined = true;
            next += 1;
        }
        // "in 1999 and, for the last time, in 2001"
        next = behind_aside(items, next).unwrap_or(next);
        // A date that opens the next clause ("…, and in 1971 he resigned") is no member of the list.
        let ends = items.get(behind_note(items, next + 1)).is_none_or(|x| {
            matches!(x.kind, ItemKind::Sign(_))
                || x.is(Class::And)
                || x.is(Class::Again)
                || x.is(Class::Then)
                || x.is(Class::Respectively)
                || x.is_finite()
        });
        if !joined || !dated(next) || !ends {
            break;
        }
        found.push(reader.date(sentence, Some(next)));
        at = next + 1;
    }
    found
}

/// Behind an aside between commas that only says how or how often: "and, for the last time, [in] 2001".
fn behind_aside(items: &[Item], at: usize) -> Option<usize> {
    let word = |i: usize| {
        let item = items.get(i)?;
        let other = [
            Class::Not,
            Class::Cancelled,
            Class::Planned,
            Class::VisitPrivate,
        ];
        // "and, as a guest of President X, in 2001"
        let led = item.actor().is_some() && !item.prep.is_empty();
        let plain = led || matches!(item.kind, ItemKind::Word) && item.verb.is_none();
        (plain && !other.iter().any(|c| item.is(*c))).then_some(())
    };
    word(at)?;
    let close = (at..at + ASIDE).find(|&i| items.get(i).is_some_and(|x| x.sign(',')))?;
    (at..close).all(|i| word(i).is_some()).then_some(())?;
    let led = items.get(close + 1)?;
    Some(close + 1 + usize::from(led.is(Class::In) || led.is(Class::About)))
}

/// Behind a note in brackets that names nobody: "in 2010 (state visit) and in 2014".
fn behind_note(items: &[Item], at: usize) -> usize {
    if !items.get(at).is_some_and(|i| i.sign('(')) {
        return at;
    }
    let close = (at + 1..items.len())
        .take(8)
        .take_while(|&i| {
            items.get(i).is_some_and(|x| {
                x.actor().is_none() && !matches!(x.kind, ItemKind::Date(_)) && !x.is_finite()
            })
        })
        .find(|&i| items.get(i).is_some_and(|x| x.sign(')')));
    close.map_or(at, |i| i + 1)
}

/// "In February and October 2003 X visited Peru": the dates before a frame's date in one list that opens the sentence, a visit each.
pub(super) fn earlier_dates(
    reader: &Reader<'_>,
    sentence: &Sentence,
    last: Option<usize>,
) -> Vec<Dated> {
    let items = &sentence.items;
    let small = |x: &Item| x.is(Class::In) || x.is(Class::About) || x.is(Class::Article);
    let joint = |x: &Item| {
        let joints = [Class::And, Class::Again, Class::Then];
        x.sign(',') || joints.iter().any(|c| x.is(*c))
    };
    let mut found = Vec::new();
    let mut joined = false;
    let mut rest = items.get(..last.unwrap_or(0)).unwrap_or(&[]);
    while let Some((item, before)) = rest.split_last() {
        if matches!(&item.kind, ItemKind::Date(d) if d.from.is_none()) && joined {
            found.push(before.len());
            joined = false;
        } else if joint(item) {
            joined = true;
        } else if !small(item) {
            return Vec::new();
        }
        rest = before;
    }
    let dated = |at: usize| reader.date(sentence, Some(at));
    found.into_iter().map(dated).collect()
}

/// How many items behind the comma of an aside the date may stand that it gives.
const ASIDE: usize = 6;

/// The date of a frame, but for one that is another's: "a tour that led her to Lima, and came back in 2006", "the visit of X, planned at first for May".
pub(super) fn own(items: &[Item], rule: &Rule, frame: &Frame) -> Option<usize> {
    let date = frame.date?;
    let between = items.get(frame.at + 1..date).unwrap_or(&[]);
    let led = rule.id.ends_with("visit.led");
    let other = |i: &Item| i.is_finite() && !i.is(Class::Be) && !i.is(Class::Have);
    let returned = led && between.iter().any(other);
    let comma = between.iter().rposition(|i| i.sign(','));
    let aside = comma.and_then(|c| between.get(c + 1..)).unwrap_or(&[]);
    let planned = |i: &Item| i.is(Class::Planned) || i.is(Class::Expected);
    let at_first = aside.len() <= ASIDE && aside.iter().any(|i| i.is(Class::AtFirst));
    if returned || at_first && aside.iter().any(planned) {
        return (0..frame.at)
            .rev()
            .find(|&i| items.get(i).is_some_and(Item::is_date));
    }
    Some(date)
}

/// "On Tuesday and Wednesday": the day right before that of a frame, where both stand before it, joined.
pub(super) fn day_before(
    reader: &Reader<'_>,
    sentence: &Sentence,
    frame: &Frame,
    dated: &Dated,
) -> Option<Day> {
    let items = &sentence.items;
    let last = frame.date.filter(|&d| d < frame.at)?;
    let joint = last
        .checked_sub(1)
        .filter(|&i| items.get(i).is_some_and(|x| x.is(Class::And)))?;
    let first = joint
        .checked_sub(1)
        .filter(|&i| items.get(i).is_some_and(Item::is_date))?;
    let day = reader.date(sentence, Some(first)).day()?;
    (day.plus_days(1) == dated.day()).then_some(day)
}

/// The dates that one of several visitors has of its own.
pub(super) fn own_dates(
    reader: &Reader<'_>,
    sentence: &Sentence,
    members: &[(Who, usize)],
    who: &Who,
    whole: Option<usize>,
) -> Vec<Dated> {
    let items = &sentence.items;
    let places: Vec<usize> = members.iter().map(|(_, i)| *i).collect();
    let Some((_, at)) = members.iter().find(|(w, _)| w == who) else {
        return Vec::new();
    };
    let own = date_among(items, &places, *at, None);
    if own.is_none() || own == whole && places.len() < 2 {
        return Vec::new();
    }
    let mut dates = vec![reader.date(sentence, own)];
    dates.extend(further_dates(reader, sentence, own));
    dates
}

/// Whether the date of a frame stands in the brackets of another of several visitors.
pub(super) fn of_another(
    reader: &Reader<'_>,
    sentence: &Sentence,
    members: &[(Who, usize)],
    who: &Who,
    dated: &Dated,
) -> bool {
    let items = &sentence.items;
    let places: Vec<usize> = members.iter().map(|(_, i)| *i).collect();
    let mut others = members.iter().filter(|(w, _)| w != who);
    let named = members.iter().any(|(w, _)| w == who);
    named
        && others.any(|(_, at)| {
            let bracket = items.get(at + 1).is_some_and(|x| x.sign('('));
            let own = date_among(items, &places, *at, None).filter(|_| bracket);
            own.is_some_and(|d| reader.date(sentence, Some(d)).date == dated.date)
        })
}

/// "X and Y travelled to Lima in 2001 and 2006 respectively": as many dates as visitors, in their order.
pub(super) fn respective(
    items: &[Item],
    members: &[(Who, usize)],
    who: &Who,
    first: &Dated,
    further: &[Dated],
) -> Option<Dated> {
    let said = items.iter().any(|i| i.is(Class::Respectively));
    let all = 1 + further.len();
    (said && all > 1 && all == members.len()).then_some(())?;
    let at = members.iter().position(|(w, _)| w == who)?;
    std::iter::once(first).chain(further).nth(at).cloned()
}

/// The date of one of several places that have dates of their own: "Lima (3 and 4 May), Quito (5 May)".
pub(super) fn place_dates(
    reader: &Reader<'_>,
    sentence: &Sentence,
    places: &[usize],
    goal: Goal,
) -> Vec<Dated> {
    let items = &sentence.items;
    let dated = |i: usize| own_date(items, i);
    if places.iter().filter(|&&i| dated(i).is_some()).count() < 2 {
        return Vec::new();
    }
    places
        .iter()
        .copied()
        .filter(|&i| {
            items
                .get(i)
                .and_then(|x| place(reader, x))
                .is_some_and(|g| g.to == goal.to)
        })
        .filter_map(|i| date_among(items, places, i, None))
        .map(|d| reader.date(sentence, Some(d)))
        .collect()
}
