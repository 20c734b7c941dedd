//! Changes that clients ask for, one after the other → the one process that writes; each is told of once it is durable and readers see it.

use super::Shared;
use super::problem::{Kind, Problem};
use super::worker::{Change, Died, Reply, Setup, Worker};
use std::io;
use std::sync::Arc;
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
}

/// A change that waits.
#[derive(Debug)]
struct Request {
    change: Change,
    body: Vec<u8>,
    answer: oneshot::Sender<Result<bool, Problem>>,
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
        Ok((Self { sender }, turns))
    }

    /// Makes a change; says whether the graph was there before.
    ///
    /// # Errors
    /// What is wrong with it, or which limit it met: nothing was changed then.
    pub(super) async fn change(&self, change: Change, body: Vec<u8>) -> Result<bool, Problem> {
        let (answer, answered) = oneshot::channel();
        let request = Request {
            change,
            body,
            answer,
        };
        let sent = self.sender.try_send(request);
        if sent.is_err() {
            return Err(
                Problem::new(Kind::Busy, "Too many changes wait; try again soon.").retry_after(1),
            );
        }
        answered
            .await
            .unwrap_or_else(|_| Err(Problem::new(Kind::Internal, "The server is stopping.")))
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
        let end = Instant::now() + self.limit;
        let memory = self.setup.memory;
        let worker = self.worker().await?;
        let asked = timeout_at(end, worker.ask(&request.change, &request.body)).await;
        let problem = match asked {
            Ok(Ok((Reply::Changed { there }, _))) => return Ok(Ok(there)),
            Ok(Ok((Reply::Failed(problem), _))) => return Ok(Err(problem)),
            Ok(Ok((Reply::Open { .. } | Reply::Done { .. }, _))) => {
                Problem::new(Kind::Internal, "The writer answered out of turn.")
            }
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
