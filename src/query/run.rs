//! A request and a store → its answer, within limits: checked before it is parsed, parsed and evaluated on a large stack,
//! stopped at its time limit.

use super::answer::Answer;
use super::lexical::{check_within, undeclared_prefix};
use super::remote::answer_remote;
use super::stack::{STACK, broke_off, here, is_large};
use super::{CancellationToken, MAX_NESTING, Outside, QueryError};
use crate::store::{Embedded, Store};
use crate::text::TextIndex;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Triple};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator};
use std::collections::HashSet;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a query that was told to stop may go on before its thread is given up.
const GRACE: Duration = Duration::from_millis(500);

/// What to ask, and within which limits.
#[derive(Clone, Default)]
pub struct Request {
    /// SPARQL 1.1 Query.
    pub sparql: String,
    /// `default-graph-uri`s of the protocol; where these or `named_graphs` are given they replace FROM and FROM NAMED.
    pub default_graphs: Vec<String>,
    /// `named-graph-uri`s of the protocol.
    pub named_graphs: Vec<String>,
    /// Time limit; none when absent.
    pub timeout: Option<Duration>,
    /// Most rows or triples of the answer; no limit when absent.
    pub max_rows: Option<usize>,
    /// Prefixes that the query may use without declaring them, as (prefix, IRI).
    pub prefixes: Vec<(String, String)>,
    /// What relative IRIs begin with, where the query has no BASE.
    pub base: Option<String>,
    /// What `SERVICE` may reach.
    pub outside: Outside,
    /// Deepest nesting of brackets; [`MAX_NESTING`] when absent.
    pub nesting: Option<usize>,
    /// Cancel it to stop the query (a client that went away).
    pub cancel: Option<CancellationToken>,
}

impl Request {
    /// A query without limits.
    #[must_use]
    pub fn new(sparql: impl Into<String>) -> Self {
        Self {
            sparql: sparql.into(),
            ..Self::default()
        }
    }

    /// The same with prefixes that need no declaration.
    #[must_use]
    pub fn knowing(mut self, prefixes: &[(&str, &str)]) -> Self {
        self.prefixes = prefixes
            .iter()
            .map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()))
            .collect();
        self
    }

    /// The same with a time limit.
    #[must_use]
    pub fn within(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

/// Asks a store. The whole answer is in memory when this returns, so that what fails, fails before a byte is written.
/// Blocks: call it through `spawn_blocking` from async code. `SERVICE` reaches what [`Request::outside`] allows.
///
/// # Errors
/// [`QueryError`]: the query's fault, a limit, or the store's.
pub fn answer(store: &Store, request: &Request) -> Result<Answer, QueryError> {
    check_within(&request.sparql, request.nesting.unwrap_or(MAX_NESTING))?;
    match store {
        Store::Embedded(store) => answer_embedded(store, request),
        Store::Remote(store) => answer_remote(store, request),
    }
}

fn answer_embedded(store: &Embedded, request: &Request) -> Result<Answer, QueryError> {
    let cancel = request.cancel.clone().unwrap_or_default();
    if request.timeout.is_none() && is_large() {
        return here(|| evaluate(store, request, cancel));
    }
    let (sender, receiver) = channel();
    let thread = {
        let (store, request, cancel) = (store.clone(), request.clone(), cancel.clone());
        std::thread::Builder::new()
            .name("query".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                let result = evaluate(&store, &request, cancel);
                drop(store);
                // Nobody listens any more when the time limit was reached.
                let _ = sender.send(result);
            })?
    };
    let result = match request.timeout {
        None => receiver.recv().map_err(|_| broke_off()),
        Some(timeout) => match receiver.recv_timeout(timeout) {
            Ok(result) => Ok(result),
            Err(RecvTimeoutError::Disconnected) => Err(broke_off()),
            Err(RecvTimeoutError::Timeout) => {
                cancel.cancel();
                let timed_out = Err(QueryError::Timeout {
                    seconds: timeout.as_secs(),
                });
                // Let it give back its memory; what it found is not wanted.
                if receiver.recv_timeout(GRACE).is_err() {
                    return timed_out;
                }
                Ok(timed_out)
            }
        },
    };
    // RocksDB cleans up when a thread ends, which must be over before the process ends.
    let _ = thread.join();
    result?
}

