//! A query of the protocol and a store → the bytes of the whole answer in the format that the client likes best, or a problem.

use super::formats::{self, content_type};
use super::problem::{Kind, Problem};
use super::protocol::Query;
use super::worker::{Description, Timeline};
use crate::describe::dataset;
use crate::export::{ExportError, Part, write_timeline};
use crate::query::{self, Answer, GraphFormat, MAX_NESTING, Outside, QueryError, Request, Shape};
use crate::store::Store;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, Triple};
use std::io::{self, Write};

/// Prefixes of Turtle and RDF/XML answers; those that an answer does not use are left out.
const PREFIXES: [(&str, &str); 16] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("dip", "https://w3id.org/chancery/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("said", "https://w3id.org/chancery/said#"),
    ("schema", "https://schema.org/"),
    ("sd", "http://www.w3.org/ns/sparql-service-description#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// How large an answer may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Most rows or triples.
    pub(super) rows: Option<usize>,
    /// Most bytes.
    pub(super) bytes: usize,
    /// Deepest nesting of brackets in a query.
    pub(super) nesting: usize,
}

impl Bounds {
    /// No bounds: for what the program itself holds.
    pub(super) const NONE: Self = Self {
        rows: None,
        bytes: usize::MAX,
        nesting: MAX_NESTING,
    };
}

/// A whole answer, ready to be sent.
#[derive(Debug)]
pub(super) struct Ready {
    /// Its media type.
    pub(super) media: &'static str,
    /// Rows or triples in it.
    pub(super) rows: usize,
    /// Its bytes.
    pub(super) body: Vec<u8>,
}

impl IntoResponse for Ready {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        if let Ok(value) = HeaderValue::from_str(&content_type(self.media)) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        response
    }
}

/// Evaluates a query. The pool keeps the time, and ends the process when it is over.
///
/// # Errors
/// What is wrong with the query, or which limit it met.
pub(super) fn ask(
    store: &Store,
    query: &Query,
    outside: &Outside,
    bounds: Bounds,
) -> Result<Answer, Problem> {
    let request = Request {
        sparql: query.text.clone(),
        default_graphs: query.default_graphs.clone(),
        named_graphs: query.named_graphs.clone(),
        timeout: None,
        max_rows: bounds.rows,
        nesting: Some(bounds.nesting),
        base: query.base.clone(),
        outside: outside.clone(),
        // no prefixes but the query's own: the protocol has none
        ..Request::default()
    };
    let request = if query.prefixes {
        request.knowing(&PREFIXES)
    } else {
        request
    };
    query::answer(store, &request).map_err(problem)
}

/// Evaluates a query and writes its answer in the format that is asked for.
///
/// # Errors
/// As [`ask`], or no acceptable format.
pub(super) fn evaluate(
    store: &Store,
    query: &Query,
    accept: Option<&str>,
    outside: &Outside,
    bounds: Bounds,
) -> Result<Ready, Problem> {
    let format = query.format.as_deref();
    // when no kind of answer could be sent, no work is done
    let rows = formats::rows(format, accept);
    let graph = formats::graph(format, accept);
    if let (Err(problem), Err(_)) = (&rows, &graph) {
        return Err(problem.clone());
    }
    let answer = ask(store, query, outside, bounds)?;
    match answer.shape() {
        Shape::Rows | Shape::Boolean => {
            let offer = rows?;
            let mut out = Bounded::new(bounds.bytes);
            let written = answer.write_rows(offer.value, &mut out);
            out.finish(written, offer.media, answer.len())
        }
        Shape::Graph => {
            let offer = graph?;
            write_graph(&answer, offer.value, offer.media, bounds)
        }
    }
}

/// Writes a graph with the prefixes that it uses.
///
/// # Errors
/// `AnswerTooLarge`.
pub(super) fn write_graph(
    answer: &Answer,
    format: GraphFormat,
    media: &'static str,
    bounds: Bounds,
) -> Result<Ready, Problem> {
    let mut out = Bounded::new(bounds.bytes);
    let prefixes = match format {
        GraphFormat::NTriples => Vec::new(),
        GraphFormat::Turtle
        | GraphFormat::JsonLd
        | GraphFormat::RdfXml
        | GraphFormat::NQuads
        | GraphFormat::TriG => used_prefixes(answer),
    };
    let written = answer.write_graph(format, &prefixes, &mut out);
    out.finish(written, media, answer.len())
}

/// What a store holds, as VoID and DCAT.
///
/// # Errors
/// What the store gives, or `AnswerTooLarge`.
pub(super) fn description(store: &Store, asked: &Description) -> Result<Ready, Problem> {
    let format = formats::graph(asked.format.as_deref(), asked.accept.as_deref())?;
    let mut out = Bounded::new(asked.bytes);
    let written = dataset(store, Some(&asked.endpoint)).and_then(|dataset| {
        dataset.write(format.value, &mut out)?;
        Ok(dataset.quads().len())
    });
    out.exported(written, format.media)
}

