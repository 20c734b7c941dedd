//! "It was moved from Rio de Janeiro to Brasília in 1971": who headed a mission before it moved sat in its former city, whatever seat the
//! rest of the document gives it.

use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::extract::settle::{consular, lies_in};
use crate::extract::tally::times;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::text::Span;

/// A mission that moved in a year.
struct Move {
    sending: Value,
    to: Value,
    from: Value,
    date: Edtf,
    year: i32,
    told: Span,
}

/// Gives missions and posts that a document places in the city to which a mission moved later the city in which it was before.
pub(in crate::extract) fn former_seats(reader: &Reader<'_>, claims: &mut [Claim]) {
    for moved in moves(reader, claims) {
        for claim in claims.iter_mut().filter(|c| c.holds()) {
            if !before(reader, claim, &moved) {
                continue;
            }
            claim.fact.set(Slot::City, moved.from.clone());
            if claim.fact.kind == Kind::Mission && !claim.fact.has(Slot::Closed) {
                claim.fact.set(Slot::Closed, Value::Date(moved.date));
            }
            let evidence = Evidence {
                span: moved.told,
                role: EvidenceRole::Context,
            };
            if !claim.evidence.contains(&evidence) {
                claim.evidence.push(evidence);
            }
        }
    }
}

/// The moves that a document tells of, where it also says from where.
fn moves(reader: &Reader<'_>, claims: &[Claim]) -> Vec<Move> {
    let events = claims.iter().filter(|c| {
        c.holds() && c.fact.kind == Kind::MissionEvent && c.fact.text(Slot::Event) == "moved"
    });
    let found = events.filter_map(|event| {
        let told = event.statement();
        let date = event.fact.date(Slot::Date)?;
        let sending = event.fact.get(Slot::Sending)?;
        let beside = |slot: Slot| {
            let seat = |c: &&Claim| {
                c.statement() == told && c.rule.ends_with("mission.moved") && c.fact.has(slot)
            };
            let mut seats = claims.iter().filter(|c| c.fact.kind == Kind::Mission);
            seats.find(seat).and_then(|c| c.fact.get(Slot::City))
        };
        let to = beside(Slot::Opened).or_else(|| event.fact.get(Slot::City))?;
        let from = beside(Slot::Closed).or_else(|| known_before(reader, claims, &event.fact, to));
        Some(Move {
            sending: sending.clone(),
            to: to.clone(),
            from: from?.clone(),
            date: *date,
            year: date.year()?,
            told,
        })
    });
    found.collect()
}

/// The other city of the same state in which the document most often says that the sender had a mission or post, no consular one.
fn known_before<'c>(
    reader: &Reader<'_>,
    claims: &'c [Claim],
    event: &Fact,
    to: &Value,
) -> Option<&'c Value> {
    let (sending, receiving) = (event.get(Slot::Sending)?, event.get(Slot::Receiving)?);
    let posts = [Kind::Mission, Kind::Appointment];
    let told = claims
        .iter()
        .filter(|c| c.holds() && posts.contains(&c.fact.kind) && !consular(&c.fact))
        .filter(|c| c.fact.get(Slot::Sending) == Some(sending))
        .filter_map(|c| c.fact.get(Slot::City))
        .filter(|city| *city != to && lies_in(reader, city, receiving));
    let known = times(told);
    let most = known.iter().map(|(_, times)| *times).max()?;
    known
        .into_iter()
        .find(|(_, times)| *times == most)
        .map(|(city, _)| city)
}

/// Whether a mission or post that is placed in the city to which the mission moved is of the time before, and its own words do not say where.
fn before(reader: &Reader<'_>, claim: &Claim, moved: &Move) -> bool {
    let fact = &claim.fact;
    let (from, until) = match fact.kind {
        Kind::Appointment => (Slot::Start, Slot::End),
        Kind::Mission => (Slot::Opened, Slot::Closed),
        Kind::Visit
        | Kind::Treaty
        | Kind::MissionEvent
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => return false,
    };
    let year = |slot: Slot| fact.date(slot).and_then(Edtf::year);
    let earlier = match (year(from), year(until)) {
        (Some(begun), _) => begun < moved.year,
        (None, Some(ended)) => ended <= moved.year,
        (None, None) => false,
    };
    earlier
        && !consular(fact)
        && fact.get(Slot::Sending) == Some(&moved.sending)
        && fact.get(Slot::City) == Some(&moved.to)
        && !names_seat(reader, claim)
}

/// Whether the sentence of a claim names the city that the claim has.
fn names_seat(reader: &Reader<'_>, claim: &Claim) -> bool {
    let city = reader.city_in(&claim.fact, Slot::City);
    let sentence = reader.sentence_at(claim.statement().start);
    let names = |item: &Item<'_>| {
        let seats = item.mission().map_or(&[][..], |np| np.cities.as_slice());
        let office = item.actor().and_then(|a| a.office.as_ref()?.city);
        let seats = seats.iter().map(|(city, _, _)| *city);
        let mut named = seats.chain(item.city()).chain(office);
        named.any(|c| Some(c) == city)
    };
    sentence.is_some_and(|s| s.items.iter().any(names))
}
