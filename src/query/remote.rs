//! A request and a remote SPARQL 1.1 store → its answer.

use super::QueryError;
use super::answer::Answer;
use super::lexical::asks_services;
use super::run::{Request, syntax_error};
use super::stack::on_large_stack;
use crate::store::{Remote, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Triple;
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use spargebra::SparqlParser;

/// Whether the query is SPARQL, and asks no service that it may not.
fn proper(request: &Request) -> Result<(), QueryError> {
    if request.outside.is_empty() && asks_services(&request.sparql) {
        return Err(QueryError::Outside(
            "SERVICE is not allowed here".to_owned(),
        ));
    }
    on_large_stack(|| {
        let mut parser = SparqlParser::new();
        for (prefix, iri) in &request.prefixes {
            parser = parser
                .with_prefix(prefix, iri)
                .map_err(|error| QueryError::Parameter {
                    name: prefix.clone(),
                    message: format!("<{iri}> is no IRI: {error}"),
                })?;
        }
        if let Some(base) = &request.base {
            parser = parser
                .with_base_iri(base)
                .map_err(|error| QueryError::Evaluation(format!("<{base}>: {error}")))?;
        }
        parser
            .parse_query(&request.sparql)
            .map(drop)
            .map_err(|error| syntax_error(&request.sparql, &request.prefixes, &error.to_string()))
    })
}

/// What the other store says of the query, and not of itself, is the query's fault.
fn refused(error: StoreError) -> QueryError {
    if let StoreError::Remote {
        url,
        status: Some(400 | 413 | 414 | 422),
        message,
    } = &error
    {
        return QueryError::Evaluation(format!("{url} refuses the query: {message}"));
    }
    error.into()
}

/// The query with the prefixes that it uses and does not declare put before its first line.
fn prefixed(request: &Request) -> String {
    let sparql = &request.sparql;
    let lower = sparql.to_ascii_lowercase();
    let mut header = String::new();
    for (prefix, iri) in &request.prefixes {
        let declared = lower
            .split("prefix")
            .skip(1)
            .any(|rest| rest.trim_start().starts_with(&format!("{prefix}:")));
        if sparql.contains(&format!("{prefix}:")) && !declared {
            header.push_str(&format!("PREFIX {prefix}: <{iri}> "));
        }
    }
    header + sparql
}

/// Asks a remote store. The query is parsed here first: what is wrong with it is told with its place, and `SERVICE` reaches from there what it may
/// reach from here.
pub(super) fn answer_remote(store: &Remote, request: &Request) -> Result<Answer, QueryError> {
    proper(request)?;
    let got = store
        .query(
            &prefixed(request),
            &request.default_graphs,
            &request.named_graphs,
            request.timeout,
        )
        .map_err(refused)?;
    let bad = |message: String| {
        QueryError::Store(StoreError::Remote {
            url: store.url().to_owned(),
            status: None,
            message,
        })
    };
    let limit = request.max_rows.unwrap_or(usize::MAX);
    if let Some(format) = QueryResultsFormat::from_media_type(&got.media_type) {
        let parsed = QueryResultsParser::from_format(format)
            .for_reader(got.body.as_slice())
            .map_err(|error| bad(error.to_string()))?;
        match parsed {
            ReaderQueryResultsParserOutput::Boolean(value) => Ok(Answer::Boolean(value)),
            ReaderQueryResultsParserOutput::Solutions(solutions) => {
                let variables = super::names(solutions.variables());
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution.map_err(|error| bad(error.to_string()))?;
                    rows.push(
                        variables
                            .iter()
                            .map(|v| solution.get(v.as_str()).cloned())
                            .collect(),
                    );
                    if rows.len() > limit {
                        return Err(QueryError::TooManyRows { limit });
                    }
                }
                Ok(Answer::Rows { variables, rows })
            }
        }
    } else if let Some(format) = RdfFormat::from_media_type(&got.media_type) {
        let mut graph = Vec::new();
        for quad in RdfParser::from_format(format).for_reader(got.body.as_slice()) {
            graph.push(Triple::from(quad.map_err(|error| bad(error.to_string()))?));
            if graph.len() > limit {
                return Err(QueryError::TooManyRows { limit });
            }
        }
        Ok(Answer::Graph(graph))
    } else {
        Err(bad(format!(
            "answered with {:?}, which holds no SPARQL results and no graph",
            got.media_type
        )))
    }
}
