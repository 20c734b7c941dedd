//! The form for a query, alone or with its answer: rows as a table, a graph as Turtle. The page of an answer is made in a worker.

use super::frame::Frame;
use super::home::questions;
use crate::query::Answer;
use crate::serve::evaluate::{Bounds, turtle};
use crate::serve::parameters::encode;
use crate::serve::problem::{Kind, Problem};
use askama::Template;
use oxigraph::model::Term;
use serde::{Deserialize, Serialize};

/// What the form holds before anybody asked.
const EXAMPLE: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?visit ?label ?date WHERE {
  ?visit a dip:Visit ; rdfs:label ?label .
  OPTIONAL { ?visit dip:date ?date }
}
ORDER BY DESC(?date)
LIMIT 50";
/// More rows than a page can show well are left to the other formats.
const ROWS_SHOWN: usize = 1000;

/// What a worker must know of the page around an answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::serve) struct Around {
    /// What IRIs of entities begin with.
    pub(in crate::serve) base: String,
    /// The language of the page.
    pub(in crate::serve) language: String,
    /// Whether links carry it on.
    pub(in crate::serve) chosen: bool,
    /// The day of the data.
    pub(in crate::serve) day: String,
    /// The generation.
    pub(in crate::serve) generation: String,
}

/// A cell of a table.
struct Cell {
    text: String,
    address: String,
    language: String,
}

#[derive(Template)]
#[template(path = "sparql.html")]
struct Editor<'e> {
    frame: &'e Frame,
    text: &'e str,
    /// Lines of the field.
    rows: usize,
    answered: bool,
    yes: Option<bool>,
    graph: String,
    variables: &'e [String],
    found: usize,
    cut: bool,
    cells: Vec<Vec<Cell>>,
    downloads: Vec<(&'static str, String)>,
    questions: Vec<(String, String)>,
}

impl<'e> Editor<'e> {
    fn new(frame: &'e Frame, text: &'e str) -> Self {
        Self {
            frame,
            text,
            rows: rows(text),
            answered: false,
            yes: None,
            graph: String::new(),
            variables: &[],
            found: 0,
            cut: false,
            cells: Vec::new(),
            downloads: Vec::new(),
            questions: questions(),
        }
    }
}

/// Lines of a field for a text.
pub(super) fn rows(text: &str) -> usize {
    text.lines().count().clamp(8, 30)
}

/// A page with nothing but the form and the catalogue's questions.
///
/// # Errors
/// `Internal` when the template fails.
pub(in crate::serve) fn editor(frame: &Frame) -> Result<String, Problem> {
    render(&Editor::new(frame, EXAMPLE))
}

/// A page with a query and its answer.
///
/// # Errors
/// `AnswerTooLarge`.
pub(in crate::serve) fn result(
    text: &str,
    answer: &Answer,
    around: &Around,
    bounds: Bounds,
) -> Result<String, Problem> {
    let frame = Frame::of_answer(around, text);
    let mut page = Editor::new(&frame, text);
    page.answered = true;
    let formats: &[&'static str] = match answer {
        Answer::Boolean(value) => {
            page.yes = Some(*value);
            &["json", "xml"]
        }
        Answer::Graph(_) => {
            page.graph = turtle(answer, bounds)?;
            &["ttl", "nt", "jsonld", "rdf"]
        }
        Answer::Rows { variables, rows } => {
            page.variables = variables;
            page.found = rows.len();
            page.cut = rows.len() > ROWS_SHOWN;
            page.cells = rows
                .iter()
                .take(ROWS_SHOWN)
                .map(|row| {
                    row.iter()
                        .map(|term| cell(term.as_ref(), &around.base))
                        .collect()
                })
                .collect();
            &["csv", "tsv", "json", "xml"]
        }
    };
    page.downloads = formats
        .iter()
        .map(|format| {
            (
                *format,
                format!("/sparql?query={}&format={format}", encode(text)),
            )
        })
        .collect();
    render(&page)
}

fn render(page: &Editor<'_>) -> Result<String, Problem> {
    page.render()
        .map_err(|error| Problem::new(Kind::Internal, error.to_string()))
}

/// An IRI links to what is known of it, under `base` on this server; a literal stands as it is.
fn cell(term: Option<&Term>, base: &str) -> Cell {
    let plain = |text: String| Cell {
        text,
        address: String::new(),
        language: String::new(),
    };
    match term {
        None => plain(String::new()),
        Some(Term::NamedNode(node)) => {
            let iri = node.as_str();
            let address = match iri.strip_prefix(base) {
                Some(path) => format!("/id/{path}"),
                None if iri.starts_with("http://") || iri.starts_with("https://") => iri.to_owned(),
                // javascript: and its like are not for clicking
                None => String::new(),
            };
            Cell {
                text: iri.strip_prefix(base).unwrap_or(iri).to_owned(),
                address,
                language: String::new(),
            }
        }
        Some(Term::Literal(literal)) => Cell {
            text: literal.value().to_owned(),
            address: String::new(),
            language: literal.language().unwrap_or_default().to_owned(),
        },
        Some(other) => plain(other.to_string()),
    }
}
