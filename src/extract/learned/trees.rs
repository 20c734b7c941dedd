//! Trees that weigh a candidate by how it stands among the others and by its features, read from data that a script has fitted to documents with gold.

use super::among::{NAMES, Numbers};
use crate::fact::Kind;
use std::collections::BTreeMap;
use std::num::NonZeroU16;

/// A step of a tree: it parts, or it ends in a weight. Small, since a candidate takes thousands of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// A number of the candidate, the most it may be to go on with the next step, and the step to go on with else.
    Most(u8, u16, i32),
    /// A feature that it must lack to go on with the next step, and the step to go on with else.
    Lacks(NonZeroU16, u16),
    /// What it weighs, in ten-thousandths.
    Weighs(i32),
}

impl Step {
    /// The step that a step parts to.
    fn other(&mut self) -> Option<&mut u16> {
        match self {
            Self::Most(_, other, _) | Self::Lacks(_, other) => Some(other),
            Self::Weighs(_) => None,
        }
    }
}

/// Which of the features that trees ask for a candidate has; used again for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Has(Vec<bool>);

impl Has {
    fn set(&mut self, features: &[NonZeroU16], has: bool) {
        for feature in features {
            let at = usize::from(feature.get());
            if self.0.len() <= at {
                self.0.resize(at + 1, false);
            }
            if let Some(own) = self.0.get_mut(at) {
                *own = has;
            }
        }
    }
}

/// The numbers of the features that trees ask for, by name.
pub(super) type Asked = BTreeMap<String, NonZeroU16>;

/// The trees of each kind, one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Trees(BTreeMap<Kind, Vec<Vec<Step>>>);

impl Trees {
    /// Trees from their table, and the features that they ask for. A line that is none is passed over; a test holds that there is none such.
    pub(super) fn read(table: &str) -> (Self, Asked) {
        let (mut found, mut asked) = (Self::default(), Asked::new());
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            if let Some((kind, tree)) = tree(line, &mut asked) {
                found.0.entry(kind).or_default().push(tree);
            }
        }
        (found, asked)
    }

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// What a candidate of a kind weighs, in hundredths, by its numbers and the features it has of those that trees ask for; none where the kind has
    /// no trees.
    pub(super) fn weigh(
        &self,
        kind: Kind,
        numbers: &Numbers,
        features: &[NonZeroU16],
        has: &mut Has,
    ) -> Option<i32> {
        let trees = self.0.get(&kind)?;
        has.set(features, true);
        let sum: i32 = trees.iter().map(|tree| one(tree, numbers, &has.0)).sum();
        has.set(features, false);
        Some(sum.div_euclid(100))
    }
}

/// What one tree weighs.
fn one(tree: &[Step], numbers: &Numbers, has: &[bool]) -> i32 {
    let mut at = 0;
    loop {
        let (goes_on, other) = match tree.get(at) {
            Some(Step::Most(number, other, most)) => {
                let number = numbers.get(usize::from(*number));
                (number.is_some_and(|n| n <= most), other)
            }
            Some(Step::Lacks(feature, other)) => {
                let has = has.get(usize::from(feature.get()));
                (has != Some(&true), other)
            }
            Some(Step::Weighs(weight)) => return *weight,
            None => return 0,
        };
        at = if goes_on { at + 1 } else { usize::from(*other) };
    }
}

/// A step that parts: a feature has the sign for a part of names in its own.
fn parts(name: &str, most: &str, asked: &mut Asked) -> Option<Step> {
    if let Some(number) = NAMES.iter().position(|n| *n == name) {
        return Some(Step::Most(number.try_into().ok()?, 0, most.parse().ok()?));
    }
    if most != "0" || !name.contains('|') {
        return None;
    }
    if let Some(number) = asked.get(name) {
        return Some(Step::Lacks(*number, 0));
    }
    let number = NonZeroU16::new(u16::try_from(asked.len() + 1).ok()?)?;
    asked.insert(name.to_owned(), number);
    Some(Step::Lacks(number, 0))
}

/// A line of the table: the kind, and each step before those that follow it, `name<=most` or a weight.
fn tree(line: &str, asked: &mut Asked) -> Option<(Kind, Vec<Step>)> {
    let mut words = line.split('\t');
    let kind = Kind::parse(words.next()?)?;
    let mut steps = Vec::new();
    // Steps whose other branch has not begun.
    let mut open: Vec<usize> = Vec::new();
    for word in words {
        if let Some((name, most)) = word.split_once("<=") {
            open.push(steps.len());
            steps.push(parts(name, most, asked)?);
            continue;
        }
        steps.push(Step::Weighs(word.parse().ok()?));
        let next = u16::try_from(steps.len()).ok()?;
        if let Some(at) = open.pop()
            && let Some(other) = steps.get_mut(at).and_then(Step::other)
        {
            *other = next;
        }
    }
    // Each step that parts leads to two, so that there is one weight more than such steps.
    let ends = steps.iter().filter(|s| matches!(s, Step::Weighs(_)));
    (2 * ends.count() == steps.len() + 1).then_some((kind, steps))
}

#[cfg(test)]
mod tests {
    use super::super::among::NUMBERS;
    use super::*;

    #[test]
    fn a_tree_parts_at_its_numbers_and_features() {
        let line = "visit\tsentence<=4\tknown<=0\t100\t200\t-350";
        let other = "visit\tvisit|by air<=0\t0\t1000";
        let (trees, asked) = Trees::read(&format!("# a remark\n{line}\n{line}\n{other}\n"));
        let flown: Vec<NonZeroU16> = asked.into_values().collect();
        let weighed = |sentence: i32, known: i32, features: &[NonZeroU16]| {
            let mut numbers = [0; NUMBERS];
            for (name, value) in [("sentence", sentence), ("known", known)] {
                let at = NAMES.iter().position(|n| *n == name);
                numbers[at.unwrap_or_default()] = value;
            }
            trees.weigh(Kind::Visit, &numbers, features, &mut Has::default())
        };
        let weigh = |sentence, known| weighed(sentence, known, &[]);
        assert_eq!(weigh(4, 0), Some(2));
        assert_eq!(weigh(4, 1), Some(4));
        assert_eq!(weigh(5, 1), Some(-7));
        assert_eq!(weighed(5, 1, &flown), Some(3));
        let none = trees.weigh(Kind::Treaty, &[0; NUMBERS], &[], &mut Has::default());
        assert_eq!(none, None);
    }

    #[test]
    fn what_is_no_tree_is_passed_over() {
        for line in [
            "visit\tsentence<=4\t100",
            "visit\tno such number<=4\t1\t2",
            "no such kind\t5",
            "visit\tsentence<=x\t1\t2",
            "visit\tvisit|by air<=1\t1\t2",
        ] {
            assert_eq!(tree(line, &mut Asked::new()), None, "{line}");
        }
    }
}
