//! Who recognised whom: what a verb or noun of recognition gives, and what stands for a state that it does not name.

use super::own_side::side_spoken_of;
use super::parties::{Between, Pair, Scene};
use super::spoken::before;
use crate::extract::frame::{Frame, noun_subject};
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::language::{Class, Head, Lang, Rule, TriggerForm};

/// "Chile accorded Norway recognition", "accorda sa reconnaissance au Pérou": who gives recognition, and to whom, where a verb of giving
/// stands before the noun.
pub(super) fn granted(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Option<(Vec<usize>, Vec<usize>)> {
    let (start, end) = frame.clause;
    let verb = (start..frame.at)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Granted)))?;
    let passive = crate::extract::frame::passive_before(items.get(start..verb).unwrap_or(&[]));
    let state = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.named_body().is_some() || x.city().is_some())
    };
    let free = |i: &usize| items.get(*i).is_some_and(|x| x.prep.is_empty());
    let giver: Vec<usize> = (start..verb)
        .rev()
        .filter(state)
        .find(free)
        .into_iter()
        .collect();
    let mut given: Vec<usize> = (verb + 1..frame.at).filter(state).collect();
    if given.is_empty() {
        let to = |i: &usize| items.get(*i).is_some_and(|x| x.has_prep(Class::To));
        given = (frame.at + 1..end).filter(state).filter(to).collect();
    }
    (!giver.is_empty() && !passive)
        .then(|| (reader.bodies(items, &giver), reader.bodies(items, &given)))
}

/// "Slovenia obtained Canadian recognition": who was recognised, where a verb of receiving stands before the noun.
pub(super) fn obtained(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Option<Vec<usize>> {
    let start = frame.clause.0;
    let verb = (start..frame.at)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Obtained)))?;
    let last = (start..verb)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| x.named_body().is_some()))?;
    let list = items.get(last)?.list;
    let members: Vec<usize> = (list..=last)
        .filter(|&i| items.get(i).is_some_and(|x| x.list == list))
        .collect();
    Some(reader.bodies(items, &members))
}

