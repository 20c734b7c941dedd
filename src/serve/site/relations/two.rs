//! Two states → the page of all that is told of both.

use super::figures::Figures;
use super::pairs::{code, governed};
use super::state;
use crate::serve::Shared;
use crate::serve::names::{Names, Thing};
use crate::serve::problem::Problem;
use crate::serve::site::Visit;
use crate::serve::site::facts::{
    self, FROM, Fact, KINDS, Line, PREFIXES, Piece, TO, Teller, local, text,
};
use crate::serve::site::frame::Frame;
use crate::serve::site::pages::Pages;
use askama::Template;
use axum::response::Response;
use std::collections::{BTreeMap, BTreeSet};

/// Facts on a page of the timeline.
const SHOWN: usize = 30;

/// Two states, each with the governments that acted for it.
pub(in crate::serve::site) struct Sides<'n> {
    pub(super) one: &'n Thing,
    pub(super) other: &'n Thing,
    pub(in crate::serve::site) of_one: BTreeSet<String>,
    pub(in crate::serve::site) of_other: BTreeSet<String>,
}

/// A fact of both, before it is read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::serve::site) struct Found {
    /// The first day that it may have been; facts without one come last.
    pub(in crate::serve::site) day: String,
    pub(in crate::serve::site) iri: String,
    pub(in crate::serve::site) class: &'static str,
}

/// A kind to choose.
struct Choice {
    class: &'static str,
    n: usize,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "two.html")]
struct Two<'t> {
    frame: &'t Frame,
    one: Piece,
    other: Piece,
    code_one: String,
    code_other: String,
    path: String,
    choices: Vec<Choice>,
    total: usize,
    lines: Vec<Line>,
    table: bool,
    oldest: bool,
    way: String,
    pages: Pages,
    figures: Figures,
}

impl<'n> Sides<'n> {
    /// The states that an address names.
    pub(in crate::serve::site) async fn of(
        shared: &Shared,
        names: &'n Names,
        one: &str,
        other: &str,
    ) -> Result<Self, Problem> {
        let (one, other) = (
            state(names, one, &shared.base)?,
            state(names, other, &shared.base)?,
        );
        let governed = governed(shared).await?;
        let side = |state: &Thing| -> BTreeSet<String> {
            let governments = governed
                .iter()
                .filter(|(_, of)| **of == state.iri)
                .map(|(government, _)| government.clone());
            governments.chain([state.iri.clone()]).collect()
        };
        Ok(Self {
            of_one: side(one),
            of_other: side(other),
            one,
            other,
        })
    }

    /// A pattern of SPARQL for `?f`, a fact that both take part in.
    pub(super) fn pattern(&self) -> String {
        let (a, b) = (listed(&self.of_one), listed(&self.of_other));
        let ways = [("dip:from", "dip:to"), ("dip:sending", "dip:receiving")];
        let mut unions: Vec<String> = Vec::new();
        for (p, q) in ways {
            unions.push(format!(
                "{{ VALUES ?a {{ {a} }} ?f {p} ?a . VALUES ?b {{ {b} }} ?f {q} ?b }}"
            ));
            unions.push(format!(
                "{{ VALUES ?a {{ {a} }} ?f {q} ?a . VALUES ?b {{ {b} }} ?f {p} ?b }}"
            ));
        }
        for p in ["dip:party", "dip:of"] {
            unions.push(format!(
                "{{ VALUES ?a {{ {a} }} ?f {p} ?a . VALUES ?b {{ {b} }} ?f {p} ?b }}"
            ));
        }
        let of = "(dip:participant|dip:foundParticipant|dip:participantRole)/(dip:officeOf|(^dip:person/dip:sending)|(^dip:visitor/dip:from))";
        unions.push(format!(
            "{{ SELECT DISTINCT ?f WHERE {{ ?f a dip:Meeting . VALUES ?a {{ {a} }} ?f {of} ?a . VALUES ?b {{ {b} }} ?f {of} ?b }} }}"
        ));
        format!("{{ {} }}", unions.join(" UNION "))
    }

