//! The words behind a verb of membership → who belongs to what, with the parts of the sentence that leave the verb out.

use super::{both, organisation, state};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, own_date};
use crate::extract::reader::Reader;
use crate::language::{Class, Rule};

/// States and the organisations that they belong to; of the first the states are those of the verb, and more that stand behind.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) members: Vec<usize>,
    pub(super) organisations: Vec<usize>,
    /// The date of those whose verb is left out.
    pub(super) date: Option<usize>,
    /// Whether those of the verb belong to them, too.
    pub(super) along: bool,
}

/// Whether the list of organisations ends at an item.
fn stops(item: &Item) -> bool {
    item.is_finite()
        || item.is(Class::Have)
        || item.is(Class::Relative)
        || item.is(Class::NoMember)
        || item.sign('?')
        || item.sign('(')
        || item.sign(')')
        || match &item.kind {
            ItemKind::Trigger(_) | ItemKind::Mission(_) | ItemKind::Treaty(_) => true,
            ItemKind::Actor(_) => !both(item),
            ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => false,
        }
}

/// States from an item on that are joined by "and" and commas, and the index behind them. A comma behind which an organisation stands
/// does not join.
pub(super) fn states(reader: &Reader<'_>, items: &[Item], from: usize) -> (Vec<usize>, usize) {
    let mut found = Vec::new();
    let mut end = from;
    for (i, item) in items.iter().enumerate().skip(from) {
        if let Some(body) = state(reader, item) {
            found.push(body);
            end = i + 1;
        } else if !(item.is(Class::And)
            || item.sign(',')
            || item.is(Class::Article)
            || matches!(item.kind, ItemKind::Word) && item.is(Class::Of))
        {
            break;
        }
    }
    (found, end)
}

/// "… in 1945 and C": whether a date and a joint stand right before an item.
fn behind_date(items: &[Item], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let mut before = before.skip_while(|x| x.is(Class::Article));
    let joint = before
        .next()
        .is_some_and(|x| x.is(Class::And) || x.sign(',') || x.sign(';'));
    joint && before.find(|x| !x.sign(',')).is_some_and(Item::is_date)
}

/// The states that a word for company joins to the subject of a verb, in its clause: "along with A and B", "avec A et B", "junto a A y B".
pub(super) fn beside(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Vec<usize> {
    // Right behind the verb or a comma, or at the head of the sentence: not "its relations with A".
    let apart = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| items.get(i));
        i == frame.at + 1 || before.is_none_or(|x| x.sign(','))
    };
    let company = |i: usize| {
        let word = items.get(i);
        word.is_some_and(|x| {
            x.kind == ItemKind::Word && x.is(Class::With) && i == frame.at + 1
                || x.is(Class::And) && x.folded.contains(' ') && apart(i)
        })
    };
    let ends = |x: &Item| x.sign(';') || x.is(Class::Not);
    let behind = (frame.at + 1..items.len()).take_while(|&i| {
        items
            .get(i)
            .is_some_and(|x| !ends(x) && (!x.is_finite() || company(i)))
    });
    let before = (frame.clause.0..frame.at).take_while(|&i| items.get(i).is_some_and(|x| !ends(x)));
    let led = behind.chain(before).find(|&i| company(i));
    let Some(first) = led.map(|i| i + 1) else {
        return Vec::new();
    };
    let small = |x: &&Item| x.is(Class::Article);
    let from = first + items.iter().skip(first).take_while(small).count();
    states(reader, items, from).0
}

/// "It joined A; to B, however, it does not belong": whether a new part of the sentence begins at an item that denies something.
fn denied_behind(items: &[Item], at: usize) -> bool {
    let part = items
        .get(at)
        .filter(|x| x.sign(';'))
        .and(items.get(at + 1..));
    let mut part = part.into_iter().flatten().take_while(|x| !x.sign(';'));
    part.any(|x| x.is(Class::Not))
}

