//! The file of links beside a store (`links.jsonl`): what was found, with its evidence; one link to a line, in a fixed order.

use super::Qid;
use super::linker::{Candidate, Outcome};
use super::score::Reason;
use super::subject::Subject;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How certain a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// They are one: `owl:sameAs`.
    Same,
    /// They may be one: `skos:closeMatch`.
    Close,
}

/// A link of an entity to an item, with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The entity's path under the base IRI.
    pub entity: String,
    /// The last part of the IRI of one of its claims, by which it is found when its IRI has moved.
    pub claim: String,
    /// The item.
    pub item: Qid,
    /// The item's label.
    pub label: String,
    /// How certain it is.
    pub relation: Relation,
    /// Between 0 and 1.
    pub score: f64,
    /// Where the item came from: `table`, `index`, `wikidata`, `reconciliation`, `decision`.
    pub sources: BTreeSet<String>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Who decided, where a person did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// The day on which it was found or decided, as EDTF.
    pub date: String,
}

/// Reads a file of links.
///
/// # Errors
/// The first line that is none, as (line from 1, why).
pub fn read(text: &str) -> Result<Vec<Link>, (usize, String)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| serde_json::from_str(line).map_err(|error| (at + 1, error.to_string())))
        .collect()
}

/// Writes links in their order, one to a line.
///
/// # Errors
/// When a link cannot be written as JSON.
pub fn write(links: &[Link]) -> Result<String, serde_json::Error> {
    let mut links: Vec<&Link> = links.iter().collect();
    links.sort_by(|a, b| {
        (&a.entity, a.relation)
            .cmp(&(&b.entity, b.relation))
            .then(b.score.total_cmp(&a.score))
            .then(a.item.cmp(&b.item))
    });
    let mut text = String::new();
    for link in links {
        text.push_str(&serde_json::to_string(link)?);
        text.push('\n');
    }
    Ok(text)
}

/// Who decided that an entity is an item, and when, where a person did.
pub type Decided<'d> = dyn Fn(&Subject, Qid) -> Option<(String, String)> + 'd;

/// What became of entities, as links; those that were found before as they are now keep their date.
#[must_use]
pub fn links(
    subjects: &BTreeMap<String, Subject>,
    outcomes: &BTreeMap<String, Outcome>,
    decided: &Decided<'_>,
    before: &[Link],
    base: &str,
    today: &str,
) -> Vec<Link> {
    let old: BTreeMap<(&str, Qid), &Link> = before
        .iter()
        .map(|link| ((link.entity.as_str(), link.item), link))
        .collect();
    let mut links = Vec::new();
    for (iri, outcome) in outcomes {
        let Some(subject) = subjects.get(iri) else {
            continue;
        };
        let entity = iri.strip_prefix(base).unwrap_or(iri);
        let mut push = |candidate: &Candidate, relation: Relation| {
            let decision = decided(subject, candidate.id);
            let mut sources: BTreeSet<String> = candidate
                .sources
                .iter()
                .map(|name| (*name).to_owned())
                .collect();
            if decision.is_some() {
                sources.insert("decision".to_owned());
            }
            let (who, date) = decision.unwrap_or((String::new(), today.to_owned()));
            let mut link = Link {
                entity: entity.to_owned(),
                claim: subject.claim.clone(),
                item: candidate.id,
                label: candidate.label.clone(),
                relation,
                score: candidate.score,
                sources,
                reasons: candidate.reasons.clone(),
                who,
                date,
            };
            if let Some(old) = old.get(&(entity, candidate.id)) {
                let date = std::mem::replace(&mut link.date, old.date.clone());
                if link != **old {
                    link.date = date;
                }
            }
            links.push(link);
        };
        match outcome {
            Outcome::Linked(list) => list
                .iter()
                .take(1)
                .for_each(|one| push(one, Relation::Same)),
            Outcome::Decided(one) => push(one, Relation::Same),
            Outcome::Candidates(list, _) => list.iter().for_each(|one| push(one, Relation::Close)),
            Outcome::Unlinked(_) => {}
        }
    }
    links
}
