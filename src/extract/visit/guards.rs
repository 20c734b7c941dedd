//! What looks like a visit and is none: private stays, nouns denied or remembered, verbs that only carry another.

use crate::extract::frame::Frame;
use crate::extract::items::{Item, ItemKind, Stand};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Kind, Modality, Polarity};
use crate::language::{Class, Head, Lang, Rule, TriggerForm};

/// How many sentences back the visit is told that somebody follows.
const FOLLOWED: usize = 2;

/// "X followed in 1983": whether a date stands right behind the verb, and what is told of a person right before it, in the same block, is a visit.
pub(super) fn follows_visit(
    reader: &Reader<'_>,
    index: usize,
    items: &[Item],
    at: usize,
    earlier: &Told,
) -> bool {
    let mut behind = items.iter().skip(at + 1);
    // "followed on 3 May", "followed him in 1998"
    let small = |i: &&Item| {
        let him = i.actor().is_some_and(|a| a.stand == Some(Stand::Him));
        him || matches!(i.kind, ItemKind::Word) && (i.is(Class::In) || i.is(Class::About))
    };
    let dated = behind.find(|i| !small(i)).is_some_and(Item::is_date);
    let mut last = earlier.last_of_any([Kind::Visit, Kind::Appointment]);
    let told = last.next();
    let told = told.filter(|c| c.holds() && c.fact.kind == Kind::Visit);
    let told = told.and_then(|c| reader.sentence_index(c.statement().start));
    let block = |at: usize| reader.sentences.get(at).map(|s| s.block);
    told.is_some_and(|told| dated && told + FOLLOWED >= index && block(told) == block(index))
}

/// Whether a frame of a visit's rule tells no visit.
pub(super) fn no_visit(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
    earlier: &Told,
) -> bool {
    let items = &sentence.items;
    // "X was the guest of Y on a state visit": told with the words for a guest.
    let guest = |i: &Item| {
        let mut rules = i.rules(reader.lexicon);
        matches!(i.kind, ItemKind::Trigger(_)) && rules.any(|r| r.id.ends_with("visit.guest"))
    };
    let before = items.get(frame.clause.0..frame.at).unwrap_or(&[]);
    if rule.id.ends_with("visit.noun") && before.iter().any(guest) {
        return true;
    }
    // A private stay is no visit, and tomorrow's has not happened.
    let around = frame.clause.0.max(frame.at.saturating_sub(12))..frame.clause.1.min(frame.at + 16);
    // "a private audience": what is private need not be the visit.
    let meets = |at: usize| {
        (at + 1..at + 3).chain(at.checked_sub(1)).any(|i| {
            let item = items.get(i);
            item.is_some_and(|x| x.is_noun_for(reader.lexicon, "meeting"))
        })
    };
    // "in May 2001 and, privately, in 2004": another stay is.
    let of_other = |at: usize| {
        let first = frame.date.filter(|d| *d > frame.at && *d < at);
        let between = first.and_then(|d| items.get(d + 1..at)).unwrap_or(&[]);
        between.iter().any(|i| i.is(Class::And)) && items.iter().skip(at).any(Item::is_date)
    };
    let private = |at: usize| {
        items.get(at).is_some_and(|i| {
            i.is(Class::VisitPrivate) && !meets(at) && !of_other(at) || i.is(Class::Tomorrow)
        })
    };
    // "met with visiting Prime Minister X": a gerund right before an office.
    let attribute = items
        .get(frame.at)
        .is_some_and(|i| i.verb == Some(TriggerForm::Gerund))
        && items
            .get(frame.at + 1)
            .is_some_and(|i| i.actor().is_some_and(|a| a.office.is_some()));
    if attribute && rule.head == Head::Verb {
        return true;
    }
    // "va a visitar": the verb of going is an auxiliary before an infinitive.
    let auxiliary = items
        .get(frame.at + 1..)
        .unwrap_or(&[])
        .iter()
        .find(|i| !i.is(Class::Of))
        .is_some_and(|i| i.verb == Some(TriggerForm::Base));
    // "did not include Spain in his tour": a noun is denied with its clause.
    let denied = rule.head == Head::Noun
        && items
            .get(frame.clause.0.max(frame.at.saturating_sub(10))..frame.at)
            .is_some_and(|left| left.iter().any(|i| i.is(Class::Not)));
    // "aurait dû se rendre", "had to stay", "tuvo que renunciar": a verb of having that carries another verb tells nothing itself.
    let duty = rule.id.ends_with("visit.attend")
        && items
            .get(frame.at + 1..frame.at + 3)
            .unwrap_or(&[])
            .iter()
            .take_while(|i| {
                matches!(i.kind, ItemKind::Word | ItemKind::Trigger(_)) && !i.is(Class::To)
            })
            .any(|i| i.verb == Some(TriggerForm::Base));
    let carries = items
        .get(frame.at)
        .is_some_and(|i| i.is(Class::Have) || modal(i))
        && items
            .get(frame.at + 1..)
            .unwrap_or(&[])
            .iter()
            .take(2)
            .take_while(|i| {
                !i.is_np() && !i.is(Class::Article) && !matches!(i.kind, ItemKind::Sign(_))
            })
            .any(|i| {
                i.verb == Some(TriggerForm::Base)
                    || reader.lexicon.lang == Lang::Es && i.is(Class::Relative)
            });
    // "No se pasó de ahí": an impersonal verb is nobody's journey.
    let impersonal = rule.head == Head::Verb
        && frame
            .at
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| reader.reflexive(i));
    // "She spent six years there": who lives somewhere pays no visit.
    let lives = rule.head == Head::Verb
        && items
            .get(frame.at + 1..frame.at + 5)
            .unwrap_or(&[])
            .iter()
            .take_while(|i| matches!(i.kind, ItemKind::Word | ItemKind::Quantity(_)))
            .any(|i| i.is(Class::Years));
    // "the anniversary of the visit": what is told is not the visit.
    let remembered = rule.head == Head::Noun
        && items
            .get(frame.at.saturating_sub(4)..frame.at)
            .unwrap_or(&[])
            .windows(2)
            .any(|w| matches!(w, [day, of] if day.is(Class::Anniversary) && of.is(Class::Of)));
    // "Visita a Lima del rey": before a preposition the form that is also a noun is one.
    let noun = reader.lexicon.lang == Lang::Es
        && rule.head == Head::Verb
        && items.get(frame.at).is_some_and(|i| i.folded == "visita")
        && items
            .get(frame.at + 1)
            .is_some_and(|i| i.is(Class::Of) || i.is(Class::To));
    // "in 2010 and 2012 (state visit)": a note on a day told before.
    let note = rule.head == Head::Noun
        && items.get(frame.at + 1).is_some_and(|i| i.sign(')'))
        && frame
            .at
            .checked_sub(1)
            .and_then(|i| items.get(i))
            .is_some_and(|i| i.sign('('))
        && sentence_told(reader, index, earlier);
    noun || note
        || courtesy(reader, items, rule, frame.at)
        || remembered
        || lives
        || denied
        || impersonal
        || duty
        || carries
        || auxiliary
        || around.into_iter().any(private)
}

