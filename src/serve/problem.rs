//! What went wrong → an answer in `application/problem+json` (RFC 9457), with the place in the query where there is one.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Where the kinds of problem are described; the kind is the last part.
const TYPES: &str = "https://w3id.org/chancery/problem/";

/// What went wrong. Each has one status, one title, and one name that stands in `docs/HTTP.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    /// The request breaks the protocol: parameters missing, repeated or not UTF-8.
    BadRequest,
    /// The query is not SPARQL.
    Syntax,
    /// The query is SPARQL but asks for what can't be done: nesting too deep, a service, an unknown function.
    Refused,
    /// An update on a server that only reads.
    ReadOnly,
    /// A change without the credential.
    Unauthorized,
    /// A host that is not ours, an origin that may not.
    Forbidden,
    /// The body did not arrive in time.
    SlowBody,
    /// Nothing under this path.
    NotFound,
    /// The method has no meaning here.
    MethodNotAllowed,
    /// No format that the client accepts.
    NotAcceptable,
    /// The query or the body is longer than the limit.
    TooLarge,
    /// The body is of a type that the protocol does not know.
    UnsupportedMediaType,
    /// The answer has more rows or bytes than the limit.
    AnswerTooLarge,
    /// The time limit of a query has passed.
    Timeout,
    /// As many queries run as may.
    Busy,
    /// The query needs more memory than it may have.
    Memory,
    /// One client asks more often than it may.
    TooMany,
    /// The store failed.
    Store,
    /// Our fault.
    Internal,
}

impl Kind {
    fn describe(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "bad-request",
                "The request is not as the protocol wants it",
            ),
            Self::Syntax => (
                StatusCode::BAD_REQUEST,
                "syntax",
                "What was sent is not valid",
            ),
            Self::Refused => (StatusCode::BAD_REQUEST, "refused", "The query is refused"),
            Self::ReadOnly => (StatusCode::FORBIDDEN, "read-only", "This server only reads"),
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "The credential is missing or wrong",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "forbidden",
                "That is not allowed here",
            ),
            Self::SlowBody => (
                StatusCode::REQUEST_TIMEOUT,
                "slow-body",
                "The request took too long to arrive",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "not-found",
                "Nothing is known under this address",
            ),
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "The method has no meaning here",
            ),
            Self::NotAcceptable => (
                StatusCode::NOT_ACCEPTABLE,
                "not-acceptable",
                "No acceptable format",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too-large",
                "What was sent is too long",
            ),
            Self::UnsupportedMediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media-type",
                "The body is of a type that is not understood here",
            ),
            Self::AnswerTooLarge => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "answer-too-large",
                "The answer is larger than the limit",
            ),
            Self::Timeout => (
                StatusCode::SERVICE_UNAVAILABLE,
                "timeout",
                "The time limit has passed",
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Too many queries at once",
            ),
            Self::Memory => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "memory",
                "The query needs more memory than the limit",
            ),
            Self::TooMany => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests from one address",
            ),
            Self::Store => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "store",
                "The store failed",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Something went wrong in the server",
            ),
        }
    }
}

/// One problem, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Problem(Box<Parts>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Parts {
    kind: Kind,
    detail: String,
    place: Option<(usize, usize)>,
    more: Map<String, Value>,
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem and the sentence that explains this occurrence of it.
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            detail: detail.into(),
            place: None,
            more: Map::new(),
            retry_after: None,
        }))
    }

    /// The sentence that explains it.
    pub(super) fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The name of its kind, as `docs/HTTP.md` has it.
    pub(super) fn name(&self) -> &'static str {
        self.0.kind.describe().1
    }

    /// What is wrong and where, in one line.
    pub(super) fn told(&self) -> String {
        let (_, _, title) = self.0.kind.describe();
        let place = match self.0.place {
            Some((line, column)) => format!(" (line {line}, column {column})"),
            None => String::new(),
        };
        format!("{title}{place}: {}", self.0.detail)
    }

    /// What kind it is.
    pub(super) fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Line and column in the query, where there is one.
    pub(super) fn place(&self) -> Option<(usize, usize)> {
        self.0.place
    }

    /// Where in the query: line and column, both from 1, the column in code points.
    pub(super) fn at(mut self, line: usize, column: usize) -> Self {
        self.0.place = Some((line, column));
        self
    }

    /// One more member of the problem object, such as the formats on offer.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.more.insert(name.to_owned(), value.into());
        self
    }

    /// When to come again, in seconds.
    pub(super) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }
}

impl Problem {
    /// Status, headers and body of the answer.
    pub(super) fn parts(self) -> (StatusCode, HeaderMap, String) {
        let (status, name, title) = self.0.kind.describe();
        let mut object = Map::new();
        object.insert("type".into(), format!("{TYPES}{name}").into());
        object.insert("title".into(), title.into());
        object.insert("status".into(), status.as_u16().into());
        object.insert("detail".into(), self.0.detail.into());
        if let Some((line, column)) = self.0.place {
            object.insert("line".into(), line.into());
            object.insert("column".into(), column.into());
        }
        object.extend(self.0.more);
        let mut body = Value::Object(object).to_string();
        body.push('\n');
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.0.kind == Kind::Unauthorized {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"chancery\""),
            );
        }
        if let Some(seconds) = self.0.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        (status, headers, body)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let told = self.clone();
        let (status, headers, body) = self.parts();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        // for who makes a page of it
        response.extensions_mut().insert(told);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_problem_has_its_place_and_headers() {
        let response = Problem::new(Kind::Syntax, "expected }")
            .at(2, 7)
            .retry_after(3)
            .into_response();
        assert_eq!(response.status(), 400);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        assert_eq!(response.headers()["retry-after"], "3");
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        let value: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(value["status"], 400);
        assert_eq!(value["line"], 2);
        assert_eq!(value["column"], 7);
        assert_eq!(value["type"], "https://w3id.org/chancery/problem/syntax");
    }
}
