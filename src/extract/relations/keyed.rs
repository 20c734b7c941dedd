//! "Severed: 3 May 1986", "Recognition: 7 February 1974": an entry of a sheet whose key names an event of relations and whose value is its date → the event.

use super::between::between;
use super::between_others::is_consular;
use super::enumerated::is_unsaid;
use crate::document::BlockKind;
use crate::extract::dates::Bound;
use crate::extract::items::{Item, ItemKind};
use crate::extract::reader::{Dated, Reader, Sentence};
use crate::fact::{Claim, Edtf, Evidence, EvidenceRole, Slot};
use crate::language::{Class, Rule};
use crate::text::Span;

/// How many items a key within a sentence has at most, its colon with them.
const KEY: usize = 7;

/// How many entries back one tells of relations, whose events those behind it date.
const ENTRIES: usize = 5;

/// The claims of an entry whose key names an event of relations; none where another reading has them.
pub(super) fn keyed(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    key: Span,
    rule: &Rule,
) -> Vec<Claim> {
    let Some(index) = reader.sentence_index(sentence.span.start) else {
        return Vec::new();
    };
    let words = reader.items_of(key);
    let Some(events) = events(reader, sentence, &words) else {
        return Vec::new();
    };
    let items = &sentence.items;
    let date = items.iter().take(3).position(Item::is_date);
    let named = |i: &Item<'_>| i.named_body().is_some();
    let Some(date) = date.filter(|&at| !items.iter().take(at).any(named)) else {
        return Vec::new();
    };
    let value = items.get(date..).unwrap_or(&[]);
    dated_events(
        reader,
        sentence,
        rule,
        key,
        (index, date),
        (&words, value, &events),
    )
}

/// "Recognition: 7 February 1974.", "Relations: 21 March 1979.": a sentence that is such a key and its date, and nothing else.
pub(super) fn inline(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let colon = items.iter().take(KEY).position(|i| i.sign(':'));
    let Some((ends, from)) = colon
        .map(|at| (at, at + 1))
        .or_else(|| dotted(reader, sentence))
    else {
        return Vec::new();
    };
    let words = items.get(..ends).unwrap_or(&[]);
    let value = items.get(from..).unwrap_or(&[]);
    // "Relations since ..... 3 May 1990 (independence)"
    let bracket = value.iter().position(|i| i.sign('('));
    let told = bracket.filter(|_| colon.is_none()).unwrap_or(value.len());
    let value = value.get(..told).unwrap_or(&[]);
    let dates = value.iter().filter(|i| i.is_date()).count();
    let small = [Class::Article, Class::In, Class::Of];
    let sign = |i: &Item<'_>| matches!(i.kind, ItemKind::Sign(c) if c != '(');
    let plain = |i: &Item<'_>| i.is_date() || sign(i) || small.iter().any(|c| i.is(*c));
    let named = |i: &Item<'_>| i.named_body().is_some() && !i.has_prep(Class::By);
    let date = (from..items.len()).find(|&i| items.get(i).is_some_and(Item::is_date));
    let Some(date) = date.filter(|_| dates == 1 && value.iter().all(plain)) else {
        return Vec::new();
    };
    if words.is_empty() || words.iter().any(|i| named(i) || i.is_date()) {
        return Vec::new();
    }
    let bare = || {
        let relations = |i: &Item<'_>| i.is(Class::Relations) && !is_consular(i);
        let only =
            |i: &Item<'_>| relations(i) || i.is(Class::Since) || small.iter().any(|c| i.is(*c));
        let told = words.iter().any(relations) && words.iter().all(only);
        told.then(|| vec!["established".to_owned()])
    };
    let Some(events) = events(reader, sentence, words).or_else(bare) else {
        return Vec::new();
    };
    let key = match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => return Vec::new(),
    };
    dated_events(
        reader,
        sentence,
        rule,
        key,
        (index, date),
        (words, value, &events),
    )
}

