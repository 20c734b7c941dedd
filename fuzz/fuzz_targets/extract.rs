//! Any text: no panic, and its claims keep every promise of `tests/never/promises.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| chancery::check("x.txt", text.as_bytes()));
