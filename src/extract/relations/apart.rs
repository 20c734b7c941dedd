//! States that stand apart from the verb of an event: behind a date, or as the subject of the clause behind its own.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::language::{Class, TriggerForm};

/// "broke in 1943 with A": whether a date, and nothing else, stands between a verb and the preposition of a state.
pub(super) fn led_behind_date(items: &[Item<'_>], at: usize) -> bool {
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let mut named = behind
        .iter()
        .skip_while(|i| i.is_date() || i.sign(',') || i.kind == ItemKind::Word && !i.is_finite());
    let date = behind
        .iter()
        .take_while(|i| i.body().is_none())
        .any(Item::is_date);
    let state = named.next();
    date && state.is_some_and(|i| i.named_body().is_some() && i.has_prep(Class::With))
}

/// "After breaking with A in 1942, B …", "Tras romper con A, B …": the state that is the subject of the clause behind one that opens a sentence
/// with an infinitive or gerund.
pub(super) fn of_main_clause(items: &[Item<'_>], frame: &Frame) -> Option<usize> {
    let before = items.get(..frame.at)?;
    let form = items.get(frame.at)?.verb;
    let small = |i: &Item<'_>| i.kind == ItemKind::Word && !i.is_finite();
    let opens = before.len() < 4 && before.iter().all(small) && !before.is_empty();
    let infinite = [TriggerForm::Base, TriggerForm::Gerund];
    let perfect = before.iter().any(|i| i.is(Class::Have));
    (opens && (perfect || form.is_some_and(|f| infinite.contains(&f)))).then_some(())?;
    let behind = items.get(frame.at + 1..)?;
    let mut commas = behind.iter().enumerate().filter(|(_, i)| i.sign(','));
    commas.find_map(|(comma, _)| {
        let mut rest = behind
            .get(comma + 1..)?
            .iter()
            .skip_while(|i| i.is(Class::Article));
        let state = rest.next().filter(|i| i.prep.is_empty())?.named_body()?;
        let verb =
            rest.find(|i| !matches!(i.kind, ItemKind::Word) || i.is_finite() || i.is(Class::Have))?;
        (verb.is_finite() || verb.is(Class::Have)).then_some(state)
    })
}
