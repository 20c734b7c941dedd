//! "On the second day the president received him": which day of a visit a meeting was on, by the words that count them.

use super::when::{REACH, visit};
use crate::extract::frame::Frame;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Day, Edtf, Slot, Value};
use crate::language::Class;

/// How many items before its clause the words may stand ("…, and on the second day X received him").
const BEFORE: usize = 6;

/// A day of a visit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nth {
    /// So many days after the first.
    After(i64),
    Last,
}

/// The classes of words that count a visit's days.
const COUNTS: [(Class, Nth); 4] = [
    (Class::FirstDay, Nth::After(0)),
    (Class::SecondDay, Nth::After(1)),
    (Class::ThirdDay, Nth::After(2)),
    (Class::LastDay, Nth::Last),
];

/// The one day that the words around a frame count.
fn counted(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<Nth> {
    let lead = items.get(..frame.clause.0)?.iter().rev().take(BEFORE);
    let lead = lead
        .take_while(|i| !(i.is_finite() || i.sign(';') || i.sign('.')))
        .count();
    let clause = items.get(frame.clause.0 - lead..frame.clause.1)?;
    let mut words = String::from(" ");
    for item in clause {
        words.push_str(&item.folded);
        words.push(' ');
    }
    let said = |class: Class| {
        let mut listed = reader.lexicon.listed(class).iter();
        listed.any(|phrase| words.contains(&format!(" {phrase} ")))
    };
    let mut counts = COUNTS.iter().filter(|(class, _)| said(*class));
    let (_, nth) = counts.next()?;
    counts.next().is_none().then_some(*nth)
}

/// Gives a meeting the day of the visit that its words count, of the visit of one who takes part.
pub(super) fn of_visit(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    claim: &mut Claim,
    earlier: &Told,
) {
    let Some(nth) = counted(reader, &sentence.items, frame) else {
        return;
    };
    let Some(visit) = visit(reader, index, claim, earlier, REACH) else {
        return;
    };
    let day = |slot: Slot| visit.fact.date(slot)?.start.filter(|d| d.day.is_some());
    let Some((first, last)) = day(Slot::Start).zip(day(Slot::End)) else {
        return;
    };
    let meant = match nth {
        Nth::After(days) => first.plus_days(days).filter(|d: &Day| *d <= last),
        Nth::Last => Some(last),
    };
    if let Some(day) = meant {
        claim.fact.set(Slot::Date, Value::Date(Edtf::on(day)));
    }
}
