//! A frame of a meeting → the items of those who take part, one list for each meeting that it tells.

use super::days::counts_day;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::Reader;
use crate::language::{Class, Head, Rule};

/// The items of those who take part. "Received by A, then by B", "met separately with A and B" are two meetings with the same lead.
pub(super) fn groups(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    frame: &Frame,
) -> Vec<Vec<usize>> {
    let taking: Vec<usize> = taking(items, rule, frame);
    let leads = |i: &usize| {
        if frame.passive {
            frame.object.contains(i) || *i < frame.at && !frame.subject.contains(i)
        } else {
            *i < frame.at
        }
    };
    let (mut lead, mut others): (Vec<usize>, Vec<usize>) = taking.into_iter().partition(leads);
    // "Talks with A and, on the last day, with B": neither of whom leads.
    let swallowed = items
        .get(frame.at)
        .is_some_and(|x| x.folded.ends_with(" with"));
    if lead.is_empty() && !frame.passive && !(swallowed && rule.head == Head::Noun) {
        let list = others.first().and_then(|&i| items.get(i)).map(|x| x.list);
        let free = |i: &usize| {
            items
                .get(*i)
                .is_some_and(|x| Some(x.list) == list && x.prep.is_empty())
        };
        (lead, others) = others.into_iter().partition(free);
    }
    // "met separately with A and B": also within the words of the verb.
    let separately = |i: &Item| {
        let mut words = i.folded.split(' ');
        let within = matches!(i.kind, ItemKind::Trigger(_))
            && words.any(|w| reader.lexicon.has_class(w, Class::Separately));
        within || i.is(Class::Separately)
    };
    let apart = items
        .get(frame.clause.0..frame.clause.1)
        .is_some_and(|clause| clause.iter().any(separately));
    let mut parted: Vec<Vec<usize>> = Vec::new();
    for i in others {
        let before = parted.last().and_then(|g| g.last()).copied();
        let new = before.is_none_or(|before| {
            apart || another(reader, items, before, i) || meetings(items, before, i)
        });
        match parted.last_mut().filter(|_| !new) {
            Some(group) => group.push(i),
            None => parted.push(vec![i]),
        }
    }
    if parted.len() < 2 {
        return vec![
            lead.into_iter()
                .chain(parted.into_iter().flatten())
                .collect(),
        ];
    }
    parted
        .into_iter()
        .map(|group| lead.iter().copied().chain(group).collect())
        .collect()
}

/// Whether a new meeting begins between two of those who are met: "then", "later", or a second "by".
fn another(reader: &Reader<'_>, items: &[Item], before: usize, at: usize) -> bool {
    let then = items
        .get(before + 1..at)
        .is_some_and(|between| between.iter().any(|i| i.is(Class::Then)));
    let by = |i: usize| items.get(i).is_some_and(|x| x.has_prep(Class::By));
    let list = |i: usize| items.get(i).map(|x| x.list);
    // "by A and over lunch by B", but "por A y por B" are together.
    let parted = items.get(before + 1..at).is_some_and(|between| {
        between.iter().any(|x| {
            !(x.is(Class::And) || x.is(Class::By) || x.is(Class::Article) || x.is(Class::Honorific))
        })
    });
    // "met A on the 4th and on the 5th B"
    let dated = items.get(before + 1..at).is_some_and(|between| {
        between.iter().any(|x| x.is(Class::And)) && between.iter().any(Item::is_date)
    });
    // "met A and, on the second day, B"
    let counted = (before + 1..at).any(|i| counts_day(reader, items, i))
        && (before + 1..at).any(|i| items.get(i).is_some_and(|x| x.is(Class::And)));
    then || dated || counted || by(before) && by(at) && list(before) != list(at) && parted
}

/// "met with A and with B": whether the preposition stands anew before the second.
fn meetings(items: &[Item], before: usize, at: usize) -> bool {
    let with = |i: usize| items.get(i).is_some_and(|x| x.has_prep(Class::With));
    let between = items.get(before + 1..at).unwrap_or(&[]);
    let anew = between.iter().any(|i| i.is(Class::With));
    with(before) && with(at) && anew
}

