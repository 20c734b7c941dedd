//! Treaties: signed, adopted, in force; named with their date; lists and tables of agreements.

mod acting;
mod antecedent;
mod arguments;
mod dated;
mod each;
mod enumerated;
mod gapped;
mod governed;
mod headed;
mod labelled;
mod lead;
mod likely;
mod listed;
mod occasion;
mod parties;
mod row;
mod talked;
pub(super) mod title;
mod unnamed;
mod when;

use super::dates::DateFound;
use super::frame::Frame;
use super::items::{Item, ItemKind, TreatyNp, date_among, own_date};
use super::reader::{Reader, Sentence};
use super::told::Told;
use crate::fact::{Claim, Edtf, Evidence, Fact, Kind, Modality, Slot, Value};
use crate::language::{Class, Head, Lexicon, Rule, TriggerForm};
use arguments::arguments;
pub(super) use dated::{mentioned, others};
pub(super) use labelled::of_ratification;
pub(super) use likely::may_be;
pub(super) use listed::listed;
pub(super) use occasion::shared;
use parties::{Mention, Parties};
pub(super) use row::row;
use talked::{only_initialled, only_talked_of};

/// Where treaties are told of: a sentence, the rule by which it is read, the frame of its trigger where it has one, and what was told before.
#[derive(Clone, Copy)]
pub(super) struct Scene<'s> {
    pub(super) reader: &'s Reader<'s>,
    pub(super) index: usize,
    pub(super) sentence: &'s Sentence<'s>,
    pub(super) rule: &'s Rule,
    pub(super) frame: Option<&'s Frame>,
    pub(super) earlier: &'s Told,
}

/// How many words of a title may stand between its noun phrase and a bracket.
const TAIL: usize = 6;
/// How far behind a title the date of the instrument that it names may stand.
const REACH: usize = 6;

fn np<'i>(item: &'i Item<'_>) -> Option<&'i TreatyNp> {
    if let ItemKind::Treaty(np) = &item.kind {
        Some(np)
    } else {
        None
    }
}

