//! Trees that weigh a candidate by how it stands among the others, read from data that a script has fitted to documents with gold.

use super::among::{NAMES, Numbers};
use crate::fact::Kind;
use std::collections::BTreeMap;

/// A step of a tree: at a number of the candidate it parts, or it ends in a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The number, the most it may be to go on with the next step, and the step to go on with else.
    Parts(usize, i32, usize),
    /// What it weighs, in ten-thousandths.
    Weighs(i32),
}

/// The trees of each kind, one behind the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Trees(BTreeMap<Kind, Vec<Vec<Step>>>);

impl Trees {
    /// Trees from their table. A line that is none is passed over; a test holds that there is none such.
    pub(super) fn read(table: &str) -> Self {
        let mut found: BTreeMap<Kind, Vec<Vec<Step>>> = BTreeMap::new();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            if let Some((kind, tree)) = tree(line) {
                found.entry(kind).or_default().push(tree);
            }
        }
        Self(found)
    }

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// What a candidate of a kind weighs, in hundredths; none where the kind has no trees.
    pub(super) fn weigh(&self, kind: Kind, numbers: &Numbers) -> Option<i32> {
        let trees = self.0.get(&kind)?;
        let sum: i32 = trees.iter().map(|tree| one(tree, numbers)).sum();
        Some(sum.div_euclid(100))
    }
}

/// What one tree weighs.
fn one(tree: &[Step], numbers: &Numbers) -> i32 {
    let mut at = 0;
    while let Some(Step::Parts(number, most, other)) = tree.get(at) {
        let below = numbers.get(*number).is_some_and(|n| n <= most);
        at = if below { at + 1 } else { *other };
    }
    match tree.get(at) {
        Some(Step::Weighs(weight)) => *weight,
        Some(Step::Parts(..)) | None => 0,
    }
}

/// A line of the table: the kind, and each step before those that follow it, `name<=most` or a weight.
fn tree(line: &str) -> Option<(Kind, Vec<Step>)> {
    let mut words = line.split('\t');
    let kind = Kind::parse(words.next()?)?;
    let mut steps = Vec::new();
    // Steps whose other branch has not begun.
    let mut open: Vec<usize> = Vec::new();
    for word in words {
        if let Some((name, most)) = word.split_once("<=") {
            open.push(steps.len());
            let number = NAMES.iter().position(|n| *n == name)?;
            steps.push(Step::Parts(number, most.parse().ok()?, 0));
            continue;
        }
        steps.push(Step::Weighs(word.parse().ok()?));
        let next = steps.len();
        if let Some(at) = open.pop()
            && let Some(Step::Parts(_, _, other)) = steps.get_mut(at)
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
    fn a_tree_parts_at_its_numbers() {
        let line = "visit\tsentence<=4\tknown<=0\t100\t200\t-350";
        let trees = Trees::read(&format!("# a remark\n{line}\n{line}\n"));
        let weigh = |sentence: i32, known: i32| {
            let mut numbers = [0; NUMBERS];
            for (name, value) in [("sentence", sentence), ("known", known)] {
                let at = NAMES.iter().position(|n| *n == name);
                numbers[at.unwrap_or_default()] = value;
            }
            trees.weigh(Kind::Visit, &numbers)
        };
        assert_eq!(weigh(4, 0), Some(2));
        assert_eq!(weigh(4, 1), Some(4));
        assert_eq!(weigh(5, 1), Some(-7));
        assert_eq!(trees.weigh(Kind::Treaty, &[0; NUMBERS]), None);
    }

    #[test]
    fn what_is_no_tree_is_passed_over() {
        for line in [
            "visit\tsentence<=4\t100",
            "visit\tno such number<=4\t1\t2",
            "no such kind\t5",
            "visit\tsentence<=x\t1\t2",
        ] {
            assert_eq!(tree(line), None, "{line}");
        }
    }
}
