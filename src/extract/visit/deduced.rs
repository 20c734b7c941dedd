//! Visits that nothing calls so: who opens his state's mission abroad on a day is there.

use super::claimed::{claim, visit_kind};
use super::places::Goal;
use crate::extract::items::Item;
use crate::extract::offices::is_of_government;
use crate::extract::reader::{Dated, Reader, Who};
use crate::fact::{Claim, Fact, Kind, Slot};
use crate::language::{Class, Rule};

/// How many items before the word for opening its subject stands at most.
const SUBJECT: usize = 6;

/// Adds the visits that follow from other claims of a document and that none tells.
pub(in crate::extract) fn deduced(reader: &Reader<'_>, claims: &mut Vec<Claim>) {
    if let Some(rule) = reader.lexicon.rule("visit.opener") {
        let found: Vec<Claim> = claims
            .iter()
            .flat_map(|c| opener(reader, c, rule))
            .collect();
        add(claims, found);
    }
}

/// Adds those of visits that no other claim tells of the same visitor to the same state at the time.
fn add(claims: &mut Vec<Claim>, found: Vec<Claim>) {
    for visit in found {
        let same = |c: &Claim| {
            let slot = |s: Slot| c.fact.get(s) == visit.fact.get(s);
            c.fact.kind == Kind::Visit
                && slot(Slot::Visitor)
                && slot(Slot::To)
                && meets(&c.fact, &visit.fact)
        };
        if !claims.iter().any(same) {
            claims.push(visit);
        }
    }
}

/// Whether two visits may be one by their dates.
fn meets(known: &Fact, visit: &Fact) -> bool {
    let days = known.days().zip(visit.days());
    days.is_none_or(|(known, own)| known.compatible(&own))
}

/// "The embassy in Lima was opened in May 1999 by the foreign minister, Luis Vega": he was in Peru then. Who opens one in a year decides it.
fn opener(reader: &Reader<'_>, mission: &Claim, rule: &Rule) -> Vec<Claim> {
    let fact = &mission.fact;
    let opened = fact
        .date(Slot::Opened)
        .filter(|d| d.precision() > 1 && !d.interval);
    let told = fact.kind == Kind::Mission && mission.holds() && mission.rule.contains(".mission.");
    let Some((opened, trigger)) = opened.copied().zip(mission.trigger).filter(|_| told) else {
        return Vec::new();
    };
    let Some(index) = reader.sentence_index(mission.statement().start) else {
        return Vec::new();
    };
    let body = |slot: Slot| reader.body_in(fact, slot);
    let (Some(sentence), Some(from), Some(to)) = (
        reader.sentences.get(index),
        body(Slot::Sending),
        body(Slot::Receiving),
    ) else {
        return Vec::new();
    };
    let items = &sentence.items;
    let Some(at) = items.iter().position(|i| i.span.overlaps(trigger)) else {
        return Vec::new();
    };
    let actor = agent(items, at)
        .or_else(|| subject(items, at))
        .or_else(|| visitor(reader, items, at));
    let Some(actor) = actor else {
        return Vec::new();
    };
    let own = |who: &Who| {
        let role = who.role.as_deref();
        let elsewhere = |p: usize| reader.leads_elsewhere(p, from);
        role.is_some_and(is_of_government)
            && who.of.is_none_or(|of| reader.same_state(of, from))
            && (who.of.is_some() || !who.person.is_some_and(elsewhere))
    };
    let dated = Dated {
        date: Some(opened),
        ..Dated::default()
    };
    let city = reader.city_in(fact, Slot::City);
    let goal = Goal {
        to,
        city: city.filter(|c| reader.state_of_city(*c) == Some(to)),
    };
    let noun = items.iter().position(|i| visits(reader, i));
    let kind = noun.map_or("other", |n| visit_kind(items, n, (0, items.len())));
    let persons = reader.who(index, actor).into_iter().filter(own);
    persons
        .filter_map(|who| {
            let evidence = who.evidence.clone();
            claim(
                reader,
                sentence,
                rule,
                None,
                &who,
                Some(from),
                goal,
                &dated,
                kind,
                evidence,
            )
        })
        .collect()
}

/// Who is led by "by" behind the word for opening, in its clause.
fn agent<'i, 'a>(items: &'i [Item<'a>], at: usize) -> Option<&'i Item<'a>> {
    let behind = items.get(at + 1..)?.iter();
    let mut behind = behind.take_while(|i| !(i.sign(';') || i.sign('.') || i.is(Class::Relative)));
    behind.find(|i| i.has_prep(Class::By) && i.actor().is_some_and(|a| a.name.is_some()))
}

fn visits(reader: &Reader<'_>, item: &Item) -> bool {
    item.verb.is_none() && item.is_noun_for(reader.lexicon, "visit")
}

/// "was opened in May during an official visit of the president, Luis Vega": whose visit it is behind the word for opening.
fn visitor<'i, 'a>(reader: &Reader<'_>, items: &'i [Item<'a>], at: usize) -> Option<&'i Item<'a>> {
    let noun = at
        + 1
        + items
            .get(at + 1..)?
            .iter()
            .position(|i| visits(reader, i))?;
    let phrase = items.get(noun + 1..)?.iter();
    let mut phrase = { phrase }.take(SUBJECT).take_while(|i| !i.is_finite());
    phrase.find(|i| i.has_prep(Class::Of) && i.actor().is_some_and(|a| a.name.is_some()))
}

/// Who stands before the word for opening as its subject, with no other verb between.
fn subject<'i, 'a>(items: &'i [Item<'a>], at: usize) -> Option<&'i Item<'a>> {
    let verb = items.get(at).filter(|i| i.is_finite())?;
    let before = items.get(at.saturating_sub(SUBJECT)..at)?.iter().rev();
    let mut before = before.take_while(|i| !(i.sign(';') || i.is_finite() || i.is(Class::Be)));
    let first = before.find(|i| i.actor().is_some() || i.mission().is_some())?;
    let named = first.actor().is_some_and(|a| a.name.is_some());
    (named && first.prep.is_empty() && first.span.end <= verb.span.start).then_some(first)
}
