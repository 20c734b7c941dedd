//! Who came along on a visit told before.

use super::context::lead_above;
use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// Within how many items of a line somebody is named.
const NAMED: usize = 5;

/// How many sentences back a visit may be told whose companions are named.
const REACH: usize = 4;

/// Whether a rule tells who came along on a visit told elsewhere.
pub(in crate::extract) fn of_companions(rule: &Rule) -> bool {
    rule.args.values().any(|v| v == "companion")
}

/// The visit of the same sentence on which somebody came along: the nearest told behind the words for company, where these follow the one
/// who is accompanied or open the sentence, else the nearest before them.
fn same_sentence<'t>(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    earlier: &'t Told,
) -> Option<&'t Claim> {
    let at = sentence.items.get(frame.at)?.span.start;
    let here = |c: &&Claim| reader.sentence_index(c.statement().start) == Some(index);
    let start = |c: &Claim| c.trigger.map(|t| t.start);
    let told: Vec<&Claim> = earlier
        .last_of(Kind::Visit)
        .take_while(here)
        .filter(|c| c.fact.has(Slot::Start) && !c.rule.ends_with("visit.accompanied"))
        .collect();
    let before = told
        .iter()
        .filter(|c| start(c).is_some_and(|s| s < at))
        .max_by_key(|c| start(c));
    let after = told
        .iter()
        .filter(|c| start(c).is_some_and(|s| s > at))
        .min_by_key(|c| start(c));
    before.or(after).copied()
}

/// "X was accompanied by Y", "a X lo acompañaba Y" in a sentence that tells no visit: the last visit of X in the section, if there is one;
/// `None` where nobody is named before the words for company.
fn accompanied<'t>(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &'t Told,
) -> Option<Option<&'t Claim>> {
    if same_sentence(reader, index, sentence, frame, earlier).is_some() {
        return None;
    }
    let along = frame.role(&sentence.items, rule, "companion");
    let before = sentence.items.get(..frame.at)?.iter().enumerate();
    let (_, item) = before
        .filter(|(at, _)| !along.contains(at))
        .find(|(_, i)| {
            i.actor().is_some_and(|a| a.name.is_some())
                && (i.prep.is_empty() || i.has_prep(Class::To))
        })?;
    let who = reader.who(index, item).into_iter().next()?;
    let known = reader.people.known.get(who.person?)?;
    let told = earlier
        .last_about(Kind::Visit, &known.name)
        .take_while(|c| reader.near(index, c, 2 * REACH))
        .find(|c| c.fact.has(Slot::Start) && c.holds());
    Some(told)
}

/// "President A, accompanied by B, received C": whether the one right before the words for company is none of those who visit.
fn of_another(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    earlier: &Told,
) -> bool {
    let before = sentence.items.get(..frame.at).unwrap_or(&[]);
    let mut behind = sentence.items.iter().skip(frame.at + 1).take(NAMED);
    let led = |i: &Item| {
        let by = [Class::By, Class::Of, Class::With];
        by.iter().any(|c| i.is(*c) || i.has_prep(*c))
    };
    let Some(item) = before.iter().rev().find(|i| !i.sign(',')) else {
        return false;
    };
    if !behind.any(led) {
        return false;
    }
    let whos = reader.who(index, item);
    let named = whos.iter().filter_map(|w| reader.person_value(w.person?));
    let visits = |person: &Value| {
        let told = earlier.last_of(Kind::Visit);
        let mut here =
            told.take_while(|c| reader.sentence_index(c.statement().start) == Some(index));
        here.any(|c| c.fact.get(Slot::Visitor) == Some(person))
    };
    let mut named = named.peekable();
    named.peek().is_some() && !named.any(|person| visits(&person))
}

