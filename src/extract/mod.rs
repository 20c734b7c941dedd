//! A document and the rules of its language → claims, each with its rule and its exact passages.

mod ahead;
mod appointment;
mod bygone;
mod cite;
mod clauses;
mod dates;
mod envoys;
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
mod once;
mod people;
mod phrases;
mod pieces;
mod quantity;
mod reader;
mod relations;
mod rules;
mod settle;
mod sheet;
mod tally;
mod then;
mod titles;
mod told;
mod tours;
mod treaty;
mod trip;
mod undone;
mod visit;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Lang};
use crate::fact::Claim;
use crate::language::{Gazetteer, Language, Lexicon};
pub use learned::{Candidate, Choice, Dating, Seat, Standing};
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
        let sheet = sheet::with_entries(document, lexicon);
        let document = sheet.as_ref().unwrap_or(document);
        let reader = Reader::new(document, lexicon, &self.gazetteer);
        claims
            .iter()
            .map(|claim| marks::marks(&reader, claim))
            .collect()
    }

    /// What the sentences of a document may state, with the names of the features that weights are fitted to.
    #[must_use]
    pub fn candidates(&self, document: &Document) -> Vec<Candidate> {
        self.told(document, |reader, told| learned::candidates(reader, &told))
    }

    /// The posts and visits that a document tells or may tell, each with the sides, cities and offices that it may have, with the names of the features
    /// that weights are fitted to.
    #[must_use]
    pub fn seats(&self, document: &Document) -> Vec<Seat> {
        self.told(document, |reader, told| learned::seats(reader, &told))
    }

    /// The engine with other weights and trees than those of the program, for the script that fits them.
    #[must_use]
    pub fn weighing(mut self, weights: &str, trees: &str) -> Self {
        self.model = learned::Model::naming(weights, trees);
        self
    }

    /// How what the sentences of a document may state stands among the rest, for the script that fits trees.
    #[must_use]
    pub fn standings(&self, document: &Document) -> Vec<Standing> {
        self.told(document, |reader, told| {
            learned::standings(reader, &told, &self.model)
        })
    }

    /// The claims that rules alone find in a document, in order of the text.
    #[must_use]
    pub fn by_rules(&self, document: &Document) -> Vec<Claim> {
        self.told(document, |_, told| told)
    }

    /// The claims of a document, in order of the text. Every passage lies on character boundaries of the document's text.
    #[must_use]
    pub fn extract(&self, document: &Document) -> Vec<Claim> {
        self.told(document, |reader, told| {
            let (told, mut likely) = learned::claims(reader, told, &self.model);
            appointment::uncross(&told, &mut likely);
            let mut claims = joined(told, likely);
            learned::fill(reader, &mut claims, &self.model);
            appointment::former_seats(reader, &mut claims);
            then::then(reader, &mut claims);
            trip::trip(reader, &mut claims);
            tours::tours(reader, &mut claims);
            visit::private(reader, &mut claims);
            meeting::unnamed(reader, &mut claims);
            meeting::stays(reader, &mut claims);
            meeting::counted_days(reader, &mut claims);
            meeting::scenes(reader, &mut claims);
            titles::titles(reader, &mut claims);
            bygone::bygone(reader, &mut claims);
            ahead::ahead(reader, &mut claims);
            undone::undone(reader, &mut claims);
            cite::cite(reader, &mut claims);
            once::once(claims)
        })
    }

    /// What is made of a document and of what rules tell of it; nothing where its language is not known.
    fn told<T>(
        &self,
        document: &Document,
        make: impl FnOnce(&Reader<'_>, Vec<Claim>) -> Vec<T>,
    ) -> Vec<T> {
        let lexicon = self.lexicon(document.lang);
        lexicon.map_or_else(Vec::new, |lexicon| {
            let sheet = sheet::with_entries(document, lexicon);
            let document = sheet.as_ref().unwrap_or(document);
            let reader = Reader::new(document, lexicon, &self.gazetteer);
            make(&reader, by_rules(&reader))
        })
    }
}

/// Claims told by rules and others, each of these behind the last that begins no later; both are in order of the text.
fn joined(told: Vec<Claim>, others: Vec<Claim>) -> Vec<Claim> {
    let mut at = told.len();
    let mut places: Vec<usize> = Vec::with_capacity(others.len());
    for other in others.iter().rev() {
        let start = other.statement().start;
        let before = told.get(..at).unwrap_or(&[]);
        at = before
            .iter()
            .rposition(|c| c.statement().start <= start)
            .map_or(0, |last| last + 1);
        places.push(at);
    }
    let mut others = others.into_iter().zip(places.into_iter().rev()).peekable();
    let mut joined = Vec::with_capacity(told.len() + others.len());
    for (index, claim) in told.into_iter().enumerate() {
        while let Some((other, _)) = others.next_if(|(_, place)| *place <= index) {
            joined.push(other);
        }
        joined.push(claim);
    }
    joined.extend(others.map(|(other, _)| other));
    joined
}
