//! IRIs → prefixed names.

use oxigraph::model::Term;

/// Prefixes of shapes and of what the ontology is aligned with, beside those that queries know.
const MORE: &[(&str, &str)] = &[
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("qb", "http://purl.org/linked-data/cube#"),
    ("schema", "https://schema.org/"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("time", "http://www.w3.org/2006/time#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("wdt", "http://www.wikidata.org/prop/direct/"),
];

/// Prefixes by their namespaces.
pub(super) struct Names<'a> {
    known: &'a [(&'a str, &'a str)],
}

impl<'a> Names<'a> {
    pub(super) fn new(known: &'a [(&'a str, &'a str)]) -> Self {
        Self { known }
    }

    /// `dip:Visit`; the IRI in brackets where no prefix fits.
    pub(super) fn iri(&self, iri: &str) -> String {
        self.known
            .iter()
            .chain(MORE)
            .find_map(|(prefix, namespace)| {
                let local = iri.strip_prefix(namespace)?;
                (!local.is_empty() && !local.contains(['/', '#']))
                    .then(|| format!("{prefix}:{local}"))
            })
            .unwrap_or_else(|| format!("<{iri}>"))
    }

    /// A term of any kind.
    pub(super) fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => self.iri(node.as_str()),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(_) | Term::Triple(_) => term.to_string(),
        }
    }

    /// The namespaces that the ontology and its alignments use: prefix and IRI, sorted.
    pub(super) fn all(&self) -> Vec<(&'a str, &'a str)> {
        let mut all: Vec<_> = self.known.iter().chain(MORE).copied().collect();
        all.sort_unstable();
        all
    }
}
