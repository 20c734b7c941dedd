use super::settings::StoreArgument;
use super::{CliError, output};
use crate::export::{
    ExportError, Scope, canonical, fact_table, quads_of, write_quads, write_tables,
};
use crate::pipeline::{DEFAULT_BASE, PREFIXES, document_graph};
use crate::query::{GraphFormat, find};
use crate::store::Store;
use clap::Args;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Write what a store holds as Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML or CSV tables
///
/// The same store gives the same bytes. ttl, nt and rdf hold the world (the default graph), or with --document what one
/// document says; trig, nq, jsonld and canonical hold all graphs.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// ttl, trig, nt, nq, jsonld, rdf, canonical (N-Quads by RDFC-1.0), csv (one table per kind of fact)
    #[arg(long, value_name = "FORMAT", default_value = "ttl")]
    format: String,
    #[command(flatten)]
    store: StoreArgument,
    /// Only what this document says
    #[arg(long, value_name = "ID", conflicts_with = "table")]
    document: Option<String>,
    /// One table of csv (visit, treaty, mission …)
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Write to a file, or for csv into a folder; - is standard output
    #[arg(long, value_name = "FILE|DIR", default_value = "-")]
    to: PathBuf,
}

impl Export {
    pub(super) fn run(self) -> Result<(), CliError> {
        if self.format == "csv" {
            return self.tables();
        }
        let format = GraphFormat::parse(&self.format);
        if format.is_none() && self.format != "canonical" {
            return Err(CliError::Usage(format!(
                "no format is called {:?}; there are ttl, trig, nt, nq, jsonld, rdf, canonical and csv",
                self.format
            )));
        }
        if self.table.is_some() {
            return Err(CliError::Usage("--table goes with --format csv".to_owned()));
        }
        let store = self.store.open()?;
        let all = format.is_none_or(GraphFormat::holds_datasets);
        let scope = match &self.document {
            Some(document) => Scope::Graph(graph_of(&store, document)?),
            None if all => Scope::Everything,
            None => Scope::World,
        };
        let quads = quads_of(&store, &scope)?;
        let write = |out: &mut dyn Write| -> Result<(), CliError> {
            match format {
                Some(format) => write_quads(&quads, format, PREFIXES, out)?,
                None => out.write_all(canonical(&quads)?.as_bytes())?,
            }
            Ok(())
        };
        if self.to.as_os_str() == "-" {
            output::data(write)
        } else {
            let file =
                std::fs::File::create(&self.to).map_err(|error| self.cannot_write(&error))?;
            let mut out = BufWriter::new(file);
            write(&mut out)?;
            out.flush().map_err(|error| self.cannot_write(&error))
        }
    }

    fn tables(&self) -> Result<(), CliError> {
        if self.document.is_some() {
            return Err(CliError::Usage(
                "tables hold all documents; their column doc names them".to_owned(),
            ));
        }
        let store = self.store.open()?;
        match (&self.table, self.to.as_os_str() == "-") {
            (Some(table), true) => {
                let query = find(&format!("facts/{table}"))?;
                output::data(|out| -> Result<(), CliError> {
                    fact_table(&store, &query, out)?;
                    Ok(())
                })
            }
            (None, false) => {
                let written = write_tables(&store, &self.to).map_err(|error| match error {
                    ExportError::Output(error) => self.cannot_write(&error),
                    error @ (ExportError::Query(_) | ExportError::Format(_)) => error.into(),
                })?;
                for (name, rows) in written {
                    output::note(&format!(
                        "{}: {}",
                        self.to.join(format!("{name}.csv")).display(),
                        output::count(rows, "row")
                    ));
                }
                Ok(())
            }
            (None, true) => Err(CliError::Usage(
                "csv is one file per kind of fact: say --to DIR, or --table NAME for one on standard output"
                    .to_owned(),
            )),
            (Some(_), false) => Err(CliError::Usage(
                "--table writes to standard output; leave --to away".to_owned(),
            )),
        }
    }

    fn cannot_write(&self, error: &std::io::Error) -> CliError {
        CliError::Failed(format!("cannot write {}: {error}", self.to.display()))
    }
}

/// The graph of a document, by the document's id or by the graph's IRI.
fn graph_of(store: &Store, document: &str) -> Result<String, CliError> {
    if document.contains("://") {
        return Ok(document.to_owned());
    }
    let Some(manifest) = store.manifest() else {
        return Ok(document_graph(DEFAULT_BASE, document));
    };
    if manifest.documents.iter().any(|known| known.id == document) {
        return Ok(document_graph(&manifest.base, document));
    }
    let known: Vec<&str> = manifest
        .documents
        .iter()
        .map(|known| known.id.as_str())
        .take(10)
        .collect();
    Err(CliError::Usage(format!(
        "the store has no document {document:?}; it has {}",
        known.join(", ")
    )))
}
