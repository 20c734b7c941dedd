//! Visits: frames of going, coming and receiving; lists under headings of visits; items of chronicles.

use super::frame::Frame;
use super::items::{Item, ItemKind};
use super::offices::is_head_of_mission;
use super::reader::{Dated, Reader, Sentence, Who};
use crate::fact::{Claim, Evidence, Fact, Kind, Slot, Value};
use crate::language::{Class, Head, Rule};

/// Where a visit goes: a body, with the city when one is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Goal {
    to: usize,
    city: Option<usize>,
}

/// Claims of a visit rule's frame.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut visitors: Vec<Who> = Vec::new();
    let mut places = frame.role(items, rule, "visitor");
    // "X announced the visit of Y": the noun's own phrase says who comes.
    let own = |i: &usize| {
        *i > frame.at
            && *i <= frame.at + 3
            && items.get(*i).is_some_and(|x| {
                x.actor().is_some() && (x.has_prep(Class::Of) || x.has_prep(Class::By))
            })
    };
    if rule.head == Head::Noun && places.iter().any(own) {
        let list = places.iter().copied().find(own).and_then(|i| items.get(i)).map(|x| x.list);
        places.retain(|i| own(i) || items.get(*i).map(|x| x.list) == list);
    }
    for i in places {
        if let Some(item) = items.get(i) {
            visitors.extend(reader.who(index, item));
        }
    }
    if visitors.is_empty() {
        visitors.extend(reader.unsaid(index, sentence, rule, frame));
    }
    if visitors.is_empty() {
        return Vec::new();
    }
    let hosts: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "host"));
    let mut goals = goals(reader, items, &frame.role(items, rule, "place"));
    if rule.set.get("place").map(String::as_str) == Some("earlier") {
        // "…, and X did so in 2014": where the visit told before went.
        goals = same_goal(reader, index, earlier).into_iter().collect();
    }
    let dated = reader.date(sentence, frame.date);
    let kind = visit_kind(items, frame.at, frame.clause);
    let mut claims = Vec::new();
    for who in visitors {
        let from = who
            .of
            .or_else(|| goals.first().and_then(|g| reader.other_side(g.to)));
        let mut targets = goals.clone();
        if targets.is_empty() {
            let implied = hosts
                .first()
                .copied()
                .or_else(|| from.and_then(|f| reader.other_side(f)));
            if !rule.args.values().any(|v| v == "host")
                && (rule.set.get("place").map(String::as_str) != Some("implied")
                    || rule.head == Head::Noun && dated.date.is_none())
            {
                continue;
            }
            targets.extend(implied.map(|to| Goal { to, city: None }));
        }
        for goal in targets {
            if Some(goal.to) == from || reader.is_organisation(goal.to) {
                continue;
            }
            claims.extend(claim(
                reader,
                sentence,
                rule,
                Some(frame),
                &who,
                from,
                goal,
                &dated,
                kind,
                who.evidence.clone(),
            ));
        }
    }
    claims
}

/// Where the last visit told in this or the sentence before went.
fn same_goal(reader: &Reader<'_>, index: usize, earlier: &[Claim]) -> Option<Goal> {
    let last = earlier.iter().rev().find(|c| c.fact.kind == Kind::Visit)?;
    let told = reader.sentence_index(last.statement().start)?;
    let Some(Value::Body(body)) = last.fact.get(Slot::To).filter(|_| told + 1 >= index) else {
        return None;
    };
    let to = reader.gazetteer.body_index(&body.key)?;
    Some(Goal { to, city: None })
}

#[expect(clippy::too_many_arguments, reason = "every part of a visit, once")]
fn claim(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: Option<&Frame>,
    who: &Who,
    from: Option<usize>,
    goal: Goal,
    dated: &Dated,
    kind: &str,
    mut evidence: Vec<Evidence>,
) -> Option<Claim> {
    if who.role.as_deref().is_some_and(is_head_of_mission) && who.role.as_deref() != Some("Envoy") {
        return None;
    }
    let mut fact = Fact::new(Kind::Visit);
    if let Some(person) = who.person {
        fact.set(Slot::Visitor, reader.person_value(person)?);
    }
    if let Some(role) = &who.role {
        fact.set(Slot::Role, reader.office_value(role, from));
    } else if who.person.is_none() {
        return None;
    }
    if let Some(from) = from {
        fact.set(Slot::From, reader.body_value(from)?);
    }
    fact.set(Slot::To, reader.body_value(goal.to)?);
    if let Some(city) = goal.city {
        fact.set(Slot::City, reader.city_value(city)?);
    }
    dated.put_range(&mut fact, Slot::Start, Slot::End);
    fact.set(Slot::Kind, Value::Term(kind.to_owned()));
    evidence.extend(dated.evidence.iter().copied());
    if who.of.is_none() {
        evidence.extend(reader.side_evidence());
    }
    Some(reader.claim(fact, rule, sentence, frame, evidence, dated.flags.clone()))
}

