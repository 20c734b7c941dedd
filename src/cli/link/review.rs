use super::{LANGUAGES, Linking, With};
use crate::cli::{CliError, output, rows_of, today};
use crate::link::decisions::{COLUMNS, Decision, Verdict};
use crate::link::{Candidate, Outcome, Qid, Subject};
use crate::store::Store;
use clap::Args;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

/// Decide on the links that are not certain
///
/// Shows each entity that has candidates and no link: what its documents say of it, each candidate with its score and reasons. Answers are
/// written to the table of decisions at once, and hold on every later run. With --export the same is written as a table for a spreadsheet, to be
/// filled in and given to --decisions.
#[derive(Debug, Args)]
pub(super) struct Review {
    #[command(flatten)]
    with: With,
    /// Who decides; stands in the table
    #[arg(long, value_name = "NAME", env = "CHANCERY_REVIEWER")]
    who: Option<String>,
    /// Write the open questions as a table and end
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
}

impl Review {
    pub(super) fn run(self) -> Result<(), CliError> {
        let found = Linking::of(&self.with)?;
        let open: Vec<(&Subject, &[Candidate], &str)> = found
            .outcomes
            .iter()
            .filter_map(|(iri, outcome)| match outcome {
                Outcome::Candidates(list, why) => {
                    Some((found.subjects.get(iri)?, list.as_slice(), why.as_str()))
                }
                Outcome::Linked(_) | Outcome::Decided(_) | Outcome::Unlinked(_) => None,
            })
            .collect();
        if let Some(file) = &self.export {
            return export(&found, &open, file);
        }
        let Some(who) = self.who.clone().filter(|who| !who.trim().is_empty()) else {
            return Err(CliError::Usage(
                "say who decides: --who NAME, or CHANCERY_REVIEWER".to_owned(),
            ));
        };
        let store = Store::open_read_only(&self.with.store.display().to_string())?;
        let file = self.with.decisions_file();
        let mut decisions = found.decisions.clone();
        let indexes = &found.indexes;
        let mut answers = std::io::stdin().lock().lines();
        let total = open.len();
        for (at, (subject, candidates, why)) in open.into_iter().enumerate() {
            output::note(&question(
                &store,
                &found,
                subject,
                candidates,
                why,
                at + 1,
                total,
            )?);
            let verdicts = loop {
                let Some(answer) = answers.next() else {
                    output::note(&format!(
                        "{} decided on, in {}",
                        decisions.len(),
                        file.display()
                    ));
                    return Ok(());
                };
                match understood(answer?.trim(), candidates) {
                    Ok(Answer::Quit) => {
                        output::note(&format!(
                            "{} decided on, in {}",
                            decisions.len(),
                            file.display()
                        ));
                        return Ok(());
                    }
                    Ok(Answer::Skip) => break Vec::new(),
                    Ok(Answer::Say(verdicts)) => {
                        let unknown = verdicts.iter().find_map(|verdict| match verdict {
                            Verdict::Same(id) if !indexes.is_empty() => {
                                let there = indexes.iter().any(|index| index.item(*id).is_some());
                                let offered = candidates.iter().any(|one| one.id == *id);
                                (!there && !offered).then_some(*id)
                            }
                            Verdict::Same(_) | Verdict::Different(_) | Verdict::None => None,
                        });
                        match unknown {
                            Some(id) => output::note(&format!(
                                "{id} is in none of the indexes; answer again"
                            )),
                            None => break verdicts,
                        }
                    }
                    Err(message) => output::note(&message),
                }
            };
            for verdict in verdicts {
                decisions.push(Decision {
                    entity: path_of(&found, subject).to_owned(),
                    claim: subject.claim.clone(),
                    verdict,
                    who: who.clone(),
                    when: today(),
                    why: String::new(),
                });
            }
            write(&file, &decisions)?;
        }
        output::note(&format!(
            "nothing is open; {} decided on, in {}: `chancery link` brings them in",
            decisions.len(),
            file.display()
        ));
        Ok(())
    }
}

enum Answer {
    Say(Vec<Verdict>),
    Skip,
    Quit,
}

const HELP: &str = "  a number: it is this one; n: none of these; x: no item at all; Q…: another item; s: skip; q: end";

fn understood(answer: &str, candidates: &[Candidate]) -> Result<Answer, String> {
    if let Ok(number) = answer.parse::<usize>() {
        let candidate = number.checked_sub(1).and_then(|at| candidates.get(at));
        return candidate
            .map(|candidate| Answer::Say(vec![Verdict::Same(candidate.id)]))
            .ok_or_else(|| format!("there is no {number}\n{HELP}"));
    }
    match answer {
        "s" | "" => Ok(Answer::Skip),
        "q" => Ok(Answer::Quit),
        "x" => Ok(Answer::Say(vec![Verdict::None])),
        "n" => Ok(Answer::Say(
            candidates
                .iter()
                .map(|one| Verdict::Different(one.id))
                .collect(),
        )),
        other => match other.parse::<Qid>() {
            Ok(id) => Ok(Answer::Say(vec![Verdict::Same(id)])),
            Err(_) => Err(HELP.to_owned()),
        },
    }
}

fn path_of<'s>(found: &Linking, subject: &'s Subject) -> &'s str {
    subject
        .iri
        .strip_prefix(&found.base)
        .unwrap_or(&subject.iri)
}

