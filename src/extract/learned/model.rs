//! What weighs candidates: weights of features and trees, read from data that a script has fitted to documents with gold.

use super::trees::Trees;
use std::num::NonZeroU16;

const WEIGHTS: &str = include_str!("../../../data/learned/weights.tsv");
const TREES: &str = include_str!("../../../data/learned/trees.tsv");

/// How many features stand together.
const ROOM: usize = 8;

/// What a feature is worth: its weight (high half, in hundredths) and by which number trees ask for it (low half; 0 where none does).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Worth(i32);

impl Worth {
    fn new(weight: i32, asked: u16) -> Self {
        Self(weight << 16 | i32::from(asked))
    }

    /// What it weighs, in hundredths.
    pub(super) const fn weight(self) -> i32 {
        self.0 >> 16
    }

    /// By which number trees ask for it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the low half"
    )]
    pub(super) fn asked(self) -> Option<NonZeroU16> {
        NonZeroU16::new(self.0 as u16)
    }
}

/// Features whose numbers have the same low bits: the high halves of these, and what they are worth, which is never 0; 0 where there is none more.
/// It is one line of a cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket {
    high: [u32; ROOM],
    worths: [i32; ROOM],
}

impl Bucket {
    /// What a number is worth; 0 where it has none. All places are looked at: few features weigh anything, and none can be foretold.
    fn worth(&self, number: u64) -> Worth {
        let sought = high(number);
        let pairs = self.high.iter().zip(&self.worths);
        Worth(pairs.map(|(h, w)| if *h == sought { *w } else { 0 }).sum())
    }

    fn is_full(&self) -> bool {
        self.worths.last().is_some_and(|w| *w != 0)
    }
}

/// For how many features there is a bucket: so few that the table is small, so many that hardly one is full.
const FILLED: usize = 5;

/// What features are worth: found by the numbers of their names, whose low bits tell the bucket; behind a full one the next has the rest. Of those
/// that are asked for five in six are worth something, so nothing tells beforehand which are not.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Model {
    /// Their count is a power of two.
    buckets: Vec<Bucket>,
    /// What weighs a candidate among the others.
    pub(super) trees: Trees,
    /// Whether candidates keep the names of their features, for the script that fits trees.
    pub(super) names: bool,
}

/// The names and weights of the table. A line that is none is passed over; a test holds that there is none such.
fn lines(text: &str) -> impl Iterator<Item = (&str, i32)> {
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    lines.filter_map(|line| {
        let (name, weight) = line.split_once('\t')?;
        Some((name, weight.parse().ok()?))
    })
}

impl Model {
    /// The weights that are part of the program.
    pub(in crate::extract) fn embedded() -> Self {
        Self::read(WEIGHTS, TREES)
    }

    /// Weights and trees from their tables, by which what is weighed keeps the names of its features.
    pub(in crate::extract) fn naming(weights: &str, trees: &str) -> Self {
        Self {
            names: true,
            ..Self::read(weights, trees)
        }
    }

    /// Weights and trees from their tables.
    pub(in crate::extract) fn read(weights: &str, trees: &str) -> Self {
        let (trees, asked) = Trees::read(trees);
        let count = weights.lines().count() + asked.len();
        let size = count / FILLED + 1;
        let mut model = Self {
            buckets: vec![Bucket::default(); size.next_power_of_two()],
            trees,
            names: false,
        };
        for (name, weight) in lines(weights) {
            model.add(Number::of(name).mixed(), Worth::new(weight, 0));
        }
        for (name, asked) in asked {
            model.add(Number::of(&name).mixed(), Worth::new(0, asked.get()));
        }
        model
    }