/// "Recognised in 2008; diplomatic relations since 2013": a part of a sentence under the name of a state, or in a text on two, that is nothing but
/// relations and the date since which they are.
pub(in crate::extract) fn since(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Option<Claim> {
    let items = &sentence.items;
    let bounded = |i: &Item<'_>| matches!(&i.kind, ItemKind::Date(d) if d.bound == Bound::Since);
    let ends = |at: usize| {
        items
            .get(at)
            .is_none_or(|i| matches!(i.kind, ItemKind::Sign(_)))
    };
    let at = (0..items.len()).find(|&at| {
        let relations = items
            .get(at)
            .filter(|i| i.is(Class::Relations) && i.prep.is_empty());
        let opens = at.checked_sub(1).is_none_or(ends);
        let dated = items.get(at + 1).is_some_and(bounded) && ends(at + 2);
        relations.is_some_and(|i| !is_consular(i)) && opens && dated
    })?;
    let parties = match (reader.home(), reader.headed_by(index)) {
        (Some(home), Some(headed)) => [home, headed],
        _ if reader.paired => reader.sides.as_slice().try_into().ok()?,
        _ => return None,
    };
    let dated = reader.date(sentence, Some(at + 1));
    let key = items.get(at)?.span;
    dated.date?;
    told(
        reader,
        sentence,
        rule,
        key,
        ("established", parties, None),
        &dated,
    )
}

/// "Relations ......... 3 May 1990": how many items stand before a row of dots, and where those behind it begin.
fn dotted(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    let text = sentence.span.of(&reader.doc.text);
    let dots = text.find("....")?;
    let rest = text.get(dots..)?;
    let first = sentence.span.start + dots;
    let last = first + rest.len() - rest.trim_start_matches(['.', ' ']).len();
    let items = &sentence.items;
    let ends = items.iter().take_while(|i| i.span.end <= first).count();
    let from = items.iter().take_while(|i| i.span.start < last).count();
    (ends > 0 && ends <= KEY).then_some((ends, from))
}

/// Events of a key at the date of an item, with the words of the key and of its value.
fn dated_events(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    key: Span,
    (index, date): (usize, usize),
    (words, value, events): (&[Item<'_>], &[Item<'_>], &[String]),
) -> Vec<Claim> {
    let dated = reader.date(sentence, Some(date));
    let pair = pair(reader, index);
    let (Some([a, b]), Some(_)) = (pair, dated.date) else {
        return Vec::new();
    };
    // "Severed by Peru"
    let by = |i: &&Item<'_>| i.has_prep(Class::By);
    let who = words
        .iter()
        .chain(value)
        .filter(by)
        .find_map(Item::named_body);
    let tell = |event: &str, dated: &Dated| {
        let recognised = event == "recognised";
        let actor = who.or_else(|| reader.home().filter(|_| recognised));
        let actor = actor.filter(|_| event != "established");
        let other = |actor| if actor == a { b } else { a };
        let parties = match actor {
            Some(actor) if recognised => [actor, other(actor)],
            Some(_) | None => [a, b],
        };
        told(reader, sentence, rule, key, (event, parties, actor), dated)
    };
    events
        .iter()
        .filter_map(|event| tell(event, &dated))
        .collect()
}

/// The events that a key names where it speaks of relations, or stands under or behind what does.
fn events(reader: &Reader<'_>, sentence: &Sentence<'_>, words: &[Item<'_>]) -> Option<Vec<String>> {
    let somebody = |i: &Item<'_>| i.actor().is_some() || matches!(i.kind, ItemKind::Treaty(_));
    let other =
        |i: &Item<'_>| is_unsaid(i) || somebody(i) || i.is(Class::Relations) && is_consular(i);
    if words.iter().any(other) {
        return None;
    }
    let mut events: Vec<String> = words
        .iter()
        .flat_map(|i| i.rules(reader.lexicon))
        .filter(|r| r.fact == "relations")
        .filter_map(|r| r.set.get("event").cloned())
        .collect();
    events.sort();
    events.dedup();
    let relations = words.iter().any(|i| speaks(reader, i));
    // "Recognition and relations"
    if relations && events.as_slice() == ["recognised"] && words.iter().any(|i| i.is(Class::And)) {
        events.push("established".to_owned());
    } else {
        let raised = ["upgraded", "downgraded"]
            .iter()
            .any(|e| events.first().is_some_and(|x| x == e));
        let mission = words.iter().any(|i| i.mission().is_some());
        let one = events.len() == 1 && (raised || !mission);
        // That they were established is another entry's.
        if !one || events.first().is_some_and(|e| e == "established") {
            return None;
        }
    }
    let alone = events.first().is_some_and(|e| e == "recognised") && words.len() < 4;
    (relations || alone || under(reader, sentence)).then_some(events)
}

/// Whether an item is, or has in it, a word for relations.
fn speaks(reader: &Reader<'_>, item: &Item<'_>) -> bool {
    let mut words = item.folded.split(' ');
    item.is(Class::Relations) || words.any(|w| reader.lexicon.has_class(w, Class::Relations))
}

/// Whether the line above an entry, or an entry right before it, is of relations.
fn under(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let above = reader.above(sentence);
    let nearest = above.first().map_or(&[][..], |s| s.items.as_slice());
    if nearest.iter().any(|i| i.is(Class::Relations)) {
        return true;
    }
    let before = (sentence.block.saturating_sub(ENTRIES)..sentence.block).rev();
    let mut before = before.map_while(|at| {
        let block = reader.doc.blocks.get(at)?;
        block.key.filter(|_| block.kind == BlockKind::Entry)
    });
    before.any(|key| reader.items_of(key).iter().any(|i| speaks(reader, i)))
}

/// The two whose relations an entry is of: the sides of the text, or its own state and the one of the section.
pub(super) fn pair(reader: &Reader<'_>, index: usize) -> Option<[usize; 2]> {
    if let Some(home) = reader.home() {
        return Some([home, reader.headed_by(index).or_else(|| reader.titled())?])
            .filter(|[a, b]| !reader.same_state(*a, *b));
    }
    reader.sides.as_slice().try_into().ok()
}

/// "Diplomatic relations: 1952–1960, again since 1970": the claims of an entry of relations that gives their terms.
pub(super) fn terms(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    key: Span,
    rule: &Rule,
    parties: [usize; 2],
    dated: &Dated,
) -> Option<Vec<Claim>> {
    let Edtf {
        start: Some(first),
        end: Some(last),
        interval: true,
        ..
    } = dated.date?
    else {
        return None;
    };
    let on = |day| Dated {
        date: Some(Edtf::on(day)),
        ..dated.clone()
    };
    let tell = |event: &str, dated: &Dated| {
        told(reader, sentence, rule, key, (event, parties, None), dated)
    };
    (first.year < last.year).then_some(())?;
    let mut claims = Vec::new();
    claims.extend(tell("established", &on(first)));
    claims.extend(tell("severed", &on(last)));
    let again = (1..sentence.items.len()).find_map(|at| {
        let found = reader.date(sentence, Some(at));
        (sentence.items.get(at)?.is_date() && found.bound == Bound::Since).then_some(found)
    });
    claims.extend(again.and_then(|dated| tell("resumed", &dated)));
    Some(claims)
}

fn told(
    reader: &Reader<'_>,
    sentence: &Sentence<'_>,
    rule: &Rule,
    key: Span,
    (event, parties, actor): (&str, [usize; 2], Option<usize>),
    dated: &Dated,
) -> Option<Claim> {
    let mut fact = between(reader, &sentence.items, event, parties, dated)?;
    if let Some(actor) = actor {
        fact.set(Slot::Actor, reader.body_value(actor)?);
    }
    let mut evidence = reader.side_evidence();
    evidence.push(Evidence {
        span: key,
        role: EvidenceRole::Heading,
    });
    Some(reader.claim(fact, rule, sentence, None, evidence, dated.flags.clone()))
}
