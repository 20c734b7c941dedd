//! Changes that clients ask for, one after the other → the one process that writes; each is told of once it is durable and readers see it.

use super::problem::{Kind, Problem};
use super::worker::{Change, Died, Reply, Setup, Worker};
use super::{Shared, trace};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

/// Changes that may wait for their turn.
const WAITING: usize = 64;
/// Changes that are made durable together.
const TOGETHER: usize = 32;
/// How long making a generation may take.
const PUBLISH: Duration = Duration::from_secs(60);

/// Where handlers send changes.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    sender: mpsc::Sender<Request>,
    limit: Duration,
}

/// A change that waits.
#[derive(Debug)]
struct Request {
    change: Change,
    body: Vec<u8>,
    /// The id of who asks.
    id: String,
    /// When it must be done.
    end: Instant,
    /// Whether somebody took it: the writer to do it, or the handler to give it up.
    taken: Arc<AtomicBool>,
    answer: oneshot::Sender<Result<bool, Problem>>,
}

impl Request {
    /// Whether it may still be begun; then nobody gives it up any more.
    fn begin(&self) -> bool {
        !self.answer.is_closed()
            && Instant::now() < self.end
            && !self.taken.swap(true, Ordering::AcqRel)
    }
}

/// Takes changes for as long as the server runs.
pub(super) struct Turns {
    setup: Setup,
    limit: Duration,
    worker: Option<Worker>,
    receiver: mpsc::Receiver<Request>,
}

impl Writer {
    /// Starts the process that writes; the folder's lock is held by the caller.
    ///
    /// # Errors
    /// When it can't be started, or can't open the store.
    pub(super) async fn start(setup: Setup, limit: Duration) -> io::Result<(Self, Turns)> {
        let worker = Worker::start(&setup).await?;
        let (sender, receiver) = mpsc::channel(WAITING);
        let turns = Turns {
            setup,
            limit,
            worker: Some(worker),
            receiver,
        };
        Ok((Self { sender, limit }, turns))
    }

    /// Makes a change; says whether the graph was there before. Its time begins now: one that waited for all of it is given up, and one whose
    /// client left is not begun.
    ///
    /// # Errors
    /// What is wrong with it, or which limit it met: nothing was changed then.
    async fn change(&self, change: Change, body: Vec<u8>) -> Result<bool, Problem> {
        let (answer, answered) = oneshot::channel();
        let taken = Arc::new(AtomicBool::new(false));
        let end = Instant::now() + self.limit;
        let request = Request {
            change,
            body,
            id: trace::request(),
            end,
            taken: Arc::clone(&taken),
            answer,
        };
        let sent = self.sender.try_send(request);
        if sent.is_err() {
            return Err(
                Problem::new(Kind::Busy, "Too many changes wait; try again soon.").retry_after(1),
            );
        }
        let stopping = |_| Err(Problem::new(Kind::Internal, "The server is stopping."));
        let mut answered = answered;
        match timeout_at(end, &mut answered).await {
            Ok(outcome) => outcome.unwrap_or_else(stopping),
            // begun: it ends within its time, and what is done is made durable
            Err(_) if taken.swap(true, Ordering::AcqRel) => answered.await.unwrap_or_else(stopping),
            Err(_) => Err(waited(self.limit)),
        }
    }
}

impl Shared {
    /// Makes a change, and counts how long that took.
    ///
    /// # Errors
    /// As [`Writer::change`].
    pub(super) async fn change(
        &self,
        writer: &Writer,
        change: Change,
        body: Vec<u8>,
    ) -> Result<bool, Problem> {
        let start = Instant::now();
        let outcome = writer.change(change, body).await;
        self.metrics.change(start.elapsed());
        outcome
    }
}

impl Turns {
    /// Takes changes until no handler is left.
    pub(super) async fn take(mut self, shared: Arc<Shared>) {
        while let Some(first) = self.receiver.recv().await {
            let mut together = vec![first];
            while together.len() < TOGETHER
                && let Ok(next) = self.receiver.try_recv()
            {
                together.push(next);
            }
            self.all(together, &shared).await;
        }
    }

