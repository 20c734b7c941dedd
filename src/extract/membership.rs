//! Membership of states in organisations.

mod apposed;
mod listed;
mod named;
mod pointed;
mod walk;

use super::frame::Frame;
use super::items::{Item, ItemKind, Stand, date_among, dates_in_a_row};
use super::reader::{Reader, Sentence};
use crate::document::BlockKind;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Polarity, Slot};
use crate::language::{Class, Lang, Rule};
use apposed::apposed;
pub(super) use listed::listed;
pub(super) use named::named;
use pointed::{pointed, two};
use std::collections::BTreeSet;
use walk::Told;

/// Claims of a membership rule's frame: one per state and organisation.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
) -> Vec<Claim> {
    let items = &sentence.items;
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    if no_member(reader, items, rule, frame) {
        return Vec::new();
    }
    let mut evidence = Vec::new();
    let mut frame = frame.clone();
    let mut members = subject(reader, index, sentence, rule, &mut frame);
    // "sont membres des Nations unies": the organisation stands behind.
    let follows = || {
        let small = |x: &&Item| {
            x.is(Class::Article)
                || x.is(Class::Of)
                || matches!(x.kind, ItemKind::Word) && x.meanings.is_empty()
        };
        let next = items.iter().skip(frame.at + 1).find(|x| !small(x));
        next.is_some_and(|x| organisation(reader, x).is_some() && !x.prep.is_empty())
    };
    let set = rule.set.get("organisation").map(String::as_str);
    let set = set.filter(|set| *set != "spoken" || !follows());
    let mut told = match set {
        // "the European Union (which includes France)": the organisation stands before.
        Some("before") => {
            let (organisations, _) = before(reader, items, frame.at);
            vec![Told {
                organisations,
                ..Told::default()
            }]
        }
        // "in 2007 Rwanda joined it", "Les Comores en sont membres": the one spoken of.
        Some("spoken") => {
            let Some((organisation, span)) =
                spoken(reader, index, frame.at).filter(|_| ends(reader, items, frame.at))
            else {
                return Vec::new();
            };
            evidence.push(Evidence {
                span,
                role: EvidenceRole::Antecedent,
            });
            let mut organisations = vec![organisation];
            // "NATO, of which Norway is a member, and the Council": what follows is not told of it.
            let more = match walk::of_relative(reader, items, &frame) {
                Some(_) => Vec::new(),
                None => walk::behind(reader, items, rule, frame.at + 1),
            };
            organisations.extend(more.into_iter().next().unwrap_or_default().organisations);
            vec![Told {
                organisations,
                ..Told::default()
            }]
        }
        Some(_) | None => {
            // "the accession of Norway to NATO": whose it is stands before the organisation.
            let owner = frame
                .role(items, rule, "member")
                .last()
                .map_or(frame.at, |m| frame.at.max(*m));
            let from = if rule.args.contains_key("of") {
                owner
            } else {
                frame.at
            };
            let apart = rule.set.contains_key("apart");
            let related = walk::of_relative(reader, items, &frame);
            let found = match related {
                Some(organisation) => vec![Told {
                    organisations: vec![organisation],
                    ..Told::default()
                }],
                None => walk::behind(reader, items, rule, from + 1),
            };
            let found = if apart && related.is_none() && !leads_to(reader, items, from) {
                Vec::new()
            } else {
                found
            };
            if found.is_empty() {
                let (organisations, last) = ahead(reader, items, &frame);
                if members.is_empty() && !organisations.is_empty() {
                    members = behind(reader, items, &frame, last);
                }
                let mut told = vec![Told {
                    organisations,
                    ..Told::default()
                }];
                told.extend(walk::inverted(reader, items, frame.at));
                told
            } else {
                found
            }
        }
    };
    if members.is_empty()
        && set != Some("before")
        && let Some(last) = told
            .first()
            .filter(|t| t.members.is_empty() && !t.organisations.is_empty())
            .and_then(|_| last_organisation(reader, items, frame.at, frame.clause.1))
    {
        members = behind(reader, items, &frame, last);
    }
    // "Together with A and B, C belongs to D", "D, of which C is a member along with A and B"
    let more = walk::beside(reader, items, &frame);
    let named = !members.is_empty();
    members.extend(more.into_iter().filter(|_| named));
    // "by common membership of": of the states that the sentence names before, or the two spoken of.
    if rule.set.get("member").is_some_and(|m| m == "both") {
        let named = items.get(..frame.at).unwrap_or(&[]);
        members = named.iter().filter_map(|i| state(reader, i)).collect();
        members.dedup();
        if members.len() != 2 {
            members = two(reader, items);
            evidence.extend(reader.side_evidence());
        }
    }
    if members.is_empty() && clause.iter().any(both) {
        members = two(reader, items);
        evidence.extend(reader.side_evidence());
    }
    // Without a state of its own ("Admission to the United Nations") an accession is that of the state which the document is about.
    if members.is_empty()
        && rule.set.get("member").is_some_and(|m| m == "home")
        && !items.iter().any(Item::is_finite)
    {
        members.extend(reader.home());
    }
    // "Es miembro de la OEA": in Spanish a sentence that begins with the verb tells of the one state that the text is about.
    let opens = items
        .get(..frame.at)
        .unwrap_or(&[])
        .iter()
        .all(|i| i.is(Class::Be));
    if members.is_empty() && opens && reader.lexicon.lang == Lang::Es && !reader.issued {
        members.extend(reader.home());
    }
    if let Some(first) = told.first_mut() {
        let more = std::mem::take(&mut first.members);
        first.members = members;
        first.members.extend(more);
    }
    let mut claims = Vec::new();
    let mut said = BTreeSet::new();
    // A date before the verb belongs to what stands before.
    // "of which A is a member, was founded in 2011": that of another verb.
    let other = |d: usize| {
        let between = items.get(frame.at + 1..d).unwrap_or(&[]);
        !rule.args.contains_key("of") && between.iter().any(Item::is_finite)
    };
    let date = frame.date.filter(|d| *d > frame.at && !other(*d));
    let row = date.map_or_else(Vec::new, |first| dates_in_a_row(items, first));
    let named = |body: usize| {
        let mut behind = items.iter().enumerate().skip(frame.at + 1);
        let found = behind.find(|(_, i)| organisation(reader, i) == Some(body));
        found.map(|(at, _)| at)
    };
    // "a founding member of A and a member of B since 1976": said of the second alone.
    let noun = |i: &Item| i.is(Class::MemberNoun) || i.is_noun_for(reader.lexicon, "membership");
    let parted = |at: usize, date: &usize| {
        let between = items.get(at + 1..*date);
        between.is_some_and(|b| b.iter().any(noun))
    };
    for told in &told {
        let all: Vec<usize> = told
            .organisations
            .iter()
            .copied()
            .filter_map(named)
            .collect();
        for (nth, member) in told.members.iter().enumerate() {
            // "A and B joined C in 1995 and 1997 respectively"
            let own = row.get(nth).filter(|_| row.len() == told.members.len());
            let date = told.date.or(own.copied()).or(date);
            for body in &told.organisations {
                if !said.insert((*member, *body)) {
                    continue;
                }
                // "joined A in 1945 and B in 1960"
                let date = match named(*body).filter(|_| row.len() < 2) {
                    Some(at) => date_among(items, &all, at, date)
                        .filter(|d| !parted(at, d) && !of_next(items, &all, at, *d)),
                    None => date,
                };
                claims.extend(claim(
                    reader,
                    sentence,
                    rule,
                    Some(&frame),
                    (*member, *body),
                    date,
                    &evidence,
                ));
            }
        }
    }
    claims
}

