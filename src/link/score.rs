//! An entity and an item → how likely they are the same, between 0 and 1, with the reasons.
//!
//! Each reason for them has a weight between 0 and 1, and together they leave of the doubt what each leaves: `1 − Π(1 − w)`. Each reason
//! against them takes its share of what remains: `Π(1 − w)`. So no number of weak reasons outweighs one that rules an item out.

use super::index::Match;
use super::names::{Nouns, bag, folded};
use super::properties::*;
use super::subject::Subject;
use super::{Item, ItemType, Qid, When};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// From this score on an entity is linked, if the second is far enough behind.
pub const THRESHOLD: f64 = 0.85;
/// From this score on an item is offered.
pub const OFFERED: f64 = 0.4;
/// How many times the doubt of the first the doubt of the second must be.
pub(super) const AHEAD: f64 = 2.0;
/// Highest score of an item that one source alone vouches for.
pub(super) const ONE_SOURCE: f64 = 0.84;

/// Kilometres within which two places are one.
const NEAR: f64 = 25.0;
/// Kilometres beyond which they are two.
const FAR: f64 = 120.0;
/// Age at which a person can act for a state at the earliest; monarchs do sooner.
const OF_AGE: i32 = 15;

/// A reason for or against a link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What was looked at: `name`, `state`, `office`, `coordinates` …
    pub what: String,
    /// What was found.
    pub found: String,
    /// Between −1 (rules it out) and 1.
    pub weight: f64,
}

/// How well an item fits, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// The reasons, as they were found.
    pub reasons: Vec<Reason>,
    /// Most that the score can be.
    pub cap: Option<f64>,
}

impl Score {
    fn add(&mut self, what: &str, found: impl Into<String>, weight: f64) {
        self.reasons.push(Reason {
            what: what.to_owned(),
            found: found.into(),
            weight,
        });
    }

    /// The score, rounded to thousandths.
    #[must_use]
    pub fn value(&self) -> f64 {
        let (mut doubt, mut against) = (1.0, 1.0);
        for reason in &self.reasons {
            if reason.weight >= 0.0 {
                doubt *= 1.0 - reason.weight;
            } else {
                against *= 1.0 + reason.weight;
            }
        }
        let score = ((1.0 - doubt) * against).min(self.cap.unwrap_or(1.0));
        (score * 1000.0).round() / 1000.0
    }

    /// One more reason.
    pub fn because(&mut self, what: &str, found: impl Into<String>, weight: f64) {
        self.add(what, found, weight);
    }
}

/// What is known of the entities around.
pub(super) struct Around<'a> {
    /// Items of entities that are linked so far, by IRI.
    pub(super) linked: &'a BTreeMap<String, Qid>,
    /// Items that others refer to: offices.
    pub(super) items: &'a BTreeMap<Qid, Item>,
    /// Where cities lie, by IRI.
    pub(super) places: &'a BTreeMap<String, (f32, f32)>,
    /// Names of entities, by IRI.
    pub(super) labels: &'a BTreeMap<String, String>,
    /// Words for missions and offices.
    pub(super) nouns: &'a Nouns,
}

impl Around<'_> {
    fn items_of<'s>(&'s self, iris: &'s BTreeSet<String>) -> BTreeSet<Qid> {
        iris.iter()
            .filter_map(|iri| self.linked.get(iri))
            .copied()
            .collect()
    }

    fn label<'s>(&'s self, iri: &'s str) -> &'s str {
        self.labels.get(iri).map_or(iri, String::as_str)
    }
}

/// How well an item fits an entity. What depends on the other candidates is added by the caller.
#[must_use]
pub(super) fn score(subject: &Subject, item: &Item, around: &Around<'_>) -> Score {
    let mut score = Score::default();
    let Some(kind) = subject.kind else {
        return score;
    };
    of_type(&mut score, subject, kind, item);
    name(&mut score, kind, subject, item);
    match kind {
        ItemType::State | ItemType::Organisation => {}
        ItemType::City => city(&mut score, subject, item, around),
        ItemType::Mission => mission(&mut score, subject, item, around),
        ItemType::Relation => relation(&mut score, subject, item, around),
        ItemType::Treaty => treaty(&mut score, subject, item, around),
        ItemType::Office => office(&mut score, subject, item, around),
        ItemType::Person => person(&mut score, subject, item, around),
    }
    score
}

fn of_type(score: &mut Score, subject: &Subject, kind: ItemType, item: &Item) {
    let fits = item.types.contains(&kind)
        || (subject.government && item.types.contains(&ItemType::Organisation));
    if fits {
        // Few things are states.
        let weight = if kind == ItemType::State { 0.3 } else { 0.0 };
        score.add("type", kind.name(), weight);
    } else if item.types.is_empty() {
        score.add("type", "not told", -0.3);
    } else {
        score.add(
            "type",
            item.types
                .iter()
                .map(|one| one.name())
                .collect::<Vec<_>>()
                .join(", "),
            -1.0,
        );
    }
}

