//! A store → flat tables of facts, one CSV file per kind (`queries/facts/*.rq`), and a table of their sources.

use super::ExportError;
use super::part::Part;
use super::told::{Document, at_hand, documents, words};
use crate::query::{Answer, CatalogueQuery, Request, answer, fact_tables};
use crate::store::Store;
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;
use std::io::Write;

/// A part of a store as tables.
pub struct Tables {
    store: Store,
    /// Ask document by document, so that memory holds the rows of one.
    by_document: bool,
    only: Option<NamedNode>,
}

impl Tables {
    /// Tables of a part: of a document what it says, of an entity or two states what documents say of their facts.
    ///
    /// # Errors
    /// [`ExportError::Query`] when the store fails.
    pub fn of(store: &Store, part: &Part) -> Result<Self, ExportError> {
        let whole = matches!(part, Part::Whole);
        Ok(Self {
            // A remote store is asked for its rows; they are in memory together.
            store: if whole {
                store.clone()
            } else {
                at_hand(store, part)?
            },
            by_document: !whole || matches!(store, Store::Embedded(_)),
            only: match part {
                Part::Document(graph) => Some(graph.clone()),
                Part::Whole | Part::Entity(_) | Part::Pair(..) => None,
            },
        })
    }

    /// Writes the table of one kind of fact as CSV: a header, then rows by document, text without quotes or types. Gives
    /// the number of rows.
    ///
    /// # Errors
    /// [`ExportError::Query`] when the store fails, [`ExportError::Output`] when `out` does.
    pub fn facts(&self, table: &CatalogueQuery, out: impl Write) -> Result<usize, ExportError> {
        let request = Request::new(table.with(&BTreeMap::new())?);
        let mut writer = csv::Writer::from_writer(out);
        let mut rows = 0;
        let mut header = true;
        let mut ask = |graph: Option<&NamedNode>| -> Result<(), ExportError> {
            let request = Request {
                named_graphs: graph
                    .map(|node| node.as_str().to_owned())
                    .into_iter()
                    .collect(),
                ..request.clone()
            };
            let Answer::Rows {
                variables,
                rows: found,
            } = answer(&self.store, &request)?
            else {
                return Err(ExportError::Format(format!("{} gives no rows", table.name)));
            };
            if std::mem::take(&mut header) {
                writer.write_record(variables).map_err(output)?;
            }
            rows += found.len();
            for row in found {
                let cells = row
                    .iter()
                    .map(|value| value.as_ref().map(words).unwrap_or_default());
                writer.write_record(cells).map_err(output)?;
            }
            Ok(())
        };
        match &self.only {
            Some(graph) => ask(Some(graph))?,
            None if self.by_document => {
                // Of no graph: the header, where there are no documents.
                ask(Some(&NamedNode::new_unchecked("urn:x-chancery:none")))?;
                documents(&self.store, |document| ask(document.graph.as_ref()))?;
            }
            None => ask(None)?,
        }
        writer.flush()?;
        Ok(rows)
    }

    /// Writes the table of the documents: their ids as the column `doc` of the other tables has them, title, language, publisher, date, source, licence and data set.
    ///
    /// # Errors
    /// As [`Tables::facts`].
    pub fn sources(&self, out: impl Write) -> Result<usize, ExportError> {
        let mut writer = csv::Writer::from_writer(out);
        let header = [
            "doc",
            "title",
            "language",
            "publisher",
            "date",
            "source",
            "licence",
            "dataset",
        ];
        writer.write_record(header).map_err(output)?;
        let mut rows = 0;
        documents(&self.store, |document| {
            let Document {
                graph,
                id,
                title,
                language,
                publisher,
                date,
                source,
                licence,
                dataset,
            } = document;
            if self.only.is_none() || self.only == graph {
                writer
                    .write_record([
                        id, title, language, publisher, date, source, licence, dataset,
                    ])
                    .map_err(output)?;
                rows += 1;
            }
            Ok(())
        })?;
        writer.flush()?;
        Ok(rows)
    }

    /// The tables of facts by the names of their files (`visit`, `treaty` …).
    #[must_use]
    pub fn kinds() -> Vec<(String, CatalogueQuery)> {
        fact_tables()
            .into_iter()
            .map(|table| (table.name.trim_start_matches("facts/").to_owned(), table))
            .collect()
    }
}

fn output(error: csv::Error) -> ExportError {
    ExportError::Output(error.into())
}
