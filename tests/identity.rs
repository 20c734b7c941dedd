//! Pairs of mentions, judged by hand, that must be one node of the graph or must not (`tests/identity/pairs.tsv`), in documents of our own
//! (`tests/identity/documents`, `tests/passages`, `data/documents`) and in those of `../shared/corpus` where they are at hand.
//!
//! A row names two mentions: a document, the place of a character of the sentence (code points), and words that the fact there must hold.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at what it does not expect, and shows its figures"
)]

use chancery::fact::{Kind, Value};
use chancery::pipeline::{DEFAULT_BASE, Pipeline};
use chancery::resolve::{ClaimRef, Member, Topics, World, fold, resolve};
use chancery::text::TextIndex;
use std::collections::BTreeMap;
use std::path::Path;

struct Told {
    world: World,
    /// Per document of the world: its text and claims.
    documents: BTreeMap<String, (String, Vec<chancery::fact::Claim>)>,
}

fn read(folders: &[&str]) -> Told {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: Vec<String> = folders
        .iter()
        .map(|folder| root.join(folder))
        .filter(|folder| folder.is_dir())
        .map(|folder| folder.display().to_string())
        .collect();
    let pipeline = Pipeline::new(DEFAULT_BASE).unwrap();
    let mut told = Vec::new();
    let mut documents = BTreeMap::new();
    let Ok(_) = pipeline.each(&sources, &|_, _| {}, |document, claims| {
        told.push(chancery::resolve::Source {
            document: document.id.clone(),
            claims: claims.to_vec(),
        });
        documents.insert(
            document.id.clone(),
            (document.text.clone(), claims.to_vec()),
        );
        Ok::<(), std::convert::Infallible>(())
    });
    let topics = Topics::parse(include_str!("../data/languages/topics.tsv")).unwrap();
    Told {
        world: resolve(&told, &topics),
        documents,
    }
}

/// What a row says of one mention.
struct Mention<'r> {
    document: &'r str,
    offset: usize,
    hint: &'r str,
}

impl Told {
    /// The node that a mention is of; `None` where the document is not at hand or the reader found no such fact there.
    fn node(&self, kind: &str, mention: &Mention<'_>) -> Option<String> {
        let (text, claims) = self.documents.get(mention.document)?;
        let index = TextIndex::new(text);
        let source = self
            .world
            .sources
            .iter()
            .position(|id| id == mention.document)?;
        let words: Vec<String> = mention.hint.split('+').map(fold).collect();
        claims.iter().enumerate().find_map(|(claim, said)| {
            let span = said.statement();
            let (start, end) = (index.code_point(span.start), index.code_point(span.end));
            let here = start <= mention.offset + 1 && mention.offset < end;
            let shown = fold(&said.fact.to_string());
            if !here || !said.holds() || !words.iter().all(|word| shown.contains(word.as_str())) {
                return None;
            }
            let at = ClaimRef { source, claim };
            if kind == "person" {
                return self.person(at, &said.fact, words.first()?);
            }
            if said.fact.kind != Kind::parse(kind)? {
                return None;
            }
            let event = self
                .world
                .events
                .iter()
                .find(|event| event.claims.contains(&at))?;
            if kind == "mission" {
                event.of.clone()
            } else {
                Some(event.id.clone())
            }
        })
    }

    fn person(&self, at: ClaimRef, fact: &chancery::fact::Fact, word: &str) -> Option<String> {
        let named = fact.slots.values().flatten().find_map(|value| {
            let Value::Person(person) = value else {
                return None;
            };
            fold(&person.name)
                .contains(word)
                .then(|| person.name.clone())
        })?;
        let member = Member::Name {
            source: at.source,
            name: named,
        };
        let of = self
            .world
            .persons
            .iter()
            .find(|person| person.joins.iter().any(|join| join.member == member))?;
        Some(of.about.clone())
    }
}

/// How a list of pairs came out.
#[derive(Default)]
struct Figures {
    joined: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
    apart: usize,
    unread: Vec<String>,
}

impl Figures {
    fn of(told: &Told, table: &str) -> Self {
        let mut found = Self::default();
        for row in table.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [verdict, kind, a, at_a, hint_a, b, at_b, hint_b] = cells.as_slice() else {
                panic!("eight cells: {row}");
            };
            let mention = |document, offset: &str, hint| Mention {
                document,
                offset: offset.parse().unwrap(),
                hint,
            };
            let (x, y) = (mention(*a, at_a, *hint_a), mention(*b, at_b, *hint_b));
            if ![a, b].iter().all(|id| told.documents.contains_key(**id)) {
                continue;
            }
            match (told.node(kind, &x), told.node(kind, &y)) {
                (Some(x), Some(y)) if *verdict == "same" && x == y => found.joined += 1,
                (Some(x), Some(y)) if *verdict == "same" => {
                    found.missed.push(format!("{row}: {x} {y}"));
                }
                (Some(x), Some(y)) if x == y => found.wrong.push(format!("{row}: {x}")),
                (Some(_), Some(_)) => found.apart += 1,
                (_, _) => found.unread.push(row.to_owned()),
            }
        }
        found
    }

    fn read(&self) -> usize {
        self.joined + self.missed.len() + self.wrong.len() + self.apart
    }

    fn precision(&self) -> f64 {
        share(self.joined, self.wrong.len())
    }

    fn recall(&self) -> f64 {
        share(self.joined, self.missed.len())
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} pairs read, {} not; {} of {} joined, {} of {} apart; precision {:.3}, recall {:.3}",
            self.read(),
            self.unread.len(),
            self.joined,
            self.joined + self.missed.len(),
            self.apart,
            self.apart + self.wrong.len(),
            self.precision(),
            self.recall()
        );
    }
}

fn share(right: usize, wrong: usize) -> f64 {
    right as f64 / (right + wrong) as f64
}

#[test]
fn pairs_that_must_be_one_are_and_others_are_not() {
    let told = read(&[
        "tests/identity/documents",
        "tests/passages/en",
        "tests/passages/fr",
        "tests/passages/es",
        "data/documents",
        "../shared/corpus",
    ]);
    let found = Figures::of(&told, include_str!("identity/pairs.tsv"));
    found.print("identity");
    let list = |all: &[String]| all.join("\n  ");
    println!("missed:\n  {}", list(&found.missed));
    println!("wrong:\n  {}", list(&found.wrong));
    println!("not read:\n  {}", list(&found.unread));
    assert!(
        found.precision() >= 0.95,
        "wrong:\n  {}",
        list(&found.wrong)
    );
    assert!(found.recall() >= 0.9, "missed:\n  {}", list(&found.missed));
    assert!(10 * found.unread.len() <= found.read());
}

/// Of the pairs whose author had not seen the rules, only the figures are told: who writes rules does not read them.
#[test]
fn pairs_by_an_author_who_has_not_seen_the_rules_are_measured() {
    let told = read(&["tests/identity/blind/documents"]);
    let found = Figures::of(&told, include_str!("identity/blind/pairs.tsv"));
    found.print("identity, blind");
    for kind in [
        "person",
        "visit",
        "mission",
        "treaty",
        "appointment",
        "relations",
        "meeting",
    ] {
        let of_kind = |row: &&str| row.split('\t').nth(1).is_some_and(|of| of == kind);
        let rows: Vec<&str> = include_str!("identity/blind/pairs.tsv")
            .lines()
            .filter(of_kind)
            .collect();
        let table = format!("verdict\n{}", rows.join("\n"));
        Figures::of(&told, &table).print(&format!("  {kind}"));
    }
    assert!(found.precision() >= 0.95, "{:.3}", found.precision());
}
