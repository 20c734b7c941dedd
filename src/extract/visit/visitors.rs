//! Who makes a visit: subject, genitive, agent, the one spoken of, those who come along.

use super::instead::sends_a_thing;
use super::led::leader;
use super::origin::{office_as, travelled_from};
use super::subjects::{behind, cleft, inverts, opened_for, visiting};
use super::tours::tourist;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand, named_behind};
use crate::extract::offices::{is_head_of_mission, is_royal};
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::language::{Class, Head, Rule, TriggerForm};

/// The visitors of a frame.
pub(super) struct Visitors {
    pub(super) all: Vec<Who>,
    /// Those who are named in it, with the places of their words.
    pub(super) members: Vec<(Who, usize)>,
    /// "his visit": that of the person spoken of.
    pub(super) own: bool,
}

/// "X, at the time president of the Union, paid …", "X, the only Peruvian president to come, …": the one who is named right before the comma
/// before an office that only says what else he is, and that another comma or an infinitive closes.
fn described_by(items: &[Item<'_>], office: usize) -> Option<usize> {
    let actor = items.get(office)?.actor()?;
    actor.office.as_ref().filter(|_| actor.name.is_none())?;
    let closed = items.get(office + 1)?;
    (closed.sign(',') || closed.is(Class::To)).then_some(())?;
    let small = |i: &Item<'_>| {
        let word = matches!(i.kind, ItemKind::Word | ItemKind::Body(_, true));
        word && !(i.is_finite() || i.is(Class::And) || i.is(Class::Be))
    };
    let before = items.get(..office)?;
    let comma = before.iter().rposition(|i| !small(i))?;
    let apposed = office - comma < 8 && office > comma + 1;
    let named = comma
        .checked_sub(1)
        .filter(|_| apposed && items.get(comma).is_some_and(|i| i.sign(',')))?;
    items.get(named)?.actor()?.name.as_ref().map(|_| named)
}

