//! Things with keys → the parts that can be decided each for itself: two things are in one part if they share a key, directly or over others.
//!
//! All that is decided about identity is decided inside one part, so that a change of documents touches only the parts whose things
//! it touches. Keys are read from a thing alone and never from what was decided about others of its kind.

use std::collections::BTreeMap;

/// The parts of a list of things, each thing given by its keys: lists of indexes, each sorted, sorted by their first. A thing without keys is a
/// part of its own.
pub(crate) fn parts<K: Ord>(keys: &[Vec<K>]) -> Vec<Vec<usize>> {
    let mut joined = Joined::new(keys.len());
    let mut first: BTreeMap<&K, usize> = BTreeMap::new();
    for (at, keys) in keys.iter().enumerate() {
        for key in keys {
            let other = *first.entry(key).or_insert(at);
            joined.join(other, at);
        }
    }
    joined.groups()
}

/// A list of things of which some have been found to belong together (union–find; the smallest index stands for its group).
#[derive(Clone, Debug)]
pub(crate) struct Joined {
    above: Vec<usize>,
}

impl Joined {
    /// So many things, all apart.
    pub(crate) fn new(count: usize) -> Self {
        Self {
            above: (0..count).collect(),
        }
    }

    /// The smallest thing of the group of this one.
    pub(crate) fn first(&mut self, mut at: usize) -> usize {
        while let Some(&above) = self.above.get(at) {
            if above == at {
                break;
            }
            let higher = self.above.get(above).copied().unwrap_or(above);
            if let Some(place) = self.above.get_mut(at) {
                *place = higher;
            }
            at = higher;
        }
        at
    }

    /// Puts the groups of two things together.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(place) = self.above.get_mut(a.max(b)) {
            *place = a.min(b);
        }
    }

    /// All groups, each sorted, sorted by their first.
    pub(crate) fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.above.len() {
            groups.entry(self.first(at)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn things_that_share_a_key_over_others_are_one_part() {
        let keys = [
            vec!["a"],
            vec!["b", "c"],
            vec![],
            vec!["d", "a"],
            vec!["c"],
            vec!["d"],
        ];
        assert_eq!(parts(&keys), [vec![0, 3, 5], vec![1, 4], vec![2]]);
    }
}
