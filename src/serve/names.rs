//! The names of everything in the served generation → an index that finds a thing by the beginnings of the words of any of its names, in any
//! language, without regard to case and accents. It is read once per generation, by whoever needs it first.

use super::Shared;
use super::naming::Naming;
use super::problem::Problem;
use super::protocol::Query;
use super::rows::{Row, Value};
use crate::language::Gazetteer;
use crate::link::folded;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// No name is longer, in bytes.
const LONGEST: usize = 1000;

/// Kinds of things that are found by name, as a reader would like them first.
pub(super) const CLASSES: [&str; 9] = [
    "State",
    "Organisation",
    "Person",
    "Treaty",
    "Mission",
    "Government",
    "Office",
    "City",
    "Document",
];

/// A thing that has names.
#[derive(Clone, Debug, Default)]
pub(super) struct Thing {
    /// Its IRI.
    pub(super) iri: String,
    /// Its class: one of [`CLASSES`].
    pub(super) class: &'static str,
    /// Its ISO code or slug; empty where it has none.
    pub(super) key: String,
    /// How many claims tell of it.
    pub(super) claims: usize,
    /// Its names as the store has them; those that it is shown by come first.
    pub(super) labels: Vec<Value>,
    /// Names from elsewhere, by which it is found too.
    also: Vec<Value>,
    /// All of its names, folded.
    folded: Vec<String>,
}

/// A thing that a search found.
#[derive(Clone, Debug)]
pub(super) struct Hit<'n> {
    pub(super) thing: &'n Thing,
    /// The name that fits best, where it is none that the thing is shown by.
    pub(super) by: Option<&'n Value>,
}

/// The index of a generation.
#[derive(Debug, Default)]
pub(super) struct Names {
    things: Vec<Thing>,
    /// Words of names, sorted, each with the place of its thing and of the name there.
    words: Vec<(String, u32, u32)>,
    by_iri: BTreeMap<String, u32>,
    by_key: BTreeMap<String, u32>,
}

impl Shared {
    /// The names of the present generation. A remote store is asked once, when the first reader comes.
    ///
    /// # Errors
    /// What kept the store from telling them.
    pub(super) async fn names(&self) -> Result<Arc<Names>, Problem> {
        self.known.of(self.pool.version(), self.read_names()).await
    }

    async fn read_names(&self) -> Result<Names, Problem> {
        let mut read = BTreeMap::new();
        for class in CLASSES {
            for row in self.all_rows(query(class)).await? {
                note(&mut read, class, &row);
            }
        }
        tokio::task::spawn_blocking(move || Names::of(read.into_values()))
            .await
            .map_err(|error| Problem::new(super::problem::Kind::Internal, error.to_string()))
    }

    /// As [`Shared::rows`], however many rows there are: for what the server itself keeps. The limits of time and memory hold.
    async fn all_rows(&self, text: String) -> Result<Vec<Row>, Problem> {
        let query = Query {
            text,
            ..Query::default()
        };
        self.rows_of(query, None).await
    }
}

/// Names, keys and number of claims of the things of a class.
fn query(class: &str) -> String {
    const PREFIXES: &str = "PREFIX dip: <https://w3id.org/chancery/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
";
    if class == "Document" {
        return format!(
            "{PREFIXES}SELECT ?x ?p ?o WHERE {{ GRAPH ?x {{ ?x a dip:Document ; ?p ?o FILTER(?p IN (dct:title, dct:identifier)) }} }}"
        );
    }
    format!(
        "{PREFIXES}SELECT ?x ?p ?o WHERE {{
  {{ ?x a dip:{class} ; ?p ?o FILTER(?p IN (rdfs:label, skos:prefLabel, skos:altLabel, dip:title, dip:key)) }}
  UNION {{ SELECT ?x ?p (COUNT(?c) AS ?o) WHERE {{ ?x a dip:{class} ; dip:supportedBy ?c BIND(dip:supportedBy AS ?p) }} GROUP BY ?x ?p }}
  UNION {{ ?x a dip:{class} . ?i dip:about ?x ; dip:joinedName ?o BIND(skos:altLabel AS ?p) }}
}}"
    )
}

