use super::settings::StoreArgument;
use super::{CliError, output};
use crate::query::{Answer, Request, answer};
use crate::store::Store;
use clap::Args;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Tell what a store holds
#[derive(Debug, Args)]
pub(super) struct Info {
    #[command(flatten)]
    store: StoreArgument,
    /// Give it as JSON
    #[arg(long)]
    json: bool,
}

const QUADS: &str = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
const CLASSES: &str = "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class";

const DOCUMENTS: &str = "SELECT ?id ?title ?language (COUNT(?claim) AS ?claims) { GRAPH ?g { ?g a dip:Document ; dct:identifier ?id OPTIONAL { ?g dct:title ?title } OPTIONAL { ?g dct:language ?language } OPTIONAL { ?claim a dip:Claim } } } GROUP BY ?id ?title ?language ORDER BY ?id";

impl Info {
    pub(super) fn run(self) -> Result<(), CliError> {
        let store = self.store.open()?;
        let quads = cells(&store, QUADS)?;
        let classes = cells(&store, CLASSES)?;
        let quads = quads
            .first()
            .and_then(|row| row.first())
            .cloned()
            .unwrap_or_default();
        let documents = super::rows_of(&store, DOCUMENTS)?;
        let cell =
            |row: &BTreeMap<String, String>, name: &str| row.get(name).cloned().unwrap_or_default();
        let listed: Vec<Json> = documents
            .iter()
            .map(|document| {
                json!({
                    "id": cell(document, "id"),
                    "title": cell(document, "title"),
                    "language": cell(document, "language"),
                    "claims": cell(document, "claims").parse::<u64>().ok(),
                })
            })
            .collect();
        let record = json!({
            "store": self.store.store,
            "version": store.version(),
            "base": store.manifest().map(|manifest| &manifest.base),
            "quads": quads.parse::<u64>().ok(),
            "counts": store.manifest().map(|manifest| manifest.counts),
            "classes": classes.iter().map(|row| match row.as_slice() {
                [class, n] => json!({ "class": class, "count": n.parse::<u64>().ok() }),
                _ => Json::Null,
            }).collect::<Vec<_>>(),
            "documents": listed,
        });
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                writeln!(out, "{record}")?;
                return Ok(());
            }
            let version = store.version().unwrap_or("remote");
            writeln!(out, "{} ({version}): {quads} quads", self.store.store)?;
            if let Some(manifest) = store.manifest() {
                let counts = manifest.counts;
                writeln!(
                    out,
                    "{} documents, {} claims ({} not facts), {} entities, {} events, {} disagreements",
                    counts.documents,
                    counts.claims,
                    counts.not_facts,
                    counts.entities,
                    counts.events,
                    counts.conflicts
                )?;
            }
            for document in &documents {
                writeln!(
                    out,
                    "  {}  [{}]  {}: {} claims",
                    cell(document, "id"),
                    cell(document, "language"),
                    cell(document, "title"),
                    cell(document, "claims")
                )?;
            }
            for row in &classes {
                if let [class, n] = row.as_slice() {
                    writeln!(out, "{n:>8}  {class}")?;
                }
            }
            Ok(())
        })
    }
}

fn cells(store: &Store, sparql: &str) -> Result<Vec<Vec<String>>, CliError> {
    Ok(match answer(store, &Request::new(sparql))? {
        Answer::Rows { rows, .. } => rows
            .iter()
            .map(|row| row.iter().map(super::text_of).collect())
            .collect(),
        Answer::Boolean(_) | Answer::Graph(_) => Vec::new(),
    })
}
