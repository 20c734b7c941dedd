//! `/timeline.json` → what began in a window of time: counted by parts of it while there is more than can be drawn, else each fact with its words.
//! All facts, those of two states (`between=FRA,PER`), or those of an entity (`of=person/…`).

use super::Visit;
use super::entity::facts_of;
use super::events::{Event, Stamp, bins};
use super::facts::{self, Fact, KINDS, Line, Teller};
use super::frame::Frame;
use super::relations::Sides;
use crate::serve::Shared;
use crate::serve::problem::{Kind, Problem};
use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More facts than this are counted; fewer are listed.
const LISTED: usize = 120;

/// `/timeline.json?from=1960&to=1969-12-31&kind=Visit&between=FRA,PER`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let events = shared.events().await?;
    let mut chosen: Option<BTreeSet<String>> = None;
    let mut ways: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut sides = None;
    let between = visit.asked("between");
    let of = visit.asked("of");
    if let Some((one, other)) = between.split_once(',') {
        let both = Sides::of(&shared, &names, one, other).await?;
        let found = both.facts(&shared).await?;
        chosen = Some(found.into_iter().map(|found| found.iri).collect());
        ways = both.ways(&shared).await?;
        sides = Some(both);
    } else if !between.is_empty() {
        return Err(Problem::new(
            Kind::BadRequest,
            "between names two states, with a comma between them: between=FRA,PER",
        ));
    } else if !of.is_empty() {
        chosen = Some(facts_of(&shared, of).await?);
    }
    let of_all = events.among(chosen.as_ref());
    let undated = match &chosen {
        Some(chosen) => chosen.len().saturating_sub(of_all.len()),
        None => events.undated,
    };
    let mut kinds: BTreeMap<u8, usize> = BTreeMap::new();
    for event in &of_all {
        *kinds.entry(event.kind).or_default() += 1;
    }
    let asked: Vec<&str> = visit.parameters.all("kind").collect();
    let wanted = |event: &Event| asked.is_empty() || asked.contains(&kind(event.kind));
    let (first, last) = (of_all.first(), of_all.last());
    let (first, last) = (first.map(|event| event.day), last.map(|event| event.day));
    let from = stamp(&visit, "from")?.or(first).unwrap_or(Stamp(10_101));
    let to = stamp(&visit, "to")?.or(last).unwrap_or(from).max(from);
    let within: Vec<&Event> = of_all
        .iter()
        .copied()
        .filter(|event| event.day >= from && event.day <= to && wanted(event))
        .collect();
    let kinds: Map<String, Value> = kinds
        .into_iter()
        .map(|(at, n)| (kind(at).to_owned(), n.into()))
        .collect();
    let names_of: Map<String, Value> = kinds
        .keys()
        .map(|name| (name.clone(), visit.frame.say_of("classes", name).into()))
        .collect();
    let mut body = json!({
        "first": first.map(Stamp::iso),
        "last": last.map(Stamp::iso),
        "from": from.iso(),
        "to": to.iso(),
        "total": within.len(),
        "undated": undated,
        "kinds": kinds,
        "names": names_of,
    });
    // many facts of one day are listed, as far as they go
    let listed = within.len() <= LISTED || from == to;
    let (name, value) = if listed {
        let iris: Vec<String> = within
            .iter()
            .take(LISTED)
            .map(|event| event.iri.to_string())
            .collect();
        let frame = visit.frame.clone();
        let teller = Teller {
            frame: &frame,
            names: &names,
        };
        let facts = facts::of(&shared, &iris).await?;
        let told: Vec<Value> = iris
            .iter()
            .filter_map(|iri| facts.get(iri))
            .map(|fact| {
                let sides = sides.as_ref().map(|both| (&both.of_one, &both.of_other));
                event(fact, &teller.line(fact, sides), &frame)
            })
            .collect();
        ("events", Value::from(told))
    } else {
        let way = |event: &Event| ways.get(&*event.iri).copied().unwrap_or_default();
        let bins = bins(&within, (from, to), way);
        let counted: Vec<Value> = bins
            .into_iter()
            .map(|bin| {
                let n: Vec<Value> = bin
                    .n
                    .iter()
                    .map(|((at, way), n)| json!({ "kind": kind(*at), "way": way, "n": n }))
                    .collect();
                json!({ "start": bin.first.iso(), "end": bin.last.iso(), "n": n })
            })
            .collect();
        ("bins", Value::from(counted))
    };
    if let Value::Object(body) = &mut body {
        body.insert(name.to_owned(), value);
    }
    visit.send(&body).await
}

fn kind(at: u8) -> &'static str {
    KINDS.get(usize::from(at)).copied().unwrap_or_default()
}

/// A day that is asked for; a year or a month is meant whole.
fn stamp(visit: &Visit, name: &str) -> Result<Option<Stamp>, Problem> {
    let asked = visit.asked(name);
    if asked.is_empty() {
        return Ok(None);
    }
    let stamp = Stamp::read(asked, name == "to").ok_or_else(|| {
        Problem::new(
            Kind::BadRequest,
            format!("{name} is a year, a month or a day: 1964, 1964-02, 1964-02-03"),
        )
    })?;
    Ok(Some(stamp))
}

/// A fact for a timeline: `date` is EDTF, `start` and `end` are the first and last day that it can mean, `way` is `a` from the first of two states to
/// the second and `b` the other way, `said` are sentences.
pub(super) fn event(fact: &Fact, line: &Line, frame: &Frame) -> Value {
    let said: Vec<Value> = line
        .sentences
        .iter()
        .map(|one| json!({ "quote": one.quote, "document": one.title, "address": one.address }))
        .collect();
    let label: String = line.head.iter().map(|piece| piece.text.as_str()).collect();
    json!({
        "id": line.iri,
        "kind": line.class,
        "kindName": frame.say_of("class", line.class),
        "label": label,
        "date": line.edtf,
        "dateWords": line.date,
        "start": fact.text("earliest"),
        "end": fact.text("latest"),
        "way": line.way,
        "address": line.address,
        "said": said,
    })
}
