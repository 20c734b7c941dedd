//! What a check found.

use super::Shapes;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{
    BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple,
};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How much a finding weighs (`sh:severity`); a severity of the shapes' own counts as a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// `sh:Violation`
    Violation,
    /// `sh:Warning`
    Warning,
    /// `sh:Info` and less
    Info,
}

impl Weight {
    /// violation, warning or info.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }

    fn term(self) -> NamedNode {
        super::shapes::sh(match self {
            Self::Violation => "Violation",
            Self::Warning => "Warning",
            Self::Info => "Info",
        })
    }
}

/// A term that is ordered and serialised by its N-Triples form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(pub Term);

impl From<Term> for Written {
    fn from(term: Term) -> Self {
        Self(term)
    }
}

impl PartialOrd for Written {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Written {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.to_string().cmp(&other.0.to_string())
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Term::NamedNode(node) => serializer.serialize_str(node.as_str()),
            Term::Literal(literal) => serializer.serialize_str(literal.value()),
            other @ (Term::BlankNode(_) | Term::Triple(_)) => {
                serializer.serialize_str(&other.to_string())
            }
        }
    }
}

/// One node that does not conform to one constraint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// The shape, or the one with a name that it belongs to, as a prefixed name.
    pub shape: String,
    /// The path of the property as prefixed names, where it is about one.
    pub path: Option<String>,
    /// The constraint component without its namespace, `MinCountConstraintComponent`.
    pub component: String,
    /// The graph in N-Triples form; `DEFAULT` is the world.
    pub graph: String,
    /// The node.
    pub node: Written,
    /// Its label in that graph, or empty.
    pub label: String,
    /// The value that does not conform, where it is about one.
    pub value: Option<Written>,
    /// What is wrong, in plain words, of the node: `has no dip:supportedBy`.
    pub message: String,
    /// What the shape itself says of it (`sh:message`), or empty.
    pub says: String,
    /// The path's node in the shapes.
    #[serde(skip)]
    pub path_term: Option<Written>,
    /// The shape's node in the shapes.
    #[serde(skip)]
    pub source: Option<Written>,
}

/// One graph, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The graph.
    pub graph: GraphName,
    /// How many nodes each shape checked, by the shape's name, also where none.
    pub shapes: Vec<(String, usize)>,
    /// How many different nodes were checked.
    pub nodes: usize,
    /// What does not conform, sorted.
    pub findings: Vec<Finding>,
}

/// How it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No shape found a node to check: nothing can be said.
    NothingChecked,
    /// Every node conforms.
    Conforms,
    /// Only warnings and less.
    Warnings,
    /// At least one violation.
    Violations,
}

/// Graphs, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Graphs.
    pub graphs: usize,
    /// Nodes checked, of all graphs.
    pub nodes: usize,
    /// How many nodes each shape checked, by the shape's name, also where none.
    pub shapes: BTreeMap<String, usize>,
    /// What does not conform, sorted.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Adds what was found of other nodes of the same graph.
    pub fn join(&mut self, other: Self) {
        self.nodes += other.nodes;
        for (shape, n) in other.shapes {
            match self.shapes.iter_mut().find(|(known, _)| *known == shape) {
                Some((_, known)) => *known += n,
                None => self.shapes.push((shape, n)),
            }
        }
        self.findings.extend(other.findings);
        self.findings.sort();
        self.findings.dedup();
    }
}

impl Report {
    /// Adds a graph.
    pub fn add(&mut self, checked: Checked) {
        self.graphs += 1;
        self.nodes += checked.nodes;
        for (shape, n) in checked.shapes {
            *self.shapes.entry(shape).or_default() += n;
        }
        self.findings.extend(checked.findings);
        self.findings.sort();
    }

    /// How many findings weigh so much.
    #[must_use]
    pub fn count(&self, weight: Weight) -> usize {
        let same = |finding: &&Finding| finding.weight == weight;
        self.findings.iter().filter(same).count()
    }

    /// How it came out.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.nodes == 0 {
            Outcome::NothingChecked
        } else if self.findings.is_empty() {
            Outcome::Conforms
        } else if self.count(Weight::Violation) == 0 {
            Outcome::Warnings
        } else {
            Outcome::Violations
        }
    }

    /// Names of the shapes that found no node to check.
    #[must_use]
    pub fn idle(&self) -> Vec<&str> {
        let none = self.shapes.iter().filter(|(_, n)| **n == 0);
        none.map(|(shape, _)| shape.as_str()).collect()
    }

    /// The report in the vocabulary of SHACL, with `sh:conforms` as SHACL means it: no result at all, of any severity. Blank nodes
    /// have the same labels for the same report.
    #[must_use]
    pub fn triples(&self, shapes: &Shapes) -> Vec<Quad> {
        let sh = super::shapes::sh;
        let report = NamedOrBlankNode::from(BlankNode::new_unchecked("report"));
        let conforms =
            Literal::new_typed_literal(self.findings.is_empty().to_string(), xsd::BOOLEAN);
        let mut triples = vec![
            Triple::new(report.clone(), rdf::TYPE, sh("ValidationReport")),
            Triple::new(report.clone(), sh("conforms"), conforms),
        ];
        for (nth, finding) in self.findings.iter().enumerate() {
            let node = NamedOrBlankNode::from(BlankNode::new_unchecked(format!("r{nth}")));
            let mut add = |property: &str, value: Term| {
                triples.push(Triple::new(node.clone(), sh(property), value));
            };
            add("focusNode", finding.node.0.clone());
            add("resultSeverity", finding.weight.term().into());
            add("sourceConstraintComponent", sh(&finding.component).into());
            let words = if finding.says.is_empty() {
                finding.message.clone()
            } else {
                format!("{} ({})", finding.message, finding.says)
            };
            add(
                "resultMessage",
                Literal::new_language_tagged_literal_unchecked(words, "en").into(),
            );
            let optional = [
                ("resultPath", &finding.path_term),
                ("sourceShape", &finding.source),
                ("value", &finding.value),
            ];
            for (property, value) in optional {
                if let Some(value) = value {
                    add(property, value.0.clone());
                }
            }
            triples.push(Triple::new(node.clone(), rdf::TYPE, sh("ValidationResult")));
            triples.push(Triple::new(report.clone(), sh("result"), node));
            for value in [&finding.path_term, &finding.source].into_iter().flatten() {
                let described = shapes.describe(&value.0);
                triples.extend(described.into_iter().map(|(s, p, o)| Triple::new(s, p, o)));
            }
        }
        triples
            .into_iter()
            .map(|triple| triple.in_graph(GraphName::DefaultGraph))
            .collect()
    }
}
