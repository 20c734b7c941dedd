//! "X went in 1977, Y in 1983": further visitors with dates of their own, whose verb is left out.

use super::{Goal, claim, further_dates, goals, visit_kind};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, dates_in_a_row};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence, Who};
use crate::fact::{Claim, Modality, Slot, Value};
use crate::language::{Class, Head, Rule};

/// Within how many items the comma stands behind what says who somebody is.
const APPOSED: usize = 6;

/// How many items before a noun the verb stands that carries it.
const CARRIED: usize = 6;

/// Claims of the visitors that follow a visit's date, each with a date behind it and no verb of its own.
pub(super) fn gapped(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    date: Option<usize>,
    told: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let (Some(pattern), Some(date)) = (told.last(), date.filter(|&d| d > frame.at)) else {
        return Vec::new();
    };
    if rule.head != Head::Verb && !made(items, frame) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = behind_places(items, date + 1);
    while let Some(Member { who, field, when }) = next(items, at) {
        // "…, Y in 2011, 2013 and 2015"
        at = dates_in_a_row(items, when)
            .last()
            .map_or(when, |last| *last)
            + 1;
        let Some(item) = items.get(who) else { break };
        let dated = reader.date(sentence, Some(when));
        if dated.date.is_none() {
            continue;
        }
        for mut visitor in reader.who(index, item).into_iter().take(1) {
            of_field(reader, items, field, &mut visitor);
            let role = visitor.role.as_ref();
            let full = item
                .actor()
                .and_then(|a| a.name.as_ref())
                .is_some_and(|n| n.contains(' '));
            if role.is_some_and(|r| is_head_of_mission(r)) || role.is_none() && !full {
                continue;
            }
            let mut fact = pattern.fact.clone();
            for slot in [Slot::Visitor, Slot::Role, Slot::Start, Slot::End] {
                fact.slots.remove(&slot);
            }
            if let Some(person) = visitor.person.and_then(|p| reader.person_value(p)) {
                fact.set(Slot::Visitor, person);
            }
            // "X went in 2013, Y (of the other state) in 2015": each to the other's.
            let to = reader.body_in(&fact, Slot::To);
            if let (Some(of), Some(to)) = (visitor.of, to)
                && reader.same_state(of, to)
            {
                let from = reader.body_in(&fact, Slot::From);
                if let (Some(there), Some(here)) = (
                    from.and_then(|f| reader.body_value(f)),
                    reader.body_value(to),
                ) {
                    fact.set(Slot::To, there);
                    fact.set(Slot::From, here);
                    fact.slots.remove(&Slot::City);
                }
            }
            // "King X of Peru came in 1973 and Shah Y in 1977": whence the second came, where it is no side, the first does not tell.
            let from = reader.body_in(&fact, Slot::From);
            let from = visitor.of.or_else(|| {
                let elsewhere =
                    |f: usize| visitor.person.is_some_and(|p| reader.leads_elsewhere(p, f));
                from.filter(|f| (role.is_none() || reader.is_side(*f)) && !elsewhere(*f))
            });
            match from.and_then(|f| reader.body_value(f)) {
                Some(from) if fact.get(Slot::To) != Some(&from) => fact.set(Slot::From, from),
                Some(_) => {}
                None => {
                    fact.slots.remove(&Slot::From);
                }
            }
            if let Some(role) = role {
                fact.set(Slot::Role, reader.office_value(role, visitor.of.or(from)));
            }
            let kind = visit_kind(items, when, (who + 1, when + 1));
            fact.set(Slot::Kind, Value::Term(kind.to_owned()));
            let more = further_dates(reader, sentence, Some(when));
            for dated in std::iter::once(&dated).chain(&more) {
                let mut fact = fact.clone();
                dated.put_range(&mut fact, Slot::Start, Slot::End);
                let mut evidence = visitor.evidence.clone();
                evidence.extend(dated.evidence.iter().copied());
                let flags = dated.flags.clone();
                found.push(reader.claim(fact, rule, sentence, Some(frame), evidence, flags));
            }
        }
    }
    found
}

/// "X effectua une visite d'État, et Y en juin 2013": whether a verb that says no more than that somebody made it carries the noun of a frame.
fn made(items: &[Item], frame: &Frame) -> bool {
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let mut verbs = before.iter().rev().take(CARRIED);
    let verb = verbs.find(|i| i.is(Class::Light) || i.is_finite());
    verb.is_some_and(|i| i.is(Class::Light))
}

