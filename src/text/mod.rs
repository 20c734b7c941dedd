//! Positions in a text: byte spans, code point offsets, lines and columns, excerpts with a caret, and words with names under them.

mod excerpt;
mod index;
mod marked;
mod span;

pub use excerpt::excerpt;
pub use index::{Position, TextIndex};
pub use marked::marked;
pub use span::Span;
