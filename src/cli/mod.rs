//! The command line → the stages; one file per command, its doc comment is its help.

mod build;
mod completions;
mod conflicts;
mod convert;
mod coverage;
mod describe;
mod diff;
mod error;
mod eval;
mod explain;
mod export;
mod info;
mod link;
mod mcp;
mod ontology;
mod output;
mod query;
mod serve;
mod settings;
mod target;
mod validate;
mod worker;

use clap::{Parser, Subcommand};
use error::CliError;
use std::process::ExitCode;

/// Chancery reads documents about diplomacy and answers questions about them, each answer with the sentence it came from.
///
/// Data goes to standard output, everything else to standard error. Exit status: 0 done; 1 some input could not be used
/// (it is named, the rest was done); 2 wrong usage; 3 the store failed.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Build),
    Convert(convert::Convert),
    Query(query::Query),
    Export(export::Export),
    Conflicts(conflicts::Conflicts),
    Link(Box<link::LinkCommand>),
    Diff(diff::Diff),
    Explain(explain::Explain),
    Coverage(coverage::CoverageOf),
    Validate(validate::Validate),
    Describe(describe::Describe),
    Ontology(ontology::PrintOntology),
    Eval(eval::Eval),
    Info(info::Info),
    Serve(serve::Serve),
    Mcp(mcp::Mcp),
    Completions(completions::Completions),
    #[command(hide = true)]
    Worker(worker::Worker),
}

/// Runs the command that the process was started with; gives its exit status.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are data, and no error.
            let status = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            return ExitCode::from(status);
        }
    };
    let result = match arguments.command {
        Command::Build(command) => command.run(),
        Command::Convert(command) => command.run(),
        Command::Query(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Conflicts(command) => command.run(),
        Command::Link(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Coverage(command) => command.run(),
        Command::Validate(command) => command.run(),
        Command::Describe(command) => command.run(),
        Command::Ontology(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Mcp(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Worker(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of our output has seen enough.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(message) = error.message() {
                output::error(&message);
            }
            ExitCode::from(error.status())
        }
    }
}

/// The value of `--select`.
fn select(name: &str) -> Result<crate::document::Select, String> {
    crate::document::Select::parse(name)
        .ok_or_else(|| "there are relations, missions and all".to_owned())
}

/// A value as text: literals and IRIs bare, nothing as "".
fn text_of(value: &Option<oxigraph::model::Term>) -> String {
    value.as_ref().map(crate::query::plain).unwrap_or_default()
}

/// Asks a store and gives the rows by the names of their variables; unbound ones are absent.
fn rows_of(
    store: &crate::store::Store,
    sparql: &str,
) -> Result<Vec<std::collections::BTreeMap<String, String>>, CliError> {
    use crate::query::{Answer, Request, answer};
    let request = Request::new(sparql).knowing(crate::pipeline::PREFIXES);
    Ok(match answer(store, &request)? {
        Answer::Rows { variables, rows } => rows
            .iter()
            .map(|row| {
                variables
                    .iter()
                    .zip(row)
                    .filter(|(_, value)| value.is_some())
                    .map(|(name, value)| (name.clone(), text_of(value)))
                    .collect()
            })
            .collect(),
        Answer::Boolean(_) | Answer::Graph(_) => Vec::new(),
    })
}

/// The last part of an IRI: `…#date` is `date`.
fn short(iri: &str) -> String {
    iri.rsplit(['#', '/']).next().unwrap_or(iri).to_owned()
}

/// Words with single spaces between them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Today in UTC; the day of SOURCE_DATE_EPOCH where that is set, so that a run can be repeated byte for byte.
fn today() -> String {
    let seconds = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse::<i64>().ok())
        .or_else(|| {
            let now = std::time::SystemTime::now();
            let since = now.duration_since(std::time::UNIX_EPOCH).ok()?;
            i64::try_from(since.as_secs()).ok()
        });
    let epoch = crate::fact::Day {
        year: 1970,
        month: Some(1),
        day: Some(1),
    };
    let day = epoch.plus_days(seconds.unwrap_or_default().div_euclid(86_400));
    crate::fact::Edtf::on(day.unwrap_or(epoch)).to_string()
}