    /// Facts that go one way: `a` from the first to the second, `b` from the second to the first; those that go both ways or neither are absent.
    pub(in crate::serve::site) async fn ways(
        &self,
        shared: &Shared,
    ) -> Result<BTreeMap<String, &'static str>, Problem> {
        let mut ways: BTreeMap<String, &'static str> = BTreeMap::new();
        let mut both: BTreeSet<String> = BTreeSet::new();
        for (way, from, to) in [
            ("a", &self.of_one, &self.of_other),
            ("b", &self.of_other, &self.of_one),
        ] {
            let (from, to) = (listed(from), listed(to));
            let (leaves, arrives) = (properties(&FROM), properties(&TO));
            let rows = shared
                .rows(format!(
                    "{PREFIXES}SELECT DISTINCT ?f WHERE {{ VALUES ?p {{ {leaves} }} VALUES ?a {{ {from} }} ?f ?p ?a . VALUES ?q {{ {arrives} }} VALUES ?b {{ {to} }} ?f ?q ?b }}"
                ))
                .await?;
            for row in &rows {
                let iri = text(row, "f").to_owned();
                if ways
                    .insert(iri.clone(), way)
                    .is_some_and(|other| other != way)
                {
                    both.insert(iri);
                }
            }
        }
        ways.retain(|iri, _| !both.contains(iri));
        Ok(ways)
    }

    /// The facts that both take part in, by their days.
    pub(in crate::serve::site) async fn facts(
        &self,
        shared: &Shared,
    ) -> Result<Vec<Found>, Problem> {
        let kinds: Vec<String> = KINDS.iter().map(|kind| format!("dip:{kind}")).collect();
        let rows = shared
            .rows(format!(
                "{PREFIXES}SELECT DISTINCT ?f ?class ?day WHERE {{ {} ?f a ?class VALUES ?class {{ {} }} OPTIONAL {{ ?f dip:earliest ?e }} OPTIONAL {{ ?f dip:latest ?l }} BIND(COALESCE(?e, ?l) AS ?day) }}",
                self.pattern(),
                kinds.join(" ")
            ))
            .await?;
        let mut found: BTreeMap<String, Found> = BTreeMap::new();
        for row in &rows {
            let class = local(text(row, "class"));
            let Some(class) = KINDS.into_iter().find(|kind| *kind == class) else {
                continue;
            };
            let day = match text(row, "day") {
                // behind every date
                "" => "~".to_owned(),
                day => day.to_owned(),
            };
            let iri = text(row, "f").to_owned();
            let next = Found { day, iri, class };
            // where sources differ, the first day counts
            let held = found
                .entry(next.iri.clone())
                .or_insert_with(|| next.clone());
            if next < *held {
                *held = next;
            }
        }
        let mut found: Vec<Found> = found.into_values().collect();
        found.sort();
        Ok(found)
    }
}

fn listed(side: &BTreeSet<String>) -> String {
    let iris: Vec<String> = side.iter().map(|iri| format!("<{iri}>")).collect();
    iris.join(" ")
}

fn properties(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("dip:{name}")).collect();
    names.join(" ")
}

/// Answers for the page.
pub(super) async fn answer(
    shared: &Shared,
    one: &str,
    other: &str,
    visit: Visit,
) -> Result<Response, Problem> {
    let names = shared.names().await?;
    let sides = Sides::of(shared, &names, one, other).await?;
    let mut found = sides.facts(shared).await?;
    let numbers: Vec<String> = found
        .iter()
        .filter(|found| found.class == "Observation")
        .map(|found| found.iri.clone())
        .collect();
    found.retain(|found| found.class != "Observation");
    let asked: Vec<String> = visit.parameters.all("kind").map(str::to_owned).collect();
    let chosen = |class: &str| asked.is_empty() || asked.iter().any(|kind| kind == class);
    let choices: Vec<Choice> = KINDS
        .into_iter()
        .map(|class| Choice {
            class,
            n: found.iter().filter(|found| found.class == class).count(),
            chosen: chosen(class),
        })
        .filter(|choice| choice.n > 0)
        .collect();
    let total = found.len();
    found.retain(|found| chosen(found.class));
    let way = match visit.asked("way") {
        "a" => "a",
        "b" => "b",
        _ => "",
    };
    let oldest = visit.asked("order") == "oldest";
    if !oldest {
        // those without a date stay at the end
        found.sort_by(|a, b| {
            let undated = |found: &Found| found.day == "~";
            (undated(a), &b.day, &a.iri).cmp(&(undated(b), &a.day, &b.iri))
        });
    }
    let frame = visit.frame.clone();
    let teller = Teller {
        frame: &frame,
        names: &names,
    };
    if !way.is_empty() {
        let ways = sides.ways(shared).await?;
        found.retain(|found| ways.get(&found.iri) == Some(&way));
    }
    let pages = Pages::new(visit.number(), SHOWN, found.len());
    let shown = pages.part(&found);
    let iris: Vec<String> = shown.iter().map(|found| found.iri.clone()).collect();
    let facts = facts::of(shared, &iris).await?;
    let lines = iris
        .iter()
        .filter_map(|iri| facts.get(iri))
        .map(|fact| teller.line(fact, Some((&sides.of_one, &sides.of_other))))
        .collect();
    let observed: Vec<Fact> = facts::of(shared, &numbers).await?.into_values().collect();
    let (code_one, code_other) = (code(sides.one), code(sides.other));
    let page = Two {
        one: teller.thing(&sides.one.iri),
        other: teller.thing(&sides.other.iri),
        path: format!("/relations/{code_one}/{code_other}"),
        code_one,
        code_other,
        choices,
        total,
        lines,
        table: visit.asked("view") == "table",
        oldest,
        way: way.to_owned(),
        pages,
        figures: Figures::of(&observed, &teller),
        frame: &frame,
    };
    visit.show(&page).await
}
