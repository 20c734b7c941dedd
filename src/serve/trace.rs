//! What the server does, as events for whoever listens (`chancery serve --log`), each with the id of its request. Credentials are in none of them,
//! and the text of queries only in those of the level `debug`.

use std::future::Future;
use std::io;
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// How the lines begin that workers write of what they do.
pub(super) const LINE: &[u8] = b"{\"timestamp\"";

tokio::task_local! {
    static REQUEST: String;
}

/// Writes events of this level and above to standard error, a line of JSON each. Of this program alone: what its libraries tell may hold anything.
pub fn listen(level: Level) {
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(io::stderr);
    // another listener of this process stays
    let _ = tracing_subscriber::registry()
        .with(Targets::new().with_target("chancery", level))
        .with(lines)
        .try_init();
}

/// Does what a request asks for, under its id.
pub(super) fn within<F: Future>(id: String, work: F) -> impl Future<Output = F::Output> {
    REQUEST.scope(id, work)
}

/// The id of the request that is worked for; empty for none.
pub(super) fn request() -> String {
    REQUEST.try_with(Clone::clone).unwrap_or_default()
}
