use super::settings::BaseArgument;
use super::{CliError, output};
use crate::check::{Figures, Found, Gold, Report, evaluate, rows};
use crate::fact::Kind;
use crate::pipeline::Pipeline;
use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Measure reading against gold annotations: precision, recall and F1 per kind of fact and language
#[derive(Debug, Args)]
pub(super) struct Eval {
    /// A folder with NAME.json of gold, or one such file
    gold: PathBuf,
    /// The documents, NAME.txt; the gold's own folder unless said
    documents: Option<String>,
    /// Only documents that the nearest quality/split.tsv above the gold gives to this part
    #[arg(long, value_name = "PART")]
    split: Option<String>,
    /// Show facts that were missed, wrong, or found with slots that differ, or all of these
    #[arg(long)]
    show: Option<Show>,
    /// Give the figures as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    base: BaseArgument,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Show {
    Missed,
    Wrong,
    Inexact,
    All,
}

impl Eval {
    pub(super) fn run(self) -> Result<(), CliError> {
        let mut gold = BTreeMap::new();
        for path in json_files(&self.gold)? {
            let text = std::fs::read_to_string(&path).map_err(|e| unusable(&path, &e))?;
            let parsed = Gold::parse(&text).map_err(|e| unusable(&path, &e))?;
            gold.extend(parsed.map(|parsed| (stem(&path), parsed)));
        }
        if let Some(part) = &self.split {
            let members = members(&self.gold, part)?;
            gold.retain(|name, _| members.contains(name));
        }
        if gold.is_empty() {
            let place = self.gold.display();
            return Err(CliError::Usage(format!(
                "{place} holds no gold to compare with"
            )));
        }
        let documents = self.documents.clone();
        let documents = documents.unwrap_or_else(|| self.gold.display().to_string());
        let sources = named(&documents, &gold);
        let pipeline = Pipeline::new(&self.base.base)?;
        let mut found: BTreeMap<String, Found> = BTreeMap::new();
        let problems = pipeline.each(&sources, &output::progress, |document, claims| {
            let accounts = pipeline.accounts(&document.id, claims);
            found.insert(stem(Path::new(&document.id)), rows(&accounts));
            Ok::<(), CliError>(())
        })?;
        output::problems(&problems);
        let report = evaluate(&gold, &found);
        output::data(|out| -> Result<(), CliError> {
            if self.json {
                writeln!(out, "{}", record(&report))?;
                return Ok(());
            }
            if matches!(self.show, Some(Show::Missed | Show::All)) {
                for (document, _, fact) in &report.missed {
                    writeln!(out, "missed {document}: {fact}")?;
                }
            }
            if matches!(self.show, Some(Show::Wrong | Show::All)) {
                for (document, kind, fact) in &report.wrong {
                    writeln!(out, "wrong  {document}: {} {fact}", kind.name())?;
                }
            }
            if matches!(self.show, Some(Show::Inexact | Show::All)) {
                for (document, kind, slots) in &report.inexact {
                    writeln!(out, "inexact {document}: {} {slots}", kind.name())?;
                }
            }
            write!(out, "{}", table(&report))?;
            Ok(())
        })?;
        match problems.len() {
            0 => Ok(()),
            failed => Err(CliError::Input(output::count(failed, "source"))),
        }
    }
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> CliError {
    CliError::Usage(format!("{}: {error}", path.display()))
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn json_files(gold: &Path) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(gold).sort_by_file_name() {
        let entry = entry.map_err(|error| unusable(gold, &error))?;
        if entry.path().extension().is_some_and(|end| end == "json") {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The files below a folder that gold speaks of, each as a source; a source that is no folder as it is.
fn named(documents: &str, gold: &BTreeMap<String, Gold>) -> Vec<String> {
    let path = Path::new(documents);
    let beside = path.with_extension("txt");
    if path.is_file() && beside.is_file() {
        return vec![beside.display().to_string()];
    }
    if !path.is_dir() {
        return vec![documents.to_owned()];
    }
    walkdir::WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .filter(|path| gold.contains_key(&stem(path)))
        .map(|path| path.display().to_string())
        .collect()
}

/// The documents of a part, by the nearest `quality/split.tsv` above the gold.
fn members(gold: &Path, part: &str) -> Result<BTreeSet<String>, CliError> {
    let whole = gold.canonicalize().map_err(|e| unusable(gold, &e))?;
    let table = whole
        .ancestors()
        .map(|folder| folder.join("quality/split.tsv"))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            CliError::Usage(format!(
                "no quality/split.tsv stands above {}",
                gold.display()
            ))
        })?;
    let text = std::fs::read_to_string(&table).map_err(|e| unusable(&table, &e))?;
    let rows = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(rows
        .filter(|(_, of)| of.trim() == part)
        .map(|(name, _)| name.to_owned())
        .collect())
}

fn languages(report: &Report) -> BTreeSet<&str> {
    report
        .figures
        .keys()
        .map(|(lang, _)| lang.as_str())
        .collect()
}

fn row(name: &str, f: Figures) -> String {
    format!(
        "{name:12} {:5} {:5} {:5} {:6.3} {:6.3} {:6.3} {:6.3} {:5}\n",
        f.gold,
        f.pred,
        f.matched,
        f.precision(),
        f.recall(),
        f.f1(),
        f.exact_share(),
        f.traps
    )
}

fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL
        .iter()
        .copied()
        .filter(|k| *k != Kind::MissionEvent)
}

fn table(report: &Report) -> String {
    let mut text = format!(
        "{:12} {:>5} {:>5} {:>5} {:>6} {:>6} {:>6} {:>6} {:>5}\n",
        "type", "gold", "pred", "match", "P", "R", "F1", "exact", "traps"
    );
    for kind in kinds() {
        text.push_str(&row(kind.name(), report.total(None, Some(kind))));
    }
    let languages = languages(report);
    if languages.len() > 1 {
        for lang in languages {
            text.push_str(&row(lang, report.total(Some(lang), None)));
        }
    }
    text.push_str(&row("all", report.total(None, None)));
    text.push_str(&format!("documents: {}\n", report.documents));
    text.push_str(&format!("inexact: {}\n", report.inexact.len()));
    text
}

/// The figures as the scorer writes them, by kind and by language.
fn record(report: &Report) -> Json {
    let figures = |f: Figures| {
        json!({
            "gold": f.gold, "pred": f.pred, "match": f.matched, "sure": f.sure, "exact": f.exact, "traps": f.traps,
            "precision": f.precision(), "recall": f.recall(), "f1": f.f1(), "exact_share": f.exact_share(),
        })
    };
    let by_kind = |lang: Option<&str>| {
        let mut record = serde_json::Map::new();
        for kind in kinds() {
            record.insert(
                kind.name().to_owned(),
                figures(report.total(lang, Some(kind))),
            );
        }
        record.insert("all".to_owned(), figures(report.total(lang, None)));
        record
    };
    let mut record = by_kind(None);
    let languages: serde_json::Map<String, Json> = languages(report)
        .into_iter()
        .map(|lang| (lang.to_owned(), Json::Object(by_kind(Some(lang)))))
        .collect();
    record.insert("languages".to_owned(), Json::Object(languages));
    record.insert("documents".to_owned(), json!(report.documents));
    Json::Object(record)
}
