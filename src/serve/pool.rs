//! Work that may be heavy (parsing, planning and evaluating a query) → its result, or a problem once a limit is reached.
//! It runs beside the threads that speak HTTP, so that these never wait for it.

use super::problem::{Kind, Problem};
use crate::query::CancellationToken;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How long a query may wait for its turn before the server says that it is busy.
const WAIT: Duration = Duration::from_secs(1);

/// A fixed number of turns, one query each, and the time that each may take.
///
/// The engine looks at its token wherever it reads the store, but not inside products of what it has read. Work that is told to stop and goes
/// on gives up its turn for one of as many places for stragglers; when these are taken too, it keeps its turn until it really ends.
/// So one bad query hinders nobody, and no number of them starts more than twice as many threads as there are turns.
#[derive(Debug)]
pub(super) struct Pool {
    turns: Arc<Semaphore>,
    stragglers: Arc<Semaphore>,
    limit: Duration,
}

/// The place that a piece of work holds while it runs.
type Place = Arc<Mutex<Option<OwnedSemaphorePermit>>>;

/// Stops the work when the future of its request is dropped: the client went away, or its time is over.
struct StopOnDrop {
    token: CancellationToken,
    place: Place,
    stragglers: Arc<Semaphore>,
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.token.cancel();
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_some()
            && let Ok(other) = Arc::clone(&self.stragglers).try_acquire_owned()
        {
            *place = Some(other);
        }
    }
}

/// Gives the place free at the end of the work, also of one that panics.
struct FreeOnDrop(Place);

impl Drop for FreeOnDrop {
    fn drop(&mut self) {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *place = None;
    }
}

impl Pool {
    /// A pool of `turns` (at least one), each with `limit` of time.
    pub(super) fn new(turns: usize, limit: Duration) -> Self {
        let turns = turns.clamp(1, 200);
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            stragglers: Arc::new(Semaphore::new(turns)),
            limit,
        }
    }

    /// The time that each piece of work gets.
    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// Runs `task` on a thread that may block. The token that it gets is cancelled at the time limit and when the returned future is dropped.
    ///
    /// # Errors
    /// `Busy` without a turn within a second, `Timeout` at the limit, `Internal` if the work panics, else what the work says.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce(CancellationToken) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = match timeout(WAIT, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(turn)) => turn,
            Ok(Err(_)) => return Err(Problem::new(Kind::Internal, "The server is stopping.")),
            Err(_) => {
                return Err(Problem::new(
                    Kind::Busy,
                    "As many queries as may run at once are running; try again soon.",
                )
                .retry_after(1));
            }
        };
        let place: Place = Arc::new(Mutex::new(Some(turn)));
        let stop = StopOnDrop {
            token: CancellationToken::new(),
            place: Arc::clone(&place),
            stragglers: Arc::clone(&self.stragglers),
        };
        let token = stop.token.clone();
        let work = spawn_blocking(move || {
            let _free = FreeOnDrop(place);
            task(token)
        });
        let outcome = timeout(self.limit, work).await;
        drop(stop);
        match outcome {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(Problem::new(
                Kind::Internal,
                "The evaluation of the query broke off.",
            )),
            Err(_) => Err(self.timed_out()),
        }
    }

    fn timed_out(&self) -> Problem {
        let seconds = self.limit.as_secs_f64();
        Problem::new(
            Kind::Timeout,
            format!("The query was stopped after {seconds} s. Ask for less: bind a subject or a class, or add a LIMIT."),
        )
        .with("limit", seconds)
        .retry_after(self.limit.as_secs().max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Instant;

    #[expect(clippy::needless_pass_by_value, reason = "the shape of a task")]
    fn spin(token: CancellationToken) -> Result<(), Problem> {
        let start = Instant::now();
        while !token.is_cancelled() && start.elapsed() < Duration::from_secs(20) {
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    #[tokio::test]
    async fn the_limit_holds_and_the_turn_is_free_again() {
        let pool = Pool::new(1, Duration::from_millis(200));
        let start = Instant::now();
        assert!(pool.run(spin).await.is_err());
        assert!(start.elapsed() < Duration::from_secs(1));
        assert_eq!(pool.run(|_| Ok(7)).await, Ok(7));
    }

    #[tokio::test]
    async fn a_dropped_request_cancels_and_a_full_pool_is_busy() {
        let pool = Pool::new(1, Duration::from_secs(10));
        let start = Instant::now();
        tokio::select! {
            _ = pool.run(spin) => panic!("it should wait"),
            busy = async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                pool.run(|_| Ok(())).await
            } => assert!(busy.is_err()),
        }
        assert_eq!(pool.run(|_| Ok(1)).await, Ok(1));
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    #[tokio::test]
    async fn work_that_does_not_stop_takes_one_place_of_each_kind_at_most() {
        let pool = Pool::new(1, Duration::from_millis(100));
        let deaf = |_| {
            thread::sleep(Duration::from_millis(2500));
            Ok(0)
        };
        assert!(pool.run(deaf).await.is_err());
        assert_eq!(pool.run(|_| Ok(1)).await, Ok(1), "the straggler is aside");
        assert!(pool.run(deaf).await.is_err());
        let busy = pool.run(|_| Ok(2)).await.unwrap_err();
        assert_eq!(busy.kind(), Kind::Busy, "no place for a second straggler");
        thread::sleep(Duration::from_millis(2000));
        assert_eq!(pool.run(|_| Ok(3)).await, Ok(3), "both have ended");
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_and_frees_its_turn() {
        let pool = Pool::new(1, Duration::from_secs(5));
        assert!(pool.run::<()>(|_| panic!("on purpose")).await.is_err());
        assert_eq!(pool.run(|_| Ok(1)).await, Ok(1));
    }
}
