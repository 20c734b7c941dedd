//! A store, what a build wrote into it, or quads, against SHACL shapes: graph by graph, so that no more than the world and a few documents
//! stand in memory beside the store.

use super::{Changed, PREFIXES};
use crate::check::shacl::{Checked, Report, ShapeSource, Shapes};
use crate::diagnostic::Diagnostic;
use crate::export::{Depth, ExportError, Part, graph_quads, graphs_of, quads_of};
use crate::store::{Embedded, Store, StoreError};
use oxigraph::io::RdfFormat;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term,
};
use oxigraph::store::StorageError;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Documents' graphs that are checked at a time.
const TOGETHER: usize = 16;

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
    for graphs in graphs_of(store)?.chunks(TOGETHER) {
        let found: Vec<Result<Checked, ValidateError>> = graphs
            .par_iter()
            .map(|graph| {
                let quads = read(store, Some(graph))?;
                Ok(checked(shapes, &graph.clone().into(), &quads)?)
            })
            .collect();
        for checked in found {
            report.add(checked?);
        }
    }
    Ok(report)
}

/// Checks what a build wrote into a store: the graphs of documents, and things of the world with the classes of what they lead to.
///
/// # Errors
/// [`ValidateError`]: the store's or the validator's.
pub fn validate_changes(
    store: &Embedded,
    shapes: &Shapes,
    changed: &Changed,
) -> Result<Report, ValidateError> {
    let mut report = Report::default();
    let failed =
        |error: StorageError| ValidateError::Store(ExportError::from(StoreError::from(error)));
    let of = |subject: &str, predicate: Option<NamedNodeRef<'_>>| {
        let subject = NamedOrBlankNodeRef::from(NamedNodeRef::new_unchecked(subject));
        let world = Some(GraphNameRef::DefaultGraph);
        let found = store
            .engine()
            .quads_for_pattern(Some(subject), predicate, None, world);
        found.collect::<Result<Vec<Quad>, _>>().map_err(failed)
    };
    let mut quads = Vec::new();
    for subject in &changed.subjects {
        quads.extend(of(subject, None)?);
    }
    let beyond: BTreeSet<String> = quads
        .iter()
        .filter_map(|quad| match &quad.object {
            Term::NamedNode(node) => Some(node.as_str().to_owned()),
            Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_) => None,
        })
        .filter(|iri| !changed.subjects.contains(iri))
        .collect();
    for iri in &beyond {
        quads.extend(of(iri, Some(rdf::TYPE))?);
    }
    let mut world = checked(shapes, &GraphName::DefaultGraph, &quads)?;
    world.findings.retain(
        |finding| matches!(&finding.node.0, Term::NamedNode(node) if changed.subjects.contains(node.as_str())),
    );
    report.add(world);
    for graph in &changed.graphs {
        let name = NamedNode::new_unchecked(graph);
        let quads = store
            .engine()
            .quads_for_pattern(None, None, None, Some(name.as_ref().into()))
            .collect::<Result<Vec<Quad>, _>>()
            .map_err(failed)?;
        report.add(checked(shapes, &name.into(), &quads)?);
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
