//! Quads in any order → quads in a fixed order, each once. What does not fit in memory is sorted in pieces, which go to temporary
//! files and are merged: memory does not grow with the number of quads, but for those with blank nodes, whose canonical labels
//! (RDFC-1.0) need them all together.

use super::ExportError;
use super::canonical::{canonical, canonical_line};
use oxigraph::io::{RdfFormat, RdfParser, RdfSerializer, ReaderQuadParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeSet, BinaryHeap};
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, Write};

/// How many bytes of keys and quads are held before they go to a file.
const HELD: usize = 64 * 1024 * 1024;
/// How many files are merged at once; more are first merged into one.
const FILES: usize = 64;

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// For readers: default graph first, then graphs, subjects, predicates (`rdf:type` first), objects, each by its text.
    Reading,
    /// By the line of canonical N-Quads (RDFC-1.0), in code point order.
    Canonical,
    /// By object (a date), then by subject.
    Object,
}

impl Order {
    fn key(self, quad: &Quad) -> String {
        match self {
            Self::Canonical => canonical_line(quad),
            Self::Object => format!("{}\0{}", quad.object, quad.subject),
            Self::Reading => {
                let mut key = match &quad.graph_name {
                    GraphName::DefaultGraph => String::new(),
                    name @ (GraphName::NamedNode(_) | GraphName::BlankNode(_)) => name.to_string(),
                };
                key.push('\0');
                // Without its brackets an IRI comes before those that begin with it.
                match &quad.subject {
                    NamedOrBlankNode::NamedNode(node) => key.push_str(node.as_str()),
                    NamedOrBlankNode::BlankNode(node) => key.push_str(&node.to_string()),
                }
                key.push('\0');
                if quad.predicate.as_ref() != rdf::TYPE {
                    key.push_str(quad.predicate.as_str());
                }
                key.push('\0');
                key.push_str(&quad.object.to_string());
                key
            }
        }
    }
}

/// Takes quads and sorts them.
#[derive(Debug)]
pub struct Sorter {
    order: Order,
    limit: usize,
    held: Vec<(String, Quad)>,
    bytes: usize,
    /// Files of sorted quads with how often they were merged.
    files: Vec<(u32, File)>,
    blank: Vec<Quad>,
    terms: BTreeSet<NamedNode>,
}

/// Sorted quads, one by one, and what all of them use.
pub struct Sorted {
    order: Order,
    memory: std::vec::IntoIter<(String, Quad)>,
    files: Vec<ReaderQuadParser<BufReader<File>>>,
    heap: BinaryHeap<Next>,
    last: Option<String>,
    /// Predicates, classes and datatypes that occur.
    pub(super) terms: BTreeSet<NamedNode>,
}

/// The first quad of a file or of memory that was not given yet; the heap gives the smallest.
#[derive(Debug)]
struct Next {
    key: String,
    /// Which file; none for memory.
    from: Option<usize>,
    quad: Quad,
}

impl Sorter {
    /// Nothing to sort yet.
    #[must_use]
    pub fn new(order: Order) -> Self {
        Self::holding(order, HELD)
    }

    /// The same with another limit of bytes in memory.
    fn holding(order: Order, limit: usize) -> Self {
        Self {
            order,
            limit,
            held: Vec::new(),
            bytes: 0,
            files: Vec::new(),
            blank: Vec::new(),
            terms: BTreeSet::new(),
        }
    }

    /// Takes a quad.
    ///
    /// # Errors
    /// [`ExportError::Output`] when a temporary file cannot be written.
    pub fn push(&mut self, quad: Quad) -> Result<(), ExportError> {
        if is_blank(&quad) {
            self.blank.push(quad);
            return Ok(());
        }
        self.take(quad)
    }

