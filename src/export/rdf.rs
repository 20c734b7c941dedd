//! Sorted quads → RDF in every format, as they come.

use super::ExportError;
use super::canonical::canonical_line;
use super::jsonld::write_jsonld;
use super::sort::{Order, Sorted, Sorter};
use super::turtle::write_turtle;
use crate::query::GraphFormat;
use oxigraph::io::RdfSerializer;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad};
use std::collections::BTreeSet;
use std::io::Write;

/// A way to write quads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RdfFormat {
    /// One of the formats that answers have as well.
    Graph(GraphFormat),
    /// Canonical N-Quads, by RDFC-1.0.
    Canonical,
}

impl RdfFormat {
    /// The one of that name on the command line.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if name == "canonical" {
            Some(Self::Canonical)
        } else {
            GraphFormat::parse(name).map(Self::Graph)
        }
    }

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Graph(format) => format.name(),
            Self::Canonical => "nq",
        }
    }

    /// Whether it can hold named graphs.
    #[must_use]
    pub fn holds_datasets(self) -> bool {
        match self {
            Self::Graph(format) => format.holds_datasets(),
            Self::Canonical => true,
        }
    }

    /// The order in which it wants its quads.
    #[must_use]
    pub fn order(self) -> Order {
        match self {
            Self::Graph(_) => Order::Reading,
            Self::Canonical => Order::Canonical,
        }
    }
}

/// How IRIs are shortened for readers.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// Prefixes and their namespaces.
    pub prefixes: &'a [(&'a str, &'a str)],
    /// Where entities live; Turtle, TriG and JSON-LD write what is below it as relative IRIs.
    pub base: &'a str,
}

/// Sorts quads and writes them, with the prefixes that they use and without relative IRIs; for what fits in memory.
///
/// # Errors
/// As [`write_rdf`].
pub fn write_quads(
    quads: impl IntoIterator<Item = Quad>,
    format: GraphFormat,
    prefixes: &[(&str, &str)],
    out: impl Write,
) -> Result<(), ExportError> {
    let format = RdfFormat::Graph(format);
    let mut sorter = Sorter::new(format.order());
    for mut quad in quads {
        if !format.holds_datasets() {
            quad.graph_name = GraphName::DefaultGraph;
        }
        sorter.push(quad)?;
    }
    write_rdf(sorter.finish()?, format, Style { prefixes, base: "" }, out)
}

/// Writes sorted quads with the prefixes that they use; one is in memory at a time, for JSON-LD those of one subject. Formats
/// without named graphs get every triple in one graph: take the graph's name from the quads before they are sorted.
///
/// # Errors
/// [`ExportError::Output`] when `out` fails, [`ExportError::Format`] for what the format cannot hold.
pub fn write_rdf(
    quads: Sorted,
    format: RdfFormat,
    style: Style<'_>,
    mut out: impl Write,
) -> Result<(), ExportError> {
    let names = Names::used(style.prefixes, style.base, &quads.terms);
    match format {
        RdfFormat::Canonical => {
            for quad in quads {
                writeln!(out, "{}", canonical_line(&quad?))?;
            }
            out.flush()?;
            Ok(())
        }
        RdfFormat::Graph(GraphFormat::Turtle | GraphFormat::TriG) => {
            write_turtle(quads, &names, format.holds_datasets(), out)
        }
        RdfFormat::Graph(GraphFormat::JsonLd) => write_jsonld(quads, style, out),
        RdfFormat::Graph(
            format @ (GraphFormat::NTriples | GraphFormat::RdfXml | GraphFormat::NQuads),
        ) => {
            let mut serializer = RdfSerializer::from_format(format.engine());
            for (prefix, iri) in &names.prefixes {
                serializer = serializer
                    .with_prefix(*prefix, *iri)
                    .map_err(|error| ExportError::Format(format!("prefix {prefix}: {error}")))?;
            }
            let mut writer = serializer.for_writer(out);
            for quad in quads {
                let quad = quad?;
                let mut quad = quad.as_ref();
                if !format.holds_datasets() {
                    quad.graph_name = GraphNameRef::DefaultGraph;
                }
                writer.serialize_quad(quad)?;
            }
            writer.finish()?.flush()?;
            Ok(())
        }
    }
}

/// The prefixes that an export uses, sorted, and its base where relative IRIs work with it.
#[derive(Debug)]
pub(super) struct Names<'a> {
    pub(super) prefixes: Vec<(&'a str, &'a str)>,
    pub(super) base: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// Of these prefixes those that predicates, classes and datatypes need.
    pub(super) fn used(
        prefixes: &[(&'a str, &'a str)],
        base: &'a str,
        terms: &BTreeSet<NamedNode>,
    ) -> Self {
        let mut used: Vec<(&str, &str)> = prefixes
            .iter()
            .filter(|(_, iri)| terms.iter().any(|term| term.as_str().starts_with(iri)))
            .copied()
            .collect();
        used.sort_unstable();
        Self {
            prefixes: used,
            base: base.ends_with('/').then_some(base),
        }
    }

    /// Prefix and last part of an IRI whose last part is a plain word.
    pub(super) fn prefixed<'n>(&self, node: &'n NamedNode) -> Option<(&'a str, &'n str)> {
        self.prefixes.iter().find_map(|(prefix, iri)| {
            let local = node.as_str().strip_prefix(iri)?;
            is_plain(local).then_some((*prefix, local))
        })
    }

    /// What stands after the base, where resolving it gives the IRI again.
    pub(super) fn relative<'n>(&self, node: &'n NamedNode) -> Option<&'n str> {
        let path = node.as_str().strip_prefix(self.base?)?;
        let safe = path
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~%/".contains(&b))
            && path.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !path.split('/').any(|part| matches!(part, "." | ".."));
        safe.then_some(path)
    }
}

