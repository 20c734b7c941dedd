//! The same persons again: "They met in Lima in June 2011 and again in Quito in May 2012", and "the two ministers" of a meeting told right before.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many sentences back the meeting is told of whose two a noun means, and those whom a pronoun means.
const REACH: usize = 2;
const NEAR: usize = 1;

/// "A met B, the Peruvian minister. The two ministers discussed trade": the two of the meeting told last, where one noun or pronoun says who met.
pub(super) fn same_two(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    indexes: &[usize],
    earlier: &Told,
) -> Option<Vec<Who>> {
    let [only] = indexes else { return None };
    let item = sentence.items.get(*only)?;
    let both = item.actor().is_some_and(|a| a.stand == Some(Stand::Both));
    let noun = reader.lexicon.both_role(&item.folded).is_some();
    let reach = if noun { REACH } else { NEAR };
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let named = |value: &Value| {
        if let Value::Person(person) = value {
            reader.people.find(&person.name)
        } else {
            None
        }
    };
    let mut told = earlier
        .last_of(Kind::Meeting)
        .take_while(|c| both && reader.near(index, c, reach))
        .filter(|c| c.holds() && c.fact.all(Slot::Participants).len() == 2)
        .filter(|c| {
            let told = reader.sentence_index(c.statement().start);
            told.is_some_and(|told| told < index && block(told) == block(index))
        });
    told.find_map(|claim| {
        let two: Option<Vec<usize>> = claim
            .fact
            .all(Slot::Participants)
            .iter()
            .map(named)
            .collect();
        let two = two.filter(|two| two.iter().all(|p| reader.may_be_of_both(*p, item)))?;
        let who = |person: usize| Who {
            person: Some(person),
            evidence: vec![Evidence {
                span: claim.statement(),
                role: EvidenceRole::Antecedent,
            }],
            ..Who::default()
        };
        Some(two.into_iter().map(who).collect())
    })
}

/// The meetings that the list behind a meeting's date names.
pub(super) fn again(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    first: &Claim,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut found = Vec::new();
    let Some(mut at) = frame.date.filter(|&d| d > frame.at) else {
        return found;
    };
    while let Some((city, date)) = next(items, at) {
        at = date;
        let dated = reader.date(sentence, Some(date));
        if dated.date.is_none() {
            continue;
        }
        let mut fact = first.fact.clone();
        fact.slots.remove(&Slot::Date);
        if let Some(value) = city.and_then(|c| reader.city_value(c)) {
            fact.set(Slot::Place, value);
        } else {
            fact.slots.remove(&Slot::Place);
        }
        dated.put(&mut fact, Slot::Date);
        let mut evidence = first.evidence.get(1..).unwrap_or(&[]).to_vec();
        evidence.extend(dated.evidence.iter().copied());
        found.push(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags));
    }
    found
}

/// The next town, if any, and date behind the date at `at`: a joint and small words between, and nothing behind that begins a clause.
fn next(items: &[Item], at: usize) -> Option<(Option<usize>, usize)> {
    let joint = items.get(at + 1)?;
    if !(joint.is(Class::And) || joint.is(Class::Again) || joint.sign(',')) {
        return None;
    }
    let small = |x: &Item| {
        matches!(x.kind, ItemKind::Word)
            && [
                Class::And,
                Class::Again,
                Class::In,
                Class::Article,
                Class::Then,
            ]
            .iter()
            .any(|c| x.is(*c))
    };
    let mut city = None;
    let mut i = at + 2;
    while let Some(item) = items.get(i) {
        if matches!(item.kind, ItemKind::Date(_)) {
            break;
        }
        match item.city() {
            Some(found) if city.is_none() => city = Some(found),
            Some(_) => return None,
            None if small(item) => {}
            None => return None,
        }
        i += 1;
    }
    let ends = items.get(i + 1).is_none_or(|x| {
        matches!(x.kind, ItemKind::Sign(_)) && !(x.sign(',') && city.is_none()) || x.is(Class::And)
    });
    (ends && items.get(i).is_some()).then_some((city, i))
}
