use super::settings::BaseArgument;
use super::{CliError, one_line, output};
use crate::check::{Coverage, Line, Outcome};
use crate::document::Document;
use crate::fact::Claim;
use crate::pipeline::Pipeline;
use crate::text::TextIndex;
use clap::Args;
use serde_json::{Value as Json, json};

/// Show what each sentence and list item gave: facts, no fact, or not understood
///
/// A sentence is "not understood" when it has a word that a rule starts from (a verb or noun of visits, missions, treaties, offices or relations),
/// names a state, a city, a person, an office or a date beside it, and gave nothing. Of sentences that gave facts, such words that none of them took
/// are shown as "left over".
#[derive(Debug, Args)]
pub(super) struct CoverageOf {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    /// Give it as JSON lines, one per sentence
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    base: BaseArgument,
}

impl CoverageOf {
    pub(super) fn run(self) -> Result<(), CliError> {
        let pipeline = Pipeline::new(&self.base.base)?;
        let mut problems = Vec::new();
        output::data(|out| -> Result<(), CliError> {
            let mut totals = [0; 3];
            problems = pipeline.each(&self.sources, &output::progress, |document, claims| {
                let covered = pipeline.coverage(document, claims);
                for (total, outcome) in totals.iter_mut().zip(OUTCOMES) {
                    *total += covered.count(outcome);
                }
                if self.json {
                    for record in records(document, claims, &covered) {
                        writeln!(out, "{record}")?;
                    }
                } else {
                    write!(out, "{}", words(document, claims, &covered))?;
                }
                Ok::<(), CliError>(())
            })?;
            if !self.json {
                let parts: Vec<String> = totals
                    .iter()
                    .zip(OUTCOMES)
                    .map(|(total, outcome)| format!("{total} {}", outcome.name()))
                    .collect();
                writeln!(out, "sentences: {}", parts.join(", "))?;
            }
            Ok(())
        })?;
        output::problems(&problems);
        match problems.len() {
            0 => Ok(()),
            failed => Err(CliError::Input(output::count(failed, "source"))),
        }
    }
}

const OUTCOMES: [Outcome; 3] = [Outcome::Facts, Outcome::NoFact, Outcome::NotUnderstood];

/// "visit: visitor Ana Soto; to Peru (en.visit.verb)", with how it is meant where it is no fact.
fn fact(claim: &Claim) -> String {
    let meant = if claim.holds() {
        String::new()
    } else {
        format!("; {} {}", claim.modality.name(), claim.polarity.name())
    };
    format!("{} ({}{meant})", claim.fact, claim.rule)
}

fn facts<'c>(claims: &'c [Claim], line: &'c Line) -> impl Iterator<Item = String> + 'c {
    line.claims.iter().filter_map(|i| claims.get(*i)).map(fact)
}

fn words(document: &Document, claims: &[Claim], covered: &Coverage) -> String {
    let index = TextIndex::new(&document.text);
    let mut text = format!("{}\n", document.id);
    for line in &covered.lines {
        let place = index.position(line.span.start).line;
        let sentence = one_line(document.words(line.span));
        text.push_str(&format!("{place:>5}  {sentence}\n"));
        for fact in facts(claims, line) {
            text.push_str(&format!("       → {fact}\n"));
        }
        let words: Vec<&str> = line.words.iter().map(|w| document.words(*w)).collect();
        let words = one_line(&words.join(", "));
        match line.outcome {
            Outcome::Facts if words.is_empty() => {}
            Outcome::Facts => text.push_str(&format!("       left over: {words}\n")),
            Outcome::NoFact => text.push_str("       no fact\n"),
            Outcome::NotUnderstood => text.push_str(&format!("       not understood: {words}\n")),
        }
    }
    text
}

fn records(document: &Document, claims: &[Claim], covered: &Coverage) -> Vec<Json> {
    let index = TextIndex::new(&document.text);
    covered
        .lines
        .iter()
        .map(|line| {
            json!({
                "document": document.id,
                "line": index.position(line.span.start).line,
                "start": index.code_point(line.span.start),
                "end": index.code_point(line.span.end),
                "text": document.words(line.span),
                "outcome": line.outcome.name(),
                "facts": facts(claims, line).collect::<Vec<_>>(),
                "words": line.words.iter().map(|w| document.words(*w)).collect::<Vec<_>>(),
            })
        })
        .collect()
}
