//! "Relations with A were established on 14 April 1993, with B on 8 January": events whose verb is left out, behind one that has it.

use super::between::between;
use super::between_others::is_consular;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Polarity};
use crate::language::{Class, Rule};

/// The states behind a frame's clause that have a date of their own and no verb, each with its date.
pub(super) fn gapped(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
    recognised: bool,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = frame.date.map_or(frame.at, |d| d.max(frame.at)) + 1;
    while at < items.len() {
        let end = (at + 1..items.len())
            .find(|&i| items.get(i).is_some_and(|x| x.sign(';') || x.sign(':')))
            .unwrap_or(items.len());
        let Some((bodies, date)) = member(reader, items, (at, end), recognised) else {
            break;
        };
        found.extend(bodies.into_iter().map(|body| (body, date)));
        at = date + 1;
    }
    found
}

/// "Consular relations were established in 1921, diplomatic ones in 1971", "las consulares se establecieron en 1921 y las diplomáticas en 1971": that
/// the sides of the text established diplomatic relations on the day behind the words for them, to which the verb is not said again.
pub(super) fn diplomatic(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
) -> Option<Claim> {
    let items = &sentence.items;
    let consular = |i: &Item<'_>| i.is(Class::Relations) && is_consular(i);
    items
        .get(frame.clause.0..frame.at)?
        .iter()
        .find(|i| consular(i))?;
    let joint = |i: &Item<'_>| i.sign(',') || i.sign(';') || i.is(Class::And);
    let diplomatic = |i: &Item<'_>| i.folded.starts_with("diplom") && i.actor().is_none();
    let at = (frame.at + 1..items.len()).find(|&i| items.get(i).is_some_and(diplomatic))?;
    let mut before = items.get(frame.at + 1..at)?.iter().rev();
    let mut before = before.by_ref().skip_while(|i| i.is(Class::Article));
    before.next().filter(|i| joint(i))?;
    let small = |i: &Item<'_>| {
        let classes = [Class::Relations, Class::MissionOne, Class::In, Class::About];
        i.kind == ItemKind::Word && classes.iter().any(|c| i.is(*c))
    };
    let mut behind = (at + 1..items.len()).skip_while(|&i| items.get(i).is_some_and(small));
    let date = behind
        .next()
        .filter(|&i| items.get(i).is_some_and(Item::is_date))?;
    let parties: [usize; 2] = reader.sides.as_slice().try_into().ok()?;
    let dated = reader.date(sentence, Some(date));
    (frame.polarity == Polarity::Affirmed && dated.date.is_some()).then_some(())?;
    let fact = between(reader, items, "established", parties, &dated)?;
    let evidence = reader.side_evidence();
    Some(reader.claim(
        fact,
        rule,
        sentence,
        Some(frame),
        evidence,
        dated.flags.clone(),
    ))
}

/// "A severed relations with B, as did C and D on the same day", "…, al igual que C": the states that are told to have acted as the subject did,
/// and the date behind them.
pub(super) fn alike(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> (Vec<usize>, Option<usize>) {
    let likewise = (frame.at + 1..items.len()).find(|&i| {
        let before = i.checked_sub(1).and_then(|b| items.get(b));
        let alike = items
            .get(i)
            .is_some_and(|x| x.is(Class::Likewise) || x.is(Class::And) && x.folded.contains(' '));
        alike && before.is_some_and(|x| x.sign(','))
    });
    // "Together with C and D, A established relations with B"
    let together = items
        .first()
        .is_some_and(|x| x.is(Class::And) && x.folded.contains(' '));
    let Some(first) = likewise.or(together.then_some(0)).map(|i| i + 1) else {
        return (Vec::new(), None);
    };
    let small = |x: &Item<'_>| {
        x.sign(',') || x.kind == ItemKind::Word && (x.is(Class::And) || x.is(Class::Article))
    };
    let states = |x: &Item<'_>| matches!(x.kind, ItemKind::Body(_, false)) || small(x);
    let rest = items.get(first..).unwrap_or(&[]);
    let count = rest.iter().take_while(|x| states(x)).count();
    let named: Vec<usize> = (first..first + count).collect();
    let date = items.get(first + count).is_some_and(Item::is_date);
    let mut bodies = reader.bodies(items, &named);
    bodies.retain(|b| !reader.is_organisation(*b));
    (bodies, date.then_some(first + count))
}

/// One member: a joint, states, a date, with nothing but small words between.
fn member(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    (from, end): (usize, usize),
    recognised: bool,
) -> Option<(Vec<usize>, usize)> {
    let joint = |x: &Item<'_>| x.sign(',') || x.sign(';') || x.is(Class::And);
    items.get(from).is_some_and(joint).then_some(())?;
    let mut states = Vec::new();
    let mut led = recognised;
    // The separator may be the semicolon itself.
    let end = if items.get(from).is_some_and(|x| x.sign(';')) {
        (from + 1..items.len())
            .find(|&i| items.get(i).is_some_and(|x| x.sign(';')))
            .unwrap_or(items.len())
    } else {
        end
    };
    for i in from + 1..end {
        let item = items.get(i)?;
        match &item.kind {
            ItemKind::Date(_) => {
                let bodies = reader.bodies(items, &states);
                let bodies: Vec<usize> = bodies
                    .into_iter()
                    .filter(|b| !reader.is_organisation(*b))
                    .collect();
                return (led && !bodies.is_empty()).then_some((bodies, i));
            }
            ItemKind::Body(_, false) | ItemKind::City(_) => {
                led |= item.has_prep(Class::With);
                states.push(i);
            }
            ItemKind::Word | ItemKind::Sign(_)
                if !item.is_finite()
                    && !item.is(Class::Be)
                    && !item.is(Class::Have)
                    && !item.is(Class::Relative)
                    && !item.is(Class::Not) => {}
            ItemKind::Word
            | ItemKind::Sign(_)
            | ItemKind::Body(..)
            | ItemKind::Actor(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_) => return None,
        }
    }
    None
}

/// "In 1970 it established relations with A, in 1971 with B and C": the date of a member, which stands before it, where that of another stands before
/// the verb.
pub(super) fn led(
    items: &[Item<'_>],
    frame: &Frame,
    members: &[usize],
    member: usize,
) -> Option<usize> {
    let with = |i: usize| items.get(i).is_some_and(|x| x.has_prep(Class::With));
    let leading = |i: usize| {
        let small = |j: &usize| {
            items
                .get(*j)
                .is_some_and(|x| x.kind == ItemKind::Word && x.is(Class::With))
        };
        let date = (frame.at..i)
            .rev()
            .find(|j| !small(j))
            .filter(|_| with(i))?;
        let joint = (frame.at..date)
            .rev()
            .find(|&j| !items.get(j).is_some_and(|x| x.is(Class::In)))?;
        let joined = items
            .get(joint)
            .is_some_and(|x| x.sign(',') || x.is(Class::And));
        (items.get(date)?.is_date() && joined).then_some(date)
    };
    let first = (frame.clause.0..frame.at)
        .rev()
        .find(|&i| items.get(i).is_some_and(Item::is_date));
    let first = first.filter(|_| members.iter().any(|&i| leading(i).is_some()))?;
    let own = members
        .iter()
        .rev()
        .filter(|i| **i <= member)
        .find_map(|&i| leading(i));
    let behind = members.iter().any(|&i| i > frame.at && i <= member);
    behind.then(|| own.unwrap_or(first))
}
