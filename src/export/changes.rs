//! Two graphs → what changed between them: documents, facts, things and disagreements that came, went or are told otherwise.
//!
//! Both are read as sorted streams, so that memory grows with what differs and not with what there is.

use super::ExportError;
use super::scan::{Graphs, Pattern, scan};
use super::sort::{Order, Sorted, Sorter};
use crate::query::GraphFormat;
use crate::store::Store;
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::iter::Peekable;
use std::path::PathBuf;
use std::str::FromStr;

const DIP: &str = "https://w3id.org/chancery/ontology#";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABEL: &str = "http://www.w3.org/2000/01/rdf-schema#label";
const IDENTIFIER: &str = "http://purl.org/dc/terms/identifier";

/// One of the two.
pub enum Side {
    /// A store, local or remote.
    Store(Store),
    /// An export of a store.
    File(PathBuf, GraphFormat),
}

/// What changed, in each part of the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents, told by their content; none where exports hold the world alone.
    pub documents: Section,
    /// What happened or holds: all that is a `dip:Fact`.
    pub facts: Section,
    /// Where sources differ: `dip:Conflict`.
    pub disagreements: Section,
    /// What lasts: persons, states, missions …
    pub things: Section,
}

/// What changed of one kind of node, each list sorted by IRI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Only the second graph has them.
    pub added: Vec<Item>,
    /// Only the first one has them.
    pub removed: Vec<Item>,
    /// Both have them, and tell them otherwise.
    pub changed: Vec<Told>,
    /// How many are the same in both.
    pub same: usize,
}

/// A node of one graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its IRI.
    pub iri: String,
    /// What it is called.
    pub label: String,
    claims: BTreeSet<String>,
}

/// A node that both graphs have and tell otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its IRI in the second graph.
    pub iri: String,
    /// Its IRI in the first one, where that is another: the same claims tell of it.
    pub was: Option<String>,
    /// What it is called in the second.
    pub label: String,
    /// By property (the last part of its IRI): values that only the first graph has, and that only the second has.
    pub values: BTreeMap<String, (Vec<String>, Vec<String>)>,
    /// How many claims support it in the second graph alone, and in the first alone.
    pub claims: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Document,
    Fact,
    Disagreement,
    Thing,
    /// Parts of others: values, sides, claims, passages.
    Part,
}

/// A node with all that its graph tells of it.
struct Node {
    iri: String,
    class: Class,
    label: String,
    values: BTreeMap<String, BTreeSet<String>>,
    claims: BTreeSet<String>,
}

/// What changed from one graph to another.
///
/// # Errors
/// [`ExportError::Query`] when a store fails, [`ExportError::Output`] when a file cannot be read, [`ExportError::Format`] when it is no RDF of its
/// format.
pub fn changes(old: &Side, new: &Side) -> Result<Changes, ExportError> {
    let (mut old, mut new) = (nodes(old)?, nodes(new)?);
    let mut changes = Changes::default();
    // Nodes that went and came, to see which are the same under another IRI.
    let mut gone: Vec<Node> = Vec::new();
    let mut come: Vec<Node> = Vec::new();
    let (mut a, mut b) = (old.next()?, new.next()?);
    loop {
        match (a.take(), b.take()) {
            (None, None) => break,
            (Some(x), Some(y)) if x.iri == y.iri => {
                changes.compare(&x, &y);
                (a, b) = (old.next()?, new.next()?);
            }
            (Some(x), y) if y.as_ref().is_none_or(|y| x.iri < y.iri) => {
                gone.push(x);
                (a, b) = (old.next()?, y);
            }
            (x, Some(y)) => {
                come.push(y);
                (a, b) = (x, new.next()?);
            }
            (x, None) => (a, b) = (x, None),
        }
    }
    changes.moved(gone, come);
    Ok(changes)
}

impl Changes {
    fn section(&mut self, class: Class) -> Option<&mut Section> {
        match class {
            Class::Document => Some(&mut self.documents),
            Class::Fact => Some(&mut self.facts),
            Class::Disagreement => Some(&mut self.disagreements),
            Class::Thing => Some(&mut self.things),
            Class::Part => None,
        }
    }

