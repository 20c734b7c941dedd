//! An item → what is known of it, in words for people.

use super::properties::{
    ADMINISTRATIVE_ENTITY, CITIZENSHIP, COUNTRY, HEADQUARTERS, JURISDICTION, OPERATOR, PARTICIPANT,
    PROPERTIES, Property, SIGNATORY,
};
use super::{Item, Qid, When};
use std::collections::BTreeMap;

/// Most facts of a candidate that are told.
const FACTS: usize = 12;
/// Properties that tell people where an item belongs.
const SHOWN: &[Property] = &[
    COUNTRY,
    CITIZENSHIP,
    ADMINISTRATIVE_ENTITY,
    OPERATOR,
    HEADQUARTERS,
    JURISDICTION,
    PARTICIPANT,
    SIGNATORY,
];

/// What is known of an item, for people: dates, offices, and items around it by their names where these are known.
pub(super) fn facts(item: &Item, items: &BTreeMap<Qid, Item>, languages: &[String]) -> Vec<String> {
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    let name = |id: Qid| match items.get(&id) {
        Some(item) => item.label(&languages),
        None => id.to_string(),
    };
    let label = |number: u16| {
        let mut known = PROPERTIES.iter();
        let found = known.find(|(property, _)| property.0 == number);
        found.map_or_else(|| format!("P{number}"), |(_, label)| (*label).to_owned())
    };
    let when = |when: Option<When>| when.map(|when| when.edtf().to_string()).unwrap_or_default();
    let dates = item
        .dates
        .iter()
        .map(|(number, at)| format!("{}: {}", label(*number), at.edtf()));
    let positions = item.positions.iter().map(|position| {
        format!(
            "{} ({}–{})",
            name(position.office),
            when(position.start),
            when(position.end)
        )
    });
    let links = item
        .links
        .iter()
        .filter(|(number, _)| SHOWN.iter().any(|shown| shown.0 == *number))
        .map(|(number, id)| format!("{}: {}", label(*number), name(*id)));
    dates.chain(positions).chain(links).take(FACTS).collect()
}
