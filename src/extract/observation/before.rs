//! What the numbers before were about: from it the later numbers of a passage go on.

use super::about::about;
use super::fits::of_sides;
use super::measure::measure_of;
use crate::document::{Block, BlockKind, Lang};
use crate::extract::items::{Item, ItemKind};
use crate::extract::quantity::Quantity;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, fold};

/// What the number before was about: later numbers of the passage go on from it ("against 3 million the year before", "bought 2 million from it").
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) measure: String,
    pub(super) of: Vec<Value>,
    pub(super) date: Option<Edtf>,
    /// What dates it, where it stands in an earlier sentence: that sentence, and what its own date was taken from.
    pub(super) evidence: Vec<Evidence>,
    /// The number itself, where it stands in the same sentence.
    pub(super) number: Option<Quantity>,
    pub(super) people: bool,
}

/// What the number of a claim is about.
pub(super) fn subject(claim: &Claim) -> Option<Subject> {
    let Some(Value::Term(measure)) = claim.fact.get(Slot::Measure).cloned() else {
        return None;
    };
    Some(Subject {
        measure,
        of: claim.fact.all(Slot::Of).to_vec(),
        date: claim.fact.date(Slot::Date).copied(),
        evidence: passages(claim),
        number: None,
        people: claim.fact.get(Slot::Unit) == Some(&Value::Term("people".to_owned())),
    })
}

/// What a later sentence that goes on from a claim rests on.
fn passages(claim: &Claim) -> Vec<Evidence> {
    let statement = claim.evidence.first().map(|e| Evidence {
        span: e.span,
        role: EvidenceRole::Context,
    });
    let dates = |e: &&Evidence| matches!(e.role, EvidenceRole::Date | EvidenceRole::Heading);
    let dated = claim.evidence.iter().skip(1).filter(dates);
    statement.into_iter().chain(dated.copied()).collect()
}

/// What the last number before the sentence was about, in the same paragraph.
pub(super) fn told_before(
    reader: &Reader<'_>,
    sentence: &Sentence,
    earlier: &Told,
) -> Option<Subject> {
    let block = reader.block(sentence)?;
    if !matches!(
        block.kind,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Entry | BlockKind::Answer
    ) {
        return None;
    }
    told_last(reader, sentence, block, earlier).or_else(|| topic(reader, sentence))
}

/// What the last number was about, where it stands in the sentence before.
fn told_last(
    reader: &Reader<'_>,
    sentence: &Sentence,
    block: &Block,
    earlier: &Told,
) -> Option<Subject> {
    // "Trade was worth 8 million, with a surplus of 2 million. In 2019 it reached 9": what goes on is no aside.
    let last = earlier.last_of(Kind::Observation).next()?;
    let span = last.evidence.first()?.span;
    let aside = |c: &Claim| c.fact.get(Slot::Measure) == Some(&Value::Term("other".to_owned()));
    let there = || {
        let all = earlier.last_of(Kind::Observation);
        all.take_while(move |c| c.evidence.first().is_some_and(|e| e.span == span))
    };
    // "Trade was 8 million (exports 5, imports 3). In 2019 it stood at 9": the sentence's own subject.
    let first = there().last().filter(|_| stands_for(reader, sentence));
    let claim = first
        .filter(|c| !aside(c))
        .or_else(|| there().find(|c| !aside(c)))
        .unwrap_or(last);
    // "Trade was 8 million in 2019, up from 5 million in 2015. Exports were 6": the year is that of what is compared.
    let alike = |c: &&Claim| {
        [Slot::Measure, Slot::Of, Slot::Unit]
            .iter()
            .all(|slot| c.fact.all(*slot) == claim.fact.all(*slot))
    };
    let start = |c: &&Claim| c.fact.date(Slot::Date).map(|d| d.start);
    let claim = there()
        .filter(alike)
        .max_by_key(start)
        .filter(|c| start(c) > start(&claim))
        .unwrap_or(claim);
    let here = reader.sentence_index(sentence.span.start)?;
    let there = reader.sentence_index(span.start)?;
    let there_block = reader.sentence_at(span.start)?.block;
    let same = there_block == sentence.block;
    // "Exports from Peru to Chile: …", then "Imports: …" as the next item of the list.
    let item = |b: &Block| matches!(b.kind, BlockKind::Item | BlockKind::Entry);
    let listed = item(block)
        && there_block + 1 == sentence.block
        && reader.doc.blocks.get(there_block).is_some_and(item);
    let near = (same || listed) && here == there + 1;
    let told = subject(claim).filter(|_| near)?;
    // "Trade (2020): 12 million", and below it "Exports: 8 million"
    let sums = ["trade", "exports", "imports"];
    let key = reader.block(sentence).and_then(|b| b.key);
    let parts = || {
        let of = sentence.items.iter().filter_map(|i| measure_of(reader, i));
        let keyed = key.and_then(|_| reader.keyed(sentence));
        let keyed = keyed.iter().flat_map(|(whole, _)| &whole.items);
        let mut named = of.chain(keyed.filter_map(|i| measure_of(reader, i)));
        listed && named.any(|m| m == "exports" || m == "imports")
    };
    let goes_on = |_: &Edtf| {
        same || of_which(reader, sentence) || sums.contains(&told.measure.as_str()) && parts()
    };
    let date = told.date.filter(goes_on);
    Some(Subject { date, ..told })
}

