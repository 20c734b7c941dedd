//! "The President received the credentials of six heads of mission. They are …": the holders whom the sentences behind name, from that day.

use super::run::{state_in_brackets, takes_up};
use super::term::Term;
use super::{Post, claim, complete};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many sentences behind it may name those whose credentials a sentence speaks of.
const REACH: usize = 3;

/// How many items a list of holders may have.
const LIST: usize = 40;

/// Whether a sentence is an item of a list.
fn is_item(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let block = reader.block(sentence);
    block.is_some_and(|b| b.kind == BlockKind::Item)
}

/// "- Ana Soto, Peru": the state that stands alone behind the name at the head of an item.
fn state_of_item(items: &[Item<'_>]) -> Option<usize> {
    let [name, comma, state, rest @ ..] = items else {
        return None;
    };
    name.actor()?.name.as_ref()?;
    let closed = rest.iter().all(|i| matches!(i.kind, ItemKind::Sign(_)));
    let state = state.named_body().filter(|_| state.prep.is_empty());
    state.filter(|_| comma.sign(',') && closed)
}

/// The ceremony that a sentence tells of or goes on with: how many sentences ago it was told, and the term that begins with its day.
fn ceremony(reader: &Reader<'_>, index: usize) -> Option<(usize, Term)> {
    let here = reader.sentences.get(index)?;
    let section = |s: &Sentence<'_>| reader.block(s).map(|b| &b.under);
    // What leads a list stands before all of its items; one item tells nothing of another.
    let items = (0..index.min(LIST)).take_while(|back| {
        let sentence = reader.sentences.get(index - back);
        sentence.is_some_and(|s| is_item(reader, s))
    });
    let listed = items.count();
    let other = |s: &Sentence<'_>| listed > 0 && s.block != here.block && is_item(reader, s);
    (0..=listed + REACH).find_map(|back| {
        let lead = reader.sentences.get(index.checked_sub(back)?)?;
        let leads = section(lead) == section(here) && takes_up(reader, &lead.items);
        (leads && !other(lead)).then_some(())?;
        // Of somebody whom the sentence itself names it tells all.
        let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
        let holder = |i: &Item<'_>| named(i) && reader.heads_mission(i);
        if back > 0 && lead.items.iter().any(holder) {
            return None;
        }
        let date = own_date(reader, &lead.items);
        let mut term = Term::read(reader, lead, date, Some("start"));
        term.start?;
        if back > 0 {
            term.evidence.push(Evidence {
                span: lead.span,
                role: EvidenceRole::Antecedent,
            });
        }
        Some((back, term))
    })
}

/// The date nearest to the words for credentials handed over, before them first ("Lima, 3 May 2001 – The President yesterday received …").
fn own_date(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<usize> {
    let at = (0..items.len()).find(|&i| {
        let item = items.get(i..=i);
        item.is_some_and(|item| takes_up(reader, item))
    })?;
    let dated = |i: &usize| items.get(*i).is_some_and(Item::is_date);
    let before = (0..at).rev().find(dated);
    before.or_else(|| (at..items.len()).find(dated))
}

/// "Ana Soto, of Peru", "of Peru, Ana Soto": the state that is named beside a name without an office.
fn state_beside(items: &[Item<'_>], at: usize) -> Option<usize> {
    let sign = |i: usize| items.get(i).is_some_and(|x| x.sign(','));
    // "of Peru, Ana Soto, and Chile, Luis Vega": of the second, too.
    let joined = |i: usize| {
        let and = i.checked_sub(1).and_then(|i| items.get(i));
        and.is_some_and(|x| x.is(Class::And))
    };
    let of = |i: usize| {
        items
            .get(i)
            .filter(|x| x.has_prep(Class::Of) || x.prep.is_empty() && joined(i))
            .and_then(Item::named_body)
    };
    let small = |i: &usize| {
        let item = items.get(*i);
        item.is_some_and(|x| {
            matches!(x.kind, ItemKind::Word) && (x.is(Class::Of) || x.is(Class::Article))
        })
    };
    let state = (at + 2..at + 5).find(|i| !small(i));
    let behind = state.and_then(of).filter(|_| sign(at + 1));
    let before = at.checked_sub(2).filter(|&i| sign(i + 1)).and_then(of);
    let bracketed = || state_in_brackets(items, at).map(|(state, _)| state);
    behind.or(before).or_else(bracketed)
}

/// The items of a sentence that name persons without an office beside states; the persons and the states.
fn beside(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Vec<(usize, usize, usize)> {
    let items = &sentence.items;
    let named = |at: usize| {
        let actor = items.get(at)?.actor().filter(|a| a.office.is_none())?;
        let person = reader.people.find(actor.name.as_ref()?)?;
        let alone = || state_of_item(items).filter(|_| at == 0 && is_item(reader, sentence));
        Some((at, person, state_beside(items, at).or_else(alone)?))
    };
    (0..items.len()).filter_map(named).collect()
}

/// Whether a sentence names holders as `holders` finds them: a list of such is none of a mission's heads.
pub(in crate::extract) fn presents(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
) -> bool {
    !beside(reader, sentence).is_empty() && ceremony(reader, index).is_some()
}

/// The holders whom a sentence of a ceremony, or one behind it, names beside their states.
pub(in crate::extract) fn holders(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let beside = beside(reader, sentence);
    let Some((_, term)) = (!beside.is_empty())
        .then(|| ceremony(reader, index))
        .flatten()
    else {
        return Vec::new();
    };
    let found = beside.into_iter().filter_map(|(at, person, state)| {
        let mut post = Post {
            sending: Some(state),
            ..Post::ambassador()
        };
        complete(reader, &mut post);
        post.receiving.filter(|r| *r != state)?;
        let mut told = claim(
            reader,
            sentence,
            rule,
            None,
            person,
            &post,
            &term,
            term.evidence.clone(),
        )?;
        let bracketed = state_in_brackets(items, at).and_then(|(_, city)| city);
        let seat = bracketed
            .and_then(|c| reader.city_value(c))
            .or_else(|| seat(reader, items, at, &post));
        if let Some(seat) = seat {
            told.fact.set(Slot::City, seat);
        }
        Some(told)
    });
    found.collect()
}

/// "A, of Peru, and B, of Chile, reside in Lima and in Oslo, respectively", "…, la tienen en Brasilia": the city of a third state in which one of
/// those named together resides.
fn seat(reader: &Reader<'_>, items: &[Item<'_>], at: usize, post: &Post) -> Option<Value> {
    let behind = items.get(at..)?;
    let third = |i: &&Item<'_>| {
        let state = i.city().and_then(|c| reader.state_of_city(c));
        i.has_prep(Class::In) && state.is_some_and(|s| Some(s) != post.receiving)
    };
    let verb = behind
        .iter()
        .position(|i| i.is_finite() || i.is(Class::PostPlaced))?;
    let stretch = behind.get(verb..)?;
    let cities: Vec<&Item<'_>> = stretch
        .iter()
        .take_while(|i| i.actor().is_none_or(|a| a.name.is_none()))
        .filter(third)
        .collect();
    // Those who share the verb, in their order.
    let name = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    let before = items.get(..at)?;
    let joined = before
        .iter()
        .rev()
        .take_while(|i| !i.is_finite() && !i.sign(':') && !i.sign(';'))
        .filter(|i| name(i))
        .count();
    let all = joined + behind.get(..verb)?.iter().filter(|i| name(i)).count();
    let city = if cities.len() == all {
        cities.get(joined)
    } else {
        cities.first().filter(|_| cities.len() == 1)
    };
    reader.city_value(city?.city()?)
}

/// Gives the holders who are named behind a ceremony, with their offices and without a day, the day of it.
pub(super) fn date(reader: &Reader<'_>, claims: &mut [Claim]) {
    for claim in claims.iter_mut() {
        let fact = &claim.fact;
        let undated = fact.kind == Kind::Appointment
            && !fact.has(Slot::Start)
            && !fact.has(Slot::End)
            && fact.has(Slot::Receiving);
        let head = match fact.get(Slot::Role) {
            Some(Value::Office(office)) => is_head_of_mission(&office.role),
            _ => false,
        };
        let index = reader.sentence_index(claim.statement().start);
        let Some(index) = index.filter(|_| undated && head && claim.holds()) else {
            continue;
        };
        let listed = reader
            .sentences
            .get(index)
            .is_some_and(|s| several(reader, s));
        let Some((back, term)) = ceremony(reader, index).filter(|_| listed) else {
            continue;
        };
        if back > 0 {
            term.put(&mut claim.fact);
            claim.evidence.extend(term.evidence.iter().copied());
        }
    }
}

/// Whether a sentence names several holders and tells nothing of them but who they are.
fn several(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let items = &sentence.items;
    let beside = |at: usize| {
        let named = items
            .get(at)
            .and_then(Item::actor)
            .is_some_and(|a| a.name.is_some());
        named && state_beside(items, at).is_some()
    };
    let all = items.iter().filter(|i| reader.heads_mission(i)).count()
        + (0..items.len()).filter(|&at| beside(at)).count();
    all > 1 && !items.iter().any(|i| matches!(i.kind, ItemKind::Date(_)))
}