/// "A, B's former colony", "A, ancienne colonie de B": whether a body only says what the one before the comma is.
pub(super) fn apposed(items: &[Item<'_>], frame: &Frame, at: usize) -> bool {
    let before = items.get(frame.at..at).unwrap_or(&[]);
    let Some(comma) = before.iter().rposition(|i| i.sign(',')) else {
        return false;
    };
    let named = before
        .get(..comma)
        .is_some_and(|b| b.iter().any(|i| i.named_body().is_some()));
    let behind = before.get(comma + 1..).unwrap_or(&[]);
    let noun = behind
        .iter()
        .any(|i| matches!(i.kind, ItemKind::Word) && i.is(Class::Of));
    let plain = behind
        .iter()
        .all(|i| matches!(i.kind, ItemKind::Word) && !i.is(Class::And) && !i.is(Class::With));
    let genitive = items.get(at).is_some_and(|i| i.genitive);
    named && plain && (genitive || noun && behind.len() > 1)
}

/// Whether a verb or noun of recognition tells of something else than a state, or leaves open which one it is of.
pub(super) fn of_no_state(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    rule: &Rule,
    frame: &Frame,
) -> bool {
    let noun = rule.head == Head::Noun;
    if rule.head == Head::Verb && !frame.passive {
        let french = reader.doc.lang == Lang::Fr;
        return of_a_thing(items, frame) || french && to_somebody(items, frame);
    }
    // "Kosovo's recognition was discussed": whose it is may be who is recognised.
    let owner = frame.at.checked_sub(1).and_then(|i| items.get(i));
    let owned = owner.is_some_and(|i| i.is(Class::Genitive) || i.genitive);
    let behind = items.get(frame.at + 1);
    let of = behind.is_some_and(|i| i.is(Class::Of) || i.has_prep(Class::Of));
    let unclear = noun && owned && !of && obtained(reader, items, frame).is_none();
    let told = noun || frame.passive;
    told && of_something_else(items, frame.at, frame.clause.1, noun) || unclear
}

/// "Lui reconnut le droit", "reconnut à ce dernier la qualité": what is recognised is somebody's right.
fn to_somebody(items: &[Item<'_>], frame: &Frame) -> bool {
    let before = frame.at.checked_sub(1).and_then(|i| items.get(i));
    before.is_some_and(|i| ["lui", "leur"].contains(&i.folded.as_ref()))
        || items
            .get(frame.at + 1)
            .is_some_and(|i| i.folded == "à" || i.folded == "a" && i.is(Class::To))
}

/// "Recognised the qualifications of Peruvian engineers": whether what is recognised is neither a state nor its independence or government.
fn of_a_thing(items: &[Item<'_>], frame: &Frame) -> bool {
    let behind = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    // "recognised that Peru had a claim"
    if behind
        .first()
        .is_some_and(|i| i.is(Class::Relative) && !i.has_prep(Class::With))
    {
        return true;
    }
    let Some(first) = behind.iter().position(|i| i.body().is_some()) else {
        return false;
    };
    // "Peru's sovereignty over the islands", "la souveraineté du Pérou sur les îles"
    let over = ["over", "sur", "sobre"];
    let held = behind.get(first + 1..first + 4).unwrap_or(&[]);
    if held.iter().any(|i| over.contains(&i.folded.as_ref())) {
        return true;
    }
    let words = behind.get(..first).unwrap_or(&[]);
    let of = words.iter().any(|i| i.is(Class::Of));
    let led = behind
        .get(first)
        .is_some_and(|i| i.has_prep(Class::Of) || of && i.adjective().is_some());
    let state = [Class::Independence, Class::Government, Class::TheState];
    // "le génocide arménien", "the Armenian genocide", "Armenia's role": an adjective or owner of a noun that is no state.
    let noun = |i: &Item<'_>| {
        let small = [Class::Article, Class::Of, Class::And, Class::In];
        let plain = i.kind == ItemKind::Word && i.verb.is_none() && i.folded.len() > 4;
        plain && !state.iter().chain(&small).any(|c| i.is(*c))
    };
    let near = |at: Option<usize>| at.and_then(|at| behind.get(at)).is_some_and(noun);
    if behind.get(first).is_some_and(|i| i.genitive) {
        let owned = behind.get(first + 1..).unwrap_or(&[]);
        let mut owned = owned.iter().filter(|i| !i.is(Class::Genitive)).take(3);
        let first = owned.next();
        let thing = |i: &Item<'_>| i.kind == ItemKind::Word && i.verb.is_none() && !is_state(i);
        let word = |i: &Item<'_>| thing(i) && i.folded.len() > 3;
        // "the importance of Peru's help"
        let whole = |i: &Item<'_>| i.folded.contains(' ');
        let of = led || words.iter().any(|i| i.is(Class::Of) || whole(i));
        let plain = of && words.len() <= 6 && words.get(1).is_some_and(noun);
        let stated = words.iter().any(says_state);
        return plain && !stated || first.is_some_and(word) && !owned.any(is_state);
    }
    if behind.get(first).is_some_and(|i| i.adjective().is_some()) {
        // "Peruvian driving licences"
        let gerund = behind
            .get(first + 1)
            .is_some_and(|i| i.verb == Some(TriggerForm::Gerund));
        let beside =
            near(first.checked_sub(1)) || near(Some(first + 1)) || gerund && near(Some(first + 2));
        let mut words = words
            .iter()
            .chain(behind.get(first + 1..first + 3).unwrap_or(&[]));
        if beside && !words.any(says_state) {
            return true;
        }
    }
    let article = words.first().is_some_and(|i| i.is(Class::Article));
    let noun = words
        .get(1)
        .is_some_and(|i| matches!(i.kind, ItemKind::Word) && i.folded.len() > 4);
    led && article
        && noun
        && words.len() <= 6
        && !words.iter().any(|i| state.iter().any(|c| i.is(*c)))
}

/// "Peru, whose independence Norway had recognised", "le Pérou, dont la Norvège reconnut l'indépendance": the state before a relative of possession.
pub(super) fn whose_independence(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Option<usize> {
    let whose = (0..frame.at)
        .rev()
        .take(12)
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Whose)))?;
    let told = items.get(whose..items.len().min(frame.at + 4))?;
    told.iter().find(|i| i.is(Class::Independence))?;
    let before = items.get(..whose)?.iter().rev().find(|i| !i.sign(','))?;
    let state = before.named_body()?;
    (!reader.is_organisation(state)).then_some(state)
}

