//! What is known of an entity → its page.

use super::known::{ELSEWHERE, Entity, Named, SENTENCES};
use super::schema;
use super::words::Language;
use crate::serve::html::{self, escape};
use crate::serve::ontology;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Longer values are cut.
const LONG: usize = 600;

/// The page of an entity; `path` is what its IRI has after `base`.
pub(super) fn page(entity: &Entity, base: &str, path: &str, language: Language) -> String {
    let name = language
        .label(&entity.labels)
        .map_or_else(|| local(&entity.iri, base), str::to_owned);
    // a sentence's number by its claim
    let numbers: BTreeMap<&str, usize> = entity
        .sentences
        .iter()
        .enumerate()
        .map(|(at, sentence)| (sentence.claim.as_str(), at + 1))
        .collect();
    let told = |property: &str, value: &str| {
        let key = (property.to_owned(), value.to_owned());
        let claims = entity.told.get(&key).into_iter().flatten();
        claims
            .filter_map(|claim| numbers.get(claim.as_str()))
            .map(|number| format!("<a href=\"#s{number}\">[{number}]</a>"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut out = format!(
        "<p><a href=\"/\">Chancery</a></p>\n<h1>{}</h1>\n<p><code>{}</code></p>\n",
        escape(&name),
        escape(&entity.iri)
    );
    let because = language.because();
    if !entity.properties.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>\n<table>", language.facts());
        for (property, values) in &entity.properties {
            for (at, value) in values.iter().enumerate() {
                let head = if at == 0 {
                    term(property, base, language)
                } else {
                    String::new()
                };
                let _ = writeln!(
                    out,
                    "<tr><th>{head}</th><td>{}</td><td>{}</td></tr>",
                    shown(value, base, language),
                    told(property, &value.value.text)
                );
            }
        }
        out.push_str("</table>\n");
    }
    if !entity.pointers.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>\n<table>", language.elsewhere());
        for pointer in &entity.pointers {
            let ways: Vec<String> = pointer
                .properties
                .iter()
                .map(|property| term(property, base, language))
                .collect();
            let _ = writeln!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escape(&pointer.date),
                shown(&pointer.thing, base, language),
                ways.join(", "),
                told("", &pointer.thing.value.text)
            );
        }
        out.push_str("</table>\n");
        if entity.pointers.len() >= ELSEWHERE {
            let _ = writeln!(out, "<p>{}</p>", language.more());
        }
    }
    if !entity.sentences.is_empty() {
        let _ = writeln!(out, "<h2>{}</h2>\n<ol>", language.sentences());
        for (at, sentence) in entity.sentences.iter().enumerate() {
            let title = if sentence.title.is_empty() {
                local(&sentence.document, base)
            } else {
                sentence.title.clone()
            };
            let _ = writeln!(
                out,
                "<li id=\"s{}\"><q>{}</q> <small>{because}: <a href=\"{}\">{}</a>, <a href=\"{}\">{}</a></small></li>",
                at + 1,
                escape(sentence.quote.trim()),
                escape(&address(&sentence.document, base)),
                escape(&title),
                escape(&address(&sentence.claim, base)),
                escape(&local(&sentence.claim, base)),
            );
        }
        out.push_str("</ol>\n");
        if entity.sentences.len() >= SENTENCES {
            let _ = writeln!(out, "<p>{}</p>", language.more());
        }
    }
    let _ = write!(out, "<p>{}:", language.data());
    for (ending, shown) in [
        ("ttl", "Turtle"),
        ("jsonld", "JSON-LD"),
        ("nt", "N-Triples"),
        ("rdf", "RDF/XML"),
    ] {
        let _ = write!(
            out,
            " <a href=\"/data/{}.{ending}\">{shown}</a>",
            escape(path)
        );
    }
    out.push_str("</p>");
    let head = format!(
        "<link rel=\"canonical\" href=\"{}\">\n<script type=\"application/ld+json\">{}</script>",
        escape(&entity.iri),
        schema::of(entity, &entity.iri)
    );
    html::document_in(language.code(), &name, &head, &out)
}

/// A value: what has an IRI links to its page, under its name.
fn shown(value: &Named, base: &str, language: Language) -> String {
    let text = &value.value.text;
    if value.value.kind == "uri" {
        let known = ontology::labels(text);
        let name = language
            .label(&value.labels)
            .or_else(|| language.label(known))
            .map_or_else(|| local(text, base), str::to_owned);
        return if link(text, base) {
            format!(
                "<a href=\"{}\">{}</a>",
                escape(&address(text, base)),
                escape(&name)
            )
        } else {
            escape(&name)
        };
    }
    let cut: String = text.chars().take(LONG).collect();
    let more = if cut.len() < text.len() { " …" } else { "" };
    match &value.value.language {
        Some(code) => format!(
            "<span lang=\"{}\">{}{more}</span>",
            escape(code),
            escape(&cut)
        ),
        None => format!("{}{more}", escape(&cut)),
    }
}

/// A property by its name in the ontology, with its address as a hint.
fn term(iri: &str, base: &str, language: Language) -> String {
    let name = language
        .label(ontology::labels(iri))
        .map_or_else(|| local(iri, base), str::to_owned);
    format!("<span title=\"{}\">{}</span>", escape(iri), escape(&name))
}

/// Whether an IRI is for clicking: `javascript:` and its like are not.
fn link(iri: &str, base: &str) -> bool {
    iri.starts_with(base) || iri.starts_with("http://") || iri.starts_with("https://")
}

fn address(iri: &str, base: &str) -> String {
    match (iri.strip_prefix(base), iri.strip_prefix(ontology::IRI)) {
        (Some(path), _) => format!("/page/{path}"),
        (None, Some(term)) => format!("/ontology{term}"),
        (None, None) => iri.to_owned(),
    }
}

fn local(iri: &str, base: &str) -> String {
    match iri.strip_prefix(base) {
        Some(path) => path.to_owned(),
        None => iri.rsplit(['#', '/']).next().unwrap_or(iri).to_owned(),
    }
}
