//! A store → flat tables of facts, one CSV file per kind (`queries/facts/*.rq`).

use super::ExportError;
use crate::query::{Answer, CatalogueQuery, Request, answer, fact_tables};
use crate::store::Store;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Writes the table of one kind of fact as CSV: a header, then rows, text without quotes or types.
///
/// # Errors
/// [`ExportError::Query`] when the store fails, [`ExportError::Output`] when `out` does.
pub fn fact_table(
    store: &Store,
    table: &CatalogueQuery,
    out: impl Write,
) -> Result<usize, ExportError> {
    let request = Request::new(table.with(&BTreeMap::new())?);
    let found = answer(store, &request)?;
    let Answer::Rows { variables, rows } = &found else {
        return Err(ExportError::Format(format!("{} gives no rows", table.name)));
    };
    let mut writer = csv::Writer::from_writer(out);
    let output = |error: csv::Error| ExportError::Output(error.into());
    writer.write_record(variables).map_err(output)?;
    for row in rows {
        let cells = row.iter().map(|value| match value {
            Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
            Some(oxigraph::model::Term::NamedNode(node)) => node.as_str().to_owned(),
            Some(other) => other.to_string(),
            None => String::new(),
        });
        writer.write_record(cells).map_err(output)?;
    }
    writer.flush()?;
    Ok(found.len())
}

/// Writes `visit.csv`, `treaty.csv` … into a folder, which is made where needed; gives each table's name and its rows.
///
/// # Errors
/// As [`fact_table`].
pub fn write_tables(store: &Store, folder: &Path) -> Result<Vec<(String, usize)>, ExportError> {
    std::fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for table in fact_tables() {
        let name = table.name.trim_start_matches("facts/").to_owned();
        let file = std::fs::File::create(folder.join(format!("{name}.csv")))?;
        let rows = fact_table(store, &table, std::io::BufWriter::new(file))?;
        written.push((name, rows));
    }
    Ok(written)
}
