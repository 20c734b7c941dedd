//! Lines and openings that say of which day a statement is: "Lima, 3 May 2001 – The Minister …", "Published on 3 May 2001".

use crate::extract::items::{Item, ItemKind};
use crate::fact::Day;
use crate::language::Class;
use crate::text::Span;

/// How many words may tell between the city and the day of a dateline who sends the news.
const SENDER: usize = 10;

/// What parts a dateline from its text.
const DASHES: [char; 4] = ['–', '-', '—', ':'];

/// "LIMA/PARIS, 7 August 2024 – The Minister …", "Lima, Press Office, 7 August 2024.- The Minister …", "LIMA, 7 August 2024 (AP) – …": whether a
/// sentence begins with cities, who sends the news, the day and a dash.
pub(super) fn dateline(items: &[Item]) -> bool {
    let Some(at) = items.iter().position(Item::is_date) else {
        return false;
    };
    let (lead, behind) = items.split_at(at);
    let behind = behind.get(1..).unwrap_or(&[]);
    let opens = |i: Option<&Item>| i.is_some_and(|i| i.sign('(') || i.sign('['));
    let closes = |i: &Item| i.sign(')') || i.sign(']');
    // "(Lima, 8 May 2014) The minister …"
    if opens(lead.first()) && behind.first().is_some_and(closes) {
        return lead.len() > 1 && names_places(lead);
    }
    // "LIMA (8 May 2014) – The minister …"
    let inside = opens(lead.last()) && behind.first().is_some_and(closes);
    let behind = behind.get(usize::from(inside)..).unwrap_or(&[]);
    let aside = behind.first().is_some_and(|i| i.sign('('));
    let closed = behind.iter().position(|i| i.sign(')')).filter(|_| aside);
    let mut rest = behind.iter().skip(closed.map_or(0, |at| at + 1));
    let dash = |i: Option<&Item>| i.is_some_and(is_dash);
    let next = rest.next();
    if lead.is_empty() {
        return opens_with_day(behind);
    }
    let stop = next.is_some_and(|i| i.sign('.'));
    // "8 May 2014.- In …"
    let parted = dash(next) || stop && dash(rest.next());
    // "LIMA, 8 May 2014 (Agency) The minister …"
    let agency = closed.is_some_and(|at| at <= SENDER);
    // "LIMA, 8 May 2014, Press Office – The minister …"
    let sent = || {
        let dash = behind.iter().take(SENDER).position(|i| is_dash(i));
        let sender = behind.get(..dash?)?;
        let told = sender.iter().any(tells);
        (sender.first()?.sign(',') && !told).then_some(())
    };
    let closed = stop || parted || agency || sent().is_some();
    names_places(lead) && closed || names_sender(lead) && parted
}

pub(super) fn is_dash(item: &Item) -> bool {
    DASHES.iter().any(|c| item.sign(*c))
}

/// Whether an item is none of those that tell who sends news.
fn tells(item: &Item) -> bool {
    item.verb.is_some() || item.is_date() || item.actor().is_some_and(|a| a.name.is_some())
}

/// "8 May 2014, Lima – The minister …": whether behind the day that opens a text a place and a dash stand.
fn opens_with_day(behind: &[Item]) -> bool {
    let dash = behind.iter().take(SENDER).position(is_dash);
    let places = dash.and_then(|at| behind.get(..at)).unwrap_or(&[]);
    let city = places.iter().any(|i| i.city().is_some());
    city && names_places(places)
}

/// "Date: 3 May 2001", "Published on 3 May 2001": whether a line says that a day is that of the text, and nothing else.
pub(super) fn publishes(items: &[Item]) -> bool {
    let Some((first, rest)) = items.split_first() else {
        return false;
    };
    let small = |i: &Item| i.is_date() || !i.is_np();
    first.is(Class::KeyDate) && rest.iter().all(small) && rest.iter().any(Item::is_date)
}

/// The only full day that a line has, if it is written there.
pub(super) fn day_written(items: &[Item]) -> Option<(Day, Span)> {
    let mut days = items.iter().filter_map(|item| {
        let ItemKind::Date(found) = &item.kind else {
            return None;
        };
        let date = found.date.filter(|d| !d.interval && found.from.is_none())?;
        Some((date.start.filter(|d| d.day.is_some())?, item.span))
    });
    days.next().filter(|_| days.next().is_none())
}

/// "LIMA/PARIS,", "APIA, Samoa,", "Panama,": whether nothing but places stands before the day of a dateline.
fn names_places(lead: &[Item]) -> bool {
    lead.iter().enumerate().all(|(at, i)| {
        // "Lima, a 3 de mayo"
        let small = i.is(Class::To) || i.is(Class::Article) || i.is(Class::Weekday);
        let place = matches!(i.kind, ItemKind::City(_) | ItemKind::Sign(_)) || at > 0 && small;
        // "Panama, 8 May 2014. The minister …": a capital that is called as its state, or a state in its place.
        place || matches!(i.kind, ItemKind::Body(_, false)) && (at > 0 || i.named_body().is_some())
    })
}

/// "Lima, Press Office,": whether a city and who sends the news stand before the day of a dateline.
fn names_sender(lead: &[Item]) -> bool {
    let city = lead.first().is_some_and(|i| i.city().is_some());
    let comma = |i: Option<&Item>| i.is_some_and(|i| i.sign(','));
    let parted = comma(lead.get(1)) && comma(lead.last());
    lead.len() <= SENDER && city && parted && !lead.iter().any(tells)
}
