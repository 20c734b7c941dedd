//! The same article in every format gives the facts of its plain text, in three languages, and whatever happens to a file, reading it keeps its
//! promises.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "helpers of tests fail like tests"
)]

#[path = "never/written.rs"]
mod written;

use chancery::document::{Document, Select, read, read_again, read_all};
use chancery::extract::Engine;
use chancery::language::Lang;
use std::sync::LazyLock;
use written::{dump, record};

/// An article in every format.
struct Article {
    lang: Lang,
    title: &'static str,
    /// Who is said to have visited in all that a reader of the page does not see.
    nobody: &'static str,
    plain: &'static str,
    /// File name and text.
    marked: [(&'static str, &'static str); 4],
}

const ARTICLES: &[Article] = &[
    Article {
        lang: Lang::En,
        title: "France–Peru relations",
        nobody: "Nobody",
        plain: include_str!("formats/en/article.txt"),
        marked: [
            (
                "France–Peru_relations.wiki",
                include_str!("formats/en/France–Peru_relations.wiki"),
            ),
            ("page.html", include_str!("formats/en/page.html")),
            ("page.md", include_str!("formats/en/page.md")),
            ("page.xml", include_str!("formats/en/page.xml")),
        ],
    },
    Article {
        lang: Lang::Fr,
        title: "Relations entre la Norvège et le Pérou",
        nobody: "Personne",
        plain: include_str!("formats/fr/article.txt"),
        marked: [
            (
                "Relations_entre_la_Norvège_et_le_Pérou.wiki",
                include_str!("formats/fr/Relations_entre_la_Norvège_et_le_Pérou.wiki"),
            ),
            ("page.html", include_str!("formats/fr/page.html")),
            ("page.md", include_str!("formats/fr/page.md")),
            ("page.xml", include_str!("formats/fr/page.xml")),
        ],
    },
    Article {
        lang: Lang::Es,
        title: "Relaciones Ecuador-Suecia",
        nobody: "Nadie",
        plain: include_str!("formats/es/article.txt"),
        marked: [
            (
                "Relaciones_Ecuador-Suecia.wiki",
                include_str!("formats/es/Relaciones_Ecuador-Suecia.wiki"),
            ),
            ("page.html", include_str!("formats/es/page.html")),
            ("page.md", include_str!("formats/es/page.md")),
            ("page.xml", include_str!("formats/es/page.xml")),
        ],
    },
];

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().unwrap());

/// What a document states: how it is meant, kind and slots of each claim, sorted.
fn facts(document: &Document) -> Vec<String> {
    let claims = ENGINE.extract(document);
    let told = claims
        .iter()
        .map(|claim| format!("{} {}", claim.modality.name(), claim.fact));
    let mut found: Vec<String> = told.collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn every_format_gives_the_facts_of_the_plain_text() {
    for article in ARTICLES {
        let plain = facts(&read("article.txt", article.plain.as_bytes()).unwrap()[0]);
        assert!(plain.len() >= 8, "{plain:#?}");
        for (name, text) in article.marked {
            let document = read(name, text.as_bytes()).unwrap().remove(0);
            assert_eq!(facts(&document), plain, "{name}:\n{}", document.text);
            assert_eq!(document.title, article.title);
            assert_eq!(document.lang, article.lang);
            assert!(!document.text.contains(article.nobody), "{name}");
        }
        let record = record("n1", article.title, article.plain);
        let lines = format!("{record}{{\"no\": 1}}\n{record}");
        let found = read_all("many.jsonl", lines.as_bytes(), Select::All);
        assert_eq!(found.documents.len(), 2);
        assert_eq!(found.documents[0].id, "n1");
        let license = &found.documents[0].metadata.license;
        assert_eq!(license.as_deref(), Some("CC0-1.0"));
        assert_eq!(facts(&found.documents[0]), plain);
        assert_eq!(found.problems[0].code, "document.bad-record");
        assert!(found.problems[0].message.contains("line 2"));
        let xml = dump(article.title, article.marked[0].1);
        let found = read_all("wiki.xml", xml.as_bytes(), Select::All);
        assert_eq!(facts(&found.documents[0]), plain);
        assert_eq!(found.documents[0].metadata.revision.as_deref(), Some("77"));
    }
}

/// What a store holds of a document, its text and language, gives the same claims: by this a claim is explained.
#[test]
fn a_text_that_was_read_is_read_again_alike() {
    for article in ARTICLES {
        let marked = article.marked.map(|(name, text)| (name, text.to_owned()));
        for (name, text) in marked.into_iter().chain(written::all(article.plain)) {
            let document = read(name, text.as_bytes()).unwrap().remove(0);
            let again = read_again(name, &document.text, document.lang);
            assert_eq!(again.blocks, document.blocks, "{name}:\n{}", document.text);
            assert_eq!(ENGINE.extract(&again), ENGINE.extract(&document));
        }
    }
}

#[test]
fn metadata_is_kept() {
    for (name, text) in ARTICLES.iter().flat_map(|a| &a.marked[1..]) {
        let metadata = &read(name, text.as_bytes()).unwrap()[0].metadata;
        assert_eq!(metadata.date.as_deref(), Some("2020-05-02"), "{name}");
        let publisher = metadata.publisher.as_deref().unwrap();
        assert!(publisher.to_lowercase().contains("minist"), "{name}");
        let url = metadata.url.as_deref();
        assert_eq!(url, Some("https://example.org/page"), "{name}");
        assert!(metadata.license.is_some(), "{name}");
    }
}

#[test]
fn pages_of_a_dump_are_selected() {
    let article = &ARTICLES[0];
    let xml = dump(article.title, article.marked[0].1);
    let titles = |select| -> Vec<String> {
        let found = read_all("w.xml", xml.as_bytes(), select);
        found.documents.into_iter().map(|found| found.id).collect()
    };
    assert_eq!(titles(Select::Relations), ["w.xml#France–Peru relations"]);
    assert_eq!(titles(Select::Missions), ["w.xml#Embassy of Peru, Paris"]);
    assert_eq!(titles(Select::All).len(), 3);
}

#[test]
fn a_quote_leads_to_its_place_in_the_file() {
    for (start, end, (name, text)) in ARTICLES.iter().flat_map(|article| {
        let (start, end) = match article.lang {
            Lang::En => ("In 1964", "to Peru"),
            Lang::Fr => ("En 1964", "en Norvège"),
            Lang::Es => ("En 1964", "a Suecia"),
        };
        article
            .marked
            .iter()
            .map(move |marked| (start, end, marked))
    }) {
        let document = read(name, text.as_bytes()).unwrap().remove(0);
        let from = document.text.find(start).unwrap();
        let to = from + document.text[from..].find(end).unwrap() + end.len();
        let span = chancery::text::Span::new(from, to);
        let place = document.map.file_span(span).unwrap();
        let shown = &text[place.start..place.end];
        let last = end.rsplit(' ').next().unwrap();
        assert!(
            shown.starts_with(start) && shown.ends_with(last),
            "{name}: {shown}"
        );
    }
}
