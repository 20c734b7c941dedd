//! The claims of one document → its accounts: what it says, taken whole, of each event or relator.

use super::names::{self, Likeness};
use super::same::{self, denotation};
use super::topics::Topics;
use super::weigh::{Comparison, can_be_one};
use super::world::{Account, ClaimRef};
use crate::fact::{Claim, Day, Edtf, Fact, Kind, Slot, Value};
use std::collections::BTreeMap;

/// Accounts of one document, sorted by their first claims. Claims that do not hold give none.
pub(crate) fn accounts(source: usize, claims: &[Claim], topics: &Topics) -> Vec<Account> {
    let how = Comparison {
        topics,
        person: one_person,
    };
    let mut drafts = Vec::new();
    for &kind in Kind::ALL {
        let held: Vec<Draft> = claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.holds() && claim.fact.kind == kind)
            .map(|(at, claim)| Draft {
                fact: claim.fact.clone(),
                claims: vec![at],
            })
            .collect();
        drafts.extend(if kind == Kind::Mission {
            houses(consulates(held, true))
                .into_iter()
                .flat_map(periods)
                .collect()
        } else {
            merge(held, how)
        });
    }
    let mut accounts: Vec<Account> = drafts
        .into_iter()
        .map(|mut draft| {
            draft.claims.sort_unstable();
            let claims = draft
                .claims
                .iter()
                .map(|&claim| ClaimRef { source, claim })
                .collect();
            Account {
                source,
                fact: draft.fact,
                claims,
            }
        })
        .collect();
    accounts.sort_by(|a, b| a.claims.cmp(&b.claims));
    accounts
}

/// Whether two names of one document can be one person's: there, who is called Jr. is not who is not, and one name is spelled one way.
fn one_person(a: &str, b: &str) -> bool {
    names::compare(a, b).is_some_and(|likeness| likeness < Likeness::Generation)
}

/// A fact in the making and the claims it was made of.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// What they say together.
    pub(crate) fact: Fact,
    /// Claims (or, across documents, accounts) by index.
    pub(crate) claims: Vec<usize>,
}

impl Draft {
    /// Adds what another says.
    pub(crate) fn absorb(&mut self, other: Self) {
        absorb(&mut self.fact, &other.fact);
        self.claims.extend(other.claims);
    }
}

/// The most precise dates first, so that a vaguer one finds what it is a vaguer form of; those without a date last.
fn merge(mut held: Vec<Draft>, how: Comparison<'_>) -> Vec<Draft> {
    let precision = |draft: &Draft| {
        same::time(&draft.fact).map(|date| (date.precision(), u8::from(!date.approximate)))
    };
    held.sort_by(|a, b| {
        precision(b)
            .cmp(&precision(a))
            .then_with(|| a.claims.cmp(&b.claims))
    });
    let said: Vec<(usize, Fact)> = held
        .iter()
        .filter_map(|draft| Some((*draft.claims.first()?, draft.fact.clone())))
        .collect();
    let mut made: Vec<Draft> = Vec::new();
    for draft in held {
        let dated = precision(&draft).is_some();
        let fits = |other: &Draft| {
            can_be_one(&other.fact, &draft.fact, how) && (dated || !parted(other, &draft, &said))
        };
        let found: Vec<usize> = made
            .iter()
            .enumerate()
            .filter(|(_, other)| fits(other))
            .map(|(at, _)| at)
            .collect();
        // What has no date goes where it can go only to one; an office-holder's terms are told apart by dates, so any will do.
        let several = dated || draft.fact.kind == Kind::Appointment;
        let chosen = match found.as_slice() {
            [one] => Some(*one),
            [first, ..] if several => Some(*first),
            many => many
                .iter()
                .copied()
                .find(|&at| made.get(at).is_some_and(|d| precision(d).is_none())),
        };
        match chosen.and_then(|at| made.get_mut(at)) {
            Some(other) => other.absorb(draft),
            None => made.push(draft),
        }
    }
    made
}

