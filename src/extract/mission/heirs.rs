//! "The embassy closed in 2004, and the embassy in Delhi took over its duties", "until then the ambassador in Delhi had been responsible": who looks
//! after a state in place of the mission of which the text has just told, without naming the state again.

use super::covers::headed_by;
use super::cues::{UNREAL, cue};
use super::places::Placed;
use super::seat;
use crate::extract::frame::passive_before;
use crate::extract::items::Item;
use crate::extract::lasting::{lasts, until_before};
use crate::extract::offices::is_head_of_mission;
use crate::extract::phrases::Phrases;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule, TriggerForm};

/// How many items may stand between a seat and the words that say that it took over.
const REACH: usize = 8;

/// A seat in a third state.
struct Seat {
    at: usize,
    kind: usize,
    city: usize,
}

/// The mission in whose place the seat is.
struct Stood {
    sending: usize,
    receiving: usize,
    closed: Option<Edtf>,
    from: Evidence,
}

/// Claims of the seats that a sentence says look after the state whose mission was told last.
pub(in crate::extract) fn heirs(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    if !items.iter().any(|i| city(reader, i).is_some()) {
        return Vec::new();
    }
    let Some(stood) = stood(reader, index, sentence, earlier) else {
        return Vec::new();
    };
    let told = |seat: &Seat| {
        let city = reader.city_value(seat.city);
        let mut here = earlier.here(Kind::Mission, sentence.span);
        here.any(|c| covers(c) && c.fact.get(Slot::City) == city.as_ref())
    };
    let seats = (0..items.len()).filter_map(|at| third(reader, items, at, &stood));
    let seats: Vec<Seat> = seats.filter(|s| !told(s)).collect();
    let claims = seats.iter().filter_map(|seat| {
        let (start, end) = clause(items, seat.at);
        let part = items.get(start..end)?;
        let real =
            |i: &Item<'_>| !UNREAL.iter().any(|c| i.is(*c)) && i.verb != Some(TriggerForm::Planned);
        let other = |i: &Item<'_>| {
            let body = i.named_body();
            body.is_some_and(|b| b != stood.sending && b != stood.receiving)
        };
        // "Israel's was shut, and its ambassador in A took over": of another state than that whose mission was told last.
        let here = stood.from.span == sentence.span;
        let whole = items.get(..seat.at).unwrap_or(&[]);
        let strange = !here && whole.iter().any(other);
        let fits = part.iter().all(real) && !part.iter().any(other) && !strange;
        (fits && says(reader, items, (start, end), seat, &stood)).then_some(())?;
        let date = (start..end).find(|&i| lasts(items, i));
        let placed = Placed {
            kind: seat.kind,
            sending: stood.sending,
            receiving: Some(stood.receiving),
            city: Some(seat.city),
            ..Placed::default()
        };
        let dated = reader.date(sentence, date);
        let ends = date.is_some_and(|d| until_before(items, d));
        let further = (stood.from.span != sentence.span).then_some(stood.from);
        let mut claim = seat::told(reader, sentence, rule, &placed, dated, ends, further);
        // "closed in 2004, and that in Delhi took over": since then.
        let open = date.is_none() && !lists(reader, part, Class::UntilThen);
        if let Some(day) = stood.closed.filter(|_| open) {
            claim.fact.set(Slot::Opened, Value::Date(day));
        }
        Some(claim)
    });
    claims.collect()
}

/// The mission told last, here or in the sentence before.
fn stood(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    earlier: &Told,
) -> Option<Stood> {
    let near = earlier.last_of(Kind::Mission);
    let mut near = near.take_while(|c| reader.near(index, c, 1));
    let claim = near.find(|c| c.holds() && !covers(c))?;
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let from = reader.sentence_index(claim.statement().start)?;
    let close = block(from) == Some(sentence.block);
    let sending = reader.body_in(&claim.fact, Slot::Sending)?;
    let receiving = reader.body_in(&claim.fact, Slot::Receiving)?;
    let city = reader.city_in(&claim.fact, Slot::City);
    let there = city.and_then(|c| reader.state_of_city(c));
    let dated = claim.fact.has(Slot::Opened) || claim.fact.has(Slot::Closed);
    (close && dated && there.is_none_or(|t| t == receiving)).then_some(())?;
    let closed = claim.fact.date(Slot::Closed).filter(|d| !d.interval);
    Some(Stood {
        sending,
        receiving,
        closed: closed.copied(),
        from: Evidence {
            span: claim.statement(),
            role: EvidenceRole::Antecedent,
        },
    })
}

/// The city where a mission stands that an item names, or its head, or the city itself.
fn city(reader: &Reader<'_>, item: &Item<'_>) -> Option<usize> {
    let office = || item.actor().and_then(|a| a.office.as_ref()?.city);
    let mission = item.mission().map(|np| seat::of_mission(reader, np));
    mission.unwrap_or_else(|| office().or_else(|| item.city()))
}

