//! Meetings: talks, audiences, calls; participants by name or by office alone, with topics.

use super::frame::Frame;
use super::items::{ItemKind, Stand};
use super::reader::{Reader, Sentence, Who};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Modality, Polarity, Slot, Value};
use crate::language::{Class, Meaning, Rule};

/// Claims of a meeting rule's frame.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut whos: Vec<Who> = Vec::new();
    let mut first_list: Option<usize> = None;
    for i in frame.role(items, rule, "participant") {
        let Some(item) = items.get(i) else { continue };
        if item.actor().is_none() || item.prep.contains(&Class::Of) && !rule.args.contains_key("of")
        {
            continue;
        }
        first_list = first_list.or(Some(item.list));
        for mut who in reader.who(index, item) {
            // "Soto met him": not Soto.
            let others: Vec<usize> = whos.iter().filter_map(|w| w.person).collect();
            if item.actor().is_some_and(|a| a.stand == Some(Stand::He))
                && who.person.is_some_and(|p| others.contains(&p))
                && let Some((person, span)) = reader.last_other(index, &others)
            {
                who = Who {
                    person: Some(person),
                    evidence: vec![Evidence {
                        span,
                        role: EvidenceRole::Antecedent,
                    }],
                    ..Who::default()
                };
            }
            if !whos
                .iter()
                .any(|w| w.person.is_some() && w.person == who.person)
            {
                whos.push(who);
            }
        }
    }
    if whos.len() < 2 {
        return Vec::new();
    }
    // "his counterpart" has the office of the one it is the counterpart of, for the other side.
    let lead = whos.iter().find(|w| !w.counterpart).cloned();
    let mut fact = Fact::new(Kind::Meeting);
    let mut evidence: Vec<Evidence> = Vec::new();
    for who in &whos {
        evidence.extend(who.evidence.iter().copied());
        if let Some(value) = who.person.and_then(|p| reader.person_value(p)) {
            fact.add(Slot::Participants, value);
            continue;
        }
        let role = if who.counterpart {
            lead.as_ref().and_then(|l| counterpart_role(reader, l))
        } else {
            who.role.clone()
        };
        let of = who.of.or_else(|| {
            lead.as_ref()
                .and_then(|l| l.of)
                .and_then(|of| reader.other_side(of))
        });
        if let Some(role) = role {
            fact.add(Slot::Roles, reader.office_value(&role, of));
        }
    }
    if fact.all(Slot::Participants).is_empty() && fact.all(Slot::Roles).len() < 2 {
        return Vec::new();
    }
    let dated = reader.date(sentence, frame.date);
    dated.put(&mut fact, Slot::Date);
    evidence.extend(dated.evidence.iter().copied());
    if !fact.has(Slot::Date) && dated.flags.is_empty() {
        inside_visit(reader, sentence, &mut fact, &mut evidence, earlier);
    }
    let place = frame
        .phrases
        .iter()
        .filter_map(|&i| items.get(i))
        .find_map(|item| match item.kind {
            ItemKind::City(city) if item.has_prep(Class::In) => Some(city),
            ItemKind::City(_)
            | ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => None,
        });
    if let Some(value) = place.and_then(|c| reader.city_value(c)) {
        fact.set(Slot::Place, value);
    }
    topics(reader, index, sentence, frame, &mut fact, &mut evidence);
    vec![reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags)]
}

/// A meeting without a day of its own, told after a visit of one who takes part (in the same block), has the time of that visit.
fn inside_visit(
    reader: &Reader<'_>,
    sentence: &Sentence,
    fact: &mut Fact,
    evidence: &mut Vec<Evidence>,
    earlier: &[Claim],
) {
    let Some(block) = reader.block(sentence) else {
        return;
    };
    let visit = earlier.iter().rev().find(|c| {
        c.fact.kind == Kind::Visit
            && c.modality == Modality::Asserted
            && c.polarity == Polarity::Affirmed
            && c.fact.has(Slot::Start)
            && c.evidence
                .first()
                .is_some_and(|e| block.span.contains(e.span))
            && c.fact
                .get(Slot::Visitor)
                .is_some_and(|v| fact.all(Slot::Participants).contains(v))
    });
    let Some(visit) = visit else { return };
    let start = visit.fact.date(Slot::Start).copied();
    let end = visit.fact.date(Slot::End).copied();
    let date = match (start, end.and_then(|e| e.start)) {
        (Some(start), Some(last)) if !start.interval => start
            .start
            .map_or(start, |first| crate::fact::Edtf::between(first, last)),
        (Some(start), _) => start,
        (None, _) => return,
    };
    fact.set(Slot::Date, Value::Date(date));
    evidence.extend(visit.evidence.first().map(|e| Evidence {
        role: EvidenceRole::Date,
        ..*e
    }));
}

/// The role of whom somebody is the counterpart, where the text gives that somebody a role or calls them ministers or presidents.
fn counterpart_role(reader: &Reader<'_>, lead: &Who) -> Option<String> {
    lead.role.clone().or_else(|| {
        let name = lead.person?;
        let _ = reader.people.known.get(name)?;
        // A plural description of the two ("the two ministers", "les deux ministres") tells what both are.
        let described = reader
            .sentences
            .iter()
            .flat_map(|s| &s.items)
            .find(|i| i.is(Class::BothPersons))?;
        reader
            .lexicon
            .both_role(&described.folded)
            .map(str::to_owned)
    })
}

/// Topics named after the trigger in its sentence, and in a next sentence whose subject is "the two ministers".
fn topics(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    fact: &mut Fact,
    evidence: &mut Vec<Evidence>,
) {
    let mut add = |items: &[super::items::Item]| {
        for item in items {
            for meaning in &item.meanings {
                if let Meaning::Topic(topic) = meaning
                    && let Some(name) = reader.lexicon.topics.get(*topic)
                {
                    fact.add(Slot::Topics, Value::Term(name.clone()));
                }
            }
        }
    };
    add(sentence.items.get(frame.at..).unwrap_or(&[]));
    if let Some(next) = reader
        .sentences
        .get(index + 1)
        .filter(|n| n.block == sentence.block)
        && next.items.iter().take(3).any(|i| {
            i.actor()
                .is_some_and(|a| a.stand == Some(super::items::Stand::Both))
        })
    {
        add(&next.items);
        evidence.push(Evidence {
            span: next.span,
            role: EvidenceRole::Statement,
        });
    }
}