fn evaluate(
    store: &Embedded,
    request: &Request,
    cancel: CancellationToken,
) -> Result<Answer, QueryError> {
    let deadline = request.timeout.map(|timeout| Instant::now() + timeout);
    // The SHACL validator switches on the engine's HTTP client, for the whole program.
    let mut evaluator = SparqlEvaluator::new()
        .without_default_http_service_handler()
        .with_cancellation_token(cancel);
    if !request.outside.is_empty() {
        evaluator = evaluator.with_default_service_handler(request.outside.clone());
    }
    if let Some(base) = &request.base {
        evaluator = evaluator
            .with_base_iri(base)
            .map_err(|error| QueryError::Evaluation(format!("<{base}>: {error}")))?;
    }
    for (prefix, iri) in &request.prefixes {
        evaluator = evaluator
            .with_prefix(prefix, iri)
            .map_err(|error| QueryError::Parameter {
                name: prefix.clone(),
                message: format!("<{iri}> is no IRI: {error}"),
            })?;
    }
    let mut prepared = evaluator
        .parse_query(&request.sparql)
        .map_err(|error| syntax_error(&request.sparql, &request.prefixes, &error.to_string()))?;
    if !request.default_graphs.is_empty() || !request.named_graphs.is_empty() {
        let dataset = prepared.dataset_mut();
        let default: Vec<GraphName> = graphs(&request.default_graphs)?
            .into_iter()
            .map(GraphName::from)
            .collect();
        let named: Vec<NamedOrBlankNode> = graphs(&request.named_graphs)?
            .into_iter()
            .map(NamedOrBlankNode::from)
            .collect();
        dataset.set_default_graph(default);
        dataset.set_available_named_graphs(named);
    }
    let limit = request.max_rows.unwrap_or(usize::MAX);
    // The engine looks at its token in few places; between rows we look at the clock ourselves.
    let within = |rows: usize| {
        if rows > limit {
            Err(QueryError::TooManyRows { limit })
        } else if deadline.is_some_and(|deadline| Instant::now() > deadline) {
            Err(QueryError::Cancelled)
        } else {
            Ok(())
        }
    };
    match prepared
        .on_store(store.engine())
        .execute()
        .map_err(evaluation_error)?
    {
        QueryResults::Boolean(value) => Ok(Answer::Boolean(value)),
        QueryResults::Solutions(solutions) => {
            let variables = super::names(solutions.variables());
            let mut rows = Vec::new();
            for solution in solutions {
                rows.push(solution.map_err(evaluation_error)?.values().to_vec());
                within(rows.len())?;
            }
            Ok(Answer::Rows { variables, rows })
        }
        QueryResults::Graph(triples) => {
            let mut seen: HashSet<Triple> = HashSet::new();
            let mut graph: Vec<Triple> = Vec::new();
            for triple in triples {
                let triple = triple.map_err(evaluation_error)?;
                if seen.insert(triple.clone()) {
                    graph.push(triple);
                }
                within(graph.len())?;
            }
            Ok(Answer::Graph(graph))
        }
    }
}

fn graphs(iris: &[String]) -> Result<Vec<NamedNode>, QueryError> {
    iris.iter()
        .map(|iri| {
            NamedNode::new(iri).map_err(|error| QueryError::Parameter {
                name: "graph".to_owned(),
                message: format!("<{iri}> is no IRI: {error}"),
            })
        })
        .collect()
}

fn evaluation_error(error: QueryEvaluationError) -> QueryError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the engine's enum is non-exhaustive"
    )]
    match error {
        QueryEvaluationError::Cancelled => QueryError::Cancelled,
        QueryEvaluationError::Service(error) => {
            QueryError::Outside(format!("SERVICE gave nothing: {error}"))
        }
        QueryEvaluationError::UnsupportedService(name) => {
            QueryError::Outside(format!("SERVICE {name} is not allowed here"))
        }
        error => QueryError::Evaluation(error.to_string()),
    }
}

