//! The formats of answers: media types on offer, names for `?format=`, and the choice for one request.

use super::negotiate::{Offer, choose};
use super::problem::{Kind, Problem};
use crate::query::{GraphFormat, RowFormat};

/// What rows and yes-or-no answers are sent as, the server's own preference first; after the standard types, names that clients use for them.
pub(super) const ROWS: [Offer<RowFormat>; 8] = [
    Offer::new("application/sparql-results+json", RowFormat::Json),
    Offer::new("application/sparql-results+xml", RowFormat::Xml),
    Offer::new("text/csv", RowFormat::Csv),
    Offer::new("text/tab-separated-values", RowFormat::Tsv),
    Offer::new("application/json", RowFormat::Json),
    Offer::new("text/json", RowFormat::Json),
    Offer::new("application/xml", RowFormat::Xml),
    Offer::new("text/xml", RowFormat::Xml),
];

/// What graphs are sent as, the server's own preference first.
pub(super) const GRAPHS: [Offer<GraphFormat>; 11] = [
    Offer::new("text/turtle", GraphFormat::Turtle),
    Offer::new("application/n-triples", GraphFormat::NTriples),
    Offer::new("application/ld+json", GraphFormat::JsonLd),
    Offer::new("application/rdf+xml", GraphFormat::RdfXml),
    Offer::new("application/turtle", GraphFormat::Turtle),
    Offer::new("application/x-turtle", GraphFormat::Turtle),
    Offer::new("text/plain", GraphFormat::NTriples),
    Offer::new("application/json", GraphFormat::JsonLd),
    Offer::new("text/json", GraphFormat::JsonLd),
    Offer::new("application/xml", GraphFormat::RdfXml),
    Offer::new("text/xml", GraphFormat::RdfXml),
];

/// How many of an offer's entries are standard types, told to a client whose wish can't be met.
const STANDARD: usize = 4;

/// Names that people write into addresses, for rows.
const ROW_NAMES: [(&str, &str); 6] = [
    ("json", "application/sparql-results+json"),
    ("srj", "application/sparql-results+json"),
    ("xml", "application/sparql-results+xml"),
    ("srx", "application/sparql-results+xml"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
];

/// Names that people write into addresses, for graphs; also the endings of `/data/…`.
pub(super) const GRAPH_NAMES: [(&str, &str); 8] = [
    ("ttl", "text/turtle"),
    ("turtle", "text/turtle"),
    ("nt", "application/n-triples"),
    ("jsonld", "application/ld+json"),
    ("json", "application/ld+json"),
    ("rdf", "application/rdf+xml"),
    ("rdfxml", "application/rdf+xml"),
    ("xml", "application/rdf+xml"),
];

/// The format of rows for a request: `format` if given, else by `Accept`.
///
/// # Errors
/// `NotAcceptable` with the list of formats.
pub(super) fn rows(
    format: Option<&str>,
    accept: Option<&str>,
) -> Result<Offer<RowFormat>, Problem> {
    pick(
        format,
        accept,
        &ROWS,
        &ROW_NAMES,
        "rows or a yes-or-no answer",
    )
}

/// The format of a graph for a request: `format` if given, else by `Accept`.
///
/// # Errors
/// `NotAcceptable` with the list of formats.
pub(super) fn graph(
    format: Option<&str>,
    accept: Option<&str>,
) -> Result<Offer<GraphFormat>, Problem> {
    pick(format, accept, &GRAPHS, &GRAPH_NAMES, "a graph")
}

fn pick<T: Copy>(
    format: Option<&str>,
    accept: Option<&str>,
    offers: &[Offer<T>],
    names: &[(&str, &str)],
    what: &str,
) -> Result<Offer<T>, Problem> {
    let found = match format {
        None => choose(accept, offers),
        Some(name) => {
            let name = name.to_ascii_lowercase();
            let media = names
                .iter()
                .find(|(short, _)| *short == name)
                .map_or(name.as_str(), |(_, media)| *media);
            offers.iter().find(|offer| offer.media == media)
        }
    };
    found.copied().ok_or_else(|| {
        let standard: Vec<&str> = offers.iter().take(STANDARD).map(|offer| offer.media).collect();
        let short: Vec<&str> = names.iter().map(|(short, _)| *short).collect();
        Problem::new(
            Kind::NotAcceptable,
            format!("The answer is {what}; it can be sent as {}, or choose with ?format= and one of {}.", standard.join(", "), short.join(", ")),
        )
        .with("acceptable", standard)
    })
}

/// The `Content-Type` of a text format says its charset; the others have theirs by definition.
pub(super) fn content_type(media: &str) -> String {
    if media.starts_with("text/") {
        format!("{media}; charset=utf-8")
    } else {
        media.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_goes_before_accept() {
        assert_eq!(
            rows(Some("csv"), Some("image/png")).unwrap().media,
            "text/csv"
        );
        assert_eq!(rows(Some("text/csv"), None).unwrap().media, "text/csv");
        assert!(rows(Some("ttl"), None).is_err());
        assert_eq!(
            graph(Some("jsonld"), None).unwrap().media,
            "application/ld+json"
        );
        assert_eq!(graph(None, None).unwrap().media, "text/turtle");
        assert!(graph(None, Some("text/csv")).is_err());
    }

    #[test]
    fn every_name_leads_to_an_offer() {
        for (name, _) in ROW_NAMES {
            assert!(rows(Some(name), None).is_ok(), "{name}");
        }
        for (name, _) in GRAPH_NAMES {
            assert!(graph(Some(name), None).is_ok(), "{name}");
        }
    }
}
