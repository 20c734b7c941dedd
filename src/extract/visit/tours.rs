//! Journeys that are the subject of a verb: "A tour of the minister took in Lima and Quito", "the journey that had led him to Lima".

use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Who};
use crate::fact::{Evidence, EvidenceRole};
use crate::language::Class;

/// How far before the verb the journey may stand.
const REACH: usize = 12;

/// Whose journey the verb of a frame tells of: the one it is of, else whoever was spoken of; none where no journey is the subject.
pub(super) fn tourist(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    frame: &Frame,
) -> Option<Who> {
    let journey = |i: usize| {
        let item = items.get(i);
        item.is_some_and(|x| x.is_noun_for(reader.lexicon, "visit"))
    };
    let from = frame.at.saturating_sub(REACH);
    let noun = (from..frame.at).rev().find(|&i| journey(i))?;
    // What stands between the journey and its verb: whose it is, and no other verb or subject.
    let between = items.get(noun + 1..frame.at)?;
    let apart = |i: &Item| {
        i.is_finite()
            || i.sign(';')
            || i.sign('.')
            || i.is(Class::And)
            || i.prep.is_empty()
                && i.actor()
                    .is_some_and(|a| a.name.is_some() || a.office.is_some())
    };
    if between.iter().any(apart) {
        return None;
    }
    let of = |i: &&Item| i.has_prep(Class::Of) || i.has_prep(Class::By);
    let owner = between
        .iter()
        .filter(of)
        .find(|i| i.actor().is_some())
        .or_else(|| {
            let before = items.get(noun.saturating_sub(4)..noun)?;
            before.iter().rfind(|i| i.genitive && i.actor().is_some())
        });
    if let Some(owner) = owner {
        return reader.who(index, owner).into_iter().next();
    }
    // "X came in 1992 on a tour that also took in Lima": whoever acts before it.
    let before = items.get(..noun)?;
    let free = |named: bool| {
        before.iter().rfind(|i| {
            i.prep.is_empty()
                && i.actor()
                    .is_some_and(|a| a.name.is_some() || !named && a.office.is_some())
        })
    };
    let acts = free(true).or_else(|| free(false));
    if let Some(who) = acts.and_then(|i| reader.who(index, i).into_iter().next()) {
        return Some(who);
    }
    let verb = items.get(frame.at)?;
    let (person, span) = reader.last_person(index, verb.span)?;
    let mut who = reader.person_at(person, span, verb.span)?;
    who.evidence.push(Evidence {
        span,
        role: EvidenceRole::Antecedent,
    });
    Some(who)
}