    /// Compares two nodes that are one.
    fn compare(&mut self, old: &Node, new: &Node) {
        let properties: BTreeSet<&String> = old.values.keys().chain(new.values.keys()).collect();
        let none = BTreeSet::new();
        let mut values = BTreeMap::new();
        for property in properties {
            let (x, y) = (
                old.values.get(property).unwrap_or(&none),
                new.values.get(property).unwrap_or(&none),
            );
            if x != y {
                let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                    a.difference(b).map(|value| plain(value)).collect()
                };
                values.insert(last(property), (only(x, y), only(y, x)));
            }
        }
        let claims = if new.class == Class::Thing {
            (0, 0)
        } else {
            (
                new.claims.difference(&old.claims).count(),
                old.claims.difference(&new.claims).count(),
            )
        };
        let was = (old.iri != new.iri).then(|| old.iri.clone());
        let Some(section) = self.section(new.class) else {
            return;
        };
        if values.is_empty() && claims == (0, 0) && was.is_none() {
            section.same += 1;
        } else {
            section.changed.push(Told {
                iri: new.iri.clone(),
                was,
                label: new.label.clone(),
                values,
                claims,
            });
        }
    }

    /// Nodes that went and nodes that came: those that the same claims tell of are the same.
    fn moved(&mut self, gone: Vec<Node>, come: Vec<Node>) {
        let mut by_claim: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, node) in gone
            .iter()
            .enumerate()
            .filter(|(_, n)| n.class == Class::Fact)
        {
            for claim in &node.claims {
                by_claim.entry(claim).or_default().push(at);
            }
        }
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (to, node) in come
            .iter()
            .enumerate()
            .filter(|(_, n)| n.class == Class::Fact)
        {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for from in node
                .claims
                .iter()
                .filter_map(|claim| by_claim.get(claim.as_str()))
                .flatten()
            {
                *shared.entry(*from).or_default() += 1;
            }
            pairs.extend(shared.into_iter().map(|(from, times)| (times, from, to)));
        }
        // Those that share most first.
        pairs.sort_by_key(|&(times, from, to)| (std::cmp::Reverse(times), from, to));
        let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
        for (_, a, b) in pairs {
            if !from.contains(&a)
                && !to.contains(&b)
                && let (Some(x), Some(y)) = (gone.get(a), come.get(b))
            {
                from.insert(a);
                to.insert(b);
                self.compare(x, y);
            }
        }
        let rest = |nodes: Vec<Node>, taken: &BTreeSet<usize>| -> Vec<Node> {
            let nodes = nodes.into_iter().enumerate();
            nodes
                .filter(|(at, _)| !taken.contains(at))
                .map(|(_, node)| node)
                .collect()
        };
        for node in rest(gone, &from) {
            if let Some(section) = self.section(node.class) {
                section.removed.push(node.into());
            }
        }
        for node in rest(come, &to) {
            if let Some(section) = self.section(node.class) {
                section.added.push(node.into());
            }
        }
        self.facts.changed.sort_by(|a, b| a.iri.cmp(&b.iri));
    }
}

impl From<Node> for Item {
    fn from(node: Node) -> Self {
        Self {
            iri: node.iri,
            label: node.label,
            claims: node.claims,
        }
    }
}

/// The nodes of a graph in order of their IRIs.
struct Nodes {
    quads: Peekable<Sorted>,
}

fn nodes(side: &Side) -> Result<Nodes, ExportError> {
    let mut sorter = Sorter::new(Order::Reading);
    let mut add = |mut quad: Quad| -> Result<(), ExportError> {
        if counts(&quad) {
            quad.graph_name = GraphName::DefaultGraph;
            sorter.push(quad)?;
        }
        Ok(())
    };
    match side {
        Side::Store(store) => scan(store, Pattern::of(Graphs::All), &mut add)?,
        Side::File(path, format) => {
            let file = BufReader::with_capacity(1 << 20, File::open(path)?);
            for quad in RdfParser::from_format(format.engine()).for_reader(file) {
                add(quad.map_err(|error| {
                    ExportError::Format(format!("{}: {error}", path.display()))
                })?)?;
            }
        }
    }
    Ok(Nodes {
        quads: sorter.finish()?.peekable(),
    })
}

