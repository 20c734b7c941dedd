//! A number and the words around it → whether it is told as a fact, and of the two sides.

use super::measure::measure_of;
use crate::document::Lang;
use crate::extract::items::Item;
use crate::extract::reader::Reader;
use crate::language::{Class, TriggerForm};

/// How far behind the word for sales or purchases whom they go to or come from may stand.
const SOLD: usize = 5;

/// Whether what is told of a stretch is still to come, wished or denied.
pub(super) fn unreal(
    reader: &Reader<'_>,
    items: &[Item],
    (start, end): (usize, usize),
    at: usize,
) -> bool {
    let before = items.get(start..at).unwrap_or(&[]);
    planned(items, (start, end), at)
        || aimed(items, (start, end), at)
        || infinitive(reader, before)
        || before.iter().any(|i| i.is(Class::Never))
}

/// Whether a stretch of a sentence speaks of what is still to come or wished.
fn planned(items: &[Item], (start, end): (usize, usize), at: usize) -> bool {
    // "Si les échanges sont modestes, les ventes ont atteint 3 millions": a clause of its own, which the number is not of.
    let number = items.get(at).map_or(0, |i| i.span.start);
    let conceded = |cue: &Item| {
        items
            .iter()
            .any(|i| i.sign(',') && i.span.start > cue.span.start && i.span.start < number)
    };
    // "Aid, 18 million in 2014, will fall to 9 million in 2017": what is told of the next number.
    let behind = items.get(at + 1..end).unwrap_or(&[]);
    let closed = items.get(end).is_some_and(|i| !i.sign(';'));
    let next = behind.iter().position(|i| i.sign(',')).filter(|_| {
        closed
            && items
                .get(start..at)
                .is_some_and(|b| b.iter().any(|i| i.sign(',')))
    });
    let end = next.map_or(end, |comma| at + 1 + comma);
    let stretch = items.get(start..end).unwrap_or(&[]);
    // "Peru asked Mali for a loan of 20 million", not "at the request of Peru".
    let asked = stretch.windows(2).any(|pair| {
        matches!(pair, [before, ask] if ask.is(Class::Requested) && !before.is(Class::Article))
    });
    asked
        || stretch.iter().any(|i| {
            i.verb == Some(TriggerForm::Planned)
                || i.is(Class::Planned) && !i.is(Class::Resided)
                || i.is(Class::Expected)
                || i.is(Class::Wished)
                || i.is(Class::Hypothetical) && !conceded(i)
        })
}

/// Whether a number is a target: the word stands before it, or right behind it ("a 10 million goal").
fn aimed(items: &[Item], (start, end): (usize, usize), at: usize) -> bool {
    let target = |i: &Item| i.is(Class::Target);
    let behind = items.get(at + 1..end.min(at + 4)).unwrap_or(&[]).iter();
    // "The loan of 8 million that Peru offered in 1999 was not used."
    let rest = items.get(at + 1..end).unwrap_or(&[]);
    items.get(start..at).unwrap_or(&[]).iter().any(target)
        || rest.iter().any(|i| i.is(Class::Undone))
        || behind
            .take_while(|i| !i.sign(',') && !i.sign('('))
            .any(target)
}

/// Whether the measure hangs on an infinitive: "agreed to raise trade to 8 million", "convenus de porter les échanges à 8 millions".
fn infinitive(reader: &Reader<'_>, before: &[Item]) -> bool {
    let marked = |i: &Item| measure_of(reader, i).is_some();
    let english = reader.doc.lang == Lang::En;
    // In English the bare form is also a noun ("trade") and a plural of the present: only "to" makes it an infinitive.
    let led = |at: usize| {
        let word = at.checked_sub(1).and_then(|i| before.get(i));
        !english || word.is_some_and(|i| i.folded == "to" || i.folded.ends_with(" to"))
    };
    let verb = |at: &usize| {
        before.get(*at).is_some_and(|i| match i.verb {
            Some(TriggerForm::Base) => led(*at) || !marked(i),
            Some(_) => true,
            None => false,
        })
    };
    let Some(at) = (0..before.len()).rev().find(verb) else {
        return false;
    };
    let base = |i: &Item| i.verb == Some(TriggerForm::Base);
    before.get(at).is_some_and(base)
        && led(at)
        && before.get(at..).unwrap_or(&[]).iter().any(marked)
}

