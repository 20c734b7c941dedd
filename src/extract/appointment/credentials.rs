//! "The President received the credentials of six heads of mission. They are …": the holders whom the sentences behind name, from that day.

use super::term::Term;
use super::{Post, claim, complete};
use crate::document::BlockKind;
use crate::extract::envoys::{in_order, state_beside, state_by_brackets, state_in_brackets};
use crate::extract::items::{Item, ItemKind, OfficeNp};
use crate::extract::offices::is_head_of_mission;
use crate::extract::reader::{Reader, Sentence};
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot, Value};
use crate::language::{Class, Rule};

/// How many sentences behind it may name those whose credentials a sentence speaks of.
const REACH: usize = 3;

/// How many items a list of holders may have.
const LIST: usize = 40;

/// Whether a sentence is an item of a list.
fn is_item(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let block = reader.block(sentence);
    block.is_some_and(|b| b.kind == BlockKind::Item)
}

/// "Resident ambassadors:": whether a sentence is the label of a part of a list.
fn is_label(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    reader
        .block(sentence)
        .is_some_and(|b| b.kind == BlockKind::Label)
}

/// "- Ana Soto, Peru": the state that stands alone behind the name at the head of an item.
fn state_of_item(items: &[Item<'_>]) -> Option<usize> {
    let [name, comma, state, rest @ ..] = items else {
        return None;
    };
    name.actor()?.name.as_ref()?;
    let closed = rest.iter().all(|i| matches!(i.kind, ItemKind::Sign(_)));
    let state = state.named_body().filter(|_| state.prep.is_empty());
    state.filter(|_| comma.sign(',') && closed)
}

/// The ceremony that a sentence tells of or goes on with: how many sentences ago it was told, and the term that begins with its day, where it tells one.
fn ceremony(reader: &Reader<'_>, index: usize) -> Option<(usize, Term)> {
    let here = reader.sentences.get(index)?;
    let section = |s: &Sentence<'_>| reader.block(s).map(|b| &b.under);
    // What leads a list stands before all of its items; one item tells nothing of another.
    let items = (0..index.min(LIST)).take_while(|back| {
        let sentence = reader.sentences.get(index - back);
        sentence.is_some_and(|s| is_item(reader, s) || is_label(reader, s))
    });
    let listed = items.count();
    let other = |s: &Sentence<'_>| listed > 0 && s.block != here.block && is_item(reader, s);
    let leads = (0..=listed + REACH).filter_map(|back| {
        let lead = reader.sentences.get(index.checked_sub(back)?)?;
        let told = lead.items.iter().any(|i| reader.is_credentials(i));
        let leads = section(lead) == section(here) && told;
        (leads && !other(lead)).then_some(())?;
        // Of somebody whom the sentence itself names it tells all.
        let named = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
        let holder = |i: &Item<'_>| named(i) && reader.heads_mission(i);
        if back > 0 && lead.items.iter().any(holder) {
            return None;
        }
        let mut term = term_of(reader, lead);
        if back > 0 && term.start.is_some() {
            term.evidence.push(antecedent(lead));
        }
        Some((back, term))
    });
    // The day may be told before those who went on with it are named.
    let mut leads = leads.peekable();
    let nearest = leads.peek().cloned();
    leads.find(|(_, term)| term.start.is_some()).or(nearest)
}

/// The date nearest to the words for credentials handed over, before them first ("Lima, 3 May 2001 – The President yesterday received …").
fn own_date(reader: &Reader<'_>, items: &[Item<'_>]) -> Option<usize> {
    let at = items.iter().position(|i| reader.is_credentials(i))?;
    let dated = |i: &usize| items.get(*i).is_some_and(Item::is_date);
    let before = (0..at).rev().find(dated);
    before.or_else(|| (at..items.len()).find(dated))
}

/// The term that begins on the day of the ceremony that a sentence tells of.
fn term_of(reader: &Reader<'_>, lead: &Sentence<'_>) -> Term {
    Term::read(reader, lead, own_date(reader, &lead.items), Some("start"))
}

/// The sentence of a ceremony as evidence for those whom another names.
fn antecedent(lead: &Sentence<'_>) -> Evidence {
    Evidence {
        span: lead.span,
        role: EvidenceRole::Antecedent,
    }
}

/// An item of a sentence that names a person beside a state.
struct Beside {
    at: usize,
    person: usize,
    state: usize,
    role: String,
}

