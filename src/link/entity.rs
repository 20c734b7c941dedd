//! An entity in Wikidata's JSON (of a dump's line, of `wbgetentities`, of `Special:EntityData`) → an [`Item`].
//!
//! Shape: <https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html>. Empty maps may be written `[]`; statements of deprecated
//! rank are left out; where some of a property are of preferred rank, only these count; `somevalue` and `novalue` give nothing.

use super::properties::*;
use super::{Item, ItemType, Position, Qid, When};
use crate::fact::Day;
use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Properties whose values are items and are kept.
const LINKS: &[Property] = &[
    INSTANCE_OF,
    COUNTRY,
    CITIZENSHIP,
    ADMINISTRATIVE_ENTITY,
    OPERATOR,
    HEADQUARTERS,
    LOCATION,
    PARTICIPANT,
    JURISDICTION,
    SIGNATORY,
    SUBCLASS_OF,
    MEMBER_OF,
    DIRECTED_FROM,
    DIPLOMATIC_RELATION,
];
/// Properties whose values are times and are kept.
const DATES: &[Property] = &[
    BORN,
    DIED,
    INCEPTION,
    DISSOLVED,
    START,
    END,
    POINT_IN_TIME,
    OPENED,
    CLOSED,
];
/// Properties of which only the presence tells.
const SIGNS: &[Property] = &[
    ISO_ALPHA_2,
    ISO_ALPHA_3,
    CHAIRPERSON,
    OFFICEHOLDER,
    POPULATION,
    DIPLOMATIC_RELATION,
];
/// Characters of a description that are kept.
const DESCRIPTION: usize = 200;

/// What a text in Wikidata's JSON held.
#[derive(Clone, Debug, PartialEq)]
pub enum Entity {
    /// An item.
    Item(Box<Item>),
    /// A property, a lexeme or another kind of entity.
    Other,
    /// The id that was asked for does not exist.
    Missing(String),
}

/// Why a text is no entity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (column {column})")]
pub struct EntityError {
    /// What is wrong with it.
    pub message: String,
    /// Where, in bytes from 1.
    pub column: usize,
}

/// Reads one entity; keeps names in these languages and in `mul`.
///
/// # Errors
/// [`EntityError`] when the text is no JSON or not of an entity's shape.
pub fn entity(json: &str, languages: &[String]) -> Result<Entity, EntityError> {
    let raw: RawEntity<'_> = serde_json::from_str(json).map_err(|error| EntityError {
        message: error.to_string(),
        column: error.column(),
    })?;
    let Some(id) = raw.id else {
        return Err(EntityError {
            message: "it has no id".to_owned(),
            column: 1,
        });
    };
    if raw.missing.is_some() {
        return Ok(Entity::Missing(id.into_owned()));
    }
    let Ok(id) = id.parse::<Qid>() else {
        return Ok(Entity::Other);
    };
    if raw.kind.as_deref().is_some_and(|kind| kind != "item") {
        return Ok(Entity::Other);
    }
    let mut item = Item::new(id);
    if let Some(from) = raw
        .redirects
        .and_then(|redirect| redirect.from.parse().ok())
    {
        item.former.push(from);
    }
    let wanted = |lang: &str| lang == "mul" || languages.iter().any(|one| one == lang);
    for (lang, text) in raw.labels.0 {
        if wanted(&lang) && !text.value.is_empty() {
            item.labels
                .push((lang.into_owned(), text.value.into_owned()));
        }
    }
    for (lang, texts) in raw.aliases.0 {
        if wanted(&lang) {
            item.aliases.extend(
                texts
                    .into_iter()
                    .filter(|text| !text.value.is_empty())
                    .map(|text| (lang.clone().into_owned(), text.value.into_owned())),
            );
        }
    }
    let described = languages
        .iter()
        .find_map(|lang| raw.descriptions.0.iter().find(|(other, _)| other == lang));
    if let Some((_, text)) = described {
        item.description = text.value.chars().take(DESCRIPTION).collect();
    }
    for (site, page) in &raw.sitelinks.0 {
        item.known += 1;
        let Some(lang) = site.strip_suffix("wiki") else {
            continue;
        };
        if languages.iter().any(|one| one == lang) {
            item.pages
                .push((lang.to_owned(), page.title.clone().into_owned()));
        }
    }
    item.labels.sort();
    item.aliases.sort();
    item.aliases.dedup();
    item.pages.sort();
    statements(&mut item, raw.claims.unwrap_or_default());
    Ok(Entity::Item(Box::new(item)))
}

