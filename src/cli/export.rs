use super::settings::StoreArgument;
use super::target::{Target, write_file};
use super::{CliError, output};
use crate::describe::dataset;
use crate::export::{
    Depth, ExportError, Layer, Part, RdfFormat, Sorter, Style, Tables, quads_of, write_map,
    write_rdf, write_timeline,
};
use crate::fact::Edtf;
use crate::link::Index;
use crate::link::statements::statements;
use crate::pipeline::{DEFAULT_BASE, PREFIXES, document_graph};
use crate::query::{Answer, GraphFormat, Request, answer};
use crate::store::Store;
use clap::Args;
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write what a store holds as RDF, CSV tables, GeoJSON or a timeline
///
/// The same store gives the same bytes. trig, nq, jsonld and canonical hold the world in the default graph and each document in a
/// graph of its own; ttl, nt and rdf hold the world in one graph, with the words and documents behind every claim and the
/// documents' publishers and licences. The store's size is no matter of memory: quads are sorted in pieces in temporary
/// files (TMPDIR says where).
#[derive(Debug, Args)]
pub(super) struct Export {
    /// ttl, trig, nt, nq, jsonld, rdf, canonical (N-Quads by RDFC-1.0), csv (one table per kind of fact, and their sources),
    /// geojson (missions and visits), timeline (JSON), quickstatements (what Wikidata lacks, as commands for its editors) [default: by the ending of --to, else ttl]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    store: StoreArgument,
    /// Only what this document says
    #[arg(long, value_name = "ID", group = "part")]
    document: Option<String>,
    /// Only what is known of this entity or event: an IRI, the end of one (person/charles-de-gaulle), a key (FRA) or a name
    #[arg(long, value_name = "ENTITY", group = "part")]
    entity: Option<String>,
    /// Only what happened between two states or other bodies, given as for --entity
    #[arg(long, value_names = ["A", "B"], num_args = 2, group = "part")]
    between: Option<Vec<String>>,
    /// With quickstatements: an index of Wikidata (`chancery link index`), so that what is there already is left out
    #[arg(long, value_name = "FILE", env = "CHANCERY_LINK_INDEX")]
    index: Option<PathBuf>,
    /// With quickstatements: tell in words what would be added, with its sources
    #[arg(long)]
    report: bool,
    /// One table of csv (visit, treaty, mission …, sources), or one layer of geojson (missions, visits)
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// Write to a file (packed where it ends in .gz), or into a folder (ends in / or is one): a file for the world and for
    /// each document, table or layer; - is standard output
    #[arg(long, value_name = "FILE|DIR", default_value = "-")]
    to: PathBuf,
}

/// What to write.
#[derive(Clone, Copy, Debug)]
enum Format {
    Rdf(RdfFormat),
    Csv,
    GeoJson,
    Timeline,
    QuickStatements,
}

impl Format {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "geojson" => Some(Self::GeoJson),
            "timeline" => Some(Self::Timeline),
            "quickstatements" => Some(Self::QuickStatements),
            _ => RdfFormat::parse(name).map(Self::Rdf),
        }
    }
}

impl Export {
    pub(super) fn run(self) -> Result<(), CliError> {
        let format = self.format()?;
        if self.table.is_some() && !matches!(format, Format::Csv | Format::GeoJson) {
            return Err(CliError::Usage(
                "--table goes with --format csv or geojson".to_owned(),
            ));
        }
        let tables = matches!(format, Format::Csv) && self.table.is_none();
        let target = Target::of(&self.to, tables);
        let store = self.store.open()?;
        let part = self.part(&store)?;
        match format {
            Format::Rdf(format) => rdf(&store, &part, format, &target),
            Format::Csv => self.tables(&store, &part, &target),
            Format::GeoJson => self.map(&store, &part, &target),
            Format::Timeline => target.in_folder("timeline.json").write(&mut |out| {
                write_timeline(&store, &part, out)?;
                Ok(())
            }),
            Format::QuickStatements => self.quick_statements(&store, &target),
        }
    }

