//! Wikidata and reconciliation services over HTTP, played by servers on this machine; one of them is somebody else's program.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

mod command;
#[path = "../support/csv_reconcile.rs"]
mod csv_reconcile;
mod manners;
mod reconcile;
mod server;
mod wikidata;

use chancery::link::online::{Limits, Online, OnlineError, Settings};
use chancery::link::{ItemType, Qid};
use server::Server;
use std::path::Path;
use std::time::Duration;
use wikidata::Wiki;

/// Settings for a server of this machine: a second of waiting is short, a silence is not borne for long.
fn settings(server: &Server, cache: &Path) -> Settings {
    Settings {
        api: server.url("/w/api.php"),
        contact: "archive@example.org".to_owned(),
        cache: Some(cache.to_owned()),
        limits: Limits {
            second: Duration::from_micros(200),
            ..Limits::default()
        },
        ..Settings::default()
    }
}

fn offline(settings: &Settings) -> Settings {
    Settings {
        offline: true,
        contact: String::new(),
        ..settings.clone()
    }
}

fn ids(ids: impl IntoIterator<Item = u64>) -> Vec<Qid> {
    ids.into_iter().map(Qid).collect()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// What each request for entities asked for.
fn batches(server: &Server) -> Vec<usize> {
    let requests = server.requests();
    let sizes = requests.iter().map(|request| {
        let one = [request.get("ids"), request.get("titles")].concat();
        one.split('|').count()
    });
    sizes.collect()
}

#[test]
fn a_search_reads_all_pages_and_gives_each_id_once() {
    let mut wiki = Wiki::default();
    wiki.begin.insert(
        "Santiago".to_owned(),
        strings(&["Q8", "Q3", "Q5", "L1", "Q1"]),
    );
    wiki.hold.insert(
        "Santiago".to_owned(),
        strings(&["Q3", "Q2", "Property:P1", "Q8", "Q9"]),
    );
    wiki.hold.insert(
        "Santiago haswbstatement:P31=Q5".to_owned(),
        strings(&["Q2"]),
    );
    let (server, _) = wiki.serve();
    let cache = tempfile::tempdir().unwrap();
    let mut settings = settings(&server, cache.path());
    settings.limits.per_page = 2;
    settings.limits.pages = 9;
    let online = Online::new(settings.clone()).unwrap();
    let found = online.search("  Santiago ", "es", None).unwrap();
    assert_eq!(found, ids([8, 3, 5, 1, 2, 9]));
    assert_eq!(server.count(), 6);
    let persons = online.search("Santiago", "es", Some(ItemType::Person));
    assert_eq!(persons.unwrap(), ids([8, 3, 5, 1, 2]));
    // The first three pages were known.
    assert_eq!(server.count(), 7);
    assert_eq!(online.tally().cached, 3);
    assert_eq!(online.search("", "es", None), Ok(Vec::new()));
    assert!(online.search("Nobody", "es", None).unwrap().is_empty());
    settings.limits.pages = 1;
    let capped = Online::new(settings).unwrap();
    let found = capped.search("Santiago", "es", None).unwrap();
    assert_eq!(found, ids([8, 3, 2]));
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.get("language").is_empty() || request.get("language") == "es")
    );
}

