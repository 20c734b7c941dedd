//! Passages of real length in three languages, each sentence with its facts and the words behind them: what the reader sees in a text.
//!
//! A rule that changes what is found in them changes a file of `tests/snapshots/`: `INSTA_UPDATE=always cargo test --test snapshots` writes them
//! anew, and the difference is there to be read before it is committed.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::document::read;
use chancery::extract::Engine;
use chancery::text::{Span, marked};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().unwrap());

/// Characters on a line.
const WIDTH: usize = 110;

/// The sentences of a file's lines `first` to `last` (from 1), each with the facts that it states, the words of each marked. A part that stands
/// elsewhere (a side in the title, whom a pronoun means) has its words below the sentence.
fn passage(path: &str, first: usize, last: usize) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let document = read(path, &std::fs::read(file).unwrap()).unwrap().remove(0);
    let text = &document.text;
    let claims = ENGINE.extract(&document);
    let marks = ENGINE.marks(&document, &claims);
    let mut shown = format!("{path}, lines {first} to {last}\n");
    let line = |at: usize| text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
    for span in document.blocks.iter().flat_map(|block| &block.sentences) {
        if !(first..=last).contains(&line(span.start)) {
            continue;
        }
        let here: Vec<_> = claims
            .iter()
            .zip(&marks)
            .filter(|(claim, _)| span.contains(claim.statement()))
            .collect();
        if here.is_empty() {
            let words = marked(text, *span, &[], WIDTH).join("\n");
            write!(shown, "\n{words}\n→ no fact\n").unwrap();
        }
        for (claim, marks) in here {
            let names: Vec<(Span, &str)> = marks.iter().map(|m| (m.span, m.part.name())).collect();
            let words = marked(text, *span, &names, WIDTH).join("\n");
            let meant = format!("{} {}", claim.modality.name(), claim.polarity.name());
            write!(
                shown,
                "\n{words}\n→ {} ({}, {meant})\n",
                claim.fact, claim.rule
            )
            .unwrap();
            for (at, name) in names.iter().filter(|(at, _)| !span.contains(*at)) {
                writeln!(
                    shown,
                    "  {name}: “{}” in line {}",
                    at.of(text),
                    line(at.start)
                )
                .unwrap();
            }
        }
    }
    shown
}

/// Name of the snapshot, file, first and last line.
const PASSAGES: &[(&str, &str, usize, usize)] = &[
    (
        "en-article",
        "data/documents/france-peru-relations.txt",
        18,
        46,
    ),
    (
        "en-fact-sheet",
        "data/documents/consulate-general-of-peru-paris.txt",
        1,
        11,
    ),
    (
        "en-lists-and-table",
        "tests/passages/en/a-malaysia-sri-lanka.txt",
        13,
        46,
    ),
    (
        "en-profile",
        "tests/passages/en/b-consulate-ecuador-hamburg.txt",
        14,
        29,
    ),
    (
        "fr-statement",
        "data/documents/france-perou-point-de-presse.txt",
        1,
        99,
    ),
    ("fr-article", "tests/passages/fr/a-danemark-siam.txt", 5, 19),
    (
        "fr-table",
        "tests/passages/fr/b-fiche-ambassade-afghanistan-sofia.txt",
        3,
        37,
    ),
    ("fr-lists", "tests/passages/fr/a-paraguay-taiwan.txt", 4, 28),
    (
        "es-guide",
        "tests/passages/es/b-guia-dinamarca-venezuela.txt",
        8,
        28,
    ),
    (
        "es-press-conference",
        "tests/passages/es/b-rueda-prensa-jordania.txt",
        5,
        20,
    ),
    (
        "es-fact-sheet",
        "tests/passages/es/a-jordania-malasia.txt",
        4,
        56,
    ),
    (
        "es-embassy",
        "tests/passages/es/b-embajada-ghana-brasilia.txt",
        3,
        30,
    ),
];

#[test]
fn facts_stand_under_their_words() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for &(name, path, first, last) in PASSAGES {
            insta::assert_snapshot!(name, passage(path, first, last));
        }
    });
}

/// Every claim of these files has words for its rule or for a slot, and all marks lie on the borders of characters within the document.
#[test]
fn every_claim_has_words() {
    for (_, path, _, _) in PASSAGES {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let document = read(path, &std::fs::read(file).unwrap()).unwrap().remove(0);
        let claims = ENGINE.extract(&document);
        for (claim, marks) in claims.iter().zip(ENGINE.marks(&document, &claims)) {
            assert!(!marks.is_empty(), "{claim:?}");
            for mark in marks {
                assert!(
                    !document.words(mark.span).trim().is_empty(),
                    "{mark:?} of {claim:?}"
                );
            }
        }
    }
}
