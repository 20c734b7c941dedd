//! The stages of a journey that a statement reports at its end ("returned from a tour that took her to Peru and Chile"): each has the day and city
//! of what the statement tells of it later; and the days of a visit from which somebody has come back.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Day, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};

/// How many days before its own a statement may tell of a journey.
const REACH: i64 = 45;

/// The rules by which a journey is told as a whole.
const WHOLE: [&str; 3] = ["visit.led", "visit.legs", "visit.tour"];

/// A stage as it was told first, and in full.
struct Stage {
    old: Fact,
    full: Fact,
}

/// Gives the stages of journeys in a statement the days and cities told of them later, with those who came along.
pub(super) fn stages(reader: &Reader<'_>, claims: &mut [Claim]) {
    let Some((own, _)) = reader.day.filter(|_| reader.issued) else {
        return;
    };
    let found: Vec<Option<Stage>> = claims.iter().map(|c| stage(own, claims, c)).collect();
    for (claim, stage) in claims.iter_mut().zip(&found) {
        if let Some(stage) = stage {
            fill(claim, &stage.full);
        }
    }
    let told: Vec<&Stage> = found.iter().flatten().collect();
    for claim in claims
        .iter_mut()
        .filter(|c| c.rule.ends_with("visit.accompanied"))
    {
        let along = told.iter().find(|s| {
            let same = [Slot::To, Slot::Start, Slot::End];
            claim.fact.get(Slot::Visitor) != s.old.get(Slot::Visitor)
                && same
                    .iter()
                    .all(|slot| claim.fact.get(*slot) == s.old.get(*slot))
        });
        if let Some(stage) = along {
            fill(claim, &stage.full);
        }
    }
}

/// What a statement tells later of a stage without a day.
fn stage(own: Day, claims: &[Claim], claim: &Claim) -> Option<Stage> {
    let whole = WHOLE.iter().any(|rule| claim.rule.ends_with(rule));
    let visit = claim.fact.kind == Kind::Visit && claim.holds() && whole;
    let day = claim.fact.date(Slot::Start).and_then(|d| d.start);
    (visit && day.is_none_or(|d| d.day.is_none())).then_some(())?;
    let visitor = claim.fact.get(Slot::Visitor)?.clone();
    let to = claim.fact.get(Slot::To)?.clone();
    let at = claim.statement().start;
    let near = |fact: &Fact, slot: Slot| {
        let day = fact
            .date(slot)
            .and_then(|d| d.start)
            .filter(|d| d.day.is_some());
        day.is_some_and(|d| d <= own && own.plus_days(-REACH).is_some_and(|first| first <= d))
    };
    let later = |c: &&Claim| c.holds() && c.statement().start > at;
    let again = claims.iter().filter(later).find(|c| {
        c.fact.kind == Kind::Visit
            && c.fact.get(Slot::Visitor) == Some(&visitor)
            && c.fact.get(Slot::To) == Some(&to)
            && near(&c.fact, Slot::Start)
    });
    let stage = |full: Fact| Stage {
        old: claim.fact.clone(),
        full,
    };
    if let Some(again) = again {
        return Some(stage(again.fact.clone()));
    }
    let Value::Body(state) = &to else { return None };
    let there = |c: &&Claim| {
        c.fact.kind == Kind::Meeting
            && c.fact.all(Slot::Participants).contains(&visitor)
            && matches!(c.fact.get(Slot::Place), Some(Value::Place(p)) if p.state.as_deref() == Some(state.key.as_str()))
    };
    let mut met = claims.iter().filter(later).filter(there);
    let met = met.find(|c| near(&c.fact, Slot::Date))?;
    let mut full = claim.fact.clone();
    full.slots.remove(&Slot::End);
    let day = met.fact.date(Slot::Date).and_then(|d| d.start)?;
    full.set(Slot::Start, Value::Date(Edtf::on(day)));
    full.set(Slot::City, met.fact.get(Slot::Place)?.clone());
    Some(stage(full))
}

