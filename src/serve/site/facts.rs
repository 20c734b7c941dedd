//! IRIs of facts → what the store tells of them: their values, and the sentences that tell them.

pub(in crate::serve) use super::teller::{FROM, TO, Teller, capital};
use crate::serve::Shared;
use crate::serve::names::Names;
use crate::serve::ontology;
use crate::serve::problem::Problem;
pub(in crate::serve) use crate::serve::rows::text;
use crate::serve::rows::{Row, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

pub(in crate::serve) const PREFIXES: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
";

/// Classes of facts, in the order in which a page lists them.
pub(in crate::serve) const KINDS: [&str; 9] = [
    "Visit",
    "Treaty",
    "MissionPhase",
    "MissionEvent",
    "RelationEvent",
    "Appointment",
    "Meeting",
    "OrganisationMembership",
    "Observation",
];

/// Some text, which may lead somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::serve) struct Piece {
    /// What is shown.
    pub(in crate::serve) text: String,
    /// Where it leads; empty for nowhere.
    pub(in crate::serve) address: String,
    /// Its language where it may be another than the page's; empty where it is not known.
    pub(in crate::serve) language: String,
}

impl Piece {
    /// Plain text in the page's language.
    pub(in crate::serve) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// A sentence of a document that tells a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Sentence {
    /// The claim's last part, by which the document's page knows it.
    pub(in crate::serve) claim: String,
    /// The words.
    pub(in crate::serve) quote: String,
    /// The document's title.
    pub(in crate::serve) title: String,
    /// Where the words stand in the document's page.
    pub(in crate::serve) address: String,
    /// The document's language; empty where it is not known.
    pub(in crate::serve) language: String,
}

/// A fact as the store has it.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Fact {
    /// Its IRI.
    pub(in crate::serve) iri: String,
    /// Its class: one of [`KINDS`]; empty for another.
    pub(in crate::serve) class: &'static str,
    /// Local name of a property → its values.
    pub(in crate::serve) values: BTreeMap<String, Vec<Value>>,
    /// What tells it.
    pub(in crate::serve) sentences: Vec<Sentence>,
    /// Whether sources disagree on it.
    pub(in crate::serve) disputed: bool,
}

/// A fact as a page shows it.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Line {
    /// Its IRI.
    pub(in crate::serve) iri: String,
    /// Where its page is.
    pub(in crate::serve) address: String,
    /// Its class.
    pub(in crate::serve) class: &'static str,
    /// Its date in words; empty without one.
    pub(in crate::serve) date: String,
    /// Its date in EDTF.
    pub(in crate::serve) edtf: String,
    /// What happened.
    pub(in crate::serve) head: Vec<Piece>,
    /// What else is told: name and values.
    pub(in crate::serve) notes: Vec<(String, Vec<Piece>)>,
    /// `a` when it goes from the first of two sides to the second, `b` the other way; empty for neither.
    pub(in crate::serve) way: &'static str,
    /// What tells it.
    pub(in crate::serve) sentences: Vec<Sentence>,
    /// How many sentences tell it; the first of them are shown.
    pub(in crate::serve) told: usize,
    /// How many documents these are of.
    pub(in crate::serve) documents: usize,
    /// Whether sources disagree on it.
    pub(in crate::serve) disputed: bool,
}

impl Fact {
    /// The first value of a property; empty where there is none.
    pub(in crate::serve) fn text(&self, property: &str) -> &str {
        self.values
            .get(property)
            .and_then(|values| values.first())
            .map_or("", |value| value.text.as_str())
    }

    /// The values of a property.
    pub(in crate::serve) fn all(&self, property: &str) -> &[Value] {
        self.values.get(property).map_or(&[], Vec::as_slice)
    }

    /// Its date in EDTF as its class gives it, from and to; either may be empty.
    pub(super) fn period(&self) -> (String, String) {
        let first = |names: &[&str]| {
            names
                .iter()
                .map(|name| self.text(name))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned()
        };
        match self.class {
            "MissionPhase" => (
                self.text("opened").to_owned(),
                self.text("closed").to_owned(),
            ),
            "Appointment" | "OrganisationMembership" => {
                (self.text("start").to_owned(), self.text("end").to_owned())
            }
            "Treaty" => (
                first(&["signed", "adopted", "dated", "inForce"]),
                String::new(),
            ),
            _ => (first(&["date", "start"]), self.text("end").to_owned()),
        }
    }

