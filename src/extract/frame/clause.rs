//! Where the clause around a trigger begins and ends.

use super::aside::relative_aside;
use super::is_finite_trigger;
use crate::extract::items::{Item, ItemKind, bracketed};
use crate::language::{Class, Rule, TriggerForm};

pub(super) fn breaks(item: &Item) -> bool {
    item.sign(';') || item.sign(':') || item.sign('?') || item.is(Class::But)
}

/// Whether a new clause begins at an item: at a sign or "but", not at what stands between commas ("went, however, in May").
pub(super) fn breaks_at(items: &[Item], at: usize) -> bool {
    let comma = |i: Option<usize>| i.and_then(|i| items.get(i)).is_some_and(|x| x.sign(','));
    // "was opened in 1966, but closed in 1981", "in 1950 but closed in 1960": of the same.
    let goes_on = |i: usize| {
        let dated = at
            .checked_sub(1)
            .and_then(|b| items.get(b))
            .is_some_and(Item::is_date);
        let joined = comma(at.checked_sub(1)) || dated;
        let verb = |x: &Item| x.verb == Some(TriggerForm::Participle) || is_finite_trigger(x);
        joined && items.get(i).is_some_and(verb)
    };
    items.get(at).is_some_and(|item| {
        breaks(item)
            && !(item.is(Class::But) && goes_on(at + 1))
            && !(item.is(Class::But) && comma(at.checked_sub(1)) && comma(Some(at + 1)))
            && !bracketed(items, at)
    })
}

/// First and last item of the clause around a trigger; the cells of a row are `parted` where what each tells is apart.
pub(super) fn clause(items: &[Item], at: usize, parted: bool) -> (usize, usize) {
    let cell = |i: usize| parted && items.get(i).is_some_and(|x| x.sign('|'));
    // "Peru, whose neighbour Bolivia is, recognised …": the clause of the verb goes on before the aside.
    let aside = relative_aside(items, 0, at).map(|(open, _)| open);
    let start = (0..at)
        .rev()
        .find(|&i| cell(i) || breaks_at(items, i) && aside != Some(i))
        .map_or(0, |i| i + 1);
    let mut end = items.len();
    for i in at + 1..items.len() {
        let Some(item) = items.get(i) else { break };
        // "between A and B": no joint of clauses.
        let pair = || {
            let rest = items.get(i + 1..).unwrap_or(&[]);
            let next = rest.iter().find(|n| n.is_np());
            next.is_some_and(|n| n.list < i && n.has_prep(Class::Between))
        };
        let joint = (item.is(Class::And) || item.sign(',')) && !pair() && !closes(items, at, i);
        let new_clause = joint && {
            // ", and X opened …" or "and opened": another verb follows before any other joint.
            let ahead = items.get(i + 1..).unwrap_or(&[]);
            let verb = |n: &Item| is_finite_trigger(n) || n.is(Class::Have) || n.is(Class::Be);
            let near = ahead
                .iter()
                .take_while(|n| !(n.sign(',') || n.is(Class::And) || breaks(n)))
                .any(verb);
            near || dated_subject(ahead) && ahead.iter().take_while(|n| !breaks(n)).any(verb)
        };
        let relative = item.is(Class::Relative) && i > at + 1;
        if cell(i) || breaks_at(items, i) || relative || new_clause {
            end = i;
            break;
        }
    }
    (start, end)
}

/// "The visit of the president, Luis Vega, to Lima in May took place …": whether a comma closes what is said of whoever stands in the phrase of a
/// noun, which goes on with its place and day.
fn closes(items: &[Item], noun: usize, comma: usize) -> bool {
    let of = |i: &Item| i.has_prep(Class::Of) || i.has_prep(Class::By);
    let named = |i: &Item| {
        i.actor()
            .is_some_and(|a| a.name.is_some() || a.office.is_some())
    };
    let phrase = items.get(noun + 1..comma).unwrap_or(&[]);
    let whose = phrase.iter().any(|i| named(i) && of(i));
    let apposed = comma
        .checked_sub(1)
        .and_then(|i| items.get(i))
        .is_some_and(named);
    let plain = items.get(noun).is_some_and(|i| i.verb.is_none())
        && items.get(comma).is_some_and(|i| i.sign(','));
    if !(plain && whose && apposed) || phrase.iter().any(Item::is_finite) {
        return false;
    }
    let goes_on = |i: &&Item| {
        let placed = i.city().is_some() || i.named_body().is_some() || i.is_date();
        let small = [
            Class::To,
            Class::In,
            Class::Article,
            Class::Of,
            Class::About,
        ];
        placed || matches!(i.kind, ItemKind::Word) && small.iter().any(|c| i.is(*c))
    };
    let behind = items.get(comma + 1..).unwrap_or(&[]);
    let placed = behind.iter().take_while(goes_on);
    let led = |i: &Item| i.has_prep(Class::To) || i.has_prep(Class::In);
    let more = placed
        .clone()
        .any(|i| led(i) && (i.city().is_some() || i.named_body().is_some()));
    let next = behind.get(placed.count());
    more && next.is_none_or(|i| i.verb.is_some() || i.is(Class::Be) || i.is(Class::Have))
}

/// "…, and in 1995 the minister of Kenya, X, visited Peru": whether a date opens these items and somebody who acts stands behind it.
fn dated_subject(items: &[Item]) -> bool {
    let small = |i: &&Item| i.is(Class::Article) || i.is(Class::Temporal) || i.sign(',');
    let mut items = items
        .iter()
        .skip_while(|i| i.is(Class::In) || i.is(Class::About) || i.is(Class::Article));
    let date = items.next().is_some_and(Item::is_date);
    let mut rest = items.skip_while(small);
    date && rest
        .next()
        .is_some_and(|i| i.actor().is_some() && i.prep.is_empty())
}

/// "A's visit to Peru in 1999 and the visit of B": the joint before the next noun of the kind, which tells something of its own.
pub(super) fn next_of_kind(items: &[Item], at: usize, end: usize, rule: &Rule) -> Option<usize> {
    let own = &items.get(at)?.folded;
    let again = (at + 1..end).find(|&i| {
        let noun = items.get(i).filter(|x| x.verb.is_none());
        noun.is_some_and(|x| x.folded == *own) && !rule.words.is_empty()
    })?;
    let small =
        |i: &Item| i.is(Class::Article) || i.is(Class::Possessive) || i.adjective().is_some();
    let joint = (at + 1..again)
        .rev()
        .find(|&i| !items.get(i).is_some_and(small))?;
    items
        .get(joint)
        .filter(|x| x.is(Class::And) || x.sign(','))
        .map(|_| joint)
}
