//! Any text, written in every format: what the formats' own readers make of it keeps every promise of `tests/never/promises.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| chancery::check_written(text));
