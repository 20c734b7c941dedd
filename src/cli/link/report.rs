//! What linking gave → a summary, a list for people, or JSON.

use super::Linking;
use super::find::kind_of;
use crate::cli::{CliError, output};
use crate::link::{Candidate, Outcome};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

pub(super) fn show(found: &Linking, all: bool, as_json: bool) -> Result<(), CliError> {
    if as_json {
        return output::data(|out| -> Result<(), CliError> {
            for (iri, outcome) in &found.outcomes {
                writeln!(out, "{}", json(found, iri, outcome))?;
            }
            Ok(())
        });
    }
    if all {
        output::data(|out| -> Result<(), CliError> {
            for (iri, outcome) in &found.outcomes {
                write!(out, "{}", words(found, iri, outcome))?;
            }
            Ok(())
        })?;
    }
    output::note(&summary(found));
    Ok(())
}

fn summary(found: &Linking) -> String {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (iri, outcome) in &found.outcomes {
        let Some(subject) = found.subjects.get(iri) else {
            continue;
        };
        let [linked, offered, none] = counts.entry(kind_of(subject)).or_default();
        match outcome {
            Outcome::Linked(_) | Outcome::Decided(_) => *linked += 1,
            Outcome::Candidates(..) => *offered += 1,
            Outcome::Unlinked(_) => *none += 1,
        }
    }
    let mut lines = vec![format!(
        "{:<14}{:>8}{:>12}{:>10}",
        "", "linked", "candidates", "unlinked"
    )];
    for (kind, [linked, offered, none]) in counts {
        lines.push(format!("{kind:<14}{linked:>8}{offered:>12}{none:>10}"));
    }
    lines.join("\n")
}

fn words(found: &Linking, iri: &str, outcome: &Outcome) -> String {
    let path = iri.strip_prefix(&found.base).unwrap_or(iri);
    let one = |mark: &str, candidate: &Candidate| {
        let reasons: Vec<String> = candidate
            .reasons
            .iter()
            .map(|reason| format!("{} {} {:+.2}", reason.what, reason.found, reason.weight))
            .collect();
        format!(
            "  {mark} {} {} ({:.3}): {}\n",
            candidate.id,
            candidate.label,
            candidate.score,
            reasons.join("; ")
        )
    };
    match outcome {
        Outcome::Linked(list) => {
            let first = list.first().map(|best| one("=", best)).unwrap_or_default();
            format!("{path}\n{first}")
        }
        Outcome::Decided(candidate) => format!("{path}\n{}", one("= (decided)", candidate)),
        Outcome::Candidates(list, why) => {
            let list: String = list.iter().map(|candidate| one("?", candidate)).collect();
            format!("{path}: {why}\n{list}")
        }
        Outcome::Unlinked(why) => format!("{path}: {why}\n"),
    }
}

fn json(found: &Linking, iri: &str, outcome: &Outcome) -> Json {
    let one = |candidate: &Candidate| {
        json!({
            "item": candidate.id,
            "label": candidate.label,
            "description": candidate.description,
            "facts": candidate.facts,
            "score": candidate.score,
            "sources": candidate.sources,
            "reasons": candidate.reasons,
        })
    };
    let kind = found.subjects.get(iri).map_or("entity", kind_of);
    match outcome {
        Outcome::Linked(list) => {
            json!({ "entity": iri, "type": kind, "outcome": "linked", "item": list.first().map(one) })
        }
        Outcome::Decided(candidate) => {
            json!({ "entity": iri, "type": kind, "outcome": "decided", "item": one(candidate) })
        }
        Outcome::Candidates(list, why) => {
            let list: Vec<Json> = list.iter().map(one).collect();
            json!({ "entity": iri, "type": kind, "outcome": "candidates", "why": why, "candidates": list })
        }
        Outcome::Unlinked(why) => {
            json!({ "entity": iri, "type": kind, "outcome": "unlinked", "why": why })
        }
    }
}
