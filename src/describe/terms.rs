//! The files of the ontology → classes and properties with all that they tell, in the order of the file.

use super::files;
use super::names::Names;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// A file of the ontology that cannot be read: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("the ontology cannot be read: {0}")]
pub struct OntologyError(String);

/// The ontology with its alignments, shapes and examples.
#[derive(Clone, Debug)]
pub struct Ontology {
    /// Classes, in the order of the file.
    pub classes: Vec<Class>,
    /// Properties of `dip:`, in the order of the file.
    pub properties: Vec<Property>,
    /// Properties of `said:`, in the order of the file.
    pub said: Vec<Property>,
    /// Prefixed name of a Wikidata item or property → its English label.
    pub wikidata: BTreeMap<String, String>,
}

/// What classes and properties share.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Prefixed name.
    pub name: String,
    /// Language → label.
    pub labels: BTreeMap<String, String>,
    /// Language → definition.
    pub definitions: BTreeMap<String, String>,
    /// How it stands to terms of others: relation (`rdfs:subClassOf`, `skos:closeMatch` …) and prefixed name.
    pub aligned: Vec<(String, String)>,
}

/// A class.
#[derive(Clone, Debug)]
pub struct Class {
    /// Its words.
    pub told: Told,
    /// Its direct superclasses in this ontology, as prefixed names.
    pub supers: Vec<String>,
    /// What a shape tells of its properties, not of those that superclasses have.
    pub properties: Vec<Use>,
    /// Whether its members stand in the documents' graphs, not in the world.
    pub in_documents: bool,
    /// Its example: the quads of one node.
    pub example: Vec<Quad>,
}

/// A property of a class, as a shape tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Prefixed name.
    pub property: String,
    /// Class or datatype of its values; empty where the shape leaves it open.
    pub values: String,
    /// Least number of values.
    pub least: Option<String>,
    /// Most values.
    pub most: Option<String>,
    /// The values that are allowed, where they are listed.
    pub one_of: Vec<String>,
}

/// A property.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its words.
    pub told: Told,
    /// Whether it leads to things and not to literals.
    pub leads_to_things: bool,
    /// Its domain as a prefixed name; empty where it is open.
    pub domain: String,
    /// Its range as a prefixed name; empty where it is open.
    pub range: String,
}

/// Triples by subject and property.
struct Graph {
    order: Vec<String>,
    values: BTreeMap<(String, String), Vec<Term>>,
}

impl Ontology {
    /// Reads the files that the program carries; `prefixes` as [`crate::query`] knows them.
    ///
    /// # Errors
    /// [`OntologyError`] when one of them is no RDF.
    pub fn read(prefixes: &[(&str, &str)]) -> Result<Self, OntologyError> {
        let names = Names::new(prefixes);
        let terms = Graph::of(&parse(files::TERMS, RdfFormat::Turtle)?);
        let alignments = Graph::of(&parse(files::ALIGNMENTS, RdfFormat::Turtle)?);
        let shapes = Graph::of(&parse(files::SHAPES, RdfFormat::Turtle)?);
        let examples = parse(files::EXAMPLES, RdfFormat::TriG)?;
        let uses = shapes.uses(&names);
        let told = |iri: &str| Told {
            name: names.iri(iri),
            labels: by_language(terms.all(iri, RDFS, "label")),
            definitions: by_language(terms.all(iri, SKOS, "definition")),
            aligned: alignments.aligned(iri, &names),
        };
        let one = |iri: &str, property: &str| {
            let values = terms.all(iri, RDFS, property);
            values
                .first()
                .map(|value| names.term(value))
                .unwrap_or_default()
        };
        let (mut classes, mut properties, mut said) = (Vec::new(), Vec::new(), Vec::new());
        for iri in &terms.order {
            let kinds: Vec<String> = terms
                .all(iri, RDF, "type")
                .iter()
                .map(|kind| names.term(kind))
                .collect();
            let is = |kind: &str| kinds.iter().any(|known| known == kind);
            if is("owl:Class") {
                let example: BTreeSet<String> = terms
                    .all(iri, SKOS, "example")
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                let example: Vec<Quad> = examples
                    .iter()
                    .filter(|quad| example.contains(&quad.subject.to_string()))
                    .cloned()
                    .collect();
                classes.push(Class {
                    told: told(iri),
                    supers: terms
                        .all(iri, RDFS, "subClassOf")
                        .iter()
                        .map(|class| names.term(class))
                        .collect(),
                    properties: uses.get(&names.iri(iri)).cloned().unwrap_or_default(),
                    in_documents: example
                        .iter()
                        .any(|quad| quad.graph_name != GraphName::DefaultGraph),
                    example,
                });
            } else if is("owl:ObjectProperty") || is("owl:DatatypeProperty") {
                let property = Property {
                    told: told(iri),
                    leads_to_things: is("owl:ObjectProperty"),
                    domain: one(iri, "domain"),
                    range: one(iri, "range"),
                };
                if property.told.name.starts_with("said:") {
                    said.push(property);
                } else {
                    properties.push(property);
                }
            }
        }
        let wikidata = alignments
            .order
            .iter()
            .filter(|iri| iri.contains("wikidata.org/"))
            .filter_map(|iri| {
                let label = alignments.all(iri, RDFS, "label").first()?;
                Some((names.iri(iri), names.term(label)))
            })
            .collect();
        Ok(Self {
            classes,
            properties,
            said,
            wikidata,
        })
    }

