//! Bodies, cities, persons and offices as values, and how they belong together.

use super::Reader;
use crate::extract::items::{Item, ItemKind};
use crate::extract::offices::is_head_of_mission;
use crate::fact::{Body, Fact, Office, Person, Slot, Value};
use crate::language::{Class, Meaning};

/// Cities in which the missions to a body stand that is not the state they lie in: gazetteer keys of city and body.
const HOSTED: &[(&str, &str)] = &[("rome", "VAT")];

/// Historical states that several states of today followed, with those in which their missions stood.
const FOLLOWED: &[(&str, &[&str])] = &[
    ("austria-hungary", &["AUT", "HUN"]),
    ("czechoslovakia", &["CZE", "SVK"]),
    ("gran-colombia", &["COL", "VEN", "ECU"]),
    ("soviet-union", &["RUS", "UKR", "BLR"]),
    ("yugoslavia", &["SRB"]),
];

/// Historical states, with states of today whose cities lay in them though they are not what followed: the consulate in Beirut was in the
/// Ottoman Empire. Of states whose parts the same texts go on to name (Yugoslavia, the Soviet Union) it is not said.
const WITHIN: &[(&str, &[&str])] = &[
    ("austria-hungary", &["BIH", "CZE", "HRV", "SVK", "SVN"]),
    ("gran-colombia", &["PAN"]),
    (
        "ottoman-empire",
        &["IRQ", "ISR", "JOR", "LBN", "PSE", "SYR"],
    ),
    ("united-arab-republic", &["SYR"]),
];

/// States that are no more, or that few recognise, beside the one of which their land was or is a part: two states that have relations.
const BESIDE: &[&str] = &[
    "abkhazia",
    "artsakh",
    "biafra",
    "confederate-states",
    "hyderabad",
    "katanga",
    "kingdom-of-hawaii",
    "manchukuo",
    "newfoundland",
    "northern-cyprus",
    "republic-of-texas",
    "ryukyu-kingdom",
    "sikkim",
    "somaliland",
    "south-ossetia",
    "tibet",
    "transnistria",
];

/// Where missions to historical states stood: gazetteer keys of state and city.
const SEATS: &[(&str, &str)] = &[
    ("austria-hungary", "vienna"),
    ("austrian-empire", "vienna"),
    ("czechoslovakia", "prague"),
    ("east-germany", "berlin"),
    ("gran-colombia", "bogota"),
    ("kingdom-of-hawaii", "honolulu"),
    ("kingdom-of-sardinia", "turin"),
    ("korea", "seoul"),
    ("north-vietnam", "hanoi"),
    ("ottoman-empire", "istanbul"),
    ("prussia", "berlin"),
    ("south-vietnam", "ho-chi-minh-city"),
    ("soviet-union", "moscow"),
    ("two-sicilies", "naples"),
    ("united-arab-republic", "cairo"),
    ("west-germany", "bonn"),
    ("yugoslavia", "belgrade"),
];