/// "a member of A, B and, since 2018, C": whether a date stands between commas before another of the organisations.
fn of_next(items: &[Item], all: &[usize], at: usize, date: usize) -> bool {
    let behind = items.get(date + 1).is_some_and(|i| i.sign(','));
    at < date && behind && all.iter().any(|other| *other > date)
}

/// "Entró además en el Mercosur", "pertenece desde 1949 a la OTAN": whether the first phrase behind a verb that stands apart from its
/// preposition is an organisation, with one.
fn leads_to(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let mut behind = items.iter().skip(at + 1);
    let first = behind.find(|i| {
        (i.is_np() && state(reader, i).is_none())
            || matches!(i.kind, ItemKind::Sign(_))
            || i.is_finite()
    });
    first.is_some_and(|i| {
        let led = [Class::In, Class::To, Class::Of];
        organisation(reader, i).is_some() && led.iter().any(|c| i.has_prep(*c))
    })
}

/// Whether words around the verb say that it is no membership: before it, up to the organisations behind it, of a noun anywhere.
fn no_member(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let (start, end) = frame.clause;
    let to = if rule.args.contains_key("of") {
        items.len()
    } else {
        last_organisation(reader, items, frame.at, end).map_or(end, |last| last + 2)
    };
    items
        .get(start..to.min(items.len()))
        .is_some_and(|near| near.iter().any(|i| i.is(Class::NoMember)))
}

