//! The persons that accounts name → who is the same human being over all documents.

use super::names::{self, Likeness};
use super::same;
use super::world::Account;
use crate::fact::{BodyClass, Fact, Kind, Slot, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Years between two mentions beyond which they are of two persons.
const LIFE: i32 = 70;
/// Years around a full name's mentions in which a bare surname may stand for it.
const CAREER: i32 = 15;

/// Who is who: persons by number, and the number of each name in each source.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// Every person's names; the first is the preferred one.
    pub(crate) persons: Vec<Vec<String>>,
    of: BTreeMap<(usize, String), usize>,
}

impl People {
    /// The person whom a source calls so.
    pub(crate) fn get(&self, source: usize, name: &str) -> Option<usize> {
        self.of.get(&(source, name.to_owned())).copied()
    }
}

/// What is known of whom a name stands for.
#[derive(Clone, Debug, Default)]
struct Context {
    /// Keys of the states that the person stands for.
    states: BTreeSet<String>,
    /// Roles held.
    roles: BTreeSet<String>,
    /// Years in which the person is told of.
    years: BTreeSet<i32>,
    /// How many accounts name the person so.
    accounts: usize,
}

impl Context {
    fn join(&mut self, other: &Self) {
        self.states.extend(other.states.iter().cloned());
        self.roles.extend(other.roles.iter().cloned());
        self.years.extend(&other.years);
        self.accounts += other.accounts;
    }

    /// Nothing speaks against one person.
    fn allows(&self, other: &Self) -> bool {
        let states = self.states.is_empty()
            || other.states.is_empty()
            || !self.states.is_disjoint(&other.states);
        states && self.gap(other).is_none_or(|gap| gap <= LIFE)
    }

    /// A shared time and state, or office where a state is not known.
    fn shares(&self, other: &Self) -> bool {
        let unknown = self.states.is_empty() || other.states.is_empty();
        let side = !self.states.is_disjoint(&other.states)
            || (unknown && !self.roles.is_disjoint(&other.roles));
        side && self.gap(other).is_none_or(|gap| gap <= CAREER)
    }

    fn gap(&self, other: &Self) -> Option<i32> {
        self.years
            .iter()
            .flat_map(|a| other.years.iter().map(move |b| (a - b).abs()))
            .min()
    }
}

#[derive(Debug)]
struct Cluster {
    names: BTreeMap<String, usize>,
    context: Context,
}

/// Finds out who is who.
pub(crate) fn people(accounts: &[Account]) -> People {
    let mut mentions: BTreeMap<(String, usize), Context> = BTreeMap::new();
    for account in accounts {
        for (&slot, values) in &account.fact.slots {
            for value in values {
                if let Value::Person(person) = value {
                    mentions
                        .entry((person.name.clone(), account.source))
                        .or_default()
                        .join(&context(&account.fact, slot));
                }
            }
        }
    }
    let mut order: Vec<(&(String, usize), &Context)> = mentions.iter().collect();
    // Fuller names first; of names alike, the one of whom more is known.
    order.sort_by(|((a, s), x), ((b, t), y)| {
        let rank = |name: &str, c: &Context| {
            (
                std::cmp::Reverse(names::length(name)),
                names::same_key(name),
                std::cmp::Reverse(c.states.len()),
            )
        };
        rank(a, x)
            .cmp(&rank(b, y))
            .then_with(|| (a, s).cmp(&(b, t)))
    });
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut chosen: Vec<((usize, String), usize)> = Vec::new();
    for ((name, source), context) in order {
        let surnames = names::surnames(name);
        let near: BTreeSet<usize> = surnames
            .iter()
            .filter_map(|s| by_surname.get(s))
            .flatten()
            .copied()
            .collect();
        let found = choose(&clusters, &near, name, context).unwrap_or_else(|| {
            clusters.push(Cluster {
                names: BTreeMap::new(),
                context: Context::default(),
            });
            clusters.len() - 1
        });
        for surname in surnames {
            let list = by_surname.entry(surname).or_default();
            if !list.contains(&found) {
                list.push(found);
            }
        }
        if let Some(cluster) = clusters.get_mut(found) {
            *cluster.names.entry(name.clone()).or_default() += context.accounts;
            cluster.context.join(context);
        }
        chosen.push(((*source, name.clone()), found));
    }
    let persons = clusters
        .into_iter()
        .map(|cluster| {
            let mut names: Vec<(String, usize)> = cluster.names.into_iter().collect();
            names.sort_by(|(a, n), (b, m)| {
                let rank = |name: &str, n: usize| {
                    (std::cmp::Reverse(names::length(name)), std::cmp::Reverse(n))
                };
                rank(a, *n).cmp(&rank(b, *m)).then_with(|| a.cmp(b))
            });
            names.into_iter().map(|(name, _)| name).collect()
        })
        .collect();
    People {
        persons,
        of: chosen.into_iter().collect(),
    }
}

