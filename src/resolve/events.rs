//! Groups of accounts → events with their ids, and every value of every slot with the claims that support it.

use super::across::together;
use super::entities::{Entities, backing};
use super::handles::{handle, mission_handle, relation_handle};
use super::ids::{self, Wanted, join, slug_of};
use super::names::{short_slug, slug};
use super::people::People;
use super::rulings::Rulings;
use super::same::{self, denotation};
use super::topics::Topics;
use super::within::finer;
use super::world::{Account, ClaimRef, Event, Member, Source, Supported};
use crate::fact::{Edtf, Fact, Kind, Slot, Value};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What events are made from.
pub(crate) struct Ground<'a> {
    /// Sorted sources.
    pub(crate) sources: &'a [&'a Source],
    /// All accounts.
    pub(crate) accounts: &'a [Account],
    /// Who is who.
    pub(crate) people: &'a People,
    /// All entities.
    pub(crate) entities: &'a Entities,
    /// Languages of titles.
    pub(crate) topics: &'a Topics,
    /// What people decided.
    pub(crate) rulings: &'a Rulings,
}

/// Events sorted by id.
pub(crate) fn events(groups: &[Vec<usize>], ground: &Ground<'_>) -> Vec<Event> {
    let mut made: Vec<(Wanted, Event)> = groups
        .iter()
        .filter_map(|group| ground.event(group))
        .collect();
    let wanted: Vec<Wanted> = made.iter().map(|(wanted, _)| wanted.clone()).collect();
    for ((_, event), id) in made.iter_mut().zip(ids::assign(&wanted)) {
        event.id = id;
    }
    let mut events: Vec<Event> = made.into_iter().map(|(_, event)| event).collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    events
}

