//! "Chile followed suit a year later", "la yugoslava lo hizo en 1992": what was told of one mission, of another → claims.

use super::places::{Placed, base, places};
use super::raised::upgraded;
use super::spoken::indefinite;
use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::relations::likewise;
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Polarity, Slot};
use crate::language::{Class, Rule};

/// "And Chile followed in 1990": whether a state is the subject, and a date stands right behind the verb.
fn state_and_date(items: &[Item<'_>], frame: &Frame) -> bool {
    let subject = frame.subject.iter().filter_map(|&i| items.get(i));
    let states =
        subject.clone().next().is_some() && subject.clone().all(|i| i.named_body().is_some());
    // "followed in Oslo one year later"
    let seat = |i: &Item<'_>| i.city().is_some() && i.has_prep(Class::In);
    let mut behind = items.iter().skip(frame.at + 1);
    let next = behind.find(|i| !i.is(Class::In) && !seat(i));
    states && next.is_some_and(Item::is_date)
}

/// Claims of a verb that stands for the opening, raising or closing told last.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    // "Chile did not follow suit": nothing is told of another mission.
    if frame.polarity == Polarity::Denied {
        return Vec::new();
    }
    // "an embassy in A, followed in 1962 by a consulate in B": what follows stands behind the verb.
    if frame.passive && rule.set.get("same").is_some_and(|s| s == "mission") {
        return Vec::new();
    }
    if rule.set.get("same").is_some_and(|s| s == "state") && !state_and_date(&sentence.items, frame)
    {
        return Vec::new();
    }
    if rule.set.get("same").is_none_or(|s| s != "mission")
        && let Some(mut found) = likewise(reader, index, sentence, rule, frame, earlier)
    {
        // "Peru raised its legation to an embassy in 1967, and Chile followed suit in 1968": an embassy of the other's, too.
        let raised = |c: &Claim| c.fact.text(Slot::Event) == "upgraded";
        if found.iter().all(raised) && !found.is_empty() {
            let missions = missions(reader, index, sentence, rule, frame, earlier);
            let raised = |c: &Claim| c.fact.kind == Kind::Mission && c.fact.has(Slot::Opened);
            found.extend(missions.into_iter().filter(raised));
        }
        return found;
    }
    missions(reader, index, sentence, rule, frame, earlier)
}

