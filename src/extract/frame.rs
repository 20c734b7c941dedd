//! A trigger in a sentence → its frame: subject, object, prepositional phrases, dates, how it is meant.

mod aside;
mod clause;
mod dated;
mod meant;
mod unknown;

use super::items::{Item, ItemKind, Stand, named_beside, possessed};
use crate::fact::{Modality, Polarity};
use crate::language::{Class, Head, Rule, TriggerForm};
pub(super) use aside::relative_aside;
use aside::{after_others, object_relative, of_participle, relation_aside};
use clause::{breaks, breaks_at, clause, next_of_kind};
use dated::{date_behind_colon, own_date, predicate_date};
pub(super) use dated::{of_what_was_before, right_behind_treaty};
pub(super) use meant::made;
use meant::meant;
pub(super) use unknown::{agent_unknown, noun_before, noun_subject, stands_for_state};

/// A trigger with its arguments, as indexes of items of the sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Index of the trigger.
    pub(super) at: usize,
    pub(super) subject: Vec<usize>,
    pub(super) object: Vec<usize>,
    /// Phrases with a preposition.
    pub(super) phrases: Vec<usize>,
    pub(super) date: Option<usize>,
    pub(super) modality: Modality,
    pub(super) polarity: Polarity,
    /// First and last item of the clause.
    pub(super) clause: (usize, usize),
    pub(super) passive: bool,
    /// Whether nothing but a form of the future makes it planned: French and Spanish tell the past in it, too.
    pub(super) future: bool,
}

/// The grammatical functions that a rule's `args` can name, with the classes of preposition that make them.
const FUNCTIONS: &[(&str, Class)] = &[
    ("to", Class::To),
    ("in", Class::In),
    ("from", Class::From),
    ("of", Class::Of),
    ("by", Class::By),
    ("with", Class::With),
    ("between", Class::Between),
    ("for", Class::For),
    ("about", Class::About),
    ("before", Class::Before),
];

fn is_finite_trigger(item: &Item) -> bool {
    item.is_finite()
}

/// Whether an item can be the subject or object of some rule.
fn argument(item: &Item) -> bool {
    item.is_np()
        || item.is(Class::BothStates)
        || item.is(Class::TheState)
        || item.is(Class::Capital)
        || item.is(Class::Relations)
}

/// Whether the words before a participle end in the auxiliary of the passive, with nothing but adverbs between.
pub(super) fn passive_before(before: &[Item]) -> bool {
    // "was working well and signed": the auxiliary is the gerund's.
    let other = |i: &Item| i.verb == Some(TriggerForm::Gerund) && !i.is(Class::Be);
    before
        .iter()
        .rev()
        .take(4)
        .take_while(|i| !i.is_np() && !i.sign(',') && !i.is(Class::Relative) && !other(i))
        .any(|i| i.is(Class::Be))
}

/// "X, appointed in November 1937, was …": whether a form that is also a finite one is the participle of a clause between commas, behind what
/// it is said of and before the verb of that.
pub(super) fn reduced(items: &[Item], at: usize) -> bool {
    // "3 May 1951: Recognised by Peru.", "Visited by the King": it begins the line, and who acts stands behind.
    let before = items.get(..at).unwrap_or(&[]);
    let opens = before
        .iter()
        .all(|i| i.is_date() || matches!(i.kind, ItemKind::Sign(_)));
    if opens
        && items
            .get(at + 1)
            .is_some_and(|i| i.is(Class::By) || i.has_prep(Class::By))
    {
        return true;
    }
    let comma = at.checked_sub(1).and_then(|i| items.get(i));
    let said_of = at.checked_sub(2).and_then(|i| items.get(i));
    if !(comma.is_some_and(|i| i.sign(',')) && said_of.is_some_and(Item::is_np)) {
        return false;
    }
    // "Her counterpart, X, repaid the visit, …": the comma closes an apposition.
    let apposed = at.checked_sub(3).and_then(|i| items.get(i));
    let stands = said_of.is_some_and(|i| i.actor().is_some_and(|a| a.stand.is_some()));
    if stands || apposed.is_some_and(|i| i.sign(',')) {
        return false;
    }
    let verb = |i: &Item| i.is_finite() || i.is(Class::Be) || i.is(Class::Have);
    let before = items.get(..at).unwrap_or(&[]);
    let clause = before.iter().rev().take_while(|i| !breaks(i));
    let behind = items.get(at + 1..).unwrap_or(&[]);
    let own = behind
        .iter()
        .take_while(|i| !(verb(i) || breaks(i)))
        .count();
    let closed = own.checked_sub(1).and_then(|i| behind.get(i));
    !clause.into_iter().any(verb)
        && behind.get(own).is_some_and(verb)
        && closed.is_some_and(|i| i.sign(','))
}

