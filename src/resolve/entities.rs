//! What the accounts name → entities of the world: persons, bodies, places, offices, missions and relations, each with its id.

use super::handles::{
    Handle, body_handle, handle, kind, mission_handle, office_body, office_title, relation_handle,
};
use super::ids::{self, Wanted, join, slug_of};
use super::names::{short_slug, slug};
use super::people::People;
use super::rulings::Rulings;
use super::same::{Family, class_name, family};
use super::within::denotes_same;
use super::world::{Account, ClaimRef, Entity, Source};
use crate::fact::{Body, BodyClass, Fact, Kind, Place, Slot, Value};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
struct Draft {
    name: String,
    path: String,
    names: BTreeSet<(String, String)>,
    key: Option<String>,
    links: BTreeMap<Slot, BTreeSet<Handle>>,
    claims: BTreeSet<ClaimRef>,
    rank: usize,
}

/// All entities, found by their handles.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    drafts: BTreeMap<Handle, Draft>,
    ids: BTreeMap<Handle, String>,
}

/// The claims of an account that give this value.
pub(crate) fn backing(
    sources: &[&Source],
    account: &Account,
    slot: Slot,
    value: &Value,
) -> Vec<ClaimRef> {
    let gives = |at: &&ClaimRef, same: &dyn Fn(&Value) -> bool| {
        sources
            .get(at.source)
            .and_then(|s| s.claims.get(at.claim))
            .is_some_and(|claim| claim.fact.all(slot).iter().any(same))
    };
    let exact: Vec<ClaimRef> = account
        .claims
        .iter()
        .filter(|at| gives(at, &|v| denotes_same(v, value)))
        .copied()
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    // A value that was completed ("consulate" read as the consulate general) rests on whatever claims fill the slot.
    account
        .claims
        .iter()
        .filter(|at| gives(at, &|_| true))
        .copied()
        .collect()
}

/// Reads all accounts.
pub(crate) fn entities(
    sources: &[&Source],
    accounts: &[Account],
    people: &People,
    rulings: &Rulings,
) -> Entities {
    let mut found = Entities::default();
    for account in accounts {
        for (&slot, values) in &account.fact.slots {
            for value in values {
                let claims = backing(sources, account, slot, value);
                if let Some(handle) = handle(value, slot, account.source, &account.fact, people) {
                    found.note(handle, value, slot, &account.fact, people, &claims);
                }
            }
        }
        match account.fact.kind {
            Kind::Mission | Kind::MissionEvent => found.note_mission(account, rulings),
            Kind::Relations => found.note_relation(account),
            Kind::Visit
            | Kind::Treaty
            | Kind::Appointment
            | Kind::Membership
            | Kind::Meeting
            | Kind::Observation => {}
        }
    }
    found.assign(sources);
    found
}

/// Kinds of mission from the one that names a house best.
const RANKS: &[&str] = &[
    "consulate general",
    "consulate",
    "honorary consulate",
    "embassy",
    "high commission",
    "nunciature",
    "legation",
];

impl Entities {
    /// The id of what a handle stands for.
    pub(crate) fn id(&self, handle: &Handle) -> Option<&str> {
        self.ids.get(handle).map(String::as_str)
    }

    /// What a thing is called.
    pub(crate) fn name(&self, handle: &Handle) -> Option<&str> {
        self.drafts.get(handle).map(|draft| draft.name.as_str())
    }

    /// All things.
    pub(crate) fn handles(&self) -> impl Iterator<Item = &Handle> {
        self.drafts.keys()
    }

    /// Each thing with all that its documents say of what it is called and joined to; their claims are left out.
    pub(crate) fn cores(&self) -> impl Iterator<Item = (&Handle, String)> {
        self.drafts.iter().map(|(handle, draft)| {
            let Draft {
                name,
                path,
                names,
                key,
                links,
                claims: _,
                rank,
            } = draft;
            (
                handle,
                format!("{:?}", (name, path, names, key, links, rank)),
            )
        })
    }

