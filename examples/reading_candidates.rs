//! Prints what the sentences of documents with gold may state, and whether they do: what `data/fit_reading.py` fits reading to.
//!
//! `reading_candidates FOLDER…`: each folder holds `NAME.txt` and `NAME.json` (gold). One JSON array a line: the document, the model (`visit`,
//! `visit.start` for its dates, `appointment.sides` and `appointment.city` for who sends, who receives, and where, `visit.role`), 1 or 0, the names of the
//! features.
//!
//! `reading_candidates --weights FILE PREFIX FOLDER…`: how each candidate stands among the others of its document by those weights, in the documents whose
//! names begin with the prefix. One JSON array a line: the document, the kind, 1 or 0, an object of numbers by name.

use chancery::check::{Gold, Label, dates_of};
use chancery::document::{Document, read};
use chancery::extract::Engine;
use serde_json::{Value, json};
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
fn candidates(engine: &Engine, document: &Document, gold: &Gold, mut line: impl FnMut(Value)) {
    let name = &document.id;
    for seat in engine.seats(document) {
        let sentence = seat.sentence.of(&document.text);
        for (model, right, features) in gold.lessons(&seat, sentence) {
            line(json!([name, model, u8::from(right), features]));
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
        line(json!([name, kind.name(), is, candidate.features]));
        for (slot, options) in candidate.dates.iter().filter(|_| !stated.is_empty()) {
            let dates: Vec<_> = options.iter().map(|(date, _)| *date).collect();
            let right = dates_of(kind, &stated, *slot, &dates);
            if !right.contains(&true) {
                continue;
            }
            let model = format!("{}.{}", kind.name(), slot.name());
            for ((_, features), right) in options.iter().zip(right) {
                line(json!([name, model, u8::from(right), features]));
            }
        }
    }
}

/// The candidates of a document, by how each stands among the others.
fn standings(engine: &Engine, document: &Document, gold: &Gold, mut line: impl FnMut(Value)) {
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
        line(json!([document.id, standing.fact.kind.name(), is, numbers]));
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut engine = Engine::embedded().map_err(|d| d.to_string())?;
    let mut args = std::env::args().skip(1).peekable();
    let mut prefix = String::new();
    let weighed = args.next_if(|first| first == "--weights").is_some();
    if weighed {
        let asked = "--weights asks for a file and for how names begin";
        engine = engine.weighing(&fs::read_to_string(args.next().ok_or(asked)?)?, "");
        prefix = args.next().ok_or(asked)?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for folder in args {
        for path in golds(Path::new(&folder), &prefix)? {
            let Some(gold) = Gold::parse(&fs::read_to_string(&path)?)? else {
                continue;
            };
            let text = path.with_extension("txt");
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            for document in read(&stem, &fs::read(&text)?).map_err(|d| d.to_string())? {
                let mut lines = Vec::new();
                if weighed {
                    standings(&engine, &document, &gold, |line| lines.push(line));
                } else {
                    candidates(&engine, &document, &gold, |line| lines.push(line));
                }
                for line in lines {
                    writeln!(out, "{line}")?;
                }
            }
        }
    }
    Ok(())
}
