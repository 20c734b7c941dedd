use super::export::one_file;
use super::settings::BaseArgument;
use super::{CliError, output};
use crate::document::{Document, Select};
use crate::export::{Part, RdfFormat};
use crate::fact::Claim;
use crate::pipeline::{Pipeline, Problem};
use crate::store::{Folder, Store};
use crate::text::TextIndex;
use clap::Args;
use serde_json::{Value as Json, json};
use std::io::{BufRead, Write};

/// Turn documents into RDF or claims on standard output, without a store
#[derive(Debug, Args)]
pub(super) struct Convert {
    /// Files, folders, or - for standard input
    #[arg(required_unless_present = "lines", value_name = "SOURCE")]
    sources: Vec<String>,
    /// claims (JSON lines), or RDF: ttl, trig, nt, nq, jsonld, rdf, canonical. Formats without named graphs hold the world
    /// alone
    #[arg(long, value_name = "FORMAT", default_value = "claims")]
    to: String,
    /// Read one document per line from standard input, as text, as a JSON string or as {"id": …, "text": …}; write one
    /// line with its claims for each
    #[arg(long)]
    lines: bool,
    /// Which pages of MediaWiki dumps to read: relations, missions or all
    #[arg(long, value_name = "KIND", default_value = "all", value_parser = super::select)]
    select: Select,
    #[command(flatten)]
    base: BaseArgument,
}

impl Convert {
    pub(super) fn run(self) -> Result<(), CliError> {
        let pipeline = Pipeline::new(&self.base.base)?.selecting(self.select);
        if self.lines {
            if self.to != "claims" || !self.sources.iter().all(|source| source == "-") {
                return Err(CliError::Usage(
                    "--lines reads standard input and writes claims".to_owned(),
                ));
            }
            return lines(&pipeline);
        }
        let format = RdfFormat::parse(&self.to);
        if format.is_none() && self.to != "claims" {
            return Err(CliError::Usage(format!(
                "no format is called {:?}; there are claims, ttl, trig, nt, nq, jsonld, rdf and canonical",
                self.to
            )));
        }
        let failed;
        if let Some(format) = format {
            // A store that goes when it was written: documents and quads stand on disk.
            let folder = tempfile::tempdir()?;
            let built = pipeline.build(
                &Folder::new(folder.path()),
                &self.sources,
                false,
                &output::progress,
            )?;
            output::problems(&built.problems);
            failed = built.problems.len();
            let store = Store::open_read_only(&folder.path().display().to_string())?;
            output::data(|out| one_file(&store, &Part::Whole, &self.base.base, format, None, out))?;
        } else {
            let problems = write_claims(&pipeline, &self.sources)?;
            output::problems(&problems);
            failed = problems.len();
        }
        if failed == 0 {
            Ok(())
        } else {
            Err(CliError::Input(output::count(failed, "source")))
        }
    }
}

/// Writes the claims of each document as it is read; gives what could not be read.
fn write_claims(pipeline: &Pipeline, sources: &[String]) -> Result<Vec<Problem>, CliError> {
    let mut problems = Vec::new();
    output::data(|out| -> Result<(), CliError> {
        problems = pipeline.each(sources, &output::progress, |document, claims| {
            for claim in claim_records(document, claims) {
                writeln!(out, "{claim}")?;
            }
            Ok::<(), CliError>(())
        })?;
        Ok(())
    })?;
    Ok(problems)
}

/// One document in per line, one result out per line, as they come.
fn lines(pipeline: &Pipeline) -> Result<(), CliError> {
    let mut failed = 0;
    let mut out = std::io::stdout().lock();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        let default_id = format!("line-{}", number + 1);
        let (id, text) = match serde_json::from_str::<Json>(&line) {
            Ok(Json::String(text)) => (default_id, text),
            Ok(Json::Object(record)) => (
                record
                    .get("id")
                    .and_then(Json::as_str)
                    .map_or(default_id, str::to_owned),
                record
                    .get("text")
                    .and_then(Json::as_str)
                    .unwrap_or_default()
                    .to_owned(),
            ),
            Ok(Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_)) | Err(_) => {
                (default_id, line)
            }
        };
        let result = match pipeline.read_bytes(&id, text.as_bytes()) {
            Ok(documents) => {
                let claims: Vec<Json> = documents
                    .iter()
                    .flat_map(|(document, claims)| claim_records(document, claims))
                    .collect();
                json!({ "id": id, "claims": claims })
            }
            Err(problem) => {
                failed += 1;
                json!({ "id": id, "error": problem.diagnostic })
            }
        };
        writeln!(out, "{result}")?;
        out.flush()?;
    }
    if failed == 0 {
        Ok(())
    } else {
        Err(CliError::Input(output::count(failed, "line")))
    }
}

/// Claims as JSON: slots as text, passages with their place in code points, lines and columns.
fn claim_records(document: &Document, claims: &[Claim]) -> Vec<Json> {
    let index = TextIndex::new(&document.text);
    claims
        .iter()
        .map(|claim| {
            let slots: serde_json::Map<String, Json> = claim
                .fact
                .slots
                .iter()
                .map(|(slot, values)| {
                    let values: Vec<String> = values.iter().map(crate::fact::Value::text).collect();
                    (slot.name().to_owned(), json!(values))
                })
                .collect();
            let passages: Vec<Json> = claim
                .evidence
                .iter()
                .map(|evidence| {
                    let position = index.position(evidence.span.start);
                    json!({
                        "quote": document.words(evidence.span),
                        "role": evidence.role.name(),
                        "start": index.code_point(evidence.span.start),
                        "end": index.code_point(evidence.span.end),
                        "line": position.line,
                        "column": position.column,
                        "file_bytes": document.map.file_span(evidence.span),
                    })
                })
                .collect();
            json!({
                "document": document.id,
                "kind": claim.fact.kind.name(),
                "slots": slots,
                "modality": claim.modality.name(),
                "polarity": claim.polarity.name(),
                "speaker": claim.speaker,
                "rule": claim.rule,
                "confidence": claim.confidence,
                "flags": claim.flags,
                "passages": passages,
            })
        })
        .collect()
}
