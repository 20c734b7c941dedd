//! Phrases of a list of the language → where they stand among items, whichever items hold their words.

use super::items::Item;
use crate::language::{Class, Lexicon};

/// The folded words of items, with the item that begins at each byte.
pub(super) struct Phrases<'l> {
    lexicon: &'l Lexicon,
    text: String,
    starts: Vec<usize>,
}

impl<'l> Phrases<'l> {
    pub(super) fn of(lexicon: &'l Lexicon, items: &[Item<'_>]) -> Self {
        let mut text = String::from(" ");
        let mut starts = Vec::with_capacity(items.len());
        for item in items {
            starts.push(text.len());
            text.push_str(&item.folded);
            text.push(' ');
        }
        Self {
            lexicon,
            text,
            starts,
        }
    }

    /// Whether a phrase of a list stands among the items.
    pub(super) fn say(&self, class: Class) -> bool {
        self.ends(class).next().is_some()
    }

    /// The items that hold the last words of the phrases of a list.
    pub(super) fn ends(&self, class: Class) -> impl Iterator<Item = usize> {
        let listed = self.lexicon.listed(class).iter();
        listed.flat_map(|phrase| {
            let places = self.text.match_indices(phrase.as_str());
            places.filter_map(|(at, _)| self.item_of(at, at + phrase.len()))
        })
    }

    /// The item of the last of whole words.
    fn item_of(&self, from: usize, to: usize) -> Option<usize> {
        let led = self.text.get(..from)?.ends_with(' ');
        let ended = self.text.get(to..)?.starts_with(' ');
        let before = self.starts.partition_point(|start| *start < to);
        before.checked_sub(1).filter(|_| led && ended)
    }
}
