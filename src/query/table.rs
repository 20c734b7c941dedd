//! Rows → a table for a reader at a terminal.

use oxigraph::model::Term;
use std::io::{self, Write};
use unicode_normalization::char::is_combining_mark;

/// Widest cell; longer ones are cut with `…`.
const WIDEST: usize = 100;

/// Writes rows under their variables, columns aligned, IRIs shortened by these prefixes.
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
            row.iter()
                .map(|value| {
                    cut(&value
                        .as_ref()
                        .map(|t| show(t, prefixes))
                        .unwrap_or_default())
                })
                .collect()
        })
        .collect();
    let widths: Vec<usize> = variables
        .iter()
        .enumerate()
        .map(|(column, name)| {
            shown
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .chain([width(name)])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| -> io::Result<()> {
        let mut text = String::new();
        for (cell, wanted) in cells.zip(&widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', wanted + 2 - width(cell)));
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&mut variables.iter().map(String::as_str))?;
    let rules: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    line(&mut rules.iter().map(String::as_str))?;
    for row in &shown {
        line(&mut row.iter().map(String::as_str))?;
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

fn cut(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        text.to_owned()
    } else {
        text.chars().take(WIDEST - 1).chain(['…']).collect()
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
}
