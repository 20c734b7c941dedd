//! The same article in every format gives the facts of its plain text, and whatever happens to a file, reading it keeps its promises.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "helpers of tests fail like tests"
)]

use chancery::document::{Document, Select, read, read_all};
use chancery::extract::Engine;
use proptest::prelude::*;
use std::sync::LazyLock;

const PLAIN: &str = include_str!("formats/article.txt");
const MARKED: &[(&str, &str)] = &[
    (
        "France–Peru_relations.wiki",
        include_str!("formats/France–Peru_relations.wiki"),
    ),
    ("page.html", include_str!("formats/page.html")),
    ("page.md", include_str!("formats/page.md")),
    ("page.xml", include_str!("formats/page.xml")),
];

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().unwrap());

/// What a document states: kind, modality and slots of each claim, sorted.
fn facts(document: &Document) -> Vec<String> {
    let mut found: Vec<String> = ENGINE
        .extract(document)
        .iter()
        .map(|claim| {
            let slots: Vec<String> = claim
                .fact
                .slots
                .iter()
                .map(|(slot, values)| {
                    let values: Vec<String> =
                        values.iter().map(chancery::fact::Value::text).collect();
                    format!("{}={}", slot.name(), values.join("|"))
                })
                .collect();
            format!(
                "{} {} {}",
                claim.fact.kind.name(),
                claim.modality.name(),
                slots.join("; ")
            )
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

fn dump(wikitext: &str) -> String {
    let escaped = wikitext
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let page = |title: &str, space: u8, more: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>{space}</ns><id>1</id>{more}<revision><id>77</id><timestamp>2020-05-02T01:02:03Z</timestamp><text bytes=\"9\" xml:space=\"preserve\">{text}</text></revision></page>\n"
        )
    };
    format!(
        "<mediawiki xmlns=\"x\" xml:lang=\"en\"><siteinfo><sitename>W</sitename></siteinfo>\n{}{}{}{}{}</mediawiki>",
        page("France–Peru relations", 0, "", &escaped),
        page("Talk:France–Peru relations", 1, "", "Talk of France."),
        page(
            "Peru–France relations",
            0,
            "<redirect title=\"France–Peru relations\" />",
            "#REDIRECT [[x]]"
        ),
        page(
            "Embassy of Peru, Paris",
            0,
            "",
            "The '''Embassy of Peru in Paris''' is the mission of [[Peru]] in France."
        ),
        page("Apple", 0, "", "An '''apple''' is a fruit."),
    )
}

#[test]
fn every_format_gives_the_facts_of_the_plain_text() {
    let plain = facts(&read("article.txt", PLAIN.as_bytes()).unwrap()[0]);
    assert!(plain.len() >= 8, "{plain:#?}");
    for (name, text) in MARKED {
        let documents = read(name, text.as_bytes()).unwrap();
        assert_eq!(
            facts(&documents[0]),
            plain,
            "{name}:\n{}",
            documents[0].text
        );
        assert_eq!(documents[0].title, "France–Peru relations");
        assert!(!documents[0].text.contains("Nobody"), "{name}");
    }
    let record = serde_json::json!({"id": "n1", "title": "France–Peru relations", "text": PLAIN, "date": "2020-05-02", "url": "https://example.org/page", "license": "CC0-1.0"});
    let lines = format!("{record}\n{{\"no\": 1}}\n{record}\n");
    let found = read_all("many.jsonl", lines.as_bytes(), Select::All);
    assert_eq!(found.documents.len(), 2);
    assert_eq!(found.documents[0].id, "n1");
    assert_eq!(
        found.documents[0].metadata.license.as_deref(),
        Some("CC0-1.0")
    );
    assert_eq!(facts(&found.documents[0]), plain);
    assert_eq!(found.problems[0].code, "document.bad-record");
    assert!(found.problems[0].message.contains("line 2"));
    let xml = dump(MARKED[0].1);
    let found = read_all("wiki.xml", xml.as_bytes(), Select::All);
    assert_eq!(facts(&found.documents[0]), plain);
    assert_eq!(found.documents[0].metadata.revision.as_deref(), Some("77"));
}

#[test]
fn metadata_is_kept() {
    for (name, text) in MARKED.iter().skip(1) {
        let metadata = &read(name, text.as_bytes()).unwrap()[0].metadata;
        assert_eq!(metadata.date.as_deref(), Some("2020-05-02"), "{name}");
        assert_eq!(metadata.publisher.as_deref(), Some("A Ministry"), "{name}");
        assert_eq!(
            metadata.url.as_deref(),
            Some("https://example.org/page"),
            "{name}"
        );
        assert!(metadata.license.is_some(), "{name}");
    }
}

#[test]
fn pages_of_a_dump_are_selected() {
    let xml = dump(MARKED[0].1);
    let titles = |select| -> Vec<String> {
        read_all("w.xml", xml.as_bytes(), select)
            .documents
            .into_iter()
            .map(|found| found.id)
            .collect()
    };
    assert_eq!(titles(Select::Relations), ["w.xml#France–Peru relations"]);
    assert_eq!(titles(Select::Missions), ["w.xml#Embassy of Peru, Paris"]);
    assert_eq!(titles(Select::All).len(), 3);
}

/// Spans on boundaries, quotes in the text, and every stretch of the map the same in text and file.
fn check(document: &Document, file: &[u8]) {
    if let chancery::document::SourceMap::Pieces(pieces) = &document.map {
        for &(text, at, len) in pieces {
            assert_eq!(
                &document.text.as_bytes()[text..text + len],
                &file[at..at + len]
            );
        }
    }
    for block in &document.blocks {
        assert!(
            document
                .text
                .get(block.span.start..block.span.end)
                .is_some()
        );
        if let Some(place) = document.map.file_span(block.span) {
            assert!(place.start <= place.end && place.end <= file.len());
        }
    }
    for claim in ENGINE.extract(document) {
        for evidence in &claim.evidence {
            assert!(
                document
                    .text
                    .get(evidence.span.start..evidence.span.end)
                    .is_some()
            );
        }
    }
}

#[test]
fn a_quote_leads_to_its_place_in_the_file() {
    for (name, text) in MARKED {
        let document = read(name, text.as_bytes()).unwrap().remove(0);
        check(&document, text.as_bytes());
        let start = document.text.find("In 1964").unwrap();
        let end = start + document.text[start..].find("to Peru").unwrap() + "to Peru".len();
        let place = document
            .map
            .file_span(chancery::text::Span::new(start, end))
            .unwrap();
        let shown = &text[place.start..place.end];
        assert!(
            shown.starts_with("In 1964")
                && shown.ends_with("Peru")
                && shown.contains("mile Vautrin"),
            "{name}: {shown}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn damaged_documents_of_every_format(
        which in 0usize..6,
        cuts in proptest::collection::vec((0usize..3000, 0usize..60), 1..6),
        glue in "(\\{\\{|\\}\\}|\\[\\[|\\]\\]|\\{\\||\\|\\}|<ref>|<!--|</p>|<li>|&amp;|&#x202e;|\"|\\\\u00|\n|=|é|\u{301}){0,4}",
    ) {
        let dumped = dump(MARKED[0].1);
        let record = format!("{}\n", serde_json::json!({"text": MARKED[0].1, "title": "T"}));
        let (name, text) = match which { 4 => ("d.xml", dumped.as_str()), 5 => ("r.jsonl", record.as_str()), at => MARKED[at] };
        let mut text = text.to_owned();
        for (at, len) in cuts {
            let border = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let (start, end) = (border(at), border(at + len));
            text.replace_range(start..end, &glue);
        }
        for document in read_all(name, text.as_bytes(), Select::All).documents {
            check(&document, text.as_bytes());
        }
    }
}
