//! Who has a post only by standing in a line of its holders: "his successor, X, came in 1961", "after her came A (1965–1969), B in 1970 and C
//! in 1974".

use super::held::date_of;
use super::run::named;
use super::term::Term;
use super::{Post, claim, spoken};
use crate::extract::items::{Item, ItemKind, Stand, own_date};
use crate::extract::reader::{Reader, Sentence};
use crate::extract::told::Told;
use crate::fact::{Claim, Evidence, EvidenceRole, Kind, Slot};
use crate::language::{Class, Rule};

/// How many sentences back the holder may have been told whose successor or predecessor somebody is.
const REACH: usize = 3;

/// How far back in a sentence the holder before stands, in items and in claims.
const NEAR: usize = 24;

/// Words that can stand between two holders of a list.
const SMALL: &[Class] = &[
    Class::And,
    Class::In,
    Class::Article,
    Class::Since,
    Class::From,
    Class::Of,
    Class::Then,
    Class::Honorific,
    Class::About,
];

/// Persons of a sentence who hold the post of whoever was told before them.
pub(in crate::extract) fn chained(
    reader: &Reader<'_>,
    index: usize,
    sentence: &Sentence<'_>,
    rule: &Rule,
    told: &Told,
) -> Vec<Claim> {
    let items = &sentence.items;
    let mut claims: Vec<Claim> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(actor) = item.actor().filter(|a| a.name.is_some()) else {
            continue;
        };
        let Some(person) = named(reader, items, at) else {
            continue;
        };
        let here = |c: &&Claim| c.statement() == sentence.span;
        let said = told.last_of(Kind::Appointment).take(NEAR);
        let said: Vec<&Claim> = said.take_while(here).collect();
        let value = reader.person_value(person);
        let about = |c: &Claim| c.fact.get(Slot::Person) == value.as_ref();
        if said.iter().any(|c| about(c)) || claims.iter().any(about) {
            continue;
        }
        let (model, date, slot) = match actor.stand {
            Some(stand @ (Stand::Successor | Stand::Predecessor)) if item.prep.is_empty() => {
                let last = told.last_of(Kind::Appointment).next();
                let last = last.filter(|c| c.holds() && reader.near(index, c, REACH));
                let term = date_of(items, at, at).or_else(|| own_date(items, at));
                let starts = stand == Stand::Successor && term.is_none();
                let slot = starts.then_some("start");
                (last, term.or_else(|| arrival(reader, items, at)), slot)
            }
            None => {
                let last = said.first().copied().filter(|c| c.holds());
                // Where offices are said, those without one may have any.
                let office = |i: &Item<'_>| i.actor().is_some_and(|a| a.office.is_some());
                let line = || !items.iter().any(office) && in_line(reader, items, at, &said);
                let date = own_date(items, at).filter(|_| line());
                if date.is_none() {
                    continue;
                }
                (last, date, None)
            }
            Some(_) => continue,
        };
        let holder = model.and_then(|c| reader.people.find(&c.fact.text(Slot::Person)));
        let Some((model, post)) = model.zip(spoken::held(reader, told, holder)) else {
            continue;
        };
        let post: Post = post;
        let evidence = vec![Evidence {
            span: model.statement(),
            role: EvidenceRole::Antecedent,
        }];
        let term = Term::read(reader, sentence, date, slot);
        claims.extend(claim(
            reader, sentence, rule, None, person, &post, &term, evidence,
        ));
    }
    claims
}

/// The day of the verb of coming or taking over that the successor at an item is the subject of.
fn arrival(reader: &Reader<'_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let begins = |i: &Item<'_>| {
        let ItemKind::Trigger(forms) = &i.kind else {
            return false;
        };
        forms.iter().any(|(rule, _)| {
            reader.lexicon.rules.get(*rule).is_some_and(|r| {
                r.fact == "appointment" && r.set.get("slot").is_some_and(|s| s == "start")
            })
        })
    };
    let behind = items.get(at + 1..)?;
    let verb = behind
        .iter()
        .position(|i| i.is_finite() || i.is(Class::Be))?;
    behind.get(verb).filter(|i| begins(i))?;
    let rest = behind.get(verb + 1..)?;
    let date = rest
        .iter()
        .take_while(|i| !(i.is_finite() || i.sign(';') || i.is(Class::Relative) || i.is_np()))
        .position(|i| matches!(i.kind, ItemKind::Date(_)))?;
    Some(at + 1 + verb + 1 + date)
}

/// Whether somebody stands in one list with the holder told last of the sentence, before a date of his own: nothing but joints, dates and
/// small words between the two.
fn in_line(reader: &Reader<'_>, items: &[Item<'_>], at: usize, said: &[&Claim]) -> bool {
    let is = |i: &Item<'_>| {
        let name = i.actor().and_then(|a| a.name.as_ref());
        let person = name.and_then(|n| reader.people.find(n));
        person
            .and_then(|p| reader.person_value(p))
            .is_some_and(|v| said.iter().any(|c| c.fact.get(Slot::Person) == Some(&v)))
    };
    let from = at.saturating_sub(NEAR);
    let near = items.get(from..at).unwrap_or(&[]);
    let Some(before) = near.iter().rposition(is).map(|i| from + i) else {
        return false;
    };
    let joint = at.checked_sub(1).and_then(|i| items.get(i));
    let joined = joint
        .is_some_and(|i| i.sign(',') || i.sign(';') || i.is(Class::And) || i.is(Class::Honorific));
    let between = items.get(before + 1..at).unwrap_or(&[]);
    joined
        && between.iter().all(|i| match &i.kind {
            ItemKind::Sign(c) => [',', ';', '(', ')'].contains(c),
            ItemKind::Actor(actor) => actor.office.is_none(),
            ItemKind::Word => SMALL.iter().any(|c| i.is(*c)),
            ItemKind::Date(_) => true,
            ItemKind::Body(..)
            | ItemKind::City(_)
            | ItemKind::Quantity(_)
            | ItemKind::Mission(_)
            | ItemKind::Treaty(_)
            | ItemKind::Trigger(_) => false,
        })
}
