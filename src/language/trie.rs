//! Sequences of folded words → what they can mean; the longest match wins.

use super::hash::Table;

/// A folded word by its number in a lexicon; [`WordId::UNKNOWN`] where no entry has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordId(u32);

impl WordId {
    /// A word that stands in no entry.
    pub const UNKNOWN: Self = Self(u32::MAX);
}

/// A tree of folded words with entries of type `T` at its nodes.
#[derive(Clone, Debug)]
pub(super) struct Trie<T> {
    words: Table<Box<str>, WordId>,
    /// The node of each word that begins an entry, by the word's number; 0 where none does.
    first: Vec<u32>,
    /// The node after a node and a word, below the first level.
    next: Table<(u32, WordId), u32>,
    /// What is entered at each node, if anything; node 0 is the root.
    entries: Vec<Option<T>>,
    /// Whether entries go on behind each node.
    goes_on: Vec<bool>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            words: Table::default(),
            first: Vec::new(),
            next: Table::default(),
            entries: vec![None],
            goes_on: vec![true],
        }
    }
}

impl<T: Default> Trie<T> {
    /// The entry of a sequence of words by their numbers, made where there is none yet; `None` for no words.
    pub(super) fn entry(&mut self, words: &[WordId]) -> Option<&mut T> {
        let mut at = 0_u32;
        for &id in words {
            at = self.after(at, id).unwrap_or_else(|| self.add(at, id));
        }
        let entry = self.entries.get_mut(at as usize).filter(|_| at > 0)?;
        Some(entry.get_or_insert_default())
    }

    /// The number of a folded word, made where it has none.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = WordId(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        self.words.insert(word.into(), id);
        self.first.push(0);
        id
    }

    fn add(&mut self, at: u32, word: WordId) -> u32 {
        let fresh = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(None);
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

    /// A folded word as the entries have it, with its number; `None` where no entry has it.
    pub(super) fn word(&self, folded: &str) -> Option<(&str, WordId)> {
        self.words
            .entry(folded)
            .map(|(word, id)| (word.as_ref(), *id))
    }

    /// Whether entries of more than one word begin with a word.
    pub(super) fn begins(&self, word: WordId) -> bool {
        self.after(0, word)
            .is_some_and(|node| self.goes_on.get(node as usize).is_some_and(|on| *on))
    }

    /// Every match at the beginning of `words`: its length in words and its entry, shortest first.
    pub(super) fn matches(
        &self,
        words: impl IntoIterator<Item = WordId>,
    ) -> impl Iterator<Item = (usize, &T)> {
        let mut words = words.into_iter();
        let mut at = Some(0_u32);
        let mut count = 0;
        std::iter::from_fn(move || {
            loop {
                at = self.after(at?, words.next()?);
                count += 1;
                if let Some(entry) = self.entries.get(at? as usize)? {
                    return Some((count, entry));
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
        let mut trie: Trie<i32> = Trie::default();
        let new = [trie.intern("new")];
        *trie.entry(&new).unwrap() = 1;
        let new_york = [new[0], trie.intern("york")];
        *trie.entry(&new_york).unwrap() = 2;
        let id = |word| trie.word(word).map_or(WordId::UNKNOWN, |(_, id)| id);
        let words = ["new", "york", "city"].map(id);
        let found: Vec<(usize, &i32)> = trie.matches(words).collect();
        assert_eq!(found, [(1, &1), (2, &2)]);
        assert_eq!(trie.word("city"), None);
        assert_eq!(trie.matches([id("york")]).count(), 0);
    }
}
