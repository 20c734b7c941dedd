//! Prints what the sentences of documents with gold may state, and whether they do: what `data/fit_reading.py` fits reading to.
//!
//! `reading_candidates FOLDER…`: each folder holds `NAME.txt` and `NAME.json` (gold). One JSON array a line: the document, the model (`visit`,
//! `visit.start` for its dates, `appointment.sides` and `appointment.city` for who sends, who receives, and where, `visit.role`), 1 or 0, the names of the
//! features.
//!
//! `reading_candidates --weights FILE PREFIX FOLDER…`: how each candidate stands among the others of its document by those weights, in the documents whose
//! names begin with the prefix. One JSON array a line: the document, the kind, 1 or 0, an object of numbers by name,
//! the names of its features.
//!
//! `reading_candidates --read WEIGHTS TREES PREFIX FOLDER…`: how well the documents whose names begin with the prefix are read by these tables. One JSON
//! array a line: the kind (`all` for all) and its numbers of facts in gold, found, of gold found, found and right, exact, and of traps.

use chancery::check::{Found, Gold, Label, Report, dates_of, evaluate, rows};
use chancery::document::{Document, read};
use chancery::extract::Engine;
use chancery::fact::Kind;
use chancery::resolve::{Source, Topics, resolve};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

fn golds(folder: &Path, prefix: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let named = path
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with(prefix));
        if named && path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The candidates of a document and their dates, by features.
fn candidates(engine: &Engine, document: &Document, gold: &Gold) -> Vec<Value> {
    let mut lines = Vec::new();
    let name = &document.id;
    for seat in engine.seats(document) {
        let sentence = seat.sentence.of(&document.text);
        for (model, right, features) in gold.lessons(&seat, sentence) {
            lines.push(json!([name, model, u8::from(right), features]));
        }
    }
    for candidate in engine.candidates(document) {
        let kind = candidate.fact.kind;
        let sentence = candidate.sentence.of(&document.text);
        let stated = match gold.label(&candidate.fact, sentence) {
            Label::Open => continue,
            Label::Not => Vec::new(),
            Label::Stated(rows) => rows,
        };
        let is = u8::from(!stated.is_empty());
        let told = if let Some(features) = candidate.features {
            lines.push(json!([name, kind.name(), is, features]));
            ""
        } else {
            ".told"
        };
        for (slot, options) in candidate.dates.iter().filter(|_| !stated.is_empty()) {
            let dates: Vec<_> = options.iter().map(|(date, _)| *date).collect();
            let right = dates_of(kind, &stated, *slot, &dates);
            if !right.contains(&true) {
                continue;
            }
            let model = format!("{}.{}{told}", kind.name(), slot.name());
            for ((_, features), right) in options.iter().zip(right) {
                lines.push(json!([name, model, u8::from(right), features]));
            }
        }
    }
    lines
}

/// The candidates of a document, by how each stands among the others.
fn standings(engine: &Engine, document: &Document, gold: &Gold) -> Vec<Value> {
    let mut lines = Vec::new();
    for standing in engine.standings(document) {
        let is = match gold.label(&standing.fact, standing.sentence.of(&document.text)) {
            Label::Open => continue,
            Label::Not => 0,
            Label::Stated(_) => 1,
        };
        let numbers: serde_json::Map<String, Value> = standing
            .numbers
            .into_iter()
            .map(|(name, number)| (name.to_owned(), number.into()))
            .collect();
        let kind = standing.fact.kind.name();
        lines.push(json!([document.id, kind, is, numbers, standing.features]));
    }
    lines
}

/// What was found in documents beside what their gold says: one value a kind.
fn figures(report: &Report) -> Vec<Value> {
    let kinds = Kind::ALL.iter().map(|kind| (kind.name(), Some(*kind)));
    let figures = |(name, kind)| {
        let found = report.total(None, kind);
        let (right, exact) = (found.sure, found.exact);
        json!([
            name,
            found.gold,
            found.pred,
            found.matched,
            right,
            exact,
            found.traps
        ])
    };
    kinds.chain([("all", None)]).map(figures).collect()
}

/// The documents of folders whose names begin with the prefix, each file's with their gold.
fn each(
    folders: &[String],
    prefix: &str,
    mut with: impl FnMut(Vec<Document>, Gold) -> io::Result<()>,
) -> Result<(), Box<dyn Error>> {
    for folder in folders {
        for path in golds(Path::new(folder), prefix)? {
            let Some(gold) = Gold::parse(&fs::read_to_string(&path)?)? else {
                continue;
            };
            let text = path.with_extension("txt");
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let documents = read(&stem, &fs::read(&text)?).map_err(|d| d.to_string())?;
            with(documents, gold)?;
        }
    }
    Ok(())
}

/// How well documents are read.
fn report(engine: &Engine, folders: &[String], prefix: &str) -> Result<Report, Box<dyn Error>> {
    let topics = Topics::parse(include_str!("../data/languages/topics.tsv"))?;
    let (mut stated, mut told) = (BTreeMap::new(), BTreeMap::new());
    each(folders, prefix, |documents, gold| {
        let mut found = Found::new();
        for document in &documents {
            let source = Source {
                document: document.id.clone(),
                claims: engine.extract(document),
            };
            for (kind, more) in rows(&resolve(&[source], &topics).accounts) {
                found.entry(kind).or_default().extend(more);
            }
        }
        let name = documents.first().map(|document| document.id.clone());
        let name = name.unwrap_or_default();
        stated.insert(name.clone(), gold);
        told.insert(name, found);
        Ok(())
    })?;
    Ok(evaluate(&stated, &told))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let asked = args.next_if(|first| first.starts_with("--"));
    let mut next = || {
        args.next()
            .ok_or("--weights FILE PREFIX, --read WEIGHTS TREES PREFIX")
    };
    let table =
        |path: String| fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
    let engine = Engine::embedded().map_err(|d| d.to_string())?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut line = |value: Value| writeln!(out, "{value}");
    match asked.as_deref() {
        None => {
            let folders: Vec<String> = args.collect();
            each(&folders, "", |documents, gold| {
                let lines = |document| candidates(&engine, document, &gold);
                documents.iter().flat_map(lines).try_for_each(&mut line)
            })?;
        }
        Some("--weights") => {
            let engine = engine.weighing(&table(next()?)?, "");
            let prefix = next()?;
            let folders: Vec<String> = args.collect();
            each(&folders, &prefix, |documents, gold| {
                let lines = |document| standings(&engine, document, &gold);
                documents.iter().flat_map(lines).try_for_each(&mut line)
            })?;
        }
        Some("--read") => {
            let engine = engine.weighing(&table(next()?)?, &table(next()?)?);
            let prefix = next()?;
            let folders: Vec<String> = args.collect();
            for value in figures(&report(&engine, &folders, &prefix)?) {
                line(value)?;
            }
        }
        Some(other) => return Err(format!("{other} is unknown: --weights or --read").into()),
    }
    Ok(())
}
