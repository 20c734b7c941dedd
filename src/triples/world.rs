//! The world → the triples of the default graph: entities, facts with the support of every value, and conflicts.

use super::document::in_language;
use super::geometry::geometry;
use super::iri::Names;
use super::labels::Labels;
use super::vocabulary::*;
use super::{Gazetteer, Part, Triples, identity};
use crate::fact::{Edtf, Kind, Polarity, Slot, Value};
use crate::resolve::{
    ClaimRef, Conflict, Entity, EntityKind, Event, Grade, Holder, Supported, World, slug,
};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeMap, BTreeSet};

/// The world, ready to be written a part at a time.
pub(super) struct Writer<'a> {
    names: Names<'a>,
    gazetteer: &'a Gazetteer,
    world: &'a World,
    entities: BTreeMap<&'a str, &'a Entity>,
    states: BTreeMap<&'a str, &'a str>,
    /// The label and kind of each event by its id.
    labels: BTreeMap<&'a str, (String, Kind)>,
    /// Who held an office that an event gives without a name, by the event's id.
    holders: BTreeMap<&'a str, Vec<&'a Holder>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(world: &'a World, names: Names<'a>, gazetteer: &'a Gazetteer) -> Self {
        let entities: BTreeMap<&str, &Entity> = world
            .entities
            .iter()
            .map(|entity| (entity.id.as_str(), entity))
            .collect();
        let named = Labels {
            entities: &entities,
        };
        let labels = world
            .events
            .iter()
            .map(|event| (event.id.as_str(), (named.label(event), event.fact.kind)))
            .collect();
        let mut holders: BTreeMap<&str, Vec<&Holder>> = BTreeMap::new();
        for holder in &world.holders {
            holders.entry(&holder.event).or_default().push(holder);
        }
        Self {
            names,
            gazetteer,
            world,
            holders,
            states: world
                .entities
                .iter()
                .filter(|e| e.kind == EntityKind::State)
                .filter_map(|e| Some((e.key.as_deref()?, e.id.as_str())))
                .collect(),
            entities,
            labels,
        }
    }

    pub(super) fn names(&self) -> &Names<'a> {
        &self.names
    }

    pub(super) fn part(&self, out: &mut Triples, part: Part<'_>) {
        match part {
            Part::Entity(entity) => self.entity(out, entity),
            Part::Event(event) => {
                let label = self.labels.get(event.id.as_str());
                self.event(
                    out,
                    event,
                    self.world,
                    label.map_or("", |(label, _)| label.as_str()),
                );
                for holder in self.holders.get(event.id.as_str()).into_iter().flatten() {
                    identity::participant(out, holder, &self.names);
                }
            }
            Part::Conflict(conflict) => {
                let about = self.labels.get(conflict.about.as_str());
                self.conflict(
                    out,
                    conflict,
                    // Of an office, sources differ on who was appointed.
                    about.map_or(Kind::Appointment, |(_, kind)| *kind),
                    &self.named_as(&conflict.about),
                );
                identity::settled(out, conflict, self.world, &self.names);
            }
            Part::Decided(decided) => {
                let kind = decided
                    .about
                    .iter()
                    .find_map(|id| self.labels.get(id.as_str()));
                identity::decided(out, decided, kind.map(|(_, kind)| *kind), &self.names);
            }
            Part::Identity(about) => identity::write(out, about, self.world, &self.names),
            Part::Holder(holder) => identity::holder(out, holder, &self.names),
            Part::Impossible(impossible) => {
                let label = self.named_as(&impossible.about);
                identity::impossible(out, impossible, &self.names, &label);
            }
        }
    }

    /// What an event or entity is called.
    fn named_as(&self, id: &str) -> String {
        let label = self.labels.get(id).map(|(label, _)| label.clone());
        let name = || self.entities.get(id).map(|entity| entity.name.clone());
        label.or_else(name).unwrap_or_default()
    }
}

fn text(words: &str) -> Literal {
    Literal::new_simple_literal(words)
}

fn english(words: &str) -> Literal {
    in_language(words, "en")
}

fn edtf(date: &Edtf) -> Literal {
    Literal::new_typed_literal(date.to_string(), EDTF)
}

