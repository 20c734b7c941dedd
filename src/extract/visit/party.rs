//! "From Peru they went on to Chile": those who travelled together on the visit told last.

use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::Class;

/// How many sentences back the visit may be told.
const REACH: usize = 2;

/// Pronouns for several persons as they stand in a text, folded.
const THEY: &[&str] = &["they", "ils", "elles"];

/// The visitors of the visit told last and its day, where a pronoun for several persons is the subject of a frame; none elsewhere.
pub(super) fn party(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    frame: &Frame,
    earlier: &Told,
) -> (Vec<Who>, Option<Edtf>) {
    let none = (Vec::new(), None);
    let they = |i: &Item<'_>| i.is(Class::They) && THEY.contains(&i.folded.as_ref());
    let items = &sentence.items;
    let said = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    if frame.passive || !said.iter().any(they) || said.iter().any(named) {
        return none;
    }
    let block = |c: &Claim| reader.sentence_at(c.statement().start).map(|s| s.block);
    let mut near = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, REACH))
        .filter(|c| c.holds() && block(c) == Some(sentence.block));
    let Some(last) = near.next() else {
        return none;
    };
    let same = |c: &&Claim| {
        [Slot::To, Slot::Start]
            .iter()
            .all(|s| c.fact.get(*s) == last.fact.get(*s))
    };
    let mut all: Vec<Who> = Vec::new();
    for claim in std::iter::once(last).chain(near.filter(same)) {
        if let Some(who) = visitor(reader, claim)
            && all.iter().all(|w| w.person != who.person)
        {
            all.push(who);
        }
    }
    all.reverse();
    (all, last.fact.date(Slot::Start).copied())
}

/// The visitor of a claim, with its statement as the passage that tells who it is.
fn visitor(reader: &Reader<'_>, claim: &Claim) -> Option<Who> {
    let Some(Value::Person(person)) = claim.fact.get(Slot::Visitor) else {
        return None;
    };
    let role = match claim.fact.get(Slot::Role) {
        Some(Value::Office(office)) => Some(office.role.clone()),
        _ => None,
    };
    Some(Who {
        person: Some(reader.people.find(&person.name)?),
        role,
        of: reader.body_in(&claim.fact, Slot::From),
        evidence: vec![Evidence {
            span: claim.statement(),
            role: EvidenceRole::Antecedent,
        }],
        counterpart: false,
    })
}
