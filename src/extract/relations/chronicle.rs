//! Entries of fact sheets and chronicles that tell of relations without a verb.

use super::bare_line;
use super::between::between;
use super::between_others::is_consular;
use super::enumerated::{roll, run};
use super::keyed;
use super::recognition::{is_state, of_something_else};
use crate::document::BlockKind;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Fact, Kind, Slot, Value};
use crate::language::{Class, Rule};
use crate::text::Span;

/// An entry of a fact sheet whose key speaks of relations and whose value is a date: they were established then, between the sides.
pub(in crate::extract) fn entry(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    key: Span,
    rule: &Rule,
) -> Vec<Claim> {
    if let Some(found) = recognised_by(reader, sentence, key, rule) {
        return vec![found];
    }
    let found = keyed::keyed(reader, sentence, key, rule);
    if !found.is_empty() {
        return found;
    }
    first(reader, sentence, key, rule).unwrap_or_default()
}

/// The claims of an entry whose key speaks of relations, or of what was established, and whose value is a date or begins with one.
fn first(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    key: Span,
    rule: &Rule,
) -> Option<Vec<Claim>> {
    let keyed = |class: Class| reader.lexicon.has_class(key.of(&reader.doc.text), class);
    // "Diplomatic relations" / "Established: 3 May 1969": what was is said above.
    let headed = || {
        let above = reader.above(sentence);
        let nearest = above.first().map_or(&[][..], |s| s.items.as_slice());
        nearest.iter().any(|i| i.is(Class::Relations))
    };
    (keyed(Class::Relations) || keyed(Class::KeyEstablished) && headed()).then_some(())?;
    // "Minister of External Relations Ana Soto: 3 May 1992"
    let words = reader.items_of(key);
    if words.iter().any(|i| i.actor().is_some()) {
        return None;
    }
    let index = reader.sentence_index(sentence.span.start)?;
    let headed = reader.headed_by(index);
    let mut named: Vec<usize> = words.iter().filter_map(Item::named_body).collect();
    named.sort_unstable();
    named.dedup();
    let own = |other: usize| {
        let own = reader.home().or_else(|| reader.titled());
        own.filter(|own| !reader.same_state(*own, other))
    };
    // "Relations of Madagascar with East Germany: November 1972": of those whom the key names.
    let sides: [usize; 2] = match (named.as_slice(), reader.home(), headed) {
        (&[one, other], _, _) => [one, other],
        (&[other], _, _) if !reader.is_side(other) => [own(other)?, other],
        ([], Some(home), Some(headed)) => [home, headed],
        ([] | [_], _, _) => reader.sides.as_slice().try_into().ok()?,
        _ => return None,
    };
    let date = sentence
        .items
        .iter()
        .take(3)
        .position(|i| matches!(i.kind, ItemKind::Date(_)))?;
    // "New relations: Chile (1985)": with whom it names.
    let named = |i: &Item<'_>| i.named_body().is_some();
    if sentence.items.get(..date)?.iter().any(named) {
        return None;
    }
    let dated = reader.date(sentence, Some(date));
    if let Some(terms) = keyed::terms(reader, sentence, key, rule, sides, &dated) {
        return Some(terms);
    }
    let mut fact = Fact::new(Kind::Relations);
    fact.set(Slot::Event, Value::Term("established".to_owned()));
    for side in sides {
        fact.add(Slot::Parties, reader.body_value(side)?);
    }
    dated.date?;
    dated.put(&mut fact, Slot::Date);
    let mut evidence = reader.side_evidence();
    evidence.push(Evidence {
        span: key,
        role: EvidenceRole::Heading,
    });
    let claim = reader.claim(fact, rule, sentence, None, evidence, dated.flags);
    Some(vec![claim])
}

/// "Recognition by Peru: 14 July 1975": an entry of a sheet on a state whose key says who recognised it, and whose value is the day.
fn recognised_by(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    key: Span,
    rule: &Rule,
) -> Option<Claim> {
    let words = reader.items_of(key);
    words.iter().find(|i| of_recognition(reader, i))?;
    let mut named = words.iter().filter(|i| i.named_body().is_some());
    let actor = named
        .next()
        .filter(|i| i.has_prep(Class::By))?
        .named_body()?;
    sentence.items.first().filter(|i| i.is_date())?;
    let other = reader
        .titled()
        .or_else(|| reader.home())
        .filter(|t| *t != actor)
        .or_else(|| reader.other_side(actor))?;
    let plain = named.next().is_none() && !words.iter().any(|i| i.is(Class::Not));
    let date = reader.date(sentence, Some(0));
    (plain && date.date.is_some()).then_some(())?;
    let mut fact = Fact::new(Kind::Relations);
    fact.set(Slot::Event, Value::Term("recognised".to_owned()));
    for party in [actor, other] {
        fact.add(Slot::Parties, reader.body_value(party)?);
    }
    fact.set(Slot::Actor, reader.body_value(actor)?);
    date.put(&mut fact, Slot::Date);
    let mut evidence = reader.side_evidence();
    evidence.push(Evidence {
        span: key,
        role: EvidenceRole::Heading,
    });
    Some(reader.claim(fact, rule, sentence, None, evidence, date.flags))
}

