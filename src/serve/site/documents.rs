//! `/documents` → the documents of the store, the latest first, with where they come from.

use super::Visit;
use super::dates;
use super::facts::{PREFIXES, Piece, page, text};
use super::frame::Frame;
use super::pages::Pages;
use crate::serve::Shared;
use crate::serve::problem::Problem;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// Documents on a page.
const SHOWN: usize = 50;

/// A document as lists show it.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) title: Piece,
    pub(super) publisher: String,
    pub(super) date: String,
    pub(super) licence: String,
    pub(super) language: String,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct Documents<'d> {
    frame: &'d Frame,
    total: usize,
    documents: Vec<Listed>,
    pages: Pages,
}

/// `/documents`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    visit: Visit,
) -> Result<Response, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?d {{ ?d a dip:Document }} }}"
        ))
        .await?;
    let total = rows
        .first()
        .and_then(|row| text(row, "n").parse().ok())
        .unwrap_or(0);
    let pages = Pages::new(visit.number(), SHOWN, total);
    let frame = visit.frame.clone();
    let documents = latest(&shared, &frame, SHOWN, pages.from()).await?;
    visit
        .show(&Documents {
            frame: &frame,
            total,
            documents,
            pages,
        })
        .await
}

/// Documents, the latest first, those without a date last.
pub(super) async fn latest(
    shared: &Shared,
    frame: &Frame,
    most: usize,
    from: usize,
) -> Result<Vec<Listed>, Problem> {
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?d ?title ?publisher ?date ?licence ?language WHERE {{ GRAPH ?d {{ ?d a dip:Document
  OPTIONAL {{ ?d dct:title ?title }} OPTIONAL {{ ?d dct:publisher ?publisher }} OPTIONAL {{ ?d dct:date ?date }}
  OPTIONAL {{ ?d dct:license ?licence }} OPTIONAL {{ ?d dct:language ?language }} }} }}
ORDER BY DESC(STR(?date)) ?title ?d LIMIT {most} OFFSET {from}"
        ))
        .await?;
    Ok(rows
        .iter()
        .map(|row| {
            let iri = text(row, "d");
            let title = text(row, "title");
            let language = text(row, "language");
            Listed {
                title: Piece {
                    text: if title.is_empty() {
                        iri.strip_prefix(&frame.base).unwrap_or(iri).to_owned()
                    } else {
                        title.to_owned()
                    },
                    address: frame.to(page(iri, &frame.base)),
                    language: if language == frame.code() {
                        String::new()
                    } else {
                        language.to_owned()
                    },
                },
                publisher: text(row, "publisher").to_owned(),
                date: dates::said(text(row, "date"), frame.language),
                licence: text(row, "licence").to_owned(),
                language: frame.say_of("tongue", language),
            }
        })
        .collect())
}
