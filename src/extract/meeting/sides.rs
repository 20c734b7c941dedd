//! Two of one state, of whom one is only meant → who of another state is meant instead.

use super::present::GUEST_REACH;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Evidence, EvidenceRole, Kind, Slot, Value};
use crate::text::Span;

/// "A came to Lima. On the 4th he was received by B and, later, by C": B and C are of one state, so who met C is A. Of two who take part and are of one
/// state the one who is not named in the sentence is changed for whom the text has spoken of last who is of another: who came, who was the subject, whose
/// ministry speaks.
pub(super) fn of_two_sides(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    whos: &mut [Who],
    earlier: &Told,
) {
    let [one, other] = &*whos else {
        return;
    };
    let (Some(a), Some(b)) = (state(reader, one), state(reader, other)) else {
        return;
    };
    if !reader.same_state(a, b) {
        return;
    }
    let named = |who: &Who| named(sentence, who) || described(reader, index, sentence, who);
    let meant = match (named(one), named(other)) {
        (false, true) => 0,
        (true, false) => 1,
        _ => return,
    };
    let foreign = |person: usize| {
        let of = state_of(reader, person);
        of.is_some_and(|of| !reader.same_state(of, a))
    };
    let found = subject(reader, sentence, whos, &foreign)
        .or_else(|| guest(reader, index, earlier, a, &foreign))
        .or_else(|| reader.spoken_of_last(index, foreign))
        .or_else(|| {
            let speaks = reader.minister_who_speaks();
            speaks.filter(|(person, _)| foreign(*person))
        });
    if let Some((person, span)) = found
        && let Some(who) = whos.get_mut(meant)
    {
        *who = Who {
            person: Some(person),
            evidence: vec![Evidence {
                span,
                role: EvidenceRole::Antecedent,
            }],
            ..Who::default()
        };
    }
}

/// Whether somebody is told by words of the sentence.
fn named(sentence: &Sentence<'_>, who: &Who) -> bool {
    let within = |e: &Evidence| sentence.span.contains(e.span);
    let mut antecedents = who
        .evidence
        .iter()
        .filter(|e| e.role == EvidenceRole::Antecedent);
    antecedents.all(within)
}

/// Whom the sentence itself names first, if not as one of the two: "A went to Lima and talked with C".
fn subject(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    whos: &[Who],
    foreign: &impl Fn(usize) -> bool,
) -> Option<(usize, Span)> {
    let mut actors = sentence.items.iter().filter(|i| i.actor().is_some());
    let first = actors.next().filter(|i| i.prep.is_empty() && !i.genitive)?;
    let person = reader.people.find(first.actor()?.name.as_ref()?)?;
    let of_none = state_of(reader, person).is_none();
    let other = whos.iter().all(|w| w.person != Some(person));
    (other && (of_none || foreign(person))).then_some((person, first.span))
}

/// "The Croatian minister": whether words of the sentence give somebody an office with its state.
fn described(reader: &Reader<'_>, index: usize, sentence: &Sentence<'_>, who: &Who) -> bool {
    let office = |i: &&Item<'_>| {
        let office = i.actor().and_then(|a| a.office.as_ref());
        office.is_some_and(|o| o.of.is_some())
    };
    let mut offices = sentence.items.iter().filter(office);
    offices.any(|i| reader.who(index, i).iter().any(|w| w.person == who.person))
}

/// The one state whose offices somebody is told to have.
fn state(reader: &Reader<'_>, who: &Who) -> Option<usize> {
    who.of
        .filter(|of| !reader.is_organisation(*of))
        .or_else(|| state_of(reader, who.person?))
}

fn state_of(reader: &Reader<'_>, person: usize) -> Option<usize> {
    let known = reader.people.known.get(person)?;
    let mut states = known.offices.iter().filter_map(|held| held.of);
    let first = states.next().or(known.leads)?;
    let one = !reader.is_organisation(first) && states.all(|s| reader.same_state(s, first));
    one.then_some(first)
}

/// Who came to a state on the visit told last.
fn guest(
    reader: &Reader<'_>,
    index: usize,
    earlier: &Told,
    to: usize,
    foreign: &impl Fn(usize) -> bool,
) -> Option<(usize, Span)> {
    let visits = earlier.last_of(Kind::Visit);
    let mut visits = visits.take_while(|c| reader.in_section(index, c, GUEST_REACH));
    visits.find_map(|visit| {
        let led = reader.body_in(&visit.fact, Slot::To)?;
        let Some(Value::Person(visitor)) = visit.fact.get(Slot::Visitor) else {
            return None;
        };
        let person = reader.people.find(&visitor.name)?;
        let here = visit.holds() && reader.same_state(led, to) && !super::present::along(visit);
        (here && foreign(person)).then(|| (person, visit.statement()))
    })
}