impl Reader<'_> {
    pub(super) fn body_key(&self, index: usize) -> &str {
        self.gazetteer
            .bodies()
            .get(index)
            .map_or("", |b| b.key.as_str())
    }

    pub(in crate::extract) fn is_organisation(&self, index: usize) -> bool {
        self.gazetteer
            .bodies()
            .get(index)
            .is_some_and(|b| b.class == crate::fact::BodyClass::Organisation)
    }

    /// The state that a city lies in: the side of the document that was there then, where one was ("Gran Colombia" for Bogotá), and the
    /// one whose missions stand there, where that is a side (the Holy See in Rome).
    pub(in crate::extract) fn state_of_city(&self, city: usize) -> Option<usize> {
        let state = self.gazetteer.state_of(city)?;
        if self.is_side(state) {
            return Some(state);
        }
        let city = self.gazetteer.cities().get(city)?;
        let hosted = HOSTED
            .iter()
            .find(|(key, _)| *key == city.key)
            .and_then(|(_, body)| self.gazetteer.body_index(body))
            .filter(|b| self.is_side(*b));
        let before = || {
            self.sides
                .iter()
                .copied()
                .find(|side| self.same_state(*side, state) || self.lay_within(*side, state))
        };
        hosted.or_else(before).or(Some(state))
    }

    /// Whether the land of a state of today was a part of a historical one.
    fn lay_within(&self, historical: usize, state: usize) -> bool {
        let mut parts = WITHIN.iter();
        let parts = parts.find(|(key, _)| *key == self.body_key(historical));
        parts.is_some_and(|(_, parts)| parts.contains(&self.body_key(state)))
    }

    /// The state of which a city is the capital, for a city's name that stands for its government.
    pub(in crate::extract) fn capital_state(&self, city: usize) -> Option<usize> {
        self.gazetteer
            .cities()
            .get(city)
            .filter(|c| c.capital)
            .and_then(|_| self.gazetteer.state_of(city))
    }

    /// The capital of a state.
    pub(in crate::extract) fn capital_of(&self, state: usize) -> Option<usize> {
        let seat = || {
            let (_, city) = SEATS.iter().find(|(key, _)| *key == self.body_key(state))?;
            self.gazetteer.city_index(city)
        };
        self.gazetteer.capital_of(state).or_else(seat)
    }

    /// The other of the document's two sides.
    pub(in crate::extract) fn other_side(&self, side: usize) -> Option<usize> {
        match self.sides.as_slice() {
            [a, b] if self.same_state(*a, side) => Some(*b),
            [a, b] if self.same_state(*b, side) => Some(*a),
            _ => self.other_in_part(side),
        }
    }

    /// Whether two bodies are one state: the same, or a historical state and the one that followed it.
    pub(in crate::extract) fn same_state(&self, a: usize, b: usize) -> bool {
        let followed = |earlier: usize, later: usize| {
            let bodies = self.gazetteer.bodies();
            let (Some(earlier), Some(later)) = (bodies.get(earlier), bodies.get(later)) else {
                return false;
            };
            let one = earlier.of.as_deref() == Some(later.key.as_str());
            let several = || {
                FOLLOWED
                    .iter()
                    .any(|(key, after)| *key == earlier.key && after.contains(&later.key.as_str()))
            };
            let beside = || BESIDE.contains(&earlier.key.as_str());
            earlier.kind == "historical" && (one || several()) && !beside()
        };
        a == b || followed(a, b) || followed(b, a)
    }

    pub(in crate::extract) fn body(&self, index: usize) -> Option<Body> {
        self.gazetteer.bodies().get(index).map(|b| b.body())
    }

    pub(in crate::extract) fn body_value(&self, index: usize) -> Option<Value> {
        self.body(index).map(Value::Body)
    }

    pub(in crate::extract) fn city_value(&self, index: usize) -> Option<Value> {
        self.gazetteer
            .cities()
            .get(index)
            .map(|c| Value::Place(c.place()))
    }

    /// Index of a body that a fact has as a value.
    pub(in crate::extract) fn body_of(&self, value: &Value) -> Option<usize> {
        if let Value::Body(body) = value {
            self.gazetteer.body_index(&body.key)
        } else {
            None
        }
    }

    /// The body that a fact told before has in a slot.
    pub(in crate::extract) fn body_in(&self, fact: &Fact, slot: Slot) -> Option<usize> {
        if let Some(Value::Body(body)) = fact.get(slot) {
            self.gazetteer.body_index(&body.key)
        } else {
            None
        }
    }

    /// The city that a fact told before has in a slot.
    pub(in crate::extract) fn city_in(&self, fact: &Fact, slot: Slot) -> Option<usize> {
        if let Some(Value::Place(place)) = fact.get(slot) {
            self.gazetteer.city_index(&place.key)
        } else {
            None
        }
    }

    /// "Havana's ambassador", "Lima's consulate": the state of the city whose genitive stands right before an item.
    pub(in crate::extract) fn genitive_city(&self, items: &[Item], at: usize) -> Option<usize> {
        let before = items.get(..at)?.iter().rev();
        let graded = [
            Class::Temporal,
            Class::Genitive,
            Class::Ordinal,
            Class::MissionFirst,
        ];
        let mut owner = before.skip_while(|i| graded.iter().any(|c| i.is(*c)));
        let owner = owner.next().filter(|i| i.genitive)?;
        let state = || owner.named_body().filter(|b| !self.is_organisation(*b));
        owner
            .city()
            .map_or_else(state, |city| self.state_of_city(city))
    }

    /// "Two honorary consuls": whether an office in the plural with a number before it is that of people who are not named.
    pub(in crate::extract) fn several_unnamed(&self, items: &[Item], at: usize) -> bool {
        let plural = items
            .get(at)
            .is_some_and(|i| i.folded.split(' ').any(|w| w.ends_with('s')));
        let before = at.checked_sub(1).and_then(|i| items.get(i));
        let counted = before.is_some_and(|i| {
            matches!(i.kind, ItemKind::Quantity(_))
                || i.meanings.iter().any(|m| matches!(m, Meaning::Number(_)))
        });
        plural && counted
    }

    pub(in crate::extract) fn role_name(&self, role: usize) -> String {
        self.lexicon.offices.get(role).cloned().unwrap_or_default()
    }

    /// Whether an item names who heads a mission by the office: "Ambassador Ana Soto", "the ambassador of Peru".
    pub(in crate::extract) fn heads_mission(&self, item: &Item<'_>) -> bool {
        let office = item.actor().and_then(|a| a.office.as_ref());
        office.is_some_and(|o| is_head_of_mission(&self.role_name(o.role)))
    }

    pub(in crate::extract) fn person_value(&self, person: usize) -> Option<Value> {
        self.people.known.get(person).map(|k| {
            Value::Person(Person {
                name: k.name.clone(),
            })
        })
    }

    pub(in crate::extract) fn office_value(&self, role: &str, of: Option<usize>) -> Value {
        Value::Office(Office {
            role: crate::extract::offices::as_told(role).to_owned(),
            of: of.and_then(|b| self.body(b)),
        })
    }

    /// All bodies among items: states, governments, organisations, capitals that stand for their states, "both nations".
    pub(in crate::extract) fn bodies(&self, items: &[Item], indexes: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut add = |body: usize| {
            if !found.contains(&body) {
                found.push(body);
            }
        };
        for item in indexes.iter().filter_map(|&i| items.get(i)) {
            match &item.kind {
                ItemKind::Body(body, _) => add(*body),
                ItemKind::City(city) => {
                    // The capital stands for the side that was there then.
                    if self.capital_state(*city).is_some()
                        && let Some(state) = self.state_of_city(*city)
                        && !item.has_prep(Class::In)
                    {
                        add(state);
                    }
                }
                ItemKind::Actor(actor) => {
                    if let Some(of) = actor.office.as_ref().and_then(|o| o.of).or(actor.body) {
                        add(of);
                    }
                }
                ItemKind::Word if item.is(Class::BothStates) => {
                    self.both_here().into_iter().for_each(&mut add);
                }
                ItemKind::Word
                | ItemKind::Date(_)
                | ItemKind::Quantity(_)
                | ItemKind::Mission(_)
                | ItemKind::Treaty(_)
                | ItemKind::Trigger(_)
                | ItemKind::Sign(_) => {}
            }
        }
        found
    }

    /// "the member states of", "los países miembros de": whether a word is a noun for states or for the members of an organisation.
    pub(in crate::extract) fn states_noun(&self, item: &Item<'_>) -> bool {
        let words = self.lexicon.listed(Class::MemberStates);
        let begins = |w: &String| {
            let rest = item.folded.strip_prefix(w.as_str());
            rest.is_some_and(|r| r.is_empty() || r.starts_with(' '))
        };
        item.is(Class::StatesNoun) || item.named_body().is_none() && words.iter().any(begins)
    }

    /// "the ministers of the member states": whether an office is that of the members of an organisation, whichever they are.
    pub(in crate::extract) fn of_members(&self, items: &[Item<'_>], at: usize) -> bool {
        let mut behind = items.iter().skip(at + 1);
        // "los países miembros": by itself the first would be the two sides.
        let small = |i: &&Item<'_>| i.is(Class::Article) || i.is(Class::BothStates);
        let of = behind.next().is_some_and(|i| i.is(Class::Of));
        of && behind
            .find(|i| !small(i))
            .is_some_and(|i| self.states_noun(i))
    }

    /// Whether a word is the reflexive that makes a verb passive ("se atiende desde").
    pub(in crate::extract) fn reflexive(&self, item: &Item<'_>) -> bool {
        self.lexicon.lists(Class::Reflexive, &item.folded)
    }

    /// Whether a body is one of the document's sides.
    pub(in crate::extract) fn is_side(&self, body: usize) -> bool {
        self.sides.contains(&body) || self.part() == Some(body)
    }
}
