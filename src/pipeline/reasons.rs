//! A document of a store → its claims again, by the rules of this program, each with the words behind its parts.

use super::BuildError;
use super::stages::Stages;
use crate::document::read_again;
use crate::extract::Mark;
use crate::fact::Claim;
use crate::language::Lang;
use oxigraph::model::NamedNode;

/// The rules of the program, to ask why a claim stands.
pub struct Reasons {
    stages: Stages,
}

/// A claim of a document of a store, found again.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Its IRI.
    pub iri: NamedNode,
    /// The claim.
    pub claim: Claim,
    /// What triggered its rule and what fills its slots, in bytes of the document's text and in its order.
    pub marks: Vec<Mark>,
}

impl Reasons {
    /// The embedded rules.
    ///
    /// # Errors
    /// [`BuildError::Program`] when rules or data cannot be read.
    pub fn new() -> Result<Self, BuildError> {
        let stages = Stages::embedded().map_err(BuildError::Program)?;
        Ok(Self { stages })
    }

    /// The claims of a document by its id, language (a BCP 47 tag) and text, as a store holds them (`dct:identifier`, `dct:language`, `dip:text`).
    /// Their IRIs are those that the store has where rules and data of the program that built it gave the same claims.
    #[must_use]
    pub fn of(&self, base: &str, id: &str, lang: &str, text: &str) -> Vec<Reason> {
        let Some(lang) = Lang::parse(lang) else {
            return Vec::new();
        };
        let document = read_again(id, text, lang);
        let claims = self.stages.extract(&document);
        let marks = self.stages.marks(&document, &claims);
        crate::triples::claim_iris(base, id, &claims, text)
            .into_iter()
            .zip(claims)
            .zip(marks)
            .map(|((iri, claim), marks)| Reason { iri, claim, marks })
            .collect()
    }

    /// The sentence that says what a rule finds, by the name that claims give it (`en.visit.verb`).
    #[must_use]
    pub fn says(&self, rule: &str) -> Option<&str> {
        self.stages.says(rule)
    }
}
