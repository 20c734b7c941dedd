//! An item of Wikidata, as far as linking looks at it: names, what it is, where it belongs, when.

use super::properties::Property;
use crate::fact::{Day, Edtf};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An item's id: `Q419` is `Qid(419)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Qid(pub u64);

impl Qid {
    /// The item's IRI in the web of data.
    #[must_use]
    pub fn iri(self) -> String {
        format!("http://www.wikidata.org/entity/{self}")
    }

    /// The id in an IRI of Wikidata, or bare.
    #[must_use]
    pub fn of_iri(iri: &str) -> Option<Self> {
        iri.rsplit('/').next()?.parse().ok()
    }
}

impl fmt::Display for Qid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

/// A text that is no item id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no id of an item; they look like Q419")]
pub struct NoQid(pub String);

impl FromStr for Qid {
    type Err = NoQid;

    fn from_str(text: &str) -> Result<Self, NoQid> {
        let number = text
            .strip_prefix('Q')
            .filter(|digits| digits.starts_with(|c: char| ('1'..='9').contains(&c)))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok());
        number.map(Self).ok_or_else(|| NoQid(text.to_owned()))
    }
}

impl Serialize for Qid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Qid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            text.parse().map_err(serde::de::Error::custom)
        } else {
            u64::deserialize(deserializer).map(Self)
        }
    }
}

/// What an item is, as far as diplomacy has to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemType {
    /// A human being.
    Person,
    /// A state or territory, present or historical.
    State,
    /// A city or other settlement.
    City,
    /// An international organisation, a company or another body.
    Organisation,
    /// A diplomatic or consular mission.
    Mission,
    /// A treaty.
    Treaty,
    /// The relations of two states.
    Relation,
    /// An office that persons hold.
    Office,
    /// A visit; of these only our own graph tells.
    Visit,
}

impl ItemType {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::State,
        Self::City,
        Self::Organisation,
        Self::Mission,
        Self::Treaty,
        Self::Relation,
        Self::Office,
        Self::Visit,
    ];

    /// As commands name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::City => "city",
            Self::Organisation => "organisation",
            Self::Mission => "mission",
            Self::Treaty => "treaty",
            Self::Relation => "relation",
            Self::Office => "office",
            Self::Visit => "visit",
        }
    }

    /// The type that a command names so.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// A point in time as precise as it is given; years before our era have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct When {
    /// The point, or the first year of a decade or century.
    pub day: Day,
    /// How many years it may span: 1, 10 or 100.
    pub years: u16,
}

impl When {
    /// The first and the last day that it can mean.
    #[must_use]
    pub fn range(self) -> ((i32, u8, u8), (i32, u8, u8)) {
        let last = Day {
            year: self.day.year + i32::from(self.years) - 1,
            ..self.day
        };
        (self.day.first(), last.last())
    }

    /// As EDTF; a century as an interval.
    #[must_use]
    pub fn edtf(self) -> Edtf {
        match self.years {
            1 => Edtf::on(self.day),
            10 => Edtf::decade(self.day.year),
            years => Edtf::between(
                Day::year(self.day.year),
                Day::year(self.day.year + i32::from(years) - 1),
            ),
        }
    }
}

/// An office that a person held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The office's item.
    pub office: Qid,
    /// From when, where given.
    pub start: Option<When>,
    /// Until when, where given.
    pub end: Option<When>,
}

/// An item as far as linking looks at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: Qid,
    /// Ids that redirect to it, as far as seen.
    pub former: Vec<Qid>,
    /// What it is; empty where its statements do not say.
    pub types: Vec<ItemType>,
    /// Labels as (language tag, text); `mul` is for all languages.
    pub labels: Vec<(String, String)>,
    /// Aliases as (language tag, text).
    pub aliases: Vec<(String, String)>,
    /// A short description, in the first wanted language that has one.
    pub description: String,
    /// Statements whose value is an item, by the number of their property.
    pub links: Vec<(u16, Qid)>,
    /// Statements whose value is a time, by the number of their property.
    pub dates: Vec<(u16, When)>,
    /// Offices held.
    pub positions: Vec<Position>,
    /// Latitude and longitude in degrees (WGS 84).
    pub coordinates: Option<(f32, f32)>,
    /// Pages of Wikipedia as (language tag, title).
    pub pages: Vec<(String, String)>,
    /// How many pages of any wiki tell of it: how known it is.
    pub known: u32,
}

impl Item {
    /// An item of which nothing is known.
    #[must_use]
    pub fn new(id: Qid) -> Self {
        Self {
            id,
            former: Vec::new(),
            types: Vec::new(),
            labels: Vec::new(),
            aliases: Vec::new(),
            description: String::new(),
            links: Vec::new(),
            dates: Vec::new(),
            positions: Vec::new(),
            coordinates: None,
            pages: Vec::new(),
            known: 0,
        }
    }

    /// The items that a property leads to.
    pub fn linked(&self, property: Property) -> impl Iterator<Item = Qid> + '_ {
        self.links
            .iter()
            .filter(move |(number, _)| *number == property.0)
            .map(|(_, id)| *id)
    }

    /// The first time that a property gives.
    #[must_use]
    pub fn date(&self, property: Property) -> Option<When> {
        self.dates
            .iter()
            .find(|(number, _)| *number == property.0)
            .map(|(_, when)| *when)
    }

    /// The label in the first of these languages that has one, else in any, else the id.
    #[must_use]
    pub fn label(&self, languages: &[&str]) -> String {
        let wanted = languages.iter().chain(&["mul", "en"]).find_map(|wanted| {
            let mut labels = self.labels.iter();
            labels.find(|(lang, _)| lang == wanted)
        });
        wanted
            .or_else(|| self.labels.first())
            .map_or_else(|| self.id.to_string(), |(_, label)| label.clone())
    }

    /// Labels and aliases with their languages.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels
            .iter()
            .chain(&self.aliases)
            .map(|(lang, text)| (lang.as_str(), text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_one_form() {
        assert_eq!("Q419".parse(), Ok(Qid(419)));
        for wrong in [
            "",
            "Q",
            "Q0",
            "Q01",
            "419",
            "q419",
            "P31",
            "Q4x",
            "Q-1",
            "Q99999999999999999999999",
        ] {
            assert!(wrong.parse::<Qid>().is_err(), "{wrong}");
        }
        assert_eq!(
            Qid::of_iri("http://www.wikidata.org/entity/Q90"),
            Some(Qid(90))
        );
        assert_eq!(Qid::of_iri(&Qid(90).iri()), Some(Qid(90)));
    }
}
