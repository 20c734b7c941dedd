//! `chancery link`: entities of a store → items of Wikidata.

mod far;
mod find;
mod index;
mod report;
mod review;

use super::{CliError, output, today};
use crate::link::decisions::{Decision, Verdict, decisions};
use crate::link::{
    Index, Link, Linker, Nouns, Outcome, Qid, Source, Subject, Table, record, subjects,
};
use crate::pipeline::{Pipeline, read_links, write_links};
use crate::store::{Folder, Store};
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Languages in which items are named, the best first.
const LANGUAGES: [&str; 3] = ["en", "fr", "es"];

/// Link the entities of a store to Wikidata
///
/// What is certain is linked (owl:sameAs), what is likely is offered (skos:closeMatch), the rest is left, and each says why. Without --index only the
/// links that come with the program are used: states, capitals and other cities, missions, some organisations. Nothing is asked over
/// the network without --online or --reconcile. The links stand in links.jsonl beside the store, and every later build brings them in again.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct LinkCommand {
    #[command(subcommand)]
    command: Option<Sub>,
    #[command(flatten)]
    run: Run,
}

#[derive(Debug, Subcommand)]
enum Sub {
    Index(index::MakeIndex),
    Find(find::Find),
    Review(review::Review),
}

/// Which store, index and decisions.
#[derive(Debug, Args)]
struct With {
    /// The store's folder
    #[arg(
        long,
        value_name = "DIR",
        env = "CHANCERY_STORE",
        default_value = "chancery-store"
    )]
    store: PathBuf,
    /// An index that `chancery link index` made; may be given more than once
    #[arg(long, value_name = "FILE", env = "CHANCERY_LINK_INDEX")]
    index: Vec<PathBuf>,
    /// A table of what people decided about links (docs/LINKS.md) [default: link-decisions.csv in the store's folder, if it is there]
    #[arg(long, value_name = "FILE", env = "CHANCERY_LINK_DECISIONS")]
    decisions: Option<PathBuf>,
    #[command(flatten)]
    far: far::Far,
}

#[derive(Debug, Args)]
struct Run {
    #[command(flatten)]
    with: With,
    /// Only tell what would be linked; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Tell of every entity: its item or candidates with their reasons, or why it has none
    #[arg(long)]
    all: bool,
    /// Give the report as JSON on standard output
    #[arg(long)]
    json: bool,
}

impl LinkCommand {
    pub(super) fn run(self) -> Result<(), CliError> {
        match self.command {
            Some(Sub::Index(command)) => command.run(),
            Some(Sub::Find(command)) => command.run(),
            Some(Sub::Review(command)) => command.run(),
            None => self.run.run(),
        }
    }
}

impl Run {
    fn run(self) -> Result<(), CliError> {
        let found = Linking::of(&self.with)?;
        report::show(&found, self.all, self.json)?;
        if !self.dry_run {
            found.keep(&self.with.store)?;
        }
        Ok(())
    }
}

/// What linking a store gave.
struct Linking {
    base: String,
    subjects: BTreeMap<String, Subject>,
    outcomes: BTreeMap<String, Outcome>,
    decisions: Vec<Decision>,
    links: Vec<Link>,
    indexes: Vec<Index>,
}

impl Linking {
    fn of(with: &With) -> Result<Self, CliError> {
        let place = with.store.display().to_string();
        if place.starts_with("http://") || place.starts_with("https://") {
            return Err(CliError::Usage(
                "link writes to a folder; remote stores can only be asked".to_owned(),
            ));
        }
        let before = read_links(&Folder::new(&with.store))?;
        let decisions = with.decisions()?;
        let indexes = with.indexes()?;
        let nouns = Nouns::embedded().map_err(CliError::Failed)?;
        let table = Table::embedded(&nouns).map_err(CliError::Failed)?;
        let store = Store::open_read_only(&place)?;
        let base = store
            .manifest()
            .map(|manifest| manifest.base.clone())
            .unwrap_or_default();
        let subjects = subjects(&store)?;
        let mut sources: Vec<&dyn Source> = vec![&table];
        sources.extend(indexes.iter().map(|index| index as &dyn Source));
        let services = with.far.services(with.store.join("link-answers"), &nouns)?;
        sources.extend(services.wikidata.iter().map(|one| one as &dyn Source));
        sources.extend(services.reconciliation.iter().map(|one| one as &dyn Source));
        let languages = LANGUAGES.map(str::to_owned);
        let linker = Linker {
            subjects: &subjects,
            sources: &sources,
            nouns: &nouns,
            decisions: &decisions,
            languages: &languages,
        };
        let outcomes = linker
            .link(&|done, total| {
                if done.is_multiple_of(20) {
                    output::ongoing(&format!("looked for {done} of {total} entities"));
                }
            })
            .map_err(|error| CliError::Failed(error.to_string()))?;
        output::ongoing("");
        for line in services.summary() {
            output::note(&line);
        }
        for warning in doubts(&decisions, &subjects, &sources)? {
            output::note(&warning);
        }
        let links = record::links(
            &subjects,
            &outcomes,
            &|subject, id| decided(&decisions, subject, id),
            &before,
            &base,
            &today(),
        );
        Ok(Self {
            base,
            subjects,
            outcomes,
            decisions,
            links,
            indexes,
        })
    }

