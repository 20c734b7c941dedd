//! "India followed suit the same day", "la France fit de même en 1960": what one state was told to have done, of another → claims.

use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Rule;

/// How many sentences back the event may have been told.
const SENTENCES: usize = 2;

/// Claims of a verb that stands for the event of relations told last; `None` where something else was told since.
pub(in crate::extract) fn likewise(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Option<Vec<Claim>> {
    let model = earlier.last().filter(|c| {
        let told = reader.sentence_at(c.statement().start);
        let block = told.is_some_and(|s| s.block == sentence.block);
        c.fact.kind == Kind::Relations && c.holds() && block && reader.near(index, c, SENTENCES)
    })?;
    let bodies = |slot| -> Vec<usize> {
        let values = model.fact.all(slot).iter();
        values.filter_map(|v| reader.body_of(v)).collect()
    };
    let [a, b] = *bodies(Slot::Parties).as_slice() else {
        return None;
    };
    let did = bodies(Slot::Actor).first().copied();
    let dated = reader.date(sentence, frame.date);
    let items = &sentence.items;
    let subjects = frame.subject.iter().filter_map(|&i| items.get(i));
    let states = subjects.filter_map(|i| state(reader, i));
    let claims = states
        .filter(|s| Some(*s) != did)
        .filter_map(|state| {
            let other = other(reader, [a, b], did, state)?;
            let mut fact = Fact::new(Kind::Relations);
            fact.set(Slot::Event, Value::clone(model.fact.get(Slot::Event)?));
            for body in [state, other] {
                let then = reader.state_then(items, body, dated.date);
                fact.add(Slot::Parties, reader.body_value(then)?);
            }
            if did.is_some() {
                let then = reader.state_then(items, state, dated.date);
                fact.set(Slot::Actor, reader.body_value(then)?);
            }
            dated.put(&mut fact, Slot::Date);
            let mut evidence = vec![Evidence {
                span: model.statement(),
                role: EvidenceRole::Antecedent,
            }];
            evidence.extend(dated.evidence.iter().copied());
            let flags = dated.flags.clone();
            Some(reader.claim(fact, rule, sentence, Some(frame), evidence, flags))
        })
        .collect();
    Some(claims)
}

/// The state that a subject names, itself or by its capital.
fn state(reader: &Reader<'_>, item: &Item<'_>) -> Option<usize> {
    item.named_body()
        .or_else(|| reader.capital_state(item.city()?))
        .filter(|b| !reader.is_organisation(*b))
}

/// With whom the state that does the same does it: the other of the two, or the one to whom the first did it; of two that acted together
/// the one that the document is about.
fn other(
    reader: &Reader<'_>,
    [a, b]: [usize; 2],
    did: Option<usize>,
    state: usize,
) -> Option<usize> {
    match did {
        _ if state == a => Some(b),
        _ if state == b => Some(a),
        Some(did) if did == a => Some(b),
        Some(_) => Some(a),
        None if reader.is_side(a) != reader.is_side(b) => {
            Some(if reader.is_side(a) { a } else { b })
        }
        None => None,
    }
}
