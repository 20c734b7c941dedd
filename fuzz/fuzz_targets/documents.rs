//! Any bytes in any format: no panic, and every stretch of the map is the same in text and file. The first byte chooses the format.
#![no_main]

use chancery::document::{Select, SourceMap, read_all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let names = ["x.txt", "x.wiki", "x.html", "x.md", "x.xml", "x.jsonl"];
    let name = names[usize::from(*first) % names.len()];
    for document in read_all(name, bytes, Select::All).documents {
        if let SourceMap::Pieces(pieces) = &document.map {
            for &(text, file, len) in pieces {
                assert_eq!(&document.text.as_bytes()[text..text + len], &bytes[file..file + len]);
            }
        }
        for block in &document.blocks {
            assert!(document.text.get(block.span.start..block.span.end).is_some());
        }
    }
});
