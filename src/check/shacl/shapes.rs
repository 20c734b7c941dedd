//! Shapes → ready to check graphs; a graph → its findings.

use super::plain::Words;
use super::report::{Checked, Finding, Weight};
use super::targets::Targets;
use crate::diagnostic::Diagnostic;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{
    BlankNode, Graph, GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode,
    NamedOrBlankNodeRef, Quad, QuadRef, Term, TermRef, TripleRef,
};
use oxsdatatypes::{Date, DateTime, GYear, GYearMonth, Time};
use rudof_rdf::rdf_impl::OxigraphInMemory;
use shacl::ir::IRSchema;
use shacl::rdf::ShaclParser;
use shacl::types::Severity;
use shacl::validator::processor::{GraphValidation, ShaclProcessor};
use shacl::validator::report::ValidationResult;
use shacl::validator::store::Graph as Data;
use shacl::validator::{ShaclConfig, ShaclValidationMode};
use std::collections::{BTreeMap, BTreeSet};

/// Namespace of SHACL.
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";

/// What belongs to extensions of SHACL Core, and is not evaluated.
const EXTENSIONS: &[&str] = &["sparql", "js", "rule", "target", "expression", "entailment"];

/// A file of shapes.
#[derive(Clone, Copy, Debug)]
pub struct ShapeSource<'a> {
    /// How messages name it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Their format.
    pub format: RdfFormat,
}

/// Shapes, ready to check graphs.
pub struct Shapes {
    schema: IRSchema,
    graph: Graph,
    targets: Targets,
    words: Words,
    not_evaluated: Vec<String>,
}

impl Shapes {
    /// Reads shapes; `prefixes` are used in messages.
    ///
    /// # Errors
    /// A diagnostic when a file is no RDF, or its shapes are no SHACL.
    pub fn parse(
        sources: &[ShapeSource<'_>],
        prefixes: &[(&str, &str)],
    ) -> Result<Self, Diagnostic> {
        let mut quads = Vec::new();
        let mut labels = BTreeMap::new();
        for (nth, source) in sources.iter().enumerate() {
            for quad in RdfParser::from_format(source.format).for_slice(source.bytes) {
                let quad = quad.map_err(|error| {
                    Diagnostic::error("shapes.unreadable", error.to_string())
                        .in_source(source.name)
                        .help("shapes are RDF: mend the file, or name its format by its ending")
                })?;
                quads.push(relabelled(quad, nth, &mut labels));
            }
        }
        let names: Vec<&str> = sources.iter().map(|source| source.name).collect();
        let invalid = |message: String| {
            Diagnostic::error("shapes.invalid", message)
                .in_source(names.join(", "))
                .help("the shapes must follow SHACL (https://www.w3.org/TR/shacl/)")
        };
        let parsed = ShaclParser::new(in_memory(quads.iter().map(Quad::as_ref)).map_err(invalid)?)
            .parse()
            .map_err(|error| invalid(error.to_string()))?;
        let schema = IRSchema::compile(&parsed).map_err(|error| invalid(error.to_string()))?;
        let graph: Graph = quads
            .iter()
            .map(|quad| TripleRef::from(quad.as_ref()))
            .collect();
        let targets = Targets::of(&graph);
        if targets.is_empty() {
            return Err(Diagnostic::error(
                "shapes.no-target",
                "no shape there says what it is about, so nothing could be checked",
            )
            .in_source(names.join(", "))
            .help("give a shape a target: sh:targetClass, sh:targetNode, sh:targetSubjectsOf or sh:targetObjectsOf"));
        }
        Ok(Self {
            schema,
            targets,
            words: Words::new(prefixes),
            not_evaluated: not_evaluated(&graph, &Words::new(prefixes)),
            graph,
        })
    }

    /// What the shapes say beyond SHACL Core, one sentence for each kind; none of it is checked.
    #[must_use]
    pub fn not_evaluated(&self) -> &[String] {
        &self.not_evaluated
    }

    /// The names of the shapes that have targets, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.targets
            .shapes()
            .map(|shape| self.words.term(shape))
            .collect()
    }

    /// Checks one graph; `quads` are all of it, and their graph's name is not looked at. Findings are sorted.
    ///
    /// # Errors
    /// A diagnostic when the validator fails.
    pub fn check(&self, graph: &GraphName, quads: &[&Quad]) -> Result<Checked, Diagnostic> {
        self.check_part(graph, quads, &[])
    }