impl Writer<'_> {
    fn entity(&self, out: &mut Triples, entity: &Entity) {
        let node = self.names.iri(&entity.id);
        let classes: &[NamedNodeRef<'_>] = match entity.kind {
            EntityKind::Person => &[PERSON],
            EntityKind::State => &[STATE, BODY],
            EntityKind::Government => &[GOVERNMENT, BODY],
            EntityKind::Organisation => &[ORGANISATION, BODY],
            EntityKind::Place if entity.id.starts_with("city/") => &[CITY, PLACE],
            EntityKind::Place => &[PLACE],
            EntityKind::Office => &[OFFICE],
            EntityKind::Mission => &[MISSION],
            EntityKind::Relation => &[BILATERAL_RELATION],
        };
        for class in classes {
            out.add(&node, TYPE, class.into_owned());
        }
        let tagged = |name: &str, lang: &str| {
            if lang.is_empty() {
                text(name)
            } else {
                in_language(name, lang)
            }
        };
        let lang = entity
            .names
            .iter()
            .find(|(name, _)| *name == entity.name)
            .map_or("", |(_, lang)| lang.as_str());
        out.add(&node, LABEL, tagged(&entity.name, lang));
        for (name, lang) in entity.names.iter().filter(|(name, _)| *name != entity.name) {
            out.add(&node, ALT_LABEL, tagged(name, lang));
        }
        if let Some(key) = &entity.key {
            out.add(&node, KEY, text(key));
            for (lang, name) in self
                .gazetteer
                .names
                .get(&(entity.kind, key.clone()))
                .into_iter()
                .flatten()
            {
                out.add(&node, PREF_LABEL, tagged(name, lang));
            }
            if entity.kind == EntityKind::Place {
                geometry(out, &node, self.gazetteer.coordinates.get(key));
            }
            let governed = self
                .gazetteer
                .governs
                .get(key)
                .filter(|_| entity.kind == EntityKind::Government);
            if let Some(state) = governed.and_then(|state| self.states.get(state.as_str())) {
                out.add(&node, GOVERNS, self.names.iri(state));
            }
        }
        if entity.kind == EntityKind::Office {
            // "Consul General of Peru in Paris": the role is what stands before the body's name.
            let role = entity.name.split(" of ").next().unwrap_or(&entity.name);
            let role = if entity.links.contains_key(&Slot::Of) {
                self.role_before_body(entity).unwrap_or(role)
            } else {
                &entity.name
            };
            out.add(&node, ROLE_NAME, text(role));
        }
        for (&slot, ids) in &entity.links {
            let property = if slot == Slot::Of {
                OFFICE_OF
            } else {
                property(Kind::Mission, slot)
            };
            for id in ids {
                out.add(&node, property, self.names.iri(id));
            }
        }
        self.support(out, &node, &entity.claims);
    }

    fn role_before_body<'e>(&self, office: &'e Entity) -> Option<&'e str> {
        let body = self
            .entities
            .get(office.links.get(&Slot::Of)?.first()?.as_str())?;
        body.names.iter().find_map(|(name, _)| {
            office
                .name
                .split_once(&format!(" of {name}"))
                .map(|(role, _)| role)
        })
    }

    fn support(&self, out: &mut Triples, node: &NamedNode, claims: &[ClaimRef]) {
        for &at in claims {
            out.add(node, SUPPORTED_BY, self.names.claim(at));
        }
    }

    /// The object of a value: the entity that it denotes, or a literal (a title in each language that documents give it in).
    fn objects(&self, slot: Slot, supported: &Supported) -> Vec<Term> {
        if let Some(id) = &supported.entity {
            return vec![self.names.iri(id).into()];
        }
        let literal = match &supported.value {
            Value::Date(date) => edtf(date),
            Value::Number(number)
                if number.parse::<f64>().is_ok_and(f64::is_finite)
                    && !number.contains(['e', 'E']) =>
            {
                decimal(number)
            }
            Value::Text(words) if slot == Slot::Title || slot == Slot::Address => {
                let langs: BTreeSet<&str> = supported
                    .claims
                    .iter()
                    .map(|&at| self.names.lang(at))
                    .collect();
                return langs
                    .into_iter()
                    .map(|lang| in_language(words, lang).into())
                    .collect();
            }
            Value::Person(_)
            | Value::Body(_)
            | Value::Place(_)
            | Value::Office(_)
            | Value::Term(_)
            | Value::Text(_)
            | Value::Number(_) => text(&supported.value.text()),
        };
        vec![literal.into()]
    }

    fn event(&self, out: &mut Triples, event: &Event, world: &World, label: &str) {
        let node = self.names.iri(&event.id);
        let kind = event.fact.kind;
        out.add(&node, TYPE, class(kind).into_owned());
        out.add(&node, TYPE, FACT.into_owned());
        match kind {
            Kind::Visit | Kind::Meeting | Kind::Relations | Kind::MissionEvent => {
                out.add(&node, TYPE, EVENT.into_owned())
            }
            Kind::Treaty
            | Kind::Mission
            | Kind::Appointment
            | Kind::Membership
            | Kind::Observation => {}
        }
        let lang = event
            .values
            .get(&Slot::Title)
            .and_then(|v| v.first())
            .and_then(|v| v.claims.first())
            .map_or("en", |&at| self.names.lang(at));
        out.add(&node, LABEL, in_language(label, lang));
        for &slot in event.values.keys() {
            for supported in event.standing(slot) {
                for object in self.objects(slot, supported) {
                    out.add(&node, property(kind, slot), object);
                }
            }
        }
        self.value_nodes(out, &node, event);
        if let Some(of) = &event.of {
            let property = if kind == Kind::Relations {
                RELATION
            } else {
                HAS_MISSION
            };
            out.add(&node, property, self.names.iri(of));
        }
        if kind == Kind::Observation
            && let Some(first) = event.fact.get(Slot::Of)
        {
            let found = event
                .values
                .get(&Slot::Of)
                .into_iter()
                .flatten()
                .find(|supported| supported.value == *first);
            if let Some(id) = found.and_then(|supported| supported.entity.as_ref()) {
                out.add(&node, SUBJECT, self.names.iri(id));
            }
        }
        self.time(out, &node, event);
        for account in event
            .accounts
            .iter()
            .filter_map(|&at| world.accounts.get(at))
        {
            out.add(&node, HAS_ACCOUNT, self.names.account(&account.claims));
        }
        self.support(out, &node, &event.claims);
    }

    /// A node per value, with the claims that support it.
    fn value_nodes(&self, out: &mut Triples, node: &NamedNode, event: &Event) {
        for (&slot, values) in &event.values {
            let slugs: Vec<String> = values.iter().map(slug_of).collect();
            let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
            for (supported, slug) in values.iter().zip(&slugs) {
                let times = taken.entry(slug).or_default();
                *times += 1;
                let number = if *times == 1 {
                    String::new()
                } else {
                    format!("-{times}")
                };
                let value = NamedNode::new_unchecked(format!(
                    "{}/{}/{slug}{number}",
                    node.as_str(),
                    slot.name()
                ));
                out.add(node, HAS_VALUE, value.clone());
                out.add(&value, TYPE, VALUE.into_owned());
                out.add(
                    &value,
                    ON_PROPERTY,
                    property(event.fact.kind, slot).into_owned(),
                );
                for object in self.objects(slot, supported) {
                    out.add(&value, RDF_VALUE, object);
                }
                self.support(out, &value, &supported.claims);
            }
        }
    }

    /// `dip:date` (where the fact has it not as a slot) and the bounds of all its dates.
    fn time(&self, out: &mut Triples, node: &NamedNode, event: &Event) {
        if let Some(date) = event.time()
            && !event.values.contains_key(&Slot::Date)
        {
            out.add(node, DATE, edtf(&date));
        }
        let dates: Vec<Edtf> = event
            .values
            .keys()
            .filter(|&&slot| slot != Slot::Deadline)
            .flat_map(|&slot| event.standing(slot))
            .filter_map(|supported| {
                if let Value::Date(date) = &supported.value {
                    Some(*date)
                } else {
                    None
                }
            })
            .collect();
        let bounds = dates.iter().map(Edtf::bounds);
        if let Some(first) = bounds.clone().filter_map(|b| b.earliest).min() {
            out.add(node, EARLIEST, Literal::new_typed_literal(first, xsd::DATE));
        }
        if let Some(last) = bounds.filter_map(|b| b.latest).max() {
            out.add(node, LATEST, Literal::new_typed_literal(last, xsd::DATE));
        }
    }

    fn conflict(&self, out: &mut Triples, conflict: &Conflict, kind: Kind, about: &str) {
        let node = self.names.iri(&conflict.id);
        out.add(&node, TYPE, CONFLICT.into_owned());
        out.add(&node, ABOUT, self.names.iri(&conflict.about));
        let (grade, words) = match conflict.grade {
            Grade::Contradiction => ("contradiction", "Sources contradict each other"),
            Grade::DifferentPrecision => ("different-precision", "Sources differ in precision"),
            Grade::DifferentKindOfDate => (
                "different-kind-of-date",
                "Sources give different kinds of date",
            ),
        };
        out.add(&node, GRADE, text(grade));
        out.add(&node, LABEL, english(&format!("{words}: {about}")));
        if conflict.grade != Grade::DifferentKindOfDate
            && let Some(slot) = conflict.slot
        {
            out.add(&node, ON_PROPERTY, property(kind, slot).into_owned());
        }
        for (nth, side) in (1..).zip(&conflict.sides) {
            let part = NamedNode::new_unchecked(format!("{}/{nth}", node.as_str()));
            out.add(&node, HAS_SIDE, part.clone());
            out.add(&part, TYPE, SIDE.into_owned());
            out.add(&part, ON_PROPERTY, property(kind, side.slot).into_owned());
            let polarity = match side.polarity {
                Polarity::Affirmed => Polarity::Affirmed.name(),
                Polarity::Denied => Polarity::Denied.name(),
            };
            out.add(&part, POLARITY, text(polarity));
            for object in self.objects(side.slot, &side.said) {
                out.add(&part, RDF_VALUE, object);
            }
            self.support(out, &part, &side.said.claims);
        }
    }
}

/// A number in the one form that stores keep: without zeros that say nothing.
#[must_use]
pub fn decimal(number: &str) -> Literal {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number.trim_start_matches('+')),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let plain = match part {
        "" if whole == "0" => "0".to_owned(),
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}.{part}"),
    };
    Literal::new_typed_literal(plain, xsd::DECIMAL)
}

/// A value as the last part of an IRI.
fn slug_of(supported: &Supported) -> String {
    let words = match (&supported.entity, &supported.value) {
        (Some(id), _) => id.rsplit('/').next().unwrap_or(id).to_owned(),
        (None, value) => value.text(),
    };
    let mut slug = slug(&words);
    slug.truncate(60);
    if slug.is_empty() {
        "value".to_owned()
    } else {
        slug.trim_end_matches('-').to_owned()
    }
}
