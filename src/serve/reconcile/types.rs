//! The classes of entities that can be matched, and the properties by which they are told apart and about which can be asked.

/// A class of the ontology.
#[derive(Debug)]
pub(super) struct Type {
    /// Its name in the ontology, without the namespace.
    pub(super) id: &'static str,
    /// Its name for people.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) about: &'static str,
}

/// All classes, the most asked for first.
pub(super) const TYPES: [Type; 10] = [
    of_type("Person", "person", "A human being named in a document"),
    of_type("State", "state", "A state, present or historical"),
    of_type("City", "city", "A city"),
    of_type(
        "Mission",
        "diplomatic mission",
        "An embassy, legation, consulate or other mission",
    ),
    of_type(
        "Organisation",
        "organisation",
        "An international organisation, company or other body",
    ),
    of_type(
        "Treaty",
        "treaty",
        "A treaty, agreement, convention, protocol or memorandum",
    ),
    of_type("Visit", "visit", "Persons of one state in another"),
    of_type("Office", "office", "An office as such: President of Peru"),
    of_type(
        "Government",
        "government",
        "One of several governments of a state",
    ),
    of_type(
        "BilateralRelation",
        "bilateral relation",
        "The relation of two states",
    ),
];

const fn of_type(id: &'static str, name: &'static str, about: &'static str) -> Type {
    Type { id, name, about }
}

/// A property of entities.
#[derive(Debug)]
pub(super) struct Property {
    /// Its id: a property of the ontology without the namespace, or a name of its own.
    pub(super) id: &'static str,
    /// Its name for people.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) about: &'static str,
    /// Classes whose entities have it; none for all.
    pub(super) of: &'static [&'static str],
    /// Class of its values; none for texts and dates.
    pub(super) to: Option<&'static str>,
    /// Whether it tells candidates of a match apart.
    pub(super) matches: bool,
    /// How an entity `?s` leads to a value `?v`, in SPARQL; what is dated does so by an `?e`.
    pub(super) paths: &'static [&'static str],
}