/// "Abkhazia and Ossetia, which Peru recognised in 2008", "l'indépendance du Mali, que le Pérou reconnut": the states before a relative of which the verb
/// tells what another does, who stands between.
pub(super) fn which_it_recognised(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Vec<usize> {
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::Temporal);
    let antecedent = || {
        let first = *frame.subject.iter().filter(|&&i| i < frame.at).min()?;
        let relative = (0..first)
            .rev()
            .find(|&i| items.get(i).is_none_or(|x| !small(x)))?;
        items.get(relative).filter(|x| x.is(Class::Relative))?;
        let last = (0..relative)
            .rev()
            .find(|&i| items.get(i).is_none_or(|x| !x.sign(',')))?;
        let item = items.get(last)?;
        item.named_body().filter(|_| !item.genitive)?;
        // "the leaders of Mali, which …": of the state itself, or of its independence.
        let led = items.get(last.saturating_sub(4)..last)?;
        let of = item.has_prep(Class::Of) || led.last().is_some_and(|i| i.is(Class::Of));
        (!of || led.iter().any(says_state)).then_some(last)
    };
    let Some(last) = antecedent() else {
        return Vec::new();
    };
    let list = items.get(last).map_or(last, |i| i.list);
    let members = (list.min(last)..=last).filter(|&i| {
        let member = items.get(i);
        member.is_some_and(|x| x.list == list && x.named_body().is_some())
    });
    let mut states = reader.bodies(items, &members.collect::<Vec<_>>());
    states.retain(|s| !reader.is_organisation(*s));
    states
}

/// "recognised the government in Lima": the state whose government a verb of recognition names by its capital.
pub(super) fn government_in(
    reader: &Reader<'_>,
    items: &[Item<'_>],
    frame: &Frame,
) -> Option<usize> {
    let behind = items.get(frame.at + 1..items.len().min(frame.at + 7))?;
    let power = behind.iter().position(|i| i.is(Class::Government))?;
    let small = |i: &Item<'_>| i.is(Class::Article) || i.is(Class::In) || i.is(Class::Temporal);
    let mut place = behind
        .get(power + 1..)?
        .iter()
        .skip_while(|i| !i.is_np() && small(i));
    let city = place.next().filter(|i| !i.has_prep(Class::From))?.city()?;
    reader.capital_state(city)
}

/// "l'indépendance du Pérou vis-à-vis de l'Espagne": whether a body is only that from which another became independent.
fn towards(items: &[Item<'_>], at: usize) -> bool {
    let before = items.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    before.iter().any(|i| i.folded.starts_with("vis-"))
}

/// "the independence of A and B"; "Recognised by A in 1991, B …": whom a frame without an object recognises.
pub(super) fn of_or_behind(reader: &Reader<'_>, items: &[Item<'_>], frame: &Frame) -> Vec<usize> {
    let of: Vec<usize> = frame
        .phrases
        .iter()
        .copied()
        .filter(|&i| i > frame.at && !apposed(items, frame, i) && !towards(items, i))
        .filter(|&i| items.get(i).is_some_and(|x| x.has_prep(Class::Of)))
        .collect();
    let found = reader.bodies(items, &of);
    let opens = items
        .get(..frame.at)
        .is_some_and(|b| b.iter().all(|i| !i.is_np()));
    // "The independence of A and B was recognised by C".
    let before = frame.clause.0..frame.at;
    let mut noun = before
        .clone()
        .filter(|&i| items.get(i).is_some_and(|x| x.is(Class::Independence)));
    if found.is_empty()
        && frame.passive
        && let Some(noun) = noun.next()
    {
        let of: Vec<usize> = before
            .filter(|&i| i > noun)
            .filter(|&i| items.get(i).is_some_and(|x| x.has_prep(Class::Of)))
            .collect();
        return reader.bodies(items, &of);
    }
    if !found.is_empty() || !frame.passive || !opens {
        return found;
    }
    let comma = (frame.at..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(',')));
    let behind = comma.and_then(|c| {
        (c + 1..items.len().min(c + 4)).find(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.named_body().is_some() && x.prep.is_empty())
        })
    });
    reader.bodies(items, &behind.into_iter().collect::<Vec<_>>())
}

