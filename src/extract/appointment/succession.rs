//! One head of mission after another: whose post begins and whose ends, and when.

use super::listed::key_role;
use super::{Post, claim, complete, spoken};
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand, date_among, own_date};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Dated, Reader, Sentence, Who};
use crate::extract::told::Told;
use crate::fact::{Claim, Edtf, Slot, Value};
use crate::language::{Class, Rule};

/// "X succeeded Y in 2022": X's post begins and Y's ends that day; the post is what either is said to hold.
pub(super) fn succession(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let people = |role: &str| -> Vec<(Who, usize)> {
        frame
            .role(items, rule, role)
            .into_iter()
            .filter(|&i| {
                items
                    .get(i)
                    .and_then(Item::actor)
                    .is_some_and(|a| a.name.is_some() || a.stand == Some(Stand::He))
            })
            .filter_map(|i| Some((reader.who(index, items.get(i)?).into_iter().next()?, i)))
            .filter(|(who, _)| who.person.is_some())
            .collect()
    };
    let (holders, befores) = (people("holder"), people("predecessor"));
    let (Some((holder, first_at)), Some((before, second_at))) =
        (holders.first().cloned(), befores.first().cloned())
    else {
        return Vec::new();
    };
    let (Some(first), Some(second)) = (items.get(first_at), items.get(second_at)) else {
        return Vec::new();
    };
    let places: Vec<usize> = holders.iter().map(|(_, i)| *i).collect();
    // "He succeeded Y (2014–2018)": the years in brackets are those of Y.
    let own = own_date(items, second_at)
        .filter(|&d| d > 0 && items.get(d - 1).is_some_and(|i| i.sign('(')));
    let dated = if own.is_some() && own == frame.date {
        Dated::default()
    } else {
        reader.date(sentence, date_among(items, &places, first_at, frame.date))
    };
    let term = own.map(|d| reader.date(sentence, Some(d)));
    let place = frame.phrases.iter().find_map(|&i| {
        items.get(i).and_then(|x| {
            if let ItemKind::City(city) = x.kind {
                x.has_prep(Class::In).then_some(city)
            } else {
                None
            }
        })
    });
    let key = reader
        .block(sentence)
        .and_then(|b| b.key)
        .and_then(|key| key_role(reader, key));
    let said = [(&holder, first), (&before, second)]
        .into_iter()
        .find_map(|(who, item)| {
            let role = who.role.clone().filter(|r| is_head_of_mission(r))?;
            let office = item.actor().and_then(|a| a.office.as_ref());
            Some(Post {
                role,
                sending: who.of,
                receiving: office.and_then(|o| o.to),
                city: office.and_then(|o| o.city),
            })
        })
        .or_else(|| {
            key.map(|role| Post {
                role,
                sending: reader.heading_side(sentence),
                ..Post::default()
            })
        });
    let told = || {
        spoken::held(reader, earlier, before.person)
            .or_else(|| spoken::held(reader, earlier, holder.person))
    };
    let Some(mut post) = said.or_else(told) else {
        return Vec::new();
    };
    post.city = post.city.or(place);
    let mut evidence = holder.evidence.clone();
    evidence.extend(before.evidence.iter().copied());
    if complete(reader, &mut post) {
        evidence.extend(reader.side_evidence());
    }
    // "He was followed by A in 1512 and by B in 1516": the others each at a date of their own.
    let others = holders.iter().skip(1).map(|(who, at)| {
        let own = own_date(items, *at).map(|d| reader.date(sentence, Some(d)));
        (who, Slot::Start, own.unwrap_or_default())
    });
    let pair = [
        (&holder, Slot::Start, dated.clone()),
        (&before, Slot::End, dated),
    ];
    let mut claims = Vec::new();
    for (who, slot, dated) in pair.into_iter().chain(others) {
        let Some(person) = who.person else { continue };
        let Some(mut found) = claim(
            reader,
            sentence,
            rule,
            Some(frame),
            person,
            &post,
            &Dated::default(),
            evidence.clone(),
        ) else {
            continue;
        };
        if let Some(day) = dated.date.and_then(|d| d.start) {
            found.fact.set(slot, Value::Date(Edtf::on(day)));
        }
        if let Some(term) = term.as_ref().filter(|_| slot == Slot::End) {
            term.put_range(&mut found.fact, Slot::Start, Slot::End);
        }
        claims.push(found);
    }
    claims
}
