//! The parts of a visit, once found → the claim, or none where they make no visit.

use super::places::Goal;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::fact::{Claim, Day, Edtf, Evidence, Fact, Kind, Slot, Value};
use crate::language::{Class, Head, Meaning, Rule};

#[expect(clippy::too_many_arguments, reason = "every part of a visit, once")]
pub(super) fn claim(
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
    // Who is sent to stay travels to a post: an envoy, a consul, whatever the sentence calls him.
    let posted = |p: usize| {
        let known = reader.people.known.get(p);
        known.is_some_and(|k| k.offices.iter().any(|h| is_head_of_mission(&h.role)))
    };
    let own = who.role.as_deref();
    if frame.is_some()
        && own.is_none_or(is_head_of_mission)
        && (who.person.is_some_and(posted) || own.is_some_and(is_head_of_mission))
    {
        return None;
    }
    // Anybody may be told to travel; who has no office in the text counts only between its two sides, and by a whole name.
    if who.role.is_none() && frame.is_some() {
        let known = who.person.and_then(|p| reader.people.known.get(p))?;
        let traveller = who.of.is_some() && known.name.contains(' ');
        if !(reader.is_side(goal.to) || traveller) || !(known.name.contains(' ') || known.sure) {
            return None;
        }
        if private(sentence, &known.name) || of_state(reader, &known.name) {
            return None;
        }
    }
    // Years on end are no visit.
    if let Some(Edtf {
        start: Some(first),
        end: Some(last),
        ..
    }) = dated.date
        && last.year > first.year + 1
    {
        return None;
    }
    // "X and the Duchess": a spouse comes along.
    let spouse = [
        "Queen",
        "Prince Consort",
        "Empress",
        "Princess",
        "Duchess",
        "Grand Duchess",
        "Crown Princess",
    ];
    if who.person.is_none() && who.role.as_deref().is_some_and(|r| spouse.contains(&r)) {
        return None;
    }
    // "The minister": which one, nothing here tells.
    if who.person.is_none() && who.role.as_deref() == Some("Minister") {
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
    let ended = frame.is_some_and(|frame| ended(&sentence.items, frame));
    let day = |d: &Edtf| d.precision() == 3 && !d.interval;
    if ended && let Some(date) = dated.date.filter(day) {
        fact.set(Slot::End, Value::Date(date));
        // Of its beginning no more is told than the year.
        if let Some(last) = date.start.filter(|d| d.month != Some(1)) {
            let year = Day {
                month: None,
                day: None,
                ..last
            };
            fact.set(Slot::Start, Value::Date(Edtf::on(year)));
        }
    } else {
        dated.put_range(&mut fact, Slot::Start, Slot::End);
    }
    fact.set(Slot::Kind, Value::Term(kind.to_owned()));
    evidence.extend(dated.evidence.iter().copied());
    if who.of.is_none() {
        evidence.extend(reader.side_evidence());
    }
    Some(reader.claim(fact, rule, sentence, frame, evidence, dated.flags.clone()))
}

/// "Concluded her visit to Peru on 3 May", "his visit ended on 3 May": whether the day of a visit is its last.
fn ended(items: &[Item], frame: &Frame) -> bool {
    let before = items.get(..frame.at).unwrap_or(&[]).iter().rev();
    let word = |i: &&Item| !i.is_np() && !matches!(i.kind, ItemKind::Sign(_));
    let governs = before
        .take(6)
        .take_while(word)
        .any(|i| i.is(Class::VisitEnded));
    let behind = items
        .get(frame.at + 1..frame.clause.1)
        .unwrap_or(&[])
        .iter();
    let mut behind = behind.take_while(|i| !i.is_date() && !i.sign(','));
    governs || behind.any(|i| i.is(Class::VisitEnded))
}

/// What the text says of the visit near its trigger.
pub(super) fn visit_kind(items: &[Item], at: usize, clause: (usize, usize)) -> &'static str {
    let near = at.saturating_sub(4).max(clause.0)..(at + 7).min(clause.1);
    let kind = kind_told(items.get(near.clone()).unwrap_or(&[]));
    // "arrived in Lima on 16 May 2024 for a two-day official visit": further on, where the phrase goes on with the noun.
    let small = |i: &&Item| {
        let word = matches!(
            i.kind,
            ItemKind::Word | ItemKind::Quantity(_) | ItemKind::Sign('-')
        ) && !i.is_finite();
        (word && !i.is(Class::And)) || i.is_date() || i.city().is_some()
    };
    let rest = items.get(near.end..clause.1.max(near.end)).unwrap_or(&[]);
    let far = rest.iter().take(6).take_while(small).count();
    let noun = rest
        .get(far)
        .is_some_and(|i| matches!(i.kind, ItemKind::Trigger(_)));
    if kind == "other" && noun {
        kind_told(items.get(near.start..=near.end + far).unwrap_or(&[]))
    } else {
        kind
    }
}