/// The best agreement of any two names, and how many languages agree.
fn name(score: &mut Score, kind: ItemType, subject: &Subject, item: &Item) {
    let ours: Vec<(&str, &str, String)> = subject
        .names
        .iter()
        .map(|(lang, text)| (lang.as_str(), text.as_str(), folded(text)))
        .filter(|(_, _, folded)| !folded.is_empty())
        .collect();
    let theirs: Vec<(&str, &str, String)> = item
        .names()
        .map(|(lang, text)| (lang, text, folded(text)))
        .collect();
    let mut best: Option<(f64, String)> = None;
    let mut languages = BTreeSet::new();
    for (lang, text, ours) in &ours {
        // A single name says little of a person, and so do few words of a treaty.
        let words = ours.split(' ').count();
        let telling = if kind == ItemType::Person && words == 1 {
            0.3
        } else if kind == ItemType::Treaty && words < 5 {
            0.4
        } else {
            1.0
        };
        for (other_lang, other, theirs) in &theirs {
            let likeness = likeness(ours, theirs);
            let Some(how) = likeness else {
                continue;
            };
            let weight = telling
                * match how {
                    Match::Folded if text == other => 0.6,
                    Match::Folded => 0.55,
                    Match::Reordered => 0.45,
                    Match::Typo => 0.15,
                };
            if how == Match::Folded && lang == other_lang {
                languages.insert(*lang);
            }
            if best.as_ref().is_none_or(|(old, _)| *old < weight) {
                best = Some((weight, (*other).to_owned()));
            }
        }
    }
    match best {
        Some((weight, found)) => score.add("name", found, weight),
        // Missions and relations have no names of their own, they are described.
        None if matches!(
            kind,
            ItemType::Mission | ItemType::Relation | ItemType::Office
        ) => {}
        None => score.add("name", "no name agrees", -0.9),
    }
    if languages.len() > 1 && !matches!(kind, ItemType::Person) {
        let weight = 1.0 - 0.8_f64.powi(i32::try_from(languages.len() - 1).unwrap_or(1));
        score.add(
            "names in languages",
            languages.into_iter().collect::<Vec<_>>().join(", "),
            weight,
        );
    }
}

/// How two folded names agree.
fn likeness(one: &str, other: &str) -> Option<Match> {
    if one == other {
        return Some(Match::Folded);
    }
    if one.len().abs_diff(other.len()) > 8 {
        return None;
    }
    if bag(one) == bag(other) {
        return Some(Match::Reordered);
    }
    (one.len() >= 6 && one_typo(one, other)).then_some(Match::Typo)
}

/// Whether one letter put in, left out or changed makes one of the other.
fn one_typo(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let front = same(&one, &other);
    let reversed = |letters: &[char]| letters.iter().rev().copied().collect::<Vec<_>>();
    let back = same(&reversed(&one), &reversed(&other));
    front + back + 1 >= one.len().max(other.len())
}

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
        Some(true) => score.add(what, found, pro),
        Some(false) => score.add(what, format!("not {found}"), -contra),
        None => {}
    }
}

fn words(iris: &BTreeSet<String>, around: &Around<'_>) -> String {
    iris.iter()
        .map(|iri| around.label(iri))
        .collect::<Vec<_>>()
        .join(", ")
}

fn city(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
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
            score.add("coordinates", format!("{distance:.0} km apart"), 0.7)
        }
        Some(distance) if distance > FAR => {
            score.add("coordinates", format!("{distance:.0} km apart"), -0.95)
        }
        Some(_) | None => {}
    }
}

fn mission(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
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
            score.add("kind", found, 0.3);
        } else if consular(&ours) == consular(&theirs) {
            // A legation becomes an embassy, a consulate a consulate general.
            score.add("kind", found, 0.1);
        } else {
            score.add("kind", found, -0.97);
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
        score.add("parties", format!("not {found}"), -0.9);
    } else if both == ours.len() && ours.len() == subject.parties.len() {
        score.add("parties", found, pro);
    } else {
        score.add("parties", format!("{both} of {found}"), pro / 3.0);
    }
}

fn relation(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    parties(score, subject, item, around, 0.9);
}

fn treaty(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    parties(score, subject, item, around, 0.5);
    let years: BTreeSet<i32> = item.dates.iter().map(|(_, when)| when.day.year).collect();
    if let Some((first, last)) = subject.seen
        && !years.is_empty()
    {
        let within = years.iter().find(|year| (first.0..=last.0).contains(year));
        match within {
            Some(year) => score.add("date", year.to_string(), 0.5),
            None => score.add("date", format!("not {}", first.0), -0.8),
        }
    }
}

fn office(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
    let states = around.items_of(&subject.states);
    let found = words(&subject.states, around);
    let named = item
        .names()
        .any(|(_, name)| same_office(&subject.label, name, around.nouns));
    if named {
        score.add("office", subject.label.clone(), 0.5);
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

fn person(score: &mut Score, subject: &Subject, item: &Item, around: &Around<'_>) {
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
        score.add("office", found, weight);
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
        score.add("lifetime", format!("{}–{}", lived(born), lived(died)), -1.0);
    } else {
        score.add("lifetime", format!("alive in {}", first.0), 0.1);
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
    fn reasons_leave_of_the_doubt_what_each_leaves() {
        let mut score = Score::default();
        score.because("name", "Lima", 0.5);
        score.because("state", "Peru", 0.5);
        assert!((score.value() - 0.75).abs() < 1e-9);
        score.because("coordinates", "far", -1.0);
        assert!(score.value().abs() < 1e-9);
    }

    #[test]
    fn one_letter_is_a_typo() {
        for (one, other, is) in [
            ("bogota", "bogot", true),
            ("bogota", "bogata", true),
            ("bogota", "bogtoa", false),
            ("bogota", "bogota", true),
            ("lima", "roma", false),
            ("aaaa", "aaa", true),
        ] {
            assert_eq!(one_typo(one, other), is, "{one} {other}");
            assert_eq!(one_typo(other, one), is, "{other} {one}");
        }
    }

    #[test]
    fn distances_are_kilometres() {
        let paris_lyon = kilometres((48.8566, 2.3522), (45.7640, 4.8357));
        assert!((paris_lyon - 392.0).abs() < 3.0, "{paris_lyon}");
    }
}
