//! Which of two states a name looks more like one of: by the parts of words in the names of those who led states.

use super::fold;
use super::hash::Table;
use std::sync::LazyLock;

const ORIGINS: &str = include_str!("../../data/gazetteer/origins.tsv");

/// How many parts of words a state must be known by.
const LEAST: f64 = 600.0;

/// How many parts of the names of all states count beside those of a state: a state that has few is nearer to the middle.
const SHARED: f64 = 400.0;

/// The parts of words in the names of each state's leaders, and how often each is met: of one state all together, as two states are asked of many parts.
#[derive(Debug, Default)]
pub struct Origins {
    /// The numbers of parts.
    parts: Table<u64, usize>,
    /// How often each is met in all names.
    all: Vec<f64>,
    sum: f64,
    /// The numbers of states.
    numbers: Table<&'static str, usize>,
    states: Vec<State>,
}

/// How often parts are met in the names of one state.
#[derive(Debug, Default)]
struct State {
    of: Vec<u32>,
    sum: f64,
}

/// The letters of a part in one number: three at most, of 21 bits each.
fn packed(letters: impl IntoIterator<Item = char>) -> u64 {
    let letters = letters.into_iter().map(|c| u64::from(u32::from(c)));
    letters.fold(0, |packed, letter| packed << 21 | letter)
}

/// Tells of each part of a name's words of two and of three letters, with their beginnings and ends.
fn parts(name: &str, mut tell: impl FnMut(u64)) {
    let mut framed: Vec<char> = Vec::new();
    for word in name.split([' ', '\u{a0}']) {
        for word in fold(word).split(['-', '\'', '.']) {
            if word.is_empty() || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
                continue;
            }
            framed.clear();
            framed.extend(std::iter::once('^').chain(word.chars()).chain(['$']));
            for length in [2, 3] {
                for letters in framed.windows(length) {
                    tell(packed(letters.iter().copied()));
                }
            }
        }
    }
}

impl Origins {
    fn parse(text: &'static str) -> Self {
        let mut origins = Self::default();
        for line in text.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(part), Some(all), Some(counted)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let all = all.parse().unwrap_or(0.0);
            let counted = counted.split('|').filter_map(|s| s.split_once(':'));
            let number = origins.all.len();
            for (key, times) in counted {
                if origins.numbers.insert(key, origins.states.len()) {
                    origins.states.push(State::default());
                }
                let Some(state) = origins.numbers.get(key).copied() else {
                    continue;
                };
                let Some(state) = origins.states.get_mut(state) else {
                    continue;
                };
                if part == "*" {
                    state.sum = times.parse().unwrap_or(0.0);
                } else {
                    state.of.resize(number, 0);
                    state.of.push(times.parse().unwrap_or(0));
                }
            }
            if part == "*" {
                origins.sum = all;
            } else if origins.parts.insert(packed(part.chars()), number) {
                origins.all.push(all);
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
        let state = |key: &str| self.states.get(*self.numbers.get(key)?);
        let (first, second) = (state(first)?, state(second)?);
        if first.sum < LEAST || second.sum < LEAST {
            return None;
        }
        let (mut sum, mut known) = (0.0, 0.0);
        parts(name, |part| {
            let Some(&number) = self.parts.get(&part) else {
                return;
            };
            let all = self.all.get(number).copied().unwrap_or(0.0);
            let share = SHARED * all / self.sum;
            let likely = |state: &State| {
                let own = state.of.get(number).copied().map_or(0.0, f64::from);
                ((own + share) / (state.sum + SHARED)).ln()
            };
            sum += likely(first) - likely(second);
            known += 1.0;
        });
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
                [part, all, _] => {
                    let letters = part.chars().count();
                    (1..=3).contains(&letters) && all.parse::<u32>().is_ok()
                }
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
