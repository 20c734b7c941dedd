//! What a sentence says of membership without a verb for it: "Kenya has been in the United Nations since 1963", "as NATO members, Norway
//! and Denmark …", "the Visegrád Group (Czechia, Hungary, Poland and Slovakia)".

use super::pointed::two;
use super::{both, claim, organisation, state};
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Rule};

/// From how many states on a bracket behind an organisation is the list of its members.
const BRACKETED: usize = 3;

/// Memberships told by a form of "be" with a preposition, by a noun behind the organisation, or by a bracket.
pub(in crate::extract) fn named(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut is = false;
    for (at, item) in items.iter().enumerate() {
        let Some(body) = organisation(reader, item) else {
            continue;
        };
        let found = if bracket(reader, items, at).len() >= BRACKETED {
            bracket(reader, items, at)
        } else if items.get(at + 1).is_some_and(|x| x.is(Class::MemberNoun)) {
            members(reader, items, at)
        } else {
            let found = being(reader, items, rule, at);
            is |= !found.is_empty();
            if found.is_empty() && is {
                gapped(reader, items, at)
            } else {
                found
            }
        };
        pairs.extend(found.into_iter().map(|member| (member, body)));
    }
    let evidence = reader.side_evidence();
    pairs
        .into_iter()
        .filter_map(|pair| claim(reader, sentence, rule, None, pair, None, &evidence))
        .collect()
}

fn denied(items: &[Item], from: usize, to: usize) -> bool {
    items.get(from..to).is_some_and(|between| {
        between.iter().any(|i| {
            [
                Class::Not,
                Class::NoMember,
                Class::Planned,
                Class::Expected,
                Class::Wished,
                Class::Hypothetical,
                Class::Requested,
            ]
            .iter()
            .any(|c| i.is(*c))
        })
    })
}

/// The states joined to one, or the two sides.
fn whole(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<usize> {
    let Some(item) = items.get(at) else {
        return Vec::new();
    };
    if both(item) {
        return two(reader, items);
    }
    items
        .iter()
        .filter(|x| x.list == item.list)
        .filter_map(|x| state(reader, x))
        .collect()
}

/// The states in a bracket right behind the organisation, if it holds nothing else.
fn bracket(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<usize> {
    let open = items.get(at + 1).is_some_and(|x| x.sign('('));
    let mut found = Vec::new();
    for item in items.iter().skip(at + 2).take_while(|_| open) {
        if item.sign(')') {
            return found;
        }
        match state(reader, item) {
            Some(body) => found.push(body),
            None if item.sign(',') || item.is(Class::And) || item.is(Class::Article) => {}
            None => break,
        }
    }
    Vec::new()
}

/// Whether a word says that somebody is: a form of "be", or what the rule has for it.
fn stays(rule: &Rule, item: &Item) -> bool {
    let words = rule.set.get("being");
    item.is(Class::Be) || words.is_some_and(|w| w.split('|').any(|w| w == item.folded))
}

/// The index of the subject before a form of "be": a state, or what stands for both.
fn subject_of(reader: &Reader<'_>, items: &[Item], rule: &Rule, be: usize) -> Option<usize> {
    let verb = |x: &Item| x.is(Class::Have) || stays(rule, x) && !both(x);
    let subject = (0..=be)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| !verb(x)))?;
    items
        .get(subject)
        .is_some_and(|x| both(x) || x.prep.is_empty() && state(reader, x).is_some())
        .then_some(subject)
}

/// "A and B are, like C, members of D": the comma that opens what is said of C, right before the noun.
pub(super) fn likened(items: &[Item], at: usize) -> Option<usize> {
    let comma = |i: usize| items.get(i).is_some_and(|x| x.sign(','));
    at.checked_sub(1).filter(|i| comma(*i)).and_then(|close| {
        let open = (0..close).rev().take(8).find(|i| comma(*i))?;
        let like = items.get(open + 1)?;
        let alike = like.is(Class::Likewise) || like.is(Class::As);
        let plain = items.get(open + 1..close)?.iter().all(|x| !x.is_finite());
        (alike && plain).then_some(open)
    })
}

/// Of whom a noun behind a form of "be" is told, with words between that say nothing else: "are today both founding members of".
pub(super) fn copular(reader: &Reader<'_>, items: &[Item], rule: &Rule, at: usize) -> Vec<usize> {
    let two = |x: &Item| x.actor().is_some_and(|a| a.stand == Some(Stand::Both));
    let small = |x: &Item| {
        x.is(Class::Article)
            || x.is(Class::Temporal)
            || x.is(Class::TheTwo)
            || x.is(Class::Likewise)
            || two(x)
            || matches!(x.kind, ItemKind::Word) && x.meanings.is_empty()
    };
    let opens = likened(items, at);
    let like = opens.map(|open| items.get(open..at).unwrap_or(&[]).iter());
    let like: Vec<usize> = like
        .into_iter()
        .flatten()
        .filter_map(|x| state(reader, x))
        .collect();
    let at = opens.unwrap_or(at);
    let be = (0..at)
        .rev()
        .take(5)
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Be) || !small(x)))
        .filter(|&i| items.get(i).is_some_and(|x| stays(rule, x)));
    be.and_then(|be| subject_of(reader, items, rule, be))
        .map(|subject| whole(reader, items, subject))
        .filter(|found| !found.is_empty())
        .map(|found| found.into_iter().chain(like).collect())
        .unwrap_or_default()
}

