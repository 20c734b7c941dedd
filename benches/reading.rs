//! How fast documents are read on one core: MB/s of reading alone (no files, no store), the shares of its stages, and texts of growing length.
//!
//! Reads the corpus beside the checkout where it is there, else the passages of the tests.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark stops at what it does not expect"
)]

use chancery::document::{self, Document};
use chancery::extract::Engine;
use chancery::language;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;

/// All texts below a folder, in a fixed order.
fn texts(folder: &Path) -> Vec<String> {
    let mut open = vec![folder.to_owned()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "txt") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    files.iter().map(read).collect()
}

/// The shortest time of several rounds: what the machine can do when nothing else runs.
fn time(mut work: impl FnMut() -> usize) -> Duration {
    let round = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

fn documents(texts: &[String]) -> Vec<Document> {
    let read = |text: &String| document::read("text", text.as_bytes()).unwrap();
    texts.iter().flat_map(read).collect()
}

fn words(documents: &[Document]) -> usize {
    let tokens = |document: &Document| -> usize {
        let spans = document.blocks.iter().flat_map(|block| &block.sentences);
        spans
            .map(|span| language::tokens(&document.text, *span).len())
            .sum()
    };
    documents.iter().map(tokens).sum()
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = root.join("../shared/corpus");
    let folder = if corpus.is_dir() {
        corpus
    } else {
        root.join("tests/passages")
    };
    let engine = Engine::embedded().unwrap();
    let texts = texts(&folder);
    let read = documents(&texts);
    let bytes: usize = texts.iter().map(String::len).sum();
    let claims = |documents: &[Document]| -> usize {
        documents.iter().map(|d| engine.extract(d).len()).sum()
    };
    let blocks = time(|| documents(&texts).len());
    let tokens = time(|| words(&read));
    let items = time(|| read.iter().map(|d| engine.analyse(d)).sum());
    let whole = blocks + time(|| claims(&read));
    let speed = |bytes: usize, time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let mut out = std::io::stdout().lock();
    let (files, claimed) = (texts.len(), claims(&read));
    writeln!(
        out,
        "{files} documents, {bytes} bytes, {claimed} claims: {:.1} MB/s on one core",
        speed(bytes, whole)
    )
    .unwrap();
    let shares = [
        ("blocks and sentences", blocks),
        ("words", tokens),
        (
            "pieces, items, dates, persons",
            items.saturating_sub(tokens),
        ),
        ("frames and claims", whole.saturating_sub(blocks + items)),
    ];
    for (stage, time) in shares {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        writeln!(out, "  {share:3.0} %  {stage}").unwrap();
    }
    let longest = texts.iter().max_by_key(|text| text.len()).unwrap();
    for times in [1, 10, 100] {
        let long = vec![format!("{longest}\n\n").repeat(times)];
        let time = time(|| claims(&documents(&long)));
        let bytes = long.iter().map(String::len).sum();
        writeln!(
            out,
            "{times:4} × the longest: {:.1} MB/s",
            speed(bytes, time)
        )
        .unwrap();
    }
}
