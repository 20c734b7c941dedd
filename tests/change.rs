//! Documents that come, change and go, build after build: each time the store holds what a build from nothing gives; and what `diff` says of it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail like tests; clippy sees only the bodies of #[test] as tests"
)]

use chancery::export::{Side, canonical, changes};
use chancery::pipeline::{BuildError, DEFAULT_BASE, Pipeline, Summary};
use chancery::store::{Embedded, Folder, Store};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// Sentences that have to do with one another: the same events told otherwise, namesakes, denials, a line of holders of one office.
const SENTENCES: &[&str] = &[
    "France and Peru established diplomatic relations in 1826.",
    "France and Peru established diplomatic relations in 1827.",
    "In January 1943, Peru severed diplomatic relations with Vichy France.",
    "Peru severed diplomatic relations with Vichy France in 1944.",
    "In 1964, French President Charles de Gaulle paid an official visit to Peru.",
    "President de Gaulle visited Peru in September 1964.",
    "In 1973, Foreign Minister Jean Brant of France paid an official visit to Chile.",
    "In 1974, Foreign Minister Paul Brant of Chile visited France.",
    "Foreign Minister Brant visited Chile in 1973.",
    "Peru opened an embassy in Paris in 1901.",
    "Peru opened an embassy in Paris in 1902.",
    "Peru has an embassy in Paris and a consulate general in Lyon.",
    "Peru has no consulate in Lyon.",
    "Ana Soto was appointed ambassador of Peru to France in 1990.",
    "Ana Soto was appointed ambassador of Peru to France in 1991.",
    "A. Soto was appointed ambassador of Peru to France in 1990.",
    "In 1950, France and Peru signed an extradition treaty.",
    "In 1951, France and Peru signed an extradition treaty.",
    "France and Peru did not sign an extradition treaty.",
    "In 2012, President Ollanta Humala of Peru met French President François Hollande.",
    "On 15 November 2012, Ollanta Humala met François Hollande in Paris.",
    "Trade between France and Peru was 500 million euros in 2010.",
    "Trade between France and Peru was 510 million euros in 2010.",
    "Chile joined the United Nations in 1945.",
];

/// Texts that documents are made of: paragraphs of the demo's documents, of those beside the checkout, and sentences.
fn pool() -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in [
        "data/documents",
        "../shared/seeds",
        "../shared/corpus/en",
        "../shared/corpus/fr",
    ] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
            continue;
        };
        let texts = entries.map(|entry| entry.unwrap().path());
        files.extend(texts.filter(|path| path.extension().is_some_and(|end| end == "txt")));
    }
    files.sort();
    let mut pool: Vec<Vec<String>> = files
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .map(|text| text.split("\n\n").map(str::to_owned).collect())
        .collect();
    // As many again of sentences, which meet more often.
    for at in 0..pool.len() {
        let some = SENTENCES.iter().cycle().skip(at * 5).take(9);
        pool.push(some.map(|sentence| (*sentence).to_owned()).collect());
    }
    pool
}

fn text(pool: &[Vec<String>], dice: &mut Dice) -> String {
    let of = &pool[dice.below(pool.len())];
    let mut parts: Vec<&str> = of
        .iter()
        .map(String::as_str)
        .filter(|_| dice.below(3) == 0)
        .collect();
    parts.push(SENTENCES[dice.below(SENTENCES.len())]);
    parts.join("\n\n")
}

fn canonical_of_store(store: &Path) -> String {
    let store = Embedded::open_read_only(store).unwrap();
    let quads: Vec<_> = store.engine().iter().map(Result::unwrap).collect();
    canonical(&quads).unwrap()
}

fn canonical_from_nothing(pipeline: &Pipeline, documents: &str) -> String {
    let mut quads = Vec::new();
    let problems = pipeline
        .convert(&[documents.to_owned()], &|_, _| {}, |quad| {
            quads.push(quad);
            Ok::<(), BuildError>(())
        })
        .unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    canonical(&quads).unwrap()
}

/// Says what differs, and not all that is the same.
fn assert_same(built: &str, wanted: &str, after: usize) {
    if built == wanted {
        return;
    }
    let lines = |text: &str| -> std::collections::BTreeSet<String> {
        text.lines().map(str::to_owned).collect()
    };
    let (built, wanted) = (lines(built), lines(wanted));
    let some = |a: &std::collections::BTreeSet<String>, b| {
        a.difference(b)
            .take(10)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    };
    panic!(
        "after {after} changes, too much:\n{}\ntoo little:\n{}",
        some(&built, &wanted),
        some(&wanted, &built)
    );
}

/// A folder of documents and the store that is built of them again and again.
struct Growing {
    dir: tempfile::TempDir,
    documents: PathBuf,
    pipeline: Pipeline,
}

impl Growing {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let documents = dir.path().join("documents");
        std::fs::create_dir(&documents).unwrap();
        Self {
            dir,
            documents,
            pipeline: Pipeline::new(DEFAULT_BASE).unwrap(),
        }
    }

    fn sources(&self) -> [String; 1] {
        [self.documents.display().to_string()]
    }

    fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    fn build(&self) -> Summary {
        let folder = Folder::new(&self.store());
        let built = self
            .pipeline
            .build(&folder, &self.sources(), true, &|_, _| {});
        built.unwrap()
    }

    /// The store holds what a build from nothing gives.
    fn check(&self, summary: &Summary, after: usize) {
        let built = canonical_of_store(&self.store());
        assert_eq!(built.lines().count(), summary.manifest.quads);
        let [sources] = self.sources();
        assert_same(
            &built,
            &canonical_from_nothing(&self.pipeline, &sources),
            after,
        );
    }
}

