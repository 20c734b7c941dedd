//! Relations between states: recognised, established, severed, resumed, upgraded, downgraded.

use super::frame::Frame;
use super::items::ItemKind;
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// Claims of a relations rule's frame; `earlier` are the claims read so far.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some(event) = rule.set.get("event") else {
        return Vec::new();
    };
    let actors = reader.bodies(items, &frame.role(items, rule, "actor"));
    let others = reader.bodies(items, &frame.role(items, rule, "party"));
    let mut evidence = Vec::new();
    let mut parties: Vec<usize> = Vec::new();
    for body in actors.iter().chain(&others) {
        if !parties.contains(body) && (event == "recognised" || !reader.is_organisation(*body)) {
            parties.push(*body);
        }
    }
    let mut actor = if actors.len() == 1 && !others.is_empty() {
        actors.first().copied()
    } else {
        None
    };
    if parties.is_empty() && rule.set.get("parties").is_some_and(|p| p == "earlier") {
        // "The rupture lasted until …": the parties of the last event told.
        let Some(last) = earlier
            .iter()
            .rev()
            .find(|c| c.fact.kind == Kind::Relations && c.fact.text(Slot::Event) == "severed")
        else {
            return Vec::new();
        };
        let mut fact = Fact::new(Kind::Relations);
        fact.set(Slot::Event, Value::Term(event.clone()));
        last.fact
            .all(Slot::Parties)
            .iter()
            .for_each(|p| fact.add(Slot::Parties, p.clone()));
        let dated = reader.date(sentence, frame.date);
        dated.put(&mut fact, Slot::Date);
        evidence.extend(last.evidence.first().map(|e| crate::fact::Evidence {
            role: crate::fact::EvidenceRole::Antecedent,
            ..*e
        }));
        return vec![reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags)];
    }
    let both = items
        .get(frame.clause.0..frame.clause.1)
        .is_some_and(|c| c.iter().any(|i| i.is(Class::BothStates)));
    if parties.len() < 2 {
        let other = match parties.first() {
            Some(&one) => reader
                .other_side(one)
                .or_else(|| reader.home().filter(|home| *home != one)),
            None => None,
        };
        if let Some(other) = other {
            // A side that is left out: the document's other one acts, unless it is the one named.
            if event == "recognised" && actors.is_empty() {
                actor = Some(other);
                parties.insert(0, other);
            } else {
                actor = actor.or(actors.first().copied());
                parties.push(other);
            }
            evidence.extend(reader.side_evidence());
        } else if both
            || (parties.is_empty()
                && reader.sides.len() == 2
                && rule.args.values().all(|v| v != "required"))
        {
            parties.clone_from(&reader.sides);
            evidence.extend(reader.side_evidence());
        }
    }
    if parties.len() < 2 {
        return Vec::new();
    }
    let dated = reader.date(sentence, frame.date);
    evidence.extend(dated.evidence.iter().copied());
    let mut claims = Vec::new();
    // One actor with several others: one event each.
    let pairs: Vec<Vec<usize>> = match actor {
        Some(actor) if parties.len() > 2 => parties
            .iter()
            .filter(|p| **p != actor)
            .map(|p| vec![actor, *p])
            .collect(),
        _ => {
            parties.truncate(2);
            vec![parties]
        }
    };
    for pair in pairs {
        let mut fact = Fact::new(Kind::Relations);
        fact.set(Slot::Event, Value::Term(event.clone()));
        for party in &pair {
            if let Some(value) = reader.body_value(*party) {
                fact.add(Slot::Parties, value);
            }
        }
        if let Some(value) = actor.and_then(|a| reader.body_value(a)) {
            fact.set(Slot::Actor, value);
        }
        dated.put(&mut fact, Slot::Date);
        if fact.all(Slot::Parties).len() == 2 {
            claims.push(reader.claim(
                fact,
                rule,
                sentence,
                Some(frame),
                evidence.clone(),
                dated.flags.clone(),
            ));
        }
    }
    claims
}

/// Whether a word of the class that a rule needs stands in the clause of the frame.
pub(super) fn needed(sentence: &Sentence, frame: &Frame, class: Class) -> bool {
    let clause = sentence
        .items
        .get(frame.clause.0..frame.clause.1)
        .unwrap_or(&[]);
    clause.iter().any(|i| {
        i.is(class)
            || matches!(
                (&i.kind, class),
                (ItemKind::Mission(_), Class::MissionHeading)
            )
    })
}
