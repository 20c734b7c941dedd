//! `/review` → links and identities that a person should look at: candidates of Wikidata, names that were joined, things kept apart.

use super::Visit;
use super::decide;
use super::facts::{self, Line, PREFIXES, Piece, Teller, local, page, text};
use super::frame::Frame;
use super::pages::Pages;
use crate::serve::Shared;
use crate::serve::problem::Problem;
use crate::serve::rows::Row;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// Entries on a page.
const SHOWN: usize = 30;

/// Something to look at.
struct Entry {
    /// What it is about.
    this: Piece,
    /// The item or thing it is, or is not.
    that: Piece,
    /// Reasons, by their names.
    reasons: Vec<String>,
    /// How much speaks for it.
    score: String,
    /// The IRIs of both, or the item; empty where nothing can be decided.
    iris: (String, String),
    /// Both as a decision names them, with a claim of each; empty where nothing can be decided.
    named: String,
    /// Whether it is decided already, and awaits the next build.
    decided: bool,
    /// Where both are facts: what is told of each.
    sides: Vec<Line>,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Review<'r> {
    frame: &'r Frame,
    /// Which list is shown: `links`, `joined`, `apart`.
    list: &'static str,
    counts: Vec<(&'static str, usize)>,
    entries: Vec<Entry>,
    pages: Pages,
    /// Whether decisions of this list are taken here.
    open: bool,
    /// How many were just written.
    written: Option<usize>,
}

/// `/review`
pub(in crate::serve) async fn answer(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut visit = Visit::new(&shared, &uri, &headers)?;
    if shared.config.write.is_some() {
        visit.fresh();
    }
    if let Some(same) = visit.unchanged() {
        return Ok(same);
    }
    let names = shared.names().await?;
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    let mut lists: Vec<(&'static str, Vec<Entry>)> = Vec::new();
    for (name, query) in [("links", LINKS), ("joined", JOINED), ("apart", APART)] {
        let rows = shared.rows(format!("{PREFIXES}{query}")).await?;
        lists.push((name, entries(&rows, &teller, name)));
    }
    let counts: Vec<(&'static str, usize)> = lists
        .iter()
        .map(|(name, entries)| (*name, entries.len()))
        .collect();
    let asked = visit.asked("list").to_owned();
    let chosen = lists
        .iter()
        .position(|(name, _)| *name == asked)
        .or_else(|| lists.iter().position(|(_, entries)| !entries.is_empty()))
        .unwrap_or(0);
    let (list, mut all) = if chosen < lists.len() {
        lists.swap_remove(chosen)
    } else {
        ("links", Vec::new())
    };
    let pages = Pages::new(visit.number(), SHOWN, all.len());
    let from = pages.from().min(all.len());
    let mut entries = all.split_off(from);
    entries.truncate(SHOWN);
    let table = decide::table(&shared, list);
    let decided = table.as_deref().map(decide::decided).unwrap_or_default();
    name(&shared, &mut entries, list, &decided).await?;
    tell(&shared, &mut entries, &teller).await?;
    let page = Review {
        frame: &frame,
        list,
        counts,
        entries,
        pages,
        open: table.is_some(),
        written: visit.asked("written").parse().ok(),
    };
    visit.show(&page).await
}

/// Candidates of Wikidata that no rule and nobody has decided, those with the most doubt first.
const LINKS: &str = "SELECT ?x ?this ?that ?reason ?score WHERE { ?x a dip:Link ; dip:about ?this ; dip:item ?that ; dip:certainty \"close\" ; dip:score ?score OPTIONAL { ?x dip:reason ?reason } } ORDER BY ?score ?x ?reason LIMIT 5000";
/// Persons of whom another name was found to be theirs.
const JOINED: &str = "SELECT ?x ?this ?that ?reason ?score WHERE { ?x a dip:Identification ; dip:about ?this ; dip:joinedName ?that ; dip:weight ?score OPTIONAL { ?x dip:reason ?reason } } ORDER BY ?score ?x ?reason LIMIT 5000";
/// Things that have much in common and were kept apart.
const APART: &str = "SELECT ?x ?this ?that ?reason ?score WHERE { ?x a dip:Distinction ; dip:about ?this ; dip:distinctFrom ?that ; dip:weight ?score OPTIONAL { ?x dip:reason ?reason } } ORDER BY DESC(?score) ?x ?reason LIMIT 5000";

fn entries(rows: &[Row], teller: &Teller<'_>, list: &str) -> Vec<Entry> {
    let mut found: Vec<(String, Entry)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let x = text(row, "x").to_owned();
        let at = *places.entry(x.clone()).or_insert_with(|| {
            found.push((x, entry(row, teller, list)));
            found.len() - 1
        });
        let reason = text(row, "reason");
        if let Some((_, entry)) = found.get_mut(at)
            && !reason.is_empty()
        {
            entry.reasons.push(reason.to_owned());
        }
    }
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn entry(row: &Row, teller: &Teller<'_>, list: &str) -> Entry {
    let (this, that) = (text(row, "this"), text(row, "that"));
    let item = that.rsplit('/').next().unwrap_or(that);
    Entry {
        this: teller.thing(this),
        that: match list {
            "links" => Piece {
                text: format!("Wikidata {item}"),
                address: page(that, "-"),
                language: String::new(),
            },
            "joined" => Piece::plain(that),
            _ => teller.thing(that),
        },
        reasons: Vec::new(),
        score: text(row, "score").to_owned(),
        iris: match list {
            "links" => (this.to_owned(), item.to_owned()),
            "joined" => (String::new(), String::new()),
            _ => (this.to_owned(), that.to_owned()),
        },
        named: String::new(),
        decided: false,
        sides: Vec::new(),
    }
}

/// Gives entries the names that a decision has for them: paths under the base, and of each its first claim, which outlives a change of the path.
async fn name(
    shared: &Shared,
    entries: &mut [Entry],
    list: &str,
    decided: &BTreeSet<(String, String)>,
) -> Result<(), Problem> {
    let mut these = String::new();
    for iri in entries
        .iter()
        .flat_map(|entry| [&entry.iris.0, &entry.iris.1])
    {
        if iri.starts_with(&shared.base) {
            let _ = write!(these, "<{iri}> ");
        }
    }
    if these.is_empty() {
        return Ok(());
    }
    let rows = shared
        .rows(format!(
            "{PREFIXES}SELECT ?x (MIN(STR(?c)) AS ?claim) WHERE {{ VALUES ?x {{ {these} }} ?x dip:supportedBy ?c }} GROUP BY ?x"
        ))
        .await?;
    let claims: BTreeMap<&str, &str> = rows
        .iter()
        .map(|row| (text(row, "x"), local(text(row, "claim"))))
        .collect();
    for entry in entries {
        let (this, that) = &entry.iris;
        if this.is_empty() {
            continue;
        }
        let path = |iri: &str| iri.strip_prefix(&shared.base).unwrap_or(iri).to_owned();
        let claim = |iri: &str| claims.get(iri).copied().unwrap_or("-");
        entry.named = format!(
            "{} {} {} {}",
            path(this),
            claim(this),
            path(that),
            if list == "links" { "-" } else { claim(that) }
        );
        entry.decided = decided.contains(&(path(this), path(that)));
    }
    Ok(())
}

/// Gives entries about two facts what is told of each, so that both can be compared.
async fn tell(shared: &Shared, entries: &mut [Entry], teller: &Teller<'_>) -> Result<(), Problem> {
    let mut iris: Vec<String> = entries
        .iter()
        .flat_map(|entry| [entry.iris.0.clone(), entry.iris.1.clone()])
        .filter(|iri| iri.starts_with(&shared.base))
        .collect();
    iris.sort();
    iris.dedup();
    let facts = facts::of(shared, &iris).await?;
    for entry in entries {
        let side = |iri: &String| {
            let fact = facts.get(iri).filter(|fact| !fact.class.is_empty());
            fact.map(|fact| teller.line(fact, None))
        };
        if let (Some(this), Some(that)) = (side(&entry.iris.0), side(&entry.iris.1)) {
            entry.sides = vec![this, that];
        }
    }
    Ok(())
}
