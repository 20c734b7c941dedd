//! The name of a prompt and its arguments → what a person would ask, so that the answer cites.

use rmcp::model::{
    ErrorData, GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role,
};

/// The argument that is free text.
pub(super) const STATEMENT: &str = "statement";

/// What there is.
pub(super) fn listed() -> Vec<Prompt> {
    let needed = |name: &str, words: &str| {
        PromptArgument::new(name)
            .with_description(words)
            .with_required(true)
    };
    vec![
        Prompt::new(
            "briefing",
            Some("A briefing on the relations of two states, with a source for every sentence"),
            Some(vec![
                needed("a", "One state: its name or ISO 3166 alpha-3 code"),
                needed("b", "The other state"),
            ]),
        ),
        Prompt::new(
            "check",
            Some("Whether documents bear out a statement on diplomatic relations"),
            Some(vec![needed(STATEMENT, "The statement")]),
        ),
    ]
}

/// One of them, filled in.
pub(super) fn get(name: &str, arguments: &JsonObject) -> Result<GetPromptResult, ErrorData> {
    let argument = |name: &str| {
        arguments
            .get(name)
            .and_then(serde_json::Value::as_str)
            .filter(|text| !text.trim().is_empty())
            .ok_or_else(|| {
                ErrorData::invalid_params(format!("the argument {name:?} is missing"), None)
            })
    };
    let words = match name {
        "briefing" => format!(
            "Write a briefing on the relations between {} and {}. Read the whole timeline with the tool `timeline` (follow `next`), and the sentences of what \
             matters with `sentences`. Order it by time. After every statement cite the IRI of its fact, and quote the sentence with the title, address and \
             licence of its document. Say where sources disagree, what was only planned or denied, and where nothing is known.",
            argument("a")?,
            argument("b")?
        ),
        "check" => format!(
            "Is this borne out by the documents: “{}”? Find the entities with `find`, the facts with `timeline` or `sparql`, and their sentences with `sentences`. \
             Answer “borne out”, “contradicted” or “not known here”, and quote each sentence that you rely on with its document and the IRI of its claim.",
            argument(STATEMENT)?
        ),
        _ => {
            return Err(ErrorData::invalid_params(
                format!("no prompt is called {name:?}"),
                None,
            ));
        }
    };
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(
        Role::User,
        words,
    )]))
}
