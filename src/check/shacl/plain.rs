//! A constraint that does not hold → what is wrong, in plain words.

use super::shapes::{as_subject, object};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Graph, NamedNode, Term, TermRef};

/// Most characters of a value that are shown.
const SHOWN: usize = 80;

/// Names for IRIs.
#[derive(Clone, Debug)]
pub(super) struct Words {
    prefixes: Vec<(String, String)>,
}

impl Words {
    pub(super) fn new(prefixes: &[(&str, &str)]) -> Self {
        let own = [
            ("sh", super::shapes::SH),
            ("shape", "https://w3id.org/chancery/shapes#"),
        ];
        Self {
            prefixes: prefixes
                .iter()
                .chain(&own)
                .map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()))
                .collect(),
        }
    }

    fn iri(&self, node: &NamedNode) -> String {
        let short = self.prefixes.iter().find_map(|(prefix, iri)| {
            let local = node.as_str().strip_prefix(iri.as_str())?;
            (!local.contains(['/', '#'])).then(|| format!("{prefix}:{local}"))
        });
        short.unwrap_or_else(|| node.to_string())
    }

    /// A term as people write it; long text is cut.
    pub(super) fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node),
            Term::Literal(literal) => {
                let mut text = literal
                    .value()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                if text.chars().count() > SHOWN {
                    text = text.chars().take(SHOWN).collect::<String>() + "…";
                }
                if let Some(language) = literal.language() {
                    return format!("\"{text}\"@{language}");
                }
                let plain = [xsd::STRING, xsd::INTEGER, xsd::DECIMAL, xsd::BOOLEAN];
                if plain.contains(&literal.datatype()) {
                    format!("\"{text}\"")
                } else {
                    format!("\"{text}\"^^{}", self.iri(&literal.datatype().into_owned()))
                }
            }
            Term::BlankNode(_) => "a node without a name".to_owned(),
            Term::Triple(triple) => triple.to_string(),
        }
    }

    /// A property path in the syntax of SPARQL.
    pub(super) fn path(&self, graph: &Graph, path: &Term) -> String {
        self.path_within(graph, path, 16)
    }

    fn path_within(&self, graph: &Graph, path: &Term, depth: usize) -> String {
        let Some(node) = as_subject(path).filter(|_| depth > 0) else {
            return "…".to_owned();
        };
        if let Term::NamedNode(node) = path {
            return self.iri(node);
        }
        let inner = |term: &Term| self.path_within(graph, term, depth - 1);
        for (property, before, after) in [
            ("inversePath", "^", ""),
            ("zeroOrMorePath", "", "*"),
            ("oneOrMorePath", "", "+"),
            ("zeroOrOnePath", "", "?"),
        ] {
            if let Some(of) = object(graph, node, property) {
                return format!("{before}{}{after}", inner(&of));
            }
        }
        let (list, between) = match object(graph, node, "alternativePath") {
            Some(list) => (list, "|"),
            None => (path.clone(), "/"),
        };
        let parts: Vec<String> = items(graph, &list).iter().map(inner).collect();
        format!("({})", parts.join(between))
    }

    /// What is wrong with a node: it `has no dip:supportedBy`. `of` gives the parameters of the shape, `said` what the validator says.
    pub(super) fn sentence(
        &self,
        graph: &Graph,
        component: &str,
        path: Option<&str>,
        value: Option<&Term>,
        of: &dyn Fn(&str) -> Option<Term>,
        said: Option<&str>,
    ) -> String {
        let parameter = |name: &str| of(name).map(|term| self.term(&term)).unwrap_or_default();
        let number = |name: &str| parameter(name).trim_matches('"').to_owned();
        let value = value.map(|value| self.term(value)).unwrap_or_default();
        // of the node itself: "is not known as a dip:Fact"
        let has = path.map_or(String::new(), |path| format!("has {path} {value}, which "));
        let what = path.unwrap_or("the node itself");
        let values = |n: &str| match path {
            Some(path) if n == "1" => format!("one {path}"),
            Some(path) => format!("{n} values of {path}"),
            None => format!("{n} of it"),
        };
        match component.trim_end_matches("ConstraintComponent") {
            "MinCount" => match number("minCount").as_str() {
                "1" => format!("has no {what}"),
                n => format!("has fewer than {}", values(n)),
            },
            "MaxCount" => match number("maxCount").as_str() {
                "0" => format!("has {what}, which must not be there"),
                n => format!("has more than {}", values(n)),
            },
            "Datatype" => format!("{has}is no valid {}", parameter("datatype")),
            "Class" => format!("{has}is not known as a {}", parameter("class")),
            "NodeKind" => format!(
                "{has}is no {}",
                match number("nodeKind").trim_start_matches("sh:") {
                    "IRI" => "IRI",
                    "Literal" => "literal",
                    "BlankNode" => "blank node",
                    "BlankNodeOrIRI" => "IRI or blank node",
                    "IRIOrLiteral" => "IRI or literal",
                    _ => "blank node or literal",
                }
            ),
            "In" => format!("{has}is none of {}", self.list(graph, of("in").as_ref())),
            "LanguageIn" => format!(
                "{has}is in a language that is none of {}",
                self.list(graph, of("languageIn").as_ref())
            ),
            "MinInclusive" => format!("{has}is less than {}", number("minInclusive")),
            "MinExclusive" => format!("{has}is not more than {}", number("minExclusive")),
            "MaxInclusive" => format!("{has}is more than {}", number("maxInclusive")),
            "MaxExclusive" => format!("{has}is not less than {}", number("maxExclusive")),
            "MinLength" => format!("{has}is shorter than {}", number("minLength")),
            "MaxLength" => format!("{has}is longer than {}", number("maxLength")),
            "Pattern" => format!("{has}does not match {}", parameter("pattern")),
            "UniqueLang" => format!("has {what} more than once in one language"),
            "LessThan" => format!("{has}is not less than its {}", parameter("lessThan")),
            "LessThanOrEquals" => {
                format!("{has}is more than its {}", parameter("lessThanOrEquals"))
            }
            "Equals" => format!(
                "{has}its {} is not, or the other way round",
                parameter("equals")
            ),
            "Disjoint" => format!("{has}is also its {}", parameter("disjoint")),
            "HasValue" => format!("does not have {what} {}", parameter("hasValue")),
            "Closed" => format!("{has}its shape does not allow"),
            "Not" => format!("{has}conforms to what it must not"),
            "And" => format!("{has}does not conform to all that it must"),
            "Or" => format!("{has}conforms to none of what it may"),
            "Xone" => format!("{has}conforms to none or several of what it must be one of"),
            "Node" => format!("{has}does not conform to {}", parameter("node")),
            "QualifiedMinCount" => format!(
                "has fewer than {} of the kind asked for",
                values(&number("qualifiedMinCount"))
            ),
            "QualifiedMaxCount" => format!(
                "has more than {} of the kind counted",
                values(&number("qualifiedMaxCount"))
            ),
            other => format!("{has}does not conform: {}", said.unwrap_or(other)),
        }
    }

    fn list(&self, graph: &Graph, list: Option<&Term>) -> String {
        let items = list.map(|list| items(graph, list)).unwrap_or_default();
        let shown: Vec<String> = items.iter().map(|item| self.term(item)).collect();
        shown.join(", ")
    }
}