/// "X went in 2013 to Chile; Y in 2015": behind the places that follow the date of the first.
fn behind_places(items: &[Item], from: usize) -> usize {
    let place = |i: &Item| {
        matches!(i.kind, ItemKind::City(_) | ItemKind::Body(_, false))
            || matches!(i.kind, ItemKind::Word)
                && [Class::In, Class::To, Class::Article]
                    .iter()
                    .any(|c| i.is(*c))
    };
    let rest = items.get(from..).unwrap_or(&[]);
    let places = rest.iter().take_while(|i| place(i)).count();
    let joint = rest.get(places);
    let joined = joint.is_some_and(|i| i.sign(';') || i.sign(',') || i.is(Class::And));
    if joined { from + places } else { from }
}

/// "Peruvian presidents have visited Chile three times: X in 1991, Y in 1998 and Z in 2003": the visits that a list behind a colon names.
pub(super) fn behind_colon(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
) -> Vec<Claim> {
    let items = &sentence.items;
    let colon = (frame.at + 1..items.len())
        .take(14)
        .find(|&i| items.get(i).is_some_and(|x| x.sign(':')));
    let subject = frame.role(items, rule, "visitor");
    let named = subject.iter().filter_map(|&i| items.get(i)?.actor());
    let told = named.clone().any(|a| a.name.is_some() || a.stand.is_some());
    let Some(colon) = colon.filter(|_| frame.modality == Modality::Asserted && !told) else {
        return Vec::new();
    };
    let office = named.filter_map(|a| a.office.as_ref()).next();
    let places: Vec<usize> = frame
        .role(items, rule, "place")
        .into_iter()
        .filter(|&i| i > frame.at && i < colon)
        .collect();
    // "Visits of Norwegian heads of government: …": to the other side.
    let away = || {
        let to = reader.other_side(office?.of?)?;
        Some(Goal { to, city: None })
    };
    let goal = goals(reader, items, &places).first().copied();
    let Some(goal) = goal.or_else(away) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = colon;
    while let Some(Member { who, field, when }) = next(items, at) {
        let Some(item) = items.get(who) else { break };
        let mut dates = vec![reader.date(sentence, Some(when))];
        dates.extend(further_dates(reader, sentence, Some(when)));
        at = when + 1;
        // The further dates of the same visitor.
        let date = |i: usize| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        };
        while date(at) || date(at + 1) || date(at + 2) {
            at += 1;
        }
        for mut visitor in reader.who(index, item).into_iter().take(1) {
            of_field(reader, items, field, &mut visitor);
            visitor.role = visitor
                .role
                .or_else(|| office.map(|o| reader.role_name(o.role)));
            visitor.of = visitor.of.or_else(|| office.and_then(|o| o.of));
            let from = visitor
                .of
                .or_else(|| reader.whence(index, visitor.person, goal.to));
            if from.is_some_and(|f| reader.same_state(f, goal.to)) {
                continue;
            }
            for dated in &dates {
                found.extend(claim(
                    reader,
                    sentence,
                    rule,
                    Some(frame),
                    &visitor,
                    from,
                    goal,
                    dated,
                    "other",
                    visitor.evidence.clone(),
                ));
            }
        }
    }
    found
}

/// A visitor of a list: the items of the name, of the field in which he is minister ("X, for Trade, in 1983") and of the date.
struct Member {
    who: usize,
    field: Option<usize>,
    when: usize,
}

