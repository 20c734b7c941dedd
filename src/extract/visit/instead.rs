//! Who comes in the place of another: "was to attend, but sent his minister X", "did not come; the foreign minister did, in May 1975".

use super::claim;
use super::places::Goal;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Kind, Modality, Polarity, Slot};
use crate::language::{Class, Lang};

/// How many sentences back a visit may be told that another makes instead.
const BACK: usize = 1;

/// A visit that somebody did not make: where it was to go, and when.
pub(super) struct Missed {
    pub(super) goal: Goal,
    pub(super) date: Option<Edtf>,
    /// Where it is told.
    pub(super) evidence: Evidence,
}

/// The visit told last, in this or the sentence before of the block, where it was not made.
pub(super) fn missed(reader: &Reader<'_>, index: usize, earlier: &Told) -> Option<Missed> {
    let last = earlier.last_of(Kind::Visit).next()?;
    let told = reader.sentence_index(last.statement().start)?;
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let unmade = last.modality != Modality::Asserted || last.polarity == Polarity::Denied;
    let near = told + BACK >= index && block(told) == block(index);
    let to = reader
        .body_in(&last.fact, Slot::To)
        .filter(|_| unmade && near)?;
    let city = reader.city_in(&last.fact, Slot::City);
    let first = last.fact.date(Slot::Start).copied();
    let end = last.fact.date(Slot::End).and_then(|d| d.start);
    let date = match (first.and_then(|d| d.start), end) {
        (Some(first), Some(last)) => Some(Edtf::between(first, last)),
        (_, _) => first,
    };
    let evidence = Evidence {
        span: last.statement(),
        role: EvidenceRole::Antecedent,
    };
    Some(Missed {
        goal: Goal { to, city },
        date,
        evidence,
    })
}

/// "Sent a letter to Minister X": whether a word that nobody knows stands between the verb of sending and whom it names, so that
/// something else is sent.
pub(super) fn sends_a_thing(items: &[Item], frame: &Frame, who: usize) -> bool {
    let head = items.get(who).map_or(who, |i| i.list.min(who));
    let between = items.get(frame.at + 1..head).unwrap_or(&[]);
    let thing = |i: &Item| {
        matches!(i.kind, ItemKind::Word) && i.meanings.is_empty() && i.span.len() > 3
            || matches!(
                i.kind,
                ItemKind::Quantity(_) | ItemKind::Mission(_) | ItemKind::Treaty(_)
            )
    };
    between.iter().any(thing)
}

/// "X did not come; Foreign Minister Y did, in May 1975": the visit that an English auxiliary with a date behind it stands for.
pub(in crate::extract) fn did(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let Some(rule) = reader.lexicon.rule("visit.same") else {
        return Vec::new();
    };
    if reader.lexicon.lang != Lang::En {
        return Vec::new();
    }
    let found = (1..items.len()).find_map(|at| {
        items.get(at).filter(|i| i.folded == "did")?;
        let small = |i: &&Item| i.sign(',') || i.is(Class::In) || i.is(Class::About);
        let behind = items.get(at + 1..)?;
        let skipped = behind.iter().take_while(small).count();
        let when = behind.get(skipped).filter(|i| i.is_date())?;
        let date = at + 1 + skipped;
        let who = at.checked_sub(1)?;
        let item = items.get(who).filter(|i| i.prep.is_empty())?;
        item.actor()?;
        let missed = missed(reader, index, earlier)?;
        let dated = reader.date(sentence, Some(date));
        when.is_date().then_some((item, missed, dated))
    });
    let Some((item, missed, dated)) = found else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for who in reader.who(index, item) {
        let from = who
            .of
            .or_else(|| reader.whence(index, who.person, missed.goal.to));
        if who.person.is_none() || from.is_some_and(|f| reader.same_state(f, missed.goal.to)) {
            continue;
        }
        let mut evidence = who.evidence.clone();
        evidence.push(missed.evidence);
        let (goal, dated): (Goal, &Dated) = (missed.goal, &dated);
        claims.extend(claim(
            reader, sentence, rule, None, &who, from, goal, dated, "other", evidence,
        ));
    }
    claims
}
