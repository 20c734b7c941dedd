//! `sources.tsv`, which a folder may hold → what is known of the documents beside it: title, publisher, address, licence.
//!
//! The table has a header line and tabs between its cells. `file` names a document of the same folder; `title`, `publisher`, `url`, `licence`,
//! `date` (EDTF) and `revision` may follow, in any order; an empty cell says nothing.

use super::Problem;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Metadata};
use crate::text::Span;
use std::collections::BTreeMap;
use std::path::Path;

/// The name of the table; it is no document.
const TABLE: &str = "sources.tsv";

/// What a row tells of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    title: String,
    publisher: String,
    url: String,
    licence: String,
    date: String,
    revision: String,
}

impl About {
    /// Fills what the document does not say of itself.
    pub(super) fn fill(&self, document: &mut Document) {
        if document.title.is_empty() {
            document.title.clone_from(&self.title);
        }
        let Metadata {
            date,
            publisher,
            url,
            revision,
            license,
        } = &mut document.metadata;
        for (slot, told) in [
            (date, &self.date),
            (publisher, &self.publisher),
            (url, &self.url),
            (revision, &self.revision),
            (license, &self.licence),
        ] {
            if slot.is_none() && !told.is_empty() {
                *slot = Some(told.clone());
            }
        }
    }

    /// Its cells in a fixed order; a document is read again when they change.
    pub(super) fn cells(&self) -> [&str; 6] {
        [
            &self.title,
            &self.publisher,
            &self.url,
            &self.licence,
            &self.date,
            &self.revision,
        ]
    }

    fn cell(&mut self, column: &str) -> Option<&mut String> {
        Some(match column {
            "title" => &mut self.title,
            "publisher" => &mut self.publisher,
            "url" => &mut self.url,
            "licence" => &mut self.licence,
            "date" => &mut self.date,
            "revision" => &mut self.revision,
            _ => return None,
        })
    }
}

/// The rows of a folder's table by the name of the file; none where the folder has no table.
pub(super) fn table(folder: &Path) -> (BTreeMap<String, About>, Vec<Problem>) {
    let path = folder.join(TABLE);
    if !path.is_file() {
        return (BTreeMap::new(), Vec::new());
    }
    let place = path.display().to_string();
    match std::fs::read(&path).map(String::from_utf8) {
        Ok(Ok(text)) => {
            let (rows, wrong) = parse(&text, |file| folder.join(file).is_file());
            let problems = wrong.into_iter().map(|diagnostic| Problem {
                id: None,
                diagnostic: diagnostic.in_source(place.clone()),
                text: Some(text.clone()),
            });
            (rows, problems.collect())
        }
        Ok(Err(error)) => (
            BTreeMap::new(),
            vec![unreadable(&place, &error.utf8_error().to_string())],
        ),
        Err(error) => (
            BTreeMap::new(),
            vec![unreadable(&place, &error.to_string())],
        ),
    }
}

fn unreadable(place: &str, why: &str) -> Problem {
    Problem {
        id: None,
        diagnostic: Diagnostic::error("sources.unreadable", why.to_owned())
            .in_source(place)
            .help("save the table as UTF-8 text with tabs, or remove it"),
        text: None,
    }
}

/// Parses a table; a line that can't be used is named, and the others stand.
fn parse(
    text: &str,
    is_there: impl Fn(&str) -> bool,
) -> (BTreeMap<String, About>, Vec<Diagnostic>) {
    const HELP: &str = "its columns are file, title, publisher, url, licence, date and revision, with tabs between them";
    let mut rows = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut columns: Option<Vec<&str>> = None;
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::new(start, start + line.trim_end_matches('\r').len());
        start += line.len() + 1;
        let line = line.trim_start_matches('\u{feff}').trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let Some(columns) = &columns else {
            let unknown = cells
                .iter()
                .find(|name| **name != "file" && About::default().cell(name).is_none());
            if let Some(name) = unknown {
                let message = format!("no column is called {name:?}");
                wrong.push(
                    Diagnostic::error("sources.column", message)
                        .at(span)
                        .help(HELP),
                );
            }
            if !cells.contains(&"file") {
                let message = "the first line names no column `file`";
                wrong.push(
                    Diagnostic::error("sources.column", message)
                        .at(span)
                        .help(HELP),
                );
                break;
            }
            columns = Some(cells);
            continue;
        };
        let mut about = About::default();
        let mut file = "";
        for (column, value) in columns.iter().zip(&cells) {
            if *column == "file" {
                file = value;
            } else if let Some(cell) = about.cell(column) {
                (*value).clone_into(cell);
            }
        }
        if cells.len() > columns.len() {
            let message = "the line has more cells than the first one";
            wrong.push(
                Diagnostic::error("sources.row", message)
                    .at(span)
                    .help(HELP),
            );
        } else if !is_there(file) {
            let message = format!("the folder holds no file {file:?}");
            wrong.push(
                Diagnostic::error("sources.row", message)
                    .at(span)
                    .help("mend the name or remove the line"),
            );
        } else if rows.insert(file.to_owned(), about).is_some() {
            let message = format!("{file:?} has two lines; the last one counts");
            wrong.push(
                Diagnostic::error("sources.row", message)
                    .at(span)
                    .help("remove one of them"),
            );
        }
    }
    (rows, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_fill_what_a_document_does_not_say() {
        let text = "file\tlicence\ttitle\na.txt\tCC0-1.0\tElsewhere\r\n\nb.txt\n";
        let (rows, wrong) = parse(text, |_| true);
        assert_eq!(wrong, []);
        assert_eq!(rows.len(), 2);
        let mut read = crate::document::read("a.txt", b"= Here =\n\nA text.\n").unwrap();
        rows["a.txt"].fill(&mut read[0]);
        assert_eq!(read[0].title, "Here");
        assert_eq!(read[0].metadata.license.as_deref(), Some("CC0-1.0"));
        assert_eq!(read[0].metadata.url, None);
    }

    #[test]
    fn lines_that_cannot_be_used_are_named() {
        let codes = |text: &str| -> Vec<(&str, usize)> {
            let (_, wrong) = parse(text, |file| file == "a.txt");
            let place = |d: &Diagnostic| d.span.map_or(0, |span| span.start);
            wrong.iter().map(|d| (d.code, place(d))).collect()
        };
        assert_eq!(codes("title\nx\n"), [("sources.column", 0)]);
        assert_eq!(codes("file\tcolour\na.txt\tred\n"), [("sources.column", 0)]);
        assert_eq!(
            codes("file\nb.txt\na.txt\tx\n"),
            [("sources.row", 5), ("sources.row", 11)]
        );
        assert_eq!(codes("file\na.txt\na.txt\n"), [("sources.row", 11)]);
    }
}
