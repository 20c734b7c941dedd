//! Entries of fact sheets whose keys are numbered by side ("Mission1", "Envoytitle1", "Envoy1") → the post of the side.

use super::{Post, spoken};
use crate::document::Block;
use crate::extract::items::Item;
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Evidence, EvidenceRole};
use crate::text::Span;

/// The post of an entry whose key is a word for a head of mission and a number: that of the mission with the same number.
pub(super) fn post(reader: &Reader<'_>, whole: &Sentence<'_>) -> Option<(Post, Vec<Evidence>)> {
    let own = reader.block(whole)?;
    let (word, number) = parted(key(reader, own)?)?;
    let head = role(reader, word)?;
    let numbered = |b: &&Block| {
        b.under == own.under
            && key(reader, b)
                .and_then(parted)
                .is_some_and(|k| k.1 == number)
    };
    let mut post = None;
    let mut said = None;
    let mut evidence = Vec::new();
    for block in reader.doc.blocks.iter().filter(numbered) {
        let Some(&span) = block.sentences.first() else {
            continue;
        };
        let items = reader.items_of(span);
        let mission = items.iter().find_map(Item::mission);
        if let Some(found) = mission.and_then(|np| spoken::headed(reader, np)) {
            post = Some(found);
            evidence.push(heading(span));
        } else if let Some(found) = titled(reader, block, span) {
            said = Some(found);
            evidence.push(heading(span));
        }
    }
    let post = post?;
    // A bare "envoy" is what the template calls whoever heads the mission.
    let role = said
        .or_else(|| Some(head).filter(|role| role != "Envoy"))
        .unwrap_or_else(|| post.role.clone());
    Some((Post { role, ..post }, evidence))
}

fn heading(span: Span) -> Evidence {
    Evidence {
        span,
        role: EvidenceRole::Heading,
    }
}

/// The office that an entry gives as the title of who is named in another ("Envoytitle1: Ambassador").
fn titled(reader: &Reader<'_>, block: &Block, value: Span) -> Option<String> {
    let key = key(reader, block)?.to_lowercase();
    key.contains("title").then_some(())?;
    role(reader, value.of(&reader.doc.text).trim())
}

fn key<'a>(reader: &Reader<'a>, block: &Block) -> Option<&'a str> {
    Some(block.key?.of(&reader.doc.text))
}

/// "Envoy1", "Envoy 1": the word and the number.
fn parted(key: &str) -> Option<(&str, &str)> {
    let word = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = key.get(word.len()..)?;
    (!number.is_empty()).then_some((word.trim_end_matches([' ', '_']), number))
}

fn role(reader: &Reader<'_>, word: &str) -> Option<String> {
    let office = reader.lexicon.office(&word.to_lowercase())?;
    Some(reader.role_name(office)).filter(|role| is_head_of_mission(role))
}
