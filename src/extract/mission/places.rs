//! A mission noun phrase → the missions that it means: sender, receiver and seat of each.

use super::joint::joint;
use crate::extract::items::{Item, ItemKind, MissionNp, all_of_them, dates_behind, own_date};
use crate::extract::reader::Reader;
use crate::fact::{Fact, Kind, Slot, Value};
use crate::language::Class;

/// How many items a note in brackets behind a place may have.
const NOTE: usize = 10;

/// A mission noun phrase with its sides and seats found out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Placed {
    pub(super) sending: usize,
    pub(super) receiving: Option<usize>,
    pub(super) city: Option<usize>,
    pub(super) formerly: bool,
    /// Index of the kind of mission.
    pub(super) kind: usize,
    /// The sending side was taken from the document, not from the phrase.
    pub(super) assumed: bool,
    /// Index of the date that stands behind its city in a list of several.
    pub(super) dated: Option<usize>,
}

pub(super) fn base(reader: &Reader<'_>, placed: &Placed) -> Fact {
    let mut fact = Fact::new(Kind::Mission);
    fact.set(
        Slot::Kind,
        Value::Term(
            reader
                .lexicon
                .missions
                .get(placed.kind)
                .cloned()
                .unwrap_or_default(),
        ),
    );
    if let Some(value) = reader.body_value(placed.sending) {
        fact.set(Slot::Sending, value);
    }
    if let Some(value) = placed.receiving.and_then(|r| reader.body_value(r)) {
        fact.set(Slot::Receiving, value);
    }
    if let Some(value) = placed.city.and_then(|c| reader.city_value(c)) {
        fact.set(Slot::City, value);
    }
    fact
}

/// One placed mission per city of the phrase; sides that the phrase leaves open come from the owner, the document's mission, or its sides.
pub(super) fn places(
    reader: &Reader<'_>,
    items: &[Item],
    index: usize,
    np: &MissionNp,
    owner: Option<usize>,
) -> Vec<Placed> {
    let owner = owner.or_else(|| has_it(items, index));
    let in_country = country_of_clause(reader, items, index);
    let own = reader.own_mission.as_ref();
    let colony = colony_after(items, index);
    let behind = seats_behind(items, index);
    let mut cities: Vec<(Option<usize>, bool, Option<usize>)> =
        np.cities.iter().map(|c| (Some(c.0), c.2, None)).collect();
    if behind.is_empty() && cities.len() > 1 {
        let dates = in_order(items, np).unwrap_or_else(|| dates_of_seats(items, np));
        for (city, date) in cities.iter_mut().zip(dates) {
            city.2 = date;
        }
    }
    if !behind.is_empty() {
        if let Some(last) = cities.last_mut() {
            last.2 = own_date(items, index);
        }
        cities.extend(
            behind
                .into_iter()
                .map(|(city, date)| (Some(city), false, date)),
        );
    }
    if cities.is_empty() && np.receiving.is_none() {
        // "Chile's consulates are in Bergen and Oslo", "the embassy that it had in Oslo"
        let mut said = seats_said(items, index);
        said.extend(seat_in_relative(items, index));
        cities.extend(said.into_iter().map(|city| (Some(city), false, None)));
    }
    if cities.is_empty() {
        cities.push((None, false, None));
    }
    let count = cities.len();
    let mut placed = Vec::new();
    let mut sender = None;
    for (nth, (city, formerly, dated)) in cities.into_iter().enumerate() {
        // "Spain has consulates in Caracas and Barcelona": of cities of one name not that at home.
        let home = np.sending.or(owner);
        let abroad = |c: usize| {
            let there = reader.other_side(home?)?;
            let at_home = reader.state_of_city(c) == home;
            at_home.then(|| reader.namesake(c, there)).flatten()
        };
        let city = city.map(|c| abroad(c).unwrap_or(c));
        let of_city = city.and_then(|c| reader.state_of_city(c));
        let mut receiving = np
            .receiving
            .or_else(|| if nth + 1 == count { colony } else { None });
        let mut sending = np.sending.or_else(|| owner.filter(|o| Some(*o) != of_city));
        let mut assumed = false;
        // A place under another state's rule, told inside a clause about that state, is received by it.
        if receiving.is_none()
            && let (Some(state), Some(country)) = (of_city, in_country)
            && count > 1
            && Some(country) != sending
            && state != country
        {
            receiving = Some(country);
        }
        receiving = receiving.or(of_city);
        if sending.is_none() {
            assumed = true;
            sending = match (receiving, own) {
                (Some(r), Some(own)) if Some(r) == own.receiving => Some(own.sending),
                // "Embassies in Bangkok and Dhaka were opened": of the one state that the document is about.
                (Some(r), _) => reader
                    .other_side(r)
                    .or_else(|| reader.home().filter(|home| *home != r)),
                (None, Some(own)) => Some(own.sending),
                (None, None) => None,
            };
        }
        // "its consulates in A and in B": what the one place tells of the sender holds for the other.
        let Some(sending) = sending.or(sender) else {
            continue;
        };
        sender = Some(sending);
        if receiving.is_none() {
            assumed = true;
            receiving = reader
                .other_side(sending)
                .or_else(|| {
                    own.filter(|o| o.sending == sending)
                        .and_then(|o| o.receiving)
                })
                .or_else(|| reader.home().filter(|home| *home != sending));
        }
        if receiving == Some(sending) {
            continue;
        }
        // The document's own mission, spoken of without its city, or by the plain name of its kind.
        let spoken = own.filter(|o| {
            o.sending == sending
                && o.receiving == receiving
                && (o.kind == np.kind
                    || !o.raised
                        && (np.cities.is_empty() || city == o.city)
                        && akin(reader, o.kind, np.kind))
        });
        let city = city.or_else(|| spoken.and_then(|o| o.city));
        let kind = spoken.map_or(np.kind, |o| o.kind);
        placed.push(Placed {
            kind,
            sending,
            receiving,
            city,
            formerly,
            assumed,
            dated,
        });
    }
    // "the embassies of Kenya and Ghana"
    if let [only] = placed.as_slice() {
        let first = *only;
        placed.extend(
            joint(reader, items, index)
                .into_iter()
                .filter_map(|sending| {
                    let receiving = reader.other_side(sending).or(first.receiving);
                    let there = receiving == first.receiving;
                    (receiving != Some(sending)).then_some(Placed {
                        sending,
                        receiving,
                        city: first.city.filter(|_| there),
                        ..first
                    })
                }),
        );
    }
    // "embassies in Kenya and Ghana"
    if let [only] = placed.as_slice()
        && only.city.is_none()
        && np.receiving.is_some()
        && items.get(index).is_some_and(plural)
    {
        let first = *only;
        let rest = states_behind(items, index);
        let rest = rest.into_iter().filter(|b| *b != first.sending);
        placed.extend(rest.map(|body| Placed {
            receiving: Some(body),
            ..first
        }));
    }
    placed
}

