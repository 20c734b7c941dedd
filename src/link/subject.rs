//! A graph → the entities that can be linked, each with what tells it from its namesakes: names, states, offices, dates, places.

use super::ItemType;
use crate::query::{Answer, QueryError, Request, answer, plain};
use crate::store::Store;
use crate::text::percent_decoded;
use crate::triples::vocabulary::PREFIXES;
use oxigraph::model::Term;
use std::collections::{BTreeMap, BTreeSet};

/// A day as year, month and day.
type Day = (i32, u8, u8);

/// An office that a person is said to have held, or in which they acted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// IRI of the office.
    pub office: String,
    /// The first day that its holding can have begun, or the event happened.
    pub from: Option<Day>,
    /// The last day that it can have ended, or the event happened.
    pub until: Option<Day>,
    /// It began, and no end is told.
    pub open: bool,
}

/// An entity of the graph, as far as linking looks at it. All references are IRIs of other entities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    /// Its IRI.
    pub iri: String,
    /// What it is.
    pub kind: Option<ItemType>,
    /// A government rather than a state.
    pub government: bool,
    /// Its preferred name.
    pub label: String,
    /// Names as (language tag or empty, text), its label and other forms.
    pub names: BTreeSet<(String, String)>,
    /// Key in the gazetteer.
    pub key: Option<String>,
    /// The states that it belongs to, or acted for.
    pub states: BTreeSet<String>,
    /// A mission's sending side; whom visitors stood for.
    pub sending: BTreeSet<String>,
    /// A mission's receiving side; where a visit went.
    pub receiving: BTreeSet<String>,
    /// The cities of a mission or a visit.
    pub cities: BTreeSet<String>,
    /// Parties of a treaty or a relation; those who came on a visit.
    pub parties: BTreeSet<String>,
    /// Offices held.
    pub held: BTreeSet<Held>,
    /// First and last day on which it is known to have acted, happened or existed.
    pub seen: Option<(Day, Day)>,
    /// Latitude and longitude in degrees.
    pub at: Option<(f32, f32)>,
    /// The hash of one of its claims, the smallest: it finds the entity again when its IRI has moved.
    pub claim: String,
    /// Pages of Wikipedia that tell of it, as (language tag, title).
    pub pages: BTreeSet<(String, String)>,
}

/// The classes of entities that can be linked.
const LINKED: [(&str, ItemType); 9] = [
    ("dip:Person", ItemType::Person),
    ("dip:State", ItemType::State),
    ("dip:Government", ItemType::State),
    ("dip:Organisation", ItemType::Organisation),
    ("dip:City", ItemType::City),
    ("dip:Mission", ItemType::Mission),
    ("dip:Treaty", ItemType::Treaty),
    ("dip:BilateralRelation", ItemType::Relation),
    ("dip:Office", ItemType::Office),
];

/// Reads the entities of a store that can be linked, by IRI.
///
/// # Errors
/// [`QueryError`] when the store cannot be asked.
pub fn subjects(store: &Store) -> Result<BTreeMap<String, Subject>, QueryError> {
    read(store, &LINKED, true)
}

/// As [`subjects`], and the visits, for which no item is looked for; without pages of Wikipedia.
pub(super) fn with_visits(store: &Store) -> Result<BTreeMap<String, Subject>, QueryError> {
    let kinds = [&LINKED[..], &[("dip:Visit", ItemType::Visit)]].concat();
    read(store, &kinds, false)
}

