//! The pure stages of Chancery, bytes → documents → claims, as a library of their own: what the fuzz targets need, without the store.

#[path = "../../src/diagnostic.rs"]
pub mod diagnostic;
#[path = "../../src/document/mod.rs"]
pub mod document;
#[path = "../../src/extract/mod.rs"]
pub mod extract;
#[path = "../../src/fact/mod.rs"]
pub mod fact;
#[path = "../../src/language/mod.rs"]
pub mod language;
#[path = "../../src/text/mod.rs"]
pub mod text;

// What follows is shared with the tests, which call the library by its name.
extern crate self as chancery;

#[path = "../../tests/never/promises.rs"]
mod promises;
#[path = "../../tests/never/written.rs"]
mod written;

use document::{Select, read_all};
use extract::Engine;
use language::Gazetteer;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::embedded().expect("the embedded data are whole"));
static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::embedded().expect("the embedded data are whole"));

/// Reads a file and its claims; its name tells the format.
///
/// # Panics
/// Where reading does, or breaks a promise.
pub fn check(name: &str, file: &[u8]) {
    for document in read_all(name, file, Select::All).documents {
        let claims = ENGINE.extract(&document);
        let mut broken = promises::of_document(&document, file);
        broken.extend(promises::of_claims(
            &document, &claims, file, &ENGINE, &GAZETTEER,
        ));
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

/// Writes a text in every format and checks each.
///
/// # Panics
/// As [`check`].
pub fn check_written(text: &str) {
    for (name, file) in written::all(text) {
        check(name, file.as_bytes());
    }
}