/// Whether a number is told of the whole world, a continent or an organisation: "trade with the European Union", "external debt".
pub(super) fn elsewhere(
    reader: &Reader<'_>,
    items: &[Item],
    (start, end): (usize, usize),
    at: usize,
    measure: &str,
) -> bool {
    let organisation = |i: &Item| i.body().is_some_and(|b| reader.is_organisation(b));
    let partner = |i: &Item| i.has_prep(Class::With) || i.has_prep(Class::To);
    let gives = matches!(measure, "aid" | "investment" | "other");
    if of_all(reader, items, (start, end), at) {
        return true;
    }
    let giver = |index: usize, i: &Item| {
        gives
            && (i.has_prep(Class::From) || i.has_prep(Class::By) || i.prep.is_empty() && index < at)
    };
    items
        .iter()
        .enumerate()
        .take(end)
        .skip(start)
        .take_while(|(index, i)| *index < at || !i.sign(','))
        .any(|(index, i)| {
            let third =
                index < at && (with_third(reader, i) || sold_to_third(reader, items, index));
            i.is(Class::World) || third || organisation(i) && (partner(i) || giver(index, i))
        })
}

/// "Peru's total exports were 45 billion": whether the whole of what a state sells, buys or trades is told, with nobody named to whom or with whom.
pub(super) fn of_all(
    reader: &Reader<'_>,
    items: &[Item],
    (start, end): (usize, usize),
    at: usize,
) -> bool {
    let sums = |m: String| matches!(m.as_str(), "trade" | "exports" | "imports");
    let marked = (start..at).rev().find(|&i| {
        let measure = items.get(i).and_then(|x| measure_of(reader, x));
        measure.is_some_and(sums)
    });
    let Some(marked) = marked else {
        return false;
    };
    let whole = |i: &Item| {
        reader
            .lexicon
            .lists(Class::Whole, i.folded.split(' ').next().unwrap_or_default())
    };
    let own = items.get(marked).is_some_and(whole);
    let before = (marked.saturating_sub(1)..marked + 2).filter_map(|i| items.get(i));
    let total = own || before.into_iter().any(whole);
    let from = marked.saturating_sub(3);
    let owned = (from..end.min(marked + 4))
        .filter_map(|i| items.get(i))
        .any(|i| {
            i.genitive
                || i.is(Class::Possessive)
                || i.has_prep(Class::Of) && i.named_body().is_some()
        });
    let partner = (start..end).filter_map(|i| items.get(i)).any(|i| {
        let led = [Class::With, Class::To, Class::From, Class::Between];
        let state = i.body().is_some() || i.is(Class::BothStates);
        let owner = i.has_prep(Class::Of);
        let led = led.iter().any(|c| i.has_prep(*c)) && !owner;
        state && (led || i.is(Class::BothStates))
    });
    total && owned && !partner
}

/// "A's exports to China", "imports from China" in a text on A and Taiwan: whether an item names whom or whose the goods are, and is no side.
pub(super) fn sold_to_third(reader: &Reader<'_>, items: &[Item], index: usize) -> bool {
    let Some(item) = items.get(index) else {
        return false;
    };
    let measure = (index.saturating_sub(SOLD)..index)
        .rev()
        .find_map(|i| measure_of(reader, items.get(i)?));
    let leads = match measure.as_deref() {
        Some("exports") => item.has_prep(Class::To),
        Some("imports") => item.has_prep(Class::From) && !item.has_prep(Class::Of),
        _ => false,
    };
    let third = item.named_body().is_some_and(|b| !is_side(reader, b));
    reader.paired && reader.home().is_none() && leads && third
}

/// "A's trade with China" in a text on A and Taiwan: whether an item names a partner that is no side.
pub(super) fn with_third(reader: &Reader<'_>, item: &Item) -> bool {
    let partner = reader.paired && item.has_prep(Class::With);
    partner && item.named_body().is_some_and(|b| !is_side(reader, b))
}

/// Whether a number is about states that the document tells of: both sides, where its title names two, or territories.
pub(super) fn of_sides(reader: &Reader<'_>, of: &[usize]) -> bool {
    let territory = |body: usize| {
        let known = reader.gazetteer.bodies().get(body);
        known.is_some_and(|b| b.kind == "territory")
    };
    let side = |body: usize| {
        reader
            .sides
            .iter()
            .any(|side| reader.same_state(body, *side))
    };
    !reader.paired || of.iter().all(|body| side(*body) || territory(*body))
}

/// Whether a state is one of the sides, or the same as one.
pub(super) fn is_side(reader: &Reader<'_>, body: usize) -> bool {
    reader
        .sides
        .iter()
        .any(|side| reader.same_state(body, *side))
}