/// The organisations from the item behind a verb on, and what follows them: "A belongs to B, C to D", "A joined B, followed by C", "A is in B,
/// and so is C".
pub(super) fn behind(reader: &Reader<'_>, items: &[Item], rule: &Rule, from: usize) -> Vec<Told> {
    // "the former joined A, the latter B"
    let latter = |at: usize| {
        let said = items.get(at).is_some_and(|item| {
            let words = rule.set.get("latter");
            words.is_some_and(|w| w.split('|').any(|w| w == item.folded))
        });
        let next = items
            .iter()
            .skip(at + 1)
            .find(|x| x.is_np() || matches!(x.kind, ItemKind::Date(_)));
        said && next.is_some_and(|x| organisation(reader, x).is_some())
    };
    let mut told = vec![Told::default()];
    let mut pending: Vec<usize> = Vec::new();
    let mut later = None;
    let mut likewise = false;
    let mut denied = false;
    let mut along = false;
    let mut i = from;
    while let Some(item) = items.get(i) {
        // "…, como el Perú"
        let as_well = i.checked_sub(1).and_then(|b| items.get(b));
        let as_well = item.is(Class::As) && as_well.is_some_and(|x| x.sign(','));
        likewise |= item.is(Class::Likewise) || as_well;
        denied |= item.is(Class::Not);
        if let Some(close) = aside(reader, items, i) {
            i = close;
            continue;
        }
        // "to the Lima Dialogue and to B": a name that nobody knows, of which a word is written like a noun for something else.
        let name = matches!(item.kind, ItemKind::Trigger(_))
            && item.verb.is_none()
            && item
                .span
                .of(&reader.doc.text)
                .starts_with(char::is_uppercase);
        if (stops(item) && !name || latter(i)) && !item.is(Class::Likewise)
            || denied_behind(items, i)
        {
            break;
        }
        if let Some(body) = organisation(reader, item).filter(|_| !part_of_name(reader, items, i)) {
            if denied {
                break;
            }
            if !pending.is_empty() {
                told.push(Told {
                    members: std::mem::take(&mut pending),
                    along: std::mem::take(&mut along),
                    ..Told::default()
                });
            }
            // "A is a member of B, like C, and of D"
            if told
                .last()
                .is_some_and(|t| told.len() == 1 && !t.members.is_empty())
            {
                told.push(Told::default());
            }
            if let Some(last) = told.last_mut() {
                last.organisations.push(body);
            }
        } else if state(reader, item).is_some() {
            let some = told.last().is_some_and(|t| !t.organisations.is_empty());
            if !some {
                return Vec::new();
            }
            let (found, next) = states(reader, items, i);
            // "of A and, with C and D, B"
            let mut before = items.get(..i).unwrap_or(&[]).iter().rev();
            let comma = before.find(|x| !x.is(Class::With));
            let comma = comma.is_some_and(|x| x.sign(','));
            let further = items.get(next..).unwrap_or(&[]).iter().take(4);
            let mut further = further.take_while(|x| !x.is_finite());
            let inserted = item.has_prep(Class::With)
                && comma
                && further.any(|x| organisation(reader, x).is_some());
            // "joined NATO with Finland"
            let with = !inserted
                && item.has_prep(Class::With)
                && items.get(next).is_none_or(|x| {
                    matches!(x.kind, ItemKind::Sign(_) | ItemKind::Date(_)) || x.is(Class::In)
                });
            if (likewise || with) && !denied {
                // "A joined B in 1960, as C had done in 1945"
                if let Some(date) = date_of(items, next).filter(|_| likewise) {
                    let organisations = told.last().map(|t| t.organisations.clone());
                    told.push(Told {
                        members: found,
                        organisations: organisations.unwrap_or_default(),
                        date: Some(date),
                        along: false,
                    });
                    break;
                }
                // A date or comma may stand before the next one who does likewise.
                if let Some(last) = told.last_mut() {
                    last.members.extend(found);
                }
            } else if denied {
                break;
            } else {
                along = inserted;
                pending = found;
                let own = next.checked_sub(1).and_then(|last| own_date(items, last));
                later = own.filter(|_| behind_date(items, i));
            }
            likewise = false;
            i = next;
            continue;
        }
        i += 1;
    }
    // "A is a member of B, along with C and D": joined to the subject by more than "and".
    let joined = items.get(from..i).is_some_and(|between| {
        between
            .iter()
            .rev()
            .find(|x| x.is(Class::And) && x.folded.contains(' '))
            .is_some()
    });
    if joined && let [only] = told.as_mut_slice() {
        only.members.append(&mut pending);
    }
    // "A joined B in 1945 and C in 1960"
    let ends = |date: usize| {
        items
            .get(date + 1)
            .is_none_or(|x| matches!(x.kind, ItemKind::Sign(_)) || x.is(Class::And))
    };
    let same = told
        .last()
        .map_or_else(Vec::new, |t| t.organisations.clone());
    let dated = |to: usize| {
        items
            .get(from..to)
            .is_some_and(|b| b.iter().any(Item::is_date))
    };
    if let Some(date) = later.filter(|d| !denied && !pending.is_empty() && ends(*d) && dated(*d)) {
        told.push(Told {
            members: pending,
            organisations: same,
            date: Some(date),
            along: false,
        });
    }
    told.retain(|t| !t.organisations.is_empty());
    told
}

