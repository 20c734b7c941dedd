//! The stages of a journey that a statement reports at its end ("returned from a tour that took her to Peru and Chile"): each has the day and city
//! of what the statement tells of it later.

use crate::extract::reader::Reader;
use crate::fact::{Claim, Day, Fact, Kind, Slot, Value};

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
    full.set(Slot::Start, Value::Date(crate::fact::Edtf::on(day)));
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
