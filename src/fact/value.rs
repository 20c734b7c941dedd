//! Values of slots: persons, bodies, places, offices, dates, terms, numbers and words.

use super::Edtf;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A human being as one document names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form of the name anywhere in the document, in its own spelling, without titles.
    pub name: String,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyClass {
    /// A state or territory, present or historical.
    State,
    /// One of several rival or successive governments of a state (the Vichy government, Free France); not the state.
    Government,
    /// An international organisation, company or other body.
    Organisation,
}

/// A state, government or organisation: who can be party to a treaty, send a mission or keep relations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Body {
    /// State, government or organisation.
    pub class: BodyClass,
    /// The gazetteer's key (ISO 3166 alpha-3 for present states: `FRA`; else a slug: `soviet-union`); for a body that the
    /// gazetteer lacks, the slug of its name.
    pub key: String,
    /// Usual English name.
    pub name: String,
}

/// A city or other place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The gazetteer's key (a slug, `lima` or `lima-us`), or the slug of the name.
    pub key: String,
    /// Usual English name.
    pub name: String,
    /// Key of the state it lies in, where the gazetteer knows it.
    pub state: Option<String>,
}

/// An office as a document gives it ("Foreign Minister of Peru").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Office {
    /// English role ("President", "Foreign Minister", "Consul General").
    pub role: String,
    /// Whose office it is, where known.
    pub of: Option<Body>,
}

/// One value of a slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A person with a name.
    Person(Person),
    /// A state, government or organisation.
    Body(Body),
    /// A city or other place.
    Place(Place),
    /// An office, with or without the body whose it is.
    Office(Office),
    /// A date or interval, as precise as the text.
    Date(Edtf),
    /// One of a closed list of words (`official`, `severed`, `trade`).
    Term(String),
    /// Words of the document in its own language (a treaty's title, an address).
    Text(String),
    /// A number in plain decimal notation, millions multiplied out.
    Number(String),
}

impl Value {
    /// The value as plain English text, dates as EDTF: what the flat tables show.
    #[must_use]
    pub fn text(&self) -> String {
        self.words().into_owned()
    }

    /// The same as [`Self::text`], borrowed where the value has it.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Person(person) => Cow::Borrowed(&person.name),
            Self::Body(body) => Cow::Borrowed(&body.name),
            Self::Place(place) => Cow::Borrowed(&place.name),
            Self::Office(office) => Cow::Owned(office.text()),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Term(text) | Self::Text(text) | Self::Number(text) => Cow::Borrowed(text),
        }
    }
}

impl Office {
    /// "Foreign Minister of Peru", or the role alone.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.of {
            Some(body) => format!("{} of {}", self.role, body.name),
            None => self.role.clone(),
        }
    }
}
