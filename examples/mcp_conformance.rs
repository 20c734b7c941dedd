//! The server of this program with the tools, resources and prompts that the Model Context Protocol's conformance suite asks for, in place of its own: so
//! that it is the protocol as this program speaks it that the suite tries. `scripts/mcp-conformance` runs it.
//!
//!   cargo run --example mcp_conformance -- PROGRAM STORE ADDRESS        PROGRAM is `chancery`, which its workers run

#![expect(
    deprecated,
    reason = "the suite tries messages of the log and sampling, which later revisions leave out"
)]
#![expect(
    clippy::print_stderr,
    reason = "a program for one script, which tells on standard error what is wrong"
)]

use chancery::serve::{Config, Speaks, run};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ClientResult, CompleteRequestParams,
    CompleteResult, CompletionInfo, ContentBlock, CreateMessageRequestParams, ElicitRequest,
    ElicitRequestParams, ErrorData, GetPromptRequestParams, GetPromptResponse, GetPromptResult,
    JsonObject, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult,
    ListToolsResult, LoggingLevel, LoggingMessageNotificationParam, PaginatedRequestParams,
    ProgressNotificationParam, Prompt, PromptArgument, PromptMessage, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Role,
    SamplingMessage, SamplingMessageContentBlock, ServerCapabilities, ServerConfig, ServerRequest,
    SetLevelRequestParams, SubscribeRequestParams, Tool, UnsubscribeRequestParams,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler};
use serde_json::{Value, json};
use std::fmt::Display;
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::sleep;

/// Between one message and the next.
const STEP: Duration = Duration::from_millis(50);

/// A picture of one red point, and a sound of no length.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const WAV: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

#[derive(Clone)]
struct Fixtures;

type Asked = RequestContext<RoleServer>;

fn text_resource(uri: &str, media: &str, text: &str) -> ResourceContents {
    ResourceContents::TextResourceContents {
        uri: uri.to_owned(),
        mime_type: Some(media.to_owned()),
        text: text.to_owned(),
        meta: None,
    }
}

fn failed(error: impl Display) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

/// What the client's user fills in.
async fn ask(context: &Asked, message: &str, schema: Value) -> Result<String, ErrorData> {
    let form = json!({ "mode": "form", "message": message, "requestedSchema": schema });
    let form: ElicitRequestParams = serde_json::from_value(form).map_err(failed)?;
    let request = ServerRequest::ElicitRequest(ElicitRequest::new(form));
    let answer = context.peer.send_request(request).await.map_err(failed)?;
    let ClientResult::ElicitResult(answer) = answer else {
        return Err(failed("another answer was expected"));
    };
    serde_json::to_string(&answer).map_err(failed)
}

