//! The languages that are read, and their tags.

use serde::{Deserialize, Serialize};

/// A language that Chancery reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// English.
    #[serde(rename = "en")]
    En,
    /// French.
    #[serde(rename = "fr")]
    Fr,
    /// Spanish.
    #[serde(rename = "es")]
    Es,
}

impl Lang {
    /// All of them, in a fixed order.
    pub const ALL: &'static [Self] = &[Self::En, Self::Fr, Self::Es];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// The language of a BCP 47 tag (`fr`, `fr-CA`).
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL.iter().copied().find(|lang| lang.tag() == primary)
    }
}
