//! "The agreement entered into force", "it was signed": which of the treaties spoken of before is meant.

use super::parties::{self, Mention};
use super::{Scene, claim, np};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Head};
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
pub(super) fn spoken_of(scene: &Scene<'_>, frame: &Frame, slot: Slot) -> Option<Claim> {
    let &Scene {
        reader,
        index,
        sentence,
        rule,
        ..
    } = scene;
    // "it entered into force", "il est entré en vigueur": at most a pronoun is there.
    let agent = if frame.passive {
        &[][..]
    } else {
        &frame.subject[..]
    };
    let mut named = frame.object.iter().chain(agent);
    let alone = named.all(|&i| {
        sentence.items.get(i).is_some_and(|x| {
            x.actor()
                .is_some_and(|a| a.name.is_none() && a.office.is_none() && a.body.is_none())
        })
    });
    if !alone || rule.head == Head::Verb && !frame.passive {
        return None;
    }
    // An item of a list names what it speaks of; a word of which we know nothing does, too.
    let opens = |i: &Item<'_>| {
        matches!(i.kind, ItemKind::Word) && i.meanings.is_empty() && i.verb.is_none()
    };
    let listed = reader
        .block(sentence)
        .is_some_and(|b| b.kind == crate::document::BlockKind::Item);
    // "Programme of debt relief, signed in 2006": so do a noun and what it is of.
    let noun = |b: &[Item<'_>]| {
        let [first, second, ..] = b else {
            return false;
        };
        let leads = [Class::Of, Class::About, Class::For];
        let word = first.kind == ItemKind::Word && first.verb.is_none() && first.span.len() > 3;
        word && leads.iter().any(|c| second.is(*c) || second.has_prep(*c))
    };
    let before = sentence.items.get(..frame.at).unwrap_or(&[]);
    if listed && (before.iter().any(opens) || noun(before)) {
        return None;
    }
    let (from, phrase) = named_before(reader, index, frame.at, None)?;
    if index - from > 1 {
        return None;
    }
    frame.date?;
    told(scene, frame, (from, phrase), (frame.date, slot))
}

/// What a frame tells of a treaty that it names by its bare noun ("the agreement"): title and parties are taken from where it was named.
pub(super) fn again(
    scene: &Scene<'_>,
    frame: &Frame,
    Mention {
        at, phrase: bare, ..
    }: Mention<'_>,
    dated: (Option<usize>, Slot),
) -> Option<Claim> {
    let &Scene {
        reader,
        index,
        earlier,
        sentence,
        ..
    } = scene;
    // "an agreement", "a second protocol": one that was not spoken of before.
    if indefinite(&sentence.items, at) {
        return None;
    }
    let known = named_before(reader, index, at, Some(bare.kind));
    if let Some(known) = known {
        return told(scene, frame, known, dated);
    }
    // Named farther back: the last one told of that kind.
    let kind = reader.lexicon.treaties.get(bare.kind)?;
    let before = earlier
        .iter()
        .rev()
        .take(CLAIMS)
        .find(|c| c.fact.kind == Kind::Treaty && c.fact.text(Slot::Kind) == *kind)
        .filter(|c| agrees(scene, c, dated))?;
    Some(same(scene, frame, before, before.statement(), dated))
}

/// Whether a claim has no other date in the slot that is told: one treaty is signed once.
fn agrees(scene: &Scene<'_>, before: &Claim, (date, slot): (Option<usize>, Slot)) -> bool {
    let told = scene.reader.date(scene.sentence, date).date;
    match (before.fact.get(slot), told) {
        (Some(Value::Date(known)), Some(told)) => known.year() == told.year(),
        _ => true,
    }
}

/// Whether an indefinite article stands before an item, adjectives between.
fn indefinite(items: &[Item<'_>], at: usize) -> bool {
    items
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take(4)
        .take_while(|i| matches!(i.kind, ItemKind::Word | ItemKind::Body(_, true)))
        .find(|i| i.is(Class::Article) || i.is(Class::Possessive))
        .is_some_and(|i| i.is(Class::Indefinite))
}

fn told(
    scene: &Scene<'_>,
    frame: &Frame,
    (from, phrase): (usize, &TreatyNp),
    dated: (Option<usize>, Slot),
) -> Option<Claim> {
    let &Scene {
        reader, earlier, ..
    } = scene;
    let title = phrase.name(&reader.doc.text);
    let there = reader.sentences.get(from)?.span;
    let before = earlier
        .iter()
        .rev()
        .take(CLAIMS)
        .find(|c| c.fact.kind == Kind::Treaty && c.fact.text(Slot::Title) == title);
    if let Some(before) = before {
        return agrees(scene, before, dated).then(|| same(scene, frame, before, there, dated));
    }
    let mut parties = parties::of_frame(scene, None);
    if !parties.named
        && let Some(earlier) = reader.sentences.get(from)
        && let Some(at) = place(earlier, phrase)
    {
        let told = Scene {
            index: from,
            sentence: earlier,
            ..*scene
        };
        parties = parties::of_mention(
            &told,
            Mention {
                at,
                phrase,
                listed: false,
            },
        );
    }
    let evidence = vec![Evidence {
        span: there,
        role: EvidenceRole::Antecedent,
    }];
    claim(scene, phrase, parties, dated, evidence)
}

/// The treaty of a claim, with the date that a frame tells of it.
fn same(
    scene: &Scene<'_>,
    frame: &Frame,
    before: &Claim,
    there: Span,
    (date, slot): (Option<usize>, Slot),
) -> Claim {
    let &Scene {
        reader,
        sentence,
        rule,
        ..
    } = scene;
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
