//! First words of sentences that only their capital makes look like a name.

use super::Reader;
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};

impl Reader<'_> {
    /// The capital of a sentence's first word makes no name of it: what opens a sentence is somebody only if other words say so.
    pub(super) fn open_plainly(&mut self) {
        let plain: Vec<usize> = self
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, s)| {
                let paragraph = self
                    .block(s)
                    .is_some_and(|b| b.kind == BlockKind::Paragraph);
                let followed = s
                    .items
                    .get(1)
                    .is_some_and(|i| !matches!(i.kind, ItemKind::Sign(_)));
                paragraph && followed && s.items.first().is_some_and(|i| self.nobody(i))
            })
            .map(|(index, _)| index)
            .collect();
        for index in plain {
            if let Some(first) = self
                .sentences
                .get_mut(index)
                .and_then(|s| s.items.first_mut())
            {
                first.kind = ItemKind::Word;
            }
        }
    }

    /// Whether an item is a lone word that only its capital makes a name.
    fn nobody(&self, item: &Item) -> bool {
        item.actor().is_some_and(|a| {
            let bare = a.office.is_none() && a.stand.is_none() && !a.titled;
            let name = a
                .name
                .as_deref()
                .filter(|n| bare && !n.contains([' ', '\u{a0}', '-']));
            name.is_some_and(|n| self.surely(n).is_none())
        })
    }
}
