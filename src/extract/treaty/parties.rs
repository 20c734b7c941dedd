//! Who concluded a treaty: whom the sentence names; the sides that the text is about, only where it is plain that they are meant.

use super::acting::{self, Acts};
use super::dated::exact;
use super::{Scene, bracketed_date};
use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::fact::Evidence;
use crate::language::{Class, fold, names_subject};

/// The parties of a treaty, with what tells those that the sentence leaves out; none where the text does not tell them.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    pub(super) bodies: Vec<usize>,
    pub(super) evidence: Vec<Evidence>,
    /// Whether the sentence itself names one of them as such.
    pub(super) named: bool,
}

/// A treaty that a sentence speaks of: the item and its phrase.
#[derive(Clone, Copy)]
pub(super) struct Mention<'s> {
    pub(super) at: usize,
    pub(super) phrase: &'s TreatyNp,
    /// Whether it stands in a list of agreements of the sides.
    pub(super) listed: bool,
}

/// "with the European Union", "between A and B", "(along with Colombia)": what such a phrase brings.
fn brings(item: &Item<'_>) -> bool {
    (item.has_prep(Class::With) || item.has_prep(Class::Between))
        && matches!(item.kind, ItemKind::Body(_, false) | ItemKind::City(_))
}

/// "between the governments of A and B", "with the authorities of A": a body that belongs to a noun behind such a preposition.
fn brings_by_noun(items: &[Item<'_>], at: usize) -> bool {
    let Some(item) = items.get(at).filter(|x| x.named_body().is_some()) else {
        return false;
    };
    let Some(first) = items.get(item.list).filter(|x| x.has_prep(Class::Of)) else {
        return false;
    };
    let small = |x: &&Item<'_>| !(x.is(Class::Article) || x.is(Class::Of));
    let before = items.get(..item.list).unwrap_or(&[]);
    first.named_body().is_some()
        && before.iter().rev().find(small).is_some_and(|noun| {
            noun.is(Class::Government)
                && (noun.has_prep(Class::With) || noun.has_prep(Class::Between))
        })
}

/// The bodies that phrases among items bring to a treaty.
fn brought(scene: &Scene<'_>, indexes: impl Iterator<Item = usize>) -> Vec<usize> {
    let items = &scene.sentence.items;
    let led: Vec<usize> = indexes
        .filter(|&i| items.get(i).is_some_and(brings) || brings_by_noun(items, i))
        .collect();
    scene.reader.bodies(items, &led)
}

/// The parties of a frame's treaty: its subject, and those whom a phrase of the sentence or the title brings.
pub(super) fn of_frame(scene: &Scene<'_>, mention: Option<Mention<'_>>) -> Parties {
    let Some(frame) = scene.frame else {
        return Parties::default();
    };
    let items = &scene.sentence.items;
    let roles = frame.role(items, scene.rule, "party");
    let mut with = brought(
        scene,
        frame
            .phrases
            .iter()
            .copied()
            .chain(0..frame.at)
            .chain((frame.at..frame.clause.1).filter(|i| !frame.phrases.contains(i))),
    );
    if let Some(mention) = mention {
        add(&mut with, mention.phrase.parties.clone());
    }
    let (mut bodies, acts) = acting::acting(scene, frame, &roles);
    // "The company signed an agreement": nobody who concludes treaties.
    if acts == Acts::Others && with.len() < 2 {
        return Parties::default();
    }
    let acting = !bodies.is_empty();
    add(&mut bodies, with.clone());
    settled(scene, mention, bodies, with, acting)
}

/// The parties of a treaty mentioned: those whom a phrase behind it or its title brings.
pub(super) fn of_mention(scene: &Scene<'_>, mention: Mention<'_>) -> Parties {
    let items = &scene.sentence.items;
    let at = mention.at;
    let end = (at + 1..items.len())
        .find(|&i| {
            items.get(i).is_some_and(|item| {
                item.is_finite() || item.sign(';') || matches!(item.kind, ItemKind::Treaty(_))
            })
        })
        .unwrap_or(items.len());
    let mut bodies = brought(scene, at + 1..end);
    add(&mut bodies, mention.phrase.parties.clone());
    // "Peru's treaty with Chile"
    if bodies.len() < 2
        && let Some(owner) = at
            .checked_sub(2)
            .and_then(|i| items.get(i))
            .filter(|x| x.genitive)
            .and_then(Item::named_body)
    {
        add(&mut bodies, vec![owner]);
    }
    let with = bodies.clone();
    settled(scene, Some(mention), bodies, with, false)
}

/// The states that items speak of: by name, adjective, office or capital.
pub(super) fn spoken_of(scene: &Scene<'_>, items: &[Item<'_>]) -> Vec<usize> {
    let reader = scene.reader;
    let mut states: Vec<usize> = Vec::new();
    for item in items {
        let office = || item.actor().and_then(|a| a.office.as_ref()?.of.or(a.body));
        let capital = || {
            let city = item.city().filter(|_| !item.has_prep(Class::In))?;
            reader.capital_state(city)
        };
        let state = item.body().or_else(office).or_else(capital);
        if let Some(state) = state
            && !states.iter().any(|s| reader.same_state(*s, state))
        {
            states.push(state);
        }
    }
    states
}