    /// What Wikidata lacks; nothing is sent anywhere.
    fn quick_statements(&self, store: &Store, target: &Target) -> Result<(), CliError> {
        if self.document.is_some() || self.entity.is_some() || self.between.is_some() {
            return Err(CliError::Usage(
                "quickstatements is made of the whole store".to_owned(),
            ));
        }
        let index = self.index.as_deref().map(Index::open).transpose()?;
        let found = statements(store, &|id| index.as_ref()?.item(id))?;
        let day = Edtf::parse(&super::today()).unwrap_or(Edtf::in_year(1));
        let text = if self.report {
            found.report()
        } else {
            found.commands(&day)
        };
        target.in_folder("quickstatements.tsv").write(&mut |out| {
            out.write_all(text.as_bytes())?;
            Ok(())
        })?;
        output::note(&found.summary());
        if index.is_none() && found.unseen > 0 {
            output::note(
                "give an index of Wikidata (--index) so that what is there already is left out",
            );
        }
        Ok(())
    }

    fn format(&self) -> Result<Format, CliError> {
        let name = match &self.format {
            Some(name) => name.clone(),
            None => {
                let name = self.to.to_string_lossy();
                let name = name.strip_suffix(".gz").unwrap_or(&name);
                let ending = Path::new(name).extension().and_then(|end| end.to_str());
                ending
                    .filter(|end| Format::parse(end).is_some())
                    .unwrap_or("ttl")
                    .to_owned()
            }
        };
        Format::parse(&name).ok_or_else(|| {
            CliError::Usage(format!(
                "no format is called {name:?}; there are ttl, trig, nt, nq, jsonld, rdf, canonical, csv, geojson, timeline and quickstatements"
            ))
        })
    }

    fn part(&self, store: &Store) -> Result<Part, CliError> {
        if let Some(document) = &self.document {
            return Ok(Part::Document(graph_of(store, document)?));
        }
        if let Some(entity) = &self.entity {
            return Ok(Part::Entity(entity_of(store, entity)?));
        }
        match self.between.as_deref() {
            Some([a, b]) => Ok(Part::Pair(entity_of(store, a)?, entity_of(store, b)?)),
            Some(_) | None => Ok(Part::Whole),
        }
    }

    fn tables(&self, store: &Store, part: &Part, target: &Target) -> Result<(), CliError> {
        let tables = Tables::of(store, part)?;
        let kinds = Tables::kinds();
        let write = |name: &str, out: &mut dyn Write| -> Result<usize, ExportError> {
            match kinds.iter().find(|(kind, _)| kind == name) {
                Some((_, query)) => tables.facts(query, out),
                None => tables.sources(out),
            }
        };
        let names = || {
            kinds
                .iter()
                .map(|(name, _)| name.as_str())
                .chain(["sources"])
        };
        if let Some(table) = &self.table {
            if !names().any(|name| name == table) {
                return Err(CliError::Usage(format!(
                    "no table is called {table:?}; there are {}",
                    names().collect::<Vec<_>>().join(", ")
                )));
            }
            return target
                .in_folder(&format!("{table}.csv"))
                .write(&mut |out| Ok(write(table, out).map(drop)?));
        }
        if matches!(target, Target::Output) {
            return Err(CliError::Usage(
                "csv is one file per kind of fact: say --to DIR, or --table NAME for one on standard output"
                    .to_owned(),
            ));
        }
        for name in names() {
            let file = target.in_folder(&format!("{name}.csv"));
            let mut rows = 0;
            file.write(&mut |out| {
                rows = write(name, out)?;
                Ok(())
            })?;
            file.note(rows, "row");
        }
        match target {
            Target::Folder(folder) if *part == Part::Whole => describe(store, folder),
            Target::Folder(_) | Target::File(_) | Target::Output => Ok(()),
        }
    }

    fn map(&self, store: &Store, part: &Part, target: &Target) -> Result<(), CliError> {
        let layers: Vec<Layer> = Layer::ALL
            .iter()
            .filter(|layer| self.table.as_ref().is_none_or(|name| layer.name() == name))
            .copied()
            .collect();
        if layers.is_empty() {
            return Err(CliError::Usage(
                "the layers of geojson are missions and visits".to_owned(),
            ));
        }
        if let Target::Folder(_) = target {
            for layer in layers {
                let file = target.in_folder(&format!("{}.geojson", layer.name()));
                let mut features = 0;
                file.write(&mut |out| {
                    features = write_map(store, part, &[layer], out)?;
                    Ok(())
                })?;
                file.note(features, "feature");
            }
            return Ok(());
        }
        target.write(&mut |out| {
            write_map(store, part, &layers, out)?;
            Ok(())
        })
    }
}

