//! The Model Context Protocol, for programs that speak for people: tools that find entities, ask, read what happened between two states and show the
//! sentences behind facts; resources; prompts. At `/mcp` (Streamable HTTP) and on standard input and output.
//!
//! Over HTTP a request stands alone, and its answer is one JSON document; a client that begins with `initialize` gets a session, where it is told of
//! what goes on (`http`). What tools ask goes to the same workers, within the same limits, as all other queries.

mod arguments;
mod complete;
mod find;
mod held;
mod http;
mod prompts;
mod resources;
mod sentences;
mod timeline;
mod tools;

use super::config::Config;
use super::layers::REQUEST_ID;
use super::{ServeError, Server, Shared, trace};
use held::Held;
pub use http::Speaks;
#[expect(
    deprecated,
    reason = "clients of the revisions in use ask for messages of the log"
)]
use rmcp::model::SetLevelRequestParams;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult,
    ContentBlock, ErrorData, GetPromptRequestParams, GetPromptResponse, Implementation,
    ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig, SubscribeRequestParams, Tool, UnsubscribeRequestParams,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler, ServiceExt};
use std::sync::Arc;
use std::time::Instant;
use tokio::time::sleep;

const INSTRUCTIONS: &str = "Facts of diplomatic relations, read from documents in English, French and Spanish: visits, treaties, missions, \
relations, appointments, meetings. Every fact has an IRI and the sentences that it was taken from. Begin with `find`; `timeline` tells what happened \
between two states; `sentences` gives the words to quote. When you state a fact, cite its IRI and quote the sentence with its document and licence. \
What is planned, denied or disputed is marked so: do not tell it as a fact. What the tools do not give is not known here.";

/// What speaks the protocol.
#[derive(Clone)]
struct Speaker {
    shared: Arc<Shared>,
    tools: Arc<Vec<Tool>>,
    /// What is held for the client, where it can be told something.
    held: Option<Arc<Held>>,
}

impl Speaker {
    /// For one session, or for requests that stand alone.
    fn new(shared: Arc<Shared>, session: bool) -> Self {
        Self {
            shared,
            tools: Arc::new(tools::declared()),
            held: session.then(Arc::default),
        }
    }

    fn held(&self) -> Result<&Arc<Held>, ErrorData> {
        let alone = "Only in a session, which begins with initialize.";
        self.held
            .as_ref()
            .ok_or_else(|| ErrorData::invalid_request(alone, None))
    }
}

type Asked = RequestContext<RoleServer>;

#[expect(
    deprecated,
    reason = "clients of the revisions in use ask for messages of the log"
)]
impl ServerHandler for Speaker {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .enable_completions();
        let capabilities = match self.held {
            Some(_) => capabilities
                .enable_logging()
                .enable_resources_subscribe()
                .build(),
            None => capabilities.build(),
        };
        let mut info = ServerConfig::new(capabilities);
        info.server_info =
            Implementation::new("chancery", env!("CARGO_PKG_VERSION")).with_title("Chancery");
        info.instructions = Some(INSTRUCTIONS.to_owned());
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.to_vec()))
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.tools.iter().find(|tool| tool.name == name).cloned()
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: Asked,
    ) -> Result<CallToolResponse, ErrorData> {
        let arguments = request.arguments.unwrap_or_default();
        let id = context
            .extensions
            .get::<axum::http::request::Parts>()
            .and_then(|parts| parts.headers.get(REQUEST_ID)?.to_str().ok());
        let work = tools::call(&self.shared, &request.name, &arguments);
        let work = trace::within(id.unwrap_or_default().to_owned(), work);
        let start = Instant::now();
        let progress = context
            .meta
            .get_progress_token()
            .filter(|_| self.held.is_some());
        let mut work = std::pin::pin!(work);
        // dropped with its work where the client takes it back
        let outcome = loop {
            tokio::select! {
                outcome = work.as_mut() => break outcome,
                () = context.ct.cancelled() => {
                    return Err(ErrorData::internal_error("The request was cancelled.", None));
                }
                () = sleep(held::STEP) => if let Some(token) = &progress {
                    held::goes_on(&context.peer, token, start.elapsed(), self.shared.pool.time()).await;
                }
            }
        };
        if let Some(held) = &self.held {
            let told = match &outcome {
                Ok(_) => None,
                Err(tools::Failed::Unknown) => Some("no such tool"),
                Err(tools::Failed::Told(words)) => Some(words.as_str()),
            };
            held.called(&context.peer, &request.name, start.elapsed(), told)
                .await;
        }
        match outcome {
            Ok(value) => Ok(CallToolResult::structured(value).into()),
            Err(tools::Failed::Unknown) => Err(ErrorData::invalid_params(
                format!("no tool is called {:?}", request.name),
                None,
            )),
            // the model reads it, and can do better
            Err(tools::Failed::Told(words)) => {
                Ok(CallToolResult::error(vec![ContentBlock::text(words)]).into())
            }
        }
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(resources::listed(
            &self.shared,
        )))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(
            resources::templates(&self.shared),
        ))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: Asked,
    ) -> Result<ReadResourceResponse, ErrorData> {
        resources::read(&self.shared, &request.uri)
            .await
            .map(Into::into)
    }

    async fn set_level(&self, request: SetLevelRequestParams, _: Asked) -> Result<(), ErrorData> {
        self.held()?.set_level(request.level);
        Ok(())
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: Asked,
    ) -> Result<(), ErrorData> {
        self.held()?
            .watch(&self.shared, request.uri, context.peer)
            .map_err(|words| ErrorData::invalid_params(words, None))
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _: Asked,
    ) -> Result<(), ErrorData> {
        self.held()?.leave(&request.uri);
        Ok(())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: Asked,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::listed()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: Asked,
    ) -> Result<GetPromptResponse, ErrorData> {
        prompts::get(&request.name, &request.arguments.unwrap_or_default()).map(Into::into)
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        _: Asked,
    ) -> Result<CompleteResult, ErrorData> {
        complete::complete(&self.shared, &request).await
    }
}

/// What speaks the protocol at `/mcp`.
pub(super) fn speaks(shared: &Arc<Shared>) -> Speaks {
    let other = shared.config.speaks.clone();
    other.unwrap_or_else(|| {
        let shared = Arc::clone(shared);
        Speaks::new(move |session| Speaker::new(Arc::clone(&shared), session))
    })
}

/// Speaks on standard input and output until the input ends.
///
/// # Errors
/// When the store can't be opened, or the pipes fail.
pub fn speak(config: Config) -> Result<(), ServeError> {
    let server = Server::without_address(config)?;
    let speaker = Speaker::new(Arc::clone(&server.shared), true);
    server.runtime.block_on(async {
        let watching = tokio::spawn(super::watch::generations(Arc::clone(&server.shared)));
        let failed = |error: String| ServeError::System(std::io::Error::other(error));
        let spoken = match speaker.serve(rmcp::transport::stdio()).await {
            Ok(running) => running
                .waiting()
                .await
                .map(drop)
                .map_err(|error| failed(error.to_string())),
            Err(error) => Err(failed(error.to_string())),
        };
        watching.abort();
        spoken
    })
}
