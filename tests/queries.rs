//! Every query of the catalogue, asked of a small graph with known answers.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use chancery::query::{
    Answer, CatalogueQuery, Request, answer, catalogue, fact_tables, federated, find,
};
use chancery::store::Store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use std::collections::BTreeMap;

const GRAPH: &str = include_str!("data/graph.trig");
/// For questions over many documents.
const MANY: &str = include_str!("data/many.trig");

fn store_of(files: &[&str]) -> Store {
    let quads = files.iter().flat_map(|file| {
        RdfParser::from_format(RdfFormat::TriG)
            .for_slice(file)
            .map(Result::unwrap)
    });
    Store::in_memory(quads).unwrap()
}

fn store() -> Store {
    store_of(&[GRAPH])
}

/// The rows as text, cells joined by ` ; `.
fn rows(store: &Store, query: &CatalogueQuery, given: &[(&str, &str)]) -> Vec<String> {
    let given: BTreeMap<String, String> = given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let found = answer(store, &Request::new(query.with(&given).unwrap()))
        .unwrap_or_else(|error| panic!("{}: {error}", query.name));
    let Answer::Rows { rows, .. } = found else {
        panic!("{} gives no rows", query.name);
    };
    rows.iter()
        .map(|row| {
            row.iter()
                .map(|cell| match cell {
                    None => String::new(),
                    Some(Term::Literal(literal)) => literal.value().to_owned(),
                    Some(other) => other.to_string(),
                })
                .collect::<Vec<_>>()
                .join(" ; ")
        })
        .collect()
}

fn ask(name: &str, given: &[(&str, &str)]) -> Vec<String> {
    rows(&store(), &find(name).unwrap(), given)
}

#[test]
fn every_question_has_an_answer() {
    let store = store_of(&[GRAPH, MANY]);
    assert!(catalogue().len() >= 50);
    for query in catalogue() {
        let given: &[(&str, &str)] = match query.name.as_str() {
            "on-this-day" => &[("day", "02-17")],
            _ => &[],
        };
        assert!(!rows(&store, &query, given).is_empty(), "{}", query.name);
    }
}

#[test]
fn what_asks_elsewhere_is_whole_and_reaches_nothing() {
    let store = store_of(&[GRAPH]);
    let queries = federated();
    assert!(!queries.is_empty());
    for query in queries {
        assert!(catalogue().iter().all(|other| other.name != query.name));
        assert_eq!(find(&query.name).unwrap(), query);
        let service = query
            .text
            .lines()
            .find_map(|line| line.strip_prefix("# service: "))
            .unwrap();
        assert!(query.text.contains(&format!("SERVICE <{service}>")));
        let text = query.with(&BTreeMap::new()).unwrap();
        let error = answer(&store, &Request::new(&text))
            .unwrap_err()
            .to_string();
        assert!(error.contains("SERVICE"), "{error}");
        assert!(error.contains("not allowed"), "{error}");
    }
}

#[test]
fn no_answer_of_an_empty_store_is_an_error() {
    let store = Store::in_memory([]).unwrap();
    for query in catalogue() {
        rows(&store, &query, &[]);
    }
}

#[test]
fn a_state_that_is_asked_for_is_in_every_row_and_nobody_is_in_none() {
    let store = store_of(&[GRAPH, MANY]);
    for query in catalogue() {
        for parameter in &query.parameters {
            let state = parameter
                .description
                .contains("by ISO code or English name");
            if !state || !parameter.default.is_empty() {
                continue;
            }
            let ask = |value: &str| rows(&store, &query, &[(&parameter.name, value)]);
            let name = format!("{} --param {}", query.name, parameter.name);
            assert_eq!(ask("PER"), ask("Peru"), "{name}");
            assert!(ask("Atlantis").is_empty(), "{name}");
        }
    }
}

/// Rows of the graph over many documents.
#[track_caller]
fn many(name: &str, given: &[(&str, &str)], wanted: &[&str]) {
    let store = store_of(&[MANY]);
    assert_eq!(rows(&store, &find(name).unwrap(), given), wanted, "{name}");
}

