//! `words.toml` and `rules.toml` of a language → typed tables, with errors that name file, line and column.

use crate::diagnostic::Diagnostic;
use crate::language::Lang;
use crate::text::{Span, TextIndex, excerpt};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The words of a language: for each class, office, kind of mission … the forms that stand for it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Closed classes that the engine knows by name (`article`, `conj.and`, `prep.to` …).
    pub classes: BTreeMap<String, Vec<String>>,
    /// Months, `1` to `12`.
    pub months: BTreeMap<String, Vec<String>>,
    /// Numbers written as words.
    pub numbers: BTreeMap<String, Vec<String>>,
    /// Offices: English role → forms.
    pub offices: BTreeMap<String, Vec<String>>,
    /// Fields of ministers: English role → words that a field begins with ("Minister for Trade and …").
    pub portfolios: BTreeMap<String, Vec<String>>,
    /// Heads of the titles of ministers and their like: English → forms. English itself needs none.
    #[serde(default)]
    pub titles: BTreeMap<String, Vec<String>>,
    /// Fields of ministers: English → forms.
    #[serde(default)]
    pub fields: BTreeMap<String, Vec<String>>,
    /// Kinds of mission → forms.
    pub missions: BTreeMap<String, Vec<String>>,
    /// Kinds of treaty → forms.
    pub treaties: BTreeMap<String, Vec<String>>,
    /// "the two presidents", "les deux ministres": English role → forms.
    pub both: BTreeMap<String, Vec<String>>,
    /// Topics of talks: English → forms.
    pub topics: BTreeMap<String, Vec<String>>,
    /// Measures (`trade`, `exports`, `community` …) → forms.
    pub measures: BTreeMap<String, Vec<String>>,
    /// Measures → infinitives of the verbs that tell them ("sell": exports).
    pub measured: BTreeMap<String, Vec<String>>,
}

/// The verbs of a language: those that the engine knows as such, and the forms that no rule of conjugation gives.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verbs {
    /// Infinitives.
    pub verbs: Vec<String>,
    /// Infinitives that end in an irregular one and are regular all the same.
    #[serde(default)]
    pub regular: Vec<String>,
    /// Irregular verbs by infinitive.
    #[serde(default)]
    pub irregular: BTreeMap<String, Irregular>,
}

/// Forms of an irregular verb, parted by spaces; what is missing is regular (English) or not in use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Irregular {
    /// Third persons of the present.
    pub present: Option<String>,
    /// Third persons of the past.
    pub past: Option<String>,
    /// Third persons of the imperfect.
    pub imperfect: Option<String>,
    /// Stem of the future.
    pub future: Option<String>,
    /// Past participle, masculine.
    pub participle: Option<String>,
    /// Gerund or present participle.
    pub gerund: Option<String>,
}

/// A rule: what triggers it, which fact it finds and where the fact's slots stand in the sentence.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id within the language; claims name it `en.visit.verb`.
    pub id: String,
    /// Kind of fact (`visit`, `treaty` …).
    pub fact: String,
    /// One sentence: what it finds.
    pub says: String,
    /// `verb`, `noun` or `structure` (lists, headings, mentions: found without a trigger word).
    #[serde(default)]
    pub head: Head,
    /// Infinitives ("travel to", "se rendre", "dar la bienvenida"): all their forms trigger the rule, each as what it is.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Finite forms that tell of something that happened or is.
    #[serde(default)]
    pub words: Vec<String>,
    /// Infinitives and bare forms: they count only after a word that says how they are meant.
    #[serde(default)]
    pub base: Vec<String>,
    /// Forms that by themselves speak of the future.
    #[serde(default)]
    pub planned: Vec<String>,
    /// Participles: with an auxiliary of the passive before them, object and subject change places.
    #[serde(default)]
    pub passive: Vec<String>,
    /// A class of words, one of which must stand in the clause.
    #[serde(default)]
    pub needs: Option<String>,
    /// Grammatical function → role in the fact.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
    /// Slots with a fixed value.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// How sure it is, in percent.
    #[serde(default = "sure")]
    pub confidence: u8,
    /// Sentences with what the rule finds in them.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// Sentences in which it must find nothing that holds.
    #[serde(default)]
    pub counter: Vec<String>,
}

/// What a rule's trigger is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Head {
    /// A verb.
    #[default]
    Verb,
    /// A noun that names the event.
    Noun,
    /// No word: a list, a heading, a mention.
    Structure,
}

/// A text and the facts that a rule finds in it, each as `slot=value; slot=value`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// A document's text; a title line `= … =` may stand before the sentence.
    pub text: String,
    /// The facts, `visit: visitor=…; to=…`.
    pub gives: Vec<String>,
}

fn sure() -> u8 {
    90
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// Reads a language's `words.toml`.
///
/// # Errors
/// A diagnostic with the place, where the file is not of that form.
pub fn parse_words(lang: Lang, text: &str) -> Result<Words, Diagnostic> {
    toml::from_str(text).map_err(|error| toml_error(lang, "words.toml", text, &error))
}

/// Reads a language's `verbs.toml`.
///
/// # Errors
/// A diagnostic with the place, where the file is not of that form.
pub fn parse_verbs(lang: Lang, text: &str) -> Result<Verbs, Diagnostic> {
    toml::from_str(text).map_err(|error| toml_error(lang, "verbs.toml", text, &error))
}

/// Reads a language's `rules.toml`.
///
/// # Errors
/// A diagnostic with the place, where the file is not of that form or two rules have one id.
pub fn parse_rules(lang: Lang, text: &str) -> Result<Vec<Rule>, Diagnostic> {
    let file: RuleFile =
        toml::from_str(text).map_err(|error| toml_error(lang, "rules.toml", text, &error))?;
    let mut ids = std::collections::BTreeSet::new();
    for rule in &file.rule {
        let place = || {
            let at = text.find(&format!("id = {:?}", rule.id)).unwrap_or(0);
            Span::new(at, at + rule.id.len() + 7)
        };
        let wrong =
            |message: String| placed(lang, "rules.toml", text, place(), "language.rule", &message);
        if !ids.insert(rule.id.clone()) {
            return Err(wrong(format!("two rules have the id {:?}", rule.id)));
        }
        if crate::fact::Kind::parse(&rule.fact).is_none() {
            return Err(wrong(format!(
                "rule {:?} speaks of {:?}, which is no kind of fact",
                rule.id, rule.fact
            )));
        }
    }
    Ok(file.rule)
}

fn toml_error(lang: Lang, file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error
        .span()
        .map_or(Span::default(), |range| Span::new(range.start, range.end));
    placed(lang, file, text, span, "language.file", error.message())
        .help("mend the file; its form is described in data/languages/README.md")
}

/// An error with file, line, column and the words under carets in its message, since the text is at hand only here.
fn placed(
    lang: Lang,
    file: &str,
    text: &str,
    span: Span,
    code: &'static str,
    message: &str,
) -> Diagnostic {
    let at = TextIndex::new(text).position(span.start);
    let source = format!("languages/{}/{file}", lang.tag());
    Diagnostic::error(
        code,
        format!(
            "{source}:{}:{}: {message}\n{}",
            at.line,
            at.column,
            excerpt(text, span)
        ),
    )
}
