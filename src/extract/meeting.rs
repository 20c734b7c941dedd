//! Meetings: talks, audiences, calls; participants by name or by office alone, with topics.

use super::frame::Frame;
use super::items::{ItemKind, Stand};
use super::reader::{Reader, Sentence, Who};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Head, Meaning, Rule};

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
    // "received by A, then by B" is two meetings: what leads to the second is told by the rule's words for "then".
    let indexes = frame.role(items, rule, "participant");
    let then = rule.set.get("then").and_then(|words| {
        indexes.iter().copied().find(|&i| {
            i > frame.at
                && items
                    .get(frame.at..i)
                    .unwrap_or(&[])
                    .iter()
                    .any(|x| words.split('|').any(|w| w == x.folded))
        })
    });
    let Some(then) = then else {
        return meeting(reader, index, sentence, rule, frame, &indexes, earlier);
    };
    let leads = |i: &usize| {
        frame.subject.contains(i) && !frame.passive
            || frame.object.contains(i) && frame.passive
            || *i < frame.at
    };
    let (first, second): (Vec<usize>, Vec<usize>) = indexes
        .into_iter()
        .filter(|i| !leads(i))
        .partition(|i| *i < then);
    let lead: Vec<usize> = frame
        .role(items, rule, "participant")
        .into_iter()
        .filter(leads)
        .collect();
    let mut claims = Vec::new();
    for group in [first, second] {
        if !group.is_empty() {
            let all: Vec<usize> = lead.iter().chain(&group).copied().collect();
            claims.extend(meeting(reader, index, sentence, rule, frame, &all, earlier));
        }
    }
    claims
}

/// Items of a list under a heading of meetings: a date and who met, without a verb.
pub(super) fn listed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Option<Claim> {
    let items = &sentence.items;
    let of_meetings = |item: &super::items::Item| {
        if let ItemKind::Trigger(forms) = &item.kind {
            forms.iter().any(|(number, _)| {
                reader
                    .lexicon
                    .rules
                    .get(*number)
                    .is_some_and(|r| r.fact == "meeting")
            })
        } else {
            false
        }
    };
    let headed = reader
        .above(sentence)
        .iter()
        .any(|s| s.items.iter().any(of_meetings));
    let verbless = !items.iter().any(|i| matches!(i.kind, ItemKind::Trigger(_)));
    let dated = items
        .first()
        .is_some_and(|i| matches!(i.kind, ItemKind::Date(_)));
    (headed && verbless && dated).then_some(())?;
    let mut fact = Fact::new(Kind::Meeting);
    let mut evidence = reader.heading_evidence(sentence);
    for item in items.iter().filter(|i| i.actor().is_some()) {
        for who in reader.who(index, item) {
            evidence.extend(who.evidence.iter().copied());
            if let Some(value) = who.person.and_then(|p| reader.person_value(p)) {
                fact.add(Slot::Participants, value);
            } else if let Some(role) = &who.role {
                fact.add(Slot::Roles, reader.office_value(role, who.of));
            }
        }
    }
    (fact.all(Slot::Participants).len() + fact.all(Slot::Roles).len() > 1).then_some(())?;
    let dated = reader.date(sentence, Some(0));
    dated.put(&mut fact, Slot::Date);
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, None, evidence, dated.flags))
}

