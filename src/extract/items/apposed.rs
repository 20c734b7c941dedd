//! "his colleague, X", "of his counterpart, the minister X": names that stand behind a comma and say who somebody is.

use super::Item;
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