/// The items of a sentence that name persons beside states, without an office or with that of all of them.
fn beside(reader: &Reader<'_>, sentence: &Sentence<'_>) -> Vec<Beside> {
    let items = &sentence.items;
    let in_order = in_order(items);
    let named = |at: usize| {
        let item = items.get(at)?;
        let actor = item.actor()?;
        let office = actor.office.as_ref();
        let person = reader.people.find(actor.name.as_ref()?)?;
        if let Some((_, state, shared)) = in_order.iter().find(|(name, _, _)| *name == at) {
            let shared = items.get(*shared).filter(|i| reader.heads_mission(i))?;
            let role = reader.role_name(shared.actor()?.office.as_ref()?.role);
            return Some(Beside {
                at,
                person,
                state: *state,
                role,
            });
        }
        let bracketed = || state_by_brackets(items, at);
        // "the ambassadors A (Norway), B (Chile)": the office of the list stands with the first.
        let shared = |o: &OfficeNp| o.of.is_none() && reader.heads_mission(item);
        office.is_none_or(shared).then_some(())?;
        let alone = || state_of_item(items).filter(|_| at == 0 && is_item(reader, sentence));
        let state = state_beside(items, at).or_else(alone)?;
        let own = office.map(|o| reader.role_name(o.role));
        let before = || bracketed().and_then(|_| role_before(reader, items, at));
        let role = own.or_else(before);
        Some(Beside {
            at,
            person,
            state,
            role: role.unwrap_or_else(|| "Ambassador".to_owned()),
        })
    };
    let found = (0..items.len()).filter_map(named);
    found.filter(|b| !reader.is_organisation(b.state)).collect()
}

/// The one office of a head of mission that stands before those who share it.
fn role_before(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<String> {
    let before = items.get(..at)?;
    let unnamed = |i: &&Item<'_>| {
        let bare = i.actor().is_some_and(|a| a.name.is_none());
        bare && reader.heads_mission(i)
    };
    let offices = before.iter().filter(unnamed).filter_map(|i| {
        let office = i.actor()?.office.as_ref()?;
        Some(reader.role_name(office.role))
    });
    // "Two envoys presented their letters": any heads of mission.
    let mut offices = offices.filter(|role| role != "Envoy");
    let first = offices.next()?;
    offices.all(|o| o == first).then_some(first)
}

/// The items of a sentence that name those whom `holders` finds beside their states.
pub(super) fn beside_at(reader: &Reader<'_>, index: usize, sentence: &Sentence<'_>) -> Vec<usize> {
    let beside = beside(reader, sentence);
    let told = !beside.is_empty() && ceremony(reader, index).is_some();
    let at = beside.iter().map(|b| b.at);
    at.filter(|_| told).collect()
}

/// Whether a sentence names holders as `holders` finds them: a list of such is none of a mission's heads.
pub(in crate::extract) fn presents(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
) -> bool {
    !beside_at(reader, index, sentence).is_empty()
}

/// The holders whom a sentence of a ceremony, or one behind it, names beside their states.
pub(in crate::extract) fn holders(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
) -> Vec<Claim> {
    let items = &sentence.items;
    let beside = beside(reader, sentence);
    let Some((_, term)) = (!beside.is_empty())
        .then(|| ceremony(reader, index))
        .flatten()
    else {
        return Vec::new();
    };
    let found = beside.into_iter().filter_map(|named| {
        let (at, person) = (named.at, named.person);
        let mut post = Post {
            role: named.role,
            sending: Some(named.state),
            ..Post::default()
        };
        complete(reader, &mut post);
        post.receiving = post.receiving.filter(|r| *r != named.state);
        let mut told = claim(
            reader,
            sentence,
            rule,
            None,
            person,
            &post,
            &term,
            term.evidence.clone(),
        )?;
        let bracketed = state_in_brackets(items, at).and_then(|(_, city)| city);
        let seat = bracketed
            .and_then(|c| reader.city_value(c))
            .or_else(|| seat(reader, items, at, &post));
        if let Some(seat) = seat {
            told.fact.set(Slot::City, seat);
        }
        Some(told)
    });
    found.collect()
}

/// "A, of Peru, and B, of Chile, reside in Lima and in Oslo, respectively", "…, la tienen en Brasilia": the city of a third state in which one of
/// those named together resides.
fn seat(reader: &Reader<'_>, items: &[Item<'_>], at: usize, post: &Post) -> Option<Value> {
    let behind = items.get(at..)?;
    let third = |i: &&Item<'_>| {
        let state = i.city().and_then(|c| reader.state_of_city(c));
        i.has_prep(Class::In) && state.is_some_and(|s| Some(s) != post.receiving)
    };
    let verb = behind
        .iter()
        .position(|i| i.is_finite() || i.is(Class::PostPlaced))?;
    let stretch = behind.get(verb..)?;
    // "A (Peru), B (Chile), with residence in Oslo": without a verb that they share it is said of the last of them.
    let own = behind.get(verb).is_some_and(|i| !i.is_finite());
    let others = behind
        .get(1..verb)?
        .iter()
        .any(|i| i.actor().is_some_and(|a| a.name.is_some()));
    (!own || !others).then_some(())?;
    let cities: Vec<&Item<'_>> = stretch
        .iter()
        .take_while(|i| i.actor().is_none_or(|a| a.name.is_none()))
        .filter(third)
        .collect();
    // Those who share the verb, in their order.
    let name = |i: &Item<'_>| i.actor().is_some_and(|a| a.name.is_some());
    let before = items.get(..at)?;
    let joined = before
        .iter()
        .rev()
        .take_while(|i| !i.is_finite() && !i.sign(':') && !i.sign(';'))
        .filter(|i| name(i))
        .count();
    let all = joined + behind.get(..verb)?.iter().filter(|i| name(i)).count();
    let city = if cities.len() == all {
        cities.get(joined)
    } else {
        cities.first().filter(|_| cities.len() == 1)
    };
    reader.city_value(city?.city()?)
}