/// "The decision of A to recognise B", "la décision de A de reconnaître B": the state whose decision leads to an infinitive.
fn decider(items: &[Item], at: usize, form: TriggerForm) -> Option<usize> {
    let who = at.checked_sub(2).filter(|_| form == TriggerForm::Base)?;
    let led = items.get(at - 1)?;
    let named = items.get(who)?;
    let small = |i: &&Item| i.is(Class::Of) || i.is(Class::Article);
    let noun = items.get(..who)?.iter().rev().find(|i| !small(i))?;
    let decision = noun.verb.is_none() && noun.is(Class::Resolution);
    let leads = led.is(Class::To) || led.is(Class::Of);
    (leads && decision && named.named_body().is_some() && named.has_prep(Class::Of)).then_some(who)
}

/// Whether a form of "have" only helps a participle, which says what was done: "a accepté de se rendre", "ont appelé à l'ouverture d'un consulat".
fn auxiliary(items: &[Item], at: usize, rule: &Rule) -> bool {
    let have = items.get(at).is_some_and(|i| i.is(Class::Have));
    if !have || rule.head != Head::Verb {
        return false;
    }
    let adverb = |i: &&Item| {
        let silent = i.meanings.is_empty() || i.is(Class::Temporal);
        i.kind == ItemKind::Word && i.verb.is_none() && silent
    };
    let decides = [
        Class::Agreed,
        Class::Approved,
        Class::TalkedOf,
        Class::Reacts,
    ];
    let mut behind = items.iter().skip(at + 1).skip_while(adverb);
    behind.next().is_some_and(|i| {
        i.verb == Some(TriggerForm::Participle) || decides.iter().any(|c| i.is(*c))
    })
}

