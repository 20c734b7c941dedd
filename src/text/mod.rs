//! Positions in a text: byte spans, code point offsets, lines and columns, and excerpts with a caret.

mod excerpt;
mod index;
mod span;

pub use excerpt::excerpt;
pub use index::{Position, TextIndex};
pub use span::Span;
