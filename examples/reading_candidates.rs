//! Prints what the sentences of documents with gold may state, each with its features and whether it is stated: what `data/fit_reading.py` fits the
//! weights of reading to.
//!
//! `cargo run --example reading_candidates -- FOLDER…`: each folder holds `NAME.txt` and `NAME.json` (gold). One JSON array a line: the model (`visit`,
//! `visit.start` for its dates, `appointment.sides` and `appointment.city` for who sends, who receives, and where, `visit.role`), 1 or 0, the names of the features.

use chancery::check::{Gold, Label, dates_of};
use chancery::document::read;
use chancery::extract::Engine;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

fn golds(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::embedded().map_err(|d| d.to_string())?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut line = |model: &str, stated: bool, features: &[String]| {
        let line = serde_json::json!([model, u8::from(stated), features]);
        writeln!(out, "{line}")
    };
    for folder in std::env::args().skip(1) {
        for path in golds(Path::new(&folder))? {
            let Some(gold) = Gold::parse(&fs::read_to_string(&path)?)? else {
                continue;
            };
            let text = path.with_extension("txt");
            let name = text.display().to_string();
            for document in read(&name, &fs::read(&text)?).map_err(|d| d.to_string())? {
                for seat in engine.seats(&document) {
                    let sentence = seat.sentence.of(&document.text);
                    for (model, right, features) in gold.lessons(&seat, sentence) {
                        line(model, right, features)?;
                    }
                }
                for candidate in engine.candidates(&document) {
                    let kind = candidate.fact.kind;
                    let sentence = candidate.sentence.of(&document.text);
                    let stated = match gold.label(&candidate.fact, sentence) {
                        Label::Open => continue,
                        Label::Not => Vec::new(),
                        Label::Stated(rows) => rows,
                    };
                    line(kind.name(), !stated.is_empty(), &candidate.features)?;
                    for (slot, options) in candidate.dates.iter().filter(|_| !stated.is_empty()) {
                        let dates: Vec<_> = options.iter().map(|(date, _)| *date).collect();
                        let right = dates_of(kind, &stated, *slot, &dates);
                        if !right.contains(&true) {
                            continue;
                        }
                        for ((_, features), right) in options.iter().zip(right) {
                            line(&format!("{}.{}", kind.name(), slot.name()), right, features)?;
                        }
                    }
                }
            }
        }
    }
    Ok(())
}
