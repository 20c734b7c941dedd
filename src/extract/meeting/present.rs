//! Items of one meeting → who takes part, with pronouns and what the sentence leaves unsaid.

use super::parties::fronted;
use crate::extract::clauses::Clauses;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, Stand};
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Head, Rule};
use crate::text::Span;

/// How many sentences after the last visit told its guest is still "the visitor".
pub(super) const GUEST_REACH: usize = 8;

/// Who takes part in the meeting of the persons at these items.
pub(super) fn present(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    indexes: &[usize],
    earlier: &Told,
) -> Vec<Who> {
    let items = &sentence.items;
    let mut whos: Vec<Who> = Vec::new();
    // Who is meant by a pronoun before the verb is told last: none of the others.
    let him = |i: &usize| stand(items, *i) == Some(Stand::Him);
    let all = indexes;
    let mut indexes = indexes.to_vec();
    indexes.sort_by_key(him);
    for i in indexes {
        // "A and B paid a visit; the king received them": all who came.
        if let Some(guests) = items.get(i).and_then(|x| guests(reader, index, x, earlier)) {
            guests.into_iter().for_each(|who| add(&mut whos, who));
            continue;
        }
        for who in meant(reader, index, items, i, &whos, earlier) {
            add(&mut whos, who);
        }
    }
    if frame.subject.is_empty()
        && let Some(who) = reader.unsaid(index, sentence, rule, frame)
        && !whos.iter().any(|w| w.person == who.person)
    {
        let guest = guest_instead(reader, index, &who, &whos, earlier);
        whos.insert(0, guest.unwrap_or(who));
    }
    // "The visit of A: she is received by B", "Reçu le 12 par B.": who is received was named before.
    if whos.len() == 1 && frame.passive && frame.object.is_empty() {
        let before = items.get(..frame.at).unwrap_or(&[]);
        let named = |free: bool| {
            let mut named = before.iter().rev().filter(|i| i.actor().is_some());
            named.find(|i| !free || i.prep.is_empty() && !i.genitive)
        };
        // "confers with A and is received by B": nor is it whom the one who is received met before.
        let met = |i: &Item| {
            i.rules(reader.lexicon)
                .any(|r| r.id.contains("meeting.met"))
        };
        let met = before.iter().any(met);
        let before = || named(false).filter(|i| !(met && i.has_prep(Class::With)));
        if let Some(named) = named(true).or_else(before) {
            for who in reader.who(index, named) {
                add(&mut whos, who);
            }
        } else if let Some(at) = items.get(frame.at)
            && let Some((person, span)) = reader.last_person(index, at.span)
        {
            let who = told(person, span);
            let guest = guest_instead(reader, index, &who, &whos, earlier);
            add(&mut whos, guest.unwrap_or(who));
        }
    }
    // "A flew to Lima for talks with B": who meets is who acts in the clause.
    let purpose = items
        .get(frame.at.saturating_sub(2)..frame.at)
        .is_some_and(|b| b.iter().any(|i| i.is(Class::For)));
    let acts = |i: &usize| items.get(*i).is_some_and(|x| x.actor().is_some());
    if whos.len() == 1
        && rule.head == Head::Noun
        && purpose
        && !frame.subject.iter().any(acts)
        && let Some(item) = Clauses::new(items)
            .acting(frame.at)
            .and_then(|i| items.get(i))
    {
        for who in reader.who(index, item) {
            add(&mut whos, who);
        }
    }
    // "At the meeting with A, B praised …", "After meeting A, B flew to …"
    if whos.len() == 1
        && frame.subject.is_empty()
        && let Some(item) = fronted(items, frame).and_then(|i| items.get(i))
    {
        for who in reader.who(index, item) {
            add(&mut whos, who);
        }
    }
    // "X, with whom the king held talks": whom the relative clause is about stands before it.
    if whos.len() == 1
        && let Some(relative) = (frame.clause.0..frame.at)
            .rev()
            .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Relative)))
        && let Some(before) = antecedent(items, relative)
    {
        for who in reader.who(index, before) {
            add(&mut whos, who);
        }
    }
    // "A conversation with X followed": the other is who was spoken of before.
    let opens = items
        .get(..frame.at)
        .is_some_and(|before| before.iter().all(|i| i.actor().is_none() && !i.is_finite()));
    // "Talks with X.": whom the preposition within the words of a noun leads to that opens its sentence.
    let swallowed = items
        .get(frame.at)
        .is_some_and(|x| opens && x.folded.ends_with(" with"));
    let direct = |i: usize| {
        let between = items.get(frame.at + 1..i).unwrap_or(&[]);
        between.iter().all(|x| !x.sign(','))
    };
    let with = |i: &usize| {
        let led = items
            .get(*i)
            .is_some_and(|x| x.has_prep(Class::With) || x.has_prep(Class::By));
        led || swallowed && frame.object.contains(i) && direct(*i)
    };
    let met = frame.phrases.iter().chain(&frame.object);
    // "Talks with X and Y."
    let alone = whos.len() == 1 || opens && all.iter().all(with);
    if alone
        && rule.head == Head::Noun
        && frame.subject.is_empty()
        && met.clone().any(with)
        && let Some(found) = reader.spoken_of(index, &whos)
    {
        whos.insert(0, found);
    }
    // "Tuesday 12: audience to X" in the diary of a ministry: with its minister.
    let led = |i: &usize| with(i) || items.get(*i).is_some_and(|x| x.has_prep(Class::To));
    if let [only] = whos.as_slice()
        && rule.head == Head::Noun
        && frame.subject.is_empty()
        && opens
        && met.clone().any(led)
        && let Some((person, span)) = reader.minister_who_speaks()
        && only.person != Some(person)
        && only.of.is_none_or(|of| {
            reader
                .home()
                .is_none_or(|home| !reader.same_state(of, home))
        })
    {
        whos.insert(0, told(person, span));
    }
    whos
}