fn statements(item: &mut Item, claims: Claims<'_>) {
    let mut signs = Vec::new();
    for (property, statements) in claims.0 {
        if statements.iter().any(Statement::counts) && SIGNS.contains(&property) {
            signs.push(property);
        }
        let preferred = statements
            .iter()
            .any(|statement| statement.rank == "preferred" && statement.counts());
        // Offices are held one after the other: the present one is often preferred, and the earlier ones are as true.
        let only_preferred = preferred && property != POSITION_HELD;
        for statement in &statements {
            if !statement.counts() || (only_preferred && statement.rank != "preferred") {
                continue;
            }
            if property == POSITION_HELD {
                item.positions
                    .extend(statement.mainsnak.item().map(|office| Position {
                        office,
                        start: statement.qualifier(START),
                        end: statement.qualifier(END),
                    }));
            } else if property == COORDINATES {
                item.coordinates = item.coordinates.or_else(|| statement.mainsnak.point());
            } else if LINKS.contains(&property) {
                item.links
                    .extend(statement.mainsnak.item().map(|id| (property.0, id)));
            } else if DATES.contains(&property) {
                item.dates
                    .extend(statement.mainsnak.time().map(|when| (property.0, when)));
            }
        }
    }
    item.links.sort();
    item.links.dedup();
    item.dates.sort();
    item.positions.sort();
    item.types = types(item, &signs);
}

/// What an item is, from its class where that is one of [`CLASSES`], else from what is stated of it: classes are many, and a dump does not give
/// them before their members.
fn types(item: &Item, signs: &[Property]) -> Vec<ItemType> {
    let class = |class: Qid| item.linked(INSTANCE_OF).any(|id| id == class);
    let any = |classes: &[Qid]| classes.iter().any(|id| class(*id));
    let has = |property: Property| item.linked(property).next().is_some();
    let sign = |property: Property| signs.contains(&property);
    let mission = any(&[
        DIPLOMATIC_MISSION,
        EMBASSY,
        CONSULATE_GENERAL,
        CONSULATE,
        DE_FACTO_EMBASSY,
        DE_FACTO_CONSULATE,
        DEFUNCT_MISSION,
    ]);
    let mut types = Vec::new();
    let human = class(HUMAN);
    let state =
        any(&[COUNTRY_CLASS, HISTORICAL_COUNTRY]) || sign(ISO_ALPHA_3) || sign(DIPLOMATIC_RELATION);
    let treaty = any(&[TREATY, BILATERAL_TREATY, PEACE_TREATY]) || has(SIGNATORY);
    let relation = class(BILATERAL_RELATION);
    let office = any(&[AMBASSADOR, HEAD_OF_STATE_CLASS])
        || item
            .linked(SUBCLASS_OF)
            .any(|id| [AMBASSADOR, HEAD_OF_STATE_CLASS].contains(&id))
        || sign(OFFICEHOLDER)
        || has(DIRECTED_FROM);
    let something = human || state || treaty || relation || office || mission;
    let located = has(COUNTRY) || has(ADMINISTRATIVE_ENTITY);
    let checks = [
        (human, ItemType::Person),
        (state, ItemType::State),
        (
            mission || (has(OPERATOR) && located && !something && item.known == 0),
            ItemType::Mission,
        ),
        (treaty, ItemType::Treaty),
        (relation, ItemType::Relation),
        (office, ItemType::Office),
        // City-states are both.
        (
            item.coordinates.is_some() && located && (!something || state && sign(POPULATION)),
            ItemType::City,
        ),
        (
            class(INTERNATIONAL_ORGANISATION)
                || (!something && (has(HEADQUARTERS) || sign(CHAIRPERSON))),
            ItemType::Organisation,
        ),
    ];
    types.extend(checks.iter().filter(|(is, _)| *is).map(|(_, kind)| *kind));
    types.sort();
    types
}

#[derive(Deserialize)]
struct RawEntity<'a> {
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    missing: Option<&'a RawValue>,
    #[serde(borrow)]
    redirects: Option<Redirect<'a>>,
    #[serde(borrow, default)]
    labels: MapOf<'a, Text<'a>>,
    #[serde(borrow, default)]
    descriptions: MapOf<'a, Text<'a>>,
    #[serde(borrow, default)]
    aliases: MapOf<'a, Vec<Text<'a>>>,
    #[serde(borrow, default)]
    sitelinks: MapOf<'a, Page<'a>>,
    #[serde(borrow, default)]
    claims: Option<Claims<'a>>,
}

#[derive(Deserialize)]
struct Redirect<'a> {
    #[serde(borrow)]
    from: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Text<'a> {
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    title: Cow<'a, str>,
}

/// A map, which PHP writes `[]` when it is empty.
struct MapOf<'a, T>(Vec<(Cow<'a, str>, T)>);

