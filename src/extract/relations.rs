//! Relations between states: recognised, established, severed, resumed, upgraded, downgraded.

use super::dates::Bound;
use super::frame::Frame;
use super::items::{Item, ItemKind, date_among};
use super::reader::{Reader, Sentence};
use super::told::Told;
use crate::document::BlockKind;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Head, Rule};
use crate::text::Span;

/// Claims of a relations rule's frame; `earlier` are the claims read so far.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some(event) = rule.set.get("event") else {
        return Vec::new();
    };
    let heading = reader
        .block(sentence)
        .is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
    if rule.set.contains_key("heading") && !heading {
        return Vec::new();
    }
    let actors = reader.bodies(items, &frame.role(items, rule, "actor"));
    let mut others = reader.bodies(items, &frame.role(items, rule, "party"));
    if event != "recognised" && others.iter().all(|o| actors.contains(o)) {
        others.extend(with_which(reader, items, frame));
    }
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
        let Some(last) = earlier.last_about(Kind::Relations, "severed").next() else {
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
    if rule.set.contains_key("dated") && dated.date.is_none()
        || rule.set.contains_key("since") && dated.bound != Bound::Since
    {
        return Vec::new();
    }
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
    let members = frame.role(items, rule, "party");
    for pair in pairs {
        // "with A in 1961, with B in 1970": each has a date of its own.
        let member = members.iter().copied().find(|&i| {
            let named = reader.bodies(items, &[i]);
            pair.last().is_some_and(|p| named.contains(p))
        });
        let own = member
            .map(|i| date_among(items, &members, i, frame.date))
            .filter(|own| *own != frame.date)
            .map(|own| reader.date(sentence, own));
        let dated = own.as_ref().unwrap_or(&dated);
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

/// An entry of a fact sheet whose key speaks of relations and whose value is a date: they were established then, between the sides.
pub(super) fn entry(
    reader: &Reader<'_>,
    sentence: &Sentence,
    key: Span,
    rule: &Rule,
) -> Option<Claim> {
    reader
        .lexicon
        .has_class(key.of(&reader.doc.text), Class::Relations)
        .then_some(())?;
    let [a, b] = reader.sides.as_slice() else {
        return None;
    };
    let date = sentence
        .items
        .iter()
        .take(3)
        .position(|i| matches!(i.kind, ItemKind::Date(_)))?;
    let dated = reader.date(sentence, Some(date));
    let mut fact = Fact::new(Kind::Relations);
    fact.set(Slot::Event, Value::Term("established".to_owned()));
    for side in [a, b] {
        fact.add(Slot::Parties, reader.body_value(*side)?);
    }
    dated.date?;
    dated.put(&mut fact, Slot::Date);
    let mut evidence = reader.side_evidence();
    evidence.push(crate::fact::Evidence {
        span: key,
        role: crate::fact::EvidenceRole::Heading,
    });
    Some(reader.claim(fact, rule, sentence, None, evidence, dated.flags))
}

/// "South Sudan, with which Serbia has established relations": the body that the relative stands for.
fn with_which(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<usize> {
    let relative = (frame.clause.0..frame.at).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) && x.has_prep(Class::With))
    })?;
    items
        .get(..relative)?
        .iter()
        .rev()
        .find_map(|i| i.named_body().filter(|b| !reader.is_organisation(*b)))
}

/// Whether an item stands within a few words of the trigger.
fn near(sentence: &Sentence, frame: &Frame, item: &Item) -> bool {
    sentence
        .items
        .iter()
        .position(|i| i.span == item.span)
        .is_some_and(|at| at.abs_diff(frame.at) <= 4)
}

/// Whether a word of the class that a rule needs stands in the clause of the frame.
pub(super) fn needed(sentence: &Sentence, frame: &Frame, rule: &Rule, class: Class) -> bool {
    let clause = sentence
        .items
        .get(frame.clause.0..frame.clause.1)
        .unwrap_or(&[]);
    // Relations that something else is said of do not make the frame's event: they must be what is established, broken or resumed.
    if class == Class::Relations && rule.head == Head::Verb {
        let argument = frame
            .subject
            .iter()
            .chain(&frame.object)
            // "set up a body for better relations": what another phrase is for is not what the verb is about.
            .filter(|&&i| {
                let between = sentence.items.get(frame.at + 1..i).unwrap_or(&[]);
                !between
                    .iter()
                    .any(|x| x.is(Class::For) || x.is(Class::Relative))
            })
            .filter_map(|&i| sentence.items.get(i));
        // "Relations and a legation were established": one of two things that the verb is said of.
        let joined = frame.passive
            && (frame.clause.0..frame.at).any(|at| {
                let and = sentence.items.get(at + 1).is_some_and(|n| n.is(Class::And));
                sentence
                    .items
                    .get(at)
                    .is_some_and(|i| i.is(class) && i.prep.is_empty() && and)
            });
        // "fifty years of relations, established in 1973".
        let adjacent = sentence
            .items
            .get(..frame.at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .find(|i| !(i.sign(',') || i.is(Class::Be) || i.is(Class::Have)))
            .is_some_and(|i| i.is(class));
        // Relations without a preposition in the clause, with no other verb between.
        let free = (frame.clause.0..frame.clause.1).any(|at| {
            let (from, to) = (at.min(frame.at), at.max(frame.at));
            let verb = |i: &Item| {
                matches!(&i.kind, ItemKind::Trigger(forms)
                    if forms.iter().any(|(_, f)| *f != crate::language::TriggerForm::Base))
            };
            sentence
                .items
                .get(at)
                .is_some_and(|i| i.is(class) && i.prep.is_empty())
                && !sentence
                    .items
                    .get(from + 1..to)
                    .unwrap_or(&[])
                    .iter()
                    .any(|i| verb(i) || at > frame.at && i.is(Class::For))
        });
        return joined
            || adjacent
            || free
            || argument.into_iter().any(|i| i.is(class))
            || clause.iter().any(|i| {
                i.is(class)
                    && (i.has_prep(Class::Of) || i.has_prep(Class::In) || i.has_prep(Class::To))
                    && near(sentence, frame, i)
            });
    }
    clause.iter().any(|i| {
        i.is(class)
            || matches!(
                (&i.kind, class),
                (ItemKind::Mission(_), Class::MissionHeading)
            )
    })
}