/// Claims of a treaty rule's frame: what the frame tells of each treaty among its arguments.
pub(super) fn claims(scene: &Scene<'_>, frame: &Frame) -> Vec<Claim> {
    let &Scene {
        reader,
        sentence,
        rule,
        ..
    } = scene;
    let items = &sentence.items;
    let slot = rule
        .set
        .get("date")
        .and_then(|s| Slot::parse(s))
        .unwrap_or(Slot::Signed);
    // "Rubricado en 2011, pendiente de firma": initialled, and not more.
    let initialled = |i: usize| items.get(i).is_some_and(|x| x.is(Class::Unfinished));
    let unsigned = |i: &Item<'_>| {
        let none = [Class::Unfinished, Class::Not, Class::Cancelled];
        none.iter().any(|c| i.is(*c)) || i.verb == Some(TriggerForm::Planned)
    };
    let behind = items.get(frame.at + 1..).unwrap_or(&[]);
    // "Rubricado en 2018, se firmó en 2019": it was signed by another verb.
    let signed = |i: &Item<'_>| {
        let told = matches!(i.verb, Some(TriggerForm::Finite | TriggerForm::Participle));
        let signs =
            |r: &Rule| r.fact == "treaty" && r.set.get("date").is_none_or(|d| d == "signed");
        told && !i.is(Class::Unfinished) && i.rules(reader.lexicon).any(signs)
    };
    let more = |i: &Item<'_>| unsigned(i) || signed(i);
    if slot == Slot::Signed && initialled(frame.at) && behind.iter().any(more) {
        return Vec::new();
    }
    // "The conclusion of an agreement was refused."
    let clause = items.get(frame.at + 1..frame.clause.1).unwrap_or(&[]);
    let refused = |i: &Item<'_>| i.is(Class::Unfinished);
    if rule.head == Head::Noun && slot == Slot::Signed && clause.iter().any(refused) {
        return Vec::new();
    }
    // "Firma del convenio, que entra en vigor en 2007": the noun, which the verb's form is too.
    let noun = |i: &Item<'_>| {
        let told = |r: &Rule| r.fact == "treaty" && r.head == Head::Noun;
        i.rules(reader.lexicon).any(told)
    };
    let of = behind.first().is_some_and(|i| i.is(Class::Of));
    if rule.head == Head::Verb && of && items.get(frame.at).is_some_and(noun) {
        return Vec::new();
    }
    let treaties = arguments(items, rule, frame);
    if rule.set.contains_key("dated") && frame.date.is_none()
        || rule.set.contains_key("named") && treaties.is_empty()
    {
        return Vec::new();
    }
    if treaties.is_empty() {
        return antecedent::spoken_of(scene, frame, slot)
            .into_iter()
            .collect();
    }
    let mut claims = Vec::new();
    for &at in &treaties {
        let Some(phrase) = items.get(at).and_then(np) else {
            continue;
        };
        let phrase = &listed::with_key(reader, sentence, (at, phrase));
        let mention = Mention {
            at,
            phrase,
            listed: false,
        };
        let unnamed = !phrase.described && named_otherwise(reader, items, at);
        if unnamed || only_talked_of(items, at) || only_initialled(items, at, frame) {
            continue;
        }
        // "a protocol amending the agreement signed in 1998", in a list of what was signed: said of the agreement.
        let within = phrase.inner && frame.at == at + 1;
        if within && lead::in_list(reader, sentence).is_some_and(|l| l.at.is_some()) {
            continue;
        }
        let attached = dated::attached(items, at).filter(|_| slot == Slot::Signed);
        let whole = frame.date.and_then(|d| of_slot(items, frame, d, slot));
        let date = bracketed_date(items, at).or(attached).or_else(|| {
            if slot == Slot::InForce {
                let found = date_among(items, &treaties, at, whole);
                found.filter(|d| of_slot(items, frame, *d, slot) == Some(*d))
            } else {
                when::signed(items, frame, &treaties, at, whole)
                    .filter(|d| !of_entry(reader.lexicon, items, at, *d))
            }
        });
        if !phrase.described
            && !opens_item(reader, sentence, at)
            && let Some(found) = antecedent::again(scene, frame, mention, (date, slot))
        {
            claims.push(found);
            continue;
        }
        let parties = parties::of_frame(scene, Some(mention));
        // A bare noun that stands for nothing told before says too little, unless the sentence says who and when.
        let keyed = reader.block(sentence).is_some_and(|b| b.key.is_some());
        let day = !keyed && date.is_some_and(|d| dated::exact(items, d));
        if !phrase.described && !parties.named && !day {
            continue;
        }
        let found = claim(scene, phrase, parties, (date, slot), Vec::new());
        let each = found
            .as_ref()
            .map_or_else(Vec::new, |f| with_each(scene, frame, f));
        if !each.is_empty() {
            claims.extend(each);
            continue;
        }
        claims.extend(
            found
                .into_iter()
                .flat_map(|found| enumerated::apart(scene, (at, phrase), found)),
        );
    }
    claims
}