/// Builds the frame of the trigger at item `at` for a rule met in some form; `None` when a bare form has nothing to lean on.
pub(super) fn frame(items: &[Item], at: usize, rule: &Rule, form: TriggerForm) -> Option<Frame> {
    let get = |i: usize| items.get(i);
    if auxiliary(items, at, rule) {
        return None;
    }
    // A row of a meeting or visit tells of one, whatever cell it stands in; what others tell stands each in its own.
    let whole = ["meeting", "visit"].contains(&rule.fact.as_str());
    let (start, end) = clause(items, at, !whole);
    let end = match rule.head {
        Head::Noun => next_of_kind(items, at, end, rule).unwrap_or(end),
        Head::Verb | Head::Structure => end,
    };
    let mut frame = Frame {
        at,
        clause: (start, end),
        ..Frame::default()
    };
    let be_before = passive_before(items.get(start..at).unwrap_or(&[]));
    let have_before = (start..at)
        .rev()
        .take(3)
        .take_while(|&i| get(i).is_some_and(|x| !x.is_np() && !x.sign(',')))
        .any(|i| get(i).is_some_and(|x| x.is(Class::Have)));
    // "s'est ensuite rendu": a participle that tells something only of one who does it to himself.
    if let Some(words) = rule
        .set
        .get("reflexive")
        .filter(|_| form == TriggerForm::Participle)
    {
        let reflexive = (start + 1..at).rev().take(4).any(|i| {
            get(i).is_some_and(|x| x.is(Class::Be) || x.is(Class::Have))
                && (i - 1..i)
                    .chain(i.checked_sub(2))
                    .filter(|&j| j + 1 == i || get(i - 1).is_some_and(|y| y.is(Class::There)))
                    .any(|j| get(j).is_some_and(|x| words.split('|').any(|w| w == x.folded)))
        });
        if !reflexive {
            return None;
        }
    }
    let be_before = be_before && rule.set.get("voice").is_none_or(|v| v != "active");
    let have_before = have_before || rule.set.get("voice").is_some_and(|v| v == "active");
    frame.passive = rule.head == Head::Verb && form == TriggerForm::Participle && be_before;
    let finite_too = items.get(at).is_some_and(|x| {
        rule.words.iter().any(|w| *w == x.folded) || x.verb == Some(TriggerForm::Finite)
    }) && !reduced(items, at);
    if form == TriggerForm::Participle
        && !be_before
        && !have_before
        && rule.head == Head::Verb
        && !finite_too
        && rule.set.get("voice").is_none_or(|v| v != "active")
    {
        // A participle that is no finite form: "signed in 1972 by …" after its noun.
        frame.passive = true;
    }
    let (modality, mut polarity) = meant(items, at, (start, end), rule, form)?;
    // "The establishment of relations was not agreed": of a noun it is denied behind it.
    let denied = items
        .get(at + 1..end)
        .unwrap_or(&[])
        .windows(2)
        .any(|pair| matches!(pair, [be, not] if (be.is(Class::Be) || be.is(Class::Have)) && not.is(Class::Not)));
    if rule.head == Head::Noun && denied {
        polarity = Polarity::Denied;
    }
    frame.modality = modality;
    frame.future = modality == Modality::Planned && meant::future(items, at, start, form);
    frame.polarity = polarity;
    // "Peru broke with A and established relations with B": what stands behind another verb is that one's.
    let leads = |i: usize| {
        let before = items.get(start..i).unwrap_or(&[]);
        !before.iter().any(is_finite_trigger)
    };
    // Left: the subject is the nearest argument without a preposition.
    let mut relative = false;
    let mut verb_passed = false;
    let within = object_relative(items, start, at).filter(|_| rule.head == Head::Verb);
    let mut aside = relative_aside(items, start, at).or(within);
    let mut i = at;
    while i > start {
        i -= 1;
        if let Some(from) = aside.filter(|(_, to)| *to == i).map(|(from, _)| from) {
            i = from;
            continue;
        }
        if let Some(comma) = relation_aside(items, i) {
            i = comma;
            continue;
        }
        let Some(item) = get(i) else { break };
        // "à Lima, où le reçoit le roi X", "allí lo recibió X": who does it to him stands behind the verb.
        let there = item.is(Class::There) && !frame.object.is_empty();
        if item.is(Class::Relative) && !there {
            relative = true;
            continue;
        }
        // "… until 1964, cuando lo reemplazó X": so too.
        let him = !frame.object.is_empty() || rule.set.contains_key("predecessor");
        if (item.is(Class::When) && him || there) && rule.head == Head::Verb {
            break;
        }
        verb_passed |= is_finite_trigger(item);
        // "Peru, which had recognised it, withdrew and in 2014 established …": the aside before the verb passed, too.
        if item.is_finite() && frame.subject.is_empty() {
            aside = relative_aside(items, start, i).or(aside);
        }
        if !argument(item) {
            continue;
        }
        // "le reçut", "lo recibió": whom it is done to, before the verb or before that of which the noun is the object.
        if item.actor().is_some_and(|a| a.stand == Some(Stand::Him)) {
            // "l'a reçue", "les y avait reçus": the verb between only helps the participle.
            let between = items.get(i + 1..at).unwrap_or(&[]).iter();
            let helped = form == TriggerForm::Participle
                && rule.fact == "meeting"
                && between.filter(|x| x.is_finite()).all(|x| x.is(Class::Have));
            if !verb_passed || helped || rule.head == Head::Noun && frame.object.is_empty() {
                frame.object.push(i);
            }
            continue;
        }
        // "X signed the agreement in Lima during a visit": no paper and no mission pays one.
        let paper = matches!(item.kind, ItemKind::Treaty(_) | ItemKind::Mission(_));
        if paper && rule.fact == "visit" && rule.head == Head::Noun && item.prep.is_empty() {
            continue;
        }
        let sign = |i: Option<usize>, c: char| i.and_then(get).is_some_and(|x| x.sign(c));
        let adjective = matches!(item.kind, ItemKind::Body(_, true));
        if adjective && rule.head == Head::Verb {
            continue;
        }
        // "the second state, after Russia, to recognise": who did it before.
        let before = i.checked_sub(1).and_then(get);
        let aside = before.is_some_and(|x| x.is(Class::DateAfter)) && sign(Some(i + 1), ',');
        if item.named_body().is_some() && (aside || after_others(items, i)) {
            continue;
        }
        // "Antes de ella ocuparon el cargo X e Y": nor does who came before or after.
        let pronoun = item
            .actor()
            .is_some_and(|a| a.stand.is_some() && a.name.is_none());
        // "before he went on": but not the subject of a clause.
        let acts = ["he", "she", "they", "il", "ils"].contains(&item.folded.as_ref());
        if pronoun && !acts && led_by_time(items, i) {
            continue;
        }
        if item.is(Class::Relations)
            && !frame.passive
            && rule.head == Head::Verb
            && rule.needs.is_some()
        {
            continue;
        }
        if item.genitive && matches!(item.kind, ItemKind::Body(..)) {
            continue;
        }
        // "through its embassy in Vienna (Austria) and has …": what brackets say of a place does nothing.
        let alone = sign(i.checked_sub(1), '(') && sign(Some(i + 1), ')');
        if alone && matches!(item.kind, ItemKind::Body(..) | ItemKind::City(_)) {
            continue;
        }
        // "X visited Peru and met Y": what another verb has as its object is no subject.
        if frame.subject.is_empty()
            && (rule.head == Head::Verb
                || verb_passed && (item.actor().is_some() || rule.fact == "meeting"))
            && (!frame.passive || coordinated(items, i, at))
            && !relative
            && (!matches!(item.kind, ItemKind::Mission(_)) || governs_other(items, i, at, end))
            && object_of_other(items, item.list.min(i))
        {
            continue;
        }
        if rule.head == Head::Verb && !relative && of_participle(items, i, at) {
            continue;
        }
        let gerund = i + 1 == at && matches!(item.kind, ItemKind::Mission(_));
        // "the first head of state from Europe who …": where one is from is not whom the relative is about.
        let from_place =
            item.has_prep(Class::From) || (item.has_prep(Class::In) && !item.has_prep(Class::To));
        // "Minister X of Chile, who …": the relative is about X.
        let of_holder =
            item.has_prep(Class::Of) && item.actor().is_none() && holder_before(items, i);
        // "until X arrived": the subject of the clause that the word opens.
        let opened = rule.head == Head::Verb
            && i + 1 == at
            && !frame.passive
            && item.has_prep(Class::Until)
            && item.actor().is_some();
        let free = item.prep.is_empty()
            || gerund
            || opened
            || (relative && frame.subject.is_empty() && !from_place && !of_holder);
        if free && frame.subject.is_empty() {
            // "A in 2014, and B, who stopped in Lima": of one in a list whose members have dates of their own the relative tells him alone.
            let dated = relative
                && items
                    .get(item.list..i)
                    .is_some_and(|l| l.iter().any(|x| matches!(x.kind, ItemKind::Date(_))));
            let list = if dated { i } else { item.list };
            frame.subject = (list..=i)
                .filter(|&j| get(j).is_some_and(|x| argument(x) && (x.list == list || j == i)))
                .collect();
        } else if !item.prep.is_empty()
            && (item.has_prep(Class::In)
                || !verb_passed && rule.head == Head::Verb && whither(items, start, i)
                || !verb_passed && item.has_prep(Class::Between)
                || ((rule.head == Head::Noun || !verb_passed && leads(i))
                    && item.has_prep(Class::With))
                || (!verb_passed
                    && (frame.passive || (rule.head != Head::Verb && frame.subject.is_empty()))))
        {
            frame.phrases.push(i);
        }
    }
    // "condemned the decision of A to recognise B": who decided does it.
    if let Some(who) = decider(items, at, form) {
        frame.subject = vec![who];
    }
    frame.phrases.reverse();
    // Right: object, phrases.
    let mut object_done = false;
    for i in at + 1..end {
        let Some(item) = get(i) else { break };
        if is_finite_trigger(item) && rule.head == Head::Verb && i > at + 1 {
            object_done = true;
        }
        if !argument(item) || named_beside(items, i) && !possessed(items, i) {
            continue;
        }
        if item.prep.is_empty() {
            let joins = frame.object.first().and_then(|&o| get(o)).is_none_or(|o| {
                o.list == item.list
                    || matches!(item.kind, ItemKind::Treaty(_) | ItemKind::Mission(_))
            });
            // "Lo recibió el presidente": behind the verb stands who does it.
            let him = frame
                .object
                .first()
                .and_then(|&o| get(o))
                .and_then(Item::actor)
                .is_some_and(|a| a.stand == Some(Stand::Him));
            let does = frame.subject.first().and_then(|&s| get(s));
            if !object_done && joins {
                frame.object.push(i);
            } else if !object_done && him && does.is_none_or(|s| s.list == item.list) {
                frame.subject.push(i);
            }
        } else {
            frame.phrases.push(i);
        }
    }
    if frame.passive {
        // "Se abrió la embajada", "fue suscrito un acuerdo": what it is done to can stand behind the verb.
        if !frame.subject.is_empty() {
            std::mem::swap(&mut frame.subject, &mut frame.object);
        }
        let by: Vec<usize> = frame
            .phrases
            .iter()
            .copied()
            .filter(|&i| get(i).is_some_and(|x| x.has_prep(Class::By)))
            .filter(|&i| !of_participle(items, i, at))
            .collect();
        frame.subject = by;
        // "Received by A, she …": the participle opens the sentence and the one it is said of follows.
        if frame.object.is_empty()
            && items
                .get(start..at)
                .is_some_and(|before| before.iter().all(|i| i.actor().is_none()))
        {
            frame.object = (end..items.len())
                .find(|&i| get(i).is_some_and(|x| x.actor().is_some() && x.prep.is_empty()))
                .into_iter()
                .collect();
        }
    }
    // "the office that Peru had had there since 1989 was closed": not the date of the clause within.
    let of_main = |d: &usize| within.is_none_or(|(from, to)| !(from..=to).contains(d));
    frame.date = own_date(items, at, (start, end), rule).filter(of_main);
    if frame.date.is_none() && rule.head == Head::Noun {
        frame.date = predicate_date(items, end).or_else(|| date_behind_colon(items, (start, end)));
    }
    Some(frame)
}

