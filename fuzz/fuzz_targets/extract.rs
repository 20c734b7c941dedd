//! Any text: no panic, and every claim's words stand in the text.
#![no_main]

use chancery::document::read;
use chancery::extract::Engine;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("the embedded data are whole"));

fuzz_target!(|text: &str| {
    for document in read("x.txt", text.as_bytes()).unwrap_or_default() {
        for claim in ENGINE.extract(&document) {
            assert!(!claim.evidence.is_empty());
            for evidence in &claim.evidence {
                assert!(document.text.get(evidence.span.start..evidence.span.end).is_some());
            }
        }
    }
});
