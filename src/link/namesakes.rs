//! The candidates of an entity → the one that has no rival of its name.

use super::score::{Known, Score};
use super::subject::Subject;
use super::{Item, ItemType, Qid};

/// From this score on an item is not ruled out.
const FITS: f64 = 0.2;

/// The only item that fits an entity at all and has its name, where there is but one; of a mission, the only one of its kind that its states and
/// city allow.
pub(super) fn alone(
    subject: &Known<'_, Subject>,
    scores: &[(Known<'_, Item>, Score)],
) -> Option<Qid> {
    let mission = matches!(subject.it.kind, Some(ItemType::Mission));
    let mut fitting = scores.iter().filter(|(item, score)| {
        let named = mission || is_namesake(subject, item);
        named && score.value() >= FITS
    });
    let (first, _) = fitting.next()?;
    fitting.next().is_none().then_some(first.it.id)
}

/// Whether an item is of the entity's type and has one of its names.
fn is_namesake(subject: &Known<'_, Subject>, item: &Known<'_, Item>) -> bool {
    let kind = subject.it.kind;
    let kind = kind.is_some_and(|kind| item.it.types.contains(&kind));
    kind && subject.names.iter().any(|ours| {
        item.names.iter().any(|theirs| {
            let near = theirs.folded.len().abs_diff(ours.folded.len()) < 9;
            theirs.folded == ours.folded || (near && theirs.bag == ours.bag)
        })
    })
}
