//! The terms of the ontology and of the public vocabularies that the graph uses, as constants.
//!
//! A test compares them with `ontology/chancery.ttl`, both ways.

use crate::fact::{Kind, Slot};
use oxigraph::model::{NamedNode, NamedNodeRef};

/// Namespace of classes and properties, prefix `dip:`.
pub const DIP: &str = "https://w3id.org/chancery/ontology#";
/// Namespace of what claims and accounts say, prefix `said:`; one property per slot.
pub const SAID: &str = "https://w3id.org/chancery/said#";
/// Where entities live unless the user sets another base.
pub const DEFAULT_BASE: &str = "https://w3id.org/chancery/id/";

/// Prefixes for people who read Turtle or write queries, sorted.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dct", "http://purl.org/dc/terms/"),
    ("dip", DIP),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("said", SAID),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        $($(#[$doc])* pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!("https://w3id.org/chancery/ontology#", $text));)+
        /// Every term of the ontology's own namespace.
        pub const TERMS: &[NamedNodeRef<'static>] = &[$($name),+];
    };
}

macro_rules! public_terms {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        $($(#[$doc])* pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($text);)+
    };
}

terms! {
    /// A text that was read, with its metadata.
    DOCUMENT = "Document",
    /// Exact words of a document that stand behind a claim, with their place.
    PASSAGE = "Passage",
    /// What one document says of one fact, in its own words, true or not.
    CLAIM = "Claim",
    /// What one document, taken whole, says of one fact: its claims about it merged.
    ACCOUNT = "Account",
    /// One value of one property of a fact, with the claims that support it.
    VALUE = "Value",
    /// A disagreement of sources about a fact.
    CONFLICT = "Conflict",
    /// One value in a conflict with the claims that give or deny it.
    SIDE = "Side",
    /// Why what a document brings was found to be of a thing that others tell of too.
    IDENTIFICATION = "Identification",
    /// Why two things were kept apart although much speaks for their being one.
    DISTINCTION = "Distinction",
    /// What a person decided about identity or disagreement.
    DECISION = "Decision",
    /// What is told of a fact or person and cannot be so.
    IMPOSSIBILITY = "Impossibility",
    /// A holder of an office, found by the graph, whom no document names for an event.
    HOLDER = "Holder",
    /// A human being named in a document.
    PERSON = "Person",
    /// A state, government or organisation: who can be party to a treaty or send a mission.
    BODY = "Body",
    /// A state or territory, present or historical.
    STATE = "State",
    /// One of several rival or successive governments of a state; not the state.
    GOVERNMENT = "Government",
    /// An international organisation, company or other body.
    ORGANISATION = "Organisation",
    /// A place.
    PLACE = "Place",
    /// A city or town.
    CITY = "City",
    /// A diplomatic or consular mission, one over all its moves, ranks and names.
    MISSION = "Mission",
    /// An office as such; who held it follows from appointments.
    OFFICE = "Office",
    /// The relation between two states or governments, over time.
    BILATERAL_RELATION = "BilateralRelation",
    /// What happened or holds in the world, as claims support it.
    FACT = "Fact",
    /// Something that happened.
    EVENT = "Event",
    /// A person of one state in another.
    VISIT = "Visit",
    /// Talks, an audience, a summit or a phone call.
    MEETING = "Meeting",
    /// Relations recognised, established, severed, resumed, upgraded or downgraded.
    RELATION_EVENT = "RelationEvent",
    /// What happens to a mission: moved, elevated, asked to close, protecting power taken over.
    MISSION_EVENT = "MissionEvent",
    /// A mission in one kind and place from an opening to a closing.
    MISSION_PHASE = "MissionPhase",
    /// A person holding an office over a time.
    APPOINTMENT = "Appointment",
    /// A treaty, agreement, convention, protocol or memorandum.
    TREATY = "Treaty",
    /// A state in an organisation.
    ORGANISATION_MEMBERSHIP = "OrganisationMembership",
    /// A number with its unit, subjects and time.
    OBSERVATION = "Observation",
    /// Who came.
    VISITOR = "visitor",
    /// The office held then.
    ROLE = "role",
    /// Whom the visitor stands for.
    FROM = "from",
    /// Where the visit goes.
    TO = "to",
    /// City of a visit, mission, appointment or signature.
    HAS_CITY = "city",
    /// A party to a treaty, a relation or an event of relations.
    PARTY = "party",
    /// Who sends the mission or its head.
    SENDING = "sending",
    /// Who receives the mission or its head.
    RECEIVING = "receiving",
    /// Who did it.
    ACTOR = "actor",
    /// Who holds the office, or whom an event of a mission concerns.
    HAS_PERSON = "person",
    /// The member of an organisation; the state that a city lies in.
    HAS_STATE = "state",
    /// The organisation of which a state is a member.
    HAS_ORGANISATION = "organisation",
    /// A participant given by name.
    PARTICIPANT = "participant",
    /// A participant given by office alone.
    PARTICIPANT_ROLE = "participantRole",
    /// Where it happened.
    HAS_PLACE = "place",
    /// A body that the number is about.
    OF = "of",
    /// The first of the bodies: seller of exports, buyer of imports, investor, giver, origin of a community, the one ranked.
    SUBJECT = "subject",
    /// The mission that a period, appointment or event is of.
    HAS_MISSION = "mission",
    /// The relation that an event is of.
    RELATION = "relation",
    /// Whose office it is.
    OFFICE_OF = "officeOf",
    /// The state of which it is or claims to be a government.
    GOVERNS = "governs",
    /// A claim that says so.
    SUPPORTED_BY = "supportedBy",
    /// The fact that a claim supports.
    SUPPORTS = "supports",
    /// An account of the fact by one document.
    HAS_ACCOUNT = "account",
    /// The fact that an account is of.
    ACCOUNT_OF = "accountOf",
    /// The claim that an account is made of, or that a passage stands behind.
    HAS_CLAIM = "claim",
    /// A passage behind a claim.
    HAS_PASSAGE = "passage",
    /// A value of one of the fact's properties, with its support.
    HAS_VALUE = "value",
    /// What it is about: the fact that sources disagree on, the thing that was identified.
    ABOUT = "about",
    /// An account that was found to be of the fact.
    JOINS = "joins",
    /// A name in a document that was found to be the person's.
    JOINED_NAME = "joinedName",
    /// The person who held the office.
    HELD_BY = "heldBy",
    /// The office that was held.
    HELD_OFFICE = "heldOffice",
    /// A fact of the graph from which it follows.
    BECAUSE = "because",
    /// A participant found by the office that a document gives alone: the graph says who held it on that day.
    FOUND_PARTICIPANT = "foundParticipant",
    /// The thing from which it was kept apart.
    DISTINCT_FROM = "distinctFrom",
    /// What the reasons weigh together; 50 are enough.
    WEIGHT = "weight",
    /// A reason by its name, as `same-name`.
    REASON = "reason",
    /// The property that a value, side or conflict is of.
    ON_PROPERTY = "onProperty",
    /// A side of a conflict.
    HAS_SIDE = "side",
    /// state, official, working or other, as the text says.
    VISIT_KIND = "visitKind",
    /// treaty, agreement, convention, protocol, memorandum or other.
    TREATY_KIND = "treatyKind",
    /// embassy, legation, consulate general, consulate or other.
    MISSION_KIND = "missionKind",
    /// First day, as EDTF.
    START = "start",
    /// Last day, as EDTF.
    END = "end",
    /// When it happened or began, as EDTF.
    DATE = "date",
    /// The first day that any of its dates can mean, as xsd:date.
    EARLIEST = "earliest",
    /// The last day that any of its dates can mean, as xsd:date.
    LATEST = "latest",
    /// A title that a document gives it, in the document's language.
    TITLE = "title",
    /// Date of signature, as EDTF.
    SIGNED = "signed",
    /// Date of adoption or conclusion, as EDTF.
    ADOPTED = "adopted",
    /// A date of which the text does not say what it is of, as EDTF.
    DATED = "dated",
    /// Date of entry into force, as EDTF.
    IN_FORCE = "inForce",
    /// Date of denunciation or end, as EDTF.
    ENDED = "ended",
    /// Date of opening, as EDTF.
    OPENED = "opened",
    /// Date of closing, as EDTF.
    CLOSED = "closed",
    /// Address, in the words of the document.
    ADDRESS = "address",
    /// former or reopened, where the text says so.
    STATUS = "status",
    /// established, severed, resumed, recognised, upgraded or downgraded.
    HAS_RELATION_EVENT = "relationEvent",
    /// closed, moved, elevated, protecting power and the like.
    HAS_MISSION_EVENT = "missionEvent",
    /// Day by which something was asked for, as EDTF.
    DEADLINE = "deadline",
    /// What was talked about, or what a treaty is about by its titles.
    TOPIC = "topic",
    /// What is counted: trade, exports, imports, community, investment, aid, rank or other.
    MEASURE = "measure",
    /// The number.
    AMOUNT = "amount",
    /// ISO 4217 code of a currency, people, percent or rank.
    UNIT = "unit",
    /// The role in English, without whose it is.
    ROLE_NAME = "roleName",
    /// Key in the gazetteer: ISO 3166 alpha-3 for present states.
    KEY = "key",
    /// What kind of fact a claim or account is of.
    CLAIM_KIND = "claimKind",
    /// asserted, planned, expected, invited, requested, wished, hypothetical or cancelled.
    MODALITY = "modality",
    /// affirmed or denied.
    POLARITY = "polarity",
    /// Who says it, where the document quotes or reports.
    SPEAKER = "speaker",
    /// Id of the rule that found the claim.
    RULE = "rule",
    /// How sure the rule is, from 0 to 1.
    CONFIDENCE = "confidence",
    /// The exact words of the passage that states the claim.
    QUOTE = "quote",
    /// Something odd that a reader should see; never repaired.
    FLAG = "flag",
    /// statement, heading, antecedent, date, speaker or context.
    PASSAGE_ROLE = "passageRole",
    /// Place among the claim's passages, from 1; the stating one is first.
    ORDER = "order",
    /// contradiction, different-precision or different-kind-of-date.
    GRADE = "grade",
    /// same, different or prefer.
    VERDICT = "verdict",
    /// The decision that says which side of a conflict leads.
    SETTLED_BY = "settledBy",
    /// SHA-256 of the file's bytes, in hexadecimal.
    HASH = "hash",
    /// The text that a reader sees; offsets of passages count its code points.
    TEXT = "text",
    /// A link of something to an item of another dataset, with its evidence.
    LINK = "Link",
    /// The item of another dataset that a link leads to.
    ITEM = "item",
    /// same, or close for a candidate.
    CERTAINTY = "certainty",
    /// How well an item fits, from 0 to 1.
    SCORE = "score",
    /// Where the item of a link was found: table, index, wikidata, reconciliation or decision.
    FOUND_IN = "foundIn",
    /// Who decided on a link, where a person did.
    LINKED_BY = "linkedBy",
}

public_terms! {
    /// `rdf:type`
    TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    /// `rdf:value`
    RDF_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    /// `rdfs:label`
    LABEL = "http://www.w3.org/2000/01/rdf-schema#label",
    /// `skos:altLabel`
    ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel",
    /// `skos:prefLabel`
    PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel",
    /// `dct:identifier`
    DCT_IDENTIFIER = "http://purl.org/dc/terms/identifier",
    /// `dct:title`
    DCT_TITLE = "http://purl.org/dc/terms/title",
    /// `dct:language`
    DCT_LANGUAGE = "http://purl.org/dc/terms/language",
    /// `dct:license`
    DCT_LICENSE = "http://purl.org/dc/terms/license",
    /// `dct:publisher`
    DCT_PUBLISHER = "http://purl.org/dc/terms/publisher",
    /// `dct:created`
    DCT_CREATED = "http://purl.org/dc/terms/created",
    /// `owl:sameAs`
    SAME_AS = "http://www.w3.org/2002/07/owl#sameAs",
    /// `skos:closeMatch`
    CLOSE_MATCH = "http://www.w3.org/2004/02/skos/core#closeMatch",
    /// `dct:date`
    DCT_DATE = "http://purl.org/dc/terms/date",
    /// `void:inDataset`
    IN_DATASET = "http://rdfs.org/ns/void#inDataset",
    /// `dct:source`
    DCT_SOURCE = "http://purl.org/dc/terms/source",
    /// `prov:Activity`
    PROV_ACTIVITY = "http://www.w3.org/ns/prov#Activity",
    /// `prov:Agent`
    PROV_AGENT = "http://www.w3.org/ns/prov#Agent",
    /// `prov:wasAssociatedWith`
    ASSOCIATED_WITH = "http://www.w3.org/ns/prov#wasAssociatedWith",
    /// `rdfs:comment`
    COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment",
    /// `prov:wasDerivedFrom`
    DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom",
    /// `oa:hasSource`
    OA_HAS_SOURCE = "http://www.w3.org/ns/oa#hasSource",
    /// `oa:hasSelector`
    OA_HAS_SELECTOR = "http://www.w3.org/ns/oa#hasSelector",
    /// `oa:TextQuoteSelector`
    OA_QUOTE_SELECTOR = "http://www.w3.org/ns/oa#TextQuoteSelector",
    /// `oa:TextPositionSelector`
    OA_POSITION_SELECTOR = "http://www.w3.org/ns/oa#TextPositionSelector",
    /// `oa:exact`
    OA_EXACT = "http://www.w3.org/ns/oa#exact",
    /// `oa:start`
    OA_START = "http://www.w3.org/ns/oa#start",
    /// `oa:end`
    OA_END = "http://www.w3.org/ns/oa#end",
    /// `geo:hasGeometry`
    GEO_HAS_GEOMETRY = "http://www.opengis.net/ont/geosparql#hasGeometry",
    /// `geo:Geometry`
    GEO_GEOMETRY = "http://www.opengis.net/ont/geosparql#Geometry",
    /// `geo:asWKT`
    GEO_AS_WKT = "http://www.opengis.net/ont/geosparql#asWKT",
    /// Datatype of geometries: well-known text.
    GEO_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral",
    /// Datatype of dates: Extended Date/Time Format (ISO 8601-2).
    EDTF = "http://id.loc.gov/datatypes/edtf/EDTF",
}

/// The `said:` property of a slot.
#[must_use]
pub fn said(slot: Slot) -> NamedNode {
    NamedNode::new_unchecked(format!("{SAID}{}", slot.name()))
}

/// The class of a kind of fact.
#[must_use]
pub fn class(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Visit => VISIT,
        Kind::Treaty => TREATY,
        Kind::Mission => MISSION_PHASE,
        Kind::MissionEvent => MISSION_EVENT,
        Kind::Appointment => APPOINTMENT,
        Kind::Relations => RELATION_EVENT,
        Kind::Membership => ORGANISATION_MEMBERSHIP,
        Kind::Meeting => MEETING,
        Kind::Observation => OBSERVATION,
    }
}

/// The property that a slot of a fact has in the world.
#[must_use]
pub fn property(kind: Kind, slot: Slot) -> NamedNodeRef<'static> {
    match slot {
        Slot::Visitor => VISITOR,
        Slot::Role => ROLE,
        Slot::From => FROM,
        Slot::To => TO,
        Slot::City => HAS_CITY,
        Slot::Start => START,
        Slot::End => END,
        Slot::Kind => match kind {
            Kind::Visit => VISIT_KIND,
            Kind::Treaty => TREATY_KIND,
            Kind::Mission
            | Kind::MissionEvent
            | Kind::Appointment
            | Kind::Relations
            | Kind::Membership
            | Kind::Meeting
            | Kind::Observation => MISSION_KIND,
        },
        Slot::Title => TITLE,
        Slot::Parties => PARTY,
        Slot::Signed => SIGNED,
        Slot::Adopted => ADOPTED,
        Slot::Dated => DATED,
        Slot::InForce => IN_FORCE,
        Slot::Ended => ENDED,
        Slot::Sending => SENDING,
        Slot::Receiving => RECEIVING,
        Slot::Opened => OPENED,
        Slot::Closed => CLOSED,
        Slot::Address => ADDRESS,
        Slot::Status => STATUS,
        Slot::Person => HAS_PERSON,
        Slot::Event if kind == Kind::MissionEvent => HAS_MISSION_EVENT,
        Slot::Event => HAS_RELATION_EVENT,
        Slot::Actor => ACTOR,
        Slot::Date => DATE,
        Slot::State => HAS_STATE,
        Slot::Organisation => HAS_ORGANISATION,
        Slot::Participants => PARTICIPANT,
        Slot::Roles => PARTICIPANT_ROLE,
        Slot::Place => HAS_PLACE,
        Slot::Topics => TOPIC,
        Slot::Measure => MEASURE,
        Slot::Of => OF,
        Slot::Value => AMOUNT,
        Slot::Unit => UNIT,
        Slot::Deadline => DEADLINE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::{Quad, Term};
    use std::collections::{BTreeMap, BTreeSet};

    fn ontology() -> Vec<Quad> {
        RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(include_bytes!("../../ontology/chancery.ttl"))
            .collect::<Result<_, _>>()
            .unwrap()
    }

    #[test]
    fn every_term_has_a_constant_and_every_constant_a_term() {
        let defined: BTreeSet<String> = ontology()
            .iter()
            .filter(|q| q.predicate == TYPE)
            .map(|q| q.subject.to_string())
            .filter(|s| s.contains("w3id.org/chancery/") && s.contains('#'))
            .collect();
        let constants: BTreeSet<String> = TERMS
            .iter()
            .map(|term| term.to_string())
            .chain(Slot::ALL.iter().map(|&slot| said(slot).to_string()))
            .collect();
        assert_eq!(defined, constants);
    }

    #[test]
    fn every_term_is_told_in_three_languages() {
        let mut told: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for quad in ontology() {
            if let Term::Literal(literal) = &quad.object
                && let Some(language) = literal.language()
            {
                told.entry((quad.subject.to_string(), quad.predicate.as_str().to_owned()))
                    .or_default()
                    .insert(language.to_owned());
            }
        }
        for term in TERMS
            .iter()
            .map(|term| term.to_string())
            .chain(Slot::ALL.iter().map(|&slot| said(slot).to_string()))
        {
            for property in [
                LABEL.as_str(),
                "http://www.w3.org/2004/02/skos/core#definition",
            ] {
                assert_eq!(
                    told.get(&(term.clone(), property.to_owned()))
                        .map(BTreeSet::len),
                    Some(3),
                    "{term} {property}"
                );
            }
        }
    }
}
