//! What a fact is called, in English (a treaty by its title).

use crate::fact::{Fact, Kind, Slot, Value};
use crate::resolve::{Entity, Event};
use std::collections::BTreeMap;

/// Entities by id, which lend their names.
pub(super) struct Labels<'a> {
    pub(super) entities: &'a BTreeMap<&'a str, &'a Entity>,
}

impl Labels<'_> {
    fn name(&self, event: &Event, slot: Slot) -> String {
        let Some(supported) = event.values.get(&slot).and_then(|values| values.first()) else {
            return String::new();
        };
        let entity = supported
            .entity
            .as_deref()
            .and_then(|id| self.entities.get(id));
        entity.map_or_else(|| supported.value.text(), |entity| entity.name.clone())
    }

    fn list(&self, fact: &Fact, slot: Slot) -> String {
        let mut names: Vec<String> = fact.all(slot).iter().map(Value::text).collect();
        if slot != Slot::Of {
            names.sort();
        }
        names.join(", ")
    }

    /// The label of a fact.
    pub(super) fn label(&self, event: &Event) -> String {
        let fact = &event.fact;
        let name = |slot| self.name(event, slot);
        let first = |slots: &[Slot]| {
            slots
                .iter()
                .map(|&slot| name(slot))
                .find(|name| !name.is_empty())
                .unwrap_or_default()
        };
        let years = |start: Slot, end: Slot| match (fact.text(start), fact.text(end)) {
            (start, end) if start.is_empty() && end.is_empty() => String::new(),
            (start, end) => format!("{start}–{end}"),
        };
        let date = event
            .time()
            .map(|date| date.to_string())
            .unwrap_or_default();
        let of = event
            .of
            .as_deref()
            .and_then(|id| self.entities.get(id))
            .map(|entity| entity.name.clone());
        let (label, time) = match fact.kind {
            Kind::Visit => (
                format!(
                    "Visit of {} to {}",
                    first(&[Slot::Visitor, Slot::Role]),
                    first(&[Slot::To, Slot::City])
                ),
                date,
            ),
            Kind::Treaty => (first(&[Slot::Title, Slot::Kind]), date),
            Kind::Mission => {
                let kind = fact.text(Slot::Kind);
                (
                    format!(
                        "{kind} of {} in {}",
                        name(Slot::Sending),
                        first(&[Slot::City, Slot::Receiving])
                    ),
                    years(Slot::Opened, Slot::Closed),
                )
            }
            Kind::MissionEvent => (
                format!("{}: {}", fact.text(Slot::Event), of.unwrap_or_default()),
                date,
            ),
            Kind::Appointment => {
                let who = name(Slot::Person);
                (
                    if who.is_empty() {
                        name(Slot::Role)
                    } else {
                        format!("{who}, {}", name(Slot::Role))
                    },
                    years(Slot::Start, Slot::End),
                )
            }
            Kind::Relations => (
                format!(
                    "relations {}: {}",
                    fact.text(Slot::Event),
                    self.list(fact, Slot::Parties)
                ),
                date,
            ),
            Kind::Membership => (
                format!("{} in {}", name(Slot::State), name(Slot::Organisation)),
                date,
            ),
            Kind::Meeting => {
                let who = [
                    self.list(fact, Slot::Participants),
                    self.list(fact, Slot::Roles),
                ];
                (
                    format!(
                        "Meeting of {}",
                        who.iter()
                            .filter(|w| !w.is_empty())
                            .cloned()
                            .collect::<Vec<_>>()
                            .join(", ")
                    ),
                    date,
                )
            }
            Kind::Observation => (
                format!(
                    "{} {}: {} {}",
                    fact.text(Slot::Measure),
                    self.list(fact, Slot::Of),
                    fact.text(Slot::Value),
                    fact.text(Slot::Unit)
                ),
                date,
            ),
        };
        let mut letters = label.chars();
        let label = letters
            .next()
            .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
            .unwrap_or_default();
        if time.is_empty() {
            label
        } else {
            format!("{label} ({time})")
        }
    }
}