/// The pronouns that stand for several as the object of a verb.
const THEM: [&str; 4] = ["them", "los", "las", "les"];

/// All whose visit was told last, shortly before, where a pronoun stands for several.
fn guests(reader: &Reader<'_>, index: usize, item: &Item, earlier: &Told) -> Option<Vec<Who>> {
    let stands = item.actor()?.stand;
    let several = matches!(stands, Some(Stand::Him | Stand::Both)) && THEM.contains(&&*item.folded);
    let mut visits = earlier
        .last_of(Kind::Visit)
        .take_while(|c| several && reader.near(index, c, GUEST_REACH / 4))
        .filter(|c| c.holds());
    let last = visits.next()?;
    let same = |c: &&Claim| {
        let slots = [Slot::To, Slot::Start];
        c.statement() == last.statement()
            && slots.iter().all(|s| c.fact.get(*s) == last.fact.get(*s))
    };
    let person = |c: &Claim| {
        let Some(Value::Person(person)) = c.fact.get(Slot::Visitor) else {
            return None;
        };
        Some(told(reader.people.find(&person.name)?, c.statement()))
    };
    let mut found: Vec<Who> = std::iter::once(last)
        .chain(visits.take_while(same))
        .filter_map(person)
        .collect();
    found.reverse();
    (found.len() > 1).then_some(found)
}

/// A person by the passage that names them.
fn told(person: usize, span: Span) -> Who {
    Who {
        person: Some(person),
        evidence: vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }],
        ..Who::default()
    }
}

/// Whom a relative clause is about: the actor named last before it.
fn antecedent<'a, 'p>(items: &'a [Item<'p>], relative: usize) -> Option<&'a Item<'p>> {
    let before = items.get(..relative)?;
    before.iter().rev().find(|i| i.actor().is_some())
}

fn stand(items: &[Item], at: usize) -> Option<Stand> {
    items.get(at)?.actor()?.stand
}

