use super::settings::BaseArgument;
use super::{CliError, output};
use crate::document::Select;
use crate::pipeline::{Pipeline, Summary};
use crate::store::Folder;
use clap::Args;
use std::path::PathBuf;

/// Make or renew a store from documents
///
/// A folder's sources.tsv tells of the documents beside it (file, title, publisher, url, licence, date, revision). Only what changed is read again; building twice from the same documents changes nothing. A build that is killed leaves
/// the old store or the new one. Documents of earlier builds stay unless --prune; graphs that you added stay always.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Files, folders (with all files below them but README, LICENSE, *.tsv, *.csv, *.json), or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// The store's folder; made where needed
    #[arg(
        long,
        value_name = "DIR",
        env = "CHANCERY_STORE",
        default_value = "chancery-store"
    )]
    store: PathBuf,
    /// Withdraw documents of earlier builds that are not among the sources
    #[arg(long)]
    prune: bool,
    /// Which pages of MediaWiki dumps to read: relations, missions or all
    #[arg(long, value_name = "KIND", default_value = "all", value_parser = super::select)]
    select: Select,
    /// A table of what you decided about identity and disagreement (docs/DECISIONS.md), beside the program's own
    #[arg(long, value_name = "FILE", env = "CHANCERY_DECISIONS")]
    decisions: Option<PathBuf>,
    #[command(flatten)]
    base: BaseArgument,
    /// Give the summary as JSON on standard output
    #[arg(long)]
    json: bool,
}

impl Build {
    pub(super) fn run(self) -> Result<(), CliError> {
        let place = self.store.display().to_string();
        if place.starts_with("http://") || place.starts_with("https://") {
            return Err(CliError::Usage(
                "build writes to a folder; remote stores can only be asked".to_owned(),
            ));
        }
        let mut pipeline = Pipeline::new(&self.base.base)?.selecting(self.select);
        let mut decided = None;
        if let Some(file) = &self.decisions {
            let shown = file.display().to_string();
            let table = std::fs::read_to_string(file)
                .map_err(|error| CliError::Usage(format!("{shown}: {error}")))?;
            let wrong = pipeline.deciding(&shown, &table);
            for diagnostic in &wrong {
                output::note(&diagnostic.render(Some(&table)));
            }
            if !wrong.is_empty() {
                return Err(CliError::Usage(format!(
                    "{shown} holds what is no decision; nothing was built"
                )));
            }
            decided = Some(table);
        }
        let summary = pipeline.build(
            &Folder::new(&self.store),
            &self.sources,
            self.prune,
            &output::progress,
        )?;
        output::problems(&summary.problems);
        for diagnostic in &summary.idle {
            output::note(&diagnostic.render(decided.as_deref()));
        }
        if self.json {
            output::data(|out| -> Result<(), CliError> {
                writeln!(out, "{}", json(&summary))?;
                Ok(())
            })?;
        } else {
            output::note(&words(&summary, &place));
        }
        if summary.problems.is_empty() {
            Ok(())
        } else {
            Err(CliError::Input(output::count(
                summary.problems.len(),
                "source",
            )))
        }
    }
}

fn words(summary: &Summary, place: &str) -> String {
    let counts = summary.manifest.counts;
    let mut lines = vec![if summary.unchanged {
        format!("{place}: nothing changed; the store is as it was")
    } else {
        format!(
            "{place}: built from {} ({} read, {} unchanged)",
            output::count(summary.files, "file"),
            summary.read,
            summary.reused + summary.kept,
        )
    }];
    lines.push(format!(
        "  {}, {} ({} not facts: planned, expected, denied …)",
        output::count(counts.documents, "document"),
        output::count(counts.claims, "claim"),
        counts.not_facts,
    ));
    lines.push(format!(
        "  {} entities, {} events, {}, {} quads",
        counts.entities,
        counts.events,
        output::count(counts.conflicts, "disagreement"),
        summary.manifest.quads,
    ));
    if !summary.unchanged && !summary.anew {
        let (put, taken) = summary.written;
        lines.push(format!(
            "  only what changed was written: {} in, {} out",
            output::count(usize::try_from(put).unwrap_or(usize::MAX), "quad"),
            output::count(usize::try_from(taken).unwrap_or(usize::MAX), "quad"),
        ));
    }
    lines.push(format!(
        "  {} of {} sentences gave no fact",
        counts.silent, counts.sentences
    ));
    if summary.kept > 0 {
        lines.push(format!(
            "  {} of earlier builds kept (--prune withdraws them)",
            output::count(summary.kept, "file")
        ));
    }
    if !summary.withdrawn.is_empty() {
        lines.push(format!("  withdrawn: {}", summary.withdrawn.join(", ")));
    }
    lines.join("\n")
}

fn json(summary: &Summary) -> serde_json::Value {
    serde_json::json!({
        "unchanged": summary.unchanged,
        "content": summary.manifest.content,
        "files": summary.files,
        "read": summary.read,
        "reused": summary.reused,
        "kept": summary.kept,
        "anew": summary.anew,
        "written": { "in": summary.written.0, "out": summary.written.1 },
        "withdrawn": summary.withdrawn,
        "counts": summary.manifest.counts,
        "quads": summary.manifest.quads,
        "problems": summary.problems.iter().map(|problem| &problem.diagnostic).collect::<Vec<_>>(),
    })
}
