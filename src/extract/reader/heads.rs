//! Which side a king or a president is of, where the constitutions of the two leave only one.

use super::Reader;
use crate::extract::offices::is_royal;
use crate::language::NameForm;

/// States under a monarch whose full names do not say so, or have said otherwise, by key.
const REALMS: &[&str] = &[
    "ATG", "AUS", "BHS", "BLZ", "CAN", "ESP", "GRD", "JAM", "JPN", "KHM", "KNA", "KWT", "LCA",
    "MYS", "NLD", "NZL", "PNG", "QAT", "SLB", "TUV", "VCT",
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

/// The year by which the kingdoms and empires that are republics now had fallen, but for one.
const LAST_FALLEN: i32 = 1980;

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
        let realm = |side: usize| REALMS.contains(&self.body_key(side));
        let republic = |side: usize| !realm(side) && formal(side, &["Republic"]);
        // "Kingdom of Iceland", "Republic of Iceland": the kings of a republic are of the past, and a text of recent times speaks of none.
        let recent = self.first_year().is_some_and(|year| year >= LAST_FALLEN);
        let past = |side: usize| formal(side, CROWNS) && !(recent && republic(side));
        let crowned = |side: usize| realm(side) || past(side);
        let reigns = |side: usize| realm(side) || formal(side, CROWNS) && !republic(side);
        let only = |fits: &dyn Fn(usize) -> bool| match self.sides.as_slice() {
            [a, b] if fits(*a) != fits(*b) => Some(if fits(*a) { *a } else { *b }),
            _ => None,
        };
        self.heads = Heads {
            crown: only(&crowned),
            // Spain's president is that of its government.
            president: only(&|side| !reigns(side) || self.body_key(side) == "ESP"),
        };
    }

    /// The side whose head of state bears a role, when only one can.
    pub(in crate::extract) fn side_of_head(&self, role: &str) -> Option<usize> {
        if role == "President" {
            self.heads.president
        } else if is_royal(role) && role != "Pope" {
            self.heads.crown
        } else {
            None
        }
    }
}
