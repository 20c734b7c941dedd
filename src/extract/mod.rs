//! A document and the rules of its language → claims, each with its rule and its exact passages.

mod appointment;
mod cite;
mod dates;
mod frame;
mod items;
mod lasting;
mod learned;
mod marks;
mod meeting;
mod membership;
mod mission;
mod observation;
mod offices;
mod people;
mod pieces;
mod quantity;
mod reader;
mod relations;
mod rules;
mod settle;
mod told;
mod treaty;
mod visit;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Lang};
use crate::fact::Claim;
use crate::language::{Gazetteer, Language, Lexicon};
pub use learned::{Candidate, Dating};
pub use marks::{Mark, Part};
use reader::Reader;
use rules::by_rules;

/// Reads documents of all languages.
#[derive(Clone, Debug)]
pub struct Engine {
    gazetteer: Gazetteer,
    lexicons: Vec<Lexicon>,
    /// What weighs the facts that sentences may state in words that no rule knows.
    model: learned::Model,
}

impl Engine {
    /// An engine over a gazetteer and the words and rules of each language.
    ///
    /// # Errors
    /// A diagnostic with the place, where a language's data is not as it should be.
    pub fn new(gazetteer: Gazetteer, languages: &[Language]) -> Result<Self, Diagnostic> {
        let lexicons = languages
            .iter()
            .map(|l| l.lexicon(&gazetteer))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            gazetteer,
            lexicons,
            model: learned::Model::embedded(),
        })
    }

    /// The engine over the data that is part of the program.
    ///
    /// # Errors
    /// As [`Engine::new`]; a test holds that the embedded data has none.
    pub fn embedded() -> Result<Self, Diagnostic> {
        Self::new(Gazetteer::embedded()?, &Language::embedded()?)
    }

    /// The lexicon of a language.
    #[must_use]
    pub fn lexicon(&self, lang: Lang) -> Option<&Lexicon> {
        self.lexicons.iter().find(|l| l.lang == lang)
    }

    /// Analyses a document without asking what it states: how many items its sentences have. For measuring that part of reading alone.
    #[must_use]
    pub fn analyse(&self, document: &Document) -> usize {
        self.lexicon(document.lang).map_or(0, |lexicon| {
            let reader = Reader::new(document, lexicon, &self.gazetteer);
            reader.sentences.iter().map(|s| s.items.len()).sum()
        })
    }

    /// The words behind each claim of a document: what triggered its rule and what fills its slots, for those who ask why it stands.
    #[must_use]
    pub fn marks(&self, document: &Document, claims: &[Claim]) -> Vec<Vec<Mark>> {
        let Some(lexicon) = self.lexicon(document.lang) else {
            return vec![Vec::new(); claims.len()];
        };
        let reader = Reader::new(document, lexicon, &self.gazetteer);
        claims
            .iter()
            .map(|claim| marks::marks(&reader, claim))
            .collect()
    }

    /// What the sentences of a document may state, with the names of the features that weights are fitted to.
    #[must_use]
    pub fn candidates(&self, document: &Document) -> Vec<Candidate> {
        self.lexicon(document.lang)
            .map_or_else(Vec::new, |lexicon| {
                let reader = Reader::new(document, lexicon, &self.gazetteer);
                learned::candidates(&reader, &by_rules(&reader))
            })
    }

    /// The claims that rules alone find in a document.
    #[must_use]
    pub fn extract_by_rules(&self, document: &Document) -> Vec<Claim> {
        self.lexicon(document.lang)
            .map_or_else(Vec::new, |lexicon| {
                by_rules(&Reader::new(document, lexicon, &self.gazetteer))
            })
    }

    /// The claims of a document, in order of the text. Every passage lies on character boundaries of the document's text.
    #[must_use]
    pub fn extract(&self, document: &Document) -> Vec<Claim> {
        let Some(lexicon) = self.lexicon(document.lang) else {
            return Vec::new();
        };
        let reader = Reader::new(document, lexicon, &self.gazetteer);
        let mut claims = by_rules(&reader);
        for likely in learned::claims(&reader, &claims, &self.model) {
            let start = likely.statement().start;
            let before = claims.iter().rposition(|c| c.statement().start <= start);
            claims.insert(before.map_or(0, |at| at + 1), likely);
        }
        cite::cite(&reader, &mut claims);
        claims
    }
}
