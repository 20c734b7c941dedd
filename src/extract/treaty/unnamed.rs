//! Lines under a heading of agreements that name no instrument, "Air services, 23 May 1990" → the treaty of which they tell what it is about.

use super::labelled::label;
use super::parties::{self, Mention};
use super::{Scene, claim, draft, np};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind, TreatyNp};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Slot};
use crate::language::{Class, Meaning};

/// How many bytes what such a treaty is about has at most.
const TITLE: usize = 120;

/// How many bytes a paragraph has at most that is a line of a list.
const LINE: usize = 200;

/// Whether the nearest heading or label above a line is nothing but the name of its list, by a noun for treaties: the kind that the noun tells.
pub(super) fn headed(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<usize> {
    let block = reader.block(sentence)?;
    let listed = matches!(block.kind, BlockKind::Item | BlockKind::Entry);
    let short = block.sentences.len() == 1 && block.span.len() <= LINE;
    let line = listed || block.kind == BlockKind::Paragraph && short;
    let above = reader.above(sentence);
    // "The two are bound by:", below a heading of agreements.
    let leads = |s: &&Sentence<'_>| {
        s.span.of(&reader.doc.text).trim_end().ends_with(':')
            && s.items.iter().any(Item::is_finite)
            && !s.items.iter().any(|i| i.is_date() || draft(i))
    };
    let lead = above.first().is_some_and(leads);
    let nearest = above.get(usize::from(lead)).filter(|_| line)?;
    let lists = nearest.items.iter().any(|i| i.is(Class::TreatyHeading));
    let told = nearest.items.iter().any(|i| i.is_finite() || i.is_date());
    if !lists || told {
        return None;
    }
    let words = nearest.span.of(&reader.doc.text);
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    let kind = words.find_map(|word| {
        let meanings = reader.lexicon.meanings(word);
        meanings.iter().find_map(|m| {
            if let Meaning::Treaty(kind) = m {
                Some(*kind)
            } else {
                None
            }
        })
    })?;
    // "Treaties" heads lists of every kind.
    let kinds = &reader.lexicon.treaties;
    let general = kinds.get(kind).is_some_and(|k| k == "treaty");
    let agreement = || kinds.iter().position(|k| k == "agreement");
    if general { agreement() } else { Some(kind) }
}

/// The claims of a member of such a list: what stands before its first date is what the treaty is about.
pub(super) fn unnamed(scene: &Scene<'_>, (start, end): (usize, usize), kind: usize) -> Vec<Claim> {
    let &Scene {
        reader, sentence, ..
    } = scene;
    let items = &sentence.items;
    let segment = items.get(start..end).unwrap_or(&[]);
    // "Non double imposition": what it is about may be that something is not.
    let about = segment.first().filter(|i| i.is(Class::Not));
    let unsigned = segment.iter().skip(usize::from(about.is_some())).any(draft);
    if unsigned || segment.iter().any(|i| np(i).is_some()) {
        return Vec::new();
    }
    let dates: Vec<usize> = (start..end)
        .filter(|&i| items.get(i).is_some_and(Item::is_date))
        .collect();
    let subject = dates
        .first()
        .and_then(|date| subject(scene, (start, *date)));
    let Some(last) = subject else {
        return Vec::new();
    };
    let (Some(head), Some(tail)) = (items.get(start), items.get(last)) else {
        return Vec::new();
    };
    let phrase = TreatyNp {
        kind,
        title: head.span.to(tail.span),
        tail: None,
        inner: false,
        described: true,
        city: None,
        parties: Vec::new(),
    };
    if phrase.title.len() > TITLE {
        return Vec::new();
    }
    let within = |i: &Item<'_>| !i.sign(';');
    let force = dates
        .iter()
        .copied()
        .find(|&i| label(items, i, within) == Some(Slot::InForce));
    let signed = dates.iter().copied().find(|&i| Some(i) != force);
    let mention = Mention {
        at: start,
        phrase: &phrase,
        listed: true,
    };
    let parties = parties::of_mention(scene, mention);
    let evidence = reader.heading_evidence(sentence);
    [(signed, Slot::Signed), (force, Slot::InForce)]
        .into_iter()
        .filter(|(date, _)| date.is_some())
        .filter_map(|slotted| claim(scene, &phrase, parties.clone(), slotted, evidence.clone()))
        .collect()
}

/// The last item of what a treaty is about: the words before the sign or verb from which nothing but places and words of signing leads to its date.
fn subject(scene: &Scene<'_>, (start, date): (usize, usize)) -> Option<usize> {
    let items = &scene.sentence.items;
    let small = |i: &Item<'_>| {
        let words = [
            Class::ColumnSigned,
            Class::ColumnInForce,
            Class::Article,
            Class::In,
            Class::Be,
        ];
        matches!(i.kind, ItemKind::Sign(_) | ItemKind::City(_))
            || words.iter().any(|c| i.is(*c))
            || of_treaties(scene.reader, i)
    };
    let first = (start..date)
        .rev()
        .take_while(|&i| items.get(i).is_some_and(small));
    let end = first.last()?;
    let sign = items
        .get(end)
        .is_some_and(|i| matches!(i.kind, ItemKind::Sign(_)));
    let told = items
        .get(end)
        .is_some_and(|i| of_treaties(scene.reader, i) || i.is(Class::ColumnSigned));
    let words = items
        .get(start..end)
        .filter(|w| !w.is_empty() && (sign || told))?;
    let opens = words.first()?.span.of(&scene.reader.doc.text);
    // "Extradition": a word in capitals at the head of a line reads like a name.
    let name = |i: &Item<'_>| i.actor().is_some_and(|a| a.office.is_none());
    let plain = |i: &Item<'_>| {
        let counted = matches!(i.kind, ItemKind::Quantity(_) | ItemKind::Mission(_));
        (i.actor().is_none() || name(i)) && !i.is_finite() && !i.sign(':') && !counted
    };
    let named = words.iter().any(|i| i.kind == ItemKind::Word || name(i));
    (opens.starts_with(char::is_uppercase) && named && words.iter().all(plain)).then_some(end - 1)
}

/// Whether a word says that a treaty was signed, or came into force.
fn of_treaties(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    item.rules(reader.lexicon).any(|rule| rule.fact == "treaty")
}
