//! Facts found and facts of the gold → which agree, and the figures: a port of the rules of the gold's scorer.

use super::names::{
    Places, fold, mission_kind, role, same_date, same_person, same_title, same_year, visit_kind,
    within, year,
};
use crate::fact::Kind;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::cmp::Reverse;

/// A fact as the gold and the flat tables write it: texts, and lists of texts.
pub type Row = Map<String, Json>;

const DATES: &[&str] = &[
    "start", "end", "date", "signed", "in_force", "opened", "closed",
];

/// What is no slot, or not compared.
const NOT_COMPARED: &[&str] = &[
    "type",
    "evidence",
    "note",
    "topics",
    "optional",
    "aliases",
    "non_resident",
    "value",
];

/// Counts of facts, and the figures made of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Facts of the gold.
    pub gold: usize,
    /// Facts found where the gold is exhaustive.
    pub pred: usize,
    /// Facts of the gold that were found.
    #[serde(rename = "match")]
    pub matched: usize,
    /// Those of them whose gold is exhaustive.
    pub sure: usize,
    /// Those that agree in every slot.
    pub exact: usize,
    /// Planned, denied or cancelled facts that were found as facts.
    pub traps: usize,
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

impl Figures {
    /// Share of what was found that the gold has.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.sure, self.pred)
    }

    /// Share of the gold that was found.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.matched, self.gold)
    }

    /// Harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }

    /// Share of what was found that agrees in every slot.
    #[must_use]
    pub fn exact_share(&self) -> f64 {
        share(self.exact, self.matched)
    }

    pub(super) fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.pred += other.pred;
        self.matched += other.matched;
        self.sure += other.sure;
        self.exact += other.exact;
        self.traps += other.traps;
    }
}

fn text(row: &Row, slot: &str) -> String {
    row.get(slot).map(text_of).unwrap_or_default()
}

fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => String::new(),
    }
}

fn list(row: &Row, slot: &str) -> Vec<String> {
    match row.get(slot) {
        Some(Json::Array(values)) => values.iter().map(text_of).collect(),
        Some(Json::String(text)) if !text.is_empty() => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn is_filled(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::String(text) => !text.is_empty(),
        Json::Array(values) => !values.is_empty(),
        Json::Bool(_) | Json::Number(_) | Json::Object(_) => true,
    }
}

fn filled(row: &Row) -> usize {
    row.values().filter(|value| is_filled(value)).count()
}

/// Whether what was found names the fact of the gold: the slots that identify a fact of the kind.
pub(super) fn same(kind: Kind, places: &Places, g: &Row, p: &Row) -> bool {
    let year_of = |slot: &str| same_year(&text(g, slot), &text(p, slot));
    let place_of = |slot: &str| places.same(&text(g, slot), &text(p, slot));
    let person_of = |slot: &str| same_person(&text(g, slot), &text(p, slot));
    match kind {
        Kind::Visit => {
            let who = if text(g, "visitor").is_empty() {
                text(p, "visitor").is_empty() && role(&text(g, "role")) == role(&text(p, "role"))
            } else {
                person_of("visitor")
            };
            who && place_of("to") && year_of("start")
        }
        Kind::Treaty => {
            let years = |row: &Row| -> Vec<String> {
                let dates = [text(row, "signed"), text(row, "in_force")];
                let years = dates.iter().map(|date| year(date).to_owned());
                years.filter(|y| !y.is_empty()).collect()
            };
            let (gold, found) = (years(g), years(p));
            let dated = gold.iter().any(|y| found.contains(y));
            let mut titles = list(g, "aliases");
            titles.insert(0, text(g, "title"));
            let title = text(p, "title");
            let parties = places.all(&list(g, "parties")) == places.all(&list(p, "parties"));
            let short = parties
                && dated
                && titles.iter().any(|t| within(t, &title))
                && fold(&title).split_whitespace().count() > 1;
            (gold.is_empty() || dated)
                && (short || titles.iter().any(|t| same_title(t, &title, 0.5)))
        }
        Kind::Mission => {
            let seat = if text(g, "city").is_empty() {
                place_of("receiving")
            } else {
                place_of("city")
            };
            seat && mission_kind(&text(g, "kind")) == mission_kind(&text(p, "kind"))
                && place_of("sending")
        }
        Kind::Appointment => {
            let who = if text(g, "person").is_empty() {
                text(p, "person").is_empty() && place_of("sending")
            } else {
                person_of("person")
            };
            who && role(&text(g, "role")) == role(&text(p, "role")) && year_of("start")
        }
        Kind::Relations => {
            text(g, "event") == text(p, "event")
                && places.all(&list(g, "parties")) == places.all(&list(p, "parties"))
                && year_of("date")
        }
        Kind::Membership => place_of("state") && place_of("organisation"),
        Kind::Meeting => {
            let any = |slot: &str, agree: fn(&str, &str) -> bool| {
                let found = list(p, slot);
                let gold = list(g, slot);
                gold.iter().any(|a| found.iter().any(|b| agree(a, b)))
            };
            if list(g, "participants").is_empty() {
                list(p, "participants").is_empty()
                    && any("roles", within)
                    && same_date(&text(g, "date"), &text(p, "date"))
            } else {
                any("participants", same_person) && year_of("date")
            }
        }
        Kind::Observation => {
            let number = |row: &Row| text(row, "value").trim().parse::<f64>().ok();
            let (Some(a), Some(b)) = (number(g), number(p)) else {
                return false;
            };
            (a - b).abs() <= 0.005 * a.abs().max(1.0)
                && text(g, "measure") == text(p, "measure")
                && year_of("date")
        }
        Kind::MissionEvent => false,
    }
}

/// Whether every slot agrees; where the gold is `whole`, a date that it does not have is not exact.
pub(super) fn exact(kind: Kind, places: &Places, g: &Row, p: &Row, whole: bool) -> bool {
    (!whole || added(g, p).next().is_none())
        && compared(g).all(|slot| slot_agrees(kind, places, slot, g, p))
}

/// The slots that do not agree, each as "slot: gold → found".
pub(super) fn differing(kind: Kind, places: &Places, g: &Row, p: &Row, whole: bool) -> Vec<String> {
    let of = |row: &Row, slot: &str| row.get(slot).map(ToString::to_string).unwrap_or_default();
    let shown = |slot: &str| format!("{slot}: {} → {}", of(g, slot), of(p, slot));
    let more = added(g, p).filter(|_| whole).map(shown);
    let other = compared(g).filter(|slot| !slot_agrees(kind, places, *slot, g, p));
    more.chain(other.map(|(slot, _)| shown(slot))).collect()
}

/// Dates that the gold says there are none of, and that were found.
fn added<'r>(g: &'r Row, p: &'r Row) -> impl Iterator<Item = &'static str> + 'r {
    DATES.iter().copied().filter(|slot| {
        g.contains_key(*slot) && text(g, slot).is_empty() && !text(p, slot).is_empty()
    })
}