impl ServerHandler for Fixtures {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(
            ServerCapabilities::builder()
                .enable_tools()
                .enable_resources()
                .enable_prompts()
                .enable_completions()
                .enable_logging()
                .enable_resources_subscribe()
                .build(),
        )
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListToolsResult, ErrorData> {
        let mut schema = JsonObject::new();
        schema.insert("type".to_owned(), "object".into());
        let tools = [
            "test_simple_text",
            "test_image_content",
            "test_audio_content",
            "test_embedded_resource",
            "test_multiple_content_types",
            "test_error_handling",
            "test_tool_with_logging",
            "test_tool_with_progress",
            "test_sampling",
            "test_elicitation",
            "test_elicitation_sep1034_defaults",
            "test_elicitation_sep1330_enums",
        ];
        let tool = |name| Tool::new(name, "A fixture of the conformance suite", schema.clone());
        Ok(ListToolsResult::with_all_items(
            tools.into_iter().map(tool).collect(),
        ))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: Asked,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.clone().unwrap_or_default();
        let argument = |name: &str| {
            let given = arguments.get(name).and_then(Value::as_str);
            given.unwrap_or_default().to_owned()
        };
        let image = || ContentBlock::image(PNG, "image/png");
        let words = ContentBlock::text;
        let content = match request.name.as_ref() {
            "test_simple_text" => vec![words("This is a simple text response for testing.")],
            "test_image_content" => vec![image()],
            "test_audio_content" => vec![ContentBlock::audio(WAV, "audio/wav")],
            "test_embedded_resource" => vec![ContentBlock::resource(text_resource(
                "test://embedded-resource",
                "text/plain",
                "This is an embedded resource content.",
            ))],
            "test_multiple_content_types" => vec![
                words("Multiple content types test:"),
                image(),
                ContentBlock::resource(text_resource(
                    "test://mixed-content-resource",
                    "application/json",
                    "{\"test\":\"data\",\"value\":123}",
                )),
            ],
            "test_tool_with_logging" => {
                for told in ["started", "processing data", "completed"] {
                    let data = format!("Tool {told}").into();
                    let message = LoggingMessageNotificationParam::new(LoggingLevel::Info, data);
                    context
                        .peer
                        .notify_logging_message(message)
                        .await
                        .map_err(failed)?;
                    sleep(STEP).await;
                }
                vec![words("Three messages were sent.")]
            }
            "test_tool_with_progress" => {
                for progress in [0.0, 50.0, 100.0] {
                    if let Some(token) = context.meta.get_progress_token() {
                        let mut news = ProgressNotificationParam::new(token, progress);
                        news.total = Some(100.0);
                        context.peer.notify_progress(news).await.map_err(failed)?;
                    }
                    sleep(STEP).await;
                }
                vec![words("Done.")]
            }
            "test_sampling" => {
                let prompt = SamplingMessageContentBlock::text(argument("prompt"));
                let message = SamplingMessage::new(Role::User, prompt);
                let asked = CreateMessageRequestParams::new(vec![message], 100);
                let answer = context.peer.create_message(asked).await.map_err(failed)?;
                let text = serde_json::to_string(&answer).map_err(failed)?;
                vec![words(&format!("LLM response: {text}"))]
            }
            "test_elicitation" => {
                let schema = json!({ "type": "object", "required": ["username", "email"], "properties": {
                    "username": { "type": "string", "description": "User's response" },
                    "email": { "type": "string", "description": "User's email address" } } });
                let answer = ask(&context, &argument("message"), schema).await?;
                vec![words(&format!("User response: {answer}"))]
            }
            "test_elicitation_sep1034_defaults" => {
                let schema = json!({ "type": "object", "properties": {
                    "name": { "type": "string", "default": "John Doe" },
                    "age": { "type": "integer", "default": 30 },
                    "score": { "type": "number", "default": 95.5 },
                    "status": { "type": "string", "enum": ["active", "inactive", "pending"], "default": "active" },
                    "verified": { "type": "boolean", "default": true } } });
                let answer = ask(&context, "Fill in the form.", schema).await?;
                vec![words(&format!("Elicitation completed: {answer}"))]
            }
            "test_elicitation_sep1330_enums" => {
                let options = json!(["option1", "option2", "option3"]);
                let titled = json!([
                    { "const": "value1", "title": "First" },
                    { "const": "value2", "title": "Second" },
                    { "const": "value3", "title": "Third" }]);
                let schema = json!({ "type": "object", "properties": {
                    "untitledSingle": { "type": "string", "enum": options },
                    "titledSingle": { "type": "string", "oneOf": titled },
                    "legacyEnum": { "type": "string", "enum": ["opt1", "opt2", "opt3"],
                        "enumNames": ["Option One", "Option Two", "Option Three"] },
                    "untitledMulti": { "type": "array", "items": { "type": "string", "enum": options } },
                    "titledMulti": { "type": "array", "items": { "anyOf": titled } } } });
                let answer = ask(&context, "Choose.", schema).await?;
                vec![words(&format!("Elicitation completed: {answer}"))]
            }
            "test_error_handling" => {
                let told = words("This tool intentionally returns an error for testing");
                return Ok(CallToolResult::error(vec![told]).into());
            }
            other => {
                return Err(ErrorData::invalid_params(
                    format!("no tool is called {other:?}"),
                    None,
                ));
            }
        };
        Ok(CallToolResult::success(content).into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListResourcesResult, ErrorData> {
        let resource = |uri: &str, media: &str| Resource::new(uri, uri).with_mime_type(media);
        Ok(ListResourcesResult::with_all_items(vec![
            resource("test://static-text", "text/plain"),
            resource("test://static-binary", "image/png"),
        ]))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let template = ResourceTemplate::new("test://template/{id}/data", "template");
        Ok(ListResourceTemplatesResult::with_all_items(vec![
            template.with_mime_type("application/json"),
        ]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: Asked,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = request.uri.as_str();
        let id = uri
            .strip_prefix("test://template/")
            .and_then(|rest| rest.strip_suffix("/data"));
        let contents = match (uri, id) {
            ("test://static-text", _) => text_resource(
                uri,
                "text/plain",
                "This is the content of the static text resource.",
            ),
            ("test://static-binary", _) => ResourceContents::BlobResourceContents {
                uri: uri.to_owned(),
                mime_type: Some("image/png".to_owned()),
                blob: PNG.to_owned(),
                meta: None,
            },
            (_, Some(id)) => text_resource(
                uri,
                "application/json",
                &format!(
                    "{{\"id\":\"{id}\",\"templateTest\":true,\"data\":\"Data for ID: {id}\"}}"
                ),
            ),
            _ => return Err(ErrorData::resource_not_found(uri.to_owned(), None)),
        };
        Ok(ReadResourceResult::new(vec![contents]).into())
    }

    async fn set_level(&self, _: SetLevelRequestParams, _: Asked) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn subscribe(&self, _: SubscribeRequestParams, _: Asked) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn unsubscribe(&self, _: UnsubscribeRequestParams, _: Asked) -> Result<(), ErrorData> {
        Ok(())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListPromptsResult, ErrorData> {
        let needs = |name: &str| PromptArgument::new(name).with_required(true);
        let prompt = |name: &str, arguments: &[&str]| {
            let arguments: Vec<PromptArgument> = arguments.iter().map(|one| needs(one)).collect();
            let given = (!arguments.is_empty()).then_some(arguments);
            Prompt::new(name, Some("A fixture of the conformance suite"), given)
        };
        Ok(ListPromptsResult::with_all_items(vec![
            prompt("test_simple_prompt", &[]),
            prompt("test_prompt_with_arguments", &["arg1", "arg2"]),
            prompt("test_prompt_with_embedded_resource", &["resourceUri"]),
            prompt("test_prompt_with_image", &[]),
        ]))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: Asked,
    ) -> Result<GetPromptResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let argument = |name: &str| {
            let given = arguments.get(name).and_then(|value| value.as_str());
            given.unwrap_or_default().to_owned()
        };
        let words = |words: String| PromptMessage::new_text(Role::User, words);
        let messages = match request.name.as_str() {
            "test_simple_prompt" => vec![words("This is a simple prompt for testing.".to_owned())],
            "test_prompt_with_arguments" => vec![words(format!(
                "Prompt with arguments: arg1='{}', arg2='{}'",
                argument("arg1"),
                argument("arg2")
            ))],
            "test_prompt_with_embedded_resource" => {
                let uri = argument("resourceUri");
                let resource =
                    text_resource(&uri, "text/plain", "Embedded resource content for testing.");
                vec![
                    PromptMessage::new(Role::User, ContentBlock::resource(resource)),
                    words("Please process the embedded resource above.".to_owned()),
                ]
            }
            "test_prompt_with_image" => vec![
                PromptMessage::new(Role::User, ContentBlock::image(PNG, "image/png")),
                words("Please analyze the image above.".to_owned()),
            ],
            other => {
                return Err(ErrorData::invalid_params(
                    format!("no prompt is called {other:?}"),
                    None,
                ));
            }
        };
        Ok(GetPromptResult::new(messages).into())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _: Asked,
    ) -> Result<CompleteResult, ErrorData> {
        let all = ["paris", "park", "party"].map(str::to_owned);
        let begun = |value: &String| value.starts_with(&request.argument.value);
        CompletionInfo::with_all_values(all.into_iter().filter(begun).collect())
            .map(CompleteResult::new)
            .map_err(|error| ErrorData::internal_error(error, None))
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, store, address] = arguments.as_slice() else {
        eprintln!("usage: mcp_conformance PROGRAM STORE ADDRESS");
        return ExitCode::from(2);
    };
    let mut config = Config::new(store.as_str());
    config.program = Some(program.into());
    config.speaks = Some(Speaks::new(|_| Fixtures));
    match address.parse() {
        Ok(address) => config.address = address,
        Err(error) => {
            eprintln!("{address}: {error}");
            return ExitCode::from(2);
        }
    }
    match run(config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}
