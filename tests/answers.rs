//! Every question of the catalogue, asked of the demo's three documents: what the answers hold, and what they must not.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::pipeline::{BuildError, DEFAULT_BASE, Pipeline};
use chancery::query::{Answer, Request, answer, catalogue, fact_tables, find};
use chancery::store::Store;
use oxigraph::model::Term;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

static STORE: LazyLock<Store> = LazyLock::new(|| {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documents");
    let pipeline = Pipeline::new(DEFAULT_BASE).unwrap();
    let sources = [documents.display().to_string()];
    let mut quads = Vec::new();
    let problems = pipeline
        .convert(&sources, &|_, _| {}, |quad| {
            quads.push(quad);
            Ok::<(), BuildError>(())
        })
        .unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Store::in_memory(quads).unwrap()
});

/// The rows of an answer, each as its cells joined by ` ; `.
fn ask(name: &str, given: &[(&str, &str)]) -> Vec<String> {
    let own = |pair: &(&str, &str)| (pair.0.to_owned(), pair.1.to_owned());
    let given: BTreeMap<String, String> = given.iter().map(own).collect();
    let query = find(name).unwrap().with(&given).unwrap();
    let Answer::Rows { rows, .. } = answer(&STORE, &Request::new(query)).unwrap() else {
        return Vec::new();
    };
    let cell = |cell: &Option<Term>| match cell {
        None => String::new(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(other) => other.to_string(),
    };
    rows.iter()
        .map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" ; "))
        .collect()
}

/// Each of the wanted lists of words stands in one row of the answer.
#[track_caller]
fn holds(name: &str, wanted: &[&[&str]]) {
    let rows = ask(name, &[]);
    for words in wanted {
        let found = rows
            .iter()
            .any(|row| words.iter().all(|word| row.contains(word)));
        assert!(found, "{name} lacks {words:?}:\n{}", rows.join("\n"));
    }
}

const RELATIONS: &str = "france-peru-relations.txt";
const CONSULATE: &str = "consulate-general-of-peru-paris.txt";
const STATEMENT: &str = "france-perou-point-de-presse.txt";

/// What these three documents do not tell.
const SILENT: [&str; 6] = [
    "careers",
    "cities",
    "contacts",
    "treaties-and-visits",
    "unreciprocated",
    "vacancies",
];

#[test]
fn every_question_and_table_has_an_answer() {
    assert!(catalogue().len() >= 50);
    for query in catalogue().into_iter().chain(fact_tables()) {
        let silent = SILENT.contains(&query.name.as_str());
        assert_eq!(ask(&query.name, &[]).is_empty(), silent, "{}", query.name);
    }
}

#[test]
fn what_a_researcher_asks_over_many_documents() {
    let first = |name: &str| ask(name, &[]).into_iter().next().unwrap_or_default();
    let french = ask("visitors", &[("state", "FRA")]);
    let gaulle = "Charles de Gaulle ; 1 ; 1964-01-01 ; 1964-12-31 ; Peru";
    assert!(french.iter().any(|row| row == gaulle), "{french:?}");
    assert!(
        french.iter().all(|row| row.ends_with(" ; Peru")),
        "{french:?}"
    );
    assert!(first("reciprocity").starts_with("France ; Peru ; "));
    holds("first-and-last-visits", &[&["Peru ; France", "2017"]]);
    holds(
        "gaps-in-representation",
        &[&[
            "Peru ; France ; Consulate General of Peru in Paris ; 1942-11",
            CONSULATE,
        ]],
    );
    holds(
        "broken-periods",
        &[&["France, Peru", "1973-01-01 ; 1975-01-01 ; 2"]],
    );
    holds(
        "office-holders",
        &[
            &["Consul General of Peru in Paris ; Jorge Méndez Torres-Llosa ; 2013 ; 2018"],
            &["Consul General of Peru in Paris ; Carlos Herrera Rodríguez ; 2022"],
        ],
    );
    holds("treaties-by-topic", &[&["extradition ; 1", "2013"]]);
    holds(
        "disagreement-by-source",
        &[&[CONSULATE, RELATIONS, "date", "contradiction"]],
    );
    holds("partners", &[&["1826 ; established ; Peru", RELATIONS]]);
    holds("licences", &[&["CC-BY-SA-4.0 ; Wikipedia ; 2"]]);
    holds(
        "facts-by-document",
        &[&[RELATIONS, "visit"], &[STATEMENT, "treaty"]],
    );
    holds("on-this-day", &[&["1944-11-21 ; RelationEvent", CONSULATE]]);
}

#[test]
fn visits() {
    let rows = ask("visits-between-two-states", &[]);
    assert_eq!(rows.len(), 12, "{}", rows.join("\n"));
    // told in prose and in a list: one visit with the fuller date
    assert!(
        rows.iter()
            .any(|row| row.starts_with("1960-02 ; ") && row.contains("three-day official visit"))
    );
    assert_eq!(rows.iter().filter(|row| row.starts_with("1964")).count(), 1);
    // "(2012, 2013, 2014, 2015)" is four
    let four = ["2012", "2013", "2014", "2015"];
    assert!(
        four.iter()
            .all(|year| rows.iter().any(|row| row.starts_with(year)))
    );
    assert_eq!(
        ask(
            "visits-between-two-states",
            &[("a", "Peru"), ("b", "France")]
        )
        .len(),
        12
    );
    assert!(ask("visits-between-two-states", &[("a", "Chile")]).is_empty());
    holds("last-visit", &[&["2017", "President of Peru", RELATIONS]]);
    let visitors = ask("visitors", &[]);
    assert!(
        visitors
            .first()
            .unwrap()
            .contains(" ; 4 ; 2012-01-01 ; 2015-12-31")
    );
    assert_eq!(ask("person", &[("name", "Gaulle")]).len(), 1);
}

