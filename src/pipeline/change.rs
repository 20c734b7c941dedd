//! Documents that changed → what changes in a generation: of the documents that have a say in it, the world before and the world after, and the
//! quads in which they differ.

use super::graph::{Told, count, named};
use super::stages::info;
use super::{BuildError, Changed, Pipeline};
use crate::diagnostic::Diagnostic;
use crate::link::is_link;
use crate::resolve::{self, Decision, Shared, Source};
use crate::store::{Counts, Generation, Said, Shelf, StoreError};
use crate::triples::vocabulary::{
    BILATERAL_RELATION, CONFLICT, FACT, GOVERNMENT, MISSION, OFFICE, ORGANISATION, PERSON, PLACE,
    STATE, TYPE,
};
use crate::triples::{Graphs, document_iri};
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What documents said before a build changed them, by their ids; `None` where they were not there.
pub(super) type Before = BTreeMap<String, Option<Said>>;

/// What a build changed.
pub(super) struct Done {
    /// Quads put in, and taken out.
    pub(super) written: (u64, u64),
    /// What these are of.
    pub(super) changed: Changed,
    /// How many documents it was told from.
    pub(super) near: usize,
    /// What the store now holds.
    pub(super) counts: Counts,
    /// Decisions that rule nothing.
    pub(super) idle: Vec<Diagnostic>,
}

/// The shelf as documents are found in it by their ties.
struct Ties<'a>(&'a Shelf);

impl Shared for Ties<'_> {
    type Error = StoreError;

    fn documents(&self, tie: u64) -> Result<Vec<String>, StoreError> {
        self.0.tied(tie)
    }

    fn firsts(&self, tie: u64, except: &BTreeSet<&str>) -> Result<Vec<String>, StoreError> {
        self.0.first_tied(tie, except)
    }

    fn source(&self, document: &str) -> Result<Option<Source>, StoreError> {
        Ok(source(document, self.0.said(document)?.as_ref()))
    }
}

/// Quads by their words: those that are no longer, and those that are new.
#[derive(Default)]
struct Difference {
    old: BTreeMap<String, Quad>,
    new: BTreeMap<String, Quad>,
}

impl Difference {
    fn add(&mut self, old: Vec<Quad>, new: Vec<Quad>) {
        let words = |quad: Quad| (quad.to_string(), quad);
        self.old.extend(old.into_iter().map(words));
        self.new.extend(new.into_iter().map(words));
    }
}

impl Pipeline {
    /// Brings into a generation, which holds the graph of the documents as they were, what became of them. `decided` is what people had
    /// decided then.
    pub(super) fn change(
        &self,
        shelf: &Shelf,
        generation: &mut Generation,
        before: Before,
        decided: &[Decision],
        mut counts: Counts,
    ) -> Result<Done, BuildError> {
        let mut after: Before = BTreeMap::new();
        let mut changes: Vec<resolve::Changed> = Vec::new();
        for (id, old) in &before {
            let new = shelf.said(id)?;
            let [was, is] = [old, &new].map(|said| source(id, said.as_ref()));
            let [old_ties, new_ties] = [(&was, old), (&is, &new)].map(|(source, said)| {
                let both = source.as_ref().zip(said.as_ref());
                both.map_or_else(Vec::new, |(source, said)| {
                    self.stages.ties(source, &said.hashes)
                })
            });
            shelf.tie(id, &old_ties, &new_ties)?;
            for (said, away) in [(old, true), (&new, false)] {
                if let Some(said) = said {
                    count(&mut counts, said, away);
                }
            }
            changes.push(resolve::Changed {
                document: id.clone(),
                old: was,
                new: is,
            });
            after.insert(id.clone(), new);
        }
        let near = self.near(shelf, &changes, [&before, &after], decided)?;
        let mut rest = Vec::new();
        for id in near.iter().filter(|id| !before.contains_key(*id)) {
            rest.extend(shelf.said(id)?.map(|said| (id.clone(), said)));
        }
        let told = |own: Before, decisions: &[Decision]| {
            let own = own.into_iter().filter_map(|(id, said)| Some((id, said?)));
            let mut all: Vec<(String, Said)> = own.chain(rest.iter().cloned()).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            Told::of(self, all.into_iter(), decisions)
        };
        let ids: BTreeSet<String> = before.keys().cloned().collect();
        let (old, new) = (told(before, decided), told(after, &self.stages.decisions));
        let (graphs_old, graphs_new) = (old.graphs(self), new.graphs(self));
        let mut difference = parts(&graphs_old, &graphs_new);
        for (id, _) in &rest {
            difference.add(graphs_old.links(id), graphs_new.links(id));
        }
        for id in &ids {
            let graph = generation.of_graph(document_iri(&self.base, id).as_str())?;
            let made = shelf.document(id)?.map(|(document, said)| {
                let silent = self.stages.silent(&document, &said.claims);
                graphs_new.document(&info(&document, silent))
            });
            difference.add(graph, made.unwrap_or_default());
        }
        let mut done = Done {
            written: (0, 0),
            changed: Changed::default(),
            near: near.len(),
            counts,
            idle: new.idle.clone(),
        };
        let Difference { old, new } = difference;
        for (words, quad) in &old {
            if !new.contains_key(words) && !is_link(&quad.predicate) && generation.has(quad)? {
                done.note(quad, true);
                generation.take(quad.clone())?;
            }
        }
        for (words, quad) in new {
            if !old.contains_key(&words) && !generation.has(&quad)? {
                done.note(&quad, false);
                generation.put(quad)?;
            }
        }
        Ok(done)
    }

