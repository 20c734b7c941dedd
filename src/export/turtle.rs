//! Sorted quads → Turtle or TriG that people and `diff` read well: prefixes, one subject at a time, one value a line; one quad is
//! in memory at a time.

use super::ExportError;
use super::rdf::Names;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::io::Write;

/// Writes quads in the order in which they come; with `graphs` as TriG, else all triples as one graph.
pub(super) fn write_turtle(
    quads: impl Iterator<Item = Result<Quad, ExportError>>,
    names: &Names<'_>,
    graphs: bool,
    mut out: impl Write,
) -> Result<(), ExportError> {
    if let Some(base) = names.base {
        writeln!(out, "@base <{base}> .")?;
    }
    for (prefix, iri) in &names.prefixes {
        writeln!(out, "@prefix {prefix}: <{iri}> .")?;
    }
    let mut last: Option<Quad> = None;
    let mut indent = "";
    for quad in quads {
        let quad = quad?;
        let before = last.as_ref();
        let same_graph = before.is_some_and(|b| !graphs || b.graph_name == quad.graph_name);
        let same_subject = same_graph && before.is_some_and(|b| b.subject == quad.subject);
        let same_predicate = same_subject && before.is_some_and(|b| b.predicate == quad.predicate);
        let is_type = quad.predicate.as_ref() == rdf::TYPE;
        let object = term(names, &quad.object);
        if same_predicate {
            // Types stand on the subject's line, as people write them.
            if is_type {
                write!(out, " , {object}")?;
            } else {
                write!(out, " ,\n{indent}        {object}")?;
            }
        } else {
            if same_subject {
                write!(out, " ;")?;
            } else {
                if before.is_some() {
                    writeln!(out, " .")?;
                }
                if !same_graph {
                    close_graph(&mut out, before.filter(|_| graphs))?;
                    indent = open_graph(&mut out, names, &quad.graph_name, graphs)?;
                }
                write!(out, "\n{indent}{}", subject(names, &quad.subject))?;
            }
            if is_type {
                write!(out, " a {object}")?;
            } else {
                write!(out, "\n{indent}    {} {object}", names.iri(&quad.predicate))?;
            }
        }
        last = Some(quad);
    }
    if last.is_some() {
        writeln!(out, " .")?;
    }
    close_graph(&mut out, last.as_ref().filter(|_| graphs))?;
    out.flush()?;
    Ok(())
}

fn open_graph(
    out: &mut impl Write,
    names: &Names<'_>,
    graph: &GraphName,
    graphs: bool,
) -> Result<&'static str, ExportError> {
    let name = match graph {
        GraphName::NamedNode(node) if graphs => names.iri(node),
        GraphName::BlankNode(node) if graphs => node.to_string(),
        GraphName::NamedNode(_) | GraphName::BlankNode(_) | GraphName::DefaultGraph => {
            return Ok("");
        }
    };
    write!(out, "\n{name} {{")?;
    Ok("    ")
}

fn close_graph(out: &mut impl Write, last: Option<&Quad>) -> Result<(), ExportError> {
    if last.is_some_and(|quad| !quad.graph_name.is_default_graph()) {
        writeln!(out, "}}")?;
    }
    Ok(())
}

fn subject(names: &Names<'_>, subject: &NamedOrBlankNode) -> String {
    match subject {
        NamedOrBlankNode::NamedNode(node) => names.iri(node),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn term(names: &Names<'_>, term: &Term) -> String {
    match term {
        Term::NamedNode(node) => names.iri(node),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => self::literal(names, literal),
        Term::Triple(triple) => triple.to_string(),
    }
}

fn literal(names: &Names<'_>, literal: &Literal) -> String {
    let datatype = literal.datatype();
    if datatype == xsd::STRING || literal.language().is_some() {
        return literal.to_string();
    }
    let value = Literal::new_simple_literal(literal.value());
    format!("{value}^^{}", names.iri(&datatype.into_owned()))
}

impl Names<'_> {
    /// An IRI as a prefixed name where its last part is a plain word, relative to the base where that is safe, else whole.
    fn iri(&self, node: &NamedNode) -> String {
        if let Some((prefix, local)) = self.prefixed(node) {
            return format!("{prefix}:{local}");
        }
        match self.relative(node) {
            Some(path) => format!("<{path}>"),
            None => node.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Order, Sorter};

    #[test]
    fn a_subject_reads_as_people_write_it() {
        let node = |local: &str| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        let value = |p: &str, o: Term, g: GraphName| Quad::new(node("s"), node(p), o, g);
        let quads = [
            Quad::new(node("s"), rdf::TYPE, node("T"), GraphName::DefaultGraph),
            Quad::new(node("s"), rdf::TYPE, node("U"), GraphName::DefaultGraph),
            value("p", node("id/a/b").into(), GraphName::DefaultGraph),
            value("p", node("id/a/../b").into(), GraphName::DefaultGraph),
            value("p", Literal::from(7).into(), GraphName::DefaultGraph),
            value(
                "q",
                Literal::new_simple_literal("x").into(),
                node("g").into(),
            ),
            value(
                "q",
                Literal::new_simple_literal("y").into(),
                node("h").into(),
            ),
        ];
        let mut sorter = Sorter::new(Order::Reading);
        for quad in quads {
            sorter.push(quad).unwrap();
        }
        let sorted = sorter.finish().unwrap();
        let prefixes = [
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
            ("no", "http://unused/"),
            ("ex", "http://example.org/"),
        ];
        let names = Names::used(&prefixes, "http://example.org/id/", &sorted.terms);
        let mut bytes = Vec::new();
        write_turtle(sorted, &names, true, &mut bytes).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "@base <http://example.org/id/> .\n\
             @prefix ex: <http://example.org/> .\n\
             @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
             \nex:s a ex:T , ex:U ;\n    ex:p \"7\"^^xsd:integer ,\n        <http://example.org/id/a/../b> ,\n        <a/b> .\n\
             \nex:g {\n    ex:s\n        ex:q \"x\" .\n}\n\
             \nex:h {\n    ex:s\n        ex:q \"y\" .\n}\n"
        );
    }
}
