//! Those who led states, by name: whose leader somebody is of whom the text does not say so.

use super::fold;
use super::hash::Table;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const LEADERS: &str = include_str!("../../data/gazetteer/leaders.tsv");

/// One who led a state: the state's key in the gazetteer, the first and the last year in its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Led {
    /// The state's key.
    pub state: &'static str,
    /// The first year.
    pub from: i32,
    /// The last year.
    pub to: i32,
}

impl Led {
    /// Whether a document that speaks of some years can speak of the leader.
    #[must_use]
    pub fn within(&self, first: i32, last: i32) -> bool {
        self.from <= last && self.to >= first
    }
}

/// The leaders of states.
#[derive(Debug, Default)]
pub struct Leaders {
    named: Table<&'static str, Vec<Led>>,
    /// By the last word of a name.
    by_last: Table<&'static str, Vec<Led>>,
}

/// A name's words, folded.
fn words(name: &str) -> Vec<String> {
    let words = name.split([' ', '\u{a0}']).filter(|w| !w.is_empty());
    words.map(|w| fold(w).into_owned()).collect()
}

fn numeral(word: &str) -> bool {
    word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
}

impl Leaders {
    fn parse(text: &'static str) -> Self {
        let mut named: BTreeMap<&str, Vec<Led>> = BTreeMap::new();
        let mut by_last: BTreeMap<&str, Vec<Led>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(name), Some(state)) = (cells.next(), cells.next()) else {
                continue;
            };
            let mut year = || cells.next().and_then(|y| y.parse().ok());
            let (from, to) = (year().unwrap_or(i32::MIN), year().unwrap_or(i32::MAX));
            let led = Led { state, from, to };
            named.entry(name).or_default().push(led);
            if let Some((_, last)) = name.rsplit_once(' ')
                && !numeral(last)
            {
                by_last.entry(last).or_default().push(led);
            }
        }
        let mut leaders = Self::default();
        for (name, all) in named {
            leaders.named.insert(name, all);
        }
        for (name, all) in by_last {
            leaders.by_last.insert(name, all);
        }
        leaders
    }

    /// The table that is part of the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static LEADERS_BY_NAME: LazyLock<Leaders> = LazyLock::new(|| Leaders::parse(LEADERS));
        &LEADERS_BY_NAME
    }

    fn of(&self, name: &str) -> &[Led] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// Those of a name, also where it has more words than the table gives it: the first with the last, or with the last but one.
    #[must_use]
    pub fn named(&self, name: &str) -> &[Led] {
        let words = words(name);
        let whole = self.of(&words.join(" "));
        let [first, .., before, last] = words.as_slice() else {
            return whole;
        };
        let short = |other: &String| self.of(&format!("{first} {other}"));
        let known = |found: &&[Led]| !found.is_empty();
        let found = Some(whole).filter(known);
        let found = found.or_else(|| Some(short(last)).filter(known));
        found.unwrap_or_else(|| short(before))
    }

    /// Those whose name has this last word.
    #[must_use]
    pub fn by_last(&self, word: &str) -> &[Led] {
        let found = self.by_last.get(fold(word).as_ref());
        found.map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_folded_name_a_state_and_two_years() {
        for line in LEADERS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let whole = match cells.as_slice() {
                [name, _, from, to] => {
                    let year = |y: &str| y.parse::<i32>().is_ok();
                    words(name).join(" ") == *name && year(from) && (to.is_empty() || year(to))
                }
                _ => false,
            };
            assert!(whole, "{line:?}");
        }
    }

    #[test]
    fn a_longer_name_is_found_by_its_ends() {
        let leaders = Leaders::parse(
            "name\tstate\tfrom\tto\nana soto\tPER\t1990\t1995\notto ix\tNOR\t1900\t1920\n",
        );
        let found = |name: &str| leaders.named(name).first().map(|l| l.state);
        assert_eq!(found("Ana Soto"), Some("PER"));
        assert_eq!(found("Ana María Soto"), Some("PER"));
        assert_eq!(found("Ana Soto Ruiz"), Some("PER"));
        assert_eq!(found("Ana Ruiz"), None);
        assert_eq!(found("Otto IX"), Some("NOR"));
        assert_eq!(leaders.by_last("Soto").len(), 1);
        assert!(leaders.by_last("IX").is_empty());
    }
}
