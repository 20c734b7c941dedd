//! Fact sheets and lists of organisations → memberships of the two sides, or of the state that a key or a bracket names.

use super::{both, claim, organisation, state};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
use crate::language::{Class, Rule};

/// Memberships that a fact sheet or list gives under a key or label ("Common organisations: …"): each organisation for both sides, or for
/// the state that the key or a bracket names ("Asian Development Bank (Nauru, 1991)").
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let organisations = |i: &Item| organisation(reader, i).is_some();
    let Some(block) = reader
        .block(sentence)
        .filter(|_| sentence.items.iter().any(organisations))
    else {
        return Vec::new();
    };
    let keyed = reader.keyed(sentence);
    let (head, items): (Vec<Item>, &[Item]) = if let Some((whole, from)) = &keyed {
        let head = whole.items.get(..*from).unwrap_or(&[]).to_vec();
        (head, &sentence.items)
    } else {
        let colon = sentence.items.iter().position(|i| i.sign(':'));
        match colon {
            Some(at) => (
                sentence.items.get(..at).unwrap_or(&[]).to_vec(),
                sentence.items.get(at + 1..).unwrap_or(&[]),
            ),
            None if matches!(block.kind, BlockKind::Item | BlockKind::Paragraph) => {
                let above = reader.above(sentence);
                let head = above.first().map(|s| s.items.clone()).unwrap_or_default();
                let line = line_above(reader, sentence).map(|s| s.items.clone());
                (line.unwrap_or(head), &sentence.items)
            }
            None => return Vec::new(),
        }
    };
    if head.len() > 8 || head.iter().any(|i| i.is(Class::NoMember)) {
        return Vec::new();
    }
    // Nothing but organisations, and in brackets whose they are.
    let mut depth = 0_u8;
    let mut plain = Vec::new();
    let mut bracketed: Vec<(usize, usize)> = Vec::new();
    let mut current: Option<usize> = None;
    let mut said = false;
    for (at, item) in items.iter().enumerate() {
        if item.sign('(') {
            let close = items.iter().skip(at).position(|i| i.sign(')'));
            let inside = items.get(at..at + close.unwrap_or(0)).unwrap_or(&[]);
            // "African Union (Morocco came back in 2017)": what happened there, not whose it is.
            said = inside.iter().any(Item::is_finite);
            depth = depth.saturating_add(1);
        } else if item.sign(')') {
            depth = depth.saturating_sub(1);
        } else if let Some(body) = organisation(reader, item).filter(|_| depth == 0) {
            current = Some(body);
            plain.push(body);
        } else if depth > 0 {
            if said {
                continue;
            }
            if item.is(Class::NoMember) {
                plain.retain(|b| Some(*b) != current);
            } else if both(item) {
                // "Commonwealth (both)": as it stands.
            } else if let (Some(body), Some(member)) = (current, state(reader, item)) {
                plain.retain(|b| *b != body);
                bracketed.push((member, body));
            }
        } else if item.is_np() || tells(item) {
            return Vec::new();
        }
    }
    let named: Vec<usize> = head.iter().filter_map(|i| state(reader, i)).collect();
    let memberships = head.iter().any(|i| i.is(Class::Memberships));
    let bare = named.len() == 1
        && plain.len() + bracketed.len() > 0
        && head.iter().all(|i| {
            matches!(i.kind, ItemKind::Sign(_) | ItemKind::Body(..))
                || i.is(Class::Article)
                || i.is(Class::Only)
        })
        && head.iter().any(|i| i.is(Class::Only));
    if !memberships && !bare {
        return Vec::new();
    }
    let members = if named.is_empty()
        && let Some(home) = reader.home()
    {
        vec![home]
    } else if named.is_empty() {
        if reader.sides.len() != 2 {
            return Vec::new();
        }
        reader.sides.clone()
    } else {
        named
    };
    let mut pairs = bracketed;
    for body in plain {
        pairs.extend(members.iter().map(|m| (*m, body)));
    }
    let evidence = reader.heading_evidence(sentence);
    pairs
        .into_iter()
        .filter_map(|pair| claim(reader, sentence, rule, None, pair, None, &evidence))
        .collect()
}

/// Whether an item tells something, or denies it, so that the sentence is no list.
fn tells(item: &Item) -> bool {
    let verb = [Class::Be, Class::Have, Class::Not, Class::NoMember];
    item.verb.is_some()
        || matches!(item.kind, ItemKind::Trigger(_))
        || verb.iter().any(|c| item.is(*c))
}

/// The line right above a paragraph that names memberships and tells nothing: a heading, though the layout does not say so.
fn line_above<'r, 'a>(reader: &'r Reader<'a>, sentence: &Sentence<'_>) -> Option<&'r Sentence<'a>> {
    let index = reader.sentence_index(sentence.span.start)?;
    let line = reader.sentences.get(index.checked_sub(1)?)?;
    let only = line.block != sentence.block && reader.sentences_of(line.block).len() == 1;
    let last = line.items.last()?;
    let heads = line.items.iter().any(|i| i.is(Class::Memberships));
    let open = !last.sign('.') && line.items.len() <= 6;
    (only && heads && open).then_some(line)
}