    /// The first day that it may have been; empty when nothing dates it.
    pub(in crate::serve) fn since(&self) -> &str {
        self.text("earliest")
    }
}

/// The facts with these IRIs, each with what is told of it; those that the store does not know are absent.
pub(in crate::serve) async fn of(
    shared: &Shared,
    iris: &[String],
) -> Result<BTreeMap<String, Fact>, Problem> {
    let mut facts = BTreeMap::new();
    if iris.is_empty() {
        return Ok(facts);
    }
    let mut these = String::new();
    for iri in iris {
        let _ = write!(these, "<{iri}> ");
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?x ?p ?o WHERE {{ VALUES ?x {{ {these} }} ?x ?p ?o
  FILTER(?p NOT IN (dip:supportedBy, dip:value, dip:account)) }} ORDER BY ?x ?p ?o"
        ))
        .await?;
    for row in &rows {
        note(&mut facts, row);
    }
    let names = shared.names().await?;
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?x ?claim ?quote ?doc ?language WHERE {{ VALUES ?x {{ {these} }} ?x dip:supportedBy ?claim
  GRAPH ?doc {{ ?claim dip:quote ?quote OPTIONAL {{ ?doc dct:language ?language }} }} }} ORDER BY ?x ?doc ?claim"
        ))
        .await?;
    for row in &rows {
        if let Some(fact) = facts.get_mut(text(row, "x")) {
            fact.sentences.push(sentence(shared, &names, row));
        }
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT DISTINCT ?x WHERE {{ VALUES ?x {{ {these} }} ?c dip:about ?x ; a dip:Conflict }}"
        ))
        .await?;
    for row in &rows {
        if let Some(fact) = facts.get_mut(text(row, "x")) {
            fact.disputed = true;
        }
    }
    Ok(facts)
}

/// A sentence of a row with `claim`, `quote`, `doc` and perhaps `language`.
pub(in crate::serve) fn sentence(shared: &Shared, names: &Names, row: &Row) -> Sentence {
    let document = text(row, "doc");
    let claim = local(text(row, "claim")).to_owned();
    let title = names
        .of_iri(document)
        .and_then(|thing| thing.labels.first())
        .map_or_else(|| local(document).to_owned(), |label| label.text.clone());
    Sentence {
        quote: text(row, "quote").trim().to_owned(),
        title,
        address: format!("{}#c-{claim}", page(document, &shared.base)),
        language: text(row, "language").to_owned(),
        claim,
    }
}

fn note(facts: &mut BTreeMap<String, Fact>, row: &Row) {
    let (Some(x), Some(property), Some(value)) = (row.get("x"), row.get("p"), row.get("o")) else {
        return;
    };
    let fact = facts.entry(x.text.clone()).or_insert_with(|| Fact {
        iri: x.text.clone(),
        ..Fact::default()
    });
    let property = local(&property.text);
    if property == "type" {
        let class = local(&value.text);
        if let Some(kind) = KINDS.into_iter().find(|kind| *kind == class) {
            fact.class = kind;
        }
    }
    fact.values
        .entry(property.to_owned())
        .or_default()
        .push(value.clone());
}

/// What an IRI ends with.
pub(in crate::serve) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The address of the page of what has an IRI; that of something elsewhere is its IRI, if it is for clicking (`javascript:` and its like are
/// not), else empty.
pub(in crate::serve) fn page(iri: &str, base: &str) -> String {
    match (iri.strip_prefix(base), iri.strip_prefix(ontology::IRI)) {
        (Some(path), _) if path.starts_with("document/") => format!("/{path}"),
        (Some(path), _) => format!("/page/{path}"),
        (None, Some(term)) => format!("/ontology{term}"),
        (None, None) if iri.starts_with("http://") || iri.starts_with("https://") => iri.to_owned(),
        (None, None) => String::new(),
    }
}