    /// The path that a thing would have as its IRI.
    pub(crate) fn path(&self, handle: &Handle) -> Option<String> {
        self.drafts.get(handle).map(wanted_path)
    }

    /// What a thing is joined to.
    pub(crate) fn links(&self, handle: &Handle) -> Vec<Handle> {
        let draft = self.drafts.get(handle);
        let links = draft.into_iter().flat_map(|draft| draft.links.values());
        links.flatten().cloned().collect()
    }

    fn draft(
        &mut self,
        handle: Handle,
        path: String,
        name: &str,
        lang: &str,
        claims: &[ClaimRef],
    ) -> &mut Draft {
        let draft = self.drafts.entry(handle).or_default();
        if draft.path.is_empty() || path < draft.path {
            draft.path = path;
            draft.name = name.to_owned();
        }
        draft.names.insert((name.to_owned(), lang.to_owned()));
        draft.claims.extend(claims);
        draft
    }

    fn note_body(&mut self, body: &Body, claims: &[ClaimRef]) {
        let path = format!("{}/{}", class_name(body.class), slug(&body.name));
        self.draft(body_handle(body), path, &body.name, "en", claims)
            .key = Some(body.key.clone());
    }

    fn note_place(&mut self, place: &Place, city: bool, claims: &[ClaimRef]) {
        // "city" sorts before "place": once told as a city, it is one.
        let class = if city || place.state.is_some() {
            "city"
        } else {
            "place"
        };
        let draft = self.draft(
            Handle::Place(place.key.clone()),
            format!("{class}/{}", slug(&place.key)),
            &place.name,
            "en",
            claims,
        );
        draft.key = Some(place.key.clone());
        if let Some(state) = &place.state {
            draft
                .links
                .entry(Slot::State)
                .or_default()
                .insert(Handle::Body(BodyClass::State, state.clone()));
        }
    }

    fn note(
        &mut self,
        handle: Handle,
        value: &Value,
        slot: Slot,
        fact: &Fact,
        people: &People,
        claims: &[ClaimRef],
    ) {
        match value {
            Value::Person(person) => {
                let Handle::Person(number) = handle else {
                    return;
                };
                let preferred = people
                    .persons
                    .get(number)
                    .and_then(|person| person.names.first())
                    .unwrap_or(&person.name);
                let draft = self.draft(
                    handle,
                    format!("person/{}", slug(preferred)),
                    preferred,
                    "",
                    claims,
                );
                draft.names.insert((person.name.clone(), String::new()));
            }
            Value::Body(body) => self.note_body(body, claims),
            Value::Place(place) => self.note_place(place, slot == Slot::City, claims),
            Value::Office(office) => {
                let title = office_title(office, slot, fact);
                let draft = self.draft(
                    handle,
                    format!("office/{}", slug(&title)),
                    &title,
                    "en",
                    claims,
                );
                if let Some(body) = office_body(office, slot, fact) {
                    draft
                        .links
                        .entry(Slot::Of)
                        .or_default()
                        .insert(body_handle(body));
                    self.note_body(body, claims);
                }
            }
            Value::Date(_) | Value::Term(_) | Value::Text(_) | Value::Number(_) => {}
        }
    }

