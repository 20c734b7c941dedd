//! What tells an entity from its namesakes, by its type: where a city lies, whose a mission is, which office a person held → reasons.

use super::names::{Nouns, bag, folded};
use super::properties::*;
use super::score::{Around, Score};
use super::subject::Subject;
use super::{Item, Qid, When};
use std::collections::BTreeSet;

/// Kilometres within which two places are one.
const NEAR: f64 = 25.0;
/// Kilometres beyond which they are two.
const FAR: f64 = 120.0;
/// Age at which a person can act for a state at the earliest; monarchs do sooner.
const OF_AGE: i32 = 15;

/// Whether the items that an item leads to are those of our entities: `None` when one side is unknown.
fn agrees(item: &Item, properties: &[Property], ours: &BTreeSet<Qid>) -> Option<bool> {
    let theirs: BTreeSet<Qid> = properties
        .iter()
        .flat_map(|property| item.linked(*property))
        .collect();
    (!theirs.is_empty() && !ours.is_empty()).then(|| !theirs.is_disjoint(ours))
}

fn compare(
    score: &mut Score,
    what: &str,
    agrees: Option<bool>,
    found: &str,
    pro: f64,
    contra: f64,
) {
    match agrees {
        Some(true) => score.because(what, found, pro),
        Some(false) => score.because(what, format!("not {found}"), -contra),
        None => {}
    }
}

fn words(iris: &BTreeSet<String>, around: &Around<'_>) -> String {
    iris.iter()
        .map(|iri| around.label(iri))
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn city(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    let states = around.items_of(&subject.states);
    let found = words(&subject.states, around);
    // A place that lies where ours lies may have belonged to another state.
    let distance = subject
        .at
        .zip(item.coordinates)
        .map(|(one, other)| kilometres(one, other));
    let near = distance.is_some_and(|distance| distance <= NEAR);
    let contra = if near { 0.2 } else { 0.9 };
    let agrees = agrees(item, &[COUNTRY], &states);
    compare(score, "state", agrees, &found, 0.5, contra);
    match distance {
        Some(distance) if distance <= NEAR => {
            score.because("coordinates", format!("{distance:.0} km apart"), 0.7)
        }
        Some(distance) if distance > FAR => {
            score.because("coordinates", format!("{distance:.0} km apart"), -0.95)
        }
        Some(_) | None => {}
    }
}

pub(super) fn mission(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    let kind_of = |name: &str| around.nouns.mission(&folded(name)).map(str::to_owned);
    let ours: BTreeSet<String> = subject
        .names
        .iter()
        .filter_map(|(_, name)| kind_of(name))
        .collect();
    let theirs: BTreeSet<String> = item
        .names()
        .filter_map(|(_, name)| kind_of(name))
        .chain(class_kind(item).map(str::to_owned))
        .collect();
    let consular = |kinds: &BTreeSet<String>| kinds.iter().any(|kind| kind.contains("consul"));
    if !ours.is_empty() && !theirs.is_empty() {
        let found = theirs.iter().cloned().collect::<Vec<_>>().join(", ");
        if !ours.is_disjoint(&theirs) {
            score.because("kind", found, 0.3);
        } else if consular(&ours) == consular(&theirs) {
            // A legation becomes an embassy, a consulate a consulate general.
            score.because("kind", found, 0.1);
        } else {
            score.because("kind", found, -0.97);
        }
    }
    let sending = around.items_of(&subject.sending);
    let agrees_on = |properties: &[Property], ours: &BTreeSet<Qid>| agrees(item, properties, ours);
    compare(
        score,
        "sending",
        agrees_on(&[OPERATOR], &sending),
        &words(&subject.sending, around),
        0.45,
        0.95,
    );
    let receiving = around.items_of(&subject.receiving);
    let to = agrees_on(&[COUNTRY, JURISDICTION], &receiving);
    compare(
        score,
        "receiving",
        to,
        &words(&subject.receiving, around),
        0.35,
        0.95,
    );
    let cities = around.items_of(&subject.cities);
    let city = agrees_on(&[ADMINISTRATIVE_ENTITY, LOCATION, HEADQUARTERS], &cities);
    let distance = subject
        .cities
        .iter()
        .filter_map(|iri| Some(kilometres(*around.places.get(iri)?, item.coordinates?)))
        .min_by(f64::total_cmp);
    // Addresses are of districts and suburbs.
    let near = distance.map(|distance| distance <= NEAR);
    let city = if near == Some(true) {
        near
    } else {
        city.or(near)
    };
    // Embassies follow governments; consulates are what they are by their city.
    let contra = if consular(&ours) { 0.95 } else { 0.4 };
    compare(
        score,
        "city",
        city,
        &words(&subject.cities, around),
        0.5,
        contra,
    );
}

fn class_kind(item: &Item) -> Option<&'static str> {
    let kinds = [
        (EMBASSY, "embassy"),
        (DE_FACTO_EMBASSY, "embassy"),
        (CONSULATE_GENERAL, "consulate general"),
        (CONSULATE, "consulate"),
        (DE_FACTO_CONSULATE, "consulate"),
    ];
    kinds
        .iter()
        .find(|(class, _)| item.linked(INSTANCE_OF).any(|id| id == *class))
        .map(|(_, kind)| *kind)
}