/// The next visitor and date behind `at`: a sign or "and", a person, a date, and between them nothing that tells something else.
fn next(items: &[Item], at: usize) -> Option<Member> {
    let joins =
        |i: &Item| i.sign(',') || i.sign(';') || i.sign(')') || i.sign(':') || i.is(Class::And);
    let light = |i: &Item| {
        joins(i)
            || i.sign('(')
            || i.is(Class::Article)
            || i.is(Class::Possessive)
            || i.is(Class::In)
            || i.is(Class::About)
            || i.is(Class::Temporal)
            || i.is(Class::Honorific)
    };
    // "on an official one", "from 3 to 5 May"
    let when = |i: &Item| {
        let kind = [Class::VisitOfficial, Class::VisitState, Class::VisitWorking];
        let one = i.folded == "one" || i.is(Class::From);
        light(i) || matches!(i.kind, ItemKind::Word) && (one || kind.iter().any(|c| i.is(*c)))
    };
    let mut i = at;
    items.get(i).filter(|x| joins(x))?;
    while items.get(i).is_some_and(light) {
        i += 1;
    }
    // "and her successor, Y, in 2004"
    if let Some(named) = apposed(items, i) {
        i = named;
    }
    items
        .get(i)
        .filter(|x| x.actor().is_some_and(|a| a.name.is_some()) && x.prep.is_empty())?;
    let who = i;
    i += 1;
    let field = field(items, i);
    if let Some(field) = field {
        // The field may have more words than one: up to the comma that closes it.
        i = (field + 1..field + 6).find(|&j| items.get(j).is_some_and(|x| x.sign(',')))?;
    } else if let Some(close) = office_aside(items, i) {
        i = close;
    }
    while items.get(i).is_some_and(when) {
        i += 1;
    }
    items
        .get(i)
        .filter(|x| matches!(x.kind, ItemKind::Date(_)))?;
    // A verb behind the date begins another clause: "…, and Y in 1983 resigned".
    let ends = items
        .get(i + 1)
        .is_none_or(|x| x.verb.is_none() && !x.is(Class::Be) && !x.is(Class::Have));
    ends.then_some(Member {
        who,
        field,
        when: i,
    })
}

/// ", likewise as president, in 2001", ", his successor, in 2006": the comma that closes an aside which says no more than who or in what office
/// somebody came.
fn office_aside(items: &[Item], at: usize) -> Option<usize> {
    items.get(at).filter(|x| x.sign(','))?;
    let close = (at + 2..at + 6).find(|&i| items.get(i).is_some_and(|x| x.sign(',')))?;
    described(items.get(at + 1..close)?).then_some(close)
}

/// Whether items say no more than who somebody is: an office or what he is to another.
fn described(aside: &[Item]) -> bool {
    let office = |x: &Item| x.actor().is_some_and(|a| a.name.is_none());
    let small = |x: &Item| {
        let plain = [Class::Not, Class::Cancelled, Class::VisitPrivate];
        matches!(x.kind, ItemKind::Word | ItemKind::Body(_, true))
            && !x.is_finite()
            && !plain.iter().any(|c| x.is(*c))
    };
    let own = |x: &Item| office(x) || x.is(Class::Successor) || x.is(Class::Predecessor);
    aside.iter().all(|x| office(x) || small(x)) && aside.iter().any(own)
}

/// "[and] her successor, X": the name behind the comma of what says who somebody is.
fn apposed(items: &[Item], at: usize) -> Option<usize> {
    let comma = (at + 1..at + APPOSED).find(|&i| items.get(i).is_some_and(|x| x.sign(',')))?;
    let named = items.get(comma + 1)?;
    let free = named.prep.is_empty() && named.actor().is_some_and(|a| a.name.is_some());
    (free && described(items.get(at..comma)?)).then_some(comma + 1)
}

/// The field of a minister between commas behind a name: "X, de Comercio, …".
fn field(items: &[Item], at: usize) -> Option<usize> {
    let word = |i: usize| items.get(i).filter(|x| matches!(x.kind, ItemKind::Word));
    items.get(at).filter(|x| x.sign(','))?;
    word(at + 1).filter(|x| x.is(Class::Of) || x.is(Class::For))?;
    let field = (at + 2..at + 4).find(|&i| !word(i).is_some_and(|x| x.is(Class::Article)))?;
    let close = (field + 1..field + 6).find(|&i| items.get(i).is_some_and(|x| x.sign(',')))?;
    let told = |x: &Item| {
        x.is_finite()
            || matches!(
                x.kind,
                ItemKind::Date(_) | ItemKind::Sign(_) | ItemKind::City(_) | ItemKind::Body(..)
            )
    };
    (!items.get(field..close)?.iter().any(told)).then_some(field)
}

/// Gives a member of a list of ministers the office of his field.
fn of_field(reader: &Reader<'_>, items: &[Item], field: Option<usize>, who: &mut Who) {
    let word = field.and_then(|i| items.get(i));
    if let Some(role) = word.and_then(|w| reader.lexicon.portfolio_role(&w.folded)) {
        who.role = Some(reader.role_name(role));
    }
}
