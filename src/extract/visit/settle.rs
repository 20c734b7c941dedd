//! The visits of a document, once all are read: one without a date takes that of what is told before it, or is none that can be known.

use super::stages;
use crate::extract::clauses::Clauses;
use crate::extract::dates::Bound;
use crate::extract::frame::of_what_was_before;
use crate::extract::items::ItemKind;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Day, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How many sentences a date reaches.
const REACH: usize = 3;

/// Gives visits without a date the month or year told last; what has none, and what repeats a visit told before, is dropped.
pub(in crate::extract) fn settle(reader: &Reader<'_>, claims: &mut Vec<Claim>) {
    once(claims);
    whence(reader, claims);
    cities(reader, claims);
    stages::lasted(reader, claims);
    stages::stages(reader, claims);
    let undated = |c: &Claim| {
        c.fact.kind == Kind::Visit
            && c.holds()
            && !c.fact.has(Slot::Start)
            && !c.fact.has(Slot::End)
    };
    if !claims.iter().any(undated) {
        return;
    }
    let mut told: Vec<(usize, Fact)> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Visit && !undated(c))
        .filter_map(|c| {
            let mut whose = Fact::new(Kind::Visit);
            for slot in [Slot::Visitor, Slot::To] {
                c.fact
                    .all(slot)
                    .iter()
                    .for_each(|v| whose.add(slot, v.clone()));
            }
            Some((reader.sentence_index(c.statement().start)?, whose))
        })
        .collect();
    told.sort_by_key(|(index, _)| *index);
    claims.retain_mut(|claim| {
        if !undated(claim) {
            return true;
        }
        let Some(at) = reader.sentence_index(claim.statement().start) else {
            return false;
        };
        let first = told.partition_point(|(index, _)| *index + 2 * REACH < at);
        let again = told
            .iter()
            .skip(first)
            .take_while(|(index, _)| *index <= at + 1)
            .any(|(_, other)| {
                [Slot::Visitor, Slot::To]
                    .iter()
                    .all(|s| other.get(*s) == claim.fact.get(*s))
            });
        if again {
            return false;
        }
        let Some((date, span)) = last_date(reader, at, claim.trigger) else {
            return false;
        };
        // "A visited Estonia in May 2001. B also visited Ireland": that is when another went elsewhere.
        let there = reader
            .sentence_index(span.start)
            .filter(|there| *there != at);
        let there = told.iter().filter(|(index, _)| Some(*index) == there);
        let mut there = there
            .map(|(_, other)| [Slot::Visitor, Slot::To].map(|s| other.get(s) == claim.fact.get(s)))
            .peekable();
        if there.peek().is_some() && there.all(|same| same == [false, false]) {
            return claim.fact.has(Slot::Visitor);
        }
        let elsewhere = !claim.statement().contains(span);
        let before = reader
            .sentences
            .get(at)
            .is_some_and(|s| reader.tells_before(s));
        if elsewhere && before {
            return claim.fact.has(Slot::Visitor);
        }
        claim.fact.set(Slot::Start, Value::Date(date));
        claim.evidence.push(Evidence {
            span,
            role: EvidenceRole::Date,
        });
        true
    });
}

/// Drops a visit that its sentence tells again with a kind ("paid a state visit, the first visit since 2011"), and one by which somebody took up a post
/// ("the first diplomat was X, who arrived in 1964 as chargé d'affaires").
fn once(claims: &mut Vec<Claim>) {
    let plain = |c: &Claim| c.fact.kind == Kind::Visit && c.fact.text(Slot::Kind) == "other";
    let again = |c: &Claim, other: &Claim| {
        let slots = [Slot::Visitor, Slot::To, Slot::Start];
        let same = other.fact.kind == Kind::Visit && other.fact.text(Slot::Kind) != "other";
        same && other.modality == c.modality
            && slots.iter().all(|s| c.fact.get(*s) == other.fact.get(*s))
    };
    let post = |c: &Claim, other: &Claim| {
        let who = c.fact.get(Slot::Visitor).is_some()
            && c.fact.get(Slot::Visitor) == other.fact.get(Slot::Person);
        let day = c.fact.has(Slot::Start) && c.fact.get(Slot::Start) == other.fact.get(Slot::Start);
        let there = other.fact.get(Slot::Receiving);
        let there = there.is_none() || there == c.fact.get(Slot::To);
        other.fact.kind == Kind::Appointment && who && day && there
    };
    let dropped: Vec<bool> = claims
        .iter()
        .map(|c| {
            let here = claims.iter().filter(|o| o.statement() == c.statement());
            plain(c) && here.into_iter().any(|o| again(c, o) || post(c, o))
        })
        .collect();
    let mut dropped = dropped.into_iter();
    claims.retain(|_| !dropped.next().unwrap_or(false));
}