/// "Kenya has been in the United Nations", "both are in the Commonwealth": the subject of the form of "be" before the preposition.
fn being(reader: &Reader<'_>, items: &[Item], rule: &Rule, at: usize) -> Vec<usize> {
    let Some(item) = items.get(at).filter(|x| x.has_prep(Class::In)) else {
        return Vec::new();
    };
    let first = item.list.min(at);
    let small = |x: &Item| {
        x.is(Class::Article)
            || x.is(Class::In)
            || x.is(Class::TheTwo)
            || x.is(Class::Likewise)
            || x.is(Class::Temporal)
            || x.sign(',')
            || organisation(reader, x).is_some()
            || x.is(Class::And)
    };
    let Some(be) = (0..first)
        .rev()
        .take(5)
        .find(|&i| items.get(i).is_some_and(|x| !small(x)))
        .filter(|&i| items.get(i).is_some_and(|x| stays(rule, x)))
    else {
        return Vec::new();
    };
    let Some(subject) = subject_of(reader, items, rule, be) else {
        return Vec::new();
    };
    if denied(items, subject, at) {
        return Vec::new();
    }
    whole(reader, items, subject)
}

/// "Sweden is in the European Union since 1995 and Ghana in the African Union": the state right before the preposition, behind a joint.
fn gapped(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<usize> {
    let placed = items.get(at).is_some_and(|x| x.has_prep(Class::In));
    let small = |x: &Item| x.is(Class::Article) || x.is(Class::In);
    let rest = |i: &usize| items.get(*i).is_some_and(|x| !small(x));
    let before = (0..at).rev().find(rest).filter(|_| placed);
    let Some(state_at) = before.filter(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.prep.is_empty() && state(reader, x).is_some())
    }) else {
        return Vec::new();
    };
    let joint = (0..state_at).rev().find(rest);
    let joined = joint.is_some_and(|i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::And) || x.sign(',') || x.sign(';'))
    });
    if joined {
        whole(reader, items, state_at)
    } else {
        Vec::new()
    }
}

/// "NATO members Norway and Denmark", "as NATO members, A and B", "A, a NATO member,", "both are Commonwealth states".
fn members(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<usize> {
    // What stands before: the subject of "are", or the one to whom it is in apposition.
    let small = |x: &Item| {
        x.is(Class::Article)
            || x.is(Class::Temporal)
            || x.is(Class::TheTwo) && !both(x)
            || x.sign(',')
            || x.sign('(')
            || matches!(x.kind, ItemKind::Word) && x.meanings.is_empty()
    };
    let before = (0..at)
        .rev()
        .take(6)
        .find(|&i| items.get(i).is_some_and(|x| !small(x)));
    let be = before.filter(|&i| items.get(i).is_some_and(|x| x.is(Class::Be) && !both(x)));
    let with_verb = before.filter(|&i| items.get(i).is_some_and(both));
    let subject = be
        .or(before.map(|b| b + 1))
        .and_then(|b| b.checked_sub(1))
        .filter(|&i| {
            let comma = be.is_some()
                || with_verb.is_some()
                || items.get(i + 1).is_some_and(|x| x.sign(',') || x.sign('('));
            comma
                && items
                    .get(i)
                    .is_some_and(|x| both(x) || x.prep.is_empty() && state(reader, x).is_some())
        });
    if denied(items, subject.unwrap_or(at.saturating_sub(4)), at) {
        return Vec::new();
    }
    if let Some(subject) = subject {
        return whole(reader, items, subject);
    }
    // What stands behind: "NATO member Norway", "As NATO members, A and B".
    let behind = (at + 2..items.len()).take(3).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| !(x.is(Class::Article) || x.sign(',')))
    });
    behind
        .filter(|&i| {
            items.get(i).is_some_and(|x| {
                (both(x) || state(reader, x).is_some() && x.prep.is_empty())
                    && (!items.get(at + 2).is_some_and(|c| c.sign(','))
                        || items
                            .get(..at)
                            .is_some_and(|b| b.iter().all(|y| y.is(Class::As) || small(y))))
            })
        })
        .map(|i| whole(reader, items, i))
        .unwrap_or_default()
}