/// The date of a state that did likewise, behind it and no more than the words that stand for the verb: "as C had done in 1945".
fn date_of(items: &[Item], from: usize) -> Option<usize> {
    let behind = items.get(from..)?.iter();
    let mut behind = behind.enumerate().take_while(|(_, x)| {
        !matches!(x.kind, ItemKind::Sign(_)) && (x.is_date() || !x.is_np()) && !x.is(Class::And)
    });
    let (at, _) = behind.find(|(_, x)| x.is_date())?;
    Some(from + at)
}

/// "the United Nations Emergency Force": whether a longer name that nobody knows begins with that of an organisation.
fn part_of_name(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let next = items
        .get(at + 1)
        .filter(|i| matches!(i.kind, ItemKind::Word | ItemKind::Actor(_)));
    let written = next.map_or("", |i| i.span.of(&reader.doc.text));
    let known = next.is_some_and(|i| {
        i.is(Class::And) || i.is(Class::MemberNoun) || i.actor().is_some_and(|a| a.office.is_some())
    });
    reader.lexicon.lang == crate::document::Lang::En
        && written.starts_with(char::is_uppercase)
        && !known
}

/// "the Forum, which was founded by A in 1992, the Dialogue and …": the comma that closes what a relative clause says of an organisation, where
/// the list goes on with another behind it.
fn aside(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    if let Some(close) = bracket(reader, items, at) {
        return Some(close);
    }
    let opens = at.checked_sub(1).and_then(|i| items.get(i));
    items
        .get(at)
        .filter(|i| i.is(Class::Relative) && opens.is_some_and(|o| o.sign(',')))?;
    let close = (at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(',')))?;
    let small = |i: &&Item| i.is(Class::Article) || i.is(Class::And);
    let next = items.get(close + 1..)?.iter().find(|i| !small(i))?;
    organisation(reader, next).map(|_| close)
}

/// "the Forum (since 1995), the Dialogue and …": the item behind the brackets in which something is said of an organisation, where the list goes
/// on there.
fn bracket(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    items.get(at).filter(|i| i.sign('('))?;
    let close = (at + 1..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(')')))?;
    let joint = items.get(close + 1)?;
    let small = |i: &&Item| {
        i.is(Class::Article)
            || i.is(Class::And)
            || i.sign(',')
            || i.is(Class::Of)
            || i.is(Class::To)
    };
    let next = items.get(close + 1..)?.iter().find(|i| !small(i))?;
    let goes_on = joint.sign(',') || joint.is(Class::And);
    (goes_on && organisation(reader, next).is_some()).then_some(close + 1)
}

/// What follows an organisation before its verb: "In A sits B; in C and D, E".
pub(super) fn inverted(reader: &Reader<'_>, items: &[Item], at: usize) -> Vec<Told> {
    let mut told = Vec::new();
    let Some(from) = (at + 1..items.len()).find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.sign(';') || x.sign(',') && !told_states(reader, items, i))
    }) else {
        return told;
    };
    let mut organisations: Vec<usize> = Vec::new();
    let mut i = from;
    while let Some(item) = items.get(i) {
        if stops(item) || item.is(Class::Not) {
            break;
        }
        if let Some(body) = organisation(reader, item) {
            organisations.push(body);
        } else if state(reader, item).is_some() {
            let (members, next) = states(reader, items, i);
            if organisations.is_empty() {
                break;
            }
            told.push(Told {
                members,
                organisations: std::mem::take(&mut organisations),
                ..Told::default()
            });
            i = next;
            continue;
        }
        i += 1;
    }
    told
}

/// Whether a state stands behind a comma.
fn told_states(reader: &Reader<'_>, items: &[Item], comma: usize) -> bool {
    items
        .get(comma + 1..)
        .and_then(|rest| rest.iter().find(|i| i.is_np()))
        .is_some_and(|i| state(reader, i).is_some())
}

