//! Membership of states in organisations.

use super::frame::Frame;
use super::items::{Item, ItemKind};
use super::reader::{Reader, Sentence};
use crate::document::BlockKind;
use crate::fact::{Claim, Evidence, Fact, Kind, Slot};
use crate::language::{Class, Rule};

/// Claims of a membership rule's frame: one per state and organisation.
pub(super) fn claims(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
) -> Vec<Claim> {
    let items = &sentence.items;
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    if clause.iter().any(|i| i.is(Class::NoMember)) {
        return Vec::new();
    }
    let set = rule.set.get("organisation").map(String::as_str);
    let (organisations, last) = if set == Some("before") {
        // "the European Union (which includes France)": the organisation stands before.
        before(reader, items, frame.at)
    } else {
        after(reader, items, frame)
    };
    if organisations.is_empty() {
        return Vec::new();
    }
    let mut members: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "member"));
    members.retain(|b| !reader.is_organisation(*b));
    let mut evidence = Vec::new();
    if members.is_empty() && set != Some("before") {
        members = behind(reader, items, frame, last);
    }
    if members.is_empty() && clause.iter().any(|i| i.is(Class::BothStates)) {
        members.clone_from(&reader.sides);
        evidence = reader.side_evidence();
    }
    let mut claims = Vec::new();
    for member in &members {
        for body in &organisations {
            // A date before the verb belongs to what stands before.
            let date = frame.date.filter(|d| *d > frame.at);
            claims.extend(claim(
                reader,
                sentence,
                rule,
                Some(frame),
                (*member, *body),
                date,
                &evidence,
            ));
        }
    }
    claims
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

/// The organisations behind the trigger; else those that a relative refers to ("the Commonwealth, to which both belong") or that the
/// sentence begins with ("In SAARC sits Bhutan"). Also the index of the last item that belongs to them.
fn after(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> (Vec<usize>, usize) {
    let among = |from: usize, to: usize| -> Vec<usize> {
        (from..to)
            .filter(|&i| {
                items
                    .get(i)
                    .is_some_and(|x| organisation(reader, x).is_some())
            })
            .collect()
    };
    let bodies = |indexes: &[usize]| -> Vec<usize> {
        indexes
            .iter()
            .filter_map(|&i| organisation(reader, items.get(i)?))
            .collect()
    };
    let found = among(frame.at + 1, frame.clause.1.max(frame.at + 1));
    if let Some(last) = found.last() {
        return (bodies(&found), *last);
    }
    let ends = items.get(frame.at + 1).is_none_or(|next| {
        matches!(next.kind, ItemKind::Sign(_) | ItemKind::Date(_))
            || next.is(Class::Since)
            || state(reader, next).is_some()
            || next.is(Class::Article)
    });
    let found: Vec<usize> = among(0, frame.at);
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return (Vec::new(), frame.at);
    };
    let relative = (last + 1..frame.at).any(|i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) || x.is(Class::There))
    });
    let between_states = (last + 1..frame.at).all(|i| {
        items
            .get(i)
            .is_some_and(|x| !matches!(x.kind, ItemKind::Actor(_) | ItemKind::Treaty(_)))
    });
    let leads = items.get(*first).is_some_and(|x| x.has_prep(Class::In)) && *first <= 2;
    if ends && between_states && (relative || leads) {
        // A relative refers to the last one and those joined to it.
        let list = items.get(*last).map_or(*last, |x| x.list);
        let joined: Vec<usize> = found
            .iter()
            .copied()
            .filter(|i| *i >= list || leads)
            .collect();
        return (bodies(&joined), frame.at);
    }
    (Vec::new(), frame.at)
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
    // A new sentence part after "and" is another's.
    let joint = (from..first).any(|i| items.get(i).is_some_and(|x| x.is(Class::And)));
    if joint {
        return Vec::new();
    }
    if items.get(first).is_some_and(|x| x.is(Class::BothStates)) {
        return reader.sides.clone();
    }
    (first..items.len())
        .filter(|&i| items.get(i).is_some_and(|x| i == first || x.list == first))
        .filter_map(|i| state(reader, items.get(i)?))
        .collect()
}

/// Memberships that a fact sheet or list gives under a key or label ("Common organisations: …"): each organisation for both sides, or for
/// the state that the key or a bracket names ("Asian Development Bank (Nauru, 1991)").
pub(super) fn listed(reader: &Reader<'_>, sentence: &Sentence, rule: &Rule) -> Vec<Claim> {
    let organisations = |i: &Item| organisation(reader, i).is_some();
    let Some(block) = reader
        .block(sentence)
        .filter(|_| sentence.items.iter().any(organisations))
    else {
        return Vec::new();
    };
    let keyed = reader.keyed(sentence);
    let (head, items): (Vec<Item>, &[Item]) = if let Some((whole, from)) = &keyed {
        let head = whole.items.get(..*from).unwrap_or(&[]).to_vec();
        (head, &sentence.items)
    } else {
        let colon = sentence.items.iter().position(|i| i.sign(':'));
        match colon {
            Some(at) => (
                sentence.items.get(..at).unwrap_or(&[]).to_vec(),
                sentence.items.get(at + 1..).unwrap_or(&[]),
            ),
            None if matches!(block.kind, BlockKind::Item | BlockKind::Paragraph) => {
                let above = reader.above(sentence);
                let head = above.first().map(|s| s.items.clone()).unwrap_or_default();
                (head, &sentence.items)
            }
            None => return Vec::new(),
        }
    };
    if head.len() > 8 || head.iter().any(|i| i.is(Class::NoMember)) {
        return Vec::new();
    }
    // Nothing but organisations, and in brackets whose they are.
    let mut depth = 0_u8;
    let mut plain = Vec::new();
    let mut bracketed: Vec<(usize, usize)> = Vec::new();
    let mut current: Option<usize> = None;
    for item in items {
        if item.sign('(') {
            depth = depth.saturating_add(1);
        } else if item.sign(')') {
            depth = depth.saturating_sub(1);
        } else if let Some(body) = organisation(reader, item).filter(|_| depth == 0) {
            current = Some(body);
            plain.push(body);
        } else if depth > 0 {
            if item.is(Class::NoMember) {
                plain.retain(|b| Some(*b) != current);
            } else if let (Some(body), Some(member)) = (current, state(reader, item)) {
                plain.retain(|b| *b != body);
                bracketed.push((member, body));
            }
        } else if item.is_np() || item.verb.is_some() || item.is(Class::NoMember) {
            return Vec::new();
        }
    }
    let named: Vec<usize> = head.iter().filter_map(|i| state(reader, i)).collect();
    let memberships = head.iter().any(|i| i.is(Class::Memberships));
    let bare = named.len() == 1
        && plain.len() + bracketed.len() > 0
        && head.iter().all(|i| {
            matches!(i.kind, ItemKind::Sign(_) | ItemKind::Body(..))
                || i.is(Class::Article)
                || i.is(Class::Only)
        })
        && head.iter().any(|i| i.is(Class::Only));
    if !memberships && !bare {
        return Vec::new();
    }
    let members = if named.is_empty() {
        if reader.sides.len() != 2 {
            return Vec::new();
        }
        reader.sides.clone()
    } else {
        named
    };
    let mut pairs = bracketed;
    for body in plain {
        pairs.extend(members.iter().map(|m| (*m, body)));
    }
    let evidence = reader.heading_evidence(sentence);
    pairs
        .into_iter()
        .filter_map(|pair| claim(reader, sentence, rule, None, pair, None, &evidence))
        .collect()
}
