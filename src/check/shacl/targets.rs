//! What shapes are about → how many nodes of a graph each of them checks.

use super::shapes::sh;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Graph, NamedNode, Quad, Term, TermRef};
use std::collections::{BTreeMap, BTreeSet};

/// The targets of shapes that are not deactivated, by shape.
#[derive(Debug, Default)]
pub(super) struct Targets {
    classes: BTreeMap<String, BTreeSet<usize>>,
    nodes: BTreeMap<String, BTreeSet<usize>>,
    subjects: BTreeMap<String, BTreeSet<usize>>,
    objects: BTreeMap<String, BTreeSet<usize>>,
    shapes: Vec<Term>,
}

/// How many nodes were checked.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// By shape, also where none.
    pub(super) per_shape: Vec<(Term, usize)>,
    /// Different nodes, of all shapes.
    pub(super) all: usize,
}

/// A shape with its targets: the property that names each, and what it names.
struct Found {
    shape: Term,
    targets: Vec<(&'static str, String)>,
}

impl Found {
    fn new(shape: Term) -> Self {
        Self {
            shape,
            targets: Vec::new(),
        }
    }
}

impl Targets {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut found: BTreeMap<String, Found> = BTreeMap::new();
        for name in [
            "targetClass",
            "targetNode",
            "targetSubjectsOf",
            "targetObjectsOf",
        ] {
            for triple in graph.triples_for_predicate(&sh(name)) {
                let shape = Term::from(triple.subject.into_owned());
                let entry = found
                    .entry(shape.to_string())
                    .or_insert_with(|| Found::new(shape));
                entry.targets.push((name, triple.object.to_string()));
            }
        }
        // a shape that is a class is about its instances
        for class in [
            rdfs::CLASS.into_owned(),
            NamedNode::new_unchecked("http://www.w3.org/2002/07/owl#Class"),
        ] {
            for subject in graph.subjects_for_predicate_object(rdf::TYPE, &class) {
                let is_shape = ["NodeShape", "PropertyShape"].iter().any(|name| {
                    graph.contains(oxigraph::model::TripleRef::new(
                        subject,
                        rdf::TYPE,
                        &sh(name),
                    ))
                });
                if is_shape {
                    let shape = Term::from(subject.into_owned());
                    let key = shape.to_string();
                    let entry = found
                        .entry(key.clone())
                        .or_insert_with(|| Found::new(shape));
                    entry.targets.push(("targetClass", key));
                }
            }
        }
        let mut targets = Self::default();
        for Found {
            shape,
            targets: list,
        } in found.into_values()
        {
            if is_deactivated(graph, &shape) {
                continue;
            }
            let at = targets.shapes.len();
            targets.shapes.push(shape);
            for (name, value) in list {
                let kind = match name {
                    "targetClass" => &mut targets.classes,
                    "targetNode" => &mut targets.nodes,
                    "targetSubjectsOf" => &mut targets.subjects,
                    _ => &mut targets.objects,
                };
                kind.entry(value).or_default().insert(at);
            }
        }
        targets
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    pub(super) fn shapes(&self) -> impl Iterator<Item = &Term> {
        self.shapes.iter()
    }

    /// Counts the nodes of a graph that are targets; `sh:targetNode` counts where the graph says anything of the node.
    pub(super) fn count(&self, quads: &[&Quad]) -> Counted {
        let classes = self.with_subclasses(quads);
        let mut nodes: Vec<BTreeSet<String>> = vec![BTreeSet::new(); self.shapes.len()];
        let mut add = |shapes: Option<&BTreeSet<usize>>, node: &str| {
            for &shape in shapes.into_iter().flatten() {
                if let Some(nodes) = nodes.get_mut(shape)
                    && !nodes.contains(node)
                {
                    nodes.insert(node.to_owned());
                }
            }
        };
        for quad in quads {
            if quad.predicate.as_ref() == rdf::TYPE {
                let shapes = classes.get(&quad.object.to_string());
                if shapes.is_some() {
                    add(shapes, &quad.subject.to_string());
                }
            }
            if !self.nodes.is_empty() {
                let (subject, object) = (quad.subject.to_string(), quad.object.to_string());
                add(self.nodes.get(&subject), &subject);
                add(self.nodes.get(&object), &object);
            }
            if !self.subjects.is_empty() || !self.objects.is_empty() {
                let predicate = quad.predicate.to_string();
                add(self.subjects.get(&predicate), &quad.subject.to_string());
                add(self.objects.get(&predicate), &quad.object.to_string());
            }
        }
        let all: BTreeSet<&String> = nodes.iter().flatten().collect();
        Counted {
            all: all.len(),
            per_shape: self
                .shapes
                .iter()
                .cloned()
                .zip(nodes.iter().map(BTreeSet::len))
                .collect(),
        }
    }

    /// The shapes of each class, and of its superclasses as the graph tells them.
    fn with_subclasses(&self, quads: &[&Quad]) -> BTreeMap<String, BTreeSet<usize>> {
        let mut classes = self.classes.clone();
        let subclasses: Vec<(String, String)> = quads
            .iter()
            .filter(|quad| quad.predicate.as_ref() == rdfs::SUB_CLASS_OF)
            .map(|quad| (quad.subject.to_string(), quad.object.to_string()))
            .collect();
        loop {
            let mut changed = false;
            for (sub, class) in &subclasses {
                let Some(shapes) = classes.get(class).cloned() else {
                    continue;
                };
                let known = classes.entry(sub.clone()).or_default();
                let before = known.len();
                known.extend(shapes);
                changed |= known.len() != before;
            }
            if !changed {
                return classes;
            }
        }
    }
}

fn is_deactivated(graph: &Graph, shape: &Term) -> bool {
    super::shapes::as_subject(shape).is_some_and(|node| {
        graph
            .objects_for_subject_predicate(node, sh("deactivated").as_ref())
            .any(|value| matches!(value, TermRef::Literal(flag) if flag.value() == "true"))
    })
}
