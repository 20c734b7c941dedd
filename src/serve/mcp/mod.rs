//! The Model Context Protocol, for programs that speak for people: tools that find entities, ask, read what happened between two states and show the
//! sentences behind facts; resources; prompts. At `/mcp` (Streamable HTTP) and on standard input and output.
//!
//! Over HTTP each request stands alone: no session is kept, so none can be stolen, filled up or lost, and an answer is one JSON document. What tools
//! ask goes to the same workers, within the same limits, as all other queries.

mod arguments;
mod complete;
mod find;
mod prompts;
mod resources;
mod sentences;
mod timeline;
mod tools;

use super::config::Config;
use super::layers::REQUEST_ID;
use super::listen::Peer;
use super::problem::{Kind, Problem};
use super::protocol;
use super::{ServeError, Server, Shared, guard, trace};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult,
    ContentBlock, ErrorData, GetPromptRequestParams, GetPromptResponse, Implementation,
    ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{RoleServer, ServerHandler, ServiceExt};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest message that is read, in bytes; a query may be [`crate::query::MAX_BYTES`] long.
const MESSAGE: usize = 1 << 20;

const INSTRUCTIONS: &str = "Facts of diplomatic relations, read from documents in English, French and Spanish: visits, treaties, missions, \
relations, appointments, meetings. Every fact has an IRI and the sentences that it was taken from. Begin with `find`; `timeline` tells what happened \
between two states; `sentences` gives the words to quote. When you state a fact, cite its IRI and quote the sentence with its document and licence. \
What is planned, denied or disputed is marked so: do not tell it as a fact. What the tools do not give is not known here.";

/// What speaks the protocol.
#[derive(Clone)]
struct Speaker {
    shared: Arc<Shared>,
    tools: Arc<Vec<Tool>>,
}

impl Speaker {
    fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            tools: Arc::new(tools::declared()),
        }
    }
}

type Asked = RequestContext<RoleServer>;

impl ServerHandler for Speaker {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .enable_prompts()
            .enable_completions()
            .build();
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
        // dropped with its work where the client takes it back
        let outcome = tokio::select! {
            outcome = work => outcome,
            () = context.ct.cancelled() => {
                return Err(ErrorData::internal_error("The request was cancelled.", None));
            }
        };
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
#[derive(Clone, Debug)]
pub struct Speaks(Router<Arc<Shared>>);

impl Speaks {
    /// Somebody else's tools, resources and prompts, spoken to as this program's own are: each request alone, one JSON document as its answer.
    #[must_use]
    pub fn new(speaker: impl ServerHandler + Clone) -> Self {
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(MESSAGE)
            // looked at here, by the rules of the whole server
            .disable_allowed_hosts()
            .disable_allowed_origins();
        let service = StreamableHttpService::new(
            move || Ok(speaker.clone()),
            Arc::new(NeverSessionManager::default()),
            config,
        );
        let answer = move |State(shared): State<Arc<Shared>>, request: Request| {
            let service = service.clone();
            async move {
                let request = checked(&shared, request).await?;
                Ok::<Response, Problem>(service.handle(request).await.into_response())
            }
        };
        Self(Router::new().route("/mcp", post(answer)))
    }
}

/// `/mcp`
pub(super) fn routes(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    let other = shared.config.speaks.clone();
    other
        .unwrap_or_else(|| Speaks::new(Speaker::new(Arc::clone(shared))))
        .0
}

/// A request that may speak to us, with all of its message.
async fn checked(shared: &Shared, request: Request) -> Result<Request, Problem> {
    guard::speaks_to_us(&shared.config, request.headers())?;
    let (parts, body) = request.into_parts();
    let time = shared.config.clients.body_time;
    // all of it, in the time that bodies have
    let body = protocol::body(Request::new(body), MESSAGE, time).await?;
    // by the parser that reads it then, so that what it refuses (nesting, numbers out of range) is told here
    if let Err(error) = serde_json::from_slice::<BTreeMap<String, Value>>(&body) {
        let problem = format!("The message is not one JSON object: {error}");
        return Err(Problem::new(Kind::BadRequest, problem).at(error.line(), error.column()));
    }
    let mut request = Request::from_parts(parts, Body::from(body));
    request.extensions_mut().remove::<Peer>();
    Ok(request)
}

/// Speaks on standard input and output until the input ends.
///
/// # Errors
/// When the store can't be opened, or the pipes fail.
pub fn speak(config: Config) -> Result<(), ServeError> {
    let server = Server::without_address(config)?;
    let speaker = Speaker::new(Arc::clone(&server.shared));
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
