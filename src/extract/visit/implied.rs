//! Where a visit goes whose sentence names no place: to the other side of the visitor's, or where the one told right before went.

use super::visitors::named_in_full;
use crate::extract::frame::{Frame, relative_aside};
use crate::extract::items::{Item, ItemKind};
use crate::extract::people::numeral;
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Kind, Slot};
use crate::language::{Class, Head, Rule, fold};

/// How many items before a verb of coming back its clause is looked at.
const BEFORE: usize = 3;

/// How many sentences before one of coming back the visit is told.
const NEAR: usize = 3;

/// Whether a word for going or a visit stands in a sentence that names no place elsewhere, with no complement that says something else of
/// it ("came to power", "went home").
fn placeless(sentence: &Sentence, rule: &Rule, frame: &Frame) -> bool {
    let set = rule.set.get("implied").is_some_and(|i| i == "side");
    // A relative clause between commas tells of another place.
    let aside = relative_aside(&sentence.items, frame.clause.0, frame.at);
    // So does one that goes on behind it: "a visit in May, on a tour that began in Peru".
    let relative = |i: &Item| i.is(Class::Relative);
    let behind = sentence.items.iter().skip(frame.at + 1).position(relative);
    let noun = rule.head == Head::Noun;
    let behind = behind.filter(|_| noun).map(|i| frame.at + 1 + i);
    let own = |at: usize| {
        aside.is_none_or(|(from, to)| at < from || at > to) && behind.is_none_or(|from| at < from)
    };
    let elsewhere = sentence.items.iter().enumerate().any(|(at, i)| {
        own(at)
            && (i.city().is_some() || i.named_body().is_some())
            && (i.has_prep(Class::To) || i.has_prep(Class::In) || i.has_prep(Class::From))
    });
    let dated = |i: usize| {
        let item = sentence.items.get(i);
        item.is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
    };
    let bare = sentence.items.get(frame.at + 1).is_none_or(|n| {
        dated(frame.at + 1)
            || dated(frame.at + 2)
            || !n.has_prep(Class::To) && !n.is(Class::To) && n.prep.is_empty()
    });
    // "was the guest of President X": of one of whom no state is told.
    let guest = rule.args.get("of").is_some_and(|of| of.starts_with("host"));
    set && !elsewhere && (bare || guest || rule.head == Head::Noun)
}

/// "A was in Peru in 1990. B went once, in 1995": where the visit told right before went, where nothing else tells whither or of what state
/// B is.
pub(super) fn continued(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    who: &Who,
    earlier: &Told,
) -> Option<usize> {
    let named = who.of.is_none() && named_in_full(reader, who);
    (named && rule.head == Head::Verb && placeless(sentence, rule, frame)).then_some(())?;
    let last = earlier.last_of(Kind::Visit).next().filter(|c| c.holds())?;
    let told = reader.sentence_index(last.statement().start)?;
    let block = reader.sentences.get(told)?.block;
    (block == sentence.block && told + 2 >= index).then_some(())?;
    let side = |slot: Slot| {
        let body = reader.body_in(&last.fact, slot)?;
        reader.is_side(body).then_some(body)
    };
    side(Slot::From)?;
    side(Slot::To)
}

/// "went to Peru in 1970 and returned in 1978", "He was back in May 1978": where the visit of the same visitor went that was told last, of one
/// who comes back at another time to a place that is not said.
pub(super) fn returned(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    (who, dated): (&Who, &Dated),
    earlier: &Told,
) -> Option<usize> {
    rule.id.ends_with("visit.back").then_some(())?;
    let items = &sentence.items;
    let verb = items.get(frame.at)?;
    let words = reader.lexicon.listed(Class::Homeward);
    let homeward = words.iter().any(|w| verb.folded.starts_with(w.as_str()));
    let (from, to) = (
        frame.clause.0.max(frame.at.saturating_sub(BEFORE)),
        frame.clause.1,
    );
    let clause = items.get(from..to)?;
    let elsewhere = clause.iter().any(|i| {
        let place = i.city().is_some() || i.named_body().is_some() || i.is(Class::Capital);
        let led = [Class::To, Class::In, Class::From]
            .iter()
            .any(|c| i.has_prep(*c));
        let behind = i.span.start > verb.span.start;
        behind && (place && led || words.iter().any(|w| *w == i.folded))
    });
    if homeward || elsewhere {
        return None;
    }
    let visitor = who.person.and_then(|p| reader.person_value(p))?;
    let mut told = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, NEAR));
    let last = told.find(|c| c.fact.get(Slot::Visitor) == Some(&visitor) && c.holds())?;
    let told = reader.sentence_index(last.statement().start)?;
    let block = reader.sentences.get(told)?.block;
    let (then, now) = (last.fact.date(Slot::Start)?.start?, dated.date?.start?);
    // Who comes back within the month comes home.
    let month = |day: crate::fact::Day| (day.year, day.month.unwrap_or(0));
    let later = then.year < now.year || then.year == now.year && month(then) < month(now);
    (block == sentence.block && later).then_some(())?;
    reader.body_in(&last.fact, Slot::To)
}

/// Whether an office-holder who is told to go or return a visit at a date, in a sentence that names no place elsewhere, goes to the other side.
pub(super) fn implies(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    who: &Who,
    dated: &Dated,
) -> bool {
    placeless(sentence, rule, frame)
        && dated.date.is_some()
        && who.role.is_some()
        && who.of.is_some_and(|of| reader.is_side(of))
}

/// "== Chile ==", "President X visited in 2014" in an article on one state: to that state, from the one of the heading; of one who is known to be at
/// home in the former, the other way.
pub(super) fn under_partner(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    who: &Who,
    dated: &Dated,
) -> Option<usize> {
    let known = who.person.and_then(|p| reader.people.known.get(p))?;
    // "Alvar VI came in 1979": a monarch is known by his number.
    let last = known.name.rsplit(' ').next();
    let held = who.role.is_some() || last.is_some_and(|n| numeral(&fold(n)));
    let told = placeless(sentence, rule, frame) && dated.date.is_some() && held;
    let home = reader.home().filter(|_| told)?;
    let partner = reader.headed_by(index)?;
    let held = known.offices.iter().filter_map(|o| o.of);
    let mut states = who.of.into_iter().chain(known.leads).chain(held);
    let at_home = |b: usize| reader.same_state(b, home);
    if states.clone().any(at_home) {
        return Some(partner);
    }
    let third = states.any(|b| !reader.same_state(b, partner));
    (!third).then_some(home)
}

/// "24 March 2019. — State visit of X" in one state's chronicle: to that state, where X is of another.
pub(super) fn entry_home(
    reader: &Reader<'_>,
    items: &[Item],
    rule: &Rule,
    who: &Who,
    from: Option<usize>,
) -> Option<usize> {
    let entry = rule.head == Head::Noun && items.first().is_some_and(Item::is_date);
    let guest = |home: usize| {
        let elsewhere = |p: usize| reader.leads_elsewhere(p, home);
        from.map_or(who.person.is_some_and(elsewhere), |f| f != home)
    };
    reader.home().filter(|home| entry && guest(*home))
}
