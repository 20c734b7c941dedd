//! The tables of `data/gazetteer` keep their normal form, their keys exist, and no text stands for two bodies unseen.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a table without a header or column is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::is_nfc;

const BODIES: &str = include_str!("../data/gazetteer/bodies.tsv");
const NAMES: &str = include_str!("../data/gazetteer/names.tsv");
const CITIES: &str = include_str!("../data/gazetteer/cities.tsv");
const LEADERS: &str = include_str!("../data/gazetteer/leaders.tsv");
const ORIGINS: &str = include_str!("../data/gazetteer/origins.tsv");
const CURRENCIES: &str = include_str!("../data/gazetteer/currencies.tsv");
const RESIDENCES: &str = include_str!("../data/gazetteer/residences.tsv");
const REGIONS: &str = include_str!("../data/gazetteer/regions.tsv");
const AMBIGUOUS: &str = include_str!("../data/gazetteer/ambiguous.tsv");

/// Rows of a table as cells by column name.
fn rows(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    lines
        .map(|line| header.iter().copied().zip(line.split('\t')).collect())
        .collect()
}

fn keys(text: &str) -> BTreeSet<&str> {
    rows(text).into_iter().map(|row| row["key"]).collect()
}

#[test]
fn tables_are_in_normal_form() {
    for (file, text) in [
        ("bodies", BODIES),
        ("names", NAMES),
        ("cities", CITIES),
        ("currencies", CURRENCIES),
        ("leaders", LEADERS),
        ("origins", ORIGINS),
        ("regions", REGIONS),
        ("residences", RESIDENCES),
        ("ambiguous", AMBIGUOUS),
    ] {
        assert!(
            text.ends_with('\n') && !text.contains('\r') && is_nfc(text),
            "{file}.tsv: LF and NFC"
        );
        let mut lines = text.lines();
        let columns = lines.next().map_or(0, |h| h.split('\t').count());
        let mut before = "";
        for line in lines {
            assert_eq!(line.split('\t').count(), columns, "{file}.tsv: {line}");
            assert!(
                line.split('\t').all(|cell| cell == cell.trim()),
                "{file}.tsv: spaces around a cell: {line}"
            );
            assert!(before < line, "{file}.tsv: not in order, or twice: {line}");
            before = line;
        }
    }
}

#[test]
fn keys_are_unique_and_exist() {
    let bodies = keys(BODIES);
    assert_eq!(bodies.len(), rows(BODIES).len());
    assert_eq!(keys(CITIES).len(), rows(CITIES).len());
    for row in rows(BODIES) {
        assert!(
            row["of"].is_empty() || bodies.contains(row["of"]),
            "{row:?}"
        );
        assert!(
            ["en", "fr", "es"].iter().all(|l| !row[l].is_empty()),
            "{row:?}"
        );
        assert_eq!(row["qid"].is_empty(), row["qid_sources"] == "0", "{row:?}");
    }
    for row in rows(NAMES) {
        assert!(
            bodies.contains(row["key"]) && !row["text"].is_empty(),
            "{row:?}"
        );
        assert!(["en", "fr", "es", "*"].contains(&row["lang"]), "{row:?}");
        assert!(
            ["name", "formal", "acronym", "adjective", "demonym"].contains(&row["form"]),
            "{row:?}"
        );
    }
    for row in rows(CITIES) {
        assert!(
            bodies.contains(row["state"]) && !row["en"].is_empty(),
            "{row:?}"
        );
    }
    for row in rows(CURRENCIES) {
        assert!(
            row["code"].len() == 3 && ["en", "fr", "es", "*"].contains(&row["lang"]),
            "{row:?}"
        );
    }
}

#[test]
fn every_text_of_two_bodies_is_listed_with_a_default() {
    let mut seen: BTreeMap<(String, &str), BTreeSet<&str>> = BTreeMap::new();
    for row in rows(NAMES) {
        seen.entry((row["text"].to_lowercase(), row["lang"]))
            .or_default()
            .insert(row["key"]);
    }
    let listed: BTreeMap<(String, &str), BTreeSet<&str>> = rows(AMBIGUOUS)
        .into_iter()
        .map(|row| {
            (
                (row["text"].to_owned(), row["lang"]),
                row["keys"].split('|').collect(),
            )
        })
        .collect();
    seen.retain(|_, keys| keys.len() > 1);
    assert_eq!(seen, listed);
    for row in rows(AMBIGUOUS) {
        assert!(
            row["keys"].split('|').any(|key| key == row["default"]),
            "{row:?}"
        );
    }
}

#[test]
fn every_state_has_names_and_adjectives_in_three_languages_and_a_capital() {
    let mut forms: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for row in rows(NAMES) {
        forms.insert((row["key"], row["lang"], row["form"]));
    }
    let seats: BTreeSet<&str> = rows(CITIES)
        .into_iter()
        .filter(|c| c["capital"] == "1")
        .map(|c| c["state"])
        .collect();
    let mut states = 0;
    for row in rows(BODIES)
        .into_iter()
        .filter(|row| row["type"] == "state")
    {
        states += 1;
        let key = row["key"];
        for lang in ["en", "fr", "es"] {
            assert!(
                forms.contains(&(key, lang, "name"))
                    && (key == "DMA" && lang == "en" || forms.contains(&(key, lang, "adjective"))),
                "{key} {lang}"
            );
        }
        assert!(seats.contains(key), "{key} has no capital");
    }
    assert!(states >= 197, "{states}");
}

#[test]
fn rules_of_inflection_give_the_forms_that_grammars_give() {
    let adjectives = |key: &str, lang: &str| -> Vec<&str> {
        rows(NAMES)
            .into_iter()
            .filter(|row| row["key"] == key && row["lang"] == lang && row["form"] == "adjective")
            .map(|row| row["text"])
            .collect()
    };
    assert_eq!(
        adjectives("FRA", "fr"),
        ["français", "française", "françaises"]
    );
    assert_eq!(
        adjectives("LBY", "fr"),
        ["libyen", "libyenne", "libyennes", "libyens"]
    );
    assert_eq!(
        adjectives("TUR", "fr"),
        ["turc", "turcs", "turque", "turques"]
    );
    assert_eq!(
        adjectives("DEU", "es"),
        ["alemana", "alemanas", "alemanes", "alemán"]
    );
    assert_eq!(
        adjectives("MAR", "es"),
        ["marroquí", "marroquíes", "marroquís"]
    );
    assert_eq!(adjectives("BEL", "es"), ["belga", "belgas"]);
}

#[test]
fn leaders_and_their_names_are_of_states_that_exist() {
    let bodies = keys(BODIES);
    for row in rows(LEADERS) {
        assert!(bodies.contains(row["state"]), "{row:?}");
    }
    for row in rows(ORIGINS) {
        for state in row["states"].split('|').filter(|s| !s.is_empty()) {
            let key = state.split(':').next().unwrap_or_default();
            assert!(bodies.contains(key), "{}: {state}", row["part"]);
        }
    }
}
