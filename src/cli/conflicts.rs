use super::settings::StoreArgument;
use super::{CliError, output, rows_of, short};
use crate::query::find;
use clap::Args;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Show what sources disagree on, each side with its sentence
#[derive(Debug, Args)]
pub(super) struct Conflicts {
    #[command(flatten)]
    store: StoreArgument,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

/// A disagreement, its sides by IRI.
#[derive(Default)]
struct Conflict {
    iri: String,
    about: String,
    what: String,
    property: String,
    grade: String,
    sides: BTreeMap<String, Side>,
}

#[derive(Default)]
struct Side {
    property: String,
    value: String,
    polarity: String,
    sentences: Vec<(String, String)>,
}

impl Conflicts {
    pub(super) fn run(self) -> Result<(), CliError> {
        let store = self.store.open()?;
        let query = find("conflicts")?.with(&BTreeMap::new())?;
        let conflicts = group(rows_of(&store, &query)?);
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                let records: Vec<Json> = conflicts.iter().map(Conflict::json).collect();
                writeln!(out, "{}", Json::from(records))?;
            } else {
                for conflict in &conflicts {
                    writeln!(out, "{}", conflict.words())?;
                }
            }
            Ok(())
        })?;
        if conflicts.is_empty() && !self.json {
            output::note("the sources disagree on nothing");
        }
        Ok(())
    }
}

fn group(rows: Vec<BTreeMap<String, String>>) -> Vec<Conflict> {
    let mut conflicts: BTreeMap<String, Conflict> = BTreeMap::new();
    for mut row in rows {
        let mut take = |name: &str| row.remove(name).unwrap_or_default();
        let iri = take("conflict");
        let conflict = conflicts.entry(iri.clone()).or_default();
        conflict.iri = iri;
        conflict.about = take("about");
        conflict.what = take("what");
        conflict.grade = take("grade");
        let property = short(&take("property"));
        let side = conflict.sides.entry(take("side")).or_default();
        if conflict.property.is_empty() {
            conflict.property.clone_from(&property);
        } else if !conflict.property.split(", ").any(|known| known == property) {
            conflict.property.push_str(&format!(", {property}"));
        }
        side.property = property;
        side.value = take("value");
        side.polarity = take("polarity");
        let sentence = (take("quote"), take("doc"));
        if !side.sentences.contains(&sentence) {
            side.sentences.push(sentence);
        }
    }
    conflicts.into_values().collect()
}

impl Conflict {
    fn words(&self) -> String {
        let mut text = format!("{}\n  {}", self.what, self.grade.replace('-', " "));
        if !self.property.is_empty() {
            text.push_str(&format!(": {}", self.property));
        }
        text.push_str(&format!("  <{}>\n", self.about));
        for side in self.sides.values() {
            let denied = if side.polarity == "denied" {
                "denied "
            } else {
                ""
            };
            text.push_str(&format!("  • {denied}{} {}\n", side.property, side.value));
            for (quote, document) in &side.sentences {
                text.push_str(&format!("      “{}” ({document})\n", one_line(quote)));
            }
        }
        text
    }

    fn json(&self) -> Json {
        let sides: Vec<Json> = self
            .sides
            .iter()
            .map(|(iri, side)| {
                let sentences: Vec<Json> = side
                    .sentences
                    .iter()
                    .map(|(quote, document)| json!({ "quote": quote, "document": document }))
                    .collect();
                json!({
                    "iri": iri,
                    "property": side.property,
                    "value": side.value,
                    "polarity": side.polarity,
                    "sentences": sentences,
                })
            })
            .collect();
        json!({
            "iri": self.iri,
            "about": self.about,
            "what": self.what,
            "grade": self.grade,
            "sides": sides,
        })
    }
}

/// A quote with its line breaks as spaces.
fn one_line(quote: &str) -> String {
    quote.split_whitespace().collect::<Vec<_>>().join(" ")
}