/// Whether a phrase speaks of several missions.
pub(super) fn plural(item: &Item) -> bool {
    item.folded
        .split(' ')
        .any(|word| word.ends_with('s') || word.ends_with('x'))
}

/// The cities that a copula behind a phrase gives as its seats.
fn seats_said(items: &[Item], index: usize) -> Vec<usize> {
    let stands = |i: &Item| i.is(Class::Be) || i.is(Class::MissionStands);
    if !items.get(index + 1).is_some_and(stands) {
        return Vec::new();
    }
    let small = |i: &Item| {
        i.sign(',')
            || matches!(i.kind, ItemKind::Word)
                && (i.is(Class::And) || i.is(Class::In) || i.is(Class::Article))
    };
    let placed = items.get(index + 2).is_some_and(|i| i.is(Class::In));
    items
        .iter()
        .skip(index + 2)
        .take_while(|i| placed && (small(i) || i.city().is_some()))
        .filter_map(Item::city)
        .collect()
}

/// "the embassy that it maintained in Oslo": the city of the relative clause right behind a phrase.
fn seat_in_relative(items: &[Item], index: usize) -> Option<usize> {
    let clause = items.get(index + 1..)?;
    let clause = clause.get(
        ..clause
            .iter()
            .position(|i| i.sign(',') || i.sign('.') || i.sign(';'))?,
    )?;
    let pronoun = clause.first()?;
    let relative =
        pronoun.is(Class::Relative) || pronoun.actor().is_some_and(|a| a.stand.is_some());
    let city = clause
        .iter()
        .take(7)
        .find(|i| i.city().is_some() || i.mission().is_some())?;
    city.city().filter(|_| relative && city.has_prep(Class::In))
}

/// "the consulate that Peru had in Oran": the state that the clause right behind a mission says has it, or had done something with it.
fn has_it(items: &[Item], index: usize) -> Option<usize> {
    let mut behind = items.get(index + 1..)?.iter();
    behind.next()?.is(Class::Relative).then_some(())?;
    let mut behind = behind.skip_while(|i| i.is(Class::Article));
    let state = behind.next().filter(|i| i.prep.is_empty() && !i.genitive)?;
    let verb = behind.next()?;
    (verb.is_finite() || verb.is(Class::Have))
        .then(|| state.named_body())
        .flatten()
}

