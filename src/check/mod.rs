//! What was read, checked: quality against gold annotations, and what each sentence of a document gave.

mod coverage;
mod eval;
mod label;
mod names;
mod score;
pub mod shacl;

pub use coverage::{Coverage, Line, Outcome, coverage};
pub use eval::{Found, Gold, GoldError, Report, evaluate, rows};
pub use label::{Label, Lesson, dates_of};
pub use score::{Figures, Row};