/// Whether an item stands for the two sides.
fn both(item: &Item) -> bool {
    item.is(Class::BothStates)
}

/// The states that the subject names: "Norway, but not Kenya, belongs to NATO" is told of Norway; "the latter" is the second of the two
/// named before.
fn subject(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &mut Frame,
) -> Vec<usize> {
    let items = &sentence.items;
    if let Some(aside) = walk::not_aside(reader, items, frame.at) {
        frame.polarity = Polarity::Affirmed;
        return aside;
    }
    let before = items.get(..frame.at).unwrap_or(&[]);
    let apposed = apposed(reader, items, rule, frame.at);
    if !apposed.is_empty() {
        return apposed;
    }
    let inverted = behind_relative(reader, items, frame.at);
    if !inverted.is_empty() {
        return inverted;
    }
    if frame
        .subject
        .iter()
        .any(|&i| items.get(i).is_some_and(both))
    {
        return two(reader, items);
    }
    // "They are members of": the states spoken of, where none is named before the verb.
    let clause = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let they = |i: &Item| {
        let actor = i.actor().filter(|a| a.name.is_none() && a.office.is_none());
        i.is(Class::They) || actor.is_some_and(|a| a.stand == Some(Stand::Both))
    };
    if clause.iter().any(they) && clause.iter().all(|i| state(reader, i).is_none()) {
        return two(reader, items);
    }
    if frame.subject.is_empty() && before.iter().rev().take(3).any(|i| i.is(Class::We)) {
        return reader.home().into_iter().collect();
    }
    // "the former", "la segunda": right before the verb.
    let word = (0..frame.at)
        .rev()
        .filter_map(|i| items.get(i))
        .find(|i| !(i.is(Class::Have) || i.is(Class::Not) || i.is(Class::Only)));
    let which = word.and_then(|w| {
        ["former", "latter"].iter().position(|key| {
            rule.set
                .get(*key)
                .is_some_and(|words| words.split('|').any(|x| x == w.folded))
        })
    });
    let stands = word.and_then(Item::actor).and_then(|a| a.stand);
    let which = which.or((stands == Some(Stand::Latter)).then_some(1));
    if let Some(which) = which {
        let states = |items: &[Item]| {
            let mut named: Vec<usize> = Vec::new();
            for body in items.iter().filter_map(|i| state(reader, i)) {
                if !named.contains(&body) {
                    named.push(body);
                }
            }
            Some(named).filter(|n| n.len() == 2)
        };
        let earlier = || {
            let last = reader.sentences.get(index.checked_sub(1)?)?;
            states(&last.items).filter(|_| last.block == sentence.block)
        };
        let named = states(before).or_else(earlier);
        return named
            .unwrap_or_else(|| reader.sides.clone())
            .get(which)
            .copied()
            .into_iter()
            .collect();
    }
    let alike = walk::alike(reader, items, (frame.clause.0, frame.at));
    if !alike.is_empty() {
        return alike;
    }
    let apart = parted(reader, items, frame).or_else(|| it(reader, items, frame.at));
    if let Some(state) = apart {
        return vec![state];
    }
    let mut members: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "member"));
    members.retain(|b| !reader.is_organisation(*b));
    if members.is_empty() && frame.subject.is_empty() {
        members = named::copular(reader, items, rule, frame.at);
        // "Sweden's membership of the European Union"
        let owner = frame.at.checked_sub(1).and_then(|i| items.get(i));
        let owner = owner.filter(|x| x.genitive).and_then(|x| state(reader, x));
        members.extend(owner);
    }
    if members.is_empty() {
        members.extend(pointed(reader, index, sentence, frame.at));
    }
    if members.is_empty() {
        members = elided(reader, index, sentence, frame.at);
    }
    // Nearer than the subject: "Peru praised the part of Mali within ECOWAS".
    let nearer = beside(reader, items, frame.at).filter(|_| !members.is_empty());
    nearer.map_or(members, |state| vec![state])
}

