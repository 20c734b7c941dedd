//! Meetings: talks, audiences, calls; participants by name or by office alone, with topics.

mod again;
mod days;
mod listed;
mod parties;
mod present;
mod residence;
mod scene;
mod sides;
mod stays;
mod unnamed;
mod when;

use super::frame::Frame;
use super::items::{Item, ItemKind, Stand, own_date, resides};
use super::reader::{Reader, Sentence, Who};
use super::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Head, Lang, Meaning, Rule, TriggerForm};
use crate::text::Span;
pub(super) use days::{counted_days, counts_day};
pub(super) use listed::listed;
pub(super) use scene::scenes;
pub(super) use stays::stays;
pub(super) use unnamed::unnamed;

/// Claims of a meeting rule's frame.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    if said_by_verb(reader, &sentence.items, rule, frame.at)
        || said_by_noun(reader, &sentence.items, rule, frame)
        || attended(reader, &sentence.items, rule, frame)
        || meal(reader, &sentence.items, rule, frame)
        || rule.set.contains_key("with") && !with_somebody(&sentence.items, frame)
        || rule.set.contains_key("chaired") && !session(reader, &sentence.items, frame)
    {
        return Vec::new();
    }
    let items = &sentence.items;
    let groups = parties::groups(reader, items, rule, frame);
    // "received by A in 2010, then by B in 2015": each has the date behind its last.
    let own = |(nth, group): (usize, &Vec<usize>)| {
        let last = *group.last()?;
        // "on the 4th A met B and on the 5th C"
        let before = nth.checked_sub(1).and_then(|b| groups.get(b)?.last());
        let led =
            before.and_then(|b| (b + 1..last).find(|&i| items.get(i).is_some_and(Item::is_date)));
        let first = || {
            let dates = (frame.clause.0..frame.at).rev();
            let mut dates = dates.filter(|&i| items.get(i).is_some_and(Item::is_date));
            dates.next().filter(|_| nth == 0)
        };
        own_date(items, last).or(led).or_else(first)
    };
    let own: Vec<Option<usize>> = groups.iter().enumerate().map(own).collect();
    let apart = groups.len() > 1 && own.iter().all(Option::is_some);
    let one = |(group, date): (&Vec<usize>, &Option<usize>)| {
        let dated = Frame {
            date: *date,
            ..frame.clone()
        };
        let frame = if apart { &dated } else { frame };
        meeting(reader, index, sentence, rule, frame, group, earlier)
    };
    groups.iter().zip(&own).flat_map(one).collect()
}

/// "was received in audience by X": whether the noun only says how, right behind a verb that tells the meeting itself.
fn said_by_verb(reader: &Reader<'_>, items: &[Item], rule: &Rule, at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]);
    let [.., verb, led] = before else {
        return false;
    };
    let meets = matches!(&verb.kind, ItemKind::Trigger(forms) if forms.iter().any(|(rule, form)| {
        *form == TriggerForm::Participle
            && reader.lexicon.rules.get(*rule).is_some_and(|r| r.fact == "meeting")
    }));
    rule.head == Head::Noun && led.is(Class::In) && meets
}

/// "Talks with X.": whether the noun for it that is written like the verb opens an English sentence, whose verb would have a subject.
fn said_by_noun(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let noun = items.get(frame.at).is_some_and(|i| {
        i.rules(reader.lexicon)
            .any(|r| r.fact == "meeting" && r.head == Head::Noun)
    });
    let before = items.get(..frame.at).unwrap_or(&[]);
    let opens = before.iter().all(|i| i.actor().is_none() && !i.is_finite());
    rule.head == Head::Verb && reader.lexicon.lang == Lang::En && noun && opens
}

/// "the Council of Foreign Ministers of the Organisation": whether an office is that of ministers whom an organisation has none of.
fn of_council(reader: &Reader<'_>, who: &Who) -> bool {
    let minister = who.role.as_deref().is_some_and(|r| r.contains("Minister"));
    let body = who.of.is_some_and(|of| reader.is_organisation(of));
    who.person.is_none() && minister && body
}

