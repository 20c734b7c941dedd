//! Quads → canonical N-Quads (W3C RDF Dataset Canonicalization, RDFC-1.0), through sophia: two exports can be compared
//! with `diff` or by hash, whatever the labels of blank nodes.

use super::ExportError;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Quad;
use sophia::api::prelude::QuadParser;
use sophia::api::quad::Spog;
use sophia::api::source::QuadSource;
use sophia::api::term::SimpleTerm;
use sophia::turtle::parser::nq::NQuadsParser;
use std::collections::HashSet;

type Dataset = HashSet<Spog<SimpleTerm<'static>>>;

/// Canonical N-Quads of these quads: sorted, blank nodes relabelled `_:c14n0` ….
///
/// # Errors
/// [`ExportError::Format`] for quads that RDF 1.1 cannot hold (triple terms) or whose blank nodes are a poison graph.
pub fn canonical(quads: &[Quad]) -> Result<String, ExportError> {
    let mut bytes = Vec::new();
    sophia::c14n::rdfc10::normalize(&dataset(quads)?, &mut bytes)
        .map_err(|error| ExportError::Format(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| ExportError::Format(error.to_string()))
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