fn note(read: &mut BTreeMap<String, Thing>, class: &'static str, row: &Row) {
    let (Some(x), Some(property), Some(value)) = (row.get("x"), row.get("p"), row.get("o")) else {
        return;
    };
    if x.kind != "uri" {
        return;
    }
    let thing = read.entry(x.text.clone()).or_insert_with(|| Thing {
        iri: x.text.clone(),
        class,
        ..Thing::default()
    });
    let property = property
        .text
        .rsplit(['#', '/'])
        .next()
        .unwrap_or_default()
        .to_owned();
    match property.as_str() {
        "key" => thing.key.clone_from(&value.text),
        "supportedBy" => thing.claims = value.text.parse().unwrap_or_default(),
        "prefLabel" | "label" => {
            if !thing.labels.contains(value) {
                thing.labels.push(value.clone());
            }
        }
        // a document is shown by its title
        "title" if class == "Document" => thing.labels.push(value.clone()),
        _ => thing.also.push(value.clone()),
    }
}

impl Names {
    /// An index of these things.
    fn of(things: impl Iterator<Item = Thing>) -> Self {
        let mut names = Self::default();
        let mut things: Vec<Thing> = things.collect();
        let mut naming = Naming::new();
        for thing in &things {
            naming.learn(thing.class, &thing.labels);
        }
        for thing in &mut things {
            let more = naming.names(thing.class, &thing.labels);
            thing.labels.extend(more);
        }
        for mut thing in things {
            thing
                .labels
                .sort_by(|a, b| (&a.language, &a.text).cmp(&(&b.language, &b.text)));
            if matches!(thing.class, "State" | "Government" | "Organisation") {
                thing.also.extend(of_gazetteer(&thing.key));
            }
            if thing.labels.is_empty() {
                match thing.also.first() {
                    Some(first) => thing.labels.push(first.clone()),
                    None => continue,
                }
            }
            let place = u32::try_from(names.things.len()).unwrap_or(u32::MAX);
            thing.folded = thing
                .labels
                .iter()
                .chain(&thing.also)
                .map(|name| folded(&name.text))
                .collect();
            let mut seen = BTreeSet::new();
            for (at, name) in thing.folded.iter().enumerate() {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                for word in name.split(' ').filter(|word| !word.is_empty()) {
                    if seen.insert((word, at)) {
                        names.words.push((word.to_owned(), place, at));
                    }
                }
            }
            names.by_iri.insert(thing.iri.clone(), place);
            if thing.class == "State" && !thing.key.is_empty() {
                names.by_key.insert(thing.key.to_ascii_uppercase(), place);
            }
            names.things.push(thing);
        }
        names.words.sort_unstable();
        names
    }

    /// All things, in the order of their IRIs.
    pub(super) fn all(&self) -> &[Thing] {
        &self.things
    }

    /// The thing that has an IRI.
    pub(super) fn of_iri(&self, iri: &str) -> Option<&Thing> {
        self.at(*self.by_iri.get(iri)?)
    }

    /// A state by its ISO code, whatever its case, or by the last part of its IRI.
    pub(super) fn state(&self, name: &str, base: &str) -> Option<&Thing> {
        let by_key = self.by_key.get(&name.to_ascii_uppercase());
        let place = by_key.or_else(|| self.by_iri.get(&format!("{base}state/{name}")))?;
        self.at(*place)
    }

    fn at(&self, place: u32) -> Option<&Thing> {
        self.things.get(usize::try_from(place).ok()?)
    }

    /// Things of which a name has words that begin as the words of `text` do, the best first: names that are the text, names that begin
    /// with it, the others; among them by class, then those that most claims tell of.
    pub(super) fn find(&self, text: &str, class: Option<&str>) -> Vec<Hit<'_>> {
        if text.len() > LONGEST {
            return Vec::new();
        }
        let text = folded(text);
        let asked: BTreeSet<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        // the longest word leaves the fewest to look at
        let Some(longest) = asked.iter().max_by_key(|word| word.len()) else {
            return Vec::new();
        };
        let mut best: BTreeMap<u32, (u8, u32)> = BTreeMap::new();
        let from = self
            .words
            .partition_point(|(word, _, _)| word.as_str() < *longest);
        let begun = self.words.get(from..).unwrap_or_default();
        for (_, place, at) in begun
            .iter()
            .take_while(|(word, _, _)| word.starts_with(longest))
        {
            let Some(thing) = self.at(*place) else {
                continue;
            };
            if class.is_some_and(|class| class != thing.class) {
                continue;
            }
            let name = usize::try_from(*at)
                .ok()
                .and_then(|at| thing.folded.get(at));
            let Some(name) = name.filter(|name| holds(name, &asked)) else {
                continue;
            };
            let fit = if *name == text {
                0
            } else if name.starts_with(&text) {
                1
            } else {
                2
            };
            let held = best.entry(*place).or_insert((fit, *at));
            *held = (*held).min((fit, *at));
        }
        let mut found: Vec<(u8, usize, usize, &Thing, u32)> = best
            .into_iter()
            .filter_map(|(place, (fit, at))| {
                let thing = self.at(place)?;
                let class = CLASSES.iter().position(|class| *class == thing.class)?;
                Some((fit, class, usize::MAX - thing.claims, thing, at))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, a.2, &a.3.iri).cmp(&(b.0, b.1, b.2, &b.3.iri)));
        found
            .into_iter()
            .map(|(_, _, _, thing, at)| Hit {
                thing,
                by: usize::try_from(at)
                    .ok()
                    .and_then(|at| at.checked_sub(thing.labels.len()))
                    .and_then(|at| thing.also.get(at)),
            })
            .collect()
    }
}