fn rdf(store: &Store, part: &Part, format: RdfFormat, target: &Target) -> Result<(), CliError> {
    let Target::Folder(folder) = target else {
        return target.write(&mut |out| one_file(store, part, base_of(store), format, None, out));
    };
    let end = format.ending();
    let world = folder.join(format!("world.{end}"));
    if !matches!(part, Part::Document(_)) {
        write_file(&world, &mut |out| {
            one_file(store, part, base_of(store), format, Some(Only::World), out)
        })?;
    }
    if *part == Part::Whole {
        describe(store, folder)?;
    }
    let graphs = graphs(store, part)?;
    for graph in &graphs {
        let file = folder.join(format!("{}.{end}", file_of(store, graph)));
        let only = Some(Only::Graph(graph));
        write_file(&file, &mut |out| {
            one_file(store, part, base_of(store), format, only, out)
        })?;
    }
    output::note(&format!(
        "{}: the world and {}",
        folder.display(),
        output::count(graphs.len(), "document")
    ));
    Ok(())
}

/// The description of the data beside them: what they hold, from which documents and under which licences.
fn describe(store: &Store, folder: &Path) -> Result<(), CliError> {
    let described = dataset(store, None)?;
    write_file(&folder.join("description.ttl"), &mut |out| {
        Ok(described.write(GraphFormat::Turtle, out)?)
    })
}

/// One file of a folder.
#[derive(Clone, Copy, Debug)]
pub(super) enum Only<'a> {
    /// The world, with what its claims rest on.
    World,
    /// What a part has of one named graph.
    Graph(&'a NamedNode),
}

/// Sorts and writes the quads of a part: all that the format can hold, or one file of a folder.
pub(super) fn one_file(
    store: &Store,
    part: &Part,
    base: &str,
    format: RdfFormat,
    only: Option<Only<'_>>,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    let mut sorter = Sorter::new(format.order());
    let depth = match only {
        Some(Only::World) => Depth::World,
        Some(Only::Graph(_)) => Depth::Graphs,
        None if format.holds_datasets() => Depth::Graphs,
        None => Depth::World,
    };
    let mut take = |mut quad: Quad| {
        if let Some(Only::Graph(graph)) = only
            && quad.graph_name.as_ref() != graph.as_ref().into()
        {
            return Ok(());
        }
        if !format.holds_datasets() {
            quad.graph_name = GraphName::DefaultGraph;
        }
        sorter.push(quad)
    };
    match (part, only) {
        // All of a graph is read faster from the graph.
        (Part::Whole, Some(Only::Graph(graph))) => {
            quads_of(store, &Part::Document(graph.clone()), depth, &mut take)?;
        }
        _ => quads_of(store, part, depth, &mut take)?,
    }
    let style = Style {
        prefixes: PREFIXES,
        base,
    };
    write_rdf(sorter.finish()?, format, style, out)?;
    Ok(())
}

/// The named graphs of a part, sorted.
fn graphs(store: &Store, part: &Part) -> Result<Vec<NamedNode>, CliError> {
    if let Part::Document(graph) = part {
        return Ok(vec![graph.clone()]);
    }
    let mut graphs = std::collections::BTreeSet::new();
    if *part == Part::Whole {
        // Not every remote store takes a graph for there when its pattern is empty.
        let pattern = match store {
            Store::Embedded(_) => "",
            Store::Remote(_) => "?s ?p ?o",
        };
        let request = Request::new(format!(
            "SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {pattern} }} }}"
        ));
        let Answer::Rows { rows, .. } = answer(store, &request)? else {
            return Ok(Vec::new());
        };
        graphs.extend(rows.into_iter().flatten().filter_map(|term| match term {
            Some(Term::NamedNode(graph)) => Some(graph),
            Some(Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_)) | None => None,
        }));
    } else {
        quads_of(store, part, Depth::Graphs, &mut |quad| {
            if let GraphName::NamedNode(graph) = quad.graph_name {
                graphs.insert(graph);
            }
            Ok(())
        })?;
    }
    Ok(graphs.into_iter().collect())
}

