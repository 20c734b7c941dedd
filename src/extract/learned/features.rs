//! Features of a candidate: weighed as they are named, or kept by name for the script that fits the weights.

use super::model::Model;

/// What speaks for and against a candidate.
#[derive(Clone, Debug)]
pub(super) struct Features<'m> {
    model: Option<&'m Model>,
    /// The weights of those added so far, together, in hundredths.
    pub(super) score: i32,
    /// Their names, where nothing weighs them.
    pub(super) names: Vec<String>,
}

impl<'m> Features<'m> {
    /// None yet; without a model their names are kept.
    pub(super) fn new(model: Option<&'m Model>) -> Self {
        Self {
            model,
            score: 0,
            names: Vec::new(),
        }
    }

    /// Adds the feature with a name of these parts.
    pub(super) fn add(&mut self, parts: &[&str]) {
        match self.model {
            Some(model) => self.score += model.weight(parts),
            None => self.names.push(parts.concat()),
        }
    }
}
