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

/// Phrases for states, folded → the states that each fits.
#[derive(Clone, Debug, Default)]
pub(super) struct Described {
    /// Sets of states, by index in the gazetteer.
    sets: Vec<Vec<usize>>,
    /// How many of them, from the first on, are those of regions.
    regions: usize,
    /// For each phrase its sets.
    phrases: BTreeMap<String, Vec<usize>>,
}

impl Described {
    /// Writes the phrases of a language out; `add` is told each.
    pub(super) fn new(
        lang: Lang,
        words: &Words,
        gazetteer: &Gazetteer,
        mut add: impl FnMut(&str),
    ) -> Self {
        let mut described = Self::default();
        let patterns = |class: Class| {
            let listed = words.classes.get(class.name());
            listed.into_iter().flatten()
        };
        for region in gazetteer.regions() {
            let set = described.sets.len();
            described.sets.push(region.states.clone());
            for form in region.forms(lang) {
                // "the island": an article of its own makes a form the whole of the description.
                let whole = patterns(Class::FormSpoken).any(|p| {
                    let lead = p.trim_end_matches(SLOT);
                    form.starts_with(lead)
                });
                if whole {
                    described.add(form, set, &mut add);
                    continue;
                }
                for pattern in patterns(Class::Described) {
                    let phrase = pattern.replace(SLOT, form);
                    described.add(&phrase, set, &mut add);
                }
            }
        }
        described.regions = described.sets.len();
        let names = || gazetteer.names().iter();
        let own = names().filter(|n| n.form == NameForm::Formal && n.lang == Some(lang));
        let named: BTreeSet<_> = names().map(|n| fold(&n.text)).collect();
        for name in own {
            let form = JOINS.iter().filter_map(|j| name.text.find(j)).min();
            let form = form.and_then(|end| name.text.get(..end));
            // "the Republic" fits a hundred states, "the United Kingdom" is a name.
            let Some(form) = form.filter(|f| f.contains(' ') && !named.contains(&fold(f))) else {
                continue;
            };
            let set = described.sets.len();
            described.sets.push(vec![name.body]);
            for pattern in patterns(Class::FormSpoken) {
                described.add(&pattern.replace(SLOT, form), set, &mut add);
            }
        }
        described
    }

    fn add(&mut self, phrase: &str, set: usize, add: &mut impl FnMut(&str)) {
        let words = folded(phrase);
        // "du pays andin": the article is part of the word before.
        let behind = words.get(1..).unwrap_or(&[]);
        for form in [words.join(" "), behind.join(" ")] {
            self.phrases.entry(form).or_default().push(set);
        }
        add(phrase);
    }

    /// The states that a folded phrase fits, and whether it says where they lie, not what form they have.
    pub(super) fn states(&self, phrase: &str) -> (Vec<usize>, bool) {
        let sets = self.phrases.get(phrase).map_or(&[][..], Vec::as_slice);
        let states = sets.iter().filter_map(|set| self.sets.get(*set));
        let lies = sets.iter().any(|set| *set < self.regions);
        (states.flatten().copied().collect(), lies)
    }
}
