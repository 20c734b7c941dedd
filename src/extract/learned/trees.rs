//! Trees that weigh a candidate by how it stands among the others and by its features, read from data that a script has fitted to documents with gold.

use super::among::{NAMES, Numbers};
use crate::fact::Kind;
use std::collections::BTreeMap;
use std::num::NonZeroU16;

/// What a tree asks of a candidate to go on with the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    /// Whether a number is this at most.
    Most(usize, i32),
    /// Whether it lacks a feature.
    Lacks(NonZeroU16),
}

/// A step of a tree: it parts, or it ends in a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// What is asked, and the step to go on with where it is not so.
    Parts(Ask, usize),
    /// What it weighs, in ten-thousandths.
    Weighs(i32),
}

/// The trees of each kind, one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Trees {
    trees: BTreeMap<Kind, Vec<Vec<Step>>>,
    /// The numbers of the features that they ask for, by name.
    asked: BTreeMap<String, NonZeroU16>,
}

impl Trees {
    /// Trees from their table. A line that is none is passed over; a test holds that there is none such.
    pub(super) fn read(table: &str) -> Self {
        let mut found = Self::default();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            if let Some((kind, tree)) = tree(line, &mut found.asked) {
                found.trees.entry(kind).or_default().push(tree);
            }
        }
        found
    }

    /// The names of the features that trees ask for, with their numbers.
    pub(super) fn asked(&self) -> impl Iterator<Item = (&str, NonZeroU16)> {
        self.asked.iter().map(|(name, number)| (&**name, *number))
    }

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.trees.values().map(Vec::len).sum()
    }

    /// What a candidate of a kind weighs, in hundredths, by its numbers and the features it has of those that trees ask for; none where the kind has
    /// no trees.
    pub(super) fn weigh(
        &self,
        kind: Kind,
        numbers: &Numbers,
        features: &[NonZeroU16],
    ) -> Option<i32> {
        let trees = self.trees.get(&kind)?;
        let mut has = vec![false; self.asked.len() + 1];
        for feature in features {
            if let Some(has) = has.get_mut(usize::from(feature.get())) {
                *has = true;
            }
        }
        let sum: i32 = trees.iter().map(|tree| one(tree, numbers, &has)).sum();
        Some(sum.div_euclid(100))
    }
}

/// What one tree weighs.
fn one(tree: &[Step], numbers: &Numbers, has: &[bool]) -> i32 {
    let mut at = 0;
    while let Some(Step::Parts(ask, other)) = tree.get(at) {
        let is = match ask {
            Ask::Most(number, most) => numbers.get(*number).is_some_and(|n| n <= most),
            Ask::Lacks(feature) => has.get(usize::from(feature.get())) == Some(&false),
        };
        at = if is { at + 1 } else { *other };
    }
    match tree.get(at) {
        Some(Step::Weighs(weight)) => *weight,
        Some(Step::Parts(..)) | None => 0,
    }
}

/// What a step asks: a feature has the sign for a part of names in its own.
fn ask(name: &str, most: &str, asked: &mut BTreeMap<String, NonZeroU16>) -> Option<Ask> {
    if let Some(number) = NAMES.iter().position(|n| *n == name) {
        return Some(Ask::Most(number, most.parse().ok()?));
    }
    if most != "0" || !name.contains('|') {
        return None;
    }
    if let Some(number) = asked.get(name) {
        return Some(Ask::Lacks(*number));
    }
    let number = NonZeroU16::new(u16::try_from(asked.len() + 1).ok()?)?;
    asked.insert(name.to_owned(), number);
    Some(Ask::Lacks(number))
}

/// A line of the table: the kind, and each step before those that follow it, `name<=most` or a weight.
fn tree(line: &str, asked: &mut BTreeMap<String, NonZeroU16>) -> Option<(Kind, Vec<Step>)> {
    let mut words = line.split('\t');
    let kind = Kind::parse(words.next()?)?;
    let mut steps = Vec::new();
    // Steps whose other branch has not begun.
    let mut open: Vec<usize> = Vec::new();
    for word in words {
        if let Some((name, most)) = word.split_once("<=") {
            open.push(steps.len());
            steps.push(Step::Parts(ask(name, most, asked)?, 0));
            continue;
        }
        steps.push(Step::Weighs(word.parse().ok()?));
        let next = steps.len();
        if let Some(at) = open.pop()
            && let Some(Step::Parts(_, other)) = steps.get_mut(at)
        {
            *other = next;
        }
    }
    // Each step that parts leads to two, so that there is one weight more than such steps.
    let parts = steps.iter().filter(|s| matches!(s, Step::Parts(..)));
    (2 * parts.count() + 1 == steps.len()).then_some((kind, steps))
}

#[cfg(test)]
mod tests {
    use super::super::among::NUMBERS;
    use super::*;

    #[test]
    fn a_tree_parts_at_its_numbers_and_features() {
        let line = "visit\tsentence<=4\tknown<=0\t100\t200\t-350";
        let other = "visit\tvisit|by air<=0\t0\t1000";
        let trees = Trees::read(&format!("# a remark\n{line}\n{line}\n{other}\n"));
        let flown: Vec<NonZeroU16> = trees.asked().map(|(_, number)| number).collect();
        let weighed = |sentence: i32, known: i32, features: &[NonZeroU16]| {
            let mut numbers = [0; NUMBERS];
            for (name, value) in [("sentence", sentence), ("known", known)] {
                let at = NAMES.iter().position(|n| *n == name);
                numbers[at.unwrap_or_default()] = value;
            }
            trees.weigh(Kind::Visit, &numbers, features)
        };
        let weigh = |sentence, known| weighed(sentence, known, &[]);
        assert_eq!(weigh(4, 0), Some(2));
        assert_eq!(weigh(4, 1), Some(4));
        assert_eq!(weigh(5, 1), Some(-7));
        assert_eq!(weighed(5, 1, &flown), Some(3));
        assert_eq!(trees.weigh(Kind::Treaty, &[0; NUMBERS], &[]), None);
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
            assert_eq!(tree(line, &mut BTreeMap::new()), None, "{line}");
        }
    }
}