/// What the words before a visit say of it that form a phrase of their own ("the state | visit"), or those of the noun before its verb ("On his
/// official visit to Peru the president was received in Lima").
pub(super) fn kind_before(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> &'static str {
    if rule.head == Head::Verb {
        let before = items.get(..frame.at).unwrap_or(&[]);
        let noun = before
            .iter()
            .rposition(|i| i.is_noun_for(reader.lexicon, "visit"));
        let own = |n: &usize| {
            let led = before.get(n.saturating_sub(2)..*n).unwrap_or(&[]);
            led.iter().any(|i| i.is(Class::Possessive))
                && !before
                    .get(..*n)
                    .unwrap_or(&[])
                    .iter()
                    .any(|i| i.actor().is_some())
        };
        let received = rule.id.ends_with("visit.received");
        let noun = noun.filter(|n| received && own(n));
        return noun.map_or("other", |n| visit_kind(items, n, (0, frame.at)));
    }
    let before = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let phrase = before.filter(|i| i.actor().is_none_or(|a| a.name.is_none()));
    let Some((_, word)) = phrase.and_then(|i| i.folded.rsplit_once(' ')) else {
        return "other";
    };
    let said = |class: Class| reader.lexicon.has_class(word, class);
    if said(Class::VisitWorking) {
        "working"
    } else if said(Class::VisitState) {
        "state"
    } else if said(Class::VisitOfficial) {
        "official"
    } else {
        "other"
    }
}

/// What items say of the visit that they tell.
pub(in crate::extract) fn kind_told<'i, 'a: 'i>(
    near: impl IntoIterator<Item = &'i Item<'a>, IntoIter: Clone>,
) -> &'static str {
    // "Council of State": what the state is of is no visit.
    let state = |i: &Item| i.is(Class::VisitState) && !i.has_prep(Class::Of);
    let near = near.into_iter();
    if near.clone().any(|i| i.is(Class::VisitWorking)) {
        "working"
    } else if near.clone().any(state) {
        "state"
    } else if near.clone().any(|i| i.is(Class::VisitOfficial)) {
        "official"
    } else {
        "other"
    }
}

/// "Bishop X", "the singer X", "X, a geologist, …": whether the sentence says of somebody without an office what else he is.
fn private(sentence: &Sentence, name: &str) -> bool {
    let items = &sentence.items;
    let noun = |i: Option<usize>| {
        i.and_then(|i| items.get(i)).is_some_and(|x| {
            matches!(x.kind, ItemKind::Word) && x.meanings.is_empty() && x.verb.is_none()
        })
    };
    let is = |i: usize, class: Class| items.get(i).is_some_and(|x| x.is(class));
    items.iter().enumerate().any(|(at, item)| {
        let own = item.actor().is_some_and(|a| {
            a.office.is_none()
                && a.stand.is_none()
                && !a.titled
                && a.name
                    .as_ref()
                    .is_some_and(|n| n == name || name.ends_with(n.as_str()))
        });
        let before = noun(at.checked_sub(1))
            && at.checked_sub(2).is_none_or(|b| {
                is(b, Class::Article)
                    || items
                        .get(b)
                        .is_some_and(|x| matches!(x.kind, ItemKind::Body(_, true)))
            });
        let comma = items.get(at + 1).is_some_and(|x| x.sign(','));
        let behind = comma && is(at + 2, Class::Indefinite) && noun(Some(at + 3));
        own && (before || behind)
    })
}

/// "Royal Jordanian", "Air Peru": whether a name without an office has the name or adjective of a state in it, as companies have.
fn of_state(reader: &Reader<'_>, name: &str) -> bool {
    name.split(' ').any(|word| {
        let meanings = reader.lexicon.meanings(word);
        let state = |m: &Meaning| matches!(m, Meaning::Body(..) | Meaning::Class(Class::Thing));
        !meanings.is_empty() && meanings.iter().all(state)
    })
}
