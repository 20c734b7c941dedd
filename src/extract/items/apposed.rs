//! "his colleague, X", "of his counterpart, the minister X": names that stand behind a comma and say who somebody is.

use super::{Grouper, Item};
use crate::extract::pieces::PieceKind;
use crate::language::Class;

/// The one without a name right before the comma before one who is named.
pub(in crate::extract) fn named_behind(items: &[Item<'_>], at: usize) -> Option<usize> {
    items.get(at)?.actor()?.name.as_ref()?;
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::Honorific);
    let comma = items.get(..at)?.iter().rposition(|i| !small(i))?;
    items.get(comma).filter(|i| i.sign(','))?;
    let who = comma.checked_sub(1)?;
    let actor = items.get(who)?.actor()?;
    actor.name.is_none().then_some(who)
}

impl Grouper<'_, '_> {
    /// "At the invitation of X, the president of Peru, Mr Y, paid a visit": whether the office that ends at a piece is that of the name behind its
    /// comma, which a verb follows, and not of who invites.
    pub(super) fn of_who_is_invited(&self, end: usize) -> bool {
        let mut before = self.items.iter().rev().take(6);
        let invited = |i: &Item<'_>| i.is(Class::Invited) || i.folded.contains("invit");
        let mut name = self.skip(end + 1, &[Class::Honorific]);
        while self.sign(name, '.') {
            name = self.skip(name + 1, &[Class::Honorific]);
        }
        let behind = name + 1 + usize::from(self.sign(name + 1, ','));
        let acts = self.verb_ahead(behind) || self.is(behind, Class::Light);
        self.sign(end, ',')
            && self.get(name).is_some_and(|p| p.kind == PieceKind::Name)
            && acts
            && before.any(invited)
    }
}