/// "signed a treaty with A on 1 November 1876, with B on 29 November 1879": one with each, where each has a date of its own.
fn with_each(scene: &Scene<'_>, frame: &Frame, found: &Claim) -> Vec<Claim> {
    let items = &scene.sentence.items;
    let partner = |i: &usize| {
        items
            .get(*i)
            .is_some_and(|x| x.has_prep(Class::With) && x.named_body().is_some())
    };
    // "with A in 1991 and, a year later, one with B"
    let led = |i: usize| {
        let before = items.get(i.saturating_sub(4)..i)?;
        let one = before.iter().rev().take(2).any(|x| x.is(Class::MissionOne));
        let date = before.iter().rposition(Item::is_date).filter(|_| one)?;
        Some(i.saturating_sub(4) + date)
    };
    let partners: Vec<(usize, usize)> = (frame.at + 1..items.len())
        .filter(partner)
        .filter_map(|i| Some((items.get(i)?.named_body()?, own_date(items, i).or(led(i))?)))
        .collect();
    let all = (frame.at + 1..items.len()).filter(partner).count();
    if partners.len() < 2 || partners.len() != all {
        return Vec::new();
    }
    let reader = scene.reader;
    let among = |v: &Value| {
        let body = reader.body_of(v);
        body.is_some_and(|b| partners.iter().any(|(other, _)| *other == b))
    };
    let acting: Vec<Value> = found
        .fact
        .all(Slot::Parties)
        .iter()
        .filter(|v| !among(v))
        .cloned()
        .collect();
    let one = |(body, date): &(usize, usize)| {
        let mut one = found.clone();
        one.fact.slots.remove(&Slot::Parties);
        for value in acting.iter().cloned().chain(reader.body_value(*body)) {
            one.fact.add(Slot::Parties, value);
        }
        one.fact.slots.remove(&Slot::Signed);
        reader
            .date(scene.sentence, Some(*date))
            .put(&mut one.fact, Slot::Signed);
        one
    };
    // "It signed a treaty with A in 1991 and, a year later, one with B": with the one that the text is about.
    if acting.is_empty() {
        let with = |pair: &(usize, usize)| {
            let other = parties::completed(scene, vec![pair.0]);
            let own = other.bodies.iter().find(|b| **b != pair.0)?;
            let mut one = one(pair);
            let mut values: Vec<Value> = one.fact.all(Slot::Parties).to_vec();
            values.extend(reader.body_value(*own));
            one.fact.slots.remove(&Slot::Parties);
            values
                .into_iter()
                .for_each(|v| one.fact.add(Slot::Parties, v));
            Some(one)
        };
        return partners.iter().filter_map(with).collect();
    }
    partners.iter().map(one).collect()
}

/// "- Roadmap 2022–2024, signed 12 April 2022": whether a noun opens an item of a list, where it is a title, and stands for nothing before it.
fn opens_item(reader: &Reader<'_>, sentence: &Sentence<'_>, at: usize) -> bool {
    at == 0
        && reader
            .block(sentence)
            .is_some_and(|b| b.kind == crate::document::BlockKind::Item)
}

/// "The Free Trade Area agreement": a bare noun behind a name that is no title's speaks of something that has a name of its own.
fn named_otherwise(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .filter(|i| *i > 0)
        .and_then(|i| items.get(i));
    before.is_some_and(|x| {
        let written = x.span.of(&reader.doc.text);
        if x.named_body().is_some_and(|b| reader.is_organisation(b)) && !x.genitive {
            return true;
        }
        written.starts_with(char::is_uppercase)
            && x.body().is_none()
            && x.city().is_none()
            && (x.kind == ItemKind::Word || x.actor().is_some_and(|a| a.office.is_none()))
            && ![
                Class::Article,
                Class::Possessive,
                Class::Temporal,
                Class::Indefinite,
            ]
            .iter()
            .any(|c| x.is(*c))
    })
}