/// "Hacia Lima viajaron los presidentes": whether a place with "to" opens a clause, nothing but small words and dates before it.
fn whither(items: &[Item], start: usize, at: usize) -> bool {
    let place = items
        .get(at)
        .filter(|i| matches!(i.kind, ItemKind::City(_) | ItemKind::Body(_, false)));
    let before = items.get(start..at).unwrap_or(&[]);
    let small = |i: &Item| {
        matches!(i.kind, ItemKind::Word | ItemKind::Date(_)) && !i.is(Class::Relative)
            || i.sign(',')
    };
    place.is_some_and(|i| i.has_prep(Class::To)) && before.iter().all(small)
}

/// "Minister X of Chile", "the ministers of Chile": whether what a name with "of" belongs to is somebody, and not a thing ("the departure of Peru").
fn holder_before(items: &[Item], at: usize) -> bool {
    let before = items.get(..at).unwrap_or(&[]).iter().rev();
    let small =
        |i: &&Item| matches!(i.kind, ItemKind::Word) && (i.is(Class::Of) || i.is(Class::Article));
    let noun = before.clone().find(|i| !small(i));
    noun.is_some_and(|i| i.actor().is_some() || i.mission().is_some() || i.body().is_some())
}

/// "Before him", "antes de ella": whether a word for before or after leads to an item.
fn led_by_time(items: &[Item], at: usize) -> bool {
    let mut before = items.get(..at).unwrap_or(&[]).iter().rev();
    let lead = before.find(|i| !i.is(Class::Of));
    lead.is_some_and(|i| i.is(Class::DateBefore) || i.is(Class::DateAfter))
}