/// The states that continue a list behind a phrase: "in Kenya, Ghana and Togo".
fn states_behind(items: &[Item], index: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut joined = false;
    for (at, item) in items.iter().enumerate().skip(index + 1) {
        let small = matches!(item.kind, ItemKind::Word)
            && [Class::Article, Class::In, Class::To]
                .iter()
                .any(|c| item.is(*c));
        if item.sign(',') || item.is(Class::And) {
            joined = true;
        } else if let Some(body) = item.named_body().filter(|_| joined && !item.genitive) {
            let verb = items
                .get(at + 1)
                .is_some_and(|n| n.is_finite() || n.is(Class::Be) || n.is(Class::Have));
            if verb {
                break;
            }
            found.push(body);
            joined = false;
        } else if !small {
            break;
        }
    }
    found
}

/// Whether the plain name of a kind can stand for the finer one ("the consulate" for a consulate general).
pub(super) fn akin(reader: &Reader<'_>, full: usize, plain: usize) -> bool {
    let name = |kind: usize| reader.lexicon.missions.get(kind).map_or("", String::as_str);
    full != plain && name(full).split(' ').next() == Some(name(plain))
}

/// The state that the clause before the mission speaks of: "a presence in France …, opening consulates in …".
fn country_of_clause(reader: &Reader<'_>, items: &[Item], index: usize) -> Option<usize> {
    items
        .get(..index)?
        .iter()
        .rev()
        .filter(|i| i.has_prep(Class::In))
        .find_map(|i| i.named_body().filter(|b| !reader.is_organisation(*b)))
}

/// "Algiers, in French Algeria": the state whose adjective stands before the territory's name.
fn colony_after(items: &[Item], index: usize) -> Option<usize> {
    let after: Vec<&Item> = items
        .get(index + 1..)?
        .iter()
        .filter(|i| !i.sign(',') && !i.is(Class::In) && !i.is(Class::Article))
        .take(2)
        .collect();
    match after.as_slice() {
        [
            Item {
                kind: ItemKind::Body(ruler, true),
                ..
            },
            Item {
                kind: ItemKind::Body(_, false),
                ..
            },
        ] => Some(*ruler),
        _ => None,
    }
}

/// "consulates at A in 1738, at B in 1750", "consulates along the coast: at A in 1738, at B (1750)": the places that follow a mission's own
/// with dates between, or several missions behind a colon, each with its date.
fn seats_behind(items: &[Item], index: usize) -> Vec<(usize, Option<usize>)> {
    let mut found = Vec::new();
    let colon = items
        .get(index)
        .filter(|i| plural(i) && i.mission().is_some_and(|np| np.cities.is_empty()))
        .and_then(|_| {
            let behind = items.get(index + 1..)?;
            let colon = behind.iter().position(|i| i.sign(':'))?;
            let other = behind.get(..colon)?.iter().any(|i| i.mission().is_some());
            (!other).then_some(index + 1 + colon)
        });
    let mut dated = colon.is_some();
    let mut noted = false;
    let mut at = colon.unwrap_or(index) + 1;
    while let Some(item) = items.get(at) {
        if let Some(city) = item.city() {
            if !dated && !noted && found.is_empty() {
                break;
            }
            let led = date_before(items, at).filter(|_| dated);
            found.push((city, led.or_else(|| own_date(items, at))));
            at += 1;
            continue;
        }
        // "in A, B (closed in 1999) and C"
        if let Some(close) = note(items, at).filter(|_| plural_at(items, index)) {
            dated |= items
                .get(at..close)
                .is_some_and(|b| b.iter().any(Item::is_date));
            noted = true;
            at = close + 1;
            continue;
        }
        let passes = matches!(item.kind, ItemKind::Date(_))
            || item.sign(',')
            || item.sign('(')
            || item.sign(')')
            || all_of_them(items, at)
            || matches!(item.kind, ItemKind::Word)
                && (item.is(Class::And) || item.is(Class::In) || item.is(Class::Article));
        dated |= matches!(item.kind, ItemKind::Date(_));
        if !passes {
            break;
        }
        at += 1;
    }
    shared(items, found.iter_mut().map(|(_, date)| date));
    // "three honorary consulates: A, B and C": nothing but places up to the end.
    let ends = |i: &Item| i.sign('.') || i.sign(';');
    let listed = colon.is_some() && found.len() > 1 && items.get(at).is_none_or(ends);
    // "in A (1965), B (1970) and C": the dates of the others stand in brackets.
    let noted = noted || in_brackets(items, &found) && items.get(at).is_none_or(ends);
    found.retain(|(_, date)| noted || listed || date.is_some());
    found
}

