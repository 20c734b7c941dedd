//! Missions that a sentence, an infobox or an address only mentions → claims.

use super::places::{Placed, base, places};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Kind, Modality, Slot, Value};
use crate::language::{Class, Rule};
use crate::text::Span;

/// Missions that a sentence names without saying what happened to them: their existence.
pub(in crate::extract) fn mentioned(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    told: &[Claim],
) -> Vec<Claim> {
    let mut claims = Vec::new();
    if sentence
        .items
        .iter()
        .any(|i| i.is(Class::Hypothetical) || i.is(Class::Planned) || i.is(Class::Not))
    {
        return claims;
    }
    for (index, item) in sentence.items.iter().enumerate() {
        let ItemKind::Mission(np) = &item.kind else {
            continue;
        };
        if item.is(Class::NoMission)
            || (np.sending.is_none() && np.cities.is_empty() && np.receiving.is_none())
        {
            continue;
        }
        let owner = reader
            .heading_side(sentence)
            .or_else(|| subject(reader, sentence, index));
        if np.sending.is_none() && !np.proper && owner.is_none() {
            continue;
        }
        for placed in places(reader, &sentence.items, index, np, owner) {
            if placed.city.is_none() && placed.receiving.is_none() {
                continue;
            }
            let mut fact = base(reader, &placed);
            // "one of two representations in Paris, the other being the embassy": the city said in the sentence of a mission article.
            if !fact.has(Slot::City)
                && let Some(city) = other_city(reader, sentence, &placed)
            {
                fact.set(Slot::City, city);
            }
            // "Embassy of Peru in France: 50 avenue …, Paris": the address behind the colon ends with the city.
            if !fact.has(Slot::City)
                && sentence.items.get(index + 1).is_some_and(|i| i.sign(':'))
                && let Some(city) = sentence
                    .items
                    .get(index + 2..)
                    .unwrap_or(&[])
                    .iter()
                    .rev()
                    .find_map(|i| {
                        if let ItemKind::City(city) = i.kind {
                            Some(city)
                        } else {
                            None
                        }
                    })
                    .filter(|c| reader.state_of_city(*c) == placed.receiving)
                    .and_then(|c| reader.city_value(c))
            {
                fact.set(Slot::City, city);
            }
            if !fact.has(Slot::City) {
                continue;
            }
            let evidence = if placed.assumed {
                reader.side_evidence()
            } else {
                Vec::new()
            };
            let claim = reader.claim(fact, rule, sentence, None, evidence, Vec::new());
            let said = told.iter().any(|t| {
                t.fact.kind != Kind::Treaty
                    && t.statement() == claim.statement()
                    && [Slot::Kind, Slot::Sending, Slot::City]
                        .iter()
                        .all(|s| t.fact.get(*s) == claim.fact.get(*s))
            });
            if !said && claim.holds() {
                claims.push(claim);
            }
        }
    }
    claims
}

/// "Hungary works in Vietnam through an embassy in Hanoi": the side that is the subject of the sentence.
fn subject(reader: &Reader<'_>, sentence: &Sentence, before: usize) -> Option<usize> {
    let items = sentence.items.get(..before)?;
    let (at, body) = items.iter().enumerate().rev().find_map(|(at, i)| {
        if let ItemKind::Body(body, false) = i.kind {
            (i.prep.is_empty() && !i.genitive).then_some((at, body))
        } else {
            None
        }
    })?;
    let verb = items
        .get(at + 1..)?
        .iter()
        .any(|i| i.is_finite() || i.is(Class::Have));
    (verb && reader.is_side(body)).then_some(body)
}

/// An item of a list under a line that names a kind of mission: its city first, then the dates of opening and closing ("- Oran (1864–1937)",
/// "- Bejaïa: earliest date: 1852; latest date: 1854").
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Option<Claim> {
    let items = &sentence.items;
    // "Sfax (Safaqis, Taparura)": other names of the place in brackets are no persons.
    let bracket = items.iter().position(|i| i.sign('('));
    let aside = bracket
        .filter(|at| *at == 1)
        .and_then(|_| items.iter().position(|i| i.sign(')')));
    let named = |(at, i): (usize, &Item)| {
        matches!(i.kind, ItemKind::Mission(_))
            || matches!(i.kind, ItemKind::Actor(_)) && aside.is_none_or(|end| at > end)
    };
    if items.iter().enumerate().any(named) {
        return None;
    }
    let ItemKind::City(city) = items.first()?.kind else {
        return None;
    };
    let above = reader.above(sentence);
    let label = above.first()?;
    let (at, np) = label.items.iter().enumerate().find_map(|(at, i)| {
        if let ItemKind::Mission(np) = &i.kind {
            Some((at, np))
        } else {
            None
        }
    })?;
    let owner = subject(reader, label, at).or_else(|| reader.heading_side(sentence));
    let receiving = reader.state_of_city(city)?;
    let sending = np
        .sending
        .or(owner)
        .or_else(|| reader.other_side(receiving))
        .filter(|s| *s != receiving)?;
    let placed = Placed {
        kind: np.kind,
        sending,
        receiving: Some(receiving),
        city: Some(city),
        formerly: false,
        assumed: false,
        dated: None,
    };
    let mut fact = base(reader, &placed);
    let dates: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, i)| matches!(i.kind, ItemKind::Date(_)))
        .map(|(at, _)| at)
        .collect();
    if let Some(first) = dates.first() {
        reader
            .date(sentence, Some(*first))
            .put_range(&mut fact, Slot::Opened, Slot::Closed);
    }
    if let [_, last] = dates.as_slice() {
        let dated = reader.date(sentence, Some(*last));
        if let Some(day) = dated.date.and_then(|d| d.start.or(d.end)) {
            fact.set(Slot::Closed, Value::Date(crate::fact::Edtf::on(day)));
        }
    }
    let evidence = reader.heading_evidence(sentence);
    // "(1871-?)" asks nothing.
    Some(Claim {
        modality: Modality::Asserted,
        ..reader.claim(fact, rule, sentence, None, evidence, Vec::new())
    })
}

