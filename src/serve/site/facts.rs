//! Facts of the graph → what pages show of them: a line with its date, who and what it names, and the sentences that tell it.

use super::dates;
use super::frame::Frame;
use crate::serve::Shared;
use crate::serve::names::Names;
use crate::serve::ontology;
use crate::serve::problem::Problem;
use crate::serve::rows::{Row, Value};
use std::collections::{BTreeMap, BTreeSet};
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

/// Most sentences that a line shows.
const SENTENCES: usize = 8;

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
    fn period(&self) -> (String, String) {
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

/// The text of a column; empty where it is unbound.
pub(in crate::serve) fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", |value| value.text.as_str())
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

/// Shows facts in a language.
pub(in crate::serve) struct Teller<'t> {
    /// The page around them.
    pub(in crate::serve) frame: &'t Frame,
    /// Names of what they lead to.
    pub(in crate::serve) names: &'t Names,
}

impl Teller<'_> {
    /// A thing under its name.
    pub(in crate::serve) fn thing(&self, iri: &str) -> Piece {
        let frame = self.frame;
        let label = self
            .names
            .of_iri(iri)
            .and_then(|thing| frame.language.best(&thing.labels))
            .or_else(|| frame.language.best(ontology::labels(iri)));
        let address = page(iri, &frame.base);
        Piece {
            text: label.map_or_else(
                || {
                    iri.strip_prefix(&frame.base)
                        .unwrap_or_else(|| local(iri))
                        .to_owned()
                },
                |label| label.text.clone(),
            ),
            address: if address.starts_with('/') {
                frame.to(&address)
            } else {
                address
            },
            language: label
                .and_then(|label| label.language.clone())
                .filter(|language| language != frame.code())
                .unwrap_or_default(),
        }
    }

    /// A value: a thing under its name, a date in words, a word of the data by its name.
    pub(in crate::serve) fn value(&self, value: &Value) -> Piece {
        let language = value.language.clone().unwrap_or_default();
        match (value.kind.as_str(), value.datatype.as_deref()) {
            ("uri", _) => self.thing(&value.text),
            (_, Some(kind)) if kind.ends_with("EDTF") || kind.ends_with("#date") => {
                Piece::plain(dates::said(&value.text, self.frame.language))
            }
            _ if language.is_empty() => Piece::plain(self.frame.value(&value.text)),
            _ => Piece {
                text: value.text.clone(),
                address: String::new(),
                language,
            },
        }
    }

    fn values(&self, fact: &Fact, property: &str) -> Vec<Piece> {
        fact.all(property)
            .iter()
            .map(|value| self.value(value))
            .collect()
    }

    /// Values one behind the other.
    fn joined(&self, fact: &Fact, properties: &[&str], between: &str) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::new();
        for property in properties {
            for piece in self.values(fact, property) {
                if out.contains(&piece) {
                    continue;
                }
                if !out.is_empty() {
                    out.push(Piece::plain(between));
                }
                out.push(piece);
            }
        }
        out
    }

    /// The line of a fact; `sides` are the IRIs of one side and of the other, where a page has two.
    pub(in crate::serve) fn line(
        &self,
        fact: &Fact,
        sides: Option<(&BTreeSet<String>, &BTreeSet<String>)>,
    ) -> Line {
        let (start, end) = fact.period();
        let lasts = matches!(
            fact.class,
            "MissionPhase" | "Appointment" | "OrganisationMembership"
        );
        let date = if lasts || !end.is_empty() {
            dates::span(&start, &end, self.frame.language)
        } else {
            dates::said(&start, self.frame.language)
        };
        let mut head = self.head(fact);
        if head.is_empty() {
            let label = self.frame.language.label(fact.all("label"));
            head.push(Piece::plain(label.unwrap_or_else(|| local(&fact.iri))));
        }
        let mut sentences = fact.sentences.clone();
        sentences.dedup_by(|a, b| a.quote == b.quote && a.title == b.title);
        let documents: BTreeSet<&String> = sentences.iter().map(|one| &one.title).collect();
        let documents = documents.len();
        sentences.truncate(SENTENCES);
        for sentence in &mut sentences {
            sentence.address = self.frame.to(&sentence.address);
        }
        Line {
            iri: fact.iri.clone(),
            address: self.frame.to(&page(&fact.iri, &self.frame.base)),
            class: fact.class,
            date,
            edtf: start,
            head,
            notes: self.notes(fact),
            way: sides.map_or("", |(one, other)| way(fact, one, other)),
            sentences,
            documents,
            disputed: fact.disputed,
        }
    }

    fn head(&self, fact: &Fact) -> Vec<Piece> {
        let arrow = |mut from: Vec<Piece>, to: Vec<Piece>| {
            if !from.is_empty() && !to.is_empty() {
                from.push(Piece::plain(" → "));
            }
            from.extend(to);
            from
        };
        let titled = |mut title: Vec<Piece>, rest: Vec<Piece>| {
            if !title.is_empty() && !rest.is_empty() {
                title.push(Piece::plain(" · "));
            }
            title.extend(rest);
            title
        };
        let word = |property: &str| -> Vec<Piece> {
            let text = fact.text(property);
            if text.is_empty() {
                Vec::new()
            } else {
                vec![Piece::plain(capital(&self.frame.value(text)))]
            }
        };
        let to_city = |receiving: &str| {
            let city = self.joined(fact, &["city"], ", ");
            if city.is_empty() {
                self.joined(fact, &[receiving], ", ")
            } else {
                city
            }
        };
        match fact.class {
            "Visit" => {
                let who = self.joined(fact, &["visitor"], ", ");
                let who = if who.is_empty() {
                    self.joined(fact, &["role"], ", ")
                } else {
                    who
                };
                let to = self.joined(fact, &["to"], ", ");
                let to = if to.is_empty() { to_city("to") } else { to };
                titled(who, arrow(self.joined(fact, &["from"], ", "), to))
            }
            "Treaty" => {
                let mut name = self.thing(&fact.iri);
                // without the year that the label has; it stands beside
                if let Some(title) = self.frame.language.best(fact.all("title")) {
                    name.text = capital(&title.text);
                }
                vec![name]
            }
            "MissionPhase" => titled(
                word("missionKind"),
                arrow(self.joined(fact, &["sending"], ", "), to_city("receiving")),
            ),
            "MissionEvent" => titled(
                word("missionEvent"),
                arrow(
                    self.joined(fact, &["sending", "actor"], ", "),
                    to_city("receiving"),
                ),
            ),
            "RelationEvent" => titled(
                word("relationEvent"),
                if fact.all("actor").is_empty() {
                    self.joined(fact, &["party"], " – ")
                } else {
                    let acts: Vec<&Value> = fact.all("actor").iter().collect();
                    let others = fact
                        .all("party")
                        .iter()
                        .filter(|party| !acts.contains(party));
                    let others: Vec<Piece> = others.map(|party| self.value(party)).collect();
                    arrow(self.joined(fact, &["actor"], ", "), others)
                },
            ),
            "Appointment" => titled(
                self.joined(fact, &["person"], ", "),
                self.joined(fact, &["role"], ", "),
            ),
            "Meeting" => self.joined(
                fact,
                &["participant", "foundParticipant", "participantRole"],
                " – ",
            ),
            "OrganisationMembership" => arrow(
                self.joined(fact, &["state"], ", "),
                self.joined(fact, &["organisation"], ", "),
            ),
            "Observation" => {
                let amount = self.amount(fact);
                titled(
                    titled(word("measure"), self.joined(fact, &["of"], " – ")),
                    vec![Piece::plain(amount)],
                )
            }
            _ => Vec::new(),
        }
    }

    /// A number with its unit.
    pub(in crate::serve) fn amount(&self, fact: &Fact) -> String {
        let amount = fact.text("amount");
        let whole = amount
            .parse::<usize>()
            .map_or_else(|_| amount.to_owned(), |n| self.frame.number(&n));
        let unit = fact.text("unit");
        if unit.is_empty() {
            whole
        } else {
            format!("{whole} {}", self.frame.value(unit))
        }
    }

    fn notes(&self, fact: &Fact) -> Vec<(String, Vec<Piece>)> {
        let shown: &[&str] = match fact.class {
            "Visit" => &["role", "city", "visitKind", "topic"],
            "Treaty" => &[
                "treatyKind",
                "party",
                "topic",
                "adopted",
                "inForce",
                "ended",
            ],
            "MissionPhase" => &["receiving", "address", "status"],
            "MissionEvent" => &["missionKind", "receiving", "actor", "deadline"],
            "Appointment" => &["mission", "city"],
            "Meeting" => &["place", "topic"],
            "RelationEvent" => &["topic"],
            "OrganisationMembership" => &["status"],
            _ => &[],
        };
        shown
            .iter()
            .map(|property| {
                let values = fact.all(property).iter();
                // "other" says nothing
                let values = values.filter(|value| value.text != "other");
                let values: Vec<Piece> = values.map(|value| self.value(value)).collect();
                (self.property(property), values)
            })
            .filter(|(_, values)| !values.is_empty())
            .collect()
    }

    /// A property of the ontology by its name, from its local name.
    fn property(&self, name: &str) -> String {
        self.term(&format!("{}#{name}", ontology::IRI))
    }

    /// A term of the ontology, or of another that the site has a word for, by its name.
    pub(in crate::serve) fn term(&self, iri: &str) -> String {
        match self.frame.language.label(ontology::labels(iri)) {
            Some(label) => capital(label),
            None => self.frame.say_of("term", local(iri)),
        }
    }
}

/// Which way a fact goes between two sides.
fn way(fact: &Fact, one: &BTreeSet<String>, other: &BTreeSet<String>) -> &'static str {
    let is = |properties: &[&str], side: &BTreeSet<String>| {
        properties
            .iter()
            .flat_map(|property| fact.all(property))
            .any(|value| side.contains(&value.text))
    };
    const FROM: [&str; 3] = ["from", "sending", "actor"];
    const TO: [&str; 3] = ["to", "receiving", "party"];
    match (
        is(&FROM, one) && is(&TO, other),
        is(&FROM, other) && is(&TO, one),
    ) {
        (true, false) => "a",
        (false, true) => "b",
        (true, true) | (false, false) => "",
    }
}

/// With a capital letter at its head.
pub(in crate::serve) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
