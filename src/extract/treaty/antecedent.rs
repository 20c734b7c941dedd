//! "The agreement entered into force", "it was signed": which of the treaties spoken of before is meant.

use super::parties::{self, Parties};
use super::{claim, np};
use crate::extract::frame::Frame;
use crate::extract::items::TreatyNp;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Head, Rule};
use crate::text::Span;

/// How many sentences back a treaty is still spoken of.
const REACH: usize = 4;
/// How many claims back its parties are looked for.
const CLAIMS: usize = 60;

/// The last treaty named with a description before item `at` of a sentence, of a kind if one is asked for.
pub(super) fn named_before<'r>(
    reader: &'r Reader<'_>,
    index: usize,
    at: usize,
    kind: Option<usize>,
) -> Option<(usize, &'r TreatyNp)> {
    let here = reader.sentences.get(index)?;
    let fits = |np: &&TreatyNp| np.described && kind.is_none_or(|k| k == np.kind);
    let own = here
        .items
        .get(..at)?
        .iter()
        .rev()
        .filter_map(np)
        .find(fits)
        .map(|np| (index, np));
    let section = |sentence: &Sentence<'_>| reader.block(sentence).and_then(|b| b.under.last());
    own.or_else(|| {
        (index.saturating_sub(REACH)..index).rev().find_map(|s| {
            let sentence = reader.sentences.get(s)?;
            if section(sentence) != section(here) {
                return None;
            }
            let found = sentence.items.iter().rev().filter_map(np).find(fits)?;
            Some((s, found))
        })
    })
}

/// Where in its sentence a treaty is named.
pub(super) fn place(sentence: &Sentence<'_>, phrase: &TreatyNp) -> Option<usize> {
    sentence
        .items
        .iter()
        .position(|i| i.span.contains(phrase.title))
}

/// What a frame tells of a treaty that it does not name, if it tells something only of treaties or its object is left out.
pub(super) fn spoken_of(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    slot: Slot,
    earlier: &[Claim],
) -> Option<Claim> {
    // "it entered into force", "il est entré en vigueur": at most a pronoun is there.
    let mut named = frame.object.iter().chain(&frame.subject);
    let alone = named.all(|&i| {
        sentence.items.get(i).is_some_and(|x| {
            x.actor()
                .is_some_and(|a| a.name.is_none() && a.office.is_none() && a.body.is_none())
        })
    });
    if !alone || rule.head == Head::Verb && !frame.passive {
        return None;
    }
    let (from, phrase) = named_before(reader, index, frame.at, None)?;
    if index - from > 1 {
        return None;
    }
    frame.date?;
    told(
        reader,
        index,
        sentence,
        rule,
        frame,
        (from, phrase),
        (frame.date, slot),
        earlier,
    )
}

/// What a frame tells of a treaty that it names by its bare noun ("the agreement"): title and parties are taken from where it was named.
#[expect(clippy::too_many_arguments, reason = "every part of a treaty, once")]
pub(super) fn again(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    (at, bare): (usize, &TreatyNp),
    dated: (Option<usize>, Slot),
    earlier: &[Claim],
) -> Option<Claim> {
    let known = named_before(reader, index, at, Some(bare.kind));
    if let Some(known) = known {
        return told(reader, index, sentence, rule, frame, known, dated, earlier);
    }
    // Named farther back: the last one told of that kind.
    let kind = reader.lexicon.treaties.get(bare.kind)?;
    let before = earlier
        .iter()
        .rev()
        .take(CLAIMS)
        .find(|c| c.fact.kind == Kind::Treaty && c.fact.text(Slot::Kind) == *kind)?;
    Some(same(
        reader,
        sentence,
        rule,
        frame,
        before,
        before.statement(),
        dated,
    ))
}

#[expect(clippy::too_many_arguments, reason = "every part of a treaty, once")]
fn told(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    (from, phrase): (usize, &TreatyNp),
    dated: (Option<usize>, Slot),
    earlier: &[Claim],
) -> Option<Claim> {
    let title = phrase.title.of(&reader.doc.text);
    let there = reader.sentences.get(from)?.span;
    let before = earlier
        .iter()
        .rev()
        .take(CLAIMS)
        .find(|c| c.fact.kind == Kind::Treaty && c.fact.text(Slot::Title) == title);
    if let Some(before) = before {
        return Some(same(reader, sentence, rule, frame, before, there, dated));
    }
    let mut parties = parties::of_frame(reader, index, sentence, rule, frame);
    if !parties.named
        && let Some(earlier) = reader.sentences.get(from)
        && let Some(at) = place(earlier, phrase)
    {
        parties = parties::of_mention(reader, from, earlier, at);
    }
    let evidence = vec![Evidence {
        span: there,
        role: EvidenceRole::Antecedent,
    }];
    claim(
        reader,
        sentence,
        rule,
        Some(frame),
        phrase,
        Parties { ..parties },
        dated,
        evidence,
    )
}

/// The treaty of a claim, with the date that a frame tells of it.
fn same(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    frame: &Frame,
    before: &Claim,
    there: Span,
    (date, slot): (Option<usize>, Slot),
) -> Claim {
    let mut fact = Fact::new(Kind::Treaty);
    for taken in [Slot::Title, Slot::Kind, Slot::Parties] {
        for value in before.fact.all(taken) {
            fact.add(taken, Value::clone(value));
        }
    }
    let dated = reader.date(sentence, date);
    dated.put(&mut fact, slot);
    let mut evidence = vec![Evidence {
        span: there,
        role: EvidenceRole::Antecedent,
    }];
    evidence.extend(dated.evidence.iter().copied());
    reader.claim(fact, rule, sentence, Some(frame), evidence, dated.flags)
}