fn read(
    store: &Store,
    kinds: &[(&'static str, ItemType)],
    pages: bool,
) -> Result<BTreeMap<String, Subject>, QueryError> {
    let mut graph = Graph {
        store,
        subjects: BTreeMap::new(),
    };
    graph.entities(kinds)?;
    graph.names()?;
    graph.links()?;
    graph.places()?;
    graph.acts()?;
    graph.treaties()?;
    if pages {
        graph.pages()?;
    }
    let mut subjects = graph.subjects;
    for subject in subjects.values_mut() {
        subject.names.insert((String::new(), subject.label.clone()));
        // A name with a language says more than the same without.
        let told: BTreeSet<String> = subject
            .names
            .iter()
            .filter(|(lang, _)| !lang.is_empty())
            .map(|(_, name)| name.clone())
            .collect();
        subject
            .names
            .retain(|(lang, name)| !lang.is_empty() || !told.contains(name));
    }
    Ok(subjects)
}

struct Graph<'s> {
    store: &'s Store,
    subjects: BTreeMap<String, Subject>,
}

type Row = Vec<Option<Term>>;

impl Graph<'_> {
    fn ask(&self, sparql: &str) -> Result<Vec<Row>, QueryError> {
        let request = Request::new(sparql).knowing(PREFIXES);
        Ok(match answer(self.store, &request)? {
            Answer::Rows { rows, .. } => rows,
            Answer::Boolean(_) | Answer::Graph(_) => Vec::new(),
        })
    }

    /// Each row's first value names a subject; the rest goes to `note`.
    fn each(
        &mut self,
        sparql: &str,
        mut note: impl FnMut(&mut Subject, &[Option<Term>]),
    ) -> Result<(), QueryError> {
        for row in self.ask(sparql)? {
            let Some((subject, rest)) = row.split_first() else {
                continue;
            };
            if let Some(subject) = self.subjects.get_mut(&text(subject.as_ref())) {
                note(subject, rest);
            }
        }
        Ok(())
    }

    fn entities(&mut self, kinds: &[(&'static str, ItemType)]) -> Result<(), QueryError> {
        for (class, kind) in kinds {
            let rows = self.ask(&format!(
                "SELECT ?s (MIN(?l) AS ?label) (MIN(STR(?c)) AS ?claim) (MIN(?k) AS ?key) WHERE {{ ?s a {class} ; rdfs:label ?l . OPTIONAL {{ ?s dip:supportedBy ?c }} OPTIONAL {{ ?s dip:key ?k }} }} GROUP BY ?s"
            ))?;
            for row in rows {
                let at = |n: usize| text(row.get(n).and_then(Option::as_ref));
                let subject = Subject {
                    iri: at(0),
                    kind: Some(*kind),
                    government: *class == "dip:Government",
                    label: at(1),
                    claim: at(2).rsplit('/').next().unwrap_or_default().to_owned(),
                    key: Some(at(3)).filter(|key| !key.is_empty()),
                    ..Subject::default()
                };
                self.subjects.entry(subject.iri.clone()).or_insert(subject);
            }
        }
        Ok(())
    }

    fn names(&mut self) -> Result<(), QueryError> {
        for property in ["skos:prefLabel", "skos:altLabel", "rdfs:label", "dip:title"] {
            self.each(
                &format!("SELECT ?s ?n WHERE {{ ?s {property} ?n }}"),
                |subject, row| {
                    // The label of a treaty is made of its kind and date: no name.
                    if subject.kind == Some(ItemType::Treaty) && property == "rdfs:label" {
                        return;
                    }
                    if let Some(Some(Term::Literal(name))) = row.first() {
                        let lang = name.language().unwrap_or_default().to_owned();
                        subject.names.insert((lang, name.value().to_owned()));
                    }
                },
            )?;
        }
        Ok(())
    }

    fn links(&mut self) -> Result<(), QueryError> {
        type Field = fn(&mut Subject) -> &mut BTreeSet<String>;
        let fields: [(&str, &str, Field); 10] = [
            ("dip:City", "dip:state", |s| &mut s.states),
            ("dip:Office", "dip:officeOf", |s| &mut s.states),
            ("dip:Mission", "dip:sending", |s| &mut s.sending),
            ("dip:Mission", "dip:receiving", |s| &mut s.receiving),
            ("dip:Mission", "dip:city", |s| &mut s.cities),
            ("dip:BilateralRelation", "dip:party", |s| &mut s.parties),
            ("dip:Visit", "dip:from", |s| &mut s.sending),
            ("dip:Visit", "dip:to", |s| &mut s.receiving),
            ("dip:Visit", "dip:city", |s| &mut s.cities),
            ("dip:Visit", "dip:visitor", |s| &mut s.parties),
        ];
        for (class, property, field) in fields {
            let query = format!("SELECT ?s ?o WHERE {{ ?s a {class} ; {property} ?o }}");
            self.each(&query, |subject, row| {
                field(subject).insert(text(row.first().and_then(Option::as_ref)));
            })?;
        }
        // A government speaks for its state.
        let query = "SELECT ?s ?o WHERE { ?s dip:governs ?o }";
        self.each(query, |subject, row| {
            subject
                .states
                .insert(text(row.first().and_then(Option::as_ref)));
        })
    }

    fn places(&mut self) -> Result<(), QueryError> {
        let query = "SELECT ?s ?w WHERE { ?s geo:hasGeometry/geo:asWKT ?w }";
        self.each(query, |subject, row| {
            let wkt = text(row.first().and_then(Option::as_ref));
            subject.at = point(&wkt);
        })
    }

    /// What persons did, in which office, for whom, when; and when missions are told to have existed.
    fn acts(&mut self) -> Result<(), QueryError> {
        let person = [("dip:person", "dip:sending"), ("dip:visitor", "dip:from")];
        for (who, side) in person {
            let query = format!(
                "SELECT ?s ?side ?role ?start ?end ?first ?last WHERE {{ ?e {who} ?s OPTIONAL {{ ?e {side} ?side }} OPTIONAL {{ ?e dip:role ?role }} OPTIONAL {{ ?e dip:start ?start }} OPTIONAL {{ ?e dip:end ?end }} OPTIONAL {{ ?e dip:earliest ?first }} OPTIONAL {{ ?e dip:latest ?last }} FILTER(!isLiteral(?s)) }}"
            );
            self.each(&query, |subject, row| {
                let at = |n: usize| text(row.get(n).and_then(Option::as_ref));
                if !at(0).is_empty() {
                    subject.states.insert(at(0));
                }
                let (first, last) = (day(&at(4)), day(&at(5)));
                if !at(1).is_empty() {
                    subject.held.insert(Held {
                        office: at(1),
                        from: first,
                        until: last,
                        open: who == "dip:person" && !at(2).is_empty() && at(3).is_empty(),
                    });
                }
                subject.see(first, last);
            })?;
        }
        let seen = [
            "SELECT ?s ?first ?last WHERE { ?e dip:mission ?s ; dip:earliest ?first ; dip:latest ?last }",
            "SELECT ?s ?first ?last WHERE { ?s a dip:Visit ; dip:earliest ?first ; dip:latest ?last }",
        ];
        for query in seen {
            self.each(query, |subject, row| {
                let at = |n: usize| day(&text(row.get(n).and_then(Option::as_ref)));
                subject.see(at(0), at(1));
            })?;
        }
        Ok(())
    }

    fn treaties(&mut self) -> Result<(), QueryError> {
        let query = "SELECT ?s ?p ?first ?last WHERE { ?s a dip:Treaty . OPTIONAL { ?s dip:party ?p } OPTIONAL { ?s dip:earliest ?first ; dip:latest ?last } }";
        self.each(query, |subject, row| {
            let at = |n: usize| text(row.get(n).and_then(Option::as_ref));
            if !at(0).is_empty() {
                subject.parties.insert(at(0));
            }
            subject.see(day(&at(1)), day(&at(2)));
        })
    }

    /// Articles of Wikipedia that were read, of the missions and relations that they tell of.
    fn pages(&mut self) -> Result<(), QueryError> {
        let articles: BTreeMap<String, (String, String)> = self
            .ask("SELECT DISTINCT ?g ?url WHERE { GRAPH ?g { ?d dct:source ?url } }")?
            .iter()
            .filter_map(|row| {
                let at = |n: usize| text(row.get(n).and_then(Option::as_ref));
                Some((at(0), article(&at(1))?))
            })
            .collect();
        for (graph, page) in articles {
            let query = format!(
                "SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?c a dip:Claim }} {{ ?s a dip:Mission }} UNION {{ ?s a dip:BilateralRelation }} ?s dip:supportedBy ?c }}"
            );
            self.each(&query, |subject, _| {
                subject.pages.insert(page.clone());
            })?;
        }
        Ok(())
    }
}

impl Subject {
    fn see(&mut self, first: Option<Day>, last: Option<Day>) {
        let (Some(first), Some(last)) = (first.or(last), last.or(first)) else {
            return;
        };
        self.seen = Some(match self.seen {
            None => (first, last),
            Some((a, b)) => (a.min(first), b.max(last)),
        });
    }
}

fn text(term: Option<&Term>) -> String {
    term.map(plain).unwrap_or_default()
}

/// `1964-11-20`
fn day(date: &str) -> Option<Day> {
    let mut parts = date.splitn(3, '-');
    let day = (
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    );
    Some(day)
}

/// Latitude and longitude of `POINT (-77.0501 -12.048)`.
fn point(wkt: &str) -> Option<(f32, f32)> {
    let inside = wkt.split_once('(')?.1.split_once(')')?.0;
    let (longitude, latitude) = inside.trim().split_once(' ')?;
    Some((latitude.trim().parse().ok()?, longitude.parse().ok()?))
}

/// The language and title of an article of Wikipedia by its URL.
fn article(url: &str) -> Option<(String, String)> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once("/wiki/")?;
    let lang = host.strip_suffix(".wikipedia.org")?;
    let lang = lang.strip_suffix(".m").unwrap_or(lang);
    let title = path.split(['#', '?']).next()?;
    // A lone percent sign stands for itself.
    let title = percent_decoded(title, '+').unwrap_or_else(|_| title.to_owned());
    let title = title.replace('_', " ");
    (!title.is_empty()).then(|| (lang.to_owned(), title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_by_their_urls() {
        let page = |lang: &str, title: &str| Some((lang.to_owned(), title.to_owned()));
        assert_eq!(
            article("https://en.wikipedia.org/wiki/France%E2%80%93Peru_relations#Visits"),
            page("en", "France–Peru relations")
        );
        assert_eq!(
            article("https://fr.m.wikipedia.org/wiki/P%C3%A9rou"),
            page("fr", "Pérou")
        );
        assert_eq!(article("https://example.org/wiki/Peru"), None);
        assert_eq!(article("https://en.wikipedia.org/wiki/"), None);
        assert_eq!(point("POINT (-77.0501 -12.048)"), Some((-12.048, -77.0501)));
    }
}