/// What is a state, or a word for one that is recognised.
pub(super) fn is_state(item: &Item<'_>) -> bool {
    item.body().is_some() || says_state(item)
}

fn says_state(item: &Item<'_>) -> bool {
    let written = ["state", "etat", "estado", "etats", "estados", "states"];
    let mut words = item.folded.split(' ');
    item.is(Class::Independence)
        || item.is(Class::Government)
        || item.is(Class::TheState)
        || words.any(|w| written.contains(&w))
}

/// "Recognition of diplomas by Peru", "was recognised by Peru as a zone free of mines", "recognised by Peru's parliament": whether a noun or
/// a participle of recognition tells of something else than a state.
pub(super) fn of_something_else(items: &[Item<'_>], at: usize, end: usize, noun: bool) -> bool {
    let behind = items.get(at + 1..end).unwrap_or(&[]);
    let word = |i: &Item<'_>| i.kind == ItemKind::Word && !i.is(Class::Article);
    let thing = |i: &&Item<'_>| word(i) && i.folded.len() > 4 && !is_state(i);
    // What is recognised stands right behind its preposition.
    let led = behind.first().filter(|i| noun && i.is(Class::Of));
    let after = behind.iter().skip(1).filter(|i| !i.is(Class::Article));
    let owned = |i: &Item<'_>| i.prep.is_empty() || i.has_prep(Class::Of);
    let mut after = after.take_while(|i| (word(i) || is_state(i)) && owned(i));
    let first = after.clone().next().as_ref().is_some_and(thing);
    let thing_led = led.is_some() && first && !after.any(is_state);
    let role = behind.iter().position(|i| i.is(Class::As));
    let role = role.and_then(|at| behind.get(at + 1..));
    let as_thing = role.is_some_and(|role| {
        let named = role.iter().take(6);
        let ends = |i: &Item<'_>| i.is_date() || matches!(i.kind, ItemKind::Sign(_));
        let named = named.take_while(|i| !ends(i) && i.body().is_none());
        !named.clone().any(is_state) && named.clone().any(word)
    });
    let by_part = (1..behind.len()).any(|i| {
        let owner = behind.get(i - 1);
        let by = owner.is_some_and(|o| o.genitive && o.has_prep(Class::By));
        by && behind.get(i).as_ref().is_some_and(&thing)
    });
    thing_led || as_thing || by_part
}

/// Who recognised whom: each of those who recognise, each of those recognised.
pub(super) fn recognition(scene: &Scene<'_>, actors: &[usize], others: &[usize]) -> Between {
    let &Scene {
        reader,
        index,
        sentence,
        rule,
        frame,
        earlier,
        year,
    } = scene;
    let mut told = Between::default();
    let pair = |a: usize, b: usize| Pair {
        parties: [a, b],
        actor: Some(a),
    };
    match (actors, others) {
        ([a, b], [c, d]) if (a, b) == (c, d) || (a, b) == (d, c) => {
            told.pairs = vec![pair(*a, *b), pair(*b, *a)];
        }
        // "Recognition, 1871": a heading.
        ([], []) => {
            if rule.set.contains_key("heading")
                && let [a, b] = reader.pair_at(index).as_slice()
            {
                told.evidence = reader.side_evidence();
                told.pairs = vec![Pair {
                    parties: [*a, *b],
                    actor: None,
                }];
            }
            // "Recognised on 3 May 1979", under the name of a state
            let before = sentence.items.get(..frame.at).and_then(|b| b.last());
            let opens = before.is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)));
            if frame.passive
                && opens
                && frame.date.is_some()
                && let (Some(home), Some(headed)) = (reader.home(), reader.headed_by(index))
            {
                told.evidence = reader.side_evidence();
                told.pairs = vec![pair(home, headed)];
            }
        }
        ([], _) => {
            told.evidence = reader.side_evidence();
            for &other in others {
                let actor = reader
                    .partner(index, other)
                    .or_else(|| reader.side_left(other, year))
                    .or_else(|| side_spoken_of(reader, index, other))
                    .or_else(|| before(reader, earlier, other));
                told.pairs.extend(actor.map(|a| pair(a, other)));
            }
        }
        (_, []) => {
            // "recognised the new republic", "its independence": of the state that the text is about beside.
            let behind = sentence
                .items
                .get(frame.at + 1..frame.clause.1)
                .unwrap_or(&[]);
            let stands = behind.iter().take(6).any(|i| {
                i.is(Class::TheState) || i.is(Class::Independence) || i.is(Class::Government)
            });
            // "recognised the independence of": the verb and its object are one to the language.
            let verb = sentence.items.get(frame.at);
            let stands = stands
                || verb.is_some_and(|i| {
                    let mut words = i.folded.split(' ');
                    words.any(|w| reader.lexicon.has_class(w, Class::Independence))
                });
            // "The company was recognised by Peru"
            let before = sentence.items.get(frame.clause.0..frame.at).unwrap_or(&[]);
            let nobody = noun_subject(&sentence.items, frame) && !before.iter().any(is_state);
            let passive = frame.passive && !nobody;
            told.evidence = reader.side_evidence();
            let it = it(reader, index, sentence, frame, actors);
            for &actor in actors.iter().filter(|_| {
                let noun = rule.head == Head::Noun;
                stands || passive || noun || it.is_some()
            }) {
                let other = it.or_else(|| reader.partner(index, actor));
                told.pairs.extend(other.map(|o| pair(actor, o)));
            }
        }
        (_, _) => {
            for &actor in actors {
                told.pairs
                    .extend(others.iter().map(|&other| pair(actor, other)));
            }
        }
    }
    told
}

/// "After Kosovo's declaration of independence, Peru recognised it": the state that the pronoun behind or before the verb stands for.
fn it(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    frame: &Frame,
    actors: &[usize],
) -> Option<usize> {
    let items = &sentence.items;
    let him = |i: &Item<'_>| i.actor().is_some_and(|a| a.stand == Some(Stand::Him));
    let behind = items
        .get(frame.at + 1)
        .is_some_and(|i| i.is(Class::MissionIt) && i.folded.len() < 4);
    let before = frame
        .at
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(him);
    (behind || before).then_some(())?;
    items
        .get(..frame.at)?
        .iter()
        .rev()
        // "declared its independence from Norway"
        .filter(|i| !i.has_prep(Class::From))
        .filter_map(Item::body)
        .find(|b| !actors.contains(b) && !reader.is_organisation(*b))
        .or_else(|| reader.partner(index, *actors.first()?))
}
