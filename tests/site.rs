//! The site on a real server over the demo's documents: every page in three languages, whole without scripts, valid, small, and safe from what
//! documents say.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

#[path = "site/form.rs"]
mod form;

use chancery::serve::{Config, Running, Secret, spawn};
use form::{check, elements, links};
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const LANGUAGES: [&str; 3] = ["en", "fr", "es"];

/// A document whose title and names try to break out of the page.
const HOSTILE: &str = "= Relations of \"Freedonia\" <script>alert(1)</script> & 'Sylvania' =\n\n\
In 1931, President Rufus <b onmouseover=alert(2)>Firefly</b> of Peru visited France.\n\
Relations between Peru and France were established in 1826.\n";

struct Site {
    running: Running,
    client: Client,
    _folder: TempDir,
}

/// Builds the demo's documents, and what else is given, into a store; gives what the build said.
fn build(store: &Path, more: &[&str]) -> String {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documents");
    let built = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .arg("build")
        .arg(documents)
        .args(more)
        .arg("--store")
        .arg(store)
        .output()
        .unwrap();
    assert!(built.status.success(), "{built:?}");
    String::from_utf8_lossy(&built.stderr).into_owned()
}

/// One server for all tests.
fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let hostile = folder.path().join("<hostile> & \"one\".txt");
        std::fs::write(&hostile, HOSTILE).unwrap();
        let store = folder.path().join("store");
        build(&store, &[hostile.to_str().unwrap()]);
        let mut config = Config::new(store.to_str().unwrap());
        config.address = SocketAddr::from(([127, 0, 0, 1], 0));
        config.program = Some(env!("CARGO_BIN_EXE_chancery").into());
        config.limits.concurrent = 2;
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .unwrap();
        Site {
            running: spawn(config).unwrap(),
            client,
            _folder: folder,
        }
    })
}

impl Site {
    fn get(&self, path: &str, language: &str, accept: &str) -> Response {
        let url = format!("http://{}{path}", self.running.address());
        self.client
            .get(url)
            .header("accept", accept)
            .header("accept-language", language)
            .header("accept-encoding", "identity")
            .send()
            .unwrap()
    }

    /// The text of a page that is there.
    fn page(&self, path: &str, language: &str) -> String {
        let response = self.get(path, language, BROWSER);
        assert_eq!(response.status(), 200, "{path}");
        response.text().unwrap()
    }
}

