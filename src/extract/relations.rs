//! Relations between states: recognised, established, severed, resumed, upgraded, downgraded.

mod actors;
mod apart;
mod at_once;
mod bare_line;
mod between;
mod between_others;
mod chronicle;
mod conferred;
mod done;
mod enumerated;
mod gapped;
mod instrument;
mod keyed;
mod likewise;
mod listed;
mod needed;
mod nouns;
mod own_side;
mod parties;
mod pronoun;
mod recognition;
mod span;
mod spoken;
mod with_whom;

use super::dates::Bound;
use super::frame::{Frame, passive_before};
use super::items::{Item, ItemKind, date_among, dates_in_a_row, own_date};
use super::mission::late;
use super::reader::{Dated, Reader, Sentence};
use super::told::Told;
use crate::document::BlockKind;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Polarity, Slot, Value};
use crate::language::{Class, Head, Rule, TriggerForm};
pub(super) use chronicle::{chronicle, entry};
pub(super) use conferred::conferred;
pub(super) use instrument::by_title;
pub(super) use keyed::since;
pub(super) use likewise::likewise;
pub(super) use listed::listed;
pub(super) use needed::needed;
use parties::{Between, Pair};
pub(super) use pronoun::{carried, goes_on};
use std::collections::BTreeMap;

/// "The embassy in A, which reopened in 1989 after the break of 1973": whether what a verb's relative speaks of is a mission, and no relations.
fn of_mission(items: &[Item], frame: &Frame) -> bool {
    let small = |i: &&Item| i.sign(',') || i.is(Class::Relative) || i.is(Class::Be);
    let before = items.get(..frame.at).unwrap_or(&[]);
    let relative = before.last().is_some_and(|i| i.is(Class::Relative));
    let city = |i: &&Item| small(i) || i.city().is_some() || i.is(Class::In);
    let subject = before.iter().rev().find(|i| !city(i));
    relative && subject.is_some_and(|i| i.mission().is_some())
}

