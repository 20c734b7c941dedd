//! A store, or the quads of a build, against SHACL shapes: graph by graph, so that no more than one stands in memory beside the store.

use super::PREFIXES;
use crate::check::shacl::{Checked, Report, ShapeSource, Shapes};
use crate::diagnostic::Diagnostic;
use crate::export::{Depth, ExportError, Part, graph_quads, graphs_of, quads_of};
use crate::store::Store;
use oxigraph::io::RdfFormat;
use oxigraph::model::{GraphName, NamedNode, Quad};
use std::collections::BTreeMap;

/// Why nothing could be validated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidateError {
    /// The shapes cannot be used, or the validator failed.
    #[error("{0}")]
    Shapes(Box<Diagnostic>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] ExportError),
}

impl From<Diagnostic> for ValidateError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Shapes(Box::new(diagnostic))
    }
}

/// The shapes of `ontology/shapes.ttl`: what a store that was built well looks like.
///
/// # Errors
/// A diagnostic when the program carries broken shapes.
pub fn own_shapes() -> Result<Shapes, Diagnostic> {
    let source = ShapeSource {
        name: "ontology/shapes.ttl",
        bytes: crate::describe::files::SHAPES.as_bytes(),
        format: RdfFormat::Turtle,
    };
    Shapes::parse(&[source], PREFIXES)
}

/// Checks the world and every named graph of a store, each by itself; with `whole`, all of them as one graph.
///
/// # Errors
/// [`ValidateError`]: the store's or the validator's.
pub fn validate(store: &Store, shapes: &Shapes, whole: bool) -> Result<Report, ValidateError> {
    let mut report = Report::default();
    if whole {
        let mut quads = Vec::new();
        let push = &mut |quad| -> Result<(), ExportError> {
            quads.push(quad);
            Ok(())
        };
        quads_of(store, &Part::Whole, Depth::Graphs, push)?;
        report.add(checked(shapes, &GraphName::DefaultGraph, &quads)?);
        return Ok(report);
    }
    report.add(checked(
        shapes,
        &GraphName::DefaultGraph,
        &read(store, None)?,
    )?);
    for graph in graphs_of(store)? {
        let quads = read(store, Some(&graph))?;
        report.add(checked(shapes, &graph.into(), &quads)?);
    }
    Ok(report)
}

/// Checks quads, each graph by itself; with `whole`, all of them as one graph.
///
/// # Errors
/// A diagnostic when the validator fails.
pub fn validate_quads(quads: &[Quad], shapes: &Shapes, whole: bool) -> Result<Report, Diagnostic> {
    let mut report = Report::default();
    if whole {
        report.add(checked(shapes, &GraphName::DefaultGraph, quads)?);
        return Ok(report);
    }
    let mut graphs: BTreeMap<String, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        let graph = match &quad.graph_name {
            // before all others
            GraphName::DefaultGraph => String::new(),
            name @ (GraphName::NamedNode(_) | GraphName::BlankNode(_)) => name.to_string(),
        };
        graphs.entry(graph).or_default().push(quad);
    }
    for quads in graphs.values() {
        if let Some(first) = quads.first() {
            report.add(shapes.check(&first.graph_name, quads)?);
        }
    }
    Ok(report)
}

/// The quads of one graph, in any order: findings are sorted.
fn read(store: &Store, graph: Option<&NamedNode>) -> Result<Vec<Quad>, ExportError> {
    let mut quads = Vec::new();
    graph_quads(store, graph, &mut |quad| {
        quads.push(quad);
        Ok(())
    })?;
    Ok(quads)
}

fn checked(shapes: &Shapes, graph: &GraphName, quads: &[Quad]) -> Result<Checked, Diagnostic> {
    shapes.check(graph, &quads.iter().collect::<Vec<_>>())
}
