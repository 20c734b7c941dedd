//! The accounts of all documents → groups of accounts that tell of one event or relator.

use super::evidence::ENOUGH;
use super::keys::{dispute_key, keys};
use super::parts::parts;
use super::people::People;
use super::rulings::Rulings;
use super::same;
use super::topics::Topics;
use super::weigh::{Comparison, weigh};
use super::within::{Draft, absorb, by_time, consulates, houses, one_period};
use super::world::Account;
use crate::fact::{Edtf, Fact, Kind, Slot, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Years by which two sources may differ on an event that cannot recur without its opposite between, and still tell of one.
const DISPUTE: i32 = 5;
/// Years by which two sources may differ on when a person took office.
const DISPUTE_OF_TERM: i32 = 2;

/// A fact with every person's name replaced by the person's number, so that equal names are one person.
pub(crate) fn numbered(account: &Account, people: &People) -> Fact {
    let mut fact = account.fact.clone();
    for value in fact.slots.values_mut().flatten() {
        if let Value::Person(person) = value
            && let Some(number) = people.get(account.source, &person.name)
        {
            person.name = format!("#{number:06}");
        }
    }
    fact
}

/// Accounts by index.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Those of each event.
    pub(crate) groups: Vec<Vec<usize>>,
    /// Those that were decided together.
    pub(crate) parts: Vec<Vec<usize>>,
}

/// Groups of accounts (by index) that tell of one event each; of one document, an event has one account at most. Decided part by part
/// ([`super::parts`]): accounts that share no key, directly or over others, never influence each other.
pub(crate) fn events(
    accounts: &[Account],
    people: &People,
    topics: &Topics,
    rulings: &Rulings,
) -> Found {
    let facts: Vec<Fact> = accounts
        .iter()
        .map(|account| numbered(account, people))
        .collect();
    let mut keys: Vec<Vec<String>> = facts.iter().map(|fact| keys(fact, topics)).collect();
    for (&at, set) in &rulings.same_accounts {
        if let Some(keys) = keys.get_mut(at) {
            keys.push(format!("decided {set}"));
        }
    }
    let grouping = Grouping {
        accounts,
        rulings,
        keys: &keys,
        how: Comparison {
            topics,
            person: |a, b| a == b,
        },
    };
    let mut groups = Vec::new();
    let parts = parts(&keys);
    for part in &parts {
        let drafts = part.iter().filter_map(|&at| {
            Some(Draft {
                fact: facts.get(at)?.clone(),
                claims: vec![at],
            })
        });
        groups.extend(grouping.decide(drafts.collect()));
    }
    groups.sort();
    Found { groups, parts }
}

struct Grouping<'a> {
    accounts: &'a [Account],
    rulings: &'a Rulings,
    /// The keys of each account.
    keys: &'a [Vec<String>],
    how: Comparison<'a>,
}

/// A group of accounts, each with its own fact; `claims` of the draft are the accounts' indexes.
#[derive(Debug)]
struct Group {
    draft: Draft,
    facts: Vec<Fact>,
}

impl Group {
    fn absorb(&mut self, other: Self) {
        self.draft.absorb(other.draft);
        self.facts.extend(other.facts);
    }
}