fn add(whos: &mut Vec<Who>, who: Who) {
    if !whos
        .iter()
        .any(|w| w.person.is_some() && w.person == who.person)
    {
        whos.push(who);
    }
}

/// Who is meant at one item, where those are known who take part beside.
fn meant(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    at: usize,
    beside: &[Who],
    earlier: &Told,
) -> Vec<Who> {
    let Some(item) = items.get(at) else {
        return Vec::new();
    };
    let others: Vec<usize> = beside.iter().filter_map(|w| w.person).collect();
    let stand = item.actor().and_then(|a| a.stand);
    // "the guest": of the visit told last.
    if stand == Some(Stand::ThePerson)
        && item
            .actor()
            .is_some_and(|a| a.body.is_none() && a.name.is_none())
        && let Some(guest) = guest(reader, index, &others, earlier)
    {
        return vec![guest];
    }
    // "Al canciller X lo recibió el rey": whom the pronoun repeats is said before it.
    let said = at.checked_sub(1).and_then(|i| items.get(i)).filter(|x| {
        stand == Some(Stand::Him)
            && x.has_prep(Class::To)
            && x.actor().is_some_and(|a| a.name.is_some())
    });
    if let Some(said) = said {
        return reader.who(index, said);
    }
    let found = reader.who(index, item);
    if let Some(host) = host_of_guest(reader, index, item, &found, beside, earlier) {
        return vec![host];
    }
    let pronoun = matches!(stand, Some(Stand::He | Stand::Him));
    // "X, whom he had met": not X.
    let mut others = others;
    if pronoun
        && let Some(relative) = at.checked_sub(1).filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.is(Class::Relative) && !x.is(Class::There))
        })
        && let Some(before) = antecedent(items, relative).filter(|x| {
            items
                .get(relative)
                .is_some_and(|r| x.span.end + 3 >= r.span.start)
        })
    {
        others.extend(reader.who(index, before).iter().filter_map(|w| w.person));
    }
    // "During the third stay of Wade the king received him": whom the sentence named before, in whatever case.
    let elsewhere = stand == Some(Stand::Him)
        && found.iter().flat_map(|w| &w.evidence).any(|e| {
            let start = items.first().map_or(0, |i| i.span.start);
            e.role == EvidenceRole::Antecedent && e.span.end <= start
        });
    let taken = elsewhere
        || found
            .iter()
            .any(|w| w.person.is_some_and(|p| others.contains(&p)));
    if pronoun
        && (!taken || elsewhere)
        && let [who] = found.as_slice()
        && let Some(guest) = guest_instead(reader, index, who, beside, earlier)
    {
        return vec![guest];
    }
    if !pronoun || !taken {
        return found;
    }
    // "Soto met him": not Soto, but whom the sentence named before, or who was spoken of before.
    let here = items.get(..at).unwrap_or(&[]).iter().rev().find_map(|i| {
        i.actor()?.name.as_ref()?;
        let who = reader.who(index, i).into_iter().next()?;
        who.person
            .is_some_and(|p| !others.contains(&p))
            .then_some(who)
    });
    let spoken = || {
        let (person, span) = reader.last_other(index, &others)?;
        Some(told(person, span))
    };
    let meant = here.or_else(|| if elsewhere { None } else { spoken() });
    meant.map_or(found, |who| vec![who])
}