pub(super) fn other_city(
    reader: &Reader<'_>,
    sentence: &Sentence,
    placed: &Placed,
) -> Option<Value> {
    sentence
        .items
        .iter()
        .any(|i| i.is(Class::Other))
        .then_some(())?;
    let mut cities = sentence.items.iter().filter_map(|i| {
        i.city()
            .or_else(|| i.mission()?.cities.first().map(|c| c.0))
    });
    cities
        .rfind(|c| reader.state_of_city(*c) == placed.receiving)
        .and_then(|c| reader.city_value(c))
}

/// The day on which the document's own mission was opened, from its infobox.
pub(in crate::extract) fn opened(
    reader: &Reader<'_>,
    sentence: &Sentence,
    key: Span,
    rule: &Rule,
) -> Option<Claim> {
    let own = reader.own_mission.as_ref()?;
    reader
        .lexicon
        .has_class(key.of(&reader.doc.text), Class::KeyOpened)
        .then_some(())?;
    let date = sentence
        .items
        .iter()
        .position(|i| matches!(i.kind, ItemKind::Date(_)))?;
    let dated = reader.date(sentence, Some(date));
    let placed = Placed {
        kind: own.kind,
        sending: own.sending,
        receiving: own.receiving,
        city: own.city,
        formerly: false,
        assumed: true,
        dated: None,
    };
    let mut fact = base(reader, &placed);
    dated.put(&mut fact, Slot::Opened);
    let mut evidence = reader.side_evidence();
    evidence.extend(dated.evidence);
    Some(reader.claim(fact, rule, sentence, None, evidence, dated.flags))
}

/// An entry whose key is a kind of mission and whose value begins with its city: "Embassy of Peru: Tokyo".
pub(in crate::extract) fn entry(
    reader: &Reader<'_>,
    sentence: &Sentence,
    key: Span,
    rule: &Rule,
) -> Option<Claim> {
    // "Djibouti" is city and state alike.
    let city = sentence.items.first()?.meanings.iter().find_map(|m| {
        if let crate::language::Meaning::City(city) = m {
            Some(*city)
        } else {
            None
        }
    })?;
    let words = key.of(&reader.doc.text);
    let tokens = crate::language::tokens(words, Span::new(0, words.len()));
    let mut kind = None;
    let mut sending = None;
    for at in 0..tokens.len() {
        let rest = tokens.get(at..).unwrap_or(&[]);
        for (_, meanings) in reader
            .lexicon
            .matches(rest.iter().map(|t| t.folded.as_ref()))
        {
            for meaning in meanings {
                if let crate::language::Meaning::Mission(k) = meaning
                    && at == 0
                {
                    kind = Some(*k);
                } else if let crate::language::Meaning::Body(body, _) = meaning
                    && reader.is_side(*body)
                {
                    sending = sending.or(Some(*body));
                }
            }
        }
    }
    let sending = sending.or_else(|| reader.heading_side(sentence))?;
    let receiving = reader.state_of_city(city).filter(|r| *r != sending)?;
    let placed = Placed {
        kind: kind?,
        sending,
        receiving: Some(receiving),
        city: Some(city),
        formerly: false,
        assumed: false,
        dated: None,
    };
    let fact = base(reader, &placed);
    let mut evidence = reader.heading_evidence(sentence);
    evidence.push(crate::fact::Evidence {
        span: key,
        role: crate::fact::EvidenceRole::Heading,
    });
    Some(reader.claim(fact, rule, sentence, None, evidence, Vec::new()))
}

/// The address of the document's own mission, from its infobox.
pub(in crate::extract) fn address(
    reader: &Reader<'_>,
    sentence: &Sentence,
    key: Span,
    rule: &Rule,
) -> Option<Claim> {
    let own = reader.own_mission.as_ref()?;
    let words = key.of(&reader.doc.text);
    reader
        .lexicon
        .has_class(words, Class::KeyAddress)
        .then_some(())?;
    let placed = Placed {
        kind: own.kind,
        sending: own.sending,
        receiving: own.receiving,
        city: own.city,
        formerly: false,
        assumed: true,
        dated: None,
    };
    let mut fact = base(reader, &placed);
    fact.set(
        Slot::Address,
        Value::Text(sentence.span.of(&reader.doc.text).trim().to_owned()),
    );
    Some(reader.claim(
        fact,
        rule,
        sentence,
        None,
        reader.side_evidence(),
        Vec::new(),
    ))
}
