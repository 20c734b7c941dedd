//! Visits that the words beside their date or place call private, or the place where somebody came from: none that count.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Kind, Slot};
use crate::language::{Class, fold};
use crate::text::Span;

/// How many items a note in brackets has at most.
const NOTE: usize = 8;

/// Drops visits whose date has a note that they were private ("2001 (private visit) and 2004"), and of those that weights alone tell what a clause
/// calls private.
pub(in crate::extract) fn private(reader: &Reader<'_>, claims: &mut Vec<Claim>) {
    claims.retain(|claim| {
        let sentence = reader.sentence_at(claim.statement().start);
        let visit = claim.fact.kind == Kind::Visit && claim.holds();
        let none = |s: &Sentence<'_>| {
            let likely = claim.rule.ends_with(".likely");
            of_date(s, claim) || likely && (of_clause(reader, s, claim) || whence(reader, s, claim))
        };
        !(visit && sentence.is_some_and(none))
    });
}

/// Whether a note in brackets behind the date of a visit calls it private.
fn of_date(sentence: &Sentence<'_>, claim: &Claim) -> bool {
    let items = &sentence.items;
    let start = claim.fact.date(Slot::Start).and_then(|d| d.start);
    let own = |item: &Item| {
        let ItemKind::Date(found) = &item.kind else {
            return false;
        };
        start.is_some() && found.date.and_then(|d| d.start) == start
    };
    let noted = |at: usize| {
        let opens = items.get(at + 1).is_some_and(|i| i.sign('('));
        let note = items.iter().skip(at + 2).take(NOTE);
        opens
            && note
                .take_while(|i| !i.sign(')'))
                .any(|i| i.is(Class::VisitPrivate))
    };
    let mut dates = (0..items.len())
        .filter(|&at| items.get(at).is_some_and(own))
        .peekable();
    dates.peek().is_some() && dates.all(noted)
}

/// Whether the part of a sentence in which a visit has its place, without a word of a rule for it, speaks of something private.
fn of_clause(reader: &Reader<'_>, sentence: &Sentence<'_>, claim: &Claim) -> bool {
    let items = &sentence.items;
    let there = |item: &Item| names(reader, claim, item);
    let private = |part: &[Item]| {
        let said = part.iter().enumerate().any(|(at, i)| {
            let mut near = part.iter().skip(at + 1).take(2);
            i.is(Class::VisitPrivate) && !near.any(|n| n.is_noun_for(reader.lexicon, "meeting"))
        });
        said && part.iter().any(there)
    };
    items.split(|i| i.sign(';')).any(private)
}

/// Whether an item names the state visited, or a city of it.
fn names(reader: &Reader<'_>, claim: &Claim, item: &Item) -> bool {
    let to = reader.body_in(&claim.fact, Slot::To);
    let state = item.city().and_then(|c| reader.state_of_city(c));
    let state = state.or(item.named_body());
    state.zip(to).is_some_and(|(a, b)| reader.same_state(a, b))
}

/// "who arrived yesterday, coming from Lima": whether a sentence names the state visited only as where somebody came from.
fn whence(reader: &Reader<'_>, sentence: &Sentence<'_>, claim: &Claim) -> bool {
    let items = sentence.items.iter();
    let mut named = items.filter(|i| names(reader, claim, i)).peekable();
    let led = |item: &Item| {
        let start = sentence.span.start;
        let before = Span::new(start, item.span.start.max(start)).of(&reader.doc.text);
        let before = fold(before.trim_end());
        let mut listed = reader.lexicon.listed(Class::Hailing).iter();
        listed.any(|words| before.ends_with(words.as_str()))
    };
    named.peek().is_some() && named.all(led)
}
