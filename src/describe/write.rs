//! The description of a store → RDF in every graph format, with the prefixes of catalogues.

use super::Dataset;
use crate::export::{ExportError, write_quads};
use crate::query::GraphFormat;
use crate::triples::vocabulary::PREFIXES;
use std::io::Write;

/// Prefixes that queries need not know.
const MORE: &[(&str, &str)] = &[("dcat", "http://www.w3.org/ns/dcat#")];

impl Dataset {
    /// Writes the description, sorted: the same store gives the same bytes.
    ///
    /// # Errors
    /// [`ExportError::Output`] when `out` fails.
    pub fn write(&self, format: GraphFormat, out: impl Write) -> Result<(), ExportError> {
        let prefixes: Vec<_> = PREFIXES.iter().chain(MORE).copied().collect();
        write_quads(self.quads(), format, &prefixes, out)
    }
}
