//! The persons that accounts name → who is the same human being over all documents.
//!
//! A mention is a name as one document has it, with all that the document's accounts say of its bearer. Mentions that share a key are decided
//! together, part by part ([`super::parts`]): full names share given name and surname; a bare surname or an initial asks for the full
//! names that it may stand for, and only where it asks are these brought together.

use super::context::{Context, context};
use super::evidence::{Evidence, NEAR, Reason};
use super::names::{self, Likeness};
use super::parts::parts;
use super::rulings::Rulings;
use super::world::Account;
use crate::fact::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Who is who: persons by number, and the number of each name in each source.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// Every person.
    pub(crate) persons: Vec<Person>,
    of: BTreeMap<(usize, String), usize>,
}

/// One human being.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// Every name; the first is the preferred one.
    pub(crate) names: Vec<String>,
    /// Every mention in the order in which they were found to be one, each with what spoke for it (the first with nothing).
    pub(crate) mentions: Vec<(usize, String, Evidence)>,
    /// Persons whom much speaks for being the same, and what forbids it.
    pub(crate) apart: Vec<(usize, Evidence)>,
}

impl People {
    /// The person whom a source calls so.
    pub(crate) fn get(&self, source: usize, name: &str) -> Option<usize> {
        self.of.get(&(source, name.to_owned())).copied()
    }
}

/// A name in a document and what is known there of whom it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    name: String,
    source: usize,
    context: Context,
}

/// All mentions, sorted by name and source.
pub(crate) fn mentions(accounts: &[Account]) -> Vec<Mention> {
    let mut found: BTreeMap<(&str, usize), Context> = BTreeMap::new();
    for account in accounts {
        for (&slot, values) in &account.fact.slots {
            for value in values {
                if let Value::Person(person) = value {
                    found
                        .entry((&person.name, account.source))
                        .or_default()
                        .join(&context(&account.fact, slot));
                }
            }
        }
    }
    found
        .into_iter()
        .map(|((name, source), context)| Mention {
            name: name.to_owned(),
            source,
            context,
        })
        .collect()
}

impl Mention {
    /// Its source and name.
    pub(crate) fn place(&self) -> (usize, String) {
        (self.source, self.name.clone())
    }

    /// Keys by which it is found, whoever looks.
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut keys = names::full_keys(&self.name);
        keys.push(names::same_key(&self.name));
        keys
    }

    /// Keys by which short forms of its name look for it.
    pub(crate) fn open_keys(&self) -> Vec<String> {
        let sides = || {
            let states = self.context.states.iter().map(|state| format!("@{state}"));
            let roles = self
                .context
                .offices
                .iter()
                .map(|(role, _)| format!("#{role}"));
            states.chain(roles).collect::<Vec<_>>()
        };
        let mut keys = names::initial_keys(&self.name);
        let surnames = names::surnames(&self.name);
        for surname in surnames.iter().chain(&names::sounds(&surnames)) {
            keys.push(format!("{surname}?"));
            keys.extend(sides().iter().map(|side| format!("{surname}{side}")));
        }
        keys
    }

    /// Those of its open keys by which it looks itself: all for a bare surname, those with the initial for a name that begins with one.
    pub(crate) fn asks(&self) -> Vec<String> {
        if names::length(&self.name) == 1 {
            self.open_keys()
        } else if names::begins_with_initial(&self.name) {
            names::initial_keys(&self.name)
        } else {
            Vec::new()
        }
    }
}

/// The keys of each mention. Keys that nobody asks by are left out, so that they join nothing.
pub(crate) fn keys(mentions: &[Mention], rulings: &Rulings) -> Vec<Vec<String>> {
    let asked: BTreeSet<String> = mentions.iter().flat_map(Mention::asks).collect();
    mentions
        .iter()
        .map(|mention| {
            let open = mention
                .open_keys()
                .into_iter()
                .filter(|key| asked.contains(key));
            let place = (mention.source, mention.name.clone());
            let decided = rulings
                .same_names
                .get(&place)
                .map(|set| format!("decided {set}"));
            mention
                .keys()
                .into_iter()
                .chain(open)
                .chain(decided)
                .collect()
        })
        .collect()
}

/// Finds out who is who, part by part.
pub(crate) fn people(accounts: &[Account], rulings: &Rulings) -> People {
    let mentions = mentions(accounts);
    let mut people = People::default();
    for part in parts(&keys(&mentions, rulings)) {
        let part: Vec<&Mention> = part.iter().filter_map(|&at| mentions.get(at)).collect();
        let before = people.persons.len();
        for mut person in decide(&part, rulings) {
            for (other, _) in &mut person.apart {
                *other += before;
            }
            let number = people.persons.len();
            for (source, name, _) in &person.mentions {
                people.of.insert((*source, name.clone()), number);
            }
            people.persons.push(person);
        }
    }
    people
}

