//! A mission noun phrase → who may send the missions that it means: those who act, or the two states of which "both" are.

use super::places::plural;
use super::raised::two;
use super::spoken::indefinite;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, MissionNp};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Kind, Slot};
use crate::language::{Class, Rule};

/// How many of the missions told last may be those that "both" means.
const BOTH: usize = 2;

/// Who may send the mission of a phrase: each of several subjects has its own ("A and B opened embassies in C"), each of the two states that the
/// text is about ("Both embassies reopened in 1981"), else the first of those who act.
pub(super) fn senders(
    reader: &Reader<'_>,
    items: &[Item],
    index: usize,
    np: &MissionNp,
    owners: &[usize],
    earlier: &Told,
) -> Vec<Option<usize>> {
    let states: Vec<usize> = owners
        .iter()
        .copied()
        .filter(|b| !reader.is_organisation(*b))
        .collect();
    if owners.is_empty() && of_both(reader, items, index, np, earlier) {
        return reader.sides.iter().copied().map(Some).collect();
    }
    // "They opened embassies in both capitals": the capital tells whose each is.
    let seats = np.cities.iter().filter_map(|c| reader.state_of_city(c.0));
    let theirs = np.cities.len() == 2 && seats.filter(|s| states.contains(s)).count() == 2;
    if np.sending.is_some() || states.len() < 2 || theirs {
        return vec![owners.first().copied()];
    }
    states.into_iter().map(Some).collect()
}

/// "It had a consulate in A from 1902; a legation was added in 1919": what is new, and of which nothing else is said, is of the state that the
/// sentence has told of, in the same place.
pub(super) fn beside(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    (index, np): (usize, &mut MissionNp),
    earlier: &Told,
) {
    let open = np.sending.is_none() && np.receiving.is_none() && np.cities.is_empty();
    if !open || np.possessive || !reader.paired || !indefinite(&sentence.items, index) {
        return;
    }
    let mut here = earlier.here(Kind::Mission, sentence.span);
    let Some(told) = here.find(|c| c.holds() && !covers(c)) else {
        return;
    };
    np.sending = reader.body_in(&told.fact, Slot::Sending);
    np.receiving = reader.body_in(&told.fact, Slot::Receiving);
    let city = reader.city_in(&told.fact, Slot::City);
    np.cities.extend(city.map(|c| (c, told.statement(), false)));
}

/// "Both embassies": whether a phrase means those of the two states to each other, and not two of one state, told before.
fn of_both(
    reader: &Reader<'_>,
    items: &[Item],
    index: usize,
    np: &MissionNp,
    earlier: &Told,
) -> bool {
    let kind = reader.lexicon.missions.get(np.kind);
    let diplomatic = kind.is_some_and(|k| !k.contains("consul"));
    let open = np.sending.is_none() && np.receiving.is_none() && np.cities.is_empty();
    let before = index.checked_sub(1).and_then(|i| items.get(i));
    let both = before.is_some_and(|i| two(i) || i.is(Class::BothStates))
        && items.get(index).is_some_and(plural);
    let of_one = || {
        let alike = |c: &&crate::fact::Claim| kind.is_none_or(|k| c.fact.text(Slot::Kind) == *k);
        let mut last = earlier.last_of(Kind::Mission).filter(alike);
        let last: Vec<_> = last.by_ref().filter(|c| !covers(c)).take(BOTH).collect();
        match last.as_slice() {
            [a, b] => {
                a.fact.get(Slot::Sending) == b.fact.get(Slot::Sending)
                    && a.fact.get(Slot::City) != b.fact.get(Slot::City)
            }
            _ => false,
        }
    };
    diplomatic && open && both && reader.paired && reader.sides.len() == BOTH && !of_one()
}

/// The items that name who sends: subject or agent; a state that a preposition puts elsewhere ("after the fall of A, B …") is neither.
pub(super) fn owners_of(items: &[Item], frame: &Frame, rule: &Rule) -> Vec<usize> {
    let mut owners = frame.role(items, rule, "sender");
    let free = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.prep.is_empty() || x.has_prep(Class::By) || x.is(Class::BothStates))
    };
    if owners.iter().any(free) {
        owners.retain(free);
    }
    // "was closed after the break of relations by B": who breaks them closes nothing.
    owners.retain(|&i| {
        let between = items.get(frame.at + 1..i).unwrap_or(&[]);
        let by = items.get(i).is_some_and(|x| x.has_prep(Class::By));
        !(by && between.iter().any(|x| x.is(Class::Relations)))
    });
    owners
}

/// "We opened an embassy", "nous avons fermé", "abrimos": whether a ministry says that its state did it.
pub(super) fn by_us(items: &[Item], frame: &Frame) -> bool {
    let clause = items.get(frame.clause.0..=frame.at).unwrap_or(&[]);
    clause.iter().any(|i| i.is(Class::We))
}

/// "A and B were among the states which had embassies in C": those that the sentence names before the states, not those of the document.
pub(super) fn of_the_states(
    reader: &Reader<'_>,
    items: &[Item],
    frame: &Frame,
) -> Option<Vec<usize>> {
    let related = items.get(frame.at.checked_sub(1)?)?;
    let all = *frame.subject.first()?;
    let both = items.get(all)?.is(Class::BothStates) && related.is(Class::Relative);
    let free = |i: &usize| items.get(*i).is_some_and(|x| x.prep.is_empty());
    let before: Vec<usize> = (0..all).filter(free).collect();
    both.then(|| reader.bodies(items, &before))
}
