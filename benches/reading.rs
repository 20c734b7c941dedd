//! How fast documents are read on one core: MB/s of reading alone (no files, no store), the shares of its stages and what bounds it, and texts of
//! growing length.
//!
//! Reads the corpus beside the checkout where it is there, else the passages of the tests.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark stops at what it does not expect"
)]

use chancery::document::{self, Document};
use chancery::extract::Engine;
use chancery::language;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often a stage is timed.
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
fn time(rounds: usize, mut work: impl FnMut() -> usize) -> Duration {
    let round = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..rounds).map(round).min().unwrap_or_default()
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

/// MB/s.
fn speed(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
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
    let blocks = time(ROUNDS, || documents(&texts).len());
    let tokens = time(ROUNDS, || words(&read));
    let items = time(ROUNDS, || read.iter().map(|d| engine.analyse(d)).sum());
    let all = time(ROUNDS, || claims(&read));
    let whole = blocks + all;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} documents, {bytes} bytes, {} claims: {:.1} MB/s on one core",
        texts.len(),
        claims(&read),
        speed(bytes, whole)
    )
    .unwrap();
    let mut shares = [
        ("formats, blocks and sentences", blocks),
        ("words", tokens),
        (
            "meanings, names, items, dates, persons",
            items.saturating_sub(tokens),
        ),
        ("frames and claims", all.saturating_sub(items)),
    ];
    for (stage, time) in shares {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        writeln!(out, "  {share:3.0} %  {stage}").unwrap();
    }
    shares.sort_by_key(|(_, time)| *time);
    if let Some((stage, time)) = shares.last() {
        let limit = speed(bytes, *time);
        writeln!(
            out,
            "It is bound by the processor, most by {stage}: {limit:.1} MB/s if that were all."
        )
        .unwrap();
    }
    // A text a hundred times as long takes a hundred times as long, whatever text it is.
    let mut growth = [(0, Duration::ZERO); 3];
    let mut worst: Option<(f64, usize)> = None;
    for (number, text) in texts.iter().enumerate() {
        let mut speeds = [0.0; 3];
        for (step, times) in [1, 10, 100].into_iter().enumerate() {
            let long = vec![format!("{text}\n\n").repeat(times)];
            let took = time(ROUNDS / times + 1, || claims(&documents(&long)));
            let length: usize = long.iter().map(String::len).sum();
            growth[step].0 += length;
            growth[step].1 += took;
            speeds[step] = speed(length, took);
        }
        let slower = speeds[2] / speeds[0];
        if worst.is_none_or(|(least, _)| slower < least) {
            worst = Some((slower, number));
        }
    }
    for ((length, took), times) in growth.into_iter().zip([1, 10, 100]) {
        let speed = speed(length, took);
        writeln!(
            out,
            "each document {times:3} times over: {speed:.1} MB/s, the time to open and close each among it"
        )
        .unwrap();
    }
    if let Some((slower, number)) = worst {
        let start = texts[number].lines().next().unwrap_or("");
        writeln!(
            out,
            "least of all a hundred times over: {slower:.2} of its speed alone, {start:?}"
        )
        .unwrap();
    }
}
