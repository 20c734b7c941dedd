//! SPARQL Update, or RDF for one graph, and a database → the database changed, all of it or nothing.

use super::harmless::harmless;
use super::lexical::check_nesting;
use super::run::syntax_error;
use super::stack::on_large_stack;
use super::{MAX_NESTING, Outside, Part, QueryError};
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::{SparqlEvaluator, UpdateEvaluationError};
use oxigraph::store::Store;
use spargebra::algebra::QueryDataset;
use spargebra::{GraphUpdateOperation, SparqlParser, Update};

/// An update as the protocol carries it.
#[derive(Clone, Debug, Default)]
pub struct UpdateRequest {
    /// SPARQL 1.1 Update.
    pub sparql: String,
    /// `using-graph-uri`s of the protocol.
    pub using_graphs: Vec<String>,
    /// `using-named-graph-uri`s of the protocol.
    pub using_named_graphs: Vec<String>,
    /// What relative IRIs begin with.
    pub base: Option<String>,
    /// What `LOAD` and `SERVICE` may reach.
    pub outside: Outside,
    /// Deepest nesting of brackets; [`MAX_NESTING`] when absent.
    pub nesting: Option<usize>,
}

/// Does an update in one transaction. `LOAD` and `SERVICE` reach what [`UpdateRequest::outside`] allows. There is no limit of time: whoever calls it can end the process.
///
/// # Errors
/// [`QueryError`]: the update's fault, or the store's; nothing was changed then.
pub fn update(store: &Store, request: &UpdateRequest) -> Result<(), QueryError> {
    check_nesting(&request.sparql, request.nesting.unwrap_or(MAX_NESTING))?;
    on_large_stack(|| {
        let update = parse(request)?;
        let mut evaluator = SparqlEvaluator::new().without_default_http_service_handler();
        if !request.outside.is_empty() {
            evaluator = evaluator.with_default_service_handler(request.outside.clone());
        }
        evaluator
            .for_update(update)
            .on_store(store)
            .execute()
            .map_err(evaluation_error)
    })
}

/// Puts RDF into a graph, in place of what it holds if `replace`; says whether the graph was there before. Triples go into the graph, quads of
/// TriG or N-Quads are refused, and what nests deeper than `nesting`.
///
/// # Errors
/// [`QueryError::Syntax`] with the place, or what the store gives; nothing was changed then.
pub fn put_graph(
    store: &Store,
    graph: &GraphName,
    parts: &[Part<'_>],
    base: Option<&str>,
    replace: bool,
    nesting: usize,
) -> Result<bool, QueryError> {
    for part in parts {
        harmless(part, nesting)?;
    }
    on_large_stack(|| {
        let mut transaction = store.start_transaction().map_err(storage)?;
        let there = match graph {
            GraphName::NamedNode(name) => {
                transaction.contains_named_graph(name).map_err(storage)?
            }
            GraphName::BlankNode(_) | GraphName::DefaultGraph => true,
        };
        if replace {
            transaction.clear_graph(graph).map_err(storage)?;
        }
        if let GraphName::NamedNode(name) = graph {
            transaction.insert_named_graph(name);
        }
        for part in parts {
            let mut parser = RdfParser::from_format(part.format)
                .with_default_graph(graph.clone())
                .without_named_graphs()
                .rename_blank_nodes();
            if let Some(base) = base {
                parser = parser
                    .with_base_iri(base)
                    .map_err(|error| QueryError::Evaluation(format!("<{base}>: {error}")))?;
            }
            for quad in parser.for_slice(part.bytes) {
                transaction.insert(&quad.map_err(|error| document_error(&error))?);
            }
        }
        transaction.commit().map_err(storage)?;
        Ok(there)
    })
}

/// Removes a graph, or all of the default graph; says whether it was there.
///
/// # Errors
/// What the store gives.
pub fn remove_graph(store: &Store, graph: &GraphName) -> Result<bool, QueryError> {
    match graph {
        GraphName::NamedNode(name) => {
            let there = store.contains_named_graph(name).map_err(storage)?;
            store.remove_named_graph(name).map_err(storage)?;
            Ok(there)
        }
        GraphName::BlankNode(_) | GraphName::DefaultGraph => {
            store.clear_graph(graph).map_err(storage)?;
            Ok(true)
        }
    }
}

fn storage(error: oxigraph::store::StorageError) -> QueryError {
    QueryError::Store(error.into())
}

fn parse(request: &UpdateRequest) -> Result<Update, QueryError> {
    let mut parser = SparqlParser::new();
    if let Some(base) = &request.base {
        parser = parser
            .with_base_iri(base)
            .map_err(|error| QueryError::Evaluation(format!("<{base}>: {error}")))?;
    }
    let mut update = parser
        .parse_update(&request.sparql)
        .map_err(|error| syntax_error(&request.sparql, &[], &error.to_string()))?;
    let given = !request.using_graphs.is_empty() || !request.using_named_graphs.is_empty();
    let dataset = QueryDataset {
        default: graphs(&request.using_graphs)?,
        named: Some(graphs(&request.using_named_graphs)?),
    };
    for operation in &mut update.operations {
        if let GraphUpdateOperation::Load {
            silent,
            source,
            destination,
        } = operation
        {
            // what is loaded stands in place of the LOAD
            let data = match request.outside.load(source) {
                Ok(data) => data,
                Err(_) if *silent => Vec::new(),
                Err(error) => return Err(error),
            };
            let data = data
                .into_iter()
                .map(|triple| spargebra::term::Quad {
                    subject: triple.subject,
                    predicate: triple.predicate,
                    object: triple.object,
                    graph_name: destination.clone(),
                })
                .collect();
            *operation = GraphUpdateOperation::InsertData { data };
        }
        if let GraphUpdateOperation::DeleteInsert { using, .. } = operation
            && given
        {
            if using.is_some() {
                return Err(QueryError::Parameter {
                    name: "using-graph-uri".to_owned(),
                    message: "the update has USING or WITH itself (SPARQL 1.1 Protocol, 2.2.3)"
                        .to_owned(),
                });
            }
            *using = Some(dataset.clone());
        }
    }
    Ok(update)
}

fn graphs(iris: &[String]) -> Result<Vec<NamedNode>, QueryError> {
    iris.iter()
        .map(|iri| {
            NamedNode::new(iri).map_err(|error| QueryError::Parameter {
                name: "using-graph-uri".to_owned(),
                message: format!("<{iri}> is no IRI: {error}"),
            })
        })
        .collect()
}

fn evaluation_error(error: UpdateEvaluationError) -> QueryError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the engine's enum is non-exhaustive"
    )]
    match error {
        UpdateEvaluationError::Storage(error) => storage(error),
        UpdateEvaluationError::UnsupportedService(name) => {
            QueryError::Outside(format!("SERVICE {name} is not allowed here"))
        }
        UpdateEvaluationError::Service(error) => {
            QueryError::Outside(format!("SERVICE gave nothing: {error}"))
        }
        error => QueryError::Evaluation(error.to_string()),
    }
}