    /// Checks some nodes of a graph: `own` is all that has them as subjects, `beyond` what the shapes look at of others (the classes of what
    /// the nodes lead to, where shapes follow no path further and none backwards).
    ///
    /// # Errors
    /// As [`Shapes::check`].
    pub fn check_part(
        &self,
        graph: &GraphName,
        own: &[&Quad],
        beyond: &[&Quad],
    ) -> Result<Checked, Diagnostic> {
        let quads: Vec<&Quad> = own.iter().chain(beyond).copied().collect();
        let failed = |message: String| {
            Diagnostic::error("shapes.failed", message)
                .help("this is a fault of the program or of the shapes: please report it")
        };
        let ill_typed: BTreeMap<usize, Term> = quads
            .iter()
            .enumerate()
            .filter_map(|(at, quad)| Some((at, ill_typed(&quad.object)?)))
            .collect();
        let triples = quads.iter().enumerate().map(|(at, quad)| {
            let mut quad = quad.as_ref();
            if let Some(term) = ill_typed.get(&at) {
                quad.object = term.as_ref();
            }
            quad
        });
        let data = Data::from(in_memory(triples).map_err(failed)?);
        let report = GraphValidation::new(data)
            .validate(
                &self.schema,
                &ShaclValidationMode::Native,
                &ShaclConfig::default(),
            )
            .map_err(|error| failed(error.to_string()))?;
        let mut findings: Vec<Finding> = report
            .results()
            .iter()
            .map(|result| self.finding(graph, result))
            .collect();
        if !beyond.is_empty() {
            let subjects: BTreeSet<String> =
                own.iter().map(|quad| quad.subject.to_string()).collect();
            findings.retain(|finding| subjects.contains(&finding.node.0.to_string()));
        }
        if !findings.is_empty() {
            label(&mut findings, &quads);
        }
        findings.sort();
        findings.dedup();
        let nodes = self.targets.count(own);
        Ok(Checked {
            graph: graph.clone(),
            shapes: nodes
                .per_shape
                .into_iter()
                .map(|(shape, n)| (self.words.term(&shape), n))
                .collect(),
            nodes: nodes.all,
            findings,
        })
    }

    /// The triples that describe a shape that has no IRI, for a report.
    #[must_use]
    pub fn describe(&self, shape: &Term) -> Vec<(NamedOrBlankNode, NamedNode, Term)> {
        let mut triples = Vec::new();
        let mut open = vec![shape.clone()];
        let mut seen = BTreeSet::new();
        while let Some(Term::BlankNode(node)) = open.pop() {
            if !seen.insert(node.as_str().to_owned()) {
                continue;
            }
            let mut of: Vec<_> = self
                .graph
                .triples_for_subject(&node)
                .map(TripleRef::into_owned)
                .collect();
            of.sort_by_cached_key(ToString::to_string);
            for triple in of {
                if matches!(triple.object, Term::BlankNode(_)) {
                    open.push(triple.object.clone());
                }
                triples.push((triple.subject, triple.predicate, triple.object));
            }
        }
        triples
    }

    fn finding(&self, graph: &GraphName, result: &ValidationResult) -> Finding {
        let source = result.source().map(|source| Term::from(source.clone()));
        let component = Term::from(result.constraint_component().clone());
        let value = result
            .value()
            .map(|value| typed_well(Term::from(value.clone())));
        let of = |property: &str| {
            let node = source.as_ref().and_then(as_subject)?;
            object(&self.graph, node, property)
        };
        // of a shape that is closed, the path is the property that it does not allow
        let path = of("path").or_else(|| {
            let property = result.path()?.pred()?.as_str();
            Some(NamedNode::new(property).ok()?.into())
        });
        let component = match &component {
            Term::NamedNode(node) => node.as_str().trim_start_matches(SH).to_owned(),
            other @ (Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_)) => other.to_string(),
        };
        let own: BTreeSet<String> = source
            .as_ref()
            .and_then(as_subject)
            .map(|node| {
                self.graph
                    .objects_for_subject_predicate(node, sh("message").as_ref())
                    .filter_map(|message| match message {
                        TermRef::Literal(literal) if is_english(literal.language()) => {
                            Some(literal.value().to_owned())
                        }
                        TermRef::Literal(_)
                        | TermRef::NamedNode(_)
                        | TermRef::BlankNode(_)
                        | TermRef::Triple(_) => None,
                    })
                    .collect()
            })
            .unwrap_or_default();
        let shown = path.as_ref().map(|path| self.words.path(&self.graph, path));
        let said = result.message().iter().map(|(_, message)| message.clone());
        let message = self.words.sentence(
            &self.graph,
            &component,
            shown.as_deref(),
            value.as_ref(),
            &of,
            said.min().as_deref(),
        );
        Finding {
            weight: match result.severity() {
                Severity::Violation | Severity::Generic(_) => Weight::Violation,
                Severity::Warning => Weight::Warning,
                Severity::Info | Severity::Debug | Severity::Trace => Weight::Info,
            },
            shape: source
                .as_ref()
                .map(|source| self.words.term(&self.named(source)))
                .unwrap_or_default(),
            graph: graph.to_string(),
            node: Term::from(result.focus_node().clone()).into(),
            label: String::new(),
            path: shown,
            component,
            message,
            says: own.into_iter().collect::<Vec<_>>().join(" "),
            value: value.map(Into::into),
            path_term: path.map(Into::into),
            source: source.map(Into::into),
        }
    }

    /// The shape with an IRI that a shape without one belongs to.
    fn named(&self, shape: &Term) -> Term {
        let mut at = shape.clone();
        // As deep as shapes are nested by hand, and no circle keeps us.
        for _ in 0..32 {
            if matches!(at, Term::NamedNode(_)) {
                break;
            }
            let parent = self
                .graph
                .triples_for_object(&at)
                .map(|triple| triple.subject.into_owned())
                .min_by_key(ToString::to_string);
            let Some(parent) = parent else { break };
            at = parent.into();
        }
        at
    }
}

