//! The generation that is served → the file of its names, written by a worker when they are first asked for.
//!
//! The file lies in a temporary folder of the server, not in the store: who only reads writes nothing there. It is mapped into memory by every
//! worker, so that all share it. A generation has one; a remote store, which does not tell when it changes, one for ten minutes.

use super::place::{LOCK, Place};
use super::task::{Task, What};
use crate::serve::Shared;
use crate::serve::pool::Given;
use crate::serve::problem::{Kind, Problem};
use crate::serve::worker::Job;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout;

/// How long the names of a store are good that does not tell when it changes.
const GOOD: Duration = Duration::from_secs(600);
/// How long nobody tries again to learn names that could not be learned.
const FAILED: Duration = Duration::from_secs(30);
/// How long learning may take, where a query may not take longer: once for a generation, not once for each who asks.
const LEARNING: Duration = Duration::from_secs(600);

/// What is known of the names of the store.
#[derive(Debug, Default)]
pub(in crate::serve) struct Names {
    state: Mutex<State>,
    /// Told whenever something was learned.
    learned: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct State {
    folder: Option<Place>,
    known: Option<Known>,
    /// Whether a worker is at it.
    learning: bool,
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

/// The file of names of the generation that is served now, once they are learned. Whoever waits for that waits as long as a query may take.
async fn file(shared: &Arc<Shared>) -> Result<PathBuf, Problem> {
    let waiting = async {
        let mut learned = shared.names.learned.subscribe();
        loop {
            learned.borrow_and_update();
            if let Some(outcome) = shared.names.known_or_learn(shared) {
                return outcome;
            }
            if learned.changed().await.is_err() {
                return Err(Problem::new(Kind::Internal, "The server is stopping."));
            }
        }
    };
    timeout(shared.pool.time(), waiting)
        .await
        .unwrap_or_else(|_| {
            let problem = "The names of the store are still being read; try again soon.";
            Err(Problem::new(Kind::Busy, problem).retry_after(10))
        })
}

impl Names {
    /// What is known of the present generation; none where it is being learned, by a task that goes on when the client leaves: others wait for
    /// the same.
    fn known_or_learn(&self, shared: &Arc<Shared>) -> Option<Result<PathBuf, Problem>> {
        let mut state = self.state();
        let version = shared.pool.version();
        if let Some(known) = &state.known
            && known.is_good(version.as_deref())
        {
            return Some(known.outcome.clone());
        }
        if !std::mem::replace(&mut state.learning, true) {
            let shared = Arc::clone(shared);
            tokio::spawn(async move {
                let known = learn(&shared).await;
                let mut state = shared.names.state();
                state.known = Some(known);
                state.learning = false;
                drop(state);
                shared.names.learned.send_replace(());
            });
        }
        None
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A path for another file.
    fn another(&self) -> io::Result<PathBuf> {
        let mut state = self.state();
        if state.folder.is_none() {
            state.folder = Some(Place::new(&std::env::temp_dir())?);
        }
        state.count += 1;
        let name = format!("{}.names", state.count);
        let folder = state.folder.as_ref().map(Place::path);
        Ok(folder.unwrap_or(Path::new("")).join(name))
    }
}

async fn learn(shared: &Shared) -> Known {
    let known = |version, outcome| Known {
        version,
        when: Instant::now(),
        outcome,
    };
    let version = shared.pool.version();
    let file = match shared.names.another() {
        Ok(file) => file,
        Err(error) => {
            let problem = Problem::new(Kind::Internal, format!("No temporary folder: {error}"));
            return known(version, Err(problem));
        }
    };
    let task = Task {
        file: file.clone(),
        base: shared.base.clone(),
        what: What::Learn,
    };
    let outcome = shared.run_within(&Job::Names(task), LEARNING).await;
    // what went before, and what a worker that was killed left behind
    let folder = file.parent().and_then(|folder| folder.read_dir().ok());
    for other in folder.into_iter().flatten().flatten() {
        let names = other.file_name() != LOCK;
        if names && (other.path() != file || outcome.is_err()) {
            let _ = std::fs::remove_file(other.path());
        }
    }
    match outcome {
        // the worker may have read a newer generation
        Ok(given) => known(given.version, Ok(file)),
        Err(problem) => known(version, Err(problem)),
    }
}
