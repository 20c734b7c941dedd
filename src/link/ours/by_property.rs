//! What a query says beside a name → entities of the store that fit it: who asks for the ambassador on a day, or the mission in a city, need know no name.

use super::wanted::{Asked, Role};
use crate::link::ItemType;
use crate::query::{Answer, QueryError, Request, answer, plain};
use crate::store::Store;
use crate::triples::vocabulary::PREFIXES;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;

/// Most entities that properties alone give.
const MOST: usize = 200;
/// How long the store may take to look for them.
const TIME: Duration = Duration::from_secs(5);

/// IRIs of entities of a type that have all of the properties that were asked for, else of those that have one of them.
///
/// # Errors
/// [`QueryError`] when the store can't be asked; taking too long gives none.
pub(super) fn entities(
    store: &Store,
    asked: &Asked,
    kind: ItemType,
) -> Result<BTreeSet<String>, QueryError> {
    let mut patterns: Vec<String> = asked
        .entities
        .iter()
        .filter(|(_, iris)| !iris.is_empty())
        .enumerate()
        .filter_map(|(at, (role, iris))| {
            let mut pattern = format!("VALUES ?v{at} {{");
            for iri in iris {
                let _ = write!(pattern, " <{iri}>");
            }
            let _ = write!(pattern, " }} {}", path(kind, *role, at)?);
            Some(pattern)
        })
        .collect();
    if patterns.is_empty() && matches!(kind, ItemType::Visit | ItemType::Treaty) {
        patterns.extend(asked.date.map(|(first, last)| {
            let iso = |(y, m, d): (i32, u8, u8)| format!("\"{y:04}-{m:02}-{d:02}\"^^xsd:date");
            format!(
                "?s dip:earliest ?a ; dip:latest ?b FILTER(?a <= {} && ?b >= {})",
                iso(last),
                iso(first)
            )
        }));
    }
    let all = ask(store, &patterns.join(" "), kind)?;
    if !all.is_empty() || patterns.len() < 2 {
        return Ok(all);
    }
    let mut some = BTreeSet::new();
    for pattern in &patterns {
        some.extend(ask(store, pattern, kind)?);
    }
    Ok(some)
}

fn ask(store: &Store, pattern: &str, kind: ItemType) -> Result<BTreeSet<String>, QueryError> {
    let mut found = BTreeSet::new();
    if pattern.is_empty() {
        return Ok(found);
    }
    let class = class(kind);
    let query = format!("SELECT DISTINCT ?s WHERE {{ {pattern} ?s a dip:{class} }} LIMIT {MOST}");
    let request = Request::new(query).knowing(PREFIXES).within(TIME);
    match answer(store, &request) {
        Ok(Answer::Rows { rows, .. }) => {
            let iris = rows.iter().filter_map(|row| row.first()?.as_ref());
            found.extend(iris.map(plain));
            Ok(found)
        }
        Ok(Answer::Boolean(_) | Answer::Graph(_)) | Err(QueryError::Timeout { .. }) => Ok(found),
        Err(error) => Err(error),
    }
}

fn class(kind: ItemType) -> &'static str {
    match kind {
        ItemType::Person => "Person",
        ItemType::State => "State",
        ItemType::City => "City",
        ItemType::Organisation => "Organisation",
        ItemType::Mission => "Mission",
        ItemType::Treaty => "Treaty",
        ItemType::Relation => "BilateralRelation",
        ItemType::Office => "Office",
        ItemType::Visit => "Visit",
    }
}

/// How entities of a type lead to the values of a property.
fn path(kind: ItemType, role: Role, at: usize) -> Option<String> {
    let simple = |property: &str| Some(format!("?s dip:{property} ?v{at} ."));
    let act = |appointed: &str, visiting: &str| {
        Some(format!(
            "{{ ?e{at} dip:person ?s ; dip:{appointed} ?v{at} }} UNION {{ ?e{at} dip:visitor ?s ; dip:{visiting} ?v{at} }}"
        ))
    };
    match (kind, role) {
        (ItemType::Person, Role::Office) => act("role", "role"),
        (ItemType::Person, Role::State | Role::Sending) => act("sending", "from"),
        (ItemType::Office, Role::State) => simple("officeOf"),
        (ItemType::City, Role::State) => simple("state"),
        (ItemType::Mission, Role::Sending) => simple("sending"),
        (ItemType::Mission, Role::Receiving) => simple("receiving"),
        (ItemType::Mission | ItemType::Visit, Role::City) => simple("city"),
        (ItemType::Visit, Role::Sending | Role::State) => simple("from"),
        (ItemType::Visit, Role::Receiving) => simple("to"),
        (ItemType::Visit, Role::Visitor) => simple("visitor"),
        (ItemType::Treaty | ItemType::Relation, Role::Party | Role::State) => simple("party"),
        (
            ItemType::Person
            | ItemType::State
            | ItemType::City
            | ItemType::Organisation
            | ItemType::Mission
            | ItemType::Treaty
            | ItemType::Relation
            | ItemType::Office
            | ItemType::Visit,
            Role::State
            | Role::Sending
            | Role::Receiving
            | Role::City
            | Role::Party
            | Role::Visitor
            | Role::Office,
        ) => None,
    }
}
