//! A store → what it holds, for catalogues and crawlers: VoID (W3C note of 3 March 2011) and DCAT 3, with source and licence of each document.

use crate::export::ExportError;
use crate::query::{Answer, Request, answer, plain};
use crate::store::Store;
use crate::triples::dataset_iri;
use crate::triples::vocabulary::{DEFAULT_BASE, PREFIXES};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCT: &str = "http://purl.org/dc/terms/";
const VOID: &str = "http://rdfs.org/ns/void#";
const LANGUAGES: &str = "http://id.loc.gov/vocabulary/iso639-1/";
const SPDX: &str = "https://spdx.org/licenses/";

/// How identifiers of licences in the SPDX list begin; what else a table says of a licence are words.
const SPDX_FAMILIES: &[&str] = &[
    "Apache-", "BSD-", "CC-", "CC0-", "EUPL-", "GFDL-", "GPL-", "LGPL-", "MIT", "ODC-", "ODbL-",
    "OGL-", "PDDL-", "etalab-",
];

const DOCUMENTS: &str = "SELECT ?d ?id ?title ?language ?licence ?publisher ?date ?source WHERE { GRAPH ?d { ?d a dip:Document ; dct:identifier ?id . \
    OPTIONAL { ?d dct:title ?title } OPTIONAL { ?d dct:language ?language } OPTIONAL { ?d dct:license ?licence } \
    OPTIONAL { ?d dct:publisher ?publisher } OPTIONAL { ?d dct:date ?date } OPTIONAL { ?d dct:source ?source } } } ORDER BY ?id";
const GRAPHS: &str = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g";
const WORLD: &str = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) WHERE { ?s ?p ?o }";
const CLASSES: &str =
    "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class";
const PROPERTIES: &str = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p";
const FIRST: &str = "SELECT (MIN(?day) AS ?first) WHERE { ?f dip:earliest ?day }";
const LAST: &str = "SELECT (MAX(?day) AS ?last) WHERE { ?f dip:latest ?day }";
const EXAMPLE: &str = "SELECT (MIN(STR(?f)) AS ?example) WHERE { ?f a dip:Fact }";

/// A document of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its IRI, which is its graph's.
    pub iri: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// BCP 47 tag; empty where it is not known.
    pub language: String,
    /// SPDX identifier, IRI or words; empty where it is not known.
    pub licence: String,
    /// Who published it; empty where it is not known.
    pub publisher: String,
    /// EDTF; empty where it is not known.
    pub date: String,
    /// Where it stands on the web; empty where it is not known.
    pub source: String,
    /// Triples of its graph.
    pub triples: u64,
}

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    /// IRI under which entities live.
    pub base: String,
    /// Name of the content, where the store has one.
    pub version: Option<String>,
    /// Its documents, sorted by id.
    pub documents: Vec<DocumentLine>,
    /// Triples of all graphs.
    pub triples: u64,
    /// Triples of the world.
    pub world: u64,
    /// Different subjects of the world.
    pub subjects: u64,
    /// Classes of the world with their members, by IRI.
    pub classes: BTreeMap<String, u64>,
    /// Properties of the world with their triples, by IRI.
    pub properties: BTreeMap<String, u64>,
    /// First and last day of its facts, xsd:date.
    pub period: (Option<String>, Option<String>),
    /// A fact of it.
    pub example: Option<String>,
    /// Where it can be asked in SPARQL.
    pub endpoint: Option<String>,
}

