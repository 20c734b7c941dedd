//! `/update`: a request of the protocol → the store changed (SPARQL 1.1 Protocol, section 2.2).

use super::Shared;
use super::negotiate::essence;
use super::parameters::Parameters;
use super::problem::{Kind, Problem};
use super::protocol::{self, media_type};
use super::worker::Change;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use std::sync::Arc;

/// POST of `/update`.
pub(super) async fn answer(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let writer = shared.writer_for(request.headers())?;
    let change = read(&shared, request).await?;
    shared.change(writer, change, Vec::new()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn read(shared: &Shared, request: Request) -> Result<Change, Problem> {
    let limit = shared.config.limits.upload_bytes;
    let time = shared.config.clients.body_time;
    let address = Parameters::parse(request.uri().query().unwrap_or_default().as_bytes())?;
    let base = shared.address_of(request.headers(), "/update");
    let media = media_type(request.headers())?;
    let twice = || {
        Problem::new(
            Kind::BadRequest,
            "The update is in the body; the address has an “update” or a “query” too.",
        )
    };
    if address.has("update") || address.has("query") {
        return Err(twice());
    }
    let (text, given) = match media.as_str() {
        "application/x-www-form-urlencoded" => {
            let body = protocol::body(request, limit.saturating_mul(3), time).await?;
            let form = Parameters::parse(&body)?;
            if form.has("query") {
                return Err(twice());
            }
            let text = form.one("update")?.map(str::to_owned);
            (
                text.ok_or_else(|| {
                    Problem::new(Kind::BadRequest, "The parameter “update” is missing.")
                })?,
                form,
            )
        }
        "application/sparql-update" => {
            let body = protocol::body(request, limit, time).await?;
            let text = String::from_utf8(body.to_vec())
                .map_err(|_| Problem::new(Kind::BadRequest, "The update is not UTF-8 text."))?;
            (text, address)
        }
        _ => {
            return Err(Problem::new(
                Kind::UnsupportedMediaType,
                "The body is neither a form nor an update.",
            )
            .with(
                "acceptable",
                vec![
                    "application/x-www-form-urlencoded",
                    "application/sparql-update",
                ],
            ));
        }
    };
    let all = |name: &str| given.all(name).map(str::to_owned).collect();
    Ok(Change::Update {
        text,
        using: all("using-graph-uri"),
        using_named: all("using-named-graph-uri"),
        base: Some(base),
        nesting: shared.config.limits.nesting,
    })
}

/// The media type of a body without its parameters, in lower case.
pub(super) fn essence_of(request: &Request) -> String {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(essence)
        .unwrap_or_default()
}