impl Ground<'_> {
    fn event(&self, group: &[usize]) -> Option<(Wanted, Event)> {
        let mut fact = together(self.accounts, group)?;
        let claims: BTreeSet<ClaimRef> = group
            .iter()
            .filter_map(|&at| self.accounts.get(at))
            .flat_map(|a| a.claims.iter().copied())
            .collect();
        let mut values = self.values(group);
        let preferred = self.prefer(group, &mut values);
        for rule in fact.kind.slots().iter().filter(|rule| !rule.many) {
            if let Some(leading) = values.get(&rule.slot).and_then(|list| list.first()) {
                fact.set(rule.slot, leading.value.clone());
            }
        }
        let of = mission_handle(&fact)
            .map(|handle| self.rulings.mission(handle))
            .or_else(|| relation_handle(&fact))
            .and_then(|handle| self.entities.id(&handle))
            .map(str::to_owned);
        let (key, longer) = key(&fact, of.as_deref());
        let wanted = Wanted {
            key,
            longer,
            smallest: ids::smallest(self.sources, &claims),
        };
        let event = Event {
            id: String::new(),
            fact,
            values,
            preferred,
            of,
            accounts: group.to_vec(),
            claims: claims.into_iter().collect(),
        };
        Some((wanted, event))
    }

    /// Puts first the values that somebody decided to lead; gives their slots.
    fn prefer(&self, group: &[usize], values: &mut BTreeMap<Slot, Vec<Supported>>) -> Vec<Slot> {
        let mut slots = Vec::new();
        for preferred in &self.rulings.preferred {
            let own = matches!(preferred.of, Member::Account(at) if group.contains(&at));
            let Some(slot) = preferred.slot.filter(|_| own) else {
                continue;
            };
            let list = values.entry(slot).or_default();
            let found = list
                .iter()
                .position(|one| one.value.text() == preferred.value);
            if let Some(found) = found {
                let leading = list.remove(found);
                list.insert(0, leading);
                slots.push(slot);
            }
        }
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    /// Every value that a document gives for a slot, the leading one first.
    fn values(&self, group: &[usize]) -> BTreeMap<Slot, Vec<Supported>> {
        let mut found: BTreeMap<Slot, BTreeMap<String, Supported>> = BTreeMap::new();
        for account in group.iter().filter_map(|&at| self.accounts.get(at)) {
            for (&slot, given) in &account.fact.slots {
                for value in given {
                    self.add(
                        found.entry(slot).or_default(),
                        account,
                        slot,
                        value,
                        &backing(self.sources, account, slot, value),
                    );
                }
            }
            // Vaguer dates of single claims, which the account has in a more precise form.
            for at in &account.claims {
                let Some(claim) = self
                    .sources
                    .get(at.source)
                    .and_then(|s| s.claims.get(at.claim))
                else {
                    continue;
                };
                for (&slot, given) in &claim.fact.slots {
                    for value in given.iter().filter(|value| matches!(value, Value::Date(_))) {
                        self.add(found.entry(slot).or_default(), account, slot, value, &[*at]);
                    }
                }
            }
        }
        let topics = self.topics_of_titles(group, &found);
        if !topics.is_empty() {
            found.insert(Slot::Topics, topics);
        }
        found
            .into_iter()
            .map(|(slot, by_denotation)| {
                let mut list: Vec<(String, Supported)> = by_denotation.into_iter().collect();
                list.sort_by(|(a, x), (b, y)| {
                    self.rank(x).cmp(&self.rank(y)).then_with(|| a.cmp(b))
                });
                (
                    slot,
                    list.into_iter().map(|(_, supported)| supported).collect(),
                )
            })
            .collect()
    }

    /// What a treaty is about, by its titles; the claims that give a title support it.
    fn topics_of_titles(
        &self,
        group: &[usize],
        found: &BTreeMap<Slot, BTreeMap<String, Supported>>,
    ) -> BTreeMap<String, Supported> {
        let facts = group
            .iter()
            .filter_map(|&at| Some(&self.accounts.get(at)?.fact));
        let facts: Vec<&Fact> = facts.filter(|fact| fact.kind == Kind::Treaty).collect();
        let parties: Vec<String> = facts
            .iter()
            .flat_map(|fact| fact.all(Slot::Parties))
            .map(Value::text)
            .collect();
        let parties: Vec<&str> = parties.iter().map(String::as_str).collect();
        let mut topics: BTreeMap<String, Supported> = BTreeMap::new();
        let titles = found.get(&Slot::Title).filter(|_| !facts.is_empty());
        for title in titles.into_iter().flat_map(BTreeMap::values) {
            for topic in self.topics.title(&title.value.text(), &parties).topics {
                let name = topic.replace('-', " ");
                let topic = topics.entry(name.clone()).or_insert_with(|| Supported {
                    value: Value::Term(name),
                    entity: None,
                    claims: Vec::new(),
                });
                topic.claims.extend(&title.claims);
                topic.claims.sort_unstable();
                topic.claims.dedup();
            }
        }
        topics
    }

    fn add(
        &self,
        found: &mut BTreeMap<String, Supported>,
        account: &Account,
        slot: Slot,
        value: &Value,
        claims: &[ClaimRef],
    ) {
        let handle = handle(value, slot, account.source, &account.fact, self.people);
        let entity = handle
            .and_then(|handle| self.entities.id(&handle))
            .map(str::to_owned);
        let key = entity.clone().unwrap_or_else(|| denotation(value));
        let supported = found.entry(key).or_insert_with(|| Supported {
            value: value.clone(),
            entity,
            claims: Vec::new(),
        });
        if finer(value, &supported.value) {
            supported.value = value.clone();
        }
        supported.claims.extend(claims);
        supported.claims.sort_unstable();
        supported.claims.dedup();
    }

    /// Lower leads: precise before vague, told by many before told by few; of titles, English first, then the longest.
    fn rank(&self, supported: &Supported) -> (u8, Reverse<usize>, Reverse<usize>) {
        let documents: BTreeSet<usize> = supported.claims.iter().map(|at| at.source).collect();
        let vague = match &supported.value {
            Value::Date(date) => 2 * (3 - date.precision().min(3)) + u8::from(date.approximate),
            Value::Term(term) => u8::from(term == "other"),
            Value::Text(text) => {
                u8::from(self.topics.title(text, &[]).lang.as_deref() != Some("en"))
            }
            Value::Person(_)
            | Value::Body(_)
            | Value::Place(_)
            | Value::Office(_)
            | Value::Number(_) => 0,
        };
        let length = if let Value::Text(text) = &supported.value {
            text.chars().count()
        } else {
            supported.claims.len()
        };
        (vague, Reverse(documents.len()), Reverse(length))
    }
}