/// Whether the text tells the opposite between two tellings of an event of relations: then it tells of two events, in order of time.
fn parted(a: &Draft, b: &Draft, said: &[(usize, Fact)]) -> bool {
    let between = |at: &usize| match (a.claims.first(), b.claims.first()) {
        (Some(x), Some(y)) => x.min(y) < at && at < x.max(y),
        (None, _) | (_, None) => false,
    };
    a.fact.kind == Kind::Relations
        && said.iter().filter(|(at, _)| between(at)).any(|(_, other)| {
            same::opposite(&a.fact.text(Slot::Event), &other.text(Slot::Event))
                && same::denotations(other, Slot::Parties)
                    == same::denotations(&a.fact, Slot::Parties)
        })
}

/// A "consulate" is the consulate general of the same states in the same city, where there is one; not where it was closed before that
/// was opened, or in one document was opened before it, for then it was raised to it.
pub(crate) fn consulates(mut held: Vec<Draft>, one_document: bool) -> Vec<Draft> {
    let seat = |fact: &Fact| {
        [Slot::Sending, Slot::Receiving, Slot::City].map(|slot| fact.get(slot).map(denotation))
    };
    let mut generals: BTreeMap<_, Vec<Edtf>> = BTreeMap::new();
    for draft in held
        .iter()
        .filter(|draft| draft.fact.text(Slot::Kind) == GENERAL)
    {
        generals
            .entry(seat(&draft.fact))
            .or_default()
            .extend(draft.fact.date(Slot::Opened));
    }
    for draft in held
        .iter_mut()
        .filter(|draft| draft.fact.text(Slot::Kind) == PLAIN)
    {
        let closed = draft.fact.date(Slot::Closed);
        let opened = draft.fact.date(Slot::Opened).filter(|_| one_document);
        let earlier = |date: &Edtf, opened: &Edtf| matches!((date.range().1, opened.range().0), (Some(a), Some(b)) if a < b);
        let raised = |generals: &Vec<Edtf>| {
            generals.iter().any(|general| {
                [opened, closed]
                    .iter()
                    .flatten()
                    .any(|date| earlier(date, general))
                    || closed.is_some_and(|closed| general.compatible(closed))
            })
        };
        if generals
            .get(&seat(&draft.fact))
            .is_some_and(|opened| !raised(opened))
        {
            draft.fact.set(Slot::Kind, Value::Term(GENERAL.to_owned()));
        }
    }
    held
}

/// The kind of mission that a plain consulate may be a loose word for.
pub(crate) const GENERAL: &str = "consulate general";
/// The kind of mission whose name is also used loosely.
pub(crate) const PLAIN: &str = "consulate";

/// One mission per kind, sender, receiver and city, with all that is said of it. What names no city goes where it can go only to one.
pub(crate) fn houses(held: Vec<Draft>) -> Vec<Vec<Draft>> {
    let mut houses: BTreeMap<[Option<String>; 4], Vec<Draft>> = BTreeMap::new();
    let key = |fact: &Fact| {
        [Slot::Sending, Slot::Receiving, Slot::Kind, Slot::City]
            .map(|slot| fact.get(slot).map(denotation))
    };
    let (housed, homeless): (Vec<Draft>, Vec<Draft>) = held
        .into_iter()
        .partition(|draft| draft.fact.has(Slot::City));
    for draft in housed {
        houses.entry(key(&draft.fact)).or_default().push(draft);
    }
    for draft in homeless {
        let key = key(&draft.fact);
        let diplomatic = same::family(&draft.fact.text(Slot::Kind)) == same::Family::Diplomatic;
        let mut found = houses.keys().filter(|house| {
            house.iter().zip(&key).take(3).all(|(a, b)| a == b) && house.last() != Some(&None)
        });
        // A state has one embassy in another, but may have many consulates.
        let house = match (found.next().cloned(), found.next()) {
            (Some(house), None) => house,
            (Some(house), Some(_)) if diplomatic => house,
            (Some(_), Some(_)) | (None, _) => key,
        };
        houses.entry(house).or_default().push(draft);
    }
    houses.into_values().collect()
}

/// The first day that is told of a mission's period.
fn begins(fact: &Fact) -> Option<(i32, u8, u8)> {
    same::time(fact)
        .and_then(|date| date.start.or(date.end))
        .map(Day::first)
}