/// Gives a visit the days of another, and its city and kind where it has none of its own.
fn fill(claim: &mut Claim, full: &Fact) {
    claim.fact.slots.remove(&Slot::End);
    for slot in [Slot::Start, Slot::End, Slot::City, Slot::Kind] {
        let own = slot == Slot::City && claim.fact.has(slot)
            || slot == Slot::Kind && claim.fact.text(slot) != "other";
        if let Some(value) = full.get(slot).filter(|_| !own) {
            claim.fact.set(slot, value.clone());
        }
    }
}

/// How many sentences behind a visit its days are told, and how many items behind its noun they stand.
const LATER: usize = 2;
const BEHIND: usize = 12;

/// "He returned yesterday from a visit to Peru, which lasted from 3 to 5 May", "During the visit, which lasted from 3 to 5 May, he …": gives the visit that a
/// statement tells without its days those that it tells of it behind, with who came along and what was told of a day of it.
pub(super) fn lasted(reader: &Reader<'_>, claims: &mut [Claim]) {
    let Some((own, _)) = reader.day.filter(|_| reader.issued) else {
        return;
    };
    let visit = |c: &Claim| c.fact.kind == Kind::Visit && c.holds() && !c.fact.has(Slot::End);
    for number in 0..claims.len() {
        let Some(claim) = claims.get(number).filter(|c| visit(c)) else {
            continue;
        };
        let day = claim.fact.date(Slot::Start).and_then(|d| d.start);
        let Some(index) = reader
            .sentence_index(claim.statement().start)
            .filter(|_| day.is_none_or(|d| d.day.is_none()))
        else {
            continue;
        };
        let told = (index..=index + LATER).find_map(|at| {
            let sentence = reader.sentences.get(at)?;
            Some((days_of(reader, sentence, &claim.fact, own)?, sentence.span))
        });
        let Some(((first, last), span)) = told else {
            continue;
        };
        let fact = claim.fact.clone();
        for other in claims.iter_mut().filter(|c| visit(c)) {
            let near = reader.sentence_index(other.statement().start);
            let near = near.is_some_and(|at| at >= index && at <= index + 2 * LATER);
            let same = |slot: Slot| other.fact.get(slot) == fact.get(slot);
            let along = same(Slot::Visitor) || other.rule.ends_with("visit.accompanied");
            let start = other.fact.date(Slot::Start).and_then(|d| d.start);
            let within = start.is_none_or(|d| d.day.is_none() || first <= d && d <= last);
            if !(near && same(Slot::To) && along && within) {
                continue;
            }
            other.fact.set(Slot::Start, Value::Date(Edtf::on(first)));
            other.fact.set(Slot::End, Value::Date(Edtf::on(last)));
            if other.fact.text(Slot::Kind) == "other"
                && let Some(kind) = fact.get(Slot::Kind)
            {
                other.fact.set(Slot::Kind, kind.clone());
            }
            other.evidence.push(Evidence {
                span,
                role: EvidenceRole::Date,
            });
        }
    }
}

/// The days that a sentence gives behind its noun for a visit, which names no other place than that of the visit.
fn days_of(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    visit: &Fact,
    own: Day,
) -> Option<(Day, Day)> {
    let items = &sentence.items;
    let to = reader.body_in(visit, Slot::To)?;
    let noun = items
        .iter()
        .position(|i| i.is_noun_for(reader.lexicon, "visit"))?;
    let date = (noun + 1..items.len())
        .take(BEHIND)
        .find(|&i| items.get(i).is_some_and(Item::is_date))?;
    let ItemKind::Date(found) = &items.get(date)?.kind else {
        return None;
    };
    let days = found.date.filter(|d| d.interval)?;
    let (first, last) = (days.start?, days.end?);
    let full = first.day.is_some() && last.day.is_some();
    let recent = own.plus_days(-REACH)? <= first && last <= own;
    let elsewhere = |i: &Item| {
        let state = i.city().and_then(|c| reader.state_of_city(c));
        let state = state.or(i.named_body());
        state.is_some_and(|s| !reader.same_state(s, to))
            || i.actor().is_some_and(|a| a.name.is_some())
    };
    let between = items.get(noun + 1..date)?;
    (full && recent && first < last && !between.iter().any(elsewhere)).then_some((first, last))
}