/// One meeting of the persons at these items.
fn meeting(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    indexes: &[usize],
    earlier: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut whos: Vec<Who> = Vec::new();
    let mut first_list: Option<usize> = None;
    // Who is meant by a pronoun before the verb is told last: none of the others.
    let him = |i: &usize| {
        items
            .get(*i)
            .and_then(super::items::Item::actor)
            .is_some_and(|a| a.stand == Some(Stand::Him))
    };
    let mut indexes = indexes.to_vec();
    indexes.sort_by_key(him);
    for i in indexes {
        let Some(item) = items.get(i) else { continue };
        if item.actor().is_none() || item.prep.contains(Class::Of) && !rule.args.contains_key("of")
        {
            continue;
        }
        // "Consultations bear the signatures of the two ministers": what is said behind a verb does not belong to the noun.
        let apart = item.prep.contains(Class::Of)
            && items
                .get(frame.at + 1..i)
                .is_some_and(|between| between.iter().any(super::items::Item::is_finite));
        if apart && rule.head == Head::Noun {
            continue;
        }
        first_list = first_list.or(Some(item.list));
        for mut who in reader.who(index, item) {
            // "Soto met him": not Soto.
            let others: Vec<usize> = whos.iter().filter_map(|w| w.person).collect();
            if item
                .actor()
                .is_some_and(|a| matches!(a.stand, Some(Stand::He | Stand::Him)))
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
    if frame.subject.is_empty()
        && let Some(who) = reader.unsaid(index, sentence, rule, frame)
        && !whos.iter().any(|w| w.person == who.person)
    {
        whos.insert(0, who);
    }
    // "X, with whom the king held talks": whom the relative clause is about stands before it.
    if whos.len() == 1
        && let Some(relative) = (frame.clause.0..frame.at)
            .rev()
            .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Relative)))
        && let Some(before) = items
            .get(..relative)
            .unwrap_or(&[])
            .iter()
            .rev()
            .find(|i| i.actor().is_some())
    {
        for who in reader.who(index, before) {
            if !whos.iter().any(|w| w.person == who.person) {
                whos.push(who);
            }
        }
    }
    // "A conversation with X followed": the other is who was spoken of before.
    let with = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.has_prep(Class::With) || x.has_prep(Class::By))
    };
    if whos.len() == 1
        && rule.head == Head::Noun
        && frame.subject.is_empty()
        && frame.phrases.iter().any(with)
        && let Some(found) = reader.spoken_of(index, &whos)
    {
        whos.insert(0, found);
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
        let Some(role) = role else { continue };
        let office = reader.office_value(&role, of);
        match visiting(reader, index, &office, earlier).filter(|_| !who.counterpart) {
            Some((person, from)) => {
                fact.add(Slot::Participants, person);
                evidence.push(from);
            }
            None => fact.add(Slot::Roles, office),
        }
    }
    if fact.all(Slot::Participants).is_empty() && fact.all(Slot::Roles).len() < 2 {
        return Vec::new();
    }
    let dated = reader.date(sentence, frame.date);
    dated.put(&mut fact, Slot::Date);
    evidence.extend(dated.evidence.iter().copied());
    let place = frame
        .phrases
        .iter()
        .filter_map(|&i| items.get(i))
        .filter(|i| i.has_prep(Class::In))
        .find_map(super::items::Item::city);
    let place = place
        .or_else(|| reader.city_there(index, sentence, frame.clause))
        .or_else(|| reader.lead_city(sentence));
    if let Some(value) = place.and_then(|c| reader.city_value(c)) {
        fact.set(Slot::Place, value);
    }
    topics(reader, index, sentence, frame, &mut fact, &mut evidence);
    let undated = frame.date.is_none() && dated.date.is_none();
    let mut claim = reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags);
    if undated {
        during(reader, index, &mut claim, earlier);
        // "He landed on 10 October. The minister conferred with him": on the day last told.
        if !claim.fact.has(Slot::Date)
            && let Some((day, span)) = reader.day_told(index)
        {
            claim.fact.set(Slot::Date, Value::Date(day));
            claim.evidence.push(Evidence {
                span,
                role: EvidenceRole::Date,
            });
        }
    }
    vec![claim]
}

/// Who was told to visit with this office shortly before: "the Peruvian president" after a visit of the president of Peru.
fn visiting(
    reader: &Reader<'_>,
    index: usize,
    office: &Value,
    earlier: &[Claim],
) -> Option<(Value, Evidence)> {
    let visit = earlier
        .iter()
        .rev()
        .find(|c| c.fact.kind == Kind::Visit && c.fact.get(Slot::Role) == Some(office))?;
    let told = visit.statement();
    let near = reader.sentence_index(told.start)? + 3 >= index;
    let person = visit.fact.get(Slot::Visitor).filter(|_| near)?;
    Some((
        person.clone(),
        Evidence {
            span: told,
            role: EvidenceRole::Antecedent,
        },
    ))
}

/// A meeting without a day of its own, told with the visit of one who takes part or in the three sentences after it, lies within the
/// days of that visit; told right with it or after it, also in its city.
fn during(reader: &Reader<'_>, index: usize, claim: &mut Claim, earlier: &[Claim]) {
    let Some(visit) = earlier.iter().rev().find(|c| {
        c.fact.kind == Kind::Visit
            && c.fact.has(Slot::Start)
            && c.modality == claim.modality
            && c.polarity == claim.polarity
            && c.fact
                .get(Slot::Visitor)
                .is_some_and(|v| claim.fact.all(Slot::Participants).contains(v))
    }) else {
        return;
    };
    let told = visit.statement();
    let Some(near) = reader
        .sentence_index(told.start)
        .filter(|near| near + 3 >= index)
    else {
        return;
    };
    let end = visit.fact.date(Slot::End).and_then(|d| d.start);
    let Some(start) = visit.fact.date(Slot::Start) else {
        return;
    };
    let days = match (start.start, end) {
        (Some(first), Some(last)) if last != first => Edtf::between(first, last),
        _ => *start,
    };
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let city = visit.fact.get(Slot::City).filter(|_| {
        !claim.fact.has(Slot::Place) && near + 1 >= index && block(near) == block(index)
    });
    if let Some(city) = city {
        claim.fact.set(Slot::Place, city.clone());
    }
    claim.fact.set(Slot::Date, Value::Date(days));
    let evidence = Evidence {
        span: told,
        role: EvidenceRole::Date,
    };
    if near != index && !claim.evidence.contains(&evidence) {
        claim.evidence.push(evidence);
    }
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
            for meaning in item.meanings.iter() {
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
