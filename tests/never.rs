//! What never happens, whatever the file and its format: a panic, a span off a character's border, a quote that differs from the file, a date more
//! precise than the text, an id of no gazetteer.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

#[path = "never/promises.rs"]
mod promises;
#[path = "never/written.rs"]
mod written;

use chancery::document::{Document, Select, read_all};
use chancery::extract::Engine;
use chancery::fact::{Claim, Edtf};
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

/// How many formats there are.
const FORMATS: usize = 7;

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
    "[[",
    "}}",
    "{|",
    "|}",
    "|-",
    "<ref>",
    "</ref>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "</li>",
    "<table><tr><td>",
    "</div>",
    "&amp;",
    "&#x202e;",
    "&eacute;",
    "&#99999999;",
    "\"",
    "\\u00",
    "\\ud800",
    "</text>",
    "</page>",
    "<page>",
    "# ",
    "```",
    "[^1]:",
    "---",
    "<p><b>",
    "'''",
    "\u{85}",
    "\u{2028}",
];

/// The documents of a file, each with its claims.
fn read(name: &str, text: &str) -> Vec<(Document, Vec<Claim>)> {
    read_all(name, text.as_bytes(), Select::All)
        .documents
        .into_iter()
        .map(|document| {
            let claims = ENGINE.extract(&document);
            (document, claims)
        })
        .collect()
}

fn dates(claims: &[Claim]) -> impl Iterator<Item = &Edtf> {
    claims.iter().flat_map(|claim| claim.fact.dates())
}

/// The promises that reading a file breaks.
fn broken(name: &str, text: &str) -> Vec<String> {
    let file = text.as_bytes();
    let mut broken = Vec::new();
    for (document, claims) in read(name, text) {
        broken.extend(promises::of_document(&document, file));
        broken.extend(promises::of_claims(
            &document, &claims, file, &ENGINE, &GAZETTEER,
        ));
    }
    broken
}

