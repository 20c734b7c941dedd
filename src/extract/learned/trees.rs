//! Trees that weigh a candidate by how it stands among the others and by its features, read from data that a script has fitted to documents with gold.

use super::among::{NAMES, NUMBERS, Numbers};
use crate::fact::Kind;
use std::collections::BTreeMap;
use std::num::NonZeroU16;

/// How many leaves a tree may have: a bit of a word for each, the first the lowest.
const LEAVES: usize = 16;

/// A step of a tree that parts: what a candidate must fail to go on with the leaves behind the first ones, and which these are.
#[derive(Clone, Copy, Debug)]
struct Step {
    tree: u16,
    /// All leaves but the first ones.
    left: u16,
}

impl Step {
    fn take(self, live: &mut [u16]) {
        if let Some(live) = live.get_mut(usize::from(self.tree)) {
            *live &= self.left;
        }
    }
}

/// The trees of a kind. Nobody walks through them: a candidate loses the leaves of every step that it fails, whatever the tree, and of those that are
/// left the first is where a walk would end. So the steps stand by what they ask, and those that a candidate fails stand together.
#[derive(Clone, Debug)]
struct Forest {
    /// The steps that ask for each number, by the most that it may be.
    numbers: [Vec<(i32, Step)>; NUMBERS],
    /// The steps that ask for features, by the numbers of these; failed by those that have them.
    features: Vec<Step>,
    /// Where those of each feature begin among them.
    begins: Vec<usize>,
    /// What the leaves of each tree weigh, in ten-thousandths.
    leaves: Vec<[i32; LEAVES]>,
}

impl Forest {
    fn new(trees: &[Tree]) -> Self {
        let mut numbers = [const { Vec::new() }; NUMBERS];
        let mut features: Vec<(NonZeroU16, Step)> = Vec::new();
        for (tree, number) in trees.iter().zip(0..) {
            for (asks, left) in &tree.steps {
                let step = Step {
                    tree: number,
                    left: *left,
                };
                match asks {
                    Asks::Most(number, most) => {
                        let steps = numbers.get_mut(*number).into_iter();
                        steps.for_each(|steps| steps.push((*most, step)));
                    }
                    Asks::Lacks(feature) => features.push((*feature, step)),
                }
            }
        }
        for steps in &mut numbers {
            steps.sort_by_key(|(most, _)| *most);
        }
        features.sort_by_key(|(feature, _)| *feature);
        let of = |feature: NonZeroU16| usize::from(feature.get());
        let last = features.last().map_or(0, |(last, _)| of(*last));
        let before = |number| features.partition_point(|(feature, _)| of(*feature) < number);
        Self {
            numbers,
            begins: (0..=last + 1).map(before).collect(),
            features: features.into_iter().map(|(_, step)| step).collect(),
            leaves: trees.iter().map(|tree| tree.leaves).collect(),
        }
    }

    /// The steps that ask for a feature.
    fn asking(&self, feature: NonZeroU16) -> &[Step] {
        let at = usize::from(feature.get());
        let range = self.begins.get(at).zip(self.begins.get(at + 1));
        let steps = range.and_then(|(from, to)| self.features.get(*from..*to));
        steps.unwrap_or(&[])
    }

    /// What the trees weigh together, in ten-thousandths.
    fn weigh(&self, numbers: &Numbers, features: &[NonZeroU16], live: &mut Vec<u16>) -> i32 {
        live.clear();
        live.resize(self.leaves.len(), u16::MAX);
        for (number, steps) in numbers.iter().zip(&self.numbers) {
            let failed = steps.iter().take_while(|(most, _)| most < number);
            failed.for_each(|(_, step)| step.take(live));
        }
        let failed = features.iter().flat_map(|feature| self.asking(*feature));
        failed.for_each(|step| step.take(live));
        let both = live.iter().zip(&self.leaves);
        let weights = both.map(|(live, leaves)| leaves.get(live.trailing_zeros() as usize));
        weights.flatten().sum()
    }
}

/// Which leaves candidates have in each tree; used again for the next.
pub(super) type Live = Vec<u16>;