/// Whether a visit is told by a verb of what was before.
fn pluperfect(reader: &Reader<'_>, claim: &Claim) -> bool {
    let sentence = reader.sentence_at(claim.statement().start);
    sentence.is_some_and(|s| {
        let at = claim
            .trigger
            .and_then(|t| s.items.iter().position(|i| i.span.overlaps(t)));
        let near = at.and_then(|at| s.items.get(at.saturating_sub(NAMED)..=at));
        near.unwrap_or(&[]).iter().any(|i| i.is(Class::Pluperfect))
    })
}

/// "On his visit X met Y. With him was …": the visit of whom the sentence before speaks, where the one told last is another's and told
/// before that sentence.
fn spoken<'t>(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    frame: &Frame,
    earlier: &'t Told,
    last: &'t Claim,
) -> &'t Claim {
    let verb = sentence.items.get(frame.at).map(|i| i.span);
    let person = verb.and_then(|v| reader.last_person(index, v));
    let known = person.and_then(|(p, _)| reader.people.known.get(p));
    let Some(known) = known.filter(|_| !reader.near(index, last, 1)) else {
        return last;
    };
    let told = earlier.last_about(Kind::Visit, &known.name);
    let mut told = told.take_while(|c| reader.near(index, c, 2 * REACH));
    let own = told.find(|c| c.fact.has(Slot::Start) && c.holds());
    own.unwrap_or(last)
}

/// "He was accompanied by X, minister of …": named companions with an office make the visit that was told before.
pub(super) fn companions(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> Vec<Claim> {
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    let before = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, REACH))
        .find(|c| {
            let told = reader.sentence_index(c.statement().start);
            c.fact.has(Slot::Start)
                && (reader.near(index, c, 2)
                    || told.is_some_and(|told| block(told) == block(index)))
        });
    // "He came from Lima, where he had been in May. In his suite were …": of the visit that is spoken of, and none before it.
    let main = earlier
        .last_of(Kind::Visit)
        .take_while(|c| reader.near(index, c, REACH))
        .find(|c| c.fact.has(Slot::Start) && c.holds() && !pluperfect(reader, c))
        .filter(|c| before.is_some_and(|b| b.fact.get(Slot::Visitor) == c.fact.get(Slot::Visitor)));
    let before = before.map(|b| main.filter(|_| pluperfect(reader, b)).unwrap_or(b));
    let before = before.map(|b| spoken(reader, index, sentence, frame, earlier, b));
    let last = match accompanied(reader, index, sentence, rule, frame, earlier) {
        Some(of) => of,
        None => same_sentence(reader, index, sentence, frame, earlier).or(before),
    };
    let Some(last) = last else { return Vec::new() };
    // A date before the words for company tells of something else than the visit of the sentence before.
    let here = reader.sentence_index(last.statement().start) == Some(index);
    let before = sentence.items.get(..frame.at).unwrap_or(&[]);
    let year = last.fact.date(Slot::Start).and_then(|d| d.year());
    let other = |i: &Item| matches!(&i.kind, ItemKind::Date(d) if d.date.and_then(|d| d.year()).is_some_and(|y| Some(y) != year));
    if !here
        && (before.iter().any(|i| matches!(i.kind, ItemKind::Date(_)))
            || sentence.items.iter().any(other))
    {
        return Vec::new();
    }
    if here && of_another(reader, index, sentence, frame, earlier) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    let mut named = frame.role(&sentence.items, rule, "companion");
    // "signed, together with his colleague X, a treaty": who acts for the other side came with nobody.
    let colleague = |i: &Item<'_>| {
        i.is(Class::Counterpart)
            || i.actor()
                .is_some_and(|a| a.stand == Some(Stand::Counterpart))
    };
    let behind = sentence.items.get(frame.at + 1..).unwrap_or(&[]);
    if behind.iter().take(NAMED).any(colleague) {
        return Vec::new();
    }
    if named.is_empty() {
        named = with_before(&sentence.items, frame.at);
    }
    let next = more(&sentence.items, frame.clause.1, &named);
    named.extend(next);
    for i in named {
        let Some(item) = sentence.items.get(i) else {
            continue;
        };
        for who in reader.who(index, item) {
            let Some(person) = who.person.and_then(|p| reader.person_value(p)) else {
                continue;
            };
            // A spouse comes along without an office of the state.
            let spouse = ["Queen", "Empress", "Princess", "Prince Consort"];
            // "the director general for Asia, Ambassador X": the title of one who comes in another office.
            let role = who.role.clone().filter(|r| !is_head_of_mission(r));
            let role = role.or_else(|| beside(reader, &sentence.items, i));
            let Some(role) = role.filter(|r| !spouse.contains(&r.as_str())) else {
                continue;
            };
            // "Invited by X, president of Mali, Y came with a delegation": who is of the state visited is at home there.
            let of = |slot: Slot| reader.body_in(&last.fact, slot);
            let host = who.of.is_some() && who.of == of(Slot::To) && who.of != of(Slot::From);
            if host || last.fact.get(Slot::Visitor) == Some(&person) {
                continue;
            }
            for last in tour(reader, last, earlier) {
                let evidence = who.evidence.clone();
                let visit = (last, &person, role.as_str(), who.of);
                claims.push(along(reader, sentence, rule, Some(frame), visit, evidence));
            }
        }
    }
    claims
}

