//! A table of what people decided about links → decisions, and what is wrong with rows that are none.
//!
//! Columns: `decision` (`same`, `different`: this item or another; `none`: no item at all), `entity` (IRI or its path under the base), `claim` (the
//! last part of the IRI of one of its claims, by which it is found when its IRI has moved; may be empty), `item` (Q…; empty for `none`),
//! `who`, `when` (EDTF), `why` (may be empty).

use super::Qid;
use super::subject::Subject;
use crate::diagnostic::Diagnostic;
use crate::fact::Edtf;
use crate::text::Span;
use std::collections::BTreeMap;

/// The columns, in their order.
pub const COLUMNS: [&str; 7] = ["decision", "entity", "claim", "item", "who", "when", "why"];

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is this item.
    Same(Qid),
    /// It is not this item.
    Different(Qid),
    /// No item is it.
    None,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The entity's IRI, or its path under the base.
    pub entity: String,
    /// One of its claims; may be empty.
    pub claim: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub who: String,
    /// When, as EDTF.
    pub when: String,
    /// Why, in words; may be empty.
    pub why: String,
}

impl Decision {
    /// Whether it is about this entity.
    #[must_use]
    pub fn is_of(&self, subject: &Subject) -> bool {
        let named = subject.iri == self.entity
            || (!self.entity.is_empty() && subject.iri.ends_with(&format!("/{}", self.entity)));
        named || (!self.claim.is_empty() && subject.claim == self.claim)
    }

    /// Its row.
    #[must_use]
    pub fn row(&self) -> [String; 7] {
        let (verdict, item) = match self.verdict {
            Verdict::Same(id) => ("same", id.to_string()),
            Verdict::Different(id) => ("different", id.to_string()),
            Verdict::None => ("none", String::new()),
        };
        [
            verdict.to_owned(),
            self.entity.clone(),
            self.claim.clone(),
            item,
            self.who.clone(),
            self.when.clone(),
            self.why.clone(),
        ]
    }
}

/// Reads a table; `source` names it in messages. Of two rows about one entity and item, the later stands.
#[must_use]
pub fn decisions(source: &str, table: &str) -> (Vec<Decision>, Vec<Diagnostic>) {
    let mut found: BTreeMap<(String, Option<Qid>), Decision> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(table.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
        .unwrap_or_default();
    if !header
        .iter()
        .map(String::as_str)
        .take(COLUMNS.len())
        .eq(COLUMNS)
    {
        let message = format!("its first row must begin with {}", COLUMNS.join(","));
        let end = table.lines().next().map_or(0, str::len);
        wrong.push(
            Diagnostic::error("link.decision", message)
                .in_source(source)
                .at(Span::new(0, end))
                .help("a comma-separated table, as `chancery link review --export FILE` writes it"),
        );
        return (Vec::new(), wrong);
    }
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                wrong.push(Diagnostic::error("link.decision", error.to_string()).in_source(source));
                continue;
            }
        };
        let start = row
            .position()
            .map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        let end = table
            .get(start..)
            .and_then(|rest| rest.lines().next())
            .map_or(start, |line| start + line.len());
        match decision(&row) {
            Ok(Some(decision)) => {
                let item = match decision.verdict {
                    // One entity is one item or none.
                    Verdict::Same(_) | Verdict::None => None,
                    Verdict::Different(id) => Some(id),
                };
                let about = if decision.entity.is_empty() {
                    &decision.claim
                } else {
                    &decision.entity
                };
                found.insert((about.clone(), item), decision);
            }
            Ok(None) => {}
            Err(message) => wrong.push(
                Diagnostic::error("link.decision", message)
                    .in_source(source)
                    .at(Span::new(start, end))
                    .help("docs/LINKS.md tells how rows are written"),
            ),
        }
    }
    (found.into_values().collect(), wrong)
}

/// A row that says nothing yet (an empty decision) is none.
fn decision(row: &csv::StringRecord) -> Result<Option<Decision>, String> {
    let cell = |n: usize| row.get(n).unwrap_or_default().trim();
    if cell(0).is_empty() {
        return Ok(None);
    }
    let item = || cell(3).parse::<Qid>().map_err(|error| error.to_string());
    let verdict = match cell(0) {
        "same" => Verdict::Same(item()?),
        "different" => Verdict::Different(item()?),
        "none" => Verdict::None,
        other => {
            return Err(format!(
                "{other:?} is no decision; there are same, different and none"
            ));
        }
    };
    if cell(1).is_empty() && cell(2).is_empty() {
        return Err("it names no entity".to_owned());
    }
    if cell(4).is_empty() {
        return Err("it does not say who decided".to_owned());
    }
    if Edtf::parse(cell(5)).is_none() {
        return Err(format!("{:?} is no date; write it as 2026-11-26", cell(5)));
    }
    Ok(Some(Decision {
        entity: cell(1).to_owned(),
        claim: cell(2).to_owned(),
        verdict,
        who: cell(4).to_owned(),
        when: cell(5).to_owned(),
        why: cell(6).to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_decisions_or_told_of() {
        let table = "# mine\ndecision,entity,claim,item,who,when,why\nsame,state/peru,,Q419,Ana,2026-11-26,\n,state/france,,Q142,,,\nmaybe,state/france,,Q142,Ana,2026-11-26,\nsame,state/france,,142,Ana,2026-11-26,\nnone,person/x,abc,,Ana,2026-11,\"nobody, yet\"\nsame,person/y,,Q1,,2026-11-26,\nsame,person/y,,Q1,Ana,yesterday,\n";
        let (found, wrong) = decisions("links.csv", table);
        assert_eq!(found.len(), 2);
        assert_eq!(wrong.len(), 4);
        assert!(wrong.iter().all(|one| one.span.is_some()));
        let (none, wrong) = decisions("links.csv", "a,b\n");
        assert!(none.is_empty() && wrong.len() == 1);
    }

    #[test]
    fn the_later_row_stands() {
        let table = "decision,entity,claim,item,who,when,why\nsame,state/peru,,Q1,Ana,2026-11-26,\nsame,state/peru,,Q419,Ana,2026-11-27,\n";
        let (found, _) = decisions("links.csv", table);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].verdict, Verdict::Same(Qid(419)));
    }
}