/// `sh:` and a name.
pub(super) fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{name}"))
}

/// The first object that a node has for a property of SHACL.
pub(super) fn object(graph: &Graph, node: NamedOrBlankNodeRef<'_>, property: &str) -> Option<Term> {
    graph
        .objects_for_subject_predicate(node, sh(property).as_ref())
        .map(TermRef::into_owned)
        .min_by_key(ToString::to_string)
}

/// A term that can have properties.
pub(super) fn as_subject(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        Term::Literal(_) | Term::Triple(_) => None,
    }
}

fn is_english(language: Option<&str>) -> bool {
    language.is_none_or(|tag| tag == "en" || tag.starts_with("en-"))
}

/// Blank nodes of several files stay apart, and are numbered in the order in which they come.
fn relabelled(
    mut quad: Quad,
    file: usize,
    labels: &mut BTreeMap<(usize, String), BlankNode>,
) -> Quad {
    let mut named = |node: &BlankNode| {
        let next = BlankNode::new_unchecked(format!("b{}", labels.len()));
        labels
            .entry((file, node.as_str().to_owned()))
            .or_insert(next)
            .clone()
    };
    if let NamedOrBlankNode::BlankNode(node) = &quad.subject {
        quad.subject = named(node).into();
    }
    if let Term::BlankNode(node) = &quad.object {
        quad.object = named(node).into();
    }
    quad
}

fn in_memory<'a>(quads: impl IntoIterator<Item = QuadRef<'a>>) -> Result<OxigraphInMemory, String> {
    let mut graph = OxigraphInMemory::new();
    for quad in quads {
        graph
            .add_triple_ref(quad.subject, quad.predicate, quad.object)
            .map_err(|error| error.to_string())?;
    }
    Ok(graph)
}

/// What the datatype of a literal is called whose text is none of its values.
const ILL_TYPED: &str = "#ill-typed";

/// The validator takes every text for a value of these datatypes; such a literal gets a datatype that no shape asks for.
fn ill_typed(term: &Term) -> Option<Term> {
    let Term::Literal(literal) = term else {
        return None;
    };
    let (datatype, text) = (literal.datatype(), literal.value());
    let valid = match datatype {
        xsd::DATE => text.parse::<Date>().is_ok(),
        xsd::DATE_TIME => text.parse::<DateTime>().is_ok(),
        xsd::TIME => text.parse::<Time>().is_ok(),
        xsd::G_YEAR => text.parse::<GYear>().is_ok(),
        xsd::G_YEAR_MONTH => text.parse::<GYearMonth>().is_ok(),
        _ => true,
    };
    (!valid).then(|| {
        let datatype = NamedNode::new_unchecked(format!("{}{ILL_TYPED}", datatype.as_str()));
        Literal::new_typed_literal(text, datatype).into()
    })
}

/// The literal as it stands in the data.
fn typed_well(term: Term) -> Term {
    let Term::Literal(literal) = &term else {
        return term;
    };
    match literal.datatype().as_str().strip_suffix(ILL_TYPED) {
        Some(datatype) => {
            Literal::new_typed_literal(literal.value(), NamedNode::new_unchecked(datatype)).into()
        }
        None => term,
    }
}

fn not_evaluated(graph: &Graph, words: &Words) -> Vec<String> {
    let mut found = Vec::new();
    for name in EXTENSIONS {
        let property = sh(name);
        let shapes: BTreeSet<String> = graph
            .triples_for_predicate(&property)
            .map(|triple| words.term(&triple.subject.into_owned().into()))
            .collect();
        if let Some(first) = shapes.first() {
            let more = match shapes.len() {
                1 => String::new(),
                n => format!(" and {} more", n - 1),
            };
            found.push(format!("sh:{name} of {first}{more} is not SHACL Core"));
        }
    }
    found
}

/// Gives findings the names of their nodes.
fn label(findings: &mut [Finding], quads: &[&Quad]) {
    const LABEL: NamedNodeRef<'static> =
        NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#label");
    let wanted: BTreeSet<String> = findings
        .iter()
        .map(|finding| finding.node.0.to_string())
        .collect();
    let mut labels = BTreeMap::new();
    for quad in quads {
        if quad.predicate.as_ref() != LABEL {
            continue;
        }
        let subject = quad.subject.to_string();
        if wanted.contains(&subject)
            && let Term::Literal(label) = &quad.object
        {
            let label = label.value().to_owned();
            let known = labels.entry(subject).or_insert_with(|| label.clone());
            if label < *known {
                *known = label;
            }
        }
    }
    for finding in findings {
        if let Some(label) = labels.get(&finding.node.0.to_string()) {
            finding.label.clone_from(label);
        }
    }
}
