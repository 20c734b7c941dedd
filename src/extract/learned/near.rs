//! How near items of a sentence stand to each other.

use crate::extract::items::Item;

/// The item of a kind that stands nearest to another.
pub(super) fn nearest<'a>(
    items: &[Item<'a>],
    at: usize,
    is: impl Fn(&Item<'a>) -> bool,
) -> Option<usize> {
    let found = items.iter().enumerate().filter(|(_, x)| is(x));
    found.map(|(i, _)| i).min_by_key(|i| i.abs_diff(at))
}

/// How far one item is from another, and whether a verb stands between: in short.
pub(super) fn apart(items: &[Item<'_>], from: usize, to: Option<usize>) -> &'static str {
    let Some(to) = to else { return "none" };
    let between = items.get(from.min(to) + 1..from.max(to)).unwrap_or(&[]);
    let verbs = between.iter().filter(|i| i.is_finite()).count();
    let breaks = between.iter().any(|i| i.sign(';') || i.sign(':'));
    match (verbs, between.len(), to > from) {
        _ if breaks => "clause",
        (0, 0..=1, true) => ">1",
        (0, 2..=5, true) => ">5",
        (0, _, true) => ">far",
        (0, 0..=1, false) => "<1",
        (0, 2..=5, false) => "<5",
        (0, _, false) => "<far",
        (_, _, true) => ">verb",
        (_, _, false) => "<verb",
    }
}
