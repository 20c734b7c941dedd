//! The process of the one worker that writes: changes from standard input, one after the other → the live database, and generations of it.

use super::process::{end_with_the_server, limit, output};
use super::{Change, Order, Reply, frame};
use crate::query::{Outside, Part, UpdateRequest, put_graph, remove_graph, update};
use crate::serve::evaluate;
use crate::serve::problem::{Kind, Problem};
use crate::store::Live;
use oxigraph::io::RdfFormat;
use oxigraph::model::{GraphName, NamedNode};
use std::io;
use std::path::Path;
use std::time::Instant;
use tracing::{debug, info};

/// Works until standard input ends. A change that was not published when it does is not there when the store is opened again.
///
/// # Errors
/// When the pipes fail.
pub fn work_writing(store: &str, memory: u64, outside: &Outside) -> io::Result<()> {
    limit(memory);
    end_with_the_server()?;
    let mut jobs = io::stdin().lock();
    let mut out = output()?;
    let mut live = match Live::open(Path::new(store)) {
        Ok(live) => live,
        Err(error) => {
            let failed = Reply::Failed(Problem::new(Kind::Store, error.to_string()));
            return frame::write(&mut out, &failed, &[]);
        }
    };
    let open = Reply::Open {
        version: Some(live.version().to_owned()),
    };
    frame::write(&mut out, &open, &[])?;
    while let Some((Order { id, job: change }, body)) = frame::read(&mut jobs)? {
        let (what, start) = (Change::name(&change), Instant::now());
        if let Change::Update { text, .. } = &change {
            debug!(id, update = text, "asked");
        }
        let outcome = apply(&mut live, change, &body, outside);
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        match &outcome {
            Ok(_) => info!(id, what, ms, "wrote"),
            Err(problem) => info!(id, what, ms, problem = problem.name(), "wrote"),
        }
        let reply = outcome.unwrap_or_else(Reply::Failed);
        frame::write(&mut out, &reply, &[])?;
    }
    Ok(())
}

fn apply(
    live: &mut Live,
    change: Change,
    body: &[u8],
    outside: &Outside,
) -> Result<Reply, Problem> {
    let there = match change {
        Change::Publish => {
            let version = live
                .publish()
                .map_err(|error| Problem::new(Kind::Store, error.to_string()))?;
            return Ok(Reply::Open {
                version: Some(version),
            });
        }
        Change::Update {
            text,
            using,
            using_named,
            base,
            nesting,
        } => {
            let request = UpdateRequest {
                sparql: text,
                using_graphs: using,
                using_named_graphs: using_named,
                base,
                outside: outside.clone(),
                nesting: Some(nesting),
            };
            update(live.engine(), &request).map(|()| true)
        }
        Change::Put {
            graph,
            parts,
            base,
            replace,
            nesting,
        } => {
            let mut rest = body;
            let mut documents = Vec::new();
            for (media, length) in &parts {
                let (bytes, after) = rest.split_at(rest.len().min(*length));
                rest = after;
                documents.push(Part {
                    format: RdfFormat::from_media_type(media).ok_or_else(|| {
                        Problem::new(Kind::UnsupportedMediaType, format!("{media} is no RDF."))
                    })?,
                    bytes,
                });
            }
            let graph = named(graph)?;
            let base = base.as_deref();
            put_graph(live.engine(), &graph, &documents, base, replace, nesting)
        }
        Change::Remove { graph } => remove_graph(live.engine(), &named(graph)?),
    };
    there
        .map(|there| Reply::Changed { there })
        .map_err(evaluate::problem)
}

fn named(graph: Option<String>) -> Result<GraphName, Problem> {
    match graph {
        None => Ok(GraphName::DefaultGraph),
        Some(iri) => NamedNode::new(iri).map(GraphName::from).map_err(|error| {
            Problem::new(Kind::BadRequest, format!("The graph is no IRI: {error}"))
        }),
    }
}
