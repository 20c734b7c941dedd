//! What stands between commas beside a verb's subject and is not of the verb: relative clauses, words that say whose successor somebody is.

use crate::extract::items::{Item, Stand};
use crate::language::Class;

/// "X, Y's successor, went to Lima": where a word behind a comma says no more than whose successor somebody is, the comma before that.
pub(super) fn relation_aside(items: &[Item], at: usize) -> Option<usize> {
    let [name, open, whose, noun, close] = items.get(at.checked_sub(3)?..=at + 1)? else {
        return None;
    };
    let relation = [Stand::Successor, Stand::Predecessor];
    let stands = noun.actor().and_then(|a| a.stand);
    let whose = whose.genitive && whose.actor().is_some();
    let named = name.actor().is_some_and(|a| a.name.is_some());
    let parted = open.sign(',') && close.sign(',');
    (named && parted && whose && stands.is_some_and(|s| relation.contains(&s))).then_some(at - 2)
}

/// The relative clause between commas that ends right before a verb ("X, whom Y had met in Lima, received Z"; "called on X, who was in
/// Lima, and spoke with Z"): its relative and the comma that closes it.
pub(in crate::extract) fn relative_aside(
    items: &[Item],
    start: usize,
    at: usize,
) -> Option<(usize, usize)> {
    let close = (start..at).rev().find(|&i| {
        items.get(i).is_some_and(|x| {
            let small = [Class::Have, Class::Be, Class::Not, Class::Then, Class::And];
            !small.iter().any(|c| x.is(*c))
        })
    })?;
    items.get(close).filter(|x| x.sign(','))?;
    let open = (start + 1..close).rev().find(|&i| {
        items
            .get(i)
            .is_some_and(|x| x.is(Class::Relative) || x.is(Class::Whose))
            && (items.get(i - 1).is_some_and(|x| x.sign(','))
                || i > 1
                    && items.get(i - 2).is_some_and(|x| x.sign(','))
                    && !items.get(i - 1).is_some_and(Item::is_np))
    })?;
    let told = items.get(open..close)?;
    told.iter()
        .any(|i| i.is_finite() || i.is(Class::Have) || i.is(Class::Be))
        .then_some((open, close))
}