/// The visitors of a frame, `None` where nobody is.
pub(super) fn visitors(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Option<Visitors> {
    let items = &sentence.items;
    let mut visitors: Vec<Who> = Vec::new();
    // Each visitor with the place of its words, for a date of its own ("A in 1961, B in 1970 and 1972 travelled to …").
    let mut members: Vec<(Who, usize)> = Vec::new();
    let mut places = frame.role(items, rule, "visitor");
    places.retain(|i| !inviter(items, *i) && !indefinite(items, *i, rule));
    // "went there at the invitation of his counterpart, X": nor is who stands behind it in apposition.
    places.retain(|&i| {
        i < frame.at || !named_behind(items, i).is_some_and(|host| inviter(items, host))
    });
    // "X was welcomed by Y on his visit": before the noun an agent is that of another verb. Behind a participle that opens the sentence its
    // agent and the subject look like one list ("Invited by his counterpart, the president paid a visit").
    let agent = |i: &usize| *i < frame.at && items.get(*i).is_some_and(|x| x.has_prep(Class::By));
    if rule.head == Head::Noun && !places.iter().all(agent) {
        places.retain(|i| !agent(i));
    }
    // "X's visit to A was followed by a visit to B by Y": who stands behind another noun makes that one.
    let other = |i: usize| {
        let between = items.get(frame.at + 1..i).unwrap_or(&[]);
        between
            .iter()
            .any(|x| x.is_noun_for(reader.lexicon, "visit") && x.verb.is_none())
    };
    if rule.head == Head::Noun {
        places.retain(|&i| !other(i));
    }
    // "X was the guest of Y on a state visit": it is not Y's.
    let led = rule.head == Head::Noun && in_the_course(items, frame.at);
    let host = |i: &usize| {
        let of = |x: &Item<'_>| x.has_prep(Class::Of) || x.has_prep(Class::By);
        *i < frame.at && items.get(*i).is_some_and(of)
    };
    if led {
        places.retain(|i| !host(i));
    }
    // "X announced the visit of Y": the noun's own phrase says who comes.
    let own = |i: &usize| {
        *i > frame.at
            && *i <= frame.at + 3
            && items.get(*i).is_some_and(|x| {
                x.actor().is_some() && (x.has_prep(Class::Of) || x.has_prep(Class::By))
            })
    };
    if rule.head == Head::Noun && places.iter().any(own) {
        let list = places
            .iter()
            .copied()
            .find(own)
            .and_then(|i| items.get(i))
            .map(|x| x.list);
        places.retain(|i| own(i) || items.get(*i).map(|x| x.list) == list);
    }
    // "President X received him in Lima": whom he receives is not he himself.
    let person = |i: &usize| {
        let item = items.get(*i)?;
        reader.who(index, item).first()?.person
    };
    let him = |i: &usize| {
        let actor = items.get(*i).and_then(Item::actor);
        actor.is_some_and(|a| a.stand == Some(Stand::Him))
    };
    let host = frame.subject.iter().find_map(person);
    places.retain(|i| host.is_none() || !him(i) || person(i) != host);
    // "His host, President X, …": the name says who that is.
    let described = |i: usize| {
        let stands = items
            .get(i)
            .and_then(Item::actor)
            .is_some_and(|a| a.stand == Some(Stand::ThePerson));
        let named = (i + 2..i + 5).any(|j| {
            items
                .get(j)
                .and_then(Item::actor)
                .is_some_and(|a| a.name.is_some())
        });
        stands && named && items.get(i + 1).is_some_and(|x| x.sign(','))
    };
    places.retain(|&i| !described(i));
    // "X came in 2016, followed in 2018 by Y": who follows comes.
    let participle = items
        .get(frame.at)
        .is_some_and(|i| i.verb == Some(TriggerForm::Participle));
    let auxiliary = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let escorted = participle
        && rule.set.get("visitor").is_some_and(|v| v == "office")
        && auxiliary.is_some_and(|i| i.sign(','));
    let agents = (frame.at + 1..frame.clause.1).filter(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.actor().is_some() && x.has_prep(Class::By))
    });
    let agents: Vec<usize> = agents.filter(|_| escorted).collect();
    if !agents.is_empty() {
        places = agents;
    }
    // "received Y, who …", "received Y, come to hand him a message": behind a comma it is said of the one named right before.
    let named = frame.at.checked_sub(2).filter(|&i| {
        let comma = auxiliary.is_some_and(|x| x.sign(','));
        let actor = items.get(i).and_then(Item::actor);
        let verb = items
            .get(..i)
            .is_some_and(|b| b.iter().any(Item::is_finite));
        comma && participle && !escorted && verb && actor.is_some_and(|a| a.name.is_some())
    });
    if let Some(named) = named.filter(|_| rule.head == Head::Verb && !frame.passive) {
        places = vec![named];
    }
    if let Some(list) = behind(reader, items, rule, frame) {
        places.retain(|&i| items.get(i).is_some_and(|x| x.list == list));
        let joins = |i: &usize| {
            items
                .get(*i)
                .is_some_and(|x| x.list == list && x.actor().is_some())
        };
        places.extend((frame.at + 1..items.len()).filter(joins));
        places.sort_unstable();
        places.dedup();
    }
    // "Quien vino en 1993 fue el ministro X"
    if let Some(named) = cleft(reader, items, rule, frame) {
        places = vec![named];
    }
    // "sent a letter to Minister X"
    if rule.id.ends_with("visit.sent") {
        places.retain(|&i| !sends_a_thing(items, frame, i));
    }
    for i in places.iter_mut().filter(|i| **i < frame.at) {
        *i = described_by(items, *i).unwrap_or(*i);
    }
    places.dedup();
    for i in places {
        // "at the invitation of X": X is the host.
        let invites = (i.saturating_sub(3)..i)
            .rev()
            .filter_map(|j| items.get(j))
            .find(|x| {
                !(x.is(Class::Of)
                    || x.is(Class::By)
                    || x.is(Class::Article)
                    || x.is(Class::Possessive)
                    || x.is(Class::Temporal))
            })
            .is_some_and(|x| x.is(Class::Invited));
        if let Some(item) = items.get(i).filter(|_| !invites) {
            let who = reader.who(index, item);
            members.extend(who.iter().map(|w| (w.clone(), i)));
            visitors.extend(who);
        }
    }
    // "Y talked to X, in Lima on a visit": whoever stands right before the comma.
    if rule.head == Head::Noun
        && let Some(i) = visiting(items, frame.at)
        && let Some(item) = items.get(i)
    {
        visitors = reader.who(index, item);
        members = visitors.iter().map(|w| (w.clone(), i)).collect();
    }
    // "X, whose visit to Lima …": of whom it is said.
    let whose = (frame.at.saturating_sub(5)..frame.at)
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Whose)));
    if let Some(whose) = whose.filter(|_| rule.head == Head::Noun) {
        let named = (0..whose)
            .rev()
            .filter_map(|i| items.get(i).map(|x| (i, x)))
            .find(|(_, x)| x.actor().is_some());
        if let Some((i, item)) = named {
            visitors = reader.who(index, item);
            members = visitors.iter().map(|w| (w.clone(), i)).collect();
        }
    }
    // "his official visit took place in 1961", "during her stay in Lima": the visit of the person spoken of.
    let possessive = (frame.at.saturating_sub(4)..frame.at)
        .rev()
        .filter_map(|i| items.get(i))
        .take_while(|i| {
            i.is(Class::Possessive)
                || i.is(Class::Temporal)
                || i.is(Class::VisitOfficial)
                || i.is(Class::VisitState)
                || i.is(Class::VisitWorking)
        })
        .any(|i| i.is(Class::Possessive));
    let own = possessive && rule.head == crate::language::Head::Noun;
    // "During his visit to A, X …", "In a visit to A, X …": the visitor follows, else it is the person spoken of.
    let opens = rule.head == Head::Noun
        && items
            .get(..frame.at)
            .is_some_and(|before| before.iter().all(|i| !i.is_np() && !i.is_finite()));
    // "the visit that X made to Lima"
    let relative = rule.head == Head::Noun
        && items
            .get(frame.at + 1)
            .is_some_and(|i| i.is(Class::Relative))
        && items
            .get(frame.at + 2..)
            .unwrap_or(&[])
            .iter()
            .take_while(|i| !i.sign(','))
            .find(|i| i.actor().is_some())
            .is_some_and(|i| i.prep.is_empty());
    if visitors.is_empty() && (own || opens || relative) && frame.date.is_some() {
        let after = items
            .get(frame.at + 1..)
            .unwrap_or(&[])
            .iter()
            .find(|i| i.prep.is_empty() && i.actor().is_some());
        visitors = after.map(|i| reader.who(index, i)).unwrap_or_default();
        visitors.truncate(1);
    }
    // "accompanied the King and Queen on their visit": of several.
    let several = (frame.at.saturating_sub(4)..frame.at).any(|i| {
        items
            .get(i)
            .is_some_and(|x| x.folded == "their" || x.folded == "leur")
    });
    if own
        && !several
        && visitors.is_empty()
        && let Some(item) = items.get(frame.at)
        && let Some((person, span)) = reader.last_person(index, item.span)
    {
        visitors.extend(reader.person_at(person, span, item.span));
    }
    if rule.set.get("visitor").is_some_and(|v| v == "journey") {
        // "The tour took in Lima": whose tour it is.
        visitors = tourist(reader, index, items, frame).into_iter().collect();
    } else if rule.set.get("visitor").is_some_and(|v| v == "spoken") {
        // "The tour took her to Lima": whom the text speaks of.
        let verb = items.get(frame.at)?;
        let (person, span) = reader.last_person(index, verb.span)?;
        visitors = reader
            .person_at(person, span, verb.span)
            .into_iter()
            .collect();
    } else if let Some(strict) = rule.set.get("visitor") {
        // A weak trigger: only who is given an office somewhere pays a visit by it, or who is spoken of between two states.
        let between = strict == "office-or-side" && reader.sides_span.is_some();
        visitors.retain(|w| {
            w.role.is_some()
                || between
                    && (spoken_of(reader, w) || frame.date.is_some() && named_in_full(reader, w))
        });
    }
    if visitors.is_empty()
        && rule.args.values().any(|r| r == "visitor")
        && let Some(i) = leader(reader, items, frame)
        && let Some(item) = items.get(i)
    {
        let who = reader.who(index, item);
        members.extend(who.iter().map(|w| (w.clone(), i)));
        visitors.extend(who);
    }
    // "came X and Y": where nothing stands before the verb its subject can follow it.
    if visitors.is_empty() && inverts(items, rule, frame) {
        let free = |i: &usize| {
            items
                .get(*i)
                .is_some_and(|x| x.prep.is_empty() && x.actor().is_some())
        };
        let first = (frame.at + 1..frame.clause.1).find(free);
        let list = first.and_then(|i| items.get(i)).map(|x| x.list);
        for i in (frame.at + 1..items.len()).filter(free) {
            if let Some(item) = items
                .get(i)
                .filter(|x| Some(i) == first || Some(x.list) == list)
            {
                let who = reader.who(index, item);
                members.extend(who.iter().map(|w| (w.clone(), i)));
                visitors.extend(who);
            }
        }
    }
    // "X came home after a tour of …": whoever the sentence is about.
    let after = rule.head == Head::Noun
        && items
            .get(frame.at.saturating_sub(4)..frame.at)
            .is_some_and(|before| before.iter().any(|i| i.is(Class::DateAfter)));
    if visitors.is_empty() && after {
        let first = items
            .get(..frame.at)
            .unwrap_or(&[])
            .iter()
            .find(|i| i.prep.is_empty() && !i.genitive && i.actor().is_some());
        visitors = first.map(|i| reader.who(index, i)).unwrap_or_default();
    }
    let subject = rule.args.get("subject").is_some_and(|r| r == "visitor");
    if visitors.is_empty() && subject {
        // "Llegó a Lima el mariscal del Sejm, X": who is named behind the verb in apposition, before whoever is spoken of.
        let small =
            |x: &Item| x.is(Class::Article) || x.is(Class::Honorific) || x.is(Class::Temporal);
        let behind = items
            .iter()
            .enumerate()
            .skip(frame.at + 1)
            .take_while(|(_, i)| !i.is_finite() && !i.sign(';'))
            .filter(|(_, i)| !(i.has_prep(Class::With) || i.has_prep(Class::By)))
            .find(|(_, i)| i.actor().is_some_and(|a| a.name.is_some()));
        match behind {
            Some((i, item))
                if items
                    .get(..i)
                    .unwrap_or(&[])
                    .iter()
                    .rev()
                    .find(|x| !small(x))
                    .is_some_and(|x| x.sign(',')) =>
            {
                visitors.extend(reader.who(index, item));
            }
            Some(_) => {}
            None => match opened_for(items, frame) {
                Some(item) => visitors.extend(reader.who(index, item)),
                None => visitors.extend(reader.unsaid(index, sentence, rule, frame)),
            },
        }
    }
    // "Peru was represented in Lima by its minister X": whom somebody represents, and "went there as president of Peru": as whose.
    let home = frame.role(items, rule, "home");
    let home = home
        .iter()
        .find_map(|&i| items.get(i)?.named_body())
        .or_else(|| office_as(reader, items, frame)?.1);
    for who in &mut visitors {
        who.of = who.of.or(home);
    }
    if rule.set.get("from").is_some_and(|f| f == "known") {
        // Who meets or dines somewhere may be at home there.
        for who in &mut visitors {
            who.of = who.of.or_else(|| travelled_from(reader, who, earlier));
        }
        visitors.retain(|w| w.of.is_some());
    }
    for who in along(reader, index, sentence, rule, frame) {
        if !visitors.is_empty() && visitors.iter().all(|v| v.person != who.person) {
            visitors.push(who);
        }
    }
    (!visitors.is_empty()).then_some(Visitors {
        all: visitors,
        members,
        own,
    })
}

