use super::settings::BaseArgument;
use super::{CliError, output};
use crate::check::shacl::{Finding, Report, Weight};
use crate::document::Select;
use crate::pipeline::{Pipeline, Summary, own_shapes, validate_built, validate_changes};
use crate::store::{Embedded, Folder};
use clap::Args;
use std::path::PathBuf;

/// Make or renew a store from documents
///
/// A folder's sources.tsv tells of the documents beside it (file, title, publisher, url, licence, date, revision). Only what changed is read again; building twice from the same documents changes nothing. A build that is killed leaves
/// the old store or the new one. What was written is checked against the shapes of the ontology; what does not conform is told of and stands all the same. Documents of earlier builds stay unless --prune; graphs that you added stay always.
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
    /// Do not check what was written against the shapes of the ontology
    #[arg(long)]
    no_validate: bool,
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
        let report = if self.no_validate || summary.unchanged {
            None
        } else {
            self.checked(&summary)
        };
        if self.json {
            output::data(|out| -> Result<(), CliError> {
                writeln!(out, "{}", json(&summary, report.as_ref()))?;
                Ok(())
            })?;
        } else {
            output::note(&words(&summary, &place));
        }
        for kind in report.iter().flat_map(kinds) {
            output::note(&format!("  {kind}"));
        }
        if report.is_some_and(|report| !report.findings.is_empty()) {
            output::note(&format!(
                "  nothing was left out of the store; `chancery validate --store {place}` says where"
            ));
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

impl Build {
    /// What was written against the shapes; `None`, and told of, where that could not be found out.
    fn checked(&self, summary: &Summary) -> Option<Report> {
        let check = || -> Result<Report, CliError> {
            let shapes = own_shapes().map_err(|error| CliError::Failed(error.to_string()))?;
            let store = Embedded::open_read_only(&self.store)?;
            Ok(if summary.anew {
                validate_built(&store, &shapes)?
            } else {
                validate_changes(&store, &shapes, &summary.changed)?
            })
        };
        match check() {
            Ok(report) => Some(report),
            Err(error) => {
                output::note(&format!("what was built could not be checked: {error}"));
                None
            }
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
            "  only what changed was made again, from {}, and written: {} in, {} out",
            output::count(summary.near, "document"),
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

/// A line for each kind of what does not conform, the worst first.
fn kinds(report: &Report) -> Vec<String> {
    let same = |a: &Finding, b: &Finding| {
        (a.weight, &a.shape, &a.path, &a.component) == (b.weight, &b.shape, &b.path, &b.component)
    };
    let groups = report.findings.chunk_by(same);
    let lines = groups.filter_map(|group| {
        let first = group.first()?;
        let path = first.path.as_ref().map(|path| format!(", {path}"));
        let says = if first.says.is_empty() {
            &first.message
        } else {
            &first.says
        };
        Some(format!(
            "{}: {}{} ({}): {says}",
            first.weight.name(),
            first.shape,
            path.unwrap_or_default(),
            output::count(group.len(), "result")
        ))
    });
    lines.collect()
}

fn json(summary: &Summary, report: Option<&Report>) -> serde_json::Value {
    serde_json::json!({
        "unchanged": summary.unchanged,
        "content": summary.manifest.content,
        "files": summary.files,
        "read": summary.read,
        "reused": summary.reused,
        "kept": summary.kept,
        "anew": summary.anew,
        "near": summary.near,
        "written": { "in": summary.written.0, "out": summary.written.1 },
        "withdrawn": summary.withdrawn,
        "counts": summary.manifest.counts,
        "quads": summary.manifest.quads,
        "validation": report.map(|report| serde_json::json!({
            "outcome": report.outcome(),
            "violations": report.count(Weight::Violation),
            "warnings": report.count(Weight::Warning),
            "infos": report.count(Weight::Info),
            "graphs": report.graphs,
            "nodes": report.nodes,
        })),
        "problems": summary.problems.iter().map(|problem| &problem.diagnostic).collect::<Vec<_>>(),
    })
}
