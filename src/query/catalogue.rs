//! The catalogue: `queries/*.rq` (questions), `queries/facts/*.rq` (flat tables) and `queries/federated/*.rq` (questions that also ask a
//! service elsewhere), embedded in the program.
//!
//! ```sparql
//! # Which visits did two states pay each other?
//! # param: a FRA  one state, by its ISO code
//! SELECT … { … $a … }
//! ```
//!
//! The first line is the question. A parameter has a name, a default (`""` for none) and what it means; its value stands
//! where the query has `$name`: a literal, or an IRI when it is written in `<>`.

use super::QueryError;
use super::lexical::{parameters_used, place_parameters};
use oxigraph::model::{Literal, NamedNode};
use rust_embed::RustEmbed;
use std::collections::BTreeMap;

#[derive(RustEmbed)]
#[folder = "queries/"]
struct Files;

/// A query of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueQuery {
    /// File name without `.rq`; fact tables are `facts/visit` …
    pub name: String,
    /// The question in words.
    pub question: String,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The whole file.
    pub text: String,
}

/// A parameter of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// `name`, for `$name`.
    pub name: String,
    /// Value when none is given.
    pub default: String,
    /// What it means.
    pub description: String,
}

/// The questions, sorted by name.
#[must_use]
pub fn catalogue() -> Vec<CatalogueQuery> {
    all()
        .into_iter()
        .filter(|query| !query.name.contains('/'))
        .collect()
}

/// The flat tables of facts, sorted by name (`facts/appointment` …).
#[must_use]
pub fn fact_tables() -> Vec<CatalogueQuery> {
    all()
        .into_iter()
        .filter(|query| query.name.starts_with("facts/"))
        .collect()
}

/// The questions that also ask a service elsewhere (`federated/…`), which they name in a line `# service:`. `SERVICE` reaches nothing as
/// long as that service is not allowed, so they are no part of [`catalogue`].
#[must_use]
pub fn federated() -> Vec<CatalogueQuery> {
    all()
        .into_iter()
        .filter(|query| query.name.starts_with("federated/"))
        .collect()
}

/// The query of that name (`visits`, `facts/visit`).
///
/// # Errors
/// [`QueryError::Unknown`] with the names that come near.
pub fn find(name: &str) -> Result<CatalogueQuery, QueryError> {
    let wanted = name.strip_suffix(".rq").unwrap_or(name);
    let all = all();
    if let Some(query) = all.iter().find(|query| query.name == wanted) {
        return Ok(query.clone());
    }
    let near: Vec<&str> = all
        .iter()
        .map(|query| query.name.as_str())
        .filter(|known| {
            known
                .split(['-', '/'])
                .any(|part| part.len() > 3 && wanted.contains(part.trim_end_matches('s')))
        })
        .collect();
    Err(QueryError::Unknown {
        name: name.to_owned(),
        help: if near.is_empty() {
            "`chancery query --list` shows them all".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        },
    })
}

fn all() -> Vec<CatalogueQuery> {
    let mut queries: Vec<CatalogueQuery> = Files::iter()
        .filter_map(|path| {
            let file = Files::get(&path)?;
            let text = String::from_utf8(file.data.into_owned()).ok()?;
            Some(CatalogueQuery::parse(path.strip_suffix(".rq")?, &text))
        })
        .collect();
    queries.sort_by(|a, b| a.name.cmp(&b.name));
    queries
}

impl CatalogueQuery {
    /// Reads the head of a query file.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Self {
        let mut comments = text
            .lines()
            .map_while(|line| line.strip_prefix('#'))
            .map(str::trim);
        let question = comments.next().unwrap_or_default().to_owned();
        let parameters = comments
            .filter_map(|line| line.strip_prefix("param:"))
            .filter_map(|line| {
                let (name, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), "\"\""));
                let (default, description) =
                    rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
                (!name.is_empty()).then(|| Parameter {
                    name: name.to_owned(),
                    default: default.trim_matches('"').to_owned(),
                    description: description.trim().to_owned(),
                })
            })
            .collect();
        Self {
            name: name.to_owned(),
            question,
            parameters,
            text: text.to_owned(),
        }
    }

    /// The query with its parameters in place: those given, and the defaults of the rest. For a query that declares no
    /// parameters (a user's own), every `$name` in it is one.
    ///
    /// # Errors
    /// [`QueryError::Parameter`] for a name that the query has not, or an IRI that is none.
    pub fn with(&self, given: &BTreeMap<String, String>) -> Result<String, QueryError> {
        let used = parameters_used(&self.text);
        let mut terms = BTreeMap::new();
        for parameter in &self.parameters {
            terms.insert(
                parameter.name.clone(),
                term(&parameter.name, &parameter.default)?,
            );
        }
        for (name, value) in given {
            if !used.contains(name) {
                let known: Vec<&str> = used.iter().map(String::as_str).collect();
                return Err(QueryError::Parameter {
                    name: name.clone(),
                    message: if known.is_empty() {
                        "the query takes none".to_owned()
                    } else {
                        format!("the query has no ${name}; it takes {}", known.join(", "))
                    },
                });
            }
            terms.insert(name.clone(), term(name, value)?);
        }
        Ok(place_parameters(&self.text, &terms))
    }
}

/// A value as a term in SPARQL: `<…>` is an IRI, everything else a plain literal.
fn term(name: &str, value: &str) -> Result<String, QueryError> {
    match value.strip_prefix('<').and_then(|v| v.strip_suffix('>')) {
        Some(iri) => NamedNode::new(iri)
            .map(|node| node.to_string())
            .map_err(|error| QueryError::Parameter {
                name: name.to_owned(),
                message: format!("{value} is no IRI: {error}"),
            }),
        None => Ok(Literal::new_simple_literal(value).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_literal() {
        let query = CatalogueQuery::parse("x", "# Q?\n# param: a FRA  a state\nASK { ?s ?p $a }");
        assert_eq!(query.question, "Q?");
        assert_eq!(query.parameters[0].description, "a state");
        let nasty = BTreeMap::from([("a".to_owned(), "\" } DROP ALL #\n\\".to_owned())]);
        assert_eq!(
            query.with(&nasty).unwrap().lines().last(),
            Some("ASK { ?s ?p \"\\\" } DROP ALL #\\n\\\\\" }")
        );
        assert!(query.with(&BTreeMap::new()).unwrap().ends_with("\"FRA\" }"));
        assert!(
            query
                .with(&BTreeMap::from([("b".into(), "x".into())]))
                .is_err()
        );
        assert!(
            query
                .with(&BTreeMap::from([("a".into(), "<x y>".into())]))
                .is_err()
        );
    }

    #[test]
    fn every_query_asks_in_words_and_declares_what_it_uses() {
        for query in all() {
            assert!(query.question.ends_with(['?', '.']), "{}", query.name);
            let declared: std::collections::BTreeSet<String> =
                query.parameters.iter().map(|p| p.name.clone()).collect();
            assert_eq!(declared, parameters_used(&query.text), "{}", query.name);
        }
    }
}
