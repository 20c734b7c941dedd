//! Which states may belong to which organisations.

use super::Draft;
use super::features::{Part, name};
use super::scene::Scene;
use crate::extract::items::{Item, Stand};
use crate::extract::membership::of_whichever;
use crate::extract::reader::Reader;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::Class;

/// How many pairs of a state and an organisation a sentence is asked for at most.
const PAIRS: usize = 80;

/// What parts an organisation from words of another phrase.
fn parts(item: &Item<'_>) -> bool {
    item.sign(',') || item.is(Class::And) || item.is_finite() || item.is(Class::Be)
}

/// Within how many items before an organisation a word says that nobody is its member.
const NO_MEMBER: usize = 8;

/// The same of a word that says that a state is none, or no longer.
const LEFT: usize = 4;

/// A state that may be a member: the item that names it or stands for it, and how.
struct Member {
    at: Option<usize>,
    body: usize,
    how: &'static str,
}

/// How an item stands for states that it does not name.
fn stands(item: &Item<'_>) -> Option<&'static str> {
    let stand = item.actor().and_then(|a| a.stand);
    if item.is(Class::BothStates) || stand == Some(Stand::Both) {
        Some("both")
    } else if item.is(Class::TheTwo) || item.is(Class::They) {
        Some("they")
    } else if item.is(Class::We) || item.is(Class::Our) {
        Some("we")
    } else if item.is(Class::TheState) || item.folded == "it" || stand == Some(Stand::He) {
        Some("it")
    } else {
        None
    }
}

/// The states that a sentence names, and those that the text is about, where it names none of them.
fn members(scene: &Scene<'_, '_>) -> Vec<Member> {
    let reader = scene.reader;
    let items = &scene.sentence.items;
    let mut found: Vec<Member> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let city = || item.city().and_then(|c| reader.capital_state(c));
        let state = item.body().filter(|b| !reader.is_organisation(*b));
        let Some(body) = state.or_else(city) else {
            continue;
        };
        let how = if item.named_body().is_some() {
            "named"
        } else if item.adjective().is_some() {
            "adjective"
        } else {
            "capital"
        };
        if let Some(known) = found.iter_mut().find(|m| m.body == body) {
            if known.how != "named" && how == "named" {
                (known.at, known.how) = (Some(at), how);
            }
        } else {
            found.push(Member {
                at: Some(at),
                body,
                how,
            });
        }
    }
    let stand = items
        .iter()
        .enumerate()
        .find_map(|(at, item)| Some((at, stands(item)?)));
    let (at, how) = stand.map_or((None, "unsaid"), |(at, how)| (Some(at), how));
    for &body in &reader.pair_at(scene.index) {
        if !reader.is_organisation(body) && found.iter().all(|m| m.body != body) {
            found.push(Member { at, body, how });
        }
    }
    found
}

/// Whether a claim is told of a body in a slot.
fn of(reader: &Reader<'_>, fact: &Fact, slot: Slot, body: usize) -> bool {
    let body = reader.body_value(body);
    body.is_some() && fact.get(slot) == body.as_ref()
}

/// "Both are members of A; Peru is, in addition, one of B": where the part of a sentence begins in which an organisation stands, where that has a
/// state of its own as subject.
fn own_part(reader: &Reader<'_>, before: &[Item<'_>]) -> Option<usize> {
    let start = before.iter().rposition(|i| i.sign(';'))?;
    let small = |i: &&Item<'_>| i.is(Class::Article) || i.sign(',');
    let mut part = before.get(start + 1..)?.iter();
    let subject = part.find(|i| !small(i)).and_then(Item::named_body)?;
    let verb = part.next()?;
    let tells = verb.is(Class::Be) || verb.verb.is_some();
    (tells && !reader.is_organisation(subject)).then_some(start)
}

