//! Lines of lists that say little of themselves: whether they are visits, whom "the same" means, where a remark begins,
//! which day stands before them.

use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::language::{Class, TriggerForm};

/// "Ana Soto, foreign minister: Lima, 3 May 2008" in a list of which nothing says that it is one of visits: an office-holder, a place and a
/// day, and nothing that tells of anything else.
pub(super) fn presence(reader: &Reader<'_>, sentence: &Sentence) -> bool {
    let listed = reader
        .block(sentence)
        .is_some_and(|b| b.kind != BlockKind::Paragraph);
    let other = [
        Class::HeadsHeading,
        Class::TreatyHeading,
        Class::MissionHeading,
        Class::SkipHeading,
        Class::Born,
    ];
    let elsewhere = other
        .iter()
        .any(|c| reader.under(sentence, *c) || sentence.items.iter().any(|i| i.is(*c)));
    let end = sentence.items.iter().position(|i| i.sign('.'));
    let head = sentence
        .items
        .get(..end.unwrap_or(usize::MAX).min(sentence.items.len()));
    let told = head.unwrap_or(&[]).iter().any(|i| {
        let visit = |(rule, _): &(usize, TriggerForm)| {
            let rule = reader.lexicon.rules.get(*rule);
            rule.is_some_and(|r| r.fact == "visit")
        };
        match &i.kind {
            ItemKind::Mission(_) | ItemKind::Treaty(_) => true,
            ItemKind::Trigger(forms) => !forms.iter().any(visit),
            ItemKind::Actor(_)
            | ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => false,
        }
    });
    listed && !elsewhere && !told
}

/// Whom "the same" means: the one whom the entry before names.
pub(super) fn same_as(reader: &Reader<'_>, index: usize, sentence: &Sentence) -> Option<Who> {
    let label = |s: &Sentence| reader.block(s).map(|b| (b.kind, b.label));
    (index.saturating_sub(3)..index).rev().find_map(|i| {
        let before = reader.sentences.get(i)?;
        (label(before) == label(sentence)).then_some(())?;
        let named = before
            .items
            .iter()
            .find(|x| x.prep.is_empty() && x.actor().is_some_and(|a| a.name.is_some()))?;
        reader.who(i, named).into_iter().next()
    })
}

/// Within how many items behind a dash the verb of a remark stands.
const DASH: usize = 3;

/// Where the cells of a line begin that tell something by a verb, behind those of the day and the visitor: "May 1990 / Ana Soto / President /
/// First who came".
pub(super) fn remark(items: &[Item], verbal: impl Fn(&Item) -> bool) -> Option<usize> {
    let border = |i: &usize| {
        let item = items.get(*i);
        item.is_some_and(|x| x.sign('/') || x.sign('|'))
    };
    let borders: Vec<usize> = (0..items.len()).filter(border).collect();
    let tells = items.iter().position(verbal)?;
    // "Ana Soto, president – opened the embassy"
    let dash = |i: &usize| items.get(*i).is_some_and(|x| x.sign('–') || x.sign('—'));
    let dashed = (tells.saturating_sub(DASH)..tells).rev().find(dash);
    let named = |to: usize| {
        items
            .get(..to)
            .unwrap_or(&[])
            .iter()
            .any(|i| i.actor().is_some())
    };
    if let Some(dash) = dashed.filter(|d| named(*d)) {
        return Some(dash);
    }
    let from = borders.iter().copied().rfind(|&b| b < tells)?;
    (borders.len() > 1 && named(from)).then_some(from)
}

/// The date that stands before a line of a list as a sentence of its own: "2018, marzo. X, presidente".
pub(super) fn below_date(reader: &Reader<'_>, sentence: &Sentence) -> Option<Dated> {
    let block = reader.block(sentence)?;
    let [first, second, ..] = block.sentences.as_slice() else {
        return None;
    };
    let short = first.end - first.start < 40 && second.start == sentence.span.start;
    // In running text the line begins with nothing but its date: "1996, 13-15 May. X, minister".
    let dated = || {
        let bare = |i: &Item| {
            let small = i.is(Class::In) || i.is(Class::About) || i.is(Class::Of);
            i.is_date() || matches!(i.kind, ItemKind::Sign(_) | ItemKind::Quantity(_)) || small
        };
        let before = reader.sentence_at(first.start);
        before.is_some_and(|s| s.items.iter().all(bare))
    };
    let plain = block.kind == BlockKind::Paragraph && dated();
    let listed = short && (block.kind == BlockKind::Item || plain);
    listed
        .then(|| reader.entry_date(sentence))
        .filter(|dated| dated.date.is_some())
}
