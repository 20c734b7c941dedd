//! `/timeline.json` → what began in a window of time: counted by parts of it while there is more than can be drawn, else each fact with its words.
//! All facts, those of two states (`between=FRA,PER`), or those of an entity (`of=person/…`).

use super::Visit;
use super::entity::parts_of;
use super::events::{Event, Months, Stamp, Window, bins, by_day};
use super::facts::{self, Fact, Line, Teller};
use super::frame::Frame;
use super::relations::Sides;
use crate::serve::Shared;
use crate::serve::names::Names;
use crate::serve::problem::{Kind, Problem};
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// More facts than this are counted; fewer are listed.
const LISTED: usize = 120;

/// `/timeline.json?from=1960&to=1969-12-31&kind=Visit&between=FRA,PER`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let asked: Vec<String> = visit.parameters.all("kind").map(str::to_owned).collect();
    let between = visit.asked("between").to_owned();
    let of = visit.asked("of").to_owned();
    let (told, ways, sides) = told(&shared, &names, &between, &of).await?;
    let (all, undated): (&[Event], usize) = match &told {
        Told::These(events, undated) => (events, *undated),
        Told::Months(months) => (&months.counted, months.undated),
    };
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for event in all {
        *kinds.entry(event.kind).or_default() += event.n;
    }
    let whole = matches!(told, Told::Months(_));
    let first = all.first().map(|event| event.day);
    let last = all.last().map(|event| {
        if whole {
            event.day.month_ends()
        } else {
            event.day
        }
    });
    let mut from = stamp(&visit, "from")?.or(first).unwrap_or(Stamp::FIRST);
    let mut to = stamp(&visit, "to")?.or(last).unwrap_or(from).max(from);
    let days = by_day((from, to));
    if whole && !days {
        // months are counted whole
        (from, to) = (from.month_begins(), to.month_ends());
    }
    let window = (from, to);
    let within = if whole && days {
        shared.days(window, &asked).await?
    } else {
        chosen(all, window, &asked)
    };
    let total: usize = within.iter().map(|event| event.n).sum();
    let mut body = json!({
        "first": first.map(Stamp::iso),
        "last": last.map(Stamp::iso),
        "from": from.iso(),
        "to": to.iso(),
        "total": total,
        "undated": undated,
        "kinds": kinds,
        "names": kinds.keys().map(|kind| (*kind, visit.frame.say_of("classes", kind))).collect::<BTreeMap<_, _>>(),
    });
    // many facts of one day are listed, as far as they go
    let (name, value) = if total <= LISTED || from == to {
        let listed = if whole && total > 0 {
            shared.events(window, &asked, LISTED).await?
        } else {
            within.into_iter().take(LISTED).collect()
        };
        let iris: Vec<String> = listed.into_iter().map(|event| event.iri).collect();
        let frame = visit.frame.clone();
        let teller = Teller {
            frame: &frame,
            names: &names,
        };
        let facts = facts::of(&shared, &iris).await?;
        let told = iris.iter().filter_map(|iri| facts.get(iri)).map(|fact| {
            let sides = sides.as_ref().map(|both| (&both.of_one, &both.of_other));
            event(fact, &teller.line(fact, sides), &frame)
        });
        ("events", told.collect::<Value>())
    } else {
        let way = |event: &Event| ways.get(&event.iri).copied().unwrap_or_default();
        let counted = bins(&within, window, way).into_iter().map(|bin| {
            let n = bin
                .n
                .iter()
                .map(|((kind, way), n)| json!({ "kind": kind, "way": way, "n": n }));
            let n: Value = n.collect();
            json!({ "start": bin.first.iso(), "end": bin.last.iso(), "n": n })
        });
        ("bins", counted.collect::<Value>())
    };
    if let Value::Object(body) = &mut body {
        body.insert(name.to_owned(), value);
    }
    visit.send(&body).await
}

/// Those of some kinds that begin in a window.
fn chosen(events: &[Event], (from, to): Window, kinds: &[String]) -> Vec<Event> {
    events
        .iter()
        .filter(|event| event.day >= from && event.day <= to)
        .filter(|event| kinds.is_empty() || kinds.iter().any(|kind| kind == event.kind))
        .cloned()
        .collect()
}

/// What a timeline tells of.
enum Told {
    /// These facts, and how many without a date.
    These(Vec<Event>, usize),
    /// All of the store.
    Months(Arc<Months>),
}

/// The facts that are asked for; of two states, which way each goes, and the states.
async fn told<'n>(
    shared: &Shared,
    names: &'n Names,
    between: &str,
    of: &str,
) -> Result<(Told, BTreeMap<String, &'static str>, Option<Sides<'n>>), Problem> {
    if let Some((one, other)) = between.split_once(',') {
        let both = Sides::of(shared, names, one, other).await?;
        let found = both.facts(shared).await?.into_iter();
        let these = these(found.map(|found| (found.day, found.class, found.iri)));
        let ways = both.ways(shared).await?;
        return Ok((these, ways, Some(both)));
    }
    if !between.is_empty() {
        return Err(Problem::new(
            Kind::BadRequest,
            "between names two states, with a comma between them: between=FRA,PER",
        ));
    }
    let told = if of.is_empty() {
        Told::Months(shared.months().await?)
    } else {
        these(parts_of(shared, of).await?.into_iter())
    };
    Ok((told, BTreeMap::new(), None))
}

/// Of days, classes and IRIs.
fn these(facts: impl Iterator<Item = (String, &'static str, String)>) -> Told {
    let mut events = Vec::new();
    let mut undated = 0;
    for (day, kind, iri) in facts {
        match Stamp::read(&day, false) {
            Some(day) => events.push(Event {
                day,
                kind,
                iri,
                n: 1,
            }),
            None => undated += 1,
        }
    }
    events.sort();
    Told::These(events, undated)
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
