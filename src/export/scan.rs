//! A pattern of quads → the quads of a store that fit it, one by one: memory does not grow with how many there are.

use super::ExportError;
use crate::query::{Answer, QueryError, Request, answer, check};
use crate::store::{Remote, Store, StoreError};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};

/// Gives each quad of one graph of a store, in no order; without a name, of the default graph.
///
/// # Errors
/// [`ExportError::Query`] when the store fails, and what `each` gives.
pub fn graph_quads(
    store: &Store,
    graph: Option<&NamedNode>,
    each: &mut dyn FnMut(Quad) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    scan(
        store,
        Pattern::of(graph.map_or(Graphs::World, Graphs::One)),
        each,
    )
}

/// The named graphs of a store whose names are IRIs, sorted.
///
/// # Errors
/// [`ExportError::Query`] when the store fails.
pub fn graphs_of(store: &Store) -> Result<Vec<NamedNode>, ExportError> {
    let mut graphs = Vec::new();
    match store {
        Store::Embedded(embedded) => {
            for graph in embedded.engine().named_graphs() {
                if let NamedOrBlankNode::NamedNode(node) = graph.map_err(StoreError::from)? {
                    graphs.push(node);
                }
            }
        }
        Store::Remote(_) => {
            let request = Request::new("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }");
            if let Answer::Rows { rows, .. } = answer(store, &request)? {
                for graph in rows.into_iter().flatten().flatten() {
                    if let Term::NamedNode(node) = graph {
                        graphs.push(node);
                    }
                }
            }
        }
    }
    graphs.sort();
    Ok(graphs)
}

/// In which graphs to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Graphs<'a> {
    /// The default graph.
    World,
    /// All named graphs.
    Named,
    /// The default graph and all named graphs.
    All,
    /// One named graph.
    One(&'a NamedNode),
}

/// What quads to look for; what is absent may be anything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern<'a> {
    pub(super) subject: Option<&'a NamedNode>,
    pub(super) predicate: Option<NamedNodeRef<'a>>,
    pub(super) object: Option<&'a NamedNode>,
    pub(super) graphs: Graphs<'a>,
}

impl<'a> Pattern<'a> {
    /// All quads of these graphs.
    pub(super) fn of(graphs: Graphs<'a>) -> Self {
        Self {
            subject: None,
            predicate: None,
            object: None,
            graphs,
        }
    }

    pub(super) fn subject(self, subject: &'a NamedNode) -> Self {
        Self {
            subject: Some(subject),
            ..self
        }
    }

    pub(super) fn predicate(self, predicate: NamedNodeRef<'a>) -> Self {
        Self {
            predicate: Some(predicate),
            ..self
        }
    }

    pub(super) fn object(self, object: &'a NamedNode) -> Self {
        Self {
            object: Some(object),
            ..self
        }
    }
}

/// Gives each quad that fits to `each`, in no order that means anything.
///
/// # Errors
/// [`ExportError::Query`] when the store fails, and what `each` gives.
pub(super) fn scan(
    store: &Store,
    pattern: Pattern<'_>,
    each: &mut dyn FnMut(Quad) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    match store {
        Store::Embedded(embedded) => {
            let graph = match pattern.graphs {
                Graphs::World => Some(GraphName::DefaultGraph),
                Graphs::Named | Graphs::All => None,
                Graphs::One(graph) => Some(graph.clone().into()),
            };
            let found = embedded.engine().quads_for_pattern(
                pattern.subject.map(|node| node.as_ref().into()),
                pattern.predicate,
                pattern.object.map(|node| node.as_ref().into()),
                graph.as_ref().map(GraphName::as_ref),
            );
            for quad in found {
                let quad = quad.map_err(StoreError::from)?;
                if pattern.graphs != Graphs::Named || !quad.graph_name.is_default_graph() {
                    each(quad)?;
                }
            }
            Ok(())
        }
        Store::Remote(remote) => scan_remote(remote, pattern, each),
    }
}

/// One SELECT, its answer read as it comes.
fn scan_remote(
    remote: &Remote,
    pattern: Pattern<'_>,
    each: &mut dyn FnMut(Quad) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let term = |node: Option<String>, name: &str| node.unwrap_or_else(|| format!("?{name}"));
    let triple = format!(
        "{} {} {}",
        term(pattern.subject.map(ToString::to_string), "s"),
        term(pattern.predicate.map(|node| node.to_string()), "p"),
        term(pattern.object.map(ToString::to_string), "o"),
    );
    let place = match pattern.graphs {
        Graphs::World => triple,
        Graphs::Named => format!("GRAPH ?g {{ {triple} }}"),
        Graphs::All => format!("{{ {triple} }} UNION {{ GRAPH ?g {{ {triple} }} }}"),
        Graphs::One(graph) => format!("GRAPH {graph} {{ {triple} }}"),
    };
    let sparql = Request::new(format!("SELECT * WHERE {{ {place} }}")).sparql;
    check(&sparql)?;
    let (media_type, body) = remote.stream(&sparql)?;
    let bad = |message: String| {
        ExportError::Query(QueryError::Store(StoreError::Remote {
            url: remote.url().to_owned(),
            status: None,
            message,
        }))
    };
    let format = QueryResultsFormat::from_media_type(&media_type)
        .ok_or_else(|| bad(format!("answered with {media_type:?}, which holds no rows")))?;
    let parsed = QueryResultsParser::from_format(format)
        .for_reader(body)
        .map_err(|error| bad(error.to_string()))?;
    let ReaderQueryResultsParserOutput::Solutions(solutions) = parsed else {
        return Err(bad("gave no rows".to_owned()));
    };
    for solution in solutions {
        let solution = solution.map_err(|error| bad(error.to_string()))?;
        let subject = match (pattern.subject, solution.get("s")) {
            (Some(node), _) | (None, Some(Term::NamedNode(node))) => node.clone().into(),
            (None, Some(Term::BlankNode(node))) => NamedOrBlankNode::from(node.clone()),
            (None, Some(Term::Literal(_) | Term::Triple(_)) | None) => continue,
        };
        let predicate = match (pattern.predicate, solution.get("p")) {
            (Some(node), _) => node.into_owned(),
            (None, Some(Term::NamedNode(node))) => node.clone(),
            (None, Some(Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_)) | None) => {
                continue;
            }
        };
        let object = match (pattern.object, solution.get("o")) {
            (Some(node), _) => node.clone().into(),
            (None, Some(term)) => term.clone(),
            (None, None) => continue,
        };
        let graph = match (pattern.graphs, solution.get("g")) {
            (Graphs::One(graph), _) => graph.clone().into(),
            (Graphs::Named | Graphs::All, Some(Term::NamedNode(node))) => node.clone().into(),
            (Graphs::Named | Graphs::All, Some(Term::BlankNode(node))) => node.clone().into(),
            (Graphs::World | Graphs::Named | Graphs::All, _) => GraphName::DefaultGraph,
        };
        each(Quad::new(subject, predicate, object, graph))?;
    }
    Ok(())
}
