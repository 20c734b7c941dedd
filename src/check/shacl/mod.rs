//! Graphs and SHACL shapes → what does not conform, in plain words, and which shapes found nothing to check.
//!
//! SHACL Core (W3C Recommendation of 20 July 2017) by the `shacl` crate; what it does not evaluate (`sh:sparql` and other extensions) is
//! named as not checked. A graph is checked in memory, by itself.

mod plain;
mod report;
mod shapes;
mod targets;

pub use report::{Checked, Finding, Outcome, Report, Weight};
pub use shapes::{ShapeSource, Shapes};
