//! Two states → all that is told of both as CSV, as JSON for a timeline, or as Turtle.

use super::two::Sides;
use crate::serve::Shared;
use crate::serve::answers::coding;
use crate::serve::problem::{Kind, Problem};
use crate::serve::protocol::Query;
use crate::serve::site::Visit;
use crate::serve::site::facts::{self, Fact, Line, PREFIXES, Teller};
use crate::serve::site::frame::Frame;
use crate::serve::site::timeline::event;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde_json::json;

/// So many facts are read at once.
const AT_ONCE: usize = 200;
/// Most facts in a file.
const MOST: usize = 20_000;

/// A row for each fact and sentence: date in EDTF, kind, direction (`a` from the first state to the second, `b` the other way), words, IRI, sentence,
/// document.
pub(super) async fn csv(
    shared: &Shared,
    one: &str,
    other: &str,
    visit: Visit,
) -> Result<Response, Problem> {
    let failed = |error: csv::Error| Problem::new(Kind::Internal, error.to_string());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "date",
        "kind",
        "direction",
        "what",
        "fact",
        "sentence",
        "document",
    ])
    .map_err(failed)?;
    for (_, line) in told(shared, one, other, &visit.frame).await? {
        let head = head(&line);
        for sentence in &line.sentences {
            out.write_record([
                line.edtf.as_str(),
                line.class,
                line.way,
                head.as_str(),
                line.iri.as_str(),
                sentence.quote.as_str(),
                sentence.title.as_str(),
            ])
            .map_err(failed)?;
        }
    }
    let bytes = out
        .into_inner()
        .map_err(|error| Problem::new(Kind::Internal, error.to_string()))?;
    let mut response = Response::new(Body::from(bytes));
    let csv = HeaderValue::from_static("text/csv; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, csv);
    Ok(response)
}

/// The first facts that both take part in, by their days, each with its line.
async fn told(
    shared: &Shared,
    one: &str,
    other: &str,
    frame: &Frame,
) -> Result<Vec<(Fact, Line)>, Problem> {
    let names = shared.names().await?;
    let sides = Sides::of(shared, &names, one, other).await?;
    let teller = Teller {
        frame,
        names: &names,
    };
    let mut found = sides.facts(shared).await?;
    found.truncate(MOST);
    let mut told = Vec::new();
    for part in found.chunks(AT_ONCE) {
        let iris: Vec<String> = part.iter().map(|found| found.iri.clone()).collect();
        let mut facts = facts::of(shared, &iris).await?;
        for fact in iris.iter().filter_map(|iri| facts.remove(iri)) {
            let line = teller.line(&fact, Some((&sides.of_one, &sides.of_other)));
            told.push((fact, line));
        }
    }
    Ok(told)
}

/// `{"events": […]}`, from the first to the last, those without a date at the end: `date` is EDTF, `start` and `end` are the first and last day that
/// it can mean, `way` is `a` from the first state to the second and `b` the other way, `said` are the sentences.
pub(super) async fn json(
    shared: &Shared,
    one: &str,
    other: &str,
    visit: Visit,
) -> Result<Response, Problem> {
    let mut events = Vec::new();
    for (fact, line) in told(shared, one, other, &visit.frame).await? {
        events.push(event(&fact, &line, &visit.frame));
    }
    visit.send(&json!({ "events": events })).await
}

/// What a line says first, as text.
fn head(line: &Line) -> String {
    line.head.iter().map(|piece| piece.text.as_str()).collect()
}

/// All statements of the facts, and of their claims the words and where they come from.
pub(super) async fn turtle(
    shared: &Shared,
    one: &str,
    other: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let sides = Sides::of(shared, &names, one, other).await?;
    let pattern = sides.pattern();
    let query = Query {
        text: format!(
            "{PREFIXES}CONSTRUCT {{ ?f ?p ?o . ?c dip:quote ?quote ; prov:wasDerivedFrom ?d . ?d ?q ?v }} WHERE {{
  {{ SELECT DISTINCT ?f WHERE {{ {pattern} }} }}
  {{ ?f ?p ?o FILTER(?p NOT IN (dip:value, dip:account)) }}
  UNION {{ ?f dip:supportedBy ?c GRAPH ?d {{ ?c dip:quote ?quote . ?d ?q ?v FILTER(?q IN (dct:title, dct:source, dct:license, dct:publisher, dct:date)) }} }}
}}"
        ),
        ..Query::default()
    };
    let asked = shared.asked(query, Some("text/turtle".to_owned()), None, coding(headers));
    let mut response = shared.respond(asked, headers, |_| Ok(())).await?;
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    Ok(response)
}
