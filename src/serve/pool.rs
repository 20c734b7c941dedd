//! Jobs → replies of worker processes, each within its time; a fixed number run at once.
//!
//! A worker that is not done in time, or whose client left, is killed, and another is started in its place. So a query can't outlast its limit
//! whatever the engine does, and the server itself parses and evaluates nothing.

#[cfg(target_os = "linux")]
mod lent;

use super::compress::Coding;
use super::problem::{Kind, Problem};
use super::trace;
use super::worker::{Died, Job, Reply, Setup, Worker};
use bytes::Bytes;
#[cfg(target_os = "linux")]
pub(super) use lent::{Came, Desk, Guest, Lent, Placed};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::info;

/// How long a query may wait for its turn before the server says that it is busy.
const WAIT: Duration = Duration::from_secs(1);
/// So long before its end the time of a query is over: it is told of within that time.
const TELL: Duration = Duration::from_millis(50);
/// Answers that are on their way to clients are counted in pieces of so many bytes.
const PIECE: usize = 1024;
/// As many of the largest answers may be on their way to clients as queries may run, and so many more.
const ON_THEIR_WAY: usize = 4;

/// A whole answer of a worker.
#[derive(Clone, Debug)]
pub(super) struct Given {
    /// Its media type.
    pub(super) media: String,
    /// Rows or triples in it.
    pub(super) rows: usize,
    /// How its bytes are compressed.
    pub(super) coding: Coding,
    /// Its bytes.
    pub(super) body: Bytes,
    /// The generation that it is of.
    pub(super) version: Option<String>,
}

/// The limits of a pool.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// How many jobs run at once.
    pub(super) turns: usize,
    /// How long each may take.
    pub(super) time: Duration,
    /// How large an answer may be.
    pub(super) bytes: usize,
}

/// Workers, and turns for them.
#[derive(Clone, Debug)]
pub(super) struct Pool(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    setup: Setup,
    bounds: Bounds,
    turns: Arc<Semaphore>,
    /// Room for answers, in pieces.
    room: Arc<Semaphore>,
    idle: Mutex<Vec<Worker>>,
    version: Mutex<Option<String>>,
    #[cfg(target_os = "linux")]
    lent: Mutex<lent::All>,
    runtime: Handle,
}

/// A worker for one job. Dropped before the job is done, the worker is killed and replaced.
struct Lease {
    pool: Arc<Inner>,
    worker: Option<Worker>,
    _turn: OwnedSemaphorePermit,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            drop(worker);
            info!(id = trace::request(), "a worker was ended and is replaced");
            self.pool.runtime.spawn(replace(Arc::clone(&self.pool)));
        }
    }
}

/// Bytes and the room that they take until they are sent.
struct Held {
    bytes: Vec<u8>,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Pool {
    /// A pool whose first worker is ready; the others come soon.
    ///
    /// # Errors
    /// When no worker can be started, or it can't open the store.
    pub(super) async fn start(setup: Setup, bounds: Bounds) -> io::Result<Self> {
        let turns = bounds.turns.clamp(1, 200);
        let first = Worker::start(&setup).await?;
        let pieces = bounds
            .bytes
            .div_ceil(PIECE)
            .saturating_mul(turns + ON_THEIR_WAY);
        let inner = Arc::new(Inner {
            version: Mutex::new(first.version().map(str::to_owned)),
            setup,
            bounds,
            turns: Arc::new(Semaphore::new(turns)),
            room: Arc::new(Semaphore::new(pieces.min(u32::MAX as usize))),
            idle: Mutex::new(vec![first]),
            #[cfg(target_os = "linux")]
            lent: Mutex::default(),
            runtime: Handle::current(),
        });
        for _ in 1..turns {
            tokio::spawn(replace(Arc::clone(&inner)));
        }
        Ok(Self(inner))
    }

    /// The time that each job gets.
    pub(super) fn time(&self) -> Duration {
        self.0.bounds.time
    }

    /// The generation that is answered from.
    pub(super) fn version(&self) -> Option<String> {
        lock(&self.0.version).clone()
    }

    /// Jobs that run now, and workers that wait.
    pub(super) fn load(&self) -> (usize, usize) {
        let turns = self.0.bounds.turns.clamp(1, 200);
        let running = turns.saturating_sub(self.0.turns.available_permits());
        (running, lock(&self.0.idle).len())
    }

    /// From now on another generation is answered from: a worker opens it before its next job.
    pub(super) fn turn_to(&self, version: &str) {
        *lock(&self.0.version) = Some(version.to_owned());
        // those that have connections are asked for them before anybody learns of the new generation
        #[cfg(target_os = "linux")]
        lock(&self.0.lent).recall();
    }

    /// Has those workers that wait open the generation that is answered from.
    pub(super) async fn refresh(&self) {
        let Some(version) = self.version() else {
            return;
        };
        // one at a time, so that there are workers for those who ask meanwhile
        for _ in 0..self.0.bounds.turns {
            let Some(mut worker) = self.0.take_older(&version) else {
                break;
            };
            if worker.open_again().await.is_ok() {
                self.0.give_back(worker);
            } else {
                drop(worker);
                replace(Arc::clone(&self.0)).await;
            }
        }
    }

    /// Runs a job within a time.
    ///
    /// # Errors
    /// `Busy` without a turn within a second, `Timeout` at the limit, `Memory` and `Internal` when the worker ended, else what it says.
    pub(super) async fn run(&self, job: &Job, time: Duration) -> Result<Given, Problem> {
        let end = Instant::now() + time.saturating_sub(TELL.min(time / 20));
        #[cfg(target_os = "linux")]
        if self.0.turns.available_permits() == 0 {
            lock(&self.0.lent).crowd();
        }
        let turn = timeout(
            WAIT.min(self.0.bounds.time),
            Arc::clone(&self.0.turns).acquire_owned(),
        );
        let turn = match turn.await {
            Ok(Ok(turn)) => turn,
            Ok(Err(_)) => return Err(Problem::new(Kind::Internal, "The server is stopping.")),
            Err(_) => return Err(busy()),
        };
        let lease = Lease {
            pool: Arc::clone(&self.0),
            worker: None,
            _turn: turn,
        };
        timeout_at(end, self.0.work(lease, job))
            .await
            .unwrap_or_else(|_| Err(timed_out(time)))
    }
}

/// The time of a query is over.
pub(super) fn timed_out(limit: Duration) -> Problem {
    let seconds = limit.as_secs_f64();
    Problem::new(
            Kind::Timeout,
            format!("The query was stopped after {seconds} s. Ask for less: bind a subject or a class, or add a LIMIT."),
        )
        .with("limit", seconds)
        .retry_after(limit.as_secs().max(1))
}

impl Inner {
    async fn work(&self, mut lease: Lease, job: &Job) -> Result<Given, Problem> {
        let mut last = None;
        // a store that can't be read any more may have been replaced meanwhile
        for _ in 0..2 {
            let worker = match lease.worker.as_mut() {
                Some(worker) => worker,
                None => lease.worker.insert(self.take().await?),
            };
            match worker.ask(job, &[]).await {
                Ok((
                    Reply::Done {
                        media,
                        rows,
                        coding,
                    },
                    length,
                )) => {
                    let body = self.receive(worker, length).await?;
                    let version = worker.version().map(str::to_owned);
                    if let Some(worker) = lease.worker.take() {
                        self.give_back(worker);
                    }
                    return Ok(Given {
                        media,
                        rows,
                        coding,
                        body,
                        version,
                    });
                }
                Ok((Reply::Failed(problem), _)) => {
                    let again = problem.kind() == Kind::Store && worker.version().is_some();
                    if !again {
                        if let Some(worker) = lease.worker.take() {
                            self.give_back(worker);
                        }
                        return Err(problem);
                    }
                    last = Some(problem);
                    if worker.open_again().await.is_err() {
                        lease.worker = None;
                    }
                }
                Ok(_) => {
                    return Err(Problem::new(
                        Kind::Internal,
                        "A worker answered out of turn.",
                    ));
                }
                Err(died) => return Err(self.ended(died)),
            }
        }
        Err(last.unwrap_or_else(|| Problem::new(Kind::Internal, "No worker could answer.")))
    }