/// Whether the verb at `at` shares its subject with one before the item `i`: "A recognised B in 1919 and was represented by …".
fn coordinated(items: &[Item], i: usize, at: usize) -> bool {
    let between = items.get(i + 1..at).unwrap_or(&[]);
    let and = between.iter().rposition(|x| x.is(Class::And));
    and.and_then(|and| between.get(and + 1..))
        .is_some_and(|rest| rest.iter().all(|x| !argument(x)))
}

/// "Peru opened a consulate in A and established relations with Mali": whether the verb at `at` shares the subject of the one before the item
/// `i`, and has an object of its own.
fn governs_other(items: &[Item], i: usize, at: usize, end: usize) -> bool {
    let between = items.get(i + 1..at).unwrap_or(&[]);
    let shared = between.iter().any(|x| x.is(Class::And)) && !between.iter().any(Item::is_finite);
    let mut behind = items.get(at + 1..end).unwrap_or(&[]).iter();
    let object = behind.find(|x| argument(x) && x.adjective().is_none());
    shared && object.is_some_and(|x| x.prep.is_empty())
}

/// "an embassy in A and a consulate in B, opened in 2014": whether a participle behind a comma, of one thing by its form where a language tells, is
/// said of the last of those before it.
pub(super) fn of_the_last(items: &[Item], at: usize) -> bool {
    let comma = at.checked_sub(1).and_then(|i| items.get(i));
    let Some(participle) = items.get(at) else {
        return false;
    };
    // "ouvertes", "abiertos"; an English participle never ends so.
    let several = participle
        .folded
        .split(' ')
        .next()
        .is_some_and(|w| w.ends_with('s'));
    let behind = items.get(at + 1..).unwrap_or(&[]).iter();
    let mut clause = behind.take_while(|i| !(i.sign(',') || i.sign(';')));
    let in_turn = clause.any(|i| i.is(Class::And) || i.is(Class::Respectively));
    comma.is_some_and(|i| i.sign(','))
        && participle.verb.is_some()
        && !passive_before(items.get(..at).unwrap_or(&[]))
        && !several
        && !in_turn
}

