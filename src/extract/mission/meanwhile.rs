//! "Until then the ambassador in Lima had been accredited", "since then it has been covered from Lima", "in the meantime": a time of accreditation
//! from elsewhere that is told by the opening or the closing of the embassy itself, of which the text has just spoken.

use crate::extract::items::Item;
use crate::extract::phrases::Phrases;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::covers;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::Class;

/// How many sentences back the mission may be told whose day is meant.
const REACH: usize = 2;

/// What words say of a time that something else has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Until,
    Since,
    Between,
}

/// Sets the days of accreditations from elsewhere that are told by those of the mission which they stood for.
pub(in crate::extract) fn meanwhile(reader: &Reader<'_>, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let Some(found) = claims.get(at).and_then(|c| days(reader, claims, at, c)) else {
            continue;
        };
        let Some(claim) = claims.get_mut(at) else {
            continue;
        };
        for (slot, date, from) in found {
            claim.fact.set(slot, Value::Date(date));
            if claim.statement() != from.span && !claim.evidence.contains(&from) {
                claim.evidence.push(from);
            }
        }
    }
}

/// The days of a claim's accreditation, each with the passage that tells it.
fn days(
    reader: &Reader<'_>,
    claims: &[Claim],
    at: usize,
    claim: &Claim,
) -> Option<Vec<(Slot, Edtf, Evidence)>> {
    let open = !claim.fact.has(Slot::Opened) && !claim.fact.has(Slot::Closed);
    (covers(claim) && claim.holds() && open).then_some(())?;
    let index = reader.sentence_index(claim.statement().start)?;
    let sentence = reader.sentences.get(index)?;
    let time = said(reader, sentence, claim)?;
    // The mission that the one elsewhere stood for, told in the sentence itself or close before.
    let told = |slot: Slot| {
        let same = |c: &Claim| {
            let sides = [Slot::Sending, Slot::Receiving];
            c.fact.kind == Kind::Mission
                && c.holds()
                && !covers(c)
                && sides.iter().all(|s| c.fact.get(*s) == claim.fact.get(*s))
        };
        let here = |c: &&Claim| c.statement() == claim.statement();
        let day = |c: &Claim| {
            let day = c.fact.date(slot).filter(|d| !d.interval).copied()?;
            let from = Evidence {
                span: c.statement(),
                role: EvidenceRole::Antecedent,
            };
            same(c).then_some((slot, day, from))
        };
        let behind = claims.get(at + 1..).unwrap_or(&[]).iter().take_while(here);
        let before = claims.get(..at).unwrap_or(&[]).iter().rev();
        let before = before.take_while(|c| reader.near(index, c, REACH));
        let mut before = before.filter_map(day);
        before.next().or_else(|| behind.filter_map(day).next())
    };
    match time {
        Time::Until => {
            let (_, day, from) = told(Slot::Opened)?;
            Some(vec![(Slot::Closed, day, from)])
        }
        Time::Since => {
            let (_, day, from) = told(Slot::Closed)?;
            Some(vec![(Slot::Opened, day, from)])
        }
        Time::Between => {
            let (_, closed, from) = told(Slot::Closed)?;
            let mut days = vec![(Slot::Opened, closed, from)];
            let again = told(Slot::Opened).filter(|(_, day, _)| day.start > closed.start);
            days.extend(again.map(|(_, day, from)| (Slot::Closed, day, from)));
            Some(days)
        }
    }
}

/// The time that the words of a sentence say, in the part of it that names the seat of an accreditation.
fn said(reader: &Reader<'_>, sentence: &Sentence<'_>, claim: &Claim) -> Option<Time> {
    let items = &sentence.items;
    let city = reader.city_in(&claim.fact, Slot::City)?;
    let named = |i: &Item<'_>| {
        let office = || i.actor().and_then(|a| a.office.as_ref()?.city);
        let seat = || i.mission().and_then(|np| np.cities.first()).map(|c| c.0);
        i.city().or_else(seat).or_else(office) == Some(city)
    };
    let parts = |i: &Item<'_>| i.sign(';') || i.sign('.') || i.sign(':');
    let times = [
        (Class::UntilThen, Time::Until),
        (Class::SinceThen, Time::Since),
        (Class::Meanwhile, Time::Between),
    ];
    let mut start = 0;
    for part in items.split(parts) {
        let phrases = Phrases::of(reader.lexicon, part);
        start += part.len() + 1;
        let time = times.iter().find(|(class, _)| phrases.say(*class));
        // The seat may be known from before: "it has since been accredited to A".
        let here = part.iter().any(named) || !items.iter().any(named) && start > items.len();
        if let Some((_, time)) = time.filter(|_| here) {
            return Some(*time);
        }
    }
    None
}