#[test]
fn visits_are_counted_compared_and_returned() {
    let brant = "Anselmo Brant ; 2 ; 1961-03-01 ; 1962-12-31 ; Chile, France";
    let duval = "Celeste Duval ; 2 ; 1985-02-17 ; 1990-06-30 ; Peru";
    many("visitors", &[("state", "PER")], &[brant]);
    many(
        "visitors",
        &[("until", "1985")],
        &[brant, "Celeste Duval ; 1 ; 1985-02-17 ; 1985-02-17 ; Peru"],
    );
    many(
        "visitors",
        &[("since", "1985-01")],
        &[duval, "Ida Roche ; 1 ; 1990-06-01 ; 1990-06-30 ; Peru"],
    );
    many(
        "most-visited",
        &[],
        &[
            "Peru ; 2 ; 2 ; 1 ; 1985-02-17 ; 1990-06-30",
            "Chile ; 1 ; 1 ; 1 ; 1962-01-01 ; 1962-12-31",
            "France ; 1 ; 1 ; 1 ; 1961-03-01 ; 1961-03-31",
        ],
    );
    many(
        "most-visited",
        &[("by", "PER"), ("since", "1962")],
        &["Chile ; 1 ; 1 ; 1 ; 1962-01-01 ; 1962-12-31"],
    );
    many(
        "visits-by-decade",
        &[("to", "PER")],
        &[
            "1980s ; France ; Peru ; 1 ; 1",
            "1990s ; France ; Peru ; 1 ; 2",
        ],
    );
    many(
        "visits-by-kind",
        &[("state", "France")],
        &[
            "official ; President ; 1 ; 2 ; 1990-06-01 ; 1990-06-30",
            "state ; President ; 1 ; 1 ; 1985-02-17 ; 1985-02-17",
        ],
    );
    many(
        "first-and-last-visits",
        &[("from", "PER")],
        &[
            "Peru ; Chile ; 1 ; 1962 ; Anselmo Brant ; 1962 ; Anselmo Brant",
            "Peru ; France ; 1 ; 1961-03 ; Anselmo Brant ; 1961-03 ; Anselmo Brant",
        ],
    );
    many(
        "reciprocity",
        &[],
        &[
            "Chile ; Peru ; 0 ; 1 ; -1 ;  ; 1962-12-31",
            "France ; Peru ; 2 ; 1 ; 1 ; 1990-06-30 ; 1961-03-31",
        ],
    );
    many(
        "cities",
        &[],
        &["Lima ; Peru ; 2 ; 1985-02-17 ; 1990-06-30"],
    );
    many(
        "contacts",
        &[("name", "roche")],
        &["Ida Roche ; Celeste Duval ; 1 ; 1990-06-01 ; 1990-06-30"],
    );
    many(
        "topics",
        &[],
        &["trade ; 1 ; 1990-06-01 ; 1990-06-30 ; three.txt"],
    );
    many(
        "announced",
        &[],
        &[
            "Celeste Duval ; Peru ; 1990 ; planned ; Visit duval-1990 ; Duval ira au Pérou en 1990. ; four.txt",
            "Anselmo Brant ; Chile ; 1999 ; expected ;  ; Brant ira au Chili en 1999. ; four.txt",
        ],
    );
}

#[test]
fn missions_relations_and_their_gaps() {
    many(
        "gaps-in-representation",
        &[],
        &["Chile ; Peru ; Legation of Chile in Lima ; 1879-04 ; 1884 ; 5 ; three.txt"],
    );
    many(
        "missions-by-opening-year",
        &[("since", "1840")],
        &[
            "1850 ; 1 ; Legation of Chile in Lima (1850–1879)",
            "1884 ; 1 ; Embassy of Chile in Lima (1884–)",
        ],
    );
    let french = "Embassy of France in Lima ; embassy ; Lima ; 1830 ;  ; France has kept an embassy in Lima since 1830. ; three.txt";
    many("missions-on-a-date", &[("on", "1880-01-01")], &[french]);
    many("missions-on-a-date", &[("sending", "FRA")], &[french]);
    many(
        "representation",
        &[],
        &[
            "Chile ; 1 ; 0 ; 1",
            "France ; 1 ; 0 ; 1",
            "Peru ; 0 ; 2 ; 2",
        ],
    );
    many(
        "unreciprocated",
        &[("sending", "FRA")],
        &["France ; Peru ; Embassy of France in Lima"],
    );
    many(
        "first-mission",
        &[],
        &["France – Peru ; 1826 ; 1830 ; 4 ; Embassy of France in Lima (1830–)"],
    );
    many(
        "partners",
        &[],
        &["1826 ; established ; Peru ; Relations were established in 1826. ; three.txt"],
    );
    many(
        "partners",
        &[("state", "Chile")],
        &["1884 ; resumed ; Peru ; In 1884 they made up. ; three.txt"],
    );
    many(
        "relations-by-decade",
        &[("state", "CHL")],
        &["1870s ; severed ; 1", "1880s ; resumed ; 1"],
    );
    many(
        "broken-periods",
        &[],
        &["Relations severed: Chile, Peru (1879-04-05) ; 1879-04-05 ; 1884-01-01 ; 5"],
    );
    many(
        "busiest-relations",
        &[("state", "CHL")],
        &[
            "Chile ; Peru ; 6 ; 1 ; 1 ; 2 ; 0 ; 2",
            "Chile ; France ; 1 ; 0 ; 1 ; 0 ; 0 ; 0",
        ],
    );
    many(
        "silences",
        &[("years", "50")],
        &["1861-12-31 ; 1961-03-01 ; 100"],
    );
    many("organisations", &[], &["United Nations ; 1 ;  ; Chile"]);
}

