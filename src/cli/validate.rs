use super::settings::StoreArgument;
use super::{CliError, output};
use crate::check::shacl::{Finding, Outcome, Report, ShapeSource, Shapes, Weight};
use crate::export::write_quads;
use crate::pipeline::{PREFIXES, ValidateError, own_shapes, validate, validate_quads};
use crate::query::GraphFormat;
use clap::Args;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use serde_json::{Value as Json, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Check a store, or files of RDF, against SHACL shapes
///
/// Without --shapes, against those of the ontology: what a store that was built well looks like. The world and each document's graph are
/// checked by themselves. Where no shape finds a node to check, nothing can be said, which is not the same as conforming. Exit status: 0
/// when there is no violation; 1 when there is one, or when nothing was checked.
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// Files of RDF to check in place of a store (.ttl, .nt, .nq, .trig, .rdf, .jsonld)
    #[arg(value_name = "FILE", conflicts_with = "store")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    store: StoreArgument,
    /// Files of shapes in place of the ontology's
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,
    /// Check all graphs as one, for shapes that look from one graph into another
    #[arg(long)]
    whole: bool,
    /// text, json, or a SHACL report as ttl, nt, rdf, jsonld
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
    /// Show at most so many nodes for each constraint that does not hold, as text
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
}

/// How the report is written.
enum Form {
    Text,
    Json,
    Graph(GraphFormat),
}

impl Validate {
    pub(super) fn run(self) -> Result<(), CliError> {
        let form = self.form()?;
        let shapes = self.read_shapes()?;
        for sentence in shapes.not_evaluated() {
            output::note(&format!("not checked: {sentence}"));
        }
        let report = if self.files.is_empty() {
            validate(&self.store.open()?, &shapes, self.whole)?
        } else {
            let mut quads = Vec::new();
            for file in &self.files {
                quads.extend(read_quads(file)?);
            }
            validate_quads(&quads, &shapes, self.whole).map_err(ValidateError::from)?
        };
        output::data(|out| -> Result<(), CliError> {
            match form {
                Form::Text => self.text(&report, out)?,
                Form::Json => writeln!(out, "{}", json_of(&report, &shapes))?,
                // a report of SHACL says true or false, and neither is so
                Form::Graph(_) if report.outcome() == Outcome::NothingChecked => {}
                Form::Graph(format) => {
                    let quads = report.triples(&shapes);
                    let sh = ("sh", "http://www.w3.org/ns/shacl#");
                    let prefixes: Vec<_> = PREFIXES.iter().copied().chain([sh]).collect();
                    write_quads(quads, format, &prefixes, out)?;
                }
            }
            Ok(())
        })?;
        match report.outcome() {
            Outcome::Conforms | Outcome::Warnings => Ok(()),
            Outcome::Violations => Err(CliError::Found(format!(
                "the graph does not conform: {}",
                output::count(report.count(Weight::Violation), "violation")
            ))),
            Outcome::NothingChecked => Err(CliError::Found(format!(
                "nothing was checked: the {} hold no node that a shape is about",
                output::count(report.graphs, "graph")
            ))),
        }
    }

    fn form(&self) -> Result<Form, CliError> {
        Ok(match self.format.as_str() {
            _ if self.json => Form::Json,
            "json" => Form::Json,
            "text" => Form::Text,
            name => match GraphFormat::parse(name) {
                Some(format) if !format.holds_datasets() || format == GraphFormat::JsonLd => {
                    Form::Graph(format)
                }
                Some(_) | None => {
                    return Err(CliError::Usage(format!(
                        "no report is written as {name:?}; there are text, json, ttl, nt, rdf and jsonld"
                    )));
                }
            },
        })
    }

    fn read_shapes(&self) -> Result<Shapes, CliError> {
        if self.shapes.is_empty() {
            return own_shapes().map_err(|error| CliError::Failed(error.to_string()));
        }
        let mut files = Vec::new();
        for file in &self.shapes {
            files.push((file.display().to_string(), read(file)?, format_of(file)?));
        }
        let sources: Vec<ShapeSource<'_>> = files
            .iter()
            .map(|(name, bytes, format)| ShapeSource {
                name,
                bytes,
                format: *format,
            })
            .collect();
        Shapes::parse(&sources, PREFIXES).map_err(|error| CliError::Usage(error.to_string()))
    }

