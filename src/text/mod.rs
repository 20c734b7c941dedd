//! Positions in a text: byte spans, code point offsets, lines and columns, excerpts with a caret, words with names under them; and text that
//! was percent-encoded.

mod excerpt;
mod index;
mod marked;
mod percent;
mod span;

pub use excerpt::excerpt;
pub use index::{Position, TextIndex};
pub use marked::marked;
pub use percent::{PercentError, percent_decoded};
pub use span::Span;