/// Whether a quad tells of a node that is compared: the world's, and of a document what it is and its content.
fn counts(quad: &Quad) -> bool {
    if quad.graph_name == GraphName::DefaultGraph {
        return true;
    }
    let predicate = quad.predicate.as_str();
    let of_documents =
        [IDENTIFIER, LABEL].contains(&predicate) || predicate == format!("{DIP}hash");
    let a_document = predicate == TYPE && quad.object.to_string() == format!("<{DIP}Document>");
    of_documents || a_document
}

impl Nodes {
    fn next(&mut self) -> Result<Option<Node>, ExportError> {
        loop {
            let Some(first) = self.quads.next().transpose()? else {
                return Ok(None);
            };
            let subject = first.subject.clone();
            let mut quads = vec![first];
            let same = |quad: &Result<Quad, ExportError>| {
                quad.as_ref().map_or(true, |quad| quad.subject == subject)
            };
            while let Some(quad) = self.quads.next_if(same) {
                quads.push(quad?);
            }
            let node = node(&subject, quads);
            if node.class != Class::Part {
                return Ok(Some(node));
            }
        }
    }
}

fn node(subject: &NamedOrBlankNode, quads: Vec<Quad>) -> Node {
    let iri = subject.to_string();
    let mut node = Node {
        iri: iri.trim_start_matches('<').trim_end_matches('>').to_owned(),
        class: Class::Part,
        label: String::new(),
        values: BTreeMap::new(),
        claims: BTreeSet::new(),
    };
    let mut types = BTreeSet::new();
    for quad in quads {
        let (predicate, object) = (quad.predicate.into_string(), quad.object.to_string());
        match predicate.strip_prefix(DIP) {
            Some("supportedBy") => {
                node.claims.insert(object);
                continue;
            }
            // What these lead to is compared as the values and claims that it holds.
            Some("hasValue" | "hasAccount" | "hasSide") => continue,
            Some(_) | None => {}
        }
        if predicate == TYPE {
            types.insert(last(object.trim_matches(['<', '>'])));
        } else if predicate == LABEL {
            node.label = words(&object);
        }
        node.values.entry(predicate).or_default().insert(object);
    }
    let is = |name: &str| types.contains(name);
    node.class = if is("Fact") {
        Class::Fact
    } else if is("Conflict") {
        Class::Disagreement
    } else if is("Document") {
        Class::Document
    } else if types.is_empty() || PARTS.iter().any(|part| is(part)) {
        Class::Part
    } else {
        Class::Thing
    };
    node
}

/// Classes of nodes that are parts of others.
const PARTS: &[&str] = &[
    "Value",
    "Side",
    "Claim",
    "Passage",
    "Account",
    "TextQuoteSelector",
    "TextPositionSelector",
    "Geometry",
    "Identification",
    "Distinction",
    "Holder",
    "Impossibility",
    "Decision",
];

/// A term as people read it: a literal by its words, an IRI by itself.
fn plain(term: &str) -> String {
    match Term::from_str(term) {
        Ok(Term::Literal(literal)) => match literal.language() {
            Some(lang) => format!("{} ({lang})", literal.value()),
            None => literal.value().to_owned(),
        },
        Ok(Term::NamedNode(node)) => node.into_string(),
        Ok(Term::BlankNode(_) | Term::Triple(_)) | Err(_) => term.to_owned(),
    }
}

/// The words of a literal.
fn words(term: &str) -> String {
    match Term::from_str(term) {
        Ok(Term::Literal(literal)) => literal.value().to_owned(),
        Ok(Term::NamedNode(_) | Term::BlankNode(_) | Term::Triple(_)) | Err(_) => term.to_owned(),
    }
}

fn last(iri: &str) -> String {
    iri.rsplit(['#', '/']).next().unwrap_or(iri).to_owned()
}
