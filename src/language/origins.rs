//! Which of two states a name looks more like one of: by the parts of words in the names of those who led states.

use super::fold;
use super::hash::Table;
use std::sync::LazyLock;

const ORIGINS: &str = include_str!("../../data/gazetteer/origins.tsv");

/// How many parts of words a state must be known by.
const LEAST: f64 = 600.0;

/// How many parts of the names of all states count beside those of a state: a state that has few is nearer to the middle.
const SHARED: f64 = 400.0;

/// How often a part is met in all names, and in those of each state, by the state's number.
#[derive(Debug, Default)]
struct Row {
    all: f64,
    states: Vec<(u16, f64)>,
}

impl Row {
    /// How often it is met in the names of a state.
    fn of(&self, state: u16) -> f64 {
        let at = self.states.binary_search_by_key(&state, |(s, _)| *s).ok();
        at.and_then(|at| self.states.get(at)).map_or(0.0, |s| s.1)
    }
}

/// The parts of words in the names of each state's leaders, and how often each is met.
#[derive(Debug, Default)]
pub struct Origins {
    parts: Table<&'static str, Row>,
    /// The numbers of states, and how many parts there are of each and of all.
    states: Table<&'static str, u16>,
    sums: Row,
}

/// The parts of a name's words of two and of three letters, with their beginnings and ends.
fn parts(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in name.split([' ', '\u{a0}']) {
        for word in fold(word).split(['-', '\'', '.']) {
            if word.is_empty() || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
                continue;
            }
            let letters: Vec<char> = format!("^{word}$").chars().collect();
            for length in [2, 3] {
                found.extend(letters.windows(length).map(|part| part.iter().collect()));
            }
        }
    }
    found
}

impl Origins {
    fn parse(text: &'static str) -> Self {
        let mut origins = Self::default();
        for line in text.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(part), Some(all), Some(states)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let states = states.split('|').filter_map(|s| s.split_once(':'));
            let mut row = Row {
                all: all.parse().unwrap_or(0.0),
                states: Vec::new(),
            };
            for (key, times) in states {
                let state = match origins.states.get(key) {
                    Some(state) => *state,
                    None => {
                        let next = u16::try_from(origins.states.len()).unwrap_or(u16::MAX);
                        origins.states.insert(key, next);
                        next
                    }
                };
                row.states.push((state, times.parse().unwrap_or(0.0)));
            }
            row.states.sort_by_key(|(state, _)| *state);
            if part == "*" {
                origins.sums = row;
            } else {
                origins.parts.insert(part, row);
            }
        }
        origins
    }

    /// The table that is part of the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static ORIGINS_BY_PART: LazyLock<Origins> = LazyLock::new(|| Origins::parse(ORIGINS));
        &ORIGINS_BY_PART
    }

    /// How much more a name looks like one of the first state than of the second, in hundredths (of the natural logarithm of how much likelier a part
    /// of it is, on average); none where too little is known of one of them or of the name.
    #[must_use]
    pub fn nearer(&self, name: &str, first: &str, second: &str) -> Option<i32> {
        let states = [self.states.get(first)?, self.states.get(second)?];
        let [of_first, of_second] = states.map(|s| self.sums.of(*s));
        if of_first < LEAST || of_second < LEAST {
            return None;
        }
        let [first, second] = states;
        let (mut sum, mut known) = (0.0, 0.0);
        for part in parts(name) {
            let Some(row) = self.parts.get(part.as_str()) else {
                continue;
            };
            let share = SHARED * row.all / self.sums.all;
            let likely = |state: u16, of: f64| ((row.of(state) + share) / (of + SHARED)).ln();
            sum += likely(*first, of_first) - likely(*second, of_second);
            known += 1.0;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a mean of logarithms of counts is small"
        )]
        let hundredths = |mean: f64| (100.0 * mean).round() as i32;
        (known > 0.0).then(|| hundredths(sum / known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_part_and_how_often_it_is_met() {
        for line in ORIGINS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let whole = match cells.as_slice() {
                [part, all, _] => !part.is_empty() && all.parse::<u32>().is_ok(),
                _ => false,
            };
            assert!(whole, "{line:?}");
        }
    }

    #[test]
    fn a_name_is_like_those_of_its_state() {
        let nearer = |name: &str, a: &str, b: &str| Origins::embedded().nearer(name, a, b);
        assert!(nearer("Jukka Virtaselainen", "FIN", "PER") > Some(80));
        assert!(nearer("Hernando Quispe Velázquez", "FIN", "PER") < Some(-30));
        let tai = nearer("Nguyễn Văn Tài", "VNM", "POL").map(|n| -n);
        assert_eq!(nearer("Nguyễn Văn Tài", "POL", "VNM"), tai);
        assert_eq!(nearer("Ana Soto", "FIN", "no such state"), None);
    }
}
