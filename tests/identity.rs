//! Pairs of mentions, judged by hand, that must be one node of the graph or must not (`tests/identity/pairs.tsv`), in documents of our own
//! (`tests/identity/documents`, `tests/passages`, `data/documents`) and in those of `../shared/corpus` where they are at hand.
//!
//! A row names two mentions: a document, the place of a character of the sentence (code points), and words that the fact there must hold.

#![expect(
    clippy::unwrap_used,
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

fn read() -> Told {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/identity/documents",
        "tests/passages/en",
        "tests/passages/fr",
        "tests/passages/es",
        "data/documents",
        "../shared/corpus",
    ];
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

#[test]
fn pairs_that_must_be_one_are_and_others_are_not() {
    let told = read();
    let table = include_str!("identity/pairs.tsv");
    let (mut joined, mut missed, mut wrong, mut apart) = (0_usize, Vec::new(), Vec::new(), 0_usize);
    let mut unread = Vec::new();
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
            (Some(x), Some(y)) if *verdict == "same" && x == y => joined += 1,
            (Some(x), Some(y)) if *verdict == "same" => missed.push(format!("{row}: {x} {y}")),
            (Some(x), Some(y)) if x == y => wrong.push(format!("{row}: {x}")),
            (Some(_), Some(_)) => apart += 1,
            (_, _) => unread.push(row),
        }
    }
    let pairs = joined + missed.len() + wrong.len() + apart;
    let share = |right: usize, wrong: usize| right as f64 / (right + wrong) as f64;
    let (precision, recall) = (share(joined, wrong.len()), share(joined, missed.len()));
    println!(
        "identity: {pairs} pairs read, {joined} of {} joined, {apart} of {} apart; precision {precision:.3}, recall {recall:.3}",
        joined + missed.len(),
        apart + wrong.len()
    );
    let list = |all: &[String]| all.join("\n  ");
    println!("missed:\n  {}\nwrong:\n  {}", list(&missed), list(&wrong));
    println!("not read:\n  {}", unread.join("\n  "));
    assert!(precision >= 0.95, "wrong:\n  {}", list(&wrong));
    assert!(recall >= 0.9, "missed:\n  {}", list(&missed));
    assert!(
        10 * unread.len() <= pairs,
        "not read:\n  {}",
        unread.join("\n  ")
    );
}