/// The slots that the gold fills.
fn compared(g: &Row) -> impl Iterator<Item = (&str, &Json)> {
    g.iter()
        .map(|(slot, value)| (slot.as_str(), value))
        .filter(|(slot, value)| !NOT_COMPARED.contains(slot) && is_filled(value))
}

fn slot_agrees(
    kind: Kind,
    places: &Places,
    (slot, value): (&str, &Json),
    g: &Row,
    p: &Row,
) -> bool {
    let gold = text_of(value);
    let found = text(p, slot);
    let every = |agree: fn(&str, &str) -> bool| {
        let found = list(p, slot);
        let gold = list(g, slot);
        gold.iter().all(|a| found.iter().any(|b| agree(a, b)))
    };
    match slot {
        slot if DATES.contains(&slot) => same_date(&gold, &found),
        "parties" | "of" => places.all(&list(g, slot)) == places.all(&list(p, slot)),
        "participants" => every(same_person),
        "roles" => every(within),
        "from" | "to" | "sending" | "receiving" | "state" | "organisation" | "actor" | "city"
        | "place" => places.same(&gold, &found),
        "visitor" | "person" => same_person(&gold, &found),
        "role" => role(&gold) == role(&found),
        "title" => {
            let mut titles = list(g, "aliases");
            titles.insert(0, gold);
            let agrees = |t: &String| same_title(t, &found, 0.6) || within(t, &found);
            titles.iter().any(agrees)
        }
        "kind" if kind == Kind::Mission => mission_kind(&gold) == mission_kind(&found),
        "kind" if kind == Kind::Visit => visit_kind(&gold) == visit_kind(&found),
        _ => fold(&gold) == fold(&found),
    }
}

/// Facts of gold and reading that go together, and those that are left on each side.
pub(super) struct Paired<'r> {
    pub(super) pairs: Vec<(&'r Row, &'r Row)>,
    pub(super) missed: Vec<&'r Row>,
    pub(super) left: Vec<&'r Row>,
}

/// Pairs one to one, exact pairs first, so that a vaguer twin cannot take their place.
pub(super) fn pair<'r>(
    kind: Kind,
    places: &Places,
    mut gold: Vec<&'r Row>,
    mut found: Vec<&'r Row>,
) -> Paired<'r> {
    let sorted = |row: &Row| {
        let entries: std::collections::BTreeMap<_, _> = row.iter().collect();
        serde_json::to_string(&entries).unwrap_or_default()
    };
    found.sort_by_cached_key(|row| (Reverse(filled(row)), sorted(row)));
    gold.sort_by_key(|row| Reverse(filled(row)));
    let mut pairs = Vec::new();
    for wholly in [true, false] {
        gold.retain(|g| {
            let agrees =
                |p: &&Row| same(kind, places, g, p) && (!wholly || exact(kind, places, g, p, true));
            let Some(at) = found.iter().position(agrees) else {
                return true;
            };
            pairs.push((*g, found.remove(at)));
            false
        });
    }
    Paired {
        pairs,
        missed: gold,
        left: found,
    }
}
