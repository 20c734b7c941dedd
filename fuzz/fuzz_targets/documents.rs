//! Any bytes in any format: no panic, and every promise of `tests/never/promises.rs` is kept. The first byte chooses the format.
#![no_main]

use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = ["x.txt", "x.wiki", "x.html", "x.md", "x.xml", "x.jsonl"];

fuzz_target!(|data: &[u8]| {
    if let Some((first, bytes)) = data.split_first() {
        chancery::check(NAMES[usize::from(*first) % NAMES.len()], bytes);
    }
});