/// `documents/ID` for a document, `graphs/IRI` for others, as a path that no id can lead out of the folder.
fn file_of(store: &Store, graph: &NamedNode) -> String {
    let documents = format!("{}document/", base_of(store));
    let safe = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' | '%' | ',' | '(' | ')' => c,
                c if c.is_alphanumeric() => c,
                _ => '_',
            })
            .collect()
    };
    match graph.as_str().strip_prefix(&documents) {
        Some(id) => {
            let parts = id.split('/').map(|part| match part {
                "" | "." | ".." => "_".to_owned(),
                part => safe(part),
            });
            format!("documents/{}", parts.collect::<Vec<_>>().join("/"))
        }
        None => format!("graphs/{}", safe(graph.as_str())),
    }
}

fn base_of(store: &Store) -> &str {
    store
        .manifest()
        .map_or(DEFAULT_BASE, |manifest| manifest.base.as_str())
}

/// The graph of a document, by the document's id or by the graph's IRI.
fn graph_of(store: &Store, document: &str) -> Result<NamedNode, CliError> {
    if document.contains("://") {
        return node(document);
    }
    let graph = node(&document_graph(base_of(store), document))?;
    let any = format!("SELECT ?p {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT 1");
    if store.manifest().is_none() || !super::rows_of(store, &any)?.is_empty() {
        return Ok(graph);
    }
    let some = "SELECT ?id { GRAPH ?g { ?g dct:identifier ?id } } ORDER BY ?id LIMIT 10";
    let some = super::rows_of(store, some)?;
    let some: Vec<&str> = some
        .iter()
        .filter_map(|row| row.get("id"))
        .map(String::as_str)
        .collect();
    Err(CliError::Usage(format!(
        "the store has no document {document:?}; it has {}",
        some.join(", ")
    )))
}

/// An entity by its IRI, the end of it, its key or its name.
fn entity_of(store: &Store, entity: &str) -> Result<NamedNode, CliError> {
    if entity.contains('/') {
        let node = if entity.contains("://") {
            node(entity)?
        } else {
            node(&format!("{}{entity}", base_of(store)))?
        };
        let request = Request::new(format!("ASK {{ {node} ?p ?o }}"));
        return match answer(store, &request)? {
            Answer::Boolean(false) => {
                Err(CliError::Usage(format!("the store says nothing of {node}")))
            }
            Answer::Boolean(true) | Answer::Rows { .. } | Answer::Graph(_) => Ok(node),
        };
    }
    let name = oxigraph::model::Literal::new_simple_literal(entity);
    let request = Request::new(format!(
        "SELECT DISTINCT ?e WHERE {{ {{ ?e dip:key {name} }} UNION {{ ?e rdfs:label|skos:prefLabel|skos:altLabel ?name . FILTER(STR(?name) = {name}) FILTER NOT EXISTS {{ ?e a dip:Fact }} }} }} ORDER BY ?e"
    ))
    .knowing(PREFIXES);
    let Answer::Rows { rows, .. } = answer(store, &request)? else {
        return Err(CliError::Failed("the store gave no rows".to_owned()));
    };
    let found: Vec<NamedNode> = rows
        .into_iter()
        .flatten()
        .filter_map(|term| match term {
            Some(Term::NamedNode(node)) => Some(node),
            Some(Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_)) | None => None,
        })
        .collect();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(CliError::Usage(format!(
            "the store has nothing with the key or name {entity:?}\n  help: give its IRI, or the end of it, as `chancery query person --param name=…` and other queries show it"
        ))),
        many => Err(CliError::Usage(format!(
            "{entity:?} names several: {}",
            many.iter()
                .map(NamedNode::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        ))),
    }
}

fn node(iri: &str) -> Result<NamedNode, CliError> {
    NamedNode::new(iri).map_err(|error| CliError::Usage(format!("<{iri}> is no IRI: {error}")))
}
