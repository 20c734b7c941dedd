//! Which side a king or a president is of, where the constitutions of the two leave only one.

use super::Reader;
use crate::extract::offices::is_royal;
use crate::language::NameForm;

/// States under a monarch whose full names do not say so, by key.
const REALMS: &[&str] = &[
    "ATG", "AUS", "BHS", "BLZ", "CAN", "GRD", "JAM", "JPN", "KNA", "KWT", "LCA", "MYS", "NZL",
    "PNG", "QAT", "SLB", "TUV", "VCT",
];

/// Words of the full English names of monarchies.
const CROWNS: &[&str] = &[
    "Kingdom",
    "Principality",
    "Duchy",
    "Sultanate",
    "Emirate",
    "Empire",
    "Shogunate",
    "Khanate",
];

/// The only side that can have a monarch, and the only one that can have a president.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Heads {
    crown: Option<usize>,
    president: Option<usize>,
}

impl Reader<'_> {
    /// Notes what heads of state the two sides can have.
    pub(super) fn find_heads(&mut self) {
        let formal = |side: usize, words: &[&str]| {
            self.gazetteer
                .names_of(side)
                .filter(|n| matches!(n.form, NameForm::Formal | NameForm::Name))
                .any(|n| n.text.split(' ').any(|w| words.contains(&w)))
        };
        let crowned = |side: usize| REALMS.contains(&self.body_key(side)) || formal(side, CROWNS);
        let only = |fits: &dyn Fn(usize) -> bool| match self.sides.as_slice() {
            [a, b] if fits(*a) != fits(*b) => Some(if fits(*a) { *a } else { *b }),
            _ => None,
        };
        self.heads = Heads {
            crown: only(&crowned),
            president: only(&|side| !crowned(side) || formal(side, &["Republic"])),
        };
    }

    /// The side whose head of state bears a role, when only one can.
    pub(super) fn side_of_head(&self, role: &str) -> Option<usize> {
        if role == "President" {
            self.heads.president
        } else if is_royal(role) && role != "Pope" {
            self.heads.crown
        } else {
            None
        }
    }
}
