use crate::cli::{CliError, output};
use crate::link::{IndexBuilder, ItemType, Keep, Made};
use crate::pipeline::unpacked;
use clap::Args;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;

/// Make an index of Wikidata's items from a dump, to link without a network
///
/// Reads latest-all.json, packed (.gz, .bz2, .zst) or not, any slice of it, JSON lines, or answers of wbgetentities, as a stream. Keeps humans who
/// held offices, states, cities, organisations, missions, treaties, relations of two states and offices, with their names, their pages of
/// Wikipedia and what tells them apart. Lines that hold no entity are counted and left out.
#[derive(Debug, Args)]
pub(super) struct MakeIndex {
    /// Dumps, or - for standard input
    #[arg(required = true, value_name = "DUMP")]
    dumps: Vec<String>,
    /// The index
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Types of items to keep, separated by commas: person, state, city, organisation, mission, treaty, relation, office
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = item_type)]
    types: Vec<ItemType>,
    /// Languages of names, separated by commas; mul is always kept
    #[arg(
        long,
        value_name = "LANGUAGES",
        value_delimiter = ',',
        default_value = "en,fr,es"
    )]
    languages: Vec<String>,
    /// Keep humans without an office too
    #[arg(long)]
    all_persons: bool,
    /// Give the summary as JSON on standard output
    #[arg(long)]
    json: bool,
}

fn item_type(name: &str) -> Result<ItemType, String> {
    ItemType::parse(name).ok_or_else(|| {
        let names: Vec<&str> = ItemType::ALL.iter().map(|kind| kind.name()).collect();
        format!("there are {}", names.join(", "))
    })
}

impl MakeIndex {
    pub(super) fn run(self) -> Result<(), CliError> {
        let types = if self.types.is_empty() {
            ItemType::ALL.to_vec()
        } else {
            self.types
        };
        let mut builder = IndexBuilder::new(Keep {
            types,
            languages: self.languages,
            all_persons: self.all_persons,
        })?;
        let mut unread = 0;
        for dump in &self.dumps {
            let stream: Box<dyn Read> = if dump == "-" {
                Box::new(std::io::stdin())
            } else {
                match std::fs::File::open(dump) {
                    Ok(file) => Box::new(file),
                    Err(error) => {
                        output::note(&format!("{dump}: {error}"));
                        unread += 1;
                        continue;
                    }
                }
            };
            let stream =
                unpacked(stream).map_err(|error| CliError::Failed(format!("{dump}: {error}")))?;
            builder.read(stream, &mut progress)?;
        }
        if unread == self.dumps.len() {
            return Err(CliError::Usage(
                "none of the dumps could be read; no index was made".to_owned(),
            ));
        }
        let made = builder.finish(&self.out)?;
        tell(&made);
        if self.json {
            output::data(|out| -> Result<(), CliError> {
                writeln!(out, "{}", json(&made))?;
                Ok(())
            })?;
        } else {
            output::note(&words(&made, &self.out.display().to_string()));
        }
        if unread > 0 {
            return Err(CliError::Input(output::count(unread, "dump")));
        }
        Ok(())
    }
}

fn progress(made: &Made) {
    if std::io::stderr().is_terminal() && made.entities.is_multiple_of(10_000) {
        output::note(&format!(
            "{} MB read, {} entities, {} kept",
            made.bytes / 1_000_000,
            made.entities,
            made.items
        ));
    }
}

fn tell(made: &Made) {
    for (line, why) in &made.told {
        output::note(&format!("line {line}: {why}"));
    }
    let rest = made.broken - made.told.len() as u64;
    if rest > 0 {
        output::note(&format!("and {rest} more lines that hold no entity"));
    }
}

fn words(made: &Made, place: &str) -> String {
    let kept: Vec<String> = made
        .kept
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    format!(
        "{place}: {} items of {} entities ({}), {} keys, {} bytes; {} lines held no entity",
        made.items,
        made.entities,
        kept.join(", "),
        made.keys,
        made.size,
        made.broken
    )
}

fn json(made: &Made) -> serde_json::Value {
    serde_json::json!({
        "bytes": made.bytes,
        "entities": made.entities,
        "items": made.items,
        "kept": made.kept,
        "keys": made.keys,
        "broken": made.broken,
        "size": made.size,
    })
}