/// "the foreign ministers of Peru and Chile, X and Y": whether an office is that of somebody who is named among those who take part.
fn named_besides(reader: &Reader<'_>, who: &Who, all: &[Who]) -> bool {
    let Some((role, of)) = who.role.as_deref().zip(who.of) else {
        return false;
    };
    let holds = |other: &Who| {
        let known = other.person.and_then(|p| reader.people.known.get(p));
        let now = other.role.as_deref() == Some(role) && other.of == Some(of);
        let held = |known: &super::people::Known| {
            let mut offices = known.offices.iter();
            offices.any(|o| o.role == role && o.of == Some(of))
        };
        known.is_some_and(|known| now || held(known))
    };
    who.person.is_none() && all.iter().any(holds)
}

/// "hosted banquets in honour of the President": a meal or a ceremony that a verb of receiving is said of is no meeting.
fn meal(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let mut behind = behind.iter().take_while(|i| i.actor().is_none()).take(4);
    rule.head == Head::Verb && behind.any(|i| reader.lexicon.lists(Class::Meal, &i.folded))
}

/// "spoke today with X": whether somebody is named with whom it was.
fn with_somebody(items: &[Item], frame: &Frame) -> bool {
    let mut phrases = frame.phrases.iter().filter_map(|&i| items.get(i));
    phrases.any(|i| i.actor().is_some() && i.has_prep(Class::With))
}

