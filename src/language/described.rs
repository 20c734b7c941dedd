//! How a language speaks of a state without its name: "the Andean country", "le royaume himalayen", "la República Popular".

use super::class::Class;
use super::gazetteer::{Gazetteer, NameForm};
use super::token::{fold, folded};
use super::words::Words;
use crate::language::Lang;
use std::collections::{BTreeMap, BTreeSet};

/// The phrase that stands for a description in the patterns of [`Class::Described`] and [`Class::FormSpoken`].
const SLOT: char = '*';

/// What joins the form of a state to its name in full names of all three languages.
const JOINS: [&str; 6] = [" of ", " de ", " d'", " du ", " des ", " del "];

/// Words that describe states and the patterns in which they do, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Described {
    /// What stands before and behind the words for where a state lies.
    lying: Vec<(String, String)>,
    /// What stands before and behind the words for a form.
    spoken: Vec<(String, String)>,
    /// The states that words for where they lie fit, by index in the gazetteer.
    regions: BTreeMap<String, Vec<usize>>,
    /// The states that a form fits.
    forms: BTreeMap<String, Vec<usize>>,
}

/// The words of a phrase, folded.
fn words_of(phrase: &str) -> String {
    folded(phrase).join(" ")
}

/// A pattern as what stands before and behind its slot; and so without its article, which may be part of the word before ("du pays andin").
fn pattern(written: &str) -> [(String, String); 2] {
    let words = words_of(written);
    let (before, behind) = words.split_once(SLOT).unwrap_or((&words, ""));
    let bare = before.split_once(' ').map_or("", |(_, rest)| rest);
    [before, bare].map(|before| (before.to_owned(), behind.to_owned()))
}

impl Described {
    /// Tells `add` each phrase of a language.
    pub(super) fn new(
        lang: Lang,
        words: &Words,
        gazetteer: &Gazetteer,
        mut add: impl FnMut(&str),
    ) -> Self {
        let listed = |class: Class| words.classes.get(class.name()).into_iter().flatten();
        let mut described = Self {
            lying: listed(Class::Described).flat_map(|p| pattern(p)).collect(),
            spoken: listed(Class::FormSpoken).flat_map(|p| pattern(p)).collect(),
            ..Self::default()
        };
        // "the island": an article of its own makes a form the whole of the description.
        let whole = |form: &str| {
            let mut leads = listed(Class::FormSpoken).map(|p| p.trim_end_matches(SLOT));
            leads.find_map(|lead| form.strip_prefix(lead)).is_some()
        };
        for region in gazetteer.regions() {
            for form in region.forms(lang) {
                let known = described.regions.entry(words_of(form)).or_default();
                known.extend(&region.states);
                if whole(form) {
                    add(form);
                    continue;
                }
                for pattern in listed(Class::Described) {
                    add(&pattern.replace(SLOT, form));
                }
            }
        }
        let names = || gazetteer.names().iter();
        let own = names().filter(|n| n.form == NameForm::Formal && n.lang == Some(lang));
        let several = names().filter(|n| n.text.contains(' '));
        let named: BTreeSet<_> = several.map(|n| fold(&n.text)).collect();
        for name in own {
            let form = JOINS.iter().filter_map(|j| name.text.find(j)).min();
            let form = form.and_then(|end| name.text.get(..end));
            // "the Republic" fits a hundred states, "the United Kingdom" is a name.
            let Some(form) = form.filter(|f| f.contains(' ') && !named.contains(&fold(f))) else {
                continue;
            };
            let known = described.forms.entry(words_of(form)).or_default();
            known.push(name.body);
            for pattern in listed(Class::FormSpoken) {
                add(&pattern.replace(SLOT, form));
            }
        }
        described
    }

    /// The states that a folded phrase fits, and whether it says where they lie, not what form they have.
    pub(super) fn states(&self, phrase: &str) -> (Vec<usize>, bool) {
        let within = |patterns: &[(String, String)], known: &BTreeMap<String, Vec<usize>>| {
            let inner = patterns.iter().filter_map(|(before, behind)| {
                known.get(
                    phrase
                        .strip_prefix(before.as_str())?
                        .strip_suffix(behind.as_str())?,
                )
            });
            inner.flatten().copied().collect::<Vec<usize>>()
        };
        let mut states = within(&self.lying, &self.regions);
        states.extend(self.regions.get(phrase).into_iter().flatten());
        let lies = !states.is_empty();
        states.extend(within(&self.spoken, &self.forms));
        (states, lies)
    }
}
