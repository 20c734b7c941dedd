//! What change costs: the corpus is built, built again with one document changed, and exported, at 1, 10 and 100 times its size
//! (`GROWTH=1,10` for others; `FORMATS=nq,ttl` for some exports alone; `CORPUS=FOLDER` for another corpus, `IN=FOLDER` to keep what is made). `make bench-change`; `docs/PERFORMANCE.md` holds the figures.
//!
//! The corpus: the demo's documents and, where the checkout has them beside it, those of `../shared/corpus` and `../shared/seeds`. Each further
//! copy is a variant: other states of the same gazetteer in place of its states, other names of persons, other years. So new documents tell of
//! new facts about known states, as they do in life. Each command is a process of its own, as a user starts it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement stops at what it does not expect, and prints what it found"
)]

use chancery::fact::Value;
use chancery::language::Gazetteer;
use chancery::pipeline::{DEFAULT_BASE, Pipeline};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let growth = std::env::var("GROWTH").unwrap_or_else(|_| "1,10,100".to_owned());
    let corpus = corpus();
    println!(
        "| times | documents | MB | what | s | CPU s | peak memory, MB |\n|---|---|---|---|---|---|---|"
    );
    for times in growth.split(',').filter_map(|times| times.parse().ok()) {
        measure(&corpus, times);
    }
}

/// The documents by name.
fn corpus() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut corpus = BTreeMap::new();
    let mut folders = vec![root.join("data/documents")];
    match std::env::var("CORPUS") {
        Ok(folder) => folders.push(folder.into()),
        Err(_) => folders.extend(["../shared/corpus", "../shared/seeds"].map(|f| root.join(f))),
    }
    for folder in folders {
        for entry in walk(&folder) {
            if entry.extension().is_some_and(|end| end == "txt") {
                let name = entry
                    .strip_prefix(root)
                    .or_else(|_| entry.strip_prefix(&folder));
                let name = name.unwrap_or(&entry);
                let name = name.display().to_string().replace(['/', '.'], "_");
                if let Ok(text) = std::fs::read_to_string(&entry) {
                    corpus.insert(format!("{name}.txt"), text);
                }
            }
        }
    }
    corpus
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Writes variants of the corpus; each word by what stands for it in the variant.
struct Variants {
    /// Names of states in each language, in one order.
    states: Vec<[String; 3]>,
    persons: BTreeSet<String>,
}

impl Variants {
    fn of(corpus: &BTreeMap<String, String>) -> Self {
        let all: String = corpus.values().map(String::as_str).collect();
        let gazetteer = Gazetteer::embedded().unwrap();
        // States of one word in all three languages, of which the corpus speaks.
        let states = gazetteer
            .bodies()
            .iter()
            .map(|body| body.names.clone())
            .filter(|names| {
                names
                    .iter()
                    .all(|name| !name.is_empty() && name.chars().all(char::is_alphabetic))
                    && names.iter().any(|name| all.contains(name.as_str()))
            })
            .collect();
        let mut persons = BTreeSet::new();
        let pipeline = Pipeline::new(DEFAULT_BASE).unwrap();
        for (name, text) in corpus {
            for (_, claims) in pipeline.read_bytes(name, text.as_bytes()).unwrap() {
                let values = claims
                    .iter()
                    .flat_map(|claim| claim.fact.slots.values().flatten());
                for value in values {
                    if let Value::Person(person) = value {
                        let words = person
                            .name
                            .split(' ')
                            .filter(|word| word.chars().count() > 3);
                        persons.extend(words.map(str::to_owned));
                    }
                }
            }
        }
        for names in &states {
            for name in names {
                persons.remove(name);
            }
        }
        Self { states, persons }
    }

    fn write(&self, text: &str, nth: usize) -> String {
        if nth == 0 {
            return text.to_owned();
        }
        let mut others: BTreeMap<&str, &str> = BTreeMap::new();
        let count = self.states.len();
        for (at, names) in self.states.iter().enumerate() {
            let other = &self.states[(at + nth * 7 + 1) % count];
            for (name, other) in names.iter().zip(other) {
                others.entry(name).or_insert(other);
            }
        }
        const SOUNDS: &[&str] = &[
            "ba", "do", "ki", "lu", "me", "no", "ra", "si", "tu", "ve", "zo",
        ];
        let suffix = format!("{}{}", SOUNDS[nth % 11], SOUNDS[nth / 11 % 11]);
        let mut written = String::with_capacity(text.len());
        for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
            let rest = &part[word.len()..];
            let year = word.parse::<usize>().ok().filter(|_| word.len() == 4);
            if let Some(other) = others.get(word) {
                written.push_str(other);
            } else if self.persons.contains(word) {
                written.push_str(word);
                written.push_str(&suffix);
            } else if let Some(year) = year.filter(|year| (1700..2020).contains(year)) {
                written.push_str(&(year - nth % 20).to_string());
            } else {
                written.push_str(word);
            }
            written.push_str(rest);
        }
        written
    }
}