fn parties(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>, pro: f64) {
    let ours = around.items_of(&subject.parties);
    let theirs: BTreeSet<Qid> = [PARTICIPANT, SIGNATORY, COUNTRY]
        .iter()
        .flat_map(|property| item.linked(*property))
        .collect();
    if ours.is_empty() || theirs.is_empty() {
        return;
    }
    let both = ours.intersection(&theirs).count();
    let found = words(&subject.parties, around);
    if both == 0 {
        score.because("parties", format!("not {found}"), -0.9);
    } else if both == ours.len() && ours.len() == subject.parties.len() {
        score.because("parties", found, pro);
    } else {
        score.because("parties", format!("{both} of {found}"), pro / 3.0);
    }
}

pub(super) fn relation(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    parties(score, subject, item, around, 0.9);
}

pub(super) fn treaty(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    parties(score, subject, item, around, 0.5);
    let years: BTreeSet<i32> = item.dates.iter().map(|(_, when)| when.day.year).collect();
    if let Some((first, last)) = subject.seen
        && !years.is_empty()
    {
        let within = years.iter().find(|year| (first.0..=last.0).contains(year));
        match within {
            Some(year) => score.because("date", year.to_string(), 0.5),
            None => score.because("date", format!("not {}", first.0), -0.8),
        }
    }
}

pub(super) fn office(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    let states = around.items_of(&subject.states);
    let found = words(&subject.states, around);
    let named = item
        .names()
        .any(|(_, name)| same_office(&subject.label, name, around.nouns));
    if named {
        score.because("office", subject.label.clone(), 0.5);
    }
    compare(
        score,
        "state",
        agrees(item, &[JURISDICTION, COUNTRY], &states),
        &found,
        0.6,
        0.9,
    );
}

/// Whether two names are of one office: the same office, and the same words around it.
fn same_office(one: &str, other: &str, nouns: &Nouns) -> bool {
    let (one, other) = (folded(one), folded(other));
    if bag(&one) == bag(&other) {
        return true;
    }
    match (nouns.office(&one), nouns.office(&other)) {
        (Some((a, of)), Some((b, whose))) => a == b && bag(&of) == bag(&whose),
        _ => false,
    }
}