#[derive(Debug, Default)]
struct Cluster {
    names: BTreeMap<String, usize>,
    context: Context,
    person: Person,
}

/// The persons of one part; `apart` counts within it. Fuller names come first, so that a short one finds all that it may stand for; of names
/// alike, the one of whom more is known.
fn decide(part: &[&Mention], rulings: &Rulings) -> Vec<Person> {
    let mut order: Vec<&Mention> = part.to_vec();
    // Of equal names, first the one whose document has a longer form too: it is not that one's.
    let both = |mention: &Mention| {
        part.iter().any(|other| {
            other.source == mention.source
                && names::length(&other.name) > names::length(&mention.name)
                && names::length(&mention.name) > 1
                && names::compare(&other.name, &mention.name).is_some()
        })
    };
    let rank = |mention: &Mention| {
        (
            Reverse(names::length(&mention.name)),
            names::same_key(&mention.name),
            !both(mention),
            Reverse(mention.context.states.len()),
            mention.name.clone(),
            mention.source,
        )
    };
    order.sort_by_cached_key(|mention| rank(mention));
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for mention in order {
        let surnames = names::blocks(&mention.name);
        let near: BTreeSet<usize> = surnames
            .iter()
            .filter_map(|surname| by_surname.get(surname))
            .flatten()
            .copied()
            .collect();
        let (chosen, evidence, refused) = decided(&clusters, mention, rulings)
            .unwrap_or_else(|| choose(&clusters, &near, mention, rulings));
        let found = chosen.unwrap_or_else(|| {
            clusters.push(Cluster::default());
            clusters.len() - 1
        });
        for surname in surnames {
            let list = by_surname.entry(surname).or_default();
            if !list.contains(&found) {
                list.push(found);
            }
        }
        if let Some(cluster) = clusters.get_mut(found) {
            *cluster.names.entry(mention.name.clone()).or_default() += mention.context.accounts;
            cluster.context.join(&mention.context);
            let person = &mut cluster.person;
            person
                .mentions
                .push((mention.source, mention.name.clone(), evidence));
            for (other, why) in refused {
                if !person.apart.iter().any(|(known, _)| *known == other) {
                    person.apart.push((other, why));
                }
            }
        }
    }
    let finished = |cluster: Cluster| {
        let mut names: Vec<(String, usize)> = cluster.names.into_iter().collect();
        names.sort_by_cached_key(|(name, times)| {
            (Reverse(names::length(name)), Reverse(*times), name.clone())
        });
        Person {
            names: names.into_iter().map(|(name, _)| name).collect(),
            ..cluster.person
        }
    };
    clusters.into_iter().map(finished).collect()
}

/// What was chosen for a mention, why, and what was refused.
type Choice = (Option<usize>, Evidence, Vec<(usize, Evidence)>);

/// The cluster that somebody decided a mention to be of.
fn decided(clusters: &[Cluster], mention: &Mention, rulings: &Rulings) -> Option<Choice> {
    let set = rulings
        .same_names
        .get(&(mention.source, mention.name.clone()))?;
    let of_set = |(source, name, _): &(usize, String, Evidence)| {
        rulings.same_names.get(&(*source, name.clone())) == Some(set)
    };
    let at = clusters
        .iter()
        .position(|cluster| cluster.person.mentions.iter().any(of_set));
    let mut evidence = Evidence::default();
    evidence.add_if(at.is_some(), Reason::Decided);
    Some((at, evidence, Vec::new()))
}

/// The cluster that a mention belongs to, what speaks for it, and those that it was kept from although much speaks for them.
fn choose(
    clusters: &[Cluster],
    near: &BTreeSet<usize>,
    mention: &Mention,
    rulings: &Rulings,
) -> Choice {
    let mut fitting: Vec<(i32, usize, Evidence)> = Vec::new();
    let mut refused = Vec::new();
    for &at in near {
        let Some(cluster) = clusters.get(at) else {
            continue;
        };
        let mut evidence = weigh(mention, cluster);
        let bare = evidence.has(Reason::Surname) && evidence.has(Reason::NearInTime);
        let nothing_known = mention.context.states.is_empty() && mention.context.offices.is_empty();
        evidence.add_if(
            bare && nothing_known
                && near
                    .iter()
                    .all(|other| *other == at || !bears(clusters.get(*other), mention)),
            Reason::OnlyBearer,
        );
        let parted = rulings.parts(mention.source, &mention.name, &cluster.person);
        evidence.add_if(parted, Reason::DecidedOther);
        if evidence.is_enough() {
            fitting.push((-evidence.weight(), at, evidence));
        } else if evidence.is_near_miss() {
            refused.push((at, evidence));
        }
    }
    fitting.sort();
    match fitting.as_slice() {
        [(best, _, _), (second, _, _), ..] if best == second => {
            for (_, at, evidence) in fitting.iter().filter(|(weight, _, _)| weight == best) {
                let mut evidence = *evidence;
                evidence.add(Reason::Rival);
                refused.push((*at, evidence));
            }
            (None, Evidence::default(), refused)
        }
        [(_, at, evidence), ..] => (Some(*at), *evidence, refused),
        [] => (None, Evidence::default(), refused),
    }
}