/// "paid a courtesy visit to the President", "recibió la visita de cortesía de la ministra": whether a noun for a visit, which also names a meeting,
/// says whom somebody called on, and no journey.
fn courtesy(reader: &Reader<'_>, items: &[Item], rule: &Rule, at: usize) -> bool {
    let call = |i: &Item| i.is_noun_for(reader.lexicon, "meeting");
    let small = |i: &&Item| {
        let word = matches!(i.kind, ItemKind::Word) && i.verb.is_none();
        i.is_date() || word && !i.is(Class::And)
    };
    let mut behind = items.iter().skip(at + 1).skip_while(small);
    let person = |i: &Item| i.actor().is_some() && !i.prep.is_empty();
    rule.head == Head::Noun && items.get(at).is_some_and(call) && behind.next().is_some_and(person)
}

/// Whether a visit has been told in a sentence.
fn sentence_told(reader: &Reader<'_>, index: usize, earlier: &Told) -> bool {
    let last = earlier.last_of(Kind::Visit).next();
    last.is_some_and(|c| reader.near(index, c, 0))
}

/// Whether a form of "tener" can be the auxiliary of duty.
fn modal(item: &Item) -> bool {
    matches!(
        item.folded.as_ref(),
        "tuvo" | "tiene" | "tuvieron" | "tenia" | "had" | "has"
    )
}

/// How many items from a journey a relative tells whither it leads, and how many from that its verb stands.
const LEADS: usize = 6;
const VERB: usize = 4;

/// "set out yesterday on a tour that will take him to Lima": whether where a journey leads is said by a relative of what is to come.
fn leads_later(items: &[Item], at: usize) -> bool {
    let near = |i: &&Item| !(i.is_np() && !i.is_date() || i.is_finite());
    let behind = items.get(at + 1..).unwrap_or(&[]).iter();
    let relative = { behind }
        .take(LEADS)
        .take_while(near)
        .position(|i| i.is(Class::Relative));
    let Some(relative) = relative.map(|n| at + 1 + n) else {
        return false;
    };
    let clause = items.get(relative + 1..).unwrap_or(&[]).iter().take(VERB);
    let mut clause = clause.filter(|i| i.verb.is_some() || i.is(Class::Planned));
    clause
        .next()
        .is_some_and(|i| i.verb == Some(TriggerForm::Planned) || i.is(Class::Planned))
}

/// "He will return on Sunday, after a stop in Lima": a noun is to come like the verb that it goes with.
pub(super) fn to_come(
    reader: &Reader<'_>,
    sentence: &Sentence,
    rule: &Rule,
    frame: &Frame,
) -> bool {
    // "the visit that he was to pay was cancelled": that is told of it.
    let asserted = frame.modality == Modality::Asserted && frame.polarity == Polarity::Affirmed;
    if rule.head == Head::Noun && asserted && leads_later(&sentence.items, frame.at) {
        return true;
    }
    let before = sentence.items.get(..frame.at).unwrap_or(&[]);
    let verb =
        before.iter().rev().skip(1).take(14).take_while(|i| {
            !(i.sign(';') || i.sign(':') || i.is(Class::Relative) || i.is(Class::And))
        });
    let mut verbs = verb.filter_map(|i| i.verb);
    rule.head == Head::Noun
        && reader.issued
        && verbs.next() == Some(TriggerForm::Planned)
        && !reader.tells_past(sentence, frame)
}
