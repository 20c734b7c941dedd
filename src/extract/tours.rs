//! A visit in the course of a journey that led elsewhere, too ("came to Lima in May 1998 on a tour that also took him to Quito"): its date is not
//! that of the other stages, of which no more is told than the year.

use super::items::Item;
use super::reader::{Reader, Sentence};
use crate::fact::{Claim, Day, Edtf, Fact, Kind, Slot, Value};
use crate::language::Class;

/// The rules by which a journey is told as a whole.
const WHOLE: [&str; 3] = ["visit.led", "visit.legs", "visit.tour"];

/// How many items before a verb the words may stand that say that it tells of what was before or after.
const NEAR: usize = 4;

/// How a visit stands to another of its sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// A journey is said to have led there.
    OfJourney,
    /// The visitor went on there, or had come from there.
    Onward,
}

/// Leaves the other stages of a journey the year (where one only went on there, the month) of the visit that their sentence tells with its date.
pub(super) fn tours(reader: &Reader<'_>, claims: &mut Vec<Claim>) {
    let visit = |c: &Claim| c.fact.kind == Kind::Visit && c.holds() && c.fact.has(Slot::Visitor);
    let at = |c: &Claim| reader.sentence_index(c.statement().start);
    let mut visits: Vec<(usize, usize)> = claims
        .iter()
        .enumerate()
        .filter(|(_, c)| visit(c))
        .filter_map(|(number, c)| Some((at(c)?, number)))
        .collect();
    visits.sort_unstable();
    let mut changed: Vec<(usize, Fact)> = Vec::new();
    let mut dropped: Vec<usize> = Vec::new();
    for here in visits.chunk_by(|a, b| a.0 == b.0) {
        let Some(sentence) = here.first().and_then(|(i, _)| reader.sentences.get(*i)) else {
            continue;
        };
        let told: Vec<(usize, &Claim)> = here
            .iter()
            .filter_map(|(_, number)| Some((*number, claims.get(*number)?)))
            .collect();
        for (number, claim) in &told {
            if again(reader, sentence, &told, claim) {
                dropped.push(*number);
                continue;
            }
            let Some(stage) = stage(reader, sentence, claim) else {
                continue;
            };
            let main = told.iter().any(|(_, other)| {
                let same = |slot: Slot| other.fact.get(slot) == claim.fact.get(slot);
                same(Slot::Visitor)
                    && !same(Slot::To)
                    && (same(Slot::Start) || of_month(&claim.fact, &other.fact))
                    && self::stage(reader, sentence, other).is_none()
            });
            let less = main.then(|| less(&claim.fact, stage)).flatten();
            changed.extend(less.map(|fact| (*number, fact)));
        }
    }
    for (number, fact) in changed {
        if let Some(claim) = claims.get_mut(number) {
            claim.fact = fact;
        }
    }
    let mut number = 0;
    claims.retain(|_| {
        number += 1;
        !dropped.contains(&(number - 1))
    });
}

/// Whether the date of a visit is the month in which another begins.
fn of_month(visit: &Fact, other: &Fact) -> bool {
    let start = |fact: &Fact| fact.date(Slot::Start).and_then(|d| d.start);
    start(visit).zip(start(other)).is_some_and(|(own, main)| {
        own.day.is_none() && own.month.is_some() && own == Day { day: None, ..main }
    })
}

/// Whether weights tell a stage of a journey, which a rule has told, once more in the year of another visit of its sentence.
fn again(
    reader: &Reader<'_>,
    sentence: &Sentence,
    told: &[(usize, &Claim)],
    claim: &Claim,
) -> bool {
    let year = |c: &Claim| c.fact.date(Slot::Start).and_then(|d| d.year());
    let same = |c: &Claim, slot: Slot| c.fact.get(slot) == claim.fact.get(slot);
    let mut others = told.iter().map(|(_, c)| *c);
    let mut stages = others.clone().filter(|c| !c.rule.ends_with(".likely"));
    claim.rule.ends_with(".likely")
        && stages.any(|c| {
            let here = same(c, Slot::Visitor) && same(c, Slot::To) && year(c) != year(claim);
            here && stage(reader, sentence, c).is_some()
        })
        && others.any(|c| {
            let there = same(c, Slot::Visitor) && !same(c, Slot::To) && year(c) == year(claim);
            there && stage(reader, sentence, c).is_none()
        })
}

/// A stage without the day, and the kind, of the visit that it was told with.
fn less(fact: &Fact, stage: Stage) -> Option<Fact> {
    let first = fact.date(Slot::Start)?.start?;
    let month = first.month.filter(|_| stage == Stage::Onward);
    let kept = Day {
        month,
        day: None,
        ..first
    };
    let mut fact = fact.clone();
    fact.slots.remove(&Slot::End);
    fact.set(Slot::Start, Value::Date(Edtf::on(kept)));
    fact.set(Slot::Kind, Value::Term("other".to_owned()));
    Some(fact)
}

/// Whether a visit is told as a stage of a journey.
fn stage(reader: &Reader<'_>, sentence: &Sentence, claim: &Claim) -> Option<Stage> {
    let items = &sentence.items;
    let at = claim
        .trigger
        .and_then(|t| items.iter().position(|i| i.span.contains(t)));
    if WHOLE.iter().any(|rule| claim.rule.ends_with(rule)) {
        return Some(Stage::OfJourney);
    }
    let tour = |i: &Item| of_list(reader, i, Class::Tour);
    let Some(at) = at else {
        // Told by weights alone: what stands behind the journey.
        let to = reader.body_in(&claim.fact, Slot::To)?;
        let place = items.iter().rposition(|i| {
            let state = i.city().and_then(|c| reader.state_of_city(c)).or(i.body());
            state.is_some_and(|s| reader.same_state(s, to))
        })?;
        let journey = items.iter().position(tour)?;
        return (journey < place).then_some(Stage::OfJourney);
    };
    let verb = items.get(at)?;
    // "on a tour of", "continued her journey to"
    if tour(verb) {
        return Some(Stage::OfJourney);
    }
    if verb.is_noun_for(reader.lexicon, "visit") {
        return None;
    }
    // "… and on the same day she went on to Quito": on a day of its own.
    let behind = items.iter().skip(at + 1);
    let mut behind = behind.take_while(|i| !(i.sign(';') || i.sign(',') || i.is_finite()));
    if behind.any(Item::is_date) {
        return None;
    }
    let before = items.get(at.saturating_sub(NEAR)..at)?;
    let joint = |i: &Item| i.is(Class::DateBefore) || i.is(Class::DateAfter) || i.is(Class::Then);
    (of_list(reader, verb, Class::Onward) || before.iter().any(joint)).then_some(Stage::Onward)
}

/// Whether an item has words of a list in it.
fn of_list(reader: &Reader<'_>, item: &Item, class: Class) -> bool {
    let words = format!(" {} ", item.folded);
    let mut listed = reader.lexicon.listed(class).iter();
    listed.any(|phrase| words.contains(&format!(" {phrase} ")))
}