/// The two states of a sentence that names no others, where one of them alone is a side of what the text is about there.
fn only_two(scene: &Scene<'_>) -> Vec<usize> {
    let reader = scene.reader;
    let mut states = spoken_of(scene, &scene.sentence.items);
    states.retain(|s| !reader.is_organisation(*s));
    let pair = reader.pair_at(scene.index);
    let sides = states
        .iter()
        .filter(|s| pair.iter().any(|p| reader.same_state(*p, **s)))
        .count();
    if states.len() == 2 && sides == 1 {
        states
    } else {
        Vec::new()
    }
}

fn add(bodies: &mut Vec<usize>, more: Vec<usize>) {
    for body in more {
        if !bodies.contains(&body) {
            bodies.push(body);
        }
    }
}

/// Completes the parties that a sentence names (`with`: those that stand beside the treaty; `acting`: whether one of them acts) by a side
/// that the text is about there.
fn settled(
    scene: &Scene<'_>,
    mention: Option<Mention<'_>>,
    bodies: Vec<usize>,
    with: Vec<usize>,
    acting: bool,
) -> Parties {
    // "Both countries signed the Kyoto Protocol": many did.
    if with.is_empty() && mention.is_some_and(|m| known_of_many(scene, m.phrase)) {
        return Parties::default();
    }
    let two = if bodies.is_empty() {
        only_two(scene)
    } else {
        Vec::new()
    };
    match bodies.as_slice() {
        [] if !two.is_empty() => completed(scene, two),
        [] if plainly_theirs(scene, mention) => completed(scene, bodies),
        [] => Parties::default(),
        // "Serbia signed the Central European Free Trade Agreement": of many.
        [_] if with.is_empty()
            && acting
            && alone(scene)
            && mention.is_some_and(|m| of_many(scene, m)) =>
        {
            Parties::default()
        }
        // "Yugoslavia signed a pact": nothing says with whom.
        [one] if with.is_empty() && alien(scene, *one) => Parties::default(),
        _ => completed(scene, bodies),
    }
}

/// Whether a state is none of the sides of what the text is about, and the sentence names none.
fn alien(scene: &Scene<'_>, state: usize) -> bool {
    let reader = scene.reader;
    let mut bodies = scene.sentence.items.iter().filter_map(Item::body);
    !reader.is_organisation(state)
        && reader.partner(scene.index, state).is_none()
        && !bodies.any(|b| reader.is_side(b) && b != state)
}

/// Whether one alone is said to act.
fn alone(scene: &Scene<'_>) -> bool {
    scene.frame.is_some_and(|frame| frame.subject.len() < 2)
}

/// Whether it is plain that a treaty whose parties a sentence does not name is one of the sides.
fn plainly_theirs(scene: &Scene<'_>, mention: Option<Mention<'_>>) -> bool {
    let reader = scene.reader;
    let items = &scene.sentence.items;
    let both = |i: &Item<'_>| {
        // "signed an agreement with Wang": with somebody who acts for the other side.
        i.has_prep(Class::With) && i.actor().is_some()
            || i.is(Class::BothStates)
            || i.is(Class::BothPersons)
            || i.is(Class::TheTwo)
            || i.is(Class::They)
            || i.is(Class::We)
    };
    let pair = reader.pair_at(scene.index);
    let ours = |state: usize| {
        reader.is_side(state) || pair.iter().any(|side| reader.same_state(*side, state))
    };
    if items.iter().any(both) || mention.is_some_and(|m| m.listed) {
        return true;
    }
    let here = match scene.frame {
        Some(frame) => items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]),
        None => part(items, mention.map_or(0, |m| m.at)),
    };
    let third = |i: &Item<'_>| {
        let placed = [Class::In, Class::From, Class::To];
        i.named_body()
            .is_some_and(|b| !ours(b) && !reader.is_organisation(b))
            && !placed
                .iter()
                .any(|c| i.has_prep(*c) && !i.has_prep(Class::Of))
    };
    if here.iter().any(third) {
        return false;
    }
    let Some(Mention { at, phrase, .. }) = mention else {
        return true;
    };
    // "the Treaty of Sèvres": named by its place it may be anybody's.
    let elsewhere = phrase
        .city
        .is_some_and(|city| !reader.state_of_city(city).is_some_and(ours));
    // "the Kumanovo Agreement", unless its day is told in brackets.
    let day = bracketed_date(items, at).is_some_and(|d| exact(items, d));
    // "the Treaty of Lima", in a text on Peru: its place is of one of the sides.
    let here = phrase.city.is_some() && !elsewhere;
    let named = definite(items, at) && by_name(scene, phrase) && !day && !here;
    let told = scene
        .earlier
        .last_of(crate::fact::Kind::Treaty)
        .next()
        .filter(|claim| reader.near(scene.index, claim, 2))
        .is_none_or(|claim| {
            let mut parties = claim.fact.all(crate::fact::Slot::Parties).iter();
            parties.all(|p| reader.body_of(p).is_some_and(ours))
        });
    (!elsewhere) && (scene.frame.is_some() || !named) && (told)
}

