//! An answer and the formats in which it can be written.

use super::QueryError;
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{GraphNameRef, Term, Triple, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use std::io::Write;

/// What a query gave.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// SELECT: the variables' names and, per row, a value for each of them.
    Rows {
        /// Names without `?`.
        variables: Vec<String>,
        /// Rows, in the order of the query; each as long as `variables`.
        rows: Vec<Vec<Option<Term>>>,
    },
    /// ASK.
    Boolean(bool),
    /// CONSTRUCT or DESCRIBE: triples, each once.
    Graph(Vec<Triple>),
}

/// What kind of answer it is; decides which formats can hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// [`Answer::Rows`]
    Rows,
    /// [`Answer::Boolean`]
    Boolean,
    /// [`Answer::Graph`]
    Graph,
}

/// A format for rows and booleans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// `application/sparql-results+json`
    Json,
    /// `application/sparql-results+xml`
    Xml,
    /// `text/csv`
    Csv,
    /// `text/tab-separated-values`
    Tsv,
}

/// A format for graphs (and datasets, where it can hold them).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphFormat {
    /// `text/turtle`
    Turtle,
    /// `application/n-triples`
    NTriples,
    /// `application/ld+json`
    JsonLd,
    /// `application/rdf+xml`
    RdfXml,
    /// `application/n-quads`
    NQuads,
    /// `application/trig`
    TriG,
}

impl RowFormat {
    /// All of them; the first is the default.
    pub const ALL: &'static [Self] = &[Self::Json, Self::Xml, Self::Csv, Self::Tsv];

    /// Name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
        }
    }

    /// Media type without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/sparql-results+json",
            Self::Xml => "application/sparql-results+xml",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    fn engine(self) -> QueryResultsFormat {
        match self {
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
        }
    }
}

impl GraphFormat {
    /// All of them; the first is the default.
    pub const ALL: &'static [Self] = &[
        Self::Turtle,
        Self::NTriples,
        Self::JsonLd,
        Self::RdfXml,
        Self::NQuads,
        Self::TriG,
    ];

    /// Name on the command line, and file extension.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdf",
            Self::NQuads => "nq",
            Self::TriG => "trig",
        }
    }

    /// Media type without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::NTriples => "application/n-triples",
            Self::JsonLd => "application/ld+json",
            Self::RdfXml => "application/rdf+xml",
            Self::NQuads => "application/n-quads",
            Self::TriG => "application/trig",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    /// Whether it can hold named graphs.
    #[must_use]
    pub fn holds_datasets(self) -> bool {
        match self {
            Self::JsonLd | Self::NQuads | Self::TriG => true,
            Self::Turtle | Self::NTriples | Self::RdfXml => false,
        }
    }

    /// The engine's name for it.
    #[must_use]
    pub fn engine(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::JsonLd => RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            },
            Self::RdfXml => RdfFormat::RdfXml,
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
        }
    }
}

impl Answer {
    /// What kind of answer it is.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match self {
            Self::Rows { .. } => Shape::Rows,
            Self::Boolean(_) => Shape::Boolean,
            Self::Graph(_) => Shape::Graph,
        }
    }

    /// How many rows or triples; 1 for a boolean.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Rows { rows, .. } => rows.len(),
            Self::Boolean(_) => 1,
            Self::Graph(triples) => triples.len(),
        }
    }

    /// Whether there is no row or triple.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes rows or a boolean.
    ///
    /// # Errors
    /// [`QueryError::Format`] for a graph, [`QueryError::Output`] when `out` fails.
    pub fn write_rows(&self, format: RowFormat, mut out: impl Write) -> Result<(), QueryError> {
        let serializer = QueryResultsSerializer::from_format(format.engine());
        match self {
            Self::Boolean(value) => {
                serializer.serialize_boolean_to_writer(&mut out, *value)?;
            }
            Self::Rows { variables, rows } if format == RowFormat::Csv => {
                write_csv(variables, rows, &mut out)?;
            }
            Self::Rows { variables, rows } => {
                let variables: Vec<Variable> =
                    variables.iter().map(Variable::new_unchecked).collect();
                let mut writer =
                    serializer.serialize_solutions_to_writer(&mut out, variables.clone())?;
                for row in rows {
                    writer.serialize(variables.iter().zip(row).filter_map(
                        |(variable, value)| Some((variable.as_ref(), value.as_ref()?.as_ref())),
                    ))?;
                }
                writer.finish()?;
            }
            Self::Graph(_) => {
                return Err(QueryError::Format(format!(
                    "a graph cannot be written as {}; use one of {}",
                    format.name(),
                    GraphFormat::ALL
                        .iter()
                        .map(|f| f.name())
                        .collect::<Vec<_>>()
                        .join(", ")
                )));
            }
        }
        Ok(())
    }

    /// Writes a graph, its triples in a fixed order, with these prefixes where the format has prefixes.
    ///
    /// # Errors
    /// [`QueryError::Format`] for rows and booleans, [`QueryError::Output`] when `out` fails.
    pub fn write_graph(
        &self,
        format: GraphFormat,
        prefixes: &[(&str, &str)],
        out: impl Write,
    ) -> Result<(), QueryError> {
        let Self::Graph(triples) = self else {
            return Err(QueryError::Format(format!(
                "{} cannot be written as {}; use one of {}",
                if self.shape() == Shape::Rows {
                    "rows"
                } else {
                    "yes or no"
                },
                format.name(),
                RowFormat::ALL
                    .iter()
                    .map(|f| f.name())
                    .collect::<Vec<_>>()
                    .join(", ")
            )));
        };
        if format == GraphFormat::NTriples {
            return Ok(write_lines(triples, out)?);
        }
        let mut sorted: Vec<&Triple> = triples.iter().collect();
        sorted.sort_by_cached_key(|triple| triple.to_string());
        let mut serializer = RdfSerializer::from_format(format.engine());
        for (prefix, iri) in prefixes {
            serializer = serializer
                .with_prefix(*prefix, *iri)
                .map_err(|error| QueryError::Format(format!("prefix {prefix}: {error}")))?;
        }
        let mut writer = serializer.for_writer(out);
        for triple in sorted {
            writer.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
        }
        writer.finish()?;
        Ok(())
    }
}