/// Asks a store what it holds.
///
/// # Errors
/// [`ExportError::Query`] when the store fails.
pub fn dataset(store: &Store, endpoint: Option<&str>) -> Result<Dataset, ExportError> {
    let ask = |query: &str| rows(store, query);
    let mut triples: BTreeMap<String, u64> = ask(GRAPHS)?
        .into_iter()
        .map(|mut row| (take(&mut row, "g"), number(&mut row, "n")))
        .collect();
    let all: u64 = triples.values().sum();
    let mut documents: BTreeMap<String, DocumentLine> = BTreeMap::new();
    for mut row in ask(DOCUMENTS)? {
        let iri = take(&mut row, "d");
        let line = DocumentLine {
            id: take(&mut row, "id"),
            title: take(&mut row, "title"),
            language: take(&mut row, "language"),
            licence: take(&mut row, "licence"),
            publisher: take(&mut row, "publisher"),
            date: take(&mut row, "date"),
            source: take(&mut row, "source"),
            triples: triples.remove(&iri).unwrap_or_default(),
            iri,
        };
        documents.entry(line.id.clone()).or_insert(line);
    }
    let documents: Vec<DocumentLine> = documents.into_values().collect();
    let base = match (store.manifest(), documents.first()) {
        // what others put into a store has no base of ours
        (Some(manifest), _) if !manifest.base.is_empty() => manifest.base.clone(),
        (_, Some(document)) => document
            .iri
            .split_once("document/")
            .map_or(DEFAULT_BASE, |(base, _)| base)
            .to_owned(),
        (_, None) => DEFAULT_BASE.to_owned(),
    };
    let mut world = ask(WORLD)?.into_iter().next().unwrap_or_default();
    let one = |query: &str, name: &str| -> Result<Option<String>, ExportError> {
        let row = ask(query)?.into_iter().next();
        Ok(row.and_then(|mut row| row.remove(name)))
    };
    let in_world = number(&mut world, "n");
    let counted = |query: &str, key: &str| -> Result<BTreeMap<String, u64>, ExportError> {
        let rows = ask(query)?.into_iter();
        Ok(rows
            .map(|mut row| (take(&mut row, key), number(&mut row, "n")))
            .collect())
    };
    Ok(Dataset {
        base,
        version: store.version().map(str::to_owned),
        documents,
        triples: all + in_world,
        world: in_world,
        subjects: number(&mut world, "subjects"),
        classes: counted(CLASSES, "class")?,
        properties: counted(PROPERTIES, "p")?,
        period: (one(FIRST, "first")?, one(LAST, "last")?),
        example: one(EXAMPLE, "example")?,
        endpoint: endpoint.map(str::to_owned),
    })
}

fn rows(store: &Store, query: &str) -> Result<Vec<BTreeMap<String, String>>, ExportError> {
    let Answer::Rows { variables, rows } = answer(store, &Request::new(query).knowing(PREFIXES))?
    else {
        return Err(ExportError::Format("the store gave no rows".to_owned()));
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let cells = variables.iter().cloned().zip(row);
            cells
                .filter_map(|(name, value)| Some((name, plain(&value?))))
                .collect()
        })
        .collect())
}

fn take(row: &mut BTreeMap<String, String>, name: &str) -> String {
    row.remove(name).unwrap_or_default()
}

fn number(row: &mut BTreeMap<String, String>, name: &str) -> u64 {
    take(row, name).parse().unwrap_or_default()
}

impl Dataset {
    /// Its IRI: `dataset` under the base.
    #[must_use]
    pub fn iri(&self) -> String {
        dataset_iri(&self.base)
    }

    /// Licences with the number of their documents; an empty one is not known.
    #[must_use]
    pub fn licences(&self) -> BTreeMap<&str, usize> {
        let mut licences = BTreeMap::new();
        for document in &self.documents {
            *licences.entry(document.licence.as_str()).or_default() += 1;
        }
        licences
    }