/// Destinations: bodies as they are, cities with their states; a city and the state it lies in are one.
fn goals(reader: &Reader<'_>, items: &[Item], places: &[usize]) -> Vec<Goal> {
    let mut goals: Vec<Goal> = Vec::new();
    for &i in places {
        let Some(item) = items.get(i) else { continue };
        let goal = match &item.kind {
            ItemKind::City(city) => reader.state_of_city(*city).map(|to| Goal {
                to,
                city: Some(*city),
            }),
            ItemKind::Body(body, false) => Some(Goal {
                to: *body,
                city: None,
            }),
            ItemKind::Body(..)
            | ItemKind::Actor(_)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => None,
        };
        let Some(goal) = goal else { continue };
        match goals.iter_mut().find(|g| g.to == goal.to) {
            Some(same) => same.city = same.city.or(goal.city),
            None => goals.push(goal),
        }
    }
    goals
}

/// What the text says of the visit near its trigger.
fn visit_kind(items: &[Item], at: usize, clause: (usize, usize)) -> &'static str {
    let near = items
        .get(at.saturating_sub(4).max(clause.0)..(at + 5).min(clause.1))
        .unwrap_or(&[]);
    if near.iter().any(|i| i.is(Class::VisitWorking)) {
        "working"
    } else if near.iter().any(|i| i.is(Class::VisitState)) {
        "state"
    } else if near.iter().any(|i| i.is(Class::VisitOfficial)) {
        "official"
    } else {
        "other"
    }
}

/// Items of a list under a heading of visits: "President Ana Soto (1999, 2001)".
pub(super) fn listed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let above = reader.above(sentence);
    let Some(heading) = above
        .iter()
        .find(|s| s.items.iter().any(|i| i.is(Class::VisitHeading)))
    else {
        return Vec::new();
    };
    // The nearest heading that names places gives the direction.
    let directed = above.iter().find(|s| {
        s.items
            .iter()
            .any(|i| matches!(i.kind, ItemKind::Body(..) | ItemKind::City(_)))
    });
    let (mut from, mut to) = (None, None);
    for item in directed.map(|s| s.items.as_slice()).unwrap_or(&[]) {
        let bodies = match &item.kind {
            ItemKind::Body(body, _) => Some(*body),
            ItemKind::City(city) => reader.state_of_city(*city),
            ItemKind::Actor(actor) => actor.office.as_ref().and_then(|o| o.of),
            ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => None,
        };
        let Some(body) = bodies else { continue };
        if item.has_prep(Class::To) || item.has_prep(Class::In) {
            to = to.or(Some(body));
        } else {
            from = from.or(Some(body));
        }
    }
    if from == to {
        from = None;
    }
    let to = to.or_else(|| from.and_then(|f| reader.other_side(f)));
    let from = from.or_else(|| to.and_then(|t| reader.other_side(t)));
    let Some(to) = to else { return Vec::new() };
    let mut whos: Vec<Who> = sentence
        .items
        .iter()
        .take_while(|i| !matches!(i.kind, ItemKind::Date(_)))
        .flat_map(|i| reader.who(index, i))
        .collect();
    whos.truncate(1);
    let city = sentence
        .items
        .iter()
        .find_map(|i| {
            if let ItemKind::City(c) = i.kind {
                Some(c)
            } else {
                None
            }
        })
        .filter(|c| reader.state_of_city(*c) == Some(to));
    let kind = visit_kind(&sentence.items, 0, (0, sentence.items.len()));
    let heading_role = heading
        .items
        .iter()
        .chain(directed.iter().flat_map(|s| &s.items))
        .find_map(|i| {
            let office = i.actor()?.office.as_ref()?;
            Some(reader.role_name(office.role))
        });
    let mut claims = Vec::new();
    for mut who in whos {
        if who.role.is_none() {
            who.role = heading_role.clone();
        }
        let mut dates: Vec<Dated> = sentence
            .items
            .iter()
            .enumerate()
            .filter(|(_, i)| matches!(i.kind, ItemKind::Date(_)))
            .map(|(at, _)| reader.date(sentence, Some(at)))
            .collect();
        if dates.is_empty() {
            dates.push(Dated::default());
        }
        for dated in dates {
            let evidence = reader.heading_evidence(sentence);
            let from = who.of.filter(|of| *of != to).or(from);
            claims.extend(claim(
                reader,
                sentence,
                rule,
                None,
                &who,
                from,
                Goal { to, city },
                &dated,
                kind,
                evidence,
            ));
        }
    }
    claims
}
