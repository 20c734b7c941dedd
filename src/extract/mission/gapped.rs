//! "The embassy in A was opened in 1969 and that in B in 1974": a mission and its day to which the verb before is not said again.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::Class;

/// How many items may stand between the mission and its day.
const REACH: usize = 4;

/// The frame of the same verb for the next mission that stands behind the day of a frame with a day of its own, and with no verb.
pub(super) fn next(items: &[Item], frame: &Frame) -> Option<Frame> {
    let day = frame.date.filter(|d| *d > frame.at)?;
    let mut behind = items.iter().enumerate().skip(day + 1).peekable();
    let comma = behind.next_if(|(_, x)| x.sign(','));
    let and = behind.next_if(|(_, x)| x.is(Class::And));
    comma.or(and)?;
    while behind.next_if(|(_, x)| article(x)).is_some() {}
    let (at, _) = behind.next_if(|(_, x)| x.mission().is_some() && x.prep.is_empty())?;
    let small = |x: &Item| {
        x.sign(',') || x.city().is_some() || matches!(x.kind, ItemKind::Word) && x.verb.is_none()
    };
    let (date, _) = behind
        .take(REACH)
        .take_while(|(_, x)| x.is_date() || small(x))
        .find(|(_, x)| x.is_date())?;
    let ends = items
        .get(date + 1)
        .is_none_or(|x| matches!(x.kind, ItemKind::Sign(_)) || x.is(Class::And));
    ends.then(|| Frame {
        subject: vec![at],
        object: vec![at],
        phrases: (at + 1..date).collect(),
        date: Some(date),
        clause: (at, date + 1),
        ..frame.clone()
    })
}

/// "and B its own": whether a word for one's own mission stands right behind a state that is not the subject of the verb before.
pub(super) fn of_another(items: &[Item], frame: &Frame, at: usize) -> bool {
    let own = items.get(at).and_then(Item::mission);
    let own = own.is_some_and(|np| np.possessive && np.sending.is_none() && np.cities.is_empty());
    let before = items.get(frame.at + 1..at).unwrap_or(&[]).iter().rev();
    let mut before = before.skip_while(|i| i.sign(',') || i.is(Class::Article));
    let state = before
        .next()
        .is_some_and(|i| i.named_body().is_some() && i.prep.is_empty());
    own && state && before.next().is_some()
}

fn article(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Word) && item.is(Class::Article)
}
