//! "India followed suit the same day", "la France fit de même en 1960": what one state was told to have done, of another → claims.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};

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
    let model = earlier.last()?;
    same(reader, index, sentence, rule, frame, model)
}

/// "Relations with A were established on 25 April, when a treaty was signed. B follows on 13 June.": claims of a verb of following with a day, of
/// the event of relations that the sentence told in which something was told last.
pub(super) fn followed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    // "B follows on 13 June", not "B follows a policy of".
    let small = |i: &&Item<'_>| {
        i.kind == ItemKind::Word
            && [Class::In, Class::About, Class::Article]
                .iter()
                .any(|c| i.is(*c))
    };
    let dated = behind.iter().find(|i| !small(i)).is_some_and(Item::is_date);
    let own = frame.date.is_some_and(|d| d > frame.at);
    let Some(model) = earlier.last_of(Kind::Relations).next() else {
        return Vec::new();
    };
    // "In 2023 Peru broke again": with whom it was told to have relations anew.
    if rule.set.contains_key("event") {
        let told = frame.date.is_some() && !frame.passive && frame.object.is_empty();
        let claims = told.then(|| same(reader, index, sentence, rule, frame, model));
        return claims.flatten().unwrap_or_default();
    }
    let at = |c: &Claim| reader.sentence_at(c.statement().start).map(|s| s.span);
    let last = earlier.last().is_some_and(|c| at(c) == at(model));
    let here = at(model) == Some(sentence.span);
    if !dated || !own || !last || here || frame.passive {
        return Vec::new();
    }
    same(reader, index, sentence, rule, frame, model).unwrap_or_default()
}

/// What a model tells, of the states that are the subject of a frame.
fn same(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    model: &Claim,
) -> Option<Vec<Claim>> {
    let told = reader.sentence_at(model.statement().start);
    let block = told.is_some_and(|s| s.block == sentence.block);
    let near = model.holds() && block && reader.near(index, model, SENTENCES);
    (model.fact.kind == Kind::Relations && near).then_some(())?;
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
    let anew = rule.set.get("event");
    let parties = |s: usize| anew.is_none() || [a, b].contains(&s);
    let claims = states
        .filter(|s| parties(*s) && (anew.is_some() || Some(*s) != did))
        .filter_map(|state| {
            let other = other(reader, [a, b], did, state)?;
            let mut fact = Fact::new(Kind::Relations);
            let event = anew.map(|e| Value::Term(e.clone()));
            fact.set(
                Slot::Event,
                event.or_else(|| model.fact.get(Slot::Event).cloned())?,
            );
            for body in [state, other] {
                let then = reader.state_then(items, body, dated.date);
                fact.add(Slot::Parties, reader.body_value(then)?);
            }
            if did.is_some() || anew.is_some() {
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
        // A text on one state tells of its relations, whoever it names most beside it.
        None if reader.home().is_some_and(|h| [a, b].contains(&h)) => reader.home(),
        None if reader.is_side(a) != reader.is_side(b) => {
            Some(if reader.is_side(a) { a } else { b })
        }
        None => None,
    }
}