    /// Makes changes and publishes them at once. Where the process ends at one of them, what it did before is done again, one by one.
    async fn all(&mut self, requests: Vec<Request>, shared: &Shared) {
        let mut done: Vec<(Request, bool)> = Vec::new();
        for request in requests {
            if !request.begin() {
                let _ = request.answer.send(Err(waited(self.limit)));
                continue;
            }
            match self.one(&request).await {
                Ok(Ok(there)) => done.push((request, there)),
                Ok(Err(problem)) => {
                    // nobody may wait any more
                    let _ = request.answer.send(Err(problem));
                }
                Err(problem) => {
                    let _ = request.answer.send(Err(problem));
                    for (request, _) in std::mem::take(&mut done) {
                        self.alone(request, shared).await;
                    }
                }
            }
        }
        if done.is_empty() {
            return;
        }
        match self.publish(shared).await {
            Ok(()) => {
                for (request, there) in done {
                    let _ = request.answer.send(Ok(there));
                }
            }
            Err(problem) => {
                for (request, _) in done {
                    let _ = request.answer.send(Err(problem.clone()));
                }
            }
        }
    }

    async fn alone(&mut self, request: Request, shared: &Shared) {
        let outcome = match self.one(&request).await {
            Ok(Ok(there)) => self.publish(shared).await.map(|()| there),
            Ok(Err(problem)) | Err(problem) => Err(problem),
        };
        let _ = request.answer.send(outcome);
    }

    /// Makes one change; the outer error is that the process ended.
    async fn one(&mut self, request: &Request) -> Result<Result<bool, Problem>, Problem> {
        let memory = self.setup.memory;
        let worker = self.worker().await?;
        let asked = worker.ask(&request.change, &request.body);
        let asked = trace::within(request.id.clone(), timeout_at(request.end, asked)).await;
        let problem = match asked {
            Ok(Ok((Reply::Changed { there }, _))) => return Ok(Ok(there)),
            Ok(Ok((Reply::Failed(problem), _))) => return Ok(Err(problem)),
            Ok(Ok(_)) => Problem::new(Kind::Internal, "The writer answered out of turn."),
            Ok(Err(Died::Memory)) => Problem::new(
                Kind::Memory,
                format!("The change needs more than {} MiB of memory.", memory >> 20),
            )
            .with("limit", memory),
            Ok(Err(Died::Broken)) => Problem::new(Kind::Internal, "The change broke off."),
            Err(_) => {
                let seconds = self.limit.as_secs_f64();
                Problem::new(
                    Kind::Timeout,
                    format!("The change was stopped after {seconds} s; nothing was changed."),
                )
                .with("limit", seconds)
            }
        };
        self.worker = None;
        Err(problem)
    }

    /// Makes a generation of what was changed, and lets readers see it.
    async fn publish(&mut self, shared: &Shared) -> Result<(), Problem> {
        let worker = self.worker().await?;
        match timeout(PUBLISH, worker.ask(&Change::Publish, &[])).await {
            Ok(Ok((
                Reply::Open {
                    version: Some(version),
                },
                _,
            ))) => {
                shared.pool.turn_to(&version);
                shared.cache.clear();
                Ok(())
            }
            Ok(Ok((Reply::Failed(problem), _))) => {
                // the live database has what readers do not: begin again from what they have
                self.worker = None;
                Err(problem)
            }
            _ => {
                self.worker = None;
                Err(Problem::new(
                    Kind::Store,
                    "Whether the change is durable is not known; ask before sending it again.",
                ))
            }
        }
    }

    async fn worker(&mut self) -> Result<&mut Worker, Problem> {
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::start(&self.setup)
                .await
                .map_err(|error| Problem::new(Kind::Store, format!("No writer: {error}")))?,
        };
        Ok(self.worker.insert(worker))
    }
}

fn waited(limit: Duration) -> Problem {
    let seconds = limit.as_secs_f64();
    Problem::new(
        Kind::Busy,
        format!("The change waited {seconds} s for others to end; nothing was changed."),
    )
    .with("limit", seconds)
    .retry_after(limit.as_secs().max(1))
}
