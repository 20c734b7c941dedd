//! The date that belongs to a trigger: in its clause, in the clause of time or the predicate behind it, or before it.

use super::meant::object_of_reaction;
use super::{argument, breaks, is_finite_trigger};
use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind, word_before};
use crate::language::{Class, Head, Meaning, Rule, TriggerForm};

/// Within how many items behind a verb the date stands that an aside parts from it.
const REACH: usize = 28;

/// The date of the clause of time at the end of another: "relations were established when X presented his credentials on 3 May 1960".
fn when_date(items: &[Item], end: usize) -> Option<usize> {
    let opens = (end..end + 2).find(|&i| items.get(i).is_some_and(|x| x.is(Class::When)))?;
    (opens + 1..items.len())
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(';')))
        .find(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        })
}

/// "Ne furent établies, par un échange de notes, que le 3 mai 1963": the date behind an aside that the first word of what alone was then leads.
fn only_date(items: &[Item], at: usize, end: usize) -> Option<usize> {
    let reach = end.max(at + 1)..items.len().min(at + REACH);
    let only = |i: &Item| i.is(Class::OnlyThen) || i.is(Class::NothingBut);
    let only = { reach }.find(|&i| items.get(i).is_some_and(only))?;
    let between = items.get(at + 1..only)?;
    let closed = between.last().is_some_and(|i| i.sign(','));
    let apart = between.iter().any(|i| i.sign(';') || is_finite_trigger(i));
    let date = (only + 1..only + 3).find(|&i| items.get(i).is_some_and(Item::is_date));
    date.filter(|_| closed && !apart)
}

/// "The last visit, that of X to Lima, dates from 1993": the date of the verb that a noun's clause ends before, when nobody stands between.
pub(super) fn predicate_date(items: &[Item], end: usize) -> Option<usize> {
    items.get(end).filter(|x| x.sign(','))?;
    let rest = (end + 1..items.len()).take_while(|&i| {
        items
            .get(i)
            .is_some_and(|x| !(breaks(x) || x.sign(',') || x.is(Class::And)))
    });
    let mut verb = false;
    for i in rest {
        let item = items.get(i)?;
        verb |= is_finite_trigger(item) || item.is(Class::Be) || item.is(Class::Have);
        if matches!(item.kind, ItemKind::Date(_)) {
            return verb.then_some(i);
        }
        let noun = matches!(item.kind, ItemKind::Trigger(_)) && !is_finite_trigger(item);
        if item.is(Class::Relative) || argument(item) || noun && verb {
            return None;
        }
    }
    None
}

/// "Establishment of diplomatic relations: 5 June 1992": the date that is all that stands behind the colon which ends a clause without a verb.
pub(super) fn date_behind_colon(items: &[Item], (start, end): (usize, usize)) -> Option<usize> {
    let finite = |i: &Item| i.is_finite() || i.is(Class::Be) || i.is(Class::Have);
    let bare = !items.get(start..end)?.iter().any(finite);
    let colon = items.get(end).filter(|x| bare && x.sign(':'));
    let (date, rest) = items.get(colon.map(|_| end + 1)?..)?.split_first()?;
    let alone = rest.iter().all(|x| x.sign('.') || x.sign(';'));
    (date.is_date() && alone).then_some(end + 1)
}

/// The date that belongs to a trigger. "On 3 May she received X, ambassador since 2016": what happens on a day does not happen since one.
pub(super) fn own_date(
    items: &[Item],
    at: usize,
    (start, end): (usize, usize),
    rule: &Rule,
) -> Option<usize> {
    let momentary = ["visit", "meeting", "treaty"].contains(&rule.fact.as_str());
    let since = |i: usize| {
        let item = items.get(i);
        item.is_some_and(|x| matches!(&x.kind, ItemKind::Date(d) if d.bound == Bound::Since))
    };
    let leading = |i: usize| items.get(if i > at { at + 1 } else { 0 }..i);
    let other = |i: usize| of_what_was_before(leading(i).unwrap_or(&[]));
    // "X, who came on 3 May, met Y": on that day.
    let apart = !["meeting", "treaty"].contains(&rule.fact.as_str());
    // "In 1980 A broke with B, after the recognition of C", "on 4 May they regretted the closure": a noun that is told of has not the verb's date.
    let events = ["relations", "mission", "treaty"].contains(&rule.fact.as_str());
    let told = events && rule.head == Head::Noun && only_told(items.get(..at).unwrap_or(&[]));
    let main = |i: usize| i > at && of_main_verb(items, at, i);
    // "noted that the agreement of 1987 worked well and signed another": a treaty before the verb has its own.
    let treaty = rule.fact == "treaty" && rule.head == Head::Verb;
    let others = |i: usize| treaty && i < at && right_behind_treaty(items, i);
    let may = |i: usize| {
        !(main(i)
            || others(i)
            || momentary && other(i)
            || of_aside(items, i, at) && (apart || ahead(items, i))
            || told && i < at)
    };
    let any = nearest_date(items, at, (start, end), may);
    if momentary && any.is_some_and(since) {
        return nearest_date(items, at, (start, end), |i| !since(i) && may(i)).or(any);
    }
    any
}