/// The key that an event's IRI is made of, and a longer one for where the first does not tell it from another.
pub(crate) fn key(fact: &Fact, of: Option<&str>) -> (String, String) {
    let slot = |slot| slug_of(fact.get(slot));
    let year = |slots: &[Slot]| {
        slots
            .iter()
            .find_map(|&slot| fact.date(slot).and_then(Edtf::year))
            .map(|year| format!("{year:04}"))
            .unwrap_or_default()
    };
    let sorted = |slot: Slot, most: usize| {
        let mut names: Vec<String> = fact.all(slot).iter().map(|v| slug(&v.text())).collect();
        names.sort();
        names.dedup();
        let more = names.len().saturating_sub(most);
        names.truncate(most);
        if more > 0 {
            names.push(format!("and-{more}-more"));
        }
        names.join("-")
    };
    let role = match fact.get(Slot::Role) {
        Some(Value::Office(office)) => slug(&office.role),
        Some(_) | None => String::new(),
    };
    let mission = of
        .and_then(|of| of.strip_prefix("mission/"))
        .unwrap_or_default()
        .to_owned();
    let place = if mission.is_empty() {
        join(&[
            slot(Slot::Sending),
            slot(Slot::Receiving),
            slot(Slot::City),
            slot(Slot::Kind),
        ])
    } else {
        mission
    };
    let (path, mut parts, then) = match fact.kind {
        Kind::Visit => {
            let who = if fact.has(Slot::Visitor) {
                slot(Slot::Visitor)
            } else {
                role
            };
            let to = if fact.has(Slot::To) {
                slot(Slot::To)
            } else {
                slot(Slot::City)
            };
            let date = same::time(fact)
                .and_then(|d| d.start.or(d.end))
                .map(|d| d.to_string())
                .unwrap_or_default();
            let (from, year) = (slot(Slot::From), year(&[Slot::Start, Slot::End]));
            let longer = join(&[from.clone(), to.clone(), date, who.clone()]);
            return (
                format!("visit/{}", join(&[from, to, year, who])),
                format!("visit/{longer}"),
            );
        }
        Kind::Treaty => {
            let title = if fact.has(Slot::Title) {
                fact.text(Slot::Title)
            } else {
                fact.text(Slot::Kind)
            };
            let year = year(&[Slot::Signed, Slot::Adopted, Slot::Dated, Slot::InForce]);
            (
                "treaty",
                vec![sorted(Slot::Parties, 4), year, short_slug(&title, 50)],
                String::new(),
            )
        }
        Kind::Mission => {
            let kind = fact.text(Slot::Kind);
            let of_kind = place.ends_with(&slug(&kind));
            let kind = if of_kind { String::new() } else { slug(&kind) };
            let city = slot(Slot::City);
            let city = if place.contains(&city) {
                String::new()
            } else {
                city
            };
            let time = match (year(&[Slot::Opened]), year(&[Slot::Closed])) {
                (opened, closed) if opened.is_empty() && !closed.is_empty() => {
                    format!("until-{closed}")
                }
                (opened, _) => opened,
            };
            (
                "phase",
                vec![place, city, kind, time],
                year(&[Slot::Closed]),
            )
        }
        Kind::MissionEvent => (
            "mission-event",
            vec![
                place,
                slot(Slot::Event),
                slot(Slot::Person),
                year(&[Slot::Date]),
            ],
            String::new(),
        ),
        Kind::Appointment => {
            let who = if fact.has(Slot::Person) {
                slot(Slot::Person)
            } else {
                "unnamed".to_owned()
            };
            (
                "appointment",
                vec![
                    who,
                    role,
                    slot(Slot::Sending),
                    slot(Slot::Receiving),
                    year(&[Slot::Start]),
                ],
                slot(Slot::City),
            )
        }
        Kind::Relations => (
            "relations",
            vec![sorted(Slot::Parties, 4), slot(Slot::Event)],
            year(&[Slot::Date]),
        ),
        Kind::Membership => (
            "membership",
            vec![slot(Slot::State), slot(Slot::Organisation)],
            year(&[Slot::Start]),
        ),
        Kind::Meeting => {
            let people = join(&[sorted(Slot::Participants, 3), sorted(Slot::Roles, 2)]);
            (
                "meeting",
                vec![
                    fact.date(Slot::Date)
                        .map(|d| slug(&d.to_string()))
                        .unwrap_or_default(),
                    short_slug(&people, 80),
                ],
                slot(Slot::Place),
            )
        }
        Kind::Observation => {
            let of: Vec<String> = fact.all(Slot::Of).iter().map(|v| slug(&v.text())).collect();
            let date = fact
                .date(Slot::Date)
                .map(|d| slug(&d.to_string()))
                .unwrap_or_default();
            (
                "observation",
                vec![slot(Slot::Measure), of.join("-"), date],
                slot(Slot::Unit),
            )
        }
    };
    let short = format!("{path}/{}", join(&parts));
    parts.push(then);
    (short, format!("{path}/{}", join(&parts)))
}
