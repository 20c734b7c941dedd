//! Sequences of folded words → what they can mean; the longest match wins.

use super::hash::Table;

/// A folded word by its number in a lexicon; [`WordId::UNKNOWN`] where no entry has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordId(u32);

impl WordId {
    /// A word that stands in no entry.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// A tree of folded words with meanings of type `T` at its nodes.
#[derive(Clone, Debug)]
pub(super) struct Trie<T> {
    words: Table<Box<str>, WordId>,
    /// The node of each word that begins an entry, by the word's number; 0 where none does.
    first: Vec<u32>,
    /// The node after a node and a word, below the first level.
    next: Table<(u32, WordId), u32>,
    /// Meanings of each node; node 0 is the root and has none.
    meanings: Vec<Vec<T>>,
    /// Whether entries go on behind each node.
    goes_on: Vec<bool>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            words: Table::default(),
            first: Vec::new(),
            next: Table::default(),
            meanings: vec![Vec::new()],
            goes_on: vec![true],
        }
    }
}

impl<T: PartialEq> Trie<T> {
    /// Adds a meaning for a sequence of folded words; the same meaning twice counts once.
    pub(super) fn insert<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, meaning: T) {
        let mut at = 0_u32;
        for word in words {
            let id = self.intern(word);
            let known = self.after(at, id);
            at = if let Some(next) = known {
                next
            } else {
                self.add(at, id)
            };
        }
        if at > 0
            && let Some(meanings) = self.meanings.get_mut(at as usize)
            && !meanings.contains(&meaning)
        {
            meanings.push(meaning);
        }
    }

    fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.words.insert(word.into(), id);
        self.first.push(0);
        id
    }

    fn add(&mut self, at: u32, word: WordId) -> u32 {
        let fresh = u32::try_from(self.meanings.len()).unwrap_or(u32::MAX);
        self.meanings.push(Vec::new());
        self.goes_on.push(false);
        if at == 0 {
            if let Some(slot) = self.first.get_mut(word.0 as usize) {
                *slot = fresh;
            }
        } else {
            self.next.insert((at, word), fresh);
            if let Some(slot) = self.goes_on.get_mut(at as usize) {
                *slot = true;
            }
        }
        fresh
    }

    fn after(&self, at: u32, word: WordId) -> Option<u32> {
        if at == 0 {
            return self.first.get(word.0 as usize).copied().filter(|n| *n > 0);
        }
        if !self.goes_on.get(at as usize).is_some_and(|on| *on) {
            return None;
        }
        self.next.get(&(at, word)).copied()
    }

    /// The number of a folded word.
    pub(super) fn word(&self, folded: &str) -> WordId {
        self.words.get(folded).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// Every match at the beginning of `words`: its length in words and its meanings, shortest first.
    pub(super) fn matches(
        &self,
        words: impl IntoIterator<Item = WordId>,
    ) -> impl Iterator<Item = (usize, &[T])> {
        let mut words = words.into_iter();
        let mut at = Some(0_u32);
        let mut count = 0;
        std::iter::from_fn(move || {
            loop {
                at = self.after(at?, words.next()?);
                count += 1;
                let meanings = self.meanings.get(at? as usize)?;
                if !meanings.is_empty() {
                    return Some((count, meanings.as_slice()));
                }
            }
        })
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
        let words = ["new", "york", "city"].map(|word| trie.word(word));
        let found: Vec<(usize, Vec<i32>)> =
            trie.matches(words).map(|(n, m)| (n, m.to_vec())).collect();
        assert_eq!(found, [(1, vec![1]), (2, vec![2])]);
        assert_eq!(trie.word("city"), WordId::UNKNOWN);
        assert_eq!(trie.matches([trie.word("york")]).count(), 0);
    }
}