/// A local name that needs no escapes: a letter, then letters, digits, `_` and `-`.
fn is_plain(local: &str) -> bool {
    local.starts_with(|c: char| c.is_ascii_alphabetic())
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Sorter, canonical, isomorphic};
    use oxigraph::io::RdfParser;
    use oxigraph::model::vocab::rdf;
    use oxigraph::model::{BlankNode, GraphName, Literal, NamedOrBlankNode, Quad, Term};

    const STYLE: Style<'static> = Style {
        prefixes: &[("ex", "http://example.org/"), ("unused", "http://unused/")],
        base: "http://example.org/id/",
    };

    fn sample() -> Vec<Quad> {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        let dip = |local: &str| {
            NamedNode::new_unchecked(format!("https://w3id.org/chancery/ontology#{local}"))
        };
        let label = NamedNode::new_unchecked("http://www.w3.org/2000/01/rdf-schema#label");
        let blank = BlankNode::new_unchecked("b");
        let plain = Literal::new_simple_literal;
        let spanish = |text: &str| Literal::new_language_tagged_literal_unchecked(text, "es");
        let typed =
            |text: &str, iri: &str| Literal::new_typed_literal(text, NamedNode::new_unchecked(iri));
        let edtf = "http://id.loc.gov/datatypes/edtf/EDTF";
        let world =
            |s: NamedNode, p: NamedNode, o: Term| Quad::new(s, p, o, GraphName::DefaultGraph);
        vec![
            world(node("s"), node("p"), plain("a \"b\"\n").into()),
            world(node("s"), rdf::TYPE.into(), node("T").into()),
            world(node("s"), rdf::TYPE.into(), dip("Visit").into()),
            world(node("s"), label.clone(), plain("no language").into()),
            world(node("s"), label.clone(), spanish("Perú").into()),
            world(node("s"), label.clone(), spanish("El Perú").into()),
            world(node("s"), label, Literal::from(7).into()),
            world(node("s"), dip("to"), node("id/state/a").into()),
            world(node("s"), dip("to"), node("id/../state/a").into()),
            world(node("s"), dip("to"), node("id/sta:te/é").into()),
            world(node("s"), dip("to"), plain("id/state/a").into()),
            world(node("s"), dip("start"), typed("1960-02", edtf).into()),
            world(node("s"), dip("start"), plain("1960-02").into()),
            world(node("s"), dip("start"), spanish("1960-02").into()),
            world(
                node("s"),
                dip("order"),
                typed("1", "http://www.w3.org/2001/XMLSchema#integer").into(),
            ),
            world(
                node("s"),
                dip("order"),
                typed("01", "http://www.w3.org/2001/XMLSchema#integer").into(),
            ),
            world(
                node("s"),
                dip("confidence"),
                typed("0.90", "http://www.w3.org/2001/XMLSchema#decimal").into(),
            ),
            world(node("s"), dip("onProperty"), dip("start").into()),
            world(node("s"), dip("onProperty"), node("start").into()),
            world(node("s"), dip("nobody-defined-it"), node("x").into()),
            Quad::new(blank.clone(), node("p"), node("s"), node("g")),
            Quad::new(node("r"), node("q"), spanish("Perú"), node("g")),
            Quad::new(node("r"), node("p"), blank, node("g")),
        ]
    }

    #[test]
    fn every_format_reads_back_as_the_same_data_and_is_the_same_whatever_the_order() {
        let formats = GraphFormat::ALL
            .iter()
            .map(|&format| RdfFormat::Graph(format));
        for format in formats.chain([RdfFormat::Canonical]) {
            let mut quads = sample();
            if !format.holds_datasets() {
                quads.retain(|quad| quad.graph_name == GraphName::DefaultGraph);
            }
            let write = |quads: &mut dyn Iterator<Item = &Quad>| {
                let mut sorter = Sorter::new(format.order());
                for quad in quads {
                    sorter.push(quad.clone()).unwrap();
                }
                let mut bytes = Vec::new();
                write_rdf(sorter.finish().unwrap(), format, STYLE, &mut bytes).unwrap();
                String::from_utf8(bytes).unwrap()
            };
            let bytes = write(&mut quads.iter());
            assert_eq!(bytes, write(&mut quads.iter().rev()), "{format:?}");
            let engine = match format {
                RdfFormat::Graph(format) => format.engine(),
                RdfFormat::Canonical => oxigraph::io::RdfFormat::NQuads,
            };
            let back: Vec<Quad> = RdfParser::from_format(engine)
                .for_reader(bytes.as_bytes())
                .collect::<Result<_, _>>()
                .unwrap_or_else(|error| panic!("{error}\n{bytes}"));
            assert!(isomorphic(&quads, &back).unwrap(), "{format:?}:\n{bytes}");
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
