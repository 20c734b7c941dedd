//! Every rule of every language finds what its examples say, and nothing that holds in its counter-examples.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::document::{Document, read};
use chancery::extract::Engine;
use chancery::fact::{Claim, Kind, Slot, Value};
use chancery::language::Language;

fn document(language: &Language, text: &str) -> Document {
    // A sentence alone would be taken for a title.
    let text = if text.starts_with("= ") {
        text.to_owned()
    } else {
        format!("= Example =\n\n{text}\n")
    };
    let mut documents = read("example", text.as_bytes()).expect("an example is a text");
    let mut document = documents.remove(0);
    // A single sentence is too short to tell its language by.
    document.lang = language.lang;
    document
}

/// Whether a claim gives what `kind: slot=value; slot=a|b` says; slots that it does not name are free.
fn gives(claim: &Claim, wanted: &str) -> bool {
    let (kind, slots) = wanted
        .split_once(':')
        .expect("an expectation is `kind: slot=value; …`");
    let slots = slots.split(';').map(str::trim).filter(|s| !s.is_empty());
    Kind::parse(kind.trim()) == Some(claim.fact.kind)
        && slots.into_iter().all(|pair| {
            let (slot, value) = pair.split_once('=').expect("a slot is `name=value`");
            let slot = Slot::parse(slot).unwrap_or_else(|| panic!("{slot:?} is no slot"));
            let found: Vec<String> = claim
                .fact
                .all(slot)
                .iter()
                .map(|v| match v {
                    Value::Office(office) => office.role.clone(),
                    other @ (Value::Person(_)
                    | Value::Body(_)
                    | Value::Place(_)
                    | Value::Date(_)
                    | Value::Term(_)
                    | Value::Text(_)
                    | Value::Number(_)) => other.text(),
                })
                .collect();
            found.join("|") == value
        })
}

#[test]
fn rules_find_what_their_examples_say() {
    let engine = Engine::embedded().expect("the embedded data is sound");
    let mut wrong = Vec::new();
    for language in Language::embedded().expect("the embedded data is sound") {
        for rule in &language.rules {
            for example in &rule.examples {
                let claims = engine.by_rules(&document(&language, &example.text));
                for wanted in &example.gives {
                    if !claims.iter().any(|c| c.holds() && gives(c, wanted)) {
                        let found: Vec<String> = claims
                            .iter()
                            .map(|c| format!("{:?} {:?} {:?}", c.fact, c.modality, c.polarity))
                            .collect();
                        wrong.push(format!(
                            "{}.{}: {:?}\n  wanted {wanted}\n  found {found:#?}",
                            language.lang.tag(),
                            rule.id,
                            example.text
                        ));
                    }
                }
            }
            for text in &rule.counter {
                let claims = engine.by_rules(&document(&language, text));
                let name = format!("{}.{}", language.lang.tag(), rule.id);
                for claim in claims.iter().filter(|c| c.holds() && c.rule == name) {
                    wrong.push(format!(
                        "{name} must find nothing that holds in {text:?}, but found {:?}",
                        claim.fact
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