/// The items in the roles of the rule that belong to its own verb or noun.
fn taking(items: &[Item], rule: &Rule, frame: &Frame) -> Vec<usize> {
    let verb = |range: std::ops::Range<usize>| {
        items
            .get(range)
            .is_some_and(|between| between.iter().any(|i| i.verb.is_some()))
    };
    let mut found = frame.role(items, rule, "participant");
    // "received the credentials of A of Peru and B of Chile": not B himself.
    let letters = |i: usize| {
        let between = items.get(frame.at + 1..i);
        between.is_some_and(|b| b.iter().any(|x| x.is(Class::Credentials)))
    };
    found.retain(|&i| !letters(i));
    found.retain(|&i| {
        items.get(i).is_some_and(|x| {
            x.actor().is_some() && (!x.has_prep(Class::Of) || rule.args.contains_key("of"))
        })
    });
    let all = found.clone();
    found.retain(|&i| {
        let Some(item) = items.get(i) else {
            return false;
        };
        // "had talks with A before being received by B": A belongs to the talks.
        let led = !item.prep.is_empty();
        // "had with A a conversation": what stands between a verb and its object belongs to the latter.
        let object = rule.head == Head::Noun
            && !verb(i..frame.at)
            && items
                .get(i..frame.at)
                .is_some_and(|between| !between.iter().any(|x| x.sign(',') || x.is(Class::And)));
        let foreign = led && i < frame.at && verb(frame.clause.0..i) && !object
            || led && i > frame.at && rule.head == Head::Verb && verb(frame.at + 1..i);
        // "Consultations bear the signatures of the two ministers": what is said behind a verb does not belong to the noun.
        let apart = rule.head == Head::Noun
            && item.has_prep(Class::Of)
            && items
                .get(frame.at + 1..i)
                .is_some_and(|between| between.iter().any(Item::is_finite));
        !foreign && !apart
    });
    // "took leave of A in the course of a talk": of a noun without others to take part, A does.
    if rule.head == Head::Noun && found.len() == 1 && all.len() == 2 {
        found = all;
    }
    // "The two ministers, A and B, met": the names say who they are.
    let named: Vec<usize> = found
        .iter()
        .copied()
        .filter(|&i| {
            let both = items
                .get(i)
                .and_then(Item::actor)
                .is_some_and(|a| a.stand == Some(Stand::Both));
            let apposed = found.iter().any(|&other| {
                (i + 1..i + 4).contains(&other)
                    && items
                        .get(other)
                        .and_then(Item::actor)
                        .is_some_and(|a| a.name.is_some())
            });
            both && apposed
                && items
                    .get(i + 1)
                    .is_some_and(|x| x.sign(',') || x.sign(':') || x.sign('('))
        })
        .collect();
    found.retain(|i| !named.contains(i));
    // "the chairman of the council, Ana Soto": by the name.
    for at in &mut found {
        let mut behind = *at + 3..*at + 9;
        *at = behind
            .find(|other| says_who(items, *at, *other))
            .unwrap_or(*at);
    }
    found.sort_unstable();
    found.dedup();
    // "granted X an audience": to whom it is granted.
    if rule.head == Head::Noun {
        found.extend(granted(items, frame));
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// "the chairman of the council, Ana Soto": whether a name behind a comma, closed by a sign or the end, says who somebody is whom an office and
/// words that belong to it describe.
fn says_who(items: &[Item], at: usize, other: usize) -> bool {
    let actor = |i: usize| items.get(i).and_then(Item::actor);
    let nameless = actor(at).is_some_and(|a| a.name.is_none() && a.stand != Some(Stand::He));
    let name = actor(other).is_some_and(|a| a.name.is_some() && a.office.is_none());
    if !nameless || !name || other < at + 3 {
        return false;
    }
    let between = items.get(at + 1..other).unwrap_or(&[]);
    let Some((comma, words)) = between.split_last() else {
        return false;
    };
    let of = words.first().is_some_and(|i| i.is(Class::Of));
    let plain = |i: &Item| {
        matches!(i.kind, ItemKind::Word | ItemKind::Body(..))
            && i.verb.is_none()
            && !i.is(Class::And)
    };
    let ends = items
        .get(other + 1)
        .is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)) || i.verb.is_some() || i.is_date());
    comma.sign(',') && of && words.iter().all(plain) && ends
}

/// Who grants an audience or a talk, and to whom: the actor before the verb; the one between it and its object, behind that with "to", or
/// a pronoun before the verb.
fn granted(items: &[Item], frame: &Frame) -> Vec<usize> {
    let actor = |i: usize| items.get(i).and_then(Item::actor);
    let ends = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::And) || x.is(Class::Relative) || x.sign(';'))
    };
    let Some(verb) = (frame.clause.0..frame.at)
        .rev()
        .take_while(|&i| !ends(i))
        .find(|&i| items.get(i).is_some_and(|x| x.is(Class::Granted)))
    else {
        return Vec::new();
    };
    let free = |i: usize| items.get(i).is_some_and(|x| x.prep.is_empty());
    let him = |i: usize| actor(i).is_some_and(|a| a.stand == Some(Stand::Him));
    let gives = (frame.clause.0..verb)
        .rev()
        .find(|&i| actor(i).is_some() && free(i) && !him(i));
    let to = (verb + 1..frame.clause.1).filter(|&i| {
        actor(i).is_some()
            && (free(i) && i < frame.at || items.get(i).is_some_and(|x| x.has_prep(Class::To)))
    });
    let to = to.chain(verb.checked_sub(1).filter(|&i| him(i)));
    gives.into_iter().chain(to).collect()
}

/// Who does what the sentence tells behind a phrase that it opens with: "At the meeting with A on 7 April, B praised …".
pub(super) fn fronted(items: &[Item], frame: &Frame) -> Option<usize> {
    let before = items.get(..frame.at)?;
    let opens = before.iter().all(|i| {
        i.actor().is_none() && !i.is_finite() && !i.is(Class::Relative) && !i.is(Class::Have)
    });
    opens.then_some(())?;
    (frame.at + 1..items.len()).find(|&i| {
        let free = items
            .get(i)
            .is_some_and(|x| x.actor().is_some() && x.prep.is_empty());
        let comma = (frame.at..i)
            .rev()
            .filter_map(|j| items.get(j))
            .find(|x| !(x.is(Class::Article) || x.is(Class::Honorific) || x.is(Class::Temporal)))
            .is_some_and(|x| x.sign(','));
        let apposed = items.get(i + 1).is_some_and(|x| x.sign(','));
        free && comma && !apposed
    })
}
