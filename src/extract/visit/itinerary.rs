//! Itineraries: lists and tables of places and days under a line that names the one who travels ("Trips of President X") → a visit each.

use super::places::place;
use super::{Goal, claim, goals, visit_kind};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence, Who};
use crate::fact::{Claim, Evidence, EvidenceRole};
use crate::language::{Class, Rule};
use crate::text::Span;

/// How many entries a line of its own heads.
const REACH: usize = 40;

/// "Lima (Peru): 3–5 May 2001", "3–5 May | Peru | Lima | official visit" below a line on somebody's trips.
pub(in crate::extract) fn itinerary(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some(date) = items
        .iter()
        .position(|i| matches!(i.kind, ItemKind::Date(_)))
    else {
        return Vec::new();
    };
    // What stands behind somebody or a verb is what was done there.
    let told =
        |i: &Item| i.actor().is_some() || i.is_finite() || i.is(Class::Be) || i.is(Class::Have);
    let end = items.iter().position(told).unwrap_or(items.len());
    let places: Vec<usize> = (0..end)
        .filter(|&i| {
            items.get(i).is_some_and(|x| {
                (x.city().is_some() || x.named_body().is_some())
                    && !x.has_prep(Class::From)
                    && !x.has_prep(Class::Of)
            })
        })
        .collect();
    if end <= date && places.is_empty() || items.iter().any(super::listed::unreal) {
        return Vec::new();
    }
    // A line of a paragraph begins with its place or day, and says both before anything else.
    let paragraph = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Paragraph && b.span.start == sentence.span.start);
    let prose = reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Paragraph);
    let plain = |i: &Item| {
        matches!(
            i.kind,
            ItemKind::Body(_, false) | ItemKind::City(_) | ItemKind::Date(_) | ItemKind::Sign(_)
        ) || i.is(Class::And)
    };
    let last = places.last().copied().unwrap_or(date).max(date);
    let line = || paragraph && items.get(..last).is_some_and(|head| head.iter().all(plain));
    // "LIMA, 3 May 2001 — …": the place and day of a statement are not those of a trip.
    if prose && (reader.issued || !line()) {
        return Vec::new();
    }
    // Cells and brackets say more of the first state; others count in one list with it.
    let list = places.first().and_then(|&p| items.get(p)).map(|x| x.list);
    let first = goals(reader, items, places.get(..1).unwrap_or(&[]))
        .first()
        .map(|g| g.to);
    let goals: Vec<Goal> = goals(reader, items, &places)
        .into_iter()
        .filter(|g| {
            Some(g.to) == first
                || places.iter().any(|&p| {
                    let own = items.get(p).filter(|x| Some(x.list) == list);
                    own.and_then(|x| place(reader, x))
                        .is_some_and(|o| o.to == g.to)
                })
        })
        .collect();
    let Some((who, line)) = traveller(reader, index, sentence) else {
        return Vec::new();
    };
    // "President X in Peru" above a line that is a day and what it was for.
    let goals = if goals.is_empty() && end == items.len() && opens_with(items, date) {
        there(reader, line)
    } else {
        goals
    };
    let from = who.of.or_else(|| reader.home()).or_else(|| {
        let to = goals.first().map(|g| g.to)?;
        reader.other_side(to)
    });
    let kind = (0..items.len())
        .step_by(4)
        .map(|at| visit_kind(items, at, (0, items.len())))
        .find(|k| *k != "other")
        .unwrap_or("other");
    let dated = reader.date(sentence, Some(date));
    let mut evidence = who.evidence.clone();
    evidence.push(Evidence {
        span: line,
        role: EvidenceRole::Heading,
    });
    goals
        .into_iter()
        .filter(|g| {
            !reader.is_organisation(g.to) && from.is_none_or(|f| !reader.same_state(f, g.to))
        })
        .filter_map(|goal| {
            claim(
                reader,
                sentence,
                rule,
                None,
                &who,
                from,
                goal,
                &dated,
                kind,
                evidence.clone(),
            )
        })
        .collect()
}

/// Whether nothing but small words and signs stands before a date.
fn opens_with(items: &[Item], date: usize) -> bool {
    let before = items.get(..date).unwrap_or(&[]);
    before.iter().all(|i| !i.is_np() && i.span.len() <= 4)
}

/// Where a line that heads a list leads: "President X in Peru".
fn there(reader: &Reader<'_>, line: Span) -> Vec<Goal> {
    let line = reader.sentence_at(line.start);
    let led = |i: &Item| i.has_prep(Class::In) || i.has_prep(Class::To);
    let places = line.into_iter().flat_map(|s| &s.items);
    let mut places = places.filter(|i| led(i)).filter_map(|i| place(reader, i));
    places.next().into_iter().collect()
}

/// "President X in Peru": whether a line is a person and a place, and nothing is told of them.
fn in_place(reader: &Reader<'_>, line: &Sentence) -> bool {
    let named = |i: &Item| i.actor().is_some_and(|a| a.name.is_some()) && i.prep.is_empty();
    let still = |i: &Item| !(i.is_finite() || i.is(Class::Be) || i.is(Class::Have));
    line.items.iter().any(named)
        && line.items.iter().all(still)
        && !there(reader, line.span).is_empty()
}

/// Whose trips the nearest line above an entry that speaks of trips lists, when it names one person alone.
fn traveller(reader: &Reader<'_>, index: usize, sentence: &Sentence) -> Option<(Who, Span)> {
    let visit = |i: &Item| i.is(Class::VisitHeading) || i.is_noun_for(reader.lexicon, "visit");
    // A short line of its own right above the list heads it, too.
    let block = reader.block(sentence)?;
    let lead = (index.saturating_sub(REACH)..index)
        .rev()
        .filter_map(|i| reader.sentences.get(i))
        .find(|s| reader.block(s).is_some_and(|b| b.kind != block.kind))
        .filter(|s| {
            let dated = s.items.iter().any(|i| matches!(i.kind, ItemKind::Date(_)));
            let alone = reader
                .block(s)
                .is_some_and(|b| b.under == block.under && b.sentences.len() == 1);
            s.span.len() < 120 && !dated && alone
        });
    let line = lead
        .into_iter()
        .chain(reader.above(sentence))
        .chain(reader.titles())
        .find(|s| s.items.iter().any(visit) || in_place(reader, s))?;
    let index = reader.sentence_index(line.span.start)?;
    let named = line.items.iter().flat_map(|i| reader.who(index, i));
    let mut named = named.filter(|who| who.person.is_some());
    let (first, second) = (named.next()?, named.next());
    second.is_none().then_some((first, line.span))
}