/// Whether a cluster has the mention's surname at about its time.
fn bears(cluster: Option<&Cluster>, mention: &Mention) -> bool {
    cluster.is_some_and(|cluster| {
        let named = cluster
            .names
            .keys()
            .any(|name| names::compare(&mention.name, name).is_some());
        let gap = cluster.context.gap(&mention.context);
        named && gap.is_none_or(|gap| gap <= NEAR)
    })
}

fn weigh(mention: &Mention, cluster: &Cluster) -> Evidence {
    let mut evidence = Evidence::default();
    let likeness: Option<Vec<Likeness>> = cluster
        .names
        .keys()
        .map(|other| names::compare(&mention.name, other))
        .collect();
    let single = names::length(&mention.name) == 1 && !names::has_generation(&mention.name);
    evidence.add(match likeness.and_then(|all| all.into_iter().min()) {
        Some(Likeness::Same) if single => Reason::SameSingleName,
        Some(Likeness::Same) => Reason::SameName,
        Some(Likeness::Shortened) => Reason::ShorterName,
        Some(Likeness::Surname) => Reason::Surname,
        Some(Likeness::Generation) => Reason::GenerationLeftOut,
        Some(Likeness::Spelled) => Reason::OtherSpelling,
        Some(Likeness::SpelledSurname) => Reason::SurnameOtherSpelling,
        None => Reason::OtherName,
    });
    mention.context.weigh(&cluster.context, &mut evidence);
    // What the reader took for two persons within one document are two, but for spellings of one name.
    let key = names::same_key(&mention.name);
    let told_apart = cluster.person.mentions.iter().any(|(source, name, _)| {
        let full = names::length(name) > 1 && names::length(&mention.name) > 1;
        *source == mention.source && full && names::same_key(name) != key
    });
    evidence.add_if(told_apart, Reason::ToldApart);
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Body, BodyClass, Edtf, Fact, Kind, Person, Slot};

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
        let mentioned = [
            visit(0, "Ana Ruiz Vela", "PER", 2012),
            visit(1, "Ana Ruiz", "PER", 2013),
            visit(2, "Ruiz", "PER", 2014),
            visit(3, "Ruiz", "PER", 1950),
            visit(4, "Ruiz", "CHL", 2014),
            visit(5, "Ana Ruiz", "CHL", 2014),
        ];
        let who = people(&mentioned, &Rulings::default());
        let id = |source, name| who.get(source, name).unwrap();
        let full = id(0, "Ana Ruiz Vela");
        assert_eq!(id(1, "Ana Ruiz"), full);
        assert_eq!(id(2, "Ruiz"), full);
        assert_ne!(id(3, "Ruiz"), full);
        assert_ne!(id(5, "Ana Ruiz"), full);
        assert_eq!(id(4, "Ruiz"), id(5, "Ana Ruiz"));
        assert_eq!(who.persons[full].names[0], "Ana Ruiz Vela");
    }

    #[test]
    fn another_spelling_needs_the_state_and_the_time() {
        let mentioned = [
            visit(0, "Hicham Wahbi", "MAR", 2012),
            visit(1, "Hisham Ouahbi", "MAR", 2013),
            visit(2, "Hisham Ouahbi", "TUN", 2013),
            visit(3, "Hicham Wahbi", "MAR", 1980),
            visit(4, "Henri XII", "ESP", 2015),
            visit(5, "Enrique XII", "ESP", 2016),
        ];
        let who = people(&mentioned, &Rulings::default());
        let id = |source, name| who.get(source, name).unwrap();
        assert_eq!(id(0, "Hicham Wahbi"), id(1, "Hisham Ouahbi"));
        assert_ne!(id(0, "Hicham Wahbi"), id(2, "Hisham Ouahbi"));
        assert_eq!(id(4, "Henri XII"), id(5, "Enrique XII"));
    }
}
