//! Work that may be heavy (parsing, planning and evaluating a query) → its result, or a problem once a limit is reached.
//! It runs beside the threads that speak HTTP, so that these never wait for it.

use super::problem::{Kind, Problem};
use crate::query::CancellationToken;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How long a query may wait for its turn before the server says that it is busy.
const WAIT: Duration = Duration::from_secs(1);

/// A fixed number of turns, one query each, and the time that each may take.
#[derive(Debug)]
pub(super) struct Pool {
    turns: Arc<Semaphore>,
    limit: Duration,
}

/// Cancels when the future of a request is dropped: its client went away, or its time is over.
struct CancelOnDrop(CancellationToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Pool {
    /// A pool of `turns` (at least one), each with `limit` of time.
    pub(super) fn new(turns: usize, limit: Duration) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(turns.clamp(1, 1024))),
            limit,
        }
    }

    /// The time that each piece of work gets.
    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// Runs `task` on a thread that may block. The token that it gets is cancelled at the time limit and when the returned future is dropped.
    /// Work that does not look at its token keeps its turn until it really ends, so that no more than `turns` ever run; its client has
    /// the answer in time all the same.
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
        let token = CancellationToken::new();
        let _guard = CancelOnDrop(token.clone());
        let work = spawn_blocking(move || {
            let outcome = task(token);
            drop(turn);
            outcome
        });
        match timeout(self.limit, work).await {
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
    async fn a_panic_is_a_problem_and_frees_its_turn() {
        let pool = Pool::new(1, Duration::from_secs(5));
        assert!(pool.run::<()>(|_| panic!("on purpose")).await.is_err());
        assert_eq!(pool.run(|_| Ok(1)).await, Ok(1));
    }
}