pub(super) fn person(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    alive(score, subject, item);
    let states = around.items_of(&subject.states);
    let offices: Vec<(&Item, &super::Position)> = item
        .positions
        .iter()
        .filter_map(|position| Some((around.items.get(&position.office)?, position)))
        .collect();
    let served: BTreeSet<Qid> = offices
        .iter()
        .flat_map(|(office, _)| office.linked(JURISDICTION).chain(office.linked(COUNTRY)))
        .chain(item.linked(CITIZENSHIP))
        .collect();
    if !states.is_empty() && !served.is_empty() {
        let found = words(&subject.states, around);
        compare(
            score,
            "state",
            Some(!states.is_disjoint(&served)),
            &found,
            0.4,
            0.7,
        );
    }
    let mut best: Option<(f64, String)> = None;
    for held in &subject.held {
        let ours = around.label(&held.office);
        for position in &item.positions {
            let linked = around.linked.get(&held.office) == Some(&position.office);
            let named = || {
                around.items.get(&position.office).is_some_and(|office| {
                    office
                        .names()
                        .any(|(_, name)| same_office(ours, name, around.nouns))
                })
            };
            if !linked && !named() {
                continue;
            }
            let weight = match overlap(held.from, held.until, position.start, position.end) {
                Some(true) => 0.85,
                None => 0.7,
                Some(false) => 0.2,
            };
            if best.as_ref().is_none_or(|(old, _)| *old < weight) {
                best = Some((weight, ours.to_owned()));
            }
        }
    }
    if let Some((weight, found)) = best {
        score.because("office", found, weight);
    }
}

/// A visit has no name of its own: who came, for whom, where to, when. Its dates are those of its first and its last day.
pub(super) fn visit(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    let sides = [
        ("visitor", PARTICIPANT, &subject.parties, 0.6, 0.9),
        ("from", OPERATOR, &subject.sending, 0.4, 0.9),
        ("to", COUNTRY, &subject.receiving, 0.4, 0.9),
        ("city", LOCATION, &subject.cities, 0.3, 0.3),
    ];
    for (what, property, ours, pro, contra) in sides {
        let agrees = agrees(item, &[property], &around.items_of(ours));
        compare(score, what, agrees, &words(ours, around), pro, contra);
    }
    if let Some((first, last)) = subject.seen {
        let when = overlap(Some(first), Some(last), item.date(START), item.date(END));
        compare(score, "date", when, &first.0.to_string(), 0.6, 0.9);
    }
}

/// Whether the time in which an office was held, or acted in, meets that of a position; `None` when one is not dated.
fn overlap(
    from: Option<Day>,
    until: Option<Day>,
    start: Option<When>,
    end: Option<When>,
) -> Option<bool> {
    let (from, until) = (from.or(until)?, until.or(from)?);
    if start.is_none() && end.is_none() {
        return None;
    }
    let begins = start.map_or((1, 1, 1), |when| when.range().0);
    let ends = end.map_or((9999, 12, 31), |when| when.range().1);
    Some(from <= ends && begins <= until)
}

type Day = (i32, u8, u8);

fn alive(score: &mut Score, subject: &Subject, item: &Item) {
    let (born, died) = (item.date(BORN), item.date(DIED));
    let Some((first, last)) = subject.seen.filter(|_| born.is_some() || died.is_some()) else {
        return;
    };
    let too_young = born.is_some_and(|born| born.range().0.0 + OF_AGE > last.0);
    // Appointments are dated by their end too, which may be later than it was.
    let dead = died.is_some_and(|died| died.range().1.0 < first.0);
    let too_old = died.is_none() && born.is_some_and(|born| born.range().1.0 + 110 < first.0);
    if too_young || dead || too_old {
        let lived =
            |when: Option<When>| when.map(|when| when.edtf().to_string()).unwrap_or_default();
        score.because("lifetime", format!("{}–{}", lived(born), lived(died)), -1.0);
    } else {
        score.because("lifetime", format!("alive in {}", first.0), 0.1);
    }
}

/// Great-circle distance of two points in degrees.
fn kilometres(one: (f32, f32), other: (f32, f32)) -> f64 {
    let radians = |degrees: f32| f64::from(degrees).to_radians();
    let (lat1, lon1, lat2, lon2) = (
        radians(one.0),
        radians(one.1),
        radians(other.0),
        radians(other.1),
    );
    let half = ((lat2 - lat1) / 2.0).sin().powi(2)
        + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_kilometres() {
        let paris_lyon = kilometres((48.8566, 2.3522), (45.7640, 4.8357));
        assert!((paris_lyon - 392.0).abs() < 3.0, "{paris_lyon}");
    }
}
