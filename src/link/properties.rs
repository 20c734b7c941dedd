//! Properties and classes of Wikidata that are read or written, each with its English label.
//!
//! Ids come from tables in which id and label stood beside each other; a test compares them again where such a table is at hand. None is
//! written from memory.

use super::Qid;

/// A property of Wikidata by its number: `P31` is `Property(31)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Property(pub u16);

impl std::fmt::Display for Property {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "P{}", self.0)
    }
}

macro_rules! properties {
    ($($name:ident = $number:literal $label:literal),+ $(,)?) => {
        $(#[doc = concat!("P", $number, ", ", $label, ".")] pub const $name: Property = Property($number);)+
        /// All of them with their English labels.
        pub const PROPERTIES: &[(Property, &str)] = &[$((Property($number), $label)),+];
    };
}

macro_rules! classes {
    ($($name:ident = $number:literal $label:literal),+ $(,)?) => {
        $(#[doc = concat!("Q", $number, ", ", $label, ".")] pub const $name: Qid = Qid($number);)+
        /// All of them with their English labels.
        pub const CLASSES: &[(Qid, &str)] = &[$((Qid($number), $label)),+];
    };
}

properties! {
    COUNTRY = 17 "country",
    CITIZENSHIP = 27 "country of citizenship",
    INSTANCE_OF = 31 "instance of",
    HEAD_OF_STATE = 35 "head of state",
    POSITION_HELD = 39 "position held",
    ADMINISTRATIVE_ENTITY = 131 "located in the administrative territorial entity",
    OPERATOR = 137 "operator",
    FOLLOWS = 155 "follows",
    HEADQUARTERS = 159 "headquarters location",
    STATED_IN = 248 "stated in",
    LOCATION = 276 "location",
    SUBCLASS_OF = 279 "subclass of",
    ISO_ALPHA_2 = 297 "ISO 3166-1 alpha-2 code",
    ISO_ALPHA_3 = 298 "ISO 3166-1 alpha-3 code",
    CHAIRPERSON = 488 "chairperson",
    DIPLOMATIC_RELATION = 530 "diplomatic relation",
    BORN = 569 "date of birth",
    DIED = 570 "date of death",
    INCEPTION = 571 "inception",
    DISSOLVED = 576 "dissolved or abolished",
    START = 580 "start time",
    END = 582 "end time",
    POINT_IN_TIME = 585 "point in time",
    COORDINATES = 625 "coordinate location",
    PARTICIPANT = 710 "participant",
    RETRIEVED = 813 "retrieved",
    REFERENCE_URL = 854 "reference URL",
    JURISDICTION = 1001 "applies to jurisdiction",
    POPULATION = 1082 "population",
    OFFICEHOLDER = 1308 "officeholder",
    OPENED = 1619 "date of official opening",
    QUOTE = 1683 "quote",
    SIGNATORY = 1891 "signatory",
    MEMBER_OF = 463 "member of",
    DIRECTED_FROM = 2389 "organisation directed from the office",
    CLOSED = 3999 "date of official closure",
}

classes! {
    HUMAN = 5 "human",
    COUNTRY_CLASS = 6256 "country",
    HISTORICAL_COUNTRY = 3024240 "historical country",
    INTERNATIONAL_ORGANISATION = 484652 "international organization",
    DIPLOMATIC_MISSION = 213283 "diplomatic mission",
    EMBASSY = 3917681 "embassy",
    CONSULATE_GENERAL = 372690 "consulate general",
    CONSULATE = 7843791 "consulate",
    DE_FACTO_EMBASSY = 5244910 "de facto embassy",
    DE_FACTO_CONSULATE = 61881945 "de facto consulate",
    DEFUNCT_MISSION = 80905563 "defunct diplomatic mission",
    AMBASSADOR = 121998 "ambassador",
    HEAD_OF_STATE_CLASS = 48352 "head of state",
    TREATY = 131569 "treaty",
    BILATERAL_TREATY = 9557810 "bilateral treaty",
    PEACE_TREATY = 625298 "peace treaty",
    BILATERAL_RELATION = 15221623 "bilateral relation",
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A table of ids and labels that stands beside the project, where it does.
    fn table(name: &str) -> Option<BTreeMap<String, String>> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference");
        let text = std::fs::read_to_string(path.join(name)).ok()?;
        let rows = text.lines().filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
        });
        Some(rows.collect())
    }

    #[test]
    fn ids_have_the_labels_of_the_tables() {
        if let Some(known) = table("wikidata-properties.tsv") {
            for (property, label) in PROPERTIES {
                assert_eq!(
                    known.get(&property.to_string()).map(String::as_str),
                    Some(*label)
                );
            }
        }
        if let Some(known) = table("wikidata-classes.tsv") {
            for (class, label) in CLASSES {
                assert_eq!(
                    known.get(&class.to_string()).map(String::as_str),
                    Some(*label)
                );
            }
        }
    }
}
