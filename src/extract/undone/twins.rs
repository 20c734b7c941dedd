//! What one rule reads as planned or cancelled, no other tells as a fact of the same sentence.

use super::{own_item, tells_itself};
use crate::extract::reader::Reader;
use crate::fact::{Claim, Edtf, Fact, Kind, Modality, Polarity, Slot};
use std::collections::BTreeMap;

/// In the names of rules by which somebody takes up a post.
const BEGINS: [&str; 6] = ["start", "next", "named", "became", "came", "succeeds"];

/// Makes of claims what others of the same sentence, and of the same, are: what one rule reads as planned or denied no other tells as a fact.
pub(super) fn twins(reader: &Reader<'_>, claims: &mut [Claim]) {
    let begins = |c: &&Claim| match c.fact.kind {
        Kind::Mission => c.rule.contains("open"),
        Kind::Appointment => BEGINS.iter().any(|rule| c.rule.contains(rule)),
        Kind::Visit | Kind::Meeting | Kind::Treaty => true,
        Kind::MissionEvent | Kind::Relations | Kind::Membership | Kind::Observation => false,
    };
    let mut open: BTreeMap<usize, Vec<(Fact, Modality)>> = BTreeMap::new();
    let meant = claims
        .iter()
        .filter(|c| !c.holds() && c.polarity == Polarity::Affirmed && c.speaker.is_none());
    for claim in meant.filter(begins) {
        if let Some(index) = reader.sentence_index(claim.statement().start) {
            let here = open.entry(index).or_default();
            here.push((claim.fact.clone(), claim.modality));
        }
    }
    for claim in claims.iter_mut().filter(|c| c.holds()) {
        let index = reader.sentence_index(claim.statement().start);
        let Some((index, open)) = index.and_then(|i| Some((i, open.get(&i)?))) else {
            continue;
        };
        let itself = || {
            let items = reader.sentences.get(index).map(|s| &s.items);
            let at = items.and_then(|items| own_item(reader, items, claim));
            items
                .zip(at)
                .is_some_and(|(items, at)| tells_itself(items, at, claim))
        };
        let twin = open.iter().find(|(fact, _)| of_the_same(claim, fact));
        if let Some((_, modality)) = twin.filter(|_| !itself()) {
            claim.modality = *modality;
        }
    }
}

/// Whether a claim says nothing beside what is open of the same; of one without a verb or noun of its own the year counts.
fn of_the_same(claim: &Claim, open: &Fact) -> bool {
    let fact = &claim.fact;
    let own: &[Slot] = match fact.kind {
        Kind::Visit => &[Slot::Visitor, Slot::To],
        Kind::Treaty => &[Slot::Title],
        Kind::Mission => &[Slot::Sending, Slot::Receiving, Slot::City, Slot::Kind],
        Kind::Appointment => &[Slot::Person, Slot::Receiving],
        Kind::Meeting => &[Slot::Participants],
        Kind::MissionEvent | Kind::Relations | Kind::Membership | Kind::Observation => {
            return false;
        }
    };
    let closes = fact.kind == Kind::Mission && open.has(Slot::Closed);
    let dates = Slot::DATES.iter().filter(|slot| fact.has(**slot));
    let year = |fact: &Fact, slot: Slot| fact.date(slot).and_then(Edtf::year);
    let at_once = |slot: &Slot| {
        let loosely = claim.trigger.is_none() && fact.kind == Kind::Visit;
        fact.get(*slot) == open.get(*slot) || loosely && year(fact, *slot) == year(open, *slot)
    };
    fact.kind == open.kind
        && !closes
        && own.iter().all(|slot| fact.all(*slot) == open.all(*slot))
        && dates.clone().all(at_once)
}