impl Grouping<'_> {
    /// The events of one part.
    fn decide(&self, drafts: Vec<Draft>) -> Vec<Vec<usize>> {
        let mut by_kind: BTreeMap<Kind, Vec<Draft>> = BTreeMap::new();
        for draft in drafts {
            by_kind.entry(draft.fact.kind).or_default().push(draft);
        }
        by_kind
            .into_values()
            .flat_map(|drafts| self.decided(self.of_one_kind(drafts)))
            .collect()
    }

    /// Groups with those put together of which somebody decided that they are one.
    fn decided(&self, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        if self.rulings.same_accounts.is_empty() {
            return groups;
        }
        let sets: Vec<Vec<usize>> = groups
            .iter()
            .map(|group| {
                let all = group
                    .iter()
                    .filter_map(|at| self.rulings.same_accounts.get(at));
                all.copied().collect()
            })
            .collect();
        let whole = parts(&sets).into_iter().map(|together| {
            let all = together.iter().filter_map(|&at| groups.get(at)).flatten();
            let mut all: Vec<usize> = all.copied().collect();
            all.sort_unstable();
            all
        });
        whole.collect()
    }

    fn of_one_kind(&self, drafts: Vec<Draft>) -> Vec<Vec<usize>> {
        let kind = match drafts.as_slice() {
            [] => return Vec::new(),
            [one] => return vec![one.claims.clone()],
            [first, ..] => first.fact.kind,
        };
        let found = if kind == Kind::Mission {
            self.missions(drafts)
        } else {
            // What has no date comes last: by then it is known which dates tell of one event.
            let (dated, undated) = drafts
                .into_iter()
                .partition(|draft: &Draft| same::time(&draft.fact).is_some());
            let groups = self.disputes(kind, self.agreeing(Vec::new(), dated));
            self.agreeing(groups, undated)
                .into_iter()
                .map(|group| group.draft)
                .collect()
        };
        found
            .into_iter()
            .map(|mut draft| {
                draft.claims.sort_unstable();
                draft.claims
            })
            .collect()
    }

    /// The keys of the accounts of a draft.
    fn keys(&self, draft: &Draft) -> BTreeSet<&str> {
        draft
            .claims
            .iter()
            .filter_map(|&at| self.keys.get(at))
            .flatten()
            .map(String::as_str)
            .collect()
    }

    fn sources(&self, draft: &Draft) -> BTreeSet<usize> {
        draft
            .claims
            .iter()
            .filter_map(|&at| self.accounts.get(at))
            .map(|account| account.source)
            .collect()
    }

    /// The two are of different documents, and nobody decided that they are two.
    fn of_other_sources(&self, a: &Draft, b: &Draft) -> bool {
        let parted = || {
            a.claims.iter().any(|&x| {
                b.claims
                    .iter()
                    .any(|&y| self.rulings.other_accounts.contains(&(x, y)))
            })
        };
        self.sources(a).is_disjoint(&self.sources(b))
            && (self.rulings.other_accounts.is_empty() || !parted())
    }

    /// Groups whose accounts agree in all that they say: most precise dates first, undated ones where they can go only to one.
    fn agreeing(&self, mut groups: Vec<Group>, mut drafts: Vec<Draft>) -> Vec<Group> {
        let precision = |draft: &Draft| same::time(&draft.fact).map(|date| date.precision());
        drafts.sort_by(|a, b| {
            precision(b)
                .cmp(&precision(a))
                .then_with(|| a.claims.cmp(&b.claims))
        });
        let mut blocks: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            for key in self.keys(&group.draft) {
                blocks.entry(key).or_default().push(at);
            }
        }
        for draft in drafts {
            let keys = self.keys(&draft);
            let near: BTreeSet<usize> = keys
                .iter()
                .filter_map(|key| blocks.get(key))
                .flatten()
                .copied()
                .collect();
            let mut fits: Vec<(bool, usize)> = Vec::new();
            for at in near {
                let Some(group) = groups.get(at) else {
                    continue;
                };
                if self.one(group, &draft.fact) && self.of_other_sources(&group.draft, &draft) {
                    fits.push((same::time(&group.draft.fact) != same::time(&draft.fact), at));
                }
            }
            fits.sort_unstable();
            let dated = precision(&draft).is_some();
            let chosen = match fits.as_slice() {
                [(_, at)] => Some(*at),
                [(_, at), ..] if dated || draft.fact.kind == Kind::Appointment => Some(*at),
                many => many.iter().map(|(_, at)| *at).find(|&at| {
                    groups
                        .get(at)
                        .is_some_and(|g| precision(&g.draft).is_none())
                }),
            };
            let new = Group {
                facts: vec![draft.fact.clone()],
                draft,
            };
            let at = match chosen {
                Some(at) => {
                    if let Some(group) = groups.get_mut(at) {
                        group.absorb(new);
                    }
                    at
                }
                None => {
                    groups.push(new);
                    groups.len() - 1
                }
            };
            for key in keys {
                let list = blocks.entry(key).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
        }
        groups
    }

    /// Nothing forbids that a fact is of a group, and enough speaks for it.
    fn one(&self, group: &Group, fact: &Fact) -> bool {
        let mut enough = false;
        for other in &group.facts {
            let evidence = weigh(other, fact, self.how);
            if evidence.is_vetoed() {
                return false;
            }
            enough |= evidence.weight() >= ENOUGH;
        }
        enough
    }

    /// Joins groups of different documents that tell one event with dates (or numbers) that cannot both be true, the nearest first.
    fn disputes(&self, kind: Kind, groups: Vec<Group>) -> Vec<Group> {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            if let Some(key) = dispute_key(&group.draft.fact) {
                blocks.entry(key).or_default().push(at);
            }
        }
        // What may lie between two events of relations: the dated ones of the same parties.
        let mut opposites: BTreeMap<BTreeSet<String>, Vec<&Fact>> = BTreeMap::new();
        for group in groups.iter().filter(|_| kind == Kind::Relations) {
            opposites
                .entry(same::denotations(&group.draft.fact, Slot::Parties))
                .or_default()
                .push(&group.draft.fact);
        }
        let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
        for block in blocks.values().filter(|block| block.len() > 1) {
            let members: Vec<&Group> = block.iter().filter_map(|&at| groups.get(at)).collect();
            let others = members.first().and_then(|group| {
                opposites.get(&same::denotations(&group.draft.fact, Slot::Parties))
            });
            let others = others.map_or(&[][..], Vec::as_slice);
            if kind == Kind::Observation && self.several(&members) {
                continue;
            }
            for (at, (&a, x)) in block.iter().zip(&members).enumerate() {
                for (&b, y) in block.iter().zip(&members).skip(at + 1) {
                    if let Some(apart) = dispute(kind, &x.draft.fact, &y.draft.fact, others) {
                        pairs.push((apart, a, b));
                    }
                }
            }
        }
        pairs.sort_unstable();
        let mut places: Vec<usize> = (0..groups.len()).collect();
        let mut merged: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
        for (_, a, b) in pairs {
            let (Some(&a), Some(&b)) = (places.get(a), places.get(b)) else {
                continue;
            };
            let apart = matches!((merged.get(a), merged.get(b)), (Some(Some(x)), Some(Some(y))) if self.of_other_sources(&x.draft, &y.draft));
            if a == b || !apart {
                continue;
            }
            if let Some(taken) = merged.get_mut(b).and_then(Option::take)
                && let Some(Some(group)) = merged.get_mut(a)
            {
                group.absorb(taken);
                places
                    .iter_mut()
                    .filter(|place| **place == b)
                    .for_each(|place| *place = a);
            }
        }
        merged.into_iter().flatten().collect()
    }

    /// Whether one document gives several numbers for one thing and time: then it counts different things.
    fn several(&self, members: &[&Group]) -> bool {
        members.iter().enumerate().any(|(at, a)| {
            let same_time = |b: &&&Group| same::time(&a.draft.fact) == same::time(&b.draft.fact);
            members
                .iter()
                .skip(at + 1)
                .filter(same_time)
                .any(|b| !self.of_other_sources(&a.draft, &b.draft))
        })
    }

    /// Missions: per house, the periods of all documents laid over one another.
    fn missions(&self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut made = Vec::new();
        for mut house in houses(consulates(drafts, false)) {
            house.sort_by_key(by_time);
            let said: Vec<Fact> = house.iter().map(|draft| draft.fact.clone()).collect();
            let mut periods: Vec<Draft> = Vec::new();
            for draft in house {
                let dated = same::time(&draft.fact).is_some();
                let free: Vec<usize> = periods
                    .iter()
                    .enumerate()
                    .filter(|(_, p)| self.of_other_sources(p, &draft))
                    .map(|(at, _)| at)
                    .collect();
                let find = |fits: &dyn Fn(&Draft) -> bool| {
                    free.iter()
                        .copied()
                        .find(|&at| periods.get(at).is_some_and(fits))
                };
                let chosen = if dated {
                    find(&|p| one_period(&p.fact, &draft.fact))
                        .or_else(|| find(&|p| disputed_period(&p.fact, &draft.fact, &said)))
                } else if draft.fact.text(Slot::Status) == "former" {
                    find(&|p| p.fact.has(Slot::Closed)).or_else(|| free.first().copied())
                } else {
                    free.iter()
                        .rev()
                        .copied()
                        .find(|&at| periods.get(at).is_some_and(|p| !p.fact.has(Slot::Closed)))
                        .or_else(|| free.first().copied())
                };
                match chosen.and_then(|at| periods.get_mut(at)) {
                    Some(period) => period.absorb(draft),
                    None => periods.push(draft),
                }
            }
            made.extend(periods);
        }
        made
    }
}