/// The seat that an item names, where it is in a third state.
fn third(reader: &Reader<'_>, items: &[Item<'_>], at: usize, stood: &Stood) -> Option<Seat> {
    let item = items.get(at)?;
    let embassy = || reader.lexicon.mission("embassy");
    let own = |sending: Option<usize>| sending.is_none_or(|s| s == stood.sending);
    let (kind, city) = if let Some(np) = item.mission() {
        own(np.sending).then(|| Some((np.kind, seat::of_mission(reader, np)?)))??
    } else if let Some(actor) = item.actor() {
        // "the government of A recalled its ambassador in B": his state's.
        let before = items.get(..at).unwrap_or(&[]).iter().rev();
        let owner = before.filter_map(Item::body).next();
        let own_one = actor.office.as_ref().is_some_and(|o| o.possessive);
        (!own_one || owner.is_none_or(|o| o == stood.sending)).then_some(())?;
        let office = actor.office.as_ref().filter(|o| !o.former && own(o.of))?;
        let head = is_head_of_mission(&reader.role_name(office.role)) && actor.name.is_none();
        let kind = headed_by(reader, office).or_else(embassy)?;
        (kind, seat::of_office(reader, office).filter(|_| head)?)
    } else {
        let near = items.get(at.saturating_sub(2)..at).unwrap_or(&[]);
        // "that in Delhi", "la de Delhi"; "covered us from Delhi"
        let one = near.iter().any(|i| i.is(Class::MissionOne));
        let from = item.has_prep(Class::From) || item.has_prep(Class::Since);
        (embassy()?, item.city().filter(|_| one || from)?)
    };
    let there = reader.state_of_city(city)?;
    let third =
        !reader.same_state(there, stood.sending) && !reader.same_state(there, stood.receiving);
    third.then_some(Seat { at, kind, city })
}

/// The stretch of a sentence around a seat, between its semicolons, or from a joint before which a mission's fate is told.
fn clause(items: &[Item<'_>], at: usize) -> (usize, usize) {
    let stop = |i: &Item<'_>| [';', '.', ':'].iter().any(|c| i.sign(*c));
    let before = items.get(..at).unwrap_or(&[]);
    let start = before
        .iter()
        .rposition(|i| stop(i) || i.is(Class::And) || i.is(Class::Relative));
    let behind = items.get(at..).unwrap_or(&[]);
    let end = behind.iter().position(stop);
    (
        start.map_or(0, |s| s + 1),
        end.map_or(items.len(), |e| at + e),
    )
}

/// Whether the words around a seat say that it looks after what the mission did.
fn says(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    (start, end): (usize, usize),
    seat: &Seat,
    stood: &Stood,
) -> bool {
    let behind = items
        .get(seat.at + 1..end.min(seat.at + 1 + REACH))
        .unwrap_or(&[]);
    let before = items
        .get(start.max(seat.at.saturating_sub(REACH))..seat.at)
        .unwrap_or(&[]);
    let part = items.get(start..end).unwrap_or(&[]);
    let takes = |part: &[Item<'_>]| lists(reader, part, Class::TookOver);
    let looks = |part: &[Item<'_>]| part.iter().any(|i| cue(reader, i));
    let affairs = |part: &[Item<'_>]| part.iter().any(|i| i.is(Class::Affairs));
    let served = |part: &[Item<'_>]| {
        let at = part.iter().position(|i| i.is(Class::Served));
        let before = at.and_then(|at| part.get(..at)).unwrap_or(&[]);
        // "had its affairs conducted by": what is done for it.
        let caused = before.iter().any(|i| i.is(Class::Have)) && affairs(before);
        at.is_some() && (caused || passive_before(before))
    };
    let times = [Class::UntilThen, Class::SinceThen, Class::Meanwhile];
    let timed = times.iter().any(|c| lists(reader, part, *c))
        || part.iter().any(Item::tells_earlier)
        || (start..end).any(|i| lasts(items, i));
    let then = stood.closed.is_some() || timed;
    let plain = items.get(seat.at).is_some_and(|i| i.city().is_some());
    if plain && !items.get(seat.at).is_some_and(|i| i.has_prep(Class::Of)) {
        // "Before that it covered us from Delhi"
        return then && (looks(before) || served(before));
    }
    let takes = |part: &[Item<'_>]| then && takes(part);
    takes(behind) || timed && looks(behind) || affairs(before) && (served(before) || takes(before))
}

/// Whether words of a class of phrases stand among the items.
pub(super) fn lists(reader: &Reader<'_>, items: &[Item<'_>], class: Class) -> bool {
    Phrases::of(reader.lexicon, items).say(class)
}
