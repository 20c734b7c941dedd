//! A store, what a build wrote into it, or quads, against SHACL shapes: graph by graph, and the world of a build a slice at a time, so that memory
//! does not grow with the store. Only shapes of others, which may look anywhere, get the world whole.

use super::{Changed, PREFIXES};
use crate::check::shacl::{Checked, Report, ShapeSource, Shapes};
use crate::diagnostic::Diagnostic;
use crate::export::{Depth, ExportError, Part, graph_quads, graphs_of, quads_of};
use crate::store::{Embedded, Store, StoreError};
use oxigraph::io::RdfFormat;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad,
    Term,
};
use oxigraph::store::StorageError;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Documents' graphs that are checked at a time.
const TOGETHER: usize = 16;
/// Quads of the world that are checked at a time, and those of one subject more.
const SLICE: usize = 20_000;

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

/// Checks all that a build from nothing wrote, against shapes that look at a node and at the classes of what it leads to: the world a slice at a
/// time, so that memory does not grow with the store.
///
/// # Errors
/// [`ValidateError`]: the store's or the validator's.
pub fn validate_built(store: &Embedded, shapes: &Shapes) -> Result<Report, ValidateError> {
    let mut report = Report::default();
    let mut world: Option<Checked> = None;
    let mut join = |found: Vec<Result<Checked, ValidateError>>| {
        for checked in found {
            let checked = checked?;
            match &mut world {
                Some(world) => world.join(checked),
                None => world = Some(checked),
            }
        }
        Ok::<(), ValidateError>(())
    };
    let mut slices: Vec<Vec<Quad>> = Vec::new();
    let mut slice: Vec<Quad> = Vec::new();
    let quads =
        store
            .engine()
            .quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
    for quad in quads {
        let quad = quad.map_err(failed)?;
        // the engine gives a subject's quads one after the other
        let next = slice
            .last()
            .is_some_and(|last| last.subject != quad.subject);
        if next && slice.len() >= SLICE {
            slices.push(std::mem::take(&mut slice));
            if slices.len() >= rayon::current_num_threads() {
                let part = |slice: &Vec<Quad>| nodes(store, shapes, slice);
                join(slices.par_iter().map(part).collect())?;
                slices.clear();
            }
        }
        slice.push(quad);
    }
    slices.push(slice);
    let part = |slice: &Vec<Quad>| nodes(store, shapes, slice);
    join(slices.par_iter().map(part).collect())?;
    if let Some(world) = world {
        report.add(world);
    }
    let names = graphs_of(&Store::Embedded(store.clone()))?;
    documents(store, shapes, &names, &mut report)?;
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
    let mut quads = Vec::new();
    for subject in &changed.subjects {
        quads.extend(of(store, subject, None)?);
    }
    report.add(nodes(store, shapes, &quads)?);
    let graphs = changed.graphs.iter();
    let graphs: Vec<NamedNode> = graphs.map(NamedNode::new_unchecked).collect();
    documents(store, shapes, &graphs, &mut report)?;
    Ok(report)
}

fn failed(error: StorageError) -> ValidateError {
    ValidateError::Store(ExportError::from(StoreError::from(error)))
}

/// What the world says of a subject.
fn of(
    store: &Embedded,
    subject: &str,
    predicate: Option<NamedNodeRef<'_>>,
) -> Result<Vec<Quad>, ValidateError> {
    let subject = NamedOrBlankNodeRef::from(NamedNodeRef::new_unchecked(subject));
    let world = Some(GraphNameRef::DefaultGraph);
    let found = store
        .engine()
        .quads_for_pattern(Some(subject), predicate, None, world);
    found.collect::<Result<Vec<Quad>, _>>().map_err(failed)
}

/// Checks nodes of the world; `quads` are all of them.
fn nodes(store: &Embedded, shapes: &Shapes, quads: &[Quad]) -> Result<Checked, ValidateError> {
    let own: BTreeSet<&str> = quads
        .iter()
        .filter_map(|quad| match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect();
    let led: BTreeSet<&str> = quads
        .iter()
        .filter_map(|quad| match &quad.object {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_) => None,
        })
        .filter(|iri| !own.contains(iri))
        .collect();
    let mut beyond = Vec::new();
    for iri in led {
        beyond.extend(of(store, iri, Some(rdf::TYPE))?);
    }
    let (own, beyond): (Vec<&Quad>, Vec<&Quad>) = (quads.iter().collect(), beyond.iter().collect());
    Ok(shapes.check_part(&GraphName::DefaultGraph, &own, &beyond)?)
}

/// Checks the graphs of documents, some at a time.
fn documents(
    store: &Embedded,
    shapes: &Shapes,
    graphs: &[NamedNode],
    report: &mut Report,
) -> Result<(), ValidateError> {
    for some in graphs.chunks(TOGETHER) {
        let found: Vec<Result<Checked, ValidateError>> = some
            .par_iter()
            .map(|graph| {
                let name = Some(GraphNameRef::from(graph.as_ref()));
                let quads = store.engine().quads_for_pattern(None, None, None, name);
                let quads = quads.collect::<Result<Vec<Quad>, _>>().map_err(failed)?;
                Ok(checked(shapes, &graph.clone().into(), &quads)?)
            })
            .collect();
        for checked in found {
            report.add(checked?);
        }
    }
    Ok(())
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
