//! The store's counts and the catalogue of queries → the page to start from; a query and its answer → a page that shows both.

use super::evaluate::{Bounds, turtle};
use super::html::{self, cell, escape, query_address, query_form};
use super::problem::Problem;
use super::rows::Value;
use super::{Shared, void};
use crate::query::{Answer, catalogue};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use oxigraph::model::Term;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// How many entities a class has.
#[derive(Debug)]
pub(super) struct Count {
    class: String,
    entities: String,
}

/// What the form on the first page holds.
const EXAMPLE: &str = "SELECT ?thing ?class WHERE { ?thing a ?class } LIMIT 20";
const COUNTS: &str = "SELECT ?class (COUNT(?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class LIMIT 40";
/// More rows than a page can show well are left to the other formats.
const ROWS_SHOWN: usize = 1000;

/// `/`
pub(super) async fn page(State(shared): State<Arc<Shared>>) -> Response {
    let mut body = String::from(
        "<h1>Chancery</h1>\n<p>What documents say about diplomatic relations, each fact with the sentence it came from. \
Programs ask at <a href=\"/sparql\">/sparql</a>; entities answer under <code>/id/</code>; \
the terms are described in <a href=\"/ontology\">the ontology</a>.</p>\n",
    );
    // a page without counts is better than none while the server is busy
    if let Ok(counts) = count(&shared).await
        && !counts.is_empty()
    {
        body.push_str("<h2>What the store holds</h2>\n<table>\n");
        for Count { class, entities } in counts {
            let query =
                format!("SELECT ?thing WHERE {{ ?thing a <{class}> }} ORDER BY ?thing LIMIT 100");
            let name = class.rsplit(['#', '/']).next().unwrap_or(&class);
            let _ = writeln!(
                body,
                "<tr><td><a href=\"{}\">{}</a></td><td>{}</td></tr>",
                escape(&query_address(&query)),
                escape(name),
                escape(&entities)
            );
        }
        body.push_str("</table>\n");
    }
    body.push_str("<h2>Questions</h2>\n<ul>\n");
    for query in catalogue() {
        // parameters at their defaults; the page of the answer has a form to change them in
        if let Ok(text) = query.with(&BTreeMap::new()) {
            let _ = writeln!(
                body,
                "<li><a href=\"{}\">{}</a></li>",
                escape(&query_address(&text)),
                escape(&query.question)
            );
        }
    }
    body.push_str("</ul>\n<h2>Ask</h2>\n");
    body.push_str(&query_form(EXAMPLE));
    let mut response = html::page("Chancery", &body);
    response
        .headers_mut()
        .insert(header::LINK, HeaderValue::from_static(void::LINK));
    response
}

async fn count(shared: &Shared) -> Result<Vec<Count>, Problem> {
    let rows = shared.rows(COUNTS.to_owned()).await?;
    let text = |row: &BTreeMap<String, Value>, name: &str| {
        row.get(name)
            .map(|value| value.text.clone())
            .unwrap_or_default()
    };
    Ok(rows
        .iter()
        .map(|row| Count {
            class: text(row, "class"),
            entities: text(row, "n"),
        })
        .collect())
}

/// A page with nothing but the form; `text` stands in it.
pub(super) fn editor(text: &str) -> Response {
    html::page(
        "SPARQL",
        &format!(
            "<h1><a href=\"/\">Chancery</a>: SPARQL</h1>\n{}",
            query_form(text)
        ),
    )
}

/// A page with a query and its answer: rows as a table, a graph as Turtle.
///
/// # Errors
/// `AnswerTooLarge`.
pub(super) fn result(
    text: &str,
    answer: &Answer,
    base: &str,
    bounds: Bounds,
) -> Result<String, Problem> {
    let shown = match answer {
        Answer::Boolean(value) => format!("<p>{}</p>", if *value { "Yes." } else { "No." }),
        Answer::Graph(_) => format!("<pre>{}</pre>", escape(&turtle(answer, bounds)?)),
        Answer::Rows { variables, rows } => table(variables, rows, base),
    };
    Ok(html::document(
        "SPARQL",
        &format!(
            "<h1><a href=\"/\">Chancery</a>: SPARQL</h1>\n{}\n<h2>Answer</h2>\n{shown}",
            query_form(text)
        ),
    ))
}

fn table(variables: &[String], rows: &[Vec<Option<Term>>], base: &str) -> String {
    let mut out = format!("<p>{} rows", rows.len());
    if rows.len() > ROWS_SHOWN {
        let _ = write!(
            out,
            "; here are the first {ROWS_SHOWN}, the other formats have all"
        );
    }
    out.push_str("</p>\n<table>\n<tr>");
    for variable in variables {
        let _ = write!(out, "<th>{}</th>", escape(variable));
    }
    out.push_str("</tr>\n");
    for row in rows.iter().take(ROWS_SHOWN) {
        out.push_str("<tr>");
        for value in row {
            let value = value.as_ref().map(|term| cell(term, base));
            let _ = write!(out, "<td>{}</td>", value.unwrap_or_default());
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>");
    out
}
