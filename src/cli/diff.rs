use super::{CliError, output};
use crate::export::{Changes, Section, Side, changes};
use crate::query::GraphFormat;
use crate::store::Store;
use clap::Args;
use serde_json::{Value as Json, json};
use std::path::Path;

/// Tell which documents and facts two stores or exports have more, less or otherwise
///
/// A fact that the same claims tell of is the same, whatever its IRI. Lines begin with + (only in the second), - (only in the first) or ~ (told
/// otherwise). The status is 0 whether they differ or not.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The first: a store's folder or URL, or a file (.ttl, .trig, .nt, .nq, .jsonld, .rdf) that export or convert wrote
    #[arg(value_name = "A")]
    old: String,
    /// The second
    #[arg(value_name = "B")]
    new: String,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) fn run(self) -> Result<(), CliError> {
        let found = changes(&side(&self.old)?, &side(&self.new)?)?;
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                writeln!(out, "{}", json(&found))?;
            } else {
                write!(out, "{}", words(&found))?;
            }
            Ok(())
        })
    }
}

fn side(place: &str) -> Result<Side, CliError> {
    let path = Path::new(place);
    if !path.is_file() {
        return Ok(Side::Store(Store::open_read_only(place)?));
    }
    let end = path
        .extension()
        .map(|end| end.to_string_lossy().to_ascii_lowercase());
    match end.as_deref().and_then(GraphFormat::parse) {
        Some(format) => Ok(Side::File(path.to_owned(), format)),
        None => Err(CliError::Usage(format!(
            "{place}: the name does not end as that of an export does (.ttl, .trig, .nt, .nq, .jsonld, .rdf)"
        ))),
    }
}

fn sections(changes: &Changes) -> [(&'static str, &Section); 4] {
    [
        ("documents", &changes.documents),
        ("facts", &changes.facts),
        ("disagreements", &changes.disagreements),
        ("things", &changes.things),
    ]
}

fn words(changes: &Changes) -> String {
    let mut text = String::new();
    for (name, section) in sections(changes) {
        let Section {
            added,
            removed,
            changed,
            same,
        } = section;
        text.push_str(&format!(
            "{name}: {} added, {} removed, {} changed, {same} the same\n",
            added.len(),
            removed.len(),
            changed.len(),
        ));
        for (sign, items) in [('+', added), ('-', removed)] {
            for item in items {
                text.push_str(&format!("{sign} {}  {}\n", item.iri, item.label));
            }
        }
        for told in changed {
            text.push_str(&format!("~ {}  {}\n", told.iri, told.label));
            if let Some(was) = &told.was {
                text.push_str(&format!("    was {was}\n"));
            }
            for (property, (old, new)) in &told.values {
                text.push_str(&format!("    {property}: {} → {}\n", list(old), list(new)));
            }
            let (more, less) = told.claims;
            for (count, word) in [(more, "more"), (less, "less")] {
                if count > 0 {
                    text.push_str(&format!("    {} {word}\n", output::count(count, "claim")));
                }
            }
        }
    }
    text
}

fn list(values: &[String]) -> String {
    if values.is_empty() {
        "–".to_owned()
    } else {
        values
            .iter()
            .map(|value| super::one_line(value))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn json(changes: &Changes) -> Json {
    let items = |items: &[crate::export::Item]| -> Vec<Json> {
        let items = items.iter();
        items
            .map(|item| json!({ "iri": item.iri, "label": item.label }))
            .collect()
    };
    let record = sections(changes).map(|(name, section)| {
        let changed: Vec<Json> = section
            .changed
            .iter()
            .map(|told| {
                let values: serde_json::Map<String, Json> = told
                    .values
                    .iter()
                    .map(|(property, (old, new))| {
                        (property.clone(), json!({ "removed": old, "added": new }))
                    })
                    .collect();
                json!({
                    "iri": told.iri,
                    "was": told.was,
                    "label": told.label,
                    "values": values,
                    "claims": { "added": told.claims.0, "removed": told.claims.1 },
                })
            })
            .collect();
        let section = json!({
            "added": items(&section.added),
            "removed": items(&section.removed),
            "changed": changed,
            "same": section.same,
        });
        (name.to_owned(), section)
    });
    Json::Object(record.into_iter().collect())
}
