//! Fact sheets and lists of organisations → memberships of the two sides, or of the state that a key or a bracket names.

use super::{both, claim, organisation, state};
use crate::document::{Block, BlockKind};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole};
use crate::language::{Class, Rule};
use crate::text::Span;

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
    if block.kind == BlockKind::Row {
        return in_columns(reader, sentence, block, rule);
    }
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
        // "A, B, C; has not joined D": what is said of another behind the list.
        let rest = items.get(at..).unwrap_or(&[]);
        if depth == 0 && item.sign(';') && !plain.is_empty() && rest.iter().any(tells) {
            break;
        }
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
    // "Both countries are members of:" leads them as well.
    let led = |i: &Item| i.rules(reader.lexicon).any(|r| r.fact == "membership");
    let single = |at: usize| reader.sentences_of(at).len() == 1;
    let unsaid = |i: &Item| i.is(Class::Not) || i.is(Class::Planned) || i.is(Class::Wished);
    let item = block.kind == BlockKind::Item
        && block.label.is_some_and(single)
        && !head.iter().any(unsaid);
    let memberships = head
        .iter()
        .any(|i| i.is(Class::Memberships) || item && led(i));
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
        && let Some(own) = reader.titled().or_else(|| reader.home())
    {
        vec![own]
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

/// The word for a member in a cell.
const MEMBER: &[&str] = &["member", "membre", "miembro"];

/// What stands in a cell for "is a member", besides its year and the word.
const YES: &[&str] = &["✓", "✔", "x", "yes", "oui", "si", "sí", "•", "●", "+"];

/// "| Organisation | Peru | Norway |" over "| UNESCO | 1946 | 1946 |": the memberships of the states that head columns.
fn in_columns(reader: &Reader<'_>, sentence: &Sentence, row: &Block, rule: &Rule) -> Vec<Claim> {
    let Some(header) = row.header.and_then(|h| reader.doc.blocks.get(h)) else {
        return Vec::new();
    };
    if let Some(claims) = of_columns(reader, sentence, (row, header), rule) {
        return claims;
    }
    // Of members, not of what is traded with whom: the headings say so, or the first column is one of organisations.
    let above = reader.above(sentence);
    let mut words = above.iter().flat_map(|s| &s.items);
    let named = |words: &str| words.to_lowercase().starts_with("organi");
    let first_head = header
        .cells
        .first()
        .is_some_and(|c| named(c.of(&reader.doc.text)));
    // "| Council of Europe | member | member |" in a table of anything.
    let member = |cell: &Span| {
        let shown = cell.of(&reader.doc.text).to_lowercase();
        MEMBER.contains(&shown.trim())
    };
    let said = row.cells.iter().skip(1).any(member);
    if !words.any(|i| i.is(Class::Memberships)) && !first_head && !said {
        return Vec::new();
    }
    let inside = |cell: Span| sentence.items.iter().filter(move |i| cell.contains(i.span));
    let first = row.cells.iter().copied();
    let mut first = first.filter(|c| inside(*c).next().is_some());
    let mut named = first.next().into_iter().flat_map(inside);
    let body = named.next().and_then(|i| organisation(reader, i));
    let (Some(body), None) = (body, named.next()) else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for (cell, head) in row.cells.iter().zip(&header.cells) {
        let Some(member) = reader.state_heading(*head) else {
            continue;
        };
        let denied = |i: &Item| i.is(Class::NoMember) || i.is(Class::Not) || i.is(Class::Planned);
        let shown = cell.of(&reader.doc.text).to_lowercase();
        let year = shown.len() == 4 && shown.parse().is_ok_and(|y| (1800..=2100_u16).contains(&y));
        let is = year
            || MEMBER.iter().chain(YES).any(|word| *word == shown)
            || inside(*cell).any(|i| i.is_date() || i.is(Class::MemberNoun))
            || reader.lexicon.has_class(&shown, Class::MemberNoun);
        if is && !inside(*cell).any(denied) {
            let evidence = [Evidence {
                span: *head,
                role: EvidenceRole::Heading,
            }];
            claims.extend(claim(
                reader,
                sentence,
                rule,
                None,
                (member, body),
                None,
                &evidence,
            ));
        }
    }
    claims
}

/// "| Member of | UN, OAS | UN, NATO |" under "| | Peru | Norway |": the memberships of the states that head columns, where the first cell of the row
/// says that it is of them.
fn of_columns(
    reader: &Reader<'_>,
    sentence: &Sentence,
    (row, header): (&Block, &Block),
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let key = *row.cells.first()?;
    let inside = |cell: Span| sentence.items.iter().filter(move |i| cell.contains(i.span));
    let of_members = |i: &Item| {
        [Class::Memberships, Class::MemberNoun]
            .iter()
            .any(|c| i.is(*c))
            || i.is_noun_for(reader.lexicon, "membership")
    };
    let plain = |i: &Item| organisation(reader, i).is_none() && !i.is(Class::NoMember);
    (inside(key).any(of_members) && inside(key).all(plain)).then_some(())?;
    let mut claims = Vec::new();
    for (cell, head) in row.cells.iter().zip(&header.cells).skip(1) {
        let Some(member) = reader.state_heading(*head) else {
            continue;
        };
        let evidence = [Evidence {
            span: *head,
            role: EvidenceRole::Heading,
        }];
        if inside(*cell).any(|i| i.is(Class::NoMember) || i.is(Class::Planned)) {
            continue;
        }
        for body in inside(*cell).filter_map(|i| organisation(reader, i)) {
            let pair = (member, body);
            claims.extend(claim(reader, sentence, rule, None, pair, None, &evidence));
        }
    }
    Some(claims).filter(|c| !c.is_empty())
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