/// "Malí, país de asociación de la cooperación peruana, ingresó en": the state that a description between commas parts from its verb.
fn parted(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<usize> {
    let clause = items.get(frame.clause.0..frame.at)?;
    let small = |i: &&Item| {
        i.is(Class::Article) || matches!(i.kind, ItemKind::Word) && i.meanings.is_empty()
    };
    let close = clause
        .iter()
        .rev()
        .find(|i| !(i.is(Class::Have) || i.is(Class::Not)))?;
    let first = clause.iter().position(|i| !small(&i))?;
    let (named, comma) = (clause.get(first)?, clause.get(first + 1)?);
    let told = clause
        .iter()
        .any(|i| i.is_finite() || i.is(Class::Relative) || i.is(Class::And));
    let parted = close.sign(',') && comma.sign(',') && first + 2 < clause.len();
    named
        .named_body()
        .filter(|b| parted && !told && named.prep.is_empty() && !reader.is_organisation(*b))
}

/// "the part of Mali within ECOWAS": the state right before words for membership that are no verb.
fn beside(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    items.get(at).filter(|i| i.verb.is_none())?;
    let before = items.get(at.checked_sub(1)?)?;
    let owner = before.has_prep(Class::Of) && at > 2;
    before
        .named_body()
        .filter(|b| owner && !reader.is_organisation(*b))
}

/// "the part of Mali in ECOWAS, of which it is a member": the state that a French pronoun before the verb of a relative stands for: the subject
/// before it, else the last that is named.
fn it(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    let clause = items.get(at.saturating_sub(5)..at)?;
    let relative = clause
        .iter()
        .rposition(|i| i.is(Class::Relative) || i.is(Class::Whose))?;
    let he = |i: &Item| {
        i.actor()
            .is_some_and(|a| a.stand == Some(Stand::He) && a.name.is_none())
    };
    clause.get(relative + 1..)?.iter().any(he).then_some(())?;
    let before = items.get(..at - (clause.len() - relative))?;
    let mut subject = before
        .iter()
        .filter(|i| i.prep.is_empty() && i.adjective().is_none());
    let last = || before.iter().rev().find_map(|i| state(reader, i));
    subject.find_map(|i| state(reader, i)).or_else(last)
}

/// "le Mercosur, auquel appartient l'Uruguay", "la OEA, a la que pertenecen Chile y Perú": the states right behind a verb that a relative of
/// French or Spanish leads.
fn behind_relative(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<usize> {
    let led = at.checked_sub(1).and_then(|i| items.get(i));
    let led = reader.lexicon.lang != Lang::En && led.is_some_and(|i| i.is(Class::Relative));
    let small =
        |x: &Item| x.kind == ItemKind::Word && (x.is(Class::Article) || x.meanings.is_empty());
    let first = (at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| !small(x)));
    let named = first.filter(|&i| {
        let item = items.get(i);
        led && item.is_some_and(|x| state(reader, x).is_some() && x.prep.is_empty())
    });
    named.map_or_else(Vec::new, |i| walk::states(reader, items, i).0)
}

/// "Peru joined the Andean Community and is a member of …", "It lies in Africa, … and belongs to …": whom the sentence opens with, where a
/// verb without a subject of its own is joined to the first.
fn elided(reader: &Reader<'_>, index: usize, sentence: &Sentence, at: usize) -> Vec<usize> {
    let items = &sentence.items;
    let verb = |i: &Item| i.is_finite() || matches!(i.kind, ItemKind::Trigger(_));
    let joins = |i: &Item| i.is(Class::And) || i.sign(',');
    let stops = |i: &Item| joins(i) || i.is_np() || verb(i) && !i.is(Class::Have);
    let before = items.get(..at).unwrap_or(&[]);
    let first = before.iter().position(verb);
    let joint = before.iter().rposition(stops);
    let joined = |at: &usize| before.get(*at).is_some_and(|i| !i.is_np() && !verb(i));
    let (Some(first), Some(joint)) = (first, joint.filter(joined)) else {
        return Vec::new();
    };
    let opening = before.get(..first).filter(|_| first < joint);
    let opening = opening.unwrap_or(&[]);
    if opening.iter().any(both) {
        return two(reader, items);
    }
    let person = |i: &Item| {
        let actor = i.actor();
        actor.is_some_and(|a| a.name.is_some() || a.office.is_some())
    };
    if opening.is_empty() || opening.iter().any(person) {
        return Vec::new();
    }
    let free = opening.iter().filter(|i| i.prep.is_empty() && !i.genitive);
    let named: Vec<usize> = free.filter_map(|i| state(reader, i)).collect();
    if named.is_empty() {
        let stands = pointed(reader, index, sentence, first);
        return stands.into_iter().collect();
    }
    named
}

/// The organisation spoken of last before an item: in the sentence, or in one of the two before it in the block.
fn spoken(reader: &Reader<'_>, index: usize, at: usize) -> Option<(usize, crate::text::Span)> {
    let block = reader.sentences.get(index)?.block;
    // What an answer speaks of is what it was asked about.
    let asked = |at: usize| {
        reader
            .doc
            .blocks
            .get(at)
            .is_some_and(|b| b.kind == BlockKind::Question)
    };
    (index.saturating_sub(2)..=index)
        .rev()
        .filter_map(|s| reader.sentences.get(s).map(|x| (s, x)))
        .take_while(|(_, s)| s.block == block || s.block + 1 == block && asked(s.block))
        .find_map(|(s, sentence)| {
            let end = if s == index { at } else { sentence.items.len() };
            let before = sentence.items.get(..end)?;
            let found = before.iter().rev().find_map(|i| organisation(reader, i))?;
            Some((found, sentence.span))
        })
}

/// The last organisation between two items.
fn last_organisation(reader: &Reader<'_>, items: &[Item], from: usize, to: usize) -> Option<usize> {
    (from + 1..to).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| organisation(reader, x).is_some())
    })
}

