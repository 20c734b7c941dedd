//! "Its recognition of Palestine, granted on 3 May 2011", "the recognition of Kosovo that it had granted in 2008": recognition of which a sentence
//! says when it was given → claims.

use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many items behind the noun who is recognised may stand.
const NEAR: usize = 5;

/// How many items behind who is recognised the verb of giving may stand, and behind that its date.
const GIVEN: [usize; 2] = [8, 4];

/// Claims of the recognitions that a sentence names with the day on which they were given.
pub(in crate::extract) fn conferred(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let noun = |at: &usize| {
        let item = items.get(*at);
        item.is_some_and(|i| i.rules(reader.lexicon).any(|r| r.id == rule.id))
    };
    let found = (0..items.len())
        .filter(noun)
        .filter_map(|at| given(reader, index, items, at));
    let claims = found.filter_map(|(parties, date)| {
        let dated = reader.date(sentence, Some(date));
        dated.date?;
        let mut fact = Fact::new(Kind::Relations);
        fact.set(Slot::Event, Value::Term("recognised".to_owned()));
        for party in parties {
            fact.add(Slot::Parties, reader.body_value(party)?);
        }
        fact.set(Slot::Actor, reader.body_value(parties[0])?);
        dated.put(&mut fact, Slot::Date);
        let known = |c: &Claim| c.fact.get(Slot::Date) == fact.get(Slot::Date);
        let said = told.here(Kind::Relations, sentence.span).any(known);
        let (evidence, flags) = (dated.evidence, dated.flags);
        (!said).then(|| reader.claim(fact, rule, sentence, None, evidence, flags))
    });
    claims.collect()
}

/// Who recognised whom, and the item of the date, by the words behind a noun of recognition.
fn given(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item<'_>],
    noun: usize,
) -> Option<([usize; 2], usize)> {
    let state = |i: &Item<'_>| {
        let body = i.named_body();
        body.filter(|b| !reader.is_organisation(*b))
    };
    let party = (noun + 1..noun + NEAR).find(|&i| items.get(i).is_some_and(Item::is_np))?;
    let item = items.get(party)?;
    let of = item.has_prep(Class::Of) || item.has_prep(Class::To);
    let other = item.named_body().filter(|_| of)?;
    let [reach, near] = GIVEN;
    let verb = (party + 1..party + 1 + reach).find(|&i| {
        let item = items.get(i);
        item.is_some_and(|x| x.is(Class::Granted))
    })?;
    let between = items.get(party + 1..verb)?;
    // "granted" right behind a comma, or behind a relative: nothing else tells of it.
    let led = between.iter().any(|i| i.sign(',') || i.is(Class::Relative));
    let small = |i: &Item<'_>| {
        let word = matches!(i.kind, ItemKind::Word) && !i.is_finite() || i.sign(',');
        let he = i.actor().is_some_and(|a| a.stand.is_some());
        word || he || i.is(Class::Have) || i.is(Class::Be) || state(i).is_some()
    };
    let date = (verb + 1..verb + 1 + near).find(|&i| items.get(i).is_some_and(Item::is_date))?;
    let to_date = items.get(verb + 1..date)?;
    let plain = between.iter().chain(to_date).all(small);
    let unreal = [
        Class::Not,
        Class::Planned,
        Class::Hypothetical,
        Class::Future,
        Class::Cancelled,
    ];
    let said = items.get(party..=date)?;
    let real = !said.iter().any(|i| unreal.iter().any(|c| i.is(*c)));
    (led && plain && real).then_some(())?;
    let free = |i: &&Item<'_>| i.prep.is_empty() && !i.genitive;
    let giver = between.iter().filter(free).find_map(state);
    let by = || {
        let behind = items.get(verb + 1..items.len().min(date + near))?;
        behind
            .iter()
            .filter(|i| i.has_prep(Class::By))
            .find_map(state)
    };
    // "Peru withdrew its recognition of": whose it is, or who acts.
    let before = || {
        let before = items.get(..noun)?.iter().rev();
        before.filter(|i| i.prep.is_empty()).find_map(state)
    };
    // "Its recognition of": of the state that the sentence before is about.
    let spoken = || {
        let last = reader.sentences.get(index.checked_sub(1)?)?;
        let here = reader.sentences.get(index)?;
        let its = items.get(noun.checked_sub(1)?)?.is(Class::Possessive);
        let mut named = last.items.iter().filter(free);
        named
            .find_map(state)
            .filter(|_| its && last.block == here.block)
    };
    let unsaid = || {
        let partner = reader.partner(index, other);
        partner.or_else(|| reader.home())
    };
    let giver = giver.or_else(by).or_else(before);
    let giver = giver.or_else(spoken).or_else(unsaid)?;
    (giver != other).then_some(([giver, other], date))
}