    /// The description as quads of the default graph, sorted by nothing yet; no blank nodes, no clock.
    #[must_use]
    pub fn quads(&self) -> Vec<Quad> {
        let mut out = Description::default();
        let set = NamedNode::new_unchecked(self.iri());
        out.types(&set, &[(DCAT, "Dataset"), (VOID, "Dataset")]);
        for (language, words) in [
            (
                "en",
                "Diplomatic facts, each with the sentence it was taken from",
            ),
            (
                "fr",
                "Faits diplomatiques, chacun avec la phrase dont il est tiré",
            ),
            (
                "es",
                "Hechos diplomáticos, cada uno con la frase de que procede",
            ),
        ] {
            let title = Literal::new_language_tagged_literal_unchecked(words, language);
            out.add(&set, (DCT, "title"), title);
        }
        let description = format!(
            "The world as {} documents tell it (the default graph), and what each of them says (a graph of its own).",
            self.documents.len()
        );
        let english = |words: &str| Literal::new_language_tagged_literal_unchecked(words, "en");
        out.add(&set, (DCT, "description"), english(&description));
        out.add(
            &set,
            (DCT, "conformsTo"),
            iri("https://w3id.org/chancery/ontology"),
        );
        out.count(&set, "triples", self.triples);
        out.count(&set, "distinctSubjects", self.subjects);
        out.count(&set, "classes", self.classes.len() as u64);
        out.count(&set, "properties", self.properties.len() as u64);
        out.count(&set, "documents", self.documents.len() as u64);
        out.add(&set, (VOID, "uriSpace"), text(&self.base));
        if let Some(example) = self.example.as_deref().and_then(checked) {
            out.add(&set, (VOID, "exampleResource"), example);
        }
        if let Some(version) = &self.version {
            out.add(&set, (DCAT, "version"), text(version));
        }
        let used = |namespace: &str| {
            let terms = self.classes.keys().chain(self.properties.keys());
            terms.into_iter().any(|term| term.starts_with(namespace))
        };
        for (_, namespace) in PREFIXES.iter().filter(|(_, namespace)| used(namespace)) {
            out.add(&set, (VOID, "vocabulary"), iri(namespace));
        }
        self.partitions(&mut out, &set);
        self.period(&mut out, &set);
        self.endpoint(&mut out, &set);
        self.rights(&mut out, &set);
        let languages: BTreeSet<&str> =
            self.documents.iter().map(|d| d.language.as_str()).collect();
        for language in languages.into_iter().filter_map(language_iri) {
            out.add(&set, (DCT, "language"), language);
        }
        for document in &self.documents {
            document.describe(&mut out, &set);
        }
        out.quads
    }

    fn partitions(&self, out: &mut Description, set: &NamedNode) {
        let kinds = [
            ("class", "classPartition", "entities", &self.classes),
            ("property", "propertyPartition", "triples", &self.properties),
        ];
        for (kind, partition, counted, counts) in kinds {
            for (term, n) in counts {
                let Some(term) = checked(term) else { continue };
                let name: String = short(term.as_str());
                let node = iri(&format!("{}/{kind}/{name}", set.as_str()));
                out.add(set, (VOID, partition), node.clone());
                out.add(&node, (VOID, kind), term);
                out.count(&node, counted, *n);
            }
        }
    }

    fn period(&self, out: &mut Description, set: &NamedNode) {
        if self.period == (None, None) {
            return;
        }
        let node = iri(&format!("{}/period", set.as_str()));
        out.add(set, (DCT, "temporal"), node.clone());
        out.types(&node, &[(DCT, "PeriodOfTime")]);
        let (first, last) = &self.period;
        for (property, day) in [("startDate", first), ("endDate", last)] {
            if let Some(day) = day {
                out.add(
                    &node,
                    (DCAT, property),
                    Literal::new_typed_literal(day, xsd::DATE),
                );
            }
        }
    }

    fn endpoint(&self, out: &mut Description, set: &NamedNode) {
        let Some(endpoint) = self.endpoint.as_deref().and_then(checked) else {
            return;
        };
        out.add(set, (VOID, "sparqlEndpoint"), endpoint.clone());
        let node = iri(&format!("{}/sparql", set.as_str()));
        out.add(set, (DCAT, "distribution"), node.clone());
        out.types(&node, &[(DCAT, "Distribution")]);
        out.add(&node, (DCAT, "accessURL"), endpoint);
        out.add(&node, (DCT, "title"), text("SPARQL 1.1"));
    }

    /// One licence where all documents have it; else each document's own counts.
    fn rights(&self, out: &mut Description, set: &NamedNode) {
        let licences = self.licences();
        let english = |words: String| Literal::new_language_tagged_literal_unchecked(words, "en");
        if licences.len() == 1
            && let Some((licence, _)) = licences.first_key_value()
        {
            out.licence(set, licence);
        } else if !licences.is_empty() {
            let told: Vec<String> = licences
                .iter()
                .map(|(licence, n)| match *licence {
                    "" => format!("not known ({n})"),
                    licence => format!("{licence} ({n})"),
                })
                .collect();
            let words = format!(
                "The documents are under several licences, each told at its subset: {}.",
                told.join("; ")
            );
            out.add(set, (DCT, "rights"), english(words));
        }
    }
}