/// "12 April 1973: relations with Peru", "4 May 1980 — Full diplomatic relations.": the entry of a chronicle, without a verb.
pub(in crate::extract) fn chronicle(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let keyed = reader.keyed(sentence);
    let whole = keyed.as_ref().map_or(sentence, |(whole, _)| whole);
    let listed = roll(reader, &whole.items);
    let items = &sentence.items;
    if let [(first, _), ..] = listed.as_slice()
        && let Some(common) = reader.partner(index, *first)
    {
        let others = listed.iter().filter(|(body, _)| *body != common);
        return others
            .filter_map(|(body, date)| {
                let dated = reader.date(whole, Some(*date));
                established(reader, sentence, rule, [common, *body], &dated)
            })
            .collect();
    }
    let dated = items
        .iter()
        .position(|i| !matches!(i.kind, ItemKind::Sign(_)));
    let dated = dated.filter(|&i| items.get(i).is_some_and(Item::is_date));
    let date = reader.date(whole, dated);
    let verb = |i: &Item<'_>| i.is_finite() && !of_recognition(reader, i);
    let verbless = items
        .iter()
        .all(|i| !(verb(i) || i.is(Class::Be) || i.is(Class::Have) || i.is(Class::Not)));
    let found = keyed::inline(reader, index, sentence, rule);
    if verbless && !found.is_empty() {
        return found;
    }
    let trailing = || trailing(reader, index, sentence, rule, dated);
    if let Some(found) = verbless.then(trailing).filter(|f| !f.is_empty()) {
        return found;
    }
    if date.date.is_none() || !verbless {
        return Vec::new();
    }
    if let Some(found) = recognised(reader, index, sentence, rule, &date) {
        return vec![found];
    }
    if let Some(found) = bare_line::bare(reader, index, sentence, rule, &date) {
        return vec![found];
    }
    let of_states = |i: &Item<'_>| i.is(Class::Relations) && !is_consular(i);
    let Some(at) = items.iter().position(of_states) else {
        return Vec::new();
    };
    // "24 January 1942: break in communications": a word for relations that is one for their end.
    let ended = |i: &Item<'_>| {
        let mut rules = i.rules(reader.lexicon);
        rules.any(|r| r.set.contains_key("noun"))
    };
    if items.get(at).is_some_and(ended) {
        return Vec::new();
    }
    let before = items.get(dated.map_or(0, |i| i + 1)..at).unwrap_or(&[]);
    // "End of relations", "twenty years of relations", "draft of …": no other word than that they were established.
    let small = |i: &Item<'_>| {
        let classes = [Class::Article, Class::Of, Class::KeyEstablished];
        let mut rules = i.rules(reader.lexicon);
        matches!(i.kind, ItemKind::Sign(_))
            || classes.iter().any(|c| i.is(*c))
            || rules.any(|r| r.set.get("event").is_some_and(|e| e == "established"))
    };
    // What follows is whom they are with, or nothing.
    let follows = items.get(at + 1).is_none_or(|i| {
        i.is(Class::With) || i.is(Class::Between) || [',', '.', ';'].iter().any(|c| i.sign(*c))
    });
    if at > 6 || !before.iter().all(small) || !follows {
        return Vec::new();
    }
    let led: Vec<usize> = (at + 1..items.len())
        .filter(|&i| {
            items
                .get(i)
                .is_some_and(|x| x.has_prep(Class::With) || x.has_prep(Class::Between))
        })
        .collect();
    let bodies = reader.bodies(items, &led);
    // In a sentence of its own the day stands before, and the words must say with whom.
    if dated.is_none() && (bodies.is_empty() || !alone(reader, sentence)) {
        return Vec::new();
    }
    let pairs: Vec<[usize; 2]> = match bodies.as_slice() {
        [] => match reader.pair_at(index).as_slice() {
            [a, b] => vec![[*a, *b]],
            _ => Vec::new(),
        },
        [a, b] if items.iter().any(|i| i.has_prep(Class::Between)) => vec![[*a, *b]],
        many => many
            .iter()
            .filter_map(|&b| Some([reader.partner(index, b)?, b]))
            .collect(),
    };
    pairs
        .into_iter()
        .filter_map(|pair| established(reader, sentence, rule, pair, &date))
        .collect()
}

