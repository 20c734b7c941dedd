//! Every query of the catalogue, asked of a small graph with known answers.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

use chancery::query::{Answer, CatalogueQuery, Request, answer, catalogue, fact_tables, find};
use chancery::store::Store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use std::collections::BTreeMap;

fn store() -> Store {
    let quads: Vec<_> = RdfParser::from_format(RdfFormat::TriG)
        .for_slice(include_str!("data/graph.trig"))
        .collect::<Result<_, _>>()
        .unwrap();
    Store::in_memory(quads).unwrap()
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
    let store = store();
    assert!(catalogue().len() >= 15);
    for query in catalogue() {
        assert!(!rows(&store, &query, &[]).is_empty(), "{}", query.name);
    }
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