fn claim(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: Option<&Frame>,
    (member, body): (usize, usize),
    date: Option<usize>,
    evidence: &[Evidence],
) -> Option<Claim> {
    let mut fact = Fact::new(Kind::Membership);
    fact.set(Slot::State, reader.body_value(member)?);
    fact.set(Slot::Organisation, reader.body_value(body)?);
    let dated = reader.date(sentence, date);
    dated.put(&mut fact, Slot::Start);
    let mut evidence = evidence.to_vec();
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, frame, evidence, dated.flags))
}

fn organisation(reader: &Reader<'_>, item: &Item) -> Option<usize> {
    item.body().filter(|b| reader.is_organisation(*b))
}

fn state(reader: &Reader<'_>, item: &Item) -> Option<usize> {
    item.named_body().filter(|b| !reader.is_organisation(*b))
}

fn before(reader: &Reader<'_>, items: &[Item], at: usize) -> (Vec<usize>, usize) {
    let found = (0..at).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Body(..)))
    });
    let body = found.and_then(|i| organisation(reader, items.get(i)?));
    (body.into_iter().collect(), found.unwrap_or(at))
}

/// Whether no organisation can follow the verb at `at`.
fn ends(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let adverb =
        |x: &&Item| matches!(x.kind, ItemKind::Word) && x.meanings.is_empty() && x.verb.is_none();
    let next = items.iter().skip(at + 1).find(|x| !adverb(x));
    next.is_none_or(|next| {
        matches!(next.kind, ItemKind::Sign(_) | ItemKind::Date(_))
            || next.is(Class::Since)
            || next.is(Class::And)
            || next.is(Class::In)
            || next.is(Class::Likewise)
            || next.is(Class::Only)
            || state(reader, next).is_some()
            || both(next)
            || next.is(Class::Article)
    })
}