/// N-Triples: what the triples are sorted by is what is written.
fn write_lines(triples: &[Triple], mut out: impl Write) -> std::io::Result<()> {
    let mut lines: Vec<String> = triples
        .iter()
        .map(|triple| format!("{triple} .\n"))
        .collect();
    lines.sort_unstable();
    for line in lines {
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

/// SPARQL 1.1 results as CSV. The engine's own writer leaves IRIs without quotes, also those with a comma.
fn write_csv(
    variables: &[String],
    rows: &[Vec<Option<Term>>],
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(csv_cell).collect();
        write!(out, "{}\r\n", cells.join(","))
    };
    line(&mut variables.iter().cloned())?;
    for row in rows {
        line(
            &mut row
                .iter()
                .map(|value| value.as_ref().map(plain).unwrap_or_default()),
        )?;
    }
    Ok(())
}

/// The names of the variables of an answer.
pub(super) fn names(variables: &[oxigraph::model::Variable]) -> Vec<String> {
    variables.iter().map(|v| v.as_str().to_owned()).collect()
}

/// A term as people and tables have it: literals and IRIs bare, others as N-Triples writes them.
#[must_use]
pub fn plain(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        Term::NamedNode(node) => node.as_str().to_owned(),
        other @ (Term::BlankNode(_) | Term::Triple(_)) => other.to_string(),
    }
}

/// Quoted where it must be (RFC 4180).
fn csv_cell(text: String) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn csv_quotes_iris_too() {
        let iri = NamedNode::new("http://example.org/a,b").unwrap();
        let said = Literal::new_language_tagged_literal("say \"a\"", "en").unwrap();
        let rows = Answer::Rows {
            variables: vec!["x".into(), "y".into(), "z".into()],
            rows: vec![vec![Some(iri.into()), None, Some(said.into())]],
        };
        let mut out = Vec::new();
        rows.write_rows(RowFormat::Csv, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "x,y,z\r\n\"http://example.org/a,b\",,\"say \"\"a\"\"\"\r\n"
        );
    }

    #[test]
    fn lines_are_what_the_engine_writes() {
        let node = |name: &str| NamedNode::new(format!("http://example.org/{name}")).unwrap();
        let said = |text: &str| Literal::new_simple_literal(text);
        let triples: Vec<Triple> = vec![
            Triple::new(
                node("b"),
                node("p"),
                said("tab\t \"quote\" \\ \u{1}\nline é"),
            ),
            Triple::new(
                node("a"),
                node("p"),
                Literal::new_language_tagged_literal("x", "en").unwrap(),
            ),
            Triple::new(node("a"), node("p"), said("x")),
            Triple::new(node("a"), node("p"), Literal::from(7)),
            Triple::new(oxigraph::model::BlankNode::default(), node("p"), node("a")),
        ];
        let mut expected: Vec<String> = triples
            .iter()
            .map(|triple| {
                let mut writer =
                    RdfSerializer::from_format(RdfFormat::NTriples).for_writer(Vec::new());
                let quad = triple.as_ref().in_graph(GraphNameRef::DefaultGraph);
                writer.serialize_quad(quad).unwrap();
                String::from_utf8(writer.finish().unwrap()).unwrap()
            })
            .collect();
        expected.sort();
        let mut out = Vec::new();
        Answer::Graph(triples)
            .write_graph(GraphFormat::NTriples, &[], &mut out)
            .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected.concat());
    }
}
