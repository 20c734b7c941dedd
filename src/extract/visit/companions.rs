//! Who came along on a visit told before.

use crate::extract::frame::Frame;
use crate::extract::items::ItemKind;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, Kind, Slot};
use crate::language::Rule;

/// How many sentences back a visit may be told whose companions are named.
const REACH: usize = 4;

/// "He was accompanied by X, minister of …": named companions with an office make the visit that was told before.
pub(super) fn companions(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let last = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, REACH))
        .find(|c| {
            let told = reader.sentence_index(c.statement().start);
            c.fact.has(Slot::Start)
                && (reader.near(index, c, 1)
                    || told.is_some_and(|told| block(told) == block(index)))
        });
    let Some(last) = last else { return Vec::new() };
    // A date before the words for company tells of something else than the visit of the sentence before.
    let here = reader.sentence_index(last.statement().start) == Some(index);
    let before = sentence.items.get(..frame.at).unwrap_or(&[]);
    if !here && before.iter().any(|i| matches!(i.kind, ItemKind::Date(_))) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for i in frame.role(&sentence.items, rule, "companion") {
        let Some(item) = sentence.items.get(i) else {
            continue;
        };
        for who in reader.who(index, item) {
            let Some(person) = who.person.and_then(|p| reader.person_value(p)) else {
                continue;
            };
            // A spouse comes along without an office of the state.
            let spouse = ["Queen", "Empress", "Princess"];
            let Some(role) = who
                .role
                .as_ref()
                .filter(|r| !is_head_of_mission(r) && !spouse.contains(&r.as_str()))
            else {
                continue;
            };
            if last.fact.get(Slot::Visitor) == Some(&person) {
                continue;
            }
            let from = reader.body_in(&last.fact, Slot::From);
            let mut fact = last.fact.clone();
            fact.set(Slot::Visitor, person);
            fact.set(Slot::Role, reader.office_value(role, who.of.or(from)));
            let mut evidence = who.evidence.clone();
            evidence.extend(last.evidence.first().map(|e| Evidence {
                role: crate::fact::EvidenceRole::Antecedent,
                ..*e
            }));
            let mut claim = reader.claim(fact, rule, sentence, Some(frame), evidence, Vec::new());
            if last.modality != crate::fact::Modality::Asserted {
                claim.modality = last.modality;
            }
            if last.polarity != crate::fact::Polarity::Affirmed {
                claim.polarity = last.polarity;
            }
            claims.push(claim);
        }
    }
    claims
}
