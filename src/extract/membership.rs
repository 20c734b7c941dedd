//! Membership of states in organisations.

use super::frame::Frame;
use super::items::ItemKind;
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Fact, Kind, Slot};
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
    let mut members: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "member"));
    members.retain(|b| !reader.is_organisation(*b));
    let organisations: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(i, _)| *i > frame.at && *i < frame.clause.1.max(frame.at + 1))
        .filter_map(|(_, item)| {
            if let ItemKind::Body(body, _) = item.kind {
                Some(body)
            } else {
                None
            }
        })
        .filter(|b| reader.is_organisation(*b))
        .collect();
    // "the European Union (which includes France)": the organisation stands before.
    let organisations = if rule.set.get("organisation").is_some_and(|o| o == "before") {
        let before = items
            .get(..frame.at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .find_map(|item| {
                if let ItemKind::Body(body, _) = item.kind {
                    Some(body)
                } else {
                    None
                }
            });
        before
            .into_iter()
            .filter(|b| reader.is_organisation(*b))
            .collect()
    } else {
        organisations
    };
    let mut evidence = Vec::new();
    if members.is_empty() && clause.iter().any(|i| i.is(Class::BothStates)) {
        members.clone_from(&reader.sides);
        evidence = reader.side_evidence();
    }
    let mut claims = Vec::new();
    for member in &members {
        for organisation in &organisations {
            let mut fact = Fact::new(Kind::Membership);
            if let (Some(state), Some(body)) =
                (reader.body_value(*member), reader.body_value(*organisation))
            {
                fact.set(Slot::State, state);
                fact.set(Slot::Organisation, body);
                // A date before the verb belongs to what stands before.
                let dated = reader.date(sentence, frame.date.filter(|d| *d > frame.at));
                dated.put(&mut fact, Slot::Start);
                let mut evidence = evidence.clone();
                evidence.extend(dated.evidence.iter().copied());
                claims.push(reader.claim(
                    fact,
                    rule,
                    sentence,
                    Some(frame),
                    evidence,
                    dated.flags.clone(),
                ));
            }
        }
    }
    claims
}
