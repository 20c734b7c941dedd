//! The form of the site's pages: well formed, headings in order, ids unique, labels on inputs, small, and nothing that the policy forbids.

use super::{BROWSER, LANGUAGES, site};
use html5gum::{Token, Tokenizer};
use reqwest::blocking::Response;
use std::collections::{BTreeMap, BTreeSet};

/// Larger pages load slowly where lines are slow.
const LARGEST: usize = 50_000;

/// Pages of every kind.
const PAGES: [&str; 31] = [
    "/",
    "/search",
    "/search?q=per",
    "/search?q=per&class=Mission",
    "/search?q=nobody+at+all",
    "/documents",
    "/document/france-peru-relations.txt",
    "/document/consulate-general-of-peru-paris.txt",
    "/document/france-perou-point-de-presse.txt",
    "/relations",
    "/relations/FRA",
    "/relations/FRA/PER",
    "/relations/peru/france?kind=Visit&order=oldest",
    "/relations/FRA/PER?view=table&way=b",
    "/relations/CHE/COL",
    "/list/Visit",
    "/list/Person",
    "/list/State?page=99",
    "/conflicts",
    "/review",
    "/review?list=apart",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Fc+%7D+LIMIT+5",
    "/sparql?query=ASK+%7B%7D",
    "/sparql?query=CONSTRUCT+WHERE+%7B+%3Fs+a+%3Fc+%7D+LIMIT+5",
    "/page/state/france",
    "/page/state/peru?kind=MissionPhase",
    "/page/mission/peru-france-paris-consulate-general",
    "/page/organisation/european-union",
    "/page/city/paris",
    "/page/treaty/colombia-european-union-peru-2012-free-trade-agreement",
];

/// An element as it begins.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// The elements of a page, after a look at whether it is well formed.
pub(crate) fn elements(path: &str, text: &str) -> Vec<Element> {
    const VOID: [&str; 6] = ["meta", "link", "input", "br", "img", "hr"];
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for token in Tokenizer::new(text) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attributes = tag
                    .attributes
                    .iter()
                    .map(|(name, value)| {
                        (
                            String::from_utf8_lossy(name).into_owned(),
                            String::from_utf8_lossy(value).into_owned(),
                        )
                    })
                    .collect();
                if !tag.self_closing && !VOID.contains(&name.as_str()) {
                    open.push(name.clone());
                }
                found.push(Element { name, attributes });
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(
                    open.pop().as_deref(),
                    Some(name.as_str()),
                    "{path}: {open:?}"
                );
            }
            Token::Error(error) => panic!("{path}: {error:?}"),
            Token::String(_) | Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    assert!(open.is_empty(), "{path}: {open:?} stay open");
    found
}

pub(crate) fn check(path: &str, language: &str, response: Response) {
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
            .to_owned()
    };
    assert_eq!(header("content-language"), language, "{path}");
    let policy = header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{path}: {policy}"
    );
    let text = response.text().unwrap();
    assert!(text.len() < LARGEST, "{path}: {} bytes", text.len());
    let elements = elements(path, &text);
    let get = |element: &Element, name: &str| element.attributes.get(name).cloned();
    let html = elements
        .iter()
        .find(|element| element.name == "html")
        .unwrap();
    assert_eq!(get(html, "lang").as_deref(), Some(language), "{path}");
    let mut ids = BTreeSet::new();
    let mut fragments = Vec::new();
    let mut labelled = BTreeSet::new();
    let mut level = 0;
    let mut inside_label = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on"), "{path}: {element:?}");
            assert_ne!(name, "style", "{path}: {element:?}");
            if matches!(name.as_str(), "href" | "src" | "action") {
                assert!(
                    value.starts_with(['/', '#']) || value.starts_with("http"),
                    "{path}: {element:?}"
                );
            }
        }
        if let Some(id) = get(element, "id") {
            assert!(ids.insert(id.clone()), "{path}: id {id} twice");
        }
        if let Some(href) = get(element, "href").filter(|href| href.starts_with('#')) {
            fragments.push(href.trim_start_matches('#').to_owned());
        }
        for name in ["aria-labelledby", "for"] {
            fragments.extend(get(element, name));
        }
        match element.name.as_str() {
            // data, or the scripts of this server where they were built
            "script" => match get(element, "src") {
                None => assert_eq!(
                    get(element, "type").as_deref(),
                    Some("application/ld+json"),
                    "{path}"
                ),
                Some(source) => assert!(source.starts_with("/assets/site-"), "{path}: {source}"),
            },
            "style" => panic!("{path}: a style element"),
            "label" => {
                labelled.extend(get(element, "for"));
                inside_label.push(at + 1);
            }
            "input" | "select" | "textarea" => {
                let hidden = get(element, "type").as_deref() == Some("hidden");
                let named = get(element, "id").is_some_and(|id| labelled.contains(&id));
                assert!(
                    hidden || named || inside_label.contains(&at),
                    "{path}: {element:?} has no label"
                );
            }
            "img" => assert!(get(element, "alt").is_some(), "{path}: {element:?}"),
            "svg" => assert!(
                get(element, "aria-label").is_some() || get(element, "aria-hidden").is_some(),
                "{path}: {element:?}"
            ),
            "h1" | "h2" | "h3" | "h4" => {
                let here: usize = element.name.trim_start_matches('h').parse().unwrap();
                assert!(here <= level + 1, "{path}: {} below h{level}", element.name);
                level = here;
            }
            _ => {}
        }
    }
    for fragment in fragments {
        assert!(
            ids.contains(&fragment),
            "{path}: nothing is called {fragment}"
        );
    }
    let count = |name: &str| elements.iter().filter(|one| one.name == name).count();
    assert_eq!((count("h1"), count("main")), (1, 1), "{path}");
}

#[test]
fn every_page_is_whole_in_every_language() {
    let site = site();
    for path in PAGES {
        for language in LANGUAGES {
            let response = site.get(path, language, BROWSER);
            assert_eq!(response.status(), 200, "{path}");
            check(path, language, response);
        }
    }
}

/// Every link within the site that a page has.
pub(crate) fn links(text: &str, path: &str) -> BTreeSet<String> {
    elements(path, text)
        .iter()
        .filter_map(|element| {
            element
                .attributes
                .get("href")
                .or(element.attributes.get("action"))
        })
        .filter(|link| link.starts_with('/'))
        .map(|link| link.split('#').next().unwrap().to_owned())
        .collect()
}
