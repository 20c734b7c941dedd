//! The parts of an entity's JSON, borrowed from its text.

use super::looked_at;
use crate::fact::Day;
use crate::link::properties::Property;
use crate::link::{Qid, When};
use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// The calendar of times that are not Gregorian, as Wikibase names it.
const JULIAN: &str = "http://www.wikidata.org/entity/Q1985786";
/// The globe of coordinates on Earth, as Wikibase names it.
const EARTH: &str = "http://www.wikidata.org/entity/Q2";

#[derive(Deserialize)]
pub(super) struct RawEntity<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    pub(super) kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) missing: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) redirects: Option<Redirect<'a>>,
    #[serde(borrow, default)]
    pub(super) labels: MapOf<'a, Text<'a>>,
    #[serde(borrow, default)]
    pub(super) descriptions: MapOf<'a, Text<'a>>,
    #[serde(borrow, default)]
    pub(super) aliases: MapOf<'a, Vec<Text<'a>>>,
    #[serde(borrow, default)]
    pub(super) sitelinks: MapOf<'a, Page<'a>>,
    #[serde(borrow, default)]
    pub(super) claims: Option<Claims<'a>>,
}

#[derive(Deserialize)]
pub(super) struct Redirect<'a> {
    #[serde(borrow)]
    pub(super) from: Cow<'a, str>,
}

#[derive(Deserialize)]
pub(super) struct Text<'a> {
    #[serde(borrow)]
    pub(super) value: Cow<'a, str>,
    /// The language that it is in: by `languagefallback` another one may stand where one was asked for.
    #[serde(borrow, default)]
    pub(super) language: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(super) struct Page<'a> {
    #[serde(borrow)]
    pub(super) title: Cow<'a, str>,
}

/// A map, which PHP writes `[]` when it is empty.
pub(super) struct MapOf<'a, T>(pub(super) Vec<(Cow<'a, str>, T)>);

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
pub(super) struct Claims<'a>(pub(super) Vec<(Property, Vec<Statement<'a>>)>);

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

#[derive(Deserialize)]
pub(super) struct Statement<'a> {
    #[serde(borrow)]
    pub(super) mainsnak: Snak<'a>,
    #[serde(borrow, default)]
    pub(super) rank: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) qualifiers: MapOf<'a, Vec<Snak<'a>>>,
}

impl Statement<'_> {
    pub(super) fn counts(&self) -> bool {
        self.rank != "deprecated"
    }

    pub(super) fn qualifier(&self, property: Property) -> Option<When> {
        let name = property.to_string();
        self.qualifiers
            .0
            .iter()
            .find(|(key, _)| *key == name)
            .and_then(|(_, snaks)| snaks.iter().find_map(Snak::time))
    }
}

#[derive(Deserialize)]
pub(super) struct Snak<'a> {
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
    #[serde(borrow, default)]
    calendarmodel: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Point<'a> {
    latitude: f32,
    longitude: f32,
    #[serde(borrow)]
    globe: Option<Cow<'a, str>>,
}

impl Snak<'_> {
    /// Whether it says something: `somevalue` and `novalue` do not.
    pub(super) fn says(&self) -> bool {
        self.datavalue.is_some()
    }

    fn value(&self, kind: &str) -> Option<&str> {
        let value = self.datavalue.as_ref()?;
        (value.kind == kind).then(|| value.value.get())
    }

    pub(super) fn item(&self) -> Option<Qid> {
        let id: EntityId<'_> = serde_json::from_str(self.value("wikibase-entityid")?).ok()?;
        match (id.id, id.number) {
            (Some(id), _) => id.parse().ok(),
            (None, Some(number)) if id.kind.as_deref() == Some("item") => Some(Qid(number)),
            (None, _) => None,
        }
    }

    pub(super) fn time(&self) -> Option<When> {
        let time: Time<'_> = serde_json::from_str(self.value("time")?).ok()?;
        when(&time.time, time.precision, time.calendarmodel == JULIAN)
    }

    pub(super) fn point(&self) -> Option<(f32, f32)> {
        let point: Point<'_> = serde_json::from_str(self.value("globecoordinate")?).ok()?;
        let on_earth = point.globe.is_none_or(|globe| globe == EARTH)
            && point.latitude.abs() <= 90.0
            && point.longitude.abs() <= 360.0;
        on_earth.then_some((point.latitude, point.longitude))
    }
}

/// `+1964-11-20T00:00:00Z` with its precision (7 a century, 8 a decade, 9 a year, 10 a month, 11 and above a day). Vaguer ones and those before
/// our era give nothing. A day of the Julian calendar becomes the Gregorian one.
fn when(time: &str, precision: u8, julian: bool) -> Option<When> {
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
        11.. if julian => (gregorian(year, month?, day?)?, 1),
        11.. => (Day::checked(year, month, day)?, 1),
        _ => return None,
    };
    Some(When { day, years })
}

/// The Gregorian day of a day in the Julian calendar, by its number since 1 March of the year -4800.
fn gregorian(year: i32, month: u8, day: u8) -> Option<Day> {
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let before = i32::from(month < 3);
    let (years, months) = (year + 4800 - before, i32::from(month) + 12 * before - 3);
    let number = i32::from(day) + (153 * months + 2) / 5 + 365 * years + years / 4 - 32_083;
    // And back, with the Gregorian rule of leap years.
    let since = number + 32_044;
    let centuries = (4 * since + 3) / 146_097;
    let rest = since - 146_097 * centuries / 4;
    let years = (4 * rest + 3) / 1461;
    let rest = rest - 1461 * years / 4;
    let months = (5 * rest + 2) / 153;
    let day = rest - (153 * months + 2) / 5 + 1;
    let month = months + 3 - 12 * (months / 10);
    let year = 100 * centuries + years - 4800 + months / 10;
    Day::checked(year, u8::try_from(month).ok(), u8::try_from(day).ok())
}