impl DocumentLine {
    fn describe(&self, out: &mut Description, set: &NamedNode) {
        let Some(node) = checked(&self.iri) else {
            return;
        };
        out.add(set, (VOID, "subset"), node.clone());
        out.types(&node, &[(VOID, "Dataset")]);
        out.add(&node, (DCT, "identifier"), text(&self.id));
        let title = Literal::new_language_tagged_literal(&self.title, &self.language)
            .unwrap_or_else(|_| text(&self.title));
        out.add(&node, (DCT, "title"), title);
        out.count(&node, "triples", self.triples);
        if let Some(language) = language_iri(&self.language) {
            out.add(&node, (DCT, "language"), language);
        }
        out.licence(&node, &self.licence);
        if !self.publisher.is_empty() {
            out.add(&node, (DCT, "publisher"), text(&self.publisher));
        }
        if !self.date.is_empty() {
            let edtf = NamedNode::new_unchecked("http://id.loc.gov/datatypes/edtf/EDTF");
            out.add(
                &node,
                (DCT, "issued"),
                Literal::new_typed_literal(&self.date, edtf),
            );
        }
        match (self.source.as_str(), web(&self.source)) {
            ("", _) => {}
            (_, Some(page)) => out.add(&node, (DCT, "source"), page),
            (words, None) => out.add(&node, (DCT, "source"), text(words)),
        }
    }

    /// The document in one line: title, publisher, address and licence, as far as they are known.
    #[must_use]
    pub fn credit(&self) -> String {
        let known = [&self.title, &self.publisher, &self.source]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        match self.licence.as_str() {
            "" => format!("{known} (licence not known)"),
            licence => format!("{known} ({licence})"),
        }
    }
}

#[derive(Default)]
struct Description {
    quads: Vec<Quad>,
}

impl Description {
    fn add(
        &mut self,
        subject: &NamedNode,
        (namespace, local): (&str, &str),
        object: impl Into<Term>,
    ) {
        self.quads.push(Quad::new(
            subject.clone(),
            iri(&format!("{namespace}{local}")),
            object,
            GraphName::DefaultGraph,
        ));
    }

    fn types(&mut self, subject: &NamedNode, classes: &[(&str, &str)]) {
        for (namespace, local) in classes {
            let class = iri(&format!("{namespace}{local}"));
            self.quads.push(Quad::new(
                subject.clone(),
                rdf::TYPE,
                class,
                GraphName::DefaultGraph,
            ));
        }
    }

    fn count(&mut self, subject: &NamedNode, property: &str, n: u64) {
        let n = Literal::new_typed_literal(n.to_string(), xsd::INTEGER);
        self.add(subject, (VOID, property), n);
    }

    /// `dct:license` where it is an IRI or an SPDX identifier, `dct:rights` where it is words or not known.
    fn licence(&mut self, subject: &NamedNode, licence: &str) {
        if let Some(page) = web(licence) {
            self.add(subject, (DCT, "license"), page);
        } else if is_spdx(licence) {
            self.add(subject, (DCT, "license"), iri(&format!("{SPDX}{licence}")));
        } else {
            let words = if licence.is_empty() {
                "The licence is not known."
            } else {
                licence
            };
            self.add(subject, (DCT, "rights"), text(words));
        }
    }
}

fn is_spdx(licence: &str) -> bool {
    SPDX_FAMILIES
        .iter()
        .any(|family| licence.starts_with(family))
        && licence
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+'))
}

fn iri(text: &str) -> NamedNode {
    NamedNode::new_unchecked(text)
}

fn checked(text: &str) -> Option<NamedNode> {
    NamedNode::new(text).ok()
}

fn web(text: &str) -> Option<NamedNode> {
    let web = text.starts_with("http://") || text.starts_with("https://");
    web.then(|| checked(text)).flatten()
}

fn text(words: &str) -> Literal {
    Literal::new_simple_literal(words)
}

fn language_iri(tag: &str) -> Option<NamedNode> {
    let primary = tag.split('-').next().unwrap_or(tag);
    (primary.len() == 2 && primary.bytes().all(|b| b.is_ascii_lowercase()))
        .then(|| iri(&format!("{LANGUAGES}{primary}")))
}

/// The last part of an IRI, with the prefix of its namespace where there is one, so that no two share it.
fn short(term: &str) -> String {
    let prefixed = PREFIXES.iter().find_map(|(prefix, namespace)| {
        let local = term.strip_prefix(namespace)?;
        Some(format!("{prefix}-{local}"))
    });
    let name = prefixed.unwrap_or_else(|| term.to_owned());
    name.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect()
}
