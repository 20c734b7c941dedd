//! `/` → the page to start from: search, counts, the latest documents, who has most to do with whom, facts by decade, the catalogue's questions.

use super::Visit;
use super::bars::Bars;
use super::documents::{Listed, latest};
use super::facts::{KINDS, PREFIXES, Teller, text};
use super::frame::Frame;
use super::relations::pairs::{Pair, all, pairs};
use crate::query::catalogue;
use crate::serve::parameters::{Parameters, encode};
use crate::serve::problem::{Kind, Problem};
use crate::serve::{Shared, evaluate, void};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Documents and pairs on the page.
const SHOWN: usize = 8;
/// Classes that are counted, in the order in which they are shown.
const COUNTED: [&str; 10] = [
    "State",
    "Person",
    "Mission",
    "Treaty",
    "Visit",
    "RelationEvent",
    "Appointment",
    "Meeting",
    "Organisation",
    "Observation",
];

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'h> {
    frame: &'h Frame,
    counts: Vec<(&'static str, usize, String)>,
    documents: Vec<Listed>,
    pairs: Vec<Pair>,
    bars: Bars,
    questions: Vec<(String, String)>,
}

/// `/`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let frame = visit.frame.clone();
    let names = shared.names().await?;
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let mut shown = pairs(&shared, &teller, all()).await?;
    shown.truncate(SHOWN);
    let home = Home {
        counts: counts(&shared).await?,
        documents: latest(&shared, &frame, SHOWN, 0).await?,
        pairs: shown,
        bars: decades(&shared, &frame).await?,
        questions: questions(),
        frame: &frame,
    };
    let mut response = visit.show(&home).await?;
    let link = HeaderValue::from_static(void::LINK);
    response.headers_mut().insert(header::LINK, link);
    Ok(response)
}

/// How many there are of each class, and where they are listed.
async fn counts(shared: &Shared) -> Result<Vec<(&'static str, usize, String)>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?class (COUNT(?x) AS ?n) WHERE {{ ?x a ?class }} GROUP BY ?class"
        ))
        .await?;
    let counted: BTreeMap<&str, usize> = rows
        .iter()
        .filter_map(|row| {
            let class = super::facts::local(text(row, "class"));
            Some((class, text(row, "n").parse().ok()?))
        })
        .collect();
    Ok(COUNTED
        .into_iter()
        .filter_map(|class| Some((class, *counted.get(class)?, format!("/list/{class}"))))
        .collect())
}

/// Dated facts in each decade.
async fn decades(shared: &Shared, frame: &Frame) -> Result<Bars, Problem> {
    let kinds: Vec<String> = KINDS.iter().map(|kind| format!("dip:{kind}")).collect();
    let kinds = kinds.join(" ");
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?decade (COUNT(?x) AS ?n) WHERE {{ VALUES ?kind {{ {kinds} }} ?x a ?kind ; dip:earliest ?day BIND(SUBSTR(STR(?day), 1, 3) AS ?decade) }} GROUP BY ?decade ORDER BY ?decade"
        ))
        .await?;
    let counted: BTreeMap<i32, usize> = rows
        .iter()
        .filter_map(|row| {
            let decade: i32 = text(row, "decade").parse().ok()?;
            Some((decade * 10, text(row, "n").parse().ok()?))
        })
        .collect();
    Ok(Bars::of_decades(&counted, frame))
}

/// The catalogue's questions with the addresses of their answers.
pub(in crate::serve) fn questions() -> Vec<(String, String)> {
    catalogue()
        .into_iter()
        .map(|query| (query.question, format!("/question/{}", query.name)))
        .collect()
}

/// `/question/…`: a question of the catalogue → 303 to its answer, parameters at their defaults; the form there has them to be changed.
pub(in crate::serve) async fn question(
    Path(name): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let unknown = || {
        Problem::new(
            Kind::NotFound,
            format!("The catalogue has no question called {name}; /sparql lists them."),
        )
    };
    let query = catalogue()
        .into_iter()
        .find(|query| query.name == name)
        .ok_or_else(unknown)?;
    let text = query.with(&BTreeMap::new()).map_err(evaluate::problem)?;
    let kept = Parameters::parse(uri.query().unwrap_or_default().as_bytes())?;
    let language = kept
        .all("lang")
        .next()
        .map(|code| format!("&lang={}", encode(code)));
    let address = format!(
        "/sparql?query={}{}",
        encode(&text),
        language.unwrap_or_default()
    );
    Ok(Redirect::to(&address).into_response())
}