/// "co-chaired the second session of the commission": whether what is chaired is what two states have set up.
fn session(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> bool {
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    let named = |i: &Item| {
        let mut words = i.folded.split(' ');
        words.any(|word| reader.lexicon.lists(Class::Session, word))
    };
    clause.iter().any(named)
}

/// How verbs begin that say somebody went to a meeting of others, in the three languages.
const ATTENDS: [&str; 4] = ["attend", "assist", "asist", "particip"];

/// "where he was attending a summit": whether the noun is only what somebody went to, with nobody named whom he met there.
fn attended(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let before = items.get(..frame.at).unwrap_or(&[]).iter().rev();
    let mut before = before.skip_while(|i| i.is(Class::Article) || i.is(Class::Temporal));
    let attends = before.next().is_some_and(|i| {
        let goes = ATTENDS.iter().any(|w| i.folded.starts_with(w));
        goes && i.rules(reader.lexicon).any(|r| r.fact == "visit")
    });
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let met = behind
        .iter()
        .any(|i| i.has_prep(Class::With) && i.actor().is_some());
    rule.head == Head::Noun && attends && !met
}

/// One meeting of the persons at these items.
fn meeting(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    indexes: &[usize],
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    // "received the ministers of the member states": nobody is named.
    let at = items.get(frame.at).map(|i| i.span.start);
    let speaker = reader.speaker(sentence, at).map(|(_, span)| span);
    // "…, said the spokesman, X": who tells of it did not take part.
    let tells = |i: usize| {
        let item = items.get(i).filter(|_| i > frame.at);
        item.is_some_and(|x| speaker.is_some_and(|s| x.span.contains(s)))
    };
    // "discussed the possibility of a visit of X to Y": nobody who met.
    let possible = |i: usize| {
        let mut between = items.get(frame.at + 1..i).unwrap_or(&[]).iter();
        between.any(|x| x.is(Class::Hypothetical))
    };
    let named = |i: &usize| !(reader.of_members(items, *i) || tells(*i) || possible(*i));
    let indexes: Vec<usize> = indexes.iter().copied().filter(named).collect();
    let whos = present::present(reader, index, sentence, rule, frame, &indexes, earlier);
    let mut whos = again::same_two(reader, index, sentence, &indexes, earlier).unwrap_or(whos);
    sides::of_two_sides(reader, index, sentence, &mut whos, earlier);
    if whos.iter().filter(|w| !of_council(reader, w)).count() < 2 {
        return Vec::new();
    }
    // "received the credentials of five ambassadors": a ceremony, in which nobody says who met.
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let ceremony = rule.head == Head::Verb && behind.iter().any(|i| reader.is_credentials(i));
    if ceremony && whos.iter().filter(|w| w.person.is_some()).count() < 2 {
        return Vec::new();
    }
    // "his counterpart" has the office of the one it is the counterpart of, for the other side.
    let lead = whos.iter().find(|w| !w.counterpart).cloned();
    let mut fact = Fact::new(Kind::Meeting);
    let mut evidence: Vec<Evidence> = Vec::new();
    for who in &whos {
        if named_besides(reader, who, &whos) || of_council(reader, who) {
            continue;
        }
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
    // The city behind the word is that of the meeting rather than one before it, which another verb may have: "toured A and met B".
    let told = |from: usize| {
        let between = items.get(from..frame.at).unwrap_or(&[]);
        between.iter().filter(|i| i.is_finite()).count()
    };
    let governs = usize::from(rule.head == Head::Noun);
    let city = |behind: bool| {
        let mut cities = frame
            .phrases
            .iter()
            .copied()
            .filter(|&i| (i > frame.at) == behind && (behind || told(i) <= governs + 1))
            .filter(|&i| within(items, i) && !resides(items, i))
            .filter_map(|i| items.get(i))
            .filter_map(Item::city);
        if behind {
            cities.next()
        } else {
            cities.next_back()
        }
    };
    let place = city(true).or_else(|| city(false));
    let place = place
        .or_else(|| reader.city_there(index, sentence, frame.clause))
        .or_else(|| reader.lead_city(sentence))
        .or_else(|| scene::of_entry(reader, sentence));
    if let Some(value) = place.and_then(|c| reader.city_value(c)) {
        fact.set(Slot::Place, value);
    } else if let Some(house) = residence::residence(reader, sentence, frame.clause) {
        fact.set(Slot::Place, Value::Place(house));
    }
    topics(reader, index, sentence, frame, &mut fact, &mut evidence);
    let undated = frame.date.is_none() && dated.date.is_none();
    let mut claim = reader.claim(
        fact,
        rule,
        sentence,
        Some(frame),
        evidence,
        dated.flags.clone(),
    );
    // "On 3 May she was received by A. She then met B": on the same day, before the days of the whole visit.
    let then = items
        .get(frame.clause.0..frame.at)
        .is_some_and(|before| before.iter().any(|i| i.is(Class::Then)));
    // "She came on the 3rd. On the 4th A received her. She met B": on the day told since the visit.
    let since = |span: Span| {
        let visit = earlier.last_of(Kind::Visit).next();
        visit.is_some_and(|c| c.statement().end <= span.start)
    };
    let same_day = reader
        .day_told(index)
        .filter(|(day, span)| undated && day.precision() == 3 && (then || since(*span)));
    if let Some((day, span)) = same_day {
        when::during(reader, index, &mut claim, earlier, when::REACH);
        claim.fact.set(Slot::Date, Value::Date(day));
        claim.evidence.push(Evidence {
            span,
            role: EvidenceRole::Date,
        });
    } else if undated {
        when::during(reader, index, &mut claim, earlier, when::REACH);
        // "attended the funeral in May 2008; there he met A": at the time that the sentence has told before.
        let before = items.get(..frame.at).unwrap_or(&[]).iter();
        let before = before.enumerate().rfind(|(_, i)| i.is_date());
        if let Some((at, item)) = before.filter(|_| !claim.fact.has(Slot::Date)) {
            let told = reader.date(sentence, Some(at));
            let own = told.bound == super::dates::Bound::None;
            if let Some(date) = told.date.filter(|_| own) {
                claim.fact.set(Slot::Date, Value::Date(date));
                claim.evidence.push(Evidence {
                    span: item.span,
                    role: EvidenceRole::Date,
                });
            }
        }
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
        // A statement on a visit tells of nothing else.
        if !claim.fact.has(Slot::Date) && reader.issued {
            when::during(reader, index, &mut claim, earlier, when::STATEMENT);
        }
    }
    let coarse =
        frame.date.is_none() && !undated && when::finer(reader, index, &mut claim, earlier);
    // Of several who receive somebody one after another, each has the day named last before him.
    let met = indexes.iter().copied().find(|i| *i > frame.at);
    let met = met.filter(|_| frame.passive).unwrap_or(frame.at);
    let whole = dated.date.is_some_and(|d| d.interval);
    if undated || coarse || whole {
        days::of_visit(reader, index, sentence, (frame, met), &mut claim, earlier);
    }
    // "from 3 to 5 May; on the first day A received her, and the next day B": not the day after her stay.
    let stay = when::visit(reader, index, &claim, earlier, when::REACH);
    let end = stay.and_then(|v| v.fact.date(Slot::End)?.start?.plus_days(1));
    let behind = end.is_some() && dated.day() == end;
    if frame.date.is_some() && (dated.date.is_none() || behind) {
        days::next_day(reader, index, sentence, frame, &mut claim, earlier);
    }
    let further = again::again(reader, sentence, rule, frame, &claim);
    std::iter::once(claim).chain(further).collect()
}

/// "in Lima", "in the presidential palace of Lima": whether a place is one in which something is, itself or by what is of it.
fn within(items: &[Item], at: usize) -> bool {
    let Some(item) = items.get(at) else {
        return false;
    };
    if item.has_prep(Class::In) {
        return true;
    }
    let noun = |i: &usize| {
        let word = items.get(*i);
        word.is_some_and(|x| {
            matches!(x.kind, ItemKind::Word) && x.verb.is_none() && !x.is(Class::In)
        })
    };
    let before = (0..at).rev().take_while(noun).take(5).last();
    let led = before.and_then(|i| items.get(i.checked_sub(1)?));
    // A preposition alone is no noun: "in [a noun] of Lima".
    let nouns = before.is_some_and(|first| {
        items.get(first..at).is_some_and(|words| {
            words
                .iter()
                .any(|w| w.meanings.is_empty() || w.is(Class::Thing))
        })
    });
    item.has_prep(Class::Of) && nouns && led.is_some_and(|x| x.is(Class::In))
}

/// Who was told to visit with this office shortly before: "the Peruvian president" after a visit of the president of Peru.
fn visiting(
    reader: &Reader<'_>,
    index: usize,
    office: &Value,
    earlier: &Told,
) -> Option<(Value, Evidence)> {
    let near = || {
        let visits = earlier.last_of(Kind::Visit);
        visits.take_while(|c| reader.near(index, c, 3))
    };
    // "Visit of X to Y. The Peruvian president met …": of whom no office is told.
    let from = |c: &&Claim| {
        let Value::Office(office) = office else {
            return false;
        };
        let own = c.fact.body(Slot::From);
        !c.fact.has(Slot::Role) && own.is_some() && own == office.of.as_ref()
    };
    let visit = near().find(|c| c.fact.get(Slot::Role) == Some(office));
    let visit = visit.or_else(|| near().next().filter(from))?;
    let told = visit.statement();
    let person = visit.fact.get(Slot::Visitor)?;
    Some((
        person.clone(),
        Evidence {
            span: told,
            role: EvidenceRole::Antecedent,
        },
    ))
}

/// The role of whom somebody is the counterpart, where the text gives that somebody a role or calls them ministers or presidents.
fn counterpart_role(reader: &Reader<'_>, lead: &Who) -> Option<String> {
    lead.role.clone().or_else(|| {
        let name = lead.person?;
        let _ = reader.people.known.get(name)?;
        // A plural description of the two ("the two ministers", "les deux ministres") tells what both are.
        reader.both_role.map(str::to_owned)
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
    let mut add = |items: &[Item]| {
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
        && next
            .items
            .iter()
            .take(3)
            .any(|i| i.actor().is_some_and(|a| a.stand == Some(Stand::Both)))
    {
        add(&next.items);
        evidence.push(Evidence {
            span: next.span,
            role: EvidenceRole::Statement,
        });
    }
}