/// "It stood at 9 million": whether the subject of a sentence is what stands before it.
fn stands_for(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let mut items = sentence
        .items
        .iter()
        .skip_while(|i| i.is_date() || i.sign(',') || i.kind == ItemKind::Word && i.is(Class::In));
    let Some(first) = items.next() else {
        return false;
    };
    let unsaid = reader.doc.lang == Lang::Es && first.is_finite();
    unsaid && measure_of(reader, first).is_none() || reader.lexicon.lists(Class::It, &first.folded)
}

/// "Trade is modest. It came to 8 million in 2019": what the sentence before, or the question, speaks of without a number.
fn topic(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Subject> {
    let index = reader.sentence_index(sentence.span.start)?;
    let index = index
        .checked_sub(1)
        .filter(|_| stands_for(reader, sentence))?;
    let before = reader.sentences.get(index)?;
    let asked = || {
        let block = reader.block(before);
        before.block + 1 == sentence.block && block.is_some_and(|b| b.kind == BlockKind::Question)
    };
    (before.block == sentence.block || asked()).then_some(())?;
    let items = &before.items;
    let sums = |(at, item): (usize, &Item<'_>)| {
        let measure = measure_of(reader, item).filter(|_| item.verb.is_none())?;
        (measure != "community" && measure != "other").then_some((at, measure))
    };
    let mut all = items.iter().enumerate().filter_map(sums);
    let (at, measure) = all.next()?;
    let one = all.all(|(_, other)| other == measure);
    let of = about(
        reader,
        index,
        items,
        at,
        Some(at),
        &measure,
        (0, items.len()),
    );
    let of = of.filter(|of| one && of_sides(reader, of))?;
    Some(Subject {
        measure,
        of: of
            .into_iter()
            .filter_map(|b| reader.body_value(b))
            .collect(),
        date: None,
        evidence: vec![Evidence {
            span: before.span,
            role: EvidenceRole::Context,
        }],
        number: None,
        people: false,
    })
}

/// Whether a line begins with words for a part of the sum on the line before it.
pub(super) fn of_which(reader: &Reader<'_>, line: &Sentence<'_>) -> bool {
    let mut words = line
        .items
        .iter()
        .skip_while(|i| matches!(i.kind, ItemKind::Sign(_)));
    let written = words.next().zip(line.items.last());
    let Some((first, last)) = written else {
        return false;
    };
    // "of which exports: 84 million", as an entry of a sheet
    let key = reader.block(line).and_then(|b| b.key);
    let text = &reader.doc.text;
    let key = key.filter(|key| {
        let between = text.get(key.end..first.span.start);
        between.is_some_and(|between| !between.contains('\n'))
    });
    let words = fold(key.unwrap_or(first.span.to(last.span)).of(text));
    let listed = reader.lexicon.listed(Class::OfWhich);
    listed.iter().any(|w| {
        words
            .strip_prefix(w.as_str())
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}
