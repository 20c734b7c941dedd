//! What is held for a client that can be told something → what it is told: of its calls, that a long one goes on, that a resource changed.
#![expect(
    deprecated,
    reason = "clients of the revisions in use ask for messages of the log"
)]

use super::resources;
use crate::serve::Shared;
use rmcp::RoleServer;
use rmcp::model::{
    LoggingLevel, LoggingMessageNotificationParam, ProgressNotificationParam, ProgressToken,
    ResourceUpdatedNotificationParam,
};
use rmcp::service::Peer;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::sleep;

/// How often a client is told that its call goes on, and whether its resources changed.
pub(super) const STEP: Duration = Duration::from_secs(1);
/// The most resources that one client watches.
const WATCHED: usize = 100;
/// The longest IRI of one, in bytes.
const IRI: usize = 2048;

/// What is held for one client.
#[derive(Debug, Default)]
pub(super) struct Held(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// From which level on it wants messages; none before it says so.
    level: Option<LoggingLevel>,
    watched: BTreeSet<String>,
    watching: bool,
}

impl Held {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on messages of this level and above are wanted.
    pub(super) fn set_level(&self, level: LoggingLevel) {
        self.state().level = Some(level);
    }

    /// Tells of a call that was done, and what was wrong with it.
    pub(super) async fn called(
        &self,
        client: &Peer<RoleServer>,
        tool: &str,
        took: Duration,
        problem: Option<&str>,
    ) {
        let level = match problem {
            None => LoggingLevel::Info,
            Some(_) => LoggingLevel::Warning,
        };
        let wanted = self.state().level;
        if wanted.is_none_or(|wanted| rank(level) < rank(wanted)) {
            return;
        }
        let data = json!({ "tool": tool, "ms": took.as_millis(), "problem": problem });
        let message = LoggingMessageNotificationParam::new(level, data).with_logger("chancery");
        // who left needs no news
        let _ = client.notify_logging_message(message).await;
    }

    /// Tells of this resource when there is another generation.
    ///
    /// # Errors
    /// Why it can't be watched.
    pub(super) fn watch(
        self: &Arc<Self>,
        shared: &Arc<Shared>,
        iri: String,
        client: Peer<RoleServer>,
    ) -> Result<(), String> {
        if iri.len() > IRI || !resources::is_ours(shared, &iri) {
            return Err(format!("nothing is served under {iri:.100}"));
        }
        let mut state = self.state();
        if state.watched.len() >= WATCHED && !state.watched.contains(&iri) {
            return Err(format!("at most {WATCHED} resources are watched"));
        }
        state.watched.insert(iri);
        if !state.watching {
            state.watching = true;
            tokio::spawn(tell(Arc::clone(self), Arc::clone(shared), client));
        }
        Ok(())
    }

    /// This resource is of no interest any more.
    pub(super) fn leave(&self, iri: &str) {
        self.state().watched.remove(iri);
    }
}

/// Tells a client of what it watches, until it has left.
async fn tell(held: Arc<Held>, shared: Arc<Shared>, client: Peer<RoleServer>) {
    let mut version = shared.pool.version();
    while !client.is_transport_closed() {
        sleep(STEP).await;
        let now = shared.pool.version();
        if now == version {
            continue;
        }
        version = now;
        let watched = held.state().watched.clone();
        for iri in watched {
            let news = ResourceUpdatedNotificationParam::new(iri);
            if client.notify_resource_updated(news).await.is_err() {
                return;
            }
        }
    }
}

/// Tells that a call goes on: the seconds so far, of those that a query may take.
pub(super) async fn goes_on(
    client: &Peer<RoleServer>,
    token: &ProgressToken,
    since: Duration,
    limit: Duration,
) {
    let mut news = ProgressNotificationParam::new(token.clone(), since.as_secs_f64());
    news.total = Some(limit.as_secs_f64().max(since.as_secs_f64()));
    let _ = client.notify_progress(news).await;
}

fn rank(level: LoggingLevel) -> u8 {
    match level {
        LoggingLevel::Debug => 0,
        LoggingLevel::Info => 1,
        LoggingLevel::Notice => 2,
        LoggingLevel::Warning => 3,
        LoggingLevel::Error => 4,
        LoggingLevel::Critical => 5,
        LoggingLevel::Alert => 6,
        LoggingLevel::Emergency => 7,
    }
}
