//! What texts tell, beside what they should: facts written as "mission city=Lima opened=1918".

use chancery::document::read;
use chancery::extract::Engine;
use chancery::fact::{Claim, Slot};

/// What a document tells, its head and all.
pub(crate) fn read_whole(engine: &Engine, text: &str) -> Vec<Claim> {
    let documents = read("plain", text.as_bytes()).unwrap();
    documents.iter().flat_map(|d| engine.extract(d)).collect()
}

/// Whether a claim has what `wanted` says: "mission city=Lima opened=1918"; `slot=` that it has none.
pub(crate) fn has(claim: &Claim, wanted: &str) -> bool {
    let mut parts = wanted.split(' ');
    let kind = parts.next().unwrap();
    claim.holds()
        && claim.fact.kind.name() == kind
        && parts.all(|part| {
            let (slot, value) = part.split_once('=').unwrap();
            let slot = Slot::parse(slot).unwrap();
            let texts: Vec<String> = claim.fact.all(slot).iter().map(|v| v.text()).collect();
            let value = value.replace('_', " ");
            value.is_empty() && texts.is_empty() || texts.contains(&value)
        })
}

/// That a text tells each of some facts.
pub(crate) fn assert_has(told: &[Claim], text: &str, wanted: &[&str]) {
    for wanted in wanted {
        let found = told.iter().any(|c| has(c, wanted));
        assert!(found, "{text}: no {wanted} in {told:#?}");
    }
}

/// Whole documents, each with the facts that it tells.
pub(crate) fn assert_documents_tell(engine: &Engine, documents: &[(&str, &[&str])]) {
    for (text, wanted) in documents {
        assert_has(&read_whole(engine, text), text, wanted);
    }
}