    /// Writes the links beside the store and into it.
    fn keep(&self, store: &Path) -> Result<(), CliError> {
        let folder = Folder::new(store);
        write_links(&folder, &self.links)?;
        Pipeline::new(&self.base)?.bring_in_links(&folder)?;
        Ok(())
    }
}

impl With {
    fn indexes(&self) -> Result<Vec<Index>, CliError> {
        self.index
            .iter()
            .map(|path| Ok(Index::open(path)?))
            .collect()
    }

    /// Where decisions stand, or will.
    fn decisions_file(&self) -> PathBuf {
        let beside = || self.store.join("link-decisions.csv");
        self.decisions.clone().unwrap_or_else(beside)
    }

    fn decisions(&self) -> Result<Vec<Decision>, CliError> {
        let path = self.decisions_file();
        let shown = path.display().to_string();
        let table = match std::fs::read_to_string(&path) {
            Ok(table) => table,
            Err(error)
                if error.kind() == std::io::ErrorKind::NotFound && self.decisions.is_none() =>
            {
                return Ok(Vec::new());
            }
            Err(error) => return Err(CliError::Usage(format!("{shown}: {error}"))),
        };
        let (found, wrong) = decisions(&shown, &table);
        for diagnostic in &wrong {
            output::note(&diagnostic.render(Some(&table)));
        }
        if wrong.is_empty() {
            Ok(found)
        } else {
            Err(CliError::Usage(format!(
                "{shown} holds what is no decision; nothing was linked"
            )))
        }
    }
}

/// What is odd about decisions: they are of nothing in the store, or of an item that no source knows or that is of another type.
fn doubts(
    decisions: &[Decision],
    subjects: &BTreeMap<String, Subject>,
    sources: &[&dyn Source],
) -> Result<Vec<String>, CliError> {
    let mut told = Vec::new();
    // The program's own tables know too little to miss an item in.
    let complete = sources.iter().any(|source| source.name() != "table");
    for decision in decisions {
        let name = if decision.entity.is_empty() {
            &decision.claim
        } else {
            &decision.entity
        };
        let Some(subject) = subjects.values().find(|subject| decision.is_of(subject)) else {
            told.push(format!(
                "warning: the decision on {name} by {} ({}) applies to nothing in this store",
                decision.who, decision.when
            ));
            continue;
        };
        let Verdict::Same(id) = decision.verdict else {
            continue;
        };
        let mut items = Vec::new();
        for source in sources {
            let found = source.items(&[id]);
            items.extend(found.map_err(|error| CliError::Failed(error.to_string()))?);
        }
        let fits = |item: &crate::link::Item| {
            item.types.is_empty() || subject.kind.is_none_or(|kind| item.types.contains(&kind))
        };
        if items.is_empty() && complete {
            told.push(format!(
                "warning: {name} was decided to be {id}, which no source knows"
            ));
        } else if let Some(item) = items.iter().find(|item| !fits(item)) {
            let types: Vec<&str> = item.types.iter().map(|kind| kind.name()).collect();
            told.push(format!(
                "warning: {name} was decided to be {id} ({}), which is a {}",
                item.label(&LANGUAGES),
                types.join(", ")
            ));
        }
    }
    Ok(told)
}

/// Who linked an entity to an item, and when, where a person did.
fn decided(decisions: &[Decision], subject: &Subject, id: Qid) -> Option<(String, String)> {
    decisions
        .iter()
        .find(|decision| decision.is_of(subject) && decision.verdict == Verdict::Same(id))
        .map(|decision| (decision.who.clone(), decision.when.clone()))
}
