//! An entity and an item → how likely they are the same, between 0 and 1, with the reasons.
//!
//! Each reason for them has a weight between 0 and 1, and together they leave of the doubt what each leaves: `1 − Π(1 − w)`. Each reason
//! against them takes its share of what remains: `Π(1 − w)`. So no number of weak reasons outweighs one that rules an item out.

use super::fit;
use super::index::Match;
use super::names::{Nouns, bag, folded};

use super::subject::Subject;
use super::{Item, ItemType, Qid};
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
    /// One more reason.
    pub fn because(&mut self, what: &str, found: impl Into<String>, weight: f64) {
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
    pub(super) fn items_of<'s>(&'s self, iris: &'s BTreeSet<String>) -> BTreeSet<Qid> {
        iris.iter()
            .filter_map(|iri| self.linked.get(iri))
            .copied()
            .collect()
    }

    pub(super) fn label<'s>(&'s self, iri: &'s str) -> &'s str {
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
        ItemType::City => fit::city(&mut score, subject, item, around),
        ItemType::Mission => fit::mission(&mut score, subject, item, around),
        ItemType::Relation => fit::relation(&mut score, subject, item, around),
        ItemType::Treaty => fit::treaty(&mut score, subject, item, around),
        ItemType::Office => fit::office(&mut score, subject, item, around),
        ItemType::Person => fit::person(&mut score, subject, item, around),
        ItemType::Visit => fit::visit(&mut score, subject, item, around),
    }
    score
}

fn of_type(score: &mut Score, subject: &Subject, kind: ItemType, item: &Item) {
    let fits = item.types.contains(&kind)
        || (subject.government && item.types.contains(&ItemType::Organisation));
    if fits {
        // Few things are states.
        let weight = if kind == ItemType::State { 0.3 } else { 0.0 };
        score.because("type", kind.name(), weight);
    } else if item.types.is_empty() {
        score.because("type", "not told", -0.3);
    } else {
        score.because(
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
        Some((weight, found)) => score.because("name", found, weight),
        // Who asks for whoever held an office gives no name.
        None if ours.is_empty() => {}
        // Missions and relations have no names of their own, they are described.
        None if matches!(
            kind,
            ItemType::Mission | ItemType::Relation | ItemType::Office | ItemType::Visit
        ) => {}
        None => score.because("name", "no name agrees", -0.9),
    }
    if languages.len() > 1 && !matches!(kind, ItemType::Person) {
        let weight = 1.0 - 0.8_f64.powi(i32::try_from(languages.len() - 1).unwrap_or(1));
        score.because(
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
}
