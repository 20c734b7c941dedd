//! "Our ambassador", "notre consulat": posts and missions of the state whose ministry speaks.

use super::Reader;
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;

impl Reader<'_> {
    /// Gives posts and missions that a text calls "ours" the state that issues it.
    pub(super) fn settle_ours(&mut self) {
        let Some(issuer) = self.issuer else {
            return;
        };
        for sentence in &mut self.sentences {
            for at in 1..sentence.items.len() {
                let ours = sentence.items.get(..at).is_some_and(called_ours);
                let Some(item) = sentence.items.get_mut(at).filter(|_| ours) else {
                    continue;
                };
                if let ItemKind::Actor(actor) = &mut item.kind
                    && let Some(office) = &mut actor.office
                {
                    office.of.get_or_insert(issuer);
                } else if let ItemKind::Mission(np) = &mut item.kind {
                    np.sending.get_or_insert(issuer);
                }
            }
        }
    }
}

/// "our", "our new": whether the words before something call it ours.
fn called_ours(before: &[Item<'_>]) -> bool {
    let small = |i: &&Item<'_>| i.is(Class::Temporal) || i.is(Class::MissionFirst);
    let mut words = before.iter().rev().skip_while(small);
    words.next().is_some_and(|i| i.is(Class::Our))
}
