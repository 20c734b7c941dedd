//! How what a relative of possession leads is meant.

use super::cue;
use crate::extract::items::{Item, ItemKind};
use crate::fact::Modality;
use crate::language::Class;

/// How many items behind the noun that "whose" leads the word for how it is meant stands at most.
const WHOSE: usize = 4;

/// "An agreement, whose signing is expected in 2025, …", "dont la signature est prévue pour 2025": how the noun is meant that a relative of possession
/// leads.
pub(super) fn whose_is_ahead(items: &[Item], at: usize) -> Option<Modality> {
    let mut before = items.get(..at)?.iter().rev();
    let led = before.find(|i| !i.is(Class::Article))?;
    let ends = |i: &&Item| !matches!(i.kind, ItemKind::Sign(_)) && !i.is(Class::And);
    let mut behind = items.get(at + 1..)?.iter().take(WHOSE).take_while(ends);
    behind.find_map(cue).filter(|_| led.is(Class::Whose))
}