/// How many years apart the two are, if they are one event in dispute. `others` are events of relations between the same parties.
fn dispute(kind: Kind, a: &Fact, b: &Fact, others: &[&Fact]) -> Option<i32> {
    let years = |slot| Some((a.date(slot)?.year()? - b.date(slot)?.year()?).abs());
    match kind {
        Kind::Relations => {
            let (x, y) = (a.date(Slot::Date)?, b.date(Slot::Date)?);
            let apart = years(Slot::Date)?;
            let event = a.text(Slot::Event);
            let once = event == "established" || event == "recognised";
            let parted = others.iter().any(|other| {
                same::opposite(&event, &other.text(Slot::Event))
                    && other
                        .date(Slot::Date)
                        .is_some_and(|z| lies_between(z, x, y))
            });
            (!parted && recurs_only_after_opposite(&event) && (once || apart <= DISPUTE))
                .then_some(apart)
        }
        Kind::Appointment => {
            let apart = years(Slot::Start)?;
            let before = |x: &Fact, y: &Fact| {
                let (end, start) = (
                    x.date(Slot::End).and_then(Edtf::year),
                    y.date(Slot::Start).and_then(Edtf::year),
                );
                matches!((end, start), (Some(end), Some(start)) if end < start)
            };
            (apart <= DISPUTE_OF_TERM && !before(a, b) && !before(b, a)).then_some(apart)
        }
        Kind::Observation => (a.date(Slot::Date)? == b.date(Slot::Date)?).then_some(0),
        Kind::Meeting => Some(0),
        Kind::Treaty => {
            let parties = same::denotations(a, Slot::Parties);
            let shared = parties
                .intersection(&same::denotations(b, Slot::Parties))
                .count();
            (shared > 1).then_some(0)
        }
        Kind::Visit | Kind::Mission | Kind::MissionEvent | Kind::Membership => None,
    }
}

