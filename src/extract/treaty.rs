//! Treaties: signed, adopted, in force; lists of agreements; titles with a year in brackets.

use super::frame::Frame;
use super::items::{Item, ItemKind, TreatyNp};
use super::reader::{Reader, Sentence};
use crate::document::BlockKind;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};

fn np(item: &Item) -> Option<&TreatyNp> {
    if let ItemKind::Treaty(np) = &item.kind {
        Some(np)
    } else {
        None
    }
}

/// Claims of a treaty rule's frame: what the frame tells of each treaty among its arguments.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &[Claim],
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut treaties: Vec<usize> = frame
        .role(items, rule, "treaty")
        .into_iter()
        .filter(|&i| items.get(i).is_some_and(|x| np(x).is_some()))
        .collect();
    if treaties.is_empty() {
        // The nearest treaty of the clause, or the last one spoken of.
        let nearest = (frame.clause.0..frame.clause.1)
            .filter(|&i| items.get(i).is_some_and(|x| np(x).is_some()))
            .min_by_key(|i| i.abs_diff(frame.at));
        treaties.extend(nearest);
    }
    let slot = rule
        .set
        .get("date")
        .and_then(|s| Slot::parse(s))
        .unwrap_or(Slot::Signed);
    let mut claims = Vec::new();
    for at in treaties {
        let Some(phrase) = items.get(at).and_then(np) else {
            continue;
        };
        let mut subject: Vec<usize> = reader.bodies(items, &frame.role(items, rule, "party"));
        if subject.is_empty() {
            for i in frame.role(items, rule, "party") {
                if let Some(item) = items.get(i) {
                    subject.extend(reader.who(index, item).iter().filter_map(|w| w.of));
                }
            }
        }
        // "(along with Colombia)", "with the European Union", "between A and B", wherever they stand in the sentence.
        let mut parties = subject;
        for i in frame.phrases.iter().copied().chain(0..frame.at) {
            let Some(other) = items.get(i) else { continue };
            let brings = other.has_prep(Class::With) || other.has_prep(Class::Between);
            if brings && matches!(other.kind, ItemKind::Body(_, false)) {
                parties.extend(
                    reader
                        .bodies(items, &[i])
                        .into_iter()
                        .filter(|b| !parties.contains(b))
                        .collect::<Vec<_>>(),
                );
            }
        }
        let dated = bracketed_date(items, at).or(frame.date);
        if !phrase.described && subject_of(earlier, reader, phrase).is_some() {
            claims.extend(again(
                reader, sentence, rule, frame, phrase, dated, slot, earlier,
            ));
            continue;
        }
        claims.extend(claim(
            reader,
            sentence,
            rule,
            Some(frame),
            phrase,
            parties,
            dated,
            slot,
            Vec::new(),
        ));
    }
    claims
}

/// The claim of the treaty that a bare "this agreement" speaks of: the last one told of that kind.
fn subject_of<'c>(
    earlier: &'c [Claim],
    reader: &Reader<'_>,
    phrase: &TreatyNp,
) -> Option<&'c Claim> {
    let kind = reader.lexicon.treaties.get(phrase.kind)?;
    earlier
        .iter()
        .rev()
        .find(|c| c.fact.kind == Kind::Treaty && c.fact.text(Slot::Kind) == *kind)
}

/// What a frame tells of a treaty spoken of before: title and parties are taken from there.
#[expect(clippy::too_many_arguments, reason = "every part of a treaty, once")]
fn again(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    phrase: &TreatyNp,
    date: Option<usize>,
    slot: Slot,
    earlier: &[Claim],
) -> Option<Claim> {
    let before = subject_of(earlier, reader, phrase)?;
    let mut fact = Fact::new(Kind::Treaty);
    for taken in [Slot::Title, Slot::Kind, Slot::Parties] {
        for value in before.fact.all(taken) {
            fact.add(taken, value.clone());
        }
    }
    let dated = reader.date(sentence, date);
    dated.put(&mut fact, slot);
    let mut evidence = vec![Evidence {
        span: before.statement(),
        role: EvidenceRole::Antecedent,
    }];
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags))
}

/// A date in brackets (or after a comma) directly behind a title.
fn bracketed_date(items: &[Item], at: usize) -> Option<usize> {
    let open = items.get(at + 1).is_some_and(|i| i.sign('('));
    let dated = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    (open && dated(at + 2)).then_some(at + 2)
}

#[expect(clippy::too_many_arguments, reason = "every part of a treaty, once")]
fn claim(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: Option<&Frame>,
    phrase: &TreatyNp,
    mut parties: Vec<usize>,
    date: Option<usize>,
    slot: Slot,
    mut evidence: Vec<Evidence>,
) -> Option<Claim> {
    let title = phrase.title.of(&reader.doc.text);
    if !phrase.described && date.is_none() {
        return None;
    }
    let mut fact = Fact::new(Kind::Treaty);
    fact.set(Slot::Title, Value::Text(title.to_owned()));
    fact.set(
        Slot::Kind,
        Value::Term(reader.lexicon.treaties.get(phrase.kind)?.clone()),
    );
    parties.dedup();
    if parties.len() < 2 {
        let missing: Vec<usize> = match parties.first() {
            Some(&one) => reader.other_side(one).into_iter().collect(),
            None => reader.sides.clone(),
        };
        if !missing.is_empty() {
            evidence.extend(reader.side_evidence());
        }
        parties.extend(missing);
    }
    if parties.len() < 2 {
        return None;
    }
    for party in parties {
        if let Some(value) = reader.body_value(party) {
            fact.add(Slot::Parties, value);
        }
    }
    let dated = reader.date(sentence, date);
    dated.put(&mut fact, slot);
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, frame, evidence, dated.flags))
}

/// Titles with a year in brackets, in lists under a heading of agreements and in enumerations.
pub(super) fn listed(reader: &Reader<'_>, sentence: &Sentence, rule: &Rule) -> Vec<Claim> {
    let in_list = reader
        .block(sentence)
        .is_some_and(|b| matches!(b.kind, BlockKind::Item | BlockKind::Entry))
        && reader.under(sentence, Class::TreatyHeading);
    let items = &sentence.items;
    let mut claims = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(phrase) = np(item) else { continue };
        let bracket = bracketed_date(items, at);
        // In a list the first date is that of the signature, unless "in force" stands before it.
        let dated = |in_force: bool| {
            (0..items.len()).filter(|_| in_list).find(|&i| {
                items
                    .get(i)
                    .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
                    && in_force
                        == items
                            .get(i.saturating_sub(3)..i)
                            .unwrap_or(&[])
                            .iter()
                            .any(|x| x.is(Class::ColumnInForce))
            })
        };
        let date = bracket.or_else(|| dated(false));
        let in_force = dated(true);
        if !phrase.described || (bracket.is_none() && !in_list) {
            continue;
        }
        if in_list
            && items
                .get(..at)
                .unwrap_or(&[])
                .iter()
                .any(|i| np(i).is_some())
        {
            continue;
        }
        let mut told = |date: Option<usize>, slot: Slot| {
            claims.extend(claim(
                reader,
                sentence,
                rule,
                None,
                phrase,
                Vec::new(),
                date,
                slot,
                reader.heading_evidence(sentence),
            ));
        };
        if date.is_some() || in_force.is_none() {
            told(date, Slot::Signed);
        }
        if in_force.is_some() {
            told(in_force, Slot::InForce);
        }
    }
    claims
}
