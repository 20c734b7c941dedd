//! The links that come with the program (`data/links/`) → items, found as those of an index are: so that linking works without a network.

use super::index::{Match, keys};
use super::names::{Nouns, bag, folded};
use super::properties::{ADMINISTRATIVE_ENTITY, COUNTRY, OPERATOR};
use super::{Item, ItemType, Qid};
use crate::fact::BodyClass;
use crate::language::Gazetteer;
use std::collections::BTreeMap;

const LINKS: &str = include_str!("../../data/links/links.tsv");
const MISSIONS: &str = include_str!("../../data/links/missions.tsv");

/// Items that come with the program.
pub struct Table {
    items: BTreeMap<Qid, (Item, u8)>,
    names: BTreeMap<String, Vec<Qid>>,
    /// Keys of the gazetteer, with the type before them → item.
    by_key: BTreeMap<(ItemType, String), Qid>,
}

impl Table {
    /// The tables of the program.
    ///
    /// # Errors
    /// What is wrong with its data.
    pub fn embedded(nouns: &Nouns) -> Result<Self, String> {
        let gazetteer = Gazetteer::embedded().map_err(|error| error.to_string())?;
        let mut table = Self {
            items: BTreeMap::new(),
            names: BTreeMap::new(),
            by_key: BTreeMap::new(),
        };
        table.named(&gazetteer)?;
        table.missions(nouns)?;
        let mut names: BTreeMap<String, Vec<Qid>> = BTreeMap::new();
        for (item, _) in table.items.values() {
            for key in keys::of(item) {
                names.entry(key).or_default().push(item.id);
            }
        }
        table.names = names;
        Ok(table)
    }

    fn named(&mut self, gazetteer: &Gazetteer) -> Result<(), String> {
        let bodies: BTreeMap<&str, &crate::language::BodyEntry> = gazetteer
            .bodies()
            .iter()
            .map(|body| (body.key.as_str(), body))
            .collect();
        let cities: BTreeMap<&str, &crate::language::CityEntry> = gazetteer
            .cities()
            .iter()
            .map(|city| (city.key.as_str(), city))
            .collect();
        let states: BTreeMap<&str, Qid> = gazetteer
            .bodies()
            .iter()
            .filter(|body| body.class == BodyClass::State)
            .filter_map(|body| Some((body.key.as_str(), body.qid.as_deref()?.parse().ok()?)))
            .collect();
        for line in LINKS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [class, key, qid, sources] = cells.as_slice() else {
                return Err(format!("data/links/links.tsv: {line:?} has not four cells"));
            };
            let wrong = |what: &str| format!("data/links/links.tsv: {line:?}: {what}");
            let id: Qid = qid
                .parse()
                .map_err(|error: super::NoQid| wrong(&error.to_string()))?;
            let sources: u8 = sources.parse().map_err(|_| wrong("no number of sources"))?;
            let mut item = Item::new(id);
            let kind = match *class {
                "city" => {
                    let city = cities.get(key).ok_or_else(|| wrong("no such city"))?;
                    item.labels = labels(&city.names);
                    item.aliases = city
                        .other
                        .iter()
                        .map(|name| ("mul".to_owned(), name.clone()))
                        .collect();
                    item.coordinates = city
                        .at
                        .as_ref()
                        .and_then(|(lat, lon)| Some((lat.parse().ok()?, lon.parse().ok()?)));
                    let country = states.get(city.state.as_str());
                    item.links.extend(country.map(|state| (COUNTRY.0, *state)));
                    ItemType::City
                }
                "person" => {
                    item.labels = vec![("mul".to_owned(), (*key).to_owned())];
                    ItemType::Person
                }
                class => {
                    let body = bodies.get(key).ok_or_else(|| wrong("no such body"))?;
                    item.labels = labels(&body.names);
                    if class == "organisation" {
                        ItemType::Organisation
                    } else {
                        ItemType::State
                    }
                }
            };
            item.types = vec![kind];
            if kind != ItemType::Person {
                self.by_key.insert((kind, (*key).to_owned()), id);
            }
            self.put(item, sources);
        }
        Ok(())
    }

    fn missions(&mut self, nouns: &Nouns) -> Result<(), String> {
        for line in MISSIONS.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [
                qid,
                kind,
                sending_id,
                sending,
                receiving_id,
                receiving,
                city_id,
                city,
                lat,
                lon,
            ] = cells.as_slice()
            else {
                return Err(format!(
                    "data/links/missions.tsv: {line:?} has not ten cells"
                ));
            };
            let id = |text: &str| -> Result<Qid, String> {
                text.parse()
                    .map_err(|error| format!("data/links/missions.tsv: {line:?}: {error}"))
            };
            if nouns.mission(&folded(kind)).is_none() {
                continue;
            }
            let mut item = Item::new(id(qid)?);
            item.types = vec![ItemType::Mission];
            let place = if city.is_empty() { receiving } else { city };
            let kind = kind.trim_start_matches("de facto ");
            item.labels = vec![("en".to_owned(), format!("{kind} of {sending}, {place}"))];
            item.links = vec![
                (OPERATOR.0, id(sending_id)?),
                (COUNTRY.0, id(receiving_id)?),
            ];
            if !city_id.is_empty() {
                item.links.push((ADMINISTRATIVE_ENTITY.0, id(city_id)?));
            }
            item.links.sort();
            item.coordinates = lat.parse().ok().zip(lon.parse().ok());
            self.put(item, 1);
        }
        Ok(())
    }

    /// Of an item that is in several rows, the one that more sources give stands.
    fn put(&mut self, item: Item, sources: u8) {
        let old = self.items.get(&item.id).map(|(_, sources)| *sources);
        if old.is_none_or(|old| old < sources) {
            self.items.insert(item.id, (item, sources));
        }
    }

    fn get(&self, key: &str) -> &[Qid] {
        self.names.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many items it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Ids of items that a name may mean.
    #[must_use]
    pub fn look_up(&self, name: &str) -> Vec<(Qid, Match)> {
        let name = folded(name);
        let exact = self.get(&keys::name(&name));
        let mut found: Vec<(Qid, Match)> = exact.iter().map(|id| (*id, Match::Folded)).collect();
        let words = bag(&name);
        for key in [keys::name(&words), keys::words(&name)] {
            for id in self.get(&key) {
                if !found.iter().any(|(other, _)| other == id) {
                    found.push((*id, Match::Reordered));
                }
            }
        }
        found
    }

    /// The item that has a key of the gazetteer.
    #[must_use]
    pub fn with_key(&self, kind: ItemType, key: &str) -> Option<Qid> {
        self.by_key.get(&(kind, key.to_owned())).copied()
    }

    /// The missions of one state in another.
    #[must_use]
    pub fn missions_between(&self, sending: Qid, receiving: Qid) -> &[Qid] {
        self.get(&keys::between(ItemType::Mission, sending, receiving))
    }

    /// An item, and how many sources agree on it.
    #[must_use]
    pub fn item(&self, id: Qid) -> Option<(&Item, u8)> {
        self.items.get(&id).map(|(item, sources)| (item, *sources))
    }
}

fn labels(names: &[String; 3]) -> Vec<(String, String)> {
    ["en", "fr", "es"]
        .iter()
        .zip(names)
        .filter(|(_, name)| !name.is_empty())
        .map(|(lang, name)| ((*lang).to_owned(), name.clone()))
        .collect()
}