#[test]
fn treaties_by_topic_time_and_party() {
    many(
        "treaties-by-topic",
        &[("state", "CHL")],
        &["trade ; 1 ; 1861-01-01 ; 1861-12-31 ; Pact of Lima (1861)"],
    );
    many(
        "treaties-by-decade",
        &[("topic", "culture")],
        &["1980s ; 1 ; culture ; agreement"],
    );
    many(
        "treaties-by-decade",
        &[("state", "CHL")],
        &["1860s ; 1 ; trade ; pact"],
    );
    many(
        "treaty-partners",
        &[("state", "FRA")],
        &[
            "France ; Peru ; 3 ; 1861-01-01 ; 1989-12-31",
            "France ; Chile ; 1 ; 1861-01-01 ; 1861-12-31",
        ],
    );
    many(
        "treaties-and-visits",
        &[],
        &["1985-02-17 ; Treaty on extradition (1985) ; 1985-02-17 ; Celeste Duval ; France ; Peru"],
    );
    let rows = rows(&store_of(&[MANY]), &find("multilateral").unwrap(), &[]);
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].starts_with("1861 ; Pact of Lima (1861) ; 3 ; "),
        "{rows:?}"
    );
}

#[test]
fn offices_are_chains_of_holders() {
    let casas = "Ambassador of France to Peru ; Bruno Casas ; 1830 ; 1840 ;  ; Bruno Casas (1830–1840) ; three.txt";
    let roche = "Ambassador of France to Peru ; Ida Roche ; 1845 ; 1850 ; Bruno Casas ; Ida Roche (1845–1850) ; three.txt";
    many(
        "office-holders",
        &[("office", "ambassador")],
        &[casas, roche],
    );
    many("office-holders", &[("state", "PER")], &[]);
    many(
        "vacancies",
        &[],
        &["Ambassador of France to Peru ; Bruno Casas ; 1840 ; Ida Roche ; 1845 ; 5"],
    );
    many("vacancies", &[("years", "6")], &[]);
    many(
        "longest-serving",
        &[],
        &[
            "Bruno Casas ; Ambassador of France to Peru ; 1830 ; 1840 ; 10",
            "Ida Roche ; Ambassador of France to Peru ; 1845 ; 1850 ; 5",
            "Ida Roche ; Consul of France in Lima ; 1841 ; 1843 ; 2",
        ],
    );
    let rows = rows(&store_of(&[MANY]), &find("careers").unwrap(), &[]);
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].starts_with("Ida Roche ; 2 ; 1841-01-01 ; 1850-12-31 ; "),
        "{rows:?}"
    );
}

#[test]
fn documents_and_what_they_disagree_on() {
    assert_eq!(
        ask("disagreement-by-source", &[]),
        [
            "one.txt ; two.txt ; 1 ; date ; contradiction",
            "two.txt ; one.txt ; 1 ; date ; contradiction",
        ]
    );
    assert!(
        ask(
            "disagreement-by-source",
            &[("grade", "different-precision")]
        )
        .is_empty()
    );
    many(
        "licences",
        &[],
        &[" ; A ministry ; 1 ; 5", "CC-BY-4.0 ; An archive ; 1 ; 15"],
    );
    many(
        "facts-by-document",
        &[("doc", "four.txt")],
        &[
            "four.txt ; appointment ; 1 ; 1",
            "four.txt ; treaty ; 1 ; 1",
            "four.txt ; visit ; 3 ; 1",
        ],
    );
    many(
        "undated",
        &[],
        &["OrganisationMembership ; Chile in the United Nations ; Chile is a member. ; three.txt"],
    );
    many(
        "on-this-day",
        &[("day", "04-05")],
        &[
            "1879-04-05 ; RelationEvent ; Relations severed: Chile, Peru (1879-04-05) ; They broke on 5 April 1879. ; three.txt",
        ],
    );
}