#[test]
fn two_hundred_changes_end_as_a_build_from_nothing() {
    let growing = Growing::new();
    let documents = &growing.documents;
    let pool = pool();
    let mut dice = Dice(20_261_126);
    let mut names: Vec<String> = Vec::new();
    for n in 0..8 {
        names.push(format!("first-{n}.txt"));
        std::fs::write(documents.join(&names[n]), text(&pool, &mut dice)).unwrap();
    }
    growing.build();
    let mut anew = 0;
    for change in 1..=200 {
        let at = dice.below(names.len());
        let kinds = if names.len() < 6 { 2 } else { 3 };
        let kind = if names.len() > 12 {
            2
        } else {
            dice.below(kinds)
        };
        match kind {
            0 => {
                let name = format!("{}-{change}.txt", ["a", "m", "z"][dice.below(3)]);
                std::fs::write(documents.join(&name), text(&pool, &mut dice)).unwrap();
                names.push(name);
            }
            1 => std::fs::write(documents.join(&names[at]), text(&pool, &mut dice)).unwrap(),
            _ => std::fs::remove_file(documents.join(names.swap_remove(at))).unwrap(),
        }
        let summary = growing.build();
        anew += usize::from(summary.anew);
        assert!(summary.problems.is_empty() && summary.read <= 1);
        if change % 40 == 0 {
            growing.check(&summary, change);
        }
    }
    assert!(anew < 20, "{anew} of 200 builds wrote everything");
}

/// As many documents as there are, of which each change concerns few: what a build leaves as it was must be what it would have made.
#[test]
fn changes_of_a_large_store_end_as_a_build_from_nothing() {
    let growing = Growing::new();
    let documents = &growing.documents;
    let pool = pool();
    let mut dice = Dice(11_641_826);
    let write = |name: &str, text: &str| std::fs::write(documents.join(name), text).unwrap();
    for (n, of) in pool.iter().enumerate() {
        write(&format!("{n:03}.txt"), &of.join("\n\n"));
    }
    growing.build();
    let mut anew = 0;
    for change in 1..=24 {
        let name = format!("{:03}.txt", dice.below(pool.len()));
        match dice.below(3) {
            0 if documents.join(&name).exists() => {
                std::fs::remove_file(documents.join(&name)).unwrap();
            }
            1 => write(&name, &text(&pool, &mut dice)),
            _ => write(&name, &pool[dice.below(pool.len())].join("\n\n")),
        }
        let summary = growing.build();
        anew += usize::from(summary.anew);
        if change % 8 == 0 {
            growing.check(&summary, change);
        }
    }
    assert!(anew < 8, "{anew} of 24 builds wrote everything");
}

#[test]
fn what_is_withdrawn_takes_its_facts_with_it_and_diff_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let documents = dir.path().join("documents");
    std::fs::create_dir(&documents).unwrap();
    let write = |name: &str, sentences: &[usize]| {
        let text: Vec<&str> = sentences.iter().map(|&at| SENTENCES[at]).collect();
        std::fs::write(
            documents.join(name),
            format!("= Relations =\n\n{}\n", text.join(" ")),
        )
        .unwrap();
    };
    let sources = [documents.display().to_string()];
    let pipeline = Pipeline::new(DEFAULT_BASE).unwrap();
    let build = |store: &str| {
        let folder = Folder::new(&dir.path().join(store));
        pipeline.build(&folder, &sources, true, &|_, _| {}).unwrap();
    };
    write("a.txt", &[0, 4, 9]);
    write("b.txt", &[1, 16]);
    build("one");
    write("b.txt", &[1, 23]);
    std::fs::remove_file(documents.join("a.txt")).unwrap();
    write("c.txt", &[4, 5]);
    build("two");
    let side = |name: &str| {
        let place = dir.path().join(name).display().to_string();
        Side::Store(Store::open_read_only(&place).unwrap())
    };
    let found = changes(&side("one"), &side("two")).unwrap();
    let names = |section: &[chancery::export::Item]| -> Vec<String> {
        let last = |item: &chancery::export::Item| item.iri.rsplit('/').next().unwrap().to_owned();
        section.iter().map(last).collect()
    };
    assert_eq!(names(&found.documents.added), ["c.txt"]);
    assert_eq!(names(&found.documents.removed), ["a.txt"]);
    assert_eq!(found.documents.changed.len(), 1);
    assert_eq!(names(&found.facts.added), ["chile-united-nations"]);
    assert_eq!(
        names(&found.facts.removed),
        [
            "peru-france-embassy-paris-1901",
            "france-peru-1950-extradition-treaty"
        ]
    );
    let changed: BTreeMap<&str, &chancery::export::Told> = found
        .facts
        .changed
        .iter()
        .map(|told| (told.iri.rsplit('/').next().unwrap(), told))
        .collect();
    let visit = changed["france-peru-1964-charles-de-gaulle"];
    assert_eq!(
        visit.values["start"],
        (vec!["1964".to_owned()], vec!["1964-09".to_owned()])
    );
    assert_eq!(visit.claims, (2, 1));
    // The two dates of one event, then one alone.
    let relations = changed["france-peru-established"];
    assert_eq!(relations.values["date"].0, ["1826"]);
    assert_eq!(relations.claims, (0, 1));
    assert_eq!(found.disagreements.removed.len(), 1);
    let same = changes(&side("two"), &side("two")).unwrap();
    assert!(same.facts.changed.is_empty() && same.facts.added.is_empty());
    assert_eq!(same.facts.same, 3);
}
