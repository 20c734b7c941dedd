//! "Elle l'a été au Mali jusqu'en 2009", "lo estuvo además en Liberia": accreditation to another state, or from another seat, by a pronoun and a form
//! of "be" that stand for the words told before.

use super::places::Placed;
use super::seat;
use crate::extract::items::Item;
use crate::extract::lasting::{lasts, until_before};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::{Told, covers};
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule};

/// The longest pronoun with its verb, in items.
const LONGEST: usize = 3;

/// Claims of the states to which a clause says that a mission is accredited, too, without the word for it.
pub(in crate::extract) fn also(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    // Nothing told near that a pronoun could stand for.
    if earlier
        .last_of(Kind::Mission)
        .next()
        .is_none_or(|c| !reader.near(index, c, 1))
    {
        return Vec::new();
    }
    let mut claims = Vec::new();
    let mut start = 0;
    for end in 0..=items.len() {
        let parts = items.get(end).is_none_or(|i| i.sign(';') || i.sign('.'));
        if !parts {
            continue;
        }
        if let Some(at) = (start..end).find(|&i| stands_for_it(reader, items, i)) {
            let clause = (start, at, end);
            claims.extend(told(reader, index, sentence, rule, earlier, clause));
        }
        start = end + 1;
    }
    claims
}

/// "l'a été", "lo estuvo": whether the words from an item on say that something is what was told, a pronoun and the verb.
fn stands_for_it(reader: &Reader<'_>, items: &[Item], at: usize) -> bool {
    let begins = |i: &Item<'_>| {
        let mut listed = reader.lexicon.listed(Class::So).iter();
        listed.any(|words| words.starts_with(&*i.folded))
    };
    if !items.get(at).is_some_and(begins) {
        return false;
    }
    (1..=LONGEST).any(|n| {
        let words = items.get(at..at + n).unwrap_or(&[]).iter();
        let words: Vec<&str> = words.map(|i| i.folded.as_ref()).collect();
        reader.lexicon.lists(Class::So, &words.join(" "))
    })
}

/// The claims of a clause from its first item to its last, with its pronoun between.
fn told(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    earlier: &Told,
    (start, at, end): (usize, usize, usize),
) -> Vec<Claim> {
    let items = &sentence.items;
    // "…, which now comes under the embassy in A": told apart.
    let relative = |i: &usize| items.get(*i).is_some_and(|x| x.is(Class::Relative));
    let end = (at..end).find(relative).unwrap_or(end);
    let words = items.get(start..end).unwrap_or(&[]);
    let unreal = [Class::Not, Class::Planned, Class::Hypothetical];
    if words.iter().any(|i| unreal.iter().any(|c| i.is(*c))) {
        return Vec::new();
    }
    let block = |c: &Claim| reader.sentence_at(c.statement().start).map(|s| s.block);
    let near = |c: &&Claim| reader.near(index, c, 1) && block(c) == Some(sentence.block);
    let mut before = earlier.last_of(Kind::Mission).take_while(near);
    let Some(model) = before.find(|c| covers(c) && c.holds()) else {
        return Vec::new();
    };
    let body = |slot: Slot| reader.body_in(&model.fact, slot);
    let (Some(sending), Some(receiving)) = (body(Slot::Sending), body(Slot::Receiving)) else {
        return Vec::new();
    };
    // "the embassy in A has been so since 1959": another seat than before.
    let subject = items.get(start..at).unwrap_or(&[]).iter();
    let mut subject = subject
        .filter(|i| i.prep.is_empty())
        .filter_map(Item::mission);
    let other = subject.next();
    let own = other.and_then(|np| Some((np.kind, seat::of_mission(reader, np)?)));
    let same = || {
        let kind = reader.lexicon.mission(&model.fact.text(Slot::Kind))?;
        Some((kind, reader.city_in(&model.fact, Slot::City)?))
    };
    let Some((kind, city)) = own.or_else(same) else {
        return Vec::new();
    };
    let theirs = other.and_then(|np| np.sending).is_none_or(|s| s == sending);
    let mut covered: Vec<usize> = items
        .get(at + 1..end)
        .unwrap_or(&[])
        .iter()
        .filter_map(Item::named_body)
        .collect();
    if covered.is_empty() && own.is_some() {
        covered.push(receiving);
    }
    let there = reader.state_of_city(city);
    covered.retain(|b| *b != sending && Some(*b) != there && !reader.is_organisation(*b));
    let date = (start..end).find(|&i| lasts(items, i));
    let ends = date.is_some_and(|d| until_before(items, d));
    let from = Evidence {
        span: model.statement(),
        role: EvidenceRole::Antecedent,
    };
    covered
        .into_iter()
        .filter(|_| theirs)
        .map(|state| {
            let placed = Placed {
                kind,
                sending,
                receiving: Some(state),
                city: Some(city),
                ..Placed::default()
            };
            let dated = reader.date(sentence, date);
            seat::told(reader, sentence, rule, &placed, dated, ends, Some(from))
        })
        .collect()
}
