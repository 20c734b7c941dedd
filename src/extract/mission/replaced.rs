//! "A consulate general in Bergen replaced the honorary consulate in 2010", "une légation le remplaça en 1911": one mission opens where another closes.

use super::places::{Placed, base, places};
use super::spoken::Spoken;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, Kind, Slot};
use crate::language::{Class, Rule, TriggerForm};

/// Among how many of the missions told last one may be whose end was told.
const NEAR: usize = 8;

/// Claims of a rule that says that one mission takes the place of another.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let spoken = Spoken::new(reader, index, earlier);
    let mission = |i: usize| items.get(i).and_then(Item::mission);
    let verb = items.get(frame.at).and_then(|i| i.verb);
    if frame.passive || verb == Some(TriggerForm::Base) {
        return Vec::new();
    }
    let free = |i: &usize| items.get(*i).is_some_and(|x| x.prep.is_empty());
    let mut subject = frame.subject.iter().copied().filter(free);
    let Some((new_at, new)) = subject.find_map(|i| Some((i, mission(i)?))) else {
        return Vec::new();
    };
    let Some((old_at, old, from)) = old(items, frame, new_at, &spoken) else {
        return Vec::new();
    };
    if old.kind == new.kind {
        return Vec::new();
    }
    let whole = |np: &MissionNp| !np.cities.is_empty() || np.receiving.is_some();
    // "a high commission in A replaces the consulate there": where the one is, the other was.
    let (at, np) = if whole(new) {
        (new_at, new.clone())
    } else {
        (old_at, old.clone())
    };
    let np = MissionNp {
        sending: np.sending.or(old.sending).or(new.sending),
        receiving: np.receiving.or(old.receiving),
        ..np
    };
    let owner = np.sending;
    let dated = reader.date(sentence, frame.date);
    let mut evidence = reader.side_evidence();
    evidence.extend(from);
    evidence.extend(dated.evidence.iter().copied());
    let mut claims = Vec::new();
    for placed in places(reader, items, at, &np, owner) {
        if placed.receiving.is_none() && placed.city.is_none() {
            continue;
        }
        for (kind, slot) in [(new.kind, Slot::Opened), (old.kind, Slot::Closed)] {
            // "It closed in 1999. An honorary consulate has replaced it since 2003."
            if slot == Slot::Closed && closed_before(reader, earlier, &placed, kind) {
                continue;
            }
            let mut fact = base(reader, &Placed { kind, ..placed });
            dated.put(&mut fact, slot);
            let flags = dated.flags.clone();
            claims.push(reader.claim(fact, rule, sentence, Some(frame), evidence.clone(), flags));
        }
    }
    claims
}

/// Whether the end of a mission has been told.
fn closed_before(reader: &Reader<'_>, earlier: &Told, placed: &Placed, kind: usize) -> bool {
    let mut told = earlier.last_of(Kind::Mission).take(NEAR);
    told.any(|c| {
        c.holds()
            && c.fact.has(Slot::Closed)
            && reader.lexicon.mission(&c.fact.text(Slot::Kind)) == Some(kind)
            && reader.body_in(&c.fact, Slot::Sending) == Some(placed.sending)
            && reader.city_in(&c.fact, Slot::City) == placed.city
    })
}

/// What is replaced: the mission behind the verb, or the one that a pronoun stands for.
fn old(
    items: &[Item<'_>],
    frame: &Frame,
    new_at: usize,
    spoken: &Spoken<'_>,
) -> Option<(usize, MissionNp, Option<Evidence>)> {
    let behind = (frame.at + 1..frame.clause.1).take_while(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| !(x.is_finite() || x.is(Class::And)))
    });
    let mut behind = behind.filter_map(|i| Some((i, items.get(i)?)));
    let him = |i: &Item<'_>| {
        let pronoun = i.actor().is_some_and(|a| a.stand == Some(Stand::Him));
        pronoun || i.is(Class::MissionIt)
    };
    let object = behind.find(|(_, i)| i.mission().is_some() || him(i));
    if let Some((at, item)) = object
        && let Some(np) = item.mission()
    {
        if item.has_prep(Class::By) || item.has_prep(Class::With) || item.has_prep(Class::In) {
            return None;
        }
        let told = spoken.resolve(items, at, &[]);
        let from = told.as_ref().map(|(_, from)| *from);
        return Some((at, told.map_or_else(|| np.clone(), |(np, _)| np), from));
    }
    let between = items.get(new_at + 1..frame.at).unwrap_or(&[]);
    // "l'y remplace": before a verb an article is a pronoun.
    let clitic = between.iter().any(|i| him(i) || i.is(Class::Article));
    (object.is_some() || clitic).then_some(())?;
    let (np, from) = spoken.nearest()?;
    Some((frame.at, np, Some(from)))
}