#[test]
fn items_come_in_batches_with_the_missing_and_the_redirected() {
    let mut wiki = Wiki::of(130);
    wiki.items.remove("Q7");
    wiki.redirects.insert("Q500".to_owned(), "Q9".to_owned());
    wiki.redirects.insert("Q501".to_owned(), "Q9".to_owned());
    wiki.redirects.insert("Q502".to_owned(), "Q1000".to_owned());
    let (server, _) = wiki.serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let online = Online::new(settings.clone()).unwrap();
    let wanted = ids((1..=120).chain([9, 501, 500, 502, 9]));
    let fetched = online.items(&wanted).unwrap();
    assert_eq!(batches(&server), [50, 50, 23]);
    assert_eq!(fetched.items.len(), 119);
    assert_eq!(fetched.items[&Qid(4)].label(&["en"]), "Person 4");
    assert_eq!(fetched.items[&Qid(9)].former, ids([500, 501]));
    assert_eq!(fetched.missing, ids([7, 502]));
    let redirected: Vec<(u64, u64)> = fetched.redirected.iter().map(|(a, b)| (a.0, b.0)).collect();
    assert_eq!(redirected, [(500, 9), (501, 9)]);
    assert!(fetched.unasked.is_empty() && fetched.broken.is_empty());
    // A second run asks nothing, online or not; what is new is all that is asked.
    let again = Online::new(settings.clone()).unwrap();
    assert_eq!(again.items(&wanted).unwrap(), fetched);
    assert_eq!((again.tally().requests, again.tally().cached), (0, 123));
    assert_eq!(
        Online::new(offline(&settings))
            .unwrap()
            .items(&wanted)
            .unwrap(),
        fetched
    );
    assert_eq!(server.count(), 3);
    let more = again.items(&ids(100..=130)).unwrap();
    assert_eq!(more.items.len(), 31);
    assert_eq!(batches(&server)[3..], [10]);
}

#[test]
fn one_bad_id_does_not_spoil_its_batch() {
    let mut wiki = Wiki::of(50);
    wiki.bad = strings(&["Q13", "Q14", "Q50"]);
    let (server, _) = wiki.serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let online = Online::new(settings.clone()).unwrap();
    let fetched = online.items(&ids(1..=50)).unwrap();
    assert_eq!(fetched.items.len(), 47);
    assert_eq!(fetched.missing, ids([13, 14, 50]));
    // Halves of halves, not one by one.
    assert!(server.count() <= 1 + 3 * 2 * 6, "{}", server.count());
    let asked = server.count();
    let again = Online::new(settings).unwrap();
    assert_eq!(again.items(&ids(1..=50)).unwrap(), fetched);
    assert_eq!(server.count(), asked);
}

#[test]
fn pages_lead_to_their_items() {
    let mut wiki = Wiki::of(60);
    for id in 1..=58 {
        wiki.page(&format!("Q{id}"), "enwiki", &format!("Treaty {id}"));
    }
    wiki.page("Q59", "enwiki", "Élysée Treaty");
    wiki.page("Q59", "frwiki", "Traité de l'Élysée");
    wiki.moved
        .insert("Elysee Treaty".to_owned(), "Élysée Treaty".to_owned());
    let (server, _) = wiki.serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let online = Online::new(settings.clone()).unwrap();
    let mut titles: Vec<String> = (1..=58).map(|id| format!("treaty_{id}")).collect();
    titles.extend(strings(&[
        "élysée Treaty",
        "Élysée_Treaty",
        "Elysee Treaty",
    ]));
    titles.extend(strings(&["No such page", "Not | a title", ""]));
    let paged = online.by_pages("enwiki", &titles).unwrap();
    assert_eq!(paged.items.len(), 61);
    assert_eq!(paged.items["treaty_7"].id, Qid(7));
    for title in &titles[58..61] {
        assert_eq!(paged.items[title].id, Qid(59), "{title}");
    }
    assert_eq!(paged.missing, ["", "No such page", "Not | a title"]);
    // 61 titles in two batches; two of them again, alone.
    assert_eq!(batches(&server), [50, 11, 1, 1]);
    let again = Online::new(settings.clone()).unwrap();
    assert_eq!(again.by_pages("enwiki", &titles).unwrap(), paged);
    let without = Online::new(offline(&settings)).unwrap();
    assert_eq!(without.by_pages("enwiki", &titles).unwrap(), paged);
    let french = without.by_pages("frwiki", &titles[..1]).unwrap();
    assert_eq!(french.unasked, titles[..1]);
    assert_eq!(server.count(), 4);
}

