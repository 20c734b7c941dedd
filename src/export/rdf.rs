//! Quads of a store or of a document → RDF in a fixed order.

use super::ExportError;
use super::turtle::write_turtle;
use crate::query::{Answer, GraphFormat, Request, answer};
use crate::store::Store;
use oxigraph::io::RdfSerializer;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term};
use std::io::Write;

/// Which part of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The world: the default graph.
    World,
    /// Everything: the default graph and all named graphs.
    Everything,
    /// One named graph, by its IRI.
    Graph(String),
}

/// The quads of a part of a store, in export order ([`sort_quads`]).
///
/// # Errors
/// [`ExportError::Query`] when the store fails, [`ExportError::Format`] when a graph's name is no IRI.
pub fn quads_of(store: &Store, scope: &Scope) -> Result<Vec<Quad>, ExportError> {
    let graph = match scope {
        Scope::World => Some(GraphName::DefaultGraph),
        Scope::Everything => None,
        Scope::Graph(iri) => {
            Some(GraphName::from(NamedNode::new(iri).map_err(|error| {
                ExportError::Format(format!("<{iri}> is no IRI: {error}"))
            })?))
        }
    };
    let mut quads = match store {
        Store::Embedded(embedded) => embedded
            .engine()
            .quads_for_pattern(None, None, None, graph.as_ref().map(GraphName::as_ref))
            .collect::<Result<Vec<Quad>, _>>()
            .map_err(crate::store::StoreError::from)?,
        Store::Remote(_) => remote_quads(store, graph.as_ref())?,
    };
    sort_quads(&mut quads);
    Ok(quads)
}

fn remote_quads(store: &Store, graph: Option<&GraphName>) -> Result<Vec<Quad>, ExportError> {
    let pattern = match graph {
        None => "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }".to_owned(),
        Some(GraphName::DefaultGraph) => "?s ?p ?o".to_owned(),
        Some(name) => format!("GRAPH {name} {{ ?s ?p ?o }}"),
    };
    let request = Request::new(format!("SELECT ?s ?p ?o ?g WHERE {{ {pattern} }}"));
    let Answer::Rows { rows, .. } = answer(store, &request)? else {
        return Err(ExportError::Format("the store gave no rows".to_owned()));
    };
    let mut quads = Vec::with_capacity(rows.len());
    for row in rows {
        let [Some(s), Some(Term::NamedNode(p)), Some(o), g] = row.as_slice() else {
            continue;
        };
        let subject = match s {
            Term::NamedNode(node) => NamedOrBlankNode::from(node.clone()),
            Term::BlankNode(node) => NamedOrBlankNode::from(node.clone()),
            Term::Literal(_) | Term::Triple(_) => continue,
        };
        let name = match (g, graph) {
            (Some(Term::NamedNode(node)), _) => node.clone().into(),
            (_, Some(name)) => name.clone(),
            (_, None) => GraphName::DefaultGraph,
        };
        quads.push(Quad::new(subject, p.clone(), o.clone(), name));
    }
    Ok(quads)
}

/// Puts quads in export order: default graph first, then graphs, subjects, predicates (`rdf:type` first), objects, each
/// by its text; each quad once.
pub fn sort_quads(quads: &mut Vec<Quad>) {
    quads.sort_by_cached_key(|quad| {
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => String::new(),
            name @ (GraphName::NamedNode(_) | GraphName::BlankNode(_)) => name.to_string(),
        };
        let predicate = if quad.predicate.as_ref() == rdf::TYPE {
            String::new()
        } else {
            quad.predicate.as_str().to_owned()
        };
        // Without its brackets an IRI comes before those that begin with it.
        let subject = match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        (graph, subject, predicate, quad.object.to_string())
    });
    quads.dedup();
}

