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
    open.is_empty().then_some((kind, steps))
}