/// Whether every word that is asked for begins a word of a folded name.
fn holds(name: &str, asked: &BTreeSet<&str>) -> bool {
    asked
        .iter()
        .all(|asked| name.split(' ').any(|word| word.starts_with(asked)))
}

/// The gazetteer, parsed when it is first asked for.
pub(super) fn gazetteer() -> Option<&'static Gazetteer> {
    static GAZETTEER: OnceLock<Option<Gazetteer>> = OnceLock::new();
    GAZETTEER
        .get_or_init(|| Gazetteer::embedded().ok())
        .as_ref()
}

/// The names that the gazetteer gives a body.
fn of_gazetteer(key: &str) -> Vec<Value> {
    let Some(gazetteer) = gazetteer() else {
        return Vec::new();
    };
    let Some(body) = gazetteer.body_index(key) else {
        return Vec::new();
    };
    gazetteer
        .names_of(body)
        .filter(|name| name.form.is_name())
        .map(|name| Value {
            text: name.text.clone(),
            kind: "literal".to_owned(),
            language: name.lang.map(|lang| lang.tag().to_owned()),
            datatype: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(class: &'static str, iri: &str, claims: usize, names: &[&str]) -> Thing {
        let label = |text: &&str| Value {
            text: (*text).to_owned(),
            kind: "literal".to_owned(),
            ..Value::default()
        };
        Thing {
            iri: format!("http://e/{iri}"),
            class,
            key: iri.rsplit('/').next().unwrap().to_owned(),
            claims,
            labels: names.iter().take(1).map(label).collect(),
            also: names.iter().skip(1).map(label).collect(),
            folded: Vec::new(),
        }
    }

    #[test]
    fn names_are_found_by_the_beginnings_of_their_words() {
        let names = Names::of(
            [
                thing("State", "state/PER", 9, &["Peru", "Pérou"]),
                thing("Person", "person/a", 2, &["José Perales Nuñez"]),
                thing("Person", "person/b", 7, &["Ana Perales"]),
                thing("Mission", "mission/c", 1, &["Embassy of Peru in Paris"]),
                thing("State", "state/x", 1, &["République du Dahomey"]),
            ]
            .into_iter(),
        );
        let find = |text: &str| -> Vec<String> {
            let hits = names.find(text, None);
            hits.iter()
                .map(|hit| hit.thing.iri.replace("http://e/", ""))
                .collect()
        };
        assert_eq!(
            find("per"),
            ["state/PER", "person/b", "person/a", "mission/c"]
        );
        assert_eq!(find("PÉROU"), ["state/PER"]);
        assert_eq!(names.find("perou", None)[0].by.unwrap().text, "Pérou");
        assert!(names.find("peru", None)[0].by.is_none());
        assert_eq!(find("nunez jo"), ["person/a"]);
        assert_eq!(find("paris emb"), ["mission/c"]);
        assert_eq!(find("dahomey"), ["state/x"]);
        assert_eq!(find("  "), [""; 0]);
        assert_eq!(find("zzz"), [""; 0]);
        assert_eq!(find(&"per ".repeat(1000)), [""; 0], "no name is so long");
        assert_eq!(names.find("per", Some("Mission")).len(), 1);
        let state = |name: &str| names.state(name, "http://e/").map(|thing| &thing.iri);
        assert_eq!(state("per"), state("PER"));
        assert!(state("per").is_some() && state("x").is_some() && state("France").is_none());
        assert!(names.of_iri("http://e/person/a").is_some());
        assert_eq!(names.all().len(), 5);
    }
}