/// Whether all dates of places stand right behind them in brackets.
fn in_brackets(items: &[Item], places: &[(usize, Option<usize>)]) -> bool {
    let mut dates = places.iter().filter_map(|(_, date)| *date).peekable();
    let bracketed = |date: usize| {
        let before = items.get(..date).unwrap_or(&[]).iter().rev();
        let mut before = before.skip_while(|i| i.is(Class::Since) || i.is(Class::Until));
        before.next().is_some_and(|i| i.sign('('))
    };
    dates.peek().is_some() && dates.all(bracketed)
}

/// "in A and, since 2013, B": the date between commas behind "and", which is that of the place behind it.
fn date_before(items: &[Item], city: usize) -> Option<usize> {
    let small = |i: &Item| i.is(Class::In) || i.is(Class::Article);
    let before = items.get(..city)?;
    let comma = before.iter().rposition(|i| !small(i))?;
    let date = comma
        .checked_sub(1)
        .filter(|_| items.get(comma).is_some_and(|i| i.sign(',')))?;
    items.get(date).filter(|i| i.is_date())?;
    let led = |i: &Item| small(i) || i.is(Class::Since) || i.is(Class::From);
    let open = items.get(..date)?.iter().rposition(|i| !led(i))?;
    let and = open.checked_sub(1).and_then(|i| items.get(i));
    let joined =
        items.get(open).is_some_and(|i| i.sign(',')) && and.is_some_and(|i| i.is(Class::And));
    joined.then_some(date)
}

/// Whether a date is that of a place behind it in a list ("in A and, since 2013, B").
pub(super) fn leads_place(items: &[Item], date: usize) -> bool {
    let mut behind = date + 1..items.len().min(date + 5);
    let city = behind.find(|&i| items.get(i).is_some_and(|x| x.city().is_some()));
    city.is_some_and(|city| date_before(items, city) == Some(date))
}

/// "(closed in 1999)": the end of a bracket that opens at an item and tells something of the place before it.
fn note(items: &[Item], at: usize) -> Option<usize> {
    items.get(at).filter(|i| i.sign('('))?;
    let close = (at + 1..items.len())
        .take(NOTE)
        .find(|&i| items.get(i).is_some_and(|x| x.sign(')')))?;
    let inside = items.get(at + 1..close)?;
    // "(closed in 1999)", "(consul: Ana Soto, since 2009)"
    let told = inside.iter().any(|i| i.is_finite() || i.actor().is_some());
    (told && inside.iter().all(|i| i.mission().is_none())).then_some(close)
}

fn plural_at(items: &[Item], index: usize) -> bool {
    items.get(index).is_some_and(plural)
}

/// "at A and B in 1785": who has no date of its own shares that of the next, but for one in brackets ("at A and B (1785)") or one
/// that leads the last place ("at A and, since 1785, B").
fn shared<'d>(items: &[Item], dates: impl DoubleEndedIterator<Item = &'d mut Option<usize>>) {
    let bracketed = |date: usize| {
        let before = items.get(..date).unwrap_or(&[]).iter().rev();
        let mut before = before.take_while(|i| !i.sign(')') && i.city().is_none());
        before.any(|i| i.sign('('))
    };
    let mut next = None;
    for date in dates.rev() {
        next = date.or(next);
        *date = next;
        next = next.filter(|date| !(bracketed(*date) || leads_place(items, *date)));
    }
}

/// "embassies in A and B in 2006 and 2007 respectively": as many dates behind the places as there are places, in their order.
fn in_order(items: &[Item], np: &MissionNp) -> Option<Vec<Option<usize>>> {
    let last = np
        .cities
        .iter()
        .map(|c| c.1)
        .max_by_key(|span| span.start)?;
    let from = items.iter().position(|i| i.span.contains(last))? + 1;
    let dates = dates_behind(items, from);
    (dates.len() == np.cities.len()).then(|| dates.into_iter().map(Some).collect())
}

/// "consulates were opened at A (1738) and B (1750)": the dates of the places of a phrase that stand apart from it.
fn dates_of_seats(items: &[Item], np: &MissionNp) -> Vec<Option<usize>> {
    let own = |span| {
        let at = items
            .iter()
            .position(|i| i.span == span && i.city().is_some())?;
        own_date(items, at)
    };
    let mut dates: Vec<Option<usize>> = np.cities.iter().map(|c| own(c.1)).collect();
    shared(items, dates.iter_mut());
    dates
}