fn check(name: &str, text: &str) {
    let broken = broken(name, text);
    assert!(broken.is_empty(), "{name}:\n{}", broken.join("\n"));
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
    /// A stretch is gone.
    Cut(f64, f64),
    /// All after this place is gone.
    Truncate(f64),
    /// A stretch stands twice.
    Double(f64, f64),
    /// What real files have and readers stumble on.
    Insert(f64, &'static str),
    /// Any characters.
    Strew(f64, String),
    /// Two lines change places.
    SwapLines(f64, f64),
    /// Two stretches of some characters change places.
    Swap(f64, f64, usize),
    JoinLines,
    NoStops,
    Capitals,
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = || 0.0..1.0_f64;
    prop_oneof![
        2 => (at(), at()).prop_map(|(a, b)| Damage::Cut(a, b)),
        1 => (0.3..1.0_f64).prop_map(Damage::Truncate),
        2 => (at(), at()).prop_map(|(a, b)| Damage::Double(a, b)),
        3 => (at(), prop::sample::select(ODD)).prop_map(|(a, odd)| Damage::Insert(a, odd)),
        2 => (at(), ".{1,6}").prop_map(|(a, any)| Damage::Strew(a, any)),
        2 => (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        2 => (at(), at(), 1..40_usize).prop_map(|(a, b, len)| Damage::Swap(a, b, len)),
        1 => Just(Damage::JoinLines),
        1 => Just(Damage::NoStops),
        1 => Just(Damage::Capitals),
    ]
}

fn damaged(text: &str, damage: &Damage) -> String {
    let stretch = |a: f64, b: f64| (border(text, a.min(b)), border(text, a.max(b)));
    match damage {
        Damage::Cut(a, b) => {
            let (from, to) = stretch(*a, *b);
            format!("{}{}", &text[..from], &text[to..])
        }
        Damage::Truncate(a) => text[..border(text, *a)].to_owned(),
        Damage::Double(a, b) => {
            let (from, to) = stretch(*a, *b);
            format!("{}{}", &text[..to], &text[from..])
        }
        Damage::Insert(a, odd) => {
            let at = border(text, *a);
            format!("{}{odd}{}", &text[..at], &text[at..])
        }
        Damage::Strew(a, any) => {
            let at = border(text, *a);
            format!("{}{any}{}", &text[..at], &text[at..])
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
        Damage::Swap(a, b, len) => {
            let (from, to) = stretch(*a, *b);
            let end = |at: usize| {
                let mut ends = text[at..].char_indices().skip(*len);
                ends.next().map_or(text.len(), |(offset, _)| at + offset)
            };
            let (middle, last) = (end(from).min(to), end(to));
            let parts = [
                &text[..from],
                &text[to..last],
                &text[middle..to],
                &text[from..middle],
                &text[last..],
            ];
            parts.concat()
        }
        Damage::JoinLines => text.replace('\n', " "),
        Damage::NoStops => text.replace('.', ""),
        Damage::Capitals => text.to_uppercase(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_of_every_format_are_read_without_harm(
        which in 0..1000_usize,
        format in 0..FORMATS,
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let (name, mut text) = written::all(&TEXTS[which % TEXTS.len()]).swap_remove(format);
        for damage in &damages {
            text = damaged(&text, damage);
        }
        check(name, &text);
    }

    #[test]
    fn damaged_texts_are_written_in_every_format_without_harm(
        which in 0..1000_usize,
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let mut text = TEXTS[which % TEXTS.len()].clone();
        for damage in &damages {
            text = damaged(&text, damage);
        }
        for (name, text) in written::all(&text) {
            check(name, &text);
        }
    }

    #[test]
    fn damaged_bytes_are_read_or_refused(
        which in 0..1000_usize,
        format in 0..FORMATS,
        places in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 1..8),
    ) {
        let (name, text) = written::all(&TEXTS[which % TEXTS.len()]).swap_remove(format);
        let mut bytes = text.into_bytes();
        for (share, byte) in places {
            let at = (bytes.len() as f64 * share) as usize;
            bytes[at] = byte;
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => check(name, text),
            Err(_) => {
                let found = read_all(name, &bytes, Select::All);
                prop_assert!(found.documents.is_empty() && !found.problems.is_empty());
            }
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,300}", format in 0..FORMATS) {
        let (name, text) = written::all(&text).swap_remove(format);
        check(name, &text);
    }
}

#[test]
fn documents_as_they_are_keep_the_rules() {
    let broken: Vec<String> = TEXTS
        .iter()
        .flat_map(|text| broken("x.txt", text))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_text_without_numbers_gives_no_dates() {
    for text in TEXTS.iter() {
        let text = text.replace(|c: char| c.is_numeric(), "");
        for (_, claims) in read("x.txt", &text) {
            assert_eq!(dates(&claims).next(), None, "{text}");
        }
    }
}

/// But those that stand in words ("the third of May") or that count from another date, to which the promises hold them.
#[test]
fn a_text_without_days_in_figures_gives_no_days() {
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
        check("x.txt", &bare);
    }
}

/// The text of a plain file is the file; in other formats it is what the pieces of the map say.
#[test]
fn documents_of_every_format_keep_the_rules() {
    for text in TEXTS.iter() {
        let documents = read("x.txt", text);
        let file = text.strip_prefix('\u{feff}').unwrap_or(text);
        assert!(documents.iter().all(|(document, _)| document.text == file));
        for (name, text) in written::all(text) {
            check(name, &text);
        }
    }
}

/// A treaty signed at a meeting whose day a line before the title completes.
#[test]
fn the_year_of_an_occasion_is_told() {
    let text = include_str!("passages/fr/b-entretien-slovenie-oman.txt");
    let text = damaged(text, &Damage::SwapLines(0.0, 0.197_29));
    for (name, text) in written::all(&text) {
        check(name, &text);
    }
}

#[test]
fn the_year_of_a_journey_is_told_of_who_came_along() {
    let text = include_str!("passages/like/es/x140-comunicado-guatemala-2024.txt");
    check("x.txt", text);
}

#[test]
fn a_title_of_several_lines_is_one() {
    let page = "<mediawiki><page><title>Chile–Kenya relations\n\nPresident Ana Soto of Chile visited Kenya in May 2001.</title><ns>0</ns><revision><text>Chile \
                has an embassy in Nairobi.</text></revision></page></mediawiki>";
    check("dump.xml", page);
}
