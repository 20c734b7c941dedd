//! Visits in lists, tables and chronicles → claims.

use super::{Goal, claim, goals, visit_kind};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::fact::{Claim, Evidence};
use crate::language::{Class, Rule};

/// Items of a chronicle that name an office-holder and a place without a verb: "2014 – November: President Ana Soto in Peru".
pub(in crate::extract) fn chronicle(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let named = item.actor().is_some_and(|a| a.name.is_some()) && item.prep.is_empty();
        if !named || !items.get(at + 1).is_some_and(|i| i.is(Class::In)) {
            continue;
        }
        let start = (0..at)
            .rev()
            .find(|&i| items.get(i).is_some_and(|x| x.sign(':') || x.sign(';')))
            .map_or(0, |i| i + 1);
        let before = items.get(start..at).unwrap_or(&[]);
        let tells = |i: &Item| {
            matches!(i.kind, ItemKind::Trigger(_)) || i.is(Class::Be) || i.is(Class::Have)
        };
        let after = items.get(at + 2..).unwrap_or(&[]);
        let own = after.iter().take_while(|i| !i.sign(',')).take(4);
        if start == 0 || before.iter().any(tells) || own.clone().any(tells) {
            continue;
        }
        let Some(date) = (0..at).rev().find(|&i| {
            items
                .get(i)
                .is_some_and(|x| matches!(x.kind, ItemKind::Date(_)))
        }) else {
            continue;
        };
        let place = (at + 2..at + 4).find(|&i| items.get(i).is_some_and(Item::is_np));
        let Some(goal) = place.and_then(|p| goals(reader, items, &[p]).first().copied()) else {
            continue;
        };
        let dated = reader.date(sentence, Some(date));
        for who in reader.who(index, item) {
            let from = who.of.or_else(|| reader.other_side(goal.to));
            if who.role.is_none() || from == Some(goal.to) {
                continue;
            }
            claims.extend(claim(
                reader,
                sentence,
                rule,
                None,
                &who,
                from,
                goal,
                &dated,
                "other",
                who.evidence.clone(),
            ));
        }
    }
    claims
}

/// Items of a list under a heading of visits: "President Ana Soto (1999, 2001)".
pub(in crate::extract) fn listed(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
) -> Vec<Claim> {
    let above = reader.above(sentence);
    let Some(heading) = above
        .iter()
        .find(|s| s.items.iter().any(|i| i.is(Class::VisitHeading)))
    else {
        return Vec::new();
    };
    // The nearest heading that names places gives the direction.
    let directed = above.iter().find(|s| {
        s.items
            .iter()
            .any(|i| matches!(i.kind, ItemKind::Body(..) | ItemKind::City(_)))
    });
    let (mut from, mut to) = (None, None);
    for item in directed.map(|s| s.items.as_slice()).unwrap_or(&[]) {
        let bodies = match &item.kind {
            ItemKind::Body(body, _) => Some(*body),
            ItemKind::City(city) => reader.state_of_city(*city),
            ItemKind::Actor(actor) => actor.office.as_ref().and_then(|o| o.of),
            ItemKind::Date(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_)
            | ItemKind::Sign(_)
            | ItemKind::Word => None,
        };
        let Some(body) = bodies else { continue };
        if item.has_prep(Class::To) || item.has_prep(Class::In) {
            to = to.or(Some(body));
        } else {
            from = from.or(Some(body));
        }
    }
    if from == to {
        from = None;
    }
    let to = to.or_else(|| from.and_then(|f| reader.other_side(f)));
    let from = from.or_else(|| to.and_then(|t| reader.other_side(t)));
    let place = sentence.items.iter().find_map(|i| {
        if let ItemKind::City(c) = i.kind {
            Some(c)
        } else {
            None
        }
    });
    let entries = entries(reader, index, sentence);
    // Without a direction above, an entry that begins with its date goes where its city lies.
    let to = to.or_else(|| {
        place
            .and_then(|c| reader.state_of_city(c))
            .filter(|s| reader.is_side(*s))
    });
    let Some(to) = to else { return Vec::new() };
    let from = from.or_else(|| reader.other_side(to));
    let city = place.filter(|c| reader.state_of_city(*c) == Some(to));
    let kind = visit_kind(&sentence.items, 0, (0, sentence.items.len()));
    let heading_role = heading
        .items
        .iter()
        .chain(directed.iter().flat_map(|s| &s.items))
        .find_map(|i| {
            let office = i.actor()?.office.as_ref()?;
            Some(reader.role_name(office.role))
        });
    let mut claims = Vec::new();
    for (mut who, mut dates) in entries {
        if who.role.is_none() {
            who.role = heading_role.clone();
        }
        if dates.is_empty() {
            dates.push(Dated::default());
        }
        for dated in dates {
            let mut evidence = reader.heading_evidence(sentence);
            evidence.extend(who.evidence.iter().copied());
            let from = who.of.filter(|of| *of != to).or(from);
            claims.extend(claim(
                reader,
                sentence,
                rule,
                None,
                &who,
                from,
                Goal { to, city },
                &dated,
                kind,
                evidence,
            ));
        }
    }
    claims
}