/// "Relations with Peru, 22 May.", "Relations with Peru (14 March) and Chile (9 May)": relations with states, each with its day behind it, and
/// nothing else.
fn trailing(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    dated: Option<usize>,
) -> Vec<Claim> {
    let items = &sentence.items;
    let block = reader.block(sentence).map(|b| b.kind);
    let running = matches!(
        block,
        Some(BlockKind::Paragraph | BlockKind::Item | BlockKind::Entry)
    );
    let from = dated.map_or(0, |i| i + 1);
    let small = |i: &&Item<'_>| i.is(Class::Article) || matches!(i.kind, ItemKind::Sign(_));
    let first = items.iter().enumerate().skip(from).find(|(_, i)| !small(i));
    let of_states = |i: &Item<'_>| i.is(Class::Relations) && !is_consular(i);
    let Some((at, _)) = first.filter(|(_, i)| running && of_states(i)) else {
        return Vec::new();
    };
    let rest = items.get(at + 1..).unwrap_or(&[]);
    let led = |i: &Item<'_>| {
        let joints = [
            Class::And,
            Class::Article,
            Class::With,
            Class::In,
            Class::About,
        ];
        i.is_date()
            || matches!(i.kind, ItemKind::Sign(_))
            || i.named_body().is_some_and(|b| !reader.is_organisation(b))
            || i.kind == ItemKind::Word && joints.iter().any(|c| i.is(*c))
    };
    let with = rest.first().is_some_and(|i| i.is(Class::With));
    if !with || !rest.iter().all(led) {
        return Vec::new();
    }
    let listed = run(reader, items, (at + 1, items.len()));
    let mut days = (at + 1..items.len()).filter(|&i| items.get(i).is_some_and(Item::is_date));
    let only = days.next().filter(|_| days.next().is_none());
    let mut found = Vec::new();
    for (body, date) in listed {
        let Some(date) = date.or(only) else {
            return Vec::new();
        };
        let date = reader.date(sentence, Some(date));
        let day = date.day().is_some_and(|d| d.day.is_some());
        // A year alone says little: "Relations with Peru, 1962" may head what follows.
        if !day && dated.is_none() {
            return Vec::new();
        }
        let pair = reader.partner(index, body).map(|own| [own, body]);
        found.extend(pair.and_then(|pair| established(reader, sentence, rule, pair, &date)));
    }
    found
}

/// "3 May 1951." / "Diplomatic relations with Peru.": whether the sentence before, in the same line, is nothing but a day, or an entry's key is.
fn alone(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let block = reader.block(sentence);
    let second = block.is_some_and(|b| b.sentences.get(1) == Some(&sentence.span));
    let dated = |i: &Item<'_>| i.is_date() || matches!(i.kind, ItemKind::Sign(_));
    let first = || reader.sentences_of(sentence.block).first();
    second && first().is_some_and(|s| s.items.iter().all(dated))
        || block.is_some_and(|b| b.key.is_some())
}

fn of_recognition(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let mut rules = item.rules(reader.lexicon);
    rules.any(|r| r.set.get("event").is_some_and(|e| e == "recognised"))
}

/// "Recognised by Peru", "Peru: recognition", "Mali recognised by Peru": a line of a chronicle that tells who recognised whom without a verb.
fn recognised(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    date: &Dated,
) -> Option<Claim> {
    let items = &sentence.items;
    let at = items.iter().position(|i| of_recognition(reader, i))?;
    let bodies: Vec<usize> = (0..items.len())
        .filter(|&i| items.get(i).is_some_and(|x| x.named_body().is_some()))
        .collect();
    let body = |i: usize| items.get(i)?.named_body();
    let by = bodies
        .iter()
        .copied()
        .find(|&i| i > at && items.get(i).is_some_and(|x| x.has_prep(Class::By)));
    let colon = items.get(at.checked_sub(1)?).is_some_and(|x| x.sign(':'));
    let led = || bodies.iter().copied().find(|&i| i + 2 == at && colon);
    let from = by.or_else(led)?;
    let actor = body(from)?;
    // "Recognition of war debts", "recognised by Peru as a free zone": of something else than a state.
    let ends = from.max(at);
    let more = items.get(ends + 1..).unwrap_or(&[]);
    let genitive = items.get(from).is_some_and(|x| x.genitive);
    let own = |i: &Item<'_>| matches!(i.kind, ItemKind::Sign(_)) || i.is_date();
    let state = |i: &Item<'_>| own(i) || i.is(Class::Article) || is_state(i);
    let before = items.get(..at).unwrap_or(&[]);
    let else_told = of_something_else(items, at, items.len(), true);
    if genitive || else_told || !more.iter().all(own) || !before.iter().all(state) {
        return None;
    }
    let others: Vec<usize> = bodies
        .into_iter()
        .filter_map(body)
        .filter(|b| *b != actor)
        .collect();
    let other = match others.as_slice() {
        [] => reader
            .home()
            .filter(|h| *h != actor)
            .or_else(|| reader.partner(index, actor))?,
        [one] => *one,
        _ => return None,
    };
    let mut fact = between(reader, items, "recognised", [actor, other], date)?;
    fact.set(Slot::Actor, reader.body_value(actor)?);
    let mut evidence = reader.side_evidence();
    evidence.extend(date.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, None, evidence, date.flags.clone()))
}

/// The claim that relations of two were established then.
fn established(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    pair: [usize; 2],
    date: &Dated,
) -> Option<Claim> {
    let fact = between(reader, &sentence.items, "established", pair, date)?;
    let mut evidence = reader.side_evidence();
    evidence.extend(date.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, None, evidence, date.flags.clone()))
}