/// The numbers of the features that trees ask for, by name.
pub(super) type Asked = BTreeMap<String, NonZeroU16>;

/// The trees of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Trees(BTreeMap<Kind, Forest>);

impl Trees {
    /// Trees from their table, and the features that they ask for. A line that is none is passed over; a test holds that there is none such.
    pub(super) fn read(table: &str) -> (Self, Asked) {
        let mut asked = Asked::new();
        let mut kinds: BTreeMap<Kind, Vec<Tree>> = BTreeMap::new();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            if let Some((kind, tree)) = tree(line, &mut asked) {
                kinds.entry(kind).or_default().push(tree);
            }
        }
        let forests = kinds
            .iter()
            .map(|(kind, trees)| (*kind, Forest::new(trees)));
        (Self(forests.collect()), asked)
    }

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.0.values().map(|forest| forest.leaves.len()).sum()
    }

    /// What a candidate of a kind weighs, in hundredths, by its numbers and the features it has of those that trees ask for; none where the kind has
    /// no trees.
    pub(super) fn weigh(
        &self,
        kind: Kind,
        numbers: &Numbers,
        features: &[NonZeroU16],
        live: &mut Live,
    ) -> Option<i32> {
        let sum = self.0.get(&kind)?.weigh(numbers, features, live);
        Some(sum.div_euclid(100))
    }
}

/// What a step asks of a candidate to go on with the first leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// A number, and the most it may be.
    Most(usize, i32),
    /// A feature that it must lack.
    Lacks(NonZeroU16),
}

/// A tree as its line tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tree {
    /// What each step asks, and the leaves that are left to who fails it.
    steps: Vec<(Asks, u16)>,
    leaves: [i32; LEAVES],
}

/// What a step asks: a feature has the sign for a part of names in its own.
fn asks(name: &str, most: &str, asked: &mut Asked) -> Option<Asks> {
    if let Some(number) = NAMES.iter().position(|n| *n == name) {
        return Some(Asks::Most(number, most.parse().ok()?));
    }
    if most != "0" || !name.contains('|') {
        return None;
    }
    if let Some(number) = asked.get(name) {
        return Some(Asks::Lacks(*number));
    }
    let number = NonZeroU16::new(u16::try_from(asked.len() + 1).ok()?)?;
    asked.insert(name.to_owned(), number);
    Some(Asks::Lacks(number))
}

/// The bits of the leaves before a place.
fn before(leaf: usize) -> u32 {
    (1 << leaf) - 1
}

/// A line of the table: the kind, and each step before those that follow it, `name<=most` or a weight.
fn tree(line: &str, asked: &mut Asked) -> Option<(Kind, Tree)> {
    let mut words = line.split('\t');
    let kind = Kind::parse(words.next()?)?;
    let mut tree = Tree {
        steps: Vec::new(),
        leaves: [0; LEAVES],
    };
    // Steps whose first leaves have not ended, and where these begin.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut leaves = 0;
    for word in words {
        if let Some((name, most)) = word.split_once("<=") {
            open.push((tree.steps.len(), leaves));
            tree.steps.push((asks(name, most, asked)?, 0));
            continue;
        }
        *tree.leaves.get_mut(leaves)? = word.parse().ok()?;
        leaves += 1;
        if let Some((at, first)) = open.pop() {
            let (_, left) = tree.steps.get_mut(at)?;
            *left = u16::try_from(before(LEAVES) & !(before(leaves) & !before(first))).ok()?;
        }
    }
    // Each step that parts leads to two, so that there is one leaf more than such steps.
    (leaves == tree.steps.len() + 1).then_some((kind, tree))
}

#[cfg(test)]
mod tests {
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
            trees.weigh(Kind::Visit, &numbers, features, &mut Live::new())
        };
        let weigh = |sentence, known| weighed(sentence, known, &[]);
        assert_eq!(weigh(4, 0), Some(2));
        assert_eq!(weigh(4, 1), Some(4));
        assert_eq!(weigh(5, 1), Some(-7));
        assert_eq!(weighed(5, 1, &flown), Some(3));
        let none = trees.weigh(Kind::Treaty, &[0; NUMBERS], &[], &mut Live::new());
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
