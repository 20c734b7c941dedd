//! What no rule has words for: found where it is told, not where it is planned, denied or told already.

#![expect(
    clippy::expect_used,
    reason = "a test stops at what it does not expect; clippy sees only the bodies of #[test] as tests"
)]

use chancery::check::{Gold, Label, dates_of};
use chancery::document::read;
use chancery::extract::Engine;
use chancery::fact::{Claim, Fact, Kind, Slot, Value};
use std::path::Path;

fn claims(engine: &Engine, text: &str) -> Vec<Claim> {
    let documents = read("example", text.as_bytes()).expect("an example is a text");
    documents.iter().flat_map(|d| engine.extract(d)).collect()
}

fn likely(claims: &[Claim]) -> Vec<&Claim> {
    claims
        .iter()
        .filter(|c| c.rule.ends_with(".likely"))
        .collect()
}

/// Over all documents that the weights are fitted to: each such claim is asserted, cited and none that a rule tells of the same sentence.
#[test]
fn what_is_likely_is_told_once_and_cited() {
    let engine = Engine::embedded().expect("the embedded data is sound");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/passages");
    let mut count = 0;
    for lang in ["en", "fr", "es"] {
        let files = std::fs::read_dir(folder.join(lang)).expect("the passages are there");
        for file in files.map(|f| f.expect("a file").path()) {
            if file.extension().is_none_or(|e| e != "txt") {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a passage is a text");
            let all = claims(&engine, &text);
            assert_eq!(all, claims(&engine, &text), "{}", file.display());
            for claim in likely(&all) {
                count += 1;
                assert!((40..=90).contains(&claim.confidence), "{claim:?}");
                assert!(!claim.evidence.is_empty(), "{claim:?}");
                let again = |c: &&Claim| c.fact == claim.fact && c.statement() == claim.statement();
                assert_eq!(all.iter().filter(again).count(), 1, "{claim:?}");
            }
        }
    }
    assert!(count > 100, "{count} claims");
}

#[test]
fn questions_are_no_facts() {
    let engine = Engine::embedded().expect("the embedded data is sound");
    let text = "= Chile–Peru relations =\n\nWhen would President Ana Soto of Chile set foot on Peruvian soil?\n";
    assert!(claims(&engine, text).iter().all(|c| !c.holds()));
}

#[test]
fn gold_tells_what_a_sentence_states_and_when() {
    let gold = r#"{"facts": [{"type": "visit", "visitor": "Ana Soto", "role": "President", "from": "Chile", "to": "Peru",
        "city": "", "start": "2001-05-03", "end": "", "kind": "other", "evidence": "She set foot in Lima on 3 May 2001"}]}"#;
    let gold = Gold::parse(gold)
        .expect("it is gold")
        .expect("it has facts");
    let person = |name: &str| {
        Value::Person(chancery::fact::Person {
            name: name.to_owned(),
        })
    };
    let peru = Value::Body(chancery::fact::Body {
        class: chancery::fact::BodyClass::State,
        key: "PER".to_owned(),
        name: "Peru".to_owned(),
    });
    let visit = |name: &str| {
        Fact::new(Kind::Visit)
            .with(Slot::Visitor, person(name))
            .with(Slot::To, peru.clone())
    };
    let sentence = "She set foot in Lima on 3 May 2001, after a long flight.";
    let Label::Stated(rows) = gold.label(&visit("Ana Soto"), sentence) else {
        unreachable!("it is stated");
    };
    assert_eq!(gold.label(&visit("Ana Soto"), "He left."), Label::Not);
    assert_eq!(gold.label(&visit("Jan Novotny"), sentence), Label::Not);
    let day = chancery::fact::Day::checked(2001, Some(5), Some(3)).map(chancery::fact::Edtf::on);
    let year = Some(chancery::fact::Edtf::on(chancery::fact::Day::year(2001)));
    let dates = |options: &[_]| dates_of(Kind::Visit, &rows, Slot::Start, options);
    assert_eq!(dates(&[day, year, None]), [true, false, false]);
    assert_eq!(dates(&[year, None]), [true, false]);
}