/// All properties, those that tell candidates apart first.
pub(super) const PROPERTIES: [Property; 34] = [
    Property {
        paths: &[
            "?e dip:person ?s ; dip:role ?v",
            "?e dip:visitor ?s ; dip:role ?v",
            "?s a dip:Visit ; dip:role ?v",
        ],
        ..told_apart(
            "role",
            "office held",
            "An office, in full or as a noun: ambassador",
            &["Person", "Visit"],
            Some("Office"),
        )
    },
    Property {
        paths: &[
            "?e dip:person ?s ; dip:sending ?v",
            "?e dip:visitor ?s ; dip:from ?v",
            "?s dip:state ?v",
            "?s dip:governs ?v",
        ],
        ..told_apart(
            "state",
            "state",
            "The state where a city lies, or for which a person acted",
            &["Person", "City", "Government"],
            Some("State"),
        )
    },
    told_apart(
        "officeOf",
        "whose office",
        "The state whose office it is",
        &["Office"],
        Some("State"),
    ),
    told_apart(
        "sending",
        "sending state",
        "Who sends the mission",
        &["Mission"],
        Some("State"),
    ),
    told_apart(
        "receiving",
        "receiving state",
        "Where the mission is accredited",
        &["Mission"],
        Some("State"),
    ),
    told_apart(
        "city",
        "city",
        "Where the mission is, or the visit went",
        &["Mission", "Visit"],
        Some("City"),
    ),
    told_apart(
        "party",
        "party",
        "A party to the treaty or the relation",
        &["Treaty", "BilateralRelation"],
        Some("State"),
    ),
    told_apart("visitor", "visitor", "Who came", &["Visit"], Some("Person")),
    told_apart(
        "from",
        "from",
        "Whom the visitor stood for",
        &["Visit"],
        Some("State"),
    ),
    told_apart(
        "to",
        "to",
        "Where the visit went",
        &["Visit"],
        Some("State"),
    ),
    told_apart(
        "date",
        "date",
        "A day, a month or a year (EDTF) on which it was so: 1964-11-20, 1964",
        &["Person", "Visit", "Treaty"],
        None,
    ),
    Property {
        paths: &[
            "?s a dip:Mission . ?e dip:mission ?s ; a dip:Appointment ; dip:person ?v",
            "?s a dip:State . ?e dip:sending ?s ; a dip:Appointment ; dip:receiving ?at ; dip:person ?v",
            "?s a dip:BilateralRelation ; dip:party ?a , ?b . ?e dip:sending ?a ; dip:receiving ?b ; a dip:Appointment ; dip:person ?v FILTER(?a != ?b)",
        ],
        ..value(
            "headOfMission",
            "head of mission (ambassador, consul …)",
            "Who headed the mission, or the missions that the state sent; set a date, and an office",
            &["Mission", "State", "BilateralRelation"],
            Some("Person"),
        )
    },
    Property {
        paths: &["?e dip:receiving ?s ; a dip:Appointment ; dip:sending ?at ; dip:person ?v"],
        ..value(
            "headOfMissionReceived",
            "head of mission received",
            "Who headed the missions in the state; set a date, and an office",
            &["State", "Organisation"],
            Some("Person"),
        )
    },
    Property {
        paths: &["?e dip:role ?s ; a dip:Appointment ; dip:person ?v"],
        ..value(
            "holder",
            "holder",
            "Who held the office; set a date",
            &["Office"],
            Some("Person"),
        )
    },
    Property {
        paths: &[
            "?e dip:person ?s ; dip:mission ?v",
            "?v a dip:Mission ; dip:city ?s",
            "?v a dip:Mission ; dip:sending ?s",
        ],
        ..value(
            "mission",
            "mission",
            "Missions that the person headed, that are in the city, that the state sent",
            &["Person", "City", "State"],
            Some("Mission"),
        )
    },
    Property {
        paths: &["?v a dip:Mission ; dip:receiving ?s"],
        ..value(
            "missionReceived",
            "mission received",
            "Missions in the state",
            &["State"],
            Some("Mission"),
        )
    },
    Property {
        paths: &["?e dip:visitor ?s ; dip:to ?v"],
        ..value(
            "visited",
            "state visited",
            "Where the person went",
            &["Person"],
            Some("State"),
        )
    },
    Property {
        paths: &[
            "?v a dip:Visit ; dip:visitor ?s",
            "?v a dip:Visit ; dip:to ?s",
        ],
        ..value(
            "visit",
            "visit",
            "Visits by the person, or to the state",
            &["Person", "State"],
            Some("Visit"),
        )
    },
    Property {
        paths: &["?e a dip:OrganisationMembership ; dip:state ?s ; dip:organisation ?v"],
        ..value(
            "memberOf",
            "member of",
            "Organisations of which the state is a member",
            &["State"],
            Some("Organisation"),
        )
    },
    Property {
        paths: &["?e a dip:OrganisationMembership ; dip:organisation ?s ; dip:state ?v"],
        ..value(
            "member",
            "member",
            "States that are members",
            &["Organisation"],
            Some("State"),
        )
    },
    Property {
        paths: &["?v a dip:Treaty ; dip:party ?s"],
        ..value(
            "treaty",
            "treaty",
            "Treaties of which it is a party",
            &["State", "Organisation"],
            Some("Treaty"),
        )
    },
    Property {
        paths: &["?e dip:mission ?s ; dip:missionKind ?v"],
        ..value(
            "missionKind",
            "kind of mission",
            "embassy, consulate general …",
            &["Mission"],
            None,
        )
    },
    Property {
        paths: &["?e dip:mission ?s ; dip:opened ?v"],
        ..value(
            "opened",
            "opened",
            "When it was opened (EDTF)",
            &["Mission"],
            None,
        )
    },
    Property {
        paths: &["?e dip:mission ?s ; dip:closed ?v"],
        ..value(
            "closed",
            "closed",
            "When it was closed (EDTF)",
            &["Mission"],
            None,
        )
    },
    value(
        "title",
        "title",
        "Its title as documents give it",
        &["Treaty"],
        None,
    ),
    value(
        "signed",
        "signed",
        "When it was signed (EDTF)",
        &["Treaty"],
        None,
    ),
    value(
        "inForce",
        "in force",
        "When it came into force (EDTF)",
        &["Treaty"],
        None,
    ),
    value(
        "treatyKind",
        "kind of treaty",
        "treaty, agreement, memorandum …",
        &["Treaty"],
        None,
    ),
    value("topic", "topic", "What it is about", &["Treaty"], None),
    value(
        "visitKind",
        "kind of visit",
        "state, official, working …",
        &["Visit"],
        None,
    ),
    value(
        "key",
        "code",
        "ISO 3166-1 code of a state, key of the gazetteer",
        &["State", "City", "Organisation"],
        None,
    ),
    Property {
        paths: &[
            "?s rdfs:label ?v",
            "?s skos:prefLabel ?v",
            "?s skos:altLabel ?v",
        ],
        ..value("label", "name", "Its names in all languages", &[], None)
    },
    Property {
        paths: &["?s owl:sameAs ?v"],
        ..value(
            "wikidata",
            "item of Wikidata",
            "The item that it is the same as",
            &[],
            None,
        )
    },
    Property {
        paths: &["?s dip:supportedBy ?claim . GRAPH ?doc { ?claim dip:quote ?v }"],
        ..value(
            "quote",
            "sentence",
            "The sentences that tell of it",
            &[],
            None,
        )
    },
];