    fn note_mission(&mut self, account: &Account, rulings: &Rulings) {
        let fact = &account.fact;
        let Some(handle) = mission_handle(fact).map(|handle| rulings.mission(handle)) else {
            return;
        };
        let kind = fact.text(Slot::Kind);
        let kind = if kind.is_empty() || kind == "other" {
            "mission".to_owned()
        } else {
            kind
        };
        let moves = family(&kind) == Family::Diplomatic;
        let city = fact.get(Slot::City).filter(|_| !moves);
        let path = format!(
            "mission/{}",
            join(&[
                slug_of(fact.get(Slot::Sending)),
                slug_of(fact.get(Slot::Receiving)),
                slug_of(city),
                slug(&kind)
            ])
        );
        let place = if moves {
            fact.text(Slot::Receiving)
        } else {
            fact.get(Slot::City)
                .or_else(|| fact.get(Slot::Receiving))
                .map(Value::text)
                .unwrap_or_default()
        };
        let mut name = capitalised(&kind);
        name.push_str(&format!(" of {}", fact.text(Slot::Sending)));
        if !place.is_empty() {
            name.push_str(&format!(" in {place}"));
        }
        let rank = RANKS
            .iter()
            .position(|rank| *rank == kind)
            .unwrap_or(RANKS.len())
            + 1;
        let draft = self.drafts.entry(handle).or_default();
        if draft.rank == 0 || (rank, &path) < (draft.rank, &draft.path) {
            (draft.rank, draft.path, draft.name) = (rank, path, name.clone());
        }
        draft.names.insert((name, "en".to_owned()));
        draft.claims.extend(&account.claims);
        for slot in [Slot::Sending, Slot::Receiving] {
            draft
                .links
                .entry(slot)
                .or_default()
                .extend(fact.body(slot).map(body_handle));
        }
        draft.links.entry(Slot::City).or_default().extend(
            fact.place(Slot::City)
                .map(|place| Handle::Place(place.key.clone())),
        );
    }

    fn note_relation(&mut self, account: &Account) {
        let Some(handle) = relation_handle(&account.fact) else {
            return;
        };
        let mut names: Vec<String> = account
            .fact
            .all(Slot::Parties)
            .iter()
            .map(Value::text)
            .collect();
        names.sort_by_key(|name| slug(name));
        let path = format!(
            "relation/{}",
            names
                .iter()
                .map(|name| slug(name))
                .collect::<Vec<_>>()
                .join("-")
        );
        let parties: Vec<Handle> = account
            .fact
            .all(Slot::Parties)
            .iter()
            .filter_map(|v| {
                if let Value::Body(body) = v {
                    Some(body_handle(body))
                } else {
                    None
                }
            })
            .collect();
        let draft = self.draft(handle, path, &names.join(" – "), "en", &account.claims);
        draft
            .links
            .entry(Slot::Parties)
            .or_default()
            .extend(parties);
    }

    fn assign(&mut self, sources: &[&Source]) {
        let wanted: Vec<Wanted> = self
            .drafts
            .values()
            .map(|draft| {
                let key = wanted_path(draft);
                Wanted {
                    longer: key.clone(),
                    key,
                    smallest: ids::smallest(sources, &draft.claims),
                }
            })
            .collect();
        self.ids = self
            .drafts
            .keys()
            .cloned()
            .zip(ids::assign(&wanted))
            .collect();
    }

    /// The finished entities, sorted by id.
    pub(crate) fn list(&self) -> Vec<Entity> {
        let mut list: Vec<Entity> = self
            .drafts
            .iter()
            .filter_map(|(handle, draft)| {
                let links = draft.links.iter().map(|(&slot, to)| {
                    let mut ids: Vec<String> = to
                        .iter()
                        .filter_map(|handle| self.ids.get(handle).cloned())
                        .collect();
                    ids.sort();
                    (slot, ids)
                });
                Some(Entity {
                    id: self.ids.get(handle)?.clone(),
                    kind: kind(handle),
                    name: draft.name.clone(),
                    names: draft.names.iter().cloned().collect(),
                    key: draft.key.clone(),
                    links: links.filter(|(_, ids)| !ids.is_empty()).collect(),
                    claims: draft.claims.iter().copied().collect(),
                })
            })
            .collect();
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list
    }
}

fn wanted_path(draft: &Draft) -> String {
    if draft.path.ends_with('/') {
        format!("{}{}", draft.path, ids::short_hash(&draft.name))
    } else {
        shorten(&draft.path)
    }
}

fn shorten(path: &str) -> String {
    path.split_once('/').map_or_else(
        || path.to_owned(),
        |(class, rest)| format!("{class}/{}", short_slug(rest, 100)),
    )
}

fn capitalised(kind: &str) -> String {
    kind.split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}