#[test]
fn relations() {
    holds(
        "broken-and-resumed",
        &[
            &["1826 ; established", RELATIONS],
            &["1826 ; established", CONSULATE],
            &["1943-01 ; severed", "Vichy France", RELATIONS],
            &["1944 ; severed", "Vichy France", CONSULATE],
            &["1944 ; established", "Free France", CONSULATE],
            &[
                "1944-11-21 ; recognised",
                "Provisional Government",
                CONSULATE,
            ],
            &[
                "1973 ; severed ; Relations severed: France, Peru",
                RELATIONS,
            ],
            &[
                "1975 ; resumed ; Relations resumed: France, Peru",
                RELATIONS,
            ],
        ],
    );
    holds(
        "memberships",
        &[
            &["Latin Union"],
            &["United Nations"],
            &["World Trade Organization"],
        ],
    );
}

#[test]
fn treaties() {
    holds(
        "treaties",
        &[
            &["1972 ; ", "Cultural"],
            &["1975 ; ", "Financial Cooperation"],
            &["2013 ; Extradition Treaty"],
            &["2018 ; ", "Working holiday visa"],
        ],
    );
    let rows = ask("treaties", &[]);
    let years: Vec<&str> = rows
        .iter()
        .map(|row| row.split(" ; ").next().unwrap())
        .collect();
    assert!(years.is_sorted(), "{years:?}");
}

#[test]
fn missions_and_their_heads() {
    let cities = [
        "Algiers",
        "Bordeaux",
        "Cayenne",
        "Le Havre",
        "Lyon",
        "Marseille",
        "Nice",
        "Strasbourg",
        "Toulouse",
    ];
    let rows = ask("missions", &[]);
    for city in cities {
        let row = format!("Consulate of Peru in {city} ; consulate ; {city}");
        assert!(rows.iter().any(|found| found.starts_with(&row)), "{city}");
    }
    holds(
        "missions",
        &[
            &["Algiers", "former"],
            &["Consulate General of Peru in Paris", "1942-11", CONSULATE],
            &["Consulate General of Peru in Paris", "reopened", RELATIONS],
            &["embassy ; Paris", RELATIONS],
        ],
    );
    let french = ask("missions", &[("sending", "FRA"), ("receiving", "Peru")]);
    assert!(
        french.iter().any(|row| row.contains("embassy ; Lima")),
        "{french:?}"
    );
    holds(
        "closed-missions",
        &[
            &["Consulate General of Peru in Paris", "1942-11"],
            &["Algiers"],
        ],
    );
    let heads = ask("heads-of-mission", &[]);
    let times: Vec<String> = heads
        .iter()
        .map(|row| {
            row.split(" ; ")
                .skip(5)
                .take(2)
                .collect::<Vec<_>>()
                .join("–")
        })
        .collect();
    assert_eq!(times, ["2013–2018", "2018–2022", "2022–"], "{heads:?}");
}

#[test]
fn what_is_no_fact_or_odd() {
    holds(
        "not-facts",
        &[
            &["visit ; hypothetical", "question", STATEMENT],
            &["visit ; wished", "answer", STATEMENT],
            &["treaty ; expected", "entrée en vigueur", STATEMENT],
        ],
    );
    holds("speakers", &[&["question"], &["answer"]]);
    holds(
        "flagged",
        &[
            &["deadline-before-request", "12 June 1941", CONSULATE],
            &["unresolved-date: ce matin", STATEMENT],
        ],
    );
    holds(
        "meetings",
        &[&["Foreign Minister of Peru", "economy", STATEMENT]],
    );
}

#[test]
fn what_sources_disagree_on() {
    holds(
        "conflicts",
        &[
            &["contradiction", "1943-01", RELATIONS],
            &["contradiction", "1944", CONSULATE],
            &["different-kind-of-date", "2010", STATEMENT],
            &["different-kind-of-date", "2012", RELATIONS],
        ],
    );
    holds(
        "confirmed",
        &[
            &[
                "Relations established: France, Peru (1826)",
                CONSULATE,
                RELATIONS,
            ],
            &["Treaty", STATEMENT, RELATIONS],
        ],
    );
    holds("single-source", &[&["Visit", RELATIONS]]);
}

#[test]
fn what_the_store_holds() {
    assert_eq!(ask("documents", &[]).len(), 3);
    holds("documents", &[&[STATEMENT, "fr"], &[CONSULATE, "en"]]);
    holds("figures", &[&["2017", "trade", "699000000", "EUR"]]);
    holds(
        "timeline",
        &[&["1826", "RelationEvent"], &["2018", "Treaty"]],
    );
    holds("rules", &[&["en.visit.list", "12"]]);
    let event = "visit/france-peru-1964-charles-de-gaulle";
    assert!(
        ask("who-says", &[("event", event)])
            .iter()
            .any(|row| row.contains("In 1964"))
    );
}
