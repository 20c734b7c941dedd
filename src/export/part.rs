//! A part of a store (all of it, what one document says, what is known of an entity or of two states) → its quads, with where they
//! come from and under which licence.
//!
//! All of a store and a document are read quad by quad. What belongs to an entity or to two states is found from node to node, so
//! the IRIs of its nodes are in memory: memory grows with the part, not with the store.

use super::ExportError;
use super::scan::{Graphs, Pattern, scan};
use super::terms::*;
use crate::store::Store;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;

/// Which part of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// What one document says: its graph, by its IRI.
    Document(NamedNode),
    /// What is known of an entity or event, by its IRI: the facts it stands in, what supports them, and the names of all
    /// that they name.
    Entity(NamedNode),
    /// What happened between two states or other bodies.
    Pair(NamedNode, NamedNode),
}

/// How much of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// In one graph, for formats without named graphs: the world with, for every claim that supports it, its words and its document, and for every
    /// document its title, publisher, licence and source. Of a [`Part::Document`] its graph.
    World,
    /// The world in the default graph and the documents' graphs. Of a document its graph alone. Of entities and pairs,
    /// of the documents' graphs the claims that support the facts; documents without their text.
    Graphs,
    /// As graphs; of a document also the facts that it tells.
    Facts,
}

/// Properties that make two bodies the two sides of a fact.
const SIDES: &[&str] = &[
    "from",
    "to",
    "party",
    "sending",
    "receiving",
    "of",
    "actor",
    "subject",
];
/// What is told of nodes that a part only names.
const NAMES: &[NamedNodeRef<'_>] = &[TYPE, LABEL, PREF_LABEL, KEY, HAS_GEOMETRY, AS_WKT, SOURCE];
/// What a document is told by where its text does not go along.
const DESCRIPTION: &[NamedNodeRef<'_>] = &[
    IDENTIFIER, TITLE, LANGUAGE, LICENSE, PUBLISHER, ISSUED, SOURCE, LABEL, IN_DATASET,
];

type Nodes = BTreeSet<NamedNode>;
type Each<'a> = dyn FnMut(Quad) -> Result<(), ExportError> + 'a;

/// Gives each quad of a part, in no order; some twice.
///
/// # Errors
/// [`ExportError::Query`] when the store fails, and what `each` gives.
pub fn quads_of(
    store: &Store,
    part: &Part,
    depth: Depth,
    each: &mut Each<'_>,
) -> Result<(), ExportError> {
    match (part, depth) {
        (Part::Whole, Depth::World) => {
            scan(store, Pattern::of(Graphs::World), each)?;
            attribution(store, each)
        }
        (Part::Whole, Depth::Graphs | Depth::Facts) => scan(store, Pattern::of(Graphs::All), each),
        (Part::Document(graph), Depth::World) => {
            scan(store, Pattern::of(Graphs::One(graph)), &mut in_one(each))
        }
        (Part::Document(graph), Depth::Graphs) => {
            scan(store, Pattern::of(Graphs::One(graph)), each)
        }
        (Part::Document(graph), Depth::Facts) => {
            scan(store, Pattern::of(Graphs::One(graph)), each)?;
            let mut facts = Nodes::new();
            let told = Pattern::of(Graphs::One(graph)).predicate(SUPPORTS);
            scan(store, told, &mut |quad| add_object(&mut facts, quad))?;
            world(store, facts, each).map(drop)
        }
        (Part::Entity(entity), _) => {
            let facts = facts_of(store, entity)?;
            selected(store, facts, depth, each)
        }
        (Part::Pair(a, b), _) => {
            let facts = &sides(store, a)? & &sides(store, b)?;
            selected(store, facts, depth, each)?;
            for state in [a, b] {
                describe(store, state, Graphs::World, NAMES, each)?;
            }
            Ok(())
        }
    }
}

/// The same quads without their graph's name.
fn in_one<'a>(each: &'a mut Each<'_>) -> impl FnMut(Quad) -> Result<(), ExportError> + 'a {
    |quad| {
        each(Quad {
            graph_name: GraphName::DefaultGraph,
            ..quad
        })
    }
}

/// What every claim rests on, and who published the documents, in the default graph.
fn attribution(store: &Store, each: &mut Each<'_>) -> Result<(), ExportError> {
    let mut each = in_one(each);
    let named = Pattern::of(Graphs::Named);
    scan(store, named.predicate(DERIVED_FROM), &mut each)?;
    scan(store, named.predicate(QUOTE), &mut each)?;
    let document = DOCUMENT.into_owned();
    scan(
        store,
        named.predicate(TYPE).object(&document),
        &mut |quad| {
            let (NamedOrBlankNode::NamedNode(node), GraphName::NamedNode(graph)) =
                (&quad.subject, &quad.graph_name)
            else {
                return Ok(());
            };
            describe(store, node, Graphs::One(graph), DESCRIPTION, &mut each)
        },
    )
}

/// What these properties say of a node.
fn describe(
    store: &Store,
    node: &NamedNode,
    graphs: Graphs<'_>,
    properties: &[NamedNodeRef<'_>],
    each: &mut Each<'_>,
) -> Result<(), ExportError> {
    scan(store, Pattern::of(graphs).subject(node), &mut |quad| {
        if properties.contains(&quad.predicate.as_ref()) {
            each(quad)
        } else {
            Ok(())
        }
    })
}

fn add_object(nodes: &mut Nodes, quad: Quad) -> Result<(), ExportError> {
    if let Term::NamedNode(node) = quad.object {
        nodes.insert(node);
    }
    Ok(())
}

fn add_subject(nodes: &mut Nodes, quad: Quad) -> Result<(), ExportError> {
    if let NamedOrBlankNode::NamedNode(node) = quad.subject {
        nodes.insert(node);
    }
    Ok(())
}

fn is_fact(store: &Store, node: &NamedNode) -> Result<bool, ExportError> {
    let mut found = false;
    let fact = FACT.into_owned();
    let pattern = Pattern::of(Graphs::World)
        .subject(node)
        .predicate(TYPE)
        .object(&fact);
    scan(store, pattern, &mut |_| {
        found = true;
        Ok(())
    })?;
    Ok(found)
}

/// An entity, and the facts in which it stands.
fn facts_of(store: &Store, entity: &NamedNode) -> Result<Nodes, ExportError> {
    let mut near = Nodes::new();
    scan(
        store,
        Pattern::of(Graphs::World).object(entity),
        &mut |quad| add_subject(&mut near, quad),
    )?;
    let mut facts = Nodes::from([entity.clone()]);
    for node in near {
        if is_fact(store, &node)? {
            facts.insert(node);
        }
    }
    Ok(facts)
}

/// The facts in which a body, or a government of it, is one of the sides.
fn sides(store: &Store, body: &NamedNode) -> Result<Nodes, ExportError> {
    let mut bodies = Nodes::from([body.clone()]);
    let governments = Pattern::of(Graphs::World).predicate(GOVERNS).object(body);
    scan(store, governments, &mut |quad| {
        add_subject(&mut bodies, quad)
    })?;
    let mut near = Nodes::new();
    for body in &bodies {
        scan(
            store,
            Pattern::of(Graphs::World).object(body),
            &mut |quad| {
                let name = quad
                    .predicate
                    .as_str()
                    .rsplit('#')
                    .next()
                    .unwrap_or_default();
                if SIDES.contains(&name) {
                    add_subject(&mut near, quad)
                } else {
                    Ok(())
                }
            },
        )?;
    }
    Ok(near)
}

/// Facts with all that stands behind them.
fn selected(
    store: &Store,
    facts: Nodes,
    depth: Depth,
    each: &mut Each<'_>,
) -> Result<(), ExportError> {
    let claims = world(store, facts, each)?;
    let mut graphs = BTreeSet::new();
    for claim in &claims {
        if depth == Depth::World {
            let mut each = in_one(each);
            describe(
                store,
                claim,
                Graphs::Named,
                &[DERIVED_FROM, QUOTE],
                &mut each,
            )?;
        }
        let mut passages = Nodes::new();
        scan(
            store,
            Pattern::of(Graphs::Named).subject(claim),
            &mut |quad| {
                if let (true, GraphName::NamedNode(graph), Term::NamedNode(document)) = (
                    quad.predicate.as_ref() == DERIVED_FROM,
                    &quad.graph_name,
                    &quad.object,
                ) {
                    graphs.insert((graph.clone(), document.clone()));
                }
                if quad.predicate.as_ref() == PASSAGE {
                    add_object(&mut passages, quad.clone())?;
                }
                if depth == Depth::World {
                    Ok(())
                } else {
                    each(quad)
                }
            },
        )?;
        if depth == Depth::World {
            continue;
        }
        for passage in passages {
            let mut selectors = Nodes::new();
            scan(
                store,
                Pattern::of(Graphs::Named).subject(&passage),
                &mut |quad| {
                    if quad.predicate.as_ref() == HAS_SELECTOR {
                        add_object(&mut selectors, quad.clone())?;
                    }
                    each(quad)
                },
            )?;
            for selector in selectors {
                scan(store, Pattern::of(Graphs::Named).subject(&selector), each)?;
            }
        }
    }
    for (graph, document) in graphs {
        if depth == Depth::World {
            let mut each = in_one(each);
            describe(
                store,
                &document,
                Graphs::One(&graph),
                DESCRIPTION,
                &mut each,
            )?;
        } else {
            scan(
                store,
                Pattern::of(Graphs::One(&graph)).subject(&document),
                &mut |quad| {
                    if quad.predicate.as_ref() == TEXT {
                        Ok(())
                    } else {
                        each(quad)
                    }
                },
            )?;
        }
    }
    Ok(())
}

/// All that the world says of these facts, with their values, disagreements, missions and relations, and the names of all
/// they name; gives the claims and accounts behind them.
fn world(store: &Store, facts: Nodes, each: &mut Each<'_>) -> Result<Nodes, ExportError> {
    let mut claims = Nodes::new();
    let mut named = Nodes::new();
    let mut told = Nodes::new();
    let mut open: Vec<NamedNode> = facts.into_iter().collect();
    while let Some(node) = open.pop() {
        if !told.insert(node.clone()) {
            continue;
        }
        scan(
            store,
            Pattern::of(Graphs::World).subject(&node),
            &mut |quad| {
                if let Term::NamedNode(object) = &quad.object {
                    let predicate = quad.predicate.as_ref();
                    if predicate == SUPPORTED_BY || predicate == ACCOUNT {
                        claims.insert(object.clone());
                    } else if predicate == VALUE || predicate == SIDE {
                        open.push(object.clone());
                    } else {
                        named.insert(object.clone());
                    }
                }
                each(quad)
            },
        )?;
        let conflicts = Pattern::of(Graphs::World).predicate(ABOUT).object(&node);
        scan(store, conflicts, &mut |quad| {
            if let NamedOrBlankNode::NamedNode(conflict) = quad.subject {
                open.push(conflict);
            }
            Ok(())
        })?;
    }
    let mut points = Nodes::new();
    for node in named.difference(&told) {
        describe(store, node, Graphs::World, NAMES, &mut |quad| {
            if quad.predicate.as_ref() == HAS_GEOMETRY {
                add_object(&mut points, quad.clone())?;
            }
            each(quad)
        })?;
    }
    for point in points {
        describe(store, &point, Graphs::World, NAMES, each)?;
    }
    Ok(claims)
}
