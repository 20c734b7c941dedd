//! Bytes of a file → [`Document`]: metadata, blocks (title, headings, labels, paragraphs, list items, infobox entries, table rows) and sentences, each with its span.

mod model;

pub use model::{Block, BlockKind, Document, Lang, Metadata, SourceMap};
