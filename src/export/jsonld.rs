//! Sorted quads → JSON-LD 1.1 that people read well: names of the ontology without prefixes, dates and links without wrapping,
//! names by language, one object per subject, one value a line. The quads of one subject are in memory at a time.

use super::ExportError;
use super::rdf::{Names, Style};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// The context, also for others to use. Every property of the ontology is a term of it.
const CONTEXT: &str = include_str!("../../ontology/context.jsonld");

/// Namespace that names without a prefix are in.
const VOCABULARY: &str = "https://w3id.org/chancery/ontology#";

/// What a term does with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Coercion {
    /// Nothing: plain strings.
    None,
    /// A link.
    Id,
    /// A link to a term of the ontology.
    Vocabulary,
    /// Names by language.
    Languages,
    /// Literals of a datatype.
    Datatype(String),
}

struct Context<'a> {
    names: Names<'a>,
    prefixes: BTreeMap<String, String>,
    /// Property → its term and what that does.
    terms: BTreeMap<String, (String, Coercion)>,
    /// As it is written.
    json: Value,
}

/// Writes quads, default graph first, with the part of the context that they use.
pub(super) fn write_jsonld(
    quads: super::sort::Sorted,
    style: Style<'_>,
    mut out: impl Write,
) -> Result<(), ExportError> {
    let context = Context::new(style, &quads.terms)?;
    write!(out, "{{\"@context\": {{")?;
    let mut separator = "\n";
    for (name, definition) in context.json.as_object().into_iter().flatten() {
        write!(out, "{separator}  {}: {definition}", json!(name))?;
        separator = ",\n";
    }
    write!(out, "\n}},\n\"@graph\": [")?;
    let mut graph = GraphName::DefaultGraph;
    let mut node: Vec<Quad> = Vec::new();
    let mut separator = "\n";
    let write_node =
        |out: &mut dyn Write, node: &[Quad], separator: &str| -> Result<(), ExportError> {
            write!(out, "{separator}{}", pretty(&context.node(node)?)?)?;
            Ok(())
        };
    for quad in quads {
        let quad = quad?;
        let same_graph = quad.graph_name == graph;
        let same_node = same_graph
            && node
                .first()
                .is_some_and(|first| first.subject == quad.subject);
        if !same_node && !node.is_empty() {
            write_node(&mut out, &node, separator)?;
            node.clear();
            separator = ",\n";
        }
        if !same_graph {
            let end = if graph.is_default_graph() { "" } else { "\n]}" };
            let between = if separator == "\n" { "" } else { "," };
            let id = match &quad.graph_name {
                GraphName::NamedNode(name) => context.link(name)?,
                name @ (GraphName::BlankNode(_) | GraphName::DefaultGraph) => name.to_string(),
            };
            write!(
                out,
                "{end}{between}\n{{\"id\": {}, \"@graph\": [",
                json!(id)
            )?;
            graph = quad.graph_name.clone();
            separator = "\n";
        }
        node.push(quad);
    }
    if !node.is_empty() {
        write_node(&mut out, &node, separator)?;
    }
    let end = if graph.is_default_graph() { "" } else { "\n]}" };
    writeln!(out, "{end}\n]}}")?;
    out.flush()?;
    Ok(())
}

fn pretty(value: &Value) -> Result<String, ExportError> {
    serde_json::to_string_pretty(value).map_err(|error| ExportError::Format(error.to_string()))
}

impl<'a> Context<'a> {
    fn new(style: Style<'a>, used: &BTreeSet<NamedNode>) -> Result<Self, ExportError> {
        let broken = |error: serde_json::Error| ExportError::Format(error.to_string());
        let file: Value = serde_json::from_str(CONTEXT).map_err(broken)?;
        let definitions = file.get("@context").and_then(Value::as_object);
        let mut context = Self {
            names: Names::used(style.prefixes, style.base, used),
            prefixes: BTreeMap::new(),
            terms: BTreeMap::new(),
            json: Value::Null,
        };
        let mut written = Map::new();
        for (name, definition) in definitions.into_iter().flatten() {
            if let Some(definition) = definition.as_object() {
                let text = |key: &str| {
                    definition
                        .get(key)
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                };
                let property = context.whole(text("@id"));
                let coercion = match (text("@type"), text("@container")) {
                    ("@id", _) => Coercion::Id,
                    ("@vocab", _) => Coercion::Vocabulary,
                    (_, "@language") => Coercion::Languages,
                    ("", _) => Coercion::None,
                    (datatype, _) => Coercion::Datatype(context.whole(datatype)),
                };
                if !used.iter().any(|term| term.as_str() == property) {
                    continue;
                }
                context.terms.insert(property, (name.clone(), coercion));
            } else if let Some(iri) = definition.as_str().filter(|_| !name.starts_with('@'))
                && !iri.starts_with('@')
            {
                context.prefixes.insert(name.clone(), iri.to_owned());
            }
            written.insert(name.clone(), definition.clone());
            if name == "@version"
                && let Some(base) = context.names.base
            {
                written.insert("@base".to_owned(), json!(base));
            }
        }
        context.json = written.into();
        Ok(context)
    }