const fn told_apart(
    id: &'static str,
    name: &'static str,
    about: &'static str,
    of: &'static [&'static str],
    to: Option<&'static str>,
) -> Property {
    Property {
        matches: true,
        ..value(id, name, about, of, to)
    }
}

const fn value(
    id: &'static str,
    name: &'static str,
    about: &'static str,
    of: &'static [&'static str],
    to: Option<&'static str>,
) -> Property {
    Property {
        id,
        name,
        about,
        of,
        to,
        matches: false,
        paths: &[],
    }
}

impl Property {
    /// Whether entities of a class have it.
    pub(super) fn is_of(&self, class: &str) -> bool {
        self.of.is_empty() || self.of.contains(&class)
    }

    /// How an entity `?s` leads to its values `?v`, and by what `?e` that has a date.
    pub(super) fn paths(&self) -> Vec<String> {
        if self.paths.is_empty() {
            return vec![path(&format!("?s dip:{} ?v", self.id))];
        }
        self.paths.iter().map(|one| path(one)).collect()
    }
}

/// A path with the `?e` that has a date: what it leads to, if it names its class, else where it begins.
pub(super) fn path(path: &str) -> String {
    if path.contains("?e ") {
        path.to_owned()
    } else if path.starts_with("?v a ") {
        format!("{path} BIND(?v AS ?e)")
    } else {
        format!("{path} BIND(?s AS ?e)")
    }
}

/// A class by its id or IRI.
pub(super) fn named_type(id: &str) -> Option<&'static Type> {
    let local = local(id);
    TYPES.iter().find(|one| one.id == local)
}

/// A property by its id or IRI.
pub(super) fn property(id: &str) -> Option<&'static Property> {
    let local = local(id);
    PROPERTIES.iter().find(|one| one.id == local)
}

/// What an id is without the namespace of the ontology.
pub(super) fn local(id: &str) -> &str {
    id.strip_prefix(super::SCHEMA).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Request, answer};
    use crate::store::Store;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_paths_are_sparql() {
        let store = Store::in_memory([]).unwrap();
        let ids: BTreeSet<&str> = PROPERTIES.iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), PROPERTIES.len());
        for one in &PROPERTIES {
            for path in one.paths() {
                let query = format!("{}SELECT ?v ?e WHERE {{ {path} }}", super::super::PREFIXES);
                assert!(answer(&store, &Request::new(&query)).is_ok(), "{query}");
            }
            let classes = one.of.iter().chain(one.to.iter());
            assert!(
                classes.clone().all(|class| named_type(class).is_some()),
                "{}",
                one.id
            );
        }
        assert_eq!(
            property("https://w3id.org/chancery/ontology#city")
                .unwrap()
                .id,
            "city"
        );
    }
}
