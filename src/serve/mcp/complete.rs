//! The beginning of an argument → values that begin so: states for the prompts, paths of entities for the template of resources.

use super::super::Shared;
use super::{prompts, resources};
use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, ErrorData, Reference};

/// Completes an argument.
///
/// # Errors
/// `invalid_params` for a prompt, a template or an argument that there is not.
pub(super) async fn complete(
    shared: &Shared,
    request: &CompleteRequestParams,
) -> Result<CompleteResult, ErrorData> {
    let argument = &request.argument;
    let unknown = |what: String| ErrorData::invalid_params(what, None);
    // what is completed, and whether by the names of states or of all entities
    let states = match &request.r#ref {
        Reference::Prompt(prompt) => {
            let known = prompts::listed()
                .into_iter()
                .find(|one| one.name == prompt.name);
            let known =
                known.ok_or_else(|| unknown(format!("no prompt is called {:?}", prompt.name)))?;
            let arguments = known.arguments.unwrap_or_default();
            if !arguments.iter().any(|one| one.name == argument.name) {
                return Err(unknown(format!(
                    "{:?} has no argument {:?}",
                    prompt.name, argument.name
                )));
            }
            if argument.name == prompts::STATEMENT {
                return Ok(CompleteResult::default());
            }
            true
        }
        Reference::Resource(template) => {
            let known = resources::templates(shared)
                .iter()
                .any(|one| one.uri_template == template.uri);
            if !known || argument.name != resources::PATH {
                return Err(unknown(format!(
                    "{:?} has no {:?} to complete",
                    template.uri, argument.name
                )));
            }
            false
        }
        _ => {
            return Err(unknown(
                "only prompts and resources are completed".to_owned(),
            ));
        }
    };
    let names = shared
        .names()
        .await
        .map_err(|problem| ErrorData::internal_error(problem.told(), None))?;
    let found = names.find(&argument.value, states.then_some("State"));
    let value = |iri: &str, label: &str| match states {
        true => Some(label.to_owned()),
        false => iri.strip_prefix(&shared.base).map(str::to_owned),
    };
    let mut values: Vec<String> = Vec::new();
    for hit in &found {
        let label = hit
            .thing
            .labels
            .iter()
            .find(|label| label.language.as_deref() == Some("en"));
        let label = label
            .or(hit.thing.labels.first())
            .map_or("", |label| &label.text);
        values.extend(value(&hit.thing.iri, label));
    }
    let total = u32::try_from(values.len()).ok();
    let more = values.len() > CompletionInfo::MAX_VALUES;
    values.truncate(CompletionInfo::MAX_VALUES);
    CompletionInfo::with_pagination(values, total, more)
        .map(CompleteResult::new)
        .map_err(|error| ErrorData::internal_error(error, None))
}
