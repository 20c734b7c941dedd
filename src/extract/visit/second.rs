//! "A second visit followed in 1989", "Sa seconde visite eut lieu en mai": another visit of the visitor told right before, to the same state.

use super::visit_kind;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Modality, Polarity, Slot, Value};
use crate::language::{Class, Head, Rule, fold};

/// How many sentences back the visit is told that another follows.
const NEAR: usize = 2;

/// How many items before the noun the word stands that counts it.
const COUNTED: usize = 4;

/// The visit that a noun tells by a word that counts it alone, with its date and nothing else.
pub(super) fn second(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Option<Claim> {
    let items = &sentence.items;
    let asserted = frame.modality == Modality::Asserted && frame.polarity == Polarity::Affirmed;
    (rule.head == Head::Noun && asserted && counted(reader, items, frame.at)).then_some(())?;
    // Who it was and where is said by nothing here.
    let elsewhere = |i: &Item<'_>| match &i.kind {
        ItemKind::Actor(actor) => actor.name.is_some() || actor.office.is_some(),
        ItemKind::Body(..) | ItemKind::City(_) => true,
        ItemKind::Date(_)
        | ItemKind::Quantity(_)
        | ItemKind::Mission(_)
        | ItemKind::Treaty(_)
        | ItemKind::Trigger(_)
        | ItemKind::Sign(_)
        | ItemKind::Word => i.is(Class::Not) || i.is(Class::Capital),
    };
    let clause = items.get(frame.clause.0..frame.clause.1)?;
    (!clause.iter().any(elsewhere) && happened(reader, items, frame)).then_some(())?;
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let told = earlier.last_of(Kind::Visit).find(|c| c.holds())?;
    let at = reader.sentence_index(told.statement().start)?;
    (at + NEAR >= index && at <= index && block(at) == block(index)).then_some(())?;
    let last = told.fact.has(Slot::Visitor).then_some(told)?;
    let date = frame.date?;
    let dated = reader.date(sentence, Some(date));
    let first = |date: Option<&Edtf>| date?.start;
    let (then, now) = (
        first(last.fact.date(Slot::Start))?,
        first(dated.date.as_ref())?,
    );
    let month = |day: crate::fact::Day| (day.year, day.month.unwrap_or(0));
    (month(then) < month(now)).then_some(())?;
    let mut fact = last.fact.clone();
    for slot in [Slot::Start, Slot::End, Slot::City] {
        fact.slots.remove(&slot);
    }
    let kind = visit_kind(items, frame.at, frame.clause);
    fact.set(Slot::Kind, Value::Term(kind.to_owned()));
    dated.put_range(&mut fact, Slot::Start, Slot::End);
    let mut evidence = vec![Evidence {
        span: last.statement(),
        role: EvidenceRole::Antecedent,
    }];
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags))
}

/// "A second visit took place in May", "He made a second visit in May": whether what stands around the noun says no more than that it was made.
fn happened(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> bool {
    let text = &reader.doc.text;
    let Some((noun, date)) = items
        .get(frame.at)
        .zip(frame.date.and_then(|d| items.get(d)))
    else {
        return false;
    };
    let small = |i: &Item<'_>| {
        let word = [Class::In, Class::About, Class::Article, Class::Possessive];
        let word = word.iter().any(|c| i.is(*c)) || counts(reader, i);
        let pronoun = i.actor().is_some_and(|a| a.name.is_none());
        word || pronoun || i.is(Class::Light) || i.is_date() || i.sign(',')
    };
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    if !before.iter().all(small) {
        return false;
    }
    if date.span.start < noun.span.end {
        return items
            .get(frame.at + 1..frame.clause.1)
            .unwrap_or(&[])
            .is_empty();
    }
    let between = text.get(noun.span.end..date.span.start).unwrap_or("");
    let between = fold(between.trim());
    let verbs = reader.lexicon.listed(Class::TookPlace);
    let told = verbs.iter().find_map(|v| between.strip_prefix(v.as_str()));
    told.unwrap_or(&between).trim().len() <= 3
}

/// Whether a word that counts visits stands before the noun, with nothing but what says of what kind it is between.
fn counted(reader: &Reader<'_>, items: &[Item<'_>], noun: usize) -> bool {
    let before = items.get(noun.saturating_sub(COUNTED)..noun).unwrap_or(&[]);
    let phrase = before.iter().rev().take_while(|i| {
        matches!(i.kind, ItemKind::Word) && !i.is_finite() && !i.is(Class::Article)
    });
    let own = items.get(noun).is_some_and(|i| counts(reader, i));
    { phrase }.any(|i| counts(reader, i)) || own
}

/// "second", "a second": whether a word that counts visits is in an item.
fn counts(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let mut words = item.folded.split(' ');
    words.any(|w| reader.lexicon.lists(Class::NextVisit, w))
}
