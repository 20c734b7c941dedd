//! What documents were found to say, and their gold → figures per kind and language, and the facts that were missed or wrong.

use super::names::Places;
use super::score::{Figures, Paired, Row, differing, exact, pair, same};
use crate::fact::{Kind, Slot, Value};
use crate::resolve::Account;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The kinds that gold has, with the columns of their flat tables.
const COLUMNS: &[(Kind, &[&str])] = &[
    (
        Kind::Visit,
        &[
            "visitor", "role", "from", "to", "city", "start", "end", "kind",
        ],
    ),
    (
        Kind::Treaty,
        &["title", "parties", "signed", "in_force", "kind"],
    ),
    (
        Kind::Mission,
        &["kind", "sending", "receiving", "city", "opened", "closed"],
    ),
    (
        Kind::Appointment,
        &[
            "person",
            "role",
            "sending",
            "receiving",
            "city",
            "start",
            "end",
        ],
    ),
    (Kind::Relations, &["event", "parties", "actor", "date"]),
    (Kind::Membership, &["state", "organisation"]),
    (
        Kind::Meeting,
        &["participants", "roles", "date", "place", "topics"],
    ),
    (
        Kind::Observation,
        &["measure", "of", "value", "unit", "date"],
    ),
];

/// Slots that hold lists.
const LISTS: &[&str] = &["parties", "participants", "roles", "topics", "of"];

/// The gold annotation of one document.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// Language of the document.
    #[serde(default)]
    pub lang: String,
    facts: Vec<Row>,
    #[serde(default)]
    not_facts: Vec<Row>,
    #[serde(default)]
    optional: Vec<Row>,
    #[serde(default)]
    recall_only: bool,
    #[serde(default)]
    aliases: Row,
    /// Kinds that are annotated exhaustively, where not all are.
    complete: Option<Vec<String>>,
}

/// Why a file is no gold.
#[derive(Debug, thiserror::Error)]
#[error("this is no gold annotation: {0}")]
pub struct GoldError(#[from] serde_json::Error);

impl Gold {
    /// Reads the JSON of one document's gold; `None` where the JSON holds something else.
    ///
    /// # Errors
    /// Where it is no JSON, or its facts are not of the form of gold.
    pub fn parse(json: &str) -> Result<Option<Self>, GoldError> {
        let value: Json = serde_json::from_str(json)?;
        if value.get("facts").is_none() {
            return Ok(None);
        }
        Ok(Some(serde_json::from_value(value)?))
    }

    /// Whether the facts of a kind are annotated.
    fn annotates(&self, kind: Kind) -> bool {
        let named = |kinds: &Vec<String>| kinds.iter().any(|k| k == kind.name());
        self.complete.as_ref().is_none_or(named)
    }

    /// Whether all facts of a kind in the document are annotated.
    pub(super) fn covers(&self, kind: Kind) -> bool {
        !self.recall_only && self.annotates(kind)
    }

    /// Other names of a state in the document.
    pub(super) fn aliases(&self) -> &Row {
        &self.aliases
    }

    /// The facts of a kind that count, and those that count neither way.
    pub(super) fn parted(&self, kind: Kind) -> (Vec<&Row>, Vec<&Row>) {
        let optional = |row: &&Row| {
            row.get("optional")
                .is_some_and(|o| o != &Json::Bool(false) && !o.is_null())
        };
        let of_kind = self.of_kind(&self.facts, kind).into_iter();
        let (mut may, must): (Vec<&Row>, Vec<&Row>) = of_kind.partition(optional);
        may.extend(self.of_kind(&self.optional, kind));
        (must, may)
    }

    fn of_kind<'g>(&self, facts: &'g [Row], kind: Kind) -> Vec<&'g Row> {
        let named = |row: &&Row| row.get("type").and_then(Json::as_str) == Some(kind.name());
        facts.iter().filter(named).collect()
    }
}

/// What a document was found to say: rows by kind, as the flat tables have them.
pub type Found = BTreeMap<Kind, Vec<Row>>;