    /// A class by its prefixed name.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.told.name == name)
    }
}

fn parse(text: &str, format: RdfFormat) -> Result<Vec<Quad>, OntologyError> {
    RdfParser::from_format(format)
        .for_slice(text)
        .collect::<Result<_, _>>()
        .map_err(|error| OntologyError(error.to_string()))
}

fn by_language(values: &[Term]) -> BTreeMap<String, String> {
    values
        .iter()
        .filter_map(|value| match value {
            Term::Literal(literal) => Some((
                literal.language().unwrap_or_default().to_owned(),
                Literal::value(literal).to_owned(),
            )),
            Term::NamedNode(_) | Term::BlankNode(_) | Term::Triple(_) => None,
        })
        .collect()
}

impl Graph {
    fn of(quads: &[Quad]) -> Self {
        let mut graph = Self {
            order: Vec::new(),
            values: BTreeMap::new(),
        };
        let mut seen = BTreeSet::new();
        for quad in quads {
            let subject = match &quad.subject {
                NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
                NamedOrBlankNode::BlankNode(node) => node.to_string(),
            };
            if seen.insert(subject.clone()) {
                graph.order.push(subject.clone());
            }
            let key = (subject, quad.predicate.as_str().to_owned());
            graph
                .values
                .entry(key)
                .or_default()
                .push(quad.object.clone());
        }
        graph
    }

    fn all(&self, subject: &str, namespace: &str, local: &str) -> &[Term] {
        self.values
            .get(&(subject.to_owned(), format!("{namespace}{local}")))
            .map_or(&[], Vec::as_slice)
    }

    fn aligned(&self, iri: &str, names: &Names<'_>) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (namespace, relation) in [
            (RDFS, "subClassOf"),
            (RDFS, "subPropertyOf"),
            (SKOS, "closeMatch"),
            (SKOS, "broadMatch"),
            (SKOS, "narrowMatch"),
            (SKOS, "relatedMatch"),
        ] {
            let relation_name = names.iri(&format!("{namespace}{relation}"));
            for other in self.all(iri, namespace, relation) {
                found.push((relation_name.clone(), names.term(other)));
            }
        }
        found
    }

    /// What shapes tell of the properties of each class; shapes that only warn tell nothing of how the data are made.
    fn uses(&self, names: &Names<'_>) -> BTreeMap<String, Vec<Use>> {
        let mut found: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        for shape in &self.order {
            for class in self.all(shape, SH, "targetClass") {
                for property in self.all(shape, SH, "property") {
                    let node = property.to_string();
                    if !self.all(&node, SH, "severity").is_empty() {
                        continue;
                    }
                    let value = |local: &str| {
                        let value = self.all(&node, SH, local).first();
                        value.map(|value| names.term(value))
                    };
                    let Some(path) = value("path") else { continue };
                    let values = ["class", "datatype", "nodeKind"]
                        .iter()
                        .find_map(|p| value(p));
                    let used = Use {
                        property: path,
                        values: values.unwrap_or_default(),
                        least: value("minCount"),
                        most: value("maxCount"),
                        one_of: self
                            .all(&node, SH, "in")
                            .first()
                            .map(|list| self.list(list, names))
                            .unwrap_or_default(),
                    };
                    found.entry(names.term(class)).or_default().push(used);
                }
            }
        }
        found
    }

    fn list(&self, head: &Term, names: &Names<'_>) -> Vec<String> {
        let mut items = Vec::new();
        let mut at = head.to_string();
        while let Some(first) = self.all(&at, RDF, "first").first() {
            items.push(names.term(first));
            let Some(rest) = self.all(&at, RDF, "rest").first() else {
                break;
            };
            at = rest.to_string();
        }
        items
    }
}
