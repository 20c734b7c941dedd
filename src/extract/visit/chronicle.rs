//! Entries of chronicles that name an office-holder and a place without a verb → claims.

use super::earlier::earlier;
use super::{claim, goals};
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::fact::Claim;
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
        let at_place = |i: &Item| i.is(Class::In) || i.is(Class::To);
        // "… the president of Peru, Ana Soto, in Hungary"
        let skip = usize::from(items.get(at + 1).is_some_and(|i| i.sign(',')));
        // "Queen X, accompanied by …, in Lima"
        let beside = (at + 3..at + 10)
            .take_while(|_| skip > 0)
            .find(|&i| items.get(i).is_some_and(|x| x.sign(',')))
            .filter(|&i| {
                let company = items
                    .get(at + 2)
                    .is_some_and(|x| x.verb.is_some() || x.is(Class::With));
                company && items.get(i + 1).is_some_and(at_place)
            });
        let at_in = beside.map_or(at + 1 + skip, |i| i + 1);
        if !named || !items.get(at_in).is_some_and(at_place) {
            continue;
        }
        let start = (0..at)
            .rev()
            .find(|&i| {
                items.get(i).is_some_and(|x| {
                    x.sign(':') || x.sign(';') || x.sign('—') || x.sign('–') || x.sign('.')
                })
            })
            .map_or(0, |i| i + 1);
        let before = items.get(start..at).unwrap_or(&[]);
        let tells = |i: &Item| {
            matches!(i.kind, ItemKind::Trigger(_)) || i.is(Class::Be) || i.is(Class::Have)
        };
        let after = items.get(at_in + 1..).unwrap_or(&[]);
        let own = after
            .iter()
            .take_while(|i| !(i.sign(',') || i.sign(';') || i.sign('.')))
            .take(4);
        // "1969. The minister X in Lima": the first sentence of the entry is its date.
        let opens = start == 0 && opened_by_date(reader, index);
        if start == 0 && !opens || before.iter().any(tells) || own.clone().any(tells) {
            continue;
        }
        let date = (0..at)
            .rev()
            .find(|&i| items.get(i).is_some_and(Item::is_date));
        if date.is_none() && !opens {
            continue;
        }
        let place = (at_in + 1..at_in + 3).find(|&i| items.get(i).is_some_and(Item::is_np));
        let Some(goal) = place.and_then(|p| goals(reader, items, &[p]).first().copied()) else {
            continue;
        };
        let dated = reader.date(sentence, date);
        if dated.date.is_none() {
            continue;
        }
        // "Prince X and the minister Y in Lima"
        let members = items
            .iter()
            .enumerate()
            .filter(|(i, m)| *i == at || *i < at && m.list == item.list && m.prep.is_empty());
        for who in members.flat_map(|(_, m)| reader.who(index, m)) {
            let from = who.of.or_else(|| reader.whence(index, who.person, goal.to));
            // "Luis Vega in Lima, 3–5 May": without an office only one of the two states in the other, on a day.
            let side = || {
                let day = dated
                    .date
                    .and_then(|d| d.start)
                    .is_some_and(|d| d.day.is_some());
                day && reader.is_side(goal.to) && from.is_some_and(|f| reader.is_side(f))
            };
            if who.role.is_none() && !side() || from == Some(goal.to) {
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
    let stages = earlier(reader, sentence, 0, &claims);
    claims.splice(0..0, stages);
    claims
}

/// Whether the sentence right before, which opens the block, is a date alone.
pub(in crate::extract) fn opened_by_date(reader: &Reader<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|i| reader.sentences.get(i));
    let here = reader.sentences.get(index).map(|s| s.block);
    let bare = |i: &Item| i.is_date() || matches!(i.kind, ItemKind::Sign(_));
    before.is_some_and(|s| {
        Some(s.block) == here && s.items.iter().any(Item::is_date) && s.items.iter().all(bare)
    })
}
