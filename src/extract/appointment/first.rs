//! "Peru opened an embassy in Oslo in 1994. The first ambassador was X": who is called the first to hold a post begins when its mission opened.

use super::spoken::role_of;
use crate::extract::items::Item;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::Class;
use crate::text::Span;

/// Gives those who are called the first of their office, and of whom it is not told when they came, the day on which the mission told of right before opened.
pub(in crate::extract) fn first_heads(reader: &Reader<'_>, claims: &mut [Claim]) {
    let opened: Vec<(Fact, Edtf, Span)> = claims
        .iter()
        .filter(|c| c.holds() && c.fact.kind == Kind::Mission)
        .filter_map(|c| Some((c.fact.clone(), *c.fact.date(Slot::Opened)?, c.statement())))
        .collect();
    for claim in claims.iter_mut().filter(|c| c.holds()) {
        let fact = &claim.fact;
        let dated = fact.has(Slot::Start);
        if fact.kind != Kind::Appointment || dated || !is_first(reader, claim) {
            continue;
        }
        let here = claim.statement();
        let mut near = opened.iter().rev().filter(|(_, _, told)| {
            *told == here || told.start < here.start && right_before(reader, *told, here)
        });
        let Some((_, date, told)) = near.find(|(mission, ..)| heads(fact, mission)) else {
            continue;
        };
        // "The first was X, who held the post until 1954": of a mission opened before.
        let end = fact.date(Slot::End).and_then(Edtf::year);
        if end
            .zip(date.year())
            .is_some_and(|(end, opened)| end < opened)
        {
            continue;
        }
        claim.fact.set(Slot::Start, Value::Date(*date));
        let evidence = Evidence {
            span: *told,
            role: EvidenceRole::Context,
        };
        if *told != here && !claim.evidence.contains(&evidence) {
            claim.evidence.push(evidence);
        }
    }
}

/// Whether one sentence is the last before another, of the same block.
fn right_before(reader: &Reader<'_>, told: Span, here: Span) -> bool {
    let at = |span: Span| reader.sentence_index(span.start);
    let block = |index: Option<usize>| Some(reader.sentences.get(index?)?.block);
    let (before, now) = (at(told), at(here));
    before.is_some() && before.map(|b| b + 1) == now && block(before) == block(now)
}

/// Whether a post is that of who heads a mission: of the same sides, in the same city, of its rank.
fn heads(post: &Fact, mission: &Fact) -> bool {
    let same = |slot: Slot| post.has(slot) && post.get(slot) == mission.get(slot);
    let role = match post.get(Slot::Role) {
        Some(Value::Office(office)) => office.role.as_str(),
        Some(_) | None => return false,
    };
    let kind = mission.text(Slot::Kind);
    let headed = role_of(&kind);
    same(Slot::Sending)
        && same(Slot::Receiving)
        && (!post.has(Slot::City) || same(Slot::City))
        && headed.is_some_and(|h| h == role || role == "Chargé d'affaires" && h == "Ambassador")
}

/// "the first ambassador was X", "X became its first consul": whether the sentence of a claim calls who holds its office the first, and names
/// nobody else.
fn is_first(reader: &Reader<'_>, claim: &Claim) -> bool {
    let Some(sentence) = reader.sentence_at(claim.statement().start) else {
        return false;
    };
    let named = |i: &&Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    let alone = sentence.items.iter().filter(named).count() == 1;
    alone && calls_first(reader, sentence)
}

/// Whether a word for the first stands right before an office or a noun for who holds it, but for the adjective of a state, or in a phrase for who
/// heads a mission.
fn calls_first(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let titular = |i: &Item<'_>| i.rules(reader.lexicon).any(|r| r.id.ends_with(".titular"));
    let phrase = |i: &Item<'_>| {
        let head = i.is(Class::MissionHead) || titular(i);
        head && reader.lexicon.has_class(&i.folded, Class::MissionFirst)
    };
    if sentence.items.iter().any(phrase) {
        return true;
    }
    let pieces = reader.pieces(sentence);
    pieces.iter().enumerate().any(|(at, piece)| {
        let mut behind = pieces.iter().skip(at + 1);
        let mut next = behind.next();
        if next.is_some_and(|p| p.adjective().is_some()) {
            next = behind.next();
        }
        piece.is(Class::MissionFirst)
            && next.is_some_and(|p| p.office().is_some() || p.is(Class::PostHead))
    })
}