/// Parts what one document says of one house into its periods, in order of time.
fn periods(mut house: Vec<Draft>) -> Vec<Draft> {
    house.sort_by_key(by_time);
    let mut periods: Vec<Draft> = Vec::new();
    for draft in house {
        let reopened = draft.fact.text(Slot::Status) == "reopened";
        let chosen = if begins(&draft.fact).is_some() {
            periods
                .iter()
                .position(|period| one_period(&period.fact, &draft.fact))
        } else if reopened {
            // Reopened at a time not told: a later period than one that was closed.
            let closed = periods.iter().position(|p| p.fact.has(Slot::Closed));
            match closed {
                Some(at) => (at + 1 < periods.len()).then_some(at + 1),
                None => periods.len().checked_sub(1),
            }
        } else {
            (!periods.is_empty()).then_some(0)
        };
        match chosen.and_then(|at| periods.get_mut(at)) {
            Some(period) => period.absorb(draft),
            None => periods.push(draft),
        }
    }
    periods
}

/// Orders what is said of a mission by time, what has no date last.
pub(crate) fn by_time(draft: &Draft) -> (bool, Option<(i32, u8, u8)>, Vec<usize>) {
    let begins = begins(&draft.fact);
    (begins.is_none(), begins, draft.claims.clone())
}

/// Whether what is said fits into a period: no closing before an opening, no two openings.
pub(crate) fn one_period(period: &Fact, said: &Fact) -> bool {
    let (opened, closed) = (period.date(Slot::Opened), period.date(Slot::Closed));
    let after = |x: Option<&Edtf>, y: Option<&Edtf>| matches!((x.and_then(|d| d.range().0), y.and_then(|d| d.range().1)), (Some(x), Some(y)) if x > y);
    let earlier = |x: Option<&Edtf>, y: Option<&Edtf>| matches!((x.and_then(|d| d.range().1), y.and_then(|d| d.range().0)), (Some(x), Some(y)) if x < y);
    // Closed and reopened in one year: two periods.
    let reopened_later = said.text(Slot::Status) == "reopened"
        && closed.is_some()
        && said.has(Slot::Opened)
        && !earlier(said.date(Slot::Opened), closed);
    same::dates_agree(opened, said.date(Slot::Opened))
        && same::dates_agree(closed, said.date(Slot::Closed))
        && !after(said.date(Slot::Opened), closed)
        && !after(opened, said.date(Slot::Closed))
        && !reopened_later
}

/// Adds what `other` says to `fact`: lists grow, single slots take the more precise value.
pub(crate) fn absorb(fact: &mut Fact, other: &Fact) {
    for (&slot, values) in &other.slots {
        let many = fact
            .kind
            .slots()
            .iter()
            .any(|rule| rule.slot == slot && rule.many);
        for value in values {
            if many {
                let known = fact.all(slot).iter().any(|v| denotes_same(v, value));
                if known {
                    if let Some(place) = fact
                        .slots
                        .get_mut(&slot)
                        .and_then(|vs| vs.iter_mut().find(|v| denotes_same(v, value)))
                        && finer(value, place)
                    {
                        *place = value.clone();
                    }
                } else {
                    fact.add(slot, value.clone());
                }
            } else if fact.get(slot).is_none_or(|old| finer(value, old)) {
                fact.set(slot, value.clone());
            }
        }
    }
}

/// Whether two values of one document's slot mean the same thing.
pub(crate) fn denotes_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Person(a), Value::Person(b)) => one_person(&a.name, &b.name),
        _ => denotation(a) == denotation(b),
    }
}

/// Whether `new` says the same as `old` more precisely.
pub(crate) fn finer(new: &Value, old: &Value) -> bool {
    match (new, old) {
        (Value::Date(new), Value::Date(old)) => {
            let surer = old.approximate && !new.approximate && new.precision() >= old.precision();
            new.compatible(old) && (new.precision() > old.precision() || surer)
        }
        (Value::Term(new), Value::Term(old)) => {
            (old == "other" && new != "other") || (old == PLAIN && new == GENERAL)
        }
        (Value::Person(new), Value::Person(old)) => {
            names::length(&new.name) > names::length(&old.name)
        }
        (Value::Text(new), Value::Text(old)) => new.chars().count() > old.chars().count(),
        (Value::Office(new), Value::Office(old)) => {
            let fuller = old.role == "Minister" && new.role.ends_with("Minister");
            fuller || new.of.is_some() && old.of.is_none() && new.role == old.role
        }
        (Value::Place(new), Value::Place(old)) => {
            new.key == old.key && new.state.is_some() && old.state.is_none()
        }
        _ => false,
    }
}