/// The engine gives its place only in its message: `error at 1:12: expected one of "{", …`, and lists there every
/// character that could stand in a name.
pub(super) fn syntax_error(
    query: &str,
    prefixes: &[(String, String)],
    message: &str,
) -> QueryError {
    if let Some((prefix, span)) = undeclared_prefix(query, prefixes) {
        let position = TextIndex::new(query).position(span.start);
        return QueryError::Syntax {
            line: position.line,
            column: position.column,
            message: format!("the prefix {prefix}: is not declared; add PREFIX {prefix}: <…>"),
        };
    }
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (place, expected) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?, expected))
    });
    let Some((line, column, expected)) = place else {
        return QueryError::Syntax {
            line: 1,
            column: 1,
            message: message.to_owned(),
        };
    };
    let found = query
        .lines()
        .nth(line - 1)
        .and_then(|text: &str| {
            text.char_indices()
                .nth(column - 1)
                .and_then(|(at, _)| text.get(at..))
        })
        .and_then(|rest| rest.split_whitespace().next())
        .map_or_else(
            || "the end of the line".to_owned(),
            |word| format!("{:?}", word.chars().take(30).collect::<String>()),
        );
    let wanted: Vec<&str> = expected
        .trim_start_matches("expected ")
        .trim_start_matches("one of ")
        .split(", ")
        .filter(|token| token.starts_with('"') || token.chars().all(char::is_alphabetic))
        .collect();
    let message = match wanted.as_slice() {
        [] => format!("{found} cannot stand here"),
        [one] => format!("{found} cannot stand here; {one} is expected"),
        many => {
            let shown: Vec<&str> = many.iter().take(12).copied().collect();
            let more = if many.len() > shown.len() { " …" } else { "" };
            format!(
                "{found} cannot stand here; one of {}{more} is expected",
                shown.join(" ")
            )
        }
    };
    QueryError::Syntax {
        line,
        column,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Quad};

    fn store() -> Store {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        Store::in_memory((0..200).map(|i| {
            Quad::new(
                node(&format!("s{i}")),
                node("p"),
                node("o"),
                GraphName::DefaultGraph,
            )
        }))
        .unwrap()
    }

    #[test]
    fn errors_carry_their_place() {
        let error = answer(&store(), &Request::new("SELECT *\nWHERE { ?s ?p }")).unwrap_err();
        assert_eq!(error.position().map(|p| p.0), Some(2), "{error}");
        assert!(matches!(error, QueryError::Syntax { .. }));
        let error = answer(
            &store(),
            &Request::new("PREFIX a: <http://a/>\nASK { ?s a:x b:y }"),
        )
        .unwrap_err();
        assert_eq!(error.position(), Some((2, 14)));
        assert!(error.to_string().contains("prefix b:"), "{error}");
        let error = answer(&store(), &Request::new("SELECT ?s WHERE ?s }")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 1, column 17: \"?s\" cannot stand here; \"{\" is expected"
        );
    }

    #[test]
    fn limits_hold() {
        let slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
        let begun = Instant::now();
        let error = answer(
            &store(),
            &Request::new(slow).within(Duration::from_millis(200)),
        );
        assert!(matches!(error, Err(QueryError::Timeout { .. })));
        assert!(begun.elapsed() < Duration::from_secs(5));
        let request = Request {
            max_rows: Some(10),
            ..Request::new("SELECT * { ?s ?p ?o }")
        };
        assert!(matches!(
            answer(&store(), &request),
            Err(QueryError::TooManyRows { limit: 10 })
        ));
    }

    #[test]
    fn deep_queries_are_answered_or_refused_but_do_not_end_the_process() {
        let nested = |n: usize| format!("ASK {{ FILTER {}1{} }}", "(".repeat(n), ")".repeat(n));
        assert!(answer(&store(), &Request::new(nested(99))).is_ok());
        assert!(answer(&store(), &Request::new(nested(2000))).is_err());
        let groups = |n: usize| format!("ASK {}{}", "{".repeat(n), "}".repeat(n));
        assert!(answer(&store(), &Request::new(groups(100))).is_ok());
        let not = format!("ASK {{ FILTER({}true) }}", "!".repeat(900));
        assert!(answer(&store(), &Request::new(not)).is_ok());
    }

    #[test]
    fn service_reaches_no_address() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let query = format!("SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}");
        let request = Request::new(query).within(Duration::from_secs(5));
        assert!(answer(&store(), &request).is_err());
        assert!(listener.accept().is_err(), "something connected");
    }
}
