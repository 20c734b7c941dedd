//! "Chile followed suit a year later", "la yugoslava lo hizo en 1992": what was told of one mission, of another → claims.

use super::places::{Placed, base};
use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot};
use crate::language::{Class, Rule};

/// Claims of a verb that stands for the opening, raising or closing told last.
pub(super) fn claims(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some(model) = model(reader, index, earlier) else {
        return Vec::new();
    };
    let dated = reader.date(sentence, frame.date);
    let told = frame.date.filter(|&d| d > frame.at || dated.date.is_some());
    let slot = if model.fact.has(Slot::Closed) {
        Slot::Closed
    } else {
        Slot::Opened
    };
    let only_missions = rule.set.get("same").is_some_and(|s| s == "mission");
    let placed = frame.subject.iter().filter_map(|&i| {
        let item = items.get(i)?;
        if only_missions && item.mission().is_none() {
            return None;
        }
        other(reader, items, frame, item, &model.fact)
    });
    placed
        .map(|placed| {
            let mut fact = base(reader, &placed);
            if told.is_some() {
                dated.put(&mut fact, slot);
            }
            let mut evidence = vec![Evidence {
                span: model.statement(),
                role: EvidenceRole::Antecedent,
            }];
            evidence.extend(dated.evidence.iter().copied());
            reader.claim(
                fact,
                rule,
                sentence,
                Some(frame),
                evidence,
                dated.flags.clone(),
            )
        })
        .collect()
}

/// The mission of which something was told last, in this sentence or the one before it, with nothing of another kind told since.
fn model<'t>(reader: &Reader<'_>, index: usize, earlier: &'t Told) -> Option<&'t Claim> {
    let block = reader.sentences.get(index)?.block;
    earlier
        .iter()
        .rev()
        .take_while(|c| {
            let told = reader.sentence_at(c.statement().start);
            reader.near(index, c, 1) && told.is_some_and(|s| s.block == block)
        })
        // Who opened it, and that relations were raised with it, is told of it.
        .find(|c| {
            !matches!(
                c.fact.kind,
                Kind::Appointment | Kind::Relations | Kind::MissionEvent
            )
        })
        .filter(|c| {
            c.fact.kind == Kind::Mission
                && c.holds()
                && (c.fact.has(Slot::Opened) || c.fact.has(Slot::Closed))
        })
}

/// The mission that the subject names: its own, or the other side's.
fn other(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
    item: &Item<'_>,
    model: &Fact,
) -> Option<Placed> {
    let (from, to) = (
        reader.body_in(model, Slot::Sending)?,
        reader.body_in(model, Slot::Receiving)?,
    );
    let np = item.mission();
    let capital = || reader.state_of_city(item.city()?);
    let mut city = np.and_then(|np| np.cities.first()).map(|c| c.0);
    let named = np
        .map_or_else(|| item.named_body(), |np| np.sending)
        .or_else(|| capital().filter(|_| np.is_none()));
    // "ours", "the one in Lima": of the side that did not send the first.
    let sending = match (named, np, city) {
        (Some(body), _, _) => body,
        (None, Some(_), Some(city)) if reader.state_of_city(city) == Some(from) => to,
        (None, Some(np), None) if np.possessive => to,
        _ => return None,
    };
    if reader.is_organisation(sending) || sending == from {
        return None;
    }
    let receiving = np
        .and_then(|np| np.receiving)
        .unwrap_or(if sending == to { from } else { to });
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    city = city
        .or_else(|| {
            behind
                .iter()
                .filter(|i| i.has_prep(Class::In))
                .find_map(Item::city)
        })
        .filter(|c| reader.state_of_city(*c) == Some(receiving));
    if receiving == to {
        city = city.or_else(|| reader.city_in(model, Slot::City));
    }
    let kind = model.text(Slot::Kind);
    let kind = reader.lexicon.missions.iter().position(|m| *m == kind)?;
    Some(Placed {
        kind,
        sending,
        receiving: Some(receiving),
        city,
        ..Placed::default()
    })
}