    /// The body of an answer, once there is room for it.
    async fn receive(&self, worker: &mut Worker, length: usize) -> Result<Bytes, Problem> {
        let pieces = u32::try_from(length.div_ceil(PIECE)).unwrap_or(u32::MAX);
        let room = timeout(WAIT, Arc::clone(&self.room).acquire_many_owned(pieces));
        let Ok(Ok(room)) = room.await else {
            return Err(busy());
        };
        let bytes = worker.body(length).await.map_err(|died| self.ended(died))?;
        Ok(Bytes::from_owner(Held { bytes, _room: room }))
    }

    fn ended(&self, died: Died) -> Problem {
        match died {
            Died::Memory => Problem::new(
                Kind::Memory,
                format!(
                    "The query needs more than {} MiB of memory. Ask for less: bind a subject or a class, or do without sorting and grouping all.",
                    self.setup.memory >> 20
                ),
            )
            .with("limit", self.setup.memory),
            Died::Broken => Problem::new(
                Kind::Internal,
                "The evaluation of the query broke off.",
            ),
        }
    }

    /// A worker that reads the present generation.
    async fn take(&self) -> Result<Worker, Problem> {
        let failed = |error: io::Error| {
            Problem::new(Kind::Store, format!("No worker is ready: {error}")).retry_after(1)
        };
        let Some(mut worker) = self.waiting() else {
            return Worker::start(&self.setup).await.map_err(failed);
        };
        let wanted = lock(&self.version).clone();
        if wanted.as_deref() != worker.version() && worker.open_again().await.is_err() {
            return Worker::start(&self.setup).await.map_err(failed);
        }
        Ok(worker)
    }

    /// A worker that waits.
    fn waiting(&self) -> Option<Worker> {
        let mut idle = lock(&self.idle);
        loop {
            let mut worker = idle.pop()?;
            // somebody else may have ended it meanwhile
            if worker.lives() {
                return Some(worker);
            }
        }
    }

    /// A waiting worker that reads another generation.
    fn take_older(&self, version: &str) -> Option<Worker> {
        let mut idle = lock(&self.idle);
        let at = idle
            .iter()
            .position(|worker| worker.version() != Some(version))?;
        Some(idle.swap_remove(at))
    }

    fn give_back(&self, worker: Worker) {
        let mut idle = lock(&self.idle);
        if idle.len() < self.bounds.turns {
            idle.push(worker);
        }
    }
}

/// Starts a worker, where fewer wait than there are turns free.
async fn replace(pool: Arc<Inner>) {
    if lock(&pool.idle).len() < pool.bounds.turns
        && let Ok(worker) = Worker::start(&pool.setup).await
    {
        pool.give_back(worker);
    }
}

fn busy() -> Problem {
    Problem::new(
        Kind::Busy,
        "As many queries as may run at once are running; try again soon.",
    )
    .retry_after(1)
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