fn measure(corpus: &BTreeMap<String, String>, times: usize) {
    let mut made = tempfile::Builder::new();
    let dir = match std::env::var("IN") {
        Ok(folder) => made.disable_cleanup(true).tempdir_in(folder),
        Err(_) => made.tempdir(),
    };
    let dir = dir.unwrap();
    let documents = dir.path().join("documents");
    let variants = Variants::of(corpus);
    let mut bytes = 0;
    for nth in 0..times {
        let folder = documents.join(nth.to_string());
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in corpus {
            let text = variants.write(text, nth);
            bytes += text.len();
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let row = |what: &str, run: Run| {
        println!(
            "| {times} | {} | {:.1} | {what} | {:.2} | {:.2} | {} |",
            times * corpus.len(),
            bytes as f64 / 1e6,
            run.wall.as_secs_f64(),
            run.cpu.as_secs_f64(),
            run.memory / 1000
        );
    };
    let folder = documents.display().to_string();
    let build = ["build", &folder, "--store", "store", "--prune"];
    row("build", run(dir.path(), &build));
    row("build again, nothing changed", run(dir.path(), &build));
    let one = documents
        .join("0")
        .join(corpus.keys().nth(corpus.len() / 2).unwrap());
    let text = std::fs::read_to_string(&one).unwrap();
    std::fs::write(
        &one,
        format!("{text}\nIn 1999, Peru opened an embassy in Nairobi.\n"),
    )
    .unwrap();
    row("build again, one document changed", run(dir.path(), &build));
    let name = dir.path().join("alone.txt");
    std::fs::write(
        &name,
        "In 1998, Foreign Minister Ana Brant of Peru paid an official visit to Kenya.\n",
    )
    .unwrap();
    row(
        "build one document more",
        run(dir.path(), &["build", "alone.txt", "--store", "store"]),
    );
    let formats = std::env::var("FORMATS").ok();
    let wanted = |format: &str| {
        formats
            .as_ref()
            .is_none_or(|formats| formats.split(',').any(|f| f == format))
    };
    for (format, to) in EXPORTS.iter().filter(|(format, _)| wanted(format)) {
        row(
            &format!("export as {format} to {to}"),
            run(
                dir.path(),
                &["export", "--format", format, "--store", "store", "--to", to],
            ),
        );
    }
    let sum = |path: &Path| -> u64 {
        walk(path)
            .iter()
            .map(|file| file.metadata().unwrap().len())
            .sum()
    };
    println!(
        "\n{times} times: the store takes {} MB on disk, of which readings {} MB\n",
        sum(&dir.path().join("store")) / 1_000_000,
        dir.path().join("store/readings").metadata().unwrap().len() / 1_000_000,
    );
}

/// Formats and where they go; a name that ends in / is a folder.
const EXPORTS: &[(&str, &str)] = &[
    ("nq", "all.nq"),
    ("trig", "all.trig"),
    ("ttl", "all.ttl"),
    ("ttl", "turtle/"),
    ("nt", "all.nt"),
    ("rdf", "all.rdf"),
    ("jsonld", "all.jsonld"),
    ("canonical", "canonical.nq"),
    ("csv", "tables/"),
    ("geojson", "places/"),
    ("timeline", "timeline.json"),
];

/// What a command takes.
#[derive(Default)]
struct Run {
    wall: Duration,
    /// Of all cores, in its own code and the system's (where the system tells it).
    cpu: Duration,
    /// The most memory, in kB (where the system tells it).
    memory: usize,
}

/// Hundredths of a second are what the system counts in.
const TICK: Duration = Duration::from_millis(10);

fn run(dir: &Path, arguments: &[&str]) -> Run {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(arguments)
        .current_dir(dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let id = child.id();
    let told = |name: &str| std::fs::read_to_string(format!("/proc/{id}/{name}"));
    let (status, times) = (|| told("status"), || told("stat"));
    let mut found = Run::default();
    let mut look = || {
        if let Ok(text) = status() {
            let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
            found.memory = found.memory.max(peak.unwrap_or(0));
        }
        if let Ok(text) = times() {
            // Behind the name in parentheses: from the twelfth on, ticks in its own code and in the system's.
            let rest = text.rsplit(')').next().unwrap_or_default();
            let ticks = rest.split_whitespace().skip(11).take(2);
            let ticks: u32 = ticks.filter_map(|ticks| ticks.parse::<u32>().ok()).sum();
            found.cpu = found.cpu.max(TICK * ticks);
        }
    };
    loop {
        look();
        match child.try_wait().unwrap() {
            Some(ended) => {
                assert!(ended.success() || ended.code() == Some(1), "{arguments:?}");
                found.wall = start.elapsed();
                return found;
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}
