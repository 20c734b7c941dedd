//! Sequences of folded words → what they can mean; the longest match wins.

use std::collections::BTreeMap;

/// A tree of folded words with meanings of type `T` at its nodes.
#[derive(Clone, Debug)]
pub(super) struct Trie<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    next: BTreeMap<Box<str>, u32>,
    meanings: Vec<T>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            nodes: vec![Node {
                next: BTreeMap::new(),
                meanings: Vec::new(),
            }],
        }
    }
}

impl<T: PartialEq> Trie<T> {
    /// Adds a meaning for a sequence of folded words; the same meaning twice counts once.
    pub(super) fn insert<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, meaning: T) {
        let mut at = 0_u32;
        for word in words {
            let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            let Some(node) = self.nodes.get_mut(at as usize) else {
                return;
            };
            if let Some(&next) = node.next.get(word) {
                at = next;
            } else {
                node.next.insert(word.into(), fresh);
                self.nodes.push(Node {
                    next: BTreeMap::new(),
                    meanings: Vec::new(),
                });
                at = fresh;
            }
        }
        if let Some(node) = self.nodes.get_mut(at as usize)
            && !node.meanings.contains(&meaning)
        {
            node.meanings.push(meaning);
        }
    }

    /// Every match at the beginning of `words`: its length in words and its meanings, shortest first.
    pub(super) fn matches<'t, 'w>(
        &'t self,
        words: impl IntoIterator<Item = &'w str>,
    ) -> Vec<(usize, &'t [T])> {
        let mut found = Vec::new();
        let mut at = 0_u32;
        for (count, word) in words.into_iter().enumerate() {
            let Some(&next) = self
                .nodes
                .get(at as usize)
                .and_then(|node| node.next.get(word))
            else {
                break;
            };
            at = next;
            if let Some(node) = self.nodes.get(at as usize)
                && !node.meanings.is_empty()
            {
                found.push((count + 1, node.meanings.as_slice()));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_all_lengths() {
        let mut trie = Trie::default();
        trie.insert(["new"], 1);
        trie.insert(["new", "york"], 2);
        let found: Vec<(usize, Vec<i32>)> = trie
            .matches(["new", "york", "city"])
            .into_iter()
            .map(|(n, m)| (n, m.to_vec()))
            .collect();
        assert_eq!(found, [(1, vec![1]), (2, vec![2])]);
    }
}
