//! A query of a reconciliation service → an entity as far as it is described there: what linking looks at, with the values of its properties looked
//! up among the entities of the graph.

use super::tenure::days;
use super::{Ours, iri};
use crate::fact::YearMonthDay;
use crate::link::names::folded;
use crate::link::online::{Query, Value};
use crate::link::subject::{Held, Subject};
use crate::link::{Item, ItemType, Qid};
use std::collections::{BTreeMap, BTreeSet};

/// Most values of one property that are looked at.
const VALUES: usize = 20;

/// What the properties of a query say.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Property → IRIs of the entities that its values can mean.
    pub(super) entities: BTreeMap<Role, BTreeSet<String>>,
    /// Offices as they were written, without whose they are: `ambassador`.
    pub(super) nouns: BTreeSet<String>,
    /// When.
    pub(super) date: Option<(YearMonthDay, YearMonthDay)>,
    /// Entities that were named, by IRI.
    pub(super) known: BTreeMap<String, Item>,
    /// Whether any of the properties is one that is looked at.
    pub(super) any: bool,
}

/// What a property is to the entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Where it belongs, or for whom it acted.
    State,
    /// Who sends.
    Sending,
    /// Who receives.
    Receiving,
    /// Where it is.
    City,
    /// Who takes part.
    Party,
    /// Who came.
    Visitor,
    /// What a person held.
    Office,
}

impl Role {
    /// The role of a property by its id.
    fn of(property: &str) -> Option<Self> {
        Some(match property {
            "state" | "officeOf" => Self::State,
            "sending" | "from" => Self::Sending,
            "receiving" | "to" => Self::Receiving,
            "city" => Self::City,
            "party" => Self::Party,
            "visitor" => Self::Visitor,
            "role" => Self::Office,
            _ => return None,
        })
    }

    /// Of which types its values are.
    fn takes(self, kind: ItemType) -> bool {
        let bodies = [ItemType::State, ItemType::Organisation];
        match self {
            Self::State | Self::Sending | Self::Receiving | Self::Party => bodies.contains(&kind),
            Self::City => kind == ItemType::City,
            Self::Visitor => kind == ItemType::Person,
            Self::Office => kind == ItemType::Office,
        }
    }
}

impl Ours {
    /// Looks the values of a query's properties up.
    pub(super) fn asked(&self, query: &Query) -> Asked {
        let mut asked = Asked::default();
        for (property, values) in &query.properties {
            let values = values.iter().take(VALUES);
            if property == "date" {
                let dates = values.filter_map(|value| days(&text(value)));
                asked.date = asked
                    .date
                    .or_else(|| dates.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))));
                asked.any |= asked.date.is_some();
                continue;
            }
            let Some(role) = Role::of(property) else {
                continue;
            };
            for value in values {
                let text = text(value);
                let meant = self.meant(&text, role);
                if meant.is_empty() && role == Role::Office {
                    self.noun(&text, &mut asked);
                }
                asked.any |= !meant.is_empty();
                let of = asked.entities.entry(role).or_default();
                of.extend(meant.iter().map(|item| iri(item).to_owned()));
                asked
                    .known
                    .extend(meant.into_iter().map(|item| (iri(&item).to_owned(), item)));
            }
        }
        asked
    }

    /// An office that is written without whose it is.
    fn noun(&self, text: &str, asked: &mut Asked) {
        let text = folded(text);
        if let Some((noun, rest)) = self.nouns.office(&text)
            && crate::link::bag(&rest).is_empty()
        {
            asked.nouns.insert(noun.to_owned());
            asked.any = true;
        }
    }

    /// The entities that a value can mean: the one whose id it is, else those of that name.
    fn meant(&self, text: &str, role: Role) -> Vec<Item> {
        if let Some(item) = self.identified(text).and_then(|id| self.index.item(id)) {
            return vec![item];
        }
        let found = self.index.look_up(text);
        let best = found.iter().map(|(_, how)| *how).min();
        found
            .into_iter()
            .filter(|(_, how)| Some(*how) == best)
            .filter_map(|(id, _)| self.index.item(id))
            .filter(|item| item.types.iter().any(|kind| role.takes(*kind)))
            .take(VALUES)
            .collect()
    }

    /// Offices among these that are of a kind that was asked for by its noun alone.
    pub(super) fn of_noun(&self, asked: &mut Asked, items: &BTreeMap<Qid, Item>) {
        if asked.nouns.is_empty() {
            return;
        }
        for item in items.values() {
            let is = item.types.contains(&ItemType::Office)
                && item.names().any(|(_, name)| {
                    let office = self.nouns.office(&folded(name));
                    office.is_some_and(|(noun, _)| asked.nouns.contains(noun))
                });
            if is {
                let offices = asked.entities.entry(Role::Office).or_default();
                offices.insert(iri(item).to_owned());
                asked.known.insert(iri(item).to_owned(), item.clone());
            }
        }
    }
}

impl Asked {
    /// The entity of a type that a query describes.
    pub(super) fn subject(&self, name: &str, kind: ItemType, government: bool) -> Subject {
        let of = |roles: &[Role]| -> BTreeSet<String> {
            let of = roles.iter().filter_map(|role| self.entities.get(role));
            of.flatten().cloned().collect()
        };
        let mut subject = Subject {
            kind: Some(kind),
            government,
            label: name.to_owned(),
            seen: self.date,
            ..Subject::default()
        };
        if !name.is_empty() {
            subject.names.insert((String::new(), name.to_owned()));
        }
        match kind {
            ItemType::Person => {
                subject.states = of(&[Role::State, Role::Sending]);
                let offices = of(&[Role::Office]);
                let (from, until) = self.date.unzip();
                subject.held = offices
                    .into_iter()
                    .map(|office| Held {
                        office,
                        from,
                        until,
                        open: false,
                    })
                    .collect();
            }
            ItemType::City | ItemType::Office => subject.states = of(&[Role::State]),
            ItemType::Mission => {
                subject.sending = of(&[Role::Sending]);
                subject.receiving = of(&[Role::Receiving]);
                subject.cities = of(&[Role::City]);
            }
            ItemType::Visit => {
                subject.sending = of(&[Role::Sending, Role::State]);
                subject.receiving = of(&[Role::Receiving]);
                subject.cities = of(&[Role::City]);
                subject.parties = of(&[Role::Visitor]);
            }
            ItemType::Treaty | ItemType::Relation => {
                subject.parties = of(&[Role::Party, Role::State]);
            }
            ItemType::State | ItemType::Organisation => {}
        }
        subject
    }
}

/// A value as text.
fn text(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Entity(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(is) => is.to_string(),
    }
}
