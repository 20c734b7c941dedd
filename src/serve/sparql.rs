//! `/sparql`: a request of the protocol → rows, a graph, the description of the service, or a problem.

use super::negotiate::prefers;
use super::parameters::Parameters;
use super::problem::Problem;
use super::protocol::{self, Asked, text_header};
use super::site::html;
use super::site::sparql::editor;
use super::{Shared, description};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// On what an answer depends that is no page.
pub(super) const VARY: &str = "Accept, Accept-Encoding";

/// GET and POST of `/sparql`.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let accept = text_header(request.headers(), &header::ACCEPT);
    let outcome = respond(&shared, request, accept.as_deref()).await;
    let mut response = outcome.unwrap_or_else(IntoResponse::into_response);
    // only pages are in a language
    let varies = if prefers(accept.as_deref(), "text/html") {
        "Accept, Accept-Language, Accept-Encoding"
    } else {
        VARY
    };
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static(varies));
    response
}

async fn respond(
    shared: &Arc<Shared>,
    request: Request<Body>,
    accept: Option<&str>,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let address = request.uri().query().unwrap_or_default().to_owned();
    let frame = || {
        Parameters::parse(address.as_bytes())
            .map(|parameters| shared.frame("/sparql", &parameters, &headers))
    };
    match protocol::read(request, &shared.config).await? {
        Asked::Description if prefers(accept, "text/html") => {
            let frame = frame()?;
            let text = editor(&frame)?;
            Ok(html(StatusCode::OK, text.into_bytes(), frame.code()))
        }
        Asked::Description => description::answer(shared, &headers, accept),
        Asked::Query(mut query) => {
            query.base = Some(shared.address_of(&headers, "/sparql"));
            // a browser gets a table above the query, unless a format is asked for
            let page = query.format.is_none() && prefers(accept, "text/html");
            let around = page
                .then(|| frame().map(|frame| frame.around()))
                .transpose()?;
            shared.answer(query, around, &headers).await
        }
    }
}