/// "A came to Lima. He was welcomed by B, the Peruvian minister. He met C": who is at home there meets nobody of his own; the guest does,
/// whom the visit told last brought.
fn guest_instead(
    reader: &Reader<'_>,
    index: usize,
    who: &Who,
    beside: &[Who],
    earlier: &Told,
) -> Option<Who> {
    let visit = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, GUEST_REACH / 2))
        .find(|c| c.holds() && !along(c))?;
    let told = reader.sentence_index(visit.statement().start)?;
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let to = reader.body_in(&visit.fact, Slot::To)?;
    let Some(Value::Person(named)) = visit.fact.get(Slot::Visitor) else {
        return None;
    };
    let visitor = reader.people.find(&named.name)?;
    let offices = |person: usize| reader.people.known.get(person).map(|k| &k.offices);
    let of = who
        .of
        .or_else(|| offices(who.person?)?.iter().find_map(|h| h.of));
    let absent = beside.iter().all(|w| w.person != Some(visitor)) && who.person != Some(visitor);
    // "Prime Minister B received him. He also met C": whom the guest has met there, whosever he is.
    let met = || {
        let other = who.person.and_then(|p| reader.person_value(p));
        let both = |c: &Claim| {
            let all = c.fact.all(Slot::Participants);
            let guest = all.contains(&Value::Person(named.clone()));
            guest && other.as_ref().is_some_and(|o| all.contains(o))
        };
        let since = visit.statement().start;
        let told = earlier.last_of(Kind::Meeting);
        let mut told = told.take_while(|c| c.statement().start >= since);
        told.any(|c| c.holds() && both(c))
    };
    let host = of.map_or_else(met, |of| reader.same_state(of, to));
    // A statement has its paragraphs on one journey.
    let here = reader.issued || block(told) == block(index);
    (host && absent && here).then(|| Who {
        person: Some(visitor),
        evidence: vec![Evidence {
            span: visit.statement(),
            role: EvidenceRole::Antecedent,
        }],
        ..Who::default()
    })
}

/// Whether a visit is that of somebody who only came along.
pub(super) fn along(visit: &Claim) -> bool {
    visit.rule.ends_with("visit.accompanied")
}

/// The visitor of the visit told last, if it was told shortly before.
fn guest(reader: &Reader<'_>, index: usize, others: &[usize], earlier: &Told) -> Option<Who> {
    let visit = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, GUEST_REACH))
        .find(|c| c.holds() && !along(c))?;
    let told = visit.statement();
    let Some(Value::Person(person)) = visit.fact.get(Slot::Visitor) else {
        return None;
    };
    let person = reader.people.find(&person.name)?;
    (!others.contains(&person)).then(|| Who {
        person: Some(person),
        evidence: vec![Evidence {
            span: told,
            role: EvidenceRole::Antecedent,
        }],
        ..Who::default()
    })
}

/// "He was in Rabat in May. He called on the Prime Minister": whom a guest meets who is named by his office alone is not the one of the guest's own
/// state, of whom the text has spoken before.
fn host_of_guest(
    reader: &Reader<'_>,
    index: usize,
    item: &Item,
    found: &[Who],
    beside: &[Who],
    earlier: &Told,
) -> Option<Who> {
    let actor = item.actor().filter(|a| a.name.is_none())?;
    let office = actor
        .office
        .as_ref()
        .filter(|o| o.of.is_none() && !o.possessive)?;
    let [who] = found else { return None };
    let held = |w: &Who| reader.people.office_at(w.person?, item.span.start)?.of;
    let own = who.of.or_else(|| held(who))?;
    let guest = beside.iter().filter_map(|w| w.person).find_map(|p| {
        let value = reader.person_value(p)?;
        let visit = earlier
            .last_of(Kind::Visit)
            .take_while(|c| reader.near(index, c, GUEST_REACH / 2))
            .find(|c| c.holds() && c.fact.get(Slot::Visitor) == Some(&value))?;
        let told = reader.sentence_index(visit.statement().start)?;
        let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
        let to = reader.body_in(&visit.fact, Slot::To)?;
        let from = reader.body_in(&visit.fact, Slot::From)?;
        let home = reader.same_state(own, from) && !reader.same_state(own, to);
        (home && block(told) == block(index)).then_some((to, visit.statement()))
    });
    let (to, span) = guest?;
    who.person?;
    Some(Who {
        role: Some(reader.role_name(office.role)),
        of: Some(to),
        evidence: vec![Evidence {
            span,
            role: EvidenceRole::Antecedent,
        }],
        ..Who::default()
    })
}
