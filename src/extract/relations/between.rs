//! An event of the relations of two states, on a day → the fact.

use crate::extract::items::Item;
use crate::extract::reader::{Dated, Reader};
use crate::fact::{Fact, Kind, Slot, Value};

/// The fact that an event befell the relations of two, each by the state that it was then; none where one of them is no state.
pub(super) fn between(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    event: &str,
    parties: [usize; 2],
    dated: &Dated,
) -> Option<Fact> {
    let mut fact = Fact::new(Kind::Relations);
    fact.set(Slot::Event, Value::Term(event.to_owned()));
    for party in parties {
        let then = reader.state_then(items, party, dated.date);
        fact.add(Slot::Parties, reader.body_value(then)?);
    }
    dated.put(&mut fact, Slot::Date);
    Some(fact)
}
