use super::settings::StoreArgument;
use super::{CliError, output, rows_of, short};
use crate::query::find;
use clap::Args;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Show what sources disagree on, each side with its sentence, and what cannot be as it is told
///
/// Grades: contradiction (both cannot be true), different precision (one is vaguer), different kind of date (signed here, adopted there).
/// Impossible is what no source need contradict: an end before a start, a mission in the state that sends it, a visit after a death.
#[derive(Debug, Args)]
pub(super) struct Conflicts {
    #[command(flatten)]
    store: StoreArgument,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

/// What cannot be as it is told, with the sentences that together say so.
const IMPOSSIBLE: &str = "SELECT DISTINCT ?impossible ?about ?what ?reason ?quote ?doc {
  ?impossible a dip:Impossibility ; dip:about ?about ; dip:reason ?reason ; rdfs:label ?what ; dip:supportedBy ?claim .
  GRAPH ?g { ?claim dip:quote ?quote ; prov:wasDerivedFrom ?document . ?document dct:identifier ?doc }
} ORDER BY ?impossible ?doc ?quote";

/// A disagreement, its sides by IRI.
#[derive(Default)]
struct Conflict {
    iri: String,
    about: String,
    what: String,
    property: String,
    grade: String,
    settled: String,
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
        let impossible = impossible(rows_of(&store, IMPOSSIBLE)?);
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                let told = conflicts.iter().map(Conflict::json);
                let records: Vec<Json> = told
                    .chain(impossible.iter().map(Impossible::json))
                    .collect();
                writeln!(out, "{}", Json::from(records))?;
            } else {
                for conflict in &conflicts {
                    writeln!(out, "{}", conflict.words())?;
                }
                for one in &impossible {
                    writeln!(out, "{}", one.words())?;
                }
            }
            Ok(())
        })?;
        if conflicts.is_empty() && impossible.is_empty() && !self.json {
            output::note("the sources disagree on nothing, and nothing they tell is impossible");
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
        conflict.settled = take("settled");
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
        if !self.settled.is_empty() {
            text.push_str(&format!("  settled by {}\n", self.settled));
        }
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
                json!({
                    "iri": iri,
                    "property": side.property,
                    "value": side.value,
                    "polarity": side.polarity,
                    "sentences": sentences(&side.sentences),
                })
            })
            .collect();
        json!({
            "iri": self.iri,
            "about": self.about,
            "what": self.what,
            "grade": self.grade,
            "settled": (!self.settled.is_empty()).then_some(&self.settled),
            "sides": sides,
        })
    }
}

#[derive(Default)]
struct Impossible {
    iri: String,
    about: String,
    what: String,
    reason: String,
    sentences: Vec<(String, String)>,
}

fn impossible(rows: Vec<BTreeMap<String, String>>) -> Vec<Impossible> {
    let mut found: BTreeMap<String, Impossible> = BTreeMap::new();
    for mut row in rows {
        let mut take = |name: &str| row.remove(name).unwrap_or_default();
        let iri = take("impossible");
        let one = found.entry(iri.clone()).or_default();
        one.iri = iri;
        one.about = take("about");
        one.what = take("what");
        one.reason = take("reason");
        one.sentences.push((take("quote"), take("doc")));
    }
    found.into_values().collect()
}

impl Impossible {
    fn words(&self) -> String {
        let mut text = format!(
            "{}\n  impossible: {}  <{}>\n",
            self.what, self.reason, self.about
        );
        for (quote, document) in &self.sentences {
            text.push_str(&format!("      “{}” ({document})\n", one_line(quote)));
        }
        text
    }

    fn json(&self) -> Json {
        json!({
            "iri": self.iri,
            "about": self.about,
            "what": self.what,
            "grade": "impossible",
            "reason": self.reason,
            "sentences": sentences(&self.sentences),
        })
    }
}

fn sentences(all: &[(String, String)]) -> Vec<Json> {
    all.iter()
        .map(|(quote, document)| json!({ "quote": quote, "document": document }))
        .collect()
}

/// A quote with its line breaks as spaces.
fn one_line(quote: &str) -> String {
    quote.split_whitespace().collect::<Vec<_>>().join(" ")
}
