//! Missions: that they exist, were opened, closed, reopened; and what else happens to them.

mod covers;
mod mentioned;
mod spoken;

use super::dates::Bound;
use super::frame::Frame;
use super::items::{Item, ItemKind, MissionNp};
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Flag, Kind, Modality, Slot, Value};
use crate::language::{Class, Rule};
pub(super) use mentioned::{address, entry, listed, mentioned, opened};
use spoken::Spoken;

/// A mission noun phrase with its sides and seats found out.
struct Placed {
    sending: usize,
    receiving: Option<usize>,
    city: Option<usize>,
    formerly: bool,
    /// Index of the kind of mission.
    kind: usize,
    /// The sending side was taken from the document, not from the phrase.
    assumed: bool,
}

/// Claims of a mission rule's frame: a rule with `slot` sets a date of the mission, a rule with `event` tells of a mission event.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let spoken = Spoken::new(reader, index, earlier);
    if rule.set.get("slot").is_some_and(|s| s == "covers") {
        return covers::claims(reader, sentence, rule, frame, &spoken);
    }
    let mut indexes: Vec<usize> = frame.role(items, rule, "mission");
    indexes.retain(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Mission(_)))
    });
    let owners = reader.bodies(items, &frame.role(items, rule, "sender"));
    let dated = reader.date(sentence, frame.date);
    // "a presence since 1841, opening consulates …": a date that another verb owns is not the opening's; "since at least" is no opening.
    let own = frame.date.is_some_and(|d| own_date(items, frame, d))
        && !matches!(dated.bound, Bound::Before);
    let mut claims = Vec::new();
    if indexes.is_empty() && rule.set.get("slot").is_some_and(|s| s != "none") {
        // "It was closed in 1931": the mission spoken of.
        indexes.extend(spoken::pronoun(items, frame));
    }
    if indexes.is_empty()
        && let Some(event) = rule.set.get("event")
    {
        claims.extend(event_alone(reader, sentence, rule, frame, event));
    }
    let (shared, shared_own) = (dated, own);
    for &index in &indexes {
        let resolved = spoken.resolve(items, index, &owners);
        let np = match (items.get(index).map(|i| &i.kind), &resolved) {
            (_, Some((np, _))) => np,
            (Some(ItemKind::Mission(np)), None) => np,
            (_, None) => continue,
        };
        // "a legation was opened in Oslo", "the embassy of Peru is located in Oslo": the seat stands apart from the noun.
        let mut np = np.clone();
        if np.cities.is_empty()
            && let Some((city, span)) = frame.phrases.iter().find_map(|&i| {
                let item = items.get(i).filter(|x| x.has_prep(Class::In))?;
                if let ItemKind::City(city) = item.kind {
                    Some((city, item.span))
                } else {
                    None
                }
            })
            && np
                .receiving
                .is_none_or(|r| reader.state_of_city(city) == Some(r))
        {
            np.cities.push((city, span, false));
        }
        let np = &np;
        // "a consulate in A in 1970 and one in B": the date between the two is the first one's.
        let parted = frame.date.is_some_and(|d| {
            d > frame.at && d < index && indexes.iter().any(|&m| m > frame.at && m < d)
        });
        let (dated, own) = if parted {
            let next = (index + 1..items.len())
                .take_while(|&i| {
                    items.get(i).is_some_and(|x| {
                        !matches!(x.kind, ItemKind::Mission(_) | ItemKind::Trigger(_))
                    })
                })
                .find(|&i| {
                    items
                        .get(i)
                        .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
                });
            (reader.date(sentence, next), next.is_some())
        } else {
            (shared.clone(), shared_own)
        };
        for placed in places(reader, items, index, np, owners.first().copied()) {
            let mut placed = placed;
            if placed.city.is_none() && np.cities.is_empty() {
                placed.city = city_behind(reader, items, frame, &placed).or_else(|| {
                    // "Lima, Monday 12: opening of the embassy …"
                    reader
                        .lead_city(sentence)
                        .filter(|c| reader.state_of_city(*c) == placed.receiving)
                });
            }
            let mut fact = base(reader, &placed);
            let mut flags = dated.flags.clone();
            let mut evidence = if placed.assumed {
                reader.side_evidence()
            } else {
                Vec::new()
            };
            evidence.extend(resolved.as_ref().map(|(_, from)| *from));
            let slot = rule.set.get("slot").and_then(|s| Slot::parse(s));
            let asked = slot == Some(Slot::Closed) && frame.modality == Modality::Requested;
            if let Some(event) = rule
                .set
                .get("event")
                .cloned()
                .or_else(|| asked.then(|| "closed".to_owned()))
            {
                fact.kind = Kind::MissionEvent;
                fact.set(Slot::Event, Value::Term(event));
                let mut actor = reader.bodies(items, &frame.role(items, rule, "actor"));
                if asked {
                    // Who asks: the first body of the sentence that is not the one asked.
                    let named: Vec<usize> = (0..frame.at).collect();
                    actor = reader.bodies(items, &named);
                    actor.retain(|a| *a != placed.sending);
                }
                if let Some(value) = actor.first().and_then(|a| reader.body_value(*a)) {
                    fact.set(Slot::Actor, value);
                }
                request_dates(sentence, frame, &mut fact, &mut flags);
            } else if let Some(slot) = slot {
                let own = own
                    && !(np.cities.len() > 1
                        && dated.bound == Bound::Since
                        && frame.date > Some(index));
                if own && (dated.bound != Bound::Until || slot == Slot::Closed) {
                    dated.put(&mut fact, slot);
                    if let Some(date) = fact.date(slot).copied()
                        && frame.date.is_some_and(|d| circumstance(items, frame.at, d))
                        && let Some(year) = date.year()
                    {
                        fact.set(slot, Value::Date(crate::fact::Edtf::in_year(year)));
                    }
                    if let Some(date) = fact.date(slot).copied()
                        && let Some(start) = date.start
                        && date.interval
                        && (date.end.is_none() || slot == Slot::Closed)
                    {
                        fact.set(slot, Value::Date(crate::fact::Edtf::on(start)));
                    }
                }
                if let Some(status) = rule.set.get("status") {
                    fact.set(Slot::Status, Value::Term(status.clone()));
                }
                evidence.extend(dated.evidence.iter().copied());
            }
            if placed.formerly {
                fact.set(Slot::Status, Value::Term("former".to_owned()));
            }
            claims.push(reader.claim(fact, rule, sentence, Some(frame), evidence, flags));
        }
    }
    claims
}

