//! Why a thing is one over its documents, and what it was kept apart from.

use super::{Row, field};
use crate::cli::CliError;
use crate::resolve::{ENOUGH, Reason};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// What was found to be of it: an account by its document, or a name in one.
const MEMBERS: &str = "SELECT DISTINCT ?member ?name ?doc ?weight ?reason {
  ?member a dip:Identification ; dip:about $thing ; dip:weight ?weight .
  OPTIONAL { ?member dip:reason ?reason }
  OPTIONAL { ?member dip:joinedName ?name }
  { ?member prov:wasDerivedFrom ?document } UNION { ?member dip:joins ?account . GRAPH ?g { ?account prov:wasDerivedFrom ?document } }
  GRAPH ?h { ?document dct:identifier ?doc }
} ORDER BY ?member ?reason";

/// What it was kept apart from, whichever of the two the distinction was written for.
const OTHERS: &str = "SELECT DISTINCT ?member ?name ?other ?weight ?reason {
  ?member a dip:Distinction ; dip:weight ?weight ; dip:reason ?reason .
  { ?member dip:about $thing ; dip:distinctFrom ?other } UNION { ?member dip:about ?other ; dip:distinctFrom $thing }
  OPTIONAL { ?other rdfs:label ?name }
} ORDER BY ?other ?reason";

/// Holders of offices that its documents give without a name, and the facts that say so.
const HOLDERS: &str = "SELECT DISTINCT ?office ?person ?because ?why {
  ?holder a dip:Holder ; dip:about $thing ; dip:heldOffice/rdfs:label ?office ; dip:heldBy/rdfs:label ?person ; dip:because ?because .
  OPTIONAL { ?because rdfs:label ?why }
} ORDER BY ?office ?because";

/// What is told of a thing's identity.
pub(super) struct Identity {
    members: Vec<Weighed>,
    others: Vec<Weighed>,
    holders: Vec<Row>,
}

/// A member or another thing, with the reasons and what they weigh.
struct Weighed {
    /// A document, with the name it uses where it is a person's; or the other thing.
    what: String,
    other: String,
    weight: String,
    reasons: Vec<String>,
}

impl Identity {
    /// `ask` answers a query about a thing.
    pub(super) fn read<F>(thing: &str, ask: &F) -> Result<Self, CliError>
    where
        F: Fn(&str, &str) -> Result<Vec<Row>, CliError>,
    {
        let member = |row: &Row| match (field(row, "name"), field(row, "doc")) {
            ("", doc) => doc.to_owned(),
            (name, doc) => format!("{name} ({doc})"),
        };
        let other = |row: &Row| match field(row, "name") {
            "" => field(row, "other").to_owned(),
            name => name.to_owned(),
        };
        Ok(Self {
            members: group(ask(MEMBERS, thing)?, &member),
            others: group(ask(OTHERS, thing)?, &other),
            holders: ask(HOLDERS, thing)?,
        })
    }

    pub(super) fn words(&self) -> String {
        let mut text = String::new();
        if !self.members.is_empty() {
            text.push_str(&format!(
                "\none thing in what these say ({ENOUGH} are enough):\n"
            ));
        }
        for (at, member) in self.members.iter().enumerate() {
            let why = if at == 0 && member.reasons.is_empty() {
                "first".to_owned()
            } else {
                format!("{}: {}", member.weight, said(&member.reasons))
            };
            text.push_str(&format!("  {}  {why}\n", member.what));
        }
        if !self.others.is_empty() {
            text.push_str("\nkept apart from:\n");
        }
        for other in &self.others {
            let (against, for_it): (Vec<String>, Vec<String>) = other
                .reasons
                .iter()
                .cloned()
                .partition(|name| reason(name).is_some_and(|reason| reason.weight().is_none()));
            text.push_str(&format!(
                "  {} <{}>\n    because {}; although {}: {}\n",
                other.what,
                other.other,
                said(&against),
                other.weight,
                said(&for_it),
            ));
        }
        if !self.holders.is_empty() {
            text.push_str("\nno document names them; the graph says who held the office:\n");
        }
        for row in &self.holders {
            text.push_str(&format!(
                "  {}: {}, by {} <{}>\n",
                field(row, "office"),
                field(row, "person"),
                field(row, "why"),
                field(row, "because"),
            ));
        }
        text
    }

    pub(super) fn json(&self) -> Json {
        let list = |all: &[Weighed]| -> Vec<Json> {
            all.iter()
                .map(|one| {
                    json!({
                        "what": one.what,
                        "iri": (!one.other.is_empty()).then_some(&one.other),
                        "weight": one.weight.parse::<i64>().ok(),
                        "reasons": one.reasons,
                    })
                })
                .collect()
        };
        json!({
            "members": list(&self.members),
            "apart": list(&self.others),
            "holders": self.holders,
        })
    }
}

fn reason(name: &str) -> Option<Reason> {
    Reason::ALL
        .iter()
        .copied()
        .find(|reason| reason.name() == name)
}

/// Reasons in words; a name that this program does not know stands as it is.
fn said(names: &[String]) -> String {
    let words: Vec<&str> = names
        .iter()
        .map(|name| match reason(name) {
            Some(reason) => reason.words(),
            None => name.as_str(),
        })
        .collect();
    words.join(", ")
}

fn group(rows: Vec<Row>, what: &dyn Fn(&Row) -> String) -> Vec<Weighed> {
    let mut found: BTreeMap<(usize, String), Weighed> = BTreeMap::new();
    for row in rows {
        // Members are numbered: …/2 before …/10.
        let node = field(&row, "member").to_owned();
        let number = node.rsplit('/').next().and_then(|n| n.parse().ok());
        let number = if field(&row, "other").is_empty() {
            number.unwrap_or(0)
        } else {
            0
        };
        let one = found.entry((number, node)).or_insert_with(|| Weighed {
            what: what(&row),
            other: field(&row, "other").to_owned(),
            weight: field(&row, "weight").to_owned(),
            reasons: Vec::new(),
        });
        let reason = field(&row, "reason");
        if !reason.is_empty() {
            one.reasons.push(reason.to_owned());
        }
    }
    let mut found: Vec<Weighed> = found.into_values().collect();
    for one in &mut found {
        one.reasons.sort_by_key(|name| reason(name));
    }
    found
}
