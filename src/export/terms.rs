//! The terms that exports look for.

use oxigraph::model::NamedNodeRef;

macro_rules! terms {
    ($($name:ident = $text:literal),+ $(,)?) => {
        $(pub(super) const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($text);)+
    };
}

terms! {
    ABOUT = "https://w3id.org/chancery/ontology#about",
    ACCOUNT = "https://w3id.org/chancery/ontology#account",
    DOCUMENT = "https://w3id.org/chancery/ontology#Document",
    EARLIEST = "https://w3id.org/chancery/ontology#earliest",
    FACT = "https://w3id.org/chancery/ontology#Fact",
    GOVERNS = "https://w3id.org/chancery/ontology#governs",
    KEY = "https://w3id.org/chancery/ontology#key",
    MISSION_PHASE = "https://w3id.org/chancery/ontology#MissionPhase",
    PASSAGE = "https://w3id.org/chancery/ontology#passage",
    QUOTE = "https://w3id.org/chancery/ontology#quote",
    SIDE = "https://w3id.org/chancery/ontology#side",
    SUPPORTED_BY = "https://w3id.org/chancery/ontology#supportedBy",
    SUPPORTS = "https://w3id.org/chancery/ontology#supports",
    TEXT = "https://w3id.org/chancery/ontology#text",
    VALUE = "https://w3id.org/chancery/ontology#value",
    VISIT = "https://w3id.org/chancery/ontology#Visit",
    TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    LABEL = "http://www.w3.org/2000/01/rdf-schema#label",
    PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel",
    DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom",
    HAS_SELECTOR = "http://www.w3.org/ns/oa#hasSelector",
    HAS_GEOMETRY = "http://www.opengis.net/ont/geosparql#hasGeometry",
    AS_WKT = "http://www.opengis.net/ont/geosparql#asWKT",
    IN_DATASET = "http://rdfs.org/ns/void#inDataset",
    IDENTIFIER = "http://purl.org/dc/terms/identifier",
    TITLE = "http://purl.org/dc/terms/title",
    LANGUAGE = "http://purl.org/dc/terms/language",
    LICENSE = "http://purl.org/dc/terms/license",
    PUBLISHER = "http://purl.org/dc/terms/publisher",
    ISSUED = "http://purl.org/dc/terms/date",
    SOURCE = "http://purl.org/dc/terms/source",
}