#[test]
fn links_lead_somewhere_and_keep_the_language() {
    let site = site();
    let mut open: Vec<String> = vec!["/?lang=es".into(), "/relations/FRA/PER?lang=es".into()];
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(path) = open.pop() {
        if seen.len() > 300 {
            break;
        }
        let response = site.get(&path, "fr", BROWSER);
        let status = response.status().as_u16();
        assert!([200, 303, 308].contains(&status), "{path}: {status}");
        if status != 200 {
            continue;
        }
        let media = response.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        if !media.starts_with("text/html") || !path.contains("lang=es") {
            continue;
        }
        let text = response.text().unwrap();
        assert!(text.contains("<html lang=\"es\">"), "{path}");
        for link in links(&text, &path) {
            // the switch leads to the other languages, data have none
            let other = link.contains("lang=en") || link.contains("lang=fr");
            if !other && seen.insert(link.clone()) {
                open.push(link);
            }
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}

#[test]
fn names_are_found_as_one_types() {
    let site = site();
    let find = |text: &str, language: &str| -> serde_json::Value {
        let path = format!("/search.json?q={text}");
        site.get(&path, language, "application/json")
            .json()
            .unwrap()
    };
    // in any language, without accents or capitals, by the beginning
    for text in ["perou", "P%C3%89ROU", "per%C3%BA", "peru", "per"] {
        let found = find(text, "fr");
        assert_eq!(found["results"][0]["name"], "Pérou", "{text}: {found}");
        assert_eq!(found["results"][0]["kind"], "État");
    }
    let found = find("republique+francaise", "en");
    assert_eq!(found["results"][0]["name"], "France", "{found}");
    let found = find("humala", "en");
    assert_eq!(found["results"][0]["class"], "Person");
    assert_eq!(found["total"], 1);
    let page = site.page("/search?q=nobody", "es");
    assert!(page.contains("No se conoce nada"), "{page}");
}

#[test]
fn two_states_have_one_timeline() {
    let site = site();
    let page = site.page("/relations/FRA/PER", "en");
    let other = site.page("/relations/per/fra", "en");
    let lines = |text: &str| text.matches("<li class=\"line").count();
    assert!(lines(&page) > 20, "{page}");
    assert_eq!(lines(&page), lines(&other));
    // both directions told apart, and turned where the states are
    assert_eq!(
        page.matches("data-way=\"a\"").count(),
        other.matches("data-way=\"b\"").count()
    );
    // each entry has its sentence and where it stands
    assert!(page.contains("<details><summary>One sentence, one document</summary>"));
    assert!(page.contains("/document/france-peru-relations.txt#c-"));
    let visits = site.page("/relations/FRA/PER?kind=Visit", "en");
    assert!(lines(&visits) < lines(&page) && !visits.contains("<li class=\"line k-Treaty"));
    let table = site.page("/relations/FRA/PER?view=table", "en");
    assert!(table.matches("data-date").count() >= lines(&page));
    let csv = site
        .get("/relations/FRA/PER.csv", "en", "*/*")
        .text()
        .unwrap();
    assert!(csv.starts_with("date,kind,direction,what,fact,sentence,document"));
    assert!(csv.lines().count() > lines(&page));
    let timeline = site.get("/relations/FRA/PER.json", "fr", "*/*");
    let timeline: serde_json::Value = timeline.json().unwrap();
    let events = timeline["events"].as_array().unwrap();
    assert!(events.len() > lines(&page), "{timeline}");
    assert!(events.iter().any(|event| event["kindName"] == "Visite"
        && event["way"] == "b"
        && event["said"][0]["quote"].is_string()));
    let turtle = site.get("/relations/FRA/PER.ttl", "en", "*/*");
    assert!(
        turtle.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/turtle")
    );
    assert!(turtle.text().unwrap().contains("dip:Visit"));
    // numbers with their table
    assert!(page.contains("data-table=\"figures\""), "{page}");
    let map: serde_json::Value = site.get("/relations.json", "en", "*/*").json().unwrap();
    assert!(map["states"]["FRA"]["capital"][0].is_number(), "{map}");
    assert!(
        map["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .any(|pair| pair["a"] == "FRA" && pair["b"] == "PER")
    );
}

#[test]
fn a_window_of_time_is_counted_or_listed() {
    let site = site();
    let json = |path: &str| -> serde_json::Value { site.get(path, "fr", "*/*").json().unwrap() };
    let all = json("/timeline.json");
    let events = all["events"].as_array().unwrap();
    assert_eq!(all["total"], events.len(), "{all}");
    assert!(events.len() > 20 && all["undated"].as_u64().unwrap() > 0);
    assert_eq!(all["first"], "1825-01-01");
    assert_eq!(all["names"]["Visit"], "Visites");
    let days: Vec<&str> = events
        .iter()
        .map(|event| event["start"].as_str().unwrap())
        .collect();
    assert!(days.is_sorted(), "{days:?}");
    // a year is meant whole, and kinds are chosen
    let sixties = json("/timeline.json?from=1960&to=1969&kind=Visit&between=FRA,PER");
    let events = sixties["events"].as_array().unwrap();
    assert_eq!(events.len(), 2, "{sixties}");
    assert_eq!(events[0]["dateWords"], "février 1960");
    assert_eq!(
        (&events[0]["way"], &events[1]["way"]),
        (&"b".into(), &"a".into())
    );
    assert!(
        events[0]["said"][0]["quote"]
            .as_str()
            .unwrap()
            .contains("1960")
    );
    // all kinds are told, whichever are asked for
    assert!(sixties["kinds"]["Treaty"].as_u64().unwrap() > 3);
    let of = json("/timeline.json?of=person/ollanta-humala");
    assert_eq!(of["total"], 4, "{of}");
    assert_eq!(
        json("/timeline.json?of=person/nobody")["first"],
        serde_json::Value::Null
    );
    for wrong in ["from=x", "to=1964-13", "between=FRA", "between=FRA,XXX"] {
        let status = site
            .get(&format!("/timeline.json?{wrong}"), "en", "*/*")
            .status();
        assert!(status.is_client_error(), "{wrong}: {status}");
    }
}

#[test]
fn a_mission_stands_on_a_map() {
    let site = site();
    let path = "/page/mission/peru-france-paris-consulate-general";
    let response = site.get(&format!("{path}.geojson"), "en", "*/*");
    assert_eq!(response.headers()["content-type"], "application/geo+json");
    let moves: serde_json::Value = response.json().unwrap();
    let first = &moves["features"][0];
    assert_eq!(first["geometry"]["type"], "Point", "{moves}");
    assert_eq!(first["properties"]["name"], "Paris");
    assert!(site.page(path, "en").contains("data-island=\"map\""));
    assert_eq!(
        site.get("/page/mission/none.geojson", "en", "*/*").status(),
        404
    );
}

#[test]
fn missions_and_offices_have_names_in_the_language_of_the_page() {
    let site = site();
    let path = "/page/mission/peru-france-paris-consulate-general";
    for (language, name, office) in [
        (
            "fr",
            "Consulat général du Pérou à Paris",
            "Consul général du Pérou à Paris",
        ),
        (
            "es",
            "Consulado general de Perú en París",
            "Cónsul general de Perú en París",
        ),
    ] {
        let page = site.page(path, language);
        assert!(page.contains(&format!("<h1>{name}</h1>")), "{page}");
        assert!(page.contains(office), "{page}");
        assert!(site.page("/relations/FRA/PER", language).contains(office));
    }
    let found: serde_json::Value = site
        .get("/search.json?q=ambassade+perou", "fr", "*/*")
        .json()
        .unwrap();
    assert_eq!(
        found["results"][0]["name"], "Ambassade du Pérou en France",
        "{found}"
    );
}

#[test]
fn a_query_at_fault_stands_below_the_message_in_the_language_of_the_page() {
    let site = site();
    let path = "/sparql?query=SELECT+?x+%7B%0A++?x+a+%0A%7D";
    let text = site.get(path, "fr", BROWSER).text().unwrap();
    assert!(text.contains("La requête n’est pas valide"), "{text}");
    assert!(text.contains("<textarea id=\"query\""), "{text}");
    assert!(
        text.contains("class=\"fault\"") && text.contains("data-line="),
        "{text}"
    );
}

#[test]
fn a_document_and_its_facts_lead_to_each_other() {
    let site = site();
    let path = "/document/france-peru-relations.txt";
    let page = site.page(path, "en");
    let elements = elements(path, &page);
    let claims: Vec<&str> = elements
        .iter()
        .filter_map(|element| element.attributes.get("data-claim"))
        .map(String::as_str)
        .collect();
    assert!(claims.len() > 20);
    for claim in claims {
        assert!(
            page.contains(&format!("<span id=\"c-{claim}\">")),
            "{claim}"
        );
        assert!(page.contains(&format!("href=\"#f-{claim}\"")), "{claim}");
        assert!(page.contains(&format!("href=\"#c-{claim}\"")), "{claim}");
    }
    // what was not understood is seen too
    assert!(page.contains("<span class=\"gap\">"), "{page}");
    // what was planned is told from what was
    let press = site.page("/document/france-perou-point-de-presse.txt", "en");
    assert!(press.contains("class=\"not\""), "{press}");
    // the other address leads here
    let moved = site.get("/page/document/france-peru-relations.txt", "en", BROWSER);
    assert_eq!(moved.status(), 308);
    assert_eq!(moved.headers()["location"], path);
}

#[test]
fn decisions_are_written_where_a_build_finds_them() {
    let site = site();
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("decisions.csv");
    let store = folder.path().join("store");
    build(&store, &[]);
    let mut config = Config::new(store.to_str().unwrap());
    config.address = SocketAddr::from(([127, 0, 0, 1], 0));
    config.program = Some(env!("CARGO_BIN_EXE_chancery").into());
    config.limits.concurrent = 1;
    config.write = Some(Secret::new("a long enough secret"));
    config.decisions = Some(table.clone());
    let running = spawn(config).unwrap();
    let url = format!("http://{}/review", running.address());
    let page = || {
        let request = site.client.get(format!("{url}?list=apart"));
        request.header("accept", BROWSER).send().unwrap()
    };
    let first = page();
    assert_eq!(first.headers()["cache-control"], "no-store");
    let text = first.text().unwrap();
    let choice = elements("/review", &text)
        .into_iter()
        .filter_map(|element| element.attributes.get("value").cloned())
        .find(|value| value.starts_with("same "))
        .unwrap();
    let send = |token: &str, who: &str, choice: &str, origin: &str| {
        let form = [
            ("list", "apart"),
            ("token", token),
            ("who", who),
            ("why", "a, \"b\""),
            ("v", ""),
            ("v", choice),
        ];
        let request = site.client.post(&url).header("origin", origin).form(&form);
        request.send().unwrap()
    };
    let own = format!("http://{}", running.address());
    let secret = "a long enough secret";
    assert_eq!(send("wrong", "Ana", &choice, &own).status(), 401);
    assert_eq!(send(secret, "", &choice, &own).status(), 400);
    assert_eq!(send(secret, "Ana", "same ../x - y/z -", &own).status(), 400);
    assert_eq!(
        send(secret, "Ana", &choice, "http://elsewhere.example").status(),
        403
    );
    assert!(!table.exists());
    let done = send(secret, "Ana", &choice, &own);
    assert_eq!(done.status(), 303);
    assert_eq!(done.headers()["location"], "/review?list=apart&written=1");
    let again = page().text().unwrap();
    assert!(
        again.contains("Decided; the next build follows it."),
        "{again}"
    );
    running.stop().unwrap();
    // the next build makes one of both
    let said = build(&store, &["--decisions", table.to_str().unwrap()]);
    assert!(!said.contains("decision."), "{said}");
    let this = choice.split(' ').nth(1).unwrap();
    let that = choice.split(' ').nth(3).unwrap();
    let export = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["export", "--format", "nt", "--store"])
        .arg(&store)
        .output()
        .unwrap();
    let export = String::from_utf8(export.stdout).unwrap();
    let there = |path: &str| {
        export.contains(&format!(
            "/{path}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        ))
    };
    assert!(!(there(this) && there(that)), "{this} {that}");
    // a server that only reads takes none
    let refused = site
        .client
        .post(format!("http://{}/review", site.running.address()));
    let refused = refused
        .form(&[("list", "apart"), ("token", secret)])
        .send()
        .unwrap();
    assert_eq!(refused.status(), 403);
}

#[test]
fn what_is_not_there_is_told_with_help() {
    let site = site();
    for (path, help) in [
        ("/page/person/nobody-at-all", "/search?q=nobody%20at%20all"),
        ("/nothing", "/search?q=nothing"),
        ("/document/none.txt", "/documents"),
        ("/relations/XXX/PER", "ISO"),
        ("/relations/XXX", "ISO"),
        ("/list/Nothing", "Visit"),
        ("/assets/none.css", "/search"),
        ("/page/%3E%7D", "/search"),
    ] {
        for language in LANGUAGES {
            let response = site.get(path, language, BROWSER);
            assert_eq!(response.status(), 404, "{path}");
            check(path, language, response);
        }
        let text = site.get(path, "en", BROWSER).text().unwrap();
        assert!(text.contains(help), "{path}: {text}");
        let problem = site.get(path, "en", "*/*");
        assert_eq!(
            problem.headers()["content-type"],
            "application/problem+json"
        );
    }
    let wrong = site.get("/sparql?query=SELECT", "fr", BROWSER);
    assert_eq!(wrong.status(), 400);
    check("/sparql?query=SELECT", "fr", wrong);
}

#[test]
fn what_documents_say_stays_text() {
    let site = site();
    let names = site.page("/documents", "en");
    let path = links(&names, "/documents")
        .into_iter()
        .find(|link| link.contains("hostile"))
        .unwrap();
    let mut pages = vec![path];
    for page in [
        "/search?q=freedonia",
        "/search?q=%3Cscript%3Ealert(3)%3C/script%3E",
        "/list/Visit",
        "/relations/FRA/PER",
        "/",
    ] {
        pages.push(page.to_owned());
    }
    for path in pages {
        let response = site.get(&path, "en", BROWSER);
        assert_eq!(response.status(), 200, "{path}");
        let text = response.text().unwrap();
        assert!(
            !text.contains("<script>") && !text.contains("<b "),
            "{path}"
        );
        assert!(
            !text.contains("onmouseover=") || text.contains("&lt;b onmouseover"),
            "{path}"
        );
        elements(&path, &text);
    }
}

#[test]
fn files_of_the_site_are_kept_for_good() {
    let site = site();
    let page = site.page("/", "en");
    let sheet = elements("/", &page)
        .into_iter()
        .find(|element| {
            element
                .attributes
                .get("rel")
                .is_some_and(|rel| rel == "stylesheet")
        })
        .unwrap();
    let style = site.get(&sheet.attributes["href"], "en", "text/css");
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    assert!(
        style.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let text = style.text().unwrap();
    for held in [
        "prefers-color-scheme:dark",
        "@media print",
        "prefers-reduced-motion",
        "max-width:38rem",
        ":focus-visible",
    ] {
        assert!(text.contains(held), "{held}");
    }
    assert!(
        !text.contains("http") && !text.contains("@import"),
        "nothing from elsewhere"
    );
    // what was seen is not sent again
    let first = site.get("/conflicts", "en", BROWSER);
    let tag = first.headers()["etag"].clone();
    let again = site
        .client
        .get(format!("http://{}/conflicts", site.running.address()))
        .header("accept", BROWSER)
        .header("accept-language", "en")
        .header("accept-encoding", "identity")
        .header("if-none-match", tag)
        .send()
        .unwrap();
    assert_eq!(again.status(), 304);
}