/// The organisations before the trigger that a relative refers to ("the Commonwealth, to which both belong") or that the sentence begins
/// with ("In SAARC sits Bhutan"). Also the index of the last item that belongs to them.
fn ahead(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> (Vec<usize>, usize) {
    let none = (Vec::new(), frame.at);
    let found: Vec<usize> = (0..frame.at)
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| organisation(reader, x).is_some())
        })
        .collect();
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return none;
    };
    let relative = (last + 1..frame.at).any(|i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) || x.is(Class::There) || x.is(Class::Whose))
    });
    let between_states = (last + 1..frame.at).all(|i| {
        items.get(i).is_some_and(|x| {
            !matches!(x.kind, ItemKind::Treaty(_))
                && x.actor().is_none_or(|a| a.stand == Some(Stand::Both))
        })
    });
    let leads = items
        .get(*first)
        .is_some_and(|x| x.has_prep(Class::In) || x.has_prep(Class::To))
        && *first <= 2;
    if !ends(reader, items, frame.at) || !between_states || !(relative || leads) {
        return none;
    }
    // A relative refers to the last one and those joined to it.
    let list = items.get(*last).map_or(*last, |x| x.list);
    let organisations = found
        .iter()
        .filter(|i| **i >= list || leads)
        .filter_map(|&i| organisation(reader, items.get(i)?))
        .collect();
    (organisations, frame.at)
}

/// The members that stand behind: "As members of the United Nations, Oman and Brunei …", "In SAARC sits Bhutan", "NATO member Norway".
fn behind(reader: &Reader<'_>, items: &[Item], frame: &Frame, last: usize) -> Vec<usize> {
    let from = last.max(frame.at) + 1;
    let Some(first) = (from..items.len().min(from + 4)).find(|&i| {
        items.get(i).is_some_and(|x| {
            x.is(Class::BothStates) || state(reader, x).is_some() && x.prep.is_empty()
        })
    }) else {
        return Vec::new();
    };
    // A new sentence part after "and" or a semicolon is another's.
    let joint = (from..first).any(|i| {
        items.get(i).is_some_and(|x| {
            [Class::And, Class::Relative].iter().any(|c| x.is(*c)) || x.sign(';') || x.sign(':')
        })
    });
    if joint {
        return Vec::new();
    }
    if items.get(first).is_some_and(|x| x.is(Class::BothStates)) {
        return two(reader, items);
    }
    walk::states(reader, items, first).0
}