pub(super) fn candidates<'s>(scene: &Scene<'s, '_>, found: &mut Vec<Draft<'s>>) {
    let reader = scene.reader;
    let p = const { Part::new("membership") };
    let items = &scene.sentence.items;
    let organisation = |item: &Item<'_>| item.named_body().filter(|b| reader.is_organisation(*b));
    let organisations: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at, organisation(item)?)))
        .collect();
    if organisations.is_empty() {
        return;
    }
    let members = members(scene);
    if members.is_empty() || members.len() * organisations.len() > PAIRS {
        return;
    }
    let mut shared = scene.shared(p);
    if scene.hopeless(&shared) {
        return;
    }
    scene.rules(&mut shared, p);
    shared.add(&name![
        p,
        "|organisations:",
        &organisations.len().min(4).to_string(),
    ]);
    let told = scene.told.within(scene.index, scene.index + 1);
    let memberships = || told.iter().filter(|(_, c)| c.fact.kind == Kind::Membership);
    for (n, &(at, body)) in organisations.iter().enumerate() {
        let Some(value) = reader.body_value(body) else {
            continue;
        };
        let before = organisations.get(..n).unwrap_or(&[]);
        // "her candidacy as a member of the Council"
        let near = items
            .get(at.saturating_sub(NO_MEMBER)..at)
            .unwrap_or(&[])
            .iter();
        let mut near = near.rev();
        let candidacy = |i: &&Item<'_>| reader.lexicon.lists(Class::Candidacy, &i.folded);
        let none = near.find(|i| candidacy(i) || parts(i) || i.sign(';'));
        let none = none.is_some_and(|i| candidacy(&i));
        // "which left the Union in 1999"
        let earlier = items.get(..at).unwrap_or(&[]);
        let led = earlier.iter().rev().take(LEFT);
        let mut led = led.take_while(|i| !(i.sign(',') || i.is(Class::Relative)));
        let left = led.any(|i| i.is(Class::NoMember));
        let part = own_part(reader, earlier);
        if before.iter().any(|(_, b)| *b == body) || none || of_whichever(reader, items, at) {
            continue;
        }
        let head = items
            .get(at)
            .and_then(|i| reader.column_head(scene.sentence, i.span));
        let heading = head.and_then(|head| reader.state_heading(head));
        let joined = memberships().any(|(_, c)| of(reader, &c.fact, Slot::Organisation, body));
        for (rank, member) in members.iter().enumerate() {
            let own = |own: usize| left && own < at || part.is_some_and(|part| own < part);
            if member.at.is_some_and(own) {
                continue;
            }
            // What stands in the column of a state is its own.
            if heading.is_some_and(|state| state != member.body) {
                continue;
            }
            if parted(reader, told, member.body, body) {
                continue;
            }
            let mut f = shared.clone();
            f.add(&name![p, "|how:", member.how]);
            f.add(&name![p, "|rank:", &rank.min(3).to_string()]);
            f.add(&name![p, "|of:", &members.len().min(4).to_string()]);
            f.add(&name![
                p,
                if reader.is_side(member.body) {
                    "|side"
                } else {
                    "|third"
                },
            ]);
            if joined {
                f.add(&name![p, "|organisation-told"]);
            }
            if memberships().any(|(_, c)| of(reader, &c.fact, Slot::State, member.body)) {
                f.add(&name![p, "|state-told"]);
            }
            scene.around(&mut f, p, "a", Some(at));
            scene.around(&mut f, p, "b", member.at);
            scene.between(&mut f, p, "ab", Some(at), member.at);
            if scene.unlikely(&f) {
                continue;
            }
            let Some(state) = reader.body_value(member.body) else {
                continue;
            };
            let fact = Fact::new(Kind::Membership)
                .with(Slot::State, state)
                .with(Slot::Organisation, Value::clone(&value));
            found.extend(scene.candidate(p, fact, f, &[], Vec::new()));
        }
    }
}

/// "A belongs to B, C to D": whether rules tell of a state that it belongs to others than an organisation, and of that that others belong to it, and
/// those have nothing in common.
fn parted(reader: &Reader<'_>, told: &[(usize, &Claim)], state: usize, body: usize) -> bool {
    let memberships: Vec<(usize, usize)> = told
        .iter()
        .filter(|(_, c)| c.fact.kind == Kind::Membership && c.holds())
        .filter_map(|(_, c)| {
            let member = reader.body_in(&c.fact, Slot::State)?;
            Some((member, reader.body_in(&c.fact, Slot::Organisation)?))
        })
        .collect();
    let of = |member: usize| memberships.iter().filter(move |(m, _)| *m == member);
    let members = || {
        memberships
            .iter()
            .filter(|(_, o)| *o == body)
            .map(|(m, _)| *m)
    };
    let apart = |other: usize| of(other).all(|(_, o)| of(state).all(|(_, own)| own != o));
    of(state).next().is_some() && members().next().is_some() && members().all(apart)
}