    /// The documents that what changed can be told from.
    fn near(
        &self,
        shelf: &Shelf,
        changes: &[resolve::Changed],
        [before, after]: [&Before; 2],
        decided: &[Decision],
    ) -> Result<BTreeSet<String>, BuildError> {
        let named = |decision: &Decision| {
            let with = |named: &resolve::Named| !named.claim.is_empty() || named.path.is_empty();
            with(&decision.this) && with(&decision.that)
        };
        let now = &self.stages.decisions;
        if !decided.iter().chain(now).all(named) {
            // What is named by its path alone can be anywhere: all documents have a say.
            let mut all = BTreeSet::new();
            shelf.each_said(|id, _| {
                all.insert(id);
            })?;
            all.extend(before.keys().cloned());
            return Ok(all);
        }
        let claims = [
            claims_of(shelf, decided, before, before)?,
            claims_of(shelf, now, before, after)?,
        ];
        let [claims_before, claims_after] = &claims;
        let deciding = [(decided, claims_before), (now.as_slice(), claims_after)];
        let deciding = deciding.map(|(decisions, claims)| resolve::Deciding { decisions, claims });
        Ok(resolve::touched(
            changes,
            deciding,
            &Ties(shelf),
            self.stages.tying(),
        )?)
    }
}

/// What a document brings into the world.
fn source(id: &str, said: Option<&Said>) -> Option<Source> {
    said.map(|said| Source {
        document: id.to_owned(),
        claims: said.claims.clone(),
    })
}

/// Where the claims stand that decisions name. `own` is what the changed documents say.
fn claims_of(
    shelf: &Shelf,
    decisions: &[Decision],
    changed: &Before,
    own: &Before,
) -> Result<BTreeMap<String, (String, usize)>, StoreError> {
    let named = decisions
        .iter()
        .flat_map(|decision| [&decision.this, &decision.that]);
    let hashes: BTreeSet<&str> = named.map(|named| named.claim.as_str()).collect();
    let mut found = BTreeMap::new();
    let mut note = |id: &str, said: &Said| {
        for (at, hash) in said.hashes.iter().enumerate() {
            if hashes.contains(hash.as_str()) {
                found.insert(hash.clone(), (id.to_owned(), at));
            }
        }
    };
    for (id, said) in own {
        if let Some(said) = said {
            note(id, said);
        }
    }
    for hash in hashes.iter().filter(|hash| !hash.is_empty()) {
        for id in shelf.tied(resolve::claim_tie(hash))? {
            if let Some(said) = shelf.said(&id)?.filter(|_| !changed.contains_key(&id)) {
                note(&id, &said);
            }
        }
    }
    Ok(found)
}

/// In what two worlds differ.
fn parts(old: &Graphs<'_>, new: &Graphs<'_>) -> Difference {
    let (before, after) = (named(old), named(new));
    let mut difference = Difference::default();
    for (name, part) in &before {
        match after.get(name) {
            Some(other) if old.print(*part) == new.print(*other) => {}
            Some(other) => difference.add(old.part(*part), new.part(*other)),
            None => difference.add(old.part(*part), Vec::new()),
        }
    }
    for (name, part) in &after {
        if !before.contains_key(name) {
            difference.add(Vec::new(), new.part(*part));
        }
    }
    difference
}

/// Classes of which each thing that lasts has one.
const THINGS: &[NamedNodeRef<'_>] = &[
    PERSON,
    STATE,
    GOVERNMENT,
    ORGANISATION,
    PLACE,
    OFFICE,
    MISSION,
    BILATERAL_RELATION,
];

impl Done {
    /// Notes that a quad is put in or taken out.
    fn note(&mut self, quad: &Quad, away: bool) {
        let (put, taken) = &mut self.written;
        *(if away { taken } else { put }) += 1;
        let GraphName::DefaultGraph = quad.graph_name else {
            if let (GraphName::NamedNode(graph), false) = (&quad.graph_name, away) {
                self.changed.graphs.insert(graph.as_str().to_owned());
            }
            return;
        };
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            self.changed.subjects.insert(subject.as_str().to_owned());
        }
        if quad.predicate != TYPE {
            return;
        }
        let of = |classes: &[NamedNodeRef<'_>]| matches!(&quad.object, Term::NamedNode(class) if classes.contains(&class.as_ref()));
        let Counts {
            entities,
            events,
            conflicts,
            ..
        } = &mut self.counts;
        for (number, counted) in [
            (entities, of(THINGS)),
            (events, of(&[FACT])),
            (conflicts, of(&[CONFLICT])),
        ] {
            if counted {
                *number = if away {
                    number.saturating_sub(1)
                } else {
                    *number + 1
                };
            }
        }
    }
}