/// "An embassy of Peru was opened in Tokyo": the city that stands behind the verb, in the receiving state.
fn city_behind(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
    placed: &Placed,
) -> Option<usize> {
    let after = items.get(frame.at + 1..frame.clause.1)?;
    after
        .iter()
        .filter(|i| i.has_prep(Class::In))
        .find_map(|i| {
            if let ItemKind::City(city) = i.kind {
                Some(city)
            } else {
                None
            }
        })
        .filter(|c| placed.receiving.is_some() && reader.state_of_city(*c) == placed.receiving)
}

/// An event that names no mission: "Switzerland acting as Peru's protecting power". Whose missions it concerns stands as genitive or after "of".
fn event_alone(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    event: &str,
) -> Option<Claim> {
    let items = &sentence.items;
    let sending = *reader
        .bodies(items, &frame.role(items, rule, "sender"))
        .first()?;
    let actor = reader
        .bodies(items, &frame.role(items, rule, "actor"))
        .into_iter()
        .find(|a| *a != sending)?;
    let mut fact = Fact::new(Kind::MissionEvent);
    fact.set(Slot::Event, Value::Term(event.to_owned()));
    fact.set(Slot::Sending, reader.body_value(sending)?);
    fact.set(Slot::Actor, reader.body_value(actor)?);
    let mut evidence = Vec::new();
    if let Some(receiving) = reader.other_side(sending) {
        fact.set(Slot::Receiving, reader.body_value(receiving)?);
        evidence = reader.side_evidence();
    }
    let dated = reader.date(sentence, frame.date);
    dated.put(&mut fact, Slot::Date);
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags))
}

/// Whether the date belongs to the frame's trigger: in its clause, with no comma and other verb between.
fn own_date(items: &[Item], frame: &Frame, date: usize) -> bool {
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
        // A date at the head of the sentence speaks for all that the sentence tells.
        !since
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

/// Dates of a request: the day it was made and the day by which something was asked for.
fn request_dates(sentence: &Sentence, frame: &Frame, fact: &mut Fact, flags: &mut Vec<Flag>) {
    // "that it be closed and the staff removed before 10 June": the deadline may stand behind what else was asked.
    let dates: Vec<_> = (frame.clause.0..sentence.items.len())
        .filter_map(|i| sentence.items.get(i))
        .take_while(|i| !i.sign(';'))
        .filter_map(|i| {
            if let ItemKind::Date(found) = &i.kind {
                Some(found)
            } else {
                None
            }
        })
        .collect();
    let deadline = dates
        .iter()
        .find(|d| matches!(d.bound, Bound::Before | Bound::Until))
        .and_then(|d| d.date);
    let made = dates
        .iter()
        .find(|d| matches!(d.bound, Bound::None))
        .and_then(|d| d.date);
    if let Some(day) = deadline.and_then(|d| d.start) {
        fact.set(Slot::Deadline, Value::Date(crate::fact::Edtf::until(day)));
        if made
            .and_then(|m| m.start)
            .is_some_and(|m| m.first() > day.last())
        {
            flags.push(Flag::DeadlineBeforeRequest);
        }
    }
    if let Some(made) = made {
        fact.set(Slot::Date, Value::Date(made));
    }
}

fn base(reader: &Reader<'_>, placed: &Placed) -> Fact {
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
fn places(
    reader: &Reader<'_>,
    items: &[Item],
    index: usize,
    np: &MissionNp,
    owner: Option<usize>,
) -> Vec<Placed> {
    let in_country = country_of_clause(reader, items, index);
    let own = reader.own_mission.as_ref();
    let colony = colony_after(items, index);
    let cities: Vec<(Option<usize>, bool)> = if np.cities.is_empty() {
        vec![(None, false)]
    } else {
        np.cities.iter().map(|c| (Some(c.0), c.2)).collect()
    };
    let count = cities.len();
    let mut placed = Vec::new();
    for (nth, (city, formerly)) in cities.into_iter().enumerate() {
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
                (Some(r), _) => reader.other_side(r),
                (None, Some(own)) => Some(own.sending),
                (None, None) => None,
            };
        }
        let Some(sending) = sending else { continue };
        if receiving.is_none() {
            assumed = true;
            receiving = reader.other_side(sending).or_else(|| {
                own.filter(|o| o.sending == sending)
                    .and_then(|o| o.receiving)
            });
        }
        if receiving == Some(sending) {
            continue;
        }
        // The document's own mission, spoken of without its city, or by the plain name of its kind.
        let spoken = own.filter(|o| {
            o.sending == sending
                && o.receiving == receiving
                && (o.kind == np.kind
                    || (np.cities.is_empty() || city == o.city) && akin(reader, o.kind, np.kind))
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
        });
    }
    placed
}

/// Whether the plain name of a kind can stand for the finer one ("the consulate" for a consulate general).
fn akin(reader: &Reader<'_>, full: usize, plain: usize) -> bool {
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
