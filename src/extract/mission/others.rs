//! "… is one of the consulates general that Peru has in India; the others are in Mumbai and Chennai": further missions of the kind told of.

use super::places::{Placed, base};
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule};

/// How many items may stand between the words for the others and the first city.
const REACH: usize = 5;

/// The longest phrase, in items, for what is left.
const LONGEST: usize = 3;

/// Claims of the missions that a sentence says the others of a kind are.
pub(in crate::extract) fn others(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some((verb, first)) = said(reader, items) else {
        return Vec::new();
    };
    let stop = |i: &Item<'_>| i.sign(';') || i.sign('.') || i.is_finite() || i.is(Class::Relative);
    let end = (first..items.len()).find(|&i| items.get(i).is_some_and(stop));
    let end = end.unwrap_or(items.len());
    let words = items.get(verb..end).unwrap_or(&[]);
    if words
        .iter()
        .any(|i| i.is(Class::Not) || i.is(Class::Planned))
    {
        return Vec::new();
    }
    let near = earlier.last_of(Kind::Mission);
    let mut near = near.take_while(|c| reader.near(index, c, 1));
    let Some(claim) = near.find(|c| c.holds() && !covers(c)) else {
        return Vec::new();
    };
    let (Some(sending), Some(told)) = (
        reader.body_in(&claim.fact, Slot::Sending),
        reader.lexicon.mission(&claim.fact.text(Slot::Kind)),
    ) else {
        return Vec::new();
    };
    let receiving = reader.body_in(&claim.fact, Slot::Receiving);
    let from = Evidence {
        span: claim.statement(),
        role: EvidenceRole::Antecedent,
    };
    let consular = |kind: usize| {
        let name = reader.lexicon.missions.get(kind);
        name.is_some_and(|n| n.contains("consul"))
    };
    let cities = (first..end).filter_map(|at| Some((at, items.get(at)?.city()?)));
    let claims = cities.filter_map(|(at, city)| {
        let there = reader.state_of_city(city)?;
        let abroad = !reader.same_state(there, sending);
        // Consulates beside one in a state are in that state.
        let fits = !consular(told) || receiving.is_none_or(|r| reader.same_state(r, there));
        (abroad && fits).then_some(())?;
        let placed = Placed {
            kind: bracketed(items, at, end).unwrap_or(told),
            sending,
            receiving: Some(there),
            city: Some(city),
            ..Placed::default()
        };
        let fact = base(reader, &placed);
        Some(reader.claim(fact, rule, sentence, None, vec![from], Vec::new()))
    });
    claims.collect()
}

/// "the others are in A", "los demás están en A": the places of the verb and of the first city.
fn said(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<(usize, usize)> {
    let starts = (0..items.len()).filter(|&at| {
        let before = at.checked_sub(1).and_then(|i| items.get(i));
        before.is_none_or(|i| i.sign(';') || i.sign(',') || i.sign(':') || i.is(Class::And))
    });
    let lead = |at: usize| {
        (1..=LONGEST).find(|n| {
            let words = items.get(at..at + n).unwrap_or(&[]);
            let words: Vec<&str> = words.iter().map(|i| i.folded.as_ref()).collect();
            words.len() == *n && reader.lexicon.lists(Class::TheOthers, &words.join(" "))
        })
    };
    starts.into_iter().find_map(|at| {
        let verb = at + lead(at)?;
        let told = items.get(verb..)?.iter().take(REACH);
        let small = |i: &Item<'_>| !i.is_np() || i.city().is_some();
        let first = told.clone().position(|i| i.city().is_some())?;
        let in_city = items.get(verb + first)?.has_prep(Class::In);
        let plain = told.take(first).all(small);
        (in_city && plain).then_some((verb, verb + first))
    })
}

/// "in A and B (consulates general), and in C (consulates)": the kind that brackets behind a list of cities give.
fn bracketed(items: &[Item<'_>], at: usize, end: usize) -> Option<usize> {
    let behind = items.get(at + 1..end)?;
    let opens = behind.iter().position(|i| i.sign('('))?;
    behind.get(opens + 1)?.mission().map(|np| np.kind)
}