/// Who a list item tells of, each with the dates of the visits: "X (2001, 2003), Y (2007)", "President: X (2001)", and dates nested
/// below the item that names the visitor.
pub(super) fn entries(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
) -> Vec<(Who, Vec<Dated>)> {
    let items = &sentence.items;
    let is_date = |i: &Item| matches!(i.kind, ItemKind::Date(_));
    if items.first().is_some_and(is_date) {
        return dated_entry(reader, index, sentence);
    }
    let mut entries: Vec<(Who, Vec<Dated>)> = Vec::new();
    let mut pending: Option<Who> = None;
    for (at, item) in items.iter().enumerate() {
        if is_date(item) {
            if let Some((_, dates)) = entries.last_mut() {
                dates.push(reader.date(sentence, Some(at)));
            }
            continue;
        }
        let Some(actor) = item.actor() else { continue };
        if entries.last().is_some_and(|(_, dates)| dates.is_empty()) {
            continue;
        }
        if let (None, Some(office)) = (&actor.name, &actor.office) {
            let who = Who {
                role: Some(reader.role_name(office.role)),
                of: office.of,
                ..Who::default()
            };
            let keyed = items
                .get(at + 1..)
                .unwrap_or(&[])
                .iter()
                .take_while(|i| i.actor().is_none() && !is_date(i))
                .any(|i| i.sign(':'));
            if keyed {
                pending = Some(who);
            } else {
                entries.push((who, Vec::new()));
            }
            continue;
        }
        for mut who in reader.who(index, item).into_iter().take(1) {
            if actor.office.is_none()
                && let Some(office) = &pending
            {
                who.role.clone_from(&office.role);
                who.of = office.of.or(who.of);
            }
            entries.push((who, Vec::new()));
        }
    }
    // An item whose dates are nested below it tells of no visit itself.
    let parent = entries.iter().all(|(_, dates)| dates.is_empty())
        && reader
            .doc
            .blocks
            .iter()
            .any(|b| b.label == Some(sentence.block));
    if parent { Vec::new() } else { entries }
}

/// An item that begins with its date: the visitor stands in the item above it, or is the one subject of a line without a verb of visiting.
pub(super) fn dated_entry(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
) -> Vec<(Who, Vec<Dated>)> {
    let dated = vec![reader.date(sentence, Some(0))];
    let parent = reader
        .block(sentence)
        .and_then(|b| b.label)
        .filter(|&b| {
            reader
                .doc
                .blocks
                .get(b)
                .is_some_and(|b| b.kind == crate::document::BlockKind::Item)
        })
        .and_then(|b| reader.sentences.iter().position(|s| s.block == b));
    let source = match parent {
        Some(parent) => parent,
        None if sentence
            .items
            .iter()
            .any(|i| matches!(i.kind, ItemKind::Trigger(_))) =>
        {
            return Vec::new();
        }
        None => index,
    };
    let Some(told) = reader.sentences.get(source) else {
        return Vec::new();
    };
    let who = told
        .items
        .iter()
        .filter(|i| i.prep.is_empty())
        .find_map(|i| reader.who(source, i).into_iter().next());
    who.map(|mut who| {
        if parent.is_some() {
            who.evidence.push(Evidence {
                span: told.span,
                role: crate::fact::EvidenceRole::Heading,
            });
        }
        (who, dated)
    })
    .into_iter()
    .collect()
}