/// What a person needs to decide.
fn question(
    store: &Store,
    found: &Linking,
    subject: &Subject,
    candidates: &[Candidate],
    why: &str,
    at: usize,
    total: usize,
) -> Result<String, CliError> {
    let mut lines = vec![format!(
        "\n[{at}/{total}] {} – {} ({why})",
        path_of(found, subject),
        subject.label
    )];
    for fact in known(found, subject) {
        lines.push(format!("    {fact}"));
    }
    for (document, quote) in quotes(store, subject)? {
        lines.push(format!(
            "    {document}: “{}”",
            super::super::one_line(&quote)
        ));
    }
    for (number, candidate) in candidates.iter().enumerate() {
        lines.push(format!(
            "  {} {} {} – {} ({:.3})",
            number + 1,
            candidate.id,
            candidate.label,
            if candidate.description.is_empty() {
                "no description"
            } else {
                &candidate.description
            },
            candidate.score
        ));
        for fact in &candidate.facts {
            lines.push(format!("      {fact}"));
        }
        for reason in &candidate.reasons {
            lines.push(format!(
                "      {:+.2} {}: {}",
                reason.weight, reason.what, reason.found
            ));
        }
    }
    lines.push(HELP.to_owned());
    Ok(lines.join("\n"))
}

/// What the graph knows of an entity: states, sides, cities, offices, and when it is told of.
fn known(found: &Linking, subject: &Subject) -> Vec<String> {
    let name = |iri: &String| {
        let known = found.subjects.get(iri);
        known.map_or_else(|| iri.clone(), |one| one.label.clone())
    };
    let offices = subject.held.iter().map(|held| &held.office);
    let groups: [(&str, Vec<&String>); 6] = [
        ("states", subject.states.iter().collect()),
        ("sending", subject.sending.iter().collect()),
        ("receiving", subject.receiving.iter().collect()),
        ("city", subject.cities.iter().collect()),
        ("parties", subject.parties.iter().collect()),
        ("offices", offices.collect()),
    ];
    let mut lines: Vec<String> = groups
        .into_iter()
        .filter(|(_, iris)| !iris.is_empty())
        .map(|(what, iris)| {
            let mut names: Vec<String> = iris.into_iter().map(name).collect();
            names.dedup();
            format!("{what}: {}", names.join(", "))
        })
        .collect();
    if let Some(((first, ..), (last, ..))) = subject.seen {
        lines.push(format!("told of: {first}–{last}"));
    }
    lines
}

/// Up to three sentences that tell of an entity, with their documents.
fn quotes(store: &Store, subject: &Subject) -> Result<Vec<(String, String)>, CliError> {
    let query = format!(
        "SELECT DISTINCT ?document ?quote WHERE {{ <{}> dip:supportedBy ?c . GRAPH ?g {{ ?c dip:quote ?quote . OPTIONAL {{ ?g dct:title ?document }} }} }} ORDER BY ?document ?quote LIMIT 3",
        subject.iri
    );
    Ok(rows_of(store, &query)?
        .into_iter()
        .map(|mut row| {
            let mut take = |name: &str| row.remove(name).unwrap_or_default();
            (take("document"), take("quote"))
        })
        .collect())
}

/// The table of decisions, with its open rows.
fn export(
    found: &Linking,
    open: &[(&Subject, &[Candidate], &str)],
    file: &Path,
) -> Result<(), CliError> {
    let failed = |error: csv::Error| CliError::Failed(format!("{}: {error}", file.display()));
    let mut out = csv::Writer::from_path(file).map_err(failed)?;
    let header =
        COLUMNS
            .iter()
            .copied()
            .chain(["score", "label", "description", "reasons", "entity_label"]);
    out.write_record(header).map_err(failed)?;
    for (subject, candidates, why) in open {
        for candidate in *candidates {
            let reasons: Vec<String> = candidate
                .reasons
                .iter()
                .map(|reason| format!("{} {}", reason.what, reason.found))
                .collect();
            let cells = [
                "",
                path_of(found, subject),
                &subject.claim,
                &candidate.id.to_string(),
                "",
                "",
                why,
                &format!("{:.3}", candidate.score),
                &candidate.label,
                &candidate.description,
                &reasons.join("; "),
                &subject.label,
            ];
            out.write_record(cells).map_err(failed)?;
        }
    }
    out.flush()?;
    output::note(&format!(
        "{}: {} open; write same, different or none into the first column, who and when, and give the file to --decisions ({})",
        file.display(),
        output::count(open.len(), "entity"),
        LANGUAGES.join(", ")
    ));
    Ok(())
}

/// Writes the table of decisions, whole or not at all.
fn write(file: &Path, decisions: &[Decision]) -> Result<(), CliError> {
    let folder = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let mut temporary = tempfile::NamedTempFile::new_in(folder.unwrap_or_else(|| Path::new(".")))?;
    {
        let mut out = csv::Writer::from_writer(&mut temporary);
        let failed = |error: csv::Error| CliError::Failed(format!("{}: {error}", file.display()));
        out.write_record(COLUMNS).map_err(failed)?;
        for decision in decisions {
            out.write_record(decision.row()).map_err(failed)?;
        }
        out.flush()?;
    }
    temporary.flush()?;
    temporary
        .persist(file)
        .map_err(|error| CliError::Failed(format!("{}: {error}", file.display())))?;
    Ok(())
}