/// "with Minister X in his party": those led by "with" right before the words for company.
fn with_before(items: &[Item], at: usize) -> Vec<usize> {
    let before = items.get(..at).unwrap_or(&[]);
    let last = before.iter().rposition(|i| !i.sign(','));
    let Some(last) = last.and_then(|i| items.get(i)) else {
        return Vec::new();
    };
    let with = |i: &Item| i.list == last.list && i.actor().is_some() && i.has_prep(Class::With);
    let list = (0..at).filter(|&i| items.get(i).is_some_and(with));
    list.collect()
}

/// The office that is none of a head of mission in which an item's person is said to be right before the name or right behind it.
fn beside(reader: &Reader<'_>, items: &[Item], at: usize) -> Option<String> {
    let comma = |i: Option<usize>| i.and_then(|i| items.get(i)).is_some_and(|x| x.sign(','));
    let office = |i: Option<usize>| {
        let actor = items.get(i?)?.actor().filter(|a| a.name.is_none())?;
        let role = reader.role_name(actor.office.as_ref()?.role);
        (!is_head_of_mission(&role)).then_some(role)
    };
    let before = office(at.checked_sub(2)).filter(|_| comma(at.checked_sub(1)));
    before.or_else(|| office(Some(at + 2)).filter(|_| comma(Some(at + 1))))
}

/// "the ministers of trade, A; of agriculture, B, and of tourism, C": those whom a list goes on with behind a semicolon.
fn more(items: &[Item], end: usize, named: &[usize]) -> Vec<usize> {
    let holder = |i: &Item| {
        let actor = i.actor();
        actor.is_some_and(|a| a.name.is_some() && a.office.is_some())
    };
    let listed = named.last().and_then(|&i| items.get(i)).is_some_and(holder);
    let semicolon = items.get(end).is_some_and(|i| i.sign(';'));
    if !(listed && semicolon) {
        return Vec::new();
    }
    let behind = items.iter().enumerate().skip(end);
    let joint = |i: &Item| i.sign(';') || i.sign(',') || i.is(Class::And) || i.is(Class::Article);
    behind
        .take_while(|(_, i)| joint(i) || holder(i))
        .filter(|(_, i)| holder(i))
        .map(|(at, _)| at)
        .collect()
}

/// The visit `last` made by somebody who came along, in an office (of a state, where it is told).
fn along(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: Option<&Frame>,
    (last, person, role, of): (&Claim, &Value, &str, Option<usize>),
    mut evidence: Vec<Evidence>,
) -> Claim {
    let from = reader.body_in(&last.fact, Slot::From);
    let mut fact = last.fact.clone();
    fact.set(Slot::Visitor, person.clone());
    fact.set(Slot::Role, reader.office_value(role, of.or(from)));
    evidence.extend(last.evidence.first().map(|e| Evidence {
        role: EvidenceRole::Antecedent,
        ..*e
    }));
    let mut claim = reader.claim(fact, rule, sentence, frame, evidence, Vec::new());
    if last.modality != crate::fact::Modality::Asserted {
        claim.modality = last.modality;
    }
    if last.polarity != crate::fact::Polarity::Affirmed {
        claim.polarity = last.polarity;
    }
    claim
}