/// Writes quads as they come (sort them first), with the prefixes that they use. Formats without named graphs get every
/// triple in one graph.
///
/// # Errors
/// [`ExportError::Output`] when `out` fails, [`ExportError::Format`] for a prefix that is no IRI.
pub fn write_quads(
    quads: &[Quad],
    format: GraphFormat,
    prefixes: &[(&str, &str)],
    out: impl Write,
) -> Result<(), ExportError> {
    match format {
        GraphFormat::Turtle | GraphFormat::TriG => {
            return write_turtle(quads, prefixes, format.holds_datasets(), out);
        }
        GraphFormat::NTriples | GraphFormat::JsonLd | GraphFormat::RdfXml | GraphFormat::NQuads => {
        }
    }
    let mut serializer = RdfSerializer::from_format(format.engine());
    for (prefix, iri) in prefixes {
        if quads.iter().any(|quad| uses(quad, iri)) {
            serializer = serializer
                .with_prefix(*prefix, *iri)
                .map_err(|error| ExportError::Format(format!("prefix {prefix}: {error}")))?;
        }
    }
    let mut writer = serializer.for_writer(out);
    for quad in quads {
        let mut quad = quad.as_ref();
        if !format.holds_datasets() {
            quad.graph_name = GraphNameRef::DefaultGraph;
        }
        writer.serialize_quad(quad)?;
    }
    writer.finish()?;
    Ok(())
}

pub(super) fn uses(quad: &Quad, namespace: &str) -> bool {
    let in_namespace = |node: &NamedNode| node.as_str().starts_with(namespace);
    in_namespace(&quad.predicate)
        || matches!(&quad.subject, NamedOrBlankNode::NamedNode(node) if in_namespace(node))
        || matches!(&quad.graph_name, GraphName::NamedNode(node) if in_namespace(node))
        || match &quad.object {
            Term::NamedNode(node) => in_namespace(node),
            Term::Literal(literal) => literal.datatype().as_str().starts_with(namespace),
            Term::BlankNode(_) | Term::Triple(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{canonical, isomorphic};
    use oxigraph::io::RdfParser;
    use oxigraph::model::{BlankNode, Literal};

    fn sample() -> Vec<Quad> {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        let blank = BlankNode::new_unchecked("b");
        vec![
            Quad::new(
                node("s"),
                node("p"),
                Literal::new_simple_literal("a \"b\"\n"),
                GraphName::DefaultGraph,
            ),
            Quad::new(node("s"), rdf::TYPE, node("T"), GraphName::DefaultGraph),
            Quad::new(blank.clone(), node("p"), node("s"), node("g")),
            Quad::new(
                node("r"),
                node("q"),
                Literal::new_language_tagged_literal_unchecked("Perú", "es"),
                node("g"),
            ),
            Quad::new(node("r"), node("p"), blank, node("g")),
        ]
    }

    #[test]
    fn every_format_reads_back_as_the_same_data_and_is_the_same_whatever_the_order() {
        let prefixes = [("ex", "http://example.org/"), ("unused", "http://unused/")];
        for format in GraphFormat::ALL {
            let mut quads = sample();
            if !format.holds_datasets() {
                quads.retain(|quad| quad.graph_name == GraphName::DefaultGraph);
            }
            let write = |quads: &[Quad]| {
                let mut quads = quads.to_vec();
                sort_quads(&mut quads);
                let mut bytes = Vec::new();
                write_quads(&quads, *format, &prefixes, &mut bytes).unwrap();
                bytes
            };
            let bytes = write(&quads);
            let reversed: Vec<Quad> = quads.iter().rev().cloned().collect();
            assert_eq!(bytes, write(&reversed), "{}", format.name());
            let back: Vec<Quad> = RdfParser::from_format(format.engine())
                .for_reader(bytes.as_slice())
                .collect::<Result<_, _>>()
                .unwrap();
            assert!(isomorphic(&quads, &back).unwrap(), "{}", format.name());
        }
    }

    #[test]
    fn canonical_labels_do_not_depend_on_the_labels_given() {
        let renamed: Vec<Quad> = sample()
            .into_iter()
            .rev()
            .map(|mut quad| {
                let other = BlankNode::new_unchecked("zz");
                if let NamedOrBlankNode::BlankNode(_) = quad.subject {
                    quad.subject = other.clone().into();
                }
                if let Term::BlankNode(_) = quad.object {
                    quad.object = other.into();
                }
                quad
            })
            .collect();
        let first = canonical(&sample()).unwrap();
        assert_eq!(first, canonical(&renamed).unwrap());
        assert!(first.contains("_:c14n0"));
    }
}
