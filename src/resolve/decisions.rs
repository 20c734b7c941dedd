//! A table of what people decided (same, different, prefer) → decisions, each with who made it and when; and what is wrong with rows that are none.

use crate::diagnostic::Diagnostic;
use crate::fact::Edtf;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// The columns of the table, in their order.
pub const COLUMNS: [&str; 10] = [
    "decision",
    "this",
    "this_claim",
    "that",
    "that_claim",
    "property",
    "value",
    "who",
    "when",
    "why",
];

/// Code of a decision that rules nothing.
pub const NOT_APPLIED: &str = "decision.not-applied";
/// Code of a decision of which another says the opposite.
pub const CONTRADICTS: &str = "decision.contradicts";

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// This is that.
    Same,
    /// This is not that.
    Different,
    /// Of the values that documents give a property of this, one leads.
    Prefer,
}

impl Verdict {
    /// The word for it in the table and in the graph.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Prefer => "prefer",
        }
    }
}

/// A person or event as a decision names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Path under the base IRI, as a build without decisions gives it; may be empty where a claim is given.
    pub path: String,
    /// The last part of the IRI of one of its claims, which outlives a change of the path; may be empty.
    pub claim: String,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// About what.
    pub this: Named,
    /// The other one; empty for a preference.
    pub that: Named,
    /// The property of a preference: a slot by its name (`start`), or `name` of a person.
    pub property: String,
    /// The preferred value, as the graph shows it.
    pub value: String,
    /// Who decided.
    pub who: String,
    /// When, as EDTF.
    pub when: String,
    /// Why, in words; may be empty.
    pub why: String,
    /// The table that it stands in.
    pub source: String,
    /// The bytes of its row there.
    pub span: Span,
}

impl Decision {
    /// A message about this decision.
    #[must_use]
    pub fn warning(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(code, message)
            .in_source(self.source.clone())
            .at(self.span)
    }
}

/// Reads a table: CSV with a header of [`COLUMNS`]; lines that begin with `#` are comments. `base` is where entities live: IRIs below it are
/// written as paths. The order of rows decides nothing. Rows that are no decisions are told of and left out.
#[must_use]
pub fn decisions(source: &str, table: &str, base: &str) -> (Vec<Decision>, Vec<Diagnostic>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(table.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    };
    if header != COLUMNS {
        let message = "the table of decisions has not the columns that it must have";
        wrong.push(
            Diagnostic::error("decision.columns", message)
                .in_source(source)
                .help(format!("write as its first line: {}", COLUMNS.join(","))),
        );
        return (found, wrong);
    }
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let message = format!("a row cannot be read: {error}");
                wrong.push(Diagnostic::error("decision.row", message).in_source(source));
                continue;
            }
        };
        let start = row.position().map_or(0, |at| at.byte());
        let start = usize::try_from(start).unwrap_or(0).min(table.len());
        let rest = table.get(start..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start().len();
        let end = rest
            .trim_start()
            .find('\n')
            .unwrap_or(rest.trim_start().len());
        let span = Span::new(start + skipped, start + skipped + end);
        match decision(&row, base) {
            Ok(decision) => found.push(Decision {
                source: source.to_owned(),
                span,
                ..decision
            }),
            Err(message) => wrong.push(
                Diagnostic::error("decision.row", message)
                    .in_source(source)
                    .at(span),
            ),
        }
    }
    found.sort();
    found.dedup();
    (found, wrong)
}

fn decision(row: &csv::StringRecord, base: &str) -> Result<Decision, String> {
    let cell = |name: &str| -> String {
        let at = COLUMNS.iter().position(|column| *column == name);
        at.and_then(|at| row.get(at)).unwrap_or_default().to_owned()
    };
    let verdict = match cell("decision").as_str() {
        "same" => Verdict::Same,
        "different" => Verdict::Different,
        "prefer" => Verdict::Prefer,
        other => {
            return Err(format!(
                "{other:?} is no decision: write same, different or prefer"
            ));
        }
    };
    let named = |thing: &str| {
        let iri = cell(thing);
        let iri = iri.trim_start_matches('<').trim_end_matches('>');
        let claim = cell(&format!("{thing}_claim"));
        Named {
            path: iri.strip_prefix(base).unwrap_or(iri).to_owned(),
            claim: claim
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches('>')
                .to_owned(),
        }
    };
    let (this, that) = (named("this"), named("that"));
    if this == Named::default() {
        return Err(
            "it does not say what it is about: give an IRI or a claim in `this`".to_owned(),
        );
    }
    let (property, value) = (cell("property"), cell("value"));
    match verdict {
        Verdict::Same | Verdict::Different if that == Named::default() => {
            return Err(
                "it does not say what the other is: give an IRI or a claim in `that`".to_owned(),
            );
        }
        Verdict::Prefer if property.is_empty() || value.is_empty() => {
            return Err("a preference needs `property` and `value`".to_owned());
        }
        Verdict::Same | Verdict::Different | Verdict::Prefer => {}
    }
    let (who, when) = (cell("who"), cell("when"));
    if who.is_empty() || Edtf::parse(&when).is_none() {
        return Err("it must say `who` decided and `when` (a date as 2026-11-26)".to_owned());
    }
    Ok(Decision {
        verdict,
        this,
        that,
        property,
        value,
        who,
        when,
        why: cell("why"),
        source: String::new(),
        span: Span::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_others_told_of() {
        let table = format!(
            "# what we decided\n{}\nsame,https://e/id/person/a,,person/b,https://e/id/claim/0a1b,,,Ana,2026-11-01,\"one, she says\"\nperhaps,a,,b,,,,Ana,2026,\nprefer,person/a,,,,,,Ana,2026,\nsame,person/a,,person/c,,,,,2026,\n",
            COLUMNS.join(",")
        );
        let (found, wrong) = decisions("d.csv", &table, "https://e/id/");
        let [one] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            (one.this.path.as_str(), one.that.claim.as_str()),
            ("person/a", "0a1b")
        );
        assert!(one.span.of(&table).starts_with("same,https"));
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert_eq!(decisions("d.csv", "a,b\n", "x").1.len(), 1);
    }

    #[test]
    fn the_project_s_own_table_is_in_order() {
        let table = include_str!("../../data/decisions.csv");
        assert!(decisions("data/decisions.csv", table, "").1.is_empty());
    }
}
