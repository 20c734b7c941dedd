//! Sorted quads → Turtle or TriG that people and `diff` read well: prefixes, one subject at a time, one value a line.

use super::ExportError;
use super::rdf::uses;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::io::Write;

/// Writes quads in the order in which they come; with `graphs` as TriG, else all triples as one graph.
pub(super) fn write_turtle(
    quads: &[Quad],
    prefixes: &[(&str, &str)],
    graphs: bool,
    mut out: impl Write,
) -> Result<(), ExportError> {
    let mut used: Vec<(&str, &str)> = prefixes
        .iter()
        .filter(|(_, iri)| quads.iter().any(|quad| uses(quad, iri)))
        .copied()
        .collect();
    used.sort_unstable();
    for (prefix, iri) in &used {
        writeln!(out, "@prefix {prefix}: <{iri}> .")?;
    }
    let names = Names { prefixes: &used };
    for graph in quads.chunk_by(|a, b| !graphs || a.graph_name == b.graph_name) {
        let name = graph
            .first()
            .filter(|_| graphs)
            .and_then(|quad| match &quad.graph_name {
                GraphName::DefaultGraph => None,
                GraphName::NamedNode(node) => Some(names.iri(node)),
                GraphName::BlankNode(node) => Some(node.to_string()),
            });
        let indent = if name.is_some() { "    " } else { "" };
        if let Some(name) = &name {
            write!(out, "\n{name} {{")?;
        }
        for subject in graph.chunk_by(|a, b| a.subject == b.subject) {
            let Some(first) = subject.first() else {
                continue;
            };
            write!(out, "\n{indent}{}", names.subject(&first.subject))?;
            let mut end = "";
            for predicate in subject.chunk_by(|a, b| a.predicate == b.predicate) {
                let Some(first) = predicate.first() else {
                    continue;
                };
                let verb = names.predicate(&first.predicate);
                let objects: Vec<String> = predicate
                    .iter()
                    .map(|quad| names.term(&quad.object))
                    .collect();
                // Types stand on the subject's line, as people write them.
                if verb == "a" {
                    write!(out, " a {}", objects.join(" , "))?;
                } else {
                    let between = format!(" ,\n{indent}        ");
                    write!(
                        out,
                        "{end}\n{indent}    {verb} {}",
                        objects.join(between.as_str())
                    )?;
                }
                end = " ;";
            }
            writeln!(out, " .")?;
        }
        if name.is_some() {
            writeln!(out, "}}")?;
        }
    }
    out.flush()?;
    Ok(())
}

struct Names<'a> {
    prefixes: &'a [(&'a str, &'a str)],
}

impl Names<'_> {
    /// An IRI as a prefixed name where its last part is a plain word, else in brackets.
    fn iri(&self, node: &NamedNode) -> String {
        self.prefixes
            .iter()
            .find_map(|(prefix, iri)| {
                let local = node.as_str().strip_prefix(iri)?;
                is_plain(local).then(|| format!("{prefix}:{local}"))
            })
            .unwrap_or_else(|| node.to_string())
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.iri(node),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    fn predicate(&self, predicate: &NamedNode) -> String {
        if predicate.as_ref() == rdf::TYPE {
            "a".to_owned()
        } else {
            self.iri(predicate)
        }
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node),
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) => self.literal(literal),
            Term::Triple(triple) => triple.to_string(),
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        let datatype = literal.datatype();
        if datatype == xsd::STRING || literal.language().is_some() {
            return literal.to_string();
        }
        let value = Literal::new_simple_literal(literal.value());
        format!("{value}^^{}", self.iri(&datatype.into_owned()))
    }
}

/// A local name that needs no escapes: a letter, then letters, digits, `_` and `-`.
fn is_plain(local: &str) -> bool {
    local.starts_with(|c: char| c.is_ascii_alphabetic())
        && local
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_as_people_write_it() {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        let value = |p: &str, o: Term, g: GraphName| Quad::new(node("s"), node(p), o, g);
        let quads = vec![
            Quad::new(node("s"), rdf::TYPE, node("T"), GraphName::DefaultGraph),
            value("p", node("a/b").into(), GraphName::DefaultGraph),
            value("p", Literal::from(7).into(), GraphName::DefaultGraph),
            value(
                "q",
                Literal::new_simple_literal("x").into(),
                node("g").into(),
            ),
        ];
        let prefixes = [
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
            ("ex", "http://example.org/"),
        ];
        let mut bytes = Vec::new();
        write_turtle(&quads, &prefixes, true, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "@prefix ex: <http://example.org/> .\n\
             @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
             \nex:s a ex:T ;\n    ex:p <http://example.org/a/b> ,\n        \"7\"^^xsd:integer .\n\
             \nex:g {\n    ex:s\n        ex:q \"x\" .\n}\n"
        );
    }
}