    fn take(&mut self, quad: Quad) -> Result<(), ExportError> {
        self.note(&quad.predicate);
        match &quad.object {
            Term::NamedNode(class) if quad.predicate.as_ref() == rdf::TYPE => self.note(class),
            Term::Literal(literal) => self.note(&literal.datatype().into_owned()),
            Term::NamedNode(_) | Term::BlankNode(_) | Term::Triple(_) => {}
        }
        let key = self.order.key(&quad);
        // The texts of a quad are about those of its key.
        self.bytes += 2 * key.len() + size_of::<(String, Quad)>();
        self.held.push((key, quad));
        if self.bytes > self.limit {
            self.spill()?;
        }
        Ok(())
    }

    fn note(&mut self, term: &NamedNode) {
        if !self.terms.contains(term) {
            self.terms.insert(term.clone());
        }
    }

    /// Writes what is held to a file.
    fn spill(&mut self) -> Result<(), ExportError> {
        let mut held = std::mem::take(&mut self.held);
        self.bytes = 0;
        held.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        held.dedup_by(|(a, _), (b, _)| a == b);
        let file = write_file(held.into_iter().map(|(_, quad)| Ok(quad)))?;
        self.files.push((0, file));
        // As many of one size are merged, so that every quad is written few times.
        while let Some(&(level, _)) = self.files.last()
            && self
                .files
                .iter()
                .filter(|(other, _)| *other == level)
                .count()
                >= FILES
        {
            let at = self.files.partition_point(|(other, _)| *other > level);
            let merged: Vec<File> = self.files.drain(at..).map(|(_, file)| file).collect();
            let merged = Sorted::of(self.order, Vec::new(), merged, BTreeSet::new())?;
            self.files.push((level + 1, write_file(merged)?));
        }
        Ok(())
    }

    /// All of them in order; blank nodes have their canonical labels, where there are any.
    ///
    /// # Errors
    /// [`ExportError::Output`] when a temporary file cannot be read or written; in canonical order [`ExportError::Format`]
    /// for blank nodes without canonical labels (a poison graph).
    pub fn finish(mut self) -> Result<Sorted, ExportError> {
        let blank = std::mem::take(&mut self.blank);
        if !blank.is_empty() {
            let labelled = canonical(&blank).and_then(|lines| {
                RdfParser::from_format(RdfFormat::NQuads)
                    .for_slice(lines.as_bytes())
                    .collect::<Result<Vec<Quad>, _>>()
                    .map_err(|error| ExportError::Format(error.to_string()))
            });
            let quads = match labelled {
                Ok(quads) => quads,
                Err(error) if self.order == Order::Canonical => return Err(error),
                // Their own labels serve as well, in this store.
                Err(_) => blank,
            };
            for quad in quads {
                self.take(quad)?;
            }
        }
        let mut held = self.held;
        held.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let files = self.files.into_iter().map(|(_, file)| file).collect();
        Sorted::of(self.order, held, files, self.terms)
    }
}

impl Sorted {
    fn of(
        order: Order,
        held: Vec<(String, Quad)>,
        files: Vec<File>,
        terms: BTreeSet<NamedNode>,
    ) -> Result<Self, ExportError> {
        let mut sorted = Self {
            order,
            memory: held.into_iter(),
            files: files
                .into_iter()
                .map(|file| {
                    RdfParser::from_format(RdfFormat::NQuads).for_reader(BufReader::new(file))
                })
                .collect(),
            heap: BinaryHeap::new(),
            last: None,
            terms,
        };
        sorted.refill(None)?;
        for file in 0..sorted.files.len() {
            sorted.refill(Some(file))?;
        }
        Ok(sorted)
    }

    /// Puts the next quad of a file or of memory into the heap.
    fn refill(&mut self, from: Option<usize>) -> Result<(), ExportError> {
        let next = match from {
            None => self.memory.next(),
            Some(file) => match self.files.get_mut(file).and_then(Iterator::next) {
                None => None,
                Some(Ok(quad)) => Some((self.order.key(&quad), quad)),
                Some(Err(error)) => return Err(ExportError::Format(error.to_string())),
            },
        };
        if let Some((key, quad)) = next {
            self.heap.push(Next { key, from, quad });
        }
        Ok(())
    }
}