/// The rows of the flat tables that a document's accounts make, each once.
#[must_use]
pub fn rows(accounts: &[Account]) -> Found {
    let mut found = Found::new();
    for account in accounts {
        let kind = account.fact.kind;
        let Some((_, columns)) = COLUMNS.iter().find(|(k, _)| *k == kind) else {
            continue;
        };
        let values = |name: &str| -> Vec<String> {
            let of_slot = |slot: Slot| {
                account.fact.all(slot).iter().map(move |value| {
                    if let (Slot::Role, Value::Office(office)) = (slot, value) {
                        office.role.clone()
                    } else {
                        value.text()
                    }
                })
            };
            Slot::parse(name).into_iter().flat_map(of_slot).collect()
        };
        // As in the flat tables, two values of a slot that is no list are two rows.
        let mut made = vec![Row::new()];
        for column in *columns {
            let mut values = values(column);
            if *column == "city" {
                values.sort();
                values.truncate(1);
            }
            if kind == Kind::Treaty && *column == "signed" {
                for other in ["adopted", "dated"] {
                    if values.is_empty() {
                        values = texts(account, other);
                    }
                }
            }
            let cells: Vec<Json> = if LISTS.contains(column) {
                vec![Json::from(values)]
            } else if values.is_empty() {
                vec![Json::from("")]
            } else {
                values.into_iter().map(Json::from).collect()
            };
            let with = |row: &Row, cell: &Json| {
                let mut row = row.clone();
                row.insert((*column).to_owned(), cell.clone());
                row
            };
            made = made
                .iter()
                .flat_map(|row| cells.iter().map(|cell| with(row, cell)).collect::<Vec<_>>())
                .collect();
        }
        let list = found.entry(kind).or_default();
        for row in made {
            if !list.contains(&row) {
                list.push(row);
            }
        }
    }
    found
}

fn texts(account: &Account, slot: &str) -> Vec<String> {
    Slot::parse(slot)
        .map(|slot| account.fact.all(slot).iter().map(Value::text).collect())
        .unwrap_or_default()
}

/// Figures by language and kind, and what lies behind them.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Figures per language and kind.
    pub figures: BTreeMap<(String, Kind), Figures>,
    /// Facts of the gold that were not found: document, fact.
    pub missed: Vec<(String, Kind, String)>,
    /// Facts found that the gold does not have.
    pub wrong: Vec<(String, Kind, String)>,
    /// Facts found whose slots do not all agree with the gold: document, and each such slot as "slot: gold → found".
    pub inexact: Vec<(String, Kind, String)>,
    /// Documents compared.
    pub documents: usize,
}

impl Report {
    /// The figures of all kinds (or one) in all languages (or one).
    #[must_use]
    pub fn total(&self, lang: Option<&str>, kind: Option<Kind>) -> Figures {
        let mut sum = Figures::default();
        for ((of, k), figures) in &self.figures {
            if lang.is_none_or(|lang| lang == of) && kind.is_none_or(|kind| kind == *k) {
                sum.add(*figures);
            }
        }
        sum
    }
}

/// Compares what documents were found to say with their gold; a document that was not read counts as one that says nothing.
#[must_use]
pub fn evaluate(gold: &BTreeMap<String, Gold>, found: &BTreeMap<String, Found>) -> Report {
    let mut report = Report {
        documents: gold.len(),
        ..Report::default()
    };
    let nothing = Found::new();
    for (name, gold) in gold {
        let found = found.get(name).unwrap_or(&nothing);
        let places = Places::new(&gold.aliases);
        for (kind, _) in COLUMNS {
            if gold.annotates(*kind) {
                score(&mut report, name, gold, *kind, found, &places);
            }
        }
    }
    report
}

fn score(report: &mut Report, name: &str, gold: &Gold, kind: Kind, found: &Found, places: &Places) {
    let (must, may) = gold.parted(kind);
    let have: Vec<&Row> = found.get(&kind).into_iter().flatten().collect();
    let count = have.len();
    let Paired {
        pairs,
        missed,
        left,
    } = pair(kind, places, must, have);
    // Right to find, no fault to leave out.
    let forgiven = pair(kind, places, may, left);
    let mut figures = Figures {
        gold: pairs.len() + missed.len(),
        matched: pairs.len(),
        ..Figures::default()
    };
    if !gold.recall_only {
        figures.pred = count - forgiven.pairs.len();
        figures.sure = pairs.len();
    }
    let wholly = |(g, p): &&(&Row, &Row)| exact(kind, places, g, p, !gold.recall_only);
    figures.exact = pairs.iter().filter(wholly).count();
    let traps = gold.of_kind(&gold.not_facts, kind);
    let taken = |trap: &&&Row| forgiven.left.iter().any(|p| same(kind, places, trap, p));
    figures.traps = traps.iter().filter(taken).count();
    let shown = |row: &Row| serde_json::to_string(row).unwrap_or_default();
    for (g, p) in pairs.iter().filter(|pair| !wholly(pair)) {
        let slots = differing(kind, places, g, p, !gold.recall_only).join("; ");
        report.inexact.push((name.to_owned(), kind, slots));
    }
    for row in missed {
        report.missed.push((name.to_owned(), kind, shown(row)));
    }
    if !gold.recall_only {
        for row in forgiven.left {
            let mut filled = row.clone();
            filled.retain(|_, v| !matches!(v, Json::String(text) if text.is_empty()));
            report.wrong.push((name.to_owned(), kind, shown(&filled)));
        }
    }
    let key = (gold.lang.clone(), kind);
    report.figures.entry(key).or_default().add(figures);
}