/// Whether two openings (or closings) that cannot both be true are one event: nothing opposite lies between.
fn disputed_period(period: &Fact, said: &Fact, all: &[Fact]) -> bool {
    let one = |slot: Slot, other: Slot| {
        let (Some(x), Some(y)) = (period.date(slot), said.date(slot)) else {
            return true;
        };
        let near = matches!((x.year(), y.year()), (Some(p), Some(q)) if (p - q).abs() <= DISPUTE);
        let parted = all
            .iter()
            .any(|fact| fact.date(other).is_some_and(|z| lies_between(z, x, y)));
        same::can_be_same(x, y) || (near && !parted)
    };
    let after = |x: Option<&Edtf>, y: Option<&Edtf>| matches!((x.and_then(|d| d.range().0), y.and_then(|d| d.range().1)), (Some(x), Some(y)) if x > y);
    let reopened = said.text(Slot::Status) == "reopened" || period.text(Slot::Status) == "reopened";
    !reopened
        && one(Slot::Opened, Slot::Closed)
        && one(Slot::Closed, Slot::Opened)
        && !after(said.date(Slot::Opened), period.date(Slot::Closed))
        && !after(period.date(Slot::Opened), said.date(Slot::Closed))
}

fn lies_between(z: &Edtf, x: &Edtf, y: &Edtf) -> bool {
    let (Some(z), Some(x), Some(y)) = (z.year(), x.year(), y.year()) else {
        return false;
    };
    x.min(y) <= z && z <= x.max(y)
}

/// Ranks may rise twice in a row; relations are not broken twice without having been resumed.
fn recurs_only_after_opposite(event: &str) -> bool {
    matches!(
        event,
        "severed" | "suspended" | "established" | "resumed" | "recognised"
    )
}

/// The leading fact of a group: what its accounts say together, the most precise value of each slot, as the documents spell it.
pub(crate) fn together(accounts: &[Account], group: &[usize]) -> Option<Fact> {
    let mut facts = group
        .iter()
        .filter_map(|&at| accounts.get(at))
        .map(|account| &account.fact);
    let mut whole = facts.next()?.clone();
    for fact in facts {
        absorb(&mut whole, fact);
    }
    Some(whole)
}