/// "the agreement of 1987": whether a date stands right behind a treaty, with no more than "of" between.
pub(in crate::extract) fn right_behind_treaty(items: &[Item], date: usize) -> bool {
    let mut before = items.get(..date).unwrap_or(&[]).iter().rev();
    let of = before.clone().next().is_some_and(|i| i.is(Class::Of));
    let own = items.get(date).is_some_and(|i| i.has_prep(Class::Of));
    let treaty = before.find(|i| !i.is(Class::Of));
    (of || own) && treaty.is_some_and(|i| matches!(i.kind, ItemKind::Treaty(_)))
}

/// "The legation that had been set up in Lima was closed in 1942": whether a date stands behind the verb of the clause whose subject a relative
/// clause, with its own verb, tells of.
fn of_main_verb(items: &[Item], at: usize, date: usize) -> bool {
    let auxiliary = |i: &Item| i.is(Class::Be) || i.is(Class::Have);
    let mut before = items.get(..at).unwrap_or(&[]).iter().rev();
    let relative = before
        .find(|i| !(auxiliary(i) || i.is(Class::Temporal)))
        .is_some_and(|i| i.is(Class::Relative));
    let between = items.get(at + 1..date).unwrap_or(&[]);
    let main = between
        .iter()
        .position(|i| auxiliary(i) || is_finite_trigger(i));
    let joined = |verb: usize| {
        let mut words = between.iter().take(verb);
        words.any(|i| i.is(Class::And) || i.is(Class::Relative) || i.sign(','))
    };
    relative && main.is_some_and(|verb| verb > 0 && !joined(verb))
}

/// "after the recognition", "regretted the closure": whether the words that lead to a noun say when something else was, or what somebody thinks of it.
fn only_told(leading: &[Item]) -> bool {
    let small = |i: &&Item| {
        let word = [
            Class::Article,
            Class::Possessive,
            Class::Temporal,
            Class::Of,
        ];
        word.iter().any(|c| i.is(*c)) || i.adjective().is_some()
    };
    let mut lead = leading.iter().rev().take(4).skip_while(small);
    let when = [Class::DateAfter, Class::DateBefore, Class::Since];
    let when = |i: &Item| when.iter().any(|c| i.is(*c));
    let first = lead.next();
    // "tras cinco años de la ruptura"
    let lasting =
        first.is_some_and(|i| i.is(Class::Years) || matches!(i.kind, ItemKind::Quantity(_)));
    first.is_some_and(when) || lasting && lead.any(when) || object_of_reaction(leading)
}

/// "her visit was the first since the opening of the embassy in 1962": whether the words that lead to a date name what it is the date of, and
/// since when something is so.
pub(in crate::extract) fn of_what_was_before(leading: &[Item]) -> bool {
    // "the first since she took office on 3 May 2001", "… after assuming office on 3 May 2001"
    let mut verb = false;
    let stop = |x: &Item| [',', ':', ';', '.'].iter().any(|c| x.sign(*c)) || x.is(Class::And);
    let mut rest = leading.iter().rev().take_while(|x| !stop(x));
    let begun = rest.any(|x| {
        let when = x.is(Class::Since) || x.is(Class::DateAfter);
        let said = x.verb.is_some() || is_finite_trigger(x);
        verb |= said && !when && !x.is(Class::Be);
        when
    });
    if begun && verb {
        return true;
    }
    let clause = leading.iter().rev();
    let mut clause = clause.take_while(|x| !(x.sign(',') || is_finite_trigger(x)));
    let mut named = false;
    clause.any(|x| {
        let since = x.is(Class::Since);
        named |= !since && matches!(x.kind, ItemKind::Trigger(_));
        since
    }) && named
}

/// The first date after a trigger in its clause, else the nearest before it in the sentence, of those that may be its.
fn nearest_date(
    items: &[Item],
    at: usize,
    (start, end): (usize, usize),
    may: impl Fn(usize) -> bool,
) -> Option<usize> {
    let dated = |i: usize| {
        items
            .get(i)
            .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)) && may(i))
    };
    let after = (at + 1..end).find(|&i| dated(i));
    let before = (start..at).rev().find(|&i| dated(i));
    let after = after.map(|at| apposed_date(items, at).unwrap_or(at));
    match (after, before) {
        (Some(after), Some(before)) => {
            // A date right before the trigger, with no other trigger between, beats one far behind another verb.
            let verb_between = items
                .get(at + 1..after)
                .is_some_and(|b| b.iter().any(is_finite_trigger));
            // "In 1905 they established relations, signing a treaty on 4 May 1910"
            let gerund = items.get(at + 1..after).is_some_and(|b| {
                b.windows(2)
                    .any(|w| matches!(w, [comma, verb] if comma.sign(',') && verb.verb == Some(TriggerForm::Gerund)))
            });
            // "On 5 April 1943 A broke with B and declared war on it in 1945", "…, and a year later that of C": the date of what follows a joint.
            let between = items.get(at + 1..after).unwrap_or(&[]);
            let other = between.iter().any(|i| i.is(Class::And) || i.sign(','))
                && between
                    .iter()
                    .rev()
                    .take_while(|i| !i.is(Class::And))
                    .any(|i| {
                        let acts = i.verb == Some(TriggerForm::Finite) || i.is(Class::Speech);
                        acts && !i.is(Class::Be) && !i.is(Class::Have)
                    });
            let next = leads_another(items, after) || opens_clause(items, after);
            if verb_between || gerund || other || next {
                Some(before)
            } else {
                Some(after)
            }
        }
        (after, before) => {
            let lead = || {
                let mut led = (0..start)
                    .rev()
                    .take_while(|&i| items.get(i).is_some_and(|x| !(x.sign(';') || x.sign('|'))));
                led.find(|&i| dated(i))
            };
            // "In 2004, A paid a visit to B, and in 2005 C did": the next clause's.
            let next = |d: &usize| before.is_none() && opens_clause(items, *d) && lead().is_some();
            let own = after.filter(|d| !next(d)).or(before);
            own.or_else(|| only_date(items, at, end))
                .or_else(|| when_date(items, end))
                .or_else(lead)
        }
    }
}

