//! Statements that Wikidata lacks → commands of QuickStatements, or words for people.

use super::Qid;
use super::properties::*;
use super::statements::{Statements, Value};
use crate::fact::Edtf;
use std::fmt::Write;

/// Longest quotation, in characters: what Wikidata takes.
const LONGEST: usize = 1500;

impl Value {
    /// As QuickStatements writes it: `Q419`, `+1964-11-20T00:00:00Z/11`.
    fn command(&self) -> String {
        match self {
            Self::Item(id) => id.to_string(),
            Self::Date(date) => {
                let day = date.start.unwrap_or(crate::fact::Day::year(1));
                let (month, of_day) = (day.month.unwrap_or(0), day.day.unwrap_or(0));
                let precision = match (date.decade, day.month, day.day) {
                    (true, ..) => 8,
                    (false, None, _) => 9,
                    (false, Some(_), None) => 10,
                    (false, Some(_), Some(_)) => 11,
                };
                format!(
                    "+{:04}-{month:02}-{of_day:02}T00:00:00Z/{precision}",
                    day.year
                )
            }
        }
    }
}

impl Statements {
    /// As commands of QuickStatements, version 1: a statement to a line, its parts divided by tabs. `retrieved` is the day on which the documents
    /// were read.
    #[must_use]
    pub fn commands(&self, retrieved: &Edtf) -> String {
        let mut out = String::new();
        for one in &self.statements {
            let mut line = format!("{}\t{}\t{}", one.subject, one.property, one.value.command());
            for (property, value) in &one.qualifiers {
                // Writing to a text never fails.
                let _ = write!(line, "\t{property}\t{}", value.command());
            }
            for reference in &one.references {
                let source = |property: Property| property.to_string().replacen('P', "S", 1);
                // The second reference of a statement begins with !S.
                let begin = if line.contains("\tS") { "!" } else { "" };
                let url = reference.url.replace('"', "%22");
                let _ = write!(line, "\t{begin}{}\t\"{url}\"", source(REFERENCE_URL));
                let quotable = !reference.quote.is_empty()
                    && !reference.quote.contains('"')
                    && !reference.lang.is_empty()
                    && reference.quote.chars().count() <= LONGEST;
                if quotable {
                    let _ = write!(
                        line,
                        "\t{}\t{}:\"{}\"",
                        source(QUOTE),
                        reference.lang,
                        reference.quote
                    );
                }
                let day = Value::Date(*retrieved).command();
                let _ = write!(line, "\t{}\t{day}", source(RETRIEVED));
            }
            out.push_str(&line);
            out.push('\n');
        }
        out
    }

    /// For people: what would be added, and what is left out.
    #[must_use]
    pub fn report(&self) -> String {
        let name = |id: &Qid| match self.labels.get(id) {
            Some(label) => format!("{label} ({id})"),
            None => id.to_string(),
        };
        let value = |value: &Value| match value {
            Value::Item(id) => name(id),
            Value::Date(date) => date.to_string(),
        };
        let label = |property: Property| {
            let known = PROPERTIES.iter().find(|(one, _)| *one == property);
            known.map_or_else(
                || property.to_string(),
                |(_, label)| format!("{label} ({property})"),
            )
        };
        let mut out = String::new();
        for one in &self.statements {
            let _ = writeln!(
                out,
                "{}: {} = {}",
                name(&one.subject),
                label(one.property),
                value(&one.value)
            );
            for (property, of) in &one.qualifiers {
                let _ = writeln!(out, "    {}: {}", label(*property), value(of));
            }
            for reference in &one.references {
                let _ = writeln!(out, "    {}\n      “{}”", reference.url, reference.quote);
            }
        }
        out
    }

    /// What was left out, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        format!(
            "{} statements; left out: {} that Wikidata has, {} on which sources disagree, {} without a document that has an address; {} could not be compared with what Wikidata has",
            self.statements.len(),
            self.there,
            self.disputed,
            self.without_address,
            self.unseen
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::statements::{Reference, Statement, point};

    #[test]
    fn dates_are_written_as_precise_as_they_are() {
        for (date, command) in [
            ("1964", "+1964-00-00T00:00:00Z/9"),
            ("1964-11", "+1964-11-00T00:00:00Z/10"),
            ("1964-11-20", "+1964-11-20T00:00:00Z/11"),
            ("196X", "+1960-00-00T00:00:00Z/8"),
        ] {
            assert_eq!(Value::Date(point(date).unwrap()).command(), command);
        }
        for none in ["1964~", "1964/..", "1960/1964", "", "soon"] {
            assert!(point(none).is_none(), "{none}");
        }
    }

    #[test]
    fn a_line_has_qualifiers_and_references() {
        let reference = |url: &str| Reference {
            url: url.to_owned(),
            lang: "en".to_owned(),
            quote: "Peru joined in 1945.".to_owned(),
        };
        let statements = Statements {
            statements: vec![Statement {
                subject: Qid(419),
                property: MEMBER_OF,
                value: Value::Item(Qid(1065)),
                qualifiers: vec![(START, Value::Date(point("1945").unwrap()))],
                references: vec![
                    reference("https://example.org/a"),
                    reference("https://example.org/b"),
                ],
            }],
            ..Statements::default()
        };
        assert_eq!(
            statements.commands(&point("2026-11-26").unwrap()),
            "Q419\tP463\tQ1065\tP580\t+1945-00-00T00:00:00Z/9\tS854\t\"https://example.org/a\"\tS1683\ten:\"Peru joined in 1945.\"\tS813\t+2026-11-26T00:00:00Z/11\t!S854\t\"https://example.org/b\"\tS1683\ten:\"Peru joined in 1945.\"\tS813\t+2026-11-26T00:00:00Z/11\n"
        );
    }
}