fn document_error(error: &oxigraph::io::RdfSyntaxError) -> QueryError {
    let number = |n: u64| usize::try_from(n).unwrap_or(0) + 1;
    let (line, column) = error.location().map_or((1, 1), |place| {
        (number(place.start.line), number(place.start.column))
    });
    QueryError::Syntax {
        line,
        column,
        message: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfFormat;

    fn done(store: &Store, sparql: &str) -> Result<(), QueryError> {
        let request = UpdateRequest {
            sparql: sparql.to_owned(),
            ..UpdateRequest::default()
        };
        update(store, &request)
    }

    #[test]
    fn an_update_is_done_whole_or_not() {
        let store = Store::new().unwrap();
        done(&store, "INSERT DATA { <http://a> <http://b> 1, 2 }").unwrap();
        assert_eq!(store.len().unwrap(), 2);
        let half = "INSERT DATA { <http://a> <http://b> 3 } ; CREATE GRAPH <http://g> ; CREATE GRAPH <http://g>";
        assert!(done(&store, half).is_err());
        assert_eq!(store.len().unwrap(), 2);
        let error = done(&store, "INSERT DATA {\n <http://a> }").unwrap_err();
        assert_eq!(error.position().map(|place| place.0), Some(2), "{error}");
        for reaches in [
            "LOAD <http://127.0.0.1:1/>",
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        ] {
            let error = done(&store, reaches).unwrap_err();
            assert!(
                matches!(error, QueryError::Outside(_)),
                "{reaches}: {error}"
            );
        }
        done(
            &store,
            "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://g>",
        )
        .unwrap();
        assert_eq!(store.len().unwrap(), 2);
    }

    #[test]
    fn bombs_are_refused() {
        let store = Store::new().unwrap();
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE r [\n<!ENTITY a \"aaaa\">]><r/>";
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        let json = RdfFormat::from_media_type("application/ld+json").unwrap();
        for (format, text) in [(RdfFormat::RdfXml, bomb), (json, deep.as_str())] {
            let part = Part {
                format,
                bytes: text.as_bytes(),
            };
            let put = put_graph(
                &store,
                &GraphName::DefaultGraph,
                &[part],
                None,
                false,
                MAX_NESTING,
            );
            assert!(matches!(put, Err(QueryError::TooDeep { .. })), "{put:?}");
        }
        let context = r#"{"@context": "http://127.0.0.1:1/context", "a": 1}"#;
        let part = Part {
            format: json,
            bytes: context.as_bytes(),
        };
        assert!(
            put_graph(
                &store,
                &GraphName::DefaultGraph,
                &[part],
                None,
                false,
                MAX_NESTING
            )
            .is_err()
        );
    }
}
