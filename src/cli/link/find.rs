use super::LANGUAGES;
use crate::cli::{CliError, output};
use crate::link::{Index, Nouns, Qid, Source, Subject, Table, found_by};
use clap::Args;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Show the items that a name may mean
#[derive(Debug, Args)]
pub(super) struct Find {
    /// The name, or an item's id
    name: String,
    /// An index that `chancery link index` made; without one the program's own tables are looked into
    #[arg(long, value_name = "FILE", env = "CHANCERY_LINK_INDEX")]
    index: Option<PathBuf>,
    /// Give them as JSON
    #[arg(long)]
    json: bool,
}

impl Find {
    pub(super) fn run(self) -> Result<(), CliError> {
        let nouns = Nouns::embedded().map_err(CliError::Failed)?;
        let (source, found): (Box<dyn Source>, Vec<(Qid, &'static str)>) = match &self.index {
            Some(path) => {
                let index = Index::open(path)?;
                let found = index.look_up(&self.name);
                (
                    Box::new(index),
                    found
                        .into_iter()
                        .map(|(id, how)| (id, found_by(how)))
                        .collect(),
                )
            }
            None => {
                let table = Table::embedded(&nouns).map_err(CliError::Failed)?;
                let found = table.look_up(&self.name);
                (
                    Box::new(table),
                    found
                        .into_iter()
                        .map(|(id, how)| (id, found_by(how)))
                        .collect(),
                )
            }
        };
        let found = match self.name.parse::<Qid>() {
            Ok(id) if found.is_empty() => vec![(id, "id")],
            Ok(_) | Err(_) => found,
        };
        let ids: Vec<Qid> = found.iter().map(|(id, _)| *id).collect();
        let items = source
            .items(&ids)
            .map_err(|error| CliError::Failed(error.to_string()))?;
        let how: BTreeMap<Qid, &str> = found.into_iter().collect();
        output::data(|out| -> Result<(), CliError> {
            for item in &items {
                let how = how.get(&item.id).copied().unwrap_or("id");
                if self.json {
                    writeln!(
                        out,
                        "{}",
                        serde_json::json!({ "found_by": how, "item": item })
                    )?;
                } else {
                    let types: Vec<&str> = item.types.iter().map(|kind| kind.name()).collect();
                    writeln!(
                        out,
                        "{}\t{}\t{}\t{}\tby {how}",
                        item.id,
                        item.label(&LANGUAGES),
                        types.join(", "),
                        item.description
                    )?;
                }
            }
            Ok(())
        })?;
        if items.is_empty() {
            return Err(CliError::Found(format!(
                "no item is called {:?}",
                self.name
            )));
        }
        Ok(())
    }
}

/// The kind of an entity by its name, for reports.
pub(super) fn kind_of(subject: &Subject) -> &'static str {
    subject.kind.map_or("entity", |kind| kind.name())
}