#[test]
fn answers_are_right() {
    let visit = "1960-02 ; Anselmo Brant ; President of Peru ; Peru ; France ; official ; In February 1960, President Brant came to Paris. ; one.txt";
    assert_eq!(ask("visits-between-two-states", &[]), [visit]);
    assert_eq!(
        ask(
            "visits-between-two-states",
            &[("a", "Peru"), ("b", "France")]
        ),
        [visit]
    );
    assert!(ask("visits-between-two-states", &[("a", "Chile")]).is_empty());
    assert_eq!(
        ask("last-visit", &[]),
        [
            "1960-02 ; Anselmo Brant ; President of Peru ; In February 1960, President Brant came to Paris. ; one.txt"
        ]
    );
    assert_eq!(
        ask("broken-and-resumed", &[]),
        [
            "1943-01 ; severed ; Peru and Vichy France: relations severed ; Peru ; Peru broke off relations with Vichy in January 1943. ; one.txt",
            "1944 ; severed ; Peru and Vichy France: relations severed ; Peru ; En 1944, le Pérou rompt avec Vichy. ; two.txt",
        ]
    );
    assert_eq!(
        ask("missions", &[]),
        [
            "Consulate General of Peru in Paris ; consulate general ; Paris ;  ; 1942-11 ;  ; It was closed in November 1942. ; one.txt",
            "Consulate General of Peru in Paris ; consulate general ; Paris ; 1944 ;  ;  ; It was opened again in 1944. ; one.txt",
        ]
    );
    assert_eq!(
        ask("closed-missions", &[]),
        [
            "Consulate General of Peru in Paris ; 1942-11 ; 1944 ; It was closed in November 1942. ; one.txt"
        ]
    );
    assert_eq!(
        ask("heads-of-mission", &[("receiving", "")]),
        ["Ana López ;  ; Peru ; France ; Paris ; 2013 ;  ; Ana López (2013) ; one.txt"]
    );
    assert!(ask("heads-of-mission", &[("sending", "FRA")]).is_empty());
    assert_eq!(
        ask("treaties", &[]),
        [
            "2012 ; free trade agreement ; agreement ; 2012 ;  ;  ;  ; Accord signé en 2012. ; two.txt"
        ]
    );
    assert_eq!(
        ask("memberships", &[]),
        ["United Nations ; Both are members of the United Nations. ; one.txt"]
    );
    assert_eq!(
        ask("not-facts", &[]),
        ["visit ; hypothetical ; affirmed ; question ; Une visite est-elle possible ? ; two.txt"]
    );
    assert_eq!(ask("conflicts", &[]).len(), 2);
    assert_eq!(ask("timeline", &[]).len(), 7);
    assert_eq!(ask("person", &[("name", "brant")]).len(), 1);
    assert_eq!(ask("who-says", &[("event", "visit/v1")]).len(), 1);
    assert_eq!(
        ask(
            "who-says",
            &[("event", "<https://w3id.org/chancery/id/visit/v1>")]
        )
        .len(),
        1
    );
}

#[test]
fn tables_have_one_row_per_account_with_lists_in_order() {
    let table = |name: &str| ask(&format!("facts/{name}"), &[]);
    assert_eq!(fact_tables().len(), 8);
    assert_eq!(
        table("visit"),
        ["one.txt ; Anselmo Brant ; President ; Peru ; France ; Nice ; 1960-02 ;  ; official"]
    );
    assert_eq!(
        table("relations"),
        [
            "one.txt ; severed ; Peru|Vichy France ; Peru ; 1943-01",
            "two.txt ; severed ; Peru|Vichy France ;  ; 1944",
        ]
    );
    assert_eq!(
        table("treaty"),
        ["two.txt ; Accord ; France|Peru ; 2010 ;  ; agreement"]
    );
    assert_eq!(
        table("observation"),
        ["one.txt ; exports ; Peru|France ; 1500000 ; EUR ; 2013"]
    );
    assert_eq!(
        table("mission"),
        ["one.txt ; consulate general ; Peru ; France ; Paris ;  ; 1942-11"]
    );
}
