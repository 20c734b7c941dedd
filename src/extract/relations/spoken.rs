//! Of whose relations the text has been telling, where a sentence leaves it open.

use super::parties::{Pair, Scene};
use super::pronoun::own_ones;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};

/// How many claims back the states spoken of are looked for.
const CLAIMS: usize = 12;

/// "A resumed relations with B. C broke off its own.": A, with whom C has them; but "A broke with B. C suspended its own.": B.
pub(super) fn whose_own(scene: &Scene<'_>, actor: usize) -> Option<usize> {
    let reader = scene.reader;
    let mut last = scene.earlier.iter().rev().take(CLAIMS);
    let last = last.find(|c| c.fact.kind == Kind::Relations && c.holds())?;
    let parties = last.fact.all(Slot::Parties).iter();
    let parties: Vec<usize> = parties.filter_map(|v| reader.body_of(v)).collect();
    let [a, b] = *parties.as_slice() else {
        return None;
    };
    let own =
        own_ones(reader.lexicon, &scene.sentence.items, scene.frame) && !parties.contains(&actor);
    let alike = scene.rule.set.get("event") == Some(&last.fact.text(Slot::Event));
    let did = reader.body_in(&last.fact, Slot::Actor);
    own.then_some(if alike && did == Some(a) { b } else { a })
}

/// "A recognised B; in July the two countries established relations": the only two states that the sentence names before its frame.
pub(super) fn named_before(scene: &Scene<'_>) -> Option<[usize; 2]> {
    let before = scene.sentence.items.get(..scene.frame.at)?;
    let named = before.iter().filter_map(Item::named_body);
    let mut named: Vec<usize> = named
        .filter(|b| !scene.reader.is_organisation(*b))
        .collect();
    named.sort_unstable();
    named.dedup();
    named.try_into().ok()
}

/// "Relations with A were broken off in 1967 and restored in 1991": the relations of two of whom one is not what the text is about, which the
/// sentence or the one before it told of and this event goes on with.
pub(super) fn continued(scene: &Scene<'_>) -> Option<(Pair, Evidence)> {
    let reader = scene.reader;
    let event = scene.rule.set.get("event")?;
    let mut earlier = scene.earlier.iter().rev().take(CLAIMS);
    let last = earlier.find(|c| c.fact.kind == Kind::Relations && c.holds())?;
    let told = reader.sentence_at(last.statement().start)?;
    let near = reader.near(scene.index, last, 1) && told.block == scene.sentence.block;
    let follows: &[&str] = match event.as_str() {
        "resumed" => &["severed", "downgraded"],
        "severed" => &["established", "resumed", "recognised"],
        _ => return None,
    };
    let goes_on = follows.contains(&last.fact.text(Slot::Event).as_str());
    let parties: Vec<usize> = last
        .fact
        .all(Slot::Parties)
        .iter()
        .filter_map(|v| reader.body_of(v))
        .collect();
    let [a, b] = *parties.as_slice() else {
        return None;
    };
    // A government or a historical state of one of the sides is no third.
    let side = |body: usize| {
        let of = reader
            .gazetteer
            .bodies()
            .get(body)
            .and_then(|b| b.of.as_ref());
        let of = of.and_then(|key| reader.gazetteer.body_index(key));
        reader.is_side(body) || of.is_some_and(|of| reader.is_side(of))
    };
    let third = !(side(a) && side(b));
    let from = Evidence {
        span: last.statement(),
        role: EvidenceRole::Antecedent,
    };
    let pair = Pair {
        parties: [a, b],
        actor: None,
    };
    (near && goes_on && third).then_some((pair, from))
}

/// The state whose relations with a third one the text has been telling of: the one that the last events of relations were of.
pub(super) fn before(reader: &Reader<'_>, earlier: &[Claim], third: usize) -> Option<usize> {
    earlier
        .iter()
        .rev()
        .take(CLAIMS)
        .filter(|c| c.fact.kind == Kind::Relations)
        .find_map(|c| {
            let parties: Vec<usize> = c
                .fact
                .all(Slot::Parties)
                .iter()
                .filter_map(|v| reader.body_of(v))
                .collect();
            match parties.as_slice() {
                [a, b] if *b == third => Some(*a),
                [a, b] if *a == third => Some(*b),
                _ => reader.body_in(&c.fact, Slot::Actor).filter(|a| *a != third),
            }
        })
}
