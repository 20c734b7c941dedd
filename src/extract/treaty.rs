//! Treaties: signed, adopted, in force; lists of agreements; titles with a year in brackets.

use super::frame::Frame;
use super::items::{Item, ItemKind, TreatyNp};
use super::reader::{Reader, Sentence};
use crate::document::BlockKind;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};

fn np<'i>(item: &'i Item<'_>) -> Option<&'i TreatyNp> {
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
        let found = claim(
            reader,
            sentence,
            rule,
            Some(frame),
            phrase,
            parties,
            dated,
            slot,
            Vec::new(),
        );
        let titles = enumerated(reader, items, at, phrase);
        if titles.is_empty() {
            claims.extend(found);
        } else if let Some(found) = found {
            for title in titles {
                let mut one = found.clone();
                one.fact.set(Slot::Title, Value::Text(title));
                claims.push(one);
            }
        }
    }
    claims
}

/// "agreements on culture, science and fisheries": one title each, in the singular; nothing where the noun is none of many.
fn enumerated(reader: &Reader<'_>, items: &[Item], at: usize, phrase: &TreatyNp) -> Vec<String> {
    let text = &reader.doc.text;
    let title = phrase.title.of(text);
    let mut words = title.split(' ');
    let (Some(noun), Some(preposition)) = (words.next(), words.next()) else {
        return Vec::new();
    };
    let Some(single) = noun.strip_suffix('s') else {
        return Vec::new();
    };
    let first = words.collect::<Vec<_>>().join(" ");
    let mut subjects: Vec<String> = first
        .split(',')
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect();
    // Behind the title's own words the others follow, with commas and a last "and".
    let mut next = at + 1;
    while let Some(joint) = items.get(next) {
        if !(joint.sign(',') || joint.is(Class::And)) {
            break;
        }
        let from = next + 1;
        let mut to = from;
        while items.get(to).is_some_and(|i| {
            matches!(i.kind, ItemKind::Word)
                && !i.is_finite()
                && !i.is(Class::And)
                && !i.is(Class::In)
                && !i.is(Class::Be)
                && !i.is(Class::Have)
                && to < from + 5
        }) {
            to += 1;
        }
        let (Some(head), Some(tail)) = (
            items.get(from),
            to.checked_sub(1).and_then(|t| items.get(t)),
        ) else {
            break;
        };
        if to == from {
            break;
        }
        let words = head.span.to(tail.span).of(text);
        let lead = format!("{preposition} ");
        subjects.push(
            words
                .strip_prefix(lead.as_str())
                .unwrap_or(words)
                .to_owned(),
        );
        next = to;
    }
    if subjects.len() < 2 {
        return Vec::new();
    }
    subjects
        .iter()
        .map(|subject| format!("{single} {preposition} {subject}"))
        .collect()
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
    // "(1992)", "(Lima, 3 May 1992)"
    let place = |i: usize| {
        items.get(i).is_some_and(|x| {
            x.sign(',')
                || matches!(x.kind, ItemKind::City(_) | ItemKind::Word)
                    && [Class::In, Class::Of].iter().all(|c| !x.is(*c))
        })
    };
    (at + 2..at + 6)
        .find(|&i| !place(i))
        .filter(|&i| open && dated(i))
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

/// Whether a word says that the instrument beside it is none yet, or never was: "initialled but never signed", "under negotiation".
fn draft(item: &Item) -> bool {
    [
        Class::Hypothetical,
        Class::Planned,
        Class::Not,
        Class::Cancelled,
        Class::Requested,
    ]
    .iter()
    .any(|c| item.is(*c))
}

/// A row of a table of treaties: title, date of signature, entry into force, by the words of the header.
pub(super) fn row(reader: &Reader<'_>, sentence: &Sentence, rule: &Rule) -> Option<Claim> {
    let block = reader.block(sentence)?;
    let header = reader.doc.blocks.get(block.header?)?;
    let column = |class: Class| {
        header
            .cells
            .iter()
            .position(|c| reader.lexicon.has_class(c.of(&reader.doc.text), class))
            .and_then(|i| block.cells.get(i))
            .copied()
    };
    let title = column(Class::ColumnTitle)?;
    let signed = column(Class::ColumnSigned)?;
    let items = &sentence.items;
    if items.iter().filter(|i| !title.contains(i.span)).any(draft) {
        return None;
    }
    let dated = |cell: crate::text::Span| {
        items
            .iter()
            .position(|i| matches!(i.kind, ItemKind::Date(_)) && cell.contains(i.span))
    };
    let date = dated(signed)?;
    let kind = items
        .iter()
        .filter(|i| title.contains(i.span))
        .find_map(np)
        .and_then(|np| reader.lexicon.treaties.get(np.kind).cloned())
        .unwrap_or_else(|| "other".to_owned());
    let [a, b] = reader.sides.as_slice() else {
        return None;
    };
    let mut fact = Fact::new(Kind::Treaty);
    let words = title.of(&reader.doc.text).trim();
    if words.len() < 5 {
        return None;
    }
    fact.set(Slot::Title, Value::Text(words.to_owned()));
    fact.set(Slot::Kind, Value::Term(kind));
    fact.add(Slot::Parties, reader.body_value(*a)?);
    fact.add(Slot::Parties, reader.body_value(*b)?);
    let date = reader.date(sentence, Some(date));
    date.put(&mut fact, Slot::Signed);
    if let Some(force) = column(Class::ColumnInForce).and_then(dated) {
        reader
            .date(sentence, Some(force))
            .put(&mut fact, Slot::InForce);
    }
    let mut evidence = reader.side_evidence();
    evidence.push(Evidence {
        span: header.span,
        role: crate::fact::EvidenceRole::Heading,
    });
    Some(reader.claim(fact, rule, sentence, None, evidence, date.flags))
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
        // In a list the first date is that of the signature, unless a label tells that it is that of entry into force.
        let labelled = if in_list {
            labelled_dates(reader, sentence)
        } else {
            Vec::new()
        };
        let force = |at: usize| {
            labelled
                .iter()
                .any(|(s, i, slot)| *slot == Slot::InForce && s.span == sentence.span && *i == at)
        };
        let date = bracket.filter(|&i| !force(i)).or_else(|| {
            (0..items.len()).filter(|_| in_list).find(|&i| {
                items
                    .get(i)
                    .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
                    && !force(i)
            })
        });
        if !phrase.described || (bracket.is_none() && !in_list) {
            continue;
        }
        if in_list
            && items
                .iter()
                .filter(|i| !phrase.title.contains(i.span))
                .any(draft)
        {
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
        let evidence = reader.heading_evidence(sentence);
        let has_signature = date.is_some();
        if has_signature || labelled.is_empty() {
            claims.extend(claim(
                reader,
                sentence,
                rule,
                None,
                phrase,
                Vec::new(),
                date,
                Slot::Signed,
                evidence.clone(),
            ));
        }
        for (there, date, slot) in labelled {
            if slot == Slot::Signed && has_signature {
                continue;
            }
            let mut evidence = evidence.clone();
            evidence.push(Evidence {
                span: sentence.span,
                role: EvidenceRole::Antecedent,
            });
            claims.extend(claim(
                reader,
                there,
                rule,
                None,
                phrase,
                Vec::new(),
                Some(date),
                slot,
                evidence,
            ));
        }
    }
    claims
}

/// Dates of an item that a label tells the sense of: "Signed: 8 November 2005. In force: 12 September 2006."
fn labelled_dates<'r>(
    reader: &'r Reader<'_>,
    sentence: &Sentence<'_>,
) -> Vec<(&'r Sentence<'r>, usize, Slot)> {
    let mut found = Vec::new();
    let later = reader
        .sentences_of(sentence.block)
        .iter()
        .filter(|s| s.span.start >= sentence.span.start);
    for there in later {
        for (at, item) in there.items.iter().enumerate() {
            let near = there.items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
            let label = near.iter().rev().find_map(|i| {
                if i.is(Class::ColumnInForce) {
                    Some(Slot::InForce)
                } else if i.is(Class::ColumnSigned) {
                    Some(Slot::Signed)
                } else {
                    None
                }
            });
            if let (ItemKind::Date(_), Some(slot)) = (&item.kind, label)
                && !found.iter().any(|(_, _, s)| *s == slot)
            {
                found.push((there, at, slot));
            }
        }
    }
    found
}
