//! Any text, written in every format: what the formats' own readers make of it keeps every promise of `tests/never/promises.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for (name, file) in chancery::written::all(text) {
        chancery::check(name, file.as_bytes());
    }
});