/// Whether the text gives a person's name in more than one word.
pub(super) fn named_in_full(reader: &Reader<'_>, who: &Who) -> bool {
    let known = who.person.and_then(|p| reader.people.known.get(p));
    known.is_some_and(|k| k.name.contains(' '))
}

/// Whether the text speaks of a person more than once, or tells of what state he is.
fn spoken_of(reader: &Reader<'_>, who: &Who) -> bool {
    let known = who.person.and_then(|p| reader.people.known.get(p));
    who.of.is_some()
        || known.is_some_and(|k| {
            let last = k.name.rsplit(' ').next().unwrap_or_default();
            reader.doc.text.matches(last).take(2).count() > 1
        })
}

/// "travelled to Lima with X, the trade minister": who is said to come along, in an office, behind the place or the date.
fn along(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
) -> Vec<Who> {
    if !rule.set.contains_key("implied")
        && !rule.id.ends_with(".verb")
        && !rule.id.ends_with(".stay")
    {
        return Vec::new();
    }
    let items = &sentence.items;
    let mut found = Vec::new();
    for (i, item) in items
        .iter()
        .enumerate()
        .take(frame.clause.1)
        .skip(frame.at + 1)
    {
        if !item.has_prep(Class::With) || item.actor().is_none() {
            continue;
        }
        // What stands before "with": a place, a date, a sign; behind a noun such as "talks" it is who is met.
        let head = item.list.min(i);
        let with = (0..head)
            .rev()
            .find(|&j| items.get(j).is_some_and(|x| x.is(Class::With)));
        let before = with
            .and_then(|w| w.checked_sub(1))
            .and_then(|j| items.get(j));
        let placed = before.is_some_and(|b| {
            matches!(
                b.kind,
                ItemKind::Body(..) | ItemKind::City(_) | ItemKind::Date(_) | ItemKind::Sign(_)
            ) || b.is(Class::Capital)
                || b.is(Class::There)
        });
        if !placed {
            continue;
        }
        found.extend(reader.who(index, item).into_iter().filter(|w| {
            w.person.is_some()
                && w.role
                    .as_deref()
                    .is_some_and(|r| !is_head_of_mission(r) && !is_royal(r))
        }));
    }
    found
}