/// "Norway, but not Kenya, belongs": the states before the aside that denies it of others.
pub(super) fn not_aside(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<Vec<usize>> {
    let close = (0..at).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| !(x.is(Class::Have) || x.is(Class::Be)))
    })?;
    items.get(close).filter(|x| x.sign(',') || x.sign(')'))?;
    let not = (0..close)
        .rev()
        .take(6)
        .take_while(|&i| items.get(i).is_some_and(|x| !x.is_finite()))
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.is(Class::Not) || x.is(Class::Unlike))
        })?;
    let body = |i: usize| items.get(i).and_then(|x| state(reader, x));
    (not + 1..close).find_map(body)?;
    let last = (0..not).rev().take(4).find(|&i| body(i).is_some())?;
    let list = items.get(last).map_or(last, |x| x.list);
    Some((list..=last).filter_map(body).collect())
}

/// "Unlike Ghana, Sweden belongs": the state before a verb of whom that is not said.
pub(super) fn contrasted(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<usize> {
    let before = items.get(..at)?;
    let unlike = before.iter().rposition(|i| i.is(Class::Unlike))?;
    let own = before.get(unlike).and_then(|i| state(reader, i));
    let mut behind = before.get(unlike + 1..)?.iter();
    own.or_else(|| {
        behind
            .find(|i| !i.is(Class::Article))
            .and_then(|i| state(reader, i))
    })
}

/// The states of a subject that a word for "like" joins: "Sweden, like Ghana, belongs".
pub(super) fn alike(
    reader: &Reader<'_>,
    items: &[Item],
    (start, at): (usize, usize),
) -> Vec<usize> {
    let found = |i: usize| items.get(i).and_then(|x| state(reader, x));
    let joins = |x: &Item| {
        x.is(Class::Likewise) || x.is(Class::And) && x.folded.contains(' ') || x.is(Class::As)
    };
    let Some(joint) = (start..at).find(|&i| items.get(i).is_some_and(joins)) else {
        return Vec::new();
    };
    let small = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.is(Class::Article) || x.sign(','))
    };
    // "A, B and C are, like D and E, members": all of both lists.
    let be = |i: &usize| items.get(*i).is_some_and(|x| x.is(Class::Be));
    let last = (start..joint).rev().find(|i| !(small(i) || be(i)));
    let list = |last: usize| {
        let from = items.get(last).map_or(last, |x| x.list.max(start));
        (from..=last).filter_map(found).collect::<Vec<_>>()
    };
    let first: Vec<usize> = last.map(list).unwrap_or_default();
    let second = (joint + 1..at)
        .find(|i| !small(i))
        .filter(|i| found(*i).is_some())
        .map(|i| states(reader, items, i).0)
        .unwrap_or_default();
    // The aside closes right before the verb.
    let closed = (joint + 1..at)
        .rev()
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| !(x.is(Class::Have) || x.is(Class::Be)))
        })
        .is_some_and(|i| items.get(i).is_some_and(|x| x.sign(',')));
    let same = first.iter().any(|f| second.contains(f));
    if !closed || first.is_empty() || second.is_empty() || same {
        return Vec::new();
    }
    first.into_iter().chain(second).collect()
}

/// "NATO, which Norway joined", "la OTAN, a la que Noruega se integró", "al que pertenecen los dos países": the organisation before a relative
/// clause whose own subject, before or behind the verb, joins or belongs to it.
pub(super) fn of_relative(reader: &Reader<'_>, items: &[Item], frame: &Frame) -> Option<usize> {
    let before = items.get(..frame.at)?;
    let clause = before.iter().rev();
    let mut clause = clause.take_while(|i| !(i.is_finite() || i.sign(',') || i.sign(';')));
    let behind = clause.position(|i| i.is(Class::Relative))?;
    let (antecedents, inner) = before.split_at_checked(frame.at.checked_sub(behind)?)?;
    let member = |i: &Item| both(i) || state(reader, i).is_some();
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    let behind = behind
        .iter()
        .take_while(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let mut behind = behind.filter(|i| i.is_np() || both(i));
    let subject = inner.iter().any(member) || behind.next().is_some_and(member);
    let mut near = antecedents.iter().rev().skip(1).take(4);
    let antecedent = near.find(|i| i.is_np())?;
    organisation(reader, antecedent).filter(|_| subject)
}