/// Claims of the missions of which a verb says the same as of the one told last.
fn missions(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let only_missions = rule.set.get("same").is_some_and(|s| s == "mission");
    let model = model(reader, index, earlier, only_missions);
    let Some(model) = model else {
        return Vec::new();
    };
    let dated = reader.date(sentence, frame.date);
    let told = frame.date.filter(|&d| d > frame.at || dated.date.is_some());
    let slot = if model.fact.has(Slot::Closed) {
        Slot::Closed
    } else {
        Slot::Opened
    };
    // "Siguió un consulado en …": the subject behind the verb.
    let subjects = match frame.subject.as_slice() {
        [] if only_missions => &frame.object,
        _ => &frame.subject,
    };
    let placed = subjects.iter().flat_map(|&i| {
        let Some(item) = items.get(i) else {
            return Vec::new();
        };
        if only_missions && item.mission().is_none() {
            return Vec::new();
        }
        let further = || further(reader, items, frame, i, &model.fact);
        let other = other(reader, items, frame, item, &model.fact);
        other.map_or_else(further, |placed| vec![placed])
    });
    // "…, and that of Peru followed in 1960": with its mission the relations were raised by the other, too.
    let raised = [".upgraded", ".became", ".elevation"]
        .iter()
        .any(|rule| model.rule.ends_with(rule));
    let upgrade = |placed: &Placed| {
        let receiving = placed.receiving.filter(|_| raised)?;
        let kind = model.fact.text(Slot::Kind);
        let event = (!kind.contains("consul")).then_some("upgraded")?;
        let mut fact = upgraded(reader, [placed.sending, receiving], event);
        dated.put(&mut fact, Slot::Date);
        Some(fact)
    };
    placed
        .flat_map(|placed| {
            let mut fact = base(reader, &placed);
            let own = placed.dated.map(|d| reader.date(sentence, Some(d)));
            if let Some(own) = own {
                own.put(&mut fact, Slot::Opened);
            } else if told.is_some() {
                dated.put(&mut fact, slot);
            }
            let mut evidence = vec![Evidence {
                span: model.statement(),
                role: EvidenceRole::Antecedent,
            }];
            evidence.extend(dated.evidence.iter().copied());
            let facts = std::iter::once(fact).chain(upgrade(&placed));
            facts
                .map(|fact| {
                    let (evidence, flags) = (evidence.clone(), dated.flags.clone());
                    reader.claim(fact, rule, sentence, Some(frame), evidence, flags)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The mission of which something was told last, in this sentence or the one before it, with nothing of another kind told since.
/// What follows is another mission: it may stand some sentences behind, in the next paragraph too.
fn model<'t>(
    reader: &Reader<'_>,
    index: usize,
    earlier: &'t Told,
    follows: bool,
) -> Option<&'t Claim> {
    let here = reader.sentences.get(index)?;
    let reach = if follows { 3 } else { 1 };
    earlier
        .iter()
        .rev()
        .take_while(|c| {
            let told = reader.sentence_at(c.statement().start);
            let section = |s: &Sentence<'_>| reader.block(s).map(|b| &b.under);
            reader.near(index, c, reach)
                && told.is_some_and(|s| {
                    s.block == here.block || follows && section(s) == section(here)
                })
        })
        // Who opened it, and that relations were raised with it, is told of it.
        .find(|c| {
            !matches!(
                c.fact.kind,
                Kind::Appointment | Kind::Relations | Kind::MissionEvent
            )
        })
        .filter(|c| {
            let dated = c.fact.has(Slot::Opened) || c.fact.has(Slot::Closed);
            let here = || reader.near(index, c, 0);
            c.fact.kind == Kind::Mission && c.holds() && (dated || follows && here())
        })
}

/// The mission that the subject names: its own, or the other side's.
fn other(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
    item: &Item<'_>,
    model: &Fact,
) -> Option<Placed> {
    let (from, to) = (
        reader.body_in(model, Slot::Sending)?,
        reader.body_in(model, Slot::Receiving)?,
    );
    let np = item.mission();
    let capital = || reader.state_of_city(item.city()?);
    let mut city = np.and_then(|np| np.cities.first()).map(|c| c.0);
    let named = np
        .map_or_else(|| item.named_body(), |np| np.sending)
        .or_else(|| capital().filter(|_| np.is_none()));
    // "ours", "the one in Lima": of the side that did not send the first.
    let sending = match (named, np, city) {
        (Some(body), _, _) => body,
        (None, Some(_), Some(city)) if reader.state_of_city(city) == Some(from) => to,
        (None, Some(np), None) if np.possessive => to,
        _ => return None,
    };
    if reader.is_organisation(sending) || sending == from {
        return None;
    }
    let receiving = np
        .and_then(|np| np.receiving)
        .unwrap_or(if sending == to { from } else { to });
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    city = city
        .or_else(|| {
            behind
                .iter()
                .filter(|i| i.has_prep(Class::In))
                .find_map(Item::city)
        })
        .filter(|c| reader.state_of_city(*c) == Some(receiving));
    if receiving == to {
        city = city.or_else(|| reader.city_in(model, Slot::City));
    }
    let kind = model.text(Slot::Kind);
    let kind = reader.lexicon.mission(&kind)?;
    Some(Placed {
        kind,
        sending,
        receiving: Some(receiving),
        city,
        ..Placed::default()
    })
}

/// "A consulate followed in Callao in 1908", "consulates followed at A in 1738, at B in 1750": further missions of the state that sent the
/// one before, in the same state.
fn further(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
    at: usize,
    model: &Fact,
) -> Vec<Placed> {
    let (Some(from), Some(to)) = (
        reader.body_in(model, Slot::Sending),
        reader.body_in(model, Slot::Receiving),
    ) else {
        return Vec::new();
    };
    let Some(np) = items.get(at).and_then(Item::mission) else {
        return Vec::new();
    };
    // "The embassy followed in 1960" tells of one that was spoken of; in a text on one state "the embassy in Oslo followed" is another.
    let abroad = reader.home() == Some(from) && !reader.paired && !np.cities.is_empty();
    let other = indefinite(items, at) || plural(items, at) || abroad;
    if !other || np.sending.is_some_and(|s| s != from) {
        return Vec::new();
    }
    let mut np = np.clone();
    if np.cities.is_empty() {
        let (_, end) = frame.clause;
        let behind = items.get(frame.at + 1..end).unwrap_or(&[]);
        let cities = behind.iter().filter(|i| i.has_prep(Class::In));
        np.cities
            .extend(cities.filter_map(|i| Some((i.city()?, i.span, false))));
    }
    let found = places(reader, items, at, &np, Some(from));
    // "had a consulate in A; a legation followed in 1919": of another kind, in the same place.
    let other = reader.lexicon.missions.get(np.kind);
    let there = reader.city_in(model, Slot::City);
    let there = there.filter(|_| other.is_some_and(|k| *k != model.text(Slot::Kind)));
    let seat = |p: Placed| Placed {
        city: p.city.or(there),
        ..p
    };
    found
        .into_iter()
        .map(seat)
        .filter(|p| p.sending == from && p.city.is_some() && (abroad || p.receiving == Some(to)))
        .collect()
}

/// Whether a phrase without an article speaks of several missions.
fn plural(items: &[Item<'_>], at: usize) -> bool {
    let article = at
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(|i| i.is(Class::Article));
    !article && items.get(at).is_some_and(super::places::plural)
}