/// Claims of a relations rule's frame; `earlier` are the claims read so far.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    if rule.set.contains_key("same") {
        return likewise::followed(reader, index, sentence, rule, frame, earlier);
    }
    let Some(event) = rule.set.get("event") else {
        return Vec::new();
    };
    let heading = reader
        .block(sentence)
        .is_some_and(|b| matches!(b.kind, BlockKind::Heading(_)));
    if rule.set.contains_key("heading") && !heading {
        return Vec::new();
    }
    if rule.head == Head::Verb && of_mission(items, frame) {
        return Vec::new();
    }
    let acting = frame.role(items, rule, "actor");
    let named = acting
        .iter()
        .chain(&frame.role(items, rule, "party"))
        .any(|&i| items.get(i).is_some_and(|x| x.body().is_some()));
    // "Consular relations were established in 1921, diplomatic ones in 1971"
    if event == "established"
        && rule.head == Head::Verb
        && let Some(found) = gapped::diplomatic(reader, sentence, rule, frame)
    {
        return vec![found];
    }
    // "The rupture of relations dates from 1973": of the event that is dated.
    if event == "established" && nouns::of_their_end(reader, items, frame) {
        return Vec::new();
    }
    if between_others::celebrated(items, frame, rule)
        || between_others::of_others(&reader.doc.text, items, frame, rule, named)
    {
        return Vec::new();
    }
    if rule.set.contains_key("alone") && !apart::alone(reader, index, items, frame, earlier) {
        return Vec::new();
    }
    if in_other_title(items, frame.at) {
        return Vec::new();
    }
    // "A new stage of relations began in 2017"
    let part = |i: usize| {
        let near = items.get(i + 1..(i + 4).min(frame.at)).unwrap_or(&[]);
        let part = items.get(i).is_some_and(|x| x.is(Class::RelationsPart));
        part && near.iter().any(|x| x.is(Class::Relations))
    };
    if event == "established" && (0..frame.at).any(part) {
        return Vec::new();
    }
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    if rule.set.contains_key("level") && !clause.iter().any(|i| is_level(reader, i)) {
        return Vec::new();
    }
    // "Relations have been strained since 2001": no more than an auxiliary.
    let auxiliary = items.get(frame.at).is_some_and(|i| i.is(Class::Have))
        && !items
            .get(frame.at + 1..frame.clause.1)
            .is_some_and(|b| b.iter().any(|i| i.is(Class::Relations)));
    if rule.set.contains_key("since") && auxiliary {
        return Vec::new();
    }
    // "Relations followed in 1977", not "a visit followed, and relations …".
    let subject = items
        .get(..frame.at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take(8)
        .take_while(|i| !i.sign(',') && (!i.is_finite() || i.is(Class::Have)))
        .any(|i| i.is(Class::Relations) && i.prep.is_empty());
    if rule.set.get("subject").is_some_and(|s| s == "relations") && !subject {
        return Vec::new();
    }
    if rule.set.contains_key("noun") && !nouns::of_states(reader, index, sentence, frame, earlier) {
        return Vec::new();
    }
    if rule.set.get("parties").is_some_and(|p| p == "earlier")
        && frame.role(items, rule, "party").is_empty()
    {
        let last = of_the_last(reader, sentence, rule, frame, event, earlier);
        if last.is_some() || frame.role(items, rule, "actor").is_empty() {
            return last.into_iter().collect();
        }
    }
    let did = (event == "recognised")
        .then(|| enumerated::who_did(reader, items, frame))
        .flatten();
    let between = || parties::told(reader, index, sentence, rule, frame, earlier);
    let Some(told) = did
        .as_ref()
        .map_or_else(between, |_| Some(Between::default()))
    else {
        return Vec::new();
    };
    let told = Event {
        reader,
        sentence,
        rule,
        frame,
        event,
        told,
    };
    if let Some((other, who)) = did {
        let pair = |body: usize| Pair {
            parties: [body, other],
            actor: Some(body),
        };
        return who
            .into_iter()
            .flat_map(|(body, date)| told.claims(&pair(body), date))
            .collect();
    }
    let pairs = &told.told.pairs;
    let listed = enumerated::enumerated(reader, items, frame);
    if let Some(first) = pairs.first().filter(|_| !listed.is_empty()) {
        let [a, b] = first.parties;
        let among = |body: usize| listed.iter().any(|(other, _)| *other == body);
        let common = first.actor.unwrap_or(a);
        // "recognised by A (1991), B (1992)": who acts is listed, who is recognised is common to all.
        let recognisers = event == "recognised" && among(common);
        let common = match (recognisers, common == a) {
            (true, true) => b,
            (true, false) => a,
            (false, _) => common,
        };
        let pair = |body: usize| Pair {
            parties: if recognisers {
                [body, common]
            } else {
                [common, body]
            },
            actor: if recognisers { Some(body) } else { first.actor },
        };
        let others = listed.into_iter().filter(|(body, _)| *body != common);
        return others
            .flat_map(|(body, date)| told.claims(&pair(body), Some(date)))
            .collect();
    }
    let date = frame
        .date
        .filter(|d| !of_verb_before(reader, items, frame, *d))
        .or_else(|| shared_date(reader, items, frame))
        .filter(|d| !of_verb_behind(items, frame, *d))
        .filter(|d| !of_other_event(reader, items, frame, event, *d))
        .filter(|d| !long_after(items, frame, *d));
    let dated = reader.date(sentence, date);
    if rule.set.contains_key("dated") && dated.date.is_none()
        || rule.set.contains_key("since") && dated.bound != Bound::Since
    {
        return Vec::new();
    }
    let members = frame.role(items, rule, "party");
    let respective = objects_dates(items, frame, &members);
    let mut claims = Vec::new();
    for pair in pairs {
        // "with A in 1961, with B in 1970": each has a date of its own.
        let of = |list: &[usize], party: usize| {
            let named = |i: &usize| reader.bodies(items, &[*i]).contains(&party);
            list.iter().copied().find(named)
        };
        let actors = subjects_dates(items, frame, &acting);
        let of_actor = of(&acting, pair.parties[0]).and_then(|i| actors.get(&i).copied());
        // "broke with A in 1935, and they were resumed in 1943": what stands behind A before the verb is the date of another.
        let behind = |i: &usize| *i > frame.at || date.is_none_or(|d| d < frame.at);
        let own = of(&members, pair.parties[1])
            .filter(behind)
            .map(|i| date_among(items, &members, i, date))
            .unwrap_or(date);
        let led =
            of(&members, pair.parties[1]).and_then(|i| gapped::led(items, frame, &members, i));
        let own = led.or(own);
        let in_turn = respective.iter().find(|(b, _)| *b == pair.parties[1]);
        let own = of_actor.or(in_turn.map(|(_, date)| *date)).or(own);
        claims.extend(told.claims(pair, own));
    }
    let undated = |c: &Claim| !c.fact.has(Slot::Date) && c.holds();
    if event == "recognised"
        && claims.iter().all(undated)
        && let Some(dated) = at_once::at_once(reader, index, sentence, frame)
    {
        for claim in &mut claims {
            dated.put(&mut claim.fact, Slot::Date);
            claim.evidence.extend(dated.evidence.iter().copied());
        }
    }
    // "with A on 14 April 1993, with B on 8 January": the verb is left out.
    if let Some(first) = pairs.first() {
        let followers = done::followers(reader, items, frame);
        // The one that is common to both: who acts, else the text's own state.
        let [a, b] = first.parties;
        let common = |body: usize| match first.actor {
            Some(actor) => actor,
            None if reader.partner(index, body) == Some(b)
                || reader.is_side(b) && !reader.is_side(a) =>
            {
                b
            }
            None => a,
        };
        for &(body, date) in followers.iter().filter(|(body, _)| ![a, b].contains(body)) {
            let pair = match first.actor.filter(|_| event != "established") {
                Some(actor) => Pair {
                    parties: [body, if actor == a { b } else { a }],
                    actor: Some(body),
                },
                None => first.with(common(body), body),
            };
            claims.extend(told.claims(&pair, date));
        }
        let subjects = match first.actor {
            Some(_) if !frame.passive => done::subjects(reader, items, frame),
            Some(_) | None => Vec::new(),
        };
        for &(body, date) in subjects.iter().filter(|(body, _)| ![a, b].contains(body)) {
            let other = if first.actor == Some(a) { b } else { a };
            let pair = Pair {
                parties: [body, other],
                actor: Some(body),
            };
            claims.extend(told.claims(&pair, date));
        }
        for (body, date) in gapped::gapped(reader, items, frame, event == "recognised") {
            let common = common(body);
            let known = pairs.iter().any(|p| p.parties.contains(&body));
            if known
                || followers
                    .iter()
                    .chain(&subjects)
                    .any(|(other, _)| *other == body)
            {
                continue;
            }
            // "A recognised it in 1958, B in 1959": where no state is named right behind the verb, B recognised it too.
            let before = |i: &&usize| frame.date.is_none_or(|d| **i < d);
            let named: Vec<usize> = members.iter().filter(before).copied().collect();
            // "recognised by A in 1958 and by B in 1959"
            let behind = items.get(frame.at + 1..date).unwrap_or(&[]);
            let by = |x: &Item<'_>| x.has_prep(Class::By) && x.named_body() == Some(body);
            let agent = frame.passive && behind.iter().any(by);
            // In a text on one state "A recognised it in 1965, B in 1972" tells of it alone.
            let it = reader.home().filter(|_| !reader.issued);
            let agent = agent
                || it.is_some_and(|home| {
                    first.actor.is_some_and(|a| a != home) && first.parties.contains(&home)
                });
            let pair = match first.actor {
                Some(actor)
                    if event == "recognised"
                        && (agent || reader.bodies(items, &named).is_empty()) =>
                {
                    Pair {
                        parties: [body, if actor == a { b } else { a }],
                        actor: Some(body),
                    }
                }
                _ => first.with(common, body),
            };
            claims.extend(told.claims(&pair, Some(date)));
        }
        if let Some(actor) = first.actor.filter(|_| frame.polarity == Polarity::Affirmed) {
            let [a, b] = first.parties;
            let other = if actor == a { b } else { a };
            for (body, date) in done::done(reader, items, frame) {
                let pair = Pair {
                    parties: [body, other],
                    actor: Some(body),
                };
                let new = ![a, b].contains(&body);
                claims.extend(new.then(|| told.claims(&pair, date)).into_iter().flatten());
            }
        }
        if let Some(actor) = first.actor {
            let (bodies, behind) = gapped::alike(reader, items, frame);
            let [a, b] = first.parties;
            let other = if actor == a { b } else { a };
            for body in bodies.into_iter().filter(|body| ![a, b].contains(body)) {
                let pair = Pair {
                    parties: [body, other],
                    actor: Some(body),
                };
                claims.extend(told.claims(&pair, behind.or(date)));
            }
        }
    }
    claims
}