/// Gives a visit that names no city that of the first meeting of its visitor which is told with it.
fn cities(reader: &Reader<'_>, claims: &mut [Claim]) {
    let met: Vec<(usize, Vec<Value>, Value, Option<Edtf>)> = claims
        .iter()
        .filter(|c| c.fact.kind == Kind::Meeting && c.holds())
        .filter_map(|c| {
            let at = reader.sentence_index(c.statement().start)?;
            let date = c.fact.date(Slot::Date).copied();
            let who = c.fact.all(Slot::Participants).to_vec();
            Some((at, who, c.fact.get(Slot::Place)?.clone(), date))
        })
        .collect();
    for claim in claims
        .iter_mut()
        .filter(|c| c.fact.kind == Kind::Visit && c.holds() && !c.fact.has(Slot::City))
    {
        let Some(at) = reader.sentence_index(claim.statement().start) else {
            continue;
        };
        let (Some(visitor), Some(Value::Body(to)), Some(start)) = (
            claim.fact.get(Slot::Visitor),
            claim.fact.get(Slot::To),
            claim.fact.date(Slot::Start).and_then(|d| d.start),
        ) else {
            continue;
        };
        let from = met.partition_point(|(told, ..)| *told < at);
        let city = met
            .iter()
            .skip(from)
            .take_while(|(told, ..)| *told <= at + REACH)
            .filter(|(_, who, _, date)| {
                let year = date.and_then(|d| d.year());
                who.contains(visitor) && year == Some(start.year)
            })
            .find(|(_, _, place, _)| {
                matches!(place, Value::Place(p) if p.state.as_deref() == Some(to.key.as_str()))
            })
            .map(|(_, _, place, _)| place.clone());
        if let Some(city) = city {
            claim.fact.set(Slot::City, city);
        }
    }
}

/// Gives a visit that goes to a third state, and does not say whence, the state that the visitor's other visits come from, or the one that
/// the document speaks for.
fn whence(reader: &Reader<'_>, claims: &mut [Claim]) {
    let mut known: BTreeMap<Value, Value> = BTreeMap::new();
    for visit in claims.iter().filter(|c| c.fact.kind == Kind::Visit) {
        if let (Some(visitor), Some(from)) =
            (visit.fact.get(Slot::Visitor), visit.fact.get(Slot::From))
            && !known.contains_key(visitor)
        {
            known.insert(visitor.clone(), from.clone());
        }
    }
    let home = reader.home().and_then(|h| reader.body_value(h));
    // Who visits the text's own state is not at home there.
    let to_home = |c: &&Claim| c.fact.kind == Kind::Visit && c.fact.get(Slot::To) == home.as_ref();
    let guests: BTreeSet<Value> = claims
        .iter()
        .filter(|c| home.is_some() && to_home(c))
        .filter_map(|c| c.fact.get(Slot::Visitor).cloned())
        .collect();
    for claim in claims
        .iter_mut()
        .filter(|c| c.fact.kind == Kind::Visit && !c.fact.has(Slot::From))
    {
        let told = claim
            .fact
            .get(Slot::Visitor)
            .and_then(|visitor| known.get(visitor))
            .cloned();
        // To a third state one goes from the side that the text speaks of.
        let side = || {
            let at = reader.sentence_index(claim.statement().start)?;
            let block = reader.sentences.get(at)?.block;
            let sides = (at.saturating_sub(REACH)..=at)
                .rev()
                .filter_map(|i| reader.sentences.get(i))
                .filter(|s| s.block == block)
                .flat_map(|s| s.items.iter().rev())
                .filter_map(|i| i.body().filter(|b| reader.is_side(*b)));
            let mut near = sides.filter_map(|b| reader.body_value(b));
            near.find(|b| claim.fact.get(Slot::To) != Some(b))
        };
        // "State visit of Queen Ana" in a chronicle of the state visited.
        let led = || {
            let Some(Value::Person(person)) = claim.fact.get(Slot::Visitor) else {
                return None;
            };
            let only = reader.led_alone(reader.people.find(&person.name)?)?;
            let there = reader.body_in(&claim.fact, Slot::To)?;
            let other = (!reader.same_state(only, there)).then_some(only)?;
            reader.body_value(other)
        };
        let from = told.or_else(led).or_else(|| {
            let guest = claim
                .fact
                .get(Slot::Visitor)
                .is_some_and(|v| guests.contains(v));
            let own = home.clone().filter(|_| !guest);
            // "Recent visits: Minister X, in Lima", in a sheet of Peru's ministry on Mali.
            let partner = || {
                let listed = guest && claim.rule.ends_with("visit.list") && reader.sides.len() == 2;
                let there = reader.body_in(&claim.fact, Slot::To).filter(|_| listed)?;
                reader.body_value(reader.other_side(there)?)
            };
            let own = own.or_else(partner).or_else(side);
            own.filter(|_| claim.fact.has(Slot::Role))
        });
        if let Some(from) = from.filter(|f| claim.fact.get(Slot::To) != Some(f)) {
            claim.fact.set(Slot::From, from);
            claim.evidence.extend(reader.side_evidence());
        }
    }
}

/// The date told last up to a sentence of the same block, without its day; none of what the sentence tells of somebody else.
fn last_date(reader: &Reader<'_>, at: usize, trigger: Option<Span>) -> Option<(Edtf, Span)> {
    let here = reader.sentences.get(at)?;
    let clauses = Clauses::new(&here.items);
    let trigger = trigger.and_then(|t| here.items.iter().position(|i| i.span.contains(t)));
    let others = |i: usize| trigger.is_some_and(|t| clauses.others(&here.items, i, t));
    (at.saturating_sub(REACH)..=at)
        .rev()
        .filter_map(|i| Some((i, reader.sentences.get(i)?)))
        .filter(|(_, s)| s.block == here.block)
        .find_map(|(index, s)| {
            let items = s.items.iter().enumerate().rev();
            let mut own = items.filter(|(i, _)| index != at || !others(*i));
            own.find_map(|(i, item)| {
                let ItemKind::Date(found) = &item.kind else {
                    return None;
                };
                let day = found.date.filter(|d| !d.decade)?.start?;
                let since = of_what_was_before(s.items.get(..i).unwrap_or(&[]));
                let bound = found.bound == Bound::None && !since;
                let month = Day { day: None, ..day };
                bound.then_some((Edtf::on(month), s.span))
            })
        })
}