/// "at the invitation of the minister", "invité par le roi": who invites does not visit.
fn inviter(items: &[Item], at: usize) -> bool {
    // Some words for it are prepositions to the engine; their stem is one in the three languages.
    items
        .get(at.saturating_sub(4)..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take_while(|i| matches!(i.kind, ItemKind::Word))
        .any(|i| i.is(Class::Invited) || i.folded.contains("invit"))
        && items
            .get(at)
            .is_some_and(|i| i.has_prep(Class::Of) || i.has_prep(Class::By))
}

/// "the first visit of a president": an office without a name behind one of the words that a rule lists as indefinite is nobody's.
fn indefinite(items: &[Item], at: usize, rule: &Rule) -> bool {
    let unnamed = items
        .get(at)
        .and_then(Item::actor)
        .is_some_and(|a| a.name.is_none() && a.office.is_some());
    let word = at.checked_sub(1).and_then(|i| items.get(i));
    unnamed
        && rule
            .set
            .get("indefinite")
            .is_some_and(|words| word.is_some_and(|w| words.split('|').any(|x| x == w.folded)))
}

/// "on a state visit", "en visita de Estado": whether a preposition of place leads a noun, with nothing but small words between.
fn in_the_course(items: &[Item<'_>], at: usize) -> bool {
    let small = [
        Class::Article,
        Class::Indefinite,
        Class::VisitOfficial,
        Class::VisitState,
        Class::VisitWorking,
    ];
    let before = items.get(at.saturating_sub(4)..at).unwrap_or(&[]);
    let lead = before
        .iter()
        .rev()
        .find(|i| !small.iter().any(|c| i.is(*c)) || i.is(Class::In));
    lead.is_some_and(|i| i.is(Class::In) || i.is(Class::About))
}
