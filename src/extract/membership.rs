//! Membership of states in organisations.

mod apposed;
mod listed;
mod named;
mod pointed;
mod subject;
mod walk;

use super::frame::{Frame, relative_aside};
use super::items::{Item, ItemKind, Stand, date_among, dates_in_a_row};
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot};
use crate::language::{Class, Head, Lang, Rule};
pub(super) use listed::listed;
pub(super) use named::named;
use pointed::two;
use std::collections::BTreeSet;
use subject::{spoken, subject};
use walk::Told;

/// How many items the words for an organisation spoken of may be.
const POINTER: usize = 3;

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
    if no_member(reader, items, rule, frame) || whichever(reader, items, frame) {
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
        // "was admitted": who is the object of another's verb.
        Some("before") if frame.passive || !takes_in(reader, items, rule, &frame) => {
            return Vec::new();
        }
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
            // "Kenya is a member of that organisation": of the one spoken of.
            let found = match spoken(reader, index, frame.at) {
                Some((organisation, span))
                    if found.is_empty()
                        && !rule.args.contains_key("of")
                        && points(reader, items, from) =>
                {
                    evidence.push(Evidence {
                        span,
                        role: EvidenceRole::Antecedent,
                    });
                    vec![Told {
                        organisations: vec![organisation],
                        ..Told::default()
                    }]
                }
                Some(_) | None => found,
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
            .and_then(|_| {
                last_organisation(reader, items, frame.at, list_end(reader, items, frame.at))
            })
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
    // "Es miembro de la OEA", "En 2014 ingresó en la OEA": in Spanish a sentence that begins with the verb tells of the one state that the text is
    // about; in a statement, where the sentence before spoke of it.
    let small = |i: &Item| {
        [Class::Be, Class::In, Class::Temporal]
            .iter()
            .any(|c| i.is(*c))
    };
    let before = items.get(..frame.at).unwrap_or(&[]);
    let opens = before
        .iter()
        .all(|i| small(i) || i.is_date() || i.sign(','));
    let last = index.checked_sub(1).and_then(|at| reader.sentences.get(at));
    let last = last.filter(|s| s.block == sentence.block);
    let spoken_of = || last.and_then(|s| s.items.iter().find_map(Item::named_body));
    if members.is_empty()
        && opens
        && reader.lexicon.lang == Lang::Es
        && (!reader.issued || spoken_of() == reader.home())
    {
        members.extend(reader.home());
    }
    // "A is a member of B, like C, and of D": of D only A is told.
    for further in told.iter_mut().skip(1) {
        if further.members.is_empty() {
            further.members.clone_from(&members);
        } else if further.along {
            further.members.extend(members.iter().copied());
        }
    }
    if let Some(first) = told.first_mut() {
        let more = std::mem::take(&mut first.members);
        first.members = members;
        first.members.extend(more);
    }
    // "a member of A, B (since 1995) and C": said of the one right before the bracket.
    let bracketed = |d: usize| {
        let open = (0..d)
            .rev()
            .take(3)
            .find(|&i| items.get(i).is_some_and(|x| x.sign('(')));
        let close = (d + 1..items.len())
            .take(2)
            .any(|i| items.get(i).is_some_and(|x| x.sign(')')));
        open.filter(|_| close)
    };
    let mut claims = Vec::new();
    let mut said = BTreeSet::new();
    // A date before the verb belongs to what stands before.
    // "of which A is a member, was founded in 2011": that of another verb.
    let other = |d: usize| {
        let between = items.get(frame.at + 1..d).unwrap_or(&[]);
        // "A, member of B, hopes to receive in 2014": nor that of what is hoped or planned.
        let classes = [
            Class::Wished,
            Class::Planned,
            Class::Expected,
            Class::Future,
        ];
        let meant = |i: &Item| classes.iter().any(|c| i.is(*c));
        let verb = |i: &Item| i.is_finite() || meant(i);
        !rule.args.contains_key("of") && between.iter().any(verb)
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
                        .filter(|d| !parted(at, d) && !of_next(items, &all, at, *d))
                        .filter(|d| {
                            let other = |open| all.iter().any(|o| *o > at && *o < open);
                            bracketed(*d).is_none_or(|open| !other(open))
                        }),
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

/// "The Commonwealth admitted Peru", not "admitted that Peru": whether a state is the object right behind a verb, where the words are one.
fn takes_in(reader: &Reader<'_>, items: &[Item], rule: &Rule, frame: &Frame) -> bool {
    let small = |i: &&Item| i.is(Class::Article);
    let next = items.iter().skip(frame.at + 1).find(|i| !small(i));
    rule.head != Head::Verb || next.is_some_and(|i| state(reader, i).is_some())
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
    // "applied for membership of A in 1949 and was admitted in 1955": what was so before another verb is no longer.
    let joined = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let spoken = rule.set.get("organisation").is_some_and(|o| o == "spoken");
    let then = spoken && joined.is_some_and(|i| i.is(Class::And));
    let start = if then { frame.at } else { start };
    let to = if rule.args.contains_key("of") {
        items.len()
    } else {
        last_organisation(reader, items, frame.at, end).map_or(end, |last| last + 2)
    };
    // "A, which left B in 1999, belongs to C"
    let aside = relative_aside(items, start, frame.at);
    let aside = |i: usize| aside.is_some_and(|(open, close)| (open..close).contains(&i));
    (start..to.min(items.len()))
        .filter(|i| !aside(*i) && !of_another(reader, items, frame.at, *i))
        .any(|i| items.get(i).is_some_and(|x| x.is(Class::NoMember)))
}

/// "a member of A since 1948 and an observer at B", "A, an observer at B, is a member of C": whether a word that stands behind the organisations of a
/// verb, or in an aside before it, is told of another organisation.
fn of_another(reader: &Reader<'_>, items: &[Item], verb: usize, at: usize) -> bool {
    let article = |i: &&Item| i.is(Class::Article);
    let mut before = items
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .skip_while(article);
    let led = before.next();
    if at < verb {
        let comma = led.is_some_and(|i| i.sign(','));
        let between = items.get(at..verb).unwrap_or(&[]);
        return comma && between.iter().any(|i| i.sign(','));
    }
    let joined = led.is_some_and(|i| i.is(Class::And) || i.sign(',') || i.is(Class::But));
    let between = items.get(verb + 1..at).unwrap_or(&[]);
    joined && between.iter().any(|i| organisation(reader, i).is_some())
}

/// "received the ministers of the member states of A": whether the members are named as a group, whichever they are, of which nobody is told.
fn whichever(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> bool {
    group(reader, items, frame.clause.0, frame.at)
}

/// The same of the organisation at `at`: "the member states of A" right before it.
pub(super) fn of_whichever(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let small = |i: &Item| i.is(Class::Article) || i.is(Class::Of);
    let before = items.get(..at).unwrap_or(&[]);
    let noun = before.iter().rposition(|i| !small(i));
    noun.is_some_and(|noun| group(reader, items, 0, noun))
}

/// Whether a noun for members stands up to `at`, led by a preposition, with no word that says of a state that it is one.
fn group(reader: &Reader<'_>, items: &[Item], start: usize, at: usize) -> bool {
    let noun = |at: &usize| items.get(*at).is_some_and(|i| reader.states_noun(i));
    let Some(noun) = (start.max(at.saturating_sub(2))..=at).rev().find(noun) else {
        return false;
    };
    let before = items.get(start..noun).unwrap_or(&[]);
    let led = [
        Class::Of,
        Class::By,
        Class::With,
        Class::To,
        Class::Between,
        Class::For,
    ];
    let preposition = |i: &Item| led.iter().any(|c| i.is(*c));
    // "los países miembros": by itself the first would be the two sides.
    let two = before.last().is_some_and(both);
    let small = |i: &&Item| !preposition(i) && (i.is(Class::Article) || both(i));
    let lead = before.iter().rev().find(|i| !small(i));
    // "Members both of A": nobody else's.
    let article = before.last().is_some_and(|i| i.is(Class::Article));
    let lead = lead.map_or(!two && article, preposition);
    let state = before.iter().rposition(|i| state(reader, i).is_some());
    let between = before.get(state.map_or(0, |at| at + 1)..).unwrap_or(&[]);
    let said = |i: &Item| i.is(Class::Be) || i.sign(',');
    // "Bolivia is one of the member states", "Bolivia, one of the member states"
    lead && !between.iter().any(said)
}

/// Whether an item stands for the two sides.
fn both(item: &Item) -> bool {
    item.is(Class::BothStates)
}

/// The last organisation between two items.
fn last_organisation(reader: &Reader<'_>, items: &[Item], from: usize, to: usize) -> Option<usize> {
    (from + 1..to).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| organisation(reader, x).is_some())
    })
}

/// Where the list of organisations behind a noun ends: at the first state or verb.
fn list_end(reader: &Reader<'_>, items: &[Item], at: usize) -> usize {
    let stops = |i: &Item| i.is_finite() || state(reader, i).is_some() || i.sign(';');
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let end = behind.iter().position(stops);
    end.map_or(items.len(), |end| at + 1 + end)
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
    let mut behind = items.iter().skip(at + 1).skip_while(adverb);
    // "was admitted on 14 December"
    let small = |x: &&Item| {
        let led = [Class::About, Class::In, Class::Article];
        x.kind == ItemKind::Word && led.iter().any(|c| x.is(*c))
    };
    let dated = behind.clone().find(|x| !small(x));
    let dated = dated.is_some_and(Item::is_date);
    let next = behind.next();
    next.is_none_or(|next| {
        matches!(next.kind, ItemKind::Sign(_) | ItemKind::Date(_))
            || dated
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

/// Whether the words behind an item mean an organisation spoken of: "of that community".
fn points(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let led = |i: &&Item| [Class::Of, Class::To, Class::In].iter().any(|c| i.is(*c)) && !i.is_np();
    let behind = items.iter().skip(at + 1).skip_while(led);
    let words: Vec<&str> = behind.take(POINTER).map(|i| i.folded.as_ref()).collect();
    let words = format!("{} ", words.join(" "));
    let mut listed = reader.lexicon.listed(Class::ThatBody).iter();
    listed.any(|phrase| words.starts_with(&format!("{phrase} ")))
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
