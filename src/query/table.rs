//! Rows → a table for a reader at a terminal.

use oxigraph::model::Term;
use std::io::{self, Write};
use unicode_normalization::char::is_combining_mark;

/// Widest cell of a column; one with longer cells is written below its row, as a sentence is.
const WIDEST: usize = 100;

/// The variable of the catalogue's queries that holds a sentence of a document.
const QUOTE: &str = "quote";

/// Writes rows under their variables, columns aligned, IRIs shortened by these prefixes. Long cells and quotes stand below their row.
///
/// # Errors
/// What `out` gives.
pub fn write_table(
    variables: &[String],
    rows: &[Vec<Option<Term>>],
    prefixes: &[(&str, &str)],
    mut out: impl Write,
) -> io::Result<()> {
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let cells = row.iter().map(Option::as_ref);
            cells
                .map(|term| term.map(|term| show(term, prefixes)).unwrap_or_default())
                .collect()
        })
        .collect();
    // The width of each column; none for one that is written below.
    let widths: Vec<Option<usize>> = variables
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let cells = shown.iter().filter_map(|row| row.get(column));
            let widest = cells.map(|cell| width(cell)).max().unwrap_or(0);
            let below = widest > WIDEST || (name == QUOTE && !shown.is_empty());
            (!below).then(|| widest.max(width(name)))
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| -> String {
        let mut text = String::new();
        for (cell, wanted) in cells.zip(&widths) {
            if let Some(wanted) = wanted {
                text.push_str(cell);
                text.extend(std::iter::repeat_n(' ', wanted + 2 - width(cell)));
            }
        }
        text.truncate(text.trim_end().len());
        text
    };
    writeln!(out, "{}", line(&mut variables.iter().map(String::as_str)))?;
    let rules: Vec<String> = widths
        .iter()
        .map(|width| "─".repeat(width.unwrap_or(0)))
        .collect();
    writeln!(out, "{}", line(&mut rules.iter().map(String::as_str)))?;
    for row in &shown {
        writeln!(out, "{}", line(&mut row.iter().map(String::as_str)))?;
        for ((name, cell), width) in variables.iter().zip(row).zip(&widths) {
            match width {
                None if name == QUOTE && !cell.is_empty() => writeln!(out, "    “{cell}”")?,
                None if !cell.is_empty() => writeln!(out, "    {name}: {cell}")?,
                None | Some(_) => {}
            }
        }
    }
    Ok(())
}

fn show(term: &Term, prefixes: &[(&str, &str)]) -> String {
    match term {
        Term::NamedNode(node) => prefixes
            .iter()
            .filter_map(|(prefix, iri)| {
                let local = node.as_str().strip_prefix(iri)?;
                Some((iri.len(), format!("{prefix}:{local}")))
            })
            .max()
            .map_or_else(|| node.to_string(), |(_, short)| short),
        Term::Literal(literal) => literal
            .value()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        Term::BlankNode(node) => node.to_string(),
        Term::Triple(triple) => triple.to_string(),
    }
}

fn width(text: &str) -> usize {
    text.chars().filter(|c| !is_combining_mark(*c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn columns_line_up() {
        let rows = vec![
            vec![
                Some(Term::from(NamedNode::new_unchecked("http://e/id/x"))),
                Some(Literal::new_simple_literal("Perú").into()),
            ],
            vec![None, Some(Literal::new_simple_literal("a").into())],
        ];
        let mut out = Vec::new();
        write_table(
            &["iri".into(), "name".into()],
            &rows,
            &[("id", "http://e/id/")],
            &mut out,
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "iri   name\n────  ────\nid:x  Perú\n      a\n"
        );
    }

    #[test]
    fn sentences_stand_below_their_row() {
        let cell = |text: &str| Some(Term::from(Literal::new_simple_literal(text)));
        let rows = vec![vec![cell("1964"), cell("A visit."), cell("x")]];
        let names = ["date", "quote", "doc"].map(str::to_owned);
        let mut out = Vec::new();
        write_table(&names, &rows, &[], &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "date  doc\n────  ───\n1964  x\n    “A visit.”\n"
        );
    }
}