    fn text(&self, report: &Report, out: &mut dyn Write) -> Result<(), CliError> {
        let same = |a: &Finding, b: &Finding| {
            (a.weight, &a.shape, &a.path, &a.component)
                == (b.weight, &b.shape, &b.path, &b.component)
        };
        for group in report.findings.chunk_by(same) {
            let Some(first) = group.first() else { continue };
            write!(out, "{}: {}", first.weight.name(), first.shape)?;
            if let Some(path) = &first.path {
                write!(out, ", {path}")?;
            }
            writeln!(out, " ({})", output::count(group.len(), "result"))?;
            if !first.says.is_empty() {
                writeln!(out, "  {}", first.says)?;
            }
            for finding in group.iter().take(self.limit) {
                let node = &finding.node.0;
                match finding.label.as_str() {
                    "" => writeln!(out, "  • {node} {}", finding.message)?,
                    label => writeln!(out, "  • {label} {}\n      {node}", finding.message)?,
                }
                if finding.graph != "DEFAULT" {
                    writeln!(out, "      in {}", finding.graph)?;
                }
            }
            let more = group.len().saturating_sub(self.limit);
            if more > 0 {
                writeln!(
                    out,
                    "  … and {more} more (--limit {} shows all)",
                    group.len()
                )?;
            }
        }
        let idle = report.idle();
        if !idle.is_empty() && report.nodes > 0 {
            writeln!(out, "nothing to check for {}", idle.join(", "))?;
        }
        writeln!(out, "{}", summary(report))?;
        Ok(())
    }
}

/// One line that says how it came out.
fn summary(report: &Report) -> String {
    let checked = format!(
        "{} of {} checked against {}",
        output::count(report.nodes, "node"),
        output::count(report.graphs, "graph"),
        output::count(report.shapes.len(), "shape"),
    );
    let found = |weight: Weight| output::count(report.count(weight), weight.name());
    match report.outcome() {
        Outcome::NothingChecked => format!("nothing was checked: {checked}"),
        Outcome::Conforms => format!("conforms: {checked}"),
        Outcome::Warnings => format!(
            "no violation, {}, {}: {checked}",
            found(Weight::Warning),
            found(Weight::Info)
        ),
        Outcome::Violations => format!(
            "does not conform, {}, {}, {}: {checked}",
            found(Weight::Violation),
            found(Weight::Warning),
            found(Weight::Info)
        ),
    }
}

/// `conforms` as SHACL means it (no result of any severity), and null where nothing was checked.
fn json_of(report: &Report, shapes: &Shapes) -> Json {
    let outcome = report.outcome();
    json!({
        "outcome": outcome,
        "conforms": (outcome != Outcome::NothingChecked).then_some(report.findings.is_empty()),
        "violations": report.count(Weight::Violation),
        "warnings": report.count(Weight::Warning),
        "infos": report.count(Weight::Info),
        "graphs": report.graphs,
        "nodes": report.nodes,
        "shapes": report.shapes,
        "not_checked": shapes.not_evaluated(),
        "results": report.findings,
    })
}

fn read(file: &Path) -> Result<Vec<u8>, CliError> {
    std::fs::read(file)
        .map_err(|error| CliError::Usage(format!("cannot read {}: {error}", file.display())))
}

fn format_of(file: &Path) -> Result<RdfFormat, CliError> {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    RdfFormat::from_extension(&ending).ok_or_else(|| {
        CliError::Usage(format!(
            "{}: the ending names no format of RDF; there are .ttl, .nt, .nq, .trig, .rdf and .jsonld",
            file.display()
        ))
    })
}

fn read_quads(file: &Path) -> Result<Vec<Quad>, CliError> {
    RdfParser::from_format(format_of(file)?)
        .for_slice(&read(file)?)
        .collect::<Result<_, _>>()
        .map_err(|error| CliError::Usage(format!("{}: {error}", file.display())))
}