/// Whether a participle behind a comma is said of something nearer than the item at `of`: "the embassy hosted a show, opened by X".
pub(super) fn apart(items: &[Item], of: usize, at: usize) -> bool {
    let Some(between) = items.get(of + 1..at) else {
        return false;
    };
    let joint = between.last().is_some_and(|i| i.sign(','));
    let tells = |i: &Item| {
        let finite = matches!(i.verb, Some(TriggerForm::Finite | TriggerForm::Planned));
        finite && !i.is(Class::Be) || i.is(Class::Have)
    };
    joint && !passive_before(between) && between.iter().any(tells)
}

/// "officially", "officiellement", "oficialmente": by its ending, a word that nothing else is known of.
fn adverb(item: &Item) -> bool {
    let ends = ["ly", "ment", "mente"]
        .iter()
        .any(|e| item.folded.ends_with(e));
    item.kind == ItemKind::Word && item.meanings.is_empty() && ends
}

/// Whether a finite verb stands directly before an item (articles, adverbs and adjectives between).
pub(super) fn object_of_other(items: &[Item], at: usize) -> bool {
    (0..at)
        .rev()
        .filter_map(|i| items.get(i))
        .find(|x| {
            !(x.is(Class::Article)
                || x.is(Class::Temporal)
                || x.is(Class::Possessive)
                || adverb(x)
                || matches!(x.kind, ItemKind::Body(_, true)))
        })
        .is_some_and(is_finite_trigger)
}

impl Frame {
    /// "El cierre dejó solo …": whether a noun that begins the part of the clause before the verb with its article is the subject.
    pub(super) fn begins_with_noun(&self, items: &[Item]) -> bool {
        items
            .get(self.clause.0..self.at)
            .unwrap_or(&[])
            .split(|i| i.sign(',') || i.is(Class::And))
            .next_back()
            .and_then(<[_]>::first)
            .is_some_and(|i| i.is(Class::Article) && !i.is(Class::In))
    }

    /// Items that stand in a role of the rule's `args`.
    pub(super) fn role(&self, items: &[Item], rule: &Rule, role: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for (function, name) in &rule.args {
            if name.split('|').all(|n| n != role) {
                continue;
            }
            let list: Vec<usize> = match function.as_str() {
                "subject" => self.subject.clone(),
                "object" => self.object.clone(),
                // "Peru's recognition", "Peruvian recognition", "la reconnaissance péruvienne".
                "genitive" => (self.at.saturating_sub(4)..self.at)
                    .filter(|&i| {
                        items.get(i).is_some_and(|x| {
                            x.genitive || matches!(x.kind, ItemKind::Body(_, true))
                        })
                    })
                    .chain(
                        Some(self.at + 1)
                            .filter(|&i| items.get(i).is_some_and(|x| x.adjective().is_some())),
                    )
                    .collect(),
                other => {
                    let class = FUNCTIONS.iter().find(|(f, _)| *f == other).map(|(_, c)| *c);
                    self.phrases
                        .iter()
                        .copied()
                        .filter(|&i| {
                            class.is_some_and(|c| items.get(i).is_some_and(|x| x.has_prep(c)))
                        })
                        .collect()
                }
            };
            for i in list {
                if !found.contains(&i) {
                    found.push(i);
                }
            }
        }
        found.sort_unstable();
        found
    }
}