impl Iterator for Sorted {
    type Item = Result<Quad, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Next { key, from, quad } = self.heap.pop()?;
            if let Err(error) = self.refill(from) {
                return Some(Err(error));
            }
            if self.last.as_ref() != Some(&key) {
                self.last = Some(key);
                return Some(Ok(quad));
            }
        }
    }
}

impl PartialEq for Next {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Next {}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Next {
    /// The other way round: the heap gives its greatest.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&other.key, other.from).cmp(&(&self.key, self.from))
    }
}

/// A temporary file of N-Quads without a name, ready to be read.
fn write_file(quads: impl Iterator<Item = Result<Quad, ExportError>>) -> Result<File, ExportError> {
    let mut file = tempfile::tempfile()?;
    let mut writer =
        RdfSerializer::from_format(RdfFormat::NQuads).for_writer(BufWriter::new(&mut file));
    for quad in quads {
        writer.serialize_quad(&quad?)?;
    }
    writer.finish()?.flush()?;
    file.rewind()?;
    Ok(file)
}

fn is_blank(quad: &Quad) -> bool {
    quad.subject.is_blank_node()
        || quad.graph_name.is_blank_node()
        || match &quad.object {
            Term::BlankNode(_) => true,
            Term::Triple(triple) => triple.to_string().contains("_:"),
            Term::NamedNode(_) | Term::Literal(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{BlankNode, Literal};

    fn quads() -> Vec<Quad> {
        let node = |local: String| NamedNode::new_unchecked(format!("http://example.org/{local}"));
        (0..3000_u32)
            .map(|n| {
                Quad::new(
                    node(format!("s{}", n * 7919 % 500)),
                    node(format!("p{}", n % 3)),
                    Literal::new_simple_literal(format!("a \"{}\"\n", n % 1000)),
                    if n % 2 == 0 {
                        GraphName::DefaultGraph
                    } else {
                        node(format!("g{}", n % 5)).into()
                    },
                )
            })
            .collect()
    }

    fn sorted(quads: &[Quad], order: Order, limit: usize) -> Vec<Quad> {
        let mut sorter = Sorter::holding(order, limit);
        for quad in quads {
            sorter.push(quad.clone()).unwrap();
        }
        sorter.finish().unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn pieces_in_files_give_what_memory_gives() {
        let mut quads = quads();
        quads.extend(quads.clone());
        for order in [Order::Reading, Order::Canonical] {
            let whole = sorted(&quads, order, usize::MAX);
            assert_eq!(whole.len(), 3000);
            // many files, merged in steps
            assert!(whole == sorted(&quads, order, 2_000));
            quads.reverse();
            assert!(whole == sorted(&quads, order, 100_000));
        }
    }

    #[test]
    fn canonical_order_is_rdfc() {
        let mut quads = quads();
        let blank = |label: &str| BlankNode::new_unchecked(label);
        let knows = NamedNode::new_unchecked("http://example.org/p0");
        for (a, b) in [("x", "y"), ("y", "z")] {
            quads.push(Quad::new(
                blank(a),
                knows.clone(),
                blank(b),
                GraphName::DefaultGraph,
            ));
        }
        let odd = "\u{0}\u{7}\u{8}\t\u{b}\u{c}\r\u{1f}\u{7f}\u{80}\u{fffe}\\ é";
        quads.push(Quad::new(
            blank("x"),
            knows.clone(),
            Literal::new_simple_literal(odd),
            GraphName::DefaultGraph,
        ));
        quads.push(Quad::new(
            knows.clone(),
            knows,
            Literal::new_simple_literal(odd),
            GraphName::DefaultGraph,
        ));
        let ours: String = sorted(&quads, Order::Canonical, 5_000)
            .iter()
            .map(|quad| canonical_line(quad) + "\n")
            .collect();
        assert!(ours == canonical(&quads).unwrap());
    }
}