/// The members of an RDF list.
fn items(graph: &Graph, list: &Term) -> Vec<Term> {
    let mut found = Vec::new();
    let mut at = list.clone();
    // No list that people write is longer, and one that leads back to itself ends.
    while found.len() < 10_000 {
        let Some(node) = as_subject(&at) else { break };
        let one = |property| {
            graph
                .object_for_subject_predicate(node, property)
                .map(TermRef::into_owned)
        };
        let (Some(first), Some(rest)) = (one(rdf::FIRST), one(rdf::REST)) else {
            break;
        };
        found.push(first);
        at = rest;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::shapes::sh;
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::TripleRef;

    #[test]
    fn paths_are_written_as_in_sparql() {
        let text = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . \
            ex:s sh:path ( ex:a [ sh:inversePath ex:b ] [ sh:alternativePath ( ex:c [ sh:zeroOrMorePath ex:d ] ) ] ) .";
        let quads: Vec<_> = RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(text)
            .collect::<Result<_, _>>()
            .unwrap();
        let graph: Graph = quads
            .iter()
            .map(|quad| TripleRef::from(quad.as_ref()))
            .collect();
        let path = graph
            .triples_for_predicate(&sh("path"))
            .map(|triple| triple.object.into_owned())
            .next()
            .unwrap();
        let words = Words::new(&[("ex", "http://example.org/")]);
        assert_eq!(words.path(&graph, &path), "(ex:a/^ex:b/(ex:c|ex:d*))");
    }
}