/// "The President was accompanied by:" with a line for each who came along: "Mr X, Minister of Energy".
pub(super) fn listed_companions(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    earlier: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    // A line that tells something by a verb is no name of a list.
    let tells = |at: usize| {
        let item = items.get(at);
        // "Minister of Trade"
        let of = at.checked_sub(1).and_then(|i| items.get(i));
        let noun = of.is_some_and(|i| i.is(Class::Of));
        item.is_some_and(|i| i.is_date() || i.is_finite() && !noun)
    };
    let named = |i: &Item| i.prep.is_empty() && i.actor().is_some_and(|a| a.name.is_some());
    let first = items.iter().take(NAMED).position(named);
    let Some(first) = first.filter(|_| !(0..items.len()).any(tells)) else {
        return Vec::new();
    };
    let company = |i: &Item| i.is(Class::Delegation) || i.rules(reader.lexicon).any(of_companions);
    let lead = lead_above(reader, sentence).filter(|(_, lead)| lead.items.iter().any(company));
    let (Some(rule), Some((at, lead))) = (reader.lexicon.rule("visit.accompanied"), lead) else {
        return Vec::new();
    };
    let who = items
        .get(first)
        .and_then(|i| reader.who(index, i).into_iter().next());
    let Some((who, person)) = who.and_then(|w| {
        let person = reader.person_value(w.person?)?;
        Some((w, person))
    }) else {
        return Vec::new();
    };
    // "Ambassador X, Minister of Foreign Affairs": the office that he comes in stands behind the comma.
    let apposed = || {
        let behind = items
            .get(first + 2)
            .filter(|_| items.get(first + 1).is_some_and(|x| x.sign(',')))?;
        let office = behind
            .actor()
            .filter(|a| a.name.is_none())?
            .office
            .as_ref()?;
        Some(reader.role_name(office.role))
    };
    let role = apposed()
        .or(who.role.clone())
        .filter(|r| !is_head_of_mission(r));
    let last = earlier
        .last_of(Kind::Visit)
        .filter(|c| !c.rule.ends_with("visit.accompanied"))
        .take_while(|c| reader.near(at, c, REACH))
        .find(|c| c.fact.has(Slot::Start));
    let (Some(role), Some(last)) = (role, last) else {
        return Vec::new();
    };
    let mut evidence = who.evidence.clone();
    evidence.push(Evidence {
        span: lead.span,
        role: EvidenceRole::Heading,
    });
    let tour = tour(reader, last, earlier);
    let visit = |last: &&Claim| {
        let visit = (*last, &person, role.as_str(), who.of);
        along(reader, sentence, rule, None, visit, evidence.clone())
    };
    tour.iter().map(visit).collect()
}

/// The visits that one statement tells of one visitor: all the stations of a tour.
fn tour<'t>(reader: &Reader<'_>, last: &'t Claim, earlier: &'t Told) -> Vec<&'t Claim> {
    let at = |c: &Claim| reader.sentence_index(c.statement().start);
    let mut stations: Vec<&Claim> = Vec::new();
    for claim in earlier
        .last_of(Kind::Visit)
        .skip_while(|c| at(c) != at(last))
        .take_while(|c| at(c) == at(last))
        .filter(|c| {
            c.rule == last.rule && c.fact.get(Slot::Visitor) == last.fact.get(Slot::Visitor)
        })
    {
        let to = claim.fact.get(Slot::To);
        if stations.iter().all(|s| s.fact.get(Slot::To) != to) {
            stations.push(claim);
        }
    }
    stations.reverse();
    stations
}
