//! States that stand apart from the verb of an event: behind a date, or as the subject of the clause behind its own.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::Reader;
use crate::extract::told::Told;
use crate::fact::Kind;
use crate::language::{Class, Lexicon, TriggerForm};

/// "broke in 1943 with A", "broke for its part with A": whether a date or such words, and nothing else, stand between a verb and the preposition of a
/// state.
pub(super) fn led_behind_date(lexicon: &Lexicon, items: &[Item<'_>], at: usize) -> bool {
    let behind = items.get(at + 1..).unwrap_or(&[]);
    if led_behind_words(lexicon, behind) {
        return true;
    }
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

/// Whether words such as "for its part" alone stand before the state that opens the rest.
fn led_behind_words(lexicon: &Lexicon, behind: &[Item<'_>]) -> bool {
    let with = |i: &Item<'_>| i.is_np() && i.has_prep(Class::With);
    let Some(state) = behind.iter().position(with).filter(|&at| at < 8) else {
        return false;
    };
    let place = behind
        .get(state)
        .is_some_and(|i| i.named_body().is_some() || i.city().is_some());
    let small = |i: &&Item<'_>| !(i.sign(',') || i.is(Class::With) || i.is(Class::Article));
    let words = behind.get(..state).unwrap_or(&[]).iter().filter(small);
    let words: Vec<&str> = words.map(|i| i.folded.as_ref()).collect();
    place && !words.is_empty() && lexicon.lists(Class::InTurn, &words.join(" "))
}

/// "Kenya rompit le 3 mai 1971": whether a verb of breaking has a state for its subject and nothing but a date behind it, where relations are told of,
/// or the two of the text.
pub(super) fn alone(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    frame: &Frame,
    earlier: &Told,
) -> bool {
    let small = |i: &&Item<'_>| {
        [Class::In, Class::About, Class::Article]
            .iter()
            .any(|c| i.is(*c))
    };
    let next = items.iter().skip(frame.at + 1).find(|i| !small(i));
    let subject = frame.subject.iter().filter_map(|&i| items.get(i));
    let state = |i: &Item<'_>| {
        i.named_body().is_some() || i.city().is_some_and(|c| reader.capital_state(c).is_some())
    };
    let with = |i: &Item<'_>| i.has_prep(Class::With);
    let clause = items.get(frame.clause.0..frame.clause.1).unwrap_or(&[]);
    let bare = frame.object.is_empty() && !frame.passive && !clause.iter().any(with);
    // "Les deux pays rompent le 3 mai 1971.", "En 1971, les deux capitales rompent."
    let both = |i: &Item<'_>| i.is(Class::BothStates) && i.prep.is_empty();
    let ends = next.is_none_or(|i| i.is_date() || i.sign('.') || i.sign(';'));
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    if reader.paired && bare && ends && frame.date.is_some() && before.last().is_some_and(both) {
        return true;
    }
    let told = earlier.last_of(Kind::Relations).next();
    bare && subject.clone().count() > 0
        && { subject }.all(state)
        && next.is_some_and(Item::is_date)
        && told.is_some_and(|c| reader.near(index, c, 2))
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