/// "established in 1920, suspended during the war": the date right behind another verb of relations is that one's.
fn of_verb_before(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame, date: usize) -> bool {
    let from = frame.clause.0;
    let of_relations = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.fact == "relations");
    let Some(verb) = items
        .get(from..date.min(frame.at))
        .and_then(|b| b.iter().rposition(Item::is_finite))
        .map(|i| from + i)
        .filter(|&i| date < frame.at && items.get(i).is_some_and(of_relations))
    else {
        return false;
    };
    let joint = |i: &Item<'_>| i.sign(',') || i.is(Class::And);
    let joined = |from: usize, to: usize| items.get(from..to).is_some_and(|b| b.iter().any(joint));
    // The joint stands right before the verb: no clause of time or other subject between.
    let direct = items
        .get(date + 1..frame.at)
        .is_some_and(|b| b.len() < 3 && b.iter().any(joint));
    !joined(verb, date) && direct
}

/// "The relations, broken off in the war, were resumed in 1956": the date behind the verb that goes on after a participle in commas is that one's.
fn of_verb_behind(items: &[Item<'_>], frame: &Frame, date: usize) -> bool {
    let comma = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let participle = items
        .get(frame.at)
        .is_some_and(|i| i.verb == Some(TriggerForm::Participle));
    let alone = !passive_before(items.get(..frame.at).unwrap_or(&[]));
    let aside = participle && alone && comma.is_some_and(|i| i.sign(','));
    let between = items.get(frame.at + 1..date).unwrap_or(&[]);
    let closed = between.iter().position(|i| i.sign(','));
    let behind = closed.and_then(|at| between.get(at + 1..)).unwrap_or(&[]);
    aside && behind.iter().any(|i| i.is_finite() || i.is(Class::Be))
}

/// "established relations in 1970, two years after having recognised A": whether a date is that of what was done so long after.
fn long_after(items: &[Item<'_>], frame: &Frame, date: usize) -> bool {
    let between = items.get(date + 1..frame.at).unwrap_or(&[]);
    let after = between
        .iter()
        .rposition(|i| i.is(Class::DateAfter) || i.is(Class::DateBefore));
    let long = after.and_then(|at| between.get(..at)?.last());
    let near = after.is_some_and(|at| between.len() - at < 5);
    near && long.is_some_and(|i| i.is(Class::Years) || matches!(i.kind, ItemKind::Quantity(_)))
}

/// "Relations were restored, interrupted in 2019": whether a date stands behind a comma and the participle of another event of relations.
fn of_other_event(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
    event: &str,
    date: usize,
) -> bool {
    let between = items.get(frame.at + 1..date).unwrap_or(&[]);
    let Some(comma) = between.iter().rposition(|i| i.sign(',')) else {
        return false;
    };
    let participle = between.get(comma + 1);
    participle.is_some_and(|i| {
        let mut rules = i.rules(reader.lexicon);
        let other = rules.any(|r| r.set.get("event").is_some_and(|e| e != event));
        i.verb == Some(TriggerForm::Participle) && other
    })
}

/// "broke with A and recognised B on 1 June 2007": the only date of the sentence, behind the clause.
fn shared_date(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let mut dates = items
        .iter()
        .enumerate()
        .filter(|(_, i)| matches!(i.kind, ItemKind::Date(_)));
    let (at, _) = dates.next()?;
    let apart = items
        .get(frame.at..at)?
        .iter()
        .any(|i| i.sign(';') || i.sign(':') || i.is(Class::But) || i.is(Class::Relative));
    // "…, and the two countries established relations in 1992": whose verb has a subject of its own.
    let between = items.get(frame.at..at).unwrap_or(&[]);
    let joint = between.iter().rposition(|i| i.is(Class::And));
    let next = items
        .iter()
        .skip(joint.map_or(items.len(), |j| frame.at + j + 1));
    let mut next = next.filter(|i| {
        !(i.is(Class::Article) || i.is(Class::In) || i.is(Class::About) || i.is_date())
    });
    let subject = next
        .next()
        .is_some_and(|i| i.is(Class::BothStates) || i.prep.is_empty() && i.named_body().is_some());
    let told = || next.take(8).any(|i| i.is_finite());
    let apart = apart || subject && told();
    (dates.next().is_none() && !apart && !of_verb_before(reader, items, frame, at)).then_some(at)
}

/// Whether an item names a rank or form that relations are raised or lowered to: an embassy, an ambassador, a partnership.
fn is_level(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    reader.heads_mission(item) || item.mission().is_some() || item.is(Class::RelationsLevel)
}

/// What one frame tells between states.
struct Event<'s> {
    reader: &'s Reader<'s>,
    sentence: &'s Sentence<'s>,
    rule: &'s Rule,
    frame: &'s Frame,
    event: &'s str,
    told: Between,
}

impl Event<'_> {
    /// The claims of one pair at the date of an item: of a break with its end told, that relations were resumed then, too.
    fn claims(&self, pair: &Pair, date: Option<usize>) -> Vec<Claim> {
        let dated = self.reader.date(self.sentence, date);
        let parts = span::parts(
            &self.sentence.items,
            self.rule,
            self.frame,
            self.event,
            dated,
        );
        parts
            .into_iter()
            .filter_map(|(event, dated)| {
                // Who broke with the other is not the only one to take relations up again.
                let actor = pair.actor.filter(|_| event == self.event);
                self.claim(&event, &Pair { actor, ..*pair }, &dated)
            })
            .collect()
    }

    fn claim(&self, event: &str, pair: &Pair, dated: &Dated) -> Option<Claim> {
        let reader = self.reader;
        let items = &self.sentence.items;
        let mut fact = Fact::new(Kind::Relations);
        fact.set(Slot::Event, Value::Term(event.to_owned()));
        let then = |body: usize| reader.body_value(reader.state_then(items, body, dated.date));
        for value in pair.parties.iter().filter_map(|b| then(*b)) {
            fact.add(Slot::Parties, value);
        }
        // Relations are established by both, whoever the sentence is about.
        let actor = pair.actor.filter(|_| event != "established");
        if let Some(value) = actor.and_then(then) {
            fact.set(Slot::Actor, value);
        }
        dated.put(&mut fact, Slot::Date);
        let mut evidence = self.told.evidence.clone();
        evidence.extend(dated.evidence.iter().copied());
        (fact.all(Slot::Parties).len() == 2).then(|| {
            let mut claim = reader.claim(
                fact,
                self.rule,
                self.sentence,
                Some(self.frame),
                evidence,
                dated.flags.clone(),
            );
            if late(items, self.frame, dated) {
                claim.polarity = Polarity::Affirmed;
            }
            claim
        })
    }
}

