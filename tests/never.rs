//! What never happens, whatever the text: a panic, a span off a character's border, a date more precise than the text, an id of no gazetteer.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

#[path = "never/promises.rs"]
mod promises;

use chancery::document::{self, Document};
use chancery::extract::Engine;
use chancery::fact::{Claim, Edtf, Value};
use chancery::language::Gazetteer;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().unwrap());
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::embedded().unwrap());

/// The passages of the three languages, and the demo's documents.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "tests/passages/en",
        "tests/passages/fr",
        "tests/passages/es",
        "data/documents",
    ];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
});

/// Stretches that real files have and readers stumble on.
const ODD: &[&str] = &[
    "\u{202e}",
    "\u{200f}",
    "\u{301}",
    "\u{fe0f}",
    "🇵🇪",
    "İ",
    "ß",
    "ﬁ",
    "\u{feff}",
    "\u{a0}",
    "’",
    "l'",
    "d’",
    "«",
    "==",
    "= =",
    "* ",
    "| ",
    "{{",
    "]]",
    "1.",
    "99999999999999999999",
    "0000-00-00",
    "31/02/2001",
    "2001–",
    "–",
    "...",
    "\r\n",
    "\t",
    "M.",
    "Mr. ",
    "S.E. ",
    "(",
    ")",
    ":",
    "?",
    "Q: ",
    "日本国",
    "السفير",
    "посол",
    "\u{85}",
    "\u{2028}",
];

fn read(text: &str) -> Vec<(Document, Vec<Claim>)> {
    let Ok(documents) = document::read("text", text.as_bytes()) else {
        return Vec::new();
    };
    documents
        .into_iter()
        .map(|document| {
            let claims = ENGINE.extract(&document);
            (document, claims)
        })
        .collect()
}

fn dates(claims: &[Claim]) -> impl Iterator<Item = &Edtf> {
    claims
        .iter()
        .flat_map(|claim| claim.fact.slots.values().flatten())
        .filter_map(|value| {
            if let Value::Date(date) = value {
                Some(date)
            } else {
                None
            }
        })
}

/// The promises that reading a text breaks.
fn broken(text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    for (document, claims) in read(text) {
        let file = text.as_bytes();
        broken.extend(promises::of_document(&document, file));
        broken.extend(promises::of_claims(
            &document, &claims, file, &ENGINE, &GAZETTEER,
        ));
    }
    broken
}

fn check(text: &str) {
    let broken = broken(text);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The border of a character at or before a share of the text.
fn border(text: &str, share: f64) -> usize {
    let mut at = (text.len() as f64 * share) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[derive(Clone, Debug)]
enum Damage {
    Cut(f64, f64),
    Double(f64, f64),
    Insert(f64, &'static str),
    SwapLines(f64, f64),
    JoinLines,
    NoStops,
    Capitals,
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || 0.0..1.0_f64;
    prop_oneof![
        (at(), at()).prop_map(|(a, b)| Damage::Cut(a, b)),
        (at(), at()).prop_map(|(a, b)| Damage::Double(a, b)),
        (at(), prop::sample::select(ODD)).prop_map(|(a, odd)| Damage::Insert(a, odd)),
        (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        Just(Damage::JoinLines),
        Just(Damage::NoStops),
        Just(Damage::Capitals),
    ]
}

fn damaged(text: &str, damage: &Damage) -> String {
    let stretch = |a: f64, b: f64| (border(text, a.min(b)), border(text, a.max(b)));
    match damage {
        Damage::Cut(a, b) => {
            let (from, to) = stretch(*a, *b);
            format!("{}{}", &text[..from], &text[to..])
        }
        Damage::Double(a, b) => {
            let (from, to) = stretch(*a, *b);
            format!("{}{}", &text[..to], &text[from..])
        }
        Damage::Insert(a, odd) => {
            let at = border(text, *a);
            format!("{}{odd}{}", &text[..at], &text[at..])
        }
        Damage::SwapLines(a, b) => {
            let mut lines: Vec<&str> = text.lines().collect();
            let line = |share: f64| (lines.len() as f64 * share) as usize;
            let (a, b) = (line(*a), line(*b));
            if !lines.is_empty() {
                lines.swap(a, b);
            }
            lines.join("\n")
        }
        Damage::JoinLines => text.replace('\n', " "),
        Damage::NoStops => text.replace('.', ""),
        Damage::Capitals => text.to_uppercase(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_documents_are_read_without_harm(which in 0..1000_usize, damages in prop::collection::vec(damage(), 1..6)) {
        let mut text = TEXTS[which % TEXTS.len()].clone();
        for damage in &damages {
            text = damaged(&text, damage);
        }
        check(&text);
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(which in 0..1000_usize, places in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 1..8)) {
        let mut bytes = TEXTS[which % TEXTS.len()].clone().into_bytes();
        for (share, byte) in places {
            let at = (bytes.len() as f64 * share) as usize;
            bytes[at] = byte;
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => check(text),
            Err(_) => {
                document::read("text", &bytes).unwrap_err();
            }
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,300}") {
        check(&text);
    }
}

#[test]
fn documents_as_they_are_keep_the_rules() {
    let broken: Vec<String> = TEXTS.iter().flat_map(|text| broken(text)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_text_without_numbers_gives_no_dates() {
    for text in TEXTS.iter() {
        let text = text.replace(|c: char| c.is_numeric(), "");
        for (_, claims) in read(&text) {
            assert_eq!(dates(&claims).next(), None, "{text}");
        }
    }
}

#[test]
fn a_text_without_days_gives_no_days() {
    for text in TEXTS.iter() {
        // Numbers of four digits stay, which can be years.
        let mut bare = String::new();
        let mut number = String::new();
        for c in text.chars().chain(['\n']) {
            if c.is_ascii_digit() {
                number.push(c);
                continue;
            }
            if number.len() == 4 {
                bare.push_str(&number);
            }
            number.clear();
            bare.push(c);
        }
        for (_, claims) in read(&bare) {
            let exact = dates(&claims).find(|date| date.precision() == 3);
            assert_eq!(exact, None, "{bare}");
        }
    }
}
