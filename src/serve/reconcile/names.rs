//! The generation that is served → the file of its names, written by a worker when they are first asked for.
//!
//! The file lies in a temporary folder of the server, not in the store: who only reads writes nothing there. It is mapped into memory by every
//! worker, so that all share it. A generation has one; a remote store, which does not tell when it changes, one for ten minutes.

use super::task::{Task, What};
use crate::serve::Shared;
use crate::serve::pool::Given;
use crate::serve::problem::{Kind, Problem};
use crate::serve::worker::Job;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// How long the names of a store are good that does not tell when it changes.
const GOOD: Duration = Duration::from_secs(600);
/// How long nobody tries again to learn names that could not be learned.
const FAILED: Duration = Duration::from_secs(30);

/// What is known of the names of the store.
#[derive(Debug, Default)]
pub(in crate::serve) struct Names(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    folder: Option<TempDir>,
    known: Option<Known>,
    /// How many files there were.
    count: u64,
}

/// What came of learning names.
#[derive(Clone, Debug)]
struct Known {
    version: Option<String>,
    when: Instant,
    outcome: Result<PathBuf, Problem>,
}

impl Known {
    fn is_good(&self, version: Option<&str>) -> bool {
        let age = self.when.elapsed();
        self.version.as_deref() == version
            && match self.outcome {
                Ok(_) => version.is_some() || age < GOOD,
                Err(_) => age < FAILED,
            }
    }
}

/// Has a worker do what needs the names.
///
/// # Errors
/// What the worker says, or why the names could not be learned.
pub(super) async fn ask(shared: &Arc<Shared>, what: What) -> Result<Given, Problem> {
    let mut last = None;
    // the file goes when another generation is there
    for _ in 0..2 {
        let task = Task {
            file: file(shared).await?,
            base: shared.base.clone(),
            what: what.clone(),
        };
        let outcome = shared.run(&Job::Names(task)).await;
        match outcome {
            Err(problem) if problem.kind() == Kind::Internal => last = Some(problem),
            outcome => return outcome,
        }
    }
    Err(last.unwrap_or_else(|| Problem::new(Kind::Internal, "The names are not there.")))
}

/// The file of names of the generation that is served now.
async fn file(shared: &Arc<Shared>) -> Result<PathBuf, Problem> {
    let shared = Arc::clone(shared);
    // goes on when the client leaves: others wait for the same
    let learning = tokio::spawn(async move {
        let mut state = shared.names.0.lock().await;
        let version = shared.pool.version();
        if let Some(known) = state
            .known
            .as_ref()
            .filter(|known| known.is_good(version.as_deref()))
        {
            return known.outcome.clone();
        }
        let known = state.learn(&shared).await;
        let outcome = known.outcome.clone();
        state.known = Some(known);
        outcome
    });
    learning
        .await
        .map_err(|error| Problem::new(Kind::Internal, error.to_string()))?
}

impl State {
    async fn learn(&mut self, shared: &Shared) -> Known {
        let version = shared.pool.version();
        let known = |version, outcome| Known {
            version,
            when: Instant::now(),
            outcome,
        };
        let folder = match self.folder.take().map_or_else(tempfile::tempdir, Ok) {
            Ok(folder) => self.folder.insert(folder),
            Err(error) => {
                let problem = Problem::new(Kind::Internal, format!("No temporary folder: {error}"));
                return known(version, Err(problem));
            }
        };
        self.count += 1;
        let file = folder.path().join(format!("{}.names", self.count));
        let task = Task {
            file: file.clone(),
            base: shared.base.clone(),
            what: What::Learn,
        };
        let outcome = shared.run(&Job::Names(task)).await;
        // what went before, and what a worker that was killed left behind
        for other in folder.path().read_dir().into_iter().flatten().flatten() {
            if other.path() != file || outcome.is_err() {
                let _ = std::fs::remove_file(other.path());
            }
        }
        match outcome {
            // the worker may have read a newer generation
            Ok(given) => known(given.version, Ok(file)),
            Err(problem) => known(version, Err(problem)),
        }
    }
}