/// "A memorandum on the establishment of a mechanism of consultations": whether a word belongs to the title of a treaty that is not about
/// relations.
fn in_other_title(items: &[Item<'_>], at: usize) -> bool {
    let Some(word) = items.get(at).map(|i| i.span) else {
        return false;
    };
    let about = |title: crate::text::Span| {
        items
            .iter()
            .any(|i| i.is(Class::Relations) && title.contains(i.span))
    };
    items.iter().any(
        |i| matches!(&i.kind, ItemKind::Treaty(np) if np.title.contains(word) && !about(np.title)),
    )
}

/// "A (3 May) and B (8 June) established relations with C", "A in 2017 and B in 2021 broke with C", "A and B recognised C in 1960 and 1961
/// respectively": the dates of those of the subjects that have one of their own.
fn subjects_dates(items: &[Item<'_>], frame: &Frame, acting: &[usize]) -> BTreeMap<usize, usize> {
    let states: Vec<usize> = acting.iter().copied().filter(|i| *i < frame.at).collect();
    let own = |i: &usize| Some((*i, own_date(items, *i)?));
    let found: BTreeMap<usize, usize> = states.iter().filter_map(own).collect();
    let bracketed = |i: &usize| items.get(i + 1).is_some_and(|x| x.sign('('));
    let all = states.len() > 1 && found.len() == states.len();
    let row = frame.date.filter(|d| *d > frame.at && states.len() > 1);
    let row = row.map_or_else(Vec::new, |first| dates_in_a_row(items, first));
    if row.len() == states.len() && !all {
        return states.into_iter().zip(row).collect();
    }
    found
        .into_iter()
        .filter(|(i, _)| all || bracketed(i))
        .collect()
}

/// "Established relations with A and B in 1964 and 1966 respectively": as many dates in a row as states behind the verb, each that of its own.
fn objects_dates(items: &[Item<'_>], frame: &Frame, members: &[usize]) -> Vec<(usize, usize)> {
    let lists = members.iter().filter_map(|i| Some(items.get(*i)?.list));
    let lists: Vec<usize> = lists.collect();
    let behind = items.iter().enumerate().skip(frame.at + 1);
    let listed = behind.filter(|(_, i)| lists.contains(&i.list));
    let states: Vec<(usize, usize)> = listed
        .filter_map(|(at, i)| Some((at, i.named_body()?)))
        .collect();
    let last = states.last().map_or(0, |(at, _)| *at);
    let row = frame.date.filter(|first| *first > last);
    let row = row.map_or_else(Vec::new, |first| dates_in_a_row(items, first));
    let all = states.len() > 1 && row.len() == states.len();
    let pairs = states.into_iter().map(|(_, body)| body).zip(row);
    pairs.filter(|_| all).collect()
}

/// "The rupture lasted until …": the parties of the last break told.
fn of_the_last(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    event: &str,
    earlier: &Told,
) -> Option<Claim> {
    let last = earlier.last_about(Kind::Relations, "severed").next()?;
    let mut fact = Fact::new(Kind::Relations);
    fact.set(Slot::Event, Value::Term(event.to_owned()));
    for party in last.fact.all(Slot::Parties) {
        fact.add(Slot::Parties, Value::clone(party));
    }
    let dated = reader.date(sentence, frame.date);
    dated.put(&mut fact, Slot::Date);
    let evidence: Vec<Evidence> = last
        .evidence
        .first()
        .map(|e| Evidence {
            role: EvidenceRole::Antecedent,
            ..*e
        })
        .into_iter()
        .collect();
    Some(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags))
}
