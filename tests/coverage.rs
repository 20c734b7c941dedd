//! What a document's sentences gave: facts, nothing to find, or words of the trade that no rule took.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::check::{Coverage, Outcome, coverage};
use chancery::document::{Document, read};
use chancery::extract::{Engine, Mark};
use chancery::fact::Claim;
use chancery::text::Span;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().unwrap());

fn document(text: &str) -> Document {
    read("x.txt", text.as_bytes()).unwrap().remove(0)
}

/// The words of each claim that fill its slots or triggered its rule.
fn taken(document: &Document, claims: &[Claim]) -> Vec<Vec<Span>> {
    let marks = ENGINE.marks(document, claims);
    let spans = |marks: Vec<Mark>| marks.iter().map(|mark| mark.span).collect();
    marks.into_iter().map(spans).collect()
}

/// The outcome of the sentence that begins with these words, and its words that no claim took.
fn line<'d>(document: &'d Document, covered: &Coverage, sentence: &str) -> (Outcome, Vec<&'d str>) {
    let begins = |span: Span| document.words(span).starts_with(sentence);
    let line = covered.lines.iter().find(|line| begins(line.span)).unwrap();
    let words = line.words.iter().map(|span| document.words(*span));
    (line.outcome, words.collect())
}

const ARTICLE: &str = "= Chile–Peru relations =

Chile and Peru established diplomatic relations in 1823. Both lie by the sea. The embassy garden is pretty. The main exports of Chile are wool and wine.

== Visits ==
Presidential visits from Chile to Peru
- President Ana Soto (1964)
- someone forgotten, 1971
- a llama

== See also ==
- List of ambassadors of Chile to Peru, 1823 to 1964
";

#[test]
fn a_sentence_gives_facts_or_none_or_is_not_understood() {
    let document = document(ARTICLE);
    let claims = ENGINE.extract(&document);
    let lexicon = ENGINE.lexicon(document.lang).unwrap();
    let covered = coverage(&document, &claims, &taken(&document, &claims), lexicon);
    let outcome = |sentence: &str| line(&document, &covered, sentence);
    let facts = (Outcome::Facts, Vec::new());
    let none = (Outcome::NoFact, Vec::new());
    assert_eq!(outcome("Chile and Peru established"), facts);
    assert_eq!(outcome("Both lie"), none);
    // A word of the trade alone tells nothing: nobody is named, no place and no time.
    assert_eq!(outcome("The embassy garden"), none);
    // A measure without a number is no observation.
    assert_eq!(outcome("The main exports"), none);
    assert_eq!(outcome("President Ana Soto"), facts);
    // An item of a list of visits, with its year.
    let lost = (Outcome::NotUnderstood, vec!["Presidential visits"]);
    assert_eq!(outcome("someone forgotten"), lost);
    assert_eq!(outcome("a llama"), none);
    // A section without facts.
    assert_eq!(outcome("List of ambassadors"), none);
}

#[test]
fn words_that_no_claim_took_are_told() {
    let document = document(ARTICLE);
    let claims = ENGINE.extract(&document);
    let lexicon = ENGINE.lexicon(document.lang).unwrap();
    // Without claims, the verb beside two states is what was not understood.
    let covered = coverage(&document, &[], &[], lexicon);
    let wanted = (Outcome::NotUnderstood, vec!["established"]);
    assert_eq!(
        line(&document, &covered, "Chile and Peru established"),
        wanted
    );
    // With a claim whose words are not known, it is left over beside the fact.
    let covered = coverage(&document, &claims, &vec![Vec::new(); claims.len()], lexicon);
    let wanted = (Outcome::Facts, vec!["established"]);
    assert_eq!(
        line(&document, &covered, "Chile and Peru established"),
        wanted
    );
}

#[test]
fn the_key_of_an_entry_counts_and_languages_alike() {
    for (text, sentence, word) in [
        (
            "= Ambassade du Pérou à Paris =\n\nInfobox\n- Ouverture : 1841\n",
            "1841",
            "Ouverture",
        ),
        (
            "= Relaciones Chile-Perú =\n\nChile reconoció al Perú en 1823.\n",
            "Chile",
            "reconoció al",
        ),
    ] {
        let document = document(text);
        let lexicon = ENGINE.lexicon(document.lang).unwrap();
        let covered = coverage(&document, &[], &[], lexicon);
        let wanted = (Outcome::NotUnderstood, vec![word]);
        assert_eq!(line(&document, &covered, sentence), wanted, "{text}");
    }
}
