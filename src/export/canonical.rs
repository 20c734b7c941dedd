//! Quads → canonical N-Quads (W3C RDF Dataset Canonicalization, RDFC-1.0), through sophia: two exports can be compared
//! with `diff` or by hash, whatever the labels of blank nodes.

use super::ExportError;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphName, Literal, Quad, Term};
use sophia::api::prelude::QuadParser;
use sophia::api::quad::Spog;
use sophia::api::source::QuadSource;
use sophia::api::term::SimpleTerm;
use sophia::turtle::parser::nq::NQuadsParser;
use std::collections::HashSet;
use std::fmt::Write;

type Dataset = HashSet<Spog<SimpleTerm<'static>>>;

/// Canonical N-Quads of these quads: sorted, blank nodes relabelled `_:c14n0` …; all in memory. Without blank nodes it is
/// [`canonical_line`] of each, sorted by code points; and labels depend on quads with blank nodes alone.
///
/// # Errors
/// [`ExportError::Format`] for quads that RDF 1.1 cannot hold (triple terms) or whose blank nodes are a poison graph.
pub fn canonical(quads: &[Quad]) -> Result<String, ExportError> {
    let mut bytes = Vec::new();
    sophia::c14n::rdfc10::normalize(&dataset(quads)?, &mut bytes)
        .map_err(|error| ExportError::Format(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ExportError::Format(error.to_string()))
}

/// A quad as a line of canonical N-Quads, without its line end. Blank nodes keep their labels.
pub(super) fn canonical_line(quad: &Quad) -> String {
    let mut line = format!("{} {} ", quad.subject, quad.predicate);
    match &quad.object {
        Term::Literal(literal) => write_literal(&mut line, literal),
        Term::NamedNode(node) => line.push_str(&node.to_string()),
        Term::BlankNode(node) => line.push_str(&node.to_string()),
        Term::Triple(triple) => line.push_str(&triple.to_string()),
    }
    match &quad.graph_name {
        GraphName::DefaultGraph => {}
        name @ (GraphName::NamedNode(_) | GraphName::BlankNode(_)) => {
            // Writing to a string does not fail.
            let _ = write!(line, " {name}");
        }
    }
    line.push_str(" .");
    line
}

/// RDFC-1.0, section 5: which characters are escaped, and how.
fn write_literal(line: &mut String, literal: &Literal) {
    line.push('"');
    for c in literal.value().chars() {
        match c {
            '\u{8}' => line.push_str("\\b"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\u{c}' => line.push_str("\\f"),
            '\r' => line.push_str("\\r"),
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\0'..='\u{1f}' | '\u{7f}' => {
                let _ = write!(line, "\\u{:04X}", u32::from(c));
            }
            c => line.push(c),
        }
    }
    line.push('"');
    if let Some(language) = literal.language() {
        let _ = write!(line, "@{language}");
    } else if literal.datatype() != xsd::STRING {
        let _ = write!(line, "^^{}", literal.datatype());
    }
}

/// Whether two sets of quads are the same but for the labels of blank nodes.
///
/// # Errors
/// As [`canonical`].
pub fn isomorphic(a: &[Quad], b: &[Quad]) -> Result<bool, ExportError> {
    sophia::isomorphism::isomorphic_datasets(&dataset(a)?, &dataset(b)?)
        .map_err(|error| ExportError::Format(error.to_string()))
}

/// sophia's terms are not oxrdf's: N-Quads are handed over.
fn dataset(quads: &[Quad]) -> Result<Dataset, ExportError> {
    let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
    for quad in quads {
        writer.serialize_quad(quad)?;
    }
    let bytes = writer.finish()?;
    let text =
        std::str::from_utf8(&bytes).map_err(|error| ExportError::Format(error.to_string()))?;
    NQuadsParser::new()
        .parse_str(text)
        .collect_quads::<Dataset>()
        .map_err(|error| ExportError::Format(error.to_string()))
}