/// Gives the holders who are named behind a ceremony, with their offices and without a day, the day of it.
pub(super) fn date(reader: &Reader<'_>, claims: &mut [Claim]) {
    for claim in claims.iter_mut() {
        let fact = &claim.fact;
        let undated = fact.kind == Kind::Appointment
            && !fact.has(Slot::Start)
            && !fact.has(Slot::End)
            && fact.has(Slot::Receiving);
        let head = match fact.get(Slot::Role) {
            Some(Value::Office(office)) => is_head_of_mission(&office.role),
            _ => false,
        };
        let index = reader.sentence_index(claim.statement().start);
        let Some(index) = index.filter(|_| undated && head && claim.holds()) else {
            continue;
        };
        let listed = reader
            .sentences
            .get(index)
            .is_some_and(|s| several(reader, s) || of_item(reader, s));
        let here = reader
            .sentences
            .get(index)
            .is_some_and(|s| told_of(claim) && together(reader, s));
        let told = (listed || here).then(|| ceremony(reader, index)).flatten();
        let found = told.filter(|(back, _)| listed || *back == 0);
        let Some((back, term)) = found.or_else(|| of_document(reader, index, claim)) else {
            continue;
        };
        if (back > 0 || here) && term.start.is_some() {
            term.put(&mut claim.fact);
            claim.evidence.extend(term.evidence.iter().copied());
        }
    }
}

/// "The new ambassador of Peru, Ana Soto, is resident in Oslo", in a document on a ceremony: how many sentences ago it was told, and the term that
/// begins with its day, for one of whom the sentence speaks first.
fn of_document(reader: &Reader<'_>, index: usize, claim: &Claim) -> Option<(usize, Term)> {
    let at = reader.ceremony.filter(|at| *at < index)?;
    let lead = reader.sentences.get(at)?;
    let host = reader.home().and_then(|h| reader.body_value(h))?;
    (claim.fact.get(Slot::Receiving) == Some(&host)).then_some(())?;
    let sentence = reader.sentences.get(index)?;
    let named = sentence.items.iter().filter_map(|i| {
        let name = i.actor()?.name.as_ref()?;
        reader.person_value(reader.people.find(name)?)
    });
    let person = claim.fact.get(Slot::Person)?;
    let listed = [".mention", ".list", ".beside"];
    let first = named.into_iter().next().as_ref() == Some(person);
    (first || listed.iter().any(|r| claim.rule.ends_with(r))).then_some(())?;
    let mut term = term_of(reader, lead);
    term.evidence.push(antecedent(lead));
    term.start.is_some().then_some((index - at, term))
}

/// Whether a sentence is the item of a list that names one holder and no day.
fn of_item(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let dated = sentence.items.iter().any(Item::is_date);
    is_item(reader, sentence) && !dated
}

/// Whether a claim tells of somebody only that he holds a post.
fn told_of(claim: &Claim) -> bool {
    claim.rule.ends_with(".mention") || claim.rule.ends_with(".beside")
}

/// "Credentials were presented on 3 May by the ambassadors of A, X, and of B, Y": whether a sentence of a ceremony names several holders and one
/// day, and nothing else is done in it.
fn together(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let items = &sentence.items;
    let dates = items.iter().filter(|i| i.is_date()).count();
    let does = |i: &Item<'_>| {
        let places = i.is(Class::PostPlaced) || i.is(Class::Resided);
        i.is_finite() && !places && !reader.is_credentials(i) && !i.is(Class::Have)
    };
    let done = items.iter().filter(|i| does(i)).count();
    reader.hands_over(sentence) && dates == 1 && named(reader, items) > 1 && done < 2
}

/// Whether a sentence names several holders and tells nothing of them but who they are.
fn several(reader: &Reader<'_>, sentence: &Sentence<'_>) -> bool {
    let items = &sentence.items;
    let dated = items.iter().any(|i| matches!(i.kind, ItemKind::Date(_)));
    named(reader, items) > 1 && !dated
}

/// How many holders the items of a sentence speak of, by their offices or beside their states.
fn named(reader: &Reader<'_>, items: &[Item<'_>]) -> usize {
    let beside = |at: usize| {
        let named = items
            .get(at)
            .and_then(Item::actor)
            .is_some_and(|a| a.name.is_some());
        named && state_beside(items, at).is_some()
    };
    items.iter().filter(|i| reader.heads_mission(i)).count()
        + (0..items.len()).filter(|&at| beside(at)).count()
}