fn choose(
    clusters: &[Cluster],
    near: &BTreeSet<usize>,
    name: &str,
    context: &Context,
) -> Option<usize> {
    let mut fitting: Vec<(Likeness, bool, usize)> = Vec::new();
    for &at in near {
        let Some(cluster) = clusters.get(at) else {
            continue;
        };
        let likeness: Option<Vec<Likeness>> = cluster
            .names
            .keys()
            .map(|other| names::compare(name, other))
            .collect();
        let Some(likeness) = likeness.and_then(|all| all.into_iter().min()) else {
            continue;
        };
        let shares = context.shares(&cluster.context);
        if cluster.context.allows(context) && (names::length(name) > 1 || shares) {
            fitting.push((likeness, shares, at));
        }
    }
    let pick = |same: bool, shared: bool| {
        let mut fits = fitting
            .iter()
            .filter(|(l, s, _)| (!same || *l == Likeness::Same) && (!shared || *s));
        match (fits.next(), fits.next()) {
            (Some(&(_, _, at)), None) => Some(at),
            _ => None,
        }
    };
    // The same name wins over a longer one, then one that shares state and time; else there must be just one.
    pick(true, true)
        .or_else(|| pick(true, false))
        .or_else(|| pick(false, true))
        .or_else(|| pick(false, false))
}

fn context(fact: &Fact, slot: Slot) -> Context {
    let mut context = Context {
        accounts: 1,
        ..Context::default()
    };
    let side = match fact.kind {
        Kind::Visit => Some(Slot::From),
        Kind::Appointment | Kind::MissionEvent => Some(Slot::Sending),
        Kind::Treaty
        | Kind::Mission
        | Kind::Relations
        | Kind::Membership
        | Kind::Meeting
        | Kind::Observation => None,
    };
    let mut stands_for = |body: &crate::fact::Body| {
        if body.class == BodyClass::State {
            context.states.insert(body.key.clone());
        }
    };
    if let Some(body) = side.and_then(|side| fact.body(side)) {
        stands_for(body);
    }
    if slot != Slot::Participants
        && let Some(Value::Office(office)) = fact.get(Slot::Role)
    {
        if let Some(body) = &office.of {
            stands_for(body);
        }
        context.roles.insert(names::fold(&office.role));
    }
    context
        .years
        .extend(same::time(fact).and_then(|date| date.year()));
    context
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Body, Edtf, Person};

    fn visit(source: usize, name: &str, from: &str, year: i32) -> Account {
        let body = Body {
            class: BodyClass::State,
            key: from.to_owned(),
            name: from.to_owned(),
        };
        let fact = Fact::new(Kind::Visit)
            .with(
                Slot::Visitor,
                Value::Person(Person {
                    name: name.to_owned(),
                }),
            )
            .with(Slot::From, Value::Body(body))
            .with(Slot::Start, Value::Date(Edtf::in_year(year)));
        Account {
            source,
            fact,
            claims: vec![],
        }
    }

    #[test]
    fn a_surname_needs_one_match_of_its_state_and_time() {
        let who = people(&[
            visit(0, "Ana Ruiz Vela", "PER", 2012),
            visit(1, "Ana Ruiz", "PER", 2013),
            visit(2, "Ruiz", "PER", 2014),
            visit(3, "Ruiz", "PER", 1950),
            visit(4, "Ruiz", "CHL", 2014),
            visit(5, "Ana Ruiz", "CHL", 2014),
        ]);
        let id = |source, name| who.get(source, name).unwrap();
        let full = id(0, "Ana Ruiz Vela");
        assert_eq!(id(1, "Ana Ruiz"), full);
        assert_eq!(id(2, "Ruiz"), full);
        assert_ne!(id(3, "Ruiz"), full);
        assert_ne!(id(5, "Ana Ruiz"), full);
        assert_eq!(id(4, "Ruiz"), id(5, "Ana Ruiz"));
        assert_eq!(who.persons[full][0], "Ana Ruiz Vela");
    }
}