/// "Signature of the convention, which enters into force on 3 May": whether a date belongs to a relative's entry into force.
fn of_entry(lexicon: &Lexicon, items: &[Item<'_>], at: usize, date: usize) -> bool {
    let clause = items.get(at + 1..date).unwrap_or(&[]);
    let which = clause.iter().position(|i| i.is(Class::Relative));
    let which = which.and_then(|at| clause.get(at + 1..)).unwrap_or(&[]);
    let set = |r: &Rule| r.set.get("date").is_some_and(|d| d == "in_force");
    let enters = |i: &Item<'_>| i.rules(lexicon).any(|r| r.fact == "treaty" && set(r));
    // "which was signed on 3 May and enters into force on 4 May": each verb has its own.
    which.iter().filter(|i| i.is_date()).count() == 0 && which.iter().any(enters)
}

/// The date that a frame gives a slot: not one that a label gives to the entry into force, nor one that belongs to the title.
fn of_slot(items: &[Item<'_>], frame: &Frame, date: usize, slot: Slot) -> Option<usize> {
    let signed = slot == Slot::Signed;
    // "a programme of cooperation for 2020–2022": how long it runs.
    let runs = |d: usize| {
        items.get(d).is_some_and(|i| {
            let years = |found: &DateFound| {
                let date = found.date.filter(|d| d.precision() == 1);
                date.is_some_and(|d| d.interval || d.end.is_some())
            };
            i.has_prep(Class::For) && matches!(&i.kind, ItemKind::Date(found) if years(found))
        })
    };
    let wrong = |d: usize| {
        if runs(d) {
            true
        } else if signed {
            let inner = |t: usize| dated::of_inner(items, t) == Some(d);
            labelled::label(items, d, |i| !i.sign(';')) == Some(Slot::InForce)
                || (0..d).rev().take(REACH).any(inner)
        } else {
            let named = |t: usize| items.get(t).and_then(np).is_some();
            let own = |t: usize| named(t) && dated::attached(items, t) == Some(d);
            // "The convention of 1934 and the treaty of 1936 are in force": the days of their signing.
            (0..items.len()).any(own)
                || labelled::label(items, d, |i| !i.sign(';')) == Some(Slot::Signed)
        }
    };
    if let Some((_, (open, close))) = bracketed(items, frame) {
        let dates = (open + 1..close).filter(|&d| items.get(d).is_some_and(Item::is_date));
        return dates
            .filter(|&d| !wrong(d))
            .min_by_key(|d| d.abs_diff(frame.at));
    }
    // "In force are a convention of 1998 and an agreement that dates from 1949": the date of another.
    let of_other = |d: usize| {
        let between = items.get(frame.at.min(d) + 1..d).unwrap_or(&[]);
        let relative = between.iter().rposition(|x| x.is(Class::Relative));
        let told = |r: usize| {
            between
                .get(..r)
                .is_some_and(|b| b.iter().any(|x| np(x).is_some()))
        };
        !signed && relative.is_some_and(told)
    };
    if !wrong(date) && !of_other(date) {
        return Some(date);
    }
    let other = |d: &usize| items.get(*d).is_some_and(Item::is_date) && !wrong(*d) && !of_other(*d);
    let behind = (frame.at + 1..items.len()).find(other).filter(|_| !signed);
    behind.or_else(|| (0..frame.at).rfind(other))
}

/// "a convention on taxes (signed in 2004)": the treaty right before the bracket in which a trigger stands, and the brackets.
fn bracketed(items: &[Item<'_>], frame: &Frame) -> Option<(usize, (usize, usize))> {
    let open = (0..frame.at)
        .rev()
        .take_while(|&i| items.get(i).is_some_and(|x| !x.sign(')')))
        .find(|&i| items.get(i).is_some_and(|x| x.sign('(')))?;
    // "Acuerdo sobre supresión de visas en pasaportes diplomáticos (firmado en 1999)": words of the title that it was read without.
    let word = |i: &Item<'_>| i.kind == ItemKind::Word && !i.is(Class::And) && !i.is_finite();
    let before = (0..open)
        .rev()
        .take(TAIL)
        .find(|&i| items.get(i).is_none_or(|x| !word(x)))?;
    items.get(before).and_then(np)?;
    let close = (frame.at..items.len()).find(|&i| items.get(i).is_some_and(|x| x.sign(')')))?;
    Some((before, (open, close)))
}

/// A date in brackets (or after a comma) directly behind a title.
fn bracketed_date(items: &[Item<'_>], at: usize) -> Option<usize> {
    let open = items.get(at + 1).is_some_and(|i| i.sign('('));
    // "(1992)", "(Lima, 3 May 1992)"
    let place = |i: usize| {
        items.get(i).is_some_and(|x| {
            x.sign(',')
                || matches!(x.kind, ItemKind::City(_) | ItemKind::Word)
                    && [Class::In, Class::Of].iter().all(|c| !x.is(*c))
        })
    };
    let revised = |i: usize| {
        items
            .get(at + 2..i)
            .is_some_and(|b| b.iter().any(|x| x.is(Class::Revised)))
    };
    (at + 2..at + 6)
        .find(|&i| !place(i))
        .filter(|&i| open && items.get(i).is_some_and(Item::is_date) && !revised(i))
}

/// The claim of a treaty named by `phrase`; none where it has fewer than two parties, or says nothing of a bare noun.
fn claim(
    scene: &Scene<'_>,
    phrase: &TreatyNp,
    parties: Parties,
    (date, slot): (Option<usize>, Slot),
    mut evidence: Vec<Evidence>,
) -> Option<Claim> {
    let &Scene {
        reader,
        sentence,
        rule,
        frame,
        ..
    } = scene;
    let title = phrase.name(&reader.doc.text);
    let ratified = |d: &usize| labelled::of_ratification(reader.lexicon, &sentence.items, *d);
    let date = date.filter(|d| slot == Slot::InForce || !ratified(d));
    let one = matches!(parties.bodies.as_slice(), [a, b] if reader.same_state(*a, *b));
    if !phrase.described && date.is_none() || parties.bodies.len() < 2 || one {
        return None;
    }
    let mut fact = Fact::new(Kind::Treaty);
    fact.set(Slot::Title, Value::Text(title));
    fact.set(
        Slot::Kind,
        Value::Term(reader.lexicon.treaties.get(phrase.kind)?.clone()),
    );
    evidence.extend(parties.evidence);
    let mut dated = reader.date(sentence, date);
    // "During the visit they also signed …": the day or occasion told before.
    // Under a heading that is a year, an occasion of that year told in the same paragraph tells more.
    let finer = |(day, from): &(Edtf, Vec<Evidence>)| {
        let there = from.first().and_then(|e| reader.sentence_at(e.span.start));
        let beside = there.is_some_and(|s| s.block == sentence.block);
        let within = |own: Edtf| beside && own.precision() == 1 && own.year() == day.year();
        dated.date.is_none_or(within)
    };
    if date.is_none()
        && dated.date.is_none_or(|own| own.precision() == 1)
        && slot == Slot::Signed
        && frame.is_some_and(|f| f.modality == Modality::Asserted)
        && !dated::itself(&sentence.items)
        && let Some((day, from)) = occasion::occasion(scene, sentence).filter(finer)
    {
        dated.date = Some(day);
        dated.evidence.extend(from);
    }
    if slot == Slot::Signed && dated.date.is_none() && date.is_none() {
        let told = frame.and_then(|f| when::told_before(&sentence.items, f));
        dated = told.map_or(dated, |at| reader.date(sentence, Some(at)));
    }
    // "During the visit from 3 to 5 May": on one of its days.
    if slot == Slot::Signed && dated.date.is_some_and(|d| d.interval && d.end.is_some()) {
        dated.date = dated.date.and_then(occasion::shared).or(dated.date);
    }
    for body in parties.bodies {
        let then = reader.state_then(&sentence.items, body, dated.date);
        if let Some(value) = reader.body_value(then) {
            fact.add(Slot::Parties, value);
        }
    }
    dated.put(&mut fact, slot);
    let named = antecedent::place(sentence, phrase);
    let own = named.filter(|_| slot == Slot::InForce);
    if let Some(own) = own.and_then(|at| dated::attached(&sentence.items, at)) {
        reader
            .date(sentence, Some(own))
            .put(&mut fact, Slot::Signed);
    }
    let noun = named.filter(|_| slot != Slot::InForce);
    let force = noun.and_then(|at| dated::force_behind(&sentence.items, at));
    let entry = reader.date(sentence, force.filter(|f| Some(*f) != date));
    // "8 February 2007: … takes the place of the treaty of 1949; in force 2 March": no year before that of the signature.
    if force.is_some() && force != date && when::follows(dated.date, entry.date) {
        entry.put(&mut fact, Slot::InForce);
    }
    evidence.extend(dated.evidence.iter().copied());
    Some(reader.claim(fact, rule, sentence, frame, evidence, dated.flags))
}

/// Whether a word says that the instrument beside it is none yet, or never was: "initialled but never signed", "under negotiation".
fn draft(item: &Item<'_>) -> bool {
    [
        Class::Hypothetical,
        Class::Planned,
        Class::Not,
        Class::Cancelled,
        Class::Undone,
        Class::Requested,
        Class::Talks,
        Class::Unfinished,
    ]
    .iter()
    .any(|c| item.is(*c))
}
