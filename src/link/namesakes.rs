//! The candidates of an entity → the one that has no rival of its name.

use super::names::{bag, folded};
use super::score::Score;
use super::subject::Subject;
use super::{Item, ItemType, Qid};

/// From this score on an item is not ruled out.
const FITS: f64 = 0.2;

/// The only item that fits an entity at all and has its name, where there is but one; of a mission, the only one of its kind that its states and
/// city allow.
pub(super) fn alone(subject: &Subject, scores: &[(&Item, Score)]) -> Option<Qid> {
    let mut fitting = scores.iter().filter(|(item, score)| {
        let named = matches!(subject.kind, Some(ItemType::Mission)) || is_namesake(subject, item);
        named && score.value() >= FITS
    });
    let (first, _) = fitting.next()?;
    fitting.next().is_none().then_some(first.id)
}

/// Whether an item is of the entity's type and has one of its names.
fn is_namesake(subject: &Subject, item: &Item) -> bool {
    let kind = subject.kind.is_some_and(|kind| item.types.contains(&kind));
    kind && subject.names.iter().any(|(_, ours)| {
        let ours = folded(ours);
        let words = bag(&ours);
        item.names().any(|(_, theirs)| {
            let theirs = folded(theirs);
            theirs == ours || (theirs.len().abs_diff(ours.len()) < 9 && bag(&theirs) == words)
        })
    })
}