impl<T> Default for MapOf<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for MapOf<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<'a, T>(PhantomData<(&'a (), T)>);
        impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for Entries<'a, T> {
            type Value = MapOf<'a, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map, or an empty list")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    entries.push((key.0, map.next_value()?));
                }
                Ok(MapOf(entries))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                empty(seq)?;
                Ok(MapOf(Vec::new()))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(MapOf(Vec::new()))
            }
        }
        deserializer.deserialize_any(Entries(PhantomData))
    }
}

/// A text that is borrowed where it stands without escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

fn empty<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<(), A::Error> {
    match seq.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(de::Error::custom("a list where a map is expected")),
    }
}

/// The statements of the properties that are looked at.
#[derive(Default)]
struct Claims<'a>(Vec<(Property, Vec<Statement<'a>>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Claims<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Entries<'a> {
            type Value = Claims<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("statements by property")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut claims = Vec::new();
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    match looked_at(&key.0) {
                        Some(property) => claims.push((property, map.next_value()?)),
                        None => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Claims(claims))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                empty(seq)?;
                Ok(Claims(Vec::new()))
            }
        }
        deserializer.deserialize_any(Entries(PhantomData))
    }
}

fn looked_at(key: &str) -> Option<Property> {
    let property = Property(key.strip_prefix('P')?.parse().ok()?);
    let looked = property == POSITION_HELD
        || property == COORDINATES
        || LINKS.contains(&property)
        || DATES.contains(&property)
        || SIGNS.contains(&property);
    looked.then_some(property)
}

#[derive(Deserialize)]
struct Statement<'a> {
    #[serde(borrow)]
    mainsnak: Snak<'a>,
    #[serde(borrow, default)]
    rank: Cow<'a, str>,
    #[serde(borrow, default)]
    qualifiers: MapOf<'a, Vec<Snak<'a>>>,
}

impl Statement<'_> {
    fn counts(&self) -> bool {
        self.rank != "deprecated"
    }

    fn qualifier(&self, property: Property) -> Option<When> {
        let name = property.to_string();
        self.qualifiers
            .0
            .iter()
            .find(|(key, _)| *key == name)
            .and_then(|(_, snaks)| snaks.iter().find_map(Snak::time))
    }
}

#[derive(Deserialize)]
struct Snak<'a> {
    /// `value`, `somevalue` or `novalue`; only the first has a value.
    #[serde(borrow, default)]
    datavalue: Option<DataValue<'a>>,
}

#[derive(Deserialize)]
struct DataValue<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct EntityId<'a> {
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(rename = "numeric-id")]
    number: Option<u64>,
    #[serde(borrow, rename = "entity-type")]
    kind: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Time<'a> {
    #[serde(borrow)]
    time: Cow<'a, str>,
    precision: u8,
}

#[derive(Deserialize)]
struct Point {
    latitude: f32,
    longitude: f32,
}

impl Snak<'_> {
    fn value(&self, kind: &str) -> Option<&str> {
        let value = self.datavalue.as_ref()?;
        (value.kind == kind).then(|| value.value.get())
    }

    fn item(&self) -> Option<Qid> {
        let id: EntityId<'_> = serde_json::from_str(self.value("wikibase-entityid")?).ok()?;
        match (id.id, id.number) {
            (Some(id), _) => id.parse().ok(),
            (None, Some(number)) if id.kind.as_deref() == Some("item") => Some(Qid(number)),
            (None, _) => None,
        }
    }

    fn time(&self) -> Option<When> {
        let time: Time<'_> = serde_json::from_str(self.value("time")?).ok()?;
        when(&time.time, time.precision)
    }

    fn point(&self) -> Option<(f32, f32)> {
        let point: Point = serde_json::from_str(self.value("globecoordinate")?).ok()?;
        let on_earth = point.latitude.abs() <= 90.0 && point.longitude.abs() <= 360.0;
        on_earth.then_some((point.latitude, point.longitude))
    }
}

/// `+1964-11-20T00:00:00Z` with its precision (7 a century, 8 a decade, 9 a year, 10 a month, 11 and above a day). Vaguer ones and those before
/// our era give nothing.
fn when(time: &str, precision: u8) -> Option<When> {
    let mut parts = time.strip_prefix('+')?.split('T').next()?.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month: Option<u8> = parts.next().and_then(|month| month.parse().ok());
    let day: Option<u8> = parts.next().and_then(|day| day.parse().ok());
    let (day, years) = match precision {
        7 => (
            Day::checked((year - 1).div_euclid(100) * 100 + 1, None, None)?,
            100,
        ),
        8 => (Day::checked(year.div_euclid(10) * 10, None, None)?, 10),
        9 => (Day::checked(year, None, None)?, 1),
        10 => (Day::checked(year, month, None)?, 1),
        11.. => (Day::checked(year, month, day)?, 1),
        _ => return None,
    };
    Some(When { day, years })
}