/// What stands between the semicolons and colons around an item.
fn part<'i, 'a>(items: &'i [Item<'a>], at: usize) -> &'i [Item<'a>] {
    let breaks = |i: &Item<'_>| i.sign(';') || i.sign(':');
    let from = items.get(..at).and_then(|b| b.iter().rposition(breaks));
    let rest = items.get(at..).unwrap_or(&[]);
    let to = rest.iter().position(breaks).map_or(items.len(), |n| at + n);
    items.get(from.map_or(0, |f| f + 1)..to).unwrap_or(&[])
}

/// Whether the definite article stands before a treaty, with adjectives and dates between.
pub(super) fn definite(items: &[Item<'_>], at: usize) -> bool {
    items
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .find(|i| {
            i.is(Class::Article)
                || !(i.is(Class::Temporal)
                    || i.adjective().is_some()
                    || matches!(i.kind, ItemKind::Date(_)))
        })
        .is_some_and(|i| i.is(Class::Article) && !i.is(Class::Indefinite))
}

/// Whether a title in capitals has no word that says what the treaty is about: "Kumanovo Agreement", "Tripartite Pact".
fn by_name(scene: &Scene<'_>, phrase: &TreatyNp) -> bool {
    let title = phrase.name(&scene.reader.doc.text);
    let mut words = title.split([' ', '-', '–', '\'', '’']);
    let proper = title.split(' ').filter(|w| capital(w)).count() > 1
        || title.split(' ').count() == 1 && capital(&title);
    let about = |w: &str| {
        let lexicon = scene.reader.lexicon;
        lexicon.has_class(w, Class::About) || lexicon.has_class(w, Class::For)
    };
    phrase.described && proper && !words.any(|w| names_subject(w) || about(w))
}

fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a treaty that one state is said to have signed is, by its article and capitals, one that many have.
fn of_many(scene: &Scene<'_>, mention: Mention<'_>) -> bool {
    let title = mention.phrase.title.of(&scene.reader.doc.text);
    let capitals = title.split(' ').filter(|w| capital(w)).count();
    capitals > 1 && definite(&scene.sentence.items, mention.at)
}

/// Whether a title is that of an instrument known to be of many states.
pub(super) fn known_of_many(scene: &Scene<'_>, phrase: &TreatyNp) -> bool {
    let title = phrase.name(&scene.reader.doc.text);
    let title = fold(&title);
    let listed = scene.reader.lexicon.listed(Class::OfMany);
    listed.iter().any(|known| title.contains(known.as_str()))
}

/// Completes parties that the sentence names by those that the text is about there.
pub(super) fn completed(scene: &Scene<'_>, mut bodies: Vec<usize>) -> Parties {
    let reader = scene.reader;
    bodies.dedup();
    let named = !bodies.is_empty();
    let mut evidence = Vec::new();
    if bodies.len() < 2 {
        let missing = match bodies.first() {
            Some(&one) => reader
                .partner(scene.index, one)
                .or_else(|| side_named(scene, one))
                .into_iter()
                .collect(),
            None => reader.pair_at(scene.index),
        };
        if !missing.is_empty() {
            evidence = reader.side_evidence();
        }
        bodies.extend(missing);
    }
    Parties {
        bodies,
        evidence,
        named,
    }
}

/// The side that a sentence on a treaty with a third state names, or the sentence before it.
fn side_named(scene: &Scene<'_>, third: usize) -> Option<usize> {
    let reader = scene.reader;
    let before = scene
        .index
        .checked_sub(1)
        .and_then(|i| reader.sentences.get(i));
    std::iter::once(scene.sentence)
        .chain(before.filter(|b| b.block == scene.sentence.block))
        .find_map(|s| {
            s.items
                .iter()
                .filter_map(Item::body)
                .find(|b| reader.is_side(*b) && *b != third)
        })
}