/// What happened between two bodies, as JSON.
///
/// # Errors
/// As [`description`].
pub(super) fn timeline(store: &Store, asked: &Timeline) -> Result<Ready, Problem> {
    let node = |iri: &str| {
        NamedNode::new(iri)
            .map_err(|error| Problem::new(Kind::BadRequest, format!("<{iri}> is no IRI: {error}")))
    };
    let part = Part::Pair(node(&asked.a)?, node(&asked.b)?);
    let mut out = Bounded::new(asked.bytes);
    let written = write_timeline(store, &part, &mut out);
    out.exported(written, "application/json")
}

/// An answer as text for a page: Turtle.
///
/// # Errors
/// `AnswerTooLarge`.
pub(super) fn turtle(answer: &Answer, bounds: Bounds) -> Result<String, Problem> {
    let ready = write_graph(answer, GraphFormat::Turtle, "text/turtle", bounds)?;
    Ok(String::from_utf8_lossy(&ready.body).into_owned())
}

fn used_prefixes(answer: &Answer) -> Vec<(&'static str, &'static str)> {
    let Answer::Graph(triples) = answer else {
        return Vec::new();
    };
    PREFIXES
        .into_iter()
        .filter(|(_, iri)| triples.iter().any(|triple| uses(triple, iri)))
        .collect()
}

fn uses(triple: &Triple, iri: &str) -> bool {
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().starts_with(iri),
        NamedOrBlankNode::BlankNode(_) => false,
    };
    let object = match &triple.object {
        Term::NamedNode(node) => node.as_str().starts_with(iri),
        Term::Literal(literal) => literal.datatype().as_str().starts_with(iri),
        Term::BlankNode(_) | Term::Triple(_) => false,
    };
    subject || object || triple.predicate.as_str().starts_with(iri)
}

/// What the query layer says → what the client is told.
pub(super) fn problem(error: QueryError) -> Problem {
    let place = error.position();
    let text = error.to_string();
    let (kind, detail) = match error {
        QueryError::TooLong { .. } => (Kind::TooLarge, text),
        QueryError::TooDeep { message, .. } => (Kind::Refused, message),
        QueryError::Syntax { message, .. } => (Kind::Syntax, message),
        QueryError::Unknown { .. } => (Kind::NotFound, text),
        QueryError::Parameter { .. } => (Kind::BadRequest, text),
        QueryError::Timeout { .. } | QueryError::Cancelled => {
            (Kind::Timeout, "The query was stopped.".to_owned())
        }
        QueryError::TooManyRows { limit } => {
            return Problem::new(
                Kind::AnswerTooLarge,
                format!("The answer has more than {limit} rows or triples. Add a LIMIT, or ask for less."),
            )
            .with("limit", limit);
        }
        QueryError::Evaluation(message) => (Kind::Refused, message),
        QueryError::Outside(message) => (Kind::Forbidden, message),
        QueryError::Format(message) => (Kind::NotAcceptable, message),
        QueryError::Store(_) => (Kind::Store, text),
        QueryError::Output(_) => (Kind::Internal, text),
    };
    match place {
        Some((line, column)) => Problem::new(kind, detail).at(line, column),
        None => Problem::new(kind, detail),
    }
}

/// Bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

impl Bounded {
    fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
            full: false,
        }
    }

    /// What was exported; `written` is its number of rows.
    fn exported(
        self,
        written: Result<usize, ExportError>,
        media: &'static str,
    ) -> Result<Ready, Problem> {
        match written {
            Ok(rows) => self.finish(Ok(()), media, rows),
            Err(_) if self.full => self.finish(Err(QueryError::Cancelled), media, 0),
            Err(ExportError::Query(error)) => Err(problem(error)),
            Err(error @ (ExportError::Output(_) | ExportError::Format(_))) => {
                Err(Problem::new(Kind::Internal, error.to_string()))
            }
        }
    }

    fn finish(
        self,
        written: Result<(), QueryError>,
        media: &'static str,
        rows: usize,
    ) -> Result<Ready, Problem> {
        match written {
            Ok(()) => Ok(Ready {
                media,
                rows,
                body: self.bytes,
            }),
            Err(_) if self.full => Err(Problem::new(
                Kind::AnswerTooLarge,
                format!(
                    "The answer is larger than {} bytes. Add a LIMIT, or ask for less.",
                    self.limit
                ),
            )
            .with("limit", self.limit)),
            Err(error) => Err(problem(error)),
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(buffer.len()) > self.limit {
            self.full = true;
            return Err(io::Error::other("the answer is too large"));
        }
        self.bytes.extend_from_slice(buffer);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