#[test]
fn many_long_titles_are_posted() {
    let mut wiki = Wiki::of(1);
    wiki.page("Q1", "eswiki", &format!("Ñ{}", "ñ".repeat(200)));
    let (server, _) = wiki.serve();
    let cache = tempfile::tempdir().unwrap();
    let online = Online::new(settings(&server, cache.path())).unwrap();
    let title = |n: usize| format!("Ñ{}", "ñ".repeat(n));
    let titles: Vec<String> = (171..=200).map(title).collect();
    let paged = online.by_pages("eswiki", &titles).unwrap();
    assert_eq!(paged.items.len(), 1);
    let first = &server.requests()[0];
    assert_eq!(first.method, "POST");
    assert_eq!(first.header("promise-non-write-api-action"), "true");
    assert_eq!(first.get("maxlag"), "5");
    assert!(server.requests()[1..].iter().all(|one| one.method == "GET"));
}

#[test]
fn offline_asks_nothing_and_says_what_is_not_known() {
    let (server, _) = Wiki::of(3).serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    Online::new(settings.clone())
        .unwrap()
        .items(&ids([1]))
        .unwrap();
    let asked = server.count();
    let mut offline = offline(&settings);
    // However old.
    offline.max_age = Duration::ZERO;
    let online = Online::new(offline).unwrap();
    let fetched = online.items(&ids([1, 2])).unwrap();
    assert_eq!(fetched.items.len(), 1);
    assert_eq!(fetched.unasked, ids([2]));
    let error = online.search("Lima", "en", None).unwrap_err();
    assert!(
        error.to_string().contains("\"Lima\" was not asked before"),
        "{error}"
    );
    assert!(error.to_string().contains("--offline"), "{error}");
    assert_eq!(server.count(), asked);
    assert_eq!(online.tally().requests, 0);
}

#[test]
fn old_answers_are_asked_for_again_and_other_languages_too() {
    let (server, _) = Wiki::of(1).serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let ask = |settings: Settings| Online::new(settings).unwrap().items(&ids([1])).unwrap();
    ask(settings.clone());
    ask(settings.clone());
    assert_eq!(server.count(), 1);
    ask(Settings {
        max_age: Duration::ZERO,
        ..settings.clone()
    });
    assert_eq!(server.count(), 2);
    ask(Settings {
        languages: strings(&["de"]),
        ..settings.clone()
    });
    assert_eq!(server.count(), 3);
    assert_eq!(server.requests()[2].get("languages"), "de|mul");
    ask(Settings {
        cache: None,
        ..settings
    });
    assert_eq!(server.count(), 4);
}

#[test]
fn an_entity_of_another_form_is_told_and_not_kept() {
    let mut wiki = Wiki::of(2);
    wiki.items.get_mut("Q2").unwrap()["labels"] = serde_json::json!("Lima");
    let (server, _) = wiki.serve();
    let cache = tempfile::tempdir().unwrap();
    let settings = settings(&server, cache.path());
    let online = Online::new(settings.clone()).unwrap();
    let fetched = online.items(&ids([1, 2])).unwrap();
    assert_eq!(fetched.items.keys().copied().collect::<Vec<_>>(), ids([1]));
    assert_eq!(fetched.broken[0].0, Qid(2));
    let offline = Online::new(offline(&settings)).unwrap();
    assert_eq!(offline.items(&ids([1, 2])).unwrap().unasked, ids([2]));
}

#[test]
fn a_broken_folder_is_an_error_that_names_it() {
    let (server, _) = Wiki::of(1).serve();
    let cache = tempfile::tempdir().unwrap();
    let file = cache.path().join("taken");
    std::fs::write(&file, "").unwrap();
    let online = Online::new(settings(&server, &file)).unwrap();
    match online.items(&ids([1])) {
        Err(OnlineError::Cache { path, .. }) => assert!(path.contains("taken")),
        other => panic!("{other:?}"),
    }
}