    /// Adds what a feature is worth to what it is already.
    fn add(&mut self, number: u64, worth: Worth) {
        let mask = self.buckets.len().wrapping_sub(1);
        let mut at = low(number) & mask;
        loop {
            let Some(bucket) = self.buckets.get_mut(at) else {
                return;
            };
            let mut places = bucket.high.iter_mut().zip(&mut bucket.worths);
            let own = places.find(|(h, w)| **w == 0 || **h == high(number));
            if let Some((high_half, place)) = own {
                *high_half = high(number);
                *place += worth.0;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// What the feature is worth whose name has this number: 0 where it has none.
    pub(super) fn worth(&self, name: Number) -> Worth {
        let number = name.mixed();
        let mask = self.buckets.len().wrapping_sub(1);
        let at = low(number) & mask;
        let Some(bucket) = self.buckets.get(at) else {
            return Worth::default();
        };
        let worth = bucket.worth(number);
        // Both are asked, whatever the first is: which features are worth something nobody can foretell, but hardly a bucket is full.
        if (worth == Worth::default()) & bucket.is_full() {
            return self.behind(number, at);
        }
        worth
    }

    /// What a feature is worth that may stand behind its own bucket, which is full.
    #[cold]
    fn behind(&self, number: u64, own: usize) -> Worth {
        let mask = self.buckets.len().wrapping_sub(1);
        let mut at = (own + 1) & mask;
        while let Some(bucket) = self.buckets.get(at).filter(|_| at != own) {
            let worth = bucket.worth(number);
            if worth != Worth::default() || !bucket.is_full() {
                return worth;
            }
            at = (at + 1) & mask;
        }
        Worth::default()
    }

    /// What some features are worth: none waits until memory has told of the one before.
    pub(super) fn worths<const N: usize>(&self, names: [Number; N]) -> [Worth; N] {
        names.map(|name| self.worth(name))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the high half is kept apart"
)]
fn low(number: u64) -> usize {
    number as u32 as usize
}

fn high(number: u64) -> u32 {
    (number >> 32) as u32
}

/// The number of a name: a polynomial of its bytes, so that the number of a whole is made of those of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Number {
    sum: u64,
    /// The power by which what stands before it is multiplied.
    shift: u64,
}

/// The powers of the polynomial's base, from the eighth down to the first.
const POWERS: [u64; 8] = {
    let base = 0x9e37_79b9_7f4a_7c15_u64;
    let second = base.wrapping_mul(base);
    let fourth = second.wrapping_mul(second);
    [
        fourth.wrapping_mul(fourth),
        fourth.wrapping_mul(second).wrapping_mul(base),
        fourth.wrapping_mul(second),
        fourth.wrapping_mul(base),
        fourth,
        second.wrapping_mul(base),
        second,
        base,
    ]
};

impl Number {
    /// That of the empty name.
    pub(super) const EMPTY: Self = Self { sum: 0, shift: 1 };

    /// The number of a name or of a part of one.
    pub(super) const fn of(name: &str) -> Self {
        let [eighth, seventh, sixth, fifth, fourth, third, second, base] = POWERS;
        let (mut sum, mut shift, mut rest) = (0_u64, 1_u64, name.as_bytes());
        while let [a, b, c, d, e, f, g, h, tail @ ..] = rest {
            sum = sum
                .wrapping_mul(eighth)
                .wrapping_add((*a as u64).wrapping_mul(seventh))
                .wrapping_add((*b as u64).wrapping_mul(sixth))
                .wrapping_add((*c as u64).wrapping_mul(fifth))
                .wrapping_add((*d as u64).wrapping_mul(fourth))
                .wrapping_add((*e as u64).wrapping_mul(third))
                .wrapping_add((*f as u64).wrapping_mul(second))
                .wrapping_add((*g as u64).wrapping_mul(base))
                .wrapping_add(*h as u64);
            shift = shift.wrapping_mul(eighth);
            rest = tail;
        }
        while let [byte, tail @ ..] = rest {
            sum = sum.wrapping_mul(base).wrapping_add(*byte as u64);
            shift = shift.wrapping_mul(base);
            rest = tail;
        }
        Self { sum, shift }
    }

    /// That of a name with another behind it.
    pub(super) const fn then(self, behind: Self) -> Self {
        Self {
            sum: self.sum.wrapping_mul(behind.shift).wrapping_add(behind.sum),
            shift: self.shift.wrapping_mul(behind.shift),
        }
    }

    /// It by itself, without what stands before it.
    pub(super) const fn alone(self) -> u64 {
        self.sum
    }

    /// All its bits in all places: another for each number.
    const fn mixed(self) -> u64 {
        let mixed = (self.sum ^ self.sum >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ mixed >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_feature_and_its_weight() {
        let mut seen: Vec<&str> = Vec::new();
        for line in WEIGHTS.lines().skip(1) {
            let (name, weight) = line.split_once('\t').unwrap_or_default();
            assert!(
                name.contains('|') && weight.parse::<i32>().is_ok(),
                "{line:?}"
            );
            seen.push(name);
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "a feature has two weights");
        let model = Model::embedded();
        for (name, weight) in lines(WEIGHTS) {
            assert_eq!(
                model.worth(Number::of(name)).weight(),
                weight,
                "{name} is taken for another"
            );
        }
    }

    #[test]
    fn every_line_of_the_trees_is_one() {
        let lines = TREES.lines().filter(|l| !l.starts_with('#'));
        assert_eq!(Trees::read(TREES).0.count(), lines.count());
    }

    #[test]
    fn a_name_is_weighed_whole_or_in_parts() {
        let model = Model::embedded();
        let weight = |parts: &[&str]| {
            let parts = parts.iter().map(|part| Number::of(part));
            model
                .worth(parts.fold(Number::EMPTY, Number::then))
                .weight()
        };
        let whole = weight(&["visit|intercept"]);
        assert_ne!(whole, 0);
        assert_eq!(weight(&["visit", "|", "intercept"]), whole);
        assert_eq!(weight(&["visit|no such feature"]), 0);
    }
}
