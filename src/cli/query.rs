use super::settings::{StoreArgument, name_and_value};
use super::{CliError, output};
use crate::pipeline::PREFIXES;
use crate::query::{
    Answer, CatalogueQuery, GraphFormat, Outside, Request, RowFormat, Shape, answer, catalogue,
    fact_tables, federated, find, write_table,
};
use clap::Args;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::time::Duration;

/// Ask a store: SPARQL, a file with SPARQL, or a question of the catalogue
///
/// The prefixes dip:, rdfs:, xsd: and so on need no declaration here.
#[derive(Debug, Args)]
pub(super) struct Query {
    /// SPARQL text, a file, the name of a query of the catalogue (see --list), or - for standard input
    #[arg(required_unless_present = "list", value_name = "QUERY")]
    query: Option<String>,
    /// Show the questions of the catalogue
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    store: StoreArgument,
    /// table, json, xml, csv, tsv; for graphs ttl, nt, jsonld, rdf, nq, trig [default: table or ttl at a terminal, else
    /// csv or ttl]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Put a value in place of $NAME in the query: text, or an IRI in <>
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = name_and_value)]
    parameters: Vec<(String, String)>,
    /// A host that SERVICE may reach, as NAME or NAME:PORT; may be given more than once. Only its public addresses are [default: none]
    #[arg(long = "reach", value_name = "HOST")]
    reach: Vec<String>,
    /// Give up after so many seconds; 0 is never
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    /// The same as --format json; with --list, the catalogue as JSON
    #[arg(long)]
    json: bool,
}

impl Query {
    pub(super) fn run(self) -> Result<(), CliError> {
        let Some(query) = self.query.as_deref().filter(|_| !self.list) else {
            return list(self.json);
        };
        let query = load(query)?;
        let given: BTreeMap<String, String> = self.parameters.iter().cloned().collect();
        let request = Request {
            timeout: (self.timeout > 0).then(|| Duration::from_secs(self.timeout)),
            outside: Outside::new(self.reach),
            ..Request::new(query.with(&given)?).knowing(PREFIXES)
        };
        let format = self.format.as_deref().or(self.json.then_some("json"));
        check_format(format)?;
        let found = answer(&self.store.open()?, &request).map_err(|error| {
            let place = error
                .position()
                .and_then(|(line, column)| point(&request.sparql, line, column));
            match (place, CliError::from(error)) {
                (Some(place), CliError::Usage(message)) => {
                    CliError::Usage(format!("{message}\n{place}"))
                }
                (_, error) => error,
            }
        })?;
        output::data(|out| write(&found, format, out))
    }
}

/// The line of a query with a caret under a place.
fn point(sparql: &str, line: usize, column: usize) -> Option<String> {
    let text = sparql.lines().nth(line.checked_sub(1)?)?;
    let before: String = text
        .chars()
        .take(column.checked_sub(1)?)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    Some(format!("  {text}\n  {before}^"))
}

fn check_format(name: Option<&str>) -> Result<(), CliError> {
    match name {
        Some(name)
            if name != "table"
                && RowFormat::parse(name).is_none()
                && GraphFormat::parse(name).is_none() =>
        {
            Err(CliError::Usage(format!(
                "no format is called {name:?}; there are table, json, xml, csv, tsv, ttl, nt, jsonld, rdf, nq, trig"
            )))
        }
        Some(_) | None => Ok(()),
    }
}

fn write(found: &Answer, format: Option<&str>, mut out: &mut dyn Write) -> Result<(), CliError> {
    let format = format.unwrap_or(match found.shape() {
        Shape::Graph => "ttl",
        Shape::Rows | Shape::Boolean if output::data_is_read_by_a_person() => "table",
        Shape::Rows | Shape::Boolean => "csv",
    });
    match (RowFormat::parse(format), GraphFormat::parse(format), found) {
        (Some(format), _, _) => found.write_rows(format, &mut out)?,
        (_, Some(format), _) => found.write_graph(format, PREFIXES, &mut out)?,
        (None, None, Answer::Rows { variables, rows }) => {
            write_table(variables, rows, PREFIXES, &mut out)?;
        }
        (None, None, Answer::Boolean(value)) => {
            writeln!(out, "{}", if *value { "yes" } else { "no" })?;
        }
        (None, None, Answer::Graph(_)) => {
            found.write_graph(GraphFormat::Turtle, PREFIXES, &mut out)?;
        }
    }
    Ok(())
}

/// What the user means by QUERY: standard input, a query of the catalogue, a file, or SPARQL.
fn load(query: &str) -> Result<CatalogueQuery, CliError> {
    let own = |text: &str| CatalogueQuery {
        parameters: CatalogueQuery::parse("", text).parameters,
        ..CatalogueQuery::parse("your query", text)
    };
    if query == "-" {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(own(&text));
    }
    if query.contains(['{', '\n']) {
        return Ok(own(query));
    }
    let path = std::path::Path::new(query);
    let is_file = path.is_file() && (query.contains('/') || path.extension().is_some());
    if is_file {
        let text = std::fs::read_to_string(path)
            .map_err(|error| CliError::Usage(format!("{query}: {error}")))?;
        return Ok(own(&text));
    }
    if query.split_whitespace().count() > 1 {
        // DESCRIBE <…>
        return Ok(own(query));
    }
    Ok(find(query)?)
}

fn list(json: bool) -> Result<(), CliError> {
    let queries: Vec<CatalogueQuery> = catalogue()
        .into_iter()
        .chain(fact_tables())
        .chain(federated())
        .collect();
    output::data(|out| -> Result<(), CliError> {
        if json {
            let records: Vec<serde_json::Value> = queries
                .iter()
                .map(|query| {
                    let parameters: Vec<serde_json::Value> = query
                        .parameters
                        .iter()
                        .map(|p| {
                            serde_json::json!({ "name": p.name, "default": p.default, "description": p.description })
                        })
                        .collect();
                    serde_json::json!({ "name": query.name, "question": query.question, "parameters": parameters })
                })
                .collect();
            writeln!(out, "{}", serde_json::Value::from(records))?;
            return Ok(());
        }
        let widest = queries.iter().map(|q| q.name.len()).max().unwrap_or(0);
        for query in &queries {
            writeln!(out, "{:widest$}  {}", query.name, query.question)?;
            for parameter in &query.parameters {
                writeln!(
                    out,
                    "{:widest$}    --param {}={}  {}",
                    "", parameter.name, parameter.default, parameter.description
                )?;
            }
        }
        Ok(())
    })
}