/// "…, and a year later that of Chile": whether a date behind "and" opens what is said of another, for which a pronoun stands.
fn leads_another(items: &[Item], date: usize) -> bool {
    let before = word_before(items, date, &[Class::In, Class::About, Class::Article]);
    let joined = before.is_some_and(|i| i.is(Class::And));
    let behind = items.get(date + 1..).unwrap_or(&[]);
    let one = |i: &Item| i.is(Class::MissionOne);
    let article =
        matches!(behind, [article, of, ..] if article.is(Class::Article) && of.is(Class::Of));
    joined && (article || behind.first().is_some_and(one))
}

/// "On 3 May they opened an embassy in A, and on 5 May the other started work": whether a date behind "and" opens a clause with a subject and a verb.
fn opens_clause(items: &[Item], date: usize) -> bool {
    let before = word_before(items, date, &[Class::In, Class::About, Class::Article]);
    let behind = items.get(date + 1..).unwrap_or(&[]);
    let mut clause = behind.iter().skip_while(|i| i.sign(','));
    // "former President X": a word that is no verb may stand before the subject.
    let light = |i: &&Item| matches!(i.kind, ItemKind::Word) && !i.is_finite() && i.prep.is_empty();
    let mut small = clause.clone().skip_while(light);
    let subject = small
        .next()
        .is_some_and(|i| i.is_np() && !i.is_date() && i.prep.is_empty());
    let verb = clause
        .by_ref()
        .take(8)
        .take_while(|i| !breaks(i) && !i.sign(','))
        .any(|i| is_finite_trigger(i) || i.is_finite() || i.is(Class::Light));
    before.is_some_and(|i| i.is(Class::And)) && subject && verb
}

/// "The embassy, opened in 1960, was closed", "X, who arrived in 1960, met Y": whether a date before a verb stands in a participle's phrase or a
/// relative clause that commas part from it.
fn of_aside(items: &[Item], date: usize, at: usize) -> bool {
    let Some(open) = (0..date)
        .rev()
        .find(|&i| items.get(i).is_some_and(|x| x.sign(',')))
    else {
        return false;
    };
    let closed = items.get(date + 1).is_some_and(|x| x.sign(','));
    let leads = items.get(open + 1);
    let relative = |x: &Item| x.is(Class::Relative) || x.is(Class::Whose);
    let aside = leads.is_some_and(|x| relative(x) || participle(x));
    open > 0 && closed && date + 1 < at && aside
}

/// "which is to be signed in 2025,": whether the words between a comma and a date say that it is of what has not come.
fn ahead(items: &[Item], date: usize) -> bool {
    let before = items.get(..date).unwrap_or(&[]).iter().rev();
    let mut clause = before.take_while(|i| !i.sign(','));
    let classes = [Class::Planned, Class::Expected, Class::Future];
    clause.any(|i| i.verb == Some(TriggerForm::Planned) || classes.iter().any(|c| i.is(*c)))
}

/// Whether an item can be a past participle.
fn participle(item: &Item) -> bool {
    let form = TriggerForm::Participle;
    let starts =
        matches!(&item.kind, ItemKind::Trigger(forms) if forms.iter().any(|(_, f)| *f == form));
    starts || item.verb == Some(form) || item.meanings.contains(&Meaning::Verb(form))
}

/// "Three years later, in 1930": the date that stands behind one told from elsewhere and says when that was.
fn apposed_date(items: &[Item], at: usize) -> Option<usize> {
    let found = |i: usize| {
        if let ItemKind::Date(found) = &items.get(i)?.kind {
            Some(found)
        } else {
            None
        }
    };
    found(at).filter(|d| d.from.is_some() || d.date.is_none())?;
    items.get(at + 1).filter(|x| x.sign(','))?;
    let small = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.is(Class::In) || x.is(Class::Article))
    };
    let next = (at + 2..at + 5).find(|i| !small(i))?;
    found(next)
        .filter(|d| d.from.is_none() && d.date.is_some())
        .map(|_| next)
}
