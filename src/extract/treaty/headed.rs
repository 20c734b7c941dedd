//! A title that stands as a heading, and below it "Signed: Lima, 3 May 2001", "In force: 4 June 2002" → the treaty with its dates.

use super::labelled::keyed_sense;
use super::parties::{self, Mention};
use super::{Scene, claim, draft, np};
use crate::extract::items::{Item, ItemKind};
use crate::fact::{Claim, Evidence, EvidenceRole};

/// What a line tells whose key is a word for the signature or the entry into force, below the title of a treaty.
pub(super) fn below_title(scene: &Scene<'_>) -> Vec<Claim> {
    told(scene).into_iter().collect()
}

fn told(scene: &Scene<'_>) -> Option<Claim> {
    let &Scene {
        reader, sentence, ..
    } = scene;
    reader.block(sentence)?.key?;
    let slot = keyed_sense(reader, sentence)?;
    let date = sentence.items.iter().position(Item::is_date)?;
    let plain = |i: &Item<'_>| np(i).is_none() && !draft(i);
    sentence.items.iter().all(plain).then_some(())?;
    let above = reader.above(sentence);
    let heading = above.first()?;
    let at = heading.items.iter().position(|i| np(i).is_some())?;
    let phrase = heading.items.get(at).and_then(np)?;
    let opens = heading
        .items
        .get(..at)?
        .iter()
        .all(|i| matches!(i.kind, ItemKind::Sign(_)) || i.folded.parse::<u32>().is_ok());
    (opens && phrase.described && !heading.items.iter().any(draft)).then_some(())?;
    let index = reader.sentence_index(heading.span.start)?;
    let title = Scene {
        sentence: heading,
        index,
        ..*scene
    };
    let mention = Mention {
        at,
        phrase,
        listed: true,
    };
    let parties = parties::of_mention(&title, mention);
    let evidence = vec![Evidence {
        span: heading.span,
        role: EvidenceRole::Heading,
    }];
    claim(scene, phrase, parties, (Some(date), slot), evidence)
}