    /// `prefix:name` written out.
    fn whole(&self, name: &str) -> String {
        name.split_once(':')
            .and_then(|(prefix, local)| Some(format!("{}{local}", self.prefixes.get(prefix)?)))
            .unwrap_or_else(|| name.to_owned())
    }

    /// An IRI as `prefix:name`, where the context reads that as the IRI.
    fn short(&self, node: &NamedNode) -> Option<String> {
        let (prefix, local) = self.names.prefixed(node)?;
        let short = format!("{prefix}:{local}");
        (self.whole(&short) == node.as_str()).then_some(short)
    }

    /// All that is said of one subject in one graph.
    fn node(&self, quads: &[Quad]) -> Result<Value, ExportError> {
        let mut node = Map::new();
        if let Some(first) = quads.first() {
            let id = match &first.subject {
                NamedOrBlankNode::NamedNode(subject) => self.link(subject)?,
                NamedOrBlankNode::BlankNode(blank) => blank.to_string(),
            };
            node.insert("id".to_owned(), json!(id));
        }
        for quads in quads.chunk_by(|a, b| a.predicate == b.predicate) {
            let Some(first) = quads.first() else { continue };
            if first.predicate.as_ref() == rdf::TYPE
                && quads.iter().all(|quad| quad.object.is_named_node())
            {
                let classes = quads.iter().filter_map(|quad| match &quad.object {
                    Term::NamedNode(class) => Some(self.class(class).map(Value::from)),
                    Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_) => None,
                });
                let classes = classes.collect::<Result<Vec<Value>, _>>()?;
                node.insert("type".to_owned(), one_or_many(classes));
                continue;
            }
            self.property(&mut node, quads, &first.predicate)?;
        }
        Ok(node.into())
    }

    fn property(
        &self,
        node: &mut Map<String, Value>,
        quads: &[Quad],
        predicate: &NamedNode,
    ) -> Result<(), ExportError> {
        let by_prefix = || {
            self.short(predicate)
                .unwrap_or_else(|| predicate.as_str().to_owned())
        };
        let (term, coercion) = match self.terms.get(predicate.as_str()) {
            Some((term, coercion)) => (term.clone(), coercion),
            None => (by_prefix(), &Coercion::None),
        };
        let mut values = Vec::new();
        let mut languages: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for quad in quads {
            match &quad.object {
                Term::Literal(literal)
                    if *coercion == Coercion::Languages
                        && literal.direction().is_none()
                        && (literal.language().is_some() || literal.datatype() == xsd::STRING) =>
                {
                    let language = literal.language().unwrap_or("@none");
                    languages
                        .entry(language)
                        .or_default()
                        .push(json!(literal.value()));
                }
                object @ (Term::Literal(_)
                | Term::NamedNode(_)
                | Term::BlankNode(_)
                | Term::Triple(_)) => values.push(self.value(object, coercion)?),
            }
        }
        if !languages.is_empty() {
            let languages: Map<String, Value> = languages
                .into_iter()
                .map(|(language, names)| (language.to_owned(), one_or_many(names)))
                .collect();
            node.insert(term, languages.into());
            if !values.is_empty() {
                node.insert(by_prefix(), one_or_many(values));
            }
        } else if !values.is_empty() {
            // Numbers and links do not fit into names by language.
            let name = if *coercion == Coercion::Languages {
                by_prefix()
            } else {
                term
            };
            node.insert(name, one_or_many(values));
        }
        Ok(())
    }

    fn value(&self, object: &Term, coercion: &Coercion) -> Result<Value, ExportError> {
        Ok(match (object, coercion) {
            (Term::NamedNode(node), Coercion::Id) => json!(self.link(node)?),
            (Term::NamedNode(node), Coercion::Vocabulary) => json!(self.class(node)?),
            (Term::NamedNode(node), _) => json!({ "id": self.link(node)? }),
            (Term::BlankNode(node), Coercion::Id) => json!(node.to_string()),
            (Term::BlankNode(node), _) => json!({ "id": node.to_string() }),
            (Term::Literal(literal), _) => self.literal(literal, coercion),
            (Term::Triple(_), _) => {
                return Err(ExportError::Format(
                    "JSON-LD 1.1 holds no triples about triples; take trig or nq".to_owned(),
                ));
            }
        })
    }

    fn literal(&self, literal: &Literal, coercion: &Coercion) -> Value {
        let value = literal.value();
        let datatype = literal.datatype();
        if let Some(language) = literal.language() {
            let mut tagged = json!({ "@value": value, "@language": language });
            if let Some(direction) = literal.direction()
                && let Some(tagged) = tagged.as_object_mut()
            {
                tagged.insert("@direction".to_owned(), json!(direction.to_string()));
            }
            return tagged;
        }
        match coercion {
            Coercion::Datatype(iri) if iri == datatype.as_str() => {
                // A number that JSON writes just so.
                let number = value.parse::<i32>().ok();
                match number.filter(|n| datatype == xsd::INTEGER && n.to_string() == value) {
                    Some(number) => json!(number),
                    None => json!(value),
                }
            }
            Coercion::None if datatype == xsd::STRING => json!(value),
            Coercion::None
            | Coercion::Id
            | Coercion::Vocabulary
            | Coercion::Languages
            | Coercion::Datatype(_) => {
                if datatype == xsd::STRING {
                    return json!({ "@value": value });
                }
                let datatype = datatype.into_owned();
                let name = self
                    .short(&datatype)
                    .unwrap_or_else(|| datatype.as_str().to_owned());
                json!({ "@value": value, "@type": name })
            }
        }
    }

    /// A class, or a property as a value: a name of the ontology without prefix.
    fn class(&self, node: &NamedNode) -> Result<String, ExportError> {
        let plain = node.as_str().strip_prefix(VOCABULARY).filter(|local| {
            local.chars().all(char::is_alphanumeric)
                && local.starts_with(char::is_alphabetic)
                && match self.json.get(local) {
                    // A term of that name must mean just this.
                    Some(_) => self
                        .terms
                        .get(node.as_str())
                        .is_some_and(|(term, _)| term == local),
                    None => true,
                }
        });
        match plain {
            Some(local) => Ok(local.to_owned()),
            None => self.short(node).map_or_else(|| self.whole_iri(node), Ok),
        }
    }

    /// An IRI, relative to the base where that is safe.
    fn link(&self, node: &NamedNode) -> Result<String, ExportError> {
        match self.names.relative(node) {
            Some(path) => Ok(path.to_owned()),
            None => self.whole_iri(node),
        }
    }

    fn whole_iri(&self, node: &NamedNode) -> Result<String, ExportError> {
        let iri = node.as_str();
        let scheme = iri.split_once(':').map_or("", |(scheme, _)| scheme);
        if self.prefixes.contains_key(scheme) && !iri.starts_with(&format!("{scheme}://")) {
            return Err(ExportError::Format(format!(
                "JSON-LD would read <{iri}> as a name with the prefix {scheme}; take trig or nq"
            )));
        }
        Ok(iri.to_owned())
    }
}

fn one_or_many(mut values: Vec<Value>) -> Value {
    if values.len() == 1 {
        values.remove(0)
    } else {
        values.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};

    #[test]
    fn every_property_of_the_ontology_is_a_term_that_links_if_it_links() {
        let file: Value = serde_json::from_str(CONTEXT).unwrap();
        let mut missing = Vec::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(include_bytes!("../../ontology/chancery.ttl"))
        {
            let quad = quad.unwrap();
            let subject = quad.subject.to_string();
            let Some(local) = subject
                .trim_matches(['<', '>'])
                .strip_prefix(VOCABULARY)
                .map(str::to_owned)
            else {
                continue;
            };
            let object = quad.object.to_string();
            let links = object.ends_with("#ObjectProperty>");
            if !links && !object.ends_with("#DatatypeProperty>") {
                continue;
            }
            let term = &file["@context"][&local];
            let coerced = term["@type"].as_str().unwrap_or_default();
            if term["@id"] != format!("dip:{local}") || links != matches!(coerced, "@id" | "@vocab")
            {
                missing.push(local);
            }
        }
        assert!(missing.is_empty(), "ontology/context.jsonld: {missing:?}");
    }
}
