//! Whether a line stands in a list of agreements, and what the line above that list tells of all that is in it.

use crate::document::BlockKind;
use crate::extract::items::ItemKind;
use crate::extract::reader::{Reader, Sentence};
use crate::language::{Class, TriggerForm};
use crate::text::Span;

/// Whether a sentence stands in a list of agreements: under a heading of them, or a line that says that what follows was signed.
pub(super) fn in_list(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<Lead> {
    let block = reader.block(sentence)?;
    if !matches!(
        block.kind,
        BlockKind::Item | BlockKind::Entry | BlockKind::Paragraph
    ) {
        return None;
    }
    if block.kind != BlockKind::Paragraph {
        let lead = reader
            .above(sentence)
            .into_iter()
            .filter(|s| {
                reader
                    .block(s)
                    .is_some_and(|b| !matches!(b.kind, BlockKind::Heading(_)))
            })
            .find_map(|s| leading(reader, s));
        let lead = lead.or_else(|| {
            let before = (block_before(reader, sentence)?..sentence.block)
                .rev()
                .take_while(|b| {
                    let kind = reader.doc.blocks.get(*b).map(|b| b.kind);
                    kind == Some(BlockKind::Item)
                })
                .find(|b| {
                    let block = reader.doc.blocks.get(*b);
                    block.is_some_and(|b| b.span.of(&reader.doc.text).trim_end().ends_with(':'))
                })?;
            reader
                .sentences_of(before)
                .iter()
                .find_map(|s| leading(reader, s))
        });
        if lead.is_some() {
            return lead;
        }
    }
    reader
        .under(sentence, Class::TreatyHeading)
        .then(Lead::default)
}

/// The block from which on a line above a list is looked for.
fn block_before(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<usize> {
    let block = reader.block(sentence)?;
    (block.kind == BlockKind::Item).then(|| sentence.block.saturating_sub(12))
}

/// What the line above a list tells of all that is in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lead {
    /// The sentence, and its date.
    pub(super) at: Option<(Span, Option<usize>)>,
}

/// "The ministers signed the following instruments on 3 May:": a line above a list that says that they were signed.
fn leading(reader: &Reader<'_>, above: &Sentence<'_>) -> Option<Lead> {
    let signed = above.items.iter().enumerate().find_map(|(at, item)| {
        let ItemKind::Trigger(forms) = &item.kind else {
            return None;
        };
        forms.iter().find_map(|(rule, form)| {
            let rule = reader.lexicon.rules.get(*rule)?;
            let fits = rule.fact == "treaty"
                && rule.set.get("date").is_some_and(|d| d == "signed")
                && *form != TriggerForm::Planned;
            if !fits {
                return None;
            }
            let frame = crate::extract::frame::frame(&above.items, at, rule, *form)?;
            let holds = frame.modality == crate::fact::Modality::Asserted
                && frame.polarity == crate::fact::Polarity::Affirmed;
            holds.then_some(frame.date)
        })
    })?;
    Some(Lead {
        at: Some((above.span, signed)),
    })
}
